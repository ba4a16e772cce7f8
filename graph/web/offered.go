package web

import (
	"encoding/json"
	"strings"

	"disconode/node"
	"disconode/valueflows"
)

// offered is the page of one offer or need: what it says, what came of it, and a
// form that answers it by a promise.
var offered = page{
	path: "/offers/{id}", document: "intent", view: into(offeredView), template: "offer",
	variables: func(v *visit) (vars, error) { return vars{"id": v.Request.PathValue("id")}, nil },
	forms: []form{
		{name: "answer", document: "create-commitment", variables: answered, done: answerDone, fields: map[string]string{
			"commitment.resourceQuantity": "amount", "commitment.effortQuantity": "amount", "commitment.due": "by", "commitment.note": "note",
			"commitment.provider": "as", "commitment.receiver": "as",
		}},
		{name: "finish", document: "finish-intent", variables: finished, done: finishDone},
	},
}

type intentAnswer struct{ Intent oneIntent }

// oneIntent is an intent with what its own page shows beside.
type oneIntent struct {
	wanted
	SatisfiedBy []planned
	ObservedBy  []event
}

// left is how much of it nobody has promised or done; nil where no amount is stated.
func (o *oneIntent) left() *measure {
	if met := o.progress(); met != nil {
		return met.Open
	}
	return o.measure()
}

type offeredShown struct {
	ID, Title, Kind, Left    string
	Says                     []word
	Note, ToldBy             string
	Fields                   fieldList
	Return                   []planned
	Answers                  []answerShown
	Events                   []event
	Answerable, Closable     bool
	Question, AmountLabel    string
	Amount, By, Today, Group string
	As                       []choice
}

// answerShown is a promise that answers it.
type answerShown struct {
	planned
	Href string
	When string
	Row  flowRow // how it stands
}

// asGroup is the choice to answer for the group.
const asGroup = "group"

func offeredView(v *visit, a intentAnswer) (any, error) {
	o := a.Intent
	o.settle()
	shown := offeredShown{ID: o.ID, Title: o.title(), Kind: "A need", Says: o.says(), Note: o.Note, Fields: o.fields(v), Events: o.ObservedBy, Today: v.Now.Format(dayLayout)}
	shown.Question = "Who gives it"
	if o.isOffer() {
		shown.Kind, shown.Question = "An offer", "Who takes it"
	}
	if at := o.place(); at != nil {
		shown.Fields = append(fieldList{{Label: "Where", Term: "eligibleLocation", Values: []value{{word: link(valueflows.ClassSpatialThing, at)}}}}, shown.Fields...)
	}
	for _, in := range o.PublishedIn {
		shown.Fields.add("Proposed as", "publishedIn", word{Text: orElse(in.Name, "a proposal"), Href: "/vf/Proposal/" + in.ID})
	}
	shown.Return = o.inReturn()
	for _, c := range o.SatisfiedBy {
		c.Satisfies = []*named{{ID: o.ID, Name: o.Name}}
		answer := answerShown{planned: c, Href: "/vf/Commitment/" + c.ID, Row: v.promises([]planned{c})[0]}
		if by := c.By(); by != "" {
			answer.When = "by " + v.Day(by)
		}
		shown.Answers = append(shown.Answers, answer)
	}
	left := o.left()
	if left != nil {
		shown.Left = left.String()
		shown.AmountLabel = "How much"
		if unit := left.unit(); unit != "" {
			shown.AmountLabel += ", in " + unit
		}
		shown.Amount = orElse(v.Value("amount"), left.HasNumericalValue)
	}
	if shown.By = v.Value("by"); shown.By == "" && !o.overdue(v) {
		shown.By = v.dayField(o.By())
	}
	if v.elsewhere(o.Origin) {
		shown.ToldBy = o.Origin
		return shown, nil
	}
	open := v.Records() && !o.Finished && (left == nil || left.number().Sign() > 0)
	shown.Answerable = open && o.owner() != v.Who.User.String()
	me := v.Who.User.String()
	shown.Closable = v.Records() && !o.Finished && (v.Who.Role != node.Member || idOf(o.planned.Provider) == me || idOf(o.planned.Receiver) == me)
	shown.As = choose([]choice{{Value: "", Text: "I myself"}, {Value: asGroup, Text: "Our group, " + v.Lab}}, v.Value("as"))
	return shown, nil
}

// owner is the id of who offers or needs it.
func (o *oneIntent) owner() string {
	if o.isOffer() {
		return idOf(o.planned.Provider)
	}
	return idOf(o.planned.Receiver)
}

// answered is the promise that the form makes. It says what the offer or the
// need says, and names who is the other party.
func answered(v *visit) (vars, error) {
	answer, err := ask[intentAnswer](v, "intent", vars{"id": v.Request.PathValue("id")})
	if err != nil {
		return nil, err
	}
	o := answer.Intent
	o.settle()
	me, group := v.Who.User.String(), v.Who.Lab.String()
	if v.Value("as") == asGroup {
		me = group
	}
	c := vars{"action": string(o.Action.ID), "satisfies": []string{o.ID}}
	if o.isOffer() {
		c["provider"], c["receiver"] = orElse(idOf(o.planned.Provider), group), me
	} else {
		c["provider"], c["receiver"] = me, orElse(idOf(o.planned.Receiver), group)
	}
	for property, n := range map[string]*named{
		"resourceInventoriedAs": o.planned.ResourceInventoriedAs, "resourceConformsTo": o.ResourceConformsTo, "stage": o.Stage,
		"inputOf": o.InputOf, "outputOf": o.OutputOf, "plannedWithin": o.PlannedWithin,
	} {
		if n != nil {
			c[property] = n.ID
		}
	}
	if o.State != "" {
		c["state"] = o.State
	}
	if len(o.ResourceClassifiedAs) > 0 {
		c["resourceClassifiedAs"] = o.ResourceClassifiedAs
	}
	if of := o.measure(); of != nil {
		if strings.TrimSpace(v.Value("amount")) == "" {
			return nil, atField("amount", "Say how much of it.")
		}
		amount, err := amountOf(v.Value("amount"))
		if err != nil {
			return nil, err
		}
		property := "resourceQuantity"
		if o.EffortQuantity != nil {
			property = "effortQuantity"
		}
		c[property] = vars{"hasNumericalValue": amount.String(), "hasUnit": of.unitID()}
	}
	if note := strings.TrimSpace(v.Value("note")); note != "" {
		c["note"] = note
	}
	return vars{"commitment": c}, dueOf(v, c)
}

func answerDone(v *visit, _ json.RawMessage) (string, string, error) {
	return "/offers/" + v.Request.PathValue("id"), "Promised: it is in the books.", nil
}

func finished(v *visit) (vars, error) {
	return vars{"intent": vars{"id": v.Request.PathValue("id"), "finished": true}}, nil
}

func finishDone(*visit, json.RawMessage) (string, string, error) {
	return "/offers", "It is off the board. The books keep it.", nil
}
