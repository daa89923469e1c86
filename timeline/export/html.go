package export

import (
	"cmp"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"index/suffixarray"
	"io"
	"iter"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"dateline/timeline"
	"dateline/timeline/edtf"
	"dateline/timeline/text"
)

// MostOnPage is the most events that WriteHTML writes: more would take a browser
// too long to open.
const MostOnPage = 20_000

// Provenance says where the events of a page are from.
type Provenance struct {
	Query   timeline.Query // which selected them
	File    string
	Digest  string // hexadecimal SHA-256 of the file
	LeftOut string // what could not be read; empty if all could
	On      edtf.Day
}

// WriteHTML writes events of a timeline as one file that any browser opens: it asks
// for nothing from the network, and its policy lets nothing run but its own script.
// Without the script the page is a list of whole events that prints well; with it,
// the page filters, shows one event beside the list, and takes the keys of the viewer.
//
// The body of an event lies in a noscript element, which a browser that runs the
// script reads as text, and so opens thousands of them at once. The script takes
// the text that it searches from the elements p.summary, q and cite.
func WriteHTML(w io.Writer, t *timeline.Timeline, events iter.Seq[int], from Provenance) error {
	p := &page{objectWriter: objectWriter{w: w}, t: t, on: make(map[int]bool), first: t.Len()}
	last := ""
	for i := range events {
		if p.on[i] = true; len(p.on) > MostOnPage {
			continue // they are only counted
		}
		if h := heading(t, i); len(p.under) == 0 || h != last {
			p.under, last = append(p.under, 0), h
		}
		p.under[len(p.under)-1]++
		p.first, p.last = min(p.first, i), max(p.last, i)
	}
	if len(p.on) > MostOnPage {
		return fmt.Errorf("%s events are too many for a page of HTML, which holds %s: filter them first (--filter)", text.Grouped(len(p.on)), text.Grouped(MostOnPage))
	}
	before, after, _ := strings.Cut(pageControls, "<!-- the list -->\n")
	p.head(from)
	p.say(before, "<div class=\"list\">\n")
	for i, e := range t.Events(events) {
		p.event(i, e)
	}
	p.say(pick(len(p.on) > 0, "</section>\n", ""), "</div>\n", after)
	p.foot(from)
	p.say("<script type=\"application/json\">")
	p.tables()
	p.say("</script>\n<script>\n", pageScript, "</script>\n</body>\n</html>\n")
	return cmp.Or(p.err, t.Err())
}

var (
	//go:embed page.css
	pageStyle string
	//go:embed page.html
	pageControls string
	//go:embed page.js
	pageScript string
)

// pageLive tells the style that scripts run, before there is anything to show.
const pageLive = `document.documentElement.className = "live"`

// A page is a page of HTML in the making.
type page struct {
	objectWriter
	t           *timeline.Timeline
	on          map[int]bool // the events on the page
	first, last int          // of them, in order
	before      int          // the event written last
	heading     string       // that it stands under
	label       string       // its date, under the heading
	under       []int        // the events under each heading that is still to come
	names       [3]nameTable // by field: those that the script filters by
	standing    [8]bool      // by status: whether an event on the page has it
}

var languageTag = text.Pattern{Expr: `^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$`}

func (p *page) head(from Provenance) {
	title := cmp.Or(p.t.Title, from.File, "Timeline")
	language := "en"
	if languageTag.Regexp().MatchString(p.t.Language) {
		language = p.t.Language
	}
	style := pageStyle + "@page { @bottom-left { content: " + quoteCSS(title) + "; } }\n"
	p.say("<!DOCTYPE html>\n<html lang=\"", language, "\">\n<head>\n<meta charset=\"utf-8\">\n",
		"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src ", hashOf("\n"+style), "; script-src ", hashOf(pageLive), " ", hashOf("\n"+pageScript), "; base-uri 'none'; form-action 'none'\">\n",
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n",
		"<title>", html.EscapeString(title), "</title>\n<style>\n", style, "</style>\n<script>", pageLive, "</script>\n</head>\n<body>\n<header>\n<h1>", html.EscapeString(title), "</h1>\n")
	if p.t.Description != "" {
		p.say("<p class=\"about\">", html.EscapeString(p.t.Description), "</p>\n")
	}
	p.say("<p class=\"scope\">", text.Counted(len(p.on), "event"))
	if len(p.on) < p.t.Len() {
		p.say(" of ", text.Grouped(p.t.Len()))
	}
	if !from.Query.Empty() {
		p.say(". ", html.EscapeString(p.t.Scope(from.Query)), ". Filter: <code>", html.EscapeString(text.Clean(from.Query.String())), "</code>")
	}
	p.say("</p>\n</header>\n")
}

