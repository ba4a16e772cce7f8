package web

import (
	"encoding/json"
	"strings"

	"disconode/valueflows"
)

// happened is the page of one event: all that is known of it, what corrects it,
// and a form that corrects it by a further event.
var happened = page{
	path: "/journal/{id}", document: "event", view: into(eventView), template: "event",
	variables: func(v *visit) (vars, error) { return vars{"id": v.Request.PathValue("id")}, nil },
	forms: []form{
		{name: "correct", document: "record-event", variables: corrected, done: correctionDone, fields: correctionFields},
		{name: "take-back", document: "record-event", variables: takenBack, done: correctionDone, fields: correctionFields},
	},
}

var correctionFields = map[string]string{"event.effortQuantity": effort, "event.resourceQuantity": resource, "event.note": "note"}

// effort and resource are the two quantities of an event, and the fields of the
// form that correct them.
const (
	effort   = "effort"
	resource = "resource"
)

type eventAnswer struct{ EconomicEvent oneEvent }

// oneEvent is an event with what its own page shows beside.
type oneEvent struct {
	event
	IRI                  string
	Created, State       string
	Image, AgreedIn      string
	ToLocation           *named
	ResourceClassifiedAs []string
	InScopeOf            []*named
	TriggeredBy, ScrapOf *named
	Fulfills, Satisfies  []*named
	Settles              []*named
	RealizationOf        *named
}

func (e *event) quantity(which string) *measure {
	if which == effort {
		return e.EffortQuantity
	}
	return e.ResourceQuantity
}

// left is what is left of a quantity after all corrections; nil where the event
// has no such quantity.
func (e *event) left(which string) *measure {
	q := e.quantity(which)
	if q == nil {
		return nil
	}
	var sum valueflows.Sum
	sum.Add(q.number())
	for _, c := range e.corrections() {
		if q := c.quantity(which); q != nil {
			sum.Add(q.number())
		}
	}
	return &measure{HasNumericalValue: sum.String(), HasUnit: q.HasUnit}
}

// corrections are the events that correct it, and those that correct these.
func (e *event) corrections() []event {
	var all []event
	for _, c := range e.CorrectedBy.nodes() {
		all = append(append(all, c), c.corrections()...)
	}
	return all
}

// hidden tells whether the reader may not know whose it is.
func (e *event) hidden() bool { return link("", e.Provider).Href == "" }

type eventShown struct {
	Event       *oneEvent
	Fields      []field
	Corrections []event
	Quantities  []correctable // what the form can correct; none of a correction
	Corrected   bool
}

// correctable is a quantity that the form takes the right amount of.
type correctable struct{ Name, Label, Left, Unit, Said string }

func eventView(v *visit, a eventAnswer) (any, error) {
	e := a.EconomicEvent
	shown := eventShown{Event: &e, Corrections: e.corrections()}
	shown.Corrected = len(shown.Corrections) > 0
	if e.Corrects == nil && v.Records() && !e.hidden() && !v.elsewhere(e.Origin) {
		for _, which := range []string{effort, resource} {
			if left := e.left(which); left != nil {
				q := correctable{Name: which, Label: "Right amount", Left: left.HasNumericalValue, Unit: left.unit(), Said: orElse(v.Value(which), left.HasNumericalValue)}
				if which == effort {
					q.Label = "Right amount of work or use"
				}
				shown.Quantities = append(shown.Quantities, q)
			}
		}
	}
	if v.elsewhere(e.Origin) {
		e.ToldBy = e.Origin
	}
	shown.Fields = e.fields(v)
	return shown, nil
}

