package flow

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"disconode/valueflows"
)

// rollupTestBooks keeps records in memory, and counts what is asked of it. Its
// answers come in the order that shuffle makes of them.
type rollupTestBooks struct {
	resources map[valueflows.ID]*valueflows.EconomicResource
	events    []*valueflows.EconomicEvent
	stages    map[valueflows.ID]valueflows.ID
	open      map[valueflows.ID]RollupDeal // what is still to come, by agreement
	reverse   bool
	asked     int
}

func newRollupBooks() *rollupTestBooks {
	return &rollupTestBooks{resources: map[valueflows.ID]*valueflows.EconomicResource{}, stages: map[valueflows.ID]valueflows.ID{}}
}

// named is the id of what a test calls by a name.
func named(name string) valueflows.ID { return valueflows.IDOf("urn:test:" + name) }

var units = map[string]valueflows.ID{
	"": valueflows.One, "h": valueflows.Hour, "min": valueflows.OMUnitID("minute-Time"), "kg": valueflows.OMUnitID("kilogram"),
	"g": valueflows.OMUnitID("gram"), "l": valueflows.OMUnitID("litre"), "%": percent,
}

// measure reads "2.5 kg".
func measure(text string) *valueflows.Measure {
	number, unit, _ := strings.Cut(text, " ")
	return &valueflows.Measure{HasNumericalValue: valueflows.MustDecimal(number), HasUnit: units[unit]}
}

// stock keeps a resource of a kind.
func (b *rollupTestBooks) stock(name, kind, unit string) {
	b.resources[named(name)] = &valueflows.EconomicResource{
		Record: valueflows.Record{ID: named(name)}, ConformsTo: named(kind),
		AccountingQuantity: &valueflows.Measure{HasUnit: units[unit]}, OnhandQuantity: &valueflows.Measure{HasUnit: units[unit]},
	}
}

// happens records an event, said as words: "consume 1 kg of flour into bake",
// where of is a resource that is kept, else a kind; into a process or, of a
// transfer, a resource; from a process or an agent; and for and against an
// agreement. The first word may be a name for it.
func (b *rollupTestBooks) happens(text string) *valueflows.EconomicEvent {
	e := &valueflows.EconomicEvent{Provider: named("us"), Receiver: named("us")}
	e.Position = int64(len(b.events) + 1)
	e.ID = named(fmt.Sprint("event ", e.Position))
	name, rest, hasName := strings.Cut(text, ": ")
	if hasName {
		e.ID, text = named(name), rest
	}
	words := strings.Fields(text)
	e.Action = valueflows.Action(words[0])
	q := words[1]
	if i := slices.Index([]string{"h", "min", "kg", "g", "l", "%"}, words[2]); i >= 0 {
		q, words = q+" "+words[2], words[3:]
	} else {
		words = words[2:]
	}
	e.ResourceQuantity = measure(q)
	behavior := valueflows.Actions[e.Action]
	if behavior.EventQuantity != "resource" {
		e.EffortQuantity, e.ResourceQuantity = e.ResourceQuantity, nil
	}
	for ; len(words) >= 2; words = words[2:] {
		id := named(words[1])
		switch words[0] {
		case "of":
			if b.resources[id] != nil {
				e.ResourceInventoriedAs = id
			} else {
				e.ResourceConformsTo = id
			}
		case "into":
			switch {
			case behavior.InputOutput == "notApplicable":
				e.ToResourceInventoriedAs = id
			default:
				e.InputOf = id
			}
		case "from":
			e.OutputOf = id
		case "by":
			e.Provider = id
		case "to":
			e.Receiver = id
		case "for":
			e.RealizationOf = id
		case "against":
			e.ReciprocalRealizationOf = id
		case "corrects":
			e.Corrects = id
		case "scrapOf":
			e.ScrapOf = id
		default:
			panic(words[0])
		}
	}
	b.events = append(b.events, e)
	return e
}

func (b *rollupTestBooks) all(lines string) *rollupTestBooks {
	for _, line := range strings.Split(strings.TrimSpace(lines), "\n") {
		b.happens(strings.TrimSpace(line))
	}
	return b
}

func (b *rollupTestBooks) which(is func(*valueflows.EconomicEvent) bool) (list []*valueflows.EconomicEvent) {
	b.asked++
	for _, e := range b.events {
		if is(e) {
			list = append(list, e)
		}
	}
	if b.reverse {
		slices.Reverse(list)
	}
	return list
}

func set(ids []valueflows.ID) map[valueflows.ID]bool {
	all := map[valueflows.ID]bool{}
	for _, id := range ids {
		all[id] = true
	}
	return all
}

func (b *rollupTestBooks) Resources(ids []valueflows.ID) (list []*valueflows.EconomicResource, err error) {
	for _, id := range ids {
		if r := b.resources[id]; r != nil {
			list = append(list, r)
		}
	}
	return list, nil
}

func (b *rollupTestBooks) EventsInto(resources []valueflows.ID) ([]*valueflows.EconomicEvent, error) {
	asked, inflows := set(resources), RollupInflows()
	return b.which(func(e *valueflows.EconomicEvent) bool {
		return asked[e.ToResourceInventoriedAs] || asked[e.ResourceInventoriedAs] && slices.Contains(inflows, e.Action)
	}), nil
}

func (b *rollupTestBooks) EventsOf(processes []valueflows.ID) ([]*valueflows.EconomicEvent, error) {
	asked := set(processes)
	return b.which(func(e *valueflows.EconomicEvent) bool { return asked[e.InputOf] || asked[e.OutputOf] }), nil
}

