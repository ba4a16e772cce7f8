package jsonld

import (
	"reflect"
	"strings"
	"testing"

	"disconode/valueflows"

	"github.com/gowebpki/jcs"
	"pgregory.net/rapid"
)

func measure(number, unit string) *valueflows.Measure {
	return &valueflows.Measure{HasNumericalValue: valueflows.MustDecimal(number), HasUnit: valueflows.OMUnitID(unit)}
}

func at(text string) *valueflows.Time {
	t, err := valueflows.ParseTime(text, nil)
	if err != nil {
		panic(err)
	}
	return &t
}

func harvest() *valueflows.EconomicEvent {
	return &valueflows.EconomicEvent{
		Record:                valueflows.Record{ID: valueflows.IDOf("urn:harvest"), IRI: "urn:harvest", Position: 7, Revision: valueflows.IDOf("urn:revision")},
		Action:                "produce",
		Provider:              valueflows.IDOf("urn:farm"),
		Receiver:              valueflows.IDOf("urn:farm"),
		ResourceInventoriedAs: valueflows.IDOf("urn:onions"),
		ResourceClassifiedAs:  []valueflows.URI{"urn:food", "urn:allium"},
		ResourceQuantity:      measure("12.50", "kilogram"),
		HasPointInTime:        at("2026-05-01T08:30:00.25-05:00"),
		Note:                  "first \"rows\"\n\u20ac \u0001",
		Stream:                valueflows.Livelihood,
		Fulfills:              []valueflows.ID{valueflows.IDOf("urn:b"), valueflows.IDOf("urn:a")},
		RecordedBy:            valueflows.IDOf("urn:ann"),
	}
}

// An event is kept as exactly these bytes: a change here breaks every journal.
func TestEncodeEvent(t *testing.T) {
	const want = `{"action":"produce","fulfills":["9c0e1dd3-f4ac-5989-b70e-a3641be601d6","b502ff46-f2a9-5378-9a9b-0775a1a8abf0"],` +
		`"hasPointInTime":"2026-05-01T08:30:00.25-05:00","id":"5148bce4-57f9-5331-902d-347010929951","iri":"urn:harvest",` +
		`"note":"first \"rows\"\n€ \u0001","provider":"69136ebc-9405-505f-9511-a366a703cf6d","receiver":"69136ebc-9405-505f-9511-a366a703cf6d",` +
		`"resourceClassifiedAs":["urn:food","urn:allium"],"resourceInventoriedAs":"cca3c45e-1812-5618-be69-dce50af0f402",` +
		`"resourceQuantity":{"hasNumericalValue":"12.50","hasUnit":"f68b662a-8bb1-5486-ac12-99ae4137e2ba"},"stream":"livelihood","type":"EconomicEvent"}`
	body, err := Encode(harvest())
	if err != nil {
		t.Fatal(err)
	}
	if string(body) != want {
		t.Errorf("got  %s\nwant %s", body, want)
	}
}

// Who a person is never gets into a body that cannot be erased.
func TestEncodePerson(t *testing.T) {
	agent := valueflows.Agent{Kind: valueflows.ClassPerson, Name: "Ann", Image: "urn:ann.png", Note: "grows", ClassifiedAs: []valueflows.URI{"urn:tag"}}
	agent.ID, agent.IRI = valueflows.ID{1}, "https://people.example/ann"
	const want = `{"id":"01000000-0000-0000-0000-000000000000","type":"Person"}`
	if body, err := Encode(&agent); err != nil || string(body) != want {
		t.Errorf("got %s, %v; want %s", body, err, want)
	}
	agent.Kind, agent.IRI = valueflows.ClassOrganization, ""
	if body, err := Encode(&agent); err != nil || !strings.Contains(string(body), `"name":"Ann","note":"grows"`) {
		t.Errorf("an organization's name is missing: %s, %v", body, err)
	}
}

// What events compute of a resource is never in its body.
func TestEncodeResource(t *testing.T) {
	r := valueflows.EconomicResource{Name: "onions", AccountingQuantity: measure("3", "kilogram"), OnhandQuantity: measure("2", "kilogram"), Overdraw: true}
	r.ID = valueflows.ID{1}
	const want = `{"id":"01000000-0000-0000-0000-000000000000","name":"onions","overdraw":true,"type":"EconomicResource"}`
	if body, err := Encode(&r); err != nil || string(body) != want {
		t.Errorf("got %s, %v; want %s", body, err, want)
	}
}

