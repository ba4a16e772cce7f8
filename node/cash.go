package node

import (
	"context"
	"fmt"

	"disconode/node/store"
	"disconode/valueflows"
	"disconode/valueflows/flow"
)

// CashQuestion asks what came and went, and what is to come and to go, of
// resources; or, where none are named, of all of a specification that agents
// give and get: the LAB where none are named.
type CashQuestion struct {
	Resources     []valueflows.ID
	Specification valueflows.ID
	Agents        []valueflows.ID
	Unit          valueflows.ID      // zero: the one that the resources or the specification count in
	From, Until   valueflows.Instant // the second exclusive
	Every         flow.CashPeriod    // of the LAB's time zone; empty is a month
}

// Cash is what came and went, period by period.
type Cash struct {
	*flow.Cash
	Opening valueflows.Decimal // when the time begins
	Unit    valueflows.ID      // that all is counted in
}

// cashMax is how many events, and how many promises, a cash flow goes through.
const cashMax = 100_000

// CashFlow puts what happened, and what is promised or wanted from now on, into
// days, weeks or months of the LAB's time zone, with what there was before. Of
// resources all is counted, as their quantities tell it; else care for people
// counts for a party to it only.
//
// It fails with [ErrForbidden] where an agent or a resource is another person's
// and the caller may see its own only, and with a [*valueflows.InputError]:
// REQUIRED, UNKNOWN_REFERENCE, UNKNOWN_RESOURCE, WRONG_SPECIFICATION,
// WRONG_UNIT, TOO_MANY, and as [flow.CashFlow] does.
func (n *Node) CashFlow(ctx context.Context, q CashQuestion) (*Cash, error) {
	p := PrincipalOf(ctx)
	if err := n.seesAccounts(p); err != nil {
		return nil, err
	}
	asked := flow.CashQuestion{Resources: q.Resources, Specification: q.Specification, Unit: q.Unit, From: q.From, Until: q.Until,
		Now: valueflows.InstantOf(n.now()), Every: q.Every, Zone: n.Zone(ctx), Kinds: map[valueflows.ID]valueflows.ID{}}
	if asked.Every == "" {
		asked.Every = flow.CashMonth
	}
	if _, err := flow.CashSpans(asked.From, asked.Until, asked.Every, asked.Zone); err != nil {
		return nil, err // before anything is read
	}
	if err := n.cashOf(ctx, p, &asked, q.Agents); err != nil {
		return nil, err
	}
	c := store.Cash{Resources: asked.Resources, Specification: asked.Specification, Agents: asked.Agents}
	var cash *flow.Cash
	err := n.store.Snapshot(ctx, func(books *store.Snapshot) error {
		if err := openCash(ctx, books, p, &asked, c); err != nil {
			return err
		}
		rows, err := books.CashEvents(ctx, p.ownBooks(), c, store.Span{From: &asked.From, Until: &asked.Until}, cashMax)
		if err != nil {
			return err
		}
		made, wanted, done, err := books.CashPromises(ctx, p.ownBooks(), c, cashMax)
		if err != nil {
			return err
		}
		cash, err = flow.CashFlow(asked, cashEvents(&asked, rows, done), made, wanted)
		return err
	})
	if err != nil {
		return nil, outward(tooMany(err, "from"))
	}
	return &Cash{cash, asked.Opening, asked.Unit}, nil
}

// cashOf says of what a cash flow is asked: whose, in which unit, and what the
// resources are.
func (n *Node) cashOf(ctx context.Context, p Principal, asked *flow.CashQuestion, agents []valueflows.ID) error {
	if len(asked.Resources) == 0 {
		return n.cashOfKind(ctx, p, asked, agents)
	}
	if len(asked.Resources) > resourcesMax {
		return valueflows.At(valueflows.Invalid("TOO_MANY", "ask for at most %d resources at once", resourcesMax), "resources")
	}
	stock, err := Many[valueflows.EconomicResource](ctx, n, asked.Resources)
	if err != nil {
		return err
	}
	var owners []valueflows.ID
	for i, r := range stock {
		at := func(err error) error { return valueflows.At(err, "resources", fmt.Sprint(i)) }
		if r == nil || r.Stub || r.Books != p.Lab || r.AccountingQuantity == nil {
			return at(valueflows.Invalid("UNKNOWN_RESOURCE", "no resource that is counted in these books has this id"))
		}
		if asked.Specification.IsZero() {
			asked.Specification = r.ConformsTo
		}
		if asked.Unit.IsZero() {
			asked.Unit = r.AccountingQuantity.HasUnit
		}
		if r.ConformsTo != asked.Specification {
			return at(valueflows.Invalid("WRONG_SPECIFICATION", "the resources are of several specifications: ask for one at a time"))
		}
		if r.AccountingQuantity.HasUnit != asked.Unit {
			return at(valueflows.Invalid("WRONG_UNIT", "the resource is counted in another unit: ask for one unit at a time"))
		}
		owners = append(owners, r.PrimaryAccountable)
		asked.Kinds[r.ID] = r.ConformsTo
	}
	if len(agents) == 0 { // whose promises that name no resource are meant
		asked.Agents = owners
		return n.seesAccountsOf(ctx, p, owners)
	}
	if err := n.seesAccountsOf(ctx, p, owners); err != nil {
		return err
	}
	asked.Agents, err = n.accountsOf(ctx, p, agents)
	return err
}

