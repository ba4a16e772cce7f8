package federation

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/go-fed/activity/pub"
	"github.com/go-fed/activity/streams"
	"github.com/go-fed/activity/streams/vocab"

	"disconode/node"
	"disconode/valueflows"
)

// The library has six defects that lose data, hang, or let somebody through. Each
// test here shows that the library alone has it, and that our door does not. Where
// a later version of the library mends one, its test says so.

// bare is the library as its documentation has one use it: over a database that
// keeps things in memory, with its own effects.
type bare struct {
	actor   pub.FederatingActor
	inbox   []string // ids
	kept    map[string]vocab.Type
	deleted []string
	locked  map[string]bool
	twice   []string // what was locked while it was locked: there it would hang for ever
	blocked map[string]bool
	asked   []string // about whom Blocked was asked
	fail    error    // of the next Create
}

const bareHost = "https://bare.example"

func newBare() *bare {
	b := &bare{kept: map[string]vocab.Type{}, locked: map[string]bool{}, blocked: map[string]bool{}}
	b.actor = pub.NewFederatingActor(bareBehavior{}, bareProtocol{b: b}, bareDatabase{b: b}, clock(time.Now))
	return b
}

// post posts an activity to the inbox, and returns the status or the error.
func (b *bare) post(activity string) (int, error) {
	r := httptest.NewRequest(http.MethodPost, bareHost+"/inbox", strings.NewReader(activity))
	r.Header.Set("Content-Type", activityType)
	w := httptest.NewRecorder()
	w.Code = 0
	_, err := b.actor.PostInbox(context.Background(), w, r)
	return w.Code, err
}

type bareBehavior struct{ behavior }

type bareProtocol struct {
	protocol
	b *bare
}

func (bareProtocol) PostInboxRequestBodyHook(ctx context.Context, _ *http.Request, _ pub.Activity) (context.Context, error) {
	return ctx, nil
}
func (bareProtocol) AuthenticatePostInbox(ctx context.Context, _ http.ResponseWriter, _ *http.Request) (context.Context, bool, error) {
	return ctx, true, nil
}
func (p bareProtocol) Blocked(_ context.Context, actors []*url.URL) (bool, error) {
	for _, a := range actors {
		p.b.asked = append(p.b.asked, a.String())
		if p.b.blocked[a.String()] {
			return true, nil
		}
	}
	return false, nil
}
func (bareProtocol) FederatingCallbacks(context.Context) (pub.FederatingWrappedCallbacks, []any, error) {
	return pub.FederatingWrappedCallbacks{}, nil, nil
}
func (bareProtocol) DefaultCallback(context.Context, pub.Activity) error { return nil }

type bareDatabase struct {
	database
	b *bare
}

func (d bareDatabase) Lock(_ context.Context, id *url.URL) error {
	if d.b.locked[id.String()] {
		d.b.twice = append(d.b.twice, id.String())
		return errors.New("this would hang for ever")
	}
	d.b.locked[id.String()] = true
	return nil
}
func (d bareDatabase) Unlock(_ context.Context, id *url.URL) error {
	delete(d.b.locked, id.String())
	return nil
}
func (d bareDatabase) InboxContains(_ context.Context, _, id *url.URL) (bool, error) {
	for _, known := range d.b.inbox {
		if known == id.String() {
			return true, nil
		}
	}
	return false, nil
}
func (d bareDatabase) SetInbox(_ context.Context, page vocab.ActivityStreamsOrderedCollectionPage) error {
	for i := page.GetActivityStreamsOrderedItems().Begin(); i != page.GetActivityStreamsOrderedItems().End(); i = i.Next() {
		id, err := pub.ToId(i)
		if err != nil {
			return err
		}
		d.b.inbox = append(d.b.inbox, id.String())
	}
	return nil
}
func (d bareDatabase) Owns(_ context.Context, id *url.URL) (bool, error) {
	return bareHost == id.Scheme+"://"+id.Host, nil
}
func (d bareDatabase) Exists(_ context.Context, id *url.URL) (bool, error) {
	return d.b.kept[id.String()] != nil, nil
}
func (d bareDatabase) Get(_ context.Context, id *url.URL) (vocab.Type, error) {
	if known := d.b.kept[id.String()]; known != nil {
		return known, nil
	}
	return nil, errors.New("there is no such thing")
}
func (d bareDatabase) Create(_ context.Context, made vocab.Type) error {
	if err := d.b.fail; err != nil {
		d.b.fail = nil
		return err
	}
	d.b.kept[made.GetJSONLDId().Get().String()] = made
	return nil
}
func (d bareDatabase) Delete(_ context.Context, id *url.URL) error {
	d.b.deleted = append(d.b.deleted, id.String())
	return nil
}

