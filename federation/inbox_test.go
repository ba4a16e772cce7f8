package federation

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"disconode/node"
	"disconode/valueflows"
)

// A stranger's Follow waits for the steward, unfetched. Approved, it is looked
// up, its signature checked, and it is told so.
func TestAFollowWaitsForTheSteward(t *testing.T) {
	eachDoor(t, func(t *testing.T, d *door) {
		s := d.newSister()
		follow := s.follow()
		if code, why := s.post(follow); code != http.StatusAccepted {
			t.Fatalf("the Follow got %d %s", code, why)
		}
		d.work()
		if p := d.peerOf(s.actor); p.Follower != node.Requested || s.hits() != 0 {
			t.Errorf("before the steward looked it is %q, and its node was asked %d times", p.Follower, s.hits())
		}
		_, err := d.node.ApprovePeer(d.ctx, s.actor, node.AudienceAll)
		d.must(err)
		d.work()
		if p := d.peerOf(s.actor); p.Follower != node.Approved || p.Name != "Freedom Farms" || p.Inbox != s.actor+"/inbox" || p.Error != "" {
			t.Errorf("then it is %+v", p)
		}
		if got := idOf(s.last("Accept")["object"]); got != follow["id"] {
			t.Errorf("our Accept is of %q, not of %q", got, follow["id"])
		}
	})
}

// A Follow that somebody else signed is found out when its sender is looked up:
// the approval was for another.
func TestAForgedFollowFails(t *testing.T) {
	eachDoor(t, func(t *testing.T, d *door) {
		s := d.newSister()
		forger := &sister{peer: s.peer, d: d, actor: s.actor, key: testKeys[1]()}
		if code, why := forger.post(s.follow()); code != http.StatusAccepted {
			t.Fatalf("the Follow got %d %s", code, why)
		}
		_, err := d.node.ApprovePeer(d.ctx, s.actor, node.AudienceAll)
		d.must(err)
		d.work()
		if p := d.peerOf(s.actor); p.Follower != node.Failed || p.Error == "" || p.Audience != "" {
			t.Errorf("the forged request is %+v", p)
		}
		if kinds := s.kinds(); len(kinds) > 0 {
			t.Errorf("the sister was sent %v", kinds)
		}
	})
}

// Other things that are not an activity for this inbox are refused with a reason.
func TestInboxForms(t *testing.T) {
	d := newDoor(t, "", "https://us.example")
	s := d.newSister().followed()
	for _, c := range []struct {
		name, body string
		code       int
		why        reason
	}{
		{"no JSON", "{", 400, jsonForm},
		{"a list", "[]", 400, jsonForm},
		{"a key twice", `{"id": "ACTOR/1", "id": "ACTOR/2"}`, 400, jsonTwice},
		{"no type", `{"id": "ACTOR/1", "actor": "ACTOR"}`, 400, activityUnknown},
		{"an unknown type", `{"id": "ACTOR/1", "type": "vf:Produce", "actor": "ACTOR"}`, 400, activityUnknown},
		{"two types", `{"id": "ACTOR/1", "type": ["Create", "Delete"], "actor": "ACTOR"}`, 400, activityForm},
		{"no id", `{"type": "Create", "actor": "ACTOR"}`, 400, activityForm},
		{"no actor", `{"id": "ACTOR/1", "type": "Create"}`, 400, activityForm},
		{"two actors", `{"id": "ACTOR/1", "type": "Create", "actor": ["ACTOR", "ACTOR"]}`, 400, activityForm},
		{"two objects", `{"id": "ACTOR/1", "type": "Create", "actor": "ACTOR", "object": ["ACTOR/2", "ACTOR/3"]}`, 400, activityForm},
		{"no object", `{"id": "ACTOR/1", "type": "Create", "actor": "ACTOR"}`, 400, objectForm},
		{"a strange recipient", `{"id": "ACTOR/1", "type": "Create", "actor": "ACTOR", "to": "nobody", "object": "ACTOR/2"}`, 400, activityForm},
		{"a context that redefines", `{"@context": {"actor": "https://x.example/actor"}, "id": "ACTOR/1", "type": "Create", "actor": "ACTOR", "object": "ACTOR/2"}`, 400, contextRedefines},
		{"an odd quantity", `{"id": "ACTOR/1", "type": "Create", "actor": "ACTOR", "object": {"id": "ACTOR/2", "type": "EconomicEvent", "action": "raise", "resourceQuantity": {"hasNumericalValue": "1e999999999"}}}`, 400, objectForm},
	} {
		d.unchanged(c.name, func() {
			if code, why := s.post(strings.ReplaceAll(c.body, "ACTOR", s.actor)); code != c.code || why != c.why {
				t.Errorf("%s: %d %s, want %d %s", c.name, code, why, c.code, c.why)
			}
		})
	}
	for _, c := range []struct {
		name   string
		change func(r *http.Request)
		code   int
		why    reason
	}{
		{"plain JSON", func(r *http.Request) { r.Header.Set("Content-Type", "application/json") }, 415, mediaType},
		{"another host", func(r *http.Request) { r.Host = "elsewhere.example" }, 421, hostOther},
		{"a LAB that is not", func(r *http.Request) { r.URL.Path = "/labs/other/inbox" }, 404, notShown},
		{"the node itself", func(r *http.Request) { r.URL.Path = "/actor/inbox" }, 403, notShown},
	} {
		r := s.request("/labs/farms/inbox", s.activity("Create", s.event("e", "1")))
		c.change(r)
		if code, why := d.answer(r); code != c.code || why != c.why {
			t.Errorf("%s: %d %s, want %d %s", c.name, code, why, c.code, c.why)
		}
	}
	counts := d.fed.Refused()
	if counts[string(mediaType)] != 1 || counts[string(activityForm)] < 5 || strings.Count(d.log.String(), "reason=media-type") != 1 {
		t.Errorf("refusals are counted as %v, and logged as %s", counts, d.log)
	}
}

