package jsonld

import "disconode/valueflows"

// The properties of the plan layer and of recipes, in the order of RFC 8785.

func describeIntent(f form, i *valueflows.Intent) {
	f.text("action", (*string)(&i.Action))
	f.text("agreedIn", (*string)(&i.AgreedIn))
	f.measure("availableQuantity", &i.AvailableQuantity)
	f.time("due", &i.Due)
	f.measure("effortQuantity", &i.EffortQuantity)
	f.answer("finished", &i.Finished)
	f.time("hasBeginning", &i.HasBeginning)
	f.time("hasEnd", &i.HasEnd)
	f.time("hasPointInTime", &i.HasPointInTime)
	f.id("id", &i.ID)
	f.text("image", (*string)(&i.Image))
	f.uris("imageList", &i.ImageList)
	f.ids("inScopeOf", &i.InScopeOf)
	f.id("inputOf", &i.InputOf)
	f.text("iri", &i.IRI)
	f.measure("minimumQuantity", &i.MinimumQuantity)
	f.text("name", (*string)(&i.Name))
	f.text("note", (*string)(&i.Note))
	f.id("outputOf", &i.OutputOf)
	f.id("plannedWithin", &i.PlannedWithin)
	f.id("provider", &i.Provider)
	f.id("receiver", &i.Receiver)
	f.uris("resourceClassifiedAs", &i.ResourceClassifiedAs)
	f.id("resourceConformsTo", &i.ResourceConformsTo)
	f.id("resourceInventoriedAs", &i.ResourceInventoriedAs)
	f.measure("resourceQuantity", &i.ResourceQuantity)
	f.id("stage", &i.Stage)
	f.text("state", (*string)(&i.State))
	f.flag("stub", &i.Stub)
	f.class(valueflows.ClassIntent)
}

func describeCommitment(f form, c *valueflows.Commitment) {
	f.text("action", (*string)(&c.Action))
	f.text("agreedIn", (*string)(&c.AgreedIn))
	f.id("clauseOf", &c.ClauseOf)
	f.time("created", &c.Created)
	f.time("due", &c.Due)
	f.measure("effortQuantity", &c.EffortQuantity)
	f.answer("finished", &c.Finished)
	f.time("hasBeginning", &c.HasBeginning)
	f.time("hasEnd", &c.HasEnd)
	f.time("hasPointInTime", &c.HasPointInTime)
	f.id("id", &c.ID)
	f.ids("inScopeOf", &c.InScopeOf)
	f.id("independentDemandOf", &c.IndependentDemandOf)
	f.id("inputOf", &c.InputOf)
	f.text("iri", &c.IRI)
	f.text("note", (*string)(&c.Note))
	f.id("outputOf", &c.OutputOf)
	f.id("plannedWithin", &c.PlannedWithin)
	f.id("provider", &c.Provider)
	f.id("receiver", &c.Receiver)
	f.id("reciprocalClauseOf", &c.ReciprocalClauseOf)
	f.uris("resourceClassifiedAs", &c.ResourceClassifiedAs)
	f.id("resourceConformsTo", &c.ResourceConformsTo)
	f.id("resourceInventoriedAs", &c.ResourceInventoriedAs)
	f.measure("resourceQuantity", &c.ResourceQuantity)
	f.ids("satisfies", &c.Satisfies)
	f.id("stage", &c.Stage)
	f.text("state", (*string)(&c.State))
	f.flag("stub", &c.Stub)
	f.class(valueflows.ClassCommitment)
}

func describeClaim(f form, c *valueflows.Claim) {
	f.text("action", (*string)(&c.Action))
	f.text("agreedIn", (*string)(&c.AgreedIn))
	f.time("created", &c.Created)
	f.time("due", &c.Due)
	f.measure("effortQuantity", &c.EffortQuantity)
	f.answer("finished", &c.Finished)
	f.id("id", &c.ID)
	f.text("iri", &c.IRI)
	f.text("note", (*string)(&c.Note))
	f.id("provider", &c.Provider)
	f.id("receiver", &c.Receiver)
	f.uris("resourceClassifiedAs", &c.ResourceClassifiedAs)
	f.id("resourceConformsTo", &c.ResourceConformsTo)
	f.measure("resourceQuantity", &c.ResourceQuantity)
	f.flag("stub", &c.Stub)
	f.id("triggeredBy", &c.TriggeredBy)
	f.class(valueflows.ClassClaim)
}

func describeAgreement(f form, a *valueflows.Agreement) {
	f.id("bundledIn", &a.BundledIn)
	f.time("created", &a.Created)
	f.id("id", &a.ID)
	f.text("iri", &a.IRI)
	f.text("name", (*string)(&a.Name))
	f.text("note", (*string)(&a.Note))
	f.flag("stub", &a.Stub)
	f.class(valueflows.ClassAgreement)
}

func describeAgreementBundle(f form, b *valueflows.AgreementBundle) {
	f.time("created", &b.Created)
	f.id("id", &b.ID)
	f.text("iri", &b.IRI)
	f.text("name", (*string)(&b.Name))
	f.text("note", (*string)(&b.Note))
	f.flag("stub", &b.Stub)
	f.class(valueflows.ClassAgreementBundle)
}

