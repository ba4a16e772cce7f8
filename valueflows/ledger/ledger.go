// Package ledger shows what was recorded of economic events as accounts: a
// ledger of each resource, balances at a date, what an agent got and gave in a
// period, and bookings with debit and credit for other programs. All of it is
// derived from the events, for any agent, and nothing is kept besides (Gal and
// McCarthy). Quantities are exact, each in its own unit: nothing is valued here.
package ledger

import (
	"bytes"
	"cmp"
	"slices"

	"disconode/valueflows"
)

// Entry is an event, and how it was counted on what is on hand when it was
// recorded ([valueflows.EconomicEvent.Custody]).
type Entry struct {
	Event   *valueflows.EconomicEvent
	Custody valueflows.Custody
}

// posting is what an event does to one resource, and whose that is. A resource
// that is handed over with its record has two: from whom, and to whom.
type posting struct {
	resource           *valueflows.EconomicResource
	unit               valueflows.ID
	agent              valueflows.ID // accountable
	accounting, onhand valueflows.Decimal
	handover           bool
}

// posted is an event with its postings.
type posted struct {
	event    *valueflows.EconomicEvent
	postings []posting
}

// Ledger is some resources and what happened to them. It is not changed once
// it is made, and may be read by many at a time.
type Ledger struct {
	resources map[valueflows.ID]*valueflows.EconomicResource
	owners    owners
	entries   []posted // as they happened
}

// Of makes the ledger of resources as they are now, from all that was ever
// recorded of them, in any order. Events on other resources, and on none, may
// be among the entries: they count in [Ledger.Statement] and [Ledger.General].
//
// It fails as [valueflows.EconomicEvent.Apply] does.
func Of(resources []*valueflows.EconomicResource, entries []Entry) (*Ledger, error) {
	l := &Ledger{resources: map[valueflows.ID]*valueflows.EconomicResource{}}
	for _, r := range resources {
		if r.AccountingQuantity != nil || r.OnhandQuantity != nil { // else it is not counted here
			l.resources[r.ID] = r
		}
	}
	recorded := slices.SortedFunc(slices.Values(entries), func(a, b Entry) int { return asRecorded(a.Event, b.Event) })
	l.owners = l.handovers(recorded)
	running := map[valueflows.ID]*totals{}
	for _, e := range recorded {
		postings, err := l.post(e, running)
		if err != nil {
			return nil, err
		}
		l.entries = append(l.entries, posted{e.Event, postings})
	}
	slices.SortStableFunc(l.entries, func(a, b posted) int { return asHappened(a.event, b.event) })
	return l, nil
}

// asRecorded orders events by the journal.
func asRecorded(a, b *valueflows.EconomicEvent) int {
	return cmp.Or(cmp.Compare(a.Position, b.Position), cmp.Compare(a.Recorded, b.Recorded), cmp.Compare(a.At(), b.At()), bytes.Compare(a.ID[:], b.ID[:]))
}

// asHappened orders events by when they happened, else as they were recorded.
func asHappened(a, b *valueflows.EconomicEvent) int {
	return cmp.Or(cmp.Compare(a.At(), b.At()), asRecorded(a, b))
}

// totals are both quantities of a resource.
type totals struct{ accounting, onhand valueflows.Sum }

func (t *totals) add(p posting) {
	t.accounting.Add(p.accounting)
	t.onhand.Add(p.onhand)
}

func (t *totals) decimals() (accounting, onhand valueflows.Decimal, err error) {
	if accounting, err = t.accounting.Decimal(); err != nil {
		return valueflows.Decimal{}, valueflows.Decimal{}, err
	}
	onhand, err = t.onhand.Decimal()
	return accounting, onhand, err
}

// post is what an entry does. running is what each resource holds so far.
func (l *Ledger) post(e Entry, running map[valueflows.ID]*totals) ([]posting, error) {
	postings, err := l.effects(e)
	if err != nil {
		return nil, err
	}
	for i := range postings {
		id := postings[i].resource.ID
		postings[i].agent = l.owners.at(l.resources[id], e.Event)
		if running[id] == nil {
			running[id] = &totals{}
		}
		running[id].add(postings[i])
	}
	if id := e.Event.ResourceInventoriedAs; handsOver(e.Event) && running[id] != nil { // all of it goes along
		accounting, onhand, err := running[id].decimals()
		if err != nil {
			return nil, err
		}
		goes := postings[0]
		goes.handover, goes.agent, goes.accounting, goes.onhand = true, l.owners.before(l.resources[id], e.Event), accounting.Neg(), onhand.Neg()
		comes := goes
		comes.agent, comes.accounting, comes.onhand = e.Event.Receiver, accounting, onhand
		return []posting{goes, comes}, nil
	}
	return postings, nil
}
