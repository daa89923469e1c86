package format

import (
	"cmp"
	"iter"
	"slices"
	"strings"

	"dateline/timeline/edtf"
)

// People cite in one cell what dateline has fields for: addresses with or without
// the names of what stands there, one or several. This file takes such cells apart.

// A cited value is a value of a record that describes a source.
type cited struct {
	cell
	part citedPart
	item int // the values of one object in a list are of one source
}

type citedPart int

const (
	citedURL citedPart = iota
	citedPublisher
	citedTitle
	citedAuthor
	citedDate
)

// cites returns a setter that keeps a part of a source for cite.
func cites(part citedPart) func(*rowDecoder, cell) {
	return func(r *rowDecoder, c cell) { r.cited = append(r.cited, cited{c, part, r.item}) }
}

// cite makes the sources that the record describes, and returns names that do not
// make one.
func (r *rowDecoder) cite() (names string) {
	if len(r.cited) == 0 {
		return ""
	}
	slices.SortStableFunc(r.cited, func(a, b cited) int { return cmp.Compare(a.item, b.item) })
	var left []string
	for rest := r.cited; len(rest) > 0; {
		n := 1
		for n < len(rest) && rest[n].item == rest[0].item {
			n++
		}
		r.citeGroup(rest[:n], &left)
		rest = rest[n:]
	}
	return strings.Join(left, "; ")
}

// citeGroup makes a source of each address. Publisher, title, author and date
// describe the first.
func (r *rowDecoder) citeGroup(values []cited, left *[]string) {
	var s source
	var names []string
	e := &r.event
	first := len(e.Sources)
	for _, v := range values {
		switch v.part {
		case citedURL:
			for c := range citations(v.text) {
				switch {
				case c.url == "":
					addUnique(&names, c.name)
					continue
				case c.guessed:
					r.warn(v.cell, "an address begins with http:// or https://; it is read as "+c.url)
				}
				r.addCitation(c)
			}
		case citedDate:
			if s.Published.IsZero() {
				s.Published = r.dateOf("published", v.cell, edtf.Convention{})
			}
		case citedPublisher:
			fillOnce(&s.Publisher, v.text, &names)
		case citedTitle:
			fillOnce(&s.Title, v.text, &names)
		case citedAuthor:
			fillOnce(&s.Author, v.text, &names)
		}
	}
	switch {
	case len(e.Sources) > first:
		if s.Publisher == "" && len(e.Sources) == first+1 && len(names) == 1 && e.Sources[first].Publisher == "" {
			s.Publisher, names = names[0], nil
		}
		to := &e.Sources[first]
		if s.Publisher != "" && s.Publisher != to.Publisher {
			addUnique(&names, to.Publisher)
		}
		if s.Title != "" && s.Title != to.Title {
			addUnique(&names, to.Title)
		}
		to.Publisher, to.Title = cmp.Or(s.Publisher, to.Publisher), cmp.Or(s.Title, to.Title)
		to.Author, to.Published = s.Author, s.Published
	case s.Publisher == "" && s.Title != "" && len(names) == 1:
		s.Publisher, names = names[0], nil
		e.Sources = append(e.Sources, s)
	case s.Publisher != "" && s.Title != "":
		e.Sources = append(e.Sources, s)
	default:
		addUnique(&names, s.Publisher, s.Title, s.Author)
	}
	addUnique(left, names...)
}

// fillOnce sets a part of a source. What is there stays, and another text is left
// among the names.
func fillOnce(part *string, text string, names *[]string) {
	switch *part {
	case "":
		*part = text
	case text:
	default:
		addUnique(names, text)
	}
}

