package graph

import (
	"context"
	"errors"
	"slices"

	"github.com/99designs/gqlgen/graphql"

	"disconode/graph/generated"
	"disconode/graph/model"
	"disconode/node"
	"disconode/valueflows"
	"disconode/valueflows/planning"
)

// CriticalPath is when each process of a plan can and must be done.
func (q query) CriticalPath(ctx context.Context, plan string, start, due *valueflows.Time) (*model.CriticalPath, error) {
	id, err := named(ctx, "plan", plan)
	if err != nil {
		return nil, err
	}
	path, err := q.node.CriticalPath(ctx, id, start, due)
	if err != nil {
		return nil, err
	}
	if err := asked(ctx, len(path.Steps)+len(path.Longest)); err != nil {
		return nil, err
	}
	answer := model.CriticalPathOf(path)
	return answer, aheadOf(ctx, answer)
}

// Shortages is what is short of a plan.
func (q query) Shortages(ctx context.Context, plan string) ([]*model.Shortage, error) {
	id, err := named(ctx, "plan", plan)
	if err != nil {
		return nil, err
	}
	found, err := q.node.Shortages(ctx, id)
	if err != nil {
		return nil, err
	}
	all, sources := model.Told(found, model.ShortageOf), 0
	for _, s := range all {
		sources += len(s.From)
	}
	if err := asked(ctx, len(all)+sources); err != nil {
		return nil, err
	}
	return all, aheadOf(ctx, all...)
}

// Matches are the offers that fit a request, or the requests that fit an offer.
func (q query) Matches(ctx context.Context, intent string, first *int) ([]*model.Match, error) {
	id, err := named(ctx, "intent", intent)
	if err != nil {
		return nil, err
	}
	limit := pageSizeDefault
	if first != nil {
		limit = *first
	}
	if limit < 1 || limit > pageSizeMax {
		return nil, valueflows.At(valueflows.Invalid("OUT_OF_RANGE", "first is from 1 to %d", pageSizeMax), "first")
	}
	found, err := q.node.Matches(ctx, id, limit)
	if err != nil {
		return nil, err
	}
	all := model.Told(found, model.MatchOf)
	return all, aheadOf(ctx, all...)
}

// asked counts what an answer holds beside the lists that are read for it.
func asked(ctx context.Context, records int) error {
	l := loadsOf(ctx)
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.count += records; l.count > nodesMax {
		return valueflows.Invalid("QUERY_TOO_COSTLY", "the query asks for more than %d records: take smaller pages, or nest fewer of them", nodesMax)
	}
	return nil
}

// MakePlan makes a plan from recipes and from what there is.
func (m mutation) MakePlan(ctx context.Context, plan model.PlanRequestParams, dryRun *bool) (*generated.MakePlanResponse, error) {
	dry := dryRun != nil && *dryRun
	made, d, err := m.node.MakePlan(ctx, plan.Request(), dry)
	if err != nil {
		return nil, valueflows.At(err, "plan")
	}
	l := loadsOf(ctx)
	know(l, made)
	know(l, d.Processes...)
	know(l, d.Commitments...)
	know(l, d.Intents...)
	know(l, d.Agreements...)
	know(l, d.Proposals...)
	a := &generated.MakePlanResponse{Processes: d.Processes, Commitments: d.Commitments, Intents: d.Intents, Agreements: d.Agreements, Proposals: d.Proposals,
		Allocations: model.Told(d.Allocations, model.AllocationOf), Deliveries: model.Told(d.Deliveries, model.PlanDeliveryOf),
		Shortages: model.Told(d.Shortages, model.ShortageOf), Surplus: model.Told(d.Surplus, model.SurplusOf), Notes: model.Told(d.Notes, model.PlanNoteOf)}
	for _, process := range recordsOf[valueflows.Process](l, d.TooEarly, nil) {
		a.TooEarly = append(a.TooEarly, process.(*valueflows.Process))
	}
	if !dry {
		a.Plan = made
		aheadIn(ctx, "MakePlanResponse", "plan", []*valueflows.Plan{made})
	}
	aheadIn(ctx, "MakePlanResponse", "processes", a.Processes)
	aheadIn(ctx, "MakePlanResponse", "commitments", a.Commitments)
	aheadIn(ctx, "MakePlanResponse", "intents", a.Intents)
	aheadIn(ctx, "MakePlanResponse", "agreements", a.Agreements)
	aheadIn(ctx, "MakePlanResponse", "proposals", a.Proposals)
	aheadIn(ctx, "MakePlanResponse", "allocations", a.Allocations)
	aheadIn(ctx, "MakePlanResponse", "deliveries", a.Deliveries)
	aheadIn(ctx, "MakePlanResponse", "shortages", a.Shortages)
	aheadIn(ctx, "MakePlanResponse", "surplus", a.Surplus)
	return a, nil
}

// Replan works out what follows for a plan from what has changed.
func (m mutation) Replan(ctx context.Context, plan string, changes []*model.PlanChangeParams, lateEvent *string, apply *bool) (*generated.ReplanResponse, error) {
	id, err := named(ctx, "plan", plan)
	if err != nil {
		return nil, err
	}
	var late valueflows.ID
	if lateEvent != nil {
		if late, err = named(ctx, "lateEvent", *lateEvent); err != nil {
			return nil, err
		}
	}
	made := make([]planning.Change, len(changes))
	for i, c := range changes {
		made[i] = c.Change()
	}
	shift, err := m.node.Replan(ctx, id, made, late, apply != nil && *apply)
	if err != nil {
		return nil, ofLateEvent(err)
	}
	a := &generated.ReplanResponse{Moves: model.Told(shift.Moves, model.PlanMoveOf), Late: model.Told(shift.Late, model.LateDeliveryOf), Gaps: model.Told(shift.Short, model.PlanGapOf)}
	aheadIn(ctx, "ReplanResponse", "moves", a.Moves)
	aheadIn(ctx, "ReplanResponse", "late", a.Late)
	aheadIn(ctx, "ReplanResponse", "gaps", a.Gaps)
	return a, nil
}

// ofLateEvent names in the path of an input error the argument that has the event.
func ofLateEvent(err error) error {
	var input *valueflows.InputError
	if !errors.As(err, &input) || !slices.Equal(input.Path, []string{"event"}) {
		return err
	}
	return &valueflows.InputError{Code: input.Code, Text: input.Text, Path: []string{"lateEvent"}}
}

// know keeps records that no statement has to read any more: those of a draft
// are nowhere but here.
func know[T node.Kept](l *loads, records ...*T) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, record := range records {
		class[T]{}.kept(l)[any(record).(kept).Rec().ID] = record
	}
}

// aheadIn reads ahead what is asked of the records in a field of a mutation's
// answer. What was done is done: where something cannot be read, the field that
// asks for it says so.
func aheadIn[T any](ctx context.Context, of, field string, records []*T) {
	owners := make([]any, len(records))
	for i, record := range records {
		owners[i] = record
	}
	sets := selected{}.below(ctx, graphql.GetFieldContext(ctx).Field)
	_ = ahead(ctx, inside(ctx, sets, of, field), owners)
}
