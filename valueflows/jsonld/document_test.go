package jsonld

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"disconode/valueflows"
)

const context = `'@context': {'@vocab': 'https://w3id.org/valueflows/ont/vf#', ex: 'https://ex.example/'}
'@graph':
`

// read reads a text as a document of that name.
func read(t testing.TB, name, text string) *Document {
	t.Helper()
	d, err := Read(File{Name: name, Data: []byte(text)})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// plan plans YAML texts, each a document f1.yaml, f2.yaml and so on.
func plan(t testing.TB, texts ...string) *Batch {
	t.Helper()
	var documents []*Document
	for i, text := range texts {
		documents = append(documents, read(t, fmt.Sprintf("f%d.yaml", i+1), text))
	}
	return Plan(documents, Options{Lab: valueflows.IDOf("https://lab.example/")})
}

// has tells whether the report has a line of the kind, at the line, with the text in it.
func has(r *Report, kind Kind, line int, text string) bool {
	for _, l := range r.Lines {
		if l.Kind == kind && l.Line == line && strings.Contains(l.Text, text) {
			return true
		}
	}
	return false
}

func wants(t *testing.T, r *Report, kind Kind, line int, text string) {
	t.Helper()
	if !has(r, kind, line, text) {
		t.Errorf("no line %d: %s: … %s … in:\n%v", line, kind, text, r.Lines)
	}
}

// Whatever the spelling of its context, a document states the same.
func TestContexts(t *testing.T) {
	const body = `"@id":"https://ex.example/1","@type":"Person","name":"Ann"`
	tests := []struct{ what, document string }{
		{"a map", `{"@context":{"@vocab":"https://w3id.org/valueflows/ont/vf#"},` + body + `}`},
		{"a list", `{"@context":[{"@vocab":"https://w3id.org/valueflows/ont/vf#"},{"ex":"https://ex.example/"}],` + body + `}`},
		{"an address", `{"@context":"https://w3id.org/valueflows/ont/vf",` + body + `}`},
		{"none", `{` + body + `}`},
		{"null", `{"@context":null,` + body + `}`},
		{"http", `{"@context":{"@vocab":"http://w3id.org/valueflows/ont/vf#"},` + body + `}`},
		{"the older namespace", `{"@context":{"@vocab":"https://w3id.org/valueflows#"},` + body + `}`},
		{"a stray quote", `{"@context":[{"h'@vocab'":"http://w3id.org/valueflows/ont/vf#"}],` + body + `}`},
		{"a list of objects", `[{"@context":"https://w3id.org/valueflows/ont/vf",` + body + `}]`},
		{"a graph", `{"@context":"https://w3id.org/valueflows/ont/vf","@graph":[{` + body + `}]}`},
		{"a graph of one", `{"@context":"https://w3id.org/valueflows/ont/vf","@graph":{` + body + `}}`},
		{"a prefix of its own", `{"@context":{"x":"https://ex.example/"},"@id":"x:1","@type":"Person","name":"Ann"}`},
		{"a prefix written as a definition", `{"@context":{"x":{"@id":"https://ex.example/","@prefix":true}},"@id":"x:1","@type":"Person","name":"Ann"}`},
		{"the prefix vf", `{"@id":"https://ex.example/1","@type":"vf:Person","vf:name":"Ann"}`},
		{"whole IRIs", `{"@id":"https://ex.example/1","@type":"https://w3id.org/valueflows/ont/vf#Person","https://w3id.org/valueflows/ont/vf#name":"Ann"}`},
		{"whole IRIs of the older namespace", `{"@id":"https://ex.example/1","@type":"https://w3id.org/valueflows#Person","https://w3id.org/valueflows#name":"Ann"}`},
		{"terms of its own", `{"@context":{"called":"https://w3id.org/valueflows/ont/vf#name","Human":"vf:Person"},"@id":"https://ex.example/1","@type":"Human","called":"Ann"}`},
		{"plain id and type", `{"@context":"https://w3id.org/valueflows/ont/vf","id":"https://ex.example/1","type":["Object","Person"],"name":"Ann"}`},
		{"a value with a language", `{"@id":"https://ex.example/1","@type":"vf:Person","vf:name":{"@value":"Ann","@language":"en"}}`},
		{"a base", `{"@context":{"@base":"https://ex.example/"},"@id":"1","@type":"Person","name":"Ann"}`},
		{"a host in capitals", `{"@context":"https://w3id.org/valueflows/ont/vf","@id":"HTTPS://EX.example/1","@type":"Person","name":"Ann"}`},
	}
	for _, test := range tests {
		t.Run(test.what, func(t *testing.T) {
			d := read(t, "x.jsonld", test.document)
			batch := Plan([]*Document{d}, Options{})
			if len(batch.Records) != 1 || batch.Report.Count(Failed) > 0 {
				t.Fatalf("%d records, %v", len(batch.Records), batch.Report.Lines)
			}
			agent := batch.Records[0].Record.(*valueflows.Agent)
			if agent.IRI != "https://ex.example/1" || agent.ID != valueflows.IDOf("https://ex.example/1") || agent.Name != "Ann" || agent.Kind != valueflows.ClassPerson {
				t.Errorf("read as %+v", agent)
			}
		})
	}
}

// JSON and YAML of the same content are the same, and both keep places and the
// text of numbers.
func TestForms(t *testing.T) {
	const yaml = `'@id': https://ex.example/e
'@type': vf:EconomicEvent
action: work
provider: https://ex.example/p
receiver: https://ex.example/p
effortQuantity:
  hasNumericalValue: 1.50
  hasUnit: hour
hasPointInTime: 2026-05-01T08:30:00-05:00
`
	const json = `{"@id": "https://ex.example/e",
"@type": "vf:EconomicEvent",
"action": "work",
"provider": {"@id": "https://ex.example/p"},
"receiver": ["https://ex.example/p"],
"effortQuantity": {
  "hasNumericalValue": 1.50,
  "hasUnit": "hour"},
"hasPointInTime": {"@type": "xsd:dateTime", "@value": "2026-05-01T08:30:00-05:00"}}
`
	var bodies []string
	for name, text := range map[string]string{"a.yaml": yaml, "a.json": json, "plain": yaml, "other": json} {
		batch := Plan([]*Document{read(t, name, text)}, Options{})
		if batch.Report.Count(Failed) > 0 || len(batch.Steps) != 1 {
			t.Fatalf("%s: %v", name, batch.Report.Lines)
		}
		if at := batch.Steps[0].Statement.PlaceOf("hasPointInTime"); at.Line != 9 || at.File != name {
			t.Errorf("%s: the time stands at %s", name, at)
		}
		body, err := Encode(batch.Steps[0].Event)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(body), `"1.50"`) {
			t.Errorf("%s: the number's zero is lost: %s", name, body)
		}
		bodies = append(bodies, string(body))
	}
	for _, body := range bodies {
		if body != bodies[0] {
			t.Errorf("%s is not %s", body, bodies[0])
		}
	}
}

