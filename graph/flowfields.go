package graph

import (
	"context"

	"disconode/graph/generated"
	"disconode/graph/model"
	"disconode/valueflows"
)

// walkable has the fields that events, resources and processes have alike.
type walkable[T any] struct{}

// Trace is all that led to it.
func (walkable[T]) Trace(ctx context.Context, r *T) ([]model.FlowItem, error) {
	return walkItems[model.FlowItem](ctx, any(r).(kept))
}

// Track is all that came of it.
func (walkable[T]) Track(ctx context.Context, r *T) ([]model.FlowItem, error) {
	return walkItems[model.FlowItem](ctx, any(r).(kept))
}

// Flow is a page of a walk from it.
func (walkable[T]) Flow(ctx context.Context, r *T, _ generated.FlowDirection, _ *int, _ *string, _, _, _ *bool, _ *int, _ *string) (*model.FlowConnection, error) {
	return walkPage(ctx, any(r).(kept))
}

// beside are the events directly before and after a resource or a process.
type beside[T any] struct{ walkable[T] }

// Previous are the events directly before it.
func (beside[T]) Previous(ctx context.Context, r *T) ([]*valueflows.EconomicEvent, error) {
	return walkItems[*valueflows.EconomicEvent](ctx, any(r).(kept))
}

// Next are the events directly after it.
func (beside[T]) Next(ctx context.Context, r *T) ([]*valueflows.EconomicEvent, error) {
	return walkItems[*valueflows.EconomicEvent](ctx, any(r).(kept))
}

// Previous is what comes directly before an event.
func (events) Previous(ctx context.Context, e *valueflows.EconomicEvent) ([]model.FlowItem, error) {
	return walkItems[model.FlowItem](ctx, e)
}

// Next is what comes directly after an event.
func (events) Next(ctx context.Context, e *valueflows.EconomicEvent) ([]model.FlowItem, error) {
	return walkItems[model.FlowItem](ctx, e)
}

// PreviousProcesses are the processes before a process.
func (processes) PreviousProcesses(ctx context.Context, p *valueflows.Process) ([]*valueflows.Process, error) {
	return walkItems[*valueflows.Process](ctx, p)
}

// NextProcesses are the processes after a process.
func (processes) NextProcesses(ctx context.Context, p *valueflows.Process) ([]*valueflows.Process, error) {
	return walkItems[*valueflows.Process](ctx, p)
}

type flowEdges struct{}

// Via is what led to the step.
func (flowEdges) Via(_ context.Context, e *model.FlowEdge) (generated.FlowVia, error) {
	return flowVias[e.Via], nil
}
