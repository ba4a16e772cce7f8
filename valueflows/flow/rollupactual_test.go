package flow

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"disconode/valueflows"
)

// The published figures of NRP (COOPERATIVES.md 2.3): a parent made with two
// tools at 10 and 50 an hour and a child; the child of one hour of work at 25
// and one of two consumables, which cost 100, with 20 of expenses in the same
// exchange: (100 + 20) / 2 = 60. So the child is worth 25 + 60 = 85 and the
// parent 10 + 50 + 85 = 145. The community tool was bought for 1,000 that two
// members gave 600 and 400 of: what its use is worth is theirs, 30 and 20.
func nrp() (*rollupTestBooks, PriceList) {
	b := newRollupBooks()
	for _, name := range []string{"parent", "child", "usable", "community", "consumable"} {
		b.stock(name, name+"-kind", "")
	}
	b.all(`
		raise 1 of usable
		transfer 1 of community-kind by supplier into community for buy-community
		gift1: transfer 600 of dollar by member1 against buy-community
		gift2: transfer 400 of dollar by member2 against buy-community
		transfer 2 of consumable-kind by supplier into consumable for buy-consumable
		pay: transfer 100 of dollar to supplier against buy-consumable
		deliverService 1 of expense-kind by supplier2 for buy-consumable
		expense: transfer 20 of dollar to supplier2 against buy-consumable
		work: work 1 h of skill into make-child
		consume 1 of consumable into make-child
		produce 1 of child from make-child
		use 1 h of usable into make-parent
		use 1 h of community into make-parent
		consume 1 of child into make-parent
		produce 1 of parent from make-parent`)
	return b, priced(`
		work 25 h
		use usable-kind 10 h
		use community-kind 50 h
		usable-kind 100`)
}

func TestRollupNRP(t *testing.T) {
	b, list := nrp()
	r := b.worth(t, list, "parent", RollupOptions{}, "145.00")
	isTold(t, r.Lines, `
		stock  1 = 145
		.made produce 1 = 145
		..used use 1 = 10
		...listed raise 1/10 = 10
		..used use 1 = 50
		...bought transfer 1/20 = 50
		....paid transfer 30 = 30
		....paid transfer 20 = 20
		..taken consume 1 = 85
		...made produce 1 = 85
		....worked work 1 = 25
		....taken consume 1 = 60
		.....bought transfer 1 = 60
		......paid transfer 50 = 50
		......paid transfer 10 = 10`)
	isTold(t, r.Parts, `
		paid transfer 50 = 50
		paid transfer 30 = 30
		worked work 1 = 25
		paid transfer 20 = 20
		paid transfer 10 = 10
		listed raise 1/10 = 10`)
	if len(r.Unpriced)+len(r.Circular) != 0 {
		t.Error(r.Unpriced, r.Circular)
	}
}

// 30 loaves are baked twice, 40 and 20 kg of flour, and half of them is sold.
//
// Flour: 50 kg bought at 0.80 = 40.00 and 25 kg opened at 1.10 = 27.50: 67.50
// for 75 kg, 0.90 a kilogram. First baking: 40 kg = 36.00, 90 minutes of baking
// at 20.00 = 30.00, the oven 2 h at 4.00 = 8.00, a recipe cited at a fixed 6.00,
// and a method cited at 5 % of those 80.00 = 4.00: 84.00 for 60 loaves. Second:
// 20 kg = 18.00, 60 minutes by Ada, whose hour is worth 24.00, the oven 1 h =
// 4.00, the method at 5 % of 46.00 = 2.30: 48.30 for 30. Together 132.30 for 90
// loaves: 1.47 each. Ten of them are 14.70.
func TestRollupBread(t *testing.T) {
	b := newRollupBooks()
	b.stock("flour", "flour-kind", "kg")
	b.stock("bread", "loaf", "")
	b.stock("oven", "oven-kind", "")
	b.all(`
		raise 25 kg of flour
		transfer 50 kg of flour-kind by mill into flour for buy-flour
		transfer 40 of dollar to mill against buy-flour
		consume 40 kg of flour into bake1
		work 90 min of baking by ben into bake1
		use 2 h of oven into bake1
		cite 1 of recipe into bake1
		cite 1 of method into bake1
		produce 60 of bread from bake1
		consume 20000 g of flour into bake2
		work 1 h of baking by ada into bake2
		use 1 h of oven into bake2
		cite 5 % of method into bake2
		produce 30 of bread from bake2
		transfer 45 of bread to shop`)
	list := priced(`
		flour-kind 1.10 kg
		baking work 20 h
		baking work 24 h @ada
		use oven-kind 4 h
		cite recipe 6
		cite method 5%
		oven-kind 900`)
	ten := valueflows.MustDecimal("10")
	r := b.worth(t, list, "bread", RollupOptions{Quantity: &ten}, "1.47")
	if r.Total.RatString() != "147/10" {
		t.Errorf("ten are worth %s", r.Total.RatString())
	}
	var cited []string
	for _, line := range r.Lines {
		if line.Kind == RollupCited {
			cited = append(cited, line.Value.FloatString(4))
		}
	}
	// of 90 loaves, ten: a ninth of 6.00, 4.00 and 2.30
	if got := strings.Join(cited, " "); got != "0.6667 0.4444 0.2556" {
		t.Errorf("the citations are worth %s", got)
	}
}

