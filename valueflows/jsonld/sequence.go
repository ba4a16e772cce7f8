package jsonld

import "disconode/valueflows"

// sequence puts the steps in their order: that of the documents, but that each
// resource, and each flow and proposal, is there before the first event that
// names it, and what they name before them. Each statement of a resource that is
// there already is a check.
func (p *planner) sequence() {
	q := &sequencer{
		planner: p, due: map[*moment][]*stock{}, creates: map[*moment]*stock{}, records: map[valueflows.ID]*moment{},
		put: map[*moment]bool{}, ready: map[*moment]int{}, waiting: map[int][]*moment{},
	}
	for _, k := range p.stocks {
		switch first := p.firstEvent(k); {
		case k.created != nil:
			q.creates[k.created] = k
		case first != nil && first.index < k.index:
			q.due[first] = append(q.due[first], k)
			p.add(k.Place, Inferred, "%s is stated after events that change it: it begins with what makes the statement true", k.IRI)
		default:
			q.due[k.moment] = append(q.due[k.moment], k)
		}
	}
	for _, m := range p.moments {
		if m.event != nil {
			q.records[m.event.ID] = m
		} else if m.between != nil {
			q.records[recOf(m.between).ID] = m
		}
	}
	for _, m := range p.moments {
		switch {
		case m.event != nil:
			q.event(m)
		case m.resource != nil:
			q.check(m)
		case q.readyAt(m) > m.index:
			q.waiting[q.ready[m]] = append(q.waiting[q.ready[m]], m)
		default:
			q.pull(m)
		}
		for _, waited := range q.waiting[m.index] {
			q.pull(waited)
		}
	}
}

// sequencer puts moments into steps.
type sequencer struct {
	*planner
	due     map[*moment][]*stock // the resources to be opened before a moment, at the latest
	creates map[*moment]*stock
	records map[valueflows.ID]*moment // events, and what comes between them
	put     map[*moment]bool          // what is among the steps
	ready   map[*moment]int           // the index of the last event that a record needs
	waiting map[int][]*moment         // the records that wait for the event of an index
}

// check opens the resources that are stated there first, and compares what is
// stated of one with the books.
func (q *sequencer) check(m *moment) {
	for _, k := range q.due[m] {
		q.open(k)
	}
	q.step(m, Step{Check: &Check{m.Statement, m.resource, q.batch.Names}, Opening: len(q.due[m]) > 0})
}

// event puts an event among the steps, and before it what it names.
func (q *sequencer) event(m *moment) {
	for _, k := range q.due[m] {
		q.open(k)
	}
	for _, named := range q.namedBy(m.event) {
		if named.between != nil {
			q.pull(named)
		}
	}
	step := Step{Event: m.event}
	if k := q.creates[m]; k != nil {
		step.Creates, step.Of = q.created(k), k.Statement
	}
	q.step(m, step)
}

// pull puts a record among the steps, and before it what it names. What comes to
// be by an event that must follow it is known by its name until then.
func (q *sequencer) pull(m *moment) {
	if q.put[m] {
		return
	}
	q.put[m] = true
	for _, named := range q.namedBy(m.between) {
		if named.between != nil {
			q.pull(named)
		} else if !q.put[named] {
			q.nameFirst(m, named)
		}
	}
	for _, k := range q.stocksOf(m.between) {
		if k.created == nil {
			q.open(k)
		} else if !q.put[k.created] {
			q.nameFirst(m, k.moment)
		}
	}
	q.step(m, Step{Record: m.between})
}

// nameFirst lets a record name what comes to be only after it.
func (q *sequencer) nameFirst(m, later *moment) {
	q.stub(later.IRI, later.Class, m.Place, true)
	q.add(m.Place, Inferred, "%s names %s, which comes to be after it, at line %d: that is known by its name until then", m.IRI, later.IRI, later.Line)
}

func (q *sequencer) step(m *moment, step Step) {
	q.put[m] = true
	step.Place, step.Statement = m.Place, m.Statement
	q.batch.Steps = append(q.batch.Steps, step)
}

// readyAt is the index of the last event that must have happened before a record
// can name what it names; -1 where there is none.
func (q *sequencer) readyAt(m *moment) int {
	if at, known := q.ready[m]; known {
		return at
	}
	q.ready[m] = -1
	last := -1
	for _, named := range q.namedBy(m.between) {
		if named.between != nil {
			last = max(last, q.readyAt(named))
		} else {
			last = max(last, named.index)
		}
	}
	for _, k := range q.stocksOf(m.between) {
		if k.created != nil {
			last = max(last, k.created.index)
		}
	}
	q.ready[m] = last
	return last
}

// namedBy are the events, flows and proposals of the documents that a record names.
func (q *sequencer) namedBy(record any) (named []*moment) {
	q.references(record, func(id valueflows.ID) {
		if m := q.records[id]; m != nil {
			named = append(named, m)
		}
	})
	return named
}

// stocksOf are the resources of the documents that a record names.
func (q *sequencer) stocksOf(record any) (named []*stock) {
	q.references(record, func(id valueflows.ID) {
		if k := q.resources[id]; k != nil {
			named = append(named, k)
		}
	})
	return named
}

func (q *sequencer) references(record any, do func(valueflows.ID)) {
	_ = describe(referrer(func(_ valueflows.Class, id valueflows.ID) { do(id) }), record) // the planner has made it of a kept class
}

func recOf(record any) *valueflows.Record {
	return record.(interface{ Rec() *valueflows.Record }).Rec()
}

// created is a resource as an event creates it: with what is stated of it and
// no event changes.
func (p *planner) created(k *stock) *valueflows.EconomicResource {
	r := *k.resource
	r.AccountingQuantity, r.OnhandQuantity = nil, nil
	r.SetContainers(nil)
	r.Stage, r.State, r.Custodian = valueflows.ID{}, "", valueflows.ID{}
	if !k.created.event.ToLocation.IsZero() {
		r.CurrentLocation = valueflows.ID{}
	} else if !r.CurrentLocation.IsZero() {
		p.add(k.PlaceOf("currentLocation"), Inferred, "%s has been there since the event that created it, at line %d", k.IRI, k.created.Line)
	}
	return &r
}
