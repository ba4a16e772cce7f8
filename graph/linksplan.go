package graph

import (
	"maps"

	"disconode/node"
	"disconode/valueflows"
)

// planLinks are the links from what is planned, promised, claimed, agreed and
// proposed.
func planLinks() map[string]link {
	type (
		agent      = valueflows.Agent
		kind       = valueflows.ResourceSpecification
		process    = valueflows.Process
		event      = valueflows.EconomicEvent
		place      = valueflows.SpatialThing
		measure    = valueflows.Measure
		plan       = valueflows.Plan
		intent     = valueflows.Intent
		commitment = valueflows.Commitment
		claim      = valueflows.Claim
		agreement  = valueflows.Agreement
		bundle     = valueflows.AgreementBundle
		proposal   = valueflows.Proposal
		list       = valueflows.ProposalList
		id         = valueflows.ID
	)
	all := map[string]link{
		"Plan.involvedAgents":        pages("involvedAgents of a plan", agentsOfPlan, agentFilter),
		"Plan.startDate":             derived[*valueflows.Time]{of: fromProcesses(startOf)},
		"Plan.endDate":               derived[*valueflows.Time]{of: fromProcesses(endOf)},
		"Plan.finished":              derived[*bool]{of: fromProcesses(allFinished)},
		"Plan.deletable":             deletables[plan]{},
		"Plan.inScopeOf":             through[agent](fromProcesses(scopesOf)),
		"Plan.planIncludes":          planItems{},
		"Plan.processes":             lists("processes of a plan", by[process](node.LinkPlannedWithin), processFilter, "processes(filter: {plan: …})"),
		"Plan.independentDemands":    lists("independentDemands of a plan", by[commitment](node.LinkIndependentDemandOf), commitmentFilter, "commitments"),
		"Plan.nonProcessCommitments": listsOf("nonProcessCommitments of a plan", by[commitment](node.LinkPlannedWithin), commitmentFilter, "commitments(filter: {plan: …})", func(c *commitment) bool { return outsideProcesses(&c.Planned) }),
		"Plan.nonProcessIntents":     listsOf("nonProcessIntents of a plan", by[intent](node.LinkPlannedWithin), intentFilter, "intents(filter: {plan: …})", func(i *intent) bool { return outsideProcesses(&i.Planned) }),
		"Plan.economicEvents":        pages("economicEvents of a plan", by[event](node.LinkOfPlan), eventFilter),

		"Intent.availableQuantity": measureOf(func(i *intent) *measure { return i.AvailableQuantity }),
		"Intent.minimumQuantity":   measureOf(func(i *intent) *measure { return i.MinimumQuantity }),
		"Intent.deletable":         deletables[intent]{},
		"Intent.satisfiedBy":       lists("satisfiedBy of an intent", by[commitment](node.LinkSatisfies), commitmentFilter, "commitments"),
		"Intent.observedBy":        lists("observedBy of an intent", by[event](node.LinkSatisfies), eventFilter, "economicEvents"),
		"Intent.publishedIn":       lists("publishedIn of an intent", by[proposal](node.LinkPublishedFlow), proposalFilter, "proposals"),

		"Commitment.satisfies":           toAll[intent](func(c *commitment) []id { return c.Satisfies }),
		"Commitment.clauseOf":            to[agreement](func(c *commitment) id { return c.ClauseOf }),
		"Commitment.reciprocalClauseOf":  to[agreement](func(c *commitment) id { return c.ReciprocalClauseOf }),
		"Commitment.independentDemandOf": to[plan](func(c *commitment) id { return c.IndependentDemandOf }),
		"Commitment.deletable":           deletables[commitment]{},
		"Commitment.involvedAgents":      toAll[agent](commitmentParties),
		"Commitment.fulfilledBy":         lists("fulfilledBy of a commitment", by[event](node.LinkFulfills), eventFilter, "economicEvents"),

		"Claim.action":             actionOf(func(c *claim) valueflows.Action { return c.Action }),
		"Claim.provider":           to[agent](func(c *claim) id { return c.Provider }),
		"Claim.receiver":           to[agent](func(c *claim) id { return c.Receiver }),
		"Claim.triggeredBy":        to[event](func(c *claim) id { return c.TriggeredBy }),
		"Claim.resourceConformsTo": to[kind](func(c *claim) id { return c.ResourceConformsTo }),
		"Claim.resourceQuantity":   measureOf(func(c *claim) *measure { return c.ResourceQuantity }),
		"Claim.effortQuantity":     measureOf(func(c *claim) *measure { return c.EffortQuantity }),
		"Claim.settledBy":          lists("settledBy of a claim", by[event](node.LinkSettles), eventFilter, "economicEvents"),

		"Agreement.bundledIn":               to[bundle](func(a *agreement) id { return a.BundledIn }),
		"Agreement.commitments":             lists("commitments of an agreement", by[commitment](node.LinkClauses), commitmentFilter, "commitments(filter: {agreement: …})"),
		"Agreement.stipulates":              lists("stipulates of an agreement", by[commitment](node.LinkClauseOf), commitmentFilter, "commitments(filter: {agreement: …})"),
		"Agreement.stipulatesReciprocal":    lists("stipulatesReciprocal of an agreement", by[commitment](node.LinkReciprocalClauseOf), commitmentFilter, "commitments(filter: {agreement: …})"),
		"Agreement.economicEvents":          lists("economicEvents of an agreement", by[event](node.LinkOfAgreement), eventFilter, "economicEvents"),
		"Agreement.realizes":                lists("realizes of an agreement", by[event](node.LinkRealizationOf), eventFilter, "economicEvents"),
		"Agreement.realizesReciprocal":      lists("realizesReciprocal of an agreement", by[event](node.LinkReciprocalRealizationOf), eventFilter, "economicEvents"),
		"Agreement.unplannedEconomicEvents": listsOf("unplannedEconomicEvents of an agreement", by[event](node.LinkOfAgreement), eventFilter, "economicEvents", unplanned),
		"Agreement.involvedAgents":          pages("involvedAgents of an agreement", agentsOfAgreement, agentFilter),

		"AgreementBundle.agreements": lists("agreements of an agreement bundle", by[agreement](node.LinkBundledIn), agreementFilter, "agreements"),
		"AgreementBundle.bundles":    lists("bundles of an agreement bundle", by[agreement](node.LinkBundledIn), agreementFilter, "agreements"),

		"Proposal.publishes":        toAll[intent](func(p *proposal) []id { return p.Publishes }),
		"Proposal.reciprocal":       toAll[intent](func(p *proposal) []id { return p.Reciprocal }),
		"Proposal.proposedTo":       toAll[agent](func(p *proposal) []id { return p.ProposedTo }),
		"Proposal.listedIn":         toAll[list](func(p *proposal) []id { return p.ListedIn }),
		"Proposal.eligibleLocation": to[place](func(p *proposal) id { return p.EligibleLocation }),
		"Proposal.isOffer":          toOffer,
		"Proposal.isRequest":        toRequest,
		"Proposal.isWithin":         nearby{},
		"Proposal.offers":           references[proposal, intent]{ids: func(p *proposal) []id { return p.Publishes }, keep: offered},
		"Proposal.requests":         references[proposal, intent]{ids: func(p *proposal) []id { return p.Publishes }, keep: requested},
		"Proposal.inScopeOf":        toAll[agent](func(p *proposal) []id { return p.InScopeOf }),

		"ProposalList.proposedTo": toAll[agent](func(l *list) []id { return l.ProposedTo }),
		"ProposalList.lists":      lists("lists of a proposal list", by[proposal](node.LinkListedIn), proposalFilter, "proposals"),

		"Plan.meta":            history[plan]{},
		"Intent.meta":          history[intent]{},
		"Commitment.meta":      history[commitment]{},
		"Claim.meta":           history[claim]{},
		"Agreement.meta":       history[agreement]{},
		"AgreementBundle.meta": history[bundle]{},
		"Proposal.meta":        history[proposal]{},
		"ProposalList.meta":    history[list]{},
	}
	maps.Copy(all, plannedLinks("Intent", func(i *intent) *valueflows.Planned { return &i.Planned }))
	maps.Copy(all, plannedLinks("Commitment", func(c *commitment) *valueflows.Planned { return &c.Planned }))
	return all
}