// What nothing says the worth of is named, and what is known is still counted.
func TestRollupUnpriced(t *testing.T) {
	b := newRollupBooks()
	b.stock("jam", "jam-kind", "kg")
	b.stock("berries", "berry-kind", "kg")
	b.stock("gift", "gift-kind", "")
	b.all(`
		raise 4 kg of berries
		consume 4 kg of berries into cook
		consume 1 kg of sugar into cook
		work 2 h of cooking into cook
		use 1 h of gift into cook
		cite 1 of song into cook
		produce 3 kg of jam from cook
		raise 1 of gift`)
	r := b.worth(t, priced("sugar 1.5 kg\nsong 9\ngift-kind 100"), "jam", RollupOptions{}, "0.50")
	isTold(t, r.Unpriced, `
		unpriced cite 1/3 = 0
		unpriced work 2/3 = 0
		unpriced raise 4/3 = 0
		unpriced use 1/3 = 0`)
	for _, line := range r.Unpriced {
		if line.Why == "" || line.Record.IsZero() {
			t.Errorf("%+v", line)
		}
	}
	lone := newRollupBooks()
	lone.stock("thing", "thing-kind", "kg")
	if r := lone.worth(t, priced("other 1"), "thing", RollupOptions{}, "0.00"); len(r.Unpriced) != 1 {
		t.Error(told(r.Lines))
	}
	lone.worth(t, priced("thing-kind 3 kg"), "thing", RollupOptions{}, "3.00")
	if _, err := RollupActual(lone, priced("other 1"), named("nothing"), RollupOptions{}); code(err) != "UNKNOWN_RESOURCE" {
		t.Error(err)
	}
}

// A household pays 200 of 300 ahead for twelve boxes; five have come, and the
// delivery: a box costs (200 + 100) / 12 = 25, of which 100 / 12 is owed.
func TestRollupOpenClauses(t *testing.T) {
	b := newRollupBooks()
	b.stock("pantry", "box", "")
	b.all(`
		transfer 200 of dollar by home to farm against share
		transfer 5 of box by farm into pantry for share
		deliverService 1 of delivery by farm for share`)
	clause := func(name, action, kind, q string) *valueflows.Commitment {
		c := &valueflows.Commitment{Planned: valueflows.Planned{Action: valueflows.Action(action), ResourceConformsTo: named(kind), ResourceQuantity: measure(q)}}
		c.ID = named(name)
		return c
	}
	b.open = map[valueflows.ID]RollupDeal{named("share"): {
		PrimaryOpen:    []RollupOpen{{clause("boxes", "transfer", "box", "12"), valueflows.MustDecimal("7")}, {clause("deliveries", "deliverService", "delivery", "2"), valueflows.MustDecimal("1")}},
		ReciprocalOpen: []RollupOpen{{clause("money", "transfer", "dollar", "300"), valueflows.MustDecimal("100")}},
	}}
	isTold(t, b.worth(t, priced("box 40"), "pantry", RollupOptions{}, "25.00").Lines, `
		stock  1 = 25
		.bought transfer 1 = 25
		..paid transfer 50/3 = 50/3
		..owed transfer 25/3 = 25/3`)
}