// hashOf is the source expression of a policy for an inline script or style.
func hashOf(inline string) string {
	sum := sha256.Sum256([]byte(inline))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// quoteCSS writes a string of CSS, with escapes for all but letters and digits of
// ASCII.
func quoteCSS(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r < 0x80 && (r == ' ' || '0' <= r && r <= '9' || 'A' <= r && r <= 'Z' || 'a' <= r && r <= 'z') {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, `\%x `, r) // the blank ends the escape
		}
	}
	return `"` + b.String() + `"`
}

// foot says where the page is from, and what its status words mean.
func (p *page) foot(from Provenance) {
	p.say("<footer>\n<dl>")
	for _, s := range timeline.Statuses() {
		if p.standing[s] {
			p.say("<div><dt>", s.String(), pick(s == timeline.Confirmed, " (no word)", ""), "</dt> <dd>", s.Meaning(), "</dd></div>")
		}
	}
	parts := []string{"3s/2o: 3 sources of 2 origins"}
	if from.File != "" {
		parts = append(parts, from.File)
	}
	if from.Digest != "" {
		parts = append(parts, "sha256 "+from.Digest[:min(len(from.Digest), 16)])
	}
	if from.LeftOut != "" {
		parts = append(parts, from.LeftOut)
	}
	parts = append(parts, "written by dateline on "+dayWords(from.On, edtf.ToDay))
	p.say("</dl>\n<p>", html.EscapeString(strings.Join(parts, " · ")), "</p>\n</footer>\n")
}

// dayWords is a day in words, no more exact than a precision.
func dayWords(day edtf.Day, as edtf.Precision) string {
	d, err := edtf.Parse(day.Spell(as))
	if err != nil {
		return ""
	}
	return d.Words()
}

// anchor is the id of an event's element: its own, in the characters of an address. A
// slash in an id of the page is never the event's.
func anchor(id string) string { return html.EscapeString(url.PathEscape(id)) }

// event writes an event, after the heading of its month if that is another than before.
func (p *page) event(i int, e *timeline.Event) {
	id, day, gap := anchor(e.ID), "", ""
	if filed := p.t.Day(i); filed != edtf.Future {
		year, month, d := filed.Civil()
		day = fmt.Sprintf(" data-d=\"%d/%d/%d\"", year, month, d)
		gap = p.gap(i)
	}
	label := dayLabel(p.t, i)
	if h := heading(p.t, i); h != p.heading {
		p.label = ""
		p.say(pick(p.heading == "", "", "</section>\n"), "<section>\n<h2 data-count=\"", text.Counted(p.under[0], "event"), "\"><span>", h, "</span> <small>", gap, "</small></h2>\n")
		p.heading, p.under = h, p.under[1:]
	} else if gap != "" {
		p.say("<p class=\"gap\">", gap, "</p>\n")
	}
	p.before = i
	p.standing[e.Status] = true
	p.say("<article id=\"", id, "\"", day, " data-s=\"", strconv.Itoa(int(e.Status)), "\"")
	for f, names := range [...][]string{timeline.ActorField: e.Actors, timeline.PlaceField: e.Places, timeline.TopicField: e.Topics} {
		if numbers := p.names[f].numbers(p.t, timeline.Field(f), names); numbers != "" {
			p.say(" data-", timeline.Field(f).String(), "=\"", numbers, "\"")
		}
	}
	sources, origins := p.t.Counts(i)
	p.say("><h3><a href=\"#", id, "\"><time", pick(label == p.label, " class=\"again\"", ""), ">", html.EscapeString(label), "</time><span class=\"unseen\">", html.EscapeString(cmp.Or(e.Date.Words(), "no date")), ": </span><b>", html.EscapeString(e.Title), "</b>")
	if e.Status != timeline.Confirmed {
		p.say(" <i class=\"", statusClass(e.Status), "\">", e.Status.String(), "</i>")
	}
	p.say(fmt.Sprintf(" <small%s>%ds/%do</small></a></h3><noscript><div class=\"body\">\n", pick(origins == 1, " class=\"one\"", ""), sources, origins))
	p.label = label
	p.body(i, e, id)
	p.say("</div></noscript></article>\n")
}

