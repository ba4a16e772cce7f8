package graph

import (
	"context"

	"disconode/graph/model"
	"disconode/graph/scalar"
	"disconode/node"
	"disconode/valueflows"
)

// Contributions adds up what was given.
func (q query) Contributions(ctx context.Context, lab *string, agent, action, resourceConformsTo []string, stream []valueflows.Stream, from, to *valueflows.Time, groupBy []node.ContributionGroup) ([]*model.Contribution, error) {
	asked := node.ContributionQuery{Stream: stream, GroupBy: groupBy}
	if lab != nil {
		id, err := named(ctx, "lab", *lab)
		if err != nil {
			return nil, err
		}
		asked.Lab = id
	}
	for _, list := range []struct {
		argument string
		texts    []string
		into     *[]valueflows.ID
	}{{"agent", agent, &asked.Agent}, {"resourceConformsTo", resourceConformsTo, &asked.ResourceConformsTo}} {
		for _, text := range list.texts {
			id, err := named(ctx, list.argument, text)
			if err != nil {
				return nil, err
			}
			*list.into = append(*list.into, id)
		}
	}
	for _, text := range action {
		id, err := scalar.UnmarshalAction(text)
		if err != nil {
			return nil, valueflows.At(err, "action")
		}
		asked.Action = append(asked.Action, id)
	}
	if from != nil {
		asked.From = &from.Instant
	}
	if to != nil {
		asked.To = &to.Instant
	}
	rows, err := q.node.Contributions(ctx, asked)
	if err != nil {
		return nil, err
	}
	all := make([]*model.Contribution, len(rows))
	for i, row := range rows {
		all[i] = &model.Contribution{Contribution: row, Month: valueflows.Text(row.Month)}
	}
	return all, aheadOf(ctx, all...)
}

type contributions struct{}

// Agent is who gave.
func (contributions) Agent(ctx context.Context, c *model.Contribution) (model.Agent, error) {
	return agent(ctx, c.Agent)
}

// Receiver is who it was for.
func (contributions) Receiver(ctx context.Context, c *model.Contribution) (model.Agent, error) {
	return agent(ctx, c.Receiver)
}

// Action is what kind of event.
func (contributions) Action(_ context.Context, c *model.Contribution) (*model.Action, error) {
	return model.ActionOf(c.Action), nil
}

// ResourceConformsTo is what kind of resource or work.
func (contributions) ResourceConformsTo(ctx context.Context, c *model.Contribution) (*valueflows.ResourceSpecification, error) {
	return one[valueflows.ResourceSpecification](ctx, c.ResourceConformsTo)
}

// Process is into or out of which process.
func (contributions) Process(ctx context.Context, c *model.Contribution) (*valueflows.Process, error) {
	return one[valueflows.Process](ctx, c.Process)
}
