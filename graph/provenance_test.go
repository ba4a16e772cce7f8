package graph

import (
	"strings"
	"testing"
)

// Whoever of the persons in a provenance the caller may not see is not in it: no
// name of anybody, and no agent of care for people.
func TestProvenance(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		w := b.week()
		const query = `query($id: ID!) { provenance(id: $id) }`
		for who, c := range map[string]*client{"the steward": w.ada, "Bea": w.bea} {
			text := c.ask(query, vars{"id": w.store}).good().text("provenance")
			for _, said := range []string{w.store, w.shed, w.harvest, w.harvested, "https://books.example/vf/Process/" + w.harvest, "https://books.example/vf/Person/" + w.picker,
				`"vf:name":"Store"`, `"prov:wasGeneratedBy"`, `"prov:wasAssociatedWith"`, "http://www.w3.org/ns/prov#", "http://www.ontology-of-units-of-measure.org/resource/om-2/kilogram"} {
				if !strings.Contains(text, said) {
					t.Errorf("to %s it is without %s: %s", who, said, text)
				}
			}
			for _, not := range []string{w.cooking, w.cash, "Bea", "carePeople"} {
				if strings.Contains(text, not) {
					t.Errorf("to %s it has %s: %s", who, not, text)
				}
			}
		}
		for _, id := range []string{w.harvest, w.harvested} {
			if text := w.ada.ask(query, vars{"id": id}).good().text("provenance"); !strings.Contains(text, w.harvest) {
				t.Errorf("of %s: %s", id, text)
			}
		}
		c := b.care()
		if text := w.ada.ask(query, vars{"id": c.wheelchair}).good().text("provenance"); strings.Contains(text, c.taker) || strings.Contains(text, c.process) {
			t.Errorf("it tells of care: %s", text)
		}
		w.ada.ask(query, vars{"id": w.tomato}).refused("NOT_FOUND")
		w.ada.ask(query, vars{"id": "soup"}).refused("INVALID_ID", "id")
		b.stranger().ask(query, vars{"id": w.shed}).refused("UNAUTHENTICATED")
	})
}
