package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"

	"disconode/graph/model"
	"disconode/valueflows"
)

// item is a link to something of a plan, whichever class it is of.
type item[O any] struct {
	id func(*O) valueflows.ID
	selected
}

// itemReaders read what can be part of a plan.
var itemReaders = []reader{class[valueflows.Process]{}, class[valueflows.Commitment]{}, class[valueflows.Intent]{}}

func (item[O]) wants([]any) (reader, []valueflows.ID) { return nil, nil }

func (i item[O]) follow(ctx context.Context, owners []any, _ graphql.CollectedField) ([]any, error) {
	ids := make([]valueflows.ID, len(owners))
	for at, owner := range owners {
		ids[at] = i.id(owner.(*O))
	}
	return itemsOf(ctx, once(ids))
}

// itemsOf are the items that ids name, in a statement a class at most.
func itemsOf(ctx context.Context, ids []valueflows.ID) ([]any, error) {
	l := loadsOf(ctx)
	var found []any
	for _, r := range itemReaders {
		if err := r.read(ctx, l, ids); err != nil {
			return nil, err
		}
		var left []valueflows.ID
		for _, id := range ids {
			if record := r.get(l, id); record != nil {
				found = append(found, record)
			} else {
				left = append(left, id)
			}
		}
		ids = left
	}
	return found, nil
}

// itemOf is the item that an id names; nil where the caller may see none.
func itemOf(ctx context.Context, id valueflows.ID) (model.PlanItem, error) {
	found, err := itemsOf(ctx, once([]valueflows.ID{id}))
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return found[0].(model.PlanItem), nil
}

// toItem makes an [item].
func toItem[O any](id func(*O) valueflows.ID) link { return item[O]{id: id} }

// planningLinks are the links from what planning answers with.
func planningLinks() map[string]link {
	type (
		id         = valueflows.ID
		measure    = valueflows.Measure
		agent      = valueflows.Agent
		kind       = valueflows.ResourceSpecification
		stage      = valueflows.ProcessSpecification
		process    = valueflows.Process
		resource   = valueflows.EconomicResource
		commitment = valueflows.Commitment
		intent     = valueflows.Intent
		proposal   = valueflows.Proposal
		duration   = model.Duration
	)
	return map[string]link{
		"CriticalPath.steps":     part[model.CriticalPath, model.CriticalStep]{parts: func(p *model.CriticalPath) []*model.CriticalStep { return p.Steps }},
		"CriticalPath.longest":   toAll[process](func(p *model.CriticalPath) []id { return p.Longest }),
		"CriticalStep.process":   to[process](func(s *model.CriticalStep) id { return s.Process }),
		"CriticalStep.float":     durationOf(func(s *model.CriticalStep) *duration { return s.Float }),
		"CriticalStep.freeFloat": durationOf(func(s *model.CriticalStep) *duration { return s.FreeFloat }),

		"Shortage.resourceConformsTo": to[kind](func(s *model.Shortage) id { return s.Specification }),
		"Shortage.stage":              to[stage](func(s *model.Shortage) id { return s.Stage }),
		"Shortage.quantity":           measureOf(func(s *model.Shortage) *measure { return s.Quantity }),
		"Shortage.flow":               toItem(func(s *model.Shortage) id { return s.Flow }),
		"Shortage.from":               part[model.Shortage, model.PossibleSource]{parts: func(s *model.Shortage) []*model.PossibleSource { return s.From }},
		"PossibleSource.agent":        to[agent](func(s *model.PossibleSource) id { return s.Agent }),
		"PossibleSource.offer":        to[intent](func(s *model.PossibleSource) id { return s.Offer }),
		"PossibleSource.available":    measureOf(func(s *model.PossibleSource) *measure { return s.Available }),

		"Match.intent":   to[intent](func(m *model.Match) id { return m.Intent }),
		"Match.proposal": to[proposal](func(m *model.Match) id { return m.Proposal }),
		"Match.agent":    to[agent](func(m *model.Match) id { return m.Agent }),
		"Match.quantity": measureOf(func(m *model.Match) *measure { return m.Quantity }),
		"Match.reasons":  part[model.Match, model.MatchReason]{parts: func(m *model.Match) []*model.MatchReason { return m.Reasons }},

		"Allocation.resourceConformsTo": to[kind](func(a *model.Allocation) id { return a.Specification }),
		"Allocation.quantity":           measureOf(func(a *model.Allocation) *measure { return &a.Quantity }),
		"Allocation.resource":           to[resource](func(a *model.Allocation) id { return a.Resource }),
		"Allocation.flow":               toItem(func(a *model.Allocation) id { return a.Flow }),
		"Allocation.for":                toItem(func(a *model.Allocation) id { return a.For }),
		"PlanDelivery.commitment":       to[commitment](func(d *model.PlanDelivery) id { return d.Commitment }),
		"PlanDelivery.late":             durationOf(func(d *model.PlanDelivery) *duration { return d.Late }),
		"Surplus.resourceConformsTo":    to[kind](func(s *model.Surplus) id { return s.Specification }),
		"Surplus.stage":                 to[stage](func(s *model.Surplus) id { return s.Stage }),
		"Surplus.quantity":              measureOf(func(s *model.Surplus) *measure { return &s.Quantity }),
		"Surplus.flow":                  toItem(func(s *model.Surplus) id { return s.Flow }),

		"PlanMove.process":           to[process](func(m *model.PlanMove) id { return m.Process }),
		"PlanMove.later":             durationOf(func(m *model.PlanMove) *duration { return m.Later }),
		"PlanMove.because":           toItem(func(m *model.PlanMove) id { return m.Because }),
		"LateDelivery.commitment":    to[commitment](func(d *model.LateDelivery) id { return d.Commitment }),
		"LateDelivery.late":          durationOf(func(d *model.LateDelivery) *duration { return d.Late }),
		"PlanGap.flow":               toItem(func(g *model.PlanGap) id { return g.Flow }),
		"PlanGap.process":            to[process](func(g *model.PlanGap) id { return g.Process }),
		"PlanGap.resourceConformsTo": to[kind](func(g *model.PlanGap) id { return g.Kind.Specification }),
		"PlanGap.stage":              to[stage](func(g *model.PlanGap) id { return g.Kind.Stage }),
		"PlanGap.quantity":           measureOf(func(g *model.PlanGap) *measure { return &g.Quantity }),
	}
}
