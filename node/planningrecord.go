package node

import (
	"context"
	"errors"
	"slices"

	"disconode/node/store"
	"disconode/valueflows"
)

// recordPlan records a plan with all of its draft, and puts the records as they
// were recorded in the draft's place.
func (s *session) recordPlan(plan *valueflows.Plan, d *PlanDraft, r *PlanRequest) error {
	made, created := *plan, valueflows.TimeOf(s.at.Time().In(r.Zone))
	made.Created = &created
	return all(
		func() error { return recordAll(s, new([]*valueflows.Plan{&made})) },
		func() error { return recordAll(s, &d.Processes) },
		func() error { return recordAll(s, &d.Agreements) },
		func() error { return recordAll(s, &d.Intents) },
		func() error { return recordAll(s, &d.Commitments) },
		func() error { return recordAll(s, &d.Proposals) },
		func() error { return s.deliverables(plan.ID, r) },
	)
}

// recordAll records copies of some records, and puts them in their place.
func recordAll[T Kept](s *session, records *[]*T) error {
	made := make([]*T, len(*records))
	for i, record := range *records {
		one := *record
		if err := s.by.mayRecord(&one); err != nil {
			return err
		}
		if err := s.mayRecordForLab(&one); err != nil {
			return err
		}
		if err := s.create(any(&one)); err != nil {
			return err
		}
		made[i] = &one
	}
	*records = made
	return nil
}

// deliverables says of the promises that stood already and that the plan shall
// keep that they are its deliverables, but where they cannot be changed any more
// or are another plan's.
func (s *session) deliverables(plan valueflows.ID, r *PlanRequest) error {
	for _, d := range r.Demands {
		if d.Commitment.IsZero() {
			continue
		}
		err := amend(s, d.Commitment, func(c *valueflows.Commitment) bool {
			free := c.IndependentDemandOf.IsZero() && c.Books == s.by.Lab
			c.IndependentDemandOf = plan
			return free
		})
		if err != nil && !errors.Is(err, errLocked) {
			return err
		}
	}
	return nil
}

// amend changes a record as [Update] does, within a command that does more: the
// change tells whether it changed anything.
func amend[T Kept](s *session, revision valueflows.ID, change func(*T) bool) error {
	row, err := revised[T](s, revision)
	if err != nil {
		return err
	}
	changed := *row
	if !change(&changed) {
		return nil
	}
	if err := s.by.mayChange(&changed); err != nil {
		return err
	}
	if err := s.checkRecord(any(&changed)); err != nil {
		return err
	}
	if err := s.mayChangeTo(any(row), any(&changed)); err != nil {
		return err
	}
	return s.append(valueflows.ClassOf(&changed), store.Update, any(&changed))
}

// draftOf is a plan's records, as a draft that says nothing else.
func (n *Node) draftOf(ctx context.Context, plan *valueflows.Plan) (*PlanDraft, error) {
	r, err := n.planReader(ctx)
	if r == nil || err != nil {
		return nil, err
	}
	work, err := r.planned([]*valueflows.Plan{plan}, true)
	if err != nil {
		return nil, err
	}
	d := &PlanDraft{Plan: plan.ID, Processes: work[0].Processes, Commitments: work[0].Commitments, Intents: work[0].Intents}
	var agreements []valueflows.ID
	for _, c := range d.Commitments {
		agreements = append(agreements, c.ClauseOf, c.ReciprocalClauseOf)
	}
	if d.Agreements, err = store.Linked[valueflows.Agreement](ctx, n.store, r.sight, sorted(agreements), store.LinkSelf); err != nil {
		return nil, outward(err)
	}
	if d.Proposals, err = store.Linked[valueflows.Proposal](ctx, n.store, r.sight, idsOf(d.Intents), LinkPublishes); err != nil {
		return nil, outward(err)
	}
	slices.SortFunc(d.Agreements, byPosition)
	return d, nil
}
