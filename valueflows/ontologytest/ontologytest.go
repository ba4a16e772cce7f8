// Package ontologytest reads the ontology for tests that walk it: its classes,
// its properties, and which class has which. It is for tests only, and reads as
// much of Turtle as the ontology is written in.
package ontologytest

import (
	"regexp"
	"slices"
	"strings"
)

// Property is a property of the ontology.
type Property struct {
	Name string
	// Of are the classes that have it, in their order: one by one where the
	// ontology has a list of them, and with Agent its subclasses.
	Of []string
	// Range is the class, datatype or list of classes that it leads to, with its
	// prefix; empty where none is stated.
	Range string
	// Inverse is the property that says the same from the other side; empty where
	// the ontology names none.
	Inverse string
	// Object tells whether it leads to a thing rather than to a text or number.
	Object bool
	// One tells whether there is at most one value.
	One bool
}

// Pair is a property of a class.
type Pair struct {
	Class    string
	Property Property
}

// Ontology is what the walk needs of the vocabulary.
type Ontology struct {
	// Classes are those of the domain, in the order of the ontology: without those
	// that only list others, and without the enumerations.
	Classes    []string
	Properties []Property
	Actions    []Action
}

// Action is an action of the ontology, and its behaviors by the properties that
// say them.
type Action struct {
	Name      string
	Behaviors map[string]string
}

// Pairs are all properties of all classes, by class and then by property.
func (o *Ontology) Pairs() []Pair {
	var pairs []Pair
	for _, class := range o.Classes {
		for _, p := range o.Properties {
			if slices.Contains(p.Of, class) {
				pairs = append(pairs, Pair{class, p})
			}
		}
	}
	return pairs
}

// Property is the one of that name, or nil.
func (o *Ontology) Property(name string) *Property {
	i := slices.IndexFunc(o.Properties, func(p Property) bool { return p.Name == name })
	if i < 0 {
		return nil
	}
	return &o.Properties[i]
}

// Read reads the text of the ontology, valueflows/testdata/all_vf.TTL.
func Read(text []byte) *Ontology {
	turtle := string(text)
	o := &Ontology{}
	all := blocks(turtle)
	lists, parents := map[string][]string{}, map[string]string{}
	first := layer.FindStringIndex(turtle)
	for _, b := range all {
		if !b.is("owl:Class") {
			continue
		}
		if m := unions.FindStringSubmatch(b.text); m != nil {
			for _, name := range strings.Fields(m[1]) {
				lists[b.subject] = append(lists[b.subject], strings.TrimPrefix(name, "vf:"))
			}
			continue
		}
		parents[b.subject] = strings.TrimPrefix(b.says("rdfs:subClassOf"), "vf:")
		if at := strings.Index(turtle, b.text); first != nil && at > first[0] && at < strings.Index(turtle, "# Named classes for anonymous union") {
			o.Classes = append(o.Classes, b.subject)
		}
	}
	for _, b := range all {
		if !b.is("owl:ObjectProperty") && !b.is("owl:DatatypeProperty") {
			continue
		}
		domain := strings.TrimPrefix(b.says("rdfs:domain"), "vf:")
		of := []string{domain}
		if list, ok := lists[domain]; ok {
			of = list
		}
		var classes []string
		for _, class := range o.Classes {
			if slices.Contains(of, class) || slices.Contains(of, parents[class]) {
				classes = append(classes, class)
			}
		}
		o.Properties = append(o.Properties, Property{
			Name: b.subject, Of: classes, Range: b.says("rdfs:range"), Inverse: strings.TrimPrefix(b.says("owl:inverseOf"), "vf:"),
			Object: b.is("owl:ObjectProperty"), One: cardinality.MatchString(b.text),
		})
	}
	for _, b := range all {
		if !b.is("owl:NamedIndividual") || !b.is("vf:Action") {
			continue
		}
		a := Action{b.subject, map[string]string{}}
		for _, p := range o.Properties {
			if object := strings.TrimPrefix(b.says("vf:"+p.Name), "vf:"); object != "" && slices.Contains(p.Of, "Action") {
				a.Behaviors[p.Name] = object
			}
		}
		o.Actions = append(o.Actions, a)
	}
	return o
}

// block is what the ontology says of one subject.
type block struct {
	subject, text string
}

var (
	blockStart  = regexp.MustCompile(`(?m)^vf:(\w+)\s+a\s+`)
	layer       = regexp.MustCompile(`(?m)^# Classes: `)
	unions      = regexp.MustCompile(`owl:unionOf\s+\(([^)]*)\)`)
	cardinality = regexp.MustCompile(`owl:(?:maxC|c)ardinality\s+1\b`)
)

// blocks are what stands under each subject, in the order of the file.
func blocks(turtle string) []block {
	starts := blockStart.FindAllStringSubmatchIndex(turtle, -1)
	all := make([]block, len(starts))
	for i, at := range starts {
		end := len(turtle)
		if i+1 < len(starts) {
			end = starts[i+1][0]
		}
		all[i] = block{turtle[at[2]:at[3]], turtle[at[0]:end]}
	}
	return all
}

// says is the first object of a predicate in a block; empty where it has none.
func (b block) says(predicate string) string {
	m := regexp.MustCompile(regexp.QuoteMeta(predicate) + `\s+(\S+)`).FindStringSubmatch(b.text)
	if m == nil {
		return ""
	}
	return strings.TrimSuffix(m[1], ";")
}

func (b block) is(kind string) bool {
	head, _, _ := strings.Cut(b.text, ";")
	return strings.Contains(head, kind)
}
