package node

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"unicode"

	"disconode/node/store"
	"disconode/valueflows"
)

// refer tells whether a reference leads to a record of its class that the
// session's books may name. A foreign IRI that nothing is known of becomes a
// stub, so that references always resolve; an unknown UUID is an error.
// What the record had named already may stay as it is.
// It fails with an [*valueflows.InputError], codes UNKNOWN_REFERENCE, WRONG_CLASS.
func refer[T Kept](s *session, id *valueflows.ID, field string) error {
	if id.IsZero() {
		return nil
	}
	row, err := rowOf[T](s, *id)
	if err == nil {
		if s.sees(row) {
			return nil
		}
		if stays, err := s.stays(*id, field); stays || err != nil {
			return err
		}
		if _, event := any(row).(*valueflows.EconomicEvent); !event { // its events are a LAB's own to correct
			if reads, err := s.reads(row); reads || err != nil {
				return err
			}
		}
		if agent, ok := any(row).(*valueflows.Agent); ok {
			known, err := s.tx.KnowsAgent(agent.ID, s.by.Lab)
			if err != nil || known {
				return err
			}
			if iri, ok := named(s.ctx, *id); ok && May(s.by.Role, Record, Agents) != Never { // who knows its IRI may name it
				return s.adopt(*id, iri)
			}
		}
		return s.unknown(new(T), field)
	}
	if !errors.Is(err, store.ErrNotFound) {
		return err
	}
	if iri, ok := named(s.ctx, *id); ok {
		other, err := s.otherClass(*id)
		if err != nil {
			return err
		}
		if other != "" {
			return wrongClass(other, new(T), field)
		}
		if may, err := s.mayName(new(T)); err != nil {
			return err
		} else if !may {
			return valueflows.At(valueflows.Invalid("UNKNOWN_REFERENCE", "no %s of this IRI is in the books yet: a bookkeeper can add it", wordOf(new(T))), field)
		}
		return s.stub(any(new(T)), *id, iri)
	}
	other, err := s.otherClass(*id)
	if err != nil {
		return err
	}
	if other != "" {
		return wrongClass(other, new(T), field)
	}
	return s.unknown(new(T), field)
}

// mayName tells whether the session may make a stub of a class: who records for
// the LAB by its policy alone may while the policy lets it. A name says of no
// party whose record it is.
func (s *session) mayName(kept any) (bool, error) {
	access := May(s.by.Role, Record, dataOf(kept))
	if access != ByPolicy {
		return access != Never, nil
	}
	lab, err := s.tx.Lab(s.by.Lab)
	return err == nil && lab.MembersRecord, err
}

// checking says whose references are looked at until what it returns is called.
func (s *session) checking(record any) func() {
	before := s.checked
	s.checked = record
	return func() { s.checked = before }
}

// stays tells whether the record whose references are looked at named an id
// before in the same property, or the event that it corrects did: what was named
// once may since have come into the books of another LAB.
func (s *session) stays(id valueflows.ID, property string) (bool, error) {
	if s.checked == nil {
		return false, nil
	}
	of := recordOf(s.checked).ID
	if e, ok := s.checked.(*valueflows.EconomicEvent); ok && !e.Corrects.IsZero() {
		of = e.Corrects
	}
	before, err := acts[valueflows.ClassOf(s.checked)].row(s, of)
	if there, err := found(err); !there {
		return false, err
	}
	return namesIn(before, property, id), nil
}

// namesIn tells whether a record names an id in a property, by its Valueflows name.
func namesIn(record any, property string, id valueflows.ID) bool {
	if property == "" {
		return false
	}
	field := reflect.ValueOf(record).Elem().FieldByName(strings.ToUpper(property[:1]) + property[1:])
	if !field.IsValid() {
		return false
	}
	switch named := field.Interface().(type) {
	case valueflows.ID:
		return named == id
	case []valueflows.ID:
		return slices.Contains(named, id)
	}
	return false
}

func (s *session) unknown(kept any, field string) error {
	return valueflows.At(valueflows.Invalid("UNKNOWN_REFERENCE", "no %s has this id here: give the id of one that the books have, or an IRI", wordOf(kept)), field)
}

func wrongClass(has valueflows.Class, wanted any, field string) error {
	return valueflows.At(valueflows.Invalid("WRONG_CLASS", "this id names one of class %s: give one that names the %s", has, wordOf(wanted)), field)
}

// wordOf is what people call a record of a class.
func wordOf(kept any) string {
	switch kept.(type) {
	case *valueflows.Agent:
		return "agent"
	case *valueflows.SpatialThing:
		return "place"
	}
	return spelled(valueflows.ClassOf(kept))
}

// spelled are the words of a class's name, such as economic event.
func spelled(class valueflows.Class) string {
	var b strings.Builder
	for i, r := range string(class) {
		if i > 0 && unicode.IsUpper(r) {
			b.WriteByte(' ')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// sees tells whether a record is in books that the session may name: its own,
// or what is every LAB's.
func (s *session) sees(record any) bool {
	rec := recordOf(record)
	if dataOf(record).isEveryones() || rec.Books == s.by.Lab || rec.Books.IsZero() {
		return true
	}
	return s.by.Role == Operator && s.by.Lab.IsZero()
}

// reads tells whether a record is in books that the session may name, or what
// another node's LAB told that it follows.
func (s *session) reads(record any) (bool, error) {
	if s.sees(record) {
		return true, nil
	}
	return s.follows(recordOf(record).Books)
}

// otherClass is the class of a record that an id names within the session's
// sight, whatever it is; empty where there is none.
func (s *session) otherClass(id valueflows.ID) (valueflows.Class, error) {
	if valueflows.OMUnit(id) != nil {
		return valueflows.ClassUnit, nil
	}
	entries, err := s.tx.EntriesOf(id)
	if err != nil || len(entries) == 0 {
		return "", err
	}
	e := entries[0]
	if entries[len(entries)-1].Operation == store.Delete {
		return "", nil // it is no more
	}
	if e.Lab == s.by.Lab || e.Lab.IsZero() || dataOf(valueflows.NewRecord(e.Class)).isEveryones() {
		return e.Class, nil
	}
	return "", nil
}

// stub makes a record of which only the IRI and the class are known.
func (s *session) stub(kept any, id valueflows.ID, iri string) error {
	nameOnly(kept, id, iri)
	return s.create(kept)
}

// nameOnly has an empty record say no more than its name.
func nameOnly(kept any, id valueflows.ID, iri string) {
	*recordOf(kept) = valueflows.Record{ID: id, IRI: iri, Stub: true}
	if a, ok := kept.(*valueflows.Agent); ok {
		a.Kind = valueflows.ClassOrganization // unknown: nothing that is a person's is told of it
	}
}

// adopt lets the session's LAB know an agent that is in other books.
func (s *session) adopt(id valueflows.ID, iri string) error {
	agent := &valueflows.Agent{Record: valueflows.Record{ID: id, IRI: iri, Stub: true, Books: s.by.Lab}, Kind: valueflows.ClassOrganization}
	return s.append(agent.Kind, store.Adopt, agent)
}

// unit tells whether an id is a unit's, built in or made here.
func (s *session) unit(id valueflows.ID, field ...string) error {
	if id.IsZero() || valueflows.OMUnit(id) != nil {
		return nil
	}
	if err := refer[valueflows.Unit](s, &id, field[len(field)-1]); err != nil {
		return valueflows.At(err, field[:len(field)-1]...)
	}
	return nil
}
