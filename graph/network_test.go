package graph

import "testing"

const networkQuery = `query($b: NetworkBetween, $from: DateTime, $to: DateTime, $s: Boolean, $l: Int) { flowNetwork(between: $b, from: $from, to: $to, stages: $s, limit: $l) { more
	flows { from { ...end } to { ...end } quantity { hasNumericalValue hasUnit { label } } events } } }
	fragment end on FlowNetworkNode { __typename ... on ResourceSpecification { name } ... on Process { name } ... on ProcessSpecification { name } ... on Person { name } ... on Organization { name } }`

// What flowed in the week: 3 hours into the harvest, 20.5 − 2 kg out of it, 4 kg
// into cooking; and between agents 12 kg for 30 and 6, and 3 hours for 8. The
// kilogram that Bea was given for the children is care for people, and not told.
func TestFlowNetwork(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		w := b.week()
		edges := func(given vars) string {
			t.Helper()
			return w.ada.ask(networkQuery, given).good().rows("flowNetwork.flows", true, "from.name", "to.name", "quantity.hasNumericalValue", "quantity.hasUnit.label", "events")
		}
		worked(t, "kinds", edges(nil), `
			Harvest Tomato 18.5 kilogram 2
			Picking Harvest 3 hour 1
			Tomato Cooking 4 kilogram 1`)
		const agents = `
			Bea Farm 3 hour 1
			Farm Bea 8 one 1
			Farm Shop 12 kilogram 1
			Shop Farm 36 one 2`
		worked(t, "agents", edges(vars{"b": "AGENTS"}), agents)
		worked(t, "agents, on the 5th", edges(vars{"b": "AGENTS", "from": "2026-05-05T00:00", "to": "2026-05-06T00:00"}), `
			Farm Shop 12 kilogram 1
			Shop Farm 30 one 1`)
		worked(t, "processes", edges(vars{"b": "PROCESSES", "to": "2026-05-02T00:00"}), "")
		stage := w.ada.make("ProcessSpecification", vars{"name": "Canning"})
		canning := w.ada.make("Process", vars{"name": "A batch", "basedOn": stage})
		w.ada.record(vars{"action": "consume", "provider": w.farm, "receiver": w.farm, "inputOf": canning, "resourceInventoriedAs": w.store, "resourceQuantity": of("2", kilogram)}).good()
		worked(t, "stages", edges(vars{"s": true}), "Tomato Canning 2 kilogram 1")
		if r := w.ada.ask(networkQuery, vars{"b": "AGENTS", "l": 1}).good(); r.at("flowNetwork.more") != true || r.text("flowNetwork.flows.0.from.name") != "Shop" {
			t.Errorf("the one that most events made: %v", r.Data)
		}
		w.ada.ask(networkQuery, vars{"l": 1001}).refused("OUT_OF_RANGE", "limit")
		w.ada.ask(networkQuery, vars{"from": "2026-05-06T00:00", "to": "2026-05-05T00:00"}).refused("TIME_CONFLICT", "from")
		b.stranger().ask(networkQuery, nil).refused("UNAUTHENTICATED")
	})
}
