package graph

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"disconode/node"
)

// bakery is what a plan for loaves is made from: 10 loaves take 8 kg of dough
// and an hour's work, and an hour; 8 kg of dough take 5 kg of flour, and two
// hours. There are 4 loaves, 2 kg of dough and 20 kg of flour.
type bakery struct {
	*client
	lab, loaf, dough, flour, grocery, mill string
}

func (b *books) bakery(c *client) *bakery {
	k := &bakery{client: c, lab: b.lab.String(), loaf: c.kind("loaf"), dough: c.kind("dough"), flour: c.kind("flour"), grocery: c.organization("Grocery"), mill: c.organization("Mill")}
	baking := c.kind("baking")
	recipe := func(name, hours string) string {
		return c.make("RecipeProcess", vars{"name": name, "hasDuration": vars{"numericDuration": hours, "unitType": "hour"}})
	}
	bake, knead := recipe("bake", "1"), recipe("knead", "2")
	for _, flow := range []vars{
		{"action": "produce", "recipeOutputOf": bake, "resourceConformsTo": k.loaf, "resourceQuantity": of("10", apiece)},
		{"action": "consume", "recipeInputOf": bake, "resourceConformsTo": k.dough, "resourceQuantity": of("8", kilogram)},
		{"action": "work", "recipeInputOf": bake, "resourceConformsTo": baking, "effortQuantity": of("1", hour)},
		{"action": "produce", "recipeOutputOf": knead, "resourceConformsTo": k.dough, "resourceQuantity": of("8", kilogram)},
		{"action": "consume", "recipeInputOf": knead, "resourceConformsTo": k.flour, "resourceQuantity": of("5", kilogram)},
	} {
		c.make("RecipeFlow", flow)
	}
	c.stock(k.lab, k.loaf, "4", apiece)
	c.stock(k.lab, k.dough, "2", kilogram)
	c.stock(k.lab, k.flour, "20", kilogram)
	c.event(vars{"action": "transfer", "provider": k.mill, "receiver": k.lab, "resourceConformsTo": k.flour, "resourceQuantity": of("1", kilogram), "hasPointInTime": "2026-01-02T12:00:00Z"})
	return k
}

// loaves asks for a plan of loaves for the grocery.
func (k *bakery) loaves(count string) vars {
	return vars{"name": "bread for the grocery", "demands": []vars{{"resourceConformsTo": k.loaf, "resourceQuantity": of(count, apiece), "due": "2030-06-10T12:00:00Z", "receiver": k.grocery}}}
}

const makePlan = `mutation($p: PlanRequestParams!, $dry: Boolean) { makePlan(plan: $p, dryRun: $dry) {
	plan { id name due processes { id } independentDemands { id } fulfilment { percent deliverables { promises } processes isDone } }
	processes { id name hasBeginning hasEnd plannedWithin { name } }
	commitments { id action { id } provider { name } receiver { name } resourceConformsTo { name } resourceQuantity { hasNumericalValue hasUnit { label } } inputOf { name } outputOf { name } plannedWithin { name } clauseOf { id } fulfilment { percent } }
	intents { id action { id } resourceConformsTo { name } effortQuantity { hasNumericalValue } inputOf { name } satisfaction { isDone } publishedIn { id } }
	agreements { id } proposals { id } tooEarly { id }
	allocations { resourceConformsTo { name } quantity { hasNumericalValue hasUnit { label } } resource { onhandQuantity { hasNumericalValue } } flow { __typename ... on Commitment { id } } planned substitute for { ... on Commitment { id } } demand }
	deliveries { commitment { id receiver { name } } at late { numericDuration } open }
	shortages { resourceConformsTo { name } stage { id } state quantity { hasNumericalValue hasUnit { label } } due code flow { __typename ... on Intent { id } } from { agent { name } offer { id } available { hasNumericalValue hasUnit { label } } last } }
	surplus { resourceConformsTo { name } stage { id } quantity { hasNumericalValue hasUnit { label } } flow { __typename } } notes { code about text } } }`

