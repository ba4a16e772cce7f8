package planning

import (
	"fmt"
	"strings"
	"testing"

	"disconode/valueflows"

	"pgregory.net/rapid"
)

// shift writes what follows from changes: moves, late deliverables, gaps.
func shift(t *testing.T, n *Network, changes ...Change) []string {
	t.Helper()
	s, err := n.Replan(changes)
	if err != nil {
		t.Fatal(err)
	}
	time := func(t valueflows.Instant) string {
		if t == 0 {
			return "never"
		}
		return t.Time().Format("15:04")
	}
	var all []string
	for _, m := range s.Moves {
		all = append(all, strings.TrimSpace(fmt.Sprintf("%s %s–%s to %s–%s, %s h %s", name(m.Process), time(m.WasBegin), time(m.WasEnd), time(m.Begin), time(m.End), hours(m.LaterMicros), name(m.Because))))
	}
	for _, l := range s.Late {
		all = append(all, fmt.Sprintf("late %s due %s at %s, %s h", name(l.Commitment), time(l.Due), time(l.At), hours(l.LateMicros)))
	}
	for _, g := range s.Short {
		all = append(all, strings.Join(strings.Fields(fmt.Sprintf("short %s %s %s from %s until %s", written(&g.Quantity), name(g.Kind.Specification), name(g.Process), time(g.From), time(g.Until))), " "))
	}
	return all
}

// bakery mills 8 kg of flour from 6 to 8 of 10 kg of grain that the farm brings
// at 5, bakes 16 loaves of it from 8 to 12, delivers 16 loaves at 13, and makes
// 2 kg of paste of another 2 kg of flour, milled from 9 to 10, at 11.
func bakery() *Network {
	n := network(`
		mill 06:00–08:00:  10 kilogram grain > 8 kilogram flour
		bake 08:00–12:00:  8 kilogram flour > 16 one loaf
		mill2 09:00–10:00:  > 2 kilogram flour
		paste 11:00–12:00:  2 kilogram flour > 2 kilogram paste`)
	farm := &valueflows.Commitment{Record: valueflows.Record{ID: id("farm")}}
	farm.Action, farm.ResourceConformsTo, farm.ResourceQuantity, farm.Due = "transfer", id("grain"), measure("10 kilogram"), moment("2026-01-05T05:00Z")
	order := &valueflows.Commitment{Record: valueflows.Record{ID: id("order")}, IndependentDemandOf: id("plan")}
	order.Action, order.ResourceConformsTo, order.ResourceQuantity, order.Due = "transfer", id("loaf"), measure("16 one"), moment("2026-01-05T13:00Z")
	n.Commitments = append(n.Commitments, farm, order)
	for _, c := range n.Commitments {
		if c.ResourceConformsTo == id("paste") {
			c.IndependentDemandOf, c.Due = id("plan"), moment("2026-01-05T12:00Z")
		}
	}
	return n
}

// Milling ends 2 h late, at 10: baking moves from 8 to 10 and ends at 14, so the
// 16 loaves due at 13 come an hour late. At 8 there are none of the 8 kg of
// flour, until 10; at 13 no loaves until 14. The paste has its own flour.
func TestLateProcess(t *testing.T) {
	same(t, shift(t, bakery(), Change{Process: id("mill"), At: at("2026-01-05T10:00Z")}), `
		mill 06:00–08:00 to 06:00–10:00, 2 h
		bake 08:00–12:00 to 10:00–14:00, 2 h mill
		late order due 13:00 at 14:00, 1 h
		short 8 kilogram flour bake from 08:00 until 10:00
		short 16 one loaf from 13:00 until 14:00`)
}

// The grain comes at 6:30, half an hour late for the milling at 6, and only 6
// of the 10 kg: 10 are missing at 6, and 4 of them never come. All that follows
// moves by half an hour, and the loaves, ready at 12:30, are still in time.
func TestLateAndLittle(t *testing.T) {
	e := &valueflows.EconomicEvent{Fulfills: []ID{id("farm")}, HasPointInTime: moment("2026-01-05T06:30Z"), ResourceQuantity: measure("6 kilogram")}
	same(t, shift(t, bakery(), Changes(e)...), `
		mill 06:00–08:00 to 06:30–08:30, 0.5 h farm
		bake 08:00–12:00 to 08:30–12:30, 0.5 h mill
		short 10 kilogram grain mill from 06:00 until never
		short 8 kilogram flour bake from 08:00 until 08:30`)
}

// An hour of slack swallows an hour; what is earlier moves nobody; what has
// finished stays; what is unknown is refused.
func TestSlack(t *testing.T) {
	n := bakery()
	same(t, shift(t, n, Change{Process: id("mill2"), At: at("2026-01-05T11:00Z")}), "mill2 09:00–10:00 to 09:00–11:00, 1 h")
	same(t, shift(t, n, Change{Process: id("mill2"), At: at("2026-01-05T09:30Z")}), "mill2 09:00–10:00 to 09:00–09:30, -0.5 h")
	yes := true
	n.Processes[1].Finished = &yes
	same(t, shift(t, n, Change{Process: id("mill"), At: at("2026-01-05T08:30Z")}), `
		mill 06:00–08:00 to 06:00–08:30, 0.5 h
		short 8 kilogram flour bake from 08:00 until 08:30`)
	_, err := n.Replan([]Change{{Process: id("nobody")}})
	refused(t, "nobody", err, "NOT_FOUND", "")
	n.Processes[0].HasBeginning, n.Processes[0].HasEnd = nil, nil
	_, err = n.Replan(nil)
	refused(t, "no times", err, "REQUIRED", "")
}

// Whatever is late by some hours: nobody moves further than that, nobody moves
// without a cause, and without a change nothing moves, is late or is short.
func TestAnyDelay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := anyNetwork(t)
		for i, p := range n.Processes { // all have times
			if p.HasBeginning == nil {
				p.HasBeginning = moment(fmt.Sprintf("2026-01-05T%02d:00Z", i))
			}
		}
		for _, c := range n.Commitments {
			c.ResourceQuantity = measure(fmt.Sprintf("%d one", rapid.IntRange(0, 5).Draw(t, "quantity")))
		}
		s, err := n.Replan(nil)
		if err != nil {
			return // a circle among those that take no time
		}
		if len(s.Moves)+len(s.Late)+len(s.Short) > 0 {
			t.Fatalf("nothing changed, yet %+v", s)
		}
		_, end, err := n.times()
		if err != nil {
			t.Fatal(err)
		}
		late := rapid.IntRange(0, len(n.Processes)-1).Draw(t, "late")
		delay := int64(rapid.IntRange(1, 30).Draw(t, "hours")) * 3_600_000_000
		if s, err = n.Replan([]Change{{Process: n.Processes[late].ID, At: end[late] + valueflows.Instant(delay)}}); err != nil {
			t.Fatal(err)
		}
		moved := map[ID]bool{}
		for i, m := range s.Moves {
			if m.LaterMicros <= 0 || m.LaterMicros > delay || m.End-m.Begin != m.WasEnd-m.WasBegin && i > 0 {
				t.Fatalf("late by %d: %+v", delay, m)
			}
			if i == 0 != (m.Process == n.Processes[late].ID) || i > 0 && !moved[m.Because] {
				t.Fatalf("%+v is moved by %s", m, name(m.Because))
			}
			moved[m.Process] = true
		}
		for _, g := range s.Short {
			if g.Quantity.HasNumericalValue.Sign() <= 0 || g.Until != 0 && g.Until <= g.From {
				t.Fatalf("%+v", g)
			}
		}
	})
}
