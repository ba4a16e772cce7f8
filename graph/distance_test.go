package graph

import (
	"fmt"
	"testing"
)

// An offer holds around Berlin (52.52, 13.405), which is 877.46 km from Paris
// (48.8566, 2.3522): within 878 km, not within 877. One that names no place, or a
// place of which nobody says where it is, answers null. Many take no more
// statements than few, however the point is given.
func TestProposalIsWithin(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		ada := b.steward()
		berlin := ada.make("SpatialThing", vars{"name": "Berlin", "lat": "52.52", "long": "13.405"})
		somewhere := ada.make("SpatialThing", vars{"name": "Somewhere"})
		near := ada.make("Proposal", vars{"name": "near", "purpose": "offer", "eligibleLocation": berlin})
		var others []string
		for _, place := range []any{nil, somewhere} {
			others = append(others, ada.make("Proposal", vars{"purpose": "offer", "eligibleLocation": place}))
		}
		const query = `query($id: ID!, $km: Decimal!) { proposal(id: $id) {
			given: isWithin(lat: "48.8566", long: "2.3522", kilometres: $km) there: isWithin(lat: 52.52, long: 13.405, kilometres: 0) far: isWithin(lat: -52.52, long: -166.595, kilometres: 20015) } }`
		for km, want := range map[string]bool{"878": true, "877": false} {
			r := ada.ask(query, vars{"id": near, "km": km}).good()
			if r.at("proposal.given") != want || r.at("proposal.there") != true || r.at("proposal.far") != false {
				t.Errorf("within %s km: %v", km, r.Data)
			}
		}
		for _, id := range others {
			if r := ada.ask(query, vars{"id": id, "km": "878"}).good(); r.at("proposal.given") != nil || r.at("proposal.there") != nil {
				t.Errorf("without coordinates: %v", r.Data)
			}
			ada.ask(query, vars{"id": id, "km": "-1"}).refused("OUT_OF_RANGE")
		}
		ada.ask(`query($id: ID!) { proposal(id: $id) { isWithin(lat: "91", long: "0", kilometres: "1") } }`, vars{"id": near}).refused("OUT_OF_RANGE")
		for i := range 8 {
			place := ada.make("SpatialThing", vars{"name": fmt.Sprint("place ", i), "lat": fmt.Sprint(40 + i), "long": "0"})
			ada.make("Proposal", vars{"purpose": "offer", "eligibleLocation": place})
		}
		const page = `query($n: Int) { proposals(first: $n) { edges { node { isWithin(lat: "45", long: "0", kilometres: "500") } } } }`
		if few, many := b.statements(ada, page, 2), b.statements(ada, page, 12); few != many {
			t.Errorf("%d statements for 2 proposals, %d for 12", few, many)
		}
	})
}
