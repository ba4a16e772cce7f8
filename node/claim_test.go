package node

import (
	"strconv"
	"testing"

	"disconode/valueflows"
)

// A stream that there is not is none.
func TestSharingStreamOfAClaim(t *testing.T) {
	eachSisters(t, func(t *testing.T, s *sisters) {
		h := s.hub
		s.ask()
		s.agree()
		object := `{"id":"https://books.example/vf/EconomicEvent/1","type":["Object","EconomicEvent"],"action":"work","stream":"nonsense"}`
		s.must(h.node.Receive(t.Context(), Activity{Lab: h.lab, Actor: farmsActor, IRI: "https://books.example/a/1", Kind: "Create",
			ObjectIRI: "https://books.example/vf/EconomicEvent/1", Object: []byte(object), Raw: []byte(object)}))
		list, err := List[valueflows.EconomicEvent](h.ctx, h.node, Filter{}, Page{First: 50})
		s.must(err)
		if len(list.Nodes) != 1 || list.Nodes[0].Stream != "" {
			t.Errorf("stream %q", list.Nodes[0].Stream)
		}
	})
}

// A sister does not hold on to our records by naming them.
func TestSharingClaimHoldsOurs(t *testing.T) {
	eachSisters(t, func(t *testing.T, s *sisters) {
		h := s.hub
		s.ask()
		s.agree()
		kind := h.specification("A mistake")
		object := `{"id":"https://books.example/vf/EconomicEvent/1","type":["Object","EconomicEvent"],"action":"work","resourceConformsTo":"https://vermont.example/vf/ResourceSpecification/` + kind.String() + `"}`
		s.must(h.node.Receive(t.Context(), Activity{Lab: h.lab, Actor: farmsActor, IRI: "https://books.example/a/1", Kind: "Create",
			ObjectIRI: "https://books.example/vf/EconomicEvent/1", Object: []byte(object), Raw: []byte(object)}))
		if err := Delete[valueflows.ResourceSpecification](h.ctx, h.node, kind); err != nil {
			t.Errorf("we delete it: %v", err)
		}
	})
}

// What we combine changes nothing of what a sister says of its resource.
func TestSharingCombinedClaim(t *testing.T) {
	eachSisters(t, func(t *testing.T, s *sisters) {
		h := s.hub
		s.ask()
		s.agree()
		const iri = "https://books.example/vf/EconomicResource/1"
		object := `{"id":"` + iri + `","type":["Object","EconomicResource"],"name":"Theirs"}`
		s.must(h.node.Receive(t.Context(), Activity{Lab: h.lab, Actor: farmsActor, IRI: "https://books.example/a/1", Kind: "Create", ObjectIRI: iri, Object: []byte(object), Raw: []byte(object)}))
		process, kind := h.process("Packing"), h.specification("Box")
		at := day("2026-05-02T10:00:00Z")
		h.record(valueflows.EconomicEvent{Action: "combine", Provider: h.lab, Receiver: h.lab, InputOf: process, ResourceInventoriedAs: valueflows.IDOf(iri), ResourceQuantity: kg("1"), HasPointInTime: at})
		h.recordNew(valueflows.EconomicEvent{Action: "produce", Provider: h.lab, Receiver: h.lab, OutputOf: process, ResourceQuantity: kg("1"), HasPointInTime: at}, valueflows.EconomicResource{Name: "A box", ConformsTo: kind})
		r, err := Get[valueflows.EconomicResource](h.ctx, h.node, valueflows.IDOf(iri))
		s.must(err)
		if !r.ContainedIn.IsZero() {
			t.Error("the farms' resource is contained in ours")
		}
	})
}

// SECURITY.md F20: what is gone stays gone.
func TestSharingGoneStaysGone(t *testing.T) {
	eachSisters(t, func(t *testing.T, s *sisters) {
		h := s.hub
		s.ask()
		s.agree()
		const iri = "https://books.example/labs/farms/people/1"
		say := func(activity, kind, object string) {
			s.must(h.node.Receive(t.Context(), Activity{Lab: h.lab, Actor: farmsActor, IRI: "https://books.example/a/" + activity, Kind: kind, ObjectIRI: iri, Object: []byte(object), Raw: []byte(object)}))
		}
		say("1", "Create", `{"id":"`+iri+`","type":["Object","vf:Person"],"name":"Zora"}`)
		say("2", "Delete", `{"id":"`+iri+`","type":"Tombstone"}`)
		say("3", "Create", `{"id":"`+iri+`","type":["Object","vf:Person"],"name":"Zora"}`)
		if who, err := Get[valueflows.Agent](h.ctx, h.node, valueflows.IDOf(iri)); err == nil && who.Name == "Zora" {
			t.Error("who was forgotten is back")
		}
	})
}

// A page of what very many sister LABs say is read.
func TestSharingManyOrigins(t *testing.T) {
	eachSisters(t, func(t *testing.T, s *sisters) {
		h := s.hub
		s.must(h.node.write(h.ctx, func(w *session) error {
			for i := range 501 {
				row, err := w.peer(h.lab, "https://s"+hours(strconv.Itoa(i)).HasNumericalValue.String()+".example/labs/x")
				if err != nil {
					return err
				}
				row.Following = string(Approved)
				if err := w.tx.PutPeer(row); err != nil {
					return err
				}
			}
			w.touch()
			return nil
		}))
		if _, err := List[valueflows.EconomicEvent](h.ctx, h.node, Filter{}, Page{First: 10}); err != nil {
			t.Errorf("list: %v", err)
		}
	})
}
