package node

import (
	"context"
	"slices"
	"testing"

	"disconode/valueflows"
	"disconode/valueflows/flow"
)

func stepIDs(w *Walk) []valueflows.ID {
	var ids []valueflows.ID
	for _, s := range w.Steps {
		ids = append(ids, s.ID)
	}
	return ids
}

// A loaf is traced to the seed of its grain, and the seed tracked to the loaf,
// as the books go on; care for people is on no way; and a sister LAB's books
// are another graph.
func TestTraceAndTrack(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		farm := b.organization("Farm")
		kind := map[string]valueflows.ID{}
		for _, name := range []string{"seed", "grain", "loaf"} {
			kind[name] = b.specification(name)
		}
		make := func(name string, process valueflows.ID) (event, resource valueflows.ID) {
			t.Helper()
			e := valueflows.EconomicEvent{Action: "raise", Provider: farm, Receiver: farm, ResourceQuantity: kg("10")}
			if !process.IsZero() {
				e.Action, e.OutputOf = "produce", process
			}
			made, stock, err := b.node.RecordEvent(b.ctx, &e, &valueflows.EconomicResource{ConformsTo: kind[name], Name: valueflows.Text(name)})
			if err != nil {
				t.Fatal(err)
			}
			return made.ID, stock.ID
		}
		use := func(stock, process valueflows.ID) valueflows.ID {
			t.Helper()
			return b.record(valueflows.EconomicEvent{Action: "consume", Provider: farm, Receiver: farm, InputOf: process, ResourceInventoriedAs: stock, ResourceQuantity: kg("2")}).ID
		}
		growing, baking := b.process("growing"), b.process("baking")
		opened, seed := make("seed", valueflows.ID{})
		sown := use(seed, growing)
		bea, _ := b.as("Bea", Member)
		if _, _, err := b.node.RecordEvent(bea, &valueflows.EconomicEvent{Action: "work", Provider: PrincipalOf(bea).User, Receiver: PrincipalOf(bea).User,
			InputOf: growing, EffortQuantity: hours("1"), Stream: valueflows.CarePeople}, nil); err != nil {
			t.Fatal(err)
		}
		grown, grain := make("grain", growing)
		look := func(what string, got, want []valueflows.ID) {
			t.Helper()
			if !slices.Equal(got, want) {
				t.Errorf("%s: %v, want %v", what, got, want)
			}
		}
		trace := func(ctx context.Context, id valueflows.ID, o WalkOptions) *Walk {
			t.Helper()
			r, err := Get[valueflows.EconomicResource](ctx, b.node, id)
			if err != nil {
				t.Fatal(err)
			}
			w, err := b.node.Trace(ctx, []Traced{r}, o)
			if err != nil {
				t.Fatal(err)
			}
			return w[0]
		}
		look("the grain's trace", stepIDs(trace(b.ctx, grain, WalkOptions{})), []valueflows.ID{grain, grown, growing, sown, seed, opened})

		ground := use(grain, baking) // the books go on
		baked, loaf := make("loaf", baking)
		look("the loaf's trace", stepIDs(trace(bea, loaf, WalkOptions{})), []valueflows.ID{loaf, baked, baking, ground, grain, grown, growing, sown, seed, opened})
		look("two steps of it", stepIDs(trace(bea, loaf, WalkOptions{Nodes: 2})), []valueflows.ID{loaf, baked})
		r, err := Get[valueflows.EconomicResource](b.ctx, b.node, seed)
		if err != nil {
			t.Fatal(err)
		}
		ahead, err := b.node.Track(b.ctx, []Traced{r}, WalkOptions{})
		if err != nil {
			t.Fatal(err)
		}
		look("the seed's track", stepIDs(ahead[0]), []valueflows.ID{seed, sown, growing, grown, grain, ground, baking, baked, loaf})
		before, err := b.node.Previous(b.ctx, []Traced{r})
		if err != nil || !slices.Equal(before[0], []flow.Node{{ID: opened, Kind: flow.Event}}) {
			t.Errorf("before the seed: %v, %v", before, err)
		}
		empty := makes(b, &valueflows.Process{Name: "idle"})
		p, err := Get[valueflows.Process](b.ctx, b.node, empty)
		if err != nil {
			t.Fatal(err)
		}
		if w, err := b.node.Trace(b.ctx, []Traced{p}, WalkOptions{}); err != nil || len(w[0].Steps) != 1 {
			t.Errorf("a process without events: %v, %v", w, err)
		}
	})
}
