package graph

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"disconode/node"
	"disconode/valueflows"
)

// statements is how many SQL statements the answer to a query takes, the
// token's included.
func (b *books) statements(c *client, query string, n int) int {
	b.t.Helper()
	return b.statementsWith(c, query, map[string]any{"n": json.Number(fmt.Sprint(n))})
}

// statementsWith is [books.statements] for other variables.
func (b *books) statementsWith(c *client, query string, variables map[string]any) int {
	b.t.Helper()
	ctx, count := node.CountStatements(b.t.Context())
	principal, err := b.node.Authenticate(ctx, c.token)
	if err != nil {
		b.t.Fatal(err)
	}
	a := b.server.answer(node.WithPrincipal(ctx, principal), &request{Query: query, Variables: variables})
	if len(a.errors) > 0 {
		b.t.Fatalf("%s: %v", query, a.errors)
	}
	return int(count.Load())
}

// season is a farm's books with many of everything, all of it linked.
func (b *books) season(c *client, weeks int) {
	b.t.Helper()
	farm := c.organization("Farm")
	place := c.ask(`mutation { createSpatialThing(spatialThing: {name: "Hill"}) { spatialThing { id } } }`, nil).good().text("createSpatialThing.spatialThing.id")
	c.ask(`mutation($id: ID!, $at: ID!) { updateOrganization(organization: {id: $id, primaryLocation: $at}) { agent { id } } }`, vars{"id": farm, "at": place}).good()
	lot := c.ask(`mutation { createBatchLotRecord(batchLotRecord: {batchLotCode: "L1"}) { batchLotRecord { id } } }`, nil).good().text("createBatchLotRecord.batchLotRecord.id")
	stage := c.ask(`mutation { createProcessSpecification(processSpecification: {name: "Growing"}) { processSpecification { id } } }`, nil).good().text("createProcessSpecification.processSpecification.id")
	gardening := c.kind("Gardening")
	plans := c.outlook(farm, place, stage, gardening)
	before := ""
	for week := range weeks {
		kind := c.ask(`mutation($n: String!, $u: ID, $e: ID) { createResourceSpecification(resourceSpecification: {name: $n, defaultUnitOfResource: $u, defaultUnitOfEffort: $e}) { resourceSpecification { id } } }`,
			vars{"n": fmt.Sprint("Crop ", week), "u": kilogram, "e": hour}).good().text("createResourceSpecification.resourceSpecification.id")
		process := c.ask(`mutation($n: String!, $k: ID, $a: [ID!]) { createProcess(process: {name: $n, basedOn: $k, inScopeOf: $a}) { process { id } } }`,
			vars{"n": fmt.Sprint("Week ", week), "k": stage, "a": farm}).good().text("createProcess.process.id")
		work := vars{"action": "work", "provider": c.person(fmt.Sprint("Grower ", week)), "receiver": farm, "inputOf": process, "resourceConformsTo": gardening, "effortQuantity": of("2", hour), "stream": "love"}
		if before != "" {
			work["triggeredBy"] = before
		}
		for property, id := range plans.week(week, process, work["provider"].(string), kind) {
			work[property] = id
		}
		before = c.record(work).good().text("createEconomicEvent.economicEvent.id")
		crop := c.recordNew(vars{"action": "produce", "provider": farm, "receiver": farm, "outputOf": process, "resourceConformsTo": kind, "resourceQuantity": of("9", kilogram), "toLocation": place},
			vars{"name": fmt.Sprint("Crop ", week), "ofBatchLot": lot, "unitOfEffort": hour}).good().text("createEconomicEvent.economicResource.id")
		lowered := c.record(vars{"action": "lower", "provider": farm, "receiver": farm, "resourceInventoriedAs": crop, "resourceQuantity": of("2", kilogram)}).good().text("createEconomicEvent.economicEvent.id")
		c.record(vars{"action": "lower", "provider": farm, "receiver": farm, "resourceInventoriedAs": crop, "resourceQuantity": of("-1", kilogram), "corrects": lowered}).good()
		shop := c.organization(fmt.Sprint("Shop ", week))
		c.recordNew(vars{"action": "transfer", "provider": farm, "receiver": shop, "resourceInventoriedAs": crop, "resourceQuantity": of("3", kilogram)}, vars{"name": "sold"}).good()
	}
}

