package graph

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"disconode/node"
	"disconode/valueflows"
)

var piece = valueflows.One.String()

// week is what a farm did in a week of May: it counts 10 kg in the shed,
// harvests 20.5, of which 2 are found to be wrong a day later; uses 4 up; gives
// Bea 1 kg for the children, which is care for people; sells 12 to the shop for
// 30 in cash and 6 that no account was named for; moves 5 to the store; and pays
// 8 to Bea, who picked for 3 hours.
type week struct {
	*books
	ada, bea                *client
	farm, shop, picker      string
	tomato, dollar, picking string
	harvest, cooking        string // processes
	shed, store, cash       string
	harvested               string
}

func (b *books) week() *week {
	b.t.Helper()
	w := &week{books: b, ada: b.steward(), bea: b.as("Bea", node.Member)}
	c := w.ada
	w.picker = w.bea.ask("{ myAgent { id } }", nil).good().text("myAgent.id")
	w.farm, w.shop = c.organization("Farm"), c.organization("Shop")
	w.tomato, w.dollar, w.picking = c.kind("Tomato"), c.kind("Dollar"), c.kind("Picking")
	w.harvest, w.cooking = c.process("Harvest"), c.process("Cooking")
	on := func(day int, action, from, to string, more vars) vars {
		e := vars{"action": action, "provider": from, "receiver": to, "hasPointInTime": fmt.Sprintf("2026-05-%02dT12:00:00-05:00", day)}
		for name, value := range more {
			e[name] = value
		}
		return e
	}
	stock := func(e vars, name, kind string) string {
		new := vars{"name": name}
		if kind != "" {
			new["conformsTo"] = kind
		}
		return c.recordNew(e, new).good().text("createEconomicEvent.economicResource.id")
	}
	w.shed = stock(on(1, "raise", w.farm, w.farm, vars{"resourceQuantity": of("10", kilogram)}), "Shed", w.tomato)
	w.harvested = c.record(on(2, "produce", w.farm, w.farm, vars{"outputOf": w.harvest, "resourceInventoriedAs": w.shed, "resourceQuantity": of("20.5", kilogram)})).good().text("createEconomicEvent.economicEvent.id")
	c.record(on(2, "work", w.picker, w.farm, vars{"inputOf": w.harvest, "resourceConformsTo": w.picking, "effortQuantity": of("3", hour)})).good()
	c.record(on(3, "produce", w.farm, w.farm, vars{"outputOf": w.harvest, "resourceInventoriedAs": w.shed, "resourceQuantity": of("-2", kilogram), "corrects": w.harvested})).good()
	c.record(on(4, "consume", w.farm, w.farm, vars{"inputOf": w.cooking, "resourceInventoriedAs": w.shed, "resourceQuantity": of("4", kilogram)})).good()
	c.record(on(4, "transfer", w.farm, w.picker, vars{"resourceInventoriedAs": w.shed, "resourceQuantity": of("1", kilogram), "stream": "carePeople"})).good()
	c.record(on(5, "transfer", w.farm, w.shop, vars{"resourceInventoriedAs": w.shed, "resourceQuantity": of("12", kilogram)})).good()
	w.cash = stock(on(5, "transfer", w.shop, w.farm, vars{"resourceConformsTo": w.dollar, "resourceQuantity": of("30", piece)}), "Cash", "")
	c.record(on(6, "transfer", w.shop, w.farm, vars{"resourceConformsTo": w.dollar, "resourceQuantity": of("6", piece)})).good()
	w.store = stock(on(7, "move", w.farm, w.farm, vars{"resourceInventoriedAs": w.shed, "resourceQuantity": of("5", kilogram)}), "Store", "")
	c.record(on(8, "transfer", w.farm, w.picker, vars{"resourceInventoriedAs": w.cash, "resourceQuantity": of("8", piece)})).good()
	return w
}

// rows are the objects of a list in an answer, each as the texts at some paths
// within it, in the order of the list or, where they are sorted, of the letters.
func (r *reply) rows(list string, sorted bool, paths ...string) string {
	r.t.Helper()
	var rows []string
	for i := range r.count(list) {
		var cells []string
		for _, path := range paths {
			var value any = r.at(fmt.Sprintf("%s.%d", list, i))
			for _, step := range strings.Split(path, ".") {
				if object, ok := value.(map[string]any); ok {
					value = object[step]
				}
			}
			switch value := value.(type) {
			case nil:
				cells = append(cells, "-")
			case string:
				cells = append(cells, value)
			default:
				text, err := json.Marshal(value)
				if err != nil {
					r.t.Fatal(err)
				}
				cells = append(cells, string(text))
			}
		}
		rows = append(rows, strings.Join(cells, " "))
	}
	if sorted {
		slices.Sort(rows)
	}
	return strings.Join(rows, "\n")
}

