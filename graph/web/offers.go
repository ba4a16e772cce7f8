package web

import (
	"net/url"
	"slices"
	"strings"

	"disconode/valueflows"
)

// offers is the board of what is offered and what is needed, with a form that
// puts something on it.
var offers = page{
	path: "/offers", document: "offers", variables: offersVariables, view: into(offersView), template: "offers",
	forms: []form{{document: "create-intent", variables: proposed, done: proposalDone, fields: map[string]string{
		"intent.name": "name", "intent.action": "way", "intent.resourceConformsTo": "kind", "intent.resourceQuantity": "amount",
		"intent.effortQuantity": "amount", "intent.due": "by", "intent.note": "note",
	}}},
}

// offersPageSize keeps a page within what one request may ask for: each entry may
// be in many proposals, and each of these may want many things in return.
const offersPageSize = 15

// waysSaid are the words between how much is offered and of what.
var waysSaid = map[valueflows.Action]string{"work": "work", "use": "the use", "transferCustody": "the loan"}

func offersVariables(v *visit) (vars, error) {
	asked := v.Request.URL.Query()
	filter := vars{"finished": false}
	if words := strings.TrimSpace(asked.Get("words")); words != "" {
		filter["searchString"] = words
	}
	given := vars{"filter": filter}
	if after := asked.Get("after"); after != "" {
		given["first"], given["after"] = offersPageSize, after
		return given, nil
	}
	given["last"] = offersPageSize
	if before := asked.Get("before"); before != "" {
		given["before"] = before
	}
	return given, nil
}

type offersAnswer struct {
	Intents edges[wanted]
	Kinds   edges[counted]
}

// counted is a kind, with what it is counted in.
type counted struct {
	kind
	DefaultUnitOfResource *named
}

// wanted is an intent with where its parties and its resource are.
type wanted struct {
	planned
	Provider, Receiver, ResourceInventoriedAs *placed
}

// placed is an agent or a resource with its place.
type placed struct {
	named
	PrimaryLocation, CurrentLocation *named
}

func (p *placed) name() *named {
	if p == nil {
		return nil
	}
	return &p.named
}

// settle puts the names where a plan's flow has them.
func (w *wanted) settle() {
	w.planned.Provider, w.planned.Receiver, w.planned.ResourceInventoriedAs = w.Provider.name(), w.Receiver.name(), w.ResourceInventoriedAs.name()
}

// isOffer tells whether somebody would give it: by the purpose of its proposal,
// or, where none is stated, by whether it has a provider.
func (p *planned) isOffer() bool {
	for _, in := range p.PublishedIn {
		if in.Purpose != "" && !in.returns(p.ID) {
			return in.Purpose == purposeOffer
		}
	}
	return p.Provider != nil
}

// isReturn tells whether it is known as what is wanted in return, and not by itself.
func (p *planned) isReturn() bool {
	return len(p.PublishedIn) > 0 && !slices.ContainsFunc(p.PublishedIn, func(in published) bool { return !in.returns(p.ID) })
}

// returns tells whether an intent is what the proposal wants in return.
func (in *published) returns(id string) bool {
	return slices.ContainsFunc(in.Reciprocal, func(r planned) bool { return r.ID == id })
}

// inReturn is what is wanted in return for it.
func (p *planned) inReturn() []planned {
	var all []planned
	for _, in := range p.PublishedIn {
		if !in.returns(p.ID) {
			all = append(all, in.Reciprocal...)
		}
	}
	return all
}

// place is where it is to be had or to be done: where its proposal holds, else
// where the thing or who offers or needs it is.
func (w *wanted) place() *named {
	for _, in := range w.PublishedIn {
		if in.EligibleLocation != nil {
			return in.EligibleLocation
		}
	}
	if w.ResourceInventoriedAs != nil && w.ResourceInventoriedAs.CurrentLocation != nil {
		return w.ResourceInventoriedAs.CurrentLocation
	}
	for _, agent := range []*placed{w.Provider, w.Receiver} {
		if agent != nil && agent.PrimaryLocation != nil {
			return agent.PrimaryLocation
		}
	}
	return nil
}

// title is what it is called: by its name, else by what it is of.
func (p *planned) title() string {
	if p.Name != "" {
		return p.Name
	}
	if what, ok := p.what(); ok {
		return what.Text
	}
	return capital(sayings[p.Action.ID].do)
}

// offerShown is an entry of the board.
type offerShown struct {
	Title, Href string
	Says        []word
	By, Overdue string
	Place       *word
	Met         string // of how much
	Note        string
	Return      []string // what is wanted for it
	ToldBy      string
}