// A file that is no document is refused with the line.
func TestReadRefuses(t *testing.T) {
	deep := func(open, close string) string { return strings.Repeat(open, 70) + strings.Repeat(close, 70) }
	tests := []struct {
		what, name, text string
		line             int
		says             string
	}{
		{"broken JSON", "x.json", "{\n\"a\": }", 2, "no JSON"},
		{"JSON cut off", "x.json", "{\n\"a\":\n", 3, "ends too early"},
		{"two JSON values", "x.json", "{}\n{}", 2, "goes on"},
		{"a name twice in JSON", "x.json", "{\"a\": 1,\n\"a\": 2}", 2, "twice"},
		{"broken YAML", "x.yaml", "a: [1\nb: 2", 1, "no YAML"},
		{"a name twice in YAML", "x.yaml", "a: 1\nb: 2\na: 3", 3, "twice"},
		{"an anchor", "x.yaml", "a: 1\nb: &x 2", 2, "anchors"},
		{"an alias", "x.yaml", "a: &x [1]\nb: *x", 1, "anchors"},
		{"an anchor on a name", "x.yaml", "&x a: 1", 1, "plain text"},
		{"a tag", "x.yaml", "a: !!binary aGk=", 1, "tag"},
		{"a list as a name", "x.yaml", "[a]: 1", 1, "plain text"},
		{"deep JSON", "x.json", deep("[", "]"), 1, "deep"},
		{"deep YAML", "x.yaml", deep("[", "]"), 1, "deep"},
		{"very deep YAML", "x.yaml", strings.Repeat("[", 100_000), 1, "no YAML"},
		{"bytes that are no text", "x.yaml", "a: 1\nb: \xff", 2, "UTF-8"},
		{"a tab where YAML has none", "x.yaml", "a:\n\tb: 1", 2, "no YAML"},
		{"a NUL in JSON", "x.json", "[\n\"a\\u0000\"]", 2, "U+0000"},
		{"a NUL in YAML", "x.yaml", "a:\n - \"\\0\"", 2, "U+0000"},
		{"too large", "x.yaml", strings.Repeat("#", SizeMax+1), 1, "split it"},
		{"too many values", "x.yaml", "a: [" + strings.Repeat("1,", 5<<20) + "1]", 1, "split it"},
	}
	for _, test := range tests {
		t.Run(test.what, func(t *testing.T) {
			_, err := Read(File{Name: test.name, Data: []byte(test.text)})
			var syntax *SyntaxError
			if !errors.As(err, &syntax) {
				t.Fatalf("got %v", err)
			}
			if syntax.File != test.name || syntax.Line != test.line || !strings.Contains(syntax.Text, test.says) {
				t.Errorf("got %v, want line %d: … %s …", syntax, test.line, test.says)
			}
		})
	}
}