// same compares rows with what was worked out by hand.
func worked(t *testing.T, what, got, want string) {
	t.Helper()
	var lines []string
	for _, line := range strings.Split(strings.TrimSpace(want), "\n") {
		lines = append(lines, strings.TrimSpace(line))
	}
	if want = strings.Join(lines, "\n"); got != want {
		t.Errorf("%s:\n%s\nand should be\n%s", what, got, want)
	}
}

const ledgerQuery = `query($r: ID!, $first: Int, $after: String, $last: Int, $before: String) {
	ledger(resource: $r, first: $first, after: $after, last: $last, before: $before) {
		openingAccounting { hasNumericalValue hasUnit { symbol } } openingOnhand { hasNumericalValue }
		edges { cursor node { economicEvent { id action { id } } counterparty { name }
			accountingChange { hasNumericalValue hasUnit { symbol } } onhandChange { hasNumericalValue }
			accountingQuantity { hasNumericalValue } onhandQuantity { hasNumericalValue } } }
		pageInfo { hasNextPage hasPreviousPage endCursor startCursor pageLimit } } }`

// The shed: 10, 30.5, 28.5, 24.5; the kilogram that Bea was given, which she
// sees and the steward does not, and which is in both their balances; 11.5 and
// 6.5. A page in the middle opens with what was there; from the end it says the same.
func TestLedger(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		w := b.week()
		lines := func(r *reply) string {
			t.Helper()
			return r.good().rows("ledger.edges", false, "node.economicEvent.action.id", "node.accountingChange.hasNumericalValue", "node.onhandChange.hasNumericalValue",
				"node.accountingQuantity.hasNumericalValue", "node.onhandQuantity.hasNumericalValue", "node.counterparty.name")
		}
		worked(t, "the shed, to Bea", lines(w.bea.ask(ledgerQuery, vars{"r": w.shed})), `
			raise 10 10 10 10 -
			produce 20.5 20.5 30.5 30.5 -
			produce -2 -2 28.5 28.5 -
			consume -4 -4 24.5 24.5 -
			transfer -1 -1 23.5 23.5 Bea
			transfer -12 -12 11.5 11.5 Shop
			move -5 -5 6.5 6.5 -`)
		first := w.ada.ask(ledgerQuery, vars{"r": w.shed, "first": 4}).good()
		worked(t, "its beginning, to the steward", lines(first), `
			raise 10 10 10 10 -
			produce 20.5 20.5 30.5 30.5 -
			produce -2 -2 28.5 28.5 -
			consume -4 -4 24.5 24.5 -`)
		if opens, unit := first.text("ledger.openingOnhand.hasNumericalValue"), first.text("ledger.openingAccounting.hasUnit.symbol"); opens != "0" || unit != "kg" {
			t.Errorf("it opens with %s %s", opens, unit)
		}
		second := w.ada.ask(ledgerQuery, vars{"r": w.shed, "first": 4, "after": first.text("ledger.pageInfo.endCursor")}).good()
		const rest = `
			transfer -12 -12 11.5 11.5 Shop
			move -5 -5 6.5 6.5 -`
		worked(t, "its rest", lines(second), rest)
		last := w.ada.ask(ledgerQuery, vars{"r": w.shed, "last": 2}).good()
		worked(t, "its end", lines(last), rest)
		if opens := second.text("ledger.openingAccounting.hasNumericalValue"); opens != "23.5" || second.at("ledger.pageInfo.hasNextPage") != false || last.at("ledger.pageInfo.hasPreviousPage") != true {
			t.Errorf("the rest opens with %s: %v", opens, second.Data)
		}
		before := w.ada.ask(ledgerQuery, vars{"r": w.shed, "last": 1, "before": last.text("ledger.pageInfo.startCursor")})
		worked(t, "the line before", lines(before), "consume -4 -4 24.5 24.5 -")

		w.ada.ask(ledgerQuery, vars{"r": w.cash, "first": 4, "after": first.text("ledger.pageInfo.endCursor")}).refused("INVALID_CURSOR", "after")
		w.ada.ask(ledgerQuery, vars{"r": w.shed, "first": 101}).refused("INVALID_PAGE", "first")
		w.ada.ask(ledgerQuery, vars{"r": w.farm}).refused("NOT_FOUND")
		theirs := b.stockOf(w, w.picker)
		w.bea.ask(ledgerQuery, vars{"r": theirs}).good()
		b.as("Cal", node.Member).ask(ledgerQuery, vars{"r": theirs}).refused("FORBIDDEN")
		b.stranger().ask(ledgerQuery, vars{"r": w.shed}).refused("UNAUTHENTICATED")
	})
}

