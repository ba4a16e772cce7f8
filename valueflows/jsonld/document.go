package jsonld

import (
	"strings"

	"disconode/valueflows"
)

// File is what somebody hands over to be read. Its name says where, in the
// report, and may say by its extension how.
type File struct {
	Name string
	Data []byte
}

// Document is what a file states, in its order.
type Document struct {
	Name       string
	Statements []*Statement
	// Report holds the slips that were tolerated while reading, and what could
	// not be read at all.
	Report Report

	hasVocabulary bool // a @vocab, or a context that has one, was seen
	classes       map[string]valueflows.Class
	links         []link
}

// Statement is one object that a document makes a statement about. A document
// may state the same thing more than once.
type Statement struct {
	Place
	Class valueflows.Class
	// IRI names what is stated, in full. Where a document gives one name to two
	// things, the second has "#2" after it; where it is a thing of another class in
	// other documents or the books, the class.
	IRI string

	name       string // the IRI without that number
	number     int    // 0 for the first thing of that name in the document
	properties []property
	scope      scope
}

// property is a stated property under its name in the vocabulary.
type property struct {
	Place
	name  string
	value *value
	scope scope
}

// link is what a thing's inverse property says of its part: a statement inside
// it, or the name of what is stated elsewhere.
type link struct {
	Place
	inside                *Statement
	part, property, whole string
}

func (s *Statement) find(name string) *property {
	for i := range s.properties {
		if s.properties[i].name == name {
			return &s.properties[i]
		}
	}
	return nil
}

// PlaceOf is where the statement states a property, or where it begins.
func (s *Statement) PlaceOf(name string) Place {
	if p := s.find(name); p != nil {
		return p.Place
	}
	return s.Place
}

// Read reads a Valueflows document in JSON-LD or YAML: an object, a list of
// objects, or an object with a @graph, with whatever @context. No context is
// fetched. Statements inside others are taken out, and linked by the property
// that says the same from their side. Slips that documents are known to make
// are read as they are meant, and reported.
//
// It fails with a [*SyntaxError] where the file is no JSON or YAML, is larger
// than [SizeMax] or deeper than [DepthMax]. What is wrong with single statements is
// in the report, as lines of kind [Failed].
func Read(file File) (*Document, error) {
	trees, err := parse(file)
	if err != nil {
		return nil, err
	}
	d := &Document{Name: file.Name, classes: map[string]valueflows.Class{}}
	for _, tree := range trees {
		if tree.kind != nullValue {
			d.hasVocabulary = false
			d.top(tree, scope{})
		}
	}
	d.follow()
	d.unlink()
	d.distinguish()
	return d, nil
}

func (d *Document) at(line int) Place { return Place{d.Name, line} }

func (d *Document) tolerate(line int, format string, args ...any) {
	d.Report.add(d.at(line), Tolerated, format, args...)
}

func (d *Document) fail(line int, format string, args ...any) {
	d.Report.add(d.at(line), Failed, format, args...)
}

// top reads what stands at the outside of a document.
func (d *Document) top(v *value, s scope) {
	for _, v := range v.elements() {
		if v.kind != objectValue {
			d.fail(v.line, "a document holds objects, not a bare value")
			continue
		}
		if context := v.field("@context"); context != nil {
			s = d.enter(s, context)
		}
		graph := v.field("@graph")
		if graph == nil {
			d.object(v, s)
			continue
		}
		for _, f := range v.fields {
			if f.name != "@context" && f.name != "@graph" && f.name != "@id" && f.name != "id" {
				d.tolerate(f.line, "%q stands beside the @graph and is left out", valueflows.Clip(f.name))
			}
		}
		d.top(graph, s)
	}
}

// object reads an object that is a statement, or only names a thing, and what
// is stated inside it. It returns the name in full, empty where there is none,
// which is reported; and the statement, nil where there is none.
func (d *Document) object(v *value, s scope) (string, *Statement) {
	if context := v.field("@context"); context != nil {
		s = d.enter(s, context)
	}
	id := v.field("@id", "id")
	if id == nil || !id.isScalar() || id.text == "" {
		d.fail(v.line, "a record needs an @id, so that reading it again changes nothing")
		return "", nil
	}
	if strings.HasPrefix(id.text, "_:") {
		d.fail(id.line, "%s names a thing inside this file only: give it an IRI", valueflows.Clip(id.text))
		return "", nil
	}
	iri, err := s.iri(id.text)
	if err != nil {
		d.fail(id.line, "%s", err)
		return "", nil
	}
	if isReference(v) {
		return iri, nil
	}
	statement := &Statement{Place: d.at(id.line), IRI: iri, name: iri, scope: s}
	if !d.class(statement, v) {
		return iri, nil
	}
	if d.classes[iri] == "" {
		d.classes[iri] = statement.Class
	}
	d.Statements = append(d.Statements, statement)
	d.properties(statement, v)
	return iri, statement
}

// isReference tells whether an object only names a thing.
func isReference(v *value) bool {
	for _, f := range v.fields {
		if f.name != "@id" && f.name != "id" && f.name != "@context" {
			return false
		}
	}
	return true
}

// class sets the statement's class, and tells whether it is to be read.
func (d *Document) class(statement *Statement, v *value) bool {
	stated := v.field("@type", "type")
	if stated == nil || stated.kind == nullValue {
		if class := d.classes[statement.IRI]; class != "" {
			statement.Class = class
			return true
		}
		d.fail(statement.Line, "%s has no @type", statement.IRI)
		return false
	}
	var found []valueflows.Class
	for _, element := range stated.elements() {
		class := valueflows.Class(statement.scope.term(element.text))
		if isKnown(class) {
			d.needsVocabulary(element)
			found = append(found, class)
		}
	}
	switch len(found) {
	case 0:
		d.Report.add(statement.Place, Skipped, "%s is of the class %s, which is none of Valueflows", statement.IRI, valueflows.Clip(stated.first().text))
		d.Report.Skipped++
		return false
	case 1:
		statement.Class = found[0]
		if now := formerClasses[found[0]]; now != "" {
			d.tolerate(statement.Line, "%s is %s, of an earlier version: read as %s", statement.IRI, article(found[0]), article(now))
			statement.Class = now
		}
		return true
	}
	d.fail(stated.line, "%s has more than one class of Valueflows", statement.IRI)
	return false
}

// needsVocabulary reports once that a name without a prefix was read as a term
// of Valueflows although nothing says so.
func (d *Document) needsVocabulary(v *value) {
	if !d.hasVocabulary && !strings.Contains(v.text, ":") {
		d.hasVocabulary = true
		d.tolerate(v.line, "no @vocab is declared: names without a prefix are read as terms of Valueflows")
	}
}
