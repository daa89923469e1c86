package tui

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"dateline/timeline"
	"dateline/timeline/brief"
	"dateline/timeline/text"
	"dateline/tui/pane"
)

// briefing shows the brief of the events shown, to be read, fitted to a page,
// saved and copied.
type briefing struct {
	page
	brief   *brief.Brief
	briefed func() error // called when the brief is saved; may be nil
	laid    laidBrief
}

// A laidBrief says which brief was laid out, and for which width.
type laidBrief struct {
	brief *brief.Brief
	width int
}

// heavy is how many events can be looked at in the time it takes to write one in
// full.
const heavy = 20

// openBrief shows the brief. It asks first if nobody could read so many events.
func (m *model) openBrief() tea.Cmd {
	n := m.shown.Rows.Len()
	switch {
	case n == 0:
		return m.say("No event is shown, so there is nothing to brief on.")
	case n > brief.MostRead:
		m.confirmMany("brief on", n, "No brief was made", (*model).beginBrief)
		return nil
	}
	return m.beginBrief()
}

func (m *model) beginBrief() tea.Cmd {
	p := new(briefing)
	m.push(p)
	p.Show("brief", []pane.Line{{Text: "Making the brief…"}})
	p.make(m, "")
	return nil
}

// make has the brief made, of as much as fits the paper, and then says so.
func (p *briefing) make(m *model, said string) {
	s, q, file := m.shown, m.query, m.file
	opt := m.asked
	opt.AsOf, opt.File, opt.LeftOut, opt.Newest = m.Today, file.Name, m.leftOut(), m.Newest
	if m.loading.partly() {
		opt.LeftOut = "only a part of the file had been read"
	}
	events := s.Len()
	if m.asked.Paper == brief.NoPaper {
		events = heavy * s.Rows.Len()
	}
	m.start(jobBrief, events, func(context.Context) func(*model) {
		opt.Digest = file.Digest()
		var unread error
		if file.Since != nil {
			opt.Since, unread = file.Since(q)
		}
		b := brief.New(s.Timeline, q, opt)
		if err := s.Err(); err != nil { // some events of b could not be read
			return func(m *model) {
				m.drop(p)
				m.ahead = nil // it was for the brief
				m.do(m.fail("no brief was made: " + err.Error()))
			}
		}
		return func(m *model) {
			p.brief, p.briefed = b, file.Briefed // of the same reading of the file
			p.layOut(m)
			if w, ok := in[*reasons](m); ok {
				w.renew(m)
			}
			m.do(p.made(m, said, unread))
		}
	})
}

// made says what is due about a brief that has just been made.
func (p *briefing) made(m *model, said string, unread error) tea.Cmd {
	switch left := p.brief.MustsLeft(); {
	case unread != nil:
		return m.fail(unread.Error())
	case left != "":
		return m.fail(left)
	case said != "":
		return m.say(said)
	}
	return nil
}

// layOut has the brief laid out for the page's width, unless it is.
func (p *briefing) layOut(m *model) {
	now := laidBrief{p.brief, min(p.Room(), brief.PageWidth)}
	if now.brief == nil || now == p.laid {
		return
	}
	spoken := m.Line
	m.start(jobLines, heavy*len(now.brief.Events), func(context.Context) func(*model) {
		var lines []pane.Line
		said := now.brief.Page(now.width)
		if spoken {
			said = now.brief.Spoken()
		}
		for _, line := range said {
			lines = append(lines, pane.Line{Text: line.Text, Strong: line.Heading})
		}
		return func(*model) {
			p.laid = now
			p.Show("brief", lines)
		}
	})
}

func (*briefing) about(*model) about {
	return about{"brief", []scope{inBrief, inText, inPage}, []hint{{"back", "back"}, {"save-brief", "save"}, {"bottom-line", "bottom line"}, {"search", "search"}, {"open-source", "source"},
		{"why", "why"}, {"brief-title", "title"}, {"paper", "paper"}, {"minutes", "minutes"}, {"annex", "annex"}, {"mark-point", "mark"}, {"copy-brief", "copy"}}}
}

func (*briefing) leave(m *model) { m.cancel(jobBrief, jobLines) }

// waits has every action on the brief wait until it is there.
func (p *briefing) waits(m *model, a *action) bool {
	return (m.running(jobBrief) || m.running(jobLines)) && a != nil && a.in&(inBrief|inText) != 0 || p.plain.waits(m, a)
}

