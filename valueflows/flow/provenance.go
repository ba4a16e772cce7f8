package flow

import (
	"bytes"
	"encoding/json"

	"disconode/valueflows"

	"github.com/gowebpki/jcs"
)

// Records are what a trace came to, as the reader may see it. A step whose
// record is missing is left out, and a name that is empty where it would stand.
type Records struct {
	Events    map[valueflows.ID]*valueflows.EconomicEvent
	Resources map[valueflows.ID]*valueflows.EconomicResource
	Processes map[valueflows.ID]*valueflows.Process
	// IRI is the name of an event, resource, process, specification or unit,
	// Agent that of an agent; empty where the reader may not know of it.
	IRI, Agent func(valueflows.ID) string
}

// provNamespace is that of the W3C's PROV-O.
const provNamespace = "http://www.w3.org/ns/prov#"

// Provenance writes what a trace came to in the terms of PROV-O (W3C, 2013), as
// JSON-LD in the canonical form of RFC 8785, in the order of the steps: the
// same steps and records are the same bytes.
//
// A resource is a prov:Entity, attributed to its primary accountable. A process
// is a prov:Activity, associated with all who provided to it or received from
// it. An event of a process is the prov:Usage of its resource, or its
// prov:Generation, with action and quantities; what the process puts out was
// derived from what it consumed and cited. Any other event is a prov:Activity
// itself, of its provider and its receiver, that used its resource and
// generated the receiving one; a raise generates what it counts.
//
// A stock is one entity all along, as it is one resource here: a process that
// takes it and gives it back both used and generated it. Events that a trace
// does not come to, such as sales, are not in it.
func Provenance(steps []Step, r Records) ([]byte, error) {
	p := provenance{records: r, nodes: map[string]provNode{}, said: map[[3]string]bool{}}
	for _, step := range steps {
		p.describe(step.ID)
	}
	consumed := map[valueflows.ID][]valueflows.ID{} // by process, what its outputs were derived from
	for _, step := range steps {
		if e := r.Events[step.ID]; e != nil && !e.InputOf.IsZero() && derives[e.Action] {
			consumed[e.InputOf] = append(consumed[e.InputOf], e.ResourceInventoriedAs)
		}
	}
	for _, step := range steps {
		if e := r.Events[step.ID]; e != nil {
			p.relate(e, consumed[e.OutputOf])
		}
	}
	return p.write()
}

// derives are the actions whose resource is in what the process puts out, as
// matter or as knowledge. What goes in and comes out again as itself is not.
var derives = map[valueflows.Action]bool{"consume": true, "cite": true}

// generates are the actions that put their resource there without a process.
var generates = map[valueflows.Action]bool{"raise": true}

type provenance struct {
	records Records
	nodes   map[string]provNode // by IRI
	order   []string
	said    map[[3]string]bool // what was linked: the node, the term, the other
}

// provNode is a thing in the graph: what is said of it, by term.
type provNode map[string]any

// describe says what a thing is.
func (p *provenance) describe(id valueflows.ID) {
	if r := p.records.Resources[id]; r != nil {
		n := p.node(id, "prov:Entity", valueflows.ClassEconomicResource)
		text(n, "vf:name", string(r.Name))
		text(n, "vf:trackingIdentifier", string(r.TrackingIdentifier))
		p.link(n, "vf:conformsTo", p.name(r.ConformsTo))
		p.link(n, "prov:wasAttributedTo", p.agent(r.PrimaryAccountable))
	}
	if process := p.records.Processes[id]; process != nil {
		n := p.node(id, "prov:Activity", valueflows.ClassProcess)
		text(n, "vf:name", process.Name)
		p.link(n, "vf:basedOn", p.name(process.BasedOn))
		p.time(n, "prov:startedAtTime", process.HasBeginning)
		p.time(n, "prov:endedAtTime", process.HasEnd)
	}
	if e := p.records.Events[id]; e != nil {
		switch {
		case !e.OutputOf.IsZero():
			n := p.node(id, "prov:Generation", valueflows.ClassEconomicEvent)
			p.event(n, e)
			p.time(n, "prov:atTime", happened(e))
			p.link(n, "prov:activity", p.name(e.OutputOf))
		case !e.InputOf.IsZero() && e.ResourceInventoriedAs.IsZero():
			n := p.node(id, "prov:Association", valueflows.ClassEconomicEvent)
			p.event(n, e)
			p.link(n, "prov:agent", p.agent(e.Provider))
		case !e.InputOf.IsZero():
			n := p.node(id, "prov:Usage", valueflows.ClassEconomicEvent)
			p.event(n, e)
			p.time(n, "prov:atTime", happened(e))
			p.link(n, "prov:entity", p.name(e.ResourceInventoriedAs))
		default:
			n := p.node(id, "prov:Activity", valueflows.ClassEconomicEvent)
			p.event(n, e)
			p.time(n, "prov:endedAtTime", happened(e))
		}
	}
}

