package node

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"disconode/node/store/storetest"
	"disconode/valueflows"
	"disconode/valueflows/sheet"
)

// text is a sheet that is in memory.
func text(content string) Sheet {
	return Sheet{Name: "rows.csv", Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(content)), nil }}
}

// sheetBooks are books that know whom and what the example sheets name.
func sheetBooks(t *testing.T, test func(t *testing.T, b *books)) {
	eachDialect(t, func(t *testing.T, b *books) {
		b.as("Ben", Member)
		b.specification("Picking")
		b.specification("Onions")
		b.process("Harvest")
		test(t, b)
	})
}

// importsSheet reads a sheet that has no errors.
func (b *books) importsSheet(s Sheet) *SheetReport {
	b.t.Helper()
	report, err := b.node.ImportSheet(b.ctx, b.lab, s, false)
	if err != nil {
		if report != nil {
			for _, f := range report.Faults {
				b.t.Error(f.Error())
			}
		}
		b.t.Fatal(err)
	}
	return report
}

// refuses reads a sheet that has errors, keeps nothing, and returns them by row.
func (b *books) refuses(s Sheet) map[int]string {
	b.t.Helper()
	before := b.position()
	report, err := b.node.ImportSheet(b.ctx, b.lab, s, false)
	var input *valueflows.InputError
	if !errors.As(err, &input) || input.Code != "IMPORT_FAILED" || report == nil || report.Errors == 0 {
		b.t.Fatalf("got %+v, %v", report, err)
	}
	if !strings.Contains(report.Summary(), "nothing was recorded") {
		b.t.Error(report.Summary())
	}
	if got := b.position(); got != before {
		b.t.Errorf("%d entries were written", got-before)
	}
	return report.ByRow()
}

// events are all events of the books, in the order of recording.
func (b *books) events() []*valueflows.EconomicEvent {
	b.t.Helper()
	page, err := List[valueflows.EconomicEvent](b.ctx, b.node, Filter{}, Page{First: 100})
	if err != nil {
		b.t.Fatal(err)
	}
	return page.Nodes
}

func exampleSheet(t *testing.T, form string) Sheet {
	t.Helper()
	content, err := sheet.Example(form)
	if err != nil {
		t.Fatal(err)
	}
	return text(string(content))
}

// The example of each form comes to the events that it tells.
func TestImportSheetExamples(t *testing.T) {
	describe := func(b *books, e *valueflows.EconomicEvent) string {
		unit := valueflows.OMUnit
		what := fmt.Sprint(e.Action)
		for _, m := range []*valueflows.Measure{e.ResourceQuantity, e.EffortQuantity} {
			if m != nil {
				what += " " + m.HasNumericalValue.String() + " " + unit(m.HasUnit).OMUnitIdentifier
			}
		}
		at := e.HasPointInTime
		if at == nil {
			at = e.HasBeginning
		}
		provider, err := Get[valueflows.Agent](b.ctx, b.node, e.Provider)
		if err != nil || e.Receiver != b.lab {
			b.t.Error(err, e.Receiver)
		}
		return what + " " + at.String() + " " + provider.Name + " " + string(e.Stream)
	}
	tests := []struct {
		form string
		want []string
	}{
		{"native", []string{
			"produce 40 kilogram 2026-05-01T12:00:00-05:00 Freedom Farms ", "work 2.5 hour 2026-05-01T08:00:00-05:00 Ada livelihood",
			"consume 1.5 kilogram 2026-05-02T12:00:00-05:00 Freedom Farms ", "consume -0.5 kilogram 2026-05-02T18:00:00-05:00 Freedom Farms "}},
		{"timesheet", []string{"work 2.5 hour 2026-05-01T12:00:00-05:00 Ada livelihood", "work 1.5 hour 2026-05-01T12:00:00-05:00 Ben love", "work 3 hour 2026-05-02T12:00:00-05:00 Ada "}},
		{"clockify", []string{"work 2.5 hour 2026-05-01T08:00:00-05:00 Ada ", "work 3001 second-Time 2026-05-01T19:00:00-05:00 Ben care"}},
		{"toggl", []string{"work 2.5 hour 2026-05-01T08:00:00-05:00 Ada ", "work 0.75 hour 2026-05-01T23:30:00-05:00 Ben care"}},
	}
	for _, test := range tests {
		t.Run(test.form, func(t *testing.T) {
			sheetBooks(t, func(t *testing.T, b *books) {
				in := exampleSheet(t, test.form)
				in.Options.StreamTags = map[string]valueflows.Stream{"care": valueflows.Care}
				report := b.importsSheet(in)
				var got []string
				for _, e := range b.events() {
					got = append(got, describe(b, e))
					if !strings.HasPrefix(e.IRI, "urn:disconode:import:farms:"+test.form+":") || valueflows.IDOf(e.IRI) != e.ID {
						t.Errorf("the event %s is named %s", e.ID, e.IRI)
					}
				}
				if !slices.Equal(got, test.want) || report.New != len(test.want) || report.Read != report.New {
					t.Errorf("got %q,\nwant %q: %s", got, test.want, report.Summary())
				}
				b.sound()
			})
		})
	}
}

