package jsonld

import (
	"sync"

	"disconode/valueflows"
)

// unsaid are the names in the journal's form that no document may state: what
// names the record there, and what only the books say of it.
var unsaid = map[string]bool{"id": true, "iri": true, "stub": true, "custodian": true, "overdraw": true, "scrapOf": true}

// nameCollector is the form that only lists the names.
type nameCollector map[string]bool

var _ form = nameCollector{}

func (n nameCollector) put(name string) { n[name] = !unsaid[name] }

func (n nameCollector) private() bool                               { return true }
func (n nameCollector) class(valueflows.Class)                      {}
func (n nameCollector) text(name string, _ *string)                 { n.put(name) }
func (n nameCollector) uris(name string, _ *[]valueflows.URI)       { n.put(name) }
func (n nameCollector) id(name string, _ *valueflows.ID)            { n.put(name) }
func (n nameCollector) ids(name string, _ *[]valueflows.ID)         { n.put(name) }
func (n nameCollector) measure(name string, _ **valueflows.Measure) { n.put(name) }
func (n nameCollector) decimal(name string, _ **valueflows.Decimal) { n.put(name) }
func (n nameCollector) time(name string, _ **valueflows.Time)       { n.put(name) }
func (n nameCollector) flag(name string, _ *bool)                   { n.put(name) }
func (n nameCollector) answer(name string, _ **bool)                { n.put(name) }

var propertyNames = sync.OnceValue(func() map[valueflows.Class]map[string]bool {
	names := map[valueflows.Class]map[string]bool{}
	for class := range keptClasses {
		collector := nameCollector{}
		if record, err := recordOf(class); err == nil && describe(collector, record) == nil {
			names[class] = collector
		}
	}
	names[valueflows.ClassEconomicResource]["accountingQuantity"] = true
	names[valueflows.ClassEconomicResource]["onhandQuantity"] = true
	return names
})

// propertiesOf are the names of the properties that a kept class has.
func propertiesOf(class valueflows.Class) map[string]bool { return propertyNames()[class] }
