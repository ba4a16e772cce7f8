package federation

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"disconode/node"
	"disconode/node/store/storetest"
	"disconode/valueflows"
)

// An Accept that was not taken holds back what follows it: a Create before it
// would be one that the sister did not ask for.
func TestNothingOvertakesTheAccept(t *testing.T) {
	eachDoor(t, func(t *testing.T, d *door) {
		s := d.newSister()
		record(t, d, "1")
		s.status = func(body []byte, _ http.ResponseWriter) int {
			if bytes.Contains(body, []byte(`"type":"Accept"`)) {
				return 503
			}
			return 202
		}
		s.approved()
		d.later(30 * time.Second)
		d.work()
		if got := s.kinds(); len(got) != 0 {
			t.Fatalf("before our Accept it was sent %v", got)
		}
		s.status = nil
		d.later(time.Minute)
		d.work()
		if got := s.kinds(); len(got) < 2 || got[0] != "Accept" || got[1] != "Create" {
			t.Errorf("it was sent %v", got)
		}
	})
}

// A sister that is away gets everything when it is back, once and in order, and
// no sooner than it wants to be asked.
func TestDeliveryBacksOff(t *testing.T) {
	eachDoor(t, func(t *testing.T, d *door) {
		s := d.newSister().approved()
		tries := 0
		s.status = func([]byte, http.ResponseWriter) int { tries++; return 500 }
		for i := range 5 {
			record(t, d, fmt.Sprint(i+1))
		}
		d.work()
		d.work()
		if p := d.peerOf(s.actor); tries != 1 || p.Delivery.Attempts != 1 || p.Error != "it answered 500 Internal Server Error" || p.Delivery.Sent != 0 {
			t.Errorf("after %d tries it is %q, %+v", tries, p.Error, p.Delivery)
		}
		for range 3 {
			d.later(10 * time.Second)
			d.work()
		}
		if p := d.peerOf(s.actor); tries != 4 || p.Delivery.Attempts != 4 {
			t.Errorf("after %d tries it is %+v", tries, p.Delivery)
		}
		s.status = func(_ []byte, w http.ResponseWriter) int {
			tries++
			w.Header().Set("Retry-After", "7200")
			return 429
		}
		d.later(time.Minute)
		d.work()
		d.later(119 * time.Minute)
		d.work()
		if tries != 5 {
			t.Errorf("it was asked %d times, though it wanted to be left alone", tries)
		}
		taken := 0
		s.status = func([]byte, http.ResponseWriter) int { // it takes three and then breaks
			if taken++; taken > 3 {
				return 500
			}
			return 202
		}
		d.later(2 * time.Minute)
		d.work()
		if p := d.peerOf(s.actor); p.Delivery.Sent != 3 || p.Delivery.Attempts != 1 {
			t.Errorf("having taken three it is %+v", p.Delivery)
		}
		s.status = nil
		d.later(time.Minute)
		d.work()
		if p := d.peerOf(s.actor); p.Delivery.Waiting != 0 || p.Error != "" || p.Delivery.Attempts != 0 {
			t.Errorf("in the end it is %q, %+v", p.Error, p.Delivery)
		}
		given, err := d.node.Shared(d.ctx, node.AudienceAll, 0, 100)
		d.must(err)
		slices.Reverse(given)
		if got := s.raw[1:]; len(got) != len(given) { // after the Accept
			t.Fatalf("it was sent %d activities, want %d", len(got), len(given))
		}
		for i, g := range given {
			if !bytes.Equal(s.raw[i+1], g.Body) {
				t.Errorf("activity %d is\n%s, want\n%s", i, s.raw[i+1], g.Body)
			}
		}
	})
}

// What a sister refuses for good is not sent again, and does not stop the rest.
func TestDeliverySkipsWhatIsRefusedForGood(t *testing.T) {
	d := newDoor(t, "", "https://us.example")
	s := d.newSister().approved()
	refused := 0
	s.status = func(body []byte, _ http.ResponseWriter) int {
		if bytes.Contains(body, []byte("Collards 2")) {
			refused++
			return 400
		}
		return 202
	}
	for i := range 3 {
		record(t, d, fmt.Sprint(i+1))
	}
	d.work()
	if p := d.peerOf(s.actor); p.Delivery.Waiting != 0 || refused != 2 || !strings.Contains(d.log.String(), "refused for good") {
		t.Errorf("%d refused, and it is %+v", refused, p.Delivery)
	}
	if got := len(s.kinds()); got != 1+10-2 {
		t.Errorf("it was sent %d activities", got)
	}
}

// Where a peer takes nothing at all, for its proxy's sake or its own, what it is
// given waits, but for the two entries that it might have meant; and the stewards
// read what was not taken.
func TestDeliveryIsNotDrained(t *testing.T) {
	for status, skipped := range map[int]int64{405: 0, 431: 0, 400: 2, 422: 2} {
		d := newDoor(t, "", "https://us.example")
		s := d.newSister().approved()
		s.status = func([]byte, http.ResponseWriter) int { return status }
		for i := range 3 {
			record(t, d, fmt.Sprint(i+1))
		}
		d.work()
		if p := d.peerOf(s.actor); p.Delivery.Sent != skipped || p.Delivery.Waiting != 10-skipped || p.Error == "" {
			t.Errorf("after %d: %+v, %q", status, p.Delivery, p.Error)
		}
	}
}

