package jsonld

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"disconode/valueflows"
)

// Plan turns documents into a batch for a LAB's books. Whatever cannot be
// planned is in the batch's report as lines of kind [Failed]; then nothing of it
// is to be recorded.
func Plan(documents []*Document, o Options) *Batch {
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	p := &planner{
		options: o, batch: &Batch{Names: map[valueflows.ID]string{o.Lab: "the LAB"}},
		definitions: map[string][]*Statement{}, units: map[string]valueflows.ID{}, stubs: map[valueflows.ID]bool{},
		ids: map[string]name{}, tracking: map[valueflows.ID]string{}, resources: map[valueflows.ID]*stock{},
	}
	for _, d := range documents {
		p.batch.Report.files = append(p.batch.Report.files, d.Name)
		p.batch.Report.Lines = append(p.batch.Report.Lines, d.Report.Lines...)
		p.batch.Report.Skipped += d.Report.Skipped
	}
	statements := p.define(documents)
	p.convert(statements)
	p.create()
	p.sequence()
	slices.SortStableFunc(p.batch.Records, func(a, b Item) int { return cmp.Compare(rank(a.Class), rank(b.Class)) })
	p.batch.Report.Sort()
	return p.batch
}

// rank orders the classes so that what is referred to comes first.
func rank(class valueflows.Class) int { return slices.Index(valueflows.Classes, class) }

type planner struct {
	options Options
	batch   *Batch

	definitions map[string][]*Statement // the first statement of each thing, by its name
	units       map[string]valueflows.ID
	ids         map[string]name
	stubs       map[valueflows.ID]bool
	tracking    map[valueflows.ID]string // the tracking identifiers that events name their resources by

	moments   []*moment
	naming    map[valueflows.ID][]*moment // the events that name a resource
	resources map[valueflows.ID]*stock
	stocks    []*stock // in the order of their first statements
}

// moment is an event, how a resource stands, or a record that belongs between
// them, in the order of the documents.
type moment struct {
	*Statement
	index    int
	event    *valueflows.EconomicEvent
	resource *valueflows.EconomicResource
	between  any
}

// isBetween tells whether records of a class come between the events: they name
// resources or events, or are named by events, or name what does.
func isBetween(class valueflows.Class) bool {
	return flows[class] && class != valueflows.ClassRecipeFlow || class == valueflows.ClassProposal
}

func (p *planner) add(at Place, kind Kind, format string, args ...any) {
	p.batch.Report.add(at, kind, format, args...)
}

func (p *planner) tolerate(at Place, format string, args ...any) {
	p.add(at, Tolerated, format, args...)
}

func (p *planner) fail(at Place, format string, args ...any) { p.add(at, Failed, format, args...) }

// define finds what is stated, skips what is not kept, puts together what is
// stated of one thing in several places, and returns what is to be read. The
// documents themselves stay as they are.
func (p *planner) define(documents []*Document) []*Statement {
	var kept []*Statement
	for _, d := range documents {
		for _, s := range d.Statements {
			own := *s
			own.properties = slices.Clip(s.properties)
			if p.definition(&own) {
				kept = append(kept, &own)
			}
		}
	}
	for _, s := range kept {
		if first := p.firstOf(s); first != nil {
			s.IRI = first.IRI
		}
	}
	return kept
}

// definition takes one statement in, and tells whether it is to be read.
func (p *planner) definition(s *Statement) bool {
	first := p.firstOf(s)
	if first == nil {
		p.rename(s)
		p.definitions[s.name] = append(p.definitions[s.name], s)
		p.batch.Report.Read++
	}
	switch {
	case !s.Class.Kept():
		if first == nil {
			p.batch.Report.Skipped++
		}
		p.add(s.Place, Skipped, "%s is %s, of an earlier version: Valueflows 1.0.0 has nothing like it", s.IRI, article(s.Class))
		return false
	case first == nil:
		return true
	case s.Class == valueflows.ClassEconomicResource:
		p.merge(first, s)
		return true
	case flows[s.Class]:
		if s.content() != first.content() {
			p.add(s.Place, Difference, "%s is stated otherwise at %s: that is kept", s.IRI, first.Place)
		}
	default:
		p.merge(first, s)
	}
	return false
}

// firstOf is the first statement of the same thing, or nil: of the same name
// and number, and of the same class.
func (p *planner) firstOf(s *Statement) *Statement {
	for _, first := range p.definitions[s.name] {
		if first.number == s.number && sameClass(first.Class, s.Class) {
			return first
		}
	}
	return nil
}

