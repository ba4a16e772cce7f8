package graph

import (
	"fmt"
	"slices"
	"testing"
)

// A loaf was baked of flour, which was ground of grain, which was bought in. Its
// trace goes back by these to the opening of the stock of grain, the grain's track
// ahead to the loaf; and a page of either goes on where the one before ended,
// whatever is recorded meanwhile.
//
//	raise -> grain -> ground (consume) -> Grinding -> flour (produce) -> flour
//	      -> baked (consume) -> Baking -> loaf (produce) -> loaf
func TestFlow(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		ada := b.steward()
		mill := ada.organization("Mill")
		grain := ada.stock(mill, ada.kind("Grain"), "100", kilogram)
		grinding, baking := ada.make("Process", vars{"name": "Grinding"}), ada.make("Process", vars{"name": "Baking"})
		use := func(process, stock string) string {
			return ada.record(vars{"action": "consume", "provider": mill, "receiver": mill, "inputOf": process, "resourceInventoriedAs": stock, "resourceQuantity": of("3", kilogram)}).
				good().text("createEconomicEvent.economicEvent.id")
		}
		yield := func(process, name string) (event, stock string) {
			r := ada.ask(`mutation($e: EconomicEventCreateParams!, $r: EconomicResourceCreateParams!) { createEconomicEvent(event: $e, newInventoriedResource: $r) { economicEvent { id } economicResource { id } } }`,
				vars{"e": vars{"action": "produce", "provider": mill, "receiver": mill, "outputOf": process, "resourceQuantity": of("9", kilogram)}, "r": vars{"name": name, "conformsTo": ada.kind(name)}}).good()
			return r.text("createEconomicEvent.economicEvent.id"), r.text("createEconomicEvent.economicResource.id")
		}
		ground := use(grinding, grain)
		milled, flour := yield(grinding, "Flour")
		baked := use(baking, flour)
		made, loaf := yield(baking, "Loaf")

		const (
			item  = `{ __typename ... on EconomicEvent { id action { id } } ... on EconomicResource { id conformsTo { name } } ... on Process { id name } }`
			place = `{ ... on EconomicResource { id } ... on Process { id } }`
		)
		ids := func(r *reply, path, node string) (all []string) {
			t.Helper()
			for i := range r.count(path) {
				all = append(all, r.text(fmt.Sprintf("%s.%d%s.id", path, i, node)))
			}
			return all
		}
		same := func(what string, got []string, want ...string) {
			t.Helper()
			if !slices.Equal(got, want) {
				t.Errorf("%s: %v, want %v", what, got, want)
			}
		}
		r := ada.ask(`query($loaf: ID!, $grain: ID!, $baking: ID!, $ground: ID!) {
			loaf: economicResource(id: $loaf) { trace `+item+` previous { id } next { id } }
			grain: economicResource(id: $grain) { track `+item+` }
			baking: process(id: $baking) { previous { id } next { id } previousProcesses { name } nextProcesses { name } trace { __typename } }
			ground: economicEvent(id: $ground) { previous `+place+` next `+place+` }
		}`, vars{"loaf": loaf, "grain": grain, "baking": baking, "ground": ground}).good()
		opened := r.text("loaf.trace.9.id") // the raise that opened the stock of grain
		back := []string{loaf, made, baking, baked, flour, milled, grinding, ground, grain, opened}
		same("the loaf's trace", ids(r, "loaf.trace", ""), back...)
		same("the grain's track", ids(r, "grain.track", ""), grain, ground, grinding, milled, flour, baked, baking, made, loaf)
		same("before the loaf", ids(r, "loaf.previous", ""), made)
		same("after the loaf", ids(r, "loaf.next", ""), made)
		same("into the baking", ids(r, "baking.previous", ""), baked)
		same("out of the baking", ids(r, "baking.next", ""), made)
		same("before the grinding's input", ids(r, "ground.previous", ""), grain)
		same("after the grinding's input", ids(r, "ground.next", ""), grinding)
		if before, after := r.text("baking.previousProcesses.0.name"), r.count("baking.nextProcesses"); before != "Grinding" || after != 0 {
			t.Errorf("processes around the baking: %s, %d", before, after)
		}

		page := func(id, more string) *reply {
			t.Helper()
			return ada.ask(`query($id: ID!) { it: economicResource(id: $id) { flow(direction: TRACE, first: 4`+more+`) {
				edges { node `+item+` depth parent via cursor } pageInfo { hasNextPage hasPreviousPage endCursor pageLimit } } } }`, vars{"id": id})
		}
		var walked []string
		after := ""
		for i := 0; ; i++ {
			r := page(loaf, after).good()
			walked = append(walked, ids(r, "it.flow.edges", ".node")...)
			if i == 0 {
				if depth, parent, via := r.at("it.flow.edges.3.depth"), r.text("it.flow.edges.3.parent"), r.text("it.flow.edges.3.via"); fmt.Sprint(depth) != "3" || parent != baking || via != "FLOW" {
					t.Errorf("the fourth step: depth %v, parent %s, via %s", depth, parent, via)
				}
				use(baking, flour) // the books go on
			}
			if r.at("it.flow.pageInfo.hasNextPage") != true {
				break
			}
			after = `, after: "` + r.text("it.flow.pageInfo.endCursor") + `"`
		}
		same("the trace in pages", walked, back...)
		page(flour, after).refused("INVALID_CURSOR")
		page(loaf, ", depth: 0").refused("OUT_OF_RANGE")
		ada.ask(`query($id: ID!) { economicResource(id: $id) { flow(direction: TRACK, first: 101) { pageInfo { hasNextPage } } } }`, vars{"id": loaf}).refused("INVALID_PAGE")
		if r := page(loaf, ", depth: 2").good(); r.count("it.flow.edges") != 3 {
			t.Errorf("two steps back: %d", r.count("it.flow.edges"))
		}
	})
}
