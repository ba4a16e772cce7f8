package flow

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"disconode/valueflows"

	"pgregory.net/rapid"
)

// quantities gives events of a story their quantity in kilograms, in their order;
// - for none.
func (s *story) quantities(numbers string) {
	words := strings.Fields(numbers)
	if len(words) != len(s.events) {
		s.t.Fatalf("%d quantities of %d events", len(words), len(s.events))
	}
	for i, word := range words {
		if word != "-" {
			s.events[i].ResourceQuantity = &valueflows.Measure{HasNumericalValue: valueflows.MustDecimal(word), HasUnit: s.id("kg")}
		}
	}
}

// network draws the edges of a network of a story.
func (s *story) network(o NetworkOptions) string {
	s.t.Helper()
	n := NewNetwork(o)
	for _, e := range s.events {
		if err := n.Add(e); err != nil {
			s.t.Fatal(err)
		}
	}
	return s.edges(n)
}

func (s *story) edges(n *Network) string {
	s.t.Helper()
	edges, err := n.Edges()
	if err != nil {
		s.t.Fatal(err)
	}
	var lines []string
	for _, e := range edges {
		lines = append(lines, fmt.Sprintf("%s > %s %s %s in %d", s.names[e.From], s.names[e.To], e.Quantity.HasNumericalValue, s.names[e.Quantity.HasUnit], e.Events))
	}
	return strings.Join(lines, "\n")
}

// same compares drawn edges in any order.
func (s *story) same(what, got, want string) {
	s.t.Helper()
	lines := func(text string) string {
		var lines []string
		for line := range strings.Lines(text) {
			if line = strings.TrimSpace(line); line != "" {
				lines = append(lines, line)
			}
		}
		slices.Sort(lines)
		return strings.Join(lines, "\n")
	}
	if lines(got) != lines(want) {
		s.t.Errorf("%s:\n%s\nwant\n%s", what, lines(got), lines(want))
	}
}

const bakery = `
	g1 consume in:milling1 R:grain
	f1 produce out:milling1 R:flour
	b1 consume in:baking1 R:flour
	f2 produce out:milling2 R:flour
	b2 consume in:baking2 R:flour
	l2 produce out:baking2 R:loaves
	k2 work    in:baking2
`

// Flour of two millings in one stock: 10 kg, of which the first baking takes 4,
// then 5 kg more. The second baking takes 8: the 6 that are left of the first
// milling, then 2 of the second. It gives 1 back: one of the second's.
func TestNetworkOfProcesses(t *testing.T) {
	s := tell(t, bakery)
	s.quantities("12 10 4 5 8 20 -")
	o := NetworkOptions{Between: BetweenProcesses}
	s.same("as recorded", s.network(o), `
		milling1 > baking1 4 kg in 1
		milling1 > baking2 6 kg in 1
		milling2 > baking2 2 kg in 1
	`)
	s.tell(`b3 consume in:baking2 R:flour corrects:b2`)
	s.quantities("12 10 4 5 8 20 - -1")
	s.same("with 1 given back", s.network(o), `
		milling1 > baking1 4 kg in 1
		milling1 > baking2 6 kg in 1
		milling2 > baking2 1 kg in 2
	`)
	s.tell(`b4 consume in:baking1 R:flour`)
	s.quantities("12 10 4 5 8 20 - -1 9")
	s.same("the rest, and 5 from nowhere", s.network(o), `
		milling1 > baking1 4 kg in 1
		milling1 > baking2 6 kg in 1
		milling2 > baking2 1 kg in 2
		milling2 > baking1 4 kg in 1
	`)
	o.Group = func(p valueflows.ID) valueflows.ID { return s.id(strings.TrimRight(s.names[p], "12")) }
	s.same("by what they are based on", s.network(o), `
		milling > baking 15 kg in 4
	`)
	// Of a period are the events of the period, out of the stock of before.
	for i, e := range s.events {
		e.HasPointInTime = &valueflows.Time{Instant: valueflows.Instant(i + 1)}
	}
	s.same("b2 alone", s.network(NetworkOptions{Between: BetweenProcesses, From: 5, Until: 6}), `
		milling1 > baking2 6 kg in 1
		milling2 > baking2 2 kg in 1
	`)
}

