package graph

import (
	"maps"
	"reflect"

	"disconode/graph/model"
	"disconode/node"
	"disconode/valueflows"
)

// links are the fields that lead from records to others, as Type.field. A test
// holds that no field of the schema that does so is missing.
var links = func() map[string]link {
	type (
		agent         = valueflows.Agent
		unit          = valueflows.Unit
		kind          = valueflows.ResourceSpecification
		stage         = valueflows.ProcessSpecification
		process       = valueflows.Process
		event         = valueflows.EconomicEvent
		resource      = valueflows.EconomicResource
		lot           = valueflows.BatchLotRecord
		place         = valueflows.SpatialThing
		measure       = valueflows.Measure
		plan          = valueflows.Plan
		agreement     = valueflows.Agreement
		intent        = valueflows.Intent
		commitment    = valueflows.Commitment
		claim         = valueflows.Claim
		proposal      = valueflows.Proposal
		recipe        = valueflows.Recipe
		recipeProcess = valueflows.RecipeProcess
		recipeFlow    = valueflows.RecipeFlow
		contribution  = model.Contribution
		id            = valueflows.ID
	)
	eventsBy := func(name string, l node.Link) link { return pages(name, by[event](l), eventFilter) }
	resourcesBy := func(name string, l node.Link) link { return pages(name, by[resource](l), resourceFilter) }
	flows := func(name string, l node.Link, keep func(*event) bool) link {
		return listsOf(name, by[event](l), eventFilter, "economicEvents(filter: {process: …})", keep)
	}
	all := map[string]link{
		"Measure.hasUnit": to[unit](func(m *measure) id { return m.HasUnit }),

		"ResourceSpecification.defaultUnitOfResource": to[unit](func(s *kind) id { return s.DefaultUnitOfResource }),
		"ResourceSpecification.defaultUnitOfEffort":   to[unit](func(s *kind) id { return s.DefaultUnitOfEffort }),
		"ResourceSpecification.conformingResources":   resourcesBy("conformingResources", node.LinkConformsTo),
		"ResourceSpecification.economicEvents":        eventsBy("events of a kind", node.LinkResourceConformsTo),
		"ResourceSpecification.commitments":           pages("commitments of a kind", by[commitment](node.LinkResourceConformsTo), commitmentFilter),
		"ResourceSpecification.intents":               pages("intents of a kind", by[intent](node.LinkResourceConformsTo), intentFilter),
		"ResourceSpecification.conformingRecipeFlows": pages("conformingRecipeFlows of a kind", by[recipeFlow](node.LinkResourceConformsTo), recipeFlowFilter),
		"ResourceSpecification.recipes":               pages("recipes of a kind", by[recipe](node.LinkPrimaryOutput), recipeFilter),

		"ProcessSpecification.resourcesCurrentlyAtStage": resourcesBy("resourcesCurrentlyAtStage", node.LinkStage),
		"ProcessSpecification.conformingProcesses":       pages("conformingProcesses", by[process](node.LinkBasedOn), processFilter),
		"ProcessSpecification.commitmentsRequiringStage": pages("commitmentsRequiringStage of a stage", by[commitment](node.LinkStage), commitmentFilter),
		"ProcessSpecification.conformingRecipeProcesses": pages("conformingRecipeProcesses of a stage", by[recipeProcess](node.LinkProcessConformsTo), recipeProcessFilter),
		"ProcessSpecification.recipeFlowsRequiringStage": pages("recipeFlowsRequiringStage of a stage", by[recipeFlow](node.LinkStage), recipeFlowFilter),

		"Process.basedOn":                 to[stage](func(p *process) id { return p.BasedOn }),
		"Process.inScopeOf":               to[agent](func(p *process) id { return p.InScopeOf }),
		"Process.deletable":               deletables[process]{},
		"Process.involvedAgents":          pages("involvedAgents", agentsOfProcess, agentFilter),
		"Process.workingAgents":           pages("workingAgents", workingAgents, agentFilter),
		"Process.observedInputs":          flows("observedInputs", node.LinkInputs, nil),
		"Process.observedOutputs":         flows("observedOutputs", node.LinkOutputs, nil),
		"Process.unplannedInputs":         flows("unplannedInputs", node.LinkInputOf, unplanned),
		"Process.unplannedOutputs":        flows("unplannedOutputs", node.LinkOutputOf, unplanned),
		"Process.plannedWithin":           to[plan](func(p *process) id { return p.PlannedWithin }),
		"Process.committedInputs":         lists("committedInputs of a process", by[commitment](node.LinkInputOf), commitmentFilter, "commitments(filter: {process: …})"),
		"Process.committedOutputs":        lists("committedOutputs of a process", by[commitment](node.LinkOutputOf), commitmentFilter, "commitments(filter: {process: …})"),
		"Process.intendedInputs":          lists("intendedInputs of a process", by[intent](node.LinkInputOf), intentFilter, "intents(filter: {process: …})"),
		"Process.intendedOutputs":         lists("intendedOutputs of a process", by[intent](node.LinkOutputOf), intentFilter, "intents(filter: {process: …})"),
		"Process.unplannedEconomicEvents": listsOf("unplannedEconomicEvents of a process", eventsOfProcess, eventFilter, "economicEvents(filter: {process: …})", unplanned),

		"EconomicEvent.action":                  actionOf(func(e *event) valueflows.Action { return e.Action }),
		"EconomicEvent.provider":                to[agent](func(e *event) id { return e.Provider }),
		"EconomicEvent.receiver":                to[agent](func(e *event) id { return e.Receiver }),
		"EconomicEvent.recordedBy":              to[agent](func(e *event) id { return e.RecordedBy }),
		"EconomicEvent.inputOf":                 to[process](func(e *event) id { return e.InputOf }),
		"EconomicEvent.outputOf":                to[process](func(e *event) id { return e.OutputOf }),
		"EconomicEvent.inScopeOf":               eventScope{},
		"EconomicEvent.resourceInventoriedAs":   to[resource](func(e *event) id { return e.ResourceInventoriedAs }),
		"EconomicEvent.toResourceInventoriedAs": to[resource](func(e *event) id { return e.ToResourceInventoriedAs }),
		"EconomicEvent.resourceConformsTo":      to[kind](func(e *event) id { return e.ResourceConformsTo }),
		"EconomicEvent.resourceQuantity":        measureOf(func(e *event) *measure { return e.ResourceQuantity }),
		"EconomicEvent.effortQuantity":          measureOf(func(e *event) *measure { return e.EffortQuantity }),
		"EconomicEvent.toLocation":              to[place](func(e *event) id { return e.ToLocation }),
		"EconomicEvent.triggeredBy":             to[event](func(e *event) id { return e.TriggeredBy }),
		"EconomicEvent.corrects":                to[event](func(e *event) id { return e.Corrects }),
		"EconomicEvent.scrapOf":                 to[event](func(e *event) id { return e.ScrapOf }),
		"EconomicEvent.correctedBy":             eventsBy("correctedBy", node.LinkCorrects),
		"EconomicEvent.triggers":                lists("triggers", by[event](node.LinkTriggeredBy), eventFilter, "economicEvents"),
		"EconomicEvent.fulfills":                toAll[commitment](func(e *event) []id { return e.Fulfills }),
		"EconomicEvent.satisfies":               toAll[intent](func(e *event) []id { return e.Satisfies }),
		"EconomicEvent.settles":                 toAll[claim](func(e *event) []id { return e.Settles }),
		"EconomicEvent.realizationOf":           to[agreement](func(e *event) id { return e.RealizationOf }),
		"EconomicEvent.reciprocalRealizationOf": to[agreement](func(e *event) id { return e.ReciprocalRealizationOf }),
		"EconomicEvent.reciprocalEvents":        lists("reciprocalEvents of an event", reciprocalEvents, eventFilter, "economicEvents"),
		"EconomicEvent.triggeredClaims":         lists("triggeredClaims of an event", by[claim](node.LinkTriggeredBy), claimFilter, "claims"),

		"EconomicResource.conformsTo":              to[kind](func(r *resource) id { return r.ConformsTo }),
		"EconomicResource.accountingQuantity":      measureOf(func(r *resource) *measure { return r.AccountingQuantity }),
		"EconomicResource.onhandQuantity":          measureOf(func(r *resource) *measure { return r.OnhandQuantity }),
		"EconomicResource.primaryAccountable":      to[agent](func(r *resource) id { return r.PrimaryAccountable }),
		"EconomicResource.custodian":               to[agent](func(r *resource) id { return r.Custodian }),
		"EconomicResource.unitOfEffort":            to[unit](func(r *resource) id { return r.UnitOfEffort }),
		"EconomicResource.ofBatchLot":              to[lot](func(r *resource) id { return r.OfBatchLot }),
		"EconomicResource.stage":                   to[stage](func(r *resource) id { return r.Stage }),
		"EconomicResource.currentLocation":         to[place](func(r *resource) id { return r.CurrentLocation }),
		"EconomicResource.containedIn":             to[resource](func(r *resource) id { return r.ContainedIn }),
		"EconomicResource.containers":              toAll[resource](func(r *resource) []id { return r.Containers() }),
		"EconomicResource.contains":                lists("contains", by[resource](node.LinkContainedIn), resourceFilter, "contents"),
		"EconomicResource.contents":                resourcesBy("contents", node.LinkContainedIn),
		"EconomicResource.economicEventsInOutFrom": eventsBy("economicEventsInOutFrom", node.LinkResourceInventoriedAs),
		"EconomicResource.economicEventsFrom":      eventsBy("economicEventsFrom", node.LinkResourceInventoriedAs),
		"EconomicResource.economicEventsTo":        eventsBy("economicEventsTo", node.LinkToResourceInventoriedAs),
		"EconomicResource.commitments":             pages("commitments of a resource", by[commitment](node.LinkResourceInventoriedAs), commitmentFilter),
		"EconomicResource.intents":                 pages("intents of a resource", by[intent](node.LinkResourceInventoriedAs), intentFilter),

		"BatchLotRecord.economicResources": resourcesBy("resources of a lot", node.LinkOfBatchLot),

		"SpatialThing.agents":            pages("agents at a place", by[agent](node.LinkPrimaryLocation), agentFilter),
		"SpatialThing.economicResources": resourcesBy("resources at a place", node.LinkCurrentLocation),
		"SpatialThing.proposals":         pages("proposals of a place", by[proposal](node.LinkEligibleLocation), proposalFilter),

		"Contribution.action":             actionOf(func(c *contribution) valueflows.Action { return c.Action }),
		"Contribution.agent":              to[agent](func(c *contribution) id { return c.Agent }),
		"Contribution.receiver":           to[agent](func(c *contribution) id { return c.Receiver }),
		"Contribution.resourceConformsTo": to[kind](func(c *contribution) id { return c.ResourceConformsTo }),
		"Contribution.process":            to[process](func(c *contribution) id { return c.Process }),
		"Contribution.resourceQuantity":   measuresOf(func(c *contribution) []measure { return c.ResourceQuantity }),
		"Contribution.effortQuantity":     measuresOf(func(c *contribution) []measure { return c.EffortQuantity }),
	}
	for name, l := range map[string]link{
		"Unit": history[unit]{}, "ResourceSpecification": history[kind]{}, "ProcessSpecification": history[stage]{}, "Process": history[process]{},
		"EconomicEvent": history[event]{}, "EconomicResource": history[resource]{}, "BatchLotRecord": history[lot]{}, "SpatialThing": history[place]{},
		"Person": history[agent]{}, "Organization": history[agent]{}, "EcologicalAgent": history[agent]{},
	} {
		all[name+".meta"] = l
	}
	maps.Copy(all, planLinks())
	maps.Copy(all, fulfilmentLinks())
	maps.Copy(all, planningLinks())
	maps.Copy(all, walkLinks())
	for _, views := range []map[string]link{worthLinks(), cashLinks(), networkLinks(), ledgerLinks()} {
		maps.Copy(all, views)
	}
	maps.Copy(all, recipeLinks())
	for _, kind := range []string{"Person", "Organization", "EcologicalAgent"} {
		all[kind+".primaryLocation"] = to[place](func(a *agent) id { return a.PrimaryLocation })
		all[kind+".economicEvents"] = eventsBy("economicEvents", node.LinkParty)
		all[kind+".economicEventsAsProvider"] = eventsBy("economicEventsAsProvider", node.LinkProvider)
		all[kind+".economicEventsAsReceiver"] = eventsBy("economicEventsAsReceiver", node.LinkReceiver)
		all[kind+".economicEventsInScope"] = pages("economicEventsInScope", eventsInScope, eventFilter)
		all[kind+".inventoriedEconomicResources"] = resourcesBy("inventoriedEconomicResources", node.LinkPrimaryAccountable)
		maps.Copy(all, agentLinks(kind))
		all[kind+".processes"] = pages("processes in scope", by[process](node.LinkInScopeOf), processFilter)
	}
	return all
}()

// unplanned tells whether an event fulfils or satisfies nothing.
func unplanned(e *valueflows.EconomicEvent) bool {
	return len(e.Fulfills) == 0 && len(e.Satisfies) == 0
}

// typeOf is the name of a record's type in the schema.
func typeOf(record any) string {
	switch r := record.(type) {
	case *valueflows.Agent:
		if r.Kind.IsAgent() {
			return string(r.Kind)
		}
		return string(valueflows.ClassOrganization)
	case *valueflows.EconomicEvent: // told apart here, as a page has many of these
		return "EconomicEvent"
	case *valueflows.EconomicResource:
		return "EconomicResource"
	case *valueflows.ResourceSpecification:
		return "ResourceSpecification"
	case *valueflows.Unit:
		return "Unit"
	case *valueflows.Measure:
		return "Measure"
	case *model.Action:
		return "Action"
	case *model.Contribution:
		return "Contribution"
	case *model.Duration:
		return "Duration"
	case interface{ SchemaType() string }: // what is computed
		return r.SchemaType()
	}
	if class := valueflows.ClassOf(record); class != "" {
		return string(class)
	}
	return reflect.TypeOf(record).Elem().Name() // what is worked out is called in the schema as here
}