// heading names the month that an event is filed under, or the year where its date
// states no month.
func heading(t *timeline.Timeline, i int) string {
	switch day := t.Day(i); {
	case day == edtf.Future:
		return "Without a date"
	case t.Precision(i) >= edtf.ToYear:
		return dayWords(day, edtf.ToYear)
	default:
		return dayWords(day, edtf.ToMonth)
	}
}

// dayLabel is the date of an event under the heading of its month or year.
func dayLabel(t *timeline.Timeline, i int) string {
	date := t.Date(i)
	label := date.Short()
	if clock := t.Time(i); clock != "" && len(label) == len("19") {
		label += " " + clock[:len("14:30")]
	}
	if strings.Contains(label, "-??") {
		label = strings.Fields(dayWords(t.Day(i), t.Precision(i)))[0] + pick(date.Uncertain(), " ?", "")
		return pick(date.Approximate(), "c. ", "") + label
	}
	about := strings.TrimPrefix(label, "~")
	if len(about) == 2 || len(about) > 2 && !strings.ContainsRune("0123456789-", rune(about[2])) {
		about = strings.TrimPrefix(about, "0")
	}
	return label[:len(label)-len(strings.TrimPrefix(label, "~"))] + strings.Replace(about, "–0", "–", 1)
}

func statusClass(s timeline.Status) string {
	switch s {
	case timeline.Disputed:
		return "denied"
	case timeline.Reported, timeline.NotStated, timeline.Confirmed:
		return "stated"
	}
	return "doubted"
}

// gap says how long no event on the page was, if that is a week or more and twice as
// long as usual.
func (p *page) gap(i int) string {
	a, b := min(p.before, i), max(p.before, i)
	if p.heading == "" || p.t.Day(b) == edtf.Future {
		return ""
	}
	last := p.last
	for last > p.first && p.t.Day(last) == edtf.Future {
		last--
	}
	days := int(p.t.Day(b) - p.t.Reach(a) - 1)
	usual := int(p.t.Day(last)-p.t.Day(p.first)) / len(p.on)
	if days < 7 || days < 2*usual {
		return ""
	}
	long := text.Counted(days, "day")
	if days >= 2*365 {
		long = text.Counted(days/365, "year")
	}
	if left := b - a - 1; left > 0 {
		return long + ", " + text.Counted(left, "event") + " not on this page"
	}
	return long + " with no events"
}