// fields are what the event says, each with its name in the vocabulary.
func (e *oneEvent) fields(v *visit) []field {
	var all fieldList
	all.add("What happened", "action", word{Text: e.Did()})
	all.add("Who gave or did it", "provider", link("", e.Provider))
	all.add("For whom", "receiver", link("", e.Receiver))
	all.text("How much work or use", "effortQuantity", e.EffortQuantity.String())
	all.text("How much of it", "resourceQuantity", e.ResourceQuantity.String())
	all.record("What", "resourceInventoriedAs", valueflows.ClassEconomicResource, e.ResourceInventoriedAs)
	all.record("What kind", "resourceConformsTo", valueflows.ClassResourceSpecification, e.ResourceConformsTo)
	all.record("Where it went", "toResourceInventoriedAs", valueflows.ClassEconomicResource, e.ToResourceInventoriedAs)
	all.record("Went into", "inputOf", valueflows.ClassProcess, e.InputOf)
	all.record("Came out of", "outputOf", valueflows.ClassProcess, e.OutputOf)
	for _, scope := range e.InScopeOf {
		all.record("Of the group", "inScopeOf", "", scope)
	}
	if e.HasPointInTime != "" {
		all.text("When", "hasPointInTime", v.Moment(e.HasPointInTime))
	} else {
		all.text("From", "hasBeginning", v.Moment(e.HasBeginning))
		all.text("To", "hasEnd", v.Moment(e.HasEnd))
	}
	all.text("Counts as", "stream", e.StreamText())
	all.text("State afterwards", "state", e.State)
	all.record("Place afterwards", "toLocation", valueflows.ClassSpatialThing, e.ToLocation)
	for _, c := range e.Fulfills {
		all.add("Keeps", "fulfills", word{Text: "a promise", Href: link(valueflows.ClassCommitment, c).Href})
	}
	for _, i := range e.Satisfies {
		all.add("Meets", "satisfies", word{Text: orElse(i.Name, "an offer or a need"), Href: link(valueflows.ClassIntent, i).Href})
	}
	for _, c := range e.Settles {
		all.add("Settles", "settles", word{Text: "a claim", Href: link(valueflows.ClassClaim, c).Href})
	}
	all.record("Under the agreement", "realizationOf", valueflows.ClassAgreement, e.RealizationOf)
	all.text("Note", "note", e.Note)
	all.away("Grouped under", "resourceClassifiedAs", e.ResourceClassifiedAs...)
	all.away("Agreement", "agreedIn", e.AgreedIn)
	all.away("Picture", "image", e.Image)
	all.event("Brought about by", "triggeredBy", e.TriggeredBy)
	all.event("Scrap of", "scrapOf", e.ScrapOf)
	all.event("Corrects", "corrects", e.Corrects)
	if e.RecordedBy != nil {
		all.add("Recorded by", "recordedBy", link("", e.RecordedBy))
	}
	all.text("Written down", "created", v.Moment(e.Created))
	all.text("In the books of", "origin", e.Origin)
	all.text("Address", "iri", e.IRI)
	return all
}

// corrected is the event that makes the amounts of the form the right ones: it
// carries the difference. The form says what the amounts were, so that the same
// form sent twice says the same, and nobody corrects what they have not seen.
func corrected(v *visit) (vars, error) {
	return correction(v, func(which string) (valueflows.Decimal, error) {
		right, err := decimalOf(v.Value(which))
		if err != nil {
			return right, atField(which, "This is no number: write it as 1.5.")
		}
		if right.Sign() < 0 {
			return right, atField(which, "An amount is not below zero. To take it back, write 0.")
		}
		return right, nil
	})
}

// takenBack is the event that takes all back that is left.
func takenBack(v *visit) (vars, error) {
	return correction(v, func(string) (valueflows.Decimal, error) { return valueflows.Decimal{}, nil })
}

func correction(v *visit, rightOf func(which string) (valueflows.Decimal, error)) (vars, error) {
	id := orElse(v.Request.PathValue("id"), v.Value("event"))
	answer, err := ask[eventAnswer](v, "event", vars{"id": id})
	if err != nil {
		return nil, err
	}
	e := answer.EconomicEvent
	said := vars{"action": string(e.Action.ID), "provider": idOf(e.Provider), "receiver": idOf(e.Receiver), "corrects": e.ID}
	if note := strings.TrimSpace(v.Value("note")); note != "" {
		said["note"] = note
	}
	for property, at := range e.times() { // on the same day, so that it counts where the first does
		said[property] = at
	}
	changes := false
	for _, which := range []string{effort, resource} {
		left := e.left(which)
		if left == nil {
			continue
		}
		right, err := rightOf(which)
		if err != nil {
			return nil, err
		}
		was, err := decimalOf(v.Value("was-" + which))
		if err != nil {
			return nil, atField(which, "The form does not say what the amount was: load the page again.")
		}
		if now := left.number(); now.Cmp(was) != 0 && now.Cmp(right) == 0 { // by this form a moment ago, or by somebody else
			return nil, doneAlready("It is " + left.String() + " already.")
		} else if now.Cmp(was) != 0 {
			return nil, atField(which, "Somebody corrected this meanwhile: it is "+left.String()+" now. Load the page again and look.")
		}
		difference, err := right.Add(was.Neg())
		if err != nil {
			return nil, atField(which, "This number is too long.")
		}
		if difference.Sign() == 0 {
			continue
		}
		changes = true
		said[which+"Quantity"] = vars{"hasNumericalValue": difference.String(), "hasUnit": left.unitID()}
	}
	if !changes {
		for _, which := range []string{resource, effort} {
			if e.left(which) != nil {
				err = atField(which, "This is what is recorded already.")
			}
		}
		return nil, err
	}
	return vars{"event": said}, nil
}

// times are when it happened, as it was stated.
func (e *event) times() map[string]string {
	if e.HasPointInTime != "" {
		return map[string]string{"hasPointInTime": e.HasPointInTime}
	}
	all := map[string]string{}
	for property, at := range map[string]string{"hasBeginning": e.HasBeginning, "hasEnd": e.HasEnd} {
		if at != "" {
			all[property] = at
		}
	}
	return all
}

func correctionDone(v *visit, _ json.RawMessage) (string, string, error) {
	return "/journal/" + v.Request.PathValue("id"), "Corrected: a further event carries the difference, and the first stays as it was.", nil
}