func (n *Node) cashOfKind(ctx context.Context, p Principal, asked *flow.CashQuestion, agents []valueflows.ID) error {
	if asked.Specification.IsZero() {
		return valueflows.At(valueflows.Invalid("REQUIRED", "say which resources, or which specification"), "resources")
	}
	var err error
	if asked.Agents, err = n.accountsOf(ctx, p, agents); err != nil {
		return err
	}
	kind, err := Get[valueflows.ResourceSpecification](ctx, n, asked.Specification)
	if err == ErrNotFound {
		return valueflows.At(valueflows.Invalid("UNKNOWN_REFERENCE", "no specification that you may see has this id"), "specification")
	}
	if err != nil {
		return err
	}
	if asked.Unit.IsZero() {
		asked.Unit = kind.DefaultUnitOfResource
	}
	if asked.Unit.IsZero() {
		asked.Unit = valueflows.One
	}
	return nil
}

// openCash finds what there was when the time begins.
func openCash(ctx context.Context, books *store.Snapshot, p Principal, asked *flow.CashQuestion, c store.Cash) error {
	if len(c.Resources) == 0 {
		return openKind(ctx, books, p, asked, c)
	}
	of := store.Stocks{Resources: c.Resources}
	stock, err := books.Stock(ctx, p.Lab, of)
	if err != nil {
		return err
	}
	var sum holdings
	for _, r := range stock {
		sum.add(holding(r), 1)
	}
	since, err := books.Effects(ctx, p.Lab, of, store.Span{From: &asked.From})
	if err != nil {
		return err
	}
	for _, e := range since {
		if err := sum.addEffect(e, -1); err != nil {
			return err
		}
	}
	asked.Opening, err = sum.accounting.Decimal()
	return err
}

// openKind adds up what was given and got before the time: as the cash flow of
// the moment before it, with all that happened until then.
func openKind(ctx context.Context, books *store.Snapshot, p Principal, asked *flow.CashQuestion, c store.Cash) error {
	before, err := books.CashBefore(ctx, p.ownBooks(), c, asked.From)
	if err != nil {
		return err
	}
	then := *asked
	then.From, then.Until, then.Now, then.Every = asked.From-1, asked.From, asked.From, flow.CashDay
	somebody, another := valueflows.ID{1}, valueflows.ID{2}
	var events []*valueflows.EconomicEvent
	for _, m := range before {
		d, err := m.Sum.Decimal()
		if err != nil {
			return err
		}
		e := &valueflows.EconomicEvent{Action: m.Action, Provider: m.Provider, Receiver: m.Receiver, ResourceConformsTo: c.Specification,
			ResourceQuantity: &valueflows.Measure{HasNumericalValue: d, HasUnit: m.Unit}, HasPointInTime: &valueflows.Time{Instant: then.From}}
		if e.Provider.IsZero() {
			e.Provider = somebody
		}
		if e.Receiver.IsZero() {
			e.Receiver = somebody
			if m.Between && e.Provider == somebody {
				e.Receiver = another
			}
		}
		if m.To {
			e.ToResourceInventoriedAs = another
		}
		events = append(events, e)
	}
	cash, err := flow.CashFlow(then, events, nil, nil)
	if err != nil {
		return err
	}
	asked.Opening = cash.Rows[0].Balance
	return nil
}

// cashEvents are the events of the periods and those that fulfil promises, each
// once, with what they are of.
func cashEvents(asked *flow.CashQuestion, lists ...[]*store.Event) []*valueflows.EconomicEvent {
	known := map[valueflows.ID]bool{}
	var events []*valueflows.EconomicEvent
	for _, list := range lists {
		for _, row := range list {
			if known[row.ID] {
				continue
			}
			known[row.ID] = true
			e := row.EconomicEvent
			if len(asked.Resources) == 0 && e.ResourceConformsTo.IsZero() {
				e.ResourceConformsTo = row.Specification
			}
			events = append(events, &e)
		}
	}
	return events
}
