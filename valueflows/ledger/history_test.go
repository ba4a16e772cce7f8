package ledger

import (
	"bytes"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"disconode/valueflows"
)

// history is what happened to some stocks, each counted as it happened.
type history struct {
	t       *rapid.T
	stocks  []*valueflows.EconomicResource
	entries []Entry
}

var people = []valueflows.ID{named("ada"), named("farm"), named("mill")}

func newHistory(t *rapid.T) *history {
	h := &history{t: t}
	for i := range 5 {
		owner := people[i%len(people)]
		unit, kind := kilogram, "flour"
		if i == 4 {
			unit, kind = valueflows.One, "dollar"
		}
		h.stocks = append(h.stocks, &valueflows.EconomicResource{
			Record: valueflows.Record{ID: named(fmt.Sprint("stock", i))}, ConformsTo: named(kind), PrimaryAccountable: owner, Custodian: owner,
			AccountingQuantity: &valueflows.Measure{HasUnit: unit}, OnhandQuantity: &valueflows.Measure{HasUnit: unit}, Overdraw: i == 3,
		})
	}
	return h
}

func (h *history) quantity() valueflows.Decimal {
	d, err := valueflows.NewDecimal(rapid.Int64Range(1, 3000).Draw(h.t, "coef"), rapid.IntRange(0, 3).Draw(h.t, "scale"))
	if err != nil {
		h.t.Fatal(err)
	}
	return d
}

// step lets something happen, if it may: what gives is the provider's, what
// gets the receiver's, as the rule of ownership has it.
func (h *history) step() {
	e := &valueflows.EconomicEvent{Action: rapid.SampledFrom(valueflows.ActionIDs).Draw(h.t, "action")}
	e.Position = int64(len(h.entries) + 1)
	e.ID = named(fmt.Sprint("event ", e.Position))
	at := valueflows.Time{Instant: valueflows.Instant(rapid.IntRange(1, 50).Draw(h.t, "when")) * valueflows.Instant(time.Hour/time.Microsecond)}
	e.HasPointInTime = &at
	from := rapid.SampledFrom(h.stocks).Draw(h.t, "R")
	to := rapid.SampledFrom(h.stocks).Draw(h.t, "T")
	e.Provider, e.Receiver = from.PrimaryAccountable, from.PrimaryAccountable
	e.ResourceInventoriedAs = from.ID
	e.ResourceQuantity = &valueflows.Measure{HasNumericalValue: h.quantity(), HasUnit: from.AccountingQuantity.HasUnit}
	e.EffortQuantity = &valueflows.Measure{HasNumericalValue: h.quantity(), HasUnit: valueflows.Hour}
	s := valueflows.Scene{From: from}
	switch rapid.IntRange(0, 4).Draw(h.t, "to") {
	case 0, 1, 2:
		s.To = to
		e.ToResourceInventoriedAs, e.Receiver = to.ID, to.PrimaryAccountable
		if from == to {
			e.Receiver = rapid.SampledFrom(people).Draw(h.t, "receiver")
		}
	case 3:
		e.Receiver = rapid.SampledFrom(people).Draw(h.t, "receiver")
	}
	switch b := valueflows.Actions[e.Action]; b.InputOutput {
	case "input":
		e.InputOf = named("process")
	case "output":
		e.OutputOf = named("process")
	}
	e.ToLocation = named("place")
	h.record(e, s)
}

// mend takes some of an earlier event back, counted as that was.
func (h *history) mend() {
	if len(h.entries) == 0 {
		return
	}
	original := rapid.SampledFrom(h.entries).Draw(h.t, "original")
	if !original.Event.Corrects.IsZero() || handsOver(original.Event) {
		return
	}
	e := *original.Event
	e.Position, e.Corrects = int64(len(h.entries)+1), original.Event.ID
	e.ID = named(fmt.Sprint("event ", e.Position))
	e.ResourceQuantity = &valueflows.Measure{HasNumericalValue: original.Event.ResourceQuantity.HasNumericalValue.Neg(), HasUnit: original.Event.ResourceQuantity.HasUnit}
	e.EffortQuantity = nil
	custody := original.Custody
	s := valueflows.Scene{Custody: &custody}
	for _, r := range h.stocks {
		if r.ID == e.ResourceInventoriedAs {
			s.From = r
		}
		if r.ID == e.ToResourceInventoriedAs {
			s.To = r
		}
	}
	h.record(&e, s)
}

