package format

import (
	"cmp"
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"dateline/timeline"
)

// gdeltColumns are the columns of a GDELT 2.0 event file, which has no header.
// GDELT 1.0 files have no ADM2Code columns, and its backfiles no SOURCEURL either.
// http://data.gdeltproject.org/documentation/GDELT-Event_Codebook-V2.0.pdf
const gdeltColumns = `GLOBALEVENTID SQLDATE MonthYear Year FractionDate
Actor1Code Actor1Name Actor1CountryCode Actor1KnownGroupCode Actor1EthnicCode
Actor1Religion1Code Actor1Religion2Code Actor1Type1Code Actor1Type2Code Actor1Type3Code
Actor2Code Actor2Name Actor2CountryCode Actor2KnownGroupCode Actor2EthnicCode
Actor2Religion1Code Actor2Religion2Code Actor2Type1Code Actor2Type2Code Actor2Type3Code
IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale
NumMentions NumSources NumArticles AvgTone
Actor1Geo_Type Actor1Geo_FullName Actor1Geo_CountryCode Actor1Geo_ADM1Code
Actor1Geo_ADM2Code Actor1Geo_Lat Actor1Geo_Long Actor1Geo_FeatureID
Actor2Geo_Type Actor2Geo_FullName Actor2Geo_CountryCode Actor2Geo_ADM1Code
Actor2Geo_ADM2Code Actor2Geo_Lat Actor2Geo_Long Actor2Geo_FeatureID
ActionGeo_Type ActionGeo_FullName ActionGeo_CountryCode ActionGeo_ADM1Code
ActionGeo_ADM2Code ActionGeo_Lat ActionGeo_Long ActionGeo_FeatureID
DATEADDED SOURCEURL`

// gdelt reads GDELT's event files. Machines code them from news reports, so
// every event is unverified.
var gdelt = mapping{
	status: timeline.Unverified,
	columns: slices.Concat(kept("Actor1Code", "Actor1Name", "Actor1CountryCode", "Actor1Type1Code", "Actor2Code", "Actor2Name", "Actor2CountryCode",
		"Actor2Type1Code", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions", "NumSources",
		"NumArticles", "AvgTone", "SOURCEURL"), []column{
		{"GLOBALEVENTID", func(r *rowDecoder, c cell) { r.event.ID = "gdelt-" + c.text }},
		{"SQLDATE", func(r *rowDecoder, c cell) { r.event.Date, r.dated = r.packedDay(c), true }},
		{"ActionGeo_FullName", (*rowDecoder).place},
		{"DATEADDED", func(r *rowDecoder, c cell) { r.event.Reported = r.packedDay(c) }},
	}),
	leaves: gdeltColumns,
	finish: finishGDELT,
}

func finishGDELT(r *rowDecoder) {
	first := gdeltActor(r, "Actor1Name", "Actor1Code", "Actor1CountryCode", "Actor1Type1Code")
	second := gdeltActor(r, "Actor2Name", "Actor2Code", "Actor2CountryCode", "Actor2Type1Code")
	addUnique(&r.event.Actors, first, second)

	code, root := r.value("EventCode"), r.value("EventRootCode")
	action := cmp.Or(cameoEvent(code), cameoEvent(r.value("EventBaseCode")), cameoEvent(root), "CAMEO "+code)
	actors := first
	if second != "" {
		actors = cmp.Or(first, "Unidentified") + " to " + second
	}
	r.event.Title = action
	if actors != "" {
		r.event.Title = actors + ": " + action
	}
	addUnique(&r.event.Topics, cameoEvent(root), quadClass(r.value("QuadClass")))
	r.weigh(r.value("NumMentions"))
	r.addSummary(gdeltMeasures(r, code))
	if source := r.value("SOURCEURL"); isAddress(source) {
		r.addLink(source)
	} else { // such as a broadcast
		r.addCited("GDELT", "Event "+r.value("GLOBALEVENTID"), source)
	}

	day, dated := r.event.Date.Earliest()
	added, known := r.event.Reported.Earliest()
	if days := added - day; dated && known && (days == 365 || days == 366) {
		r.addCaveat(fmt.Sprintf("GDELT dates this a year before it added it, on %s; the year may be wrong.", r.event.Reported.Words()))
		r.warn(r.cell("SQLDATE"), fmt.Sprintf("this is a year before the event was added, %s; the year may be wrong", r.event.Reported))
	}
}

