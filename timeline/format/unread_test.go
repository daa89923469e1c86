package format_test

import (
	"testing"

	"dateline/timeline/format"
)

// A file that is no timeline is told what it is, not what JSON expects.
func TestOtherFilesAreCalledByTheirNames(t *testing.T) {
	for text, want := range map[string]string{
		"%PDF-1.7\n%\xe2\xe3":                               "this is not a timeline but a PDF document; save the table in it as CSV",
		"PK\x03\x04......[Content_Types].xml word/document": "this is not a timeline but a Word document; save the table in it as CSV",
		"PK\x03\x04......xl/workbook.xml":                   "this is a spreadsheet, or another packed file; save it as CSV",
		"\x89PNG\r\n\x1a\n":                                 "this is not a timeline but an image",
		"RIFF\x00\x00\x00\x00WEBPVP8 ":                      "this is not a timeline but an image",
		"{\\rtf1\\ansi Treaty}":                             "this is not a timeline but an RTF document; save the table in it as CSV",
		"SQLite format 3\x00":                               "this is not a timeline but an SQLite database; export the table of events as CSV",
		"\x01\x02\x00\x00\x03abc":                           "this is not a timeline but binary data",
		"#!/bin/sh\necho 2031-06-19\n":                      "this is not a timeline but a script",
		"From: a@example.org\nSubject: Talks\n\nHello.\n":   "this is not a timeline but an e-mail",
		"BEGIN:VEVENT\nSUMMARY:One\n":                       "this is not a timeline but part of a calendar; write BEGIN:VCALENDAR above it and END:VCALENDAR below",
		"@article{a,\n title={T}}\n":                        "this is not a timeline but a BibTeX bibliography",
		"1\n00:00:01,000 --> 00:00:02,000\nHello\n":         "this is not a timeline but subtitles",
		"-- dump\nCREATE TABLE events (id int);\n":          "this is not a timeline but SQL; export the table of events as CSV",
		"var events = [{\"date\": \"2031\"}];\n":            "this is not a timeline but JavaScript; save the part in brackets as JSON",
		"callback({\"events\": []})\n":                      "this is not a timeline but JavaScript; save the part in brackets as JSON",
		"[section]\nkey = value\n":                          "this is not a timeline but a file of settings",
		"# Notes\n\nNothing is dated here.\n":               "this is not a timeline but Markdown; write each event on a line, such as 2024-06-19: Treaty signed, or make a CSV with the columns date and title",
		"Talks went on.\nThey ended.\n":                     "this is not a timeline but plain text; write each event on a line, such as 2024-06-19: Treaty signed, or make a CSV with the columns date and title",
		"Date\n2031-06-19\n":                                "this is a table with one column, Date; an event needs a date and a title",
		"Date^Title\n2031-06-19^One\n":                      "this is a table with ^ between its cells; write sep=^ on a line above the header",
		"Place,Size\nP,1\nQ,2\n":                            "no column looks like a date; name it with --map date=COLUMN; the columns are Place, Size",
	} {
		_, problems := readAs(t, text, "")
		if want = "f.csv:1:1: " + want + "\nerror: f.csv:1:1: " + want + "\n0 of 0 events left out\n"; problems != want {
			t.Errorf("%q: got\n%s, want\n%s", text, problems, want)
		}
	}
}

// A file without an event says so.
func TestEmptyFilesAreReported(t *testing.T) {
	for text, want := range map[string]string{
		"date,title\n":                      "f.csv:1:1: there are no events below the header\nerror: f.csv:1:1: there are no events below the header\n0 of 0 events left out\n",
		"date,title\n\n,\n":                 "f.csv:1:1: there are no events below the header\nerror: f.csv:1:1: there are no events below the header\n0 of 0 events left out\n",
		"message,datetime,timestamp_desc\n": "f.csv:1:1: there are no events below the header\nerror: f.csv:1:1: there are no events below the header\n0 of 0 events left out\n",
		"BEGIN:VCALENDAR\nEND:VCALENDAR\n":  "f.csv:1:1: the file has no events\nerror: f.csv:1:1: the file has no events\n0 of 0 events left out\n",
		`{"events": []}`:                    "f.csv:1:1: warning: the file has no events\n0 of 0 events left out\n",
		"[]":                                "f.csv:1:1: warning: the file has no events\n0 of 0 events left out\n",
		"id,date,earliest,latest,reported,status,title,summary,origins,urls\n": "f.csv:1:1: warning: there are no events below the header\n0 of 0 events left out\n",
	} {
		if _, problems := readAs(t, text, ""); problems != want {
			t.Errorf("%q: got\n%s, want\n%s", text, problems, want)
		}
	}
	// Beside a file with events it is an error, but no reason to refuse them.
	tl, report, err := format.Read(format.File{Name: "a.csv", Text: "date,title\n2031,One\n"}, format.File{Name: "b.csv", Text: "date,title\n"})
	if err != nil || tl.Len() != 1 || report.Errors() != 1 {
		t.Errorf("got %v, %s", err, told(report, err))
	}
}
