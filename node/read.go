package node

import (
	"context"
	"slices"

	"disconode/node/store"
	"disconode/valueflows"
)

// What a list can be asked for.
type (
	// Filter narrows a list.
	Filter = store.Filter
	// Page asks for part of a list.
	Page = store.Page
	// Link names the property whose inverse a list is.
	Link = store.Link
	// Listing is a page of a list.
	Listing[T any] = store.Listing[T]
)

// Kept is every class of record that the node keeps.
type Kept interface {
	valueflows.Agent | valueflows.Unit | valueflows.ResourceSpecification | valueflows.ProcessSpecification | valueflows.Process |
		valueflows.EconomicEvent | valueflows.EconomicResource | valueflows.BatchLotRecord | valueflows.SpatialThing |
		valueflows.Plan | valueflows.AgreementBundle | valueflows.Agreement | valueflows.Intent | valueflows.Commitment | valueflows.Claim |
		valueflows.Proposal | valueflows.ProposalList | valueflows.Recipe | valueflows.RecipeProcess | valueflows.RecipeExchange |
		valueflows.RecipeFlow | valueflows.AgentRelationshipRole | valueflows.AgentRelationship
}

func recordOf(kept any) *valueflows.Record {
	return kept.(interface{ Rec() *valueflows.Record }).Rec()
}

// dataOf is which data of the policy a class is.
func dataOf(kept any) Data {
	switch kept.(type) {
	case *valueflows.Agent:
		return Agents
	case *valueflows.Unit, *valueflows.ResourceSpecification, *valueflows.ProcessSpecification:
		return Vocabulary
	case *valueflows.Recipe, *valueflows.RecipeProcess, *valueflows.RecipeExchange, *valueflows.RecipeFlow, *valueflows.AgentRelationshipRole:
		return Recipes
	case *valueflows.Process:
		return Processes
	case *valueflows.Intent, *valueflows.Commitment, *valueflows.Claim:
		return Commitments
	case *valueflows.Plan, *valueflows.Agreement, *valueflows.AgreementBundle, *valueflows.Proposal, *valueflows.ProposalList:
		return Plans
	case *valueflows.AgentRelationship:
		return Relations
	case *valueflows.EconomicEvent:
		return Events
	}
	return Stock
}

// Get returns a record that the caller sees.
// It fails with [ErrNotFound], which does not tell missing from hidden.
func Get[T Kept](ctx context.Context, n *Node, id valueflows.ID) (*T, error) {
	found, err := many[T](ctx, n, []valueflows.ID{id})
	if err != nil {
		return nil, err
	}
	if found[id] == nil {
		return nil, ErrNotFound
	}
	return found[id], nil
}

// Many returns records in the order of their ids: nil for those that are
// missing or that the caller does not see, but of agents [Hidden].
func Many[T Kept](ctx context.Context, n *Node, ids []valueflows.ID) ([]*T, error) {
	found, err := many[T](ctx, n, ids)
	if err != nil {
		return nil, err
	}
	list := make([]*T, len(ids))
	for i, id := range ids {
		if list[i] = found[id]; list[i] == nil {
			if agent, ok := any(&list[i]).(**valueflows.Agent); ok {
				*agent = Hidden()
			}
		}
	}
	return list, nil
}

// Hidden stands for an agent that is not stated, or not the caller's to see.
func Hidden() *valueflows.Agent {
	return &valueflows.Agent{Record: valueflows.Record{Stub: true, IRI: "urn:uuid:" + valueflows.ID{}.String()}, Kind: valueflows.ClassOrganization, Name: "(not shown)"}
}

