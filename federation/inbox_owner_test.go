package federation

import (
	"crypto/rsa"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"disconode/node"
	"disconode/valueflows"
)

// SECURITY.md F11, F12, F13: the key that signs is the actor's own, which the
// actor lists.
func TestF11F12F13TheKeyIsTheActors(t *testing.T) {
	eachDoor(t, func(t *testing.T, d *door) {
		s := d.newSister().followed()
		beside := d.sisterAt(s.peer, "/labs/beside", testKeys[1]()) // another actor of the same host
		elsewhere := d.sisterAt(newPeer(t), "/labs/other", testKeys[1]())
		s.shows("/keys/of-beside", activityType, fmt.Sprintf(`{"id": "HERE/keys/of-beside", "owner": "HERE/labs/beside", "publicKeyPem": %q}`, pemOf(t, &testKeys[1]().PublicKey)))
		s.shows("/keys/unlisted", activityType, fmt.Sprintf(`{"id": "HERE/keys/unlisted", "owner": "HERE/labs/shop", "publicKeyPem": %q}`, pemOf(t, &testKeys[1]().PublicKey)))
		s.shows("/keys/named-otherwise", activityType, fmt.Sprintf(`{"id": "HERE/keys/another", "owner": "HERE/labs/shop", "publicKeyPem": %q}`, pemOf(t, &testKeys[1]().PublicKey)))
		s.answers("/keys/moved", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/labs/shop", http.StatusFound)
		})
		for _, c := range []struct {
			name, key string
			private   *rsa.PrivateKey
			code      int
			why       reason
		}{
			{"F11 another actor's key, same host", beside.actor + mainKey, beside.key, 403, keyOwner},
			{"F11 another actor's key, other host", elsewhere.actor + mainKey, elsewhere.key, 403, keyOwner},
			{"F12 a key of another owner", s.URL + "/keys/of-beside", beside.key, 403, keyListed},
			{"F12 a key that its owner does not list", s.URL + "/keys/unlisted", beside.key, 403, keyListed},
			{"F13 a key under another id", s.URL + "/keys/named-otherwise", beside.key, 403, documentID},
			{"F13 a key behind a redirect", s.URL + "/keys/moved", s.key, 403, redirectRefused},
		} {
			d.unchanged(c.name, func() {
				body, err := json.Marshal(s.activity("Create", s.event("e", "1")))
				d.must(err)
				code, why := d.answer(d.signed(&signer{KeyID: c.key, Key: c.private}, "POST", "/labs/farms/inbox", string(body)))
				if code != c.code || why != c.why {
					t.Errorf("%s: %d %s, want %d %s", c.name, code, why, c.code, c.why)
				}
			})
		}
		if elsewhere.hits() != 0 {
			t.Errorf("the other host was asked %d times", elsewhere.hits())
		}
	})
}

