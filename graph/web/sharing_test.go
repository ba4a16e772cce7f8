package web

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"

	"disconode/node"
)

const vermont = "https://vermont.example/labs/cooperation-vermont"

// A sister LAB asks, a steward approves, what is recorded goes out, and where
// sending fails the page says why and when it is tried again.
func TestSharingWithASister(t *testing.T) {
	onEach(t, func(t *testing.T, b *books) {
		ada := b.signedIn("Ada", node.Steward)
		ada.get("/sharing").good().says("None yet.", "Nothing yet.", "Ours is "+booksAddress+"/labs/farms")
		if err := b.node.Ask(t.Context(), node.Knock{Lab: b.lab, Actor: vermont, Follow: vermont + "/follows/1"}); err != nil {
			t.Fatal(err)
		}
		page := ada.get("/sharing").good().says("Waiting for a steward’s word", vermont, "It asks to receive what we share.", "Asked on 6 May 2026, 15:00")
		ada.follow(ada.submit(page, "approve", nil)).says("Approved.", "It receives what we share.", "Under the sharing agreement “all”.")
		event := ada.record(vars{"action": "work", "provider": ada.who.User.String(), "receiver": b.lab.String(), "effortQuantity": hours("3")})
		if _, err := b.node.Publish(t.Context()); err != nil {
			t.Fatal(err)
		}
		ada.get("/sharing").good().says("Shared under the agreement “all”, the newest first", "Something that happened")
		if !strings.Contains(ada.get("/sharing").body, `href="/vf/EconomicEvent/`+event+`"`) {
			t.Error("what went out does not lead to its page")
		}
		sister, err := b.node.Peer(t.Context(), b.lab, vermont)
		if err != nil {
			t.Fatal(err)
		}
		if err := b.node.Looked(t.Context(), sister, "Cooperation Vermont", vermont+"/inbox", nil, false); err != nil {
			t.Fatal(err)
		}
		if err := b.node.Delivered(t.Context(), sister, 0, errors.New("vermont.example does not answer")); err != nil {
			t.Fatal(err)
		}
		page = ada.get("/sharing").good().says("Cooperation Vermont", "vermont.example does not answer", "0 sent", "waiting", "Next try: 6 May 2026, 15:")
		page = ada.follow(ada.submit(page, "reject", nil)).says("Turned away.", "was turned away")
		page = ada.follow(ada.submit(page, "block", nil)).says("Blocked.", "It is blocked")
		ada.follow(ada.submit(page, "unblock", nil)).says("No longer blocked.").silent("It is blocked")
	})
}

// A steward follows a sister LAB by its address; a mistake stands at the field.
func TestFollowingASister(t *testing.T) {
	b := onSQLite(t)
	ada := b.signedIn("Ada", node.Steward)
	for _, test := range []struct{ address, says string }{
		{"", "Write the address of the sister LAB"},
		{"cooperation vermont", "is not the address of a sister LAB"},
		{"javascript:alert(1)", "is not the address of a sister LAB"},
		{booksAddress + "/labs/farms", "is on this node"},
	} {
		s := ada.submit(ada.get("/sharing").good(), "follow", map[string]string{"actor": test.address})
		if s.status != http.StatusUnprocessableEntity {
			t.Errorf("%q: status %d", test.address, s.status)
		}
		found := ""
		for _, e := range s.parse().all("p") {
			if e.attr["id"] == "follow-error" {
				found = e.whole()
			}
		}
		if !strings.Contains(found, test.says) {
			t.Errorf("%q: the field says %q, want %q", test.address, found, test.says)
		}
	}
	page := ada.follow(ada.submit(ada.get("/sharing").good(), "follow", map[string]string{"actor": vermont})).says("Asked.", "We asked to receive what it shares; it has not answered yet.")
	ada.follow(ada.submit(page, "unfollow", nil)).says("Asked for no more.").silent("We asked to receive")
}

