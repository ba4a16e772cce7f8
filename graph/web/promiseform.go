package web

import (
	"slices"
	"strings"

	"disconode/node"
	"disconode/valueflows"
)

// The form that records that a promise was done, wholly or in part: an event that
// fulfils it. It begins with what the promise says.

// keepShown is the form.
type keepShown struct {
	ID                   string
	Amounts              []correctable
	Providers, Receivers []choice
	Stocks               []stockShown // at most two: out of and into which
	Streams              []choice     // of work
	Date, Today          string
}

// stockShown is the choice of a stock, by whose count it is known what there is.
type stockShown struct {
	Name, Label string
	Choices     []choice
}

// newStock is the choice to begin a stock with what came.
const newStock = "new"

type keepChoices struct {
	Agents edges[named]
	Stocks edges[holding]
}

// holding is a stock with whose it is.
type holding struct {
	stock
	OnhandQuantity     *measure
	PrimaryAccountable *named
}

func (v *visit) keepForm(p *planned) (*keepShown, error) {
	given := vars{"kinds": []string{}, "stocks": false, "lab": []string{v.Who.Lab.String()}}
	into, out := stocksOf(p.Action.ID)
	if p.ResourceConformsTo != nil && (into || out) {
		given["kinds"], given["stocks"] = []string{p.ResourceConformsTo.ID}, true
	}
	answer, err := ask[keepChoices](v, "keep-choices", given)
	if err != nil {
		return nil, err
	}
	agents, err := allOf(v, "agents", answer.Agents, nil)
	if err != nil {
		return nil, err
	}
	shown := &keepShown{ID: p.ID, Today: v.Now.Format(dayLayout)}
	shown.Date = orElse(v.Value("date"), v.plannedDay(p))
	if shown.Amounts, err = v.amounts(p); err != nil {
		return nil, err
	}
	shown.Providers = choose(agentChoices(agents, p.Provider), orElse(v.Value("provider"), idOf(p.Provider)))
	shown.Receivers = choose(agentChoices(agents, p.Receiver), orElse(v.Value("receiver"), idOf(p.Receiver)))
	holdings := answer.Stocks.nodes()
	if out {
		shown.Stocks = v.stockChoice(shown.Stocks, "stock", "Out of which stock", p, holdings, p.Provider, false)
	}
	if into {
		whose := p.Receiver
		if whose == nil || !out {
			whose = p.Provider
		}
		name, makes := "into", node.May(v.Who.Role, node.Record, node.Stock) != node.Never
		if !out {
			name = "stock"
		}
		shown.Stocks = v.stockChoice(shown.Stocks, name, "Into which stock", p, holdings, whose, makes)
	}
	if p.Action.ID == "work" {
		shown.Streams = choose(streamsOffered, v.Value("stream"))
	}
	return shown, nil
}

// stocksOf tells whether what happens by an action comes into a stock, and
// whether it goes out of one or concerns one that is there.
func stocksOf(a valueflows.Action) (into, out bool) {
	b := valueflows.Actions[a]
	switch {
	case a == "work" || a == "deliverService":
		return false, false
	case b.AccountingEffect == "increment":
		return true, false
	}
	return b.CreateResource == "optionalTo", true
}

// plannedDay is the day that the form begins with: the one for which the promise
// was planned, where that is not to come, else today.
func (v *visit) plannedDay(p *planned) string {
	for _, at := range []string{p.HasPointInTime, p.HasEnd} {
		if v.past(at) {
			return v.dayField(at)
		}
	}
	return v.Now.Format(dayLayout)
}

// amounts are the fields for how much was done: what is open of the promise.
func (v *visit) amounts(p *planned) ([]correctable, error) {
	var all []correctable
	for _, q := range []struct {
		name, label string
		promised    *measure
		reached     func(*fulfilment) *reached
	}{
		{effort, "How much work or use", p.EffortQuantity, func(f *fulfilment) *reached { return f.EffortQuantity }},
		{resource, "How much of it", p.ResourceQuantity, func(f *fulfilment) *reached { return f.ResourceQuantity }},
	} {
		if q.promised == nil {
			continue
		}
		left := q.promised
		if p.Fulfilment != nil {
			if met := q.reached(p.Fulfilment); met != nil && met.Open != nil {
				left = met.Open
			}
		}
		said := left.HasNumericalValue
		if open, err := decimalOf(said); err == nil && open.Sign() == 0 {
			said = "" // that part of it is done
		}
		if v.Request.PostForm.Has(q.name) {
			said = v.Value(q.name)
		}
		all = append(all, correctable{Name: q.name, Label: q.label, Left: left.HasNumericalValue, Unit: left.unit(), Said: said})
	}
	if len(all) > 0 {
		return all, nil
	}
	name, unit, err := v.unsaid(p)
	if err != nil {
		return nil, err
	}
	one := correctable{Name: name, Label: "How much", Unit: unit.unit(), Said: v.Value(name)}
	return []correctable{one}, nil
}