func (k *bakery) plan(request vars, dry bool) *reply {
	k.t.Helper()
	return k.ask(makePlan, vars{"p": request, "dry": dry}).good()
}

// lines tells of a plan: its processes, promises, wishes, and what is taken from where.
func (r *reply) lines() []string {
	at := func(value any, path string) string {
		for _, step := range strings.Split(path, ".") {
			within, ok := value.(map[string]any)
			if !ok {
				return "-"
			}
			value = within[step]
		}
		return fmt.Sprint(value)
	}
	var all []string
	each := func(list string, line func(any) string) {
		for i := range r.count("makePlan." + list) {
			all = append(all, line(r.at(fmt.Sprintf("makePlan.%s.%d", list, i))))
		}
	}
	each("processes", func(p any) string {
		return fmt.Sprintf("%s %s %s", at(p, "name"), at(p, "hasBeginning"), at(p, "hasEnd"))
	})
	each("commitments", func(c any) string {
		return fmt.Sprintf("%s %s %s %s into %s out of %s", at(c, "action.id"), at(c, "receiver.name"), at(c, "resourceQuantity.hasNumericalValue"), at(c, "resourceConformsTo.name"), at(c, "inputOf.name"), at(c, "outputOf.name"))
	})
	each("intents", func(i any) string {
		return fmt.Sprintf("wanted: %s %s %s", at(i, "action.id"), at(i, "effortQuantity.hasNumericalValue"), at(i, "resourceConformsTo.name"))
	})
	each("allocations", func(a any) string {
		return fmt.Sprintf("taken: %s %s of %s, planned %s", at(a, "quantity.hasNumericalValue"), at(a, "resourceConformsTo.name"), at(a, "resource.onhandQuantity.hasNumericalValue"), at(a, "planned"))
	})
	each("shortages", func(s any) string {
		return fmt.Sprintf("short: %s %s, %s", at(s, "quantity.hasNumericalValue"), at(s, "resourceConformsTo.name"), at(s, "code"))
	})
	slices.Sort(all)
	return all
}

