package jsonld

import (
	"fmt"
	"slices"
	"strings"

	"disconode/valueflows"
)

// properties reads what an object states, takes out of it what it states of
// other things, and puts each name as the vocabulary has it.
func (d *Document) properties(statement *Statement, v *value) {
	for _, f := range v.fields {
		if strings.HasPrefix(f.name, "@") || f.name == "id" || f.name == "type" {
			if !slices.Contains([]string{"@context", "@id", "@type", "id", "type"}, f.name) {
				d.tolerate(f.line, "%s is not read and is left out", valueflows.Clip(f.name))
			}
			continue
		}
		name := statement.scope.term(f.name)
		if inverse, ok := inverses[name]; ok {
			d.parts(statement, f, name, inverse)
			continue
		}
		if right := rightName(statement.Class, name); right != name {
			d.tolerate(f.line, "%s of %s is read as %s", name, article(statement.Class), right)
			name = right
		}
		if statement.find(name) != nil {
			d.fail(f.line, "%s is stated twice", name)
			continue
		}
		statement.properties = append(statement.properties, property{d.at(f.line), name, d.takeOut(f.value, statement.scope), statement.scope})
	}
}

// rightName is the property that a name is a known slip for, or that it differs
// from in capitals only.
func rightName(class valueflows.Class, name string) string {
	if right, ok := slips[class][name]; ok {
		return right
	}
	if !class.Kept() || propertiesOf(class)[name] {
		return name
	}
	for known, is := range propertiesOf(class) {
		if is && strings.EqualFold(known, name) {
			return known
		}
	}
	return name
}

func article(class valueflows.Class) string {
	if strings.ContainsRune("AEIOU", rune(class[0])) && class != valueflows.ClassUnit {
		return "an " + string(class)
	}
	return "a " + string(class)
}

// takeOut reads statements that stand inside a value as statements of their
// own, and leaves their names.
func (d *Document) takeOut(v *value, s scope) *value {
	switch v.kind {
	case listValue:
		taken := &value{kind: listValue, line: v.line}
		for _, item := range v.items {
			taken.items = append(taken.items, d.takeOut(item, s))
		}
		return taken
	case objectValue:
		if list := v.field("@list", "@set"); list != nil {
			return d.takeOut(list, s)
		}
		if plain := v.field("@value"); plain != nil {
			return plain
		}
		if v.field("@id", "id") == nil || isMeasure(v, s) {
			return v // a measure, or what only a text was expected for
		}
		iri, _ := d.object(v, s)
		return fullIRI(iri, v.line)
	}
	return v
}

func fullIRI(iri string, line int) *value {
	return &value{kind: textValue, line: line, text: iri, full: true}
}

func isMeasure(v *value, s scope) bool {
	for _, f := range v.fields {
		if s.term(f.name) == "hasNumericalValue" {
			return true
		}
	}
	return false
}

// parts reads what stands under an inverse property: statements, or names of
// what is stated elsewhere.
func (d *Document) parts(statement *Statement, f field, name, inverse string) {
	whole := statement.IRI
	if statement.Class == valueflows.ClassEconomicEvent && (inverse == "inputOf" || inverse == "outputOf") {
		if whole = d.processOf(statement, f, name); whole == "" {
			return
		}
	}
	d.link(f.value, statement.scope, inverse, whole)
}

func (d *Document) link(v *value, s scope, property, whole string) {
	for _, part := range v.elements() {
		var iri string
		var inside *Statement
		switch {
		case part.kind == nullValue:
			continue
		case part.kind == objectValue && part.field("@list", "@set") != nil:
			d.link(part.field("@list", "@set"), s, property, whole)
			continue
		case part.kind == objectValue:
			iri, inside = d.object(part, s)
		case part.isScalar():
			var err error
			if iri, err = s.iri(part.text); err != nil {
				d.fail(part.line, "%s", err)
			}
		default:
			d.fail(part.line, "a list inside a list is not read")
		}
		if iri != "" {
			d.links = append(d.links, link{d.at(part.line), inside, iri, property, whole})
		}
	}
}

