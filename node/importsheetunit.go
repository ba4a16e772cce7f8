package node

import (
	"errors"
	"strings"

	"disconode/valueflows"
	"disconode/valueflows/sheet"
)

// unitNamed is the unit that a text names: one of OM2 or one of the books, by
// name, label, symbol, UUID or IRI. The case of a symbol's letters counts.
func (i *sheetImporter) unitNamed(text string) (valueflows.ID, error) {
	if unit := valueflows.OMUnitNamed(text); unit != nil {
		return unit.ID, nil
	}
	if unit := valueflows.OMUnitNamed(strings.ToLower(text)); unit != nil && (strings.EqualFold(unit.Label, text) || strings.EqualFold(unit.OMUnitIdentifier, text)) {
		return unit.ID, nil
	}
	if isReference(text) {
		id, err := i.n.Ref(i.ctx, text)
		if err != nil {
			return id, err
		}
		err = i.unit(id, "unit")
		var input *valueflows.InputError
		if errors.As(err, &input) {
			err = valueflows.Invalid(input.Code, "%s", input.Text)
		}
		return id, err
	}
	found, err := i.called(valueflows.ClassUnit, text)
	if err != nil {
		return valueflows.ID{}, err
	}
	if len(found) == 1 {
		return found[0].ID, nil
	}
	if len(found) > 1 {
		return valueflows.ID{}, valueflows.Invalid("AMBIGUOUS_NAME", "several units are called %q: give the id of the one that is meant", valueflows.Clip(text))
	}
	own, err := i.tx.Names(valueflows.ClassUnit, i.by.Lab, nearLooked)
	if err != nil {
		return valueflows.ID{}, err
	}
	near := sheet.Near(text, func(yield func(string) bool) {
		for _, unit := range valueflows.OMUnits() {
			if !yield(unit.OMUnitIdentifier) {
				return
			}
		}
		for _, n := range own {
			if !yield(n.Name) {
				return
			}
		}
	})
	hint := "use a name of OM2 such as kilogram, hour or one, or make the unit first"
	if len(near) > 0 {
		hint = "is one of these meant: " + strings.Join(near, ", ") + "?"
	}
	return valueflows.ID{}, valueflows.Invalid("UNKNOWN_REFERENCE", "%q is no unit that is known here: %s", valueflows.Clip(text), hint)
}

// nameOfUnit is what people call a unit.
func (i *sheetImporter) nameOfUnit(id valueflows.ID) string {
	if unit := valueflows.OMUnit(id); unit != nil {
		return unit.Label
	}
	if row, err := rowOf[valueflows.Unit](i.session, id); err == nil && row.Label != "" {
		return row.Label
	}
	return id.String()
}

// dimension is what a unit measures, such as mass; empty where nobody says.
func (i *sheetImporter) dimension(id valueflows.ID) string {
	unit := valueflows.OMUnit(id)
	if unit == nil {
		row, err := rowOf[valueflows.Unit](i.session, id)
		if err != nil {
			return ""
		}
		unit = row
	}
	if len(unit.ClassifiedAs) == 0 {
		return ""
	}
	return string(unit.ClassifiedAs[0])
}
