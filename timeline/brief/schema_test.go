package brief

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"dateline/timeline/internal/fixture"
)

// shapeOf is the JSON Schema of a type: every field is there, a pointer may be null.
func shapeOf(t reflect.Type) map[string]any {
	switch t.Kind() {
	case reflect.Pointer:
		return map[string]any{"anyOf": []any{map[string]any{"type": "null"}, shapeOf(t.Elem())}}
	case reflect.Slice:
		return map[string]any{"type": "array", "items": shapeOf(t.Elem())}
	case reflect.String:
		return map[string]any{"type": "string"}
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.Int:
		return map[string]any{"type": "integer"}
	case reflect.Float64:
		return map[string]any{"type": "number"}
	}
	properties, required := make(map[string]any), []any{}
	var add func(t reflect.Type)
	add = func(t reflect.Type) {
		for i := range t.NumField() {
			f := t.Field(i)
			if f.Anonymous {
				add(f.Type)
				continue
			}
			properties[f.Tag.Get("json")] = shapeOf(f.Type)
			required = append(required, f.Tag.Get("json"))
		}
	}
	add(t)
	return map[string]any{"type": "object", "properties": properties, "required": required}
}

func TestBriefsAreAsTheirSchemaSays(t *testing.T) {
	schema := shapeOf(reflect.TypeFor[jsonBrief]())
	schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	schema["title"] = "A brief, version 2"
	text, err := json.MarshalIndent(schema, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	fixture.Golden(t, "../../docs/brief.schema.json", string(text)+"\n")
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("brief.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	compiled, err := c.Compile("brief.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	tl := fixture.Shipped(t)
	for _, query := range []string{"", "topic:treaty", `actor:"Sergei Lavrov"`, "id:none"} {
		for _, paper := range []Paper{NoPaper, A4} {
			var out strings.Builder
			if err := WriteJSON(&out, New(tl, fixture.Query(t, query), Options{Paper: paper, Since: Since(tl, fixture.Day("2024-09"), fixture.Query(t, query))})); err != nil {
				t.Fatal(err)
			}
			brief, err := jsonschema.UnmarshalJSON(strings.NewReader(out.String()))
			if err != nil {
				t.Fatal(err)
			}
			if err := compiled.Validate(brief); err != nil {
				t.Errorf("%q, %s: %v", query, paper, err)
			}
		}
	}
}
