package planning

import (
	"slices"
	"strconv"

	"disconode/valueflows"
)

// lot is one process of the draft, or one acquisition from others.
type lot struct {
	number     int // lots that supply others are made after these
	begin, end valueflows.Instant
	ready      valueflows.Instant // when the last scheduled output that it waits for is there
	span       Span
	process    *valueflows.Process // nil for an acquisition
	inputs     []*valueflows.Planned
	outputs    []*valueflows.Planned
	users      []*lot // who waits for it
	demands    []int
}

// process plans a process that makes what is short of a lot.
func (m *maker) process(n *node, needs []*need, short valueflows.Decimal) error {
	r := n.making.recipe
	once, err := m.counted(n.Specification, n.making.flow.ResourceQuantity)
	if err != nil {
		return valueflows.At(err, "recipeFlows", n.making.flow.ID.String(), "resourceQuantity")
	}
	per := once.HasNumericalValue
	n.per = per
	size, err := m.size(n, short)
	if err != nil {
		return err
	}
	l, err := m.newLot(r, needs[0].due, size, per)
	if err != nil {
		return err
	}
	l.process = &valueflows.Process{
		Record: valueflows.Record{ID: m.newID()}, Name: r.Name, Note: r.Note, BasedOn: r.ProcessConformsTo,
		ClassifiedAs: r.ProcessClassifiedAs, InScopeOf: m.request.Agent, PlannedWithin: m.draft.Plan,
	}
	m.draft.Processes = append(m.draft.Processes, l.process)
	for _, f := range r.outputs {
		if kind := r.gives(f); !slices.Contains(m.there[kind.Specification], kind) {
			m.there[kind.Specification] = append(m.there[kind.Specification], kind)
		}
		if f == n.making.flow {
			err = m.output(n, l, needs, size)
		} else {
			err = m.byProduct(l, r, f, size, per)
		}
		if err != nil {
			return err
		}
	}
	for i, f := range r.inputs {
		if err := m.input(n, i, f, l, needs[0].priority, size, per); err != nil {
			return err
		}
	}
	return nil
}

// size is how much a process makes where so much is short.
func (m *maker) size(n *node, short valueflows.Decimal) (valueflows.Decimal, error) {
	unit := n.making.flow.ResourceQuantity.HasUnit // which the rules are in
	size, err := m.sensible(n.Specification, valueflows.Measure{HasNumericalValue: short, HasUnit: n.unit}, unit)
	if err != nil {
		return size, err
	}
	rule := m.request.Sizes[n.making.recipe.ID]
	minimum, err := valueflows.Measure{HasNumericalValue: rule.Minimum, HasUnit: unit}.In(n.unit)
	if err != nil {
		return size, err
	}
	if compare(size, minimum.HasNumericalValue) < 0 {
		size = minimum.HasNumericalValue
	}
	if rule.Multiple.Sign() <= 0 {
		return size, nil
	}
	multiple, err := valueflows.Measure{HasNumericalValue: rule.Multiple, HasUnit: unit}.In(n.unit)
	if err != nil {
		return size, err
	}
	return wholeTimes(size, multiple.HasNumericalValue)
}

// newLot is a lot that ends when it is needed.
func (m *maker) newLot(r *recipe, due valueflows.Instant, size, per valueflows.Decimal) (*lot, error) {
	l := &lot{number: len(m.lots), begin: due, end: due}
	m.lots = append(m.lots, l)
	if r == nil {
		return l, nil
	}
	if r.HasDuration == nil {
		m.note(NoDuration, r.ID, "the recipe %s does not say how long it takes: it was planned as an instant", r.Name)
		return l, nil
	}
	var err error
	span, known := m.spans[r.ID]
	if !known {
		if span, err = SpanOf(r.HasDuration); err != nil {
			return nil, valueflows.At(err, "recipeProcesses", r.ID.String(), "hasDuration")
		}
		m.spans[r.ID] = span
	}
	if m.request.Sizes[r.ID].Longer {
		times := rat(size)
		if span, err = span.times(times.Quo(times, rat(per))); err != nil {
			return nil, valueflows.At(err, "recipeProcesses", r.ID.String(), "hasDuration")
		}
	}
	l.span, l.begin = span, span.Before(due, m.request.zone())
	return l, nil
}