// unsaid is which quantity an event of a promise needs that states none, and its
// unit: hours of work or use, else what its kind is counted in.
func (v *visit) unsaid(p *planned) (name string, unit *measure, err error) {
	if p.Action.ID == "work" || p.Action.ID == "use" {
		unit = &measure{}
		unit.HasUnit = &unitNamed{ID: valueflows.Hour.String(), Label: "hour", Symbol: "h"}
		return effort, unit, nil
	}
	unit = &measure{HasUnit: &unitNamed{ID: valueflows.One.String(), Symbol: "1"}}
	if p.ResourceConformsTo != nil {
		answer, err := ask[struct {
			ResourceSpecification struct{ DefaultUnitOfResource *unitNamed }
		}](v, "resource-specification", vars{"id": p.ResourceConformsTo.ID})
		if err != nil {
			return "", nil, err
		}
		if u := answer.ResourceSpecification.DefaultUnitOfResource; u != nil {
			unit.HasUnit = u
		}
	}
	return resource, unit, nil
}

// agentChoices are the agents by their names, with a party that is not among them.
func agentChoices(agents []named, party *named) []choice {
	var all []choice
	known := idOf(party) == "" || party.Typename == ""
	for _, a := range agents {
		known = known || a.ID == idOf(party)
		all = append(all, choice{Value: a.ID, Text: a.text()})
	}
	if !known {
		all = append(all, choice{Value: party.ID, Text: party.text()})
	}
	slices.SortStableFunc(all, func(a, b choice) int { return strings.Compare(strings.ToLower(a.Text), strings.ToLower(b.Text)) })
	return all
}

// stockChoice adds the choice of a stock of what was promised: what the promise
// names stands chosen, else the only one that is its party's; nothing goes into
// what it comes out of. It adds nothing where there is none to choose and none
// can be begun.
func (v *visit) stockChoice(all []stockShown, name, label string, p *planned, holdings []holding, whose *named, makes bool) []stockShown {
	shown := stockShown{Name: name, Label: label, Choices: []choice{{Text: "None that is counted here"}}}
	fits, chosen := 0, ""
	named := name == "stock" && p.ResourceInventoriedAs != nil
	if named {
		chosen = p.ResourceInventoriedAs.ID
	}
	for _, h := range holdings {
		text := h.text()
		if amount := h.OnhandQuantity.String(); amount != "" {
			text += ": " + amount
		}
		if h.PrimaryAccountable != nil {
			text += ", " + h.PrimaryAccountable.text()
		}
		if !named && idOf(h.PrimaryAccountable) == idOf(whose) {
			if fits++; fits == 1 {
				chosen = h.ID
			} else {
				chosen = ""
			}
		}
		shown.Choices = append(shown.Choices, choice{Value: h.ID, Text: text})
	}
	if named && !slices.ContainsFunc(shown.Choices, func(c choice) bool { return c.Value == chosen }) {
		shown.Choices = append(shown.Choices, choice{Value: chosen, Text: p.ResourceInventoriedAs.text()})
	}
	if makes {
		shown.Choices = append(shown.Choices, choice{Value: newStock, Text: "A new one, begun with this"})
	}
	if len(shown.Choices) == 1 {
		return all
	}
	for _, other := range all {
		if slices.ContainsFunc(other.Choices, func(c choice) bool { return c.Chosen && c.Value == chosen }) {
			chosen = ""
		}
	}
	if v.Request.PostForm.Has(name) {
		chosen = v.Value(name)
	}
	shown.Choices = choose(shown.Choices, chosen)
	return append(all, shown)
}
