package jsonld

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"disconode/valueflows"

	"github.com/gowebpki/jcs"
	"pgregory.net/rapid"
)

// iriOf names records in the tests: a unit of OM2 by its own name.
func iriOf(id valueflows.ID) string {
	if unit := valueflows.OMUnit(id); unit != nil {
		return unit.IRI
	}
	return "https://a.example/vf/" + id.String()
}

// idOf is the id behind a name of [iriOf].
func idOf(iri string) (valueflows.ID, error) {
	if text, ok := strings.CutPrefix(iri, "https://a.example/vf/"); ok {
		return valueflows.ParseID(text)
	}
	if iri == "" {
		return valueflows.ID{}, valueflows.Invalid("INVALID_ID", "an empty name")
	}
	return valueflows.IDOf(iri), nil
}

// line is the line of a record of a class.
func line(t testing.TB, l *ExportLine) string {
	t.Helper()
	text, err := l.Write(iriOf)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// An event leaves the house as exactly this line.
func TestExportEvent(t *testing.T) {
	const want = `{"@context":"urn:disconode:context:1.0.0","@id":"https://b.example/harvest","@type":"EconomicEvent",` +
		`"action":"vf:produce","fulfills":["https://a.example/vf/9c0e1dd3-f4ac-5989-b70e-a3641be601d6","https://a.example/vf/b502ff46-f2a9-5378-9a9b-0775a1a8abf0"],` +
		`"hasPointInTime":"2026-05-01T08:30:00.25-05:00","note":"first \"rows\"\n€ \u0001",` +
		`"provider":"https://a.example/vf/69136ebc-9405-505f-9511-a366a703cf6d","receiver":"https://a.example/vf/69136ebc-9405-505f-9511-a366a703cf6d",` +
		`"resourceClassifiedAs":["urn:food","urn:allium"],"resourceInventoriedAs":"https://a.example/vf/cca3c45e-1812-5618-be69-dce50af0f402",` +
		`"resourceQuantity":{"hasNumericalValue":"12.50","hasUnit":"http://www.ontology-of-units-of-measure.org/resource/om-2/kilogram"},"stream":"livelihood"}`
	if got := line(t, &ExportLine{Kind: ExportRecord, Class: valueflows.ClassEconomicEvent, IRI: "https://b.example/harvest", Record: harvest()}); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// Every line comes back as it was written, in canonical JSON, for any record of
// any class; so do a resource's standing, a stub, and the first and last line.
func TestExportRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := anyLine(t)
		text, err := l.Write(iriOf)
		if err != nil {
			t.Fatal(err)
		}
		canonical, err := jcs.Transform(text)
		if err != nil || string(canonical) != string(text) {
			t.Fatalf("not canonical: %v\n%s\n%s", err, text, canonical)
		}
		back, err := ReadExport(text, idOf)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		again, err := back.Write(iriOf)
		if err != nil || string(again) != string(text) {
			t.Fatalf("%s came back as %s, %v", text, again, err)
		}
		if l.Kind == ExportRecord && !reflect.DeepEqual(back.Record, l.Record) {
			t.Fatalf("%s came back as %+v, not %+v", text, back.Record, l.Record)
		}
	})
}

func anyLine(t *rapid.T) *ExportLine {
	switch kind := ExportKind(rapid.IntRange(int(ExportBegin), int(ExportEnd)).Draw(t, "kind")); kind {
	case ExportBegin:
		return &ExportLine{Kind: kind}
	case ExportEnd:
		return &ExportLine{Kind: kind, Lines: rapid.Int64Range(0, linesMax).Draw(t, "lines")}
	case ExportStub:
		class := rapid.SampledFrom(append([]valueflows.Class{AnyAgent}, valueflows.Classes...)).Draw(t, "class")
		return &ExportLine{Kind: kind, Class: class, IRI: iriOf(drawID(t, "id"))}
	case ExportStanding:
		r := &valueflows.EconomicResource{AccountingQuantity: &valueflows.Measure{HasNumericalValue: drawDecimal(t, "rights"), HasUnit: drawID(t, "unit")},
			OnhandQuantity: &valueflows.Measure{HasNumericalValue: drawDecimal(t, "hand")}, Custodian: drawID(t, "custodian"), LentOut: rapid.Bool().Draw(t, "lent")}
		return &ExportLine{Kind: kind, Class: valueflows.ClassEconomicResource, IRI: iriOf(drawID(t, "id")), Record: r}
	}
	record := anyRecord(t)
	rec := record.(interface{ Rec() *valueflows.Record }).Rec()
	rec.Stub = false
	if rec.ID.IsZero() {
		rec.ID = drawID(t, "id")
	}
	rec.IRI = iriOf(rec.ID)
	l := &ExportLine{Kind: ExportRecord, Class: valueflows.ClassOf(record), IRI: rec.IRI, Record: record}
	if action := actionOf(record); action != nil {
		*action = rapid.SampledFrom(valueflows.ActionIDs).Draw(t, "action")
	}
	switch r := record.(type) {
	case *valueflows.Proposal:
		r.Purpose = rapid.SampledFrom([]valueflows.ProposalPurpose{"", valueflows.Offer, valueflows.Request}).Draw(t, "purpose")
	case *valueflows.Agent:
		if r.Kind == valueflows.ClassPerson && rapid.Bool().Draw(t, "not erased") {
			r.Name = rapid.String().Draw(t, "name")
		}
	case *valueflows.Process:
		l.Superseded = rapid.Bool().Draw(t, "superseded")
	}
	return l
}