// gdeltActor returns the actor's name or, where the row has only codes, the
// country and role that they stand for.
func gdeltActor(r *rowDecoder, name, code, country, role string) string {
	if name := r.value(name); name != "" {
		return name
	}
	of, as := cameoCountries()[r.value(country)], cameoRoles()[r.value(role)]
	switch {
	case of != "" && as != "":
		return of + ", " + as
	case of != "" || as != "":
		return of + as
	}
	return r.value(code)
}

// quadClass names one of the four classes into which GDELT sorts events.
func quadClass(n string) string {
	i := slices.Index([]string{"1", "2", "3", "4"}, n)
	if i < 0 {
		return ""
	}
	return []string{"verbal cooperation", "material cooperation", "verbal conflict", "material conflict"}[i]
}

// gdeltMeasures puts GDELT's measurements in a sentence.
func gdeltMeasures(r *rowDecoder, code string) string {
	said := append(make([]byte, 0, 200), "Coded by GDELT as CAMEO "...)
	said = append(said, code...)
	for _, m := range []struct{ before, column, noun string }{
		{" from ", "NumMentions", "mention"}, {" in ", "NumArticles", "article"}, {" of ", "NumSources", "source"},
	} {
		if n := r.value(m.column); n != "" {
			said = append(append(append(append(said, m.before...), n...), ' '), m.noun...)
			if n != "1" {
				said = append(said, 's')
			}
		}
	}
	for _, m := range []struct{ before, column string }{{"; Goldstein scale ", "GoldsteinScale"}, {"; average tone ", "AvgTone"}} {
		if n := r.value(m.column); n != "" {
			said = append(append(said, m.before...), n...)
		}
	}
	return string(append(said, '.'))
}

// gdeltSyntax returns the syntax of an event file if any of its first lines is a
// row of one, else nil.
func gdeltSyntax(lines []string) *csvSyntax {
	columns := strings.Fields(gdeltColumns)
	for _, line := range lines {
		cells := strings.Split(strings.TrimSuffix(line, "\r"), "\t")
		if len(cells) < 2 || len(cells[1]) != 8 || !digits(cells[0]) || !digits(cells[1]) {
			continue
		}
		header := columns
		if len(cells) < len(columns) {
			header = slices.DeleteFunc(slices.Clone(columns), func(c string) bool { return strings.HasSuffix(c, "ADM2Code") })
		}
		if len(cells) == len(header)-1 {
			header = header[:len(header)-1]
		}
		if len(cells) == len(header) {
			return &csvSyntax{comma: '\t', quotes: unquoted, exact: true, header: header}
		}
	}
	return nil
}

// The codes of CAMEO, with the names its codebook gives them (Conflict and
// Mediation Event Observations, version 1.1b3). Countries are not coded as in
// GDELT's places, which have FIPS codes: North Korea is PRK here and KN there.
var (
	//go:embed cameo/countries.tsv
	cameoCountriesTSV string
	//go:embed cameo/roles.tsv
	cameoRolesTSV string
	// An event code of two digits is a root; the codes that begin with it are
	// kinds of it.
	//go:embed cameo/events.tsv
	cameoEventsTSV string

	cameoCountries = sync.OnceValue(func() map[string]string { return codedNames(cameoCountriesTSV) })
	cameoRoles     = sync.OnceValue(func() map[string]string { return codedNames(cameoRolesTSV) })
	cameoEvents    = sync.OnceValue(func() map[string]string { return codedNames(cameoEventsTSV) })
)

// codedNames reads lines of a code, a tab and a name.
func codedNames(tsv string) map[string]string {
	names := make(map[string]string)
	for line := range strings.Lines(tsv) {
		code, name, _ := strings.Cut(strings.TrimRight(line, "\r\n"), "\t")
		names[code] = name
	}
	return names
}

// cameoEvent names an event code, without the codebook's note that it is the
// unspecified one among its kinds.
func cameoEvent(code string) string {
	return strings.TrimSuffix(cameoEvents()[code], ", not specified below")
}