func (h *history) record(e *valueflows.EconomicEvent, s valueflows.Scene) {
	if e.Check() != nil {
		return
	}
	custody := e.Custody(s)
	if e.Apply(s) == nil {
		h.entries = append(h.entries, Entry{e, custody})
	}
}

func drawnHistory(t *rapid.T) (*history, *Ledger) {
	h := newHistory(t)
	for range rapid.IntRange(0, 40).Draw(t, "events") {
		if rapid.IntRange(0, 5).Draw(t, "mistake") == 0 {
			h.mend()
		} else {
			h.step()
		}
	}
	l, err := Of(h.stocks, rapid.Permutation(h.entries).Draw(t, "order"))
	if err != nil {
		t.Fatal(err)
	}
	return h, l
}

func same(a, b valueflows.Decimal) bool { return a.Cmp(b) == 0 }

// Whatever happens: the last balance of each resource is what counting the
// events left there, on hand too; and each agent has what is theirs.
func TestLedgerIsWhatWasCounted(t *testing.T) {
	happened := map[valueflows.Action]bool{}
	rapid.Check(t, func(t *rapid.T) {
		h, l := drawnHistory(t)
		for _, e := range h.entries {
			happened[e.Event.Action] = true
		}
		for _, r := range h.stocks {
			a, err := l.Account(r.ID, 0, 0)
			if err != nil {
				t.Fatal(err)
			}
			if !same(a.Closing.Accounting, r.AccountingQuantity.HasNumericalValue) || !same(a.Closing.Onhand, r.OnhandQuantity.HasNumericalValue) {
				t.Errorf("%s holds %s and %s on hand, its ledger ends with %+v", r.ID, r.AccountingQuantity.HasNumericalValue, r.OnhandQuantity.HasNumericalValue, a.Closing)
			}
			cut := valueflows.Instant(rapid.IntRange(0, 60).Draw(t, "cut")) * valueflows.Instant(time.Hour/time.Microsecond)
			before, err := l.Account(r.ID, 0, max(cut, 1))
			if err != nil {
				t.Fatal(err)
			}
			after, err := l.Account(r.ID, max(cut, 1), 0)
			if err != nil {
				t.Fatal(err)
			}
			if before.Closing != after.Opening && !(same(before.Closing.Accounting, after.Opening.Accounting) && same(before.Closing.Onhand, after.Opening.Onhand)) || len(before.Lines)+len(after.Lines) != len(a.Lines) {
				t.Errorf("cut in two: %+v and %+v", before, after)
			}
		}
		for _, who := range people {
			byResource, _, err := l.Balances([]valueflows.ID{who}, 0)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range h.stocks {
				at := slices.IndexFunc(byResource, func(b Balance) bool { return b.Resource == r.ID })
				var has, theirs Amount
				if at >= 0 {
					has = byResource[at].Amount
				}
				if r.PrimaryAccountable == who {
					theirs = Amount{r.AccountingQuantity.HasNumericalValue, r.OnhandQuantity.HasNumericalValue}
				}
				if !same(has.Accounting, theirs.Accounting) || !same(has.Onhand, theirs.Onhand) {
					t.Errorf("of %s somebody has %+v, and should have %+v", r.ID, has, theirs)
				}
			}
		}
	})
	if len(happened) != len(valueflows.ActionIDs) {
		t.Errorf("only %d of %d actions ever happened", len(happened), len(valueflows.ActionIDs))
	}
}