// 24 loaves, of which 4 are there: 20 are baked, which is twice the recipe: 16 kg
// of dough and 2 h of work. 2 kg of dough are there: 14 kg are kneaded of 14 / 8
// x 5 = 8.75 kg of flour. Due at 12:00, baking begins at 11:00, kneading at 9:00:
// 7, 6 and 4 o'clock in Chicago. A dry run tells the same, and records nothing.
func TestPlanningFromRecipe(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		k := b.bakery(b.steward())
		want := strings.Join([]string{
			"bake 2030-06-10T06:00:00-05:00 2030-06-10T07:00:00-05:00",
			"consume Freedom Farms 16 dough into bake out of -",
			"consume Freedom Farms 8.75 flour into knead out of -",
			"knead 2030-06-10T04:00:00-05:00 2030-06-10T06:00:00-05:00",
			"produce Freedom Farms 14 dough into - out of knead",
			"produce Freedom Farms 20 loaf into - out of bake",
			"short: 2 baking, NOBODY",
			"taken: 14 dough of -, planned true",
			"taken: 2 dough of 2, planned false",
			"taken: 20 loaf of -, planned true",
			"taken: 4 loaf of 4, planned false",
			"taken: 8.75 flour of 20, planned false",
			"transfer Grocery 24 loaf into - out of -",
			"wanted: work 2 baking",
		}, "\n")
		before := k.state()
		dry := k.plan(k.loaves("24"), true)
		if got := strings.Join(dry.lines(), "\n"); got != want {
			t.Errorf("a dry run:\n%s\nwant\n%s", got, want)
		}
		if dry.at("makePlan.plan") != nil || dry.text("makePlan.processes.0.plannedWithin.name") != "bread for the grocery" || k.state() != before || k.ask(`{ plans { edges { node { id } } } }`, nil).good().count("plans.edges") != 0 {
			t.Errorf("a dry run recorded something: %v", dry.at("makePlan.plan"))
		}
		k.key = "once"
		r := k.plan(k.loaves("24"), false)
		if got := strings.Join(r.lines(), "\n"); got != want {
			t.Errorf("the plan:\n%s\nwant\n%s", got, want)
		}
		if fmt.Sprint(r.at("makePlan.plan.fulfilment")) != "map[deliverables:map[promises:1] isDone:false percent:0 processes:2]" || r.count("makePlan.plan.processes") != 2 ||
			r.text("makePlan.plan.independentDemands.0.id") != r.text("makePlan.deliveries.0.commitment.id") || r.text("makePlan.deliveries.0.at") != "2030-06-10T12:00:00Z" || r.at("makePlan.deliveries.0.late") != nil {
			t.Errorf("the plan: %v, %v", r.at("makePlan.plan"), r.at("makePlan.deliveries"))
		}
		again := k.plan(k.loaves("24"), false)
		if again.text("makePlan.plan.id") != r.text("makePlan.plan.id") || again.count("makePlan.commitments") != r.count("makePlan.commitments") {
			t.Errorf("a repetition makes another plan: %v", again.at("makePlan.plan"))
		}
		k.key = ""

		// Of the flour 11.25 kg are left. 30 loaves take 24 kg of dough and 15 kg of
		// flour: 3.75 are short, and the mill gave some before.
		short := k.plan(k.loaves("30"), false)
		if got := short.lines(); !slices.Contains(got, "short: 3.75 flour, NO_RECIPE") {
			t.Errorf("the second plan: %s", strings.Join(got, "\n"))
		}
		now := k.ask(`query($p: ID!) { shortages(plan: $p) { resourceConformsTo { name } quantity { hasNumericalValue hasUnit { label } } due code flow { __typename } from { agent { name } last } } }`, vars{"p": short.text("makePlan.plan.id")}).good()
		var told []string
		for i := range now.count("shortages") {
			told = append(told, fmt.Sprint(now.at(fmt.Sprintf("shortages.%d", i))))
		}
		if all := strings.Join(told, "\n"); len(told) != 2 || !strings.Contains(all, "3.75") || !strings.Contains(all, "agent:map[name:Mill] last:2026-01-02T12:00:00Z") || !strings.Contains(all, "__typename:Intent") {
			t.Errorf("what is short: %s", all)
		}

		for path, change := range map[string]vars{
			"plan.demands":       {"demands": []vars{}},
			"plan.demands.0.due": {"demands": []vars{{"resourceConformsTo": k.loaf, "resourceQuantity": of("1", apiece)}}},
			"plan.start":         {"direction": "forward"},
		} {
			request := k.loaves("1")
			for field, value := range change {
				request[field] = value
			}
			k.ask(makePlan, vars{"p": request}).refused("REQUIRED", path)
		}
		unknown := k.loaves("1")
		unknown["demands"].([]vars)[0]["resourceConformsTo"] = k.grocery
		k.ask(makePlan, vars{"p": unknown}).refused("UNKNOWN_REFERENCE", "plan.demands.0.resourceConformsTo")
		// A member plans for the LAB, where its policy lets members record, and for
		// no other; an auditor for none.
		request := k.loaves("1")
		const name = `mutation($p: PlanRequestParams!) { makePlan(plan: $p) { plan { name } } }`
		b.as("Olga", node.Auditor).ask(name, vars{"p": request}).refused("FORBIDDEN")
		b.as("Bea", node.Member).ask(name, vars{"p": request}).good()
		request["agent"] = k.grocery
		b.as("Bea", node.Member).ask(name, vars{"p": request}).refused("FORBIDDEN")
	})
}

