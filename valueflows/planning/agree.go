package planning

import "disconode/valueflows"

// partners are the two sides of an agreement by a recipe exchange. A plan makes
// one agreement of each exchange with each partner, however many lots it covers.
type partners struct {
	exchange           valueflows.ID
	provider, receiver valueflows.ID // of the clauses; the other way round for what is given in return
}

// agreement is the id of the agreement between both, made when first asked for.
func (m *maker) agreement(e *exchange, provider, receiver valueflows.ID) valueflows.ID {
	key := partners{e.ID, provider, receiver}
	if id, ok := m.agreements[key]; ok {
		return id
	}
	a := &valueflows.Agreement{Record: valueflows.Record{ID: m.newID()}, Name: valueflows.Text(e.Name), Note: e.Note}
	m.draft.Agreements = append(m.draft.Agreements, a)
	m.agreements[key] = a.ID
	return a.ID
}

// clauses ties a flow of a process to the agreement that its recipe names. The
// first clause of an exchange brings the clauses that belong to no process with
// it, so that these are agreed once. Who deals with itself agrees nothing.
func (m *maker) clauses(f *valueflows.RecipeFlow, of flow, l *lot, size, per valueflows.Decimal) error {
	p := of.planned()
	if p.Provider == p.Receiver {
		return nil
	}
	if e := m.index.exchanges[f.RecipeReciprocalClauseOf]; e != nil && of.commitment != nil {
		of.commitment.ReciprocalClauseOf = m.agreement(e, p.Receiver, p.Provider)
	}
	e := m.index.exchanges[f.RecipeClauseOf]
	switch {
	case e == nil:
	case e.clauses[0] == f:
		_, err := m.settleLot(e, f, of, l, size, per)
		return err
	case of.commitment != nil:
		of.commitment.ClauseOf = m.agreement(e, p.Provider, p.Receiver)
	}
	return nil
}

// settleLot makes an agreement of an exchange for one of its clauses: the other
// clauses and what is given in return, in proportion (size ÷ per), due when the
// lot ends. Where somebody is still to be found, it makes a proposal that asks
// for the clauses and offers the return. It gives the reciprocal flows, in the
// order of the exchange's.
func (m *maker) settleLot(e *exchange, clause *valueflows.RecipeFlow, of flow, l *lot, size, per valueflows.Decimal) ([]flow, error) {
	others, returns, err := m.agree(e, clause, of, size, per)
	if err != nil {
		return nil, err
	}
	for _, f := range append(others, returns...) {
		l.outputs = append(l.outputs, f.planned())
	}
	return returns, nil
}

// settle makes an agreement of an exchange for what a demand's receiver gets.
func (m *maker) settle(e *exchange, clause *valueflows.RecipeFlow, of flow, due *valueflows.Time) error {
	p := of.planned()
	unit := m.unit(p.ResourceConformsTo, p.ResourceQuantity.HasUnit)
	for _, f := range e.clauses {
		if clause == nil && f.ResourceConformsTo == p.ResourceConformsTo && f.ResourceQuantity != nil &&
			m.unit(f.ResourceConformsTo, f.ResourceQuantity.HasUnit) == unit && f.ResourceQuantity.HasNumericalValue.Sign() > 0 {
			clause = f
		}
	}
	if clause == nil {
		m.note(UnknownRecipe, e.ID, "the exchange %s has no clause that gives %s", e.Name, m.name(p.ResourceConformsTo))
		return nil
	}
	p.Action = clause.Action
	size, err := m.counted(p.ResourceConformsTo, p.ResourceQuantity)
	if err != nil {
		return err
	}
	per, err := m.counted(p.ResourceConformsTo, clause.ResourceQuantity)
	if err != nil {
		return valueflows.At(err, "recipeFlows", clause.ID.String(), "resourceQuantity")
	}
	others, returns, err := m.agree(e, clause, of, size.HasNumericalValue, per.HasNumericalValue)
	for _, f := range append(others, returns...) {
		f.planned().Due = due
	}
	return err
}

func (m *maker) agree(e *exchange, clause *valueflows.RecipeFlow, of flow, size, per valueflows.Decimal) (others, returns []flow, err error) {
	p := of.planned()
	add := func(f *valueflows.RecipeFlow, provider, receiver valueflows.ID) (flow, error) {
		planned := valueflows.Planned{
			Action: f.Action, Provider: provider, Receiver: receiver, ResourceConformsTo: f.ResourceConformsTo,
			ResourceClassifiedAs: f.ResourceClassifiedAs, Stage: f.Stage, State: f.State, PlannedWithin: m.draft.Plan, Note: f.Note,
		}
		if planned.ResourceQuantity, err = m.times(f, f.ResourceQuantity, size, per); err != nil {
			return flow{}, err
		}
		if planned.EffortQuantity, err = m.times(f, f.EffortQuantity, size, per); err != nil {
			return flow{}, err
		}
		return m.promise(planned)
	}
	for _, f := range e.clauses {
		if f == clause || !f.RecipeInputOf.IsZero() || !f.RecipeOutputOf.IsZero() {
			continue
		}
		other, err := add(f, p.Provider, p.Receiver)
		if err != nil {
			return nil, nil, err
		}
		others = append(others, other)
	}
	for _, f := range e.reciprocals {
		other, err := add(f, p.Receiver, p.Provider)
		if err != nil {
			return nil, nil, err
		}
		returns = append(returns, other)
	}
	m.tie(e, of, others, returns)
	return others, returns, nil
}

// tie binds flows into an agreement, or into a proposal where somebody is
// still to be found.
func (m *maker) tie(e *exchange, of flow, others, returns []flow) {
	p := of.planned()
	if of.commitment != nil {
		id := m.agreement(e, p.Provider, p.Receiver)
		of.commitment.ClauseOf = id
		for _, f := range others {
			f.commitment.ClauseOf = id
		}
		for _, f := range returns {
			f.commitment.ReciprocalClauseOf = id
		}
		return
	}
	purpose := valueflows.Request
	if p.Receiver.IsZero() {
		purpose = valueflows.Offer
	}
	proposal := &valueflows.Proposal{
		Record: valueflows.Record{ID: m.newID()}, Purpose: purpose, Name: valueflows.Text(e.Name), Note: e.Note, Publishes: []valueflows.ID{of.id()},
	}
	for _, f := range others {
		proposal.Publishes = append(proposal.Publishes, f.id())
	}
	for _, f := range returns {
		proposal.Reciprocal = append(proposal.Reciprocal, f.id())
	}
	m.draft.Proposals = append(m.draft.Proposals, proposal)
}
