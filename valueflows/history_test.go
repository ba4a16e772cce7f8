package valueflows

import (
	"errors"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Whatever happens among a few agents and stocks, legal or not: what fails
// changes nothing; what is given is got, per specification and unit; what an
// event says that it does to accounts is what it did; nothing falls below zero
// that may not; and what is taken back in full leaves what there was.
func TestHistories(t *testing.T) {
	happened := map[Action]bool{}
	rapid.Check(t, func(t *rapid.T) {
		h := newHistory(t)
		for range rapid.IntRange(1, 60).Draw(t, "events") {
			if e, ok := h.step(); ok {
				happened[e.Action] = true
			}
		}
		h.takeBack()
	})
	if len(happened) != len(ActionIDs) {
		t.Errorf("only %d of %d actions ever happened", len(happened), len(ActionIDs))
	}
}

// history is what happened to some stocks.
type history struct {
	t      *rapid.T
	stocks []*EconomicResource
	done   []happening
}

// happening is an event, what it acted upon, and the stocks before.
type happening struct {
	event   *EconomicEvent
	scene   Scene
	custody Custody
	before  []EconomicResource
}

var agents = []ID{alice, bob, carol}

func newHistory(t *rapid.T) *history {
	h := &history{t: t}
	for i := range 6 {
		unit, kind := kilogram, grain
		if i >= 4 {
			unit, kind = One, crate
		}
		quantity := h.quantity()
		owner := h.agent("owner")
		h.stocks = append(h.stocks, &EconomicResource{
			Record: Record{ID: ID{0x80, byte(i)}}, ConformsTo: kind, PrimaryAccountable: owner, Custodian: owner,
			AccountingQuantity: &Measure{quantity, unit}, OnhandQuantity: &Measure{quantity, unit}, Overdraw: i == 3,
		})
		if i == 1 || i == 5 {
			h.stocks[i].CurrentVirtualLocation = "https://files.example"
		}
	}
	return h
}

func (h *history) agent(label string) ID { return rapid.SampledFrom(agents).Draw(h.t, label) }

func (h *history) stock(label string) *EconomicResource {
	return h.stocks[rapid.IntRange(0, len(h.stocks)-1).Draw(h.t, label)]
}

func (h *history) quantity() Decimal {
	d, err := NewDecimal(rapid.Int64Range(0, 3000).Draw(h.t, "coef"), rapid.IntRange(0, 4).Draw(h.t, "scale"))
	if err != nil {
		h.t.Fatal(err)
	}
	return d
}

// copies are the stocks as they are now.
func (h *history) copies() []EconomicResource {
	list := make([]EconomicResource, len(h.stocks))
	for i, stock := range h.stocks {
		list[i] = *stock
		accounting, onhand := *stock.AccountingQuantity, *stock.OnhandQuantity
		list[i].AccountingQuantity, list[i].OnhandQuantity = &accounting, &onhand
	}
	return list
}

// event draws one that may be wrong in any way.
func (h *history) event() (*EconomicEvent, Scene) {
	e := &EconomicEvent{
		Action: rapid.SampledFrom(ActionIDs).Draw(h.t, "action"), Provider: h.agent("provider"), Receiver: h.agent("receiver"),
		ResourceQuantity: &Measure{h.quantity(), kilogram}, EffortQuantity: &Measure{h.quantity(), Hour},
	}
	chance := func(label string) bool { return rapid.Bool().Draw(h.t, label) }
	seldom := func(label string) bool { return rapid.IntRange(0, 9).Draw(h.t, label) == 9 }
	var s Scene
	named := rapid.IntRange(0, 7).Draw(h.t, "resources")
	if named != 0 {
		s.From = h.stock("R")
		e.ResourceInventoriedAs = s.From.ID
		if !seldom("another unit") {
			e.ResourceQuantity.HasUnit = s.From.AccountingQuantity.HasUnit
		}
	}
	if named%2 == 0 {
		s.To = h.stock("T")
		e.ToResourceInventoriedAs = s.To.ID
	}
	if named == 0 || seldom("kind") {
		e.ResourceConformsTo = grain
	}
	if b := Actions[e.Action]; chance("process") {
		s.Stage = packed
		if b.InputOutput == out || b.InputOutput == oin {
			e.OutputOf = packing
		} else if b.InputOutput == inp || seldom("no process of its own") {
			e.InputOf = packing
		}
	}
	if chance("place") {
		e.ToLocation, e.State = market, "fresh"
	}
	if e.Combines() && chance("container") {
		s.Container = h.stock("container").ID
	}
	return e, s
}

// step lets something happen, and tells whether it did.
func (h *history) step() (*EconomicEvent, bool) {
	e, s := h.event()
	var input *InputError
	if err := e.Check(); err != nil {
		if !errors.As(err, &input) || len(input.Path) == 0 {
			h.t.Fatalf("%s: %v", e.Action, err)
		}
		return e, false
	}
	before, custody := h.copies(), e.Custody(s)
	if err := e.Apply(s); err != nil {
		if !errors.As(err, &input) || !slices.Contains([]string{"WRONG_UNIT", "WRONG_SPECIFICATION", "INSUFFICIENT"}, input.Code) || len(input.Path) == 0 {
			h.t.Fatalf("%s: %v", e.Action, err)
		}
		if !reflect.DeepEqual(before, h.copies()) {
			h.t.Fatalf("%s failed, and changed something: %v", e.Action, err)
		}
		return e, false
	}
	h.sound(e, before)
	h.done = append(h.done, happening{e, s, custody, before})
	if rapid.IntRange(0, 3).Draw(h.t, "mistake") == 0 {
		h.takeBackLast()
	}
	return e, true
}

// sound holds what an event did to what it says that it does.
func (h *history) sound(e *EconomicEvent, before []EconomicResource) {
	fromSign, toSign := e.AccountingSigns()
	var accounting, onhand = map[ID]*Sum{}, map[ID]*Sum{}
	for i, stock := range h.stocks {
		was := before[i]
		unit := stock.AccountingQuantity.HasUnit
		if accounting[unit] == nil {
			accounting[unit], onhand[unit] = &Sum{}, &Sum{}
		}
		gained := difference(stock.AccountingQuantity, was.AccountingQuantity)
		accounting[unit].Add(gained)
		onhand[unit].Add(difference(stock.OnhandQuantity, was.OnhandQuantity))

		var says Sum
		if stock.ID == e.ResourceInventoriedAs {
			says.Add(e.ResourceQuantity.HasNumericalValue.Times(fromSign))
		}
		if stock.ID == e.ToResourceInventoriedAs {
			says.Add(e.ResourceQuantity.HasNumericalValue.Times(toSign))
		}
		if want, err := says.Decimal(); err != nil || gained.Cmp(want) != 0 {
			h.t.Fatalf("%s says that it does %s to %s, and did %s", e.Action, want, stock.ID, gained)
		}
		if stock.ID != e.ResourceInventoriedAs && stock.ID != e.ToResourceInventoriedAs && !reflect.DeepEqual(*stock, was) {
			h.t.Fatalf("%s changed another resource", e.Action)
		}
		for _, q := range []struct{ is, was *Measure }{{stock.AccountingQuantity, was.AccountingQuantity}, {stock.OnhandQuantity, was.OnhandQuantity}} {
			if q.is.HasNumericalValue.Sign() < 0 && !stock.Overdraw || q.is.HasUnit != q.was.HasUnit {
				h.t.Fatalf("%s left %s in %s", e.Action, q.is.HasNumericalValue, stock.ID)
			}
		}
	}
	for _, stock := range h.stocks {
		in := stock.Containers()
		if len(in) > 1 && !stock.IsDigital() || slices.Contains(in, stock.ID) || slices.ContainsFunc(in, func(c ID) bool { return len(without(in, c)) != len(in)-1 }) {
			h.t.Fatalf("%s left %s in %v", e.Action, stock.ID, in)
		}
	}
	for unit := range accounting {
		if e.givesAndGets() && (accounting[unit].Sign() != 0 || onhand[unit].Sign() != 0) {
			h.t.Fatalf("%s: of what was given %s is accounted for and %s on hand too much", e.Action, accounting[unit], onhand[unit])
		}
	}
}

func difference(is, was *Measure) Decimal {
	d, err := is.HasNumericalValue.Add(was.HasNumericalValue.Neg())
	if err != nil {
		panic(err)
	}
	return d
}

// givesAndGets tells whether one resource gets what the other gives.
func (e *EconomicEvent) givesAndGets() bool {
	if e.ResourceInventoriedAs.IsZero() || e.ToResourceInventoriedAs.IsZero() {
		return false
	}
	switch e.Action {
	case "transfer", "transferAllRights", "transferCustody", "move":
		return true
	case "pickup", "dropoff", "accept", "modify":
		return e.Provider != e.Receiver
	}
	return false
}

// takeBackLast corrects the last event in full, which leaves the quantities
// that there were before it.
func (h *history) takeBackLast() {
	last := h.done[len(h.done)-1]
	h.done = h.done[:len(h.done)-1]
	back := &EconomicEvent{Action: last.event.Action, Corrects: ID{0x99},
		ResourceQuantity: &Measure{last.event.ResourceQuantity.HasNumericalValue.Neg(), last.event.ResourceQuantity.HasUnit},
		EffortQuantity:   &Measure{last.event.EffortQuantity.HasNumericalValue.Neg(), Hour}}
	for _, err := range []error{back.CheckCorrection(last.event), CheckNet(last.event, []*EconomicEvent{back})} {
		if err != nil {
			h.t.Fatalf("%s: %v", back.Action, err)
		}
	}
	back.ToLocation = last.event.ToLocation // a move needs one
	if err := back.Check(); err != nil {
		h.t.Fatalf("%s, taken back: %v", back.Action, err)
	}
	places := h.copies()
	last.scene.Custody = &last.custody // as it was counted, whoever has it by now
	if err := back.Apply(last.scene); err != nil {
		h.t.Fatalf("%s, taken back: %v", back.Action, err)
	}
	for i, stock := range h.stocks {
		if !stock.AccountingQuantity.Equal(last.before[i].AccountingQuantity) || !stock.OnhandQuantity.Equal(last.before[i].OnhandQuantity) {
			h.t.Fatalf("%s, taken back, leaves %s, and there was %s", back.Action, quantities(stock), quantities(&last.before[i]))
		}
		is, was := *stock, places[i]
		is.AccountingQuantity, is.OnhandQuantity, is.ContainedIn, is.AlsoIn = was.AccountingQuantity, was.OnhandQuantity, was.ContainedIn, was.AlsoIn
		if !reflect.DeepEqual(is, was) {
			h.t.Fatalf("%s, taken back, changed more than quantities", back.Action)
		}
	}
}

// takeBack corrects all that happened, the last first.
func (h *history) takeBack() {
	for len(h.done) > 0 {
		h.takeBackLast()
	}
}
