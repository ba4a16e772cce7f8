package jsonld

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/gowebpki/jcs"

	"disconode/valueflows"
)

// ActivityStreams is the IRI of the context that activities are written in.
const ActivityStreams = "https://www.w3.org/ns/activitystreams"

// Telling is how a record is told to other nodes.
type Telling struct {
	IRI          string                     // of the record, as the audience knows it
	AttributedTo string                     // IRI of the LAB that says so
	Published    valueflows.Time            // when it was recorded
	Name         func(valueflows.ID) string // the IRI of what a record refers to; empty leaves the reference out
	Unit         func(valueflows.ID) string // the OM2 name or the IRI of a unit
}

// Tell writes a record as an object of ActivityPub: its types are Object and
// the class of Valueflows, so that strangers take it, and its properties have
// the names of FEP-3264 and FEP-0837, which are those of Valueflows. What the
// record must not tell is left out before by the caller.
func Tell(record any, t Telling) (map[string]any, error) {
	w := tellingWriter{Telling: t, object: map[string]any{}}
	if err := describe(&w, record); err != nil {
		return nil, err
	}
	w.object["id"] = t.IRI
	w.object["attributedTo"] = t.AttributedTo
	w.object["published"] = t.Published.String()
	return w.object, nil
}

// tellingWriter is the form that writes an object for other nodes.
type tellingWriter struct {
	Telling
	object map[string]any
}

var _ form = (*tellingWriter)(nil)

func (w *tellingWriter) private() bool { return true }

// class names agents by their prefix: ActivityStreams has actors of the same names.
func (w *tellingWriter) class(class valueflows.Class) {
	name := string(class)
	if class.IsAgent() {
		name = "vf:" + name
	}
	w.object["type"] = []string{"Object", name}
}

func (w *tellingWriter) text(name string, value *string) {
	if *value != "" && name != "iri" {
		w.object[name] = *value
	}
}

func (w *tellingWriter) uris(name string, value *[]valueflows.URI) {
	if len(*value) > 0 {
		w.object[name] = slices.Clone(*value)
	}
}

func (w *tellingWriter) id(name string, value *valueflows.ID) {
	if value.IsZero() || name == "id" {
		return
	}
	say := w.Name
	if strings.HasPrefix(name, "defaultUnit") || name == "unitOfEffort" {
		say = w.Unit
	}
	if iri := say(*value); iri != "" {
		w.object[name] = iri
	}
}

func (w *tellingWriter) ids(name string, value *[]valueflows.ID) {
	var all []string
	for _, id := range *value {
		if iri := w.Name(id); iri != "" {
			all = append(all, iri)
		}
	}
	switch {
	case len(all) == 1 && plainAlone[name]:
		w.object[name] = all[0]
	case len(all) > 0:
		w.object[name] = all
	}
}

func (w *tellingWriter) measure(name string, value **valueflows.Measure) {
	m := *value
	if m == nil {
		return
	}
	object := map[string]any{"hasNumericalValue": m.HasNumericalValue.String()}
	if unit := w.Unit(m.HasUnit); unit != "" {
		object["hasUnit"] = unit
	}
	w.object[name] = object
}

func (w *tellingWriter) decimal(name string, value **valueflows.Decimal) {
	if *value != nil {
		w.object[name] = (*value).String()
	}
}

func (w *tellingWriter) time(name string, value **valueflows.Time) {
	if *value != nil {
		w.object[name] = (*value).String()
	}
}

func (w *tellingWriter) flag(name string, value *bool) {
	if *value && name != "stub" {
		w.object[name] = true
	}
}

func (w *tellingWriter) answer(name string, value **bool) {
	if *value != nil {
		w.object[name] = **value
	}
}

// SharedContext is the @context of what is told to other nodes: inline, so that
// nobody fetches anything to read it.
func SharedContext() []any {
	terms := map[string]any{
		"vf": valueflows.Namespace, "om2": valueflows.OM2, "dn": valueflows.OwnNamespace,
		"xsd": "http://www.w3.org/2001/XMLSchema#",
	}
	for _, class := range []valueflows.Class{
		valueflows.ClassUnit, valueflows.ClassResourceSpecification, valueflows.ClassProcessSpecification, valueflows.ClassProcess,
		valueflows.ClassEconomicEvent, valueflows.ClassEconomicResource, valueflows.ClassBatchLotRecord, valueflows.ClassSpatialThing,
	} {
		terms[string(class)] = "vf:" + string(class)
	}
	for _, name := range sharedReferences {
		terms[name] = map[string]any{"@id": "vf:" + name, "@type": "@id"}
	}
	for _, name := range sharedTimes {
		terms[name] = map[string]any{"@id": "vf:" + name, "@type": "xsd:dateTime"}
	}
	for _, name := range sharedValues {
		terms[name] = "vf:" + name
	}
	for _, name := range []string{"stream", "custodian", "overdraw", "scrapOf"} {
		terms[name] = "dn:" + name
	}
	terms["hasUnit"], terms["hasNumericalValue"] = "om2:hasUnit", "om2:hasNumericalValue"
	return []any{ActivityStreams, terms}
}

var (
	sharedReferences = []string{
		"conformsTo", "containedIn", "corrects", "basedOn", "fulfills", "satisfies", "settles", "inputOf", "outputOf", "primaryAccountable", "provider", "receiver",
		"realizationOf", "resourceConformsTo", "resourceInventoriedAs", "toResourceInventoriedAs", "stage", "triggeredBy",
	}
	sharedTimes  = []string{"hasBeginning", "hasEnd", "hasPointInTime", "created"}
	sharedValues = []string{
		"action", "resourceQuantity", "effortQuantity", "resourceClassifiedAs", "classifiedAs", "note", "state", "trackingIdentifier",
		"defaultUnitOfResource", "defaultUnitOfEffort", "mediumOfExchange", "substitutable", "label", "symbol", "omUnitIdentifier", "finished",
	}
)

// Activity writes an activity with our context in canonical JSON (RFC 8785).
func Activity(activity map[string]any) ([]byte, error) {
	activity["@context"] = SharedContext()
	text, err := json.Marshal(activity)
	if err != nil {
		return nil, err
	}
	return jcs.Transform(text)
}