// SECURITY.md F15, F16, F19: what is said is the sender's to say.
func TestF15F16F19WhatIsSaidIsTheSenders(t *testing.T) {
	eachDoor(t, func(t *testing.T, d *door) {
		s := d.newSister().followed()
		beside := d.sisterAt(s.peer, "/labs/beside", testKeys[1]())
		beside.followed()
		if code, why := s.post(s.activity("Create", s.event("e", "1"))); code != 202 {
			t.Fatalf("a Create got %d %s", code, why)
		}
		theirs := s.URL + "/vf/EconomicEvent/e"
		kept := s.event("specification", "1")
		kept["type"], kept["name"] = []any{"Object", "ResourceSpecification"}, "Collards"
		if code, why := s.post(s.activity("Create", kept)); code != 202 {
			t.Fatalf("a Create got %d %s", code, why)
		}
		asked := s.last("Follow")["id"]
		with := func(object map[string]any, changes ...any) map[string]any {
			for i := 0; i < len(changes); i += 2 {
				object[changes[i].(string)] = changes[i+1]
			}
			return object
		}
		for _, c := range []struct {
			name     string
			by       *sister
			activity map[string]any
			code     int
			why      reason
		}{
			{"F15 an id on another origin", s, with(s.activity("Create", s.event("f", "1")), "id", "https://elsewhere.example/x/1"), 403, activityOrigin},
			{"F15 an id on another port", s, with(s.activity("Create", s.event("f", "1")), "id", "http://127.0.0.1:1/x/1"), 403, activityOrigin},
			{"F16 an object of another origin", s, s.activity("Create", with(s.event("f", "1"), "id", "https://elsewhere.example/e/1")), 403, objectOrigin},
			{"F16 an object of ours", s, s.activity("Create", with(s.event("f", "1"), "id", d.base+"/vf/EconomicEvent/1")), 403, objectOrigin},
			{"F16 an object of another owner", s, s.activity("Create", with(s.event("f", "1"), "attributedTo", "https://elsewhere.example/labs/x")), 403, objectOwner},
			{"F16 an object without an id", s, s.activity("Create", with(s.event("f", "1"), "id", nil)), 400, objectForm},
			{"F16 another's object, announced", s, s.activity("Announce", with(s.event("f", "1"), "id", "https://elsewhere.example/e/1")), 403, objectOrigin},
			{"F19 an Update of another host's", s, s.activity("Update", with(s.event("f", "1"), "id", "https://elsewhere.example/e/1")), 403, objectOrigin},
			{"F19 a Delete of another host's", s, s.activity("Delete", "https://elsewhere.example/e/1"), 403, objectOrigin},
			{"F19 an Undo of another host's", s, s.activity("Undo", map[string]any{"id": "https://elsewhere.example/f/1", "type": "Follow", "actor": s.actor}), 403, objectOrigin},
			{"F19 an Undo of what another did", s, s.activity("Undo", map[string]any{"id": s.URL + "/f/1", "type": "Follow", "actor": beside.actor}), 403, objectOwner},
			{"F19 an Update by another of the same host", beside, beside.activity("Update", with(s.event("e", "5"), "attributedTo", beside.actor)), 403, objectOwner},
			{"F19 a Delete by another of the same host", beside, beside.activity("Delete", theirs), 403, objectOwner},
			{"F19 a Delete of a specification by another of the same host", beside, beside.activity("Delete", kept["id"]), 403, objectOwner},
			{"F19 an Add to another host's", s, with(s.activity("Add", s.actor), "target", "https://elsewhere.example/c/1"), 403, objectOrigin},
			{"F19 an Add to what is another's of the same host", beside, with(beside.activity("Add", beside.actor), "target", s.actor+"/followers"), 403, objectOwner},
			{"F19 a Remove from ours", s, with(s.activity("Remove", s.actor), "target", d.base+"/labs/farms/followers"), 403, objectOrigin},
			{"F19 an Accept by another of the same host", beside, beside.activity("Accept", asked), 403, neverAsked},
			{"F19 a Reject by another of the same host", beside, beside.activity("Reject", asked), 403, neverAsked},
			{"F25 an Accept of what was never asked", s, s.activity("Accept", d.base+"/labs/farms/messages/0"), 403, neverAsked},
			{"F25 an Accept of another node's request", s, s.activity("Accept", "https://elsewhere.example/f/1"), 403, objectOrigin},
		} {
			d.unchanged(c.name, func() {
				if code, why := c.by.post(c.activity); code != c.code || why != c.why {
					t.Errorf("%s: %d %s, want %d %s", c.name, code, why, c.code, c.why)
				}
			})
		}
	})
}

