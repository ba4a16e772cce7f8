package flow

import (
	"math/big"
	"slices"

	"disconode/valueflows"
)

// RollupRecipes are the recipes that a roll-up of what should happen reads. Each
// method is asked for a set; the same set may be answered in any order.
type RollupRecipes interface {
	// FlowsOf are the recipe flows of one of the specifications that are an
	// output of a process, or a clause of an exchange.
	FlowsOf(specifications []valueflows.ID) ([]*valueflows.RecipeFlow, error)
	// Processes are the recipe processes with these ids.
	Processes(ids []valueflows.ID) ([]*valueflows.RecipeProcess, error)
	// FlowsIn are all inputs and outputs of the recipe processes, and all clauses
	// and reciprocal clauses of the recipe exchanges.
	FlowsIn(processes, exchanges []valueflows.ID) ([]*valueflows.RecipeFlow, error)
}

// recipeFacts is what was read of recipes.
type recipeFacts struct {
	stages    map[valueflows.ID]valueflows.ID // by process
	making    map[valueflows.ID][]*rollupFlow // outputs by specification
	inputs    map[valueflows.ID][]*rollupFlow // by process
	outputs   map[valueflows.ID][]*rollupFlow
	brought   map[valueflows.ID][]*rollupFlow // clauses by specification
	exchanges map[valueflows.ID]rollupSide    // by clause
}

// readRecipes reads all that is behind a specification, level by level.
func readRecipes(recipes RollupRecipes, start valueflows.ID, most int) (*recipeFacts, error) {
	all := map[valueflows.ID]*valueflows.RecipeFlow{}
	asked := map[valueflows.ID]bool{start: true} // specifications, processes and exchanges
	stages := map[valueflows.ID]valueflows.ID{}
	for specifications := []valueflows.ID{start}; len(specifications) > 0; {
		flows, err := recipes.FlowsOf(specifications)
		if err != nil {
			return nil, err
		}
		var processes, exchanges []valueflows.ID
		for _, f := range flows {
			processes = unasked(asked, processes, f.RecipeOutputOf)
			exchanges = unasked(asked, exchanges, f.RecipeClauseOf, f.RecipeReciprocalClauseOf)
		}
		inside, err := recipes.FlowsIn(processes, exchanges)
		if err != nil {
			return nil, err
		}
		based, err := recipes.Processes(processes)
		if err != nil {
			return nil, err
		}
		for _, p := range based {
			stages[p.ID] = p.ProcessConformsTo
		}
		specifications = nil
		for _, f := range append(flows, inside...) {
			all[f.ID] = f
			if !f.RecipeInputOf.IsZero() {
				specifications = unasked(asked, specifications, f.ResourceConformsTo)
			}
		}
		if len(all) > most {
			return nil, valueflows.Invalid("TOO_MUCH", "more than %d recipe flows are behind this: ask for something simpler", most)
		}
		slices.SortFunc(specifications, compareIDs)
	}
	return fileRecipes(all, stages), nil
}

// unasked adds those of the ids that were not asked about before.
func unasked(asked map[valueflows.ID]bool, list []valueflows.ID, ids ...valueflows.ID) []valueflows.ID {
	for _, id := range ids {
		if !id.IsZero() && !asked[id] {
			asked[id] = true
			list = append(list, id)
		}
	}
	return list
}

func fileRecipes(all map[valueflows.ID]*valueflows.RecipeFlow, stages map[valueflows.ID]valueflows.ID) *recipeFacts {
	k := &recipeFacts{
		stages: stages, making: map[valueflows.ID][]*rollupFlow{}, inputs: map[valueflows.ID][]*rollupFlow{},
		outputs: map[valueflows.ID][]*rollupFlow{}, brought: map[valueflows.ID][]*rollupFlow{}, exchanges: map[valueflows.ID]rollupSide{},
	}
	ids := make([]valueflows.ID, 0, len(all))
	for id := range all {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, compareIDs)
	sides := map[valueflows.ID]*rollupSide{} // by exchange
	for _, id := range ids {
		r := all[id]
		f := recipeFlow(r)
		if !f.inputOf.IsZero() {
			k.inputs[f.inputOf] = append(k.inputs[f.inputOf], f)
		}
		if !f.outputOf.IsZero() {
			k.outputs[f.outputOf] = append(k.outputs[f.outputOf], f)
			k.making[f.specification] = append(k.making[f.specification], f)
		}
		for i, exchange := range []valueflows.ID{r.RecipeClauseOf, r.RecipeReciprocalClauseOf} {
			if exchange.IsZero() {
				continue
			}
			if sides[exchange] == nil {
				sides[exchange] = &rollupSide{agreement: exchange}
			}
			if side := sides[exchange]; i == 0 {
				side.mine = append(side.mine, f)
			} else {
				side.theirs = append(side.theirs, f)
			}
			k.brought[f.specification] = append(k.brought[f.specification], f)
		}
	}
	for id, side := range sides {
		for _, f := range side.mine {
			k.exchanges[f.record] = *side
		}
		for _, f := range side.theirs {
			k.exchanges[f.record] = rollupSide{id, side.theirs, side.mine}
		}
	}
	return k
}

func recipeFlow(r *valueflows.RecipeFlow) *rollupFlow {
	f := &rollupFlow{
		record: r.ID, class: valueflows.ClassRecipeFlow, action: r.Action, specification: r.ResourceConformsTo,
		stage: r.Stage, state: r.State, inputOf: r.RecipeInputOf, outputOf: r.RecipeOutputOf,
	}
	for _, q := range []struct {
		amount  **amount
		measure *valueflows.Measure
	}{{&f.quantity, r.ResourceQuantity}, {&f.effort, r.EffortQuantity}} {
		if q.measure != nil {
			*q.amount = &amount{ratOf(q.measure.HasNumericalValue), q.measure.HasUnit}
		}
	}
	return f
}

// one is one of a specification, in the unit that the list first prices it in.
func (t *priceTable) one(specification valueflows.ID) *rollupFlow {
	f := &rollupFlow{record: specification, class: valueflows.ClassResourceSpecification, specification: specification, quantity: &amount{big.NewRat(1, 1), valueflows.One}}
	if prices := t.prices[priceKey{specification: specification}]; len(prices) > 0 {
		f.quantity.unit = prices[0].Unit
	}
	return f
}
