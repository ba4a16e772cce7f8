package graph

import (
	"fmt"
	"testing"

	"disconode/node"
)

const rollUpQuery = `query($r: ID, $s: ID, $recipe: ID, $prices: PriceListParams!, $q: Decimal, $scale: Int, $depth: Int, $limit: Int) {
	rollUp(resource: $r, specification: $s, recipe: $recipe, prices: $prices, quantity: $q, scale: $scale, depth: $depth, limit: $limit) {
		quantity { hasNumericalValue hasUnit { label } } total unitValue currency { name } unit { label }
		lines { ...line } parts { ...line } partsCount unpriced { ...line } unpricedCount circular { kind } circularCount } }
	fragment line on RollUpLine { depth kind action { id } resourceConformsTo { name } resource { name } quantity { hasNumericalValue hasUnit { label } } rate value share why more
		record { __typename ... on EconomicEvent { id provider { name } } ... on Agreement { id } ... on EconomicResource { name } ... on RecipeFlow { id } } }`

func price(kind, action, unit, value string) vars {
	p := vars{"specification": kind, "unit": unit, "value": value}
	if action != "" {
		p["action"] = action
	}
	return p
}

// The published figures of NRP (COOPERATIVES.md 2.3): two consumables cost 100
// and 20 of freight in one agreement, so 60 each; a child is made of one of them
// and an hour of work at 25, so 85; the parent of the child and of an hour of each
// of two tools, at 10 and at 50: 145. The shares are of 145: 50/145 = 0.3448,
// 10/145 = 0.0690 and 25/145 = 0.1724.
func TestRollUp(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		ada, bea := b.steward(), b.as("Bea", node.Member)
		worker := bea.ask("{ myAgent { id } }", nil).good().text("myAgent.id")
		shop, supplier := ada.organization("Workshop"), ada.organization("Supplier")
		kind := map[string]string{}
		for _, name := range []string{"dollar", "child", "parent", "usable", "community", "consumable", "skill"} {
			kind[name] = ada.kind(name)
		}
		stock := func(action, name, from, q string, more vars) string {
			e := vars{"action": action, "provider": from, "receiver": shop, "resourceQuantity": of(q, piece)}
			for property, value := range more {
				e[property] = value
			}
			return ada.recordNew(e, vars{"name": name, "conformsTo": kind[name]}).good().text("createEconomicEvent.economicResource.id")
		}
		usable, community := stock("raise", "usable", shop, "1", nil), stock("raise", "community", shop, "1", nil)
		deal := ada.make("Agreement", vars{"name": "consumables"})
		consumable := stock("transfer", "consumable", supplier, "2", vars{"realizationOf": deal})
		for _, paid := range []string{"100", "20"} {
			ada.record(vars{"action": "transfer", "provider": shop, "receiver": supplier, "resourceConformsTo": kind["dollar"], "resourceQuantity": of(paid, piece), "reciprocalRealizationOf": deal}).good()
		}
		into := func(process, action string, more vars) {
			e := vars{"action": action, "provider": shop, "receiver": shop, "inputOf": process}
			for property, value := range more {
				e[property] = value
			}
			ada.record(e).good()
		}
		making, joining := ada.process("make child"), ada.process("make parent")
		into(making, "work", vars{"provider": worker, "resourceConformsTo": kind["skill"], "effortQuantity": of("1", hour)})
		into(making, "consume", vars{"resourceInventoriedAs": consumable, "resourceQuantity": of("1", piece)})
		child := stock("produce", "child", shop, "1", vars{"outputOf": making})
		into(joining, "use", vars{"resourceInventoriedAs": usable, "effortQuantity": of("1", hour)})
		into(joining, "use", vars{"resourceInventoriedAs": community, "effortQuantity": of("1", hour)})
		into(joining, "consume", vars{"resourceInventoriedAs": child, "resourceQuantity": of("1", piece)})
		parent := stock("produce", "parent", shop, "1", vars{"outputOf": joining})

		prices := vars{"currency": kind["dollar"], "prices": []vars{price(kind["skill"], "work", hour, "25"), price(kind["usable"], "use", hour, "10"), price(kind["community"], "use", hour, "50")}}
		ask := func(c *client, given vars) *reply {
			t.Helper()
			if given["prices"] == nil {
				given["prices"] = prices
			}
			return c.ask(rollUpQuery, given)
		}
		r := ask(bea, vars{"r": parent}).good()
		if total, each, money, unit := r.text("rollUp.total"), r.text("rollUp.unitValue"), r.text("rollUp.currency.name"), r.text("rollUp.unit.label"); total != "145.00" || each != "145.00" || money != "dollar" || unit != "one" {
			t.Errorf("the parent is worth %s, %s each, in %s, %s", total, each, money, unit)
		}
		worked(t, "its parts", r.rows("rollUp.parts", true, "kind", "action.id", "value", "share", "record.__typename"), `
			PAID transfer 10.00 0.069 EconomicEvent
			PAID transfer 50.00 0.3448 EconomicEvent
			USED use 10.00 0.069 EconomicEvent
			USED use 50.00 0.3448 EconomicEvent
			WORKED work 25.00 0.1724 EconomicEvent`)
		if first := r.text("rollUp.lines.0.kind") + " " + r.text("rollUp.lines.0.resource.name"); first != "STOCK parent" || fmt.Sprint(r.at("rollUp.partsCount")) != "5" || r.count("rollUp.unpriced")+r.count("rollUp.circular") != 0 {
			t.Errorf("it begins with %s: %v", first, r.Data)
		}
		if r := ask(ada, vars{"r": child, "q": "0.5", "scale": 0, "limit": 2}).good(); r.text("rollUp.total") != "43" || r.text("rollUp.unitValue") != "85" || r.count("rollUp.lines") != 2 || r.count("rollUp.parts") != 2 || fmt.Sprint(r.at("rollUp.partsCount")) != "3" {
			t.Errorf("half a child, in two lines: %v", r.Data) // 42.5, half up
		}
		bare := ask(ada, vars{"r": child, "prices": vars{"currency": kind["dollar"], "prices": []vars{}}}).good()
		worked(t, "what has no price", bare.rows("rollUp.unpriced", false, "kind", "resourceConformsTo.name", "quantity.hasNumericalValue", "quantity.hasUnit.label", "value", "record.provider.name"), "UNPRICED skill 1 hour 0.00 Bea")

		ask(ada, vars{}).refused("REQUIRED")
		ask(ada, vars{"r": child, "s": kind["child"]}).refused("EXCLUSIVE")
		ask(ada, vars{"r": shop}).refused("NOT_FOUND")
		ask(ada, vars{"recipe": kind["child"]}).refused("WRONG_CLASS", "recipe")
		ask(ada, vars{"s": child}).refused("WRONG_CLASS", "specification")
		ask(ada, vars{"r": kind["child"]}).refused("WRONG_CLASS", "resource")
		ask(ada, vars{"r": child, "scale": 10}).refused("OUT_OF_RANGE", "scale")
		ask(ada, vars{"r": child, "limit": 1001}).refused("OUT_OF_RANGE", "limit")
		ask(ada, vars{"r": child, "prices": vars{"prices": []vars{{"unit": hour, "value": "1"}}}}).refused("REQUIRED", "prices.0.specification")
		ask(b.stranger(), vars{"r": child}).refused("UNAUTHENTICATED")
	})
}

