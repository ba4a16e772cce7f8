package node

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"slices"

	"disconode/node/store"
	"disconode/valueflows"
	"disconode/valueflows/ledger"
)

// Balance is what there is of a resource, or of a specification in one unit.
type Balance = ledger.Balance

// balancesMax is how many resources balances are answered of, handedMax how many
// events of resources that went to another agent with their record are gone through.
const (
	balancesMax = 10_000
	handedMax   = 100_000
)

// Balances are what agents are accountable for at a time, of all that happened
// before it: by resource, and by specification and unit; now where the time is
// nil, the LAB's where no agents are named. A balance of nothing is left out.
//
// It is what there is less what happened since, so that it costs by what did.
//
// It fails with [ErrForbidden] where an agent is another person and the caller
// may see its own accounts only, and with a [*valueflows.InputError]:
// UNKNOWN_REFERENCE, TOO_MANY, OUT_OF_RANGE.
func (n *Node) Balances(ctx context.Context, agents []valueflows.ID, at *valueflows.Instant) (byResource, bySpecification []Balance, err error) {
	p := PrincipalOf(ctx)
	if agents, err = n.accountsOf(ctx, p, agents); err != nil {
		return nil, nil, err
	}
	b := balances{byResource: map[Balance]*holdings{}, bySpecification: map[Balance]*holdings{}}
	if err := n.store.Snapshot(ctx, func(books *store.Snapshot) error { return b.read(ctx, books, p.Lab, agents, at) }); err != nil {
		return nil, nil, outward(tooMany(err, "agent"))
	}
	if byResource, err = listBalances(b.byResource); err != nil {
		return nil, nil, err
	}
	bySpecification, err = listBalances(b.bySpecification)
	return byResource, bySpecification, err
}

// tooMany says that there is more than can be answered where the store says so.
func tooMany(err error, field string) error {
	if errors.Is(err, store.ErrTooMany) {
		return valueflows.At(valueflows.Invalid("TOO_MANY", "this goes through more records than can be answered at once: ask for less"), field)
	}
	return err
}

// balances are being added up, by what they are of.
type balances struct{ byResource, bySpecification map[Balance]*holdings }

func (b *balances) of(r *valueflows.EconomicResource) [2]*holdings {
	key := Balance{Specification: r.ConformsTo, Unit: r.AccountingQuantity.HasUnit}
	of := func(all map[Balance]*holdings) *holdings {
		if all[key] == nil {
			all[key] = new(holdings)
		}
		return all[key]
	}
	sums := [2]*holdings{}
	sums[1] = of(b.bySpecification)
	key.Resource = r.ID
	sums[0] = of(b.byResource)
	return sums
}

func (b *balances) read(ctx context.Context, books *store.Snapshot, lab valueflows.ID, agents []valueflows.ID, at *valueflows.Instant) error {
	theirs := store.Stocks{Accountable: agents}
	stock, err := books.Stock(ctx, lab, theirs)
	if err != nil {
		return err
	}
	var handed []valueflows.ID
	if at != nil {
		if handed, err = books.HandedOver(ctx, lab, handingOver, at); err != nil {
			return err
		}
	}
	apart := map[valueflows.ID]bool{}
	for _, id := range handed {
		apart[id] = true
	}
	known := map[valueflows.ID]*valueflows.EconomicResource{}
	for _, r := range stock {
		if apart[r.ID] {
			continue
		}
		known[r.ID] = r
		for _, sum := range b.of(r) {
			sum.add(holding(r), 1)
		}
	}
	if at == nil {
		return nil
	}
	since, err := books.Effects(ctx, lab, theirs, store.Span{From: at})
	if err != nil {
		return err
	}
	for _, e := range since {
		if r := known[e.Resource]; r != nil {
			for _, sum := range b.of(r) {
				if err := sum.addEffect(e, -1); err != nil {
					return err
				}
			}
		}
	}
	return b.readHanded(ctx, books, lab, agents, handed, *at)
}

// readHanded adds what the agents had of resources that went to another agent,
// or came from one, with their record since.
func (b *balances) readHanded(ctx context.Context, books *store.Snapshot, lab valueflows.ID, agents, handed []valueflows.ID, at valueflows.Instant) error {
	if len(handed) == 0 {
		return nil
	}
	if len(handed) > resourcesMax {
		return store.ErrTooMany
	}
	h, err := historyOf(ctx, books, store.Sight{Lab: lab}, handed)
	if err != nil {
		return err
	}
	all, _, err := h.Balances(agents, at)
	if err != nil {
		return err
	}
	for _, r := range all {
		if !slices.Contains(handed, r.Resource) {
			continue
		}
		stock := &valueflows.EconomicResource{Record: valueflows.Record{ID: r.Resource}, ConformsTo: r.Specification, AccountingQuantity: &valueflows.Measure{HasUnit: r.Unit}}
		for _, sum := range b.of(stock) {
			sum.add(r.Amount, 1)
		}
	}
	return nil
}

// handingOver are the actions that make another agent accountable.
var handingOver = func() (list []valueflows.Action) {
	for _, action := range valueflows.ActionIDs {
		if valueflows.Actions[action].AccountableEffect == "updateTo" {
			list = append(list, action)
		}
	}
	return list
}()

// historyOf is the whole ledger of some resources. It fails with
// [store.ErrTooMany] past [handedMax] events.
func historyOf(ctx context.Context, books store.Reader, sight store.Sight, resources []valueflows.ID) (*ledger.Ledger, error) {
	b := newBooking()
	read := 0
	err := store.EachBooked(ctx, books, sight, store.Bookings{Resources: resources, Most: handedMax + 1}, func(row *store.Booked) error {
		if read++; read > handedMax {
			return store.ErrTooMany
		}
		b.add(row)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return b.ledger()
}

// booking gathers events, and the resources that they name, to be booked.
type booking struct {
	resources map[valueflows.ID]*valueflows.EconomicResource
	entries   []ledger.Entry
}

func newBooking() *booking {
	return &booking{resources: map[valueflows.ID]*valueflows.EconomicResource{}}
}

func (b *booking) add(row *store.Booked) {
	for _, r := range []*valueflows.EconomicResource{row.From, row.To} {
		if r != nil && b.resources[r.ID] == nil {
			b.resources[r.ID] = r
		}
	}
	b.entries = append(b.entries, ledger.Entry{Event: &row.EconomicEvent, Custody: row.Custody})
}

func (b *booking) ledger() (*ledger.Ledger, error) {
	var resources []*valueflows.EconomicResource
	for _, r := range b.resources {
		resources = append(resources, r)
	}
	return ledger.Of(resources, b.entries)
}

// listBalances are the sums that are something, in the order of specification, unit and resource.
func listBalances(sums map[Balance]*holdings) ([]Balance, error) {
	var list []Balance
	for key, sum := range sums {
		if sum.accounting.Sign() == 0 && sum.onhand.Sign() == 0 {
			continue
		}
		b := key
		var err error
		if b.Amount, err = sum.amount(); err != nil {
			return nil, err
		}
		list = append(list, b)
	}
	if len(list) > balancesMax {
		return nil, valueflows.At(valueflows.Invalid("TOO_MANY", "these are %d balances, more than %d: ask for fewer agents", len(list), balancesMax), "agent")
	}
	slices.SortFunc(list, func(a, b Balance) int {
		return cmp.Or(bytes.Compare(a.Specification[:], b.Specification[:]), bytes.Compare(a.Unit[:], b.Unit[:]), bytes.Compare(a.Resource[:], b.Resource[:]))
	})
	return list, nil
}
