package web

import (
	"encoding/json"

	"disconode/valueflows"
)

// records are the pages of records of each class: what people see where machines
// get JSON-LD. An event's page is its page in the journal.
var records = []page{
	recordPage(valueflows.ClassPerson, "agent", agentShown),
	recordPage(valueflows.ClassOrganization, "agent", agentShown),
	recordPage(valueflows.ClassEcologicalAgent, "agent", agentShown),
	resourcePage(),
	{path: recordPath(valueflows.ClassProcess), document: "process", variables: processVariables, view: into(processView), template: "record"},
	recordPage(valueflows.ClassResourceSpecification, "resource-specification", resourceSpecificationShown),
	recordPage(valueflows.ClassProcessSpecification, "process-specification", processSpecificationShown),
	recordPage(valueflows.ClassUnit, "unit", unitShown),
	recordPage(valueflows.ClassBatchLotRecord, "lot", lotShown),
	recordPage(valueflows.ClassSpatialThing, "place", placeShown),
	labPage(),
	{path: recordPath(valueflows.ClassEconomicEvent), document: "event", variables: happened.variables, view: happened.view, template: "event"},
	{path: recordPath(valueflows.ClassIntent), document: "intent", variables: offered.variables, view: offered.view, template: "offer"},
	{path: recordPath(valueflows.ClassPlan), document: "plan", variables: onePlan.variables, view: onePlan.view, template: "plan"},
	recordPage(valueflows.ClassCommitment, "commitment", commitmentShown),
	recordPage(valueflows.ClassClaim, "claim", claimShown),
	recordPage(valueflows.ClassAgreement, "agreement", agreementShown),
	recordPage(valueflows.ClassAgreementBundle, "agreement-bundle", agreementBundleShown),
	recordPage(valueflows.ClassProposal, "proposal", proposalShown),
	recordPage(valueflows.ClassProposalList, "proposal-list", proposalListShown),
	recordPage(valueflows.ClassRecipe, "recipe", recipeShown),
	recordPage(valueflows.ClassRecipeProcess, "recipe-process", recipeProcessShown),
	recordPage(valueflows.ClassRecipeExchange, "recipe-exchange", recipeExchangeShown),
	recordPage(valueflows.ClassRecipeFlow, "recipe-flow", recipeFlowShown),
	recordPage(valueflows.ClassAgentRelationship, "agent-relationship", agentRelationshipShown),
	recordPage(valueflows.ClassAgentRelationshipRole, "agent-relationship-role", agentRelationshipRoleShown),
}

func recordPath(class valueflows.Class) string { return "/vf/" + string(class) + "/{id}" }

// recordPage is the page of the records of a class: the document's one root
// field is the record, and shown tells it in plain words.
func recordPage[T any](class valueflows.Class, document string, shown func(*visit, T) *recordShown) page {
	return page{
		path: recordPath(class), document: document, template: "record",
		variables: func(v *visit) (vars, error) { return vars{"id": v.Request.PathValue("id")}, nil },
		view: func(v *visit, data json.RawMessage) (any, error) {
			var answer map[string]T
			if err := decode(data, &answer); err != nil {
				return nil, err
			}
			var view *recordShown
			for _, record := range answer {
				view = shown(v, record)
			}
			return view, nil
		},
	}
}

// labPage is the page of a LAB, at the address that is its name between nodes.
func labPage() page {
	p := recordPage(valueflows.ClassOrganization, "agent", agentShown)
	p.path = "/labs/{slug}"
	p.variables = func(v *visit) (vars, error) {
		return vars{"id": v.site.node.BaseURL() + "/labs/" + v.Request.PathValue("slug")}, nil
	}
	return p
}

// recordShown is a record in plain words.
type recordShown struct {
	Title  string
	Kind   string // such as a resource
	Term   string // what the vocabulary calls it
	Fields fieldList
	Lists  []recordList
	Walks  []walkShown // of a resource
}