// Sourdough is made with sourdough: it is counted once, and named. And each of
// two that are made of each other is worth what else goes into both.
func TestRollupCircles(t *testing.T) {
	b := newRollupBooks()
	b.stock("dough", "dough-kind", "kg")
	b.all(`
		consume 1 kg of dough into mix
		consume 4 kg of flour into mix
		produce 5 kg of dough from mix`)
	r := b.worth(t, priced("flour 1 kg"), "dough", RollupOptions{}, "0.80")
	if len(r.Circular) != 1 || r.Circular[0].Quantity.RatString() != "1/5" {
		t.Error(told(r.Lines))
	}
	b.stock("to", "dough-kind", "kg")
	b.stock("fro", "dough-kind", "kg")
	b.all(`
		move 1 kg of to into fro
		move 1 kg of fro into to`)
	if r := b.worth(t, priced("flour 1 kg"), "to", RollupOptions{}, "0.00"); len(r.Unpriced) != 1 {
		t.Error(told(r.Lines))
	}
	b.worth(t, priced("dough-kind 2 kg"), "to", RollupOptions{}, "2.00")
}

// A chair is made (2 h), sanded (1 h) and painted (3 h) at 10: worth 20, then
// 30, then 60; and 60 as of now.
func TestRollupStages(t *testing.T) {
	b := newRollupBooks()
	b.stock("chair", "chair-kind", "")
	b.all(`
		work 2 h into make
		produce 1 of chair from make
		accept 1 of chair into sand
		work 1 h into sand
		modify 1 of chair from sand
		accept 1 of chair into paint
		work 3 h into paint
		modify 1 of chair from paint`)
	for _, name := range []string{"make", "sand", "paint"} {
		b.stages[named(name)] = named("stage " + name)
	}
	for stage, want := range map[string]string{"stage make": "20.00", "stage sand": "30.00", "stage paint": "60.00"} {
		b.worth(t, priced("work 10 h"), "chair", RollupOptions{Stage: named(stage)}, want)
	}
	b.worth(t, priced("work 10 h"), "chair", RollupOptions{}, "60.00")
	if _, err := RollupActual(b, priced("work 10 h"), named("chair"), RollupOptions{Stage: named("sold")}); code(err) != "NOT_AT_STAGE" {
		t.Error(err)
	}
}

// Values may be in hours: an hour is worth itself, a kilogram of flour half of one.
func TestRollupHours(t *testing.T) {
	b := newRollupBooks()
	b.stock("bread", "loaf", "")
	b.all(`
		work 90 min of baking into bake
		consume 3 kg of flour into bake
		produce 6 of bread from bake`)
	list := priced("work 1 h\nflour 0.5 kg")
	list.Currency, list.Unit = valueflows.ID{}, valueflows.Hour
	b.worth(t, list, "bread", RollupOptions{}, "0.50")
}

// A level of the walk is one question each: a chain of ten makings asks no more
// about wide levels than about narrow ones.
func TestRollupAsksInSets(t *testing.T) {
	chain := func(width int) int {
		b := newRollupBooks()
		b.stock("a", "thing", "")
		for level := range 10 {
			at, next := string(rune('a'+level)), string(rune('a'+level+1))
			b.stock(next, "thing", "")
			for range width {
				b.happens("consume 1 of " + at + " into make" + next)
			}
			b.happens("produce 1 of " + next + " from make" + next)
		}
		b.asked = 0
		b.worth(t, priced("thing 1"), "k", RollupOptions{}, map[int]string{1: "1.00", 3: "59049.00"}[width])
		return b.asked
	}
	if narrow, wide := chain(1), chain(3); narrow != wide || narrow > 40 {
		t.Errorf("%d questions for a narrow chain, %d for a wide one", narrow, wide)
	}
}

// What is not explained for want of room says so, and all still adds up.
func TestRollupBounds(t *testing.T) {
	b, list := nrp()
	for lines := 1; lines <= 16; lines++ {
		r := b.worth(t, list, "parent", RollupOptions{LinesMax: lines}, "145.00")
		more := slices.ContainsFunc(r.Lines, func(l RollupLine) bool { return l.More })
		if len(r.Lines) > lines || more != (len(r.Lines) < 15) {
			t.Errorf("%d lines of at most %d, more: %v", len(r.Lines), lines, more)
		}
	}
	for depth := 1; depth <= 6; depth++ {
		r := b.worth(t, list, "parent", RollupOptions{DepthMax: depth}, "145.00")
		for _, line := range r.Lines {
			if line.Depth > depth || line.More && line.Depth != depth {
				t.Errorf("%+v", line)
			}
		}
	}
	if _, err := RollupActual(b, list, named("parent"), RollupOptions{RecordsMax: 5}); code(err) != "TOO_MUCH" {
		t.Error(err)
	}
}

// code is that of an input error.
func code(err error) string {
	var input *valueflows.InputError
	if errors.As(err, &input) {
		return input.Code
	}
	return ""
}