// output promises what a process is for: apart for each demand of the agent's
// own and each service, together for all else and what is over.
func (m *maker) output(n *node, l *lot, needs []*need, size valueflows.Decimal) error {
	var rest []*need
	over := size
	for _, want := range needs {
		var err error
		if over, err = minus(over, want.quantity); err != nil {
			return err
		}
		apart := want.lot == nil && want.flow.none() && m.request.Demands[want.demand].Commitment.IsZero()
		inOne := want.lot != nil && isService(n.making.flow.Action) && isService(want.flow.planned().Action)
		if !apart && !inOne {
			rest = append(rest, want)
			continue
		}
		if err := m.outputFor(n, l, want); err != nil {
			return err
		}
	}
	together := over
	for _, want := range rest {
		var err error
		if together, err = plus(together, want.quantity); err != nil {
			return err
		}
	}
	if together.Sign() == 0 {
		return nil
	}
	f := n.making.flow
	out, err := m.promise(m.made(f, l, m.store.stated(together, n.unit, f.ResourceQuantity.HasUnit)))
	if err != nil {
		return err
	}
	l.outputs = append(l.outputs, out.planned())
	s := &supply{Kind: n.making.recipe.gives(f), unit: n.unit, stated: f.ResourceQuantity.HasUnit, left: over, at: l.end, created: creates(f.Action), output: out.id(), lot: l}
	for _, want := range rest {
		m.allocate(n, want, s, want.quantity)
		want.quantity = valueflows.Decimal{}
	}
	m.keep(s, f)
	return nil
}

// outputFor promises an output for one need. A service that a process of the
// plan takes is its input and this one's output in one.
func (m *maker) outputFor(n *node, l *lot, want *need) error {
	f := n.making.flow
	var out flow
	if want.lot != nil && compare(want.whole, want.quantity) == 0 {
		out = want.flow
		out.planned().OutputOf = l.process.ID
	} else {
		planned := m.made(f, l, m.store.stated(want.quantity, n.unit, f.ResourceQuantity.HasUnit))
		if want.lot == nil && isService(f.Action) {
			planned.Receiver = either(m.request.Demands[want.demand].Receiver, m.request.Agent)
		}
		var err error
		if out, err = m.promise(planned); err != nil {
			return err
		}
		l.outputs = append(l.outputs, out.planned())
	}
	if want.lot == nil {
		out.commitment.IndependentDemandOf = m.draft.Plan
		m.draft.Deliveries[want.demand].Commitment = out.id()
		if err := m.clauses(f, out, l, want.quantity, n.per); err != nil {
			return err
		}
	}
	m.allocate(n, want, &supply{Kind: n.Kind, unit: n.unit, at: l.end, output: out.id(), lot: l}, want.quantity)
	want.quantity = valueflows.Decimal{}
	return nil
}

// byProduct promises what else comes out of a process, never more than will.
func (m *maker) byProduct(l *lot, r *recipe, f *valueflows.RecipeFlow, size, per valueflows.Decimal) error {
	var quantity *valueflows.Measure
	if f.ResourceQuantity != nil {
		some, _, err := scaled(f.ResourceQuantity.HasNumericalValue, size, per, false)
		if err != nil {
			return err
		}
		quantity = m.store.measure(some, f.ResourceQuantity.HasUnit)
	}
	out, err := m.promise(m.made(f, l, quantity))
	if err != nil {
		return err
	}
	l.outputs = append(l.outputs, out.planned())
	if quantity == nil || f.ResourceConformsTo.IsZero() {
		return nil
	}
	over, err := m.counted(f.ResourceConformsTo, quantity)
	if err != nil {
		return valueflows.At(err, "recipeFlows", f.ID.String(), "resourceQuantity")
	}
	m.keep(&supply{
		Kind: r.gives(f), unit: over.HasUnit, stated: quantity.HasUnit, left: over.HasNumericalValue, at: l.end, created: creates(f.Action), output: out.id(), lot: l,
	}, f)
	return nil
}

