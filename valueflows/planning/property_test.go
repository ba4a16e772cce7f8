package planning

import (
	"fmt"
	"math/big"
	"math/rand"
	"reflect"
	"testing"

	"disconode/valueflows"

	"pgregory.net/rapid"
)

// anything is a request and books at random: recipes of up to 9 things, which
// may run in circles, count in pieces or dozens and have by-products and stages, some stock, some that is
// scheduled, exchanges, and demands of all priorities.
func anything(t *rapid.T) (Request, Books) {
	var b Books
	count := rapid.IntRange(2, 9).Draw(t, "things")
	thing := rapid.Custom(func(t *rapid.T) string { return fmt.Sprintf("t%d", rapid.IntRange(0, count-1).Draw(t, "thing")) })
	number := rapid.SampledFrom([]string{"1", "2", "3", "7", "0.5", "12"})
	pieces := rapid.SampledFrom([]string{" one", " one", " dozen"})
	some := rapid.Custom(func(t *rapid.T) string { return number.Draw(t, "number") + pieces.Draw(t, "unit") })
	kindOf := rapid.Custom(func(t *rapid.T) string {
		return thing.Draw(t, "of") + rapid.SampledFrom([]string{"", "", "", "/p0", "/p1", "//raw"}).Draw(t, "stage")
	})
	for i := range rapid.IntRange(0, 8).Draw(t, "recipes") {
		var inputs, outputs []string
		for range rapid.IntRange(0, 3).Draw(t, "inputs") {
			action := rapid.SampledFrom([]string{"consume", "consume", "accept", "use", "cite", "combine", "deliverService"}).Draw(t, "input")
			inputs = append(inputs, action+" "+some.Draw(t, "quantity")+" "+kindOf.Draw(t, "kind"))
		}
		if rapid.Bool().Draw(t, "work") {
			inputs = append(inputs, "work "+number.Draw(t, "hours")+" hour skill")
		}
		for range rapid.IntRange(1, 3).Draw(t, "outputs") {
			action := rapid.SampledFrom([]string{"produce", "produce", "modify", "deliverService"}).Draw(t, "output")
			outputs = append(outputs, action+" "+some.Draw(t, "quantity")+" "+thing.Draw(t, "made")+rapid.SampledFrom([]string{"", "//raw"}).Draw(t, "state"))
		}
		lasts := []string{"0 hour", "1 hour", "1 day", "1 month"}
		if i == 1 { // it takes longer the more it makes, and no process takes a thousand years
			lasts = lasts[:2]
		}
		b.process(fmt.Sprintf("p%d", i), rapid.SampledFrom(lasts).Draw(t, "duration"), inputs, outputs)
	}
	for i := range rapid.IntRange(0, 2).Draw(t, "exchanges") {
		b.exchange(fmt.Sprintf("e%d", i), []string{"transfer " + some.Draw(t, "quantity") + " " + thing.Draw(t, "given")},
			[]string{"transfer " + some.Draw(t, "quantity") + " " + thing.Draw(t, "returned")})
	}
	for i := range rapid.IntRange(0, 5).Draw(t, "stock") {
		b.stock(fmt.Sprintf("s%d", i), kindOf.Draw(t, "kind"), some.Draw(t, "quantity"))
	}
	day := func(label string) string {
		return fmt.Sprintf("2026-%02d-%02dT12:00Z", rapid.IntRange(1, 3).Draw(t, label), rapid.IntRange(1, 3).Draw(t, label))
	}
	for i := range rapid.IntRange(0, 3).Draw(t, "scheduled") {
		b.Outputs = append(b.Outputs, Output{
			Flow: id(fmt.Sprintf("o%d", i)), Kind: kind(kindOf.Draw(t, "kind")), Free: *measure(some.Draw(t, "quantity")), At: moment(day("at")),
		})
	}
	yes := true
	for i := range count {
		b.specification(fmt.Sprintf("t%d", i), func(s *valueflows.ResourceSpecification) {
			if rapid.Bool().Draw(t, "substitutable") {
				s.Substitutable = &yes
			}
		})
	}
	r := Request{
		Agent: id("coop"), Plan: id("plan"), Direction: rapid.SampledFrom([]Direction{Backward, Forward}).Draw(t, "direction"), Start: moment("2026-01-01T00:00Z"),
		Together:    rapid.SampledFrom([]Period{SameInstant, SameDay, SameMonth}).Draw(t, "together"),
		Substitutes: map[ID][]ID{id("t0"): {id("t1")}, id("t1"): {id("t0"), id("t2")}},
		Providers:   map[ID]ID{},
		Sizes:       map[ID]Size{id("p0"): {Minimum: dec("5"), Multiple: dec("5")}, id("p1"): {Longer: true}},
	}
	for i := range count {
		if rapid.Bool().Draw(t, "known") {
			r.Providers[id(fmt.Sprintf("t%d", i))] = id("friend")
		}
	}
	for range rapid.IntRange(1, 5).Draw(t, "demands") {
		d := demand(kindOf.Draw(t, "wanted"), some.Draw(t, "quantity"), day("due"))
		d.Priority = rapid.IntRange(0, 1).Draw(t, "priority")
		if rapid.Bool().Draw(t, "for another") {
			d.Receiver = id("ann")
		}
		r.Demands = append(r.Demands, d)
	}
	return r, b
}