// isPlainAddress reports whether a text is one address, with nothing around it and
// no character that could end it. Most are.
func isPlainAddress(s string) bool {
	if !strings.HasPrefix(s, "http://") && !strings.HasPrefix(s, "https://") || !isAddress(s) || s[len(s)-1] == ':' {
		return false
	}
	return strings.TrimLeft(s, "-._~:/?#&=%+@$*0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

// addCitation adds a source by its address and name.
func (r *rowDecoder) addCitation(c citation) {
	if c.isTitle {
		r.addSource(source{URL: c.url, Title: c.name})
	} else {
		r.addSource(source{URL: c.url, Publisher: c.name})
	}
}

// A citation is an address with the name that stands beside it, or a name alone.
type citation struct {
	url, name string
	isTitle   bool // the name is that of the page, not of its publisher
	guessed   bool // the address was written without its scheme
}

// longestName is how many words the name of a publisher has. What has more is the
// title of a page.
const longestName = 4

// citations takes a text apart: addresses and names, one or several, separated by
// semicolons, bars, commas or blanks. A name may stand before its address or,
// in brackets, behind: Name (https://…), Name: https://…, [Name](https://…),
// <a href="https://…">Name</a>, https://… (Name).
func citations(s string) iter.Seq[citation] {
	return func(yield func(citation) bool) {
		if isHTML(s) {
			s = linksToMarkdown(s)
		}
		for part := range splitList(s) {
			if isPlainAddress(part) {
				if !yield(citation{url: part}) {
					return
				}
				continue
			}
			for _, c := range citationsOf(part) {
				if !yield(c) {
					return
				}
			}
		}
	}
}

// citationsOf is citations for a text without semicolons and bars.
func citationsOf(s string) (all []citation) {
	last := -1 // the citation whose name may follow
	for s != "" {
		start, end, url := nextAddress(s, false)
		before := s[:start]
		if last >= 0 && all[last].name == "" {
			before = all[last].nameBehind(before)
		}
		if url == "" {
			if name := trimName(before); name != "" {
				all = append(all, citation{name: name})
			}
			return all
		}
		c := citation{url: url, guessed: !strings.Contains(s[start:end], "://")}
		after := s[end:]
		if open := strings.LastIndexByte(before, '['); strings.HasSuffix(before, "](") && open >= 0 {
			c.name, c.isTitle, before = strings.TrimSpace(before[open+1:len(before)-2]), true, before[:open]
			if name := trimName(before); name != "" {
				all = append(all, citation{name: name})
			}
			if inside, rest, ok := strings.Cut(after, ")"); ok {
				after = inside + rest
			}
		} else {
			c.name = trimName(before)
			c.isTitle = len(strings.Fields(c.name)) > longestName
			after = strings.TrimLeft(after, ")>]")
		}
		last = len(all)
		all = append(all, c)
		s = after
	}
	return all
}

// nameBehind takes the name that stands in brackets or after a dash behind the
// address, and returns the rest of the text.
func (c *citation) nameBehind(text string) string {
	t := strings.TrimLeft(text, " ")
	if name, rest, ok := strings.Cut(strings.TrimPrefix(t, "("), ")"); ok && strings.HasPrefix(t, "(") {
		c.name, text = strings.TrimSpace(name), rest
	} else {
		for _, dash := range []string{"- ", "– ", "— "} {
			if name, ok := strings.CutPrefix(t, dash); ok {
				c.name, text = trimName(name), ""
			}
		}
	}
	c.isTitle = len(strings.Fields(c.name)) > longestName
	return text
}

// trimName removes what joins a name to an address.
func trimName(name string) string {
	name = strings.TrimRight(name, " ,;:-–—(<[=>")
	name = strings.TrimLeft(name, " ,;:-–—)>]")
	switch strings.ToLower(name) {
	case "and", "&", "see", ".":
		return ""
	}
	return name
}

// nextAddress finds the first address in a text, as it is written and as it is
// read. Without one it is empty, and start is the end of the text. In prose an
// address has a scheme, and does not end with a full stop.
func nextAddress(s string, inProse bool) (start, end int, url string) {
	if strings.IndexByte(s, '/') < 0 && strings.IndexByte(s, '.') < 0 {
		return len(s), len(s), ""
	}
	for at := 0; at < len(s); at++ {
		c := s[at] | 0x20
		if c != 'h' && c != 'w' && s[at] != '/' || at > 0 && isWordByte(s[at-1]) {
			continue
		}
		scheme := ""
		switch rest := s[at:]; {
		case hasPrefixFold(rest, "http://"), hasPrefixFold(rest, "https://"):
			colon := strings.IndexByte(rest, ':')
			end = at + addressLength(rest, inProse)
			url = strings.ToLower(rest[:colon]) + s[at+colon:end]
		case inProse:
			continue
		case strings.HasPrefix(rest, "//") && (at == 0 || s[at-1] != ':'):
			scheme = "https:"
		case hasPrefixFold(rest, "www."):
			scheme = "https://"
		default:
			continue
		}
		if scheme != "" {
			end = at + addressLength(s[at:], false)
			host, _, _ := strings.Cut(strings.TrimLeft(s[at:end], "/"), "/")
			if strings.Count(strings.Trim(host, "."), ".") == 0 {
				continue
			}
			url = scheme + s[at:end]
		}
		if isAddress(url) {
			return at, end, url
		}
		url = ""
	}
	if host, path, ok := strings.Cut(s, "/"); ok && !inProse && !hasBlank(s) && isHost(host) {
		return 0, len(s), "https://" + host + "/" + path
	}
	return len(s), len(s), ""
}

// isHost reports whether a text without a scheme is the name of a host.
func isHost(text string) bool {
	dot := strings.LastIndexByte(text, '.')
	if dot < 1 || len(text)-dot < 3 {
		return false
	}
	for i := range len(text) {
		if c := text[i]; !isNameByte(c) && c != '-' && c != '.' || i > dot && c <= '9' {
			return false
		}
	}
	return true
}

// addressLength returns how long the address is with which a text begins.
func addressLength(s string, inProse bool) int {
	end := len(s)
	if i := strings.IndexAny(s, " \t\r\n\"<>|"); i >= 0 {
		end = i
	}
	for i := range end {
		if c := s[i]; (c == ',' || c == ';') && (i+1 == end || beginsAddress(s[i+1:])) {
			end = i
			break
		}
	}
	for end > 0 {
		c := s[end-1]
		closes := c == ')' && strings.Count(s[:end], "(") < strings.Count(s[:end], ")") || c == ']' && strings.Count(s[:end], "[") < strings.Count(s[:end], "]")
		if !closes && strings.IndexByte(",;:!\"'", c) < 0 && !(c == '.' && (inProse || end < len(s))) {
			break
		}
		end--
	}
	if i := strings.Index(s[:end], "]("); i >= 0 { // the address is the name of a link
		end = i
	}
	return end
}

func beginsAddress(s string) bool {
	return hasPrefixFold(s, "http://") || hasPrefixFold(s, "https://") || hasPrefixFold(s, "www.") || strings.HasPrefix(s, "//")
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

func isWordByte(c byte) bool { return isNameByte(c) || c >= 0x80 }

// linksToMarkdown writes the links of a text in HTML as those of Markdown, and
// removes the other tags.
func linksToMarkdown(s string) string {
	var b strings.Builder
	for {
		before, after, found := strings.Cut(s, "<")
		b.WriteString(before)
		if !found {
			break
		}
		name, inside, next, ends := readTag(after)
		if href := attribute(inside, "href"); name == "a" && ends && href != "" {
			if text, rest, closed := cutFold(next, "</a>"); closed {
				if text, _ = stripHTML(text); text != "" && text != href {
					b.WriteString(" [" + strings.NewReplacer("[", "(", "]", ")").Replace(text) + "](" + href + ") ")
				} else {
					b.WriteString(" " + href + " ")
				}
				s = rest
				continue
			}
		}
		b.WriteByte('<')
		s = after
	}
	text, _ := stripHTML(b.String())
	return text
}

// cutFold is strings.Cut for a separator in any case.
func cutFold(s, separator string) (before, after string, found bool) {
	i := strings.Index(strings.ToLower(s), separator)
	if i < 0 || len(strings.ToLower(s)) != len(s) {
		return s, "", false
	}
	return s[:i], s[i+len(separator):], true
}

// stripped returns HTML as plain text, and makes its links sources.
func (r *rowDecoder) stripped(markup string) string {
	text, links := stripHTML(markup)
	for _, address := range links {
		r.addLink(address)
	}
	return text
}

// plain returns a text of a record without HTML. Its links become sources, those
// that it only names too.
func (r *rowDecoder) plain(c cell) string {
	text := c.text
	if isHTML(text) {
		text = r.stripped(text)
	}
	for rest := text; strings.Contains(rest, "://"); {
		start, end, url := nextAddress(rest, true)
		if url == "" {
			break
		}
		link := citation{url: url, isTitle: true}
		if before := rest[:start]; strings.HasSuffix(before, "](") {
			link.name = before[strings.LastIndexByte(before, '[')+1 : len(before)-len("](")]
		}
		r.addCitation(link)
		rest = rest[end:]
	}
	return text
}

// isHTML reports whether a text has tags or entities of HTML. Text such as
// "a < b" and "<name>" has none.
func isHTML(s string) bool {
	if strings.IndexByte(s, '<') < 0 && strings.IndexByte(s, '&') < 0 {
		return false
	}
	for _, entity := range []string{"&amp;", "&lt;", "&gt;", "&quot;", "&nbsp;", "&#"} {
		if i := strings.Index(s, entity); i >= 0 && strings.IndexByte(s[i:], ';') > 0 {
			return true
		}
	}
	for rest := s; ; {
		_, after, found := strings.Cut(rest, "<")
		if !found {
			return false
		}
		name, inside, _, ends := readTag(after)
		if inside = strings.Trim(inside, " /"); ends && (inside == "" || strings.Contains(inside, "=")) && slices.Contains(commonTags, name) {
			return true
		}
		rest = after
	}
}

// commonTags are the elements by which a text is known to be HTML.
var commonTags = []string{"a", "b", "blockquote", "br", "div", "em", "font", "h1", "h2", "h3", "h4", "i", "img", "li", "ol", "p", "pre", "small", "span", "strong", "sub", "sup", "table", "td", "tr", "u", "ul"}