func many[T Kept](ctx context.Context, n *Node, ids []valueflows.ID) (map[valueflows.ID]*T, error) {
	p := PrincipalOf(ctx)
	if May(p.Role, See, dataOf(new(T))) == Never {
		return nil, nil
	}
	var some []valueflows.ID
	once := make(map[valueflows.ID]bool, len(ids))
	for _, id := range ids {
		if !id.IsZero() && !once[id] {
			once[id] = true
			some = append(some, id)
		}
	}
	if len(some) == 0 {
		return nil, nil
	}
	sight, err := n.sight(ctx, p)
	if err != nil {
		return nil, err
	}
	var found any
	switch any(new(T)).(type) {
	case *valueflows.Agent:
		found, err = n.agentsSeen(ctx, p, some)
	case *valueflows.Unit:
		found, err = n.unitsByID(ctx, sight, some)
	case *valueflows.ResourceSpecification:
		found, err = keptByID(ctx, n, func(c *cache) map[valueflows.ID]*valueflows.ResourceSpecification { return c.kinds }, sight, some)
	case *valueflows.ProcessSpecification:
		found, err = keptByID(ctx, n, func(c *cache) map[valueflows.ID]*valueflows.ProcessSpecification { return c.stages }, sight, some)
	case *valueflows.EconomicEvent:
		found, err = eventsByID(ctx, n, p, sight, some)
	default:
		found, err = rowsByID[T](ctx, n, sight, some)
	}
	if err != nil {
		return nil, outward(err)
	}
	return found.(map[valueflows.ID]*T), nil
}

// keptByID reads what all LABs of the node read from memory, or from the books;
// what a LAB elsewhere says, only who follows that.
func keptByID[T store.Row](ctx context.Context, n *Node, kept func(*cache) map[valueflows.ID]*T, sight store.Sight, ids []valueflows.ID) (map[valueflows.ID]*T, error) {
	found, err := cached(n.cache, kept, ids, func(row *T) valueflows.ID { return recordOf(row).ID }, func(ids []valueflows.ID) ([]*T, error) {
		return store.ByIDs[T](ctx, n.store, store.Sight{Everything: true}, ids)
	})
	for id, row := range found {
		if books := recordOf(row).Books; !books.IsZero() && books != sight.Lab && !sight.Everything && n.labOf(books) == nil && !slices.Contains(sight.Origins, books) {
			delete(found, id)
		}
	}
	return found, err
}

func rowsByID[T Kept](ctx context.Context, n *Node, sight store.Sight, ids []valueflows.ID) (map[valueflows.ID]*T, error) {
	rows, err := store.ByIDs[T](ctx, n.store, sight, ids)
	if err != nil {
		return nil, err
	}
	found := make(map[valueflows.ID]*T, len(rows))
	for _, row := range rows {
		found[recordOf(row).ID] = row
	}
	return found, ownNames(ctx, n, sight, found)
}

// ownNames takes out the stubs in nobody's books that nothing in the books that
// are read names: that somebody else named them is not told, nor, by the
// revisions of the others, when that was first done.
func ownNames[T Kept](ctx context.Context, n *Node, sight store.Sight, found map[valueflows.ID]*T) error {
	var ids []valueflows.ID
	for id, row := range found {
		if rec := recordOf(row); rec.Stub && rec.Books.IsZero() && !sight.Everything {
			ids = append(ids, id)
			rec.Revision = id
		}
	}
	if len(ids) == 0 {
		return nil
	}
	named, err := n.store.NamersOf(ctx, valueflows.ClassOf(new(T)), ids, append([]valueflows.ID{sight.Lab}, sight.Origins...)...)
	for _, id := range ids {
		if len(named[id]) == 0 {
			delete(found, id)
		}
	}
	return err
}

func eventsByID(ctx context.Context, n *Node, p Principal, sight store.Sight, ids []valueflows.ID) (map[valueflows.ID]*valueflows.EconomicEvent, error) {
	rows, err := store.ByIDs[store.Event](ctx, n.store, sight, ids)
	if err != nil {
		return nil, err
	}
	found := make(map[valueflows.ID]*valueflows.EconomicEvent, len(rows))
	for _, row := range rows {
		found[row.ID] = p.shown(&row.EconomicEvent)
	}
	return found, ownNames(ctx, n, sight, found)
}