// A page of 50 events with provider, receiver and resource takes the same few
// statements as a page of 5.
func TestPageOfEventsTakesFewStatements(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		ada := b.steward()
		b.season(ada, 13)            // 65 events
		ada.organization("Newcomer") // whereupon what was kept of agents is forgotten
		const plain = `query($n: Int) { economicEvents(first: $n) { edges { node { id provider { id name } receiver { id name } resourceInventoriedAs { id name } } } } }`
		if n := b.statements(ada, plain, 50); n > 5 {
			t.Errorf("%d statements where nothing is in memory", n)
		}
		const page = `query($n: Int) { economicEvents(last: $n) { edges { node { id action { id label } hasPointInTime note
			provider { id name ... on Person { primaryLocation { name } } } receiver { id name } resourceQuantity { hasNumericalValue hasUnit { symbol } } effortQuantity { hasNumericalValue hasUnit { label } }
			resourceInventoriedAs { id name onhandQuantity { hasNumericalValue hasUnit { symbol } } conformsTo { name } stage { name } } } } pageInfo { endCursor hasNextPage } } }`
		b.statements(ada, page, 50) // kinds and stages are in memory from now on
		few, many := b.statements(ada, page, 5), b.statements(ada, page, 50)
		if few != many || many > 5 {
			t.Errorf("%d statements for 5 events, %d for 50", few, many)
		}
	})
}

// listOfClass is the field of the root that lists the records of a class.
var listOfClass = func() map[string]string {
	all := map[string]string{"Person": "people", "Process": "processes", "RecipeProcess": "recipeProcesses"}
	for _, class := range valueflows.Classes {
		if name := string(class); all[name] == "" {
			all[name] = strings.ToLower(name[:1]) + name[1:] + "s"
		}
	}
	return all
}()

// standingWithin is where how far things have come is asked for; … is what is
// asked of it.
var standingWithin = map[string]string{
	"Fulfilment": "commitments(first: $n) { edges { node { fulfilment { … } } } } intents(first: $n) { edges { node { satisfaction { … } } } } claims(first: $n) { edges { node { settlement { … } } } }",
	"Progress": "commitments(first: $n) { edges { node { fulfilment { resourceQuantity { … } effortQuantity { … } } } } } " +
		"intents(first: $n) { edges { node { satisfaction { resourceQuantity { … } effortQuantity { … } } } } }",
	"AgreementFulfilment": "agreements(first: $n) { edges { node { fulfilment { … } } } }",
	"MadeGood":            "agreements(first: $n) { edges { node { fulfilment { madeGood { … } } } } }",
	"PlanFulfilment":      "plans(first: $n) { edges { node { fulfilment { … } } } }",
}

// ofPlanning are the types that one field of the root answers with, about one
// plan or intent: TestPlanningTakesFewStatements counts them.
var ofPlanning = map[string]bool{"CriticalPath": true, "CriticalStep": true, "Shortage": true, "PossibleSource": true, "Match": true,
	"Allocation": true, "PlanDelivery": true, "Surplus": true, "PlanMove": true, "LateDelivery": true, "PlanGap": true}

// No field of any type is read record by record: more records take no more
// statements.
func TestNoFieldIsReadRecordByRecord(t *testing.T) {
	b := newBooks(t, "", Options{})
	ada := b.steward()
	b.season(ada, 13)
	schema := ourSchema()
	for name := range links {
		of, field, _ := strings.Cut(name, ".")
		definition := schema.Types[of].Fields.ForName(field)
		below := leaves(schema, definition.Type.Name())
		selection := field + below
		if field == "flow" {
			selection = "flow(direction: TRACE, first: 5)" + below
		}
		if field == "isWithin" {
			selection = `isWithin(lat: "32.3", long: "-90.2", kilometres: "10")`
		}
		var query string
		switch list := listOfClass[of]; {
		case list != "":
			query = "query($n: Int) { " + list + "(first: $n) { edges { node { id " + selection + " } } } }"
		case of == "Measure":
			query = "query($n: Int) { economicResources(last: $n) { edges { node { onhandQuantity { " + selection + " } accountingQuantity { " + selection + " } } } } }"
		case of == "Contribution":
			query = "query($n: Int) { units(last: $n) { pageInfo { hasNextPage } } contributions(groupBy: [AGENT, RECEIVER, PROCESS, RESOURCE_SPECIFICATION]) { " + selection + " } }"
		case standingWithin[of] != "":
			query = "query($n: Int) { " + strings.ReplaceAll(standingWithin[of], "…", selection) + " }"
		case ofPlanning[of]:
			continue
		case b.view(ada, of, selection) != "":
			query = b.view(ada, of, selection)
		default:
			t.Errorf("nothing lists %s", of)
			continue
		}
		small, large := 10, 50
		if walks(definition) {
			small, large = 4, 15
		}
		b.statements(ada, query, large) // what is kept in memory is there from now on
		if few, many := b.statements(ada, query, small), b.statements(ada, query, large); few != many {
			t.Errorf("%s: %d statements for %d records, %d for %d\n\t%s", name, few, small, many, large, query)
		}
	}
}

