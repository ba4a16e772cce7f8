package jsonld

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"

	"disconode/valueflows"
)

// recordReader is the form that reads: it goes through a canonical body once,
// taking each property of the lists if it is the one that stands next. What the
// lists do not name stays unread, and that is the error.
type recordReader struct {
	rest []byte
	err  error // the first
}

var _ form = (*recordReader)(nil)

func (r *recordReader) private() bool { return false }

func (r *recordReader) fail(format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf(format, args...)
	}
	r.rest = nil
}

// open takes one character that must stand next.
func (r *recordReader) open(c byte) {
	if len(r.rest) == 0 || r.rest[0] != c {
		r.fail("is malformed: %q is missing before %q", c, valueflows.Clip(string(r.rest[:min(len(r.rest), 64)])))
		return
	}
	r.rest = r.rest[1:]
}

// took takes one character if it stands next.
func (r *recordReader) took(c byte) bool {
	if len(r.rest) == 0 || r.rest[0] != c {
		return false
	}
	r.rest = r.rest[1:]
	return true
}

// next tells whether the property of that name stands next, and takes its name.
func (r *recordReader) next(name string) bool {
	at := bytes.TrimPrefix(r.rest, []byte{','})
	if len(at) < len(name)+3 || at[0] != '"' || string(at[1:1+len(name)]) != name || at[1+len(name)] != '"' || at[2+len(name)] != ':' {
		return false
	}
	r.rest = at[len(name)+3:]
	return true
}

func (r *recordReader) closeObject() {
	if r.err == nil && !r.took('}') {
		r.fail("has a property that is not known there: %s", valueflows.Clip(string(r.rest[:min(len(r.rest), 64)])))
	}
}

func (r *recordReader) class(class valueflows.Class) {
	if !r.next("type") || r.string() != string(class) {
		r.fail("does not have its type where it belongs")
	}
}

func (r *recordReader) text(name string, value *string) {
	if r.next(name) {
		*value = r.string()
	}
}

func (r *recordReader) uris(name string, value *[]valueflows.URI) {
	if !r.next(name) {
		return
	}
	if r.standsPlain(name) {
		*value = append(*value, valueflows.URI(r.string()))
		return
	}
	for r.open('['); r.err == nil; r.open(',') {
		*value = append(*value, valueflows.URI(r.string()))
		if r.took(']') {
			return
		}
	}
}

func (r *recordReader) id(name string, value *valueflows.ID) {
	if r.next(name) {
		*value = r.uuid()
	}
}

func (r *recordReader) ids(name string, value *[]valueflows.ID) {
	if !r.next(name) {
		return
	}
	if r.standsPlain(name) {
		*value = append(*value, r.uuid())
		return
	}
	for r.open('['); r.err == nil; r.open(',') {
		*value = append(*value, r.uuid())
		if r.took(']') {
			return
		}
	}
}

// standsPlain tells whether the one record that a property names is no list there.
func (r *recordReader) standsPlain(name string) bool {
	return plainAlone[name] && len(r.rest) > 0 && r.rest[0] == '"'
}

func (r *recordReader) measure(name string, value **valueflows.Measure) {
	if !r.next(name) {
		return
	}
	r.open('{')
	if !r.next("hasNumericalValue") {
		r.fail("has a measure without a number: %s", name)
	}
	m := &valueflows.Measure{HasNumericalValue: r.number()}
	r.id("hasUnit", &m.HasUnit)
	r.closeObject()
	*value = m
}

func (r *recordReader) decimal(name string, value **valueflows.Decimal) {
	if r.next(name) {
		number := r.number()
		*value = &number
	}
}

func (r *recordReader) time(name string, value **valueflows.Time) {
	if !r.next(name) {
		return
	}
	at, err := valueflows.ParseTime(r.string(), time.UTC)
	if err != nil {
		r.fail("has a wrong %s: %w", name, err)
	}
	*value = &at
}

func (r *recordReader) flag(name string, value *bool) {
	if r.next(name) {
		*value = r.boolean()
	}
}

func (r *recordReader) answer(name string, value **bool) {
	if r.next(name) {
		answer := r.boolean()
		*value = &answer
	}
}

func (r *recordReader) boolean() bool {
	for text, value := range map[string]bool{"true": true, "false": false} {
		if rest, ok := bytes.CutPrefix(r.rest, []byte(text)); ok {
			r.rest = rest
			return value
		}
	}
	r.fail("has neither true nor false before %q", valueflows.Clip(string(r.rest[:min(len(r.rest), 64)])))
	return false
}

func (r *recordReader) number() valueflows.Decimal {
	number, err := valueflows.ParseDecimal(r.string())
	if err != nil {
		r.fail("has a wrong number: %w", err)
	}
	return number
}

func (r *recordReader) uuid() valueflows.ID {
	id, err := valueflows.ParseID(r.string())
	if err != nil {
		r.fail("has a wrong id: %w", err)
	}
	return id
}

// string takes a JSON string.
func (r *recordReader) string() string {
	raw := r.rawString()
	if len(raw) == 0 {
		return ""
	}
	if bytes.IndexByte(raw, '\\') < 0 {
		return string(raw[1 : len(raw)-1])
	}
	var text string
	if err := json.Unmarshal(raw, &text); err != nil {
		r.fail("is malformed: %w", err)
	}
	return text
}

// rawString takes a JSON string as it stands, with its quotes.
func (r *recordReader) rawString() []byte {
	from := r.rest
	if r.open('"'); r.err != nil {
		return nil
	}
	for i := 0; i < len(r.rest); i++ {
		switch r.rest[i] {
		case '\\':
			i++
		case '"':
			r.rest = r.rest[i+1:]
			return from[:i+2]
		}
	}
	r.fail("is malformed: a text has no end")
	return nil
}

// typeName looks ahead for the type of the whole body: strings are skipped as
// strings, so that no text can pass for a name.
func (r *recordReader) typeName() valueflows.Class {
	depth := 0
	for len(r.rest) > 0 {
		switch r.rest[0] {
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		case '"':
			name := r.rawString()
			if depth == 1 && string(name) == `"type"` && r.took(':') {
				return valueflows.Class(r.string())
			}
			continue
		}
		r.rest = r.rest[1:]
	}
	return ""
}