// A new resource is made by its event, is known to later rows by its name and
// by its tracking identifier, and is counted as they say.
func TestImportSheetCounts(t *testing.T) {
	sheetBooks(t, func(t *testing.T, b *books) {
		b.importsSheet(exampleSheet(t, "native"))
		b.importsSheet(text("external_id,action,has_point_in_time,provider,receiver,quantity,unit,tracking_identifier,corrects,note\n" +
			"H-4,consume,2026-05-03,freedom farms,FREEDOM FARMS,9,kg,lot-1,,by the lot\n" +
			"H-5,consume,2026-05-03,Freedom Farms,Freedom Farms,-1,kg,,H-4,too much\n"))
		var onions valueflows.ID
		for _, e := range b.events() {
			if e.Action == "produce" {
				onions = e.ResourceInventoriedAs
			}
		}
		b.holds(onions, "31", "31")
		r, err := Get[valueflows.EconomicResource](b.ctx, b.node, onions)
		if err != nil || r.Name != "Onions in the barn" || r.TrackingIdentifier != "LOT-1" || r.IRI != "urn:disconode:import:farms:native:id:H-1:resource" {
			t.Errorf("%+v, %v", r, err)
		}
		b.sound()
	})
}

// What an event fulfils, satisfies and came of is named by its IRI, and need not
// be known.
func TestImportSheetPlans(t *testing.T) {
	sheetBooks(t, func(t *testing.T, b *books) {
		const header = "external_id,action,has_point_in_time,provider,receiver,effort_quantity,effort_unit,fulfills,satisfies,realization_of\n"
		b.importsSheet(text(header + "1,work,2026-05-01,Ada,Freedom Farms,1,hour,https://ex.example/c1 https://ex.example/c2,urn:x:i,https://ex.example/a\n"))
		e := b.events()[0]
		if !slices.Equal(e.Fulfills, []valueflows.ID{ex("c1"), ex("c2")}) || !slices.Equal(e.Satisfies, []valueflows.ID{valueflows.IDOf("urn:x:i")}) || e.RealizationOf != ex("a") {
			t.Errorf("%+v", e)
		}
		wrong := b.refuses(text(header + "2,work,2026-05-01,Ada,Freedom Farms,1,hour,https://ex.example/a,one two,https://ex.example/a urn:x:b\n"))
		for _, says := range []string{`fulfills: this id names one of class Agreement: give one that names the commitment`, `satisfies: "one" is not an id`, "realization_of: an event is the realization of one"} {
			if !strings.Contains(wrong[2], says) {
				t.Errorf("no %q in %s", says, wrong[2])
			}
		}
	})
}

