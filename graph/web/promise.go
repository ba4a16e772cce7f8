package web

import (
	"net/url"

	"disconode/node"
	"disconode/valueflows"
)

// promise is the page of a promise: what it says, what keeps it, and a form that
// records that it was done.
var promise = page{
	path: "/promises/{id}", document: "commitment", view: into(promiseView), template: "record",
	variables: func(v *visit) (vars, error) { return vars{"id": v.Request.PathValue("id")}, nil },
	forms: []form{{name: "keep", document: "keep-promise", variables: kept, done: keptDone, fields: map[string]string{
		"event.effortQuantity": effort, "event.resourceQuantity": resource, "event.hasPointInTime": "date", "event.note": "note", "event.stream": "stream",
		"event.provider": "provider", "event.receiver": "receiver", "event.resourceInventoriedAs": "stock", "event.toResourceInventoriedAs": "into",
	}}},
}

type promiseAnswer struct{ Commitment commitmentRecord }

type commitmentRecord struct {
	planned
	FulfilledBy []event
}

func promiseView(v *visit, answer promiseAnswer) (any, error) {
	a := answer.Commitment
	r := &recordShown{Title: a.Plain(), Kind: "A promise", Term: "Commitment"}
	row := v.promises([]planned{a.planned})[0]
	r.Fields.text("How it stands", "fulfilment", row.State)
	if met := a.progress(); met != nil {
		r.Fields.text("Done", "fulfilment", met.Done.String())
		r.Fields.text("Still open", "fulfilment", met.Open.String())
	}
	r.Fields = append(r.Fields, a.fields(v)...)
	for _, i := range a.Satisfies {
		r.Fields.add("Answers", "satisfies", word{Text: orElse(i.Name, "an offer or a need"), Href: link(valueflows.ClassIntent, i).Href})
	}
	r.events("What keeps it", a.FulfilledBy, false)
	if v.keeps(&a.planned) {
		var err error
		r.Keep, err = v.keepForm(&a.planned)
		return r, err
	}
	if v.Records() && !v.elsewhere(a.Origin) && !a.closed() {
		r.Hint = "Whoever this promise is between records that it was done, or a bookkeeper does."
	}
	return r, nil
}

// closed tells whether nothing of it is left to be done.
func (p *planned) closed() bool { return p.Finished || p.done() }

// keeps tells whether the reader can record that a promise was done: it is in the
// books here and open, and it is the reader's, or the LAB's where members record
// for it. What the LAB's policy says of that, it says when they do.
func (v *visit) keeps(p *planned) bool {
	if !v.Records() || v.elsewhere(p.Origin) || p.closed() {
		return false
	}
	if node.May(v.Who.Role, node.Record, node.Events) == node.All {
		return true
	}
	for _, party := range []*named{p.Provider, p.Receiver} {
		if id := idOf(party); id == v.Who.User.String() || id == v.Who.Lab.String() {
			return true
		}
	}
	return false
}

// keepAt is the address of the form that records that a promise was done.
func keepAt(id string) string { return "/promises/" + url.PathEscape(id) + "#done" }
