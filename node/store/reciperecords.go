package store

import "disconode/valueflows"

// The tables of recipes, and of how agents stand to each other.

var recipes = table[valueflows.Recipe]{
	name: "recipe", id: idOf[valueflows.Recipe],
	columns: func(r *valueflows.Recipe) []column {
		return columns(record(&r.Record), str("name", &r.Name), str("note", &r.Note), ref("primary_output", &r.PrimaryOutput), refs("recipe_includes", &r.RecipeIncludes))
	},
	lists: func(r *valueflows.Recipe) []listed { return []listed{{"recipe_includes", r.RecipeIncludes}} },
}

var recipeProcesses = table[valueflows.RecipeProcess]{
	name: "recipe_process", id: idOf[valueflows.RecipeProcess],
	columns: func(p *valueflows.RecipeProcess) []column {
		return columns(record(&p.Record), str("name", &p.Name), str("note", &p.Note), str("image", &p.Image), measure("duration", &p.HasDuration),
			list("process_classified_as", &p.ProcessClassifiedAs), ref("process_conforms_to", &p.ProcessConformsTo))
	},
}

var recipeExchanges = table[valueflows.RecipeExchange]{
	name: "recipe_exchange", id: idOf[valueflows.RecipeExchange],
	columns: func(e *valueflows.RecipeExchange) []column {
		return columns(record(&e.Record), str("name", &e.Name), str("note", &e.Note))
	},
}

var recipeFlows = table[valueflows.RecipeFlow]{
	name: "recipe_flow", id: idOf[valueflows.RecipeFlow],
	columns: func(f *valueflows.RecipeFlow) []column {
		return columns(record(&f.Record), str("action", &f.Action), ref("recipe_input_of", &f.RecipeInputOf), ref("recipe_output_of", &f.RecipeOutputOf),
			ref("recipe_clause_of", &f.RecipeClauseOf), ref("recipe_reciprocal_clause_of", &f.RecipeReciprocalClauseOf),
			ref("resource_conforms_to", &f.ResourceConformsTo), list("resource_classified_as", &f.ResourceClassifiedAs),
			measure("resource", &f.ResourceQuantity), measure("effort", &f.EffortQuantity), ref("stage", &f.Stage), str("state", &f.State),
			str("note", &f.Note), str("instructions", &f.Instructions), ref("provider_role", &f.ProviderRole), ref("receiver_role", &f.ReceiverRole))
	},
}

var agentRelationshipRoles = table[valueflows.AgentRelationshipRole]{
	name: "agent_relationship_role", id: idOf[valueflows.AgentRelationshipRole],
	columns: func(r *valueflows.AgentRelationshipRole) []column {
		return columns(record(&r.Record), str("role_label", &r.RoleLabel), str("inverse_role_label", &r.InverseRoleLabel), str("note", &r.Note))
	},
}

var agentRelationships = table[valueflows.AgentRelationship]{
	name: "agent_relationship", id: idOf[valueflows.AgentRelationship],
	columns: func(r *valueflows.AgentRelationship) []column {
		return columns(record(&r.Record), ref("subject", &r.Subject), ref("object", &r.Object), ref("relationship", &r.Relationship),
			refs("in_scope_of", &r.InScopeOf), str("note", &r.Note), flag("membership", &r.Membership))
	},
	lists: func(r *valueflows.AgentRelationship) []listed { return []listed{{"in_scope_of", r.InScopeOf}} },
}