// What comes back is what was stated, in canonical JSON, for any record of any class.
func TestRecordRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		record := anyRecord(t)
		body, err := Encode(record)
		if err != nil {
			t.Fatal(err)
		}
		canonical, err := jcs.Transform(body)
		if err != nil {
			t.Fatal(err)
		}
		if string(canonical) != string(body) {
			t.Fatalf("not canonical:\n%s\n%s", body, canonical)
		}
		back, err := Decode(body)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(back, record) {
			t.Fatalf("%s came back as %+v, not %+v", body, back, record)
		}
	})
}

// anyRecord draws a record of any class with any of its kept properties set.
func anyRecord(t *rapid.T) any {
	record := valueflows.NewRecord(rapid.SampledFrom(valueflows.Classes).Draw(t, "class"))
	fill(t, reflect.ValueOf(record).Elem())
	if agent, ok := record.(*valueflows.Agent); ok && agent.Kind == valueflows.ClassPerson {
		agent.Name, agent.Image, agent.Note, agent.IRI, agent.ClassifiedAs = "", "", "", "", nil
	}
	if r, ok := record.(*valueflows.EconomicResource); ok && r.ContainedIn.IsZero() {
		r.AlsoIn = nil // beside none there are no others
	}
	return record
}

// journals are the fields that are the journal's or the events', not the body's.
var journals = map[string]bool{
	"Books": true, "Revision": true, "Position": true, "RecordedBy": true, "Recorded": true, "Kind": true,
	"AccountingQuantity": true, "OnhandQuantity": true, "LentOut": true, "Membership": true,
}

func fill(t *rapid.T, v reflect.Value) {
	for i := range v.NumField() {
		name := v.Type().Field(i).Name
		if journals[name] {
			continue
		}
		field := v.Field(i)
		if v.Type().Field(i).Anonymous {
			fill(t, field)
			continue
		}
		if !rapid.Bool().Draw(t, name+" stated") {
			continue
		}
		field.Set(reflect.ValueOf(drawValue(t, name, field)).Convert(field.Type()))
	}
}

func drawValue(t *rapid.T, name string, field reflect.Value) any {
	switch field.Interface().(type) {
	case valueflows.ID:
		return drawID(t, name)
	case []valueflows.ID:
		return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) valueflows.ID { return drawID(t, name) }), 1, 3).Draw(t, name)
	case []valueflows.URI:
		return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) valueflows.URI { return valueflows.URI(rapid.String().Draw(t, name)) }), 1, 3).Draw(t, name)
	case *valueflows.Measure:
		m := &valueflows.Measure{HasNumericalValue: drawDecimal(t, name)}
		if rapid.Bool().Draw(t, name+" with unit") {
			m.HasUnit = drawID(t, name)
		}
		return m
	case *valueflows.Decimal:
		d := drawDecimal(t, name)
		return &d
	case *valueflows.Time:
		const years2200 = 7_258_118_400_000_000
		return &valueflows.Time{
			Instant:       valueflows.Instant(rapid.Int64Range(-years2200, years2200).Draw(t, name)),
			OffsetMinutes: rapid.Int16Range(-14*60, 14*60).Draw(t, name+" offset"),
		}
	case *bool:
		b := rapid.Bool().Draw(t, name)
		return &b
	case bool:
		return true
	}
	return rapid.String().Draw(t, name)
}

func drawID(t *rapid.T, name string) valueflows.ID {
	id := valueflows.ID{15: 1}
	copy(id[:15], rapid.SliceOfN(rapid.Byte(), 15, 15).Draw(t, name))
	return id
}