// recordList is what belongs to a record: other records, or events.
type recordList struct {
	Title  string
	Rows   []recordRow
	Events []event
	Flows  flowTable
	More   bool // than is shown
}

type recordRow struct {
	word
	Amount string
}

// described is what records of most classes say.
type described struct {
	named
	IRI, Origin, Image, Note string
}

func (d *described) tail(l *fieldList) {
	l.text("Note", "note", d.Note)
	l.away("Picture", "image", d.Image)
	l.text("In the books of", "origin", d.Origin)
	l.text("Address", "iri", d.IRI)
}

// stock is a resource in a list.
type stock struct {
	named
	AccountingQuantity *measure
}

func (r *recordShown) stocks(title string, list edges[stock]) {
	l := recordList{Title: title, More: list.PageInfo.HasPreviousPage}
	for _, s := range list.newestFirst() {
		l.Rows = append(l.Rows, recordRow{link(valueflows.ClassEconomicResource, &s.named), s.AccountingQuantity.String()})
	}
	r.Lists = append(r.Lists, l)
}

func (r *recordShown) names(title string, class valueflows.Class, list edges[named]) {
	l := recordList{Title: title, More: list.PageInfo.HasPreviousPage || list.PageInfo.HasNextPage}
	for _, n := range list.newestFirst() {
		l.Rows = append(l.Rows, recordRow{word: link(class, &n)})
	}
	r.Lists = append(r.Lists, l)
}

func (r *recordShown) events(title string, list []event, more bool) {
	r.Lists = append(r.Lists, recordList{Title: title, Events: list, More: more})
}

// flows are what was planned and what came of it, as a table.
func (r *recordShown) flows(id, title string, rows []flowRow) {
	r.Lists = append(r.Lists, recordList{Title: title, Flows: flowTable{ID: id, Title: title + ", and how far it is", Rows: rows}})
}

type agent struct {
	described
	ClassifiedAs                 []string
	PrimaryLocation              *named
	InventoriedEconomicResources edges[stock]
	Processes                    edges[named]
}

func agentShown(_ *visit, a agent) *recordShown {
	r := &recordShown{Title: a.text(), Kind: "An organization", Term: a.Typename}
	switch valueflows.Class(a.Typename) {
	case valueflows.ClassPerson:
		r.Kind = "A person"
	case valueflows.ClassEcologicalAgent:
		r.Kind = "A living thing or a piece of land"
	}
	r.Fields.away("Grouped under", "classifiedAs", a.ClassifiedAs...)
	r.Fields.record("Place", "primaryLocation", valueflows.ClassSpatialThing, a.PrimaryLocation)
	a.tail(&r.Fields)
	r.stocks("What it has", a.InventoriedEconomicResources)
	r.names("Its projects", valueflows.ClassProcess, a.Processes)
	return r
}

type resourceRecord struct {
	described
	ConformsTo, ContainedIn, OfBatchLot, Stage, CurrentLocation *named
	ClassifiedAs                                                []string
	AccountingQuantity, OnhandQuantity                          *measure
	PrimaryAccountable, Custodian                               *named
	State, CurrentVirtualLocation, CurrentCurrencyLocation      string
	Contents                                                    edges[stock]
	Came, Went                                                  walk
	EconomicEventsInOutFrom, EconomicEventsTo                   edges[event]
}

