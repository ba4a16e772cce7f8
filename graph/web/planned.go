package web

import (
	"time"

	"disconode/valueflows"
)

// planned is an intent or a commitment as the documents ask for it: what
// somebody wants, would give, or has promised.
type planned struct {
	described
	Action                struct{ ID valueflows.Action }
	Provider, Receiver    *named
	InputOf, OutputOf     *named
	PlannedWithin         *named
	ResourceInventoriedAs *named
	ResourceConformsTo    *named
	ResourceClassifiedAs  []string
	ResourceQuantity      *measure
	EffortQuantity        *measure
	Stage                 *named
	State, AgreedIn       string
	HasBeginning, HasEnd  string
	HasPointInTime        string
	Due                   string
	Finished              bool
	InScopeOf             []*named
	Fulfilment            *fulfilment // of a commitment
	Satisfaction          *fulfilment // of an intent
	PublishedIn           []published
	AvailableQuantity     *measure
	MinimumQuantity       *measure
	Satisfies             []*named
	ClauseOf              *named
	ReciprocalClauseOf    *named
	IndependentDemandOf   *named
	Created               string
	Deletable             bool
	ToldBy                string // whose books it is in, of books elsewhere
}

// fulfilment is how far a commitment is fulfilled or an intent satisfied.
type fulfilment struct {
	ResourceQuantity, EffortQuantity     *reached
	IsDone, IsPartial, IsLate, IsOverdue bool
	DoneAt, Percent                      string
}

// reached is how far a quantity has been reached.
type reached struct{ Done, Open *measure }

// published is a proposal that an intent is part of.
type published struct {
	ID, Purpose, Name, HasEnd string
	EligibleLocation          *named
	Reciprocal                []planned
}

// what is the thing or the kind of thing that the flow is of; of a promise that
// names neither, what it satisfies.
func (p *planned) what() (word, bool) {
	switch {
	case p.ResourceInventoriedAs != nil:
		return link(valueflows.ClassEconomicResource, p.ResourceInventoriedAs), true
	case p.ResourceConformsTo != nil:
		return link(valueflows.ClassResourceSpecification, p.ResourceConformsTo), true
	case len(p.Satisfies) > 0 && p.Satisfies[0].Name != "":
		return link(valueflows.ClassIntent, p.Satisfies[0]), true
	}
	return word{}, false
}

// measure is how much is planned; where work or use is told, that.
func (p *planned) measure() *measure {
	if p.EffortQuantity != nil {
		return p.EffortQuantity
	}
	return p.ResourceQuantity
}

// Amount is how much, in words; of both a resource and its use, both.
func (p *planned) Amount() string { return inWords(p.EffortQuantity, p.ResourceQuantity) }

// progress is how far what is promised or wanted has come; nil where no amount is
// told of, or the reader may not know.
func (p *planned) progress() *reached {
	f := p.Fulfilment
	if f == nil {
		f = p.Satisfaction
	}
	switch {
	case f == nil:
		return nil
	case p.EffortQuantity != nil:
		return f.EffortQuantity
	}
	return f.ResourceQuantity
}

// done tells whether all of it is done or, of an intent, promised.
func (p *planned) done() bool {
	return p.Fulfilment != nil && p.Fulfilment.IsDone || p.Satisfaction != nil && p.Satisfaction.IsDone
}

// Help is what the vocabulary calls the action.
func (p *planned) Help() string { return sayings[p.Action.ID].help }

