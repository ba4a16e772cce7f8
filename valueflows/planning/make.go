package planning

import (
	"cmp"
	"slices"
	"strconv"

	"disconode/valueflows"
)

// Make drafts a plan that meets the demands of a request from what the books
// hold. For each thing that is needed it takes first what is in stock (what
// expires first), then what is scheduled, then what the plan itself has over;
// for what is still short it plans a process by a recipe, or an agreement by a
// recipe exchange, or else an intent that asks for it, and goes on with what
// these need. Needs of one kind, priority and due instant (or period) are one
// lot: one process. What is counted in several units of one dimension is
// converted where that is exact. newID gives the ids of the new records. The same request,
// books and ids give the same draft.
//
// It fails with an [*valueflows.InputError]: codes REQUIRED, NOT_POSITIVE,
// INVALID_DIRECTION, INVALID_PERIOD and INVALID_SCALE for the request,
// INVALID_DURATION for a recipe, NOT_CONVERTIBLE and INEXACT where one thing is
// counted in units that are not exactly converted into each other, OUT_OF_RANGE and TIME_OUT_OF_RANGE where
// quantities or times grow past all bounds, TOO_LARGE past the request's limit.
func Make(r Request, b Books, newID func() valueflows.ID) (*Draft, error) {
	if err := r.check(); err != nil {
		return nil, err
	}
	m, err := newMaker(&r, &b, newID)
	if err != nil {
		return nil, err
	}
	if m.draft.Plan = r.Plan; r.Plan.IsZero() {
		m.draft.Plan = newID()
	}
	if err := m.discover(); err != nil {
		return nil, err
	}
	m.order()
	m.horizon(&b)
	for i := range r.Demands {
		if err := m.demand(i); err != nil {
			return nil, err
		}
	}
	for _, n := range m.nodes {
		if err := m.plan(n, n.needs, n.making); err != nil {
			return nil, err
		}
	}
	for _, n := range m.nodes { // only what is there can help where the recipe runs in a circle
		if err := m.plan(n, n.held, making{}); err != nil {
			return nil, err
		}
	}
	if err := m.schedule(); err != nil {
		return nil, err
	}
	m.finish()
	return m.draft, nil
}

// maker is a plan in the making.
type maker struct {
	request *Request
	index   *index
	newID   func() valueflows.ID
	draft   *Draft

	at         map[key]*node
	nodes      []*node
	roots      []*node // of the demands, by their index
	supplies   map[valueflows.ID][]*supply
	lots       []*lot
	over       []*supply // what lots bring beyond what they were made for
	lacking    []lacking
	spans      map[valueflows.ID]Span // of recipe processes
	agreements map[partners]valueflows.ID
	noted      map[noted]bool
	there      map[valueflows.ID][]Kind // what is in stock, scheduled or planned, by specification
	used       map[Kind]valueflows.Action
	far        valueflows.Instant // what all demands are due at, scheduling forward
	flows      int
	store      store
	things     map[valueflows.ID]valueflows.ID // what may stand for what, see thing
	units      map[measured]valueflows.ID      // in what a thing is counted that is stated in another unit
}

func newMaker(r *Request, b *Books, newID func() valueflows.ID) (*maker, error) {
	m := &maker{
		request: r, index: newIndex(b), newID: newID, draft: &Draft{},
		at: map[key]*node{}, supplies: map[valueflows.ID][]*supply{}, spans: map[valueflows.ID]Span{},
		agreements: map[partners]valueflows.ID{}, noted: map[noted]bool{},
		there: map[valueflows.ID][]Kind{}, used: map[Kind]valueflows.Action{},
	}
	m.measures(b)
	return m, m.take(b)
}

// need is a quantity of a node by a time, for a flow of the draft or a demand.
type need struct {
	whole    valueflows.Decimal // as the plan counts it
	quantity valueflows.Decimal // what is still open of it
	unit     valueflows.ID      // in which it is stated
	due      valueflows.Instant
	priority int
	lot      *lot // whose input it is; nil for a demand
	flow     flow // the input; for a demand its delivery, if any
	demand   int  // the index of the demand where lot is nil
}

