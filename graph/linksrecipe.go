package graph

import (
	"disconode/graph/model"
	"disconode/node"
	"disconode/valueflows"
)

// recipeLinks are the links from recipes, and from how agents stand to each other.
func recipeLinks() map[string]link {
	type (
		agent          = valueflows.Agent
		kind           = valueflows.ResourceSpecification
		stage          = valueflows.ProcessSpecification
		role           = valueflows.AgentRelationshipRole
		relationship   = valueflows.AgentRelationship
		recipe         = valueflows.Recipe
		recipeProcess  = valueflows.RecipeProcess
		recipeExchange = valueflows.RecipeExchange
		recipeFlow     = valueflows.RecipeFlow
		measure        = valueflows.Measure
		id             = valueflows.ID
	)
	return map[string]link{
		"Recipe.primaryOutput":  to[kind](func(r *recipe) id { return r.PrimaryOutput }),
		"Recipe.recipeIncludes": toAll[recipeProcess](func(r *recipe) []id { return r.RecipeIncludes }),

		"RecipeProcess.hasDuration":       part[recipeProcess, model.Duration]{parts: func(p *recipeProcess) []*model.Duration { return []*model.Duration{model.DurationOf(p.HasDuration)} }},
		"RecipeProcess.processConformsTo": to[stage](func(p *recipeProcess) id { return p.ProcessConformsTo }),
		"RecipeProcess.recipeInputs":      lists("recipeInputs of a recipe process", by[recipeFlow](node.LinkRecipeInputOf), recipeFlowFilter, "recipeFlows"),
		"RecipeProcess.recipeOutputs":     lists("recipeOutputs of a recipe process", by[recipeFlow](node.LinkRecipeOutputOf), recipeFlowFilter, "recipeFlows"),
		"RecipeProcess.includedIn":        lists("includedIn of a recipe process", by[recipe](node.LinkRecipeIncludes), recipeFilter, "recipes"),

		"RecipeExchange.recipeClauses":           lists("recipeClauses of a recipe exchange", by[recipeFlow](node.LinkRecipeClauseOf), recipeFlowFilter, "recipeFlows"),
		"RecipeExchange.recipeReciprocalClauses": lists("recipeReciprocalClauses of a recipe exchange", by[recipeFlow](node.LinkRecipeReciprocalClauseOf), recipeFlowFilter, "recipeFlows"),

		"RecipeFlow.action":                   actionOf(func(f *recipeFlow) valueflows.Action { return f.Action }),
		"RecipeFlow.recipeInputOf":            to[recipeProcess](func(f *recipeFlow) id { return f.RecipeInputOf }),
		"RecipeFlow.recipeOutputOf":           to[recipeProcess](func(f *recipeFlow) id { return f.RecipeOutputOf }),
		"RecipeFlow.recipeClauseOf":           to[recipeExchange](func(f *recipeFlow) id { return f.RecipeClauseOf }),
		"RecipeFlow.recipeReciprocalClauseOf": to[recipeExchange](func(f *recipeFlow) id { return f.RecipeReciprocalClauseOf }),
		"RecipeFlow.resourceConformsTo":       to[kind](func(f *recipeFlow) id { return f.ResourceConformsTo }),
		"RecipeFlow.resourceQuantity":         measureOf(func(f *recipeFlow) *measure { return f.ResourceQuantity }),
		"RecipeFlow.effortQuantity":           measureOf(func(f *recipeFlow) *measure { return f.EffortQuantity }),
		"RecipeFlow.stage":                    to[stage](func(f *recipeFlow) id { return f.Stage }),

		"AgentRelationshipRole.agentRelationships": pages("agentRelationships of an agent relationship role", by[relationship](node.LinkRelationship), agentRelationshipFilter),

		"AgentRelationship.subject":      to[agent](func(r *relationship) id { return r.Subject }),
		"AgentRelationship.object":       to[agent](func(r *relationship) id { return r.Object }),
		"AgentRelationship.relationship": to[role](func(r *relationship) id { return r.Relationship }),
		"AgentRelationship.inScopeOf":    toAll[agent](func(r *relationship) []id { return r.InScopeOf }),

		"Recipe.meta":                history[recipe]{},
		"RecipeProcess.meta":         history[recipeProcess]{},
		"RecipeExchange.meta":        history[recipeExchange]{},
		"RecipeFlow.meta":            history[recipeFlow]{},
		"AgentRelationshipRole.meta": history[role]{},
		"AgentRelationship.meta":     history[relationship]{},
	}
}