func describeProposal(f form, p *valueflows.Proposal) {
	f.time("created", &p.Created)
	f.id("eligibleLocation", &p.EligibleLocation)
	f.time("hasBeginning", &p.HasBeginning)
	f.time("hasEnd", &p.HasEnd)
	f.id("id", &p.ID)
	f.ids("inScopeOf", &p.InScopeOf)
	f.text("iri", &p.IRI)
	f.ids("listedIn", &p.ListedIn)
	f.text("name", (*string)(&p.Name))
	f.text("note", (*string)(&p.Note))
	f.ids("proposedTo", &p.ProposedTo)
	f.ids("publishes", &p.Publishes)
	f.text("purpose", (*string)(&p.Purpose))
	f.ids("reciprocal", &p.Reciprocal)
	f.flag("stub", &p.Stub)
	f.class(valueflows.ClassProposal)
	f.answer("unitBased", &p.UnitBased)
}

func describeProposalList(f form, l *valueflows.ProposalList) {
	f.time("created", &l.Created)
	f.id("id", &l.ID)
	f.text("iri", &l.IRI)
	f.text("name", (*string)(&l.Name))
	f.text("note", (*string)(&l.Note))
	f.ids("proposedTo", &l.ProposedTo)
	f.flag("stub", &l.Stub)
	f.class(valueflows.ClassProposalList)
}

func describePlan(f form, p *valueflows.Plan) {
	f.time("created", &p.Created)
	f.time("due", &p.Due)
	f.id("id", &p.ID)
	f.text("iri", &p.IRI)
	f.text("name", &p.Name)
	f.text("note", (*string)(&p.Note))
	f.flag("stub", &p.Stub)
	f.class(valueflows.ClassPlan)
}

func describeRecipe(f form, r *valueflows.Recipe) {
	f.id("id", &r.ID)
	f.text("iri", &r.IRI)
	f.text("name", (*string)(&r.Name))
	f.text("note", (*string)(&r.Note))
	f.id("primaryOutput", &r.PrimaryOutput)
	f.ids("recipeIncludes", &r.RecipeIncludes)
	f.flag("stub", &r.Stub)
	f.class(valueflows.ClassRecipe)
}

func describeRecipeProcess(f form, p *valueflows.RecipeProcess) {
	f.measure("hasDuration", &p.HasDuration)
	f.id("id", &p.ID)
	f.text("image", (*string)(&p.Image))
	f.text("iri", &p.IRI)
	f.text("name", &p.Name)
	f.text("note", (*string)(&p.Note))
	f.uris("processClassifiedAs", &p.ProcessClassifiedAs)
	f.id("processConformsTo", &p.ProcessConformsTo)
	f.flag("stub", &p.Stub)
	f.class(valueflows.ClassRecipeProcess)
}

func describeRecipeExchange(f form, e *valueflows.RecipeExchange) {
	f.id("id", &e.ID)
	f.text("iri", &e.IRI)
	f.text("name", &e.Name)
	f.text("note", (*string)(&e.Note))
	f.flag("stub", &e.Stub)
	f.class(valueflows.ClassRecipeExchange)
}

func describeRecipeFlow(f form, r *valueflows.RecipeFlow) {
	f.text("action", (*string)(&r.Action))
	f.measure("effortQuantity", &r.EffortQuantity)
	f.id("id", &r.ID)
	f.text("instructions", (*string)(&r.Instructions))
	f.text("iri", &r.IRI)
	f.text("note", (*string)(&r.Note))
	f.id("providerRole", &r.ProviderRole)
	f.id("receiverRole", &r.ReceiverRole)
	f.id("recipeClauseOf", &r.RecipeClauseOf)
	f.id("recipeInputOf", &r.RecipeInputOf)
	f.id("recipeOutputOf", &r.RecipeOutputOf)
	f.id("recipeReciprocalClauseOf", &r.RecipeReciprocalClauseOf)
	f.uris("resourceClassifiedAs", &r.ResourceClassifiedAs)
	f.id("resourceConformsTo", &r.ResourceConformsTo)
	f.measure("resourceQuantity", &r.ResourceQuantity)
	f.id("stage", &r.Stage)
	f.text("state", (*string)(&r.State))
	f.flag("stub", &r.Stub)
	f.class(valueflows.ClassRecipeFlow)
}

func describeAgentRelationshipRole(f form, r *valueflows.AgentRelationshipRole) {
	f.id("id", &r.ID)
	f.text("inverseRoleLabel", (*string)(&r.InverseRoleLabel))
	f.text("iri", &r.IRI)
	f.text("note", (*string)(&r.Note))
	f.text("roleLabel", &r.RoleLabel)
	f.flag("stub", &r.Stub)
	f.class(valueflows.ClassAgentRelationshipRole)
}

func describeAgentRelationship(f form, r *valueflows.AgentRelationship) {
	f.id("id", &r.ID)
	f.ids("inScopeOf", &r.InScopeOf)
	f.text("iri", &r.IRI)
	f.text("note", (*string)(&r.Note))
	f.id("object", &r.Object)
	f.id("relationship", &r.Relationship)
	f.flag("stub", &r.Stub)
	f.id("subject", &r.Subject)
	f.class(valueflows.ClassAgentRelationship)
}