func drawDecimal(t *rapid.T, name string) valueflows.Decimal {
	const most = 999_999_999_999_999_999
	d, err := valueflows.NewDecimal(rapid.Int64Range(-most, most).Draw(t, name), rapid.IntRange(0, valueflows.ScaleMax).Draw(t, name+" scale"))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Every other spelling of a body is refused.
func TestDecodeRefuses(t *testing.T) {
	const id = `"id":"01000000-0000-0000-0000-000000000000"`
	tests := []struct{ what, body string }{
		{"nothing", ``},
		{"not an object", `[]`},
		{"no type", `{` + id + `}`},
		{"unknown type", `{` + id + `,"type":"Scenario"}`},
		{"unknown property", `{` + id + `,"nme":"x","type":"Process"}`},
		{"a property of another class", `{"action":"work",` + id + `,"type":"Process"}`},
		{"a property out of order", `{"type":"Process",` + id + `}`},
		{"a property twice", `{` + id + `,` + id + `,"type":"Process"}`},
		{"space", `{ ` + id + `,"type":"Process"}`},
		{"cut off", `{` + id + `,"type":"Proc`},
		{"more after the end", `{` + id + `,"type":"Process"}{}`},
		{"an id that is none", `{"id":"01","type":"Process"}`},
		{"an id in capitals", `{"id":"0100000A-0000-0000-0000-000000000000","type":"Process"}`},
		{"a number that is no text", `{"alt":12,` + id + `,"type":"SpatialThing"}`},
		{"a number with an exponent", `{"alt":"1e2",` + id + `,"type":"SpatialThing"}`},
		{"NaN", `{"alt":"NaN",` + id + `,"type":"SpatialThing"}`},
		{"a time without an offset", `{"hasEnd":"2026-05-01T08:30:00",` + id + `,"type":"Process"}`},
		{"a needless escape", `{` + id + `,"name":"\u0041","type":"Process"}`},
		{"a broken escape", `{` + id + `,"name":"\x","type":"Process"}`},
		{"half a surrogate pair", `{` + id + `,"name":"\ud800","type":"Process"}`},
		{"a line break in a text", "{" + id + ",\"name\":\"a\nb\",\"type\":\"Process\"}"},
		{"bytes that are not UTF-8", "{" + id + ",\"name\":\"\xff\",\"type\":\"Process\"}"},
		{"an empty list", `{"classifiedAs":[],` + id + `,"type":"Process"}`},
		{"an empty text", `{` + id + `,"name":"","type":"Process"}`},
		{"a person's name", `{` + id + `,"name":"Ann","type":"Person"}`},
		{"a computed quantity", `{"accountingQuantity":{"hasNumericalValue":"1"},` + id + `,"type":"EconomicResource"}`},
		{"a measure without a number", `{` + id + `,"resourceQuantity":{},"type":"EconomicEvent"}`},
		{"a membership", `{` + id + `,"membership":true,"type":"AgentRelationship"}`},
	}
	for _, test := range tests {
		t.Run(test.what, func(t *testing.T) {
			if record, err := Decode([]byte(test.body)); err == nil {
				t.Errorf("%s was read as %+v", test.body, record)
			}
		})
	}
}

// What is no record of ours is not written.
func TestEncodeRefuses(t *testing.T) {
	for what, record := range map[string]any{
		"no pointer":                 valueflows.Process{},
		"another type":               "text",
		"an agent without a kind":    &valueflows.Agent{Name: "?"},
		"a text that is not UTF-8":   &valueflows.Process{Name: "\xff"},
		"a name cut inside a letter": &valueflows.Process{Name: "caf\xc3"},
	} {
		if body, err := Encode(record); err == nil {
			t.Errorf("%s was written as %s", what, body)
		}
	}
}

// Any bytes are answered with a record that writes the same bytes, or an error.
func FuzzDecode(f *testing.F) {
	body, err := Encode(harvest())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(body)
	f.Add([]byte(`{"id":"01000000-0000-0000-0000-000000000000","type":"Person"}`))
	for _, record := range oneOfEach(valueflows.ClassOf, rapid.Custom(anyRecord)) {
		if body, err = Encode(record); err != nil {
			f.Fatal(err)
		}
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		record, err := Decode(body)
		if err != nil {
			return
		}
		if again, err := Encode(record); err != nil || string(again) != string(body) {
			t.Errorf("%q became %q, %v", body, again, err)
		}
	})
}

// oneOfEach are drawn things, the first of each class.
func oneOfEach[T any](of func(T) valueflows.Class, draw *rapid.Generator[T]) (all []T) {
	known := map[valueflows.Class]bool{}
	for seed := 0; len(known) < len(valueflows.Classes) && seed < 10_000; seed++ {
		drawn := draw.Example(seed)
		if class := of(drawn); !known[class] {
			known[class], all = true, append(all, drawn)
		}
	}
	return all
}

func BenchmarkEncodeEvent(b *testing.B) {
	e := harvest()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Encode(e); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDecodeEvent(b *testing.B) {
	body, err := Encode(harvest())
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Decode(body); err != nil {
			b.Fatal(err)
		}
	}
}
