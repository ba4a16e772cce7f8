package node

import (
	"context"
	"errors"
	"math/big"
	"slices"

	"disconode/node/store"
	"disconode/valueflows"
	"disconode/valueflows/ledger"
)

// LedgerLine is what one event did to a resource, and what is there after it.
type LedgerLine = ledger.Line

// Ledger is a page of what happened to a resource, in recorded order. Opening is
// what was there before the first line; of a page without lines, what there is.
// Care for people that the caller may not see is in the balances, and no line.
type Ledger struct {
	Resource *valueflows.EconomicResource
	Opening  ledger.Amount
	Listing[LedgerLine]
}

// agentsMax is how many agents accounts are asked of at once, resourcesMax how
// many resources.
const (
	agentsMax    = 100
	resourcesMax = 200
)

// errNotCounted is of a resource that is in other books, or known by its name alone.
var errNotCounted = valueflows.At(valueflows.Invalid("UNKNOWN_RESOURCE", "this resource is not counted in the books that you act in"), "resource")

// Ledger is a page of the ledger of a resource. What was there before
// the page is not added up event by event: it is what there is less what
// happened since, or one sum of what happened before.
//
// It fails with [ErrNotFound], with [ErrForbidden] where the resource is another
// person's and the caller may see its own only, and with a
// [*valueflows.InputError]: UNKNOWN_RESOURCE of a resource of other books,
// OUT_OF_RANGE.
func (n *Node) Ledger(ctx context.Context, resource valueflows.ID, page Page) (*Ledger, error) {
	p := PrincipalOf(ctx)
	if err := n.seesAccounts(p); err != nil {
		return nil, err
	}
	r, err := Get[valueflows.EconomicResource](ctx, n, resource)
	if err != nil {
		return nil, err
	}
	if r.Stub || r.Books != p.Lab || r.AccountingQuantity == nil {
		return nil, errNotCounted
	}
	if err := n.seesAccountsOf(ctx, p, []valueflows.ID{r.PrimaryAccountable}); err != nil {
		return nil, err
	}
	l := &Ledger{Resource: r}
	err = n.store.Snapshot(ctx, func(books *store.Snapshot) error {
		rows, err := books.LedgerPage(ctx, p.sight(), resource, countingActions, page)
		if err != nil {
			return err
		}
		l.HasPrevious, l.HasNext = rows.HasPrevious, rows.HasNext
		return l.write(ctx, books, p, page, rows.Nodes)
	})
	return l, outward(err)
}

// write writes the lines of a page from its rows.
func (l *Ledger) write(ctx context.Context, books *store.Snapshot, p Principal, page Page, rows []*store.Event) error {
	now, err := books.Stock(ctx, p.Lab, store.Stocks{Resources: []valueflows.ID{l.Resource.ID}})
	if err != nil || len(now) == 0 {
		return errors.Join(err, errNoStock(len(now)))
	}
	if l.Opening = holding(now[0]); len(rows) == 0 {
		return nil
	}
	first, last := rows[0].Position, rows[len(rows)-1].Position
	fromEnd := page.Last > 0
	hidden := store.Span{Since: first, Before: last + 1}
	if fromEnd && page.Before == 0 {
		hidden.Before = 0
	}
	if !fromEnd && page.After == 0 {
		hidden.Since = 0
	}
	unseen, err := books.Unseen(ctx, p.sight(), l.Resource.ID, hidden)
	if err != nil {
		return err
	}
	balance := new(holdings)
	switch {
	case !fromEnd && page.After == 0: // nothing was there
	case !fromEnd:
		err = l.addEffects(ctx, books, p.Lab, balance, 1, store.Span{Before: first})
	case page.Before == 0: // all that has happened since is at hand
		balance.add(l.Opening, 1)
		for _, e := range slices.Concat(rows, unseen) {
			change, err := changeBy(e, l.Resource.ID)
			if err != nil {
				return err
			}
			balance.add(change, -1)
		}
	default:
		balance.add(l.Opening, 1)
		err = l.addEffects(ctx, books, p.Lab, balance, -1, store.Span{Since: first})
	}
	if err != nil {
		return err
	}
	return l.run(p, balance, rows, unseen)
}

// errNoStock is nil where there is any.
func errNoStock(n int) error {
	if n > 0 {
		return nil
	}
	return ErrNotFound
}

// addEffects adds all that happened in a span.
func (l *Ledger) addEffects(ctx context.Context, books *store.Snapshot, lab valueflows.ID, to *holdings, sign int64, span store.Span) error {
	effects, err := books.Effects(ctx, lab, store.Stocks{Resources: []valueflows.ID{l.Resource.ID}}, span)
	if err != nil {
		return err
	}
	for _, e := range effects {
		if err := to.addEffect(e, sign); err != nil {
			return err
		}
	}
	return nil
}

// run goes through the events with the balance before them.
func (l *Ledger) run(p Principal, balance *holdings, rows, unseen []*store.Event) error {
	for i, e := range rows {
		for len(unseen) > 0 && unseen[0].Position < e.Position {
			change, err := changeBy(unseen[0], l.Resource.ID)
			if err != nil {
				return err
			}
			balance.add(change, 1)
			unseen = unseen[1:]
		}
		if i == 0 {
			var err error
			if l.Opening, err = balance.amount(); err != nil {
				return err
			}
		}
		line := &LedgerLine{Event: p.shown(&e.EconomicEvent)}
		var err error
		if line.Change, err = changeBy(e, l.Resource.ID); err != nil {
			return err
		}
		balance.add(line.Change, 1)
		if line.Balance, err = balance.amount(); err != nil {
			return err
		}
		line.Counterparty = counterparty(&e.EconomicEvent, line.Change)
		l.Nodes = append(l.Nodes, line)
	}
	return nil
}

