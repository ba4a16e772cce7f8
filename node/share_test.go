package node

import (
	"strings"
	"testing"

	"disconode/valueflows"
)

// beside is a second LAB on the node of some books.
func (s *sisters) beside(on *books, name, slug, steward string) *books {
	s.t.Helper()
	lab, err := on.node.CreateLab(AsOperator(s.t.Context(), valueflows.ID{}), NewLab{Name: name, Slug: slug, Zone: "America/Chicago", Steward: steward})
	s.must(err)
	b := &books{t: s.t, node: on.node, dir: on.dir, dsn: on.dsn, lab: lab.ID}
	b.ctx, b.token = b.as(steward, Steward)
	return b
}

// befriend has the hub follow a LAB of the farms' node, which gives it all.
func (s *sisters) befriend(of *books, actor string) {
	s.t.Helper()
	_, err := s.hub.node.FollowPeer(s.hub.ctx, actor)
	s.must(err)
	s.seen(s.hub)
	follow := s.outgoing(s.hub, "Follow")["id"].(string)
	s.must(of.node.Ask(s.t.Context(), Knock{Lab: of.lab, Actor: hubActor, Follow: follow, Proof: "signed"}))
	_, err = of.node.ApprovePeer(of.ctx, hubActor, AudienceAll)
	s.must(err)
	s.seen(of)
	accept := s.outgoing(of, "Accept")
	s.must(s.hub.node.Receive(s.t.Context(), Activity{Lab: s.hub.lab, Actor: actor, IRI: accept["id"].(string), Kind: "Accept",
		ObjectIRI: accept["object"].(map[string]any)["id"].(string), Raw: []byte("accept")}))
}

// told are the bodies in the log of an audience.
func (s *sisters) told(of *books) string {
	s.t.Helper()
	given, err := of.node.Shared(of.ctx, AudienceAll, 0, 1000)
	s.must(err)
	var all []string
	for _, g := range given {
		all = append(all, string(g.Body))
	}
	return strings.Join(all, "\n")
}

func (s *sisters) work(b *books, kind valueflows.ID) *valueflows.EconomicEvent {
	return b.record(valueflows.EconomicEvent{Action: "work", Provider: b.lab, Receiver: b.lab, ResourceConformsTo: kind, EffortQuantity: hours("1"), HasPointInTime: day("2026-05-02T10:00:00Z")})
}

// A record that was changed and then deleted keeps nothing else from being told.
func TestSharingChangedAndDeleted(t *testing.T) {
	eachSisters(t, func(t *testing.T, s *sisters) {
		f := s.farms
		id := f.specification("Mistake")
		_, err := Update(f.ctx, f.node, id, func(r *valueflows.ResourceSpecification) error { r.Name = "Mistaken"; return nil })
		s.must(err)
		s.must(Delete[valueflows.ResourceSpecification](f.ctx, f.node, id))
		s.work(f, f.specification("Field work"))
		s.ask()
		s.agree()
		if _, err := f.node.Publish(t.Context()); err != nil {
			t.Errorf("publish: %v", err)
		}
	})
}

// A unit that a sister names and never tells keeps nothing from being told.
func TestSharingUnknownUnitOfAClaim(t *testing.T) {
	eachSisters(t, func(t *testing.T, s *sisters) {
		h := s.hub
		s.ask()
		s.agree()
		object := `{"id":"https://books.example/vf/ResourceSpecification/poison","type":["Object","ResourceSpecification"],"name":"Poison","defaultUnitOfEffort":"https://books.example/vf/Unit/none"}`
		s.must(h.node.Receive(t.Context(), Activity{Lab: h.lab, Actor: farmsActor, IRI: "https://books.example/a/1", Kind: "Create",
			ObjectIRI: "https://books.example/vf/ResourceSpecification/poison", Object: []byte(object), Raw: []byte(object)}))
		s.work(h, valueflows.IDOf("https://books.example/vf/ResourceSpecification/poison"))
		const third = "https://third.example/labs/x"
		s.must(h.node.Ask(t.Context(), Knock{Lab: h.lab, Actor: third, Follow: third + "/f", Proof: "signed"}))
		_, err := h.node.ApprovePeer(h.ctx, third, AudienceAll)
		s.must(err)
		if _, err := h.node.Publish(t.Context()); err != nil {
			t.Errorf("publish: %v", err)
		}
	})
}

// Two LABs of a node use one specification, and name each other; who follows both
// takes what both tell.
func TestSharingTwoLabsOfOneNode(t *testing.T) {
	eachSisters(t, func(t *testing.T, s *sisters) {
		f := s.farms
		g := s.beside(f, "The Grocery", "grocery", "Gil")
		kind := f.specification("Field work")
		s.work(f, kind)
		s.work(g, kind)
		f.record(valueflows.EconomicEvent{Action: "work", Provider: f.lab, Receiver: g.lab, ResourceConformsTo: kind, EffortQuantity: hours("1"), HasPointInTime: day("2026-05-02T10:00:00Z")})
		s.befriend(f, farmsActor)
		s.befriend(g, "https://books.example/labs/grocery")
		_, err := f.node.Publish(t.Context())
		s.must(err)
		for _, b := range []*books{f, g} {
			peers, err := b.node.Followers(t.Context(), b.lab)
			s.must(err)
			given, err := b.node.GivenAfter(t.Context(), peers[0], 0, 100)
			s.must(err)
			if len(given) == 0 {
				t.Error("nothing given")
			}
			for _, e := range given {
				if err := s.receive(e.Body); err != nil {
					t.Errorf("%s %s: %v", e.Kind, e.Object, err)
				}
			}
		}
	})
}