func sameClass(a, b valueflows.Class) bool { return a == b || a.IsAgent() && b.IsAgent() }

// rename gives a thing a name of its own where the books, or another document,
// have a thing of another class under it: the name with the class after it. What
// is skipped gives way to what is kept.
func (p *planner) rename(s *Statement) {
	if p.options.ClassOf != nil {
		id, foreign := p.id(s.IRI, s.Place)
		if class := p.options.ClassOf(id); class != "" && foreign != "" && !sameClass(class, s.Class) {
			p.distinguish(s, fmt.Sprintf("%s in the books", article(class)))
			return
		}
	}
	for _, other := range p.definitions[s.name] {
		if other.IRI != s.IRI {
			continue
		}
		if !other.Class.Kept() {
			p.distinguish(other, fmt.Sprintf("%s at %s", article(s.Class), s.Place))
		} else {
			p.distinguish(s, fmt.Sprintf("%s at %s", article(other.Class), other.Place))
		}
		return
	}
}

func (p *planner) distinguish(s *Statement, other string) {
	iri := s.IRI
	s.IRI += "#" + string(s.Class)
	p.tolerate(s.Place, "%s is also the id of %s: read as %s", iri, other, s.IRI)
}

// momentary are the properties of a resource that differ from one moment to the next.
var momentary = map[string]bool{
	"accountingQuantity": true, "onhandQuantity": true, "primaryAccountable": true, "custodian": true,
	"currentLocation": true, "containedIn": true, "stage": true, "state": true,
}

// merge adds to the first statement of a thing what a later one says besides.
func (p *planner) merge(first, later *Statement) {
	for _, property := range later.properties {
		switch known := first.find(property.name); {
		case later.Class == valueflows.ClassEconomicResource && momentary[property.name]:
		case known == nil:
			first.properties = append(first.properties, property)
		case known.content() != property.content():
			p.add(property.Place, Difference, "%s of %s is stated otherwise at %s: that is kept", property.name, later.IRI, known.Place)
		}
	}
}

// convert makes records of the statements: the units first, since quantities
// are counted in them.
func (p *planner) convert(statements []*Statement) {
	for _, s := range statements {
		if s.Class == valueflows.ClassUnit {
			p.ownUnit(s)
		}
	}
	for _, s := range statements {
		switch s.Class {
		case valueflows.ClassUnit:
		case valueflows.ClassEconomicEvent:
			p.event(s)
		case valueflows.ClassEconomicResource:
			p.resource(s)
		default:
			record := valueflows.NewRecord(s.Class)
			p.identify(s, record)
			p.read(s, record)
			p.name(s, record)
			if isBetween(s.Class) {
				p.moments = append(p.moments, &moment{Statement: s, index: len(p.moments), between: record})
			} else {
				p.batch.Records = append(p.batch.Records, Item{s, record})
			}
		}
	}
}

func (p *planner) event(s *Statement) {
	e := &valueflows.EconomicEvent{}
	p.identify(s, e)
	p.moments = append(p.moments, &moment{Statement: s, index: len(p.moments), event: e})
	p.read(s, e)
	for _, party := range []struct {
		name string
		id   *valueflows.ID
	}{{"provider", &e.Provider}, {"receiver", &e.Receiver}} {
		if stated := s.find(party.name); stated == nil || stated.value.kind == nullValue {
			*party.id = p.notStated(s.Place)
			p.add(s.Place, Inferred, "the %s is not stated: an agent of that name stands in", party.name)
		}
	}
}

// NotStated is the IRI of the agent that stands for a party that nobody named.
const NotStated = "urn:disconode:agent-not-stated"

func (p *planner) notStated(at Place) valueflows.ID { return p.stub(NotStated, classAgent, at, true) }

func (p *planner) resource(s *Statement) {
	r := &valueflows.EconomicResource{}
	rec := p.identify(s, r)
	m := &moment{Statement: s, index: len(p.moments), resource: r}
	p.moments = append(p.moments, m)
	p.read(s, r)
	if p.resources[rec.ID] == nil {
		stock := &stock{moment: m}
		p.resources[rec.ID] = stock
		p.stocks = append(p.stocks, stock)
	}
	if n := len(r.Containers()); n > 1 && !p.resources[rec.ID].resource.IsDigital() {
		p.tolerate(s.PlaceOf("containedIn"), "%s is stated in %d containers, and only a thing with a currentVirtualLocation is in several: the first is kept", s.IRI, n)
		r.AlsoIn = nil
	}
}