// A dry run says all that the import would, what it would make too, and keeps
// nothing.
func TestImportSheetDryRun(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		before := b.position()
		in := exampleSheet(t, "timesheet")
		in.Create = Creation{People: true, Kinds: true, Processes: true}
		report, err := b.node.ImportSheet(b.ctx, b.lab, in, true)
		if err != nil || report.New != 3 || !slices.Equal(report.Made, []string{`the resource specification "Picking"`, `the process "Harvest"`, `the person "Ben"`}) {
			t.Errorf("%+v, %v", report, err)
		}
		if got := b.position(); got != before {
			t.Errorf("%d entries were written", got-before)
		}
		var printed strings.Builder
		if n, err := report.WriteTo(&printed); err != nil || int(n) != printed.Len() || !strings.Contains(printed.String(), "a dry run: nothing was recorded") || !strings.Contains(printed.String(), `creates the person "Ben"`) {
			t.Errorf("%d, %v, %s", n, err, printed.String())
		}
		b.importsSheet(in)
		if again := b.importsSheet(in); again.New != 0 || again.Created != 0 || again.Unchanged != 3 {
			t.Error(again.Summary())
		}
		if got := len(b.events()); got != 3 {
			t.Errorf("%d events", got)
		}
		b.sound()
	})
}

// Only who may record for anyone in the books may read sheets into them.
func TestImportSheetRights(t *testing.T) {
	b := newBooks(t, "")
	other, err := b.node.CreateLab(AsOperator(t.Context(), valueflows.ID{}), NewLab{Name: "Grocery", Slug: "grocery", Zone: "UTC", Steward: "Gus"})
	if err != nil {
		t.Fatal(err)
	}
	before := b.position()
	for _, test := range []struct {
		lab  valueflows.ID
		role Role
		want error
	}{
		{b.lab, Member, ErrForbidden}, {b.lab, Auditor, ErrForbidden}, {b.lab, Public, ErrUnauthenticated},
		{other.ID, Steward, ErrForbidden}, {valueflows.ID{9}, Operator, ErrNotFound},
		{b.lab, Bookkeeper, nil}, {b.lab, Steward, nil}, {b.lab, Operator, nil},
	} {
		ctx := WithPrincipal(t.Context(), Principal{User: ex("user"), Lab: b.lab, Role: test.role})
		_, err := b.node.ImportSheet(ctx, test.lab, text("date,person,hours\n2026-05-01,Ada,1\n"), true)
		if !errors.Is(err, test.want) || test.want == nil && err != nil {
			t.Errorf("%s in %s: %v, want %v", test.role, test.lab, err, test.want)
		}
	}
	if b.position() != before {
		t.Error("something was written")
	}
}

