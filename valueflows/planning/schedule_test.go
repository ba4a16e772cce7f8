package planning

import (
	"errors"
	"strings"
	"testing"
	"time"

	"disconode/valueflows"
)

// From 6 in the morning: milling takes until 8, but 3 kg of flour come at 9 only,
// so baking lasts from 9 to 13, an hour after the loaves are due. The grain is
// needed at 6, the missing starter at 9.
func TestForward(t *testing.T) {
	b := bread()
	b.Outputs = []Output{{Flow: id("flour"), Kind: kind("flour"), Free: *measure("3 kilogram"), At: moment("2026-03-01T09:00Z")}}
	order := demand("loaf", "40 one", "2026-03-01T12:00Z")
	later := demand("loaf", "20 one", "")
	later.Receiver = id("ann")
	r := Request{Direction: Forward, Start: moment("2026-03-01T06:00Z"), Demands: []Demand{order, later}, Providers: map[ID]ID{id("grain"): id("farm")}}
	d := drafted(t, r, b)
	same(t, lines(d), `
		process bake 03-01T09:00 – 03-01T13:00
		process mill 03-01T06:00 – 03-01T08:00
		commitment #1: coop→ann transfer 20 one loaf for plan due 03-01T13:00
		commitment #3: coop→coop produce 40 one loaf out of bake for plan due 03-01T13:00
		commitment #4: coop→coop produce 20 one loaf out of bake due 03-01T13:00
		commitment #5: coop→coop produce 6 kilogram starter out of bake due 03-01T13:00
		commitment #6: coop→coop consume 30 kilogram flour into bake due 03-01T09:00
		commitment #7: coop→coop consume 6 kilogram starter into bake due 03-01T09:00
		commitment #9: coop→coop produce 27 kilogram flour out of mill due 03-01T08:00
		commitment #10: coop→coop consume 32.4 kilogram grain into mill due 03-01T06:00
		commitment #11: farm→coop transfer 32.4 kilogram grain due 03-01T06:00
		intent #12: →coop transfer 4 kilogram starter due 03-01T09:00
		allocated 40 one of #3 to demand 0
		allocated 20 one of #4 to demand 1
		allocated 3 kilogram of flour to #6
		allocated 27 kilogram of #9 to #6
		allocated 32.4 kilogram of #11 to #10
		allocated 2 kilogram of jar to #7
		allocated 4 kilogram of #12 to #7
		over 6 kilogram starter of #5
		short 4 kilogram starter by 03-01T09:00: CYCLE`)
	if d.Deliveries[0].LateMicros != 3_600_000_000 || d.Deliveries[1].LateMicros != 0 || d.Deliveries[1].At != at("2026-03-01T13:00Z") {
		t.Errorf("deliveries: %+v", d.Deliveries)
	}
}

// Backward, what would have to begin before the start is told, not moved.
func TestTooEarly(t *testing.T) {
	r := Request{Start: moment("2026-03-01T07:00Z"), Demands: []Demand{demand("loaf", "20 one", "2026-03-01T12:00Z")}}
	d := drafted(t, r, bread())
	if len(d.TooEarly) != 1 || d.TooEarly[0] != d.Processes[1].ID || d.Notes[len(d.Notes)-1].Code != TooEarly {
		t.Errorf("too early: %v, %v", d.TooEarly, d.Notes)
	}
}

// Spans: exact in microseconds, by the calendar in months. 31 March less a month
// is the last of February; in Berlin a month over the change to summer time
// keeps the time of day, a day of 24 hours does not.
func TestSpans(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatalf("time zones are needed: install tzdata: %v", err)
	}
	tests := []struct {
		duration, at string
		zone         *time.Location
		before, then string
	}{
		{"0.5 hour", "2026-01-05T04:00Z", time.UTC, "2026-01-05T03:30Z", "2026-01-05T04:30Z"},
		{"90 minute", "2026-01-05T00:30Z", time.UTC, "2026-01-04T23:00Z", "2026-01-05T02:00Z"},
		{"1.5 day", "2026-03-01T12:00Z", time.UTC, "2026-02-28T00:00Z", "2026-03-03T00:00Z"},
		{"2 week", "2026-03-01T12:00Z", time.UTC, "2026-02-15T12:00Z", "2026-03-15T12:00Z"},
		{"1 month", "2026-03-31T12:00Z", time.UTC, "2026-02-28T12:00Z", "2026-04-30T12:00Z"},
		{"1 month", "2024-03-31T12:00Z", time.UTC, "2024-02-29T12:00Z", "2024-04-30T12:00Z"},
		{"0.5 year", "2026-08-31T12:00Z", time.UTC, "2026-02-28T12:00Z", "2027-02-28T12:00Z"},
		{"13 month", "2026-01-15T12:00Z", time.UTC, "2024-12-15T12:00Z", "2027-02-15T12:00Z"},
		{"1 month", "2026-04-10T12:00+02:00", berlin, "2026-03-10T12:00+01:00", "2026-05-10T12:00+02:00"},
		{"1 day", "2026-03-29T12:00+02:00", berlin, "2026-03-28T11:00+01:00", "2026-03-30T12:00+02:00"},
		{"0.000001 second", "2026-01-01T00:00:00.000001Z", time.UTC, "2026-01-01T00:00Z", "2026-01-01T00:00:00.000002Z"},
		{"0.0000001 second", "2026-01-01T00:00:00.000001Z", time.UTC, "2026-01-01T00:00Z", "2026-01-01T00:00:00.000002Z"},
	}
	for _, test := range tests {
		span, err := SpanOf(measure(test.duration))
		if err != nil {
			t.Errorf("%s: %v", test.duration, err)
			continue
		}
		if got := span.Before(at(test.at), test.zone); got != at(test.before) {
			t.Errorf("%s before %s: %s, want %s", test.duration, test.at, got.Time(), test.before)
		}
		if got := span.After(at(test.at), test.zone); got != at(test.then) {
			t.Errorf("%s after %s: %s, want %s", test.duration, test.at, got.Time(), test.then)
		}
	}
	for _, wrong := range []string{"1 kilogram", "-1 hour", "1001 year", "999999999999999999 second"} {
		_, err := SpanOf(measure(wrong))
		refused(t, wrong, err, "INVALID_DURATION", "")
	}
}