// processOf is the process that inputs and outputs belong to which stand under
// an event: the event's own, else the one stated last before it; empty where
// there is none, which is reported.
func (d *Document) processOf(event *Statement, f field, name string) string {
	for _, own := range []string{"inputOf", "outputOf"} {
		if p := event.find(own); p != nil && p.value.isScalar() {
			if iri, err := event.scope.iri(p.value.text); err == nil {
				d.tolerate(f.line, "%s stands under an event: read as that of its process %s", name, iri)
				return iri
			}
		}
	}
	for _, s := range slices.Backward(d.Statements) {
		if s.Class != valueflows.ClassProcess {
			continue
		}
		d.tolerate(f.line, "%s stands under an event: read as that of the process stated before it at line %d, and the event as of that process too", name, s.Line)
		if own := sideOf(event); own != "" && event.find(own) == nil {
			event.properties = append(event.properties, property{d.at(f.line), own, fullIRI(s.IRI, f.line), scope{}})
		}
		return s.IRI
	}
	d.fail(f.line, "%s stands under an event, and no process stands before it", name)
	return ""
}

// sideOf is the property that links an event of its action to a process.
func sideOf(event *Statement) string {
	p := event.find("action")
	if p == nil {
		return ""
	}
	action, err := valueflows.ParseAction(event.scope.expandName(p.value.text))
	if err != nil {
		return ""
	}
	switch valueflows.Actions[action].InputOutput {
	case "input":
		return "inputOf"
	case "output":
		return "outputOf"
	}
	return ""
}

// distinguish finds the names that a document gives to two things: flows that
// differ, recipes that contradict each other, or things of two classes. All but
// the first get a number.
func (d *Document) distinguish() {
	type thing struct {
		content string
		*Statement
	}
	things := map[string][]thing{}
	for _, s := range d.Statements {
		found := false
		content := ""
		if flows[s.Class] {
			content = s.content()
		}
		for _, t := range things[s.IRI] {
			if t.Class == s.Class && t.content == content && (s.Class != valueflows.ClassRecipe || !s.contradicts(t.Statement)) {
				s.IRI, s.number, found = t.IRI, t.number, true
				break
			}
		}
		if found {
			continue
		}
		name := s.IRI
		earlier := things[name]
		if len(earlier) > 0 {
			s.number = len(earlier)
			s.IRI = fmt.Sprintf("%s#%d", name, len(earlier)+1)
			d.tolerate(s.Line, "%s is also the id of %s at line %d: read as %s", name, article(earlier[0].Class), earlier[0].Line, s.IRI)
		}
		things[name] = append(earlier, thing{content, s})
	}
}

// contradicts tells whether two statements state a property otherwise.
func (s *Statement) contradicts(other *Statement) bool {
	return slices.ContainsFunc(s.properties, func(p property) bool {
		stated := other.find(p.name)
		return stated != nil && stated.content() != p.content()
	})
}

// content is all that a statement states, in one text, whatever its order.
func (s *Statement) content() string {
	var parts []string
	for _, p := range s.properties {
		parts = append(parts, p.name+p.content())
	}
	slices.Sort(parts)
	return strings.Join(parts, "\x01")
}

// content is what a property states, with its names in full.
func (p *property) content() string {
	var b strings.Builder
	p.value.write(&b, p.scope)
	return b.String()
}

func (v *value) write(b *strings.Builder, s scope) {
	fmt.Fprintf(b, "\x02%d\x03%s", v.kind, valueflows.NormalIRI(s.expandName(v.text)))
	for _, item := range v.items {
		item.write(b, s)
	}
	fields := slices.Clone(v.fields)
	slices.SortFunc(fields, func(a, b field) int { return strings.Compare(a.name, b.name) })
	for _, f := range fields {
		b.WriteString("\x04" + f.name)
		f.value.write(b, s)
	}
}
