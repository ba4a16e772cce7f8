package node

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"disconode/valueflows"
)

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