// What the API refuses the import refuses, with the same code, and what the one
// takes the other does too (SECURITY.md D11).
func TestImportSheetRefusesWhatTheAPIRefuses(t *testing.T) {
	sheetBooks(t, func(t *testing.T, b *books) {
		onions := b.specification("Leeks")
		stock := b.recordNew(valueflows.EconomicEvent{Action: "raise", Provider: b.lab, Receiver: b.lab, ResourceConformsTo: onions, ResourceQuantity: kg("10"), HasPointInTime: day("2026-05-01")},
			valueflows.EconomicResource{Name: "Stock", ConformsTo: onions})
		harvest := b.process("Other harvest")
		base := func(change func(*valueflows.EconomicEvent)) valueflows.EconomicEvent {
			e := valueflows.EconomicEvent{Action: "consume", Provider: b.lab, Receiver: b.lab, ResourceInventoriedAs: stock, ResourceQuantity: kg("1"), HasPointInTime: day("2026-05-02")}
			change(&e)
			return e
		}
		litre := valueflows.OMUnitID("litre")
		tests := []struct {
			what string
			e    valueflows.EconomicEvent
		}{
			{"fine", base(func(*valueflows.EconomicEvent) {})},
			{"more than there is", base(func(e *valueflows.EconomicEvent) { e.ResourceQuantity = kg("11") })},
			{"another unit", base(func(e *valueflows.EconomicEvent) { e.ResourceQuantity.HasUnit = litre })},
			{"less than nothing", base(func(e *valueflows.EconomicEvent) { e.ResourceQuantity = kg("-1") })},
			{"no quantity", base(func(e *valueflows.EconomicEvent) { e.ResourceQuantity = nil })},
			{"no provider", base(func(e *valueflows.EconomicEvent) { e.Provider = valueflows.ID{} })},
			{"no receiver", base(func(e *valueflows.EconomicEvent) { e.Receiver = valueflows.ID{} })},
			{"an input that is an output", base(func(e *valueflows.EconomicEvent) { e.OutputOf = harvest })},
			{"an input", base(func(e *valueflows.EconomicEvent) { e.InputOf = harvest })},
			{"in the future", base(func(e *valueflows.EconomicEvent) { e.HasPointInTime = day("2126-05-02") })},
			{"two times", base(func(e *valueflows.EconomicEvent) { e.HasEnd = day("2026-05-03") })},
			{"a move to nowhere", base(func(e *valueflows.EconomicEvent) { e.Action = "move" })},
			{"a receiving resource that the action has not", base(func(e *valueflows.EconomicEvent) { e.ToResourceInventoriedAs = stock })},
			{"an unknown resource", base(func(e *valueflows.EconomicEvent) { e.ResourceInventoriedAs = valueflows.ID{7} })},
			{"a process as a provider", base(func(e *valueflows.EconomicEvent) { e.Provider = harvest })},
			{"work for nobody", valueflows.EconomicEvent{Action: "work", Provider: b.lab, EffortQuantity: hours("1"), HasPointInTime: day("2026-05-02")}},
			{"work of no length", valueflows.EconomicEvent{Action: "work", Provider: b.lab, Receiver: b.lab, HasPointInTime: day("2026-05-02")}},
		}
		cell := func(id valueflows.ID) string {
			if id.IsZero() {
				return ""
			}
			return id.String()
		}
		for at, test := range tests {
			t.Run(test.what, func(t *testing.T) {
				e := test.e
				var quantity, unit, effort, moment, end string
				if e.ResourceQuantity != nil {
					quantity, unit = e.ResourceQuantity.HasNumericalValue.String(), e.ResourceQuantity.HasUnit.String()
				}
				if e.EffortQuantity != nil {
					effort = e.EffortQuantity.HasNumericalValue.String()
				}
				moment = e.HasPointInTime.String()
				if e.HasEnd != nil {
					end = e.HasEnd.String()
				}
				row := strings.Join([]string{fmt.Sprint(at), string(e.Action), moment, end, cell(e.Provider), cell(e.Receiver), quantity, unit, effort, map[bool]string{true: "hour"}[effort != ""],
					cell(e.ResourceInventoriedAs), cell(e.ToResourceInventoriedAs), cell(e.InputOf), cell(e.OutputOf)}, ",")
				report, imported := b.node.ImportSheet(b.ctx, b.lab, text("external_id,action,has_point_in_time,has_end,provider,receiver,quantity,unit,effort_quantity,effort_unit,"+
					"resource_inventoried_as,to_resource_inventoried_as,input_of,output_of\n"+row+"\n"), true)
				_, _, recorded := b.node.RecordEvent(b.ctx, &e, nil)
				if (imported == nil) != (recorded == nil) {
					t.Fatalf("the import says %v, the API %v", imported, recorded)
				}
				var input *valueflows.InputError
				if errors.As(recorded, &input) && report.Faults[0].Code != input.Code {
					t.Errorf("the import says %s, the API %s: %s", report.Faults[0].Code, input.Code, input)
				}
			})
		}
	})
}

// The events of a sheet keep their names in an export, so that on another node
// the same sheet is the same events.
func TestImportSheetAfterExport(t *testing.T) {
	sheetBooks(t, func(t *testing.T, b *books) {
		in := exampleSheet(t, "native")
		b.importsSheet(in)
		var export strings.Builder
		if _, err := b.node.Export(AsOperator(t.Context(), valueflows.ID{}), b.lab, &export); err != nil {
			t.Fatal(err)
		}
		other := openNode(t, Options{DataDir: storetest.Dir(t), BaseURL: "https://elsewhere.example"})
		operator := AsOperator(t.Context(), valueflows.ID{})
		lab, err := other.CreateLab(operator, NewLab{Name: "New Farms", Slug: "farms", Zone: "America/Chicago", Steward: "Una"})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := other.ImportExport(operator, lab.ID, "books.jsonl", strings.NewReader(export.String()), false); err != nil {
			t.Fatal(err)
		}
		report, err := other.ImportSheet(operator, lab.ID, in, false)
		if err != nil || report.New != 0 || report.Unchanged != 4 || report.Differences != 0 {
			t.Errorf("%+v, %v", report, err)
		}
	})
}