// keep lets later needs be met from what is over, but for a service, which
// cannot be kept.
func (m *maker) keep(s *supply, f *valueflows.RecipeFlow) {
	if s.left.Sign() <= 0 {
		return
	}
	m.over = append(m.over, s)
	if !isService(f.Action) {
		m.supplies[s.Specification] = append(m.supplies[s.Specification], s)
	}
}

// input plans what a process takes, and makes a need of it where it is gone then.
func (m *maker) input(n *node, i int, f *valueflows.RecipeFlow, l *lot, priority int, size, per valueflows.Decimal) error {
	planned := valueflows.Planned{
		Action: m.sided(f, true), Receiver: m.request.Agent, InputOf: l.process.ID, PlannedWithin: m.draft.Plan, Note: f.Note,
		ResourceConformsTo: f.ResourceConformsTo, ResourceClassifiedAs: f.ResourceClassifiedAs, Stage: f.Stage, State: f.State,
	}
	var err error
	if planned.ResourceQuantity, err = m.times(f, f.ResourceQuantity, size, per); err != nil {
		return err
	}
	if planned.EffortQuantity, err = m.times(f, f.EffortQuantity, size, per); err != nil {
		return err
	}
	part := n.parts[i]
	known := m.request.Providers[f.ResourceConformsTo]
	switch found := isEffort(f.Action) || isService(f.Action) && part == nil; {
	case part != nil: // the agent takes what is then its own
		planned.Provider = m.request.Agent
	case found || !known.IsZero():
		planned.Provider = known
	default:
		planned.Provider = m.request.Agent
	}
	in, err := m.promise(planned)
	if err != nil {
		return err
	}
	l.inputs = append(l.inputs, in.planned())
	if err := m.clauses(f, in, l, size, per); err != nil {
		return err
	}
	if part == nil {
		m.seek(f, in, l)
		return nil
	}
	return m.wanted(part, in, l, l.begin, priority, n.cyclic[i])
}

// times is a quantity of a recipe as often as a process runs it, rounded up.
func (m *maker) times(f *valueflows.RecipeFlow, q *valueflows.Measure, size, per valueflows.Decimal) (*valueflows.Measure, error) {
	if q == nil {
		return nil, nil
	}
	quantity, exact, err := scaled(q.HasNumericalValue, size, per, true)
	if err != nil {
		return nil, err
	}
	if _, asked := m.request.Scales[f.ResourceConformsTo]; !exact && !asked {
		m.note(RoundedUp, f.ID, "no decimal is exactly what the recipe needs of %s: it was rounded up to %s digits after the point", m.name(f.ResourceConformsTo), strconv.Itoa(fineScale))
	}
	if q == f.ResourceQuantity {
		if quantity, err = m.sensible(f.ResourceConformsTo, valueflows.Measure{HasNumericalValue: quantity, HasUnit: q.HasUnit}, q.HasUnit); err != nil {
			return nil, err
		}
	}
	return m.store.measure(quantity, q.HasUnit), nil
}

// made is an output of a lot's process as the recipe has it.
func (m *maker) made(f *valueflows.RecipeFlow, l *lot, quantity *valueflows.Measure) valueflows.Planned {
	return valueflows.Planned{
		Action: m.sided(f, false), Provider: m.request.Agent, Receiver: m.request.Agent, OutputOf: l.process.ID, PlannedWithin: m.draft.Plan,
		ResourceConformsTo: f.ResourceConformsTo, ResourceClassifiedAs: f.ResourceClassifiedAs, State: f.State, Note: f.Note,
		ResourceQuantity: quantity,
	}
}
