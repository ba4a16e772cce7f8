package node

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"disconode/valueflows"
	"disconode/valueflows/planning"
)

// bakery is what a plan for loaves is made from: 10 loaves take 8 kg of dough
// and an hour's work, and an hour; 8 kg of dough take 5 kg of flour, and two
// hours. There are 4 loaves, 2 kg of dough and 20 kg of flour.
type bakery struct {
	*books
	loaf, dough, flour, baking, bake, knead, grocery, mill valueflows.ID
}

func newBakery(b *books) *bakery {
	k := &bakery{books: b, loaf: b.specification("loaf"), dough: b.specification("dough"), flour: b.specification("flour"), baking: b.specification("baking"),
		grocery: b.organization("Grocery"), mill: b.organization("Mill")}
	recipe := func(name, time string) valueflows.ID {
		return made(b.t, b.ctx, b.node, valueflows.RecipeProcess{Name: name, HasDuration: hours(time)})
	}
	flow := func(f valueflows.RecipeFlow) { made(b.t, b.ctx, b.node, f) }
	k.bake, k.knead = recipe("bake", "1"), recipe("knead", "2")
	flow(valueflows.RecipeFlow{Action: "produce", RecipeOutputOf: k.bake, ResourceConformsTo: k.loaf, ResourceQuantity: one("10")})
	flow(valueflows.RecipeFlow{Action: "consume", RecipeInputOf: k.bake, ResourceConformsTo: k.dough, ResourceQuantity: kg("8")})
	flow(valueflows.RecipeFlow{Action: "work", RecipeInputOf: k.bake, ResourceConformsTo: k.baking, EffortQuantity: hours("1")})
	flow(valueflows.RecipeFlow{Action: "produce", RecipeOutputOf: k.knead, ResourceConformsTo: k.dough, ResourceQuantity: kg("8")})
	flow(valueflows.RecipeFlow{Action: "consume", RecipeInputOf: k.knead, ResourceConformsTo: k.flour, ResourceQuantity: kg("5")})
	for _, stock := range []struct {
		of valueflows.ID
		q  *valueflows.Measure
	}{{k.loaf, one("4")}, {k.dough, kg("2")}, {k.flour, kg("20")}} {
		b.recordNew(valueflows.EconomicEvent{Action: "raise", Provider: b.lab, Receiver: b.lab, ResourceQuantity: stock.q}, valueflows.EconomicResource{ConformsTo: stock.of})
	}
	return k
}

// loaves asks for a plan of loaves for the grocery.
func (k *bakery) loaves(count string) PlanRequest {
	return PlanRequest{Name: "bread for the grocery", Request: planning.Request{Demands: []planning.Demand{
		{Kind: planning.Kind{Specification: k.loaf}, Quantity: *one(count), Due: day("2030-06-10T12:00:00Z"), Receiver: k.grocery}}}}
}

func (k *bakery) plan(r PlanRequest) (*valueflows.Plan, *PlanDraft) {
	k.t.Helper()
	p, d, err := k.node.MakePlan(k.ctx, r, false)
	if err != nil {
		k.t.Fatal(err)
	}
	return p, d
}

// lines tells of a draft, a line each flow, allocation and shortage.
func (k *bakery) lines(d *PlanDraft) []string {
	names := map[valueflows.ID]string{k.loaf: "loaf", k.dough: "dough", k.flour: "flour", k.baking: "baking", k.lab: "lab", k.grocery: "grocery", k.mill: "mill"}
	flow := func(what string, p *valueflows.Planned) string {
		q := p.ResourceQuantity
		if q == nil {
			q = p.EffortQuantity
		}
		return fmt.Sprintf("%s %s>%s %s %s %s", what, names[p.Provider], names[p.Receiver], p.Action, q.HasNumericalValue.Normal(), names[p.ResourceConformsTo])
	}
	var all []string
	for _, p := range d.Processes {
		all = append(all, fmt.Sprintf("process %s %s-%s", p.Name, p.HasBeginning.Instant.Time().Format("15:04"), p.HasEnd.Instant.Time().Format("15:04")))
	}
	for _, c := range d.Commitments {
		all = append(all, flow("commitment", &c.Planned))
	}
	for _, i := range d.Intents {
		all = append(all, flow("intent", &i.Planned))
	}
	for _, a := range d.Allocations {
		from := "plan"
		switch {
		case !a.Resource.IsZero():
			from = "stock"
		case !a.Planned:
			from = "scheduled"
		}
		all = append(all, fmt.Sprintf("allocated %s %s from %s", a.Quantity.HasNumericalValue.Normal(), names[a.Specification], from))
	}
	for _, s := range d.Shortages {
		line := fmt.Sprintf("short %s %s", s.Quantity.HasNumericalValue.Normal(), names[s.Specification])
		for _, from := range s.From {
			line += " " + names[from.Agent]
		}
		all = append(all, line)
	}
	slices.Sort(all)
	return all
}

func sameLines(t testing.TB, what string, got []string, want string) {
	t.Helper()
	var wanted []string
	for line := range strings.Lines(want) {
		if line = strings.TrimSpace(line); line != "" {
			wanted = append(wanted, line)
		}
	}
	slices.Sort(wanted)
	if !slices.Equal(got, wanted) {
		t.Errorf("%s:\n%s\nwant\n%s", what, strings.Join(got, "\n"), strings.Join(wanted, "\n"))
	}
}