// An empty document states nothing.
func TestReadNothing(t *testing.T) {
	for _, text := range []string{"", "# nothing\n", "---\n---\n", "null", "'@graph': []\n"} {
		d := read(t, "x.yaml", text)
		if len(d.Statements) != 0 || len(d.Report.Lines) != 0 {
			t.Errorf("%q states %v, %v", text, d.Statements, d.Report.Lines)
		}
	}
}

// What cannot be read is an error with its place, and all of them are found.
func TestStatementErrors(t *testing.T) {
	tests := []struct {
		what, graph string
		line        int // within the graph
		says        string
	}{
		{"inputs under an event without a process", "- {'@id': 'ex:1', '@type': EconomicEvent, action: work, hasInput: 'ex:2'}", 1, "no process stands before"},
		{"a bare value", "- 5", 1, "bare value"},
		{"no id", "- {'@type': Person, name: Ann}", 1, "needs an @id"},
		{"an empty id", "- {'@id': '', '@type': Person}", 1, "needs an @id"},
		{"a blank node", "- {'@id': '_:b0', '@type': Person}", 1, "inside this file only"},
		{"an id that is no IRI", "- {'@id': ann, '@type': Person}", 1, "not an IRI"},
		{"an id with a space", "- {'@id': 'https://x.example/a b', '@type': Person}", 1, "not an IRI"},
		{"no type", "- {'@id': 'ex:1', name: Ann}", 1, "no @type"},
		{"two classes", "- {'@id': 'ex:1', '@type': [Person, Process]}", 1, "more than one class"},
		{"an unknown unit", "- {'@id': 'ex:1', '@type': EconomicEvent, action: work,\n   effortQuantity: {hasNumericalValue: 1,\n   hasUnit: huor}}", 3, "is hour meant?"},
		{"an unknown unit near to none", "- {'@id': 'ex:1', '@type': EconomicEvent, action: work, effortQuantity: {hasNumericalValue: 1, hasUnit: blorpfest}}", 1, "state it as a Unit"},
		{"a number that is none", "- {'@id': 'ex:1', '@type': EconomicEvent, action: work, effortQuantity: {hasUnit: hour,\n   hasNumericalValue: some}}", 2, "not a number"},
		{"infinity", "- {'@id': 'ex:1', '@type': EconomicEvent, action: work, effortQuantity: {hasUnit: hour, hasNumericalValue: .inf}}", 1, "not a number"},
		{"a hexadecimal number", "- {'@id': 'ex:1', '@type': EconomicEvent, action: work, effortQuantity: {hasUnit: hour, hasNumericalValue: 0x1F}}", 1, "not a number"},
		{"19 digits", "- {'@id': 'ex:1', '@type': EconomicEvent, action: work, effortQuantity: {hasUnit: hour, hasNumericalValue: 1234567890123456789}}", 1, "at most 18"},
		{"a huge exponent", "- {'@id': 'ex:1', '@type': EconomicEvent, action: work, effortQuantity: {hasUnit: hour, hasNumericalValue: 1e999999999}}", 1, "at most 18"},
		{"a measure without a number", "- {'@id': 'ex:1', '@type': EconomicEvent, action: work, effortQuantity: {hasUnit: hour}}", 1, "no hasNumericalValue"},
		{"a measure that is none", "- {'@id': 'ex:1', '@type': EconomicEvent, action: work, effortQuantity: 5}", 1, "takes a measure"},
		{"an unknown action", "- {'@id': 'ex:1', '@type': EconomicEvent,\n   action: wrok}", 2, "not an action"},
		{"no action", "- {'@id': 'ex:1', '@type': EconomicEvent}", 1, "no action"},
		{"a wrong time", "- {'@id': 'ex:1', '@type': EconomicEvent, action: work,\n   hasPointInTime: yesterday}", 2, "not a time"},
		{"a wrong day", "- {'@id': 'ex:1', '@type': EconomicEvent, action: work, hasPointInTime: 2026-02-30}", 1, "not a time"},
		{"two values for one", "- {'@id': 'ex:1', '@type': Person, name: [Ann, Bob]}", 1, "2 values"},
		{"an object for a text", "- {'@id': 'ex:1', '@type': Person, name: {first: Ann}}", 1, "takes a text"},
		{"neither true nor false", "- {'@id': 'ex:1', '@type': Process, finished: maybe}", 1, "true or false"},
		{"a process as a provider", "- {'@id': 'ex:p', '@type': Process}\n- {'@id': 'ex:1', '@type': EconomicEvent, action: work,\n   provider: ex:p}", 3, "is a Process"},
		{"an agent as a unit", "- {'@id': 'ex:p', '@type': Person, name: A}\n- {'@id': 'ex:1', '@type': ResourceSpecification, defaultUnitOfResource: ex:p}", 2, "no unit"},
		{"a process without a specification as a stage", "- {'@id': 'ex:p', '@type': Process}\n- {'@id': 'ex:1', '@type': EconomicResource, stage: ex:p}", 2, "is a Process"},
		{"a process based on itself as a stage", "- {'@id': 'ex:p', '@type': Process, basedOn: 'ex:p'}\n- {'@id': 'ex:1', '@type': EconomicResource, stage: 'ex:p'}", 2, "is a Process"},
		{"quantities too far apart", "- {'@id': 'ex:1', '@type': EconomicResource, accountingQuantity: {hasUnit: one, hasNumericalValue: 900000000000000000}, onhandQuantity: {hasUnit: one, hasNumericalValue: -900000000000000000}}", 1, "too far apart"},
		{"quantities in two units", "- {'@id': 'ex:1', '@type': EconomicResource, accountingQuantity: {hasUnit: one, hasNumericalValue: 9}, onhandQuantity: {hasUnit: hour, hasNumericalValue: 9}}", 1, "another"},
		{"an unknown stream", "- {'@id': 'ex:1', '@type': EconomicEvent, action: work, stream: lvoe}", 1, "no stream"},
		{"a unit without a label", "- {'@id': 'ex:1', '@type': Unit, symbol: x}", 1, "no label"},
		{"one name twice in other capitals", "- {'@id': 'ex:1', '@type': Person, name: A, Name: B}", 1, "stated twice"},
	}
	for _, test := range tests {
		t.Run(test.what, func(t *testing.T) {
			batch := plan(t, context+test.graph)
			wants(t, &batch.Report, Failed, test.line+2, test.says)
		})
	}
	t.Run("all of them", func(t *testing.T) {
		var graph strings.Builder
		for i, test := range tests {
			graph.WriteString(strings.NewReplacer("ex:1", fmt.Sprint("ex:1/", i), "ex:p", fmt.Sprint("ex:p/", i)).Replace(test.graph) + "\n")
		}
		batch := plan(t, context+graph.String())
		if got := batch.Report.Count(Failed); got < len(tests) {
			t.Errorf("%d errors of %d are reported: %v", got, len(tests), batch.Report.Lines)
		}
	})
}

