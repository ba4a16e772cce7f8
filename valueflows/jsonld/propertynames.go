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

// severalCollector is the form that only lists the names of what takes several records.
type severalCollector struct{ nameCollector }

var _ form = severalCollector{}

func (s severalCollector) text(string, *string)                 {}
func (s severalCollector) uris(string, *[]valueflows.URI)       {}
func (s severalCollector) id(string, *valueflows.ID)            {}
func (s severalCollector) measure(string, **valueflows.Measure) {}
func (s severalCollector) decimal(string, **valueflows.Decimal) {}
func (s severalCollector) time(string, **valueflows.Time)       {}
func (s severalCollector) flag(string, *bool)                   {}
func (s severalCollector) answer(string, **bool)                {}

// classNames are the names of the properties of a class.
type classNames struct{ all, several nameCollector }

var propertyNames = sync.OnceValue(func() map[valueflows.Class]classNames {
	names := map[valueflows.Class]classNames{}
	for _, class := range valueflows.Classes {
		n, record := classNames{nameCollector{}, nameCollector{}}, valueflows.NewRecord(class)
		if describe(n.all, record) == nil && describe(severalCollector{n.several}, record) == nil {
			names[class] = n
		}
	}
	names[valueflows.ClassEconomicResource].all["accountingQuantity"] = true
	names[valueflows.ClassEconomicResource].all["onhandQuantity"] = true
	return names
})

// propertiesOf are the names of the properties that a kept class has.
func propertiesOf(class valueflows.Class) map[string]bool { return propertyNames()[class].all }

// takesSeveral tells whether a property of a kept class names any number of records.
func takesSeveral(class valueflows.Class, name string) bool {
	return propertyNames()[class].several[name]
}
