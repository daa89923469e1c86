package format_test

import (
	"strings"
	"testing"
)

// Spreadsheets and pandas open each of these files.
func TestTablesAreReadAsSpreadsheetsReadThem(t *testing.T) {
	const two = "2031-06-19  One\n2031-06-20  Two\n"
	for name, c := range map[string]struct{ text, want, says string }{
		"CR":                     {"Date,Title\r2031-06-19,One\r2031-06-20,Two\r", two, ""},
		"CR, LF and CRLF":        {"Date,Title\r\n2031-06-19,One\r2031-06-20,Two\n", two, ""},
		"CR after CR LF":         {"Date,Title\r\r\n2031-06-19,One\r\r\n2031-06-20,Two\r\r\n", two, ""},
		"CR in quotes":           {"Date,Title\r2031-06-19,\"One\rmore\"\r", "2031-06-19  One more\n", ""},
		"sep":                    {"sep=;\nDate;Title\n2031-06-19;One\n2031-06-20;Two\n", two, ""},
		"SEP in quotes":          {"\"SEP=,\"\r\nDate,Title\r\n2031-06-19,One\r\n2031-06-20,Two\r\n", two, ""},
		"sep of another kind":    {"sep=^\nDate^Title\n2031-06-19^One\n2031-06-20^Two\n", two, ""},
		"sep and BOM":            {"\ufeffsep=,\nDate,Title\n2031-06-19,One\n2031-06-20,Two\n", two, ""},
		"bars":                   {"Date|Title|Place\n2031-06-19|One|P\n2031-06-20|Two|\n", two, ""},
		"bars in lists":          {"Date,Title,Actors\n2031-06-19,One,A|B|C|D\n2031-06-20,Two,A|B\n", two, ""},
		"commas in names":        {"Date;Title;Place, roughly, if known\n2031-06-19;One;P\n2031-06-20;Two;P\n", two, "these columns are not read: Place, roughly, if known"},
		"decimal commas":         {"Date;Title;Size\n2031-06-19;One;1,5\n2031-06-20;Two;2,25\n", two, "these columns are not read: Size"},
		"title above":            {"Export of incidents, 2031\r\n\r\nDate,Title\r\n2031-06-19,One\r\n2031-06-20,Two\r\n", two, `what stands above the header is not read: "Export of incidents, 2031"`},
		"names above":            {"Title,Incidents\nDate,2031-07-01\n\nDate,Title\n2031-06-19,One\n2031-06-20,Two\n", two, `what stands above the header is not read: "Title,Incidents", "Date,2031-07-01"`},
		"comments above":         {"# Incidents, of 2031\n#\nDate,Title\n2031-06-19,One\n2031-06-20,Two\n", two, `what stands above the header is not read: "# Incidents, of 2031", "#"`},
		"groups above":           {",,Where\nDate,Title,Place\n2031-06-19,One,P\n2031-06-20,Two,P\n", two, `what stands above the header is not read: ",,Where"`},
		"header in a comment":    {"#Date\tTitle\n2031-06-19\tOne\n2031-06-20\tTwo\n", two, ""},
		"a number":               {"#,Date,Title\n1,2031-06-19,One\n2,2031-06-20,Two\n", two, "these columns are not read: #"},
		"brackets":               {"[Date],[Title]\n2031-06-19,One\n2031-06-20,Two\n", two, ""},
		"braces":                 {"{Date};{Title}\n2031-06-19;One\n2031-06-20;Two\n", two, ""},
		"all in quotes":          {"\"Date\",\"Title\"\n\"2031-06-19\",\"One\"\n\"2031-06-20\",\"Two\"\n", two, ""},
		"blanks before quotes":   {"\"Date\", \"Title\"\n\"2031-06-19\", \"One\"\n\"2031-06-20\", \"Two\"\n", two, ""},
		"blanks after quotes":    {"Date,Title\n\"2031-06-19\" ,\"One\" \n2031-06-20,Two\n", two, ""},
		"a comma behind a blank": {"Date,Title,Place\n2031-06-19, \"One, first\", P\n", "2031-06-19  One, first\n", ""},
		"a bracket above":        {"[Export, 2031]\nDate,Title\n2031-06-19,One\n2031-06-20,Two\n", two, `what stands above the header is not read: "[Export, 2031]"`},
		"a unit in a name":       {"Date (UTC),Title:\n2031-06-19,One\n2031-06-20,Two\n", two, ""},
		"a line end in a name":   {"\"Event\ndate\",Title\n2031-06-19,One\n2031-06-20,Two\n", two, ""},
		"capitals and accents":   {"DATE,TÍTLE\n2031-06-19,One\n2031-06-20,Two\n", two, ""},
		"missing cells":          {"Date,Title,Place,Url\n2031-06-19,One\n2031-06-20,Two,P,\n", two, "this row has 2 cells, the header 4; the missing ones are read as empty"},
		"too many empty cells":   {"Date,Title\n2031-06-19,One,, ,\n2031-06-20,Two,\n", two, ""},
		"separators at the end":  {"Date,Title,\n2031-06-19,One,\n2031-06-20,Two,\n", two, ""},
		"one separator less":     {"Date,Title,,\n2031-06-19,One\n2031-06-20,Two,\n", two, ""},
		"blank rows":             {"Date,Title\n\n,\n2031-06-19,One\n  \n\"\",\n2031-06-20,Two\n\n", two, ""},
		"marks in cells":         {"Date,Title\n2031-06-19,He said \"yes\" twice\n2031-06-20,A pipe of 5\" burst\n", "2031-06-19  He said \"yes\" twice\n2031-06-20  A pipe of 5\" burst\n", ""},
		"a mark, then quotes":    {"Date,Title,Place\n2031-06-19,5\" pipe,\"P,\nQ\"\n2031-06-20,Two,\n", "2031-06-19  5\" pipe\n2031-06-20  Two\n", ""},
		"text after quotes":      {"Date,Title\n2031-06-19,\"Big\" one\n2031-06-20,Two\n", "2031-06-19  Big one\n2031-06-20  Two\n", `text follows the quotation mark that closes this cell; the cell is read as "Big one"`},
		"marks not doubled":      {"Date,Title\n2031-06-19,\"He said \"yes\" twice\"\n2031-06-20,Two\n", "2031-06-19  He said \"yes\" twice\n2031-06-20  Two\n", "a quotation mark within a quoted cell is not doubled"},
		"nor a comma":            {"Date,Title\n2031-06-19,\"He said \"yes, sir\" twice\"\n2031-06-20,Two\n", "2031-06-19  He said \"yes, sir\" twice\n2031-06-20  Two\n", "a quotation mark within a quoted cell is not doubled"},
		"a column without name":  {",Date,Title\n0,2031-06-19,One\n1,2031-06-20,Two\n", two, "these columns are not read: column 1"},
		"a name twice":           {"Date,Title,Tag,Tag,Title\n2031-06-19,One,a,b,x\n2031-06-20,Two,,,\n", two, "where Title is empty, Title (2) is read"},
		"null":                   {"Date,End,Title,Place\n2031-06-19,NULL,One,null\n2031-06-20,\\N,Two,#N/A\n", two, ""},
		"the header again":       {"Date,Title\n2031-06-19,One\nDate,Title\n2031-06-20,Two\n", two, ""},
		"CRLF in quotes":         {"Date,Title\r\n2031-06-19,\"One\r\nmore\"\r\n", "2031-06-19  One more\n", ""},
		"NUL":                    {"Date,Title\n2031-06-19,O\x00ne\n2031-06-20,Two\x00\n", two, ""},
	} {
		got, problems := titlesOf(t, c.text)
		if got != c.want || strings.Contains(problems, "error") || !strings.Contains(problems, c.says) || c.says == "" && strings.Count(problems, "\n") != 1 {
			t.Errorf("%s: got\n%s%s, want\n%s%s", name, got, problems, c.want, c.says)
		}
	}
}

