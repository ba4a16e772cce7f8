// Package jsonld writes and reads Valueflows records: the canonical form that
// the journal keeps, and the JSON-LD and YAML documents that people write. It
// is pure: no SQL, no HTTP, no clock.
package jsonld

import (
	"bytes"
	"fmt"

	"disconode/valueflows"
)

// Encode writes a record in the journal's form: canonical JSON (RFC 8785) of
// its id, its type, its IRI where it was made elsewhere, and every property
// that is stated, under its Valueflows name. References are UUIDs as text,
// numbers and times are strings. What the journal itself knows of the record
// (books, revision, position, recorder), what events compute, and what tells who
// a person is are not in it.
//
// The record is a pointer to the struct of a kept class
// ([valueflows.NewRecord]). Encode fails on anything else, on an agent without a
// kind, and on a text that is not UTF-8.
func Encode(record any) ([]byte, error) {
	w := recordWriter{body: make([]byte, 0, 640)}
	w.body = append(w.body, '{')
	if err := describe(&w, record); err != nil {
		return nil, err
	}
	if w.err != nil {
		return nil, fmt.Errorf("the record %T: %w", record, w.err)
	}
	return append(w.body, '}'), nil
}

// Decode reads what [Encode] wrote, and nothing else: a body in any other
// spelling, of an unknown type or with an unknown property is an error. The
// record comes back as a pointer to its struct.
func Decode(body []byte) (any, error) {
	r := recordReader{rest: body}
	record, err := recordOf(r.typeName())
	if err != nil {
		return nil, err
	}
	r.rest = body
	r.open('{')
	if err := describe(&r, record); err != nil {
		return nil, err
	}
	r.closeObject()
	if r.err == nil && len(r.rest) > 0 {
		r.fail("goes on after its end")
	}
	if r.err != nil {
		return nil, fmt.Errorf("the record's body %w", r.err)
	}
	again, err := Encode(record)
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(again, body) {
		return nil, fmt.Errorf("the record's body is not in its canonical form")
	}
	return record, nil
}

// recordOf makes an empty record of the class that a body calls its type.
func recordOf(class valueflows.Class) (any, error) {
	if record := valueflows.NewRecord(class); record != nil {
		return record, nil
	}
	return nil, fmt.Errorf("the record's body has no type that is kept here: %q", valueflows.Clip(string(class)))
}

// New makes an empty record of a class. It fails on a class that is not kept.
func New(class valueflows.Class) (any, error) { return recordOf(class) }
