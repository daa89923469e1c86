package format

import (
	"strconv"
	"strings"

	"dateline/timeline/text"
)

// objectJSON is a record as a JSON object of what it states.
func objectJSON[T any](record *T, fields []field[T]) string {
	var members []string
	for _, f := range fields {
		if value := f.write(record); value != "" {
			members = append(members, text.QuoteJSON(f.name)+":"+value)
		}
	}
	return "{" + strings.Join(members, ",") + "}"
}

// Of what a record does not state, the following write nothing.

func objectsJSON[T any](records []T, fields []field[T]) string {
	var items []string
	for i := range records {
		items = append(items, objectJSON(&records[i], fields))
	}
	return listJSON(items)
}

func stringsJSON(texts []string) string {
	var items []string
	for _, s := range texts {
		items = append(items, text.QuoteJSON(s))
	}
	return listJSON(items)
}

func listJSON(items []string) string {
	if len(items) == 0 {
		return ""
	}
	return "[" + strings.Join(items, ",") + "]"
}

func stringJSON(s string) string {
	if s == "" {
		return ""
	}
	return text.QuoteJSON(s)
}

func numberJSON(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}
