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
	{path: recordPath(valueflows.ClassCommitment), document: "commitment", variables: promise.variables, view: promise.view, template: "record"},
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
	Keep   *keepShown  // of a promise that the reader can record as done
	Hint   string      // at the end, what else to do
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