// footer says how many events the brief has, and how long it is, as far as that
// leaves room for a key.
func (p *briefing) footer(m *model, f *pane.Footer) {
	b := p.brief
	if b == nil {
		return
	}
	counts := fmt.Sprintf("%s of %s  ", text.Grouped(len(b.Events)), text.Counted(b.Selected, "event"))
	for _, f.Where = range []string{counts + b.Meter() + p.Found(), b.Meter() + p.Found(), p.Found()} {
		if ansi.StringWidth(f.Where) <= m.w-len(" Esc back    ") {
			break
		}
	}
}

func (p *briefing) renew(m *model) {
	if m.shown.Rows.Len() == 0 {
		m.drop(p)
		return
	}
	p.make(m, "")
}

// renewBrief makes the brief anew, if it is open.
func (m *model) renewBrief() {
	if p, ok := in[*briefing](m); ok {
		p.renew(m)
	}
}

// changePaper fits the brief to other paper or, if somebody could read it all, to
// none.
func (m *model) changePaper() tea.Cmd {
	p := m.top().(*briefing)
	said := ""
	switch {
	case m.asked.Paper == brief.A4:
		m.asked.Paper, said = brief.Letter, "Fitted to a Letter page."
	case m.asked.Paper == brief.Letter && p.brief.Selected <= brief.MostRead:
		m.asked.Paper, said = brief.NoPaper, "The whole brief, on as many pages as it takes."
	default:
		m.asked.Paper, said = brief.A4, "Fitted to an A4 page."
	}
	p.MoveFar(false)
	p.make(m, said)
	return nil
}

// setOption makes the brief anew with another option.
func (m *model) setOption(said string, set func(*brief.Options)) tea.Cmd {
	set(&m.asked)
	m.top().(*briefing).make(m, said)
	return nil
}

// writeTitle asks for the title of the brief.
func (m *model) writeTitle() tea.Cmd {
	m.ask("title: ", m.top().(*briefing).brief.Title, "without one, the title of the timeline", func(m *model, title string) (tea.Cmd, error) {
		m.top().(*briefing).MoveFar(false)
		return m.setOption("", func(o *brief.Options) { o.Title = strings.TrimSpace(text.Clean(title)) }), nil
	})
	return nil
}

// writeBottomLine asks for the bottom line.
func (m *model) writeBottomLine() tea.Cmd {
	m.ask("bottom line: ", m.top().(*briefing).brief.BottomLine, "without one, that of the timeline, or a line to write on", func(m *model, line string) (tea.Cmd, error) {
		m.top().(*briefing).MoveFar(false)
		return m.setOption("", func(o *brief.Options) { o.BottomLine = strings.TrimSpace(text.Clean(line)) }), nil
	})
	return nil
}

// limitMinutes asks how long reading the brief aloud may take.
func (m *model) limitMinutes() tea.Cmd {
	now := ""
	if m.asked.Minutes > 0 {
		now = strconv.FormatFloat(m.asked.Minutes, 'f', -1, 64)
	}
	m.ask("minutes to read it aloud: ", now, "a number such as 2 or 1.5; without one, no limit", func(m *model, typed string) (tea.Cmd, error) {
		typed = strings.ReplaceAll(strings.TrimSpace(typed), ",", ".")
		if typed == "" {
			return m.setOption("No limit of minutes.", func(o *brief.Options) { o.Minutes = 0 }), nil
		}
		minutes, err := strconv.ParseFloat(typed, 64)
		if err != nil || !(minutes > 0 && minutes <= mostMinutes) {
			return nil, fmt.Errorf("type a number of minutes above 0, up to %d, or nothing", mostMinutes)
		}
		return m.setOption("Fitted to "+typed+" min of reading aloud.", func(o *brief.Options) { o.Minutes = minutes }), nil
	})
	return nil
}

// mostMinutes is a day of reading.
const mostMinutes = 24 * 60

// toggleAnnex adds the sources in full, or takes them away.
func (m *model) toggleAnnex() tea.Cmd {
	said := "With the sources in full at the end."
	switch {
	case m.asked.Annex:
		said = "Without the sources in full."
	case m.asked.Paper == brief.NoPaper && m.asked.Minutes == 0:
		return m.say("The whole brief has its sources in full already.")
	}
	return m.setOption(said, func(o *brief.Options) { o.Annex = !o.Annex })
}

