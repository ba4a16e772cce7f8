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
	e := vars{"action": string(p.Action.ID), "fulfills": []string{p.ID}}
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
	return vars{"event": e, "stock": v.keptStock(p, e)}, nil
}

// keptStock puts the stocks into the event; it is what is said of a new one.
func (v *visit) keptStock(p *planned, e vars) any {
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
		return nil
	}
	if p.ResourceConformsTo == nil {
		return vars{}
	}
	return vars{"name": p.ResourceConformsTo.text(), "conformsTo": p.ResourceConformsTo.ID}
}

// keptAmounts reads how much was done.
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
	for _, name := range []string{effort, resource} {
		unit := units[name]
		if unit == nil {
			continue
		}
		if strings.TrimSpace(v.Value(name)) == "" {
			return atField(name, "Say how much was done.")
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
	return nil
}

// keptAt reads the day on which it was done. The day that the promise names is
// meant to the hour that it names, so that what was done in time is not late by
// the day's noon; any other day is its noon.
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
