package node

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"disconode/valueflows"
)

// SECURITY.md S25: whatever legal history happens, what is given is got, per
// specification and unit; the tables are what the journal makes; and what was
// corrected in full is as if it had not been.
func TestS25Conservation(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		b.policy(func(l *Lab) { l.Ownership = false }) // anybody gives from any stock
		rapid.Check(t, func(r *rapid.T) { (&history{b: b, t: r}).run() })
		b.sound()
	})
}

// history is a random one among three agents with stocks of one specification.
type history struct {
	b      *books
	t      *rapid.T
	kind   valueflows.ID
	agents []valueflows.ID
	stocks []valueflows.ID
	inOut  valueflows.Sum // what was raised or produced, less what was lowered or consumed
	done   []*valueflows.EconomicEvent
}

func (h *history) run() {
	h.kind = h.b.specification("Grain")
	h.agents = []valueflows.ID{h.b.organization("A"), h.b.organization("B"), h.b.organization("C")}
	for range 2 {
		h.open()
	}
	for range rapid.IntRange(3, 12).Draw(h.t, "steps") {
		rapid.SampledFrom([]func(){h.open, h.lower, h.give, h.give, h.giveNew, h.correct, h.reverse}).Draw(h.t, "step")()
	}
	h.balance()
}

func (h *history) agent() valueflows.ID { return rapid.SampledFrom(h.agents).Draw(h.t, "agent") }
func (h *history) stock() valueflows.ID { return rapid.SampledFrom(h.stocks).Draw(h.t, "stock") }

func (h *history) quantity() *valueflows.Measure {
	d, err := valueflows.NewDecimal(rapid.Int64Range(0, 5000).Draw(h.t, "coef"), rapid.IntRange(0, 3).Draw(h.t, "scale"))
	if err != nil {
		h.t.Fatal(err)
	}
	return &valueflows.Measure{HasNumericalValue: d, HasUnit: kilogram}
}

// try records an event, or finds it refused for want of stock or for
// correcting too much; then nothing may have changed, which the balance tells.
func (h *history) try(e valueflows.EconomicEvent, created *valueflows.EconomicResource, sign int64) {
	event, resource, err := h.b.node.RecordEvent(h.b.ctx, &e, created)
	var input *valueflows.InputError
	if errors.As(err, &input) && (input.Code == "INSUFFICIENT" || input.Code == "OVERCORRECTED") {
		return
	}
	if err != nil {
		h.t.Fatalf("%s: %v", e.Action, err)
	}
	h.done = append(h.done, event)
	if resource != nil {
		h.stocks = append(h.stocks, resource.ID)
	}
	h.inOut.Add(e.ResourceQuantity.HasNumericalValue.Times(sign))
}

func (h *history) open() {
	a := h.agent()
	h.try(valueflows.EconomicEvent{Action: "raise", Provider: a, Receiver: a, ResourceQuantity: h.quantity()}, &valueflows.EconomicResource{ConformsTo: h.kind}, 1)
}

func (h *history) lower() { // whose it is counts it
	r, err := Get[valueflows.EconomicResource](h.b.ctx, h.b.node, h.stock())
	if err != nil {
		h.t.Fatal(err)
	}
	h.try(valueflows.EconomicEvent{Action: "lower", Provider: r.PrimaryAccountable, Receiver: r.PrimaryAccountable, ResourceQuantity: h.quantity(), ResourceInventoriedAs: r.ID}, nil, -1)
}

var transfers = []valueflows.Action{"transfer", "transferAllRights", "transferCustody", "move"}

func (h *history) give() {
	h.try(valueflows.EconomicEvent{Action: rapid.SampledFrom(transfers).Draw(h.t, "action"), Provider: h.agent(), Receiver: h.agent(),
		ResourceQuantity: h.quantity(), ResourceInventoriedAs: h.stock(), ToResourceInventoriedAs: h.stock()}, nil, 0)
}

func (h *history) giveNew() {
	h.try(valueflows.EconomicEvent{Action: rapid.SampledFrom(transfers).Draw(h.t, "action"), Provider: h.agent(), Receiver: h.agent(),
		ResourceQuantity: h.quantity(), ResourceInventoriedAs: h.stock()}, &valueflows.EconomicResource{}, 0)
}

// sign is how an event counts in what went in and out.
func sign(e *valueflows.EconomicEvent) int64 {
	from, to := e.AccountingSigns()
	if !e.ToResourceInventoriedAs.IsZero() {
		return from + to
	}
	return from
}

func (h *history) correct() { h.mend(h.quantity().HasNumericalValue.Neg()) }

func (h *history) reverse() {
	if len(h.done) > 0 {
		e := rapid.SampledFrom(h.done).Draw(h.t, "event")
		h.mendEvent(e, e.ResourceQuantity.HasNumericalValue.Neg())
	}
}

func (h *history) mend(d valueflows.Decimal) {
	if len(h.done) > 0 {
		h.mendEvent(rapid.SampledFrom(h.done).Draw(h.t, "event"), d)
	}
}

func (h *history) mendEvent(e *valueflows.EconomicEvent, d valueflows.Decimal) {
	h.try(valueflows.EconomicEvent{Action: e.Action, Provider: e.Provider, Receiver: e.Receiver, Corrects: e.ID,
		ResourceQuantity: &valueflows.Measure{HasNumericalValue: d, HasUnit: kilogram}}, nil, sign(e))
}

// balance compares what all stocks hold with what went in and out.
func (h *history) balance() {
	found, err := Many[valueflows.EconomicResource](h.b.ctx, h.b.node, h.stocks)
	if err != nil {
		h.t.Fatal(err)
	}
	var accounting, onhand valueflows.Sum
	for _, r := range found {
		accounting.Add(r.AccountingQuantity.HasNumericalValue)
		onhand.Add(r.OnhandQuantity.HasNumericalValue)
		if r.AccountingQuantity.HasNumericalValue.Sign() < 0 || r.OnhandQuantity.HasNumericalValue.Sign() < 0 {
			h.t.Errorf("a stock fell below zero: %s and %s", r.AccountingQuantity.HasNumericalValue, r.OnhandQuantity.HasNumericalValue)
		}
	}
	for what, sum := range map[string]*valueflows.Sum{"accounting": &accounting, "onhand": &onhand} {
		if sum.String() != h.inOut.String() {
			h.t.Errorf("%s quantities sum to %s, %s went in", what, sum, &h.inOut)
		}
	}
}
