package web

import (
	"fmt"

	"disconode/valueflows"
)

// The pages of what is promised, agreed, proposed and claimed.

type claimRecord struct {
	planned
	TriggeredBy *named
	SettledBy   []event
	Settlement  *fulfilment
}

func claimShown(v *visit, a claimRecord) *recordShown {
	a.Fulfilment = a.Settlement
	r := &recordShown{Title: a.Plain(), Kind: "Something that is owed", Term: "Claim", Fields: a.fields(v)}
	r.Fields.event("Brought about by", "triggeredBy", a.TriggeredBy)
	switch {
	case a.done():
		r.Fields.text("How it stands", "settlement", "Settled")
	case a.Finished:
		r.Fields.text("How it stands", "settlement", "Given up")
	case a.Settlement != nil && a.Settlement.IsPartial:
		r.Fields.text("How it stands", "settlement", "Settled in part")
	default:
		r.Fields.text("How it stands", "settlement", "Open")
	}
	if met := a.progress(); met != nil {
		r.Fields.text("Settled", "settlement", met.Done.String())
		r.Fields.text("Still open", "settlement", met.Open.String())
	}
	r.events("What settles it", a.SettledBy, false)
	return r
}

type agreementRecord struct {
	described
	Created              string
	BundledIn            *named
	Stipulates           []planned
	StipulatesReciprocal []planned
	EconomicEvents       []event
	Fulfilment           *struct {
		Clauses, Reciprocal struct{ Promises, Done int }
		IsClosed            bool
	}
}

func agreementShown(v *visit, a agreementRecord) *recordShown {
	r := &recordShown{Title: a.text(), Kind: "An agreement", Term: "Agreement"}
	r.Fields.text("Made", "created", v.Moment(a.Created))
	r.Fields.record("Together with", "bundledIn", valueflows.ClassAgreementBundle, a.BundledIn)
	if f := a.Fulfilment; f != nil && f.Clauses.Promises+f.Reciprocal.Promises > 0 {
		r.Fields.text("Kept", "fulfilment", fmt.Sprintf("%d of %s, in return %d of %s",
			f.Clauses.Done, howMany(f.Clauses.Promises, "promise", "promises"), f.Reciprocal.Done, howMany(f.Reciprocal.Promises, "promise", "promises")))
		r.Fields.text("Closed", "fulfilment", map[bool]string{true: "yes", false: "no"}[f.IsClosed])
	}
	a.tail(&r.Fields)
	r.flows("clauses", "What is promised", v.promises(a.Stipulates))
	r.flows("return", "What is promised in return", v.promises(a.StipulatesReciprocal))
	r.events("What happened under it", a.EconomicEvents, false)
	return r
}

func agreementBundleShown(v *visit, a struct {
	described
	Created string
	Bundles []named
}) *recordShown {
	r := &recordShown{Title: a.text(), Kind: "Several agreements that belong together", Term: "AgreementBundle"}
	r.Fields.text("Made", "created", v.Moment(a.Created))
	a.tail(&r.Fields)
	r.links("The agreements", valueflows.ClassAgreement, a.Bundles)
	return r
}

type proposalRecord struct {
	described
	Purpose, Created     string
	HasBeginning, HasEnd string
	UnitBased            *bool
	EligibleLocation     *named
	ProposedTo, ListedIn []*named
	InScopeOf            []*named
	Publishes            []planned
	Reciprocal           []planned
}

func proposalShown(v *visit, a proposalRecord) *recordShown {
	r := &recordShown{Title: a.text(), Kind: "A proposal", Term: "Proposal"}
	switch a.Purpose {
	case purposeOffer:
		r.Kind = "An offer"
	case purposeNeed:
		r.Kind = "A need"
	}
	for _, to := range a.ProposedTo {
		r.Fields.record("Made to", "proposedTo", "", to)
	}
	for _, scope := range a.InScopeOf {
		r.Fields.record("Of the group", "inScopeOf", "", scope)
	}
	for _, list := range a.ListedIn {
		r.Fields.record("On the list", "listedIn", valueflows.ClassProposalList, list)
	}
	r.Fields.record("Where", "eligibleLocation", valueflows.ClassSpatialThing, a.EligibleLocation)
	r.Fields.text("From", "hasBeginning", v.Moment(a.HasBeginning))
	r.Fields.text("To", "hasEnd", v.Moment(a.HasEnd))
	if a.UnitBased != nil && *a.UnitBased {
		r.Fields.text("Counts for one of what is proposed", "unitBased", "yes")
	}
	r.Fields.text("Made", "created", v.Moment(a.Created))
	a.tail(&r.Fields)
	r.intents("What is proposed", a.Publishes)
	r.intents("What is wanted in return", a.Reciprocal)
	return r
}

func proposalListShown(v *visit, a struct {
	described
	Created    string
	ProposedTo []*named
	Lists      []named
}) *recordShown {
	r := &recordShown{Title: a.text(), Kind: "A list of proposals", Term: "ProposalList"}
	for _, to := range a.ProposedTo {
		r.Fields.record("Made to", "proposedTo", "", to)
	}
	r.Fields.text("Made", "created", v.Moment(a.Created))
	a.tail(&r.Fields)
	r.links("What is on it", valueflows.ClassProposal, a.Lists)
	return r
}

// intents are offers and needs in a list.
func (r *recordShown) intents(title string, all []planned) {
	l := recordList{Title: title}
	for i := range all {
		l.Rows = append(l.Rows, recordRow{word{Text: all[i].title(), Href: link(valueflows.ClassIntent, &all[i].named).Href}, all[i].Amount()})
	}
	r.Lists = append(r.Lists, l)
}

// links are records in a list, in the order in which they came.
func (r *recordShown) links(title string, class valueflows.Class, all []named) {
	l := recordList{Title: title}
	for i := range all {
		l.Rows = append(l.Rows, recordRow{word: link(class, &all[i])})
	}
	r.Lists = append(r.Lists, l)
}

type relationshipRecord struct {
	described
	Subject, Relationship, Object *named
	InScopeOf                     []*named
}

func agentRelationshipShown(_ *visit, a relationshipRecord) *recordShown {
	r := &recordShown{Title: plain([]word{link("", a.Subject), {Text: "–"}, link("", a.Relationship), {Text: "–"}, link("", a.Object)}), Kind: "How two agents stand to each other", Term: "AgentRelationship"}
	r.Fields.record("Who", "subject", "", a.Subject)
	r.Fields.record("As", "relationship", valueflows.ClassAgentRelationshipRole, a.Relationship)
	r.Fields.record("To whom", "object", "", a.Object)
	for _, scope := range a.InScopeOf {
		r.Fields.record("Of the group", "inScopeOf", "", scope)
	}
	a.tail(&r.Fields)
	return r
}

func agentRelationshipRoleShown(_ *visit, a struct {
	described
	InverseRoleLabel   string
	AgentRelationships edges[relationshipRecord]
}) *recordShown {
	r := &recordShown{Title: a.text(), Kind: "A role", Term: "AgentRelationshipRole"}
	r.Fields.text("From the other side", "inverseRoleLabel", a.InverseRoleLabel)
	a.tail(&r.Fields)
	l := recordList{Title: "Who stands so to whom", More: a.AgentRelationships.PageInfo.HasPreviousPage}
	for _, rel := range a.AgentRelationships.newestFirst() {
		l.Rows = append(l.Rows, recordRow{word: word{Text: link("", rel.Subject).Text + " to " + link("", rel.Object).Text, Href: link(valueflows.ClassAgentRelationship, &rel.named).Href}})
	}
	r.Lists = append(r.Lists, l)
	return r
}
