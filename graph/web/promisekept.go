package web

import (
	"encoding/json"
	"strings"
	"time"
)

// kept is the event that the form tells: what the promise says, but for what was
// filled in otherwise.
func kept(v *visit) (vars, error) {
	answer, err := ask[promiseAnswer](v, "commitment", vars{"id": v.Request.PathValue("id")})
	if err != nil {
		return nil, err
	}
	p := &answer.Commitment.planned
	if p.closed() {
		return nil, doneAlready("This promise is kept or closed already: nothing more was recorded.")
	}
	e := vars{"action": string(p.Action.ID), "fulfills": []string{p.ID}}
	if p.State != "" {
		e["state"] = p.State
	}
	for field, about := range map[string]string{"provider": "Say who gave or did it.", "receiver": "Say for whom it was."} {
		if e[field] = v.Value(field); v.Value(field) == "" {
			return nil, atField(field, about)
		}
	}
	for property, n := range map[string]*named{"inputOf": p.InputOf, "outputOf": p.OutputOf} {
		if n != nil {
			e[property] = n.ID
		}
	}
	if len(p.ResourceClassifiedAs) > 0 {
		e["resourceClassifiedAs"] = p.ResourceClassifiedAs
	}
	if err := v.keptAmounts(p, e); err != nil {
		return nil, err
	}
	if e["hasPointInTime"], err = v.keptAt(p); err != nil {
		return nil, err
	}
	if stream := v.Value("stream"); stream != "" {
		if streamText(stream) == stream {
			return nil, atField("stream", "There is no such stream.")
		}
		e["stream"] = stream
	}
	if note := strings.TrimSpace(v.Value("note")); note != "" {
		e["note"] = note
	}
	stock, err := v.keptStock(p, e)
	return vars{"event": e, "stock": stock}, err
}

// keptStock puts the stocks into the event; it is what is said of a new one.
func (v *visit) keptStock(p *planned, e vars) (any, error) {
	if out := v.Value("stock"); out != "" && out == v.Value("into") {
		return nil, atField("into", "Choose another stock than the one that it comes out of.")
	}
	makes := false
	for field, property := range map[string]string{"stock": "resourceInventoriedAs", "into": "toResourceInventoriedAs"} {
		switch id := v.Value(field); id {
		case "":
		case newStock:
			makes = true
		default:
			e[property] = id
		}
	}
	if e["resourceInventoriedAs"] == nil && e["toResourceInventoriedAs"] == nil && p.ResourceConformsTo != nil {
		e["resourceConformsTo"] = p.ResourceConformsTo.ID
	}
	if !makes {
		return nil, nil
	}
	if p.ResourceConformsTo == nil {
		return vars{}, nil
	}
	return vars{"name": p.ResourceConformsTo.text(), "conformsTo": p.ResourceConformsTo.ID}, nil
}

// keptAmounts reads how much was done. Of a promise of work and of a thing, one
// may be left out.
func (v *visit) keptAmounts(p *planned, e vars) error {
	units := map[string]*measure{}
	if p.EffortQuantity != nil {
		units[effort] = p.EffortQuantity
	}
	if p.ResourceQuantity != nil {
		units[resource] = p.ResourceQuantity
	}
	if len(units) == 0 {
		name, unit, err := v.unsaid(p)
		if err != nil {
			return err
		}
		units[name] = unit
	}
	left := ""
	for _, name := range []string{effort, resource} {
		unit := units[name]
		if unit == nil {
			continue
		}
		if strings.TrimSpace(v.Value(name)) == "" {
			left = name
			delete(units, name)
			continue
		}
		amount, err := decimalOf(v.Value(name))
		switch {
		case err != nil:
			return atField(name, "This is no number: write it as 1.5.")
		case amount.Sign() <= 0:
			return atField(name, "Record more than none: what was not done stays open.")
		}
		e[name+"Quantity"] = vars{"hasNumericalValue": amount.String(), "hasUnit": unit.unitID()}
	}
	if len(units) == 0 {
		return atField(left, "Say how much was done.")
	}
	return nil
}

// keptAt reads the day on which it was done. The day that the promise names is
// meant to the hour that it names, so that what was done in time is not late by
// the day's noon; any other day is its noon, and before noon today is now.
func (v *visit) keptAt(p *planned) (string, error) {
	text := orElse(v.Value("date"), v.Now.Format(dayLayout))
	day, err := time.ParseInLocation(dayLayout, text, v.Zone)
	if err != nil {
		return "", atField("date", "This is no day: write it as 2026-05-04.")
	}
	if day.After(v.Now) {
		return "", atField("date", "This day lies ahead: record what is done.")
	}
	if by := p.By(); v.past(by) && v.dayField(by) == text {
		return by, nil
	}
	if noon := day.Add(12 * time.Hour); v.Now.Before(noon) {
		return v.Now.Format(time.RFC3339), nil
	}
	return text, nil
}

func keptDone(v *visit, _ json.RawMessage) (string, string, error) {
	id := v.Request.PathValue("id")
	answer, err := ask[promiseAnswer](v, "commitment", vars{"id": id})
	if err != nil {
		return "", "", err
	}
	p := &answer.Commitment.planned
	message := "Recorded: it stands in the journal."
	if met := p.progress(); p.done() {
		message = "Recorded: the promise is kept."
	} else if met != nil && met.Open != nil {
		message = "Recorded: " + met.Open.String() + " still open."
	}
	return "/promises/" + id, message, nil
}