// Each slip that documents are known to make is read as it is meant, and said.
func TestSlips(t *testing.T) {
	tests := []struct {
		what, graph string
		line        int
		says        string
	}{
		{"a short time", "- {'@id': 'ex:1', '@type': Process, hasEnd: 2019-04-18T8:00:00-5:00}", 1, "read as 2019-04-18T08:00:00-05:00"},
		{"a time with a short offset", "- {'@id': 'ex:1', '@type': Process, hasEnd: 2019-04-18T8:00-5}", 1, "read as 2019-04-18T08:00-05:00"},
		{"conformsTo under another name", "- {'@id': 'ex:1', '@type': EconomicResource, resourceConformsTo: 'ex:s'}", 1, "read as conformsTo"},
		{"locatedAt", "- {'@id': 'ex:1', '@type': EconomicResource, locatedAt: 'ex:s'}", 1, "read as currentLocation"},
		{"uri", "- {'@id': 'ex:1', '@type': EconomicResource, uri: 'https://x.example/'}", 1, "read as currentVirtualLocation"},
		{"capitals", "- {'@id': 'ex:1', '@type': ResourceSpecification, DefaultUnitOfResource: one}", 1, "read as defaultUnitOfResource"},
		{"an empty property", "- {'@id': 'ex:1', '@type': EconomicResource, containedIn: }", 1, "containedIn is empty"},
		{"an older term", "- {'@id': 'ex:1', '@type': EconomicEvent, action: work, atLocation: 'ex:p'}", 1, "atLocation is not a property of an EconomicEvent and is left out"},
		{"a duration", "- {'@id': 'ex:1', '@type': Process, 'time:hasDuration': 'time:unitType unit:Hour'}", 1, "time:hasDuration is not a property of a Process"},
		{"a former action", "- {'@id': 'ex:1', '@type': EconomicEvent, action: pack}", 1, "the action pack is read as combine"},
		{"a number without its zero", "- {'@id': 'ex:1', '@type': EconomicEvent, action: work, effortQuantity: {hasUnit: hour, hasNumericalValue: -.5}}", 1, "-.5 is read as -0.5"},
		{"an event's id twice", "- {'@id': 'ex:1', '@type': EconomicEvent, action: work}\n- {'@id': 'ex:1', '@type': EconomicEvent, action: use}", 2, "read as https://ex.example/1#2"},
		{"an id of two classes", "- {'@id': 'ex:1', '@type': Commitment, action: use}\n- {'@id': 'ex:1', '@type': EconomicEvent, action: use}", 2, "also the id of a Commitment at line 3"},
		{"a process as a stage", "- {'@id': 'ex:p', '@type': Process, basedOn: 'ex:s'}\n- {'@id': 'ex:1', '@type': EconomicResource, stage: 'ex:p'}", 2, "read as what it is based on, https://ex.example/s"},
		{"a part that is stated nowhere", "- {'@id': 'ex:1', '@type': Process, hasInput: 'ex:2'}", 1, "stated nowhere"},
		{"no name", "- {'@id': 'ex:1', '@type': Organization}", 1, "its IRI stands in"},
		{"a unit of OM2 under another IRI", "- {'@id': 'ex:1', '@type': Unit, omUnitIdentifier: kilogram, label: kilo}", 1, "the unit kilogram"},
		{"a unit of OM2 that is none", "- {'@id': 'ex:1', '@type': Unit, omUnitIdentifier: crate, label: crate}", 1, "a unit of its own"},
		{"something beside the graph", "- {'@id': 'ex:1', '@type': Process, '@included': []}", 1, "@included is not read"},
		{"what only the books say", "- {'@id': 'ex:1', '@type': EconomicResource, overdraw: true}", 1, "overdraw is not a property of an EconomicResource"},
		{"who recorded it", "- {'@id': 'ex:1', '@type': EconomicEvent, action: work, recordedBy: 'ex:p'}", 1, "recordedBy is not a property of an EconomicEvent"},
		{"a measure with more", "- {'@id': 'ex:1', '@type': EconomicEvent, action: work, effortQuantity: {hasUnit: hour, hasNumericalValue: 1, precision: 2}}", 1, "precision is not a property of a Measure"},
	}
	for _, test := range tests {
		t.Run(test.what, func(t *testing.T) {
			batch := plan(t, context+test.graph)
			wants(t, &batch.Report, Tolerated, test.line+2, test.says)
			if batch.Report.Count(Failed) > 0 {
				t.Error(batch.Report.Lines)
			}
		})
	}
}