// Made too much by 3, of which the shop has got some; what was moved keeps where
// it is from; a tool that is used stays; a service goes from hand to hand.
func TestNetworkOfStocks(t *testing.T) {
	s := tell(t, `
		f1 produce out:milling R:flour
		f2 produce out:milling R:flour corrects:f1
		m1 transfer R:flour T:shop
		m2 transferAllRights R:flour T:shop
		b1 consume in:baking R:shop
		t1 produce out:forging R:knife
		t2 use in:baking R:knife
		t3 cite in:cutting R:knife
		c1 copy R:knife T:knife2
		t4 use in:baking R:knife2
		r1 raise R:shop
		b2 consume in:frying R:shop
		r2 lower R:shop
		d1 deliverService out:driving in:baking
		m3 transfer R:flour T:shop
		b3 consume in:last R:flour
		t5 use in:polishing R:knife
		w1 produce out:wasting
		w2 consume in:burning
	`)
	s.quantities("10 -3 6 6 2 1 1 1 1 1 5 6 1 7 -1 9 - 3 3")
	s.event("t5").EffortQuantity = &valueflows.Measure{HasNumericalValue: valueflows.MustDecimal("2"), HasUnit: s.id("hours")}
	// 10 - 3 made; 6 to the shop, 1 stays. The shop gives 2 to baking, then of 4 + 5
	// 6 to frying: 4 of the milling's. 1 of the raise's is lost; 4 of them are left, and
	// the 1 that goes back is theirs. Of the flour there are then 1 of the milling's and
	// 1 of nobody's. The waste and what is burnt are of kinds that nobody knows: they may be
	// anything.
	s.same("stocks", s.network(NetworkOptions{Between: BetweenProcesses}), `
		milling > baking 2 kg in 1
		milling > frying 4 kg in 1
		milling > last 1 kg in 1
		forging > baking 2 kg in 2
		forging > cutting 1 kg in 1
		driving > baking 7 kg in 1
		forging > polishing 2 hours in 1
	`)
}

// What was sold is gone: of 5 of the first baker's, 4 went to somebody whose stock
// nobody counts, so of the 3 eaten later 1 is the first's and 2 are the second's.
// Between stocks of one agent, a move without a second stock leaves it there.
func TestNetworkOfWhatWasSold(t *testing.T) {
	s := tell(t, `
		f1 produce out:first R:loaves
		m1 move R:loaves
		s1 transfer R:loaves
		f2 produce out:second R:loaves
		e1 consume in:eating R:loaves
	`)
	s.quantities("5 5 4 5 3")
	s.event("s1").Provider, s.event("s1").Receiver = s.id("baker"), s.id("shopper")
	s.same("what is left", s.network(NetworkOptions{Between: BetweenProcesses}), `
		first > eating 1 kg in 1
		second > eating 2 kg in 1
	`)
}

// What corrections take back is as if it had not been: a milling of 3 that was
// none; 2 of 3 given back, which are then again the first in stock; 3 sent by
// mistake.
func TestNetworkCorrected(t *testing.T) {
	s := tell(t, `
		a1 produce out:first R:flour
		b1 consume in:baking R:flour
		a2 produce out:first R:flour
		a3 produce out:first R:flour corrects:a2
		o1 produce out:second R:flour
		b2 consume in:baking R:flour
	`)
	s.quantities("4 4 3 -3 5 5")
	o := NetworkOptions{Between: BetweenProcesses}
	s.same("made by mistake", s.network(o), `
		first > baking 4 kg in 1
		second > baking 5 kg in 1
	`)
	// 2 and 2 in stock, of which 3 are taken, and 1 of the second and 1 of the first given back.
	s = tell(t, `
		a1 produce out:first R:flour
		o1 produce out:second R:flour
		b1 consume in:baking R:flour
		b2 consume in:baking R:flour corrects:b1
		c1 consume in:frying R:flour
	`)
	s.quantities("2 2 3 -2 2")
	s.same("taken by mistake", s.network(o), `
		first > baking 1 kg in 2
		first > frying 1 kg in 1
		second > frying 1 kg in 1
	`)
	s = tell(t, `
		a1 produce out:first R:flour
		m1 transfer R:flour T:shop
		m2 transfer R:flour T:shop corrects:m1
		b1 consume in:baking R:flour
	`)
	s.quantities("3 3 -3 3")
	s.same("sent by mistake", s.network(o), `
		first > baking 3 kg in 1
	`)
}

