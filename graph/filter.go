package graph

import (
	"slices"
	"strings"

	"disconode/graph/model"
	"disconode/node"
	"disconode/valueflows"
)

func searched(text *string) string {
	if text == nil {
		return ""
	}
	return strings.TrimSpace(*text)
}

func agentFilter(p *model.AgentFilterParams) (f node.Filter) {
	if p != nil {
		f.Origin = p.Origin
		f.Search, f.ClassifiedAs = searched(p.SearchString), p.ClassifiedAs
	}
	return f
}

// agentsOf narrows to agents of one kind.
func agentsOf(kind valueflows.Class, p *model.AgentFilterParams) node.Filter {
	f := agentFilter(p)
	f.Kind = []valueflows.Class{kind}
	return f
}

func unitFilter(p *model.UnitFilterParams) (f node.Filter) {
	if p != nil {
		f.Origin = p.Origin
		f.Search, f.ClassifiedAs = searched(p.SearchString), p.ClassifiedAs
	}
	return f
}

func resourceSpecificationFilter(p *model.ResourceSpecificationFilterParams) (f node.Filter) {
	if p != nil {
		f.Origin = p.Origin
		f.Search, f.ClassifiedAs = searched(p.SearchString), p.ResourceClassifiedAs
	}
	return f
}

func processSpecificationFilter(p *model.ProcessSpecificationFilterParams) (f node.Filter) {
	if p != nil {
		f.Origin = p.Origin
		f.Search = searched(p.SearchString)
	}
	return f
}

func processFilter(p *model.ProcessFilterParams) (f node.Filter) {
	if p != nil {
		f.Origin = p.Origin
		f.Search, f.Finished, f.InScopeOf, f.ClassifiedAs, f.BasedOn = searched(p.SearchString), p.Finished, p.InScopeOf, p.ClassifiedAs, p.BasedOn
		f.Plan = p.Plan
	}
	return f
}

func eventFilter(p *model.EconomicEventFilterParams) (f node.Filter) {
	if p == nil {
		return f
	}
	return node.Filter{
		Origin: p.Origin, Search: searched(p.SearchString), Provider: p.ProviderID, Receiver: p.ReceiverID, ClassifiedAs: p.ResourceClassifiedAs,
		Action: p.Action, From: p.StartDate, To: p.EndDate, ConformsTo: p.ResourceConformsTo, Stream: p.Stream, Resource: p.Resource, Process: p.Process,
	}
}

func resourceFilter(p *model.EconomicResourceFilterParams) (f node.Filter) {
	if p == nil {
		return f
	}
	return node.Filter{
		Origin: p.Origin, Search: searched(p.SearchString), ClassifiedAs: p.ClassifiedAs, ConformsTo: p.ConformsTo, PrimaryAccountable: p.PrimaryAccountable,
		Custodian: p.Custodian, CurrentLocation: p.CurrentLocation, Stage: p.Stage, State: p.State, TrackingIdentifier: p.TrackingIdentifier,
	}
}

func batchLotRecordFilter(p *model.BatchLotRecordFilterParams) (f node.Filter) {
	if p != nil {
		f.Origin = p.Origin
		f.Search = searched(p.SearchString)
	}
	return f
}

func spatialThingFilter(p *model.SpatialThingFilterParams) (f node.Filter) {
	if p != nil {
		f.Origin = p.Origin
		f.Search = searched(p.SearchString)
	}
	return f
}

// suits tells whether an agent that was found by its events suits a filter.
func suits(a *valueflows.Agent, f node.Filter) bool {
	contains := func(text string) bool { return strings.Contains(strings.ToLower(text), strings.ToLower(f.Search)) }
	if f.Search != "" && !contains(a.Name) && !contains(string(a.Note)) {
		return false
	}
	return len(f.ClassifiedAs) == 0 || slices.ContainsFunc(f.ClassifiedAs, func(u valueflows.URI) bool { return slices.Contains(a.ClassifiedAs, u) })
}
