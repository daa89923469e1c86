package format

import (
	"slices"
	"strings"
)

// Hayabusa and Chainsaw search the event logs of Windows with rules. What they find
// are events titled by the rule. A rule suspects and confirms nothing, so no event
// has a status.

// hayabusa reads the CSV, JSON and JSON Lines of Hayabusa, in any of its profiles.
// https://github.com/Yamato-Security/hayabusa
var hayabusa = mapping{
	columns: slices.Concat(kept("EventID", "RecordID", "EvtxFile"), []column{
		{"Timestamp", logged},
		{"RuleTitle", (*rowDecoder).title},
		{"Level", (*rowDecoder).topic},
		{"Computer", (*rowDecoder).place},
		{"Channel", (*rowDecoder).topic},
		{"Details", (*rowDecoder).detail},
		{"Details.*", (*rowDecoder).detail},
		{"ExtraFieldInfo", (*rowDecoder).detail},
		{"ExtraFieldInfo.*", (*rowDecoder).detail},
		{"MitreTactics", ruleTags},
		{"MitreTags", ruleTags},
		{"OtherTags", ruleTags},
	}),
	leaves: "RuleID RuleFile RuleAuthor RuleCreationDate RuleModifiedDate Status Provider",
	finish: func(r *rowDecoder) {
		r.endSentence()
		addTime("Timestamp")(r)
		r.addLogRecord("EventID", "RecordID")
		r.addArtefact("Channel", "EvtxFile")
	},
}

// chainsaw reads the CSV of chainsaw hunt.
// https://github.com/WithSecureLabs/chainsaw
var chainsaw = mapping{
	columns: slices.Concat(kept("path", "Event.System.Provider", "Event ID", "Record ID"), []column{
		{"timestamp", logged},
		{"detections", chainsawRules},
		{"Computer", (*rowDecoder).place},
		{"Event Data", (*rowDecoder).detail},
	}),
	leaves: "count",
	finish: func(r *rowDecoder) {
		r.endSentence()
		addTime("timestamp")(r)
		r.addLogRecord("Event ID", "Record ID")
		r.addArtefact("Event.System.Provider", "path")
	},
}

// chainsawJSON reads the JSON and JSON Lines of chainsaw hunt. Its id is the rule's.
var chainsawJSON = mapping{
	columns: slices.Concat(kept("document.kind", "document.path", "document.data.Event.System.EventID", "document.data.Event.System.EventRecordID"), []column{
		{"timestamp", logged},
		{"name", (*rowDecoder).title},
		{"group", (*rowDecoder).topic},
		{"level", (*rowDecoder).topic},
		{"tags", (*rowDecoder).topic},
		{"references", (*rowDecoder).url},
		{"document.data.Event.System.Computer", (*rowDecoder).place},
		{"document.data.Event.EventData.*", (*rowDecoder).detail},
	}),
	finish: func(r *rowDecoder) {
		r.endSentence()
		addTime("timestamp")(r)
		r.addLogRecord("document.data.Event.System.EventID", "document.data.Event.System.EventRecordID")
		r.addArtefact("document.kind", "document.path")
	},
}

// detail adds a value, or several with names, to the summary.
func (r *rowDecoder) detail(c cell) {
	if detail := unlessDash(c.text); detail != "" && r.event.Summary != "" {
		r.event.Summary += "; " + detail
	} else {
		r.event.Summary += detail
	}
}

// endSentence ends the details with a stop.
func (r *rowDecoder) endSentence() {
	if s := r.event.Summary; s != "" && !strings.HasSuffix(s, ".") {
		r.event.Summary += "."
	}
}

// addLogRecord adds the numbers that a log gives an event and its record.
func (r *rowDecoder) addLogRecord(event, record string) {
	said := ""
	if n := unlessDash(r.value(event)); n != "" {
		said = "Event ID " + n
	}
	if n := unlessDash(r.value(record)); n != "" {
		if said != "" {
			said += ", "
		}
		said += "record " + n
	}
	if said != "" {
		r.addSummary(said + ".")
	}
}

// ruleTags reads tags, between which Hayabusa writes a broken bar.
func ruleTags(r *rowDecoder, c cell) {
	for tag := range strings.SplitSeq(c.text, "¦") {
		addUnique(&r.event.Topics, unlessDash(strings.TrimSpace(tag)))
	}
}

// chainsawRules reads the rules that an event fits, each behind a bullet.
func chainsawRules(r *rowDecoder, c cell) {
	var rules []string
	for _, rule := range strings.FieldsFunc(c.text, func(c rune) bool { return c == '‣' || c == '•' }) {
		addUnique(&rules, strings.TrimSpace(rule))
	}
	r.event.Title = strings.Join(rules, "; ")
}

func isHayabusa(h *head) bool {
	return h.has("Timestamp", "RuleTitle", "Level") && (h.has("Computer") || h.has("Channel"))
}