// stockOf is a purse of some agent's.
func (b *books) stockOf(w *week, owner string) string {
	return w.ada.stock(owner, w.dollar, "7", piece)
}

const balancesQuery = `query($agent: [ID!], $at: DateTime) { balances(agent: $agent, at: $at) {
	byResource { resource { name } resourceConformsTo { name } accountingQuantity { hasNumericalValue hasUnit { symbol } } onhandQuantity { hasNumericalValue } }
	bySpecification { resource { id } resourceConformsTo { name } accountingQuantity { hasNumericalValue } onhandQuantity { hasNumericalValue } } } }`

// When the 5th begins the farm has 10 + 20.5 − 2 − 4 − 1 = 23.5 kg; now 11.5, of
// which 5 in the store, and 30 − 8 = 22 in cash.
func TestBalances(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		w := b.week()
		now := w.bea.ask(balancesQuery, vars{"agent": w.farm}).good()
		worked(t, "now", now.rows("balances.byResource", true, "resource.name", "resourceConformsTo.name", "accountingQuantity.hasNumericalValue", "onhandQuantity.hasNumericalValue"), `
			Cash Dollar 22 22
			Shed Tomato 6.5 6.5
			Store Tomato 5 5`)
		worked(t, "now, by kind", now.rows("balances.bySpecification", true, "resource", "resourceConformsTo.name", "accountingQuantity.hasNumericalValue", "onhandQuantity.hasNumericalValue"), `
			- Dollar 22 22
			- Tomato 11.5 11.5`)
		then := w.ada.ask(balancesQuery, vars{"agent": w.farm, "at": "2026-05-05T00:00"}).good()
		worked(t, "when the 5th begins", then.rows("balances.byResource", true, "resource.name", "accountingQuantity.hasNumericalValue", "accountingQuantity.hasUnit.symbol"), "Shed 23.5 kg")
		if r := w.ada.ask(balancesQuery, nil).good(); r.count("balances.byResource") != 0 { // the LAB has nothing of its own
			t.Errorf("the LAB: %v", r.Data)
		}
		w.bea.ask(balancesQuery, vars{"agent": w.picker}).good()
		b.as("Cal", node.Member).ask(balancesQuery, vars{"agent": w.picker}).refused("FORBIDDEN")
		w.ada.ask(balancesQuery, vars{"agent": slices.Repeat([]string{w.farm}, 101)}).refused("TOO_MANY", "agent")
		w.ada.ask(balancesQuery, vars{"agent": "nobody"}).refused("INVALID_ID", "agent")
	})
}

// What the week was to the farm: of its money 30 + 6 − 8 = 28, 6 of it on no
// account; of tomatoes 10 + 18.5 − 12 − 4 = 12.5; and Bea's 3 hours.
func TestIncomeStatement(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		w := b.week()
		const query = `query($agent: [ID!], $from: DateTime, $to: DateTime) { incomeStatement(agent: $agent, from: $from, to: $to) {
			resourceConformsTo { name } unit { label } isService received made given used adjusted net uncounted } }`
		columns := []string{"resourceConformsTo.name", "unit.label", "isService", "received", "made", "given", "used", "adjusted", "net", "uncounted"}
		all := w.ada.ask(query, vars{"agent": w.farm}).good()
		worked(t, "the week", all.rows("incomeStatement", true, columns...), `
			Dollar one false 36 0 8 0 0 28 6
			Picking hour true 3 0 0 0 0 3 3
			Tomato kilogram false 0 18.5 12 4 10 12.5 0`)
		some := w.bea.ask(query, vars{"agent": w.farm, "from": "2026-05-03T00:00", "to": "2026-05-04T00:00"}).good()
		worked(t, "the 3rd", some.rows("incomeStatement", true, columns...), "Tomato kilogram false 0 -2 0 0 0 -2 0")
		w.ada.ask(query, vars{"from": "2026-05-04T00:00", "to": "2026-05-03T00:00"}).refused("TIME_CONFLICT", "from")
		b.as("Cal", node.Member).ask(query, vars{"agent": w.picker}).refused("FORBIDDEN")
	})
}