// What agents got and gave in any period is what their balances changed by, but
// for what is uncounted; one's giving is another's getting; and debits are credits.
func TestStatementIsTheChange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		_, l := drawnHistory(t)
		agents := rapid.SliceOfNDistinct(rapid.SampledFrom(people), 1, 3, rapid.ID).Draw(t, "agents")
		hour := valueflows.Instant(time.Hour / time.Microsecond)
		from := valueflows.Instant(rapid.IntRange(1, 30).Draw(t, "from")) * hour
		until := from + valueflows.Instant(rapid.IntRange(1, 30).Draw(t, "hours"))*hour
		rows, err := l.Statement(agents, from, until)
		if err != nil {
			t.Fatal(err)
		}
		changes := map[rowKey]*valueflows.Sum{}
		add := func(key rowKey, d valueflows.Decimal) {
			if changes[key] == nil {
				changes[key] = &valueflows.Sum{}
			}
			changes[key].Add(d)
		}
		for at, sign := range map[valueflows.Instant]int64{from: -1, until: +1} {
			_, bySpecification, err := l.Balances(agents, at)
			if err != nil {
				t.Fatal(err)
			}
			for _, b := range bySpecification {
				add(rowKey{b.Specification, b.Unit, false}, b.Accounting.Times(sign))
			}
		}
		for _, row := range rows {
			if row.Service {
				continue
			}
			add(rowKey{row.Specification, row.Unit, false}, row.Net.Neg())
			add(rowKey{row.Specification, row.Unit, false}, row.Uncounted)
		}
		for key, sum := range changes {
			if sum.Sign() != 0 {
				t.Errorf("%+v: the balances changed by %s more than the statement says", key, sum)
			}
		}
		balanced(t, l, agents, from, until)
	})
}

// Where all is counted on somebody's resource, nothing is uncounted, and what is
// given to each other is received.
func TestStatementOfTwoSides(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		drawn, _ := drawnHistory(t)
		counted := slices.DeleteFunc(slices.Clone(drawn.entries), func(e Entry) bool {
			if handsOver(e.Event) {
				return true
			}
			effect := valueflows.Actions[e.Event.Action].AccountingEffect
			return e.Event.ToResourceInventoriedAs.IsZero() && (effect == "decrementIncrement" || effect == "incrementTo")
		})
		l, err := Of(drawn.stocks, counted)
		if err != nil {
			t.Fatal(err)
		}
		given, got := map[rowKey]*valueflows.Sum{}, map[rowKey]*valueflows.Sum{}
		for _, who := range people {
			rows, err := l.Statement([]valueflows.ID{who}, 0, 0)
			if err != nil {
				t.Fatal(err)
			}
			for _, row := range rows {
				key := rowKey{row.Specification, row.Unit, row.Service}
				if given[key] == nil {
					given[key], got[key] = &valueflows.Sum{}, &valueflows.Sum{}
				}
				given[key].Add(row.Given)
				got[key].Add(row.Received)
				if !row.Service && row.Uncounted.Sign() != 0 {
					t.Errorf("%+v", row)
				}
			}
		}
		for key := range given {
			if given[key].String() != got[key].String() {
				t.Errorf("%+v: %s was given, and %s received", key, given[key], got[key])
			}
		}
	})
}

// balanced checks that each event is booked as much in debit as in credit.
func balanced(t *rapid.T, l *Ledger, agents []valueflows.ID, from, until valueflows.Instant) {
	bookings, err := l.General(agents, from, until)
	if err != nil {
		t.Fatal(err)
	}
	events := map[valueflows.ID]*valueflows.Sum{}
	for _, b := range bookings {
		if b.Debit.Sign() < 0 || b.Credit.Sign() < 0 || (b.Debit.Sign() == 0) == (b.Credit.Sign() == 0) {
			t.Errorf("%+v", b)
		}
		if events[b.Event.ID] == nil {
			events[b.Event.ID] = &valueflows.Sum{}
		}
		events[b.Event.ID].Add(b.Debit)
		events[b.Event.ID].Add(b.Credit.Neg())
	}
	for id, sum := range events {
		if sum.Sign() != 0 {
			t.Errorf("event %s is booked %s too much in debit", id, sum)
		}
	}
	var first, second bytes.Buffer
	for _, out := range []*bytes.Buffer{&first, &second} {
		if err := WriteCSV(out, bookings, name, time.UTC); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("the same bookings are written in two ways")
	}
}