// Between kinds of things and processes, and between agents: the same bakery.
// Alice mills and gives the flour to Bob, who bakes for three hours.
func TestNetworkOfKindsAndAgents(t *testing.T) {
	s := tell(t, bakery+`
		gift transfer R:flour T:bobs
		oops transfer R:flour T:bobs corrects:gift
		back transfer R:bobs T:flour
	`)
	s.quantities("12 10 4 5 8 20 - 3 -3 0.5")
	s.event("k2").EffortQuantity = &valueflows.Measure{HasNumericalValue: valueflows.MustDecimal("3"), HasUnit: s.id("hours")}
	s.event("k2").ResourceConformsTo = s.id("skill")
	kinds := NetworkOptions{Specification: func(r valueflows.ID) valueflows.ID { return s.id("some " + s.names[r]) }}
	s.same("kinds", s.network(kinds), `
		some grain > milling1 12 kg in 1
		milling1 > some flour 10 kg in 1
		some flour > baking1 4 kg in 1
		milling2 > some flour 5 kg in 1
		some flour > baking2 8 kg in 1
		baking2 > some loaves 20 kg in 1
		skill > baking2 3 hours in 1
	`)
	s.same("kinds that nobody knows", s.network(NetworkOptions{}), `
		skill > baking2 3 hours in 1
	`)
	for _, e := range s.events {
		e.Provider, e.Receiver = s.id("alice"), s.id("alice")
	}
	for _, name := range []string{"gift", "oops", "k2"} {
		s.event(name).Receiver = s.id("bob")
	}
	s.event("back").Provider = s.id("bob")
	s.same("agents", s.network(NetworkOptions{Between: BetweenAgents}), `
		alice > bob 3 hours in 1
		bob > alice 0.5 kg in 1
	`)
}

// A sum past 18 digits is an error, not another number.
func TestNetworkOverflow(t *testing.T) {
	s := tell(t, `
		a work in:p
		b work in:p
	`)
	s.quantities("999999999999999999 1")
	n := NewNetwork(NetworkOptions{Between: BetweenAgents})
	for _, e := range s.events {
		e.Provider, e.Receiver = s.id("alice"), s.id("bob")
		if err := n.Add(e); err != nil {
			t.Fatal(err)
		}
	}
	var input *valueflows.InputError
	if _, err := n.Edges(); !errors.As(err, &input) || input.Code != "OUT_OF_RANGE" {
		t.Errorf("%v, want OUT_OF_RANGE", err)
	}
}

// Whatever is put into a stock and taken out: each took no more than was there, and
// what went on and what is left are what was put in.
func TestNetworkConserves(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := tell(t, "")
		var numbers []string
		var put, there int64
		took := map[string]int64{}
		for i := range rapid.IntRange(1, 30).Draw(rt, "events") {
			q := rapid.Int64Range(1, 9).Draw(rt, "quantity")
			who := rapid.IntRange(1, 3).Draw(rt, "process")
			if rapid.Bool().Draw(rt, "puts") {
				s.tell(fmt.Sprintf("e%d produce out:made%d R:stock", i, who))
				put, there = put+q, there+q
			} else {
				s.tell(fmt.Sprintf("e%d consume in:took%d R:stock", i, who))
				took[fmt.Sprintf("took%d", who)] += min(q, there)
				there -= min(q, there)
			}
			numbers = append(numbers, fmt.Sprint(q))
		}
		s.quantities(strings.Join(numbers, " "))
		n := NewNetwork(NetworkOptions{Between: BetweenProcesses})
		for _, e := range s.events {
			if err := n.Add(e); err != nil {
				rt.Fatal(err)
			}
		}
		edges, err := n.Edges()
		if err != nil {
			rt.Fatal(err)
		}
		for _, e := range edges {
			took[s.names[e.To]] -= e.Quantity.HasNumericalValue.Coef()
			put -= e.Quantity.HasNumericalValue.Coef()
		}
		if put != there {
			rt.Fatalf("%d are left, want %d", put, there)
		}
		for who, rest := range took {
			if rest != 0 {
				rt.Fatalf("%s took %d more than it got", who, rest)
			}
		}
	})
}