// Statements inside others are taken out, and linked from their side.
func TestNested(t *testing.T) {
	batch := plan(t, context+`
- '@id': ex:p
  '@type': Process
  hasInput:
  - {'@id': 'ex:in', '@type': EconomicEvent, action: work}
  - ex:named
  - {'@id': 'ex:named2'}
  hasOutput: {'@set': [{'@id': 'ex:out', '@type': EconomicEvent, action: produce}]}
- {'@id': 'ex:named', '@type': EconomicEvent, action: use}
- {'@id': 'ex:named2', '@type': EconomicEvent, action: cite}
- '@id': ex:agreement
  '@type': Agreement
  realizes: {'@id': 'ex:sale', '@type': EconomicEvent, action: transfer, provider: {'@id': 'ex:ann', '@type': Person, name: Ann}}
`)
	process, agreement := valueflows.IDOf("https://ex.example/p"), valueflows.IDOf("https://ex.example/agreement")
	found := map[string]*valueflows.EconomicEvent{}
	for _, s := range batch.Steps {
		found[strings.TrimPrefix(s.Event.IRI, "https://ex.example/")] = s.Event
	}
	if found["in"].InputOf != process || found["named"].InputOf != process || found["named2"].InputOf != process || found["out"].OutputOf != process {
		t.Errorf("the process's events are not linked: %v", batch.Report.Lines)
	}
	if found["sale"].RealizationOf != agreement || found["sale"].Provider != valueflows.IDOf("https://ex.example/ann") {
		t.Errorf("the agreement's event is %+v", found["sale"])
	}
	if len(batch.Records) != 3 {
		t.Errorf("%d records, not the process, the agreement and Ann", len(batch.Records))
	}
}

