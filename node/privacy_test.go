package node

import (
	"strings"
	"testing"

	"disconode/valueflows"
)

// Who withdrew consent, or was erased, is named to no later sister.
func TestSharingConsentWithdrawn(t *testing.T) {
	for _, how := range []string{"withdrawn", "erased"} {
		t.Run(how, func(t *testing.T) {
			eachSisters(t, func(t *testing.T, s *sisters) {
				f := s.farms
				zora := f.person("Zora Neale")
				s.must(f.node.ShareName(AsOperator(t.Context(), f.lab), zora, true))
				f.record(valueflows.EconomicEvent{Action: "work", Provider: zora, Receiver: f.lab, ResourceConformsTo: f.specification("Field work"), EffortQuantity: hours("2"), HasPointInTime: day("2026-05-02T10:00:00Z")})
				s.ask()
				s.agree()
				s.deliver()
				if how == "withdrawn" {
					s.must(f.node.ShareName(AsOperator(t.Context(), f.lab), zora, false))
				} else {
					s.must(Delete[valueflows.Agent](f.ctx, f.node, zora))
				}
				told := s.deliver()
				if len(told) == 0 {
					t.Error("the follower is not told")
				}
				if strings.Contains(s.told(f), "Zora") {
					t.Error("the log, which the next sister is given from its beginning, names her")
				}
			})
		})
	}
}

// A member of another LAB of the node is not named by what that LAB's
// specification is called.
func TestSharingNamesOfOtherLabs(t *testing.T) {
	eachSisters(t, func(t *testing.T, s *sisters) {
		g := s.beside(s.farms, "The Grocery", "grocery", "Gil Scott")
		kind := g.specification("Salve of Gil Scott")
		s.work(s.farms, kind)
		s.ask()
		s.agree()
		if told := strings.Join(s.deliver(), "\n"); strings.Contains(told, "Gil Scott") {
			t.Error("Gil Scott, who did not agree, is named")
		}
	})
}

// What a person of the second LAB decides is told, too.
func TestSharingDueOfSecondLab(t *testing.T) {
	eachSisters(t, func(t *testing.T, s *sisters) {
		f := s.farms
		g := s.beside(f, "The Grocery", "grocery", "Gil")
		for _, b := range []*books{f, g} {
			who := b.person("Zora Neale")
			s.must(b.node.ShareName(AsOperator(t.Context(), b.lab), who, true))
			b.record(valueflows.EconomicEvent{Action: "work", Provider: who, Receiver: b.lab, ResourceConformsTo: b.specification("Work"), EffortQuantity: hours("2"), HasPointInTime: day("2026-05-02T10:00:00Z")})
			if b == g {
				s.befriend(f, farmsActor)
				s.befriend(g, "https://books.example/labs/grocery")
				_, err := f.node.Publish(t.Context())
				s.must(err)
				s.must(b.node.ShareName(AsOperator(t.Context(), b.lab), who, false))
			}
		}
		for range 3 {
			_, err := f.node.Publish(t.Context())
			s.must(err)
		}
		if !strings.Contains(s.told(g), `"Update"`) {
			t.Error("the second LAB's follower is not told that the consent is withdrawn")
		}
		if told, err := f.node.Publish(t.Context()); told || err != nil {
			t.Errorf("with nothing to tell, Publish writes again and again: %v, %v", told, err)
		}
	})
}

// Nobody's unsigned request has the IRI of a person told to the sisters.
func TestSharingKnockUnmasks(t *testing.T) {
	eachSisters(t, func(t *testing.T, s *sisters) {
		f := s.farms
		const amos = "https://social.example/users/amos-the-patient"
		id, err := f.node.Ref(f.ctx, amos)
		s.must(err)
		s.ask()
		s.agree()
		_ = f.node.Ask(t.Context(), Knock{Lab: f.lab, Actor: amos, Follow: amos + "/f", Proof: "nobody signed it"})
		f.record(valueflows.EconomicEvent{Action: "work", Provider: id, Receiver: f.lab, ResourceConformsTo: f.specification("Work"), EffortQuantity: hours("2"), HasPointInTime: day("2026-05-02T10:00:00Z"), Note: "private"})
		if told := strings.Join(s.deliver(), "\n"); strings.Contains(told, "amos-the-patient") || strings.Contains(told, "private") {
			t.Error("told by name, with its note")
		}
	})
}

