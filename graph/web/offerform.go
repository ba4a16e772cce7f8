package web

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"disconode/graph"
	"disconode/valueflows"
)

// The form that puts an offer or a need on the board.

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