// What is no line of an export is refused, with the place where it goes wrong.
func TestReadExportRefuses(t *testing.T) {
	const start = `{"@context":"urn:disconode:context:1.0.0",`
	tests := []struct{ what, line, says string }{
		{"nothing", ``, "none of an export"},
		{"another context", `{"@context":"https://w3id.org/valueflows/ont/vf","@id":"urn:a","@type":"Process"}`, "none of an export"},
		{"no type", start + `"@id":"urn:a","name":"x"}`, "@type"},
		{"no name", start + `"@type":"Process"}`, "@id is missing"},
		{"a class of another vocabulary", start + `"@id":"urn:a","@type":"Recept"}`, "not kept"},
		{"a class of an earlier version", start + `"@id":"urn:a","@type":"Scenario","name":"x"}`, "not kept"},
		{"a stub of a class that there is not", start + `"@id":"urn:a","@type":"Recept","stub":true}`, "does not have"},
		{"a stub that says more", start + `"@id":"urn:a","@type":"Process","name":"x","stub":true}`, "more than its name"},
		{"an unknown property", start + `"@id":"urn:a","@type":"Process","nme":"x"}`, "not known"},
		{"a property twice", start + `"@id":"urn:a","@type":"Process","name":"x","name":"y"}`, "not known"},
		{"properties out of order", start + `"@id":"urn:a","@type":"Process","note":"x","name":"y"}`, "not known"},
		{"space", start + ` "@id":"urn:a","@type":"Process"}`, "does not have its @type"},
		{"a needless escape", start + `"@id":"urn:a","@type":"Process","name":"\u0041"}`, "not spelled"},
		{"half a surrogate pair", start + `"@id":"urn:a","@type":"Process","name":"\ud800"}`, "not spelled"},
		{"an action that there is not", start + `"@id":"urn:a","@type":"EconomicEvent","action":"vf:steal"}`, "action"},
		{"an action without its prefix", start + `"@id":"urn:a","@type":"EconomicEvent","action":"work"}`, "action"},
		{"a purpose that there is not", start + `"@id":"urn:a","@type":"Proposal","purpose":"vf:gift"}`, "purpose"},
		{"the scope of a flow under the term of a process", start + `"@id":"urn:a","@type":"Proposal","inScopeOf":["urn:b"]}`, "not known"},
		{"NaN", start + `"@id":"urn:a","@type":"SpatialThing","alt":"NaN"}`, "number"},
		{"a number that is no text", start + `"@id":"urn:a","@type":"SpatialThing","alt":12}`, "malformed"},
		{"a measure without a number", start + `"@id":"urn:a","@type":"EconomicEvent","resourceQuantity":{"hasUnit":"urn:kg"}}`, "without a number"},
		{"a time that is none", start + `"@id":"urn:a","@type":"Process","hasEnd":"tomorrow"}`, "hasEnd"},
		{"a quantity stated of a record", start + `"@id":"urn:a","@type":"EconomicResource","name":"x","onhandQuantity":{"hasNumericalValue":"1"}}`, "not known"},
		{"cut off", start + `"@id":"urn:a","@type":"Process","name":"x`, "no end"},
		{"more after the end", start + `"@id":"urn:a","@type":"Process"}{}`, "after its end"},
		{"an end that counts nothing", start + `"@type":"ExportEnd"}`, "lines"},
		{"an end that counts more than a number of JSON has exactly", start + `"@type":"ExportEnd","lines":9007199254740992}`, "lines"},
	}
	for _, test := range tests {
		var input *valueflows.InputError
		_, err := ReadExport([]byte(test.line), idOf)
		if !errors.As(err, &input) || input.Code != "INVALID_EXPORT" || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: %v, want what says %q", test.what, err, test.says)
		}
	}
}

