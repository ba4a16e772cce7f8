package model

import (
	"disconode/node"
	"disconode/valueflows"
	"disconode/valueflows/planning"
)

// What a plan is asked for with.
type (
	// PlanRequestParams is a plan that is asked for.
	PlanRequestParams struct {
		Name        string
		Note        valueflows.Text
		Due         *valueflows.Time
		Agent       *valueflows.ID
		Direction   *planning.Direction
		Start       *valueflows.Time
		Demands     []*PlanDemandParams
		Recipes     []valueflows.ID
		Choose      []*PlanChoiceParams
		Substitutes []*PlanSubstituteParams
		Providers   []*PlanProviderParams
		Sizes       []*PlanSizeParams
		Scales      []*PlanScaleParams
		Together    *planning.Period
	}
	// PlanDemandParams is something wanted by a time.
	PlanDemandParams struct {
		ResourceConformsTo valueflows.ID
		Stage              *valueflows.ID
		State              valueflows.Text
		ResourceQuantity   valueflows.Measure
		Due                *valueflows.Time
		Receiver           *valueflows.ID
		Priority           *int
		Commitment         *valueflows.ID
		Exchange           *valueflows.ID
	}
	// PlanChoiceParams says by which recipe process or exchange something comes.
	PlanChoiceParams struct{ ResourceConformsTo, Recipe valueflows.ID }
	// PlanSubstituteParams says what may be taken in place of something.
	PlanSubstituteParams struct {
		ResourceConformsTo valueflows.ID
		Substitutes        []valueflows.ID
	}
	// PlanProviderParams says who gives or does something.
	PlanProviderParams struct{ ResourceConformsTo, Provider valueflows.ID }
	// PlanSizeParams says how a recipe process is scaled.
	PlanSizeParams struct {
		RecipeProcess     valueflows.ID
		Minimum, Multiple *valueflows.Decimal
		Longer            *bool
	}
	// PlanScaleParams says how finely something is counted.
	PlanScaleParams struct {
		ResourceConformsTo valueflows.ID
		Digits             int
	}
	// PlanChangeParams is what has become of a plan.
	PlanChangeParams struct {
		Process, Flow *valueflows.ID
		At            valueflows.Time
		Quantity      *valueflows.Measure
	}
)

// Request is what is asked for, as the node reads it.
func (p *PlanRequestParams) Request() node.PlanRequest {
	r := node.PlanRequest{Name: p.Name, Note: p.Note, Due: p.Due, Request: planning.Request{Agent: given(p.Agent), Direction: given(p.Direction),
		Start: p.Start, Recipes: p.Recipes, Together: given(p.Together)}}
	type id = valueflows.ID
	r.Choose, r.Providers, r.Substitutes = map[id]id{}, map[id]id{}, map[id][]id{}
	r.Sizes, r.Scales = map[id]planning.Size{}, map[id]int{}
	for _, d := range p.Demands {
		r.Demands = append(r.Demands, planning.Demand{Kind: planning.Kind{Specification: d.ResourceConformsTo, Stage: given(d.Stage), State: d.State},
			Quantity: d.ResourceQuantity, Due: d.Due, Receiver: given(d.Receiver), Priority: given(d.Priority), Commitment: given(d.Commitment), Exchange: given(d.Exchange)})
	}
	for _, c := range p.Choose {
		r.Choose[c.ResourceConformsTo] = c.Recipe
	}
	for _, s := range p.Substitutes {
		r.Substitutes[s.ResourceConformsTo] = s.Substitutes
	}
	for _, s := range p.Providers {
		r.Providers[s.ResourceConformsTo] = s.Provider
	}
	for _, s := range p.Sizes {
		r.Sizes[s.RecipeProcess] = planning.Size{Minimum: given(s.Minimum), Multiple: given(s.Multiple), Longer: given(s.Longer)}
	}
	for _, s := range p.Scales {
		r.Scales[s.ResourceConformsTo] = s.Digits
	}
	return r
}

// Change is what has changed, as planning reads it.
func (p *PlanChangeParams) Change() planning.Change {
	return planning.Change{Process: given(p.Process), Flow: given(p.Flow), At: p.At.Instant, Quantity: p.Quantity}
}

// given is what a pointer holds; the zero value for nil.
func given[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}