// counterparty is who gave what was added, or got what was taken; zero where
// that is the same agent, or nothing changed.
func counterparty(e *valueflows.EconomicEvent, change ledger.Amount) valueflows.ID {
	sign := change.Accounting.Sign()
	if sign == 0 {
		sign = change.Onhand.Sign()
	}
	if !e.Corrects.IsZero() && e.ResourceQuantity != nil {
		sign *= e.ResourceQuantity.HasNumericalValue.Sign()
	}
	switch {
	case e.Provider == e.Receiver || sign == 0:
		return valueflows.ID{}
	case sign > 0:
		return e.Provider
	}
	return e.Receiver
}

// countingActions are the actions whose events change how much there is.
var countingActions = func() (list []valueflows.Action) {
	for _, action := range valueflows.ActionIDs {
		if b := valueflows.Actions[action]; b.AccountingEffect != "notApplicable" || b.OnhandEffect != "notApplicable" {
			list = append(list, action)
		}
	}
	return list
}()

// holdings are both quantities of a resource, being added up.
type holdings struct{ accounting, onhand valueflows.Sum }

func (h *holdings) add(a ledger.Amount, sign int64) {
	h.accounting.Add(a.Accounting.Times(sign))
	h.onhand.Add(a.Onhand.Times(sign))
}

// addEffect adds the sum of events that count alike.
func (h *holdings) addEffect(e store.Effect, sign int64) error {
	accounting, onhand, err := signsOf(e.Counting)
	if err != nil {
		return err
	}
	h.accounting.AddBig(new(big.Int).Mul(e.Coef, big.NewInt(sign*accounting)), e.Scale)
	h.onhand.AddBig(new(big.Int).Mul(e.Coef, big.NewInt(sign*onhand)), e.Scale)
	return nil
}

func (h *holdings) amount() (a ledger.Amount, err error) {
	if a.Accounting, err = h.accounting.Decimal(); err != nil {
		return ledger.Amount{}, err
	}
	a.Onhand, err = h.onhand.Decimal()
	return a, err
}

// holding is what there is of a resource.
func holding(r *valueflows.EconomicResource) (a ledger.Amount) {
	if r.AccountingQuantity != nil {
		a.Accounting = r.AccountingQuantity.HasNumericalValue
	}
	if r.OnhandQuantity != nil {
		a.Onhand = r.OnhandQuantity.HasNumericalValue
	}
	return a
}

// changeBy is what an event did to a resource.
func changeBy(e *store.Event, resource valueflows.ID) (ledger.Amount, error) {
	if e.ResourceQuantity == nil {
		return ledger.Amount{}, nil
	}
	c := store.Counting{Action: e.Action, Between: e.Provider != e.Receiver, Custody: e.Custody, Scrap: !e.ScrapOf.IsZero(), Receiving: e.ResourceInventoriedAs != resource}
	switch e.ToResourceInventoriedAs {
	case valueflows.ID{}:
	case e.ResourceInventoriedAs:
		c.Beside = store.Itself
	default:
		c.Beside = store.Another
	}
	accounting, onhand, err := signsOf(c)
	q := e.ResourceQuantity.HasNumericalValue
	return ledger.Amount{Accounting: q.Times(accounting), Onhand: q.Times(onhand)}, err
}

// signsOf are -1, 0 or +1: how an event counts on both quantities of a
// resource. It is found by letting one happen, of one of something, to a
// resource that has none, so that there is one rule for what an event does.
func signsOf(c store.Counting) (accounting, onhand int64, err error) {
	giver, getter, one, another := valueflows.ID{1}, valueflows.ID{1}, valueflows.ID{3}, valueflows.ID{4}
	if c.Between {
		getter = valueflows.ID{2}
	}
	r := &valueflows.EconomicResource{Record: valueflows.Record{ID: one}, Overdraw: true,
		AccountingQuantity: &valueflows.Measure{HasUnit: valueflows.One}, OnhandQuantity: &valueflows.Measure{HasUnit: valueflows.One}}
	e := &valueflows.EconomicEvent{Action: c.Action, Provider: giver, Receiver: getter,
		ResourceQuantity: &valueflows.Measure{HasNumericalValue: valueflows.MustDecimal("1"), HasUnit: valueflows.One}}
	scene := valueflows.Scene{Custody: &c.Custody}
	switch {
	case c.Receiving:
		scene.To, e.ToResourceInventoriedAs = r, one
	case c.Beside == store.Itself:
		scene.From, scene.To, e.ResourceInventoriedAs, e.ToResourceInventoriedAs = r, r, one, one
	default:
		scene.From, e.ResourceInventoriedAs = r, one
		if c.Beside == store.Another {
			e.ToResourceInventoriedAs = another
		}
	}
	if c.Scrap {
		e.ScrapOf = another
	}
	if err := e.Apply(scene); err != nil {
		return 0, 0, err
	}
	return int64(r.AccountingQuantity.HasNumericalValue.Sign()), int64(r.OnhandQuantity.HasNumericalValue.Sign()), nil
}
