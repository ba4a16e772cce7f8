package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"disconode/node"
	"disconode/valueflows"
)

// direct writes the answer to a field of a query straight from the records that
// were read ahead. gqlgen calls a function and starts a goroutine for much of
// what it writes, which costs more than all the rest of a request; so what can be
// written directly, is. Whatever cannot, for want of a column or because of an
// error, is left to gqlgen as a whole. A test compares the two on random queries.
type direct struct {
	loads     *loads
	operation *graphql.OperationContext
	out       []byte
}

// rows are a page of records.
type rows interface {
	info() (size int, first, last int64, previous, next bool)
	row(i int) (record any, position int64)
	cursor(position int64) string
}

// top reads what a field of the root answers with: [rows], or one record.
type top func(ctx context.Context, l *loads, f graphql.CollectedField, arguments map[string]any) (any, error)

// answerOf is a field of the root as JSON; false where it is left to gqlgen.
func answerOf(ctx context.Context, f graphql.CollectedField) ([]byte, bool) {
	read, ok := tops[f.Name]
	if !ok {
		return nil, false
	}
	d := &direct{loads: loadsOf(ctx), operation: graphql.GetOperationContext(ctx), out: make([]byte, 0, 4096)}
	found, err := read(ctx, d.loads, f, f.ArgumentMap(d.operation.Variables))
	if err != nil {
		return nil, false
	}
	if page, ok := found.(rows); ok {
		ok = d.page(f, page)
		return d.out, ok
	}
	if wanted := f.Definition.Type.Name(); wanted != "Agent" && wanted != typeOf(found) {
		return nil, false
	}
	ok = d.object(f.Selections, typeOf(found), found)
	return d.out, ok
}

// tops are the fields of the root that answer with kept records.
var tops = map[string]top{
	"agent":                 oneOf[valueflows.Agent],
	"person":                oneOf[valueflows.Agent],
	"organization":          oneOf[valueflows.Agent],
	"ecologicalAgent":       oneOf[valueflows.Agent],
	"unit":                  oneOf[valueflows.Unit],
	"resourceSpecification": oneOf[valueflows.ResourceSpecification],
	"processSpecification":  oneOf[valueflows.ProcessSpecification],
	"process":               oneOf[valueflows.Process],
	"economicEvent":         oneOf[valueflows.EconomicEvent],
	"economicResource":      oneOf[valueflows.EconomicResource],
	"batchLotRecord":        oneOf[valueflows.BatchLotRecord],
	"spatialThing":          oneOf[valueflows.SpatialThing],
	"recipe":                oneOf[valueflows.Recipe],
	"recipeProcess":         oneOf[valueflows.RecipeProcess],
	"recipeExchange":        oneOf[valueflows.RecipeExchange],
	"recipeFlow":            oneOf[valueflows.RecipeFlow],
	"agentRelationshipRole": oneOf[valueflows.AgentRelationshipRole],
	"agentRelationship":     oneOf[valueflows.AgentRelationship],
	"plan":                  oneOf[valueflows.Plan],
	"intent":                oneOf[valueflows.Intent],
	"commitment":            oneOf[valueflows.Commitment],
	"claim":                 oneOf[valueflows.Claim],
	"agreement":             oneOf[valueflows.Agreement],
	"agreementBundle":       oneOf[valueflows.AgreementBundle],
	"proposal":              oneOf[valueflows.Proposal],
	"proposalList":          oneOf[valueflows.ProposalList],

	"agents":                 topOf[valueflows.Agent](reading(agentFilter)),
	"people":                 topOf[valueflows.Agent](readingKind(valueflows.ClassPerson)),
	"organizations":          topOf[valueflows.Agent](readingKind(valueflows.ClassOrganization)),
	"ecologicalAgents":       topOf[valueflows.Agent](readingKind(valueflows.ClassEcologicalAgent)),
	"units":                  topOf[valueflows.Unit](reading(unitFilter)),
	"resourceSpecifications": topOf[valueflows.ResourceSpecification](reading(resourceSpecificationFilter)),
	"processSpecifications":  topOf[valueflows.ProcessSpecification](reading(processSpecificationFilter)),
	"processes":              topOf[valueflows.Process](reading(processFilter)),
	"economicEvents":         topOf[valueflows.EconomicEvent](reading(eventFilter)),
	"economicResources":      topOf[valueflows.EconomicResource](reading(resourceFilter)),
	"batchLotRecords":        topOf[valueflows.BatchLotRecord](reading(batchLotRecordFilter)),
	"spatialThings":          topOf[valueflows.SpatialThing](reading(spatialThingFilter)),
	"recipes":                topOf[valueflows.Recipe](reading(recipeFilter)),
	"recipeProcesses":        topOf[valueflows.RecipeProcess](reading(recipeProcessFilter)),
	"recipeExchanges":        topOf[valueflows.RecipeExchange](reading(recipeExchangeFilter)),
	"recipeFlows":            topOf[valueflows.RecipeFlow](reading(recipeFlowFilter)),
	"agentRelationshipRoles": topOf[valueflows.AgentRelationshipRole](reading(agentRelationshipRoleFilter)),
	"agentRelationships":     topOf[valueflows.AgentRelationship](reading(agentRelationshipFilter)),
	"plans":                  topOf[valueflows.Plan](reading(planFilter)),
	"intents":                topOf[valueflows.Intent](reading(intentFilter)),
	"commitments":            topOf[valueflows.Commitment](reading(commitmentFilter)),
	"claims":                 topOf[valueflows.Claim](reading(claimFilter)),
	"agreements":             topOf[valueflows.Agreement](reading(agreementFilter)),
	"agreementBundles":       topOf[valueflows.AgreementBundle](reading(agreementBundleFilter)),
	"proposals":              topOf[valueflows.Proposal](reading(proposalFilter)),
	"proposalLists":          topOf[valueflows.ProposalList](reading(proposalListFilter)),
	"offers":                 topOf[valueflows.Proposal](readingPurpose(valueflows.Offer)),
	"requests":               topOf[valueflows.Proposal](readingPurpose(valueflows.Request)),
}