// Whatever the recipes: nothing is lost ([conserved]), all of each need is met
// from something or asked for, what feeds a process is there when it begins,
// and the order in which the books are read changes nothing.
func TestAnyPlan(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		r, b := anything(rt)
		d, err := Make(r, b, numbered())
		if err != nil {
			rt.Fatal(err)
		}
		conserved(rt, r, b, d)
		met(rt, r, d)
		inTime(rt, r, d)
		seed := rapid.Int64().Draw(rt, "shuffle")
		again, err := Make(r, shuffled(b, seed), numbered())
		if err != nil || !reflect.DeepEqual(d, again) {
			rt.Fatalf("another order gives another plan: %v\n%v\n%v", err, lines(d), lines(again))
		}
	})
}

// met checks that allocations meet each demand, and each input that is taken.
func met(t *rapid.T, r Request, d *Draft) {
	got := map[any]*valueflows.Sum{}
	for _, a := range d.Allocations {
		var to any = a.For
		if a.For.IsZero() {
			to = a.Demand
		}
		if got[to] == nil {
			got[to] = &valueflows.Sum{}
		}
		got[to].Add(based(&a.Quantity).HasNumericalValue)
	}
	check := func(what any, q *valueflows.Measure) {
		if s := got[what]; s == nil || s.String() != based(q).HasNumericalValue.Normal().String() {
			t.Fatalf("%v is met by %v, want %s\n%v", what, s, q.HasNumericalValue, lines(d))
		}
	}
	for i, demand := range r.Demands {
		check(i, &demand.Quantity)
	}
	for _, c := range d.Commitments {
		if !c.InputOf.IsZero() && isTaken(c.Action) && c.Provider == r.Agent {
			check(c.ID, c.ResourceQuantity)
		}
	}
}

// inTime checks that what the plan makes for a process is there when it begins,
// and that no process takes longer or less than it should.
func inTime(t *rapid.T, r Request, d *Draft) {
	process := map[ID]*valueflows.Process{}
	for _, p := range d.Processes {
		process[p.ID] = p
		if p.HasEnd.Instant < p.HasBeginning.Instant || r.Direction == Forward && p.HasBeginning.Instant < r.Start.Instant {
			t.Fatalf("%s from %s to %s", p.Name, p.HasBeginning, p.HasEnd)
		}
	}
	flows := map[ID]*valueflows.Planned{}
	for _, c := range d.Commitments {
		flows[c.ID] = &c.Planned
	}
	for _, i := range d.Intents {
		flows[i.ID] = &i.Planned
	}
	for _, a := range d.Allocations {
		if !a.Planned {
			continue
		}
		there := flows[a.Flow].At()
		if p := process[flows[a.Flow].OutputOf]; p != nil {
			there = p.HasEnd.Instant
		}
		if a.For.IsZero() {
			if d.Deliveries[a.Demand].At < there {
				t.Fatalf("demand %d is met at %v by what comes later", a.Demand, d.Deliveries[a.Demand])
			}
		} else if p := process[flows[a.For].InputOf]; p != nil && there > p.HasBeginning.Instant {
			t.Fatalf("%s begins before what it needs is there\n%v", p.Name, lines(d))
		}
	}
}

func shuffled(b Books, seed int64) Books {
	random := rand.New(rand.NewSource(seed))
	b.RecipeProcesses, b.RecipeFlows, b.RecipeExchanges = shuffle(random, b.RecipeProcesses), shuffle(random, b.RecipeFlows), shuffle(random, b.RecipeExchanges)
	b.Stock, b.Outputs, b.Specifications = shuffle(random, b.Stock), shuffle(random, b.Outputs), shuffle(random, b.Specifications)
	return b
}

func shuffle[T any](random *rand.Rand, all []T) []T {
	mixed := append([]T(nil), all...)
	random.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
	return mixed
}

// scaled is quantity × need ÷ per: exactly where it says so, else off by less
// than 10^-6, or than the last of 18 digits, and never on the wrong side.
func TestScaled(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(what string, least int64) valueflows.Decimal {
			d, err := valueflows.NewDecimal(rapid.Int64Range(least, 99_999).Draw(t, what), rapid.IntRange(0, 4).Draw(t, what))
			if err != nil {
				t.Fatal(err)
			}
			return d
		}
		quantity, need, per, up := draw("quantity", 0), draw("need", 0), draw("per", 1), rapid.Bool().Draw(t, "up")
		got, exact, err := scaled(quantity, need, per, up)
		want := rat(quantity)
		want.Mul(want, rat(need)).Quo(want, rat(per))
		if err != nil { // what is drawn comes to 15 digits before the point at most
			t.Fatalf("%s × %s ÷ %s: %v", quantity, need, per, err)
		}
		near := new(big.Rat).SetFrac(want.Num(), new(big.Int).Mul(want.Denom(), pow10(17))) // where 18 digits leave fewer after the point
		if six := rat(dec("0.000001")); near.Cmp(six) < 0 {
			near = six
		}
		off := want.Sub(rat(got), want)
		if exact != (off.Sign() == 0) || up && off.Sign() < 0 || !up && off.Sign() > 0 || off.Abs(off).Cmp(near) >= 0 {
			t.Fatalf("%s × %s ÷ %s: %s, exact %t, off by %s", quantity, need, per, got, exact, off.RatString())
		}
	})
}