// A stranger's line is refused or comes back byte by byte, and never more.
func FuzzReadExport(f *testing.F) {
	for _, l := range []*ExportLine{
		{Kind: ExportBegin}, {Kind: ExportEnd, Lines: 3}, {Kind: ExportStub, Class: AnyAgent, IRI: "urn:a"},
		{Kind: ExportRecord, Class: valueflows.ClassEconomicEvent, IRI: "urn:e", Record: harvest()},
		{Kind: ExportRecord, Class: valueflows.ClassEconomicResource, IRI: "urn:r", Record: &valueflows.EconomicResource{Name: "onions", Custodian: valueflows.ID{1}}},
		{Kind: ExportStanding, Class: valueflows.ClassEconomicResource, IRI: "urn:r", Record: &valueflows.EconomicResource{AccountingQuantity: measure("1", "kilogram")}},
		{Kind: ExportRecord, Class: valueflows.ClassProposal, IRI: "urn:o", Record: &valueflows.Proposal{Purpose: valueflows.Offer, InScopeOf: []valueflows.ID{{1}}}},
		{Kind: ExportRecord, Class: valueflows.ClassCommitment, IRI: "urn:c", Record: &valueflows.Commitment{Planned: valueflows.Planned{Action: "work"}, Satisfies: []valueflows.ID{{1}, {2}}}},
		{Kind: ExportRecord, Class: valueflows.ClassProcess, IRI: "urn:p", Record: &valueflows.Process{Name: "x"}, Superseded: true},
	} {
		f.Add([]byte(line(f, l)))
	}
	for _, l := range oneOfEach(func(l *ExportLine) valueflows.Class { return l.Class }, rapid.Custom(anyLine)) {
		f.Add([]byte(line(f, l)))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		l, err := ReadExport(text, idOf)
		if err != nil {
			return
		}
		if l.Kind == ExportRecord || l.Kind == ExportStanding {
			if err := l.References(func(valueflows.Class, valueflows.ID) {}); err != nil {
				t.Error(err)
			}
		}
	})
}

// term is a term of the context.
type term struct {
	ID        string `json:"@id"`
	Type      string `json:"@type"`
	Container string `json:"@container"`
}

// exportTerms are the terms of the context and its prefixes.
func exportTerms(t *testing.T) (map[string]term, map[string]string) {
	t.Helper()
	var document struct {
		Context map[string]json.RawMessage `json:"@context"`
	}
	if err := json.Unmarshal(ExportContext, &document); err != nil {
		t.Fatal(err)
	}
	terms, prefixes := map[string]term{}, map[string]string{}
	for name, text := range document.Context {
		var one term
		var iri string
		switch {
		case json.Unmarshal(text, &iri) == nil:
			prefixes[name] = iri
		case json.Unmarshal(text, &one) == nil && one.ID != "":
			terms[name] = one
		case name != "@version":
			t.Errorf("%s is no term: %s", name, text)
		}
	}
	return terms, prefixes
}

// The context says of each property what the ontology does: a reference where
// it leads to a thing, a date or a number where it is one, a set where there can be many. It has
// every property that an export writes.
func TestExportContext(t *testing.T) {
	turtle, err := os.ReadFile("../testdata/all_vf.TTL")
	if err != nil {
		t.Fatal(err)
	}
	terms, prefixes := exportTerms(t)
	if want := map[string]string{"@vocab": valueflows.Namespace, "vf": valueflows.Namespace, "dn": valueflows.OwnNamespace, "xsd": "http://www.w3.org/2001/XMLSchema#"}; !reflect.DeepEqual(prefixes, want) {
		t.Errorf("prefixes %v, want %v", prefixes, want)
	}
	types := map[string]string{
		"xsd:string": "", "xsd:dateTimeStamp": "xsd:dateTime", "dtype:numericUnion": "xsd:decimal", "xsd:anyURI": "xsd:anyURI", "xsd:boolean": "xsd:boolean",
	}
	// Object properties whose values are texts: a state is a word of the LAB's own.
	texts := []string{"state"}
	definition := regexp.MustCompile(`(?s)\nvf:(\w+)\s+a\s+owl:(Object|Datatype)Property ;(.*?)\n\s+\.`)
	ofRange, most := regexp.MustCompile(`rdfs:range\s+(\S+)`), regexp.MustCompile(`owl:(?:maxC|c)ardinality\s+1 `)
	found := map[string]bool{}
	for _, d := range definition.FindAllStringSubmatch(string(turtle), -1) {
		name, object, says := d[1], d[2] == "Object", d[3]
		one, ours := terms[name]
		if !ours {
			continue
		}
		found[name] = true
		want := term{ID: "vf:" + name}
		switch r := ofRange.FindStringSubmatch(says); {
		case object && !slices.Contains(texts, name):
			want.Type = "@id"
		case r != nil:
			want.Type = types[r[1]]
		}
		if !most.MatchString(says) {
			want.Container = "@set"
		}
		if one != want {
			t.Errorf("%s is %+v in the context, and %+v in the ontology", name, one, want)
		}
	}
	for name, one := range terms {
		switch {
		case found[name] && strings.HasPrefix(one.ID, "vf:"):
		case one.ID != "dn:"+name:
			t.Errorf("%s is %s: neither the vocabulary's nor ours", name, one.ID)
		}
	}
	for _, class := range valueflows.Classes {
		record := valueflows.NewRecord(class)
		for _, kind := range []ExportKind{ExportRecord, ExportStanding} {
			if kind == ExportStanding && class != valueflows.ClassEconomicResource {
				continue
			}
			names := nameCollector{}
			if err := (&ExportLine{Kind: kind, Record: record}).describe(names); err != nil {
				t.Fatal(err)
			}
			for name := range names {
				if takesSeveral(class, name) {
					name = severalTerm(name)
				}
				if _, ours := terms[name]; !ours && name != "id" && name != "iri" {
					t.Errorf("%s of %s is not in the context", name, class)
				}
			}
		}
	}
	for _, name := range []string{"createdWith", "superseded", "lines", "hasUnit", "hasNumericalValue", "Export", "ExportEnd", "AgentRelationship", "AgentRelationshipRole"} {
		if _, ours := terms[name]; !ours {
			t.Errorf("%s is not in the context", name)
		}
	}
}