// body writes all of an event but what its row says.
func (p *page) body(i int, e *timeline.Event, id string) {
	when := cmp.Or(e.Date.Words(), "no date")
	if e.TZ != "" {
		when += " (" + e.TZ + ")"
	}
	p.say("<p class=\"standing\"><span>", html.EscapeString(when), "</span> <i class=\"", statusClass(e.Status), "\">", e.Status.String(), "</i> ", e.Rests())
	if !e.Reported.IsZero() && e.Reported != e.Date {
		p.say(". Reported ", html.EscapeString(e.Reported.Words()))
	}
	p.say("</p>\n")
	if e.Summary != "" {
		p.say("<p class=\"summary\">")
		comma := ""
		for seg := range timeline.Segments(e.Summary, len(e.Sources)) {
			if seg.Mark == "" {
				p.say(html.EscapeString(seg.Text))
				continue
			}
			n, before := strconv.Itoa(seg.Source), strings.TrimRight(seg.Text, " ")
			p.say(html.EscapeString(before), "<sup>", pick(before == "", comma, ""), "<a href=\"#", id, "/", n, "\">", n, "</a></sup>")
			comma = ","
		}
		p.say("</p>\n")
	}
	if e.Caveat != "" {
		p.say("<p class=\"caveat\"><b>Caveat</b> ", html.EscapeString(e.Caveat), "</p>\n")
	}
	for _, j := range p.t.Answers(i) {
		p.pair(j, i, i)
	}
	for _, j := range p.t.AnsweredBy(i) {
		p.pair(i, j, i)
	}
	p.fields(e)
	if len(e.Sources) > 0 {
		p.say("<ol class=\"sources\">\n")
		for n := range e.Sources {
			p.source(fmt.Sprintf("%s/%d", id, n+1), &e.Sources[n])
		}
		p.say("</ol>\n")
	}
}

// pair writes what event i says beside what event j answers. Here is the one that the
// pair stands in.
func (p *page) pair(i, j, here int) {
	words := [2]string{"said", "answer"}
	if p.t.Denies(j, i) {
		words = [2]string{"claim", "denial"}
	}
	p.say("<div class=\"pair\">")
	for n, k := range [2]int{i, j} {
		e := p.t.Event(k)
		title := html.EscapeString(e.Title)
		if p.on[k] && k != here {
			title = "<a href=\"#" + anchor(e.ID) + "\">" + title + "</a>"
		}
		p.say("<p><b>", words[n], "</b> <span>", html.EscapeString(cmp.Or(e.Date.Words(), "no date")), "</span> <i class=\"", statusClass(e.Status), "\">", e.Status.String(), "</i><br>", title, "</p>")
	}
	p.say("</div>\n")
}

func (p *page) fields(e *timeline.Event) {
	credibility := ""
	if e.Credibility > 0 {
		credibility = fmt.Sprintf("%d of 6 (Admiralty)", e.Credibility)
	}
	var list strings.Builder
	for _, field := range [...]struct{ name, value string }{
		{"Actors", strings.Join(e.Actors, ", ")}, {"Places", strings.Join(e.Places, "; ")}, {"Topics", strings.Join(e.Topics, ", ")},
		{"Confidence", e.Confidence}, {"Credibility", credibility},
	} {
		if field.value != "" {
			fmt.Fprintf(&list, "<div><dt>%s</dt> <dd>%s</dd></div>\n", field.name, html.EscapeString(field.value))
		}
	}
	if list.Len() > 0 {
		p.say("<dl>\n", list.String(), "</dl>\n")
	}
}

func (p *page) source(id string, s *timeline.Source) {
	publisher := html.EscapeString(cmp.Or(s.Publisher, s.Host(), s.Author, "no publisher"))
	if s.Publisher != "" {
		publisher = "<cite>" + publisher + "</cite>"
	}
	p.say("<li id=\"", id, "\"><b>", publisher, "</b>")
	kind, published := "", ""
	if s.Kind != timeline.NoKind {
		kind = s.Kind.String()
	}
	if !s.Published.IsZero() {
		published = s.Published.Words()
	}
	for _, part := range [...]struct{ before, text string }{
		{"", pick(s.Publisher == "" && s.Host() == "", "", s.Author)}, {"via ", s.Via}, {"citing ", s.AttributedTo}, {"", published}, {"", kind}, {"reliability ", s.Reliability},
	} {
		if part.text != "" {
			p.say(", ", part.before, html.EscapeString(part.text))
		}
	}
	switch title := html.EscapeString(s.Title); {
	case title != "":
		p.say("<br>", addressed(s.URL, "“"+title+"”"))
	case text.IsWeb(s.URL):
		p.say("<br>", addressed(s.URL, html.EscapeString(s.Host())))
	case s.URL != "":
		p.say("<br>", html.EscapeString(s.URL))
	}
	if s.Archived != "" {
		p.say(" <small>", addressed(s.Archived, "archived copy"), "</small>")
	}
	if s.Supports != "" {
		p.say("<br><small>supports: ", html.EscapeString(s.Supports), "</small>")
	}
	if s.Quote != "" {
		p.say("<br>", html.EscapeString(cmp.Or(s.QuoteBy, "said")), ": <q>", html.EscapeString(s.Quote), "</q>")
	}
	p.say("</li>\n")
}