// bareCreate is a Create of an object, as a peer would send it.
func bareCreate(object, more string) string {
	return `{"@context": "` + profile + `", "id": "https://peer.example/x/1", "type": "Create", "actor": "https://peer.example/labs/shop", "object": ` + object + more + `}`
}

// D1: an activity that failed is in the inbox, so that its repetition is answered
// as done, and is not.
func TestGoFedDefectD1AFailedActivityIsNeverDone(t *testing.T) {
	b := newBare()
	activity := bareCreate(`{"id": "https://peer.example/e/1", "type": "EconomicEvent"}`, "")
	if code, err := b.post(activity); err == nil {
		t.Fatalf("the library takes an object of an unknown type now: %d", code)
	}
	code, err := b.post(activity)
	if code != http.StatusOK || err != nil || len(b.kept) != 1 || b.kept["https://peer.example/e/1"] != nil {
		t.Errorf("the library has mended the defect: %d %v, and it keeps %v", code, err, b.kept)
	}

	eachDoor(t, func(t *testing.T, d *door) {
		s := d.newSister().followed()
		odd := s.activity("Create", s.event("e", "a lot"))
		for range 2 {
			if code, why := s.post(odd); code != 400 || why != objectForm {
				t.Errorf("what cannot be read got %d %s", code, why)
			}
		}
		single := s.event("single", "1")
		single["type"] = "EconomicEvent"
		if code, why := s.post(s.activity("Create", single)); code != 202 || len(d.events()) != 1 {
			t.Errorf("a Create of the single type got %d %s, and shows %d events", code, why, len(d.events()))
		}
	})
}

// D2: where the effect of a known activity fails once, the repetition has none.
func TestGoFedDefectD2AFailedEffectIsLost(t *testing.T) {
	b := newBare()
	b.fail = errors.New("the database is away")
	activity := bareCreate(`{"id": "https://peer.example/n/1", "type": "Note"}`, "")
	if code, err := b.post(activity); err == nil {
		t.Fatalf("the library answered %d though the database failed", code)
	}
	code, err := b.post(activity)
	if code != http.StatusOK || err != nil || b.kept["https://peer.example/n/1"] != nil {
		t.Errorf("the library has mended the defect: %d %v, and it keeps %v", code, err, b.kept)
	}

	eachDoor(t, func(t *testing.T, d *door) {
		s := d.newSister().followed()
		activity := s.activity("Create", s.event("e", "1"))
		request := s.request("/labs/farms/inbox", activity)
		body, err := json.Marshal(activity)
		d.must(err)
		gone, cancel := context.WithCancel(context.Background())
		cancel() // as if the books could not be reached: the commit is not waited for
		if code, why := d.answer(onceMore(request, body).WithContext(gone)); code != 503 || why != booksUnavailable {
			t.Fatalf("while the books are away it got %d %s", code, why)
		}
		if code, why := d.answer(onceMore(request, body)); code != 202 || len(d.events()) != 1 {
			t.Errorf("the repetition got %d %s, and %d events are shown", code, why, len(d.events()))
		}
	})
}

// D3: to and cc name one collection of ours, which the library locks twice.
func TestGoFedDefectD3TwoAddressesHang(t *testing.T) {
	b := newBare()
	followers := streams.NewActivityStreamsOrderedCollection()
	id := streams.NewJSONLDIdProperty()
	if err := setIRI(id, bareHost+"/followers"); err != nil {
		t.Fatal(err)
	}
	followers.SetJSONLDId(id)
	b.kept[bareHost+"/followers"] = followers
	b.post(bareCreate(`{"id": "https://peer.example/n/1", "type": "Note"}`, fmt.Sprintf(`, "to": "%[1]s/followers", "cc": "%[1]s/followers"`, bareHost)))
	if len(b.twice) == 0 {
		t.Errorf("the library has mended the defect: it locked nothing twice")
	}

	d := newDoor(t, "", "https://us.example")
	s := d.newSister().followed()
	activity := s.activity("Create", s.event("e", "1"))
	activity["to"], activity["cc"] = d.base+"/labs/farms/followers", d.base+"/labs/farms/followers"
	if code, why := s.post(activity); code != 202 || len(d.events()) != 1 {
		t.Errorf("it got %d %s", code, why)
	}
}

