package graph

import (
	"context"

	"disconode/graph/model"
	"disconode/valueflows"
)

// Action is one of the actions.
func (query) Action(_ context.Context, id string) (*model.Action, error) {
	action, err := valueflows.ParseAction(id)
	if err != nil {
		return nil, valueflows.At(err, "id")
	}
	return model.ActionOf(action), nil
}

// Actions are all of them, in the order of the vocabulary's table.
func (query) Actions(context.Context) ([]*model.Action, error) {
	all := make([]*model.Action, len(valueflows.ActionIDs))
	for i, id := range valueflows.ActionIDs {
		all[i] = model.ActionOf(id)
	}
	return all, nil
}