func resourceShown(v *visit, a resourceRecord) *recordShown {
	title := a.named
	if a.ConformsTo != nil {
		title.ConformsTo = &struct{ Name string }{a.ConformsTo.Name}
	}
	r := &recordShown{Title: title.text(), Kind: "A thing or a stock", Term: "EconomicResource"}
	r.Fields.record("Kind", "conformsTo", valueflows.ClassResourceSpecification, a.ConformsTo)
	r.Fields.text("How much there is by rights", "accountingQuantity", a.AccountingQuantity.String())
	r.Fields.text("How much is there", "onhandQuantity", a.OnhandQuantity.String())
	r.Fields.record("Whose it is", "primaryAccountable", "", a.PrimaryAccountable)
	r.Fields.record("Who has it in hand", "custodian", "", a.Custodian)
	r.Fields.text("Tracked by", "trackingIdentifier", a.TrackingIdentifier)
	r.Fields.record("Lot", "ofBatchLot", valueflows.ClassBatchLotRecord, a.OfBatchLot)
	if a.OfBatchLot != nil {
		r.Fields.text("The lot expires", "expirationDate", v.Moment(a.OfBatchLot.ExpirationDate))
	}
	r.Fields.record("Came last out of", "stage", valueflows.ClassProcessSpecification, a.Stage)
	r.Fields.text("State", "state", a.State)
	r.Fields.record("Where it is", "currentLocation", valueflows.ClassSpatialThing, a.CurrentLocation)
	r.Fields.away("Where it is on the net", "currentVirtualLocation", a.CurrentVirtualLocation)
	r.Fields.text("Account", "currentCurrencyLocation", a.CurrentCurrencyLocation)
	r.Fields.record("In", "containedIn", valueflows.ClassEconomicResource, a.ContainedIn)
	r.Fields.away("Grouped under", "classifiedAs", a.ClassifiedAs...)
	a.tail(&r.Fields)
	r.stocks("What is in it", a.Contents)
	r.Walks = []walkShown{
		a.Came.shown(v, a.ID, "came", "Where it came from", "The books know of nothing that led to it."),
		a.Went.shown(v, a.ID, "went", "Where it went", "The books know of nothing that it led to."),
	}
	r.events("What happened to it", a.EconomicEventsInOutFrom.newestFirst(), a.EconomicEventsInOutFrom.PageInfo.HasPreviousPage)
	r.events("What came to it", a.EconomicEventsTo.newestFirst(), a.EconomicEventsTo.PageInfo.HasPreviousPage)
	return r
}

type processRecord struct {
	described
	BasedOn              *named
	InScopeOf            []*named
	ClassifiedAs         []string
	HasBeginning, HasEnd string
	Finished             bool
	WorkingAgents        edges[named]
	PlannedWithin        *named
}

func processVariables(v *visit) (vars, error) {
	id := v.Request.PathValue("id")
	return vars{"id": id, "these": []string{id}}, nil
}

type processAnswer struct {
	Process processRecord
	Events  edges[event]
}

func processView(v *visit, answer processAnswer) (any, error) {
	a := answer.Process
	r := &recordShown{Title: a.text(), Kind: "A project or a piece of work", Term: "Process"}
	r.Fields.record("Kind", "basedOn", valueflows.ClassProcessSpecification, a.BasedOn)
	for _, scope := range a.InScopeOf {
		r.Fields.record("Of the group", "inScopeOf", "", scope)
	}
	r.Fields.text("From", "hasBeginning", v.Moment(a.HasBeginning))
	r.Fields.text("To", "hasEnd", v.Moment(a.HasEnd))
	r.Fields.text("Finished", "finished", map[bool]string{true: "yes", false: "no"}[a.Finished])
	if !a.Finished && v.past(a.HasEnd) {
		r.Fields.text("Overdue", "hasEnd", "since "+v.Moment(a.HasEnd))
	}
	r.Fields.record("Part of the plan", "plannedWithin", valueflows.ClassPlan, a.PlannedWithin)
	r.Fields.away("Grouped under", "classifiedAs", a.ClassifiedAs...)
	a.tail(&r.Fields)
	r.names("Who works in it", "", a.WorkingAgents)
	flows := processFlows{map[string]flows{}, map[string]flows{}}
	if err := flows.plannedOf(v, vars{"processes": []string{a.ID}}); err != nil {
		return nil, err
	}
	r.flows("planned-in", "What is planned to go in", v.rows(flows.in[a.ID]))
	r.flows("planned-out", "What is planned to come out", v.rows(flows.out[a.ID]))
	var inputs, outputs []event
	for _, e := range answer.Events.newestFirst() {
		if idOf(e.InputOf) == a.ID {
			inputs = append(inputs, e)
		} else {
			outputs = append(outputs, e)
		}
	}
	more := answer.Events.PageInfo.HasPreviousPage
	r.events("What went in", inputs, more)
	r.events("What came out", outputs, more)
	return r, nil
}

