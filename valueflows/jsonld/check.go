package jsonld

import (
	"fmt"
	"slices"
	"strings"

	"disconode/valueflows"
)

// Check is how a resource stands by a document, to be compared with the books.
type Check struct {
	*Statement
	Stated *valueflows.EconomicResource
	names  map[valueflows.ID]string
}

// Compare says where the books agree with what is stated, and where not. A nil
// resource is one that the books do not count.
func (c *Check) Compare(kept *valueflows.EconomicResource) []Line {
	if kept == nil {
		kept = &valueflows.EconomicResource{}
	}
	var agree []string
	var lines []Line
	compare := func(name, stated, books string, same bool) {
		switch {
		case c.find(name) == nil:
		case same:
			agree = append(agree, name+" "+stated)
		default:
			lines = append(lines, Line{c.PlaceOf(name), Mismatch, fmt.Sprintf("%s of %s is stated as %s, and by the books %s", name, c.IRI, stated, books)})
		}
	}
	quantity := func(name string, stated, books *valueflows.Measure) {
		compare(name, amount(stated), amount(books), stated.Equal(books))
	}
	reference := func(name string, stated, books valueflows.ID) {
		compare(name, c.name(stated), c.name(books), stated == books)
	}
	quantity("accountingQuantity", c.Stated.AccountingQuantity, kept.AccountingQuantity)
	quantity("onhandQuantity", c.Stated.OnhandQuantity, kept.OnhandQuantity)
	reference("primaryAccountable", c.Stated.PrimaryAccountable, kept.PrimaryAccountable)
	reference("currentLocation", c.Stated.CurrentLocation, kept.CurrentLocation)
	stated, books := c.named(c.Stated.Containers()), c.named(kept.Containers())
	compare("containedIn", strings.Join(stated, ", "), strings.Join(books, ", "), slices.Equal(stated, books))
	reference("stage", c.Stated.Stage, kept.Stage)
	compare("state", text(string(c.Stated.State)), text(string(kept.State)), c.Stated.State == kept.State)
	if len(agree) > 0 {
		lines = append(lines, Line{c.Place, Checked, fmt.Sprintf("%s agrees with the books: %s", c.IRI, strings.Join(agree, ", "))})
	}
	return lines
}

// named are the names of what is named, in their order; "none" of nothing.
func (c *Check) named(ids []valueflows.ID) []string {
	if len(ids) == 0 {
		return []string{c.name(valueflows.ID{})}
	}
	var names []string
	for _, id := range ids {
		names = append(names, c.name(id))
	}
	slices.Sort(names)
	return names
}

func (c *Check) name(id valueflows.ID) string {
	if id.IsZero() {
		return "none"
	}
	if name, ok := c.names[id]; ok {
		return name
	}
	return id.String()
}

func text(value string) string {
	if value == "" {
		return "none"
	}
	return fmt.Sprintf("%q", valueflows.Clip(value))
}

// amount is a quantity for people.
func amount(m *valueflows.Measure) string {
	if m == nil {
		return "not counted"
	}
	number := m.HasNumericalValue.String()
	switch unit := valueflows.OMUnit(m.HasUnit); {
	case m.HasUnit == valueflows.One || m.HasUnit.IsZero():
		return number
	case unit != nil:
		return number + " " + unit.Label
	}
	return number + " of unit " + m.HasUnit.String()
}
