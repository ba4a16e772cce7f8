package web

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"time"

	"disconode/graph"
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

const offersPageSize = 25

// The two purposes of what is on the board, as the form names them.
const (
	purposeOffer = "offer"
	purposeNeed  = "request"
)

// waysOffered are the actions that can be offered or asked for, in members' words.
var waysOffered = []choice{
	{Value: "transfer", Text: "Goods, to keep", Help: "counted in the unit of their kind"},
	{Value: "transferCustody", Text: "A thing, to borrow", Help: "counted in the unit of its kind"},
	{Value: "use", Text: "The use of something", Help: "counted in hours"},
	{Value: "work", Text: "Work", Help: "counted in hours"},
	{Value: "deliverService", Text: "A service", Help: "counted in the unit of its kind"},
}

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
		if in.Purpose != "" {
			return in.Purpose == purposeOffer
		}
	}
	return p.Provider != nil
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
	switch met := w.progress(); {
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
	if amount != "" || way != "" {
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

// proposed is the intent that the form tells.
func proposed(v *visit) (vars, error) {
	name := strings.TrimSpace(v.Value("name"))
	if name == "" {
		return nil, atField("name", "Say in a few words what it is.")
	}
	way := v.Value("way")
	if !slices.ContainsFunc(waysOffered, func(c choice) bool { return c.Value == way }) {
		return nil, atField("way", "Choose one of these.")
	}
	intent := vars{"name": name, "action": way, "finished": false}
	switch v.Value("purpose") {
	case purposeOffer:
		intent["provider"] = v.Who.User.String()
	case purposeNeed:
		intent["receiver"] = v.Who.User.String()
	default:
		return nil, atField("purpose", "Say whether you offer it or need it.")
	}
	kind := v.Value("kind")
	if kind != "" {
		intent["resourceConformsTo"] = kind
	}
	if note := strings.TrimSpace(v.Value("note")); note != "" {
		intent["note"] = note
	}
	if text := v.Value("amount"); strings.TrimSpace(text) != "" {
		amount, err := amountOf(text)
		if err != nil {
			return nil, err
		}
		if way == "work" || way == "use" {
			intent["effortQuantity"] = vars{"hasNumericalValue": amount.String(), "hasUnit": valueflows.Hour.String()}
		} else {
			unit, err := unitOf(v, kind)
			if err != nil {
				return nil, err
			}
			intent["resourceQuantity"] = vars{"hasNumericalValue": amount.String(), "hasUnit": unit}
		}
	}
	return vars{"intent": intent}, dueOf(v, intent)
}

// amountOf reads how much somebody offers, needs or takes.
func amountOf(text string) (valueflows.Decimal, error) {
	amount, err := decimalOf(text)
	switch {
	case err != nil:
		return amount, atField("amount", "This is no number: write it as 1.5.")
	case amount.Sign() <= 0:
		return amount, atField("amount", "Say more than none, or leave it empty.")
	}
	return amount, nil
}

// unitOf is what a kind is counted in; pieces where it says nothing.
func unitOf(v *visit, kind string) (string, error) {
	if kind == "" {
		return valueflows.One.String(), nil
	}
	answer, err := ask[struct{ ResourceSpecification specificationRecord }](v, "resource-specification", vars{"id": kind})
	if err != nil {
		return "", atField("kind", "This kind is not in the books: choose another.")
	}
	if unit := answer.ResourceSpecification.DefaultUnitOfResource; unit != nil {
		return unit.ID, nil
	}
	return valueflows.One.String(), nil
}

// dueOf reads by when it is to be, and puts it in a flow. A day is its noon in
// the LAB's time zone.
func dueOf(v *visit, flow vars) error {
	text := strings.TrimSpace(v.Value("by"))
	if text == "" {
		return nil
	}
	day, err := time.ParseInLocation(dayLayout, text, v.Zone)
	if err != nil {
		return atField("by", "This is no day: write it as 2026-05-04.")
	}
	if day.AddDate(0, 0, 1).Before(v.Now) {
		return atField("by", "This day is over: choose one that is to come.")
	}
	flow["due"] = text
	return nil
}

// proposalDone makes the new intent known as a proposal. Whoever may make none,
// by their LAB's policy, has the intent stand on the board by itself.
func proposalDone(v *visit, data json.RawMessage) (string, string, error) {
	var answer struct {
		CreateIntent struct{ Intent named }
	}
	if err := decode(data, &answer); err != nil {
		return "", "", err
	}
	id := answer.CreateIntent.Intent.ID
	proposal := vars{"purpose": v.Value("purpose"), "name": strings.TrimSpace(v.Value("name")), "publishes": []string{id}}
	_, errs := v.site.api.Execute(v.Request.Context(), graph.Request{
		Document: v.site.documents["create-proposal"], Variables: vars{"proposal": proposal}, Key: v.Value("key") + "-proposal",
	})
	if len(errs) > 0 && codeOf(errs) != "FORBIDDEN" {
		return "", "", atField("", errs[0].Message)
	}
	return "/offers/" + id, "It is on the board.", nil
}