// addressed links a label, which is HTML, to an address of the web. What the address
// has before its host is named, since readers may take it for the host.
func addressed(address, label string) string {
	if !text.IsWeb(address) {
		return label
	}
	if user, host := text.Disguise(address); user != "" {
		label += html.EscapeString(" (opens " + host + ")")
	}
	return "<a href=\"" + html.EscapeString(address) + "\">" + label + "</a>"
}

// A nameTable numbers the names of a list field as the index of a timeline does:
// names that fold to the same text, or are one actor's, are one.
type nameTable struct {
	spellings [][]string // by number: the name, then its others
	number    map[string]int
}

// numbers returns the numbers of names, with blanks between them.
func (n *nameTable) numbers(t *timeline.Timeline, f timeline.Field, names []string) string {
	var numbers []string
	for _, name := range names {
		spellings := []string{name}
		if f == timeline.ActorField {
			actor := t.Actor(name)
			spellings = actor.Names()
		}
		if k, ok := n.add(spellings); ok && !slices.Contains(numbers, strconv.Itoa(k)) {
			numbers = append(numbers, strconv.Itoa(k))
		}
	}
	return strings.Join(numbers, " ")
}

// add numbers a name. One that folds to nothing has no number, since no query could
// ask for it.
func (n *nameTable) add(spellings []string) (number int, ok bool) {
	folded := text.Fold(spellings[0])
	if folded == "" {
		return 0, false
	}
	number, ok = n.number[folded]
	if !ok {
		if number = len(n.spellings); number == 0 {
			n.number = make(map[string]int)
		}
		n.spellings, n.number[folded] = append(n.spellings, spellings), number
	}
	return number, true
}

// tables writes the names that the script filters by. A value that is a whole name of
// the timeline means that name alone, even if no event on the page has it, so names
// that occur in others are among them.
func (p *page) tables() {
	for f := range p.names {
		field, n := timeline.Field(f), &p.names[f]
		var used strings.Builder
		for _, spellings := range n.spellings {
			for _, s := range spellings {
				folded := text.Fold(s)
				used.WriteString(folded + "\n" + strings.ReplaceAll(folded, " ", "") + "\n")
			}
		}
		index := suffixarray.New([]byte(used.String()))
		occurs := func(name string) bool {
			folded := text.Fold(name)
			return folded != "" && index.Lookup([]byte(folded), 1) != nil
		}
		var others [][]string
		if len(p.on) < p.t.Len() {
			for _, c := range p.t.Tally(field, timeline.Query{}) {
				actor := timeline.Actor{Name: c.Value}
				if field == timeline.ActorField {
					actor = p.t.Actor(c.Value)
				}
				others = append(others, actor.Names())
			}
		}
		if field == timeline.ActorField {
			for _, a := range p.t.Register() {
				others = append(others, a.Names())
			}
		}
		for _, spellings := range others {
			if slices.ContainsFunc(spellings, occurs) {
				n.add(spellings)
			}
		}
		list, err := json.Marshal(n.spellings)
		p.err = cmp.Or(p.err, err)
		p.say(pick(f == 0, "{", ","), "\"", field.String(), "\":", text.EscapeJSON(string(list)))
	}
	var words []string
	for s := timeline.NotStated; s <= timeline.Unverified; s++ {
		words = append(words, fmt.Sprintf("[%q,%q]", s, s.Short()))
	}
	p.say(",\"status\":[", strings.Join(words, ","), "]}")
}