// Bread by its recipe: 0.5 kg of flour, milled of 1.2 kg of grain at 0.75 with 6
// minutes at 20 an hour for 1 kg, so 0.90 + 2.00 = 2.90 a kilogram; and a quarter
// of an hour of baking at 24, for 2 loaves: (1.45 + 6) / 2 = 3.725.
func TestRollUpRecipe(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		ada := b.steward()
		kind := map[string]string{}
		for _, name := range []string{"dollar", "loaf", "flour", "grain", "baking", "milling"} {
			kind[name] = ada.kind(name)
		}
		bake, mill := ada.make("RecipeProcess", vars{"name": "bake"}), ada.make("RecipeProcess", vars{"name": "mill"})
		flow := func(end, process, action, name string, more vars) {
			said := vars{end: process, "action": action, "resourceConformsTo": kind[name]}
			for property, value := range more {
				said[property] = value
			}
			ada.make("RecipeFlow", said)
		}
		flow("recipeOutputOf", bake, "produce", "loaf", vars{"resourceQuantity": of("2", piece)})
		flow("recipeInputOf", bake, "consume", "flour", vars{"resourceQuantity": of("0.5", kilogram)})
		flow("recipeInputOf", bake, "work", "baking", vars{"effortQuantity": of("0.25", hour)})
		flow("recipeOutputOf", mill, "produce", "flour", vars{"resourceQuantity": of("1", kilogram)})
		flow("recipeInputOf", mill, "consume", "grain", vars{"resourceQuantity": of("1.2", kilogram)})
		flow("recipeInputOf", mill, "work", "milling", vars{"effortQuantity": of("0.1", hour)})
		recipe := ada.make("Recipe", vars{"name": "bread", "primaryOutput": kind["loaf"], "recipeIncludes": []string{bake, mill}})
		prices := vars{"currency": kind["dollar"], "prices": []vars{price(kind["grain"], "", kilogram, "0.75"), price(kind["milling"], "work", hour, "20"), price(kind["baking"], "work", hour, "24")}}
		for argument, id := range map[string]string{"s": kind["loaf"], "recipe": recipe} {
			r := ada.ask(rollUpQuery, vars{argument: id, "prices": prices, "scale": 3, "q": "4"}).good()
			if total, each := r.text("rollUp.total"), r.text("rollUp.unitValue"); total != "14.900" || each != "3.725" {
				t.Errorf("four loaves are worth %s, %s each", total, each)
			}
			// for 4 loaves: 1.2 kg of grain, 0.1 h of milling, 0.5 h of baking
			worked(t, "the parts", r.rows("rollUp.parts", true, "kind", "resourceConformsTo.name", "quantity.hasNumericalValue", "rate", "value", "record.__typename"), `
				TAKEN grain 1.2 0.75 0.900 RecipeFlow
				WORKED baking 0.5 24 12.000 RecipeFlow
				WORKED milling 0.1 20 2.000 RecipeFlow`)
		}
	})
}