// discover finds the nodes of all demands, whatever the demands' order.
//
// It fails where something is counted in units that cannot be converted.
func (m *maker) discover() error {
	var keys []key
	of := func(d Demand) key {
		return key{Kind: d.Kind, unit: m.unit(d.Specification, d.Quantity.HasUnit)}
	}
	for _, d := range m.request.Demands {
		keys = append(keys, of(d))
	}
	slices.SortFunc(keys, key.compare)
	for _, k := range keys {
		m.find(k)
	}
	for i, d := range m.request.Demands {
		n := m.at[of(d)]
		if n.wrong != nil {
			return valueflows.At(n.wrong, "demands", strconv.Itoa(i), "resourceQuantity", "hasUnit")
		}
		m.roots = append(m.roots, n)
	}
	for _, n := range m.nodes {
		if n.wrong != nil {
			return n.wrong
		}
	}
	return nil
}

// horizon sets what demands are due at where the plan is scheduled forward: so
// late that all that is scheduled comes in time. The times are made good later.
func (m *maker) horizon(b *Books) {
	m.far = instant(m.request.Start)
	for _, o := range b.Outputs {
		m.far = max(m.far, instant(o.At))
	}
	m.far += spanMicrosMax // as long as the longest chain of processes may take
}

// demand enters a demand of the request, and promises it to its receiver where
// that is somebody else and nobody has promised it yet.
func (m *maker) demand(i int) error {
	d, n := m.request.Demands[i], m.roots[i]
	m.draft.Deliveries = append(m.draft.Deliveries, Delivery{Commitment: d.Commitment})
	quantity, err := m.sensible(d.Specification, d.Quantity, d.Quantity.HasUnit)
	if err != nil {
		return valueflows.At(err, "demands", strconv.Itoa(i), "resourceQuantity")
	}
	wanted := m.store.measure(quantity, d.Quantity.HasUnit)
	counted, err := m.counted(d.Specification, wanted)
	if err != nil {
		return valueflows.At(err, "demands", strconv.Itoa(i), "resourceQuantity")
	}
	want := &need{whole: counted.HasNumericalValue, quantity: counted.HasNumericalValue, unit: d.Quantity.HasUnit, due: m.far, priority: d.Priority, demand: i}
	if m.request.Direction == Backward {
		want.due = d.Due.Instant
	}
	n.needs = append(n.needs, want)
	service := n.making.recipe != nil && isService(n.making.flow.Action)
	if d.Receiver.IsZero() || d.Receiver == m.request.Agent || !d.Commitment.IsZero() || service {
		return nil
	}
	want.flow, err = m.promise(valueflows.Planned{
		Action: "transfer", Provider: m.request.Agent, Receiver: d.Receiver, ResourceConformsTo: d.Specification, Stage: d.Stage, State: d.State,
		ResourceQuantity: wanted, PlannedWithin: m.draft.Plan, Due: d.Due,
	})
	if err != nil {
		return err
	}
	want.flow.commitment.IndependentDemandOf = m.draft.Plan
	m.draft.Deliveries[i].Commitment = want.flow.commitment.ID
	if e := m.index.exchanges[d.Exchange]; e != nil {
		return m.settle(e, nil, want.flow, d.Due)
	}
	return nil
}

// plan nets the needs of a node and comes by what is short.
func (m *maker) plan(n *node, needs []*need, by making) error {
	slices.SortStableFunc(needs, func(a, b *need) int {
		return cmp.Or(cmp.Compare(a.priority, b.priority), cmp.Compare(a.due, b.due))
	})
	for first := 0; first < len(needs); {
		last := first
		for last < len(needs) && m.together(needs[first], needs[last]) {
			last++
		}
		if err := m.lot(n, needs[first:last], by); err != nil {
			return err
		}
		first = last
	}
	return nil
}

func (m *maker) together(a, b *need) bool {
	return a.priority == b.priority && m.request.period(a.due) == m.request.period(b.due)
}

// lot nets the needs of one lot, and plans what is short.
func (m *maker) lot(n *node, needs []*need, by making) error {
	var short valueflows.Decimal
	for _, want := range needs {
		err := m.net(n, want)
		if err != nil {
			return err
		}
		if short, err = plus(short, want.quantity); err != nil {
			return err
		}
	}
	needs = slices.DeleteFunc(needs, func(want *need) bool { return want.quantity.Sign() == 0 })
	switch {
	case len(needs) == 0:
		return nil
	case by.recipe != nil:
		return m.process(n, needs, short)
	}
	return m.acquire(n, needs, short, by)
}
