package jsonld

import (
	"bytes"
	"encoding/json"
	"strings"
	"time"

	"disconode/valueflows"
)

// Claim reads what another node says of a record: an object in the names of
// FEP-3264, FEP-0837 and Valueflows, with any of the namespaces in use. ref gives
// the id behind an IRI. Properties that this node does not know are left alone.
//
// The record comes back as a pointer to its struct, with neither id nor IRI. It
// fails with an [*valueflows.InputError] where the object is of no class that is
// kept here, code UNKNOWN_CLASS; where the action is unknown, UNKNOWN_ACTION; and where a
// property is of the wrong shape, INVALID_OBJECT.
func Claim(object []byte, ref func(iri string) (valueflows.ID, error)) (any, error) {
	decoder := json.NewDecoder(bytes.NewReader(object))
	decoder.UseNumber()
	var fields map[string]any
	if err := decoder.Decode(&fields); err != nil {
		return nil, valueflows.Invalid("INVALID_OBJECT", "the object is no JSON object")
	}
	class := claimedClass(fields)
	record, err := recordOf(class)
	if err != nil {
		return nil, valueflows.Invalid("UNKNOWN_CLASS", "the object is of no class that is kept here")
	}
	r := claimReader{fields: fields, ref: ref}
	if err := describe(&r, record); err != nil {
		return nil, err
	}
	if r.err != nil {
		return nil, r.err
	}
	if e, ok := record.(*valueflows.EconomicEvent); ok && e.Note == "" {
		r.text("content", (*string)(&e.Note))
	}
	if action := actionOf(record); action != nil {
		if *action, err = valueflows.ParseAction(string(*action)); err != nil {
			return nil, err
		}
	}
	return record, r.err
}

// claimedClass is the Valueflows class among an object's types.
func claimedClass(fields map[string]any) valueflows.Class {
	var actor valueflows.Class
	for _, text := range texts(fields["type"]) {
		name := text
		for _, prefix := range []string{"vf:", "ValueFlows:", valueflows.Namespace, "https://w3id.org/valueflows#"} {
			name = strings.TrimPrefix(name, prefix)
		}
		if name == "om2:Unit" {
			return valueflows.ClassUnit
		}
		if _, err := recordOf(valueflows.Class(name)); err != nil {
			continue
		}
		if valueflows.Class(name).IsAgent() && name == text { // the name of an actor, too
			actor = valueflows.Class(name)
			continue
		}
		return valueflows.Class(name)
	}
	return actor
}

func texts(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		var all []string
		for _, each := range v {
			if text, ok := each.(string); ok {
				all = append(all, text)
			}
		}
		return all
	}
	return nil
}

// claimReader is the form that reads an object of another node.
type claimReader struct {
	fields map[string]any
	ref    func(string) (valueflows.ID, error)
	err    error
}

var _ form = (*claimReader)(nil)

func (r *claimReader) private() bool { return true }

func (r *claimReader) class(valueflows.Class) {}

func (r *claimReader) fail(name, format string, args ...any) {
	if r.err == nil {
		r.err = valueflows.At(valueflows.Invalid("INVALID_OBJECT", format, args...), name)
	}
}

// field is what a property says; nil where it says nothing. Of a list with one
// element it is that.
func (r *claimReader) field(name string) any {
	for _, key := range []string{name, "vf:" + name, "dn:" + name} {
		v := r.fields[key]
		if list, ok := v.([]any); ok && len(list) == 1 {
			v = list[0]
		}
		if v != nil {
			return v
		}
	}
	return nil
}

func (r *claimReader) text(name string, value *string) {
	if name == "iri" {
		return
	}
	switch v := r.field(name).(type) {
	case nil:
	case string:
		if strings.ContainsRune(v, 0) {
			r.fail(name, "the text holds the character U+0000")
			return
		}
		*value = v
	case map[string]any: // an image, an action: by its address
		if text, ok := v["id"].(string); ok {
			*value = text
		} else if text, ok := v["url"].(string); ok {
			*value = text
		}
	default:
		r.fail(name, "%s is a text", name)
	}
}