// Everyone says for themselves whether sister groups are told their name; which
// groups there are is not every member's to see, and only a steward decides.
func TestWhoSeesSharing(t *testing.T) {
	b := onSQLite(t)
	imani, beth := b.signedIn("Imani", node.Member), b.signedIn("Beth", node.Bookkeeper)
	page := imani.get("/sharing").good().says("Sister groups see a pseudonym in place of your name.", "for stewards, bookkeepers and auditors to see").silent("Follow a sister group", "What went out")
	page = imani.follow(imani.submit(page, "share-name", map[string]string{"share": "yes"})).says("From now on sister groups see your name", "Share a pseudonym instead")
	imani.follow(imani.submit(page, "share-name", map[string]string{"share": "no"})).says("From now on sister groups see a pseudonym")

	if err := b.node.Ask(t.Context(), node.Knock{Lab: b.lab, Actor: vermont, Follow: vermont + "/follows/1"}); err != nil {
		t.Fatal(err)
	}
	beth.get("/sharing").good().says(vermont, "It asks to receive what we share.").silent("Approve", "Follow a sister group")
	for _, m := range []*member{imani, beth} {
		for _, form := range []string{"approve", "reject", "block", "follow"} {
			s := m.post("/sharing", map[string][]string{"form": {form}, "actor": {vermont}})
			if s.status != http.StatusUnprocessableEntity {
				t.Errorf("%s: status %d", form, s.status)
			}
			s.says("your role in this LAB may not do this")
		}
	}
	peer, err := b.node.Peer(t.Context(), b.lab, vermont)
	if err != nil || peer.Follower != node.Requested || peer.Blocked || peer.Following != "" {
		t.Errorf("somebody decided: %+v, %v", peer, err)
	}
}

// What a sister LAB tells is not among ours: the journal shows it where it is
// asked for, says who told it, and offers no correction.
func TestClaimsOfASister(t *testing.T) {
	b := onSQLite(t)
	ada := b.signedIn("Ada", node.Steward)
	ada.follow(ada.submit(ada.get("/sharing").good(), "follow", map[string]string{"actor": vermont}))
	ada.record(vars{"action": "work", "provider": ada.who.User.String(), "receiver": b.lab.String(), "effortQuantity": hours("3"), "note": "ours"})
	b.tells(t, vermont, "theirs")
	ada.get("/journal").good().says("ours").silent("theirs")
	page := ada.get("/journal?origin=all").good().says("ours", "theirs", "Told by a sister group, "+vermont)
	ada.get("/journal?origin=" + vermont).good().says("theirs").silent("ours ")
	for _, a := range page.parse().all("a") {
		if strings.TrimSpace(a.whole()) == "Details" {
			ada.get(a.attr["href"]).good().says("it is not in our books").silent("Correct this")
			break
		}
	}
	ada.get("/").good().says("Week 3 hours 3 hours")
}

// tells has a sister LAB that was asked for what it shares grant that, and tell
// of an hour's work.
func (b *books) tells(t *testing.T, actor, note string) {
	t.Helper()
	sister, err := b.node.Peer(t.Context(), b.lab, actor)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.node.Looked(t.Context(), sister, "Cooperation Vermont", actor+"/inbox", nil, false); err != nil {
		t.Fatal(err)
	}
	outbox, err := b.node.Outbox(t.Context())
	if err != nil || len(outbox) != 1 || outbox[0].Kind != "Follow" {
		t.Fatalf("what waits to be sent: %v, %v", outbox, err)
	}
	var follow struct{ ID string }
	if err := json.Unmarshal(outbox[0].Body, &follow); err != nil {
		t.Fatal(err)
	}
	event := "https://vermont.example/vf/EconomicEvent/01890000-0000-7000-8000-000000000001"
	object, err := json.Marshal(map[string]any{
		"id": event, "type": []string{"Object", "EconomicEvent"}, "action": "work", "provider": actor, "receiver": actor, "note": note,
		"hasPointInTime": "2026-05-04T10:00:00-04:00", "effortQuantity": map[string]any{"hasUnit": "http://www.ontology-of-units-of-measure.org/resource/om-2/hour", "hasNumericalValue": "1"},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range []node.Activity{
		{Lab: b.lab, Actor: actor, IRI: actor + "/accepts/1", Kind: "Accept", ObjectIRI: follow.ID, Raw: []byte("{}")},
		{Lab: b.lab, Actor: actor, IRI: actor + "/creates/1", Kind: "Create", ObjectIRI: event, Object: object, Raw: object},
	} {
		if err := b.node.Receive(t.Context(), a); err != nil {
			t.Fatalf("%s: %v", a.Kind, err)
		}
	}
}