// D4: to names what would be ours, and is not there: its lock is never given back.
func TestGoFedDefectD4AnAddressStaysLocked(t *testing.T) {
	b := newBare()
	b.post(bareCreate(`{"id": "https://peer.example/n/1", "type": "Note"}`, `, "to": "`+bareHost+`/nothing"`))
	if !b.locked[bareHost+"/nothing"] {
		t.Errorf("the library has mended the defect: nothing is locked")
	}

	d := newDoor(t, "", "https://us.example")
	s := d.newSister().followed()
	for i := range 2 {
		activity := s.activity("Create", s.event(fmt.Sprint(i), "1"))
		activity["to"] = d.base + "/nothing"
		if code, why := s.post(activity); code != 202 {
			t.Errorf("time %d: %d %s", i, code, why)
		}
	}
}

// D5: of an actor that is embedded the library asks whether the activity's id is
// blocked.
func TestGoFedDefectD5AnEmbeddedActorPassesTheBlock(t *testing.T) {
	b := newBare()
	b.blocked["https://peer.example/labs/shop"] = true
	activity := strings.Replace(bareCreate(`{"id": "https://peer.example/n/1", "type": "Note"}`, ""),
		`"actor": "https://peer.example/labs/shop"`, `"actor": {"id": "https://peer.example/labs/shop", "type": "Organization"}`, 1)
	if code, err := b.post(activity); code != http.StatusOK || err != nil || b.asked[0] != "https://peer.example/x/1" {
		t.Errorf("the library has mended the defect: %d %v, asked about %v", code, err, b.asked)
	}

	eachDoor(t, func(t *testing.T, d *door) {
		s := d.newSister().followed()
		embedded := func(name string) map[string]any {
			activity := s.activity("Create", s.event(name, "1"))
			activity["actor"] = map[string]any{"id": s.actor, "type": "Organization"}
			return activity
		}
		if code, why := s.post(embedded("one")); code != 202 {
			t.Errorf("before the block it got %d %s", code, why)
		}
		_, err := d.node.BlockPeer(d.ctx, s.actor)
		d.must(err)
		d.unchanged("blocked", func() {
			for _, activity := range []map[string]any{embedded("two"), s.activity("Create", s.event("three", "1")), s.follow()} {
				if code, why := s.post(activity); code != 403 || why != peerBlocked {
					t.Errorf("blocked, it got %d %s", code, why)
				}
			}
		})
	})
}

// D6: a Delete whose id and object are on the victim's host is carried out
// whoever its actor is.
func TestGoFedDefectD6AnyoneDeletes(t *testing.T) {
	b := newBare()
	code, err := b.post(`{"@context": "` + profile + `", "id": "https://victim.example/x/1", "type": "Delete", "actor": "https://attacker.example/labs/a", "object": "https://victim.example/e/1"}`)
	if code != http.StatusOK || err != nil || len(b.deleted) != 1 {
		t.Errorf("the library has mended the defect: %d %v, deleted %v", code, err, b.deleted)
	}

	eachDoor(t, func(t *testing.T, d *door) {
		victim, attacker := d.newSister().followed(), d.sisterAt(newPeer(t), "/labs/attacker", testKeys[1]()).followed()
		specification := victim.event("greens", "1")
		specification["type"], specification["name"] = []any{"Object", "ResourceSpecification"}, "Greens"
		if code, why := victim.post(victim.activity("Create", specification)); code != 202 {
			t.Fatalf("the Create got %d %s", code, why)
		}
		d.unchanged("deleted by another", func() {
			activity := attacker.activity("Delete", specification["id"])
			if code, why := attacker.post(activity); code != 403 || why != objectOrigin {
				t.Errorf("in its own name it got %d %s", code, why)
			}
			activity["id"] = victim.actor + "/x/77"
			if code, why := attacker.post(activity); code != 403 || why != activityOrigin {
				t.Errorf("with the victim's id it got %d %s", code, why)
			}
			activity["actor"] = victim.actor
			if code, why := attacker.post(activity); code != 403 || why != keyOwner {
				t.Errorf("in the victim's name it got %d %s", code, why)
			}
		})
		kept := func() error {
			_, err := node.Get[valueflows.ResourceSpecification](d.ctx, d.node, valueflows.IDOf(textOf(specification["id"])))
			return err
		}
		if err := kept(); err != nil {
			t.Errorf("it is gone: %v", err)
		}
		if code, why := victim.post(victim.activity("Delete", specification["id"])); code != 202 {
			t.Errorf("by its owner it got %d %s", code, why)
		}
		if err := kept(); !isMissing(err) {
			t.Errorf("deleted by its owner it is %v", err)
		}
	})
}
