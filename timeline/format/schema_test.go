package format_test

import (
	"bytes"
	"encoding/json"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"dateline/timeline"
	"dateline/timeline/format"
)

func compiled(t *testing.T, draft string) *jsonschema.Schema {
	t.Helper()
	text := strings.Replace(string(format.Schema()), "https://json-schema.org/draft/2020-12/schema", draft, 1)
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource(format.SchemaID, doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile(format.SchemaID)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

var drafts = []string{"https://json-schema.org/draft/2020-12/schema", "http://json-schema.org/draft-07/schema#"}

func TestTheTimelineInsideIsAsTheSchemaSays(t *testing.T) {
	text, err := os.ReadFile("../testdata/frozen.json")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	for _, draft := range drafts {
		if err := compiled(t, draft).Validate(doc); err != nil {
			t.Errorf("%s: %v", draft, err)
		}
	}
}

// TestSchemaAndReaderAgree holds small files to both: what one refuses or warns
// of, the other does too.
func TestSchemaAndReaderAgree(t *testing.T) {
	const sound = `"id":"a","date":"2024-06","title":"T","sources":[{"url":"https://example.org/"}]`
	for _, c := range []struct {
		file string
		ok   bool
	}{
		{`[{` + sound + `}]`, true},
		{`{"events":[{` + sound + `}]}`, true},
		{`{"schemaVersion":"1.0","title":"T","actors":[{"name":"A","kind":"person","native":{"ko":"김"}}],"events":[{"id":"a","date":"2024","title":"T","sources":[{"url":"https://a.example"}]}]}`, true},
		{`[{` + sound + `,"_private":{"any":1}}]`, true},
		{`[{` + sound + `,"status":"claimed","credibility":6}]`, true},
		{`[{` + sound + `,"status":"true"}]`, false},
		{`[{` + sound + `,"credibility":7}]`, false},
		{`[{` + sound + `,"colour":"red"}]`, false},
		{`[{` + sound + `,"topics":"red"}]`, false},
		{`[{"id":"a","date":"2024-06"}]`, false},
		{`[{"id":"a","date":"June","title":"T","sources":[{"url":"https://example.org/"}]}]`, false},
		{`[{"id":"a","date":"2024-06","title":"T","sources":[{"url":"ftp://example.org/"}]}]`, false},
		{`[{"id":"a","date":"2024-06","title":"T","sources":[{"publisher":"P"}]}]`, false},
		{`[{"id":"a","date":"2024-06","title":"T","sources":[{"publisher":"P","title":"T"}]}]`, true},
		{`{"actors":[{"kind":"person"}],"events":[]}`, false},
		{`{"actors":[{"name":"A","kind":"robot"}],"events":[]}`, false},
	} {
		doc, err := jsonschema.UnmarshalJSON(strings.NewReader(c.file))
		if err != nil {
			t.Fatal(err)
		}
		for _, draft := range drafts {
			if err := compiled(t, draft).Validate(doc); (err == nil) != c.ok {
				t.Errorf("%s by the schema (%s): got %v, want ok %v", c.file, draft, err, c.ok)
			}
		}
		if got := !refused(c.file); got != c.ok {
			t.Errorf("%s by the reader: got %v, want %v", c.file, got, c.ok)
		}
	}
}

// TestSchemaDescribesEveryField walks the schema and the structs: each has what
// the other has, and every property says what it means.
func TestSchemaDescribesEveryField(t *testing.T) {
	var schema struct {
		Definitions map[string]struct {
			Description string
			Properties  map[string]struct{ Description string }
		}
	}
	if err := json.Unmarshal(format.Schema(), &schema); err != nil {
		t.Fatal(err)
	}
	for name, of := range map[string]struct {
		record any
		more   []string // what the file has and the struct has not
	}{
		"event":  {timeline.Event{}, nil},
		"source": {timeline.Source{}, nil},
		"actor":  {timeline.Actor{}, nil},
		"file":   {timeline.About{}, []string{"$schema", "schemaVersion", "actors", "events"}},
	} {
		properties := schema.Definitions[name].Properties
		want := map[string]bool{}
		for _, f := range of.more {
			want[f] = true
		}
		record := reflect.TypeOf(of.record)
		for i := range record.NumField() {
			want[snake(record.Field(i).Name)] = true
		}
		for f := range want {
			if _, ok := properties[f]; !ok {
				t.Errorf("%s: the schema lacks %s", name, f)
			}
		}
		for f, p := range properties {
			if !want[f] {
				t.Errorf("%s: the struct lacks %s", name, f)
			}
			if p.Description == "" {
				t.Errorf("%s: %s has no description", name, f)
			}
		}
	}
}

// snake writes AttributedTo as attributed_to and URL as url.
func snake(name string) string {
	var b strings.Builder
	for i, r := range name {
		upper := 'A' <= r && r <= 'Z'
		if upper && i > 0 && !('A' <= rune(name[i-1]) && rune(name[i-1]) <= 'Z') {
			b.WriteByte('_')
		}
		b.WriteRune(r)
	}
	return strings.ToLower(b.String())
}