// shown is an event as the principal sees it: care for people in hours only,
// where that is all the role may see.
func (p Principal) shown(e *valueflows.EconomicEvent) *valueflows.EconomicEvent {
	if !p.hidesParties(e) {
		return e
	}
	record := e.Record
	record.IRI = "" // which may tell of whom a sheet's other rows are
	return &valueflows.EconomicEvent{
		Record: record, Action: e.Action, Stream: e.Stream, EffortQuantity: e.EffortQuantity,
		HasBeginning: e.HasBeginning, HasEnd: e.HasEnd, HasPointInTime: e.HasPointInTime, Recorded: e.Recorded,
	}
}

// hidesParties tells whether the principal may see of the event how long it
// was, and nothing of who gave and got it.
func (p Principal) hidesParties(e *valueflows.EconomicEvent) bool {
	return e.Stream == valueflows.CarePeople && May(p.Role, See, CareForPeople) == Hours
}

// List returns a page of the records that the caller sees, in recorded order.
func List[T Kept](ctx context.Context, n *Node, f Filter, page Page) (Listing[T], error) {
	p := PrincipalOf(ctx)
	if May(p.Role, See, dataOf(new(T))) == Never {
		return Listing[T]{}, ErrForbidden
	}
	sight, err := n.sight(ctx, p)
	if err != nil {
		return Listing[T]{}, err
	}
	var found any
	switch any(new(T)).(type) {
	case *valueflows.Agent:
		found, err = n.listAgents(ctx, p, f, page)
	case *valueflows.Unit:
		found, err = n.listUnits(ctx, p, f, page)
	case *valueflows.EconomicEvent:
		var rows Listing[store.Event]
		rows, err = store.List[store.Event](ctx, n.store, sight, f, page)
		found = p.showAll(rows)
	default:
		found, err = store.List[T](ctx, n.store, sight, f, page)
	}
	if err != nil {
		return Listing[T]{}, outward(err)
	}
	return found.(Listing[T]), nil
}

func (p Principal) showAll(rows Listing[store.Event]) Listing[valueflows.EconomicEvent] {
	page := Listing[valueflows.EconomicEvent]{HasPrevious: rows.HasPrevious, HasNext: rows.HasNext}
	for _, row := range rows.Nodes {
		page.Nodes = append(page.Nodes, p.shown(&row.EconomicEvent))
	}
	return page
}

// ListBy returns for each owner a page of the records that link to it, in one
// statement for all owners.
func ListBy[T Kept](ctx context.Context, n *Node, l Link, owners []valueflows.ID, f Filter, page Page) ([]Listing[T], error) {
	p := PrincipalOf(ctx)
	if May(p.Role, See, dataOf(new(T))) == Never {
		return make([]Listing[T], len(owners)), nil
	}
	sight, err := n.sight(ctx, p)
	if err != nil {
		return nil, err
	}
	var found any
	switch any(new(T)).(type) {
	case *valueflows.Agent:
		var pages []Listing[valueflows.Agent]
		if pages, err = store.ListBy[valueflows.Agent](ctx, n.store, sight, l, owners, p.locates(f), page); err == nil {
			for i := range pages {
				if err = n.showAgents(ctx, p, &pages[i]); err != nil {
					break
				}
			}
		}
		found = pages
	case *valueflows.EconomicEvent:
		var rows []Listing[store.Event]
		rows, err = store.ListBy[store.Event](ctx, n.store, sight, l, owners, f, page)
		pages := make([]Listing[valueflows.EconomicEvent], len(rows))
		for i := range rows {
			pages[i] = p.showAll(rows[i])
		}
		found = pages
	default:
		found, err = store.ListBy[T](ctx, n.store, sight, l, owners, f, page)
	}
	if err != nil {
		return nil, outward(err)
	}
	return found.([]Listing[T]), nil
}

// CountStatements counts the SQL statements that reads under the context run.
var CountStatements = store.WithCounter