// view is a query that leads to what is computed of the season's books, under
// its type; empty of other types. A longer page reads more of it.
func (b *books) view(c *client, of, selection string) string {
	b.t.Helper()
	r := c.ask(`{ economicResources(first: 1) { edges { node { id conformsTo { id } primaryAccountable { id } } } } }`, nil).good()
	stock, kind, farm := r.text("economicResources.edges.0.node.id"), r.text("economicResources.edges.0.node.conformsTo.id"), r.text("economicResources.edges.0.node.primaryAccountable.id")
	roll := `rollUp(resource: "` + stock + `", limit: 100, prices: {prices: [{specification: "` + kind + `", unit: "` + kilogram + `", value: "2"}]}) `
	cash := `cashFlow(specification: "` + kind + `", unit: "` + kilogram + `", agent: "` + farm + `", from: "2026-05-01", to: "2026-05-09", every: DAY) `
	paths := map[string]string{
		"RollUp": roll + "{ %s }", "RollUpLine": roll + "{ lines { %s } }",
		"CashFlow": cash + "{ %s }", "CashFlowPeriod": cash + "{ periods { %s } }",
		"FlowNetwork": "flowNetwork(limit: 100) { %s }", "NetworkFlow": "flowNetwork(limit: $n) { flows { %s } }",
		"Balances": `balances(agent: "` + farm + `") { %s }`, "Balance": `balances(agent: "` + farm + `") { byResource { %[1]s } bySpecification { %[1]s } }`,
		"IncomeStatementRow": `incomeStatement(agent: "` + farm + `") { %s }`, "LedgerLine": `ledger(resource: "` + stock + `", first: $n) { edges { node { %s } } }`,
	}
	if paths[of] == "" {
		return ""
	}
	return "query($n: Int) { units(last: $n) { pageInfo { hasNextPage } } " + fmt.Sprintf(paths[of], selection) + " }"
}

// What is computed takes as many statements of many events as of few.
func TestViewsTakeFewStatements(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		w := b.week()
		const line = `kind action { label } record { ... on EconomicEvent { id provider { name } inputOf { name } } ... on Process { id } ... on EconomicResource { name } } resourceConformsTo { name } resource { name } quantity { hasUnit { symbol } }`
		queries := map[string]string{
			"rollUp":          `rollUp(resource: "` + w.shed + `", prices: {prices: [{specification: "` + w.picking + `", unit: "` + hour + `", value: "20"}]}) { total lines { ` + line + ` } parts { ` + line + ` } }`,
			"cashFlow":        `cashFlow(resources: ["` + w.shed + `"], from: "2026-05-01", to: "2026-05-31", every: WEEK) { opening unit { symbol } periods { name balance } }`,
			"flowNetwork":     `flowNetwork { flows { from { ... on Process { name } } to { ... on ResourceSpecification { name } } quantity { hasUnit { symbol } } events } }`,
			"agents":          `flowNetwork(between: AGENTS) { flows { from { ... on Organization { name } } to { ... on Person { name } } events } }`,
			"balances":        `balances(agent: "` + w.farm + `", at: "2026-05-05") { byResource { resource { name } onhandQuantity { hasUnit { symbol } } } bySpecification { resourceConformsTo { name } } }`,
			"incomeStatement": `incomeStatement(agent: "` + w.farm + `") { resourceConformsTo { name } unit { symbol } net }`,
			"ledger":          `ledger(resource: "` + w.shed + `", first: 50) { edges { node { economicEvent { provider { name } inputOf { name } } counterparty { name } onhandQuantity { hasUnit { symbol } } } } }`,
			"provenance":      `provenance(id: "` + w.shed + `")`,
		}
		count := func(name string) int {
			return b.statements(w.ada, "query($n: Int) { units(last: $n) { pageInfo { hasNextPage } } "+queries[name]+" }", 1)
		}
		few := map[string]int{}
		for name := range queries {
			count(name) // what is kept in memory is there from now on
			few[name] = count(name)
		}
		for i := range 20 {
			process := w.ada.process(fmt.Sprint("Harvest ", i))
			w.ada.record(vars{"action": "work", "provider": w.picker, "receiver": w.farm, "inputOf": process, "resourceConformsTo": w.picking, "effortQuantity": of("1", hour)}).good()
			w.ada.record(vars{"action": "produce", "provider": w.farm, "receiver": w.farm, "outputOf": process, "resourceInventoriedAs": w.shed, "resourceQuantity": of("1", kilogram)}).good()
		}
		for name := range queries {
			count(name)
			if many := count(name); many != few[name] || many > 25 {
				t.Errorf("%s: %d statements of few events, %d of many", name, few[name], many)
			}
		}
	})
}