// markPoint asks which key point to mark, and how.
func (m *model) markPoint() tea.Cmd {
	m.ask("mark point: ", "", "its number: 3; or 3 should, 3 could, 3 none", func(m *model, typed string) (tea.Cmd, error) {
		number, word, _ := strings.Cut(strings.TrimSpace(typed), " ")
		tier, ok := timeline.ParseTier(cmp.Or(strings.TrimSpace(word), timeline.Must.String()))
		p := m.top().(*briefing)
		i := slices.IndexFunc(p.brief.Events, func(e brief.Entry) bool { return e.Point > 0 && strconv.Itoa(e.Point) == number })
		if i < 0 || !ok {
			return nil, fmt.Errorf("type a number from 1 to %d, and must, should, could or none", p.brief.Points())
		}
		return m.setMark(p.brief.Events[i].ID, tier), nil
	})
	return nil
}

// openCited opens the source that the count says.
func (p *briefing) openCited(m *model) tea.Cmd {
	sources := p.brief.Sources
	switch n := m.times(); {
	case len(sources) == 0:
		return m.say("The brief has no sources.")
	case n > len(sources):
		return m.say(fmt.Sprintf("There is no source %s: the brief has %d.", text.Grouped(n), len(sources)))
	default:
		return m.browse(sources[n-1].URL)
	}
}

// reasons shows why each event is where it is in the brief.
type reasons struct{ page }

func (m *model) openWhy() {
	p := new(reasons)
	m.push(p)
	p.Show("why", nil)
	p.renew(m)
}

func (p *reasons) about(*model) about {
	return about{"why", []scope{inText, inPage}, []hint{{"back", "back to the brief"}, {"search", "search"}, {"down", "down"}, {"page-down", "page"}, {"last", "end"}}}
}

func (p *reasons) footer(_ *model, f *pane.Footer) { f.Where = p.Found() }
func (*reasons) leave(m *model)                    { m.cancel(jobWhy) }

func (p *reasons) renew(m *model) {
	at, ok := in[*briefing](m)
	if !ok {
		return // both are left
	}
	b := at.brief
	m.start(jobWhy, heavy*len(b.Events), func(context.Context) func(*model) {
		var lines []pane.Line
		for _, why := range b.Why() {
			lines = append(lines, pane.Line{Text: why})
		}
		return func(*model) { p.Refill("why, the most important first", func(int) []pane.Line { return lines }) }
	})
}

// saveBrief asks for a file to write the brief to. The reader's notes are private:
// if there are any on its events, it asks whether to write them too.
func (m *model) saveBrief() tea.Cmd {
	if m.Remote != nil {
		return m.fetchBrief()
	}
	n := 0
	for _, event := range m.shown.FindAll(maps.Keys(m.margin.Notes)) {
		if _, shown := m.shown.Rows.Has(event); shown {
			n++
		}
	}
	if n == 0 || m.Save == nil {
		return m.saveBriefAs(m.Briefs)
	}
	m.askYesOrNo("with your notes?", fmt.Sprintf("%s of yours on its events; Enter leaves them out", text.Counted(n, "note")), func(m *model, yes bool) tea.Cmd {
		forms := slices.Clone(m.Briefs)
		for i, f := range m.Briefs {
			if yes {
				forms[i].Write = func(w io.Writer, b *brief.Brief) (int, error) { return f.Write(w, b.Noted()) }
			}
		}
		return m.saveBriefAs(forms)
	})
	return nil
}

func (m *model) saveBriefAs(forms []Writing[*brief.Brief]) tea.Cmd {
	p := m.top().(*briefing)
	return m.askToSave("the brief", "brief.txt", func(m *model) []file { return files(forms, p.brief, p.briefed) })
}

// copyBrief copies the brief as text.
func (m *model) copyBrief() tea.Cmd {
	b := m.top().(*briefing).brief
	m.start(jobText, heavy*len(b.Events), func(context.Context) func(*model) {
		var text strings.Builder
		for _, line := range b.Page(brief.PageWidth) {
			text.WriteString(line.Text + "\n")
		}
		return func(m *model) { m.do(m.copyText(text.String(), "")) }
	})
	return nil
}