// expand says in triples what an object of a line means by the context, as JSON-LD
// 1.1 has it for the little that the context uses.
func expand(t *testing.T, terms map[string]term, prefixes map[string]string, object map[string]any, subject string, blank *int) []string {
	t.Helper()
	full := func(name string) string {
		if prefix, rest, ok := strings.Cut(name, ":"); ok && prefixes[prefix] != "" {
			return prefixes[prefix] + rest
		}
		return name
	}
	var says []string
	for name, value := range object {
		one, known := terms[name]
		switch {
		case name == "@context", name == "@id":
			continue
		case name == "@type":
			class := prefixes["@vocab"] + value.(string)
			if own, ok := terms[value.(string)]; ok {
				class = full(own.ID)
			}
			says = append(says, fmt.Sprintf("%s a <%s>", subject, class))
			continue
		case !known:
			t.Errorf("%s is no term", name)
		}
		values, many := value.([]any)
		if !many {
			values = []any{value}
		}
		for _, v := range values {
			said := ""
			switch v := v.(type) {
			case map[string]any:
				*blank++
				said = fmt.Sprintf("_:b%d", *blank)
				says = append(says, expand(t, terms, prefixes, v, said, blank)...)
			case string:
				switch {
				case one.Type == "@id":
					said = "<" + full(v) + ">"
				case one.Type != "":
					said = fmt.Sprintf("%q^^<%s>", v, full(one.Type))
				default:
					said = fmt.Sprintf("%q", v)
				}
			default:
				said = fmt.Sprintf("%v", v)
			}
			says = append(says, fmt.Sprintf("%s <%s> %s", subject, full(one.ID), said))
		}
	}
	slices.Sort(says)
	return says
}

// A line by itself means in RDF what the record is.
func TestExportExpands(t *testing.T) {
	terms, prefixes := exportTerms(t)
	event := &valueflows.EconomicEvent{
		Action: "work", Provider: valueflows.ID{1}, ResourceClassifiedAs: []valueflows.URI{"urn:field"},
		EffortQuantity: measure("2.50", "hour"), HasPointInTime: at("2026-05-01T08:30:00-05:00"), State: "ok", Stream: valueflows.Love,
	}
	var object map[string]any
	text := line(t, &ExportLine{Kind: ExportRecord, Class: valueflows.ClassEconomicEvent, IRI: "urn:e", Record: event})
	if err := json.Unmarshal([]byte(text), &object); err != nil {
		t.Fatal(err)
	}
	const vf, xsd = "https://w3id.org/valueflows/ont/vf#", "http://www.w3.org/2001/XMLSchema#"
	want := []string{
		"<urn:e> <" + vf + "action> <" + vf + "work>",
		"<urn:e> <" + vf + "effortQuantity> _:b1",
		`<urn:e> <` + vf + `hasPointInTime> "2026-05-01T08:30:00-05:00"^^<` + xsd + `dateTime>`,
		"<urn:e> <" + vf + "provider> <https://a.example/vf/01000000-0000-0000-0000-000000000000>",
		"<urn:e> <" + vf + "resourceClassifiedAs> <urn:field>",
		`<urn:e> <` + vf + `state> "ok"`,
		`<urn:e> <urn:disconode:stream> "love"`,
		"<urn:e> a <" + vf + "EconomicEvent>",
		`_:b1 <` + vf + `hasNumericalValue> "2.50"^^<` + xsd + `decimal>`,
		"_:b1 <" + vf + "hasUnit> <http://www.ontology-of-units-of-measure.org/resource/om-2/hour>",
	}
	blank := 0
	got := expand(t, terms, prefixes, object, "<urn:e>", &blank)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