func (b *rollupTestBooks) Stages(processes []valueflows.ID) (map[valueflows.ID]valueflows.ID, error) {
	return b.stages, nil
}

func (b *rollupTestBooks) DealsOf(events []valueflows.ID) ([]RollupDeal, error) {
	asked, of := set(events), map[valueflows.ID]bool{}
	for _, e := range b.events {
		if asked[e.ID] {
			of[e.RealizationOf], of[e.ReciprocalRealizationOf] = true, true
		}
	}
	var deals []RollupDeal
	for id := range of {
		if !id.IsZero() {
			deals = append(deals, RollupDeal{
				Agreement:  id,
				Primary:    b.which(func(e *valueflows.EconomicEvent) bool { return e.RealizationOf == id }),
				Reciprocal: b.which(func(e *valueflows.EconomicEvent) bool { return e.ReciprocalRealizationOf == id }),

				PrimaryOpen: b.open[id].PrimaryOpen, ReciprocalOpen: b.open[id].ReciprocalOpen,
			})
		}
	}
	return deals, nil
}

// priced reads a list of prices in dollars: "work 25 h", "use tractor 10 h",
// "flour 0.8 kg", "cite design 5% " one a line; a word that is an action limits it.
func priced(lines string) PriceList {
	list := PriceList{Currency: named("dollar"), Unit: valueflows.One}
	for _, line := range strings.Split(strings.TrimSpace(lines), "\n") {
		var p Price
		p.Unit = valueflows.One
		for _, word := range strings.Fields(line) {
			number := strings.TrimSuffix(word, "%")
			if d, err := valueflows.ParseDecimal(number); err == nil {
				p.Value, p.Percent = d, number != word
			} else if action, err := valueflows.ParseAction(word); err == nil {
				p.Action = action
			} else if unit, ok := units[word]; ok {
				p.Unit = unit
			} else if agent, ok := strings.CutPrefix(word, "@"); ok {
				p.Agent = named(agent)
			} else {
				p.Specification = named(word)
			}
		}
		list.Prices = append(list.Prices, p)
	}
	return list
}

// told writes lines for comparison: depth in dots, kind, quantity, value.
func told(lines []RollupLine) string {
	var text strings.Builder
	for _, l := range lines {
		quantity := "-"
		if l.Quantity != nil {
			quantity = l.Quantity.RatString()
		}
		fmt.Fprintf(&text, "%s%s %s %s = %s\n", strings.Repeat(".", l.Depth), l.Kind, l.Action, quantity, l.Value.RatString())
	}
	return text.String()
}

// isTold compares lines with what was worked out by hand.
func isTold(t *testing.T, lines []RollupLine, want string) {
	t.Helper()
	var trimmed []string
	for _, line := range strings.Split(strings.TrimSpace(want), "\n") {
		trimmed = append(trimmed, strings.TrimSpace(line))
	}
	if got := strings.TrimSpace(told(lines)); got != strings.Join(trimmed, "\n") {
		t.Errorf("the lines are\n%s\nand should be\n%s", got, strings.Join(trimmed, "\n"))
	}
}

// adds checks that lines explain each other to the last digit.
func adds(t interface {
	Helper()
	Errorf(string, ...any)
}, r *Rollup) {
	t.Helper()
	total := new(big.Rat)
	for _, part := range r.Parts {
		total.Add(total, part.Value)
	}
	if total.Cmp(r.Total) != 0 {
		t.Errorf("the parts come to %s, the total is %s", total.RatString(), r.Total.RatString())
	}
	ends, share := new(big.Rat), new(big.Rat)
	for i, line := range r.Lines {
		below, any := new(big.Rat), false
		for _, next := range r.Lines[i+1:] {
			if next.Depth <= line.Depth {
				break
			}
			if next.Depth == line.Depth+1 {
				below.Add(below, next.Value)
				any = true
			}
		}
		if any && below.Cmp(line.Value) != 0 {
			t.Errorf("line %d is worth %s, and what explains it %s:\n%s", i, line.Value.RatString(), below.RatString(), told(r.Lines))
		}
		if !any {
			ends.Add(ends, line.Value)
			if line.Share != nil {
				share.Add(share, line.Share)
			}
		}
		if line.Rate != nil && line.Quantity != nil && line.Kind != RollupUnpriced && line.Kind != RollupCircular &&
			new(big.Rat).Mul(line.Rate, line.Quantity).Cmp(line.Value) != 0 {
			t.Errorf("line %d: %s times %s is not %s", i, line.Quantity.RatString(), line.Rate.RatString(), line.Value.RatString())
		}
	}
	if ends.Cmp(r.Total) != 0 {
		t.Errorf("the ends come to %s, the total is %s", ends.RatString(), r.Total.RatString())
	}
	if r.Total.Sign() != 0 && share.Cmp(big.NewRat(1, 1)) != 0 {
		t.Errorf("the shares come to %s", share.RatString())
	}
}

// worth rolls a resource up, and checks its total, the unit value to two digits
// and that all adds up.
func (b *rollupTestBooks) worth(t *testing.T, list PriceList, resource string, o RollupOptions, want string) *Rollup {
	t.Helper()
	r, err := RollupActual(b, list, named(resource), o)
	if err != nil {
		t.Fatal(err)
	}
	adds(t, r)
	if got, err := r.PerUnit(2); err != nil || got.String() != want {
		t.Errorf("one of %s is worth %s (%v), want %s\n%s", resource, got, err, want, told(r.Lines))
	}
	return r
}