// refused checks the code and the path of an [*valueflows.InputError].
func refused(t *testing.T, what string, err error, code, path string) {
	t.Helper()
	var input *valueflows.InputError
	if !errors.As(err, &input) {
		t.Errorf("%s: %v, want %s at %q", what, err, code, path)
	} else if got := strings.Join(input.Path, "."); input.Code != code || got != path {
		t.Errorf("%s: %s at %q (%v), want %s at %q", what, input.Code, got, err, code, path)
	}
}

// What a request must say, and what grows past all bounds.
func TestRefused(t *testing.T) {
	good := func() Request {
		return Request{Agent: id("coop"), Demands: []Demand{demand("loaf", "20 one", "2026-03-01T12:00Z")}}
	}
	tests := []struct {
		name       string
		change     func(*Request, *Books)
		code, path string
	}{
		{"nobody plans", func(r *Request, _ *Books) { r.Agent = ID{} }, "REQUIRED", "agent"},
		{"nothing wanted", func(r *Request, _ *Books) { r.Demands = nil }, "REQUIRED", "demands"},
		{"of nothing", func(r *Request, _ *Books) { r.Demands[0].Kind = Kind{} }, "REQUIRED", "demands.0.resourceConformsTo"},
		{"in no unit", func(r *Request, _ *Books) { r.Demands[0].Quantity.HasUnit = ID{} }, "REQUIRED", "demands.0.resourceQuantity.hasUnit"},
		{"none of it", func(r *Request, _ *Books) { r.Demands[0].Quantity = *measure("0 one") }, "NOT_POSITIVE", "demands.0.resourceQuantity.hasNumericalValue"},
		{"by no time", func(r *Request, _ *Books) { r.Demands[0].Due = nil }, "REQUIRED", "demands.0.due"},
		{"forward from no time", func(r *Request, _ *Books) { r.Direction = Forward }, "REQUIRED", "start"},
		{"sideways", func(r *Request, _ *Books) { r.Direction = "sideways" }, "INVALID_DIRECTION", "direction"},
		{"by the decade", func(r *Request, _ *Books) { r.Together = "decade" }, "INVALID_PERIOD", "together"},
		{"to 19 digits", func(r *Request, _ *Books) { r.Scales = map[ID]int{id("loaf"): 19} }, "INVALID_SCALE", "scales"},
		{"too many flows", func(r *Request, _ *Books) { r.FlowsMax = 6 }, "TOO_LARGE", ""},
		{"for 2,400 years", func(_ *Request, b *Books) { // each of three processes takes 800 years
			b.process("sow", "800 year", nil, []string{"produce 1 kilogram grain"})
			b.RecipeProcesses[0].HasDuration, b.RecipeProcesses[1].HasDuration = measure("800 year"), measure("800 year")
		}, "TIME_OUT_OF_RANGE", ""},
		{"by the kilogram", func(_ *Request, b *Books) { b.RecipeProcesses[0].HasDuration = measure("1 kilogram") },
			"INVALID_DURATION", "recipeProcesses." + id("bake").String() + ".hasDuration"},
		{"more than 18 digits", func(r *Request, _ *Books) {
			r.Demands[0].Quantity = *measure("999999999999999999 one")
			r.Demands[0].Due = moment("2026-03-01T12:00Z")
		}, "", ""},
		{"more than 18 digits of flour", func(r *Request, b *Books) {
			r.Demands[0].Quantity = *measure("999999999999999999 one")
			b.RecipeFlows[0].ResourceQuantity = measure("1000 kilogram")
		}, "OUT_OF_RANGE", ""},
	}
	for _, test := range tests {
		r, b := good(), bread()
		test.change(&r, &b)
		_, err := Make(r, b, numbered())
		if test.code != "" {
			refused(t, test.name, err, test.code, test.path)
		} else if err != nil {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}

// All that a plan can touch, and nothing else.
func TestSpecifications(t *testing.T) {
	b := bread()
	b.process("tool", "1 hour", []string{"use 1 hour lathe"}, []string{"produce 1 one oven"})
	r := Request{Agent: id("coop"), Demands: []Demand{demand("loaf", "1 one", "2026-03-01T12:00Z")}, Substitutes: map[ID][]ID{id("flour"): {id("spelt")}}}
	all, err := Specifications(r, b)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, one := range all {
		names = append(names, name(one))
	}
	if got := strings.Join(names, " "); got != "flour grain loaf spelt starter" {
		t.Errorf("touched: %s", got)
	}
}