type offersShown struct {
	Offers, Needs           []offerShown
	Purposes, Ways, Kinds   []choice
	Words                   string
	Newer, Older            string // addresses; empty where there is nothing
	Today, Name, Amount, By string
}

func offersView(v *visit, a offersAnswer) (any, error) {
	asked := v.Request.URL.Query()
	shown := offersShown{Words: asked.Get("words"), Today: v.Now.Format(dayLayout)}
	for _, w := range a.Intents.newestFirst() {
		w.settle()
		if w.isReturn() { // it stands with what it is wanted for
			continue
		}
		if w.isOffer() {
			shown.Offers = append(shown.Offers, w.onBoard(v))
		} else {
			shown.Needs = append(shown.Needs, w.onBoard(v))
		}
	}
	kinds, err := allOf(v, "kinds-counted", a.Kinds, nil)
	if err != nil {
		return nil, err
	}
	for _, k := range kinds {
		if !v.elsewhere(k.Origin) {
			shown.Kinds = append(shown.Kinds, choice{Value: k.ID, Text: k.Name})
		}
	}
	slices.SortStableFunc(shown.Kinds, func(a, b choice) int { return strings.Compare(strings.ToLower(a.Text), strings.ToLower(b.Text)) })
	shown.Purposes = choose([]choice{{Value: purposeOffer, Text: "I offer it"}, {Value: purposeNeed, Text: "I need it"}}, orElse(v.Value("purpose"), purposeOffer))
	shown.Ways, shown.Kinds = choose(waysOffered, orElse(v.Value("way"), waysOffered[0].Value)), choose(shown.Kinds, v.Value("kind"))
	kept := url.Values{}
	if shown.Words != "" {
		kept.Set("words", shown.Words)
	}
	if a.Intents.PageInfo.HasPreviousPage {
		shown.Older = pageAt("/offers", kept, "before", a.Intents.PageInfo.StartCursor)
	}
	if a.Intents.PageInfo.HasNextPage {
		shown.Newer = pageAt("/offers", kept, "after", a.Intents.PageInfo.EndCursor)
	}
	return shown, nil
}

// onBoard is an intent as an entry of the board.
func (w *wanted) onBoard(v *visit) offerShown {
	shown := offerShown{Title: w.title(), Href: "/offers/" + url.PathEscape(w.ID), Says: w.says(), Note: w.Note}
	if by := w.By(); by != "" {
		shown.By = v.Day(by)
		if w.overdue(v) {
			shown.Overdue = "overdue"
		}
	}
	if at := w.place(); at != nil {
		place := link(valueflows.ClassSpatialThing, at)
		shown.Place = &place
	}
	for _, r := range w.inReturn() {
		shown.Return = append(shown.Return, orElse(r.Name, "something is wanted, which its page tells"))
	}
	switch met := w.progress(); {
	case w.done() && met != nil:
		shown.Met = "all of it is taken up"
	case met != nil && met.Done.number().Sign() > 0:
		shown.Met = met.Done.HasNumericalValue + " of " + w.measure().String() + " taken up"
	case met == nil && w.done():
		shown.Met = "answered"
	}
	if v.elsewhere(w.Origin) {
		shown.ToldBy = w.Origin
	}
	return shown
}

// says tells who offers or needs what, and how much of it.
func (p *planned) says() []word {
	who, verb := p.Receiver, "needs"
	if p.isOffer() {
		who, verb = p.Provider, "offers"
	}
	subject := word{Text: "Somebody"}
	if who != nil {
		subject = link("", who)
	}
	all := []word{subject, {Text: verb}}
	amount, way, joint := p.Amount(), waysSaid[p.Action.ID], "of"
	if amount != "" {
		all = append(all, word{Text: amount})
		if way != "" {
			all = append(all, word{Text: "of"})
		}
	}
	if way != "" {
		all = append(all, word{Text: way})
	}
	if p.Action.ID == "work" {
		joint = "at"
	}
	what, ok := p.what()
	if !ok {
		what = word{Text: p.title()}
	}
	if (amount != "" || way != "") && (way != "" || !inPieces(p.EffortQuantity, p.ResourceQuantity)) {
		all = append(all, word{Text: joint})
	}
	all = append(all, what)
	for _, process := range []*named{p.InputOf, p.OutputOf} {
		if process != nil {
			return append(all, word{Text: "in"}, link(valueflows.ClassProcess, process))
		}
	}
	return all
}