// The plan for 24 loaves takes 2 + 1 = 3 hours, none to spare; an hour, where
// it is due at 13:00. When kneading ends two hours late, at 13:00, baking moves to
// 13:00 - 14:00, and the loaves come 2 x 3,600 = 7,200 seconds late.
func TestPlanningReplan(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		k := b.bakery(b.steward())
		r := k.plan(k.loaves("24"), false)
		plan, bake, knead := r.text("makePlan.plan.id"), r.text("makePlan.processes.0.id"), r.text("makePlan.processes.1.id")
		if r.text("makePlan.processes.0.name") != "bake" {
			bake, knead = knead, bake
		}
		const path = `query($p: ID!, $due: DateTime) { criticalPath(plan: $p, due: $due) { begin end longest { id } steps { process { id } earliestStart earliestEnd latestStart latestEnd float { numericDuration unitType } freeFloat { numericDuration } critical } } }`
		step := func(process, start, end, late, float, free string, critical bool) string {
			return fmt.Sprintf("map[critical:%v earliestEnd:2030-06-10T%s:00:00Z earliestStart:2030-06-10T%s:00:00Z float:map[numericDuration:%s unitType:second] freeFloat:map[numericDuration:%s] latestEnd:2030-06-10T%s:00:00Z latestStart:%s process:map[id:%s]]",
				critical, end, start, float, free, late, "2030-06-10T"+map[string]string{knead + "11": "09", bake + "12": "11", knead + "12": "10", bake + "13": "12"}[process+late]+":00:00Z", process)
		}
		for due, want := range map[any][]string{
			nil:                    {step(knead, "09", "11", "11", "0", "0", true), step(bake, "11", "12", "12", "0", "0", true)},
			"2030-06-10T13:00:00Z": {step(knead, "09", "11", "12", "3600", "0", false), step(bake, "11", "12", "13", "3600", "3600", false)},
		} {
			r = k.ask(path, vars{"p": plan, "due": due}).good()
			for i := range want {
				if got := fmt.Sprint(r.at(fmt.Sprintf("criticalPath.steps.%d", i))); got != want[i] {
					t.Errorf("due %v: %s\nwant %s", due, got, want[i])
				}
			}
			if got := r.ids("criticalPath.longest"); !slices.Equal(got, []string{knead, bake}) || r.text("criticalPath.begin") != "2030-06-10T09:00:00Z" || r.text("criticalPath.end") != "2030-06-10T12:00:00Z" {
				t.Errorf("due %v: %v", due, r.Data)
			}
		}

		const replan = `mutation($p: ID!, $c: [PlanChangeParams!], $e: ID, $apply: Boolean) { replan(plan: $p, changes: $c, lateEvent: $e, apply: $apply) {
			moves { process { id } wasBegin wasEnd begin end later { numericDuration } because { ... on Process { id } } } late { commitment { id } due at late { numericDuration } } gaps { flow { __typename } process { id } resourceConformsTo { name } quantity { hasNumericalValue hasUnit { label } } from until } } }`
		late := vars{"p": plan, "c": []vars{{"process": knead, "at": "2030-06-10T13:00:00Z"}}}
		r = k.ask(replan, late).good()
		if got, want := fmt.Sprint(r.at("replan.moves.1")), fmt.Sprintf("map[because:map[id:%s] begin:2030-06-10T13:00:00Z end:2030-06-10T14:00:00Z later:map[numericDuration:7200] process:map[id:%s] wasBegin:2030-06-10T11:00:00Z wasEnd:2030-06-10T12:00:00Z]", knead, bake); got != want {
			t.Errorf("what moves: %s\nwant %s", got, want)
		}
		if r.count("replan.moves") != 2 || r.text("replan.late.0.at") != "2030-06-10T14:00:00Z" || r.text("replan.late.0.late.numericDuration") != "7200" {
			t.Errorf("what comes late: %v", r.Data)
		}
		ends := func() string {
			r := k.ask(`query($p: ID!) { process(id: $p) { hasEnd } }`, vars{"p": bake}).good()
			return r.text("process.hasEnd")
		}
		if got := ends(); got != "2030-06-10T07:00:00-05:00" {
			t.Errorf("a dry run moves baking to %s", got)
		}
		olga := b.as("Olga", node.Auditor)
		if r := olga.ask(replan, late).good(); r.count("replan.moves") != 2 {
			t.Errorf("an auditor asks what would follow: %v", r.Data)
		}
		late["apply"] = true
		olga.ask(replan, late).refused("FORBIDDEN")
		b.as("Bea", node.Member).ask(replan, late).refused("FORBIDDEN")
		k.ask(replan, late).good()
		if got := ends(); got != "2030-06-10T09:00:00-05:00" {
			t.Errorf("applied, baking ends at %s", got)
		}
		k.ask(replan, vars{"p": plan}).refused("REQUIRED", "changes")
		event := k.event(vars{"action": "transfer", "provider": k.mill, "receiver": k.lab, "resourceConformsTo": k.flour, "resourceQuantity": of("1", kilogram)})
		k.ask(replan, vars{"p": plan, "e": event}).refused("NOT_OF_PLAN", "lateEvent")
		other := b.of(b.newLab("Trucking", "trucks"), "Ada of trucks", node.Steward)
		for _, query := range []string{path, `query($p: ID!) { shortages(plan: $p) { code } }`, replan} {
			said := vars{"p": plan}
			if query == replan {
				said = late
			}
			other.ask(query, said).refused("NOT_FOUND")
		}
	})
}