// What has no effect here is kept and answered: the types of others, and those of
// Valueflows that are not known.
func TestOtherActivitiesAreKept(t *testing.T) {
	d := newDoor(t, "", "https://us.example")
	s := d.newSister().approved()
	for _, kind := range []string{"Like", "Announce", "Add", "Remove", "Block", "Offer", "Move", "View", "Create"} {
		if code, why := s.post(s.activity(kind, s.actor)); code != 202 {
			t.Errorf("a %s got %d %s", kind, code, why)
		}
	}
	note := map[string]any{"id": s.URL + "/n/1", "type": "Note", "attributedTo": s.actor, "content": "hello"}
	if code, why := s.post(s.activity("Create", note)); code != 202 {
		t.Errorf("a note got %d %s", code, why)
	}
	if got := len(d.events()); got != 0 {
		t.Errorf("%d events are shown, of one that nobody follows", got)
	}
	// It takes back its Follow, and hears no more.
	if code, why := s.post(s.activity("Undo", map[string]any{"id": idOf(s.last("Accept")["object"]), "type": "Follow", "actor": s.actor})); code != 202 {
		t.Errorf("an Undo got %d %s", code, why)
	}
	if p := d.peerOf(s.actor); p.Follower != "" {
		t.Errorf("it follows still: %s", p.Follower)
	}
}
func reasonIn(t testing.TB, body []byte) reason {
	t.Helper()
	var problem struct{ Reason reason }
	if err := json.Unmarshal(body, &problem); err != nil {
		t.Errorf("%v: %s", err, body)
	}
	return problem.Reason
}

// onceMore is a recorded request, as it comes once more.
func onceMore(recorded *http.Request, body []byte) *http.Request {
	r := httptest.NewRequest(recorded.Method, recorded.URL.RequestURI(), bytes.NewReader(body))
	r.Header, r.Host = recorded.Header.Clone(), recorded.Host
	return r
}

// replaced changes the signature's header field.
func replaced(r *http.Request, old, by string) {
	r.Header.Set("Signature", strings.Replace(r.Header.Get("Signature"), old, by, 1))
}

// record records that the LAB raised some kilograms.
func record(t testing.TB, d *door, quantity string) *valueflows.EconomicEvent {
	t.Helper()
	kind, err := node.Create(d.ctx, d.node, &valueflows.ResourceSpecification{Name: "Collards " + quantity})
	d.must(err)
	day, err := valueflows.ParseTime("2026-05-01T12:00:00Z", time.UTC)
	d.must(err)
	e, _, err := d.node.RecordEvent(d.ctx, &valueflows.EconomicEvent{
		Action: "raise", Provider: d.lab, Receiver: d.lab, HasPointInTime: &day,
		ResourceQuantity: &valueflows.Measure{HasNumericalValue: valueflows.MustDecimal(quantity), HasUnit: valueflows.OMUnitID("kilogram")},
	}, &valueflows.EconomicResource{Name: valueflows.Text("Collards " + quantity), ConformsTo: kind.ID})
	d.must(err)
	return e
}

// Strangers who knock too often are told to come later; there is room for others
// a minute later.
func TestTooManyKnocks(t *testing.T) {
	d := newDoor(t, "", "https://us.example")
	s := d.newSister()
	for i := range knocksAMinute + 1 {
		want := 202
		if i == knocksAMinute {
			want = 429
		}
		if code, why := s.post(s.follow()); code != want {
			t.Fatalf("knock %d: %d %s", i, code, why)
		}
	}
	d.later(time.Minute)
	for i := range 6 { // five of one host may wait
		other := d.sisterAt(s.peer, fmt.Sprintf("/labs/other-%d", i), testKeys[1]())
		want := 202
		if i >= 4 {
			want = 429
		}
		if code, why := other.post(other.follow()); code != want {
			t.Errorf("LAB %d of the host: %d %s", i, code, why)
		}
	}
}