// readingKind is the filter of agents of one kind.
func readingKind(kind valueflows.Class) func(context.Context, any) (node.Filter, error) {
	read := reading(agentFilter)
	return func(ctx context.Context, raw any) (node.Filter, error) {
		f, err := read(ctx, raw)
		f.Kind = []valueflows.Class{kind}
		return f, err
	}
}

// readingPurpose is the filter of proposals that are made for a purpose.
func readingPurpose(purpose valueflows.ProposalPurpose) func(context.Context, any) (node.Filter, error) {
	read := reading(proposalFilter)
	return func(ctx context.Context, raw any) (node.Filter, error) {
		f, err := read(ctx, raw)
		return madeFor(purpose, f), err
	}
}

func oneOf[T node.Kept](ctx context.Context, l *loads, f graphql.CollectedField, arguments map[string]any) (any, error) {
	id, _ := arguments["id"].(string)
	return foundIn[T](ctx, l.node, f, id)
}

func topOf[T node.Kept](filter func(context.Context, any) (node.Filter, error)) top {
	return func(ctx context.Context, l *loads, f graphql.CollectedField, arguments map[string]any) (any, error) {
		narrowed, err := filter(ctx, arguments["filter"])
		if err != nil {
			return nil, err
		}
		return listedIn[T](ctx, l, f, arguments, narrowed)
	}
}

// object writes what is selected of a record.
func (d *direct) object(set ast.SelectionSet, of string, record any) bool {
	d.out = append(d.out, '{')
	for i, f := range graphql.CollectFields(d.operation, set, satisfies(of)) {
		d.key(i, f)
		if f.Name == "__typename" {
			d.plain(of)
			continue
		}
		name := of + "." + f.Name
		if write := columns[name]; write != nil {
			write(d, record)
			continue
		}
		if leads, ok := links[name].(directly); !ok || !leads.write(d, record, f) {
			return false
		}
	}
	d.out = append(d.out, '}')
	return true
}

// objects writes a list of records.
func (d *direct) objects(set ast.SelectionSet, records []any) bool {
	d.out = append(d.out, '[')
	for i, record := range records {
		if i > 0 {
			d.out = append(d.out, ',')
		}
		if !d.object(set, typeOf(record), record) {
			return false
		}
	}
	d.out = append(d.out, ']')
	return true
}

// directly is a link that can be written directly once it was read ahead.
type directly interface {
	link
	write(d *direct, owner any, f graphql.CollectedField) bool
}