// Of three offers of onions one is as much as is wanted (50 + 20 points), one a
// part of it (50 + 10), and one nobody has published.
func TestPlanningMatches(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		ada := b.steward()
		onions := ada.kind("Onions")
		intent := func(side, agent, quantity string) string {
			return ada.make("Intent", vars{"action": "transfer", side: agent, "resourceConformsTo": onions, "resourceQuantity": of(quantity, kilogram)})
		}
		farm, garden := ada.organization("Farm"), ada.organization("Garden")
		wanted, part, all := intent("receiver", b.lab.String(), "6"), intent("provider", garden, "2"), intent("provider", farm, "10")
		intent("provider", ada.organization("Field"), "10")
		for _, id := range []string{wanted, part, all} {
			ada.make("Proposal", vars{"publishes": id})
		}
		const query = `query($i: ID!, $n: Int) { matches(intent: $i, first: $n) { intent { id publishedIn { id } } proposal { publishes { id } } agent { name } quantity { hasNumericalValue hasUnit { label } } score reasons { code points } } }`
		r := ada.ask(query, vars{"i": wanted, "n": 20}).good()
		for i, want := range []struct {
			id, agent, quantity string
			score               float64
			code                string
		}{{all, "Farm", "6", 70, "ALL_OF_IT"}, {part, "Garden", "2", 60, "PART_OF_IT"}} {
			at := fmt.Sprintf("matches.%d.", i)
			if r.count("matches") != 2 || r.text(at+"intent.id") != want.id || r.text(at+"proposal.publishes.0.id") != want.id || r.text(at+"agent.name") != want.agent ||
				r.text(at+"quantity.hasNumericalValue") != want.quantity || r.at(at+"score") != want.score || r.text(at+"reasons.0.code") != "SAME_SPECIFICATION" || r.text(at+"reasons.1.code") != want.code {
				t.Errorf("match %d: %v", i, r.Data)
			}
		}
		if n := ada.ask(query, vars{"i": wanted, "n": 1}).good().count("matches"); n != 1 {
			t.Errorf("%d matches, want 1", n)
		}
		for _, n := range []int{0, 101, -1} {
			ada.ask(query, vars{"i": wanted, "n": n}).refused("OUT_OF_RANGE", "first")
		}
		b.of(b.newLab("Trucking", "trucks"), "Ada of trucks", node.Steward).ask(query, vars{"i": wanted}).refused("NOT_FOUND")
	})
}