// Any bytes are read or refused, without a panic and within bounds.
func FuzzRead(f *testing.F) {
	f.Add([]byte(context + "- {'@id': 'ex:1', '@type': EconomicEvent, action: work, effortQuantity: {hasUnit: hour, hasNumericalValue: .5}}"))
	f.Add([]byte(`{"@context":[{"h'@vocab'":"http://w3id.org/valueflows/ont/vf#"}],"@graph":[{"@id":"https://x/","@type":"Process","hasInput":[{"@id":"urn:1","@type":"EconomicEvent","action":"pack"}]}]}`))
	f.Add([]byte(context + "- {'@id': 'ex:r', '@type': EconomicResource, accountingQuantity: {hasUnit: one, hasNumericalValue: 5}, containedIn: }\n- {'@id': 'ex:e', '@type': EconomicEvent, action: transfer, toResourceInventoriedAs: 'ex:r', resourceQuantity: {hasUnit: one, hasNumericalValue: 2}}"))
	f.Add([]byte(context + "- {'@id': 'ex:p', '@type': Proposal, purpose: offer, publishes: {'@id': 'ex:x', '@type': ProposedIntent, publishes: 'ex:i', reciprocal: true}}\n- {'@id': 'ex:i', '@type': Intent, action: vf:work, resourceInventoriedAs: 'ex:r'}"))
	f.Add([]byte(context + "- {'@id': 'ex:c', '@type': Claim, action: work, triggeredBy: 'ex:e'}\n- {'@id': 'ex:e', '@type': EconomicEvent, action: work, settles: 'ex:c'}\n- {'@id': 'ex:q', '@type': RecipeProcess, hasDuration: 'time:unitType unit:Hour time:numericDuration 7'}"))
	f.Add([]byte(context + `- {'@id': 'ex:a', '@type': Agreement, name: a, bundledIn: 'ex:b', stipulates: [{'@id': 'ex:c', '@type': Commitment, action: work, provider: 'ex:p', receiver: 'ex:q', effortQuantity: {hasUnit: hour, hasNumericalValue: 3}, satisfies: ['ex:i'], independentDemandOf: 'ex:plan', due: 2026-05-01, finished: true}]}
- {'@id': 'ex:plan', '@type': Plan, name: p}
- {'@id': 'ex:i', '@type': Intent, action: deliverService, availableQuantity: {hasUnit: one, hasNumericalValue: 5}, minimumQuantity: {hasUnit: one, hasNumericalValue: 6}, publishedIn: ['ex:o']}
- {'@id': 'ex:l', '@type': ProposalList, name: l, proposedTo: 'ex:q', lists: [{'@id': 'ex:o', '@type': Proposal, purpose: vf:request, reciprocal: ['ex:i'], unitBased: true, eligibleLocation: 'ex:s', hasBeginning: 2026-05-01T08:30:00-05:00}]}
- {'@id': 'ex:s', '@type': SpatialThing, name: s, lat: 32.3, long: -90.2, alt: 1e2, hasDetailedGeometry: 'POINT(1 2)'}
- {'@id': 'ex:b', '@type': AgreementBundle, name: b}
- {'@id': 'ex:lot', '@type': BatchLotRecord, batchLotCode: L, expirationDate: 2027-01-01}
- {'@id': 'ex:r', '@type': Recipe, name: r, primaryOutput: 'ex:k', recipeIncludes: [{'@id': 'ex:rp', '@type': RecipeProcess, name: rp, hasDuration: {hasUnit: hour, hasNumericalValue: 1}, hasRecipeInput: [{'@type': RecipeFlow, '@id': 'ex:rf', action: consume, resourceConformsTo: 'ex:k', stage: 'ex:ps', state: raw, resourceQuantity: {hasUnit: kilogram, hasNumericalValue: 1}}]}]}
- {'@id': 'ex:x', '@type': RecipeExchange, name: x, recipeStipulates: 'ex:rf'}
- {'@id': 'ex:role', '@type': AgentRelationshipRole, roleLabel: mentors, inverseRoleLabel: learns}
- {'@id': 'ex:rel', '@type': AgentRelationship, subject: 'ex:p', object: 'ex:q', relationship: 'ex:role', inScopeOf: ['ex:q']}`))
	f.Add([]byte("a: &x [*x]"))
	f.Add([]byte("- - - -\n? [a]\n: |\n  x"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, name := range []string{"x.json", "x.yaml"} {
			d, err := Read(File{Name: name, Data: data})
			if err != nil {
				continue
			}
			batch := Plan([]*Document{d}, Options{Lab: valueflows.IDOf("https://lab.example/")})
			if len(batch.Stubs)+len(batch.Steps)+len(batch.Report.Lines) > 100+20*len(data) {
				t.Errorf("%d bytes became %d stubs, %d steps and %d lines", len(data), len(batch.Stubs), len(batch.Steps), len(batch.Report.Lines))
			}
			for _, step := range batch.Steps {
				for _, record := range []any{step.Event, step.Record} {
					if record == nil || record == (*valueflows.EconomicEvent)(nil) {
						continue
					}
					body, err := Encode(record)
					if err != nil {
						t.Error(err)
						continue
					}
					back, err := Decode(body)
					if err != nil {
						t.Errorf("%s: %v", body, err)
						continue
					}
					if again, err := Encode(back); err != nil || !bytes.Equal(again, body) {
						t.Errorf("%s became %s, %v", body, again, err)
					}
				}
			}
		}
	})
}