// plannedLinks are the links that intents and commitments have alike.
func plannedLinks[O any](name string, of func(*O) *valueflows.Planned) map[string]link {
	type id = valueflows.ID
	return map[string]link{
		name + ".action":                actionOf(func(o *O) valueflows.Action { return of(o).Action }),
		name + ".provider":              to[valueflows.Agent](func(o *O) id { return of(o).Provider }),
		name + ".receiver":              to[valueflows.Agent](func(o *O) id { return of(o).Receiver }),
		name + ".inputOf":               to[valueflows.Process](func(o *O) id { return of(o).InputOf }),
		name + ".outputOf":              to[valueflows.Process](func(o *O) id { return of(o).OutputOf }),
		name + ".plannedWithin":         to[valueflows.Plan](func(o *O) id { return of(o).PlannedWithin }),
		name + ".resourceInventoriedAs": to[valueflows.EconomicResource](func(o *O) id { return of(o).ResourceInventoriedAs }),
		name + ".resourceConformsTo":    to[valueflows.ResourceSpecification](func(o *O) id { return of(o).ResourceConformsTo }),
		name + ".resourceQuantity":      measureOf(func(o *O) *valueflows.Measure { return of(o).ResourceQuantity }),
		name + ".effortQuantity":        measureOf(func(o *O) *valueflows.Measure { return of(o).EffortQuantity }),
		name + ".stage":                 to[valueflows.ProcessSpecification](func(o *O) id { return of(o).Stage }),
		name + ".inScopeOf":             toAll[valueflows.Agent](func(o *O) []id { return of(o).InScopeOf }),
	}
}