func (r *claimReader) uris(name string, value *[]valueflows.URI) {
	for _, text := range texts(r.fields[name]) {
		*value = append(*value, valueflows.URI(text))
	}
}

func (r *claimReader) id(name string, value *valueflows.ID) {
	if name == "id" {
		return
	}
	if strings.HasPrefix(name, "defaultUnit") || name == "unitOfEffort" {
		*value = r.unit(name, r.field(name))
		return
	}
	*value = r.reference(name, r.field(name))
}

func (r *claimReader) reference(name string, v any) valueflows.ID {
	if object, ok := v.(map[string]any); ok {
		v = object["id"]
	}
	switch v := v.(type) {
	case nil:
	case string:
		id, err := r.ref(v)
		if err != nil {
			r.fail(name, "%q is no IRI", valueflows.Clip(v))
		}
		return id
	default:
		r.fail(name, "%s is an IRI", name)
	}
	return valueflows.ID{}
}

func (r *claimReader) ids(name string, value *[]valueflows.ID) {
	v := r.fields[name]
	list, ok := v.([]any)
	if !ok && v != nil {
		list = []any{v}
	}
	for _, each := range list {
		if id := r.reference(name, each); !id.IsZero() {
			*value = append(*value, id)
		}
	}
}

// unit is a unit by its IRI, or by its name in OM2.
func (r *claimReader) unit(name string, v any) valueflows.ID {
	if object, ok := v.(map[string]any); ok {
		v = object["id"]
	}
	text, ok := v.(string)
	if !ok {
		if v != nil {
			r.fail(name, "a unit is an IRI or a name of OM2")
		}
		return valueflows.ID{}
	}
	if known := valueflows.OMUnitNamed(strings.TrimPrefix(text, "om2:")); known != nil {
		return known.ID
	}
	return r.reference(name, text)
}

func (r *claimReader) measure(name string, value **valueflows.Measure) {
	v := r.field(name)
	if v == nil {
		return
	}
	object, ok := v.(map[string]any)
	if !ok {
		r.fail(name, "%s has a hasNumericalValue and a hasUnit", name)
		return
	}
	inner := claimReader{fields: object, ref: r.ref}
	var number *valueflows.Decimal
	inner.decimal("hasNumericalValue", &number)
	unit := inner.unit("hasUnit", inner.field("hasUnit"))
	switch {
	case inner.err != nil:
		r.err = inner.err
	case number == nil:
		r.fail(name, "%s has no hasNumericalValue", name)
	default:
		*value = &valueflows.Measure{HasNumericalValue: *number, HasUnit: unit}
	}
}

func (r *claimReader) decimal(name string, value **valueflows.Decimal) {
	var text string
	switch v := r.field(name).(type) {
	case nil:
		return
	case string:
		text = v
	case json.Number:
		text = v.String()
	default:
		r.fail(name, "%s is a number", name)
		return
	}
	d, err := valueflows.ParseDecimal(text)
	if err != nil {
		r.fail(name, "%s: %s", name, err)
		return
	}
	*value = &d
}

func (r *claimReader) time(name string, value **valueflows.Time) {
	switch v := r.field(name).(type) {
	case nil:
	case string:
		t, err := valueflows.ParseTime(v, time.UTC)
		if err != nil {
			r.fail(name, "%s: %s", name, err)
			return
		}
		*value = &t
	default:
		r.fail(name, "%s is a time", name)
	}
}

func (r *claimReader) flag(name string, value *bool) {
	if b, ok := r.field(name).(bool); ok && name != "stub" {
		*value = b
	}
}

func (r *claimReader) answer(name string, value **bool) {
	switch v := r.field(name).(type) {
	case nil:
	case bool:
		*value = &v
	default:
		r.fail(name, "%s is true or false", name)
	}
}
