package node

import (
	"encoding/json"
	"errors"
	"strconv"
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

// Between sisters that follow each other, what came while one did not follow comes
// again when it follows again.
func TestSharingTakenUnasked(t *testing.T) {
	eachSisters(t, func(t *testing.T, s *sisters) {
		f, h := s.farms, s.hub
		s.ask()
		s.agree()
		// The farms follow the hub, too, which agrees.
		s.must(h.node.Ask(t.Context(), Knock{Lab: h.lab, Actor: farmsActor, Follow: "https://books.example/f", Proof: "signed"}))
		_, err := h.node.ApprovePeer(h.ctx, farmsActor, AudienceAll)
		s.must(err)
		_, err = h.node.UnfollowPeer(h.ctx, farmsActor)
		s.must(err)
		s.work(f, f.specification("Field work")) // on its way before the Undo is there
		s.deliver()
		_, err = h.node.FollowPeer(h.ctx, farmsActor)
		s.must(err)
		var follow string
		all, err := h.node.Outbox(t.Context())
		s.must(err)
		for _, m := range all {
			var a map[string]any
			s.must(json.Unmarshal(m.Body, &a))
			if m.Kind == "Follow" {
				follow = a["id"].(string)
			}
		}
		s.must(f.node.Ask(t.Context(), Knock{Lab: f.lab, Actor: hubActor, Follow: follow})) // its key is known by now
		s.outgoing(f, "Accept")
		s.must(h.node.Receive(t.Context(), Activity{Lab: h.lab, Actor: farmsActor, IRI: "https://books.example/acc2", Kind: "Accept", ObjectIRI: follow, Raw: []byte("{}")}))
		s.deliver()
		list, err := List[valueflows.EconomicEvent](h.ctx, h.node, Filter{}, Page{First: 50})
		if err != nil || len(list.Nodes) != 1 {
			t.Errorf("%d events, want the farms' one: %v", len(list.Nodes), err)
		}
	})
}

// A request that its sender did not sign cannot be approved, however often.
func TestSharingFailedThenApproved(t *testing.T) {
	eachSisters(t, func(t *testing.T, s *sisters) {
		f := s.farms
		s.must(f.node.Ask(t.Context(), Knock{Lab: f.lab, Actor: hubActor, Follow: hubActor + "/forged", Proof: "forged"}))
		_, err := f.node.ApprovePeer(f.ctx, hubActor, AudienceAll)
		s.must(err)
		unseen, err := f.node.Unseen(t.Context())
		s.must(err)
		s.must(f.node.Looked(t.Context(), unseen[0], "", "", errors.New("not signed by it"), true))
		p, err := f.node.ApprovePeer(f.ctx, hubActor, AudienceAll)
		if err == nil {
			t.Errorf("it never asked, and is %s", p.Follower)
		}
	})
}

// Who is blocked and unblocked can ask again.
func TestSharingUnblockedAsks(t *testing.T) {
	eachSisters(t, func(t *testing.T, s *sisters) {
		f := s.farms
		knock := Knock{Lab: f.lab, Actor: hubActor, Follow: hubActor + "/f", Proof: "signed"}
		s.must(f.node.Ask(t.Context(), knock))
		_, err := f.node.BlockPeer(f.ctx, hubActor)
		s.must(err)
		_, err = f.node.UnblockPeer(f.ctx, hubActor)
		s.must(err)
		s.must(f.node.Ask(t.Context(), knock))
		if p, err := f.node.Peer(t.Context(), f.lab, hubActor); err != nil || p.Follower != Requested {
			t.Errorf("it is %s, %v", p.Follower, err)
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

// A delivery that is under way does not move the cursor that a new request to
// follow has set back; and who took its request back is given nothing more.
func TestSharingBeginsAnewWithANewRequest(t *testing.T) {
	eachSisters(t, func(t *testing.T, s *sisters) {
		f := s.farms
		s.ask()
		s.agree()
		s.work(f, f.specification("Field work"))
		_, err := f.node.Publish(t.Context())
		s.must(err)
		behind, err := f.node.Behind(t.Context())
		s.must(err)
		if len(behind) != 1 {
			t.Fatalf("%d peers are behind", len(behind))
		}
		s.must(f.node.Ask(t.Context(), Knock{Lab: f.lab, Actor: hubActor, Follow: hubActor + "/follows/2"}))
		if err := f.node.Delivering(t.Context(), behind[0], 3); !errors.Is(err, ErrForbidden) {
			t.Errorf("the delivery goes on: %v", err)
		}
		s.must(f.node.Delivered(t.Context(), behind[0], 3, nil))
		peer, err := f.node.Peer(t.Context(), f.lab, hubActor)
		s.must(err)
		if peer.Delivery.Sent != 0 {
			t.Errorf("it counts as having taken %d", peer.Delivery.Sent)
		}
		s.must(f.node.Receive(t.Context(), Activity{Lab: f.lab, Actor: hubActor, IRI: hubActor + "/undo", Kind: "Undo", ObjectIRI: hubActor + "/follows/2", Raw: []byte("{}")}))
		var input *valueflows.InputError
		if _, err := f.node.ApprovePeer(f.ctx, hubActor, AudienceAll); !errors.As(err, &input) || input.Code != "NOT_ASKED" {
			t.Errorf("approved though it took its request back: %v", err)
		}
	})
}

// What a sister refuses for good is kept for the stewards, and so is what they
// refused of hers.
func TestSharingKeepsRefusals(t *testing.T) {
	eachSisters(t, func(t *testing.T, s *sisters) {
		s.ask()
		s.agree()
		peer, err := s.farms.node.Peer(t.Context(), s.farms.lab, hubActor)
		s.must(err)
		s.must(s.farms.node.NotTaken(t.Context(), peer, "https://books.example/vf/EconomicEvent/1", errors.New("it answered 400 Bad Request")))
		event := func(hours string) error {
			object := `{"id":"https://books.example/vf/EconomicEvent/1","type":["Object","EconomicEvent"],"action":"work","effortQuantity":{"hasUnit":"hour","hasNumericalValue":"` + hours + `"}}`
			return s.hub.node.Receive(t.Context(), Activity{Lab: s.hub.lab, Actor: farmsActor, IRI: "https://books.example/a/" + hours, Kind: "Create",
				ObjectIRI: "https://books.example/vf/EconomicEvent/1", Object: []byte(object), Raw: []byte(object)})
		}
		s.must(event("1"))
		if err := event("2"); !errors.Is(err, ErrRewrites) {
			t.Errorf("SECURITY.md F24: %v", err)
		}
		for _, side := range []struct {
			books  *books
			reason string
		}{{s.farms, "400 Bad Request"}, {s.hub, ErrRewrites.Error()}} {
			all, err := side.books.node.Refusals(side.books.ctx)
			s.must(err)
			if len(all) != 1 || !strings.Contains(all[0].Reason, side.reason) || all[0].Object != "https://books.example/vf/EconomicEvent/1" {
				t.Errorf("kept: %+v", all)
			}
		}
	})
}