// happened is when an event happened, as it says; nil where it says nothing.
func happened(e *valueflows.EconomicEvent) *valueflows.Time {
	for _, t := range []*valueflows.Time{e.HasPointInTime, e.HasEnd, e.HasBeginning} {
		if t != nil {
			return t
		}
	}
	return nil
}

// event says what an event was of.
func (p *provenance) event(n provNode, e *valueflows.EconomicEvent) {
	if n == nil {
		return
	}
	p.link(n, "vf:action", "vf:"+string(e.Action))
	for term, quantity := range map[string]*valueflows.Measure{"vf:resourceQuantity": e.ResourceQuantity, "vf:effortQuantity": e.EffortQuantity} {
		if quantity != nil {
			measure := provNode{"vf:hasNumericalValue": provNode{"@type": "xsd:decimal", "@value": quantity.HasNumericalValue.String()}}
			p.link(measure, "vf:hasUnit", p.name(quantity.HasUnit))
			n[term] = measure
		}
	}
	p.link(n, "vf:corrects", p.name(e.Corrects))
}

// relate says what an event makes of the things that it leads between.
func (p *provenance) relate(e *valueflows.EconomicEvent, from []valueflows.ID) {
	event, r, t := p.name(e.ID), e.ResourceInventoriedAs, e.LeadsTo()
	involved := []string{p.agent(e.Provider), p.agent(e.Receiver)}
	if process := p.at(e.OutputOf); process != nil {
		p.links(process, "prov:wasAssociatedWith", involved)
		for _, made := range []valueflows.ID{r, t} {
			p.link(p.at(made), "prov:wasGeneratedBy", p.name(e.OutputOf))
			p.link(p.at(made), "prov:qualifiedGeneration", event)
			for _, source := range from {
				p.derived(made, source)
			}
		}
	}
	if process := p.at(e.InputOf); process != nil {
		p.links(process, "prov:wasAssociatedWith", involved)
		if r.IsZero() {
			p.link(process, "prov:qualifiedAssociation", event)
		} else {
			p.link(process, "prov:qualifiedUsage", event)
		}
		if p.at(r) != nil {
			p.link(process, "prov:used", p.name(r))
		}
	}
	p.derived(t, r)
	if !e.OutputOf.IsZero() || !e.InputOf.IsZero() {
		return
	}
	activity := p.at(e.ID)
	p.links(activity, "prov:wasAssociatedWith", involved)
	if generates[e.Action] {
		p.link(p.at(r), "prov:wasGeneratedBy", event)
	} else if p.at(r) != nil {
		p.link(activity, "prov:used", p.name(r))
	}
	p.link(p.at(t), "prov:wasGeneratedBy", event)
}

func (p *provenance) derived(made, source valueflows.ID) {
	if made != source && p.at(source) != nil {
		p.link(p.at(made), "prov:wasDerivedFrom", p.name(source))
	}
}

// node makes the node of a step; nil for one without a name.
func (p *provenance) node(id valueflows.ID, kind string, class valueflows.Class) provNode {
	name := p.name(id)
	if name == "" || p.nodes[name] != nil {
		return p.nodes[name]
	}
	n := provNode{"@id": name, "@type": []any{kind, "vf:" + string(class)}}
	p.nodes[name] = n
	p.order = append(p.order, name)
	return n
}

// at is the node of a thing that the trace came to; nil of any other.
func (p *provenance) at(id valueflows.ID) provNode { return p.nodes[p.name(id)] }

func (p *provenance) name(id valueflows.ID) string {
	if id.IsZero() {
		return ""
	}
	return p.records.IRI(id)
}

func (p *provenance) agent(id valueflows.ID) string {
	if id.IsZero() {
		return ""
	}
	return p.records.Agent(id)
}

func (p *provenance) links(n provNode, term string, names []string) {
	for _, name := range names {
		p.link(n, term, name)
	}
}

// link says once that a node stands so to what has a name.
func (p *provenance) link(n provNode, term, name string) {
	if n == nil || name == "" {
		return
	}
	if id, ok := n["@id"].(string); ok {
		key := [3]string{id, term, name}
		if p.said[key] {
			return
		}
		p.said[key] = true
	}
	list, _ := n[term].([]any)
	n[term] = append(list, provNode{"@id": name})
}

func (p *provenance) time(n provNode, term string, t *valueflows.Time) {
	if n != nil && t != nil {
		n[term] = provNode{"@type": "xsd:dateTime", "@value": t.String()}
	}
}

func text(n provNode, term, value string) {
	if n != nil && value != "" {
		n[term] = value
	}
}

// write gives the canonical bytes.
func (p *provenance) write() ([]byte, error) {
	graph := make([]any, 0, len(p.order))
	for _, name := range p.order {
		graph = append(graph, p.nodes[name])
	}
	var body bytes.Buffer
	encoder := json.NewEncoder(&body)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(map[string]any{
		"@context": map[string]any{"prov": provNamespace, "vf": valueflows.Namespace, "xsd": "http://www.w3.org/2001/XMLSchema#"},
		"@graph":   graph,
	})
	if err != nil {
		return nil, err
	}
	return jcs.Transform(body.Bytes())
}