// Another LAB of the node, which does not follow the sister, does not read the name
// of a person that it names by the IRI; and the sister can have the person forgotten.
func TestSharingErasedByItsLab(t *testing.T) {
	eachSisters(t, func(t *testing.T, s *sisters) {
		f, h := s.farms, s.hub
		zora := f.person("Zora Neale")
		s.must(f.node.ShareName(AsOperator(t.Context(), f.lab), zora, true))
		f.record(valueflows.EconomicEvent{Action: "work", Provider: zora, Receiver: f.lab, ResourceConformsTo: f.specification("Field work"), EffortQuantity: hours("2"), HasPointInTime: day("2026-05-02T10:00:00Z")})
		s.ask()
		s.agree()
		s.deliver()
		list, err := List[valueflows.EconomicEvent](h.ctx, h.node, Filter{}, Page{First: 50})
		s.must(err)
		who, err := Get[valueflows.Agent](h.ctx, h.node, list.Nodes[0].Provider)
		s.must(err)
		// Another LAB of the hub's node, which does not follow the farms, names the person by the IRI.
		g := s.beside(h, "The Mill", "mill", "Mo")
		id, err := h.node.Ref(g.ctx, who.IRI)
		s.must(err)
		g.record(valueflows.EconomicEvent{Action: "work", Provider: id, Receiver: g.lab, ResourceConformsTo: g.specification("Milling"), EffortQuantity: hours("2"), HasPointInTime: day("2026-05-02T10:00:00Z")})
		if seen, err := Get[valueflows.Agent](g.ctx, g.node, id); err != nil || strings.Contains(seen.Name, "Zora") {
			t.Errorf("a LAB that does not follow the farms reads %q, %v", seen.Name, err)
		}
		body := `{"id":"` + who.IRI + `","type":"Tombstone"}`
		if err := h.node.Receive(t.Context(), Activity{Lab: h.lab, Actor: farmsActor, IRI: "https://books.example/gone", Kind: "Delete", ObjectIRI: who.IRI, Object: []byte(body), Raw: []byte(body)}); err != nil {
			t.Errorf("the farms have her forgotten: %v", err)
		}
	})
}

// Neither classifications nor notes of organizations nor parts of names name anybody.
func TestSharingClassifications(t *testing.T) {
	eachSisters(t, func(t *testing.T, s *sisters) {
		f := s.farms
		f.person("Amos Tutuola")
		shop, err := Create(f.ctx, f.node, &valueflows.Agent{Kind: valueflows.ClassOrganization, Name: "The shop", Note: "slow payer", ClassifiedAs: []valueflows.URI{"urn:x:Amos Tutuola"}})
		s.must(err)
		f.record(valueflows.EconomicEvent{Action: "work", Provider: shop.ID, Receiver: f.lab, ResourceConformsTo: f.specification("Work"), ResourceClassifiedAs: []valueflows.URI{"urn:x:by-amos tutuola"},
			EffortQuantity: hours("2"), HasPointInTime: day("2026-05-02T10:00:00Z"), Note: "Tutuola was late; Amos  Tutuola's tooth"})
		s.ask()
		s.agree()
		told := strings.Join(s.deliver(), "\n")
		for _, secret := range []string{"x:Amos", "by-amos", "Tutuola was", "slow payer"} {
			if strings.Contains(told, secret) {
				t.Errorf("%q was told", secret)
			}
		}
	})
}

// An agent of which only the IRI is known is told by a pseudonym.
func TestSharingNoKnockControl(t *testing.T) {
	eachSisters(t, func(t *testing.T, s *sisters) {
		f := s.farms
		id, err := f.node.Ref(f.ctx, "https://social.example/users/amos-the-patient")
		s.must(err)
		s.ask()
		s.agree()
		f.record(valueflows.EconomicEvent{Action: "work", Provider: id, Receiver: f.lab, ResourceConformsTo: f.specification("Work"), EffortQuantity: hours("2"), HasPointInTime: day("2026-05-02T10:00:00Z"), Note: "private"})
		if told := strings.Join(s.deliver(), "\n"); strings.Contains(told, "amos-the-patient") || strings.Contains(told, "private") {
			t.Error("told by name, with its note")
		}
	})
}