var (
	_ directly = reference[valueflows.Measure, valueflows.Unit]{}
	_ directly = part[valueflows.EconomicEvent, valueflows.Measure]{}
	_ directly = inverse[valueflows.EconomicEvent]{}
	_ directly = references[valueflows.Commitment, valueflows.Intent]{}
	_ directly = derived[bool]{}
	_ directly = derivedRecords[valueflows.Agent]{}
	_ directly = planItems{}
	_ directly = aim{}
)

func (r reference[O, T]) write(d *direct, owner any, f graphql.CollectedField) bool {
	if f.Definition.Type.Elem != nil { // one record in a list
		return false
	}
	var record any
	if id := r.id(owner.(*O)); !id.IsZero() {
		record = class[T]{}.get(d.loads, id)
	}
	if record == nil {
		if f.Definition.Type.NonNull { // the resolver knows what stands for it
			return false
		}
		d.null()
		return true
	}
	return d.object(f.Selections, typeOf(record), record)
}

func (r references[O, T]) write(d *direct, owner any, f graphql.CollectedField) bool {
	return d.objects(f.Selections, recordsOf(d.loads, r.ids(owner.(*O)), r.keep))
}

func (p part[O, P]) write(d *direct, owner any, f graphql.CollectedField) bool {
	parts := p.parts(owner.(*O))
	if f.Definition.Type.Elem == nil {
		if len(parts) != 1 || parts[0] == nil {
			d.null()
			return true
		}
		return d.object(f.Selections, typeOf(parts[0]), parts[0])
	}
	records := make([]any, len(parts))
	for i, each := range parts {
		records[i] = each
	}
	return d.objects(f.Selections, records)
}

func (m inverse[T]) write(d *direct, owner any, f graphql.CollectedField) bool {
	d.loads.mu.Lock()
	read, ok := d.loads.lists[listKey{f.Field, owner.(kept).Rec().ID}].(*listing[T])
	d.loads.mu.Unlock()
	if !ok || read.err != nil {
		return false
	}
	if m.plain == "" {
		return d.page(f, read)
	}
	records := make([]any, len(read.Nodes))
	for i, record := range read.Nodes {
		records[i] = record
	}
	return d.objects(f.Selections, records)
}

// page writes a connection.
func (d *direct) page(f graphql.CollectedField, found rows) bool {
	connection := f.Definition.Type.Name()
	edge := connection[:len(connection)-len("Connection")] + "Edge"
	d.out = append(d.out, '{')
	for i, part := range graphql.CollectFields(d.operation, f.Selections, satisfies(connection)) {
		d.key(i, part)
		switch part.Name {
		case "__typename":
			d.plain(connection)
		case "pageInfo":
			d.pageInfo(part, found)
		default:
			if !d.edges(part, edge, found) {
				return false
			}
		}
	}
	d.out = append(d.out, '}')
	return true
}

func (d *direct) edges(f graphql.CollectedField, of string, found rows) bool {
	fields := graphql.CollectFields(d.operation, f.Selections, satisfies(of))
	d.out = append(d.out, '[')
	for i := 0; ; i++ {
		record, position := found.row(i)
		if record == nil {
			break
		}
		if i > 0 {
			d.out = append(d.out, ',')
		}
		d.out = append(d.out, '{')
		for j, part := range fields {
			d.key(j, part)
			switch part.Name {
			case "__typename":
				d.plain(of)
			case "cursor":
				d.plain(found.cursor(position))
			default:
				if !d.object(part.Selections, typeOf(record), record) {
					return false
				}
			}
		}
		d.out = append(d.out, '}')
	}
	d.out = append(d.out, ']')
	return true
}

func (d *direct) pageInfo(f graphql.CollectedField, found rows) {
	size, first, last, previous, next := found.info()
	some, _ := found.row(0)
	d.out = append(d.out, '{')
	for i, part := range graphql.CollectFields(d.operation, f.Selections, satisfies("PageInfo")) {
		d.key(i, part)
		switch {
		case part.Name == "__typename":
			d.plain("PageInfo")
		case part.Name == "hasPreviousPage":
			d.truth(previous)
		case part.Name == "hasNextPage":
			d.truth(next)
		case part.Name == "pageLimit":
			d.whole(size)
		case part.Name == "startCursor" && some != nil:
			d.plain(found.cursor(first))
		case part.Name == "endCursor" && some != nil:
			d.plain(found.cursor(last))
		default: // totalCount, and the ends of an empty page
			d.null()
		}
	}
	d.out = append(d.out, '}')
}
