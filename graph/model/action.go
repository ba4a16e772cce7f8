package model

import "disconode/valueflows"

// Action is a verb of Valueflows with what it means.
type Action struct {
	ID        valueflows.Action
	Label     string
	PairsWith *string
	valueflows.Behavior
}

var actions = func() map[valueflows.Action]*Action {
	all := map[valueflows.Action]*Action{}
	for id, behavior := range valueflows.Actions {
		action := &Action{ID: id, Label: id.Label(), Behavior: behavior}
		if behavior.PairsWith != "" {
			pair := string(behavior.PairsWith)
			action.PairsWith = &pair
		}
		all[id] = action
	}
	return all
}()

// ActionOf is the action with that id; nil where there is none.
func ActionOf(id valueflows.Action) *Action { return actions[id] }
