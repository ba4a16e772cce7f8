package node

import (
	"bytes"
	"cmp"
	"context"
	"io"
	"slices"

	"disconode/node/store"
	"disconode/valueflows"
	"disconode/valueflows/ledger"
)

// bookedAtOnce is how many events are booked at once, so that memory stays flat;
// tests book fewer.
var bookedAtOnce = 2048

// GeneralLedger writes the general ledger of agents for a time, from <= it <
// until, as CSV for spreadsheets and other programs: the LAB's where no agents
// are named. Every event is booked in debit and credit alike, in the order in
// which things happened; persons bear the names that the caller may know. It
// writes as it reads, all of it as the books are when it begins.
//
// It fails with [ErrForbidden] for members, whom it would tell what others were
// paid, and as [Node.Balances] does.
func (n *Node) GeneralLedger(ctx context.Context, agents []valueflows.ID, from, until *valueflows.Instant, to io.Writer) error {
	p := PrincipalOf(ctx)
	agents, err := n.accountsOf(ctx, p, agents)
	if err != nil {
		return err
	}
	if May(p.Role, See, Accounts) != All {
		return ErrForbidden
	}
	if err := checkSpan(from, until); err != nil {
		return err
	}
	head, err := n.store.Head(ctx)
	if err != nil {
		return outward(err)
	}
	g := &general{n: n, ctx: ctx, p: p, agents: agents, to: to, names: map[valueflows.ID]string{}}
	err = n.store.Snapshot(ctx, func(books *store.Snapshot) error {
		if g.handed, err = handedSince(ctx, books, p, from); err != nil || g.handed.ledger == nil {
			return err
		}
		first, last := bounds(from, until)
		g.waiting, err = g.handed.ledger.General(agents, first, last)
		return err
	})
	if err != nil {
		return outward(tooMany(err, "agent"))
	}
	q := store.Bookings{Agents: agents, Span: store.Span{From: from, Until: until, Before: head.Position + 1}, Most: bookedAtOnce}
	for more := true; more; {
		b := newBooking()
		read := 0
		err := store.EachBooked(ctx, n.store, p.ownBooks(), q, func(row *store.Booked) error {
			read++
			q.After = &row.Event
			if !g.handed.names(row) {
				b.add(row)
			}
			return nil
		})
		if err != nil {
			return outward(err)
		}
		if more = read == bookedAtOnce; !more {
			q.After = nil // whatever waits still follows
		}
		if err := g.page(b, q.After); err != nil {
			return outward(err)
		}
	}
	return nil
}

// general writes a general ledger, page by page.
type general struct {
	n      *Node
	ctx    context.Context
	p      Principal
	agents []valueflows.ID
	to     io.Writer

	handed  handedOver
	waiting []ledger.Booking // of what was handed over, and not written yet
	names   map[valueflows.ID]string
	headed  bool
}

// page writes what was gathered, and of what waits all up to the last event of
// the page; nil for the last page.
func (g *general) page(b *booking, last *store.Event) error {
	l, err := b.ledger()
	if err != nil {
		return err
	}
	first, _ := bounds(nil, nil)
	bookings, err := l.General(g.agents, first, 0)
	if err != nil {
		return err
	}
	due := len(g.waiting)
	if last != nil {
		due = slices.IndexFunc(g.waiting, func(w ledger.Booking) bool { return asHappened(w.Event, &last.EconomicEvent) > 0 })
		if due < 0 {
			due = len(g.waiting)
		}
	}
	bookings = append(bookings, g.waiting[:due]...)
	g.waiting = g.waiting[due:]
	slices.SortStableFunc(bookings, func(a, b ledger.Booking) int { return asHappened(a.Event, b.Event) })
	if err := g.lookUp(bookings, b); err != nil {
		return err
	}
	out := g.to
	if g.headed {
		out = &headless{to: g.to}
	}
	g.headed = true
	return ledger.WriteCSV(out, bookings, func(id valueflows.ID) string { return g.names[id] }, g.n.Zone(g.ctx))
}

func asHappened(a, b *valueflows.EconomicEvent) int {
	return cmp.Or(cmp.Compare(a.At(), b.At()), cmp.Compare(a.Position, b.Position))
}

// lookUp finds the names of what bookings speak of.
func (g *general) lookUp(bookings []ledger.Booking, b *booking) error {
	var agents, specifications, units, resources []valueflows.ID
	asked := map[valueflows.ID]bool{}
	ask := func(list *[]valueflows.ID, id valueflows.ID) {
		if _, known := g.names[id]; !known && !asked[id] && !id.IsZero() {
			asked[id] = true
			*list = append(*list, id)
		}
	}
	if len(g.names) > cacheMax { // of so many, those of this page
		g.names = map[valueflows.ID]string{}
	}
	for _, line := range bookings {
		ask(&agents, line.Counterparty)
		ask(&specifications, line.Specification)
		ask(&units, line.Unit)
		ask(&resources, line.Resource)
	}
	who, err := Many[valueflows.Agent](g.ctx, g.n, agents)
	if err != nil {
		return err
	}
	for i, a := range who {
		g.names[agents[i]] = a.Name
	}
	kinds, err := Many[valueflows.ResourceSpecification](g.ctx, g.n, specifications)
	if err != nil {
		return err
	}
	for i, k := range kinds {
		g.names[specifications[i]] = specifications[i].String()
		if k != nil && k.Name != "" {
			g.names[specifications[i]] = k.Name
		}
	}
	counts, err := Many[valueflows.Unit](g.ctx, g.n, units)
	if err != nil {
		return err
	}
	for i, u := range counts {
		g.names[units[i]] = units[i].String()
		if u != nil {
			g.names[units[i]] = u.Label
		}
	}
	return g.lookUpStock(resources, b)
}

// lookUpStock names resources: by their name, their tracking identifier, or
// what they are and their id.
func (g *general) lookUpStock(ids []valueflows.ID, b *booking) error {
	var missing []valueflows.ID
	stock := map[valueflows.ID]*valueflows.EconomicResource{}
	for _, id := range ids {
		if stock[id] = b.resources[id]; stock[id] == nil {
			missing = append(missing, id)
		}
	}
	found, err := Many[valueflows.EconomicResource](g.ctx, g.n, missing)
	if err != nil {
		return err
	}
	for i, r := range found {
		stock[missing[i]] = r
	}
	for _, id := range ids {
		r := stock[id]
		switch {
		case r == nil:
			g.names[id] = id.String()
		case r.Name != "":
			g.names[id] = string(r.Name)
		case r.TrackingIdentifier != "":
			g.names[id] = string(r.TrackingIdentifier)
		default:
			g.names[id] = g.names[r.ConformsTo] + " " + id.String()
		}
	}
	return nil
}

// headless passes on what is written but its first line: each page has the
// header, and only the first one's is wanted.
type headless struct {
	to   io.Writer
	past bool
}

func (h *headless) Write(text []byte) (int, error) {
	rest := text
	if !h.past {
		i := bytes.IndexByte(text, '\n')
		if i < 0 {
			return len(text), nil
		}
		h.past, rest = true, text[i+1:]
	}
	if _, err := h.to.Write(rest); err != nil {
		return 0, err
	}
	return len(text), nil
}