type specificationRecord struct {
	described
	ResourceClassifiedAs                       []string
	DefaultUnitOfResource, DefaultUnitOfEffort *named
	MediumOfExchange, Substitutable            *bool
	ConformingResources                        edges[stock]
	ConformingProcesses                        edges[named]
}

func resourceSpecificationShown(_ *visit, a specificationRecord) *recordShown {
	r := &recordShown{Title: a.text(), Kind: "A kind of thing, work or money", Term: "ResourceSpecification"}
	r.Fields.record("Counted in", "defaultUnitOfResource", valueflows.ClassUnit, a.DefaultUnitOfResource)
	r.Fields.record("Work and use counted in", "defaultUnitOfEffort", valueflows.ClassUnit, a.DefaultUnitOfEffort)
	if a.MediumOfExchange != nil && *a.MediumOfExchange {
		r.Fields.text("Serves as money", "mediumOfExchange", "yes")
	}
	if a.Substitutable != nil {
		r.Fields.text("One is as good as another", "substitutable", map[bool]string{true: "yes", false: "no"}[*a.Substitutable])
	}
	r.Fields.away("Grouped under", "resourceClassifiedAs", a.ResourceClassifiedAs...)
	a.tail(&r.Fields)
	r.stocks("What there is of it", a.ConformingResources)
	return r
}

func processSpecificationShown(_ *visit, a specificationRecord) *recordShown {
	r := &recordShown{Title: a.text(), Kind: "A kind of project or work", Term: "ProcessSpecification"}
	a.tail(&r.Fields)
	r.names("Those of this kind", valueflows.ClassProcess, a.ConformingProcesses)
	return r
}

func unitShown(_ *visit, a struct {
	described
	Symbol, OMUnitIdentifier string
	ClassifiedAs             []string
}) *recordShown {
	r := &recordShown{Title: a.text(), Kind: "A unit", Term: "Unit"}
	r.Fields.text("Sign", "symbol", a.Symbol)
	r.Fields.text("Name in OM2", "omUnitIdentifier", a.OMUnitIdentifier)
	r.Fields.away("Grouped under", "classifiedAs", a.ClassifiedAs...)
	a.tail(&r.Fields)
	return r
}

func lotShown(v *visit, a struct {
	described
	ExpirationDate    string
	EconomicResources edges[stock]
}) *recordShown {
	r := &recordShown{Title: a.text(), Kind: "A lot", Term: "BatchLotRecord"}
	r.Fields.text("Expires", "expirationDate", v.Moment(a.ExpirationDate))
	a.tail(&r.Fields)
	r.stocks("What is of it", a.EconomicResources)
	return r
}

func placeShown(_ *visit, a struct {
	described
	MappableAddress, Lat, Long, Alt string
	HasDetailedGeometry             []string
	Agents                          edges[named]
	EconomicResources               edges[stock]
}) *recordShown {
	r := &recordShown{Title: a.text(), Kind: "A place", Term: "SpatialThing"}
	r.Fields.text("Street address", "mappableAddress", a.MappableAddress)
	r.Fields.text("Degrees north", "lat", a.Lat)
	r.Fields.text("Degrees east", "long", a.Long)
	r.Fields.text("Metres high", "alt", a.Alt)
	r.Fields.away("Outline", "hasDetailedGeometry", a.HasDetailedGeometry...)
	a.tail(&r.Fields)
	r.names("Who is there", "", a.Agents)
	r.stocks("What is there", a.EconomicResources)
	return r
}
