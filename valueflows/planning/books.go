package planning

import (
	"cmp"
	"slices"

	"disconode/valueflows"
)

// Books is what there is to plan with: recipes, specifications, stock, what is
// to come, and who gives what. The order of its lists changes nothing. What a
// plan can need is told by [Specifications], so that stock, outputs and sources
// can be read for these alone, each in one go.
type Books struct {
	RecipeProcesses []*valueflows.RecipeProcess
	RecipeFlows     []*valueflows.RecipeFlow
	RecipeExchanges []*valueflows.RecipeExchange
	Recipes         []*valueflows.Recipe
	Specifications  []*valueflows.ResourceSpecification
	Stock           []Stock
	Outputs         []Output
	Sources         []Source
}

// Stock is a resource that the planning agent may take from.
type Stock struct {
	Resource *valueflows.EconomicResource
	// Free is how much of what is on hand no other plan has taken; nil for all.
	Free *valueflows.Measure
	// Expires is when it can no longer be used; nil for never.
	Expires *valueflows.Time
}

// Output is a flow of another plan, or of none, that will bring something: a
// process's output or a transfer to the agent that stands open.
type Output struct {
	Flow valueflows.ID // a Commitment or an Intent
	Kind
	Free valueflows.Measure // what is open of it, and no other plan has taken
	At   *valueflows.Time   // when it will be there; nil where nobody said: then in time
}

// Source is somebody from whom something could come.
type Source struct {
	Specification valueflows.ID
	Agent         valueflows.ID
	Offer         valueflows.ID       // the Intent that offers it; zero for somebody who gave it before
	Available     *valueflows.Measure // of the offer, where it says so
	Last          *valueflows.Time    // when the agent last gave it
}

// recipe is a recipe process with its flows, in the order of their ids.
type recipe struct {
	*valueflows.RecipeProcess
	inputs, outputs []*valueflows.RecipeFlow
}

// putsOut tells whether the process puts out something of a specification.
func (r *recipe) putsOut(specification valueflows.ID) bool {
	return slices.ContainsFunc(r.outputs, func(f *valueflows.RecipeFlow) bool {
		return f.ResourceConformsTo == specification
	})
}

// gives is what an output of the process is.
func (r *recipe) gives(output *valueflows.RecipeFlow) Kind {
	return Kind{output.ResourceConformsTo, r.ProcessConformsTo, output.State}
}

// exchange is a recipe exchange with its flows, in the order of their ids.
type exchange struct {
	*valueflows.RecipeExchange
	clauses, reciprocals []*valueflows.RecipeFlow
}

// making is a way to come by something: an output of a recipe process, or a
// clause of an exchange; neither where nobody has said how.
type making struct {
	recipe   *recipe
	exchange *exchange
	flow     *valueflows.RecipeFlow
}

func (w making) id() valueflows.ID {
	switch {
	case w.recipe != nil:
		return w.recipe.ID
	case w.exchange != nil:
		return w.exchange.ID
	}
	return valueflows.ID{}
}

// index is the books as a planner looks things up.
type index struct {
	recipes        map[valueflows.ID]*recipe
	exchanges      map[valueflows.ID]*exchange
	makings        map[valueflows.ID][]making // by specification, in the order of ids
	chosen         map[valueflows.ID]*valueflows.Recipe
	specifications map[valueflows.ID]*valueflows.ResourceSpecification
	sources        map[valueflows.ID][]Source
}

func newIndex(b *Books) *index {
	x := &index{
		recipes: map[valueflows.ID]*recipe{}, exchanges: map[valueflows.ID]*exchange{}, makings: map[valueflows.ID][]making{},
		chosen: map[valueflows.ID]*valueflows.Recipe{}, specifications: map[valueflows.ID]*valueflows.ResourceSpecification{},
		sources: map[valueflows.ID][]Source{},
	}
	for _, p := range b.RecipeProcesses {
		x.recipes[p.ID] = &recipe{RecipeProcess: p}
	}
	for _, e := range b.RecipeExchanges {
		x.exchanges[e.ID] = &exchange{RecipeExchange: e}
	}
	for _, r := range b.Recipes {
		x.chosen[r.ID] = r
	}
	for _, s := range b.Specifications {
		x.specifications[s.ID] = s
	}
	flows := slices.Clone(b.RecipeFlows)
	slices.SortFunc(flows, func(a, b *valueflows.RecipeFlow) int { return byID(a.ID, b.ID) })
	for _, f := range flows {
		x.add(f)
	}
	for _, s := range b.Sources {
		x.sources[s.Specification] = append(x.sources[s.Specification], s)
	}
	for _, all := range x.sources {
		slices.SortFunc(all, compareSources)
	}
	return x
}

func (x *index) add(f *valueflows.RecipeFlow) {
	if r := x.recipes[f.RecipeInputOf]; r != nil {
		r.inputs = append(r.inputs, f)
	}
	r := x.recipes[f.RecipeOutputOf]
	if r != nil {
		r.outputs = append(r.outputs, f)
	}
	if e := x.exchanges[f.RecipeReciprocalClauseOf]; e != nil {
		e.reciprocals = append(e.reciprocals, f)
	}
	e := x.exchanges[f.RecipeClauseOf]
	if e != nil {
		e.clauses = append(e.clauses, f)
	}
	if f.ResourceConformsTo.IsZero() || f.ResourceQuantity == nil || f.ResourceQuantity.HasNumericalValue.Sign() <= 0 {
		return // it does not say how much there will be
	}
	switch {
	case r != nil:
		x.makings[f.ResourceConformsTo] = append(x.makings[f.ResourceConformsTo], making{recipe: r, flow: f})
	case e != nil && f.RecipeInputOf.IsZero():
		x.makings[f.ResourceConformsTo] = append(x.makings[f.ResourceConformsTo], making{exchange: e, flow: f})
	}
}

// compareSources puts offers before those who gave before, the largest offer
// and the latest giver first.
func compareSources(a, b Source) int {
	if c := cmp.Compare(bit(a.Offer.IsZero()), bit(b.Offer.IsZero())); c != 0 {
		return c
	}
	return cmp.Or(compare(amount(b.Available), amount(a.Available)), cmp.Compare(instant(b.Last), instant(a.Last)),
		byID(a.Agent, b.Agent), byID(a.Offer, b.Offer))
}

func amount(m *valueflows.Measure) valueflows.Decimal {
	if m == nil {
		return valueflows.Decimal{}
	}
	return m.HasNumericalValue
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

func instant(t *valueflows.Time) valueflows.Instant {
	if t == nil {
		return 0
	}
	return t.Instant
}