// Programs seldom quote in TSV; those that do quote each cell that needs it.
func TestTSVIsQuotedIfItsCellsShowIt(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"not quoted":   {"Date\tTitle\n2031-06-19\tThe \"Big\" one\n2031-06-20\t\"Big\" one came\n2031-06-21\tA 5\" pipe\n2031-06-22\t\"Whole\"\n", "2031-06-19  The \"Big\" one\n2031-06-20  \"Big\" one came\n2031-06-21  A 5\" pipe\n2031-06-22  \"Whole\"\n"},
		"in doubt":     {"Date\tTitle\n2031-06-19\t\"Whole\"\n", "2031-06-19  \"Whole\"\n"},
		"header":       {"\"Date\"\t\"Title\"\n2031-06-19\t\"Whole\"\n", "2031-06-19  Whole\n"},
		"a comma":      {"Date\tTitle\n2031-06-19\t\"Port, new\"\n", "2031-06-19  Port, new\n"},
		"doubled":      {"Date\tTitle\n2031-06-19\t\"The \"\"Big\"\" one\"\n", "2031-06-19  The \"Big\" one\n"},
		"a tab":        {"Date\tTitle\n2031-06-19\t\"One\tmore\"\n", "2031-06-19  One more\n"},
		"a line end":   {"Date\tTitle\n2031-06-19\t\"One,\nmore\"\n", "2031-06-19  One, more\n"},
		"a tab though": {"Date\tTitle\n2031-06-19\tThe \"Big\" one\n2031-06-20\t\"Big\" one\n2031-06-21\t\"One\tmore\"\n", "2031-06-19  The \"Big\" one\n2031-06-20  \"Big\" one\n2031-06-21  One more\n"},
	} {
		if got, problems := titlesOf(t, c.text); got != c.want || strings.Count(problems, "\n") != 1 {
			t.Errorf("%s: got\n%s%s, want\n%s", name, got, problems, c.want)
		}
	}
}

