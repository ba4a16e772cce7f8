package web

import "disconode/valueflows"

// The pages of how things are made and exchanged.

func recipeShown(_ *visit, a struct {
	described
	PrimaryOutput  *named
	RecipeIncludes []named
}) *recordShown {
	r := &recordShown{Title: a.text(), Kind: "A recipe", Term: "Recipe"}
	r.Fields.record("Makes", "primaryOutput", valueflows.ClassResourceSpecification, a.PrimaryOutput)
	a.tail(&r.Fields)
	r.links("Its steps", valueflows.ClassRecipeProcess, a.RecipeIncludes)
	return r
}

// recipeFlow is what a step of a recipe takes or gives.
type recipeFlow struct {
	described
	Action                           struct{ ID valueflows.Action }
	ResourceConformsTo               *named
	ResourceClassifiedAs             []string
	ResourceQuantity, EffortQuantity *measure
	Stage                            *named
	State, Instructions              string
	RecipeInputOf, RecipeOutputOf    *named
	RecipeClauseOf                   *named
	RecipeReciprocalClauseOf         *named
}

// title says what is done with what.
func (f *recipeFlow) title() string {
	text := sayings[f.Action.ID].do
	if f.ResourceConformsTo != nil {
		text += " " + f.ResourceConformsTo.text()
	}
	return text
}

// recipeFlows are what a step takes or gives, in a list.
func (r *recordShown) recipeFlows(title string, all []recipeFlow) {
	l := recordList{Title: title}
	for i := range all {
		f := &all[i]
		l.Rows = append(l.Rows, recordRow{word{Text: f.title(), Href: link(valueflows.ClassRecipeFlow, &f.named).Href}, inWords(f.EffortQuantity, f.ResourceQuantity)})
	}
	r.Lists = append(r.Lists, l)
}

func recipeProcessShown(_ *visit, a struct {
	described
	HasDuration *struct {
		NumericDuration, UnitType string
	}
	ProcessConformsTo           *named
	ProcessClassifiedAs         []string
	IncludedIn                  []named
	RecipeInputs, RecipeOutputs []recipeFlow
}) *recordShown {
	r := &recordShown{Title: a.text(), Kind: "A step of a recipe", Term: "RecipeProcess"}
	r.Fields.record("Kind", "processConformsTo", valueflows.ClassProcessSpecification, a.ProcessConformsTo)
	if d := a.HasDuration; d != nil {
		r.Fields.text("Takes", "hasDuration", d.NumericDuration+" "+plural(d.UnitType, d.NumericDuration))
	}
	r.Fields.away("Grouped under", "processClassifiedAs", a.ProcessClassifiedAs...)
	a.tail(&r.Fields)
	r.recipeFlows("What goes in", a.RecipeInputs)
	r.recipeFlows("What comes out", a.RecipeOutputs)
	r.links("The recipes that it is part of", valueflows.ClassRecipe, a.IncludedIn)
	return r
}

func recipeExchangeShown(_ *visit, a struct {
	described
	RecipeClauses, RecipeReciprocalClauses []recipeFlow
}) *recordShown {
	r := &recordShown{Title: a.text(), Kind: "An exchange of a recipe", Term: "RecipeExchange"}
	a.tail(&r.Fields)
	r.recipeFlows("What is given", a.RecipeClauses)
	r.recipeFlows("What is given in return", a.RecipeReciprocalClauses)
	return r
}

func recipeFlowShown(_ *visit, a recipeFlow) *recordShown {
	r := &recordShown{Title: capital(a.title()), Kind: "What a recipe takes or gives", Term: "RecipeFlow"}
	r.Fields.text("What is to happen", "action", sayings[a.Action.ID].do)
	r.Fields.record("What kind", "resourceConformsTo", valueflows.ClassResourceSpecification, a.ResourceConformsTo)
	r.Fields.text("How much work or use", "effortQuantity", a.EffortQuantity.String())
	r.Fields.text("How much of it", "resourceQuantity", a.ResourceQuantity.String())
	r.Fields.record("After", "stage", valueflows.ClassProcessSpecification, a.Stage)
	r.Fields.text("In the state", "state", a.State)
	r.Fields.text("How", "instructions", a.Instructions)
	r.Fields.record("Goes into", "recipeInputOf", valueflows.ClassRecipeProcess, a.RecipeInputOf)
	r.Fields.record("Comes out of", "recipeOutputOf", valueflows.ClassRecipeProcess, a.RecipeOutputOf)
	r.Fields.record("Given in", "recipeClauseOf", valueflows.ClassRecipeExchange, a.RecipeClauseOf)
	r.Fields.record("Given in return in", "recipeReciprocalClauseOf", valueflows.ClassRecipeExchange, a.RecipeReciprocalClauseOf)
	r.Fields.away("Grouped under", "resourceClassifiedAs", a.ResourceClassifiedAs...)
	a.tail(&r.Fields)
	return r
}

// plural is the name of a unit of time after a number.
func plural(unit, number string) string {
	if number == "1" {
		return unit
	}
	return unit + "s"
}