// SECURITY.md F21, F24: what a peer says of our agents and our stock is its
// claim: it is shown as that, and changes nothing of ours. It is said once.
func TestF21F24ForgedEvents(t *testing.T) {
	eachDoor(t, func(t *testing.T, d *door) {
		s := d.newSister().followed()
		kind, err := node.Create(d.ctx, d.node, &valueflows.ResourceSpecification{Name: "Collards"})
		d.must(err)
		stock := &valueflows.EconomicResource{Name: "Collards", Record: valueflows.Record{}, ConformsTo: kind.ID}
		day, err := valueflows.ParseTime("2026-05-01T12:00:00Z", time.UTC)
		d.must(err)
		_, ours, err := d.node.RecordEvent(d.ctx, &valueflows.EconomicEvent{
			Action: "raise", Provider: d.lab, Receiver: d.lab, HasPointInTime: &day,
			ResourceQuantity: &valueflows.Measure{HasNumericalValue: valueflows.MustDecimal("10"), HasUnit: valueflows.OMUnitID("kilogram")},
		}, stock)
		d.must(err)
		forged := s.event("forged", "7")
		forged["action"], forged["provider"], forged["receiver"] = "transfer", d.base+"/labs/farms", s.actor
		forged["resourceInventoriedAs"] = d.node.IRI(&ours.Record, valueflows.ClassEconomicResource)
		if code, why := s.post(s.activity("Create", forged)); code != 202 {
			t.Fatalf("the claim got %d %s", code, why)
		}
		now, err := node.Get[valueflows.EconomicResource](d.ctx, d.node, ours.ID)
		d.must(err)
		if got := now.OnhandQuantity.HasNumericalValue.String(); got != "10" {
			t.Errorf("our stock is %s, want 10", got)
		}
		claims := 0
		for _, e := range d.events() {
			if e.Books == valueflows.IDOf(s.actor) {
				claims++
			} else if e.Books != d.lab {
				t.Errorf("an event is in the books %s", e.Books)
			}
		}
		if claims != 1 {
			t.Errorf("%d claims are shown, want 1", claims)
		}
		d.unchanged("F24", func() {
			forged["resourceQuantity"] = map[string]any{"hasUnit": "kilogram", "hasNumericalValue": "8"}
			for _, kind := range []string{"Create", "Update"} {
				if code, why := s.post(s.activity(kind, forged)); code != 409 || why != objectRewritten {
					t.Errorf("a %s of the same event with another quantity: %d %s", kind, code, why)
				}
			}
			if code, why := s.post(s.activity("Delete", forged["id"])); code != 409 || why != objectRewritten {
				t.Errorf("a Delete of an event: %d %s", code, why)
			}
		})
	})
}

// SECURITY.md F25: nothing is shared before the steward approves, and nothing is
// approved by itself.
func TestF25NothingBeforeApproval(t *testing.T) {
	eachDoor(t, func(t *testing.T, d *door) {
		s := d.newSister()
		for range 3 { // asking again does not approve either
			if code, why := s.post(s.follow()); code != 202 {
				t.Fatalf("the Follow got %d %s", code, why)
			}
		}
		record(t, d, "1")
		d.work()
		if got := s.kinds(); len(got) != 0 {
			t.Errorf("it was sent %v", got)
		}
		_, err := d.node.RejectPeer(d.ctx, s.actor)
		d.must(err)
		d.work()
		if p := d.peerOf(s.actor); p.Follower != node.Rejected || s.hits() != 0 {
			t.Errorf("it is %s, and was asked %d times", p.Follower, s.hits())
		}
	})
}

// SECURITY.md F30: a body past the cap is refused, and one that says so unread.
func TestF30LargeBodies(t *testing.T) {
	d := newDoor(t, "", "https://us.example")
	s := d.newSister().followed()
	d.unchanged("large", func() {
		large := s.activity("Create", s.event("e", "1"))
		large["content"] = strings.Repeat("x", requestBytesMax)
		if code, why := s.post(large); code != 413 || why != bodyLarge {
			t.Errorf("1 MiB and more: %d %s", code, why)
		}
		body, err := json.Marshal(large)
		d.must(err)
		r := onceMore(s.request("/labs/farms/inbox", large), body)
		r.ContentLength = -1
		if code, why := d.answer(r); code != 413 || why != bodyLarge {
			t.Errorf("of no stated length: %d %s", code, why)
		}
		many := s.activity("Create", s.event("e", "1"))
		many["tag"] = make([]map[string]any, jsonListMax+1)
		if code, why := s.post(many); code != 400 || why != jsonLarge {
			t.Errorf("many tags: %d %s", code, why)
		}
	})
}