// Sentence tells in plain words what is to be done.
func (p *planned) Sentence() []word {
	s := sayings[p.Action.ID]
	who := word{Text: "Somebody"}
	if p.Provider != nil {
		who = link("", p.Provider)
	}
	all := []word{who, {Text: "is to " + s.do}}
	if amount := p.Amount(); amount != "" {
		all = append(all, word{Text: amount})
	}
	if what, ok := p.what(); ok {
		switch {
		case p.Action.ID == "work":
			all = append(all, word{Text: "at"})
		case p.measure() != nil && !inPieces(p.EffortQuantity, p.ResourceQuantity):
			all = append(all, word{Text: "of"})
		}
		all = append(all, what)
	}
	if p.Receiver != nil && idOf(p.Receiver) != idOf(p.Provider) {
		all = append(all, word{Text: s.to}, link("", p.Receiver))
	}
	for _, process := range []*named{p.InputOf, p.OutputOf} {
		if process != nil {
			all = append(all, word{Text: s.in}, link(valueflows.ClassProcess, process))
			break
		}
	}
	return all
}

// Plain is the sentence without its links.
func (p *planned) Plain() string { return plain(p.Sentence()) }

// By is when it is to be done at the latest: what was stated as that, else when
// it is to happen or to end.
func (p *planned) By() string {
	for _, t := range []string{p.Due, p.HasPointInTime, p.HasEnd} {
		if t != "" {
			return t
		}
	}
	return ""
}

// fields are what the flow says, each with its name in the vocabulary.
func (p *planned) fields(v *visit) fieldList {
	var all fieldList
	all.text("What is to happen", "action", sayings[p.Action.ID].do)
	all.record("Who would give or do it", "provider", "", p.Provider)
	all.record("For whom", "receiver", "", p.Receiver)
	all.text("How much work or use", "effortQuantity", p.EffortQuantity.String())
	all.text("How much of it", "resourceQuantity", p.ResourceQuantity.String())
	all.text("How much there is", "availableQuantity", p.AvailableQuantity.String())
	all.text("The least that can be taken", "minimumQuantity", p.MinimumQuantity.String())
	all.record("What", "resourceInventoriedAs", valueflows.ClassEconomicResource, p.ResourceInventoriedAs)
	all.record("What kind", "resourceConformsTo", valueflows.ClassResourceSpecification, p.ResourceConformsTo)
	all.record("After", "stage", valueflows.ClassProcessSpecification, p.Stage)
	all.text("In the state", "state", p.State)
	all.record("To go into", "inputOf", valueflows.ClassProcess, p.InputOf)
	all.record("To come out of", "outputOf", valueflows.ClassProcess, p.OutputOf)
	all.record("Part of the plan", "plannedWithin", valueflows.ClassPlan, p.PlannedWithin)
	all.record("Delivered by the plan", "independentDemandOf", valueflows.ClassPlan, p.IndependentDemandOf)
	if p.HasPointInTime != "" {
		all.text("When", "hasPointInTime", v.Moment(p.HasPointInTime))
	} else {
		all.text("From", "hasBeginning", v.Moment(p.HasBeginning))
		all.text("To", "hasEnd", v.Moment(p.HasEnd))
	}
	all.text("By", "due", v.Moment(p.Due))
	all.text("Finished", "finished", map[bool]string{true: "yes", false: "no"}[p.Finished])
	if p.overdue(v) {
		all.text("Overdue", "due", "since "+v.Moment(p.By()))
	}
	all.record("Promised in", "clauseOf", valueflows.ClassAgreement, p.ClauseOf)
	all.record("Promised in return in", "reciprocalClauseOf", valueflows.ClassAgreement, p.ReciprocalClauseOf)
	for _, scope := range p.InScopeOf {
		all.record("Of the group", "inScopeOf", "", scope)
	}
	all.away("Grouped under", "resourceClassifiedAs", p.ResourceClassifiedAs...)
	all.away("Agreement", "agreedIn", p.AgreedIn)
	all.text("Promised on", "created", v.Moment(p.Created))
	p.tail(&all)
	return all
}

// overdue tells whether it should have been done by now, and neither is done nor
// will be.
func (p *planned) overdue(v *visit) bool { return !p.Finished && !p.done() && v.past(p.By()) }

// past tells whether a time that was stated is over.
func (v *visit) past(text string) bool {
	t, err := time.Parse(time.RFC3339Nano, text)
	return err == nil && t.Before(v.Now)
}