// agentLinks are the links from agents of a kind to what they have a part in.
func agentLinks(kind string) map[string]link {
	type (
		relationship = valueflows.AgentRelationship
		commitment   = valueflows.Commitment
		intent       = valueflows.Intent
		claim        = valueflows.Claim
		plan         = valueflows.Plan
		proposal     = valueflows.Proposal
		list         = valueflows.ProposalList
	)
	return map[string]link{
		kind + ".roles":                  through[valueflows.AgentRelationshipRole](rolesOf),
		kind + ".relationships":          pages("relationships of an agent", by[relationship](node.LinkRelated), agentRelationshipFilter),
		kind + ".relationshipsAsSubject": pages("relationshipsAsSubject of an agent", by[relationship](node.LinkSubject), agentRelationshipFilter),
		kind + ".relationshipsAsObject":  pages("relationshipsAsObject of an agent", by[relationship](node.LinkObject), agentRelationshipFilter),
		kind + ".commitments":            pages("commitments of an agent", by[commitment](node.LinkParty), commitmentFilter),
		kind + ".commitmentsAsProvider":  pages("commitmentsAsProvider of an agent", by[commitment](node.LinkProvider), commitmentFilter),
		kind + ".commitmentsAsReceiver":  pages("commitmentsAsReceiver of an agent", by[commitment](node.LinkReceiver), commitmentFilter),
		kind + ".commitmentsInScope":     pages("commitmentsInScope of an agent", by[commitment](node.LinkScope), commitmentFilter),
		kind + ".intents":                pages("intents of an agent", by[intent](node.LinkParty), intentFilter),
		kind + ".intentsAsProvider":      pages("intentsAsProvider of an agent", by[intent](node.LinkProvider), intentFilter),
		kind + ".intentsAsReceiver":      pages("intentsAsReceiver of an agent", by[intent](node.LinkReceiver), intentFilter),
		kind + ".intentsInScope":         pages("intentsInScope of an agent", by[intent](node.LinkScope), intentFilter),
		kind + ".claims":                 pages("claims of an agent", by[claim](node.LinkParty), claimFilter),
		kind + ".claimsAsProvider":       pages("claimsAsProvider of an agent", by[claim](node.LinkProvider), claimFilter),
		kind + ".claimsAsReceiver":       pages("claimsAsReceiver of an agent", by[claim](node.LinkReceiver), claimFilter),
		kind + ".plans":                  pages("plans of an agent", by[plan](node.LinkPlansOf), planFilter),
		kind + ".proposals":              pages("proposals of an agent", by[proposal](node.LinkProposalsOf), proposalFilter),
		kind + ".proposalsInScope":       pages("proposalsInScope of an agent", by[proposal](node.LinkScope), proposalFilter),
		kind + ".proposalsTo":            pages("proposalsTo of an agent", by[proposal](node.LinkProposedTo), proposalFilter),
		kind + ".proposalListsTo":        pages("proposalListsTo of an agent", by[list](node.LinkProposedTo), proposalListFilter),
	}
}