// Where a row has text that no column takes, it says so.
func TestNoTextOfARowIsLost(t *testing.T) {
	for text, want := range map[string]string{
		"Date,Title\n2031-06-19,Met, in the port,\n":                                                     `f.csv:2:16: this row has 4 cells, the header 2; there is no column for "in the port"; quote a cell that contains a comma`,
		"Date;Title\n2031-06-19;a;b;;c\n":                                                                `f.csv:2:14: this row has 5 cells, the header 2; there is no column for "b", "c"; quote a cell that contains a semicolon`,
		"Date,Title\n2031-06-19,\"Not closed\n2031-06-20,Two\n":                                          `f.csv:2:12: the quotation mark that opens here is not closed`,
		"Date,Title,\n2031-06-19,a,\n" + strings.Repeat("2031-06-20,b,\n", 2000) + "2031-06-21,c,late\n": `f.csv:2003:14: warning: event "2031-06-21-e5764e8056": this cell is in a column without a name, and is not read: "late"`,
	} {
		if _, problems := titlesOf(t, text); !strings.Contains(problems, want) {
			t.Errorf("%.80q: got\n%s, want\n%s", text, problems, want)
		}
	}
}

// The columns of one format may be those of another in another form.
func TestFormatMatchesTheFormOfTheFile(t *testing.T) {
	for text, want := range map[string]string{
		"message,timestamp,datetime,timestamp_desc,data_type\nOne,1935324000000000,2031-04-30T14:00:00+00:00,Event,x\n":                          "2031-04-30T14:00:00+00:00  One\n",
		`{"message":"One","timestamp":1935324000000000,"datetime":"2031-04-30T14:00:00+00:00","timestamp_desc":"Event","data_type":"x"}`:         "2031-04-30T14:00:00+00:00  One\n",
		"type,features,date,title\na,b,2031-06-19,One\n":                                                                                         "2031-06-19  One\n",
		"schema,properties,date,title\na,b,2031-06-19,One\n":                                                                                     "2031-06-19  One\n",
		"@context,date,title\na,2031-06-19,One\n":                                                                                                "2031-06-19  One\n",
		"schemaVersion,events,date,title\na,b,2031-06-19,One\n":                                                                                  "2031-06-19  One\n",
		"events,associations,date,title\na,b,2031-06-19,One\n":                                                                                   "2031-06-19  One\n",
		`{"event_id_cnty":"CCC1","event_date":"2031-06-19","event_type":"Riots"}`:                                                                "2031-06-19  Riots\n",
		`[{"event_id_cnty":"CCC1","event_date":"2031-06-19","event_type":"Riots"}]`:                                                              "2031-06-19  Riots\n",
		`{"GLOBALEVENTID":1,"SQLDATE":20310619,"EventCode":"010","EventRootCode":"01"}`:                                                          "2031-06-19  Make statement\n",
		"event_id_cnty;event_date;event_type;actor1;actor2\nCCC1;19/06/2031;Riots;A;B\nCCC1;19/06/2031;Riots;B;A\nCCC2;20-June-2031;Riots;A;B\n": "2031-06-19  Riots: A – B\n2031-06-20  Riots: A – B\n",
		"EventIdCnty,Event Date,Event Type\nCCC1,19 June 2031,Riots\n":                                                                           "2031-06-19  Riots\n",
	} {
		if got, problems := titlesOf(t, text); got != want || strings.Contains(problems, "error") {
			t.Errorf("%s: got\n%s%s, want\n%s", text, got, problems, want)
		}
	}
}

// The lines of a problem are those that an editor shows, whatever ends them.
func TestLinesMayEndWithCR(t *testing.T) {
	for _, end := range []string{"\n", "\r\n", "\r"} {
		text := strings.Join([]string{"date,title", "", "2031-06-19,One", "2031-13,Two", "soon,Three", ""}, end)
		_, problems := titlesOf(t, text)
		for _, want := range []string{`f.csv:4:6: `, `f.csv:5:1: `} {
			if !strings.Contains(problems, want) {
				t.Errorf("%q: got\n%s, want %s", end, problems, want)
			}
		}
	}
}

// titlesOf reads a file, and returns the date and title of each event.
func titlesOf(t *testing.T, text string) (events, problems string) {
	t.Helper()
	full, problems := readAs(t, text, "")
	var b strings.Builder
	for line := range strings.Lines(full) {
		if title, ok := strings.CutPrefix(line, "  title: "); ok {
			b.WriteString("  " + title)
		} else if line != "\n" && line[0] != ' ' && !strings.HasPrefix(line, "timeline") {
			date, _, _ := strings.Cut(line, " ")
			b.WriteString(date)
		}
	}
	return b.String(), problems
}