// leaves selects what a type has without going further, and, of a page, the
// same of its records.
func leaves(schema *ast.Schema, name string) string {
	d := schema.Types[name]
	switch {
	case name == "PlanItem":
		return " { ... on Process { name } ... on Commitment { note } ... on Intent { note } }"
	case name == "TrackTraceItem" || name == "ProductionFlowItem":
		return " { ... on Process { note } ... on EconomicResource { note } }"
	case name == "RollUpRecord" || name == "FlowNetworkNode":
		return " { ... on Process { id note } }"
	case name == "Balance":
		return " { accountingQuantity { hasNumericalValue } }"
	case name == "FlowConnection":
		return " { edges { cursor parent node" + leaves(schema, "TrackTraceItem") + " } pageInfo { startCursor } }"
	case d.Kind == ast.Union:
		return " { ... on Person { name } ... on Organization { name } }"
	case !d.IsCompositeType():
		return ""
	case strings.HasSuffix(name, "Connection"):
		return " { edges { cursor node" + leaves(schema, strings.TrimSuffix(name, "Connection")) + " } pageInfo { startCursor } }"
	}
	var fields []string
	for _, f := range d.Fields {
		if !strings.HasPrefix(f.Name, "__") && !schema.Types[f.Type.Name()].IsCompositeType() && len(f.Arguments) == 0 {
			fields = append(fields, f.Name)
		}
	}
	if len(fields) == 0 { // it leads on, and says nothing itself
		return " { __typename }"
	}
	return " { " + strings.Join(fields, " ") + " }"
}

// What is read ahead answers as what is read alone: the same query for a page
// and for each of its records.
func TestReadAheadAnswersAlike(t *testing.T) {
	b := newBooks(t, "", Options{})
	ada := b.steward()
	b.season(ada, 4)
	const event = `id provider { name ... on Person { economicEvents(first: 2) { edges { node { action { id } inputOf { name basedOn { name } } } } } }
		... on Organization { name economicEvents(last: 1) { edges { node { id } } } primaryLocation { name agents { edges { node { name } } } } } }
		receiver { name inventoriedEconomicResources(first: 3, filter: {searchString: "crop"}) { edges { node { name contains { id } economicEventsTo { edges { node { id } } } } } } }
		resourceInventoriedAs { name conformsTo { name defaultUnitOfResource { label } } ofBatchLot { batchLotCode } custodian { name } onhandQuantity { hasUnit { symbol } } }
		outputOf { deletable involvedAgents { edges { node { name } } } workingAgents { edges { node { name } } } observedInputs { id } observedOutputs(filter: {action: "work"}) { id } unplannedInputs { id } }
		inScopeOf { ... on Organization { name economicEventsInScope(first: 3) { edges { node { id } } } processes(first: 2) { edges { node { name } } } } }
		corrects { id } correctedBy { edges { node { id } } } triggeredBy { id } triggers { id } toLocation { name }`
	page := ada.ask(`{ economicEvents(last: 20) { edges { node { `+event+` } } } }`, nil).good()
	for i := range page.count("economicEvents.edges") {
		together := page.at(fmt.Sprintf("economicEvents.edges.%d.node", i)).(map[string]any)
		alone := ada.ask(`query($id: ID!) { economicEvent(id: $id) { `+event+` } }`, vars{"id": together["id"]}).good().at("economicEvent")
		one, err := json.Marshal(alone)
		if err != nil {
			t.Fatal(err)
		}
		other, err := json.Marshal(together)
		if err != nil {
			t.Fatal(err)
		}
		if string(one) != string(other) {
			t.Errorf("alone   %s\ntogether %s", one, other)
		}
	}
}