// An inbox that is gone is looked for where the actor says it is now.
func TestDeliveryToAnInboxThatMoved(t *testing.T) {
	d := newDoor(t, "", "https://us.example")
	s := d.newSister().approved()
	moved := d.sisterAt(s.peer, "/labs/moved", s.key)
	s.shows("/labs/shop", activityType, fmt.Sprintf(`{"id": "HERE/labs/shop", "type": "Group", "name": "Now a group", "inbox": "HERE/labs/moved/inbox",
		"publicKey": {"id": "HERE/labs/shop#main-key", "owner": "HERE/labs/shop", "publicKeyPem": %q}}`, pemOf(t, &s.key.PublicKey)))
	s.status = func([]byte, http.ResponseWriter) int { return 410 }
	record(t, d, "1")
	d.work()
	if p := d.peerOf(s.actor); p.Inbox != s.URL+"/labs/moved/inbox" || p.Name != "Now a group" || p.Delivery.Waiting != 0 {
		t.Errorf("it is %+v, %+v", p, p.Delivery)
	}
	if got := len(moved.kinds()); got != 4 {
		t.Errorf("the new inbox got %d activities", got)
	}
}

// A message is dead when it is refused for good, and the steward sees why.
func TestAFollowThatIsRefused(t *testing.T) {
	eachDoor(t, func(t *testing.T, d *door) {
		s := d.newSister()
		s.status = func([]byte, http.ResponseWriter) int { return 400 }
		_, err := d.node.FollowPeer(d.ctx, s.actor)
		d.must(err)
		d.work()
		if p := d.peerOf(s.actor); p.Following != node.Failed || p.Error != "Follow: it answered 400 Bad Request" {
			t.Errorf("it is %s: %s", p.Following, p.Error)
		}
		_, err = d.node.FollowPeer(d.ctx, s.URL+"/labs/nobody")
		d.must(err)
		d.work()
		if p := d.peerOf(s.URL + "/labs/nobody"); p.Following != node.Failed || !strings.Contains(p.Error, "there is nothing") {
			t.Errorf("one that is not is %s: %s", p.Following, p.Error)
		}
	})
}

func TestRetryAfter(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"": 0, "120": 2 * time.Minute, "-1": 0, "soon": 0, "99999999999": 0,
		now.Add(time.Hour).Format(http.TimeFormat):  time.Hour,
		now.Add(-time.Hour).Format(http.TimeFormat): 0,
	} {
		if got := retryAfter(http.Header{"Retry-After": {text}}, now); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

// newServedDoor is a node that answers its peers on loopback.
func newServedDoor(t testing.TB, dsn string) *door {
	t.Helper()
	server := httptest.NewUnstartedServer(nil)
	d := newDoor(t, dsn, "http://"+server.Listener.Addr().String())
	server.Config.Handler = d.handler
	server.Start()
	t.Cleanup(server.Close)
	return d
}

// Two nodes of ours: one asks, the other's steward approves, and what the one
// records the other shows, in order, with the other's own books as they were; a
// person by name only where that person agreed.
func TestTwoNodes(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		other := ""
		if dsn != "" {
			other = storetest.Postgres(t)
		}
		a, b := newServedDoor(t, dsn), newServedDoor(t, other)
		record(t, b, "99")
		for i := range 5 {
			record(t, a, fmt.Sprint(i+1))
		}
		_, err := b.node.FollowPeer(b.ctx, a.base+"/labs/farms")
		b.must(err)
		b.work()
		_, err = a.node.ApprovePeer(a.ctx, b.base+"/labs/farms", node.AudienceAll)
		a.must(err)
		a.work()
		if p := b.peerOf(a.base + "/labs/farms"); p.Following != node.Approved {
			t.Fatalf("it is followed as %q: %s", p.Following, p.Error)
		}
		for i := range 5 {
			record(t, a, fmt.Sprint(i+6))
		}
		a.work()
		var quantities []string
		for _, e := range b.events() {
			if e.Books == valueflows.IDOf(a.base+"/labs/farms") {
				quantities = append(quantities, e.ResourceQuantity.HasNumericalValue.String())
			}
		}
		if got := strings.Join(quantities, " "); got != "1 2 3 4 5 6 7 8 9 10" {
			t.Errorf("the other shows %s", got)
		}
		if wrong, err := b.node.Verify(context.Background()); err != nil || len(wrong) > 0 {
			t.Errorf("its books: %v %v", wrong, err)
		}
		// It asks for no more, and gets no more.
		_, err = b.node.UnfollowPeer(b.ctx, a.base+"/labs/farms")
		b.must(err)
		b.work()
		if p := a.peerOf(b.base + "/labs/farms"); p.Follower != "" {
			t.Errorf("it still follows: %s", p.Follower)
		}
	})
}
