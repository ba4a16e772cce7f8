package valueflows

import (
	_ "embed"
	"encoding/csv"
	"strings"
	"sync"
)

// OM2 is the namespace of the Ontology of units of Measure 2.
const OM2 = "http://www.ontology-of-units-of-measure.org/resource/om-2/"

// Unit is what quantities count: a unit of OM2, the same on every node, or one
// that a network made for itself.
type Unit struct {
	Record
	Label            string
	Symbol           string
	OMUnitIdentifier string // the OM2 local name, such as kilogram; empty for a unit of our own
	ClassifiedAs     []URI
}

// The units that the node's own rules speak of.
var (
	One  = OMUnitID("one")
	Hour = OMUnitID("hour")
)

// OMUnitID is the id of a unit of OM2, by its local name: the same on every node.
func OMUnitID(name string) ID { return IDOf(OM2 + name) }

//go:embed om2/units-en-useful.csv
var unitsCSV string

type unitTable struct {
	all    []*Unit
	byID   map[ID]*Unit
	byName map[string]*Unit
}

// Units are read from the list when first asked for: a node that starts pays nothing.
var units = sync.OnceValue(func() unitTable {
	rows, err := csv.NewReader(strings.NewReader(unitsCSV)).ReadAll()
	if err != nil {
		panic("valueflows: the built-in list of units: " + err.Error())
	}
	t := unitTable{byID: map[ID]*Unit{}, byName: map[string]*Unit{}}
	for i, row := range rows {
		unit := &Unit{Label: row[2], Symbol: row[3], OMUnitIdentifier: row[1]}
		if unit.Symbol == "" {
			unit.Symbol = unit.Label
		}
		if row[5] != "" {
			unit.ClassifiedAs = []URI{URI(row[5])}
		}
		unit.ID, unit.IRI = OMUnitID(row[1]), OM2+row[1]
		unit.Revision, unit.Position = unit.ID, int64(i-len(rows)) // before all that is recorded
		if t.byID[unit.ID] != nil {
			continue // the list repeats a row
		}
		t.all = append(t.all, unit)
		t.byID[unit.ID] = unit
		t.byName[row[1]] = unit
	}
	for _, unit := range t.all { // labels and symbols, where no name says otherwise
		for _, name := range []string{unit.Label, unit.Symbol} {
			if t.byName[name] == nil {
				t.byName[name] = unit
			}
		}
	}
	return t
})

// OMUnits are the built-in units of OM2, in the order of the list.
func OMUnits() []*Unit { return units().all }

// OMUnit is the built-in unit with that id, or nil.
func OMUnit(id ID) *Unit { return units().byID[id] }

// OMUnitNamed is the built-in unit that a text names: its OM2 local name or
// IRI, else its label or symbol; nil where there is none.
func OMUnitNamed(text string) *Unit {
	for _, prefix := range []string{OM2, "om2:", "om:"} {
		text = strings.TrimPrefix(text, prefix)
	}
	return units().byName[text]
}
