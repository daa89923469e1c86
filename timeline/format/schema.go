package format

import (
	"bytes"
	"encoding/json"
)

// SchemaID names the schema of the format, version 1.
const SchemaID = "urn:dateline:events:1"

// Schema is the JSON Schema of the file format. It declares 2020-12 and uses
// only what means the same in draft-07, which editors know best. What a schema
// cannot say, such as whether a day exists or an id is taken, Read checks.
func Schema() []byte {
	event := object(eventFields, "An event: one dated thing that happened, or is said to have happened.")
	event["required"] = []string{"id", "date", "title"}
	source := object(sourceFields, "A source: one publication that bears on an event.")
	source["anyOf"] = []any{shape{"required": []string{"url"}}, shape{"required": []string{"publisher", "title"}}}
	actor := object(actorFields, "An actor of the register: a person, a state or an organisation.")
	actor["required"] = []string{"name"}
	file := object(fileFields, "A timeline: events, and what the file says of itself.")
	file["required"] = []string{"events"}
	schema := shape{
		"$schema":     "https://json-schema.org/draft/2020-12/schema",
		"$id":         SchemaID,
		"title":       "A timeline of sourced events",
		"description": "A timeline, or a bare array of its events. In JSON Lines every line is an event.",
		"oneOf":       []any{shape{"$ref": "#/definitions/file"}, eventList},
		"definitions": shape{"file": file, "event": event, "source": source, "actor": actor},
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(schema); err != nil {
		panic("format: the schema cannot be written: " + err.Error())
	}
	return b.Bytes()
}

// object is the shape of a record by a table of fields. Private fields begin
// with an underscore and may hold anything.
func object[T any](fields []field[T], means string) shape {
	properties := shape{}
	for _, f := range fields {
		p := shape{"description": f.means}
		for k, v := range f.takes {
			p[k] = v
		}
		properties[f.name] = p
	}
	return shape{
		"type":                 "object",
		"description":          means,
		"properties":           properties,
		"patternProperties":    shape{"^_": shape{"description": "A private field: kept, not shown."}},
		"additionalProperties": false,
	}
}
