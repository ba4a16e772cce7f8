package federation

import (
	"bytes"
	"context"
	"crypto/rsa"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"disconode/node"
	"disconode/node/nodetest"
	"disconode/node/store/storetest"
	"disconode/valueflows"
	"disconode/valueflows/jsonld"
)

func TestMain(m *testing.M) { nodetest.Main(m) }

// door is a node with the LAB farms, as its steward sees it, with its peers' door.
type door struct {
	t       testing.TB
	node    *node.Node
	fed     *Federation
	handler http.Handler
	base    string
	lab     valueflows.ID
	ctx     context.Context // the steward's
	clock   *time.Time
	log     *bytes.Buffer
}

// eachDoor runs a test on a new node, on SQLite and on PostgreSQL.
func eachDoor(t *testing.T, test func(t *testing.T, d *door)) {
	storetest.Each(t, func(t *testing.T, dsn string) { test(t, newDoor(t, dsn, "https://us.example")) })
}

func newDoor(t testing.TB, dsn, base string) *door {
	t.Helper()
	at := now
	d := &door{t: t, base: base, clock: &at, log: &bytes.Buffer{}}
	n, err := node.Open(context.Background(), node.Options{DataDir: storetest.Dir(t), Database: dsn, BaseURL: base, Now: d.now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { n.Close() })
	d.node = n
	d.lab, d.ctx = d.newLab("farms", "Freedom Farms")
	if d.fed, err = New(n, Options{AllowNet: loopback, Now: d.now, Log: slog.New(slog.NewTextHandler(d.log, nil))}); err != nil {
		t.Fatal(err)
	}
	d.handler = d.fed.Handler()
	return d
}

var clocks sync.Mutex

func (d *door) now() time.Time {
	clocks.Lock()
	defer clocks.Unlock()
	return *d.clock
}

// later has time pass.
func (d *door) later(by time.Duration) {
	clocks.Lock()
	defer clocks.Unlock()
	*d.clock = d.clock.Add(by)
}

// newLab makes a LAB, and returns it and what its steward Ada acts under.
func (d *door) newLab(slug, name string) (valueflows.ID, context.Context) {
	d.t.Helper()
	operator := node.AsOperator(context.Background(), valueflows.ID{})
	lab, err := d.node.CreateLab(operator, node.NewLab{Name: name, Slug: slug, Zone: "America/Chicago", Steward: "Ada"})
	if err != nil {
		d.t.Fatal(err)
	}
	token, _, err := d.node.CreateToken(operator, lab.ID, "Ada", node.Steward)
	if err != nil {
		d.t.Fatal(err)
	}
	p, err := d.node.Authenticate(context.Background(), token)
	if err != nil {
		d.t.Fatal(err)
	}
	return lab.ID, node.WithPrincipal(node.WithNames(context.Background()), p)
}

func (d *door) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

// work does what waits to be done for peers, until nothing is due.
func (d *door) work() {
	d.t.Helper()
	for range 20 {
		_, err := d.node.Publish(context.Background())
		d.must(err)
		due, err := d.node.Due(context.Background())
		d.must(err)
		if due == (node.Due{}) {
			return
		}
		var all sync.WaitGroup
		d.must(d.fed.round(context.Background(), &all))
		all.Wait()
	}
	d.t.Fatal("there is always more to do for peers")
}

// peerOf is how the LAB deals with an actor.
func (d *door) peerOf(actor string) *node.Peer {
	d.t.Helper()
	p, err := d.node.Peer(context.Background(), d.lab, actor)
	d.must(err)
	return p
}

// sister is a LAB on a node elsewhere, whose server a test writes.
type sister struct {
	*peer
	d     *door
	actor string
	key   *rsa.PrivateKey
	sent  int

	mu     sync.Mutex
	got    []map[string]any // what was posted to its inbox
	raw    [][]byte
	status func(body []byte, w http.ResponseWriter) int // of its answers; nil: 202
}

// newSister is a sister LAB that this node knows nothing of.
func (d *door) newSister() *sister { return d.sisterAt(newPeer(d.t), "/labs/shop", testKeys[0]()) }

func (d *door) sisterAt(p *peer, path string, key *rsa.PrivateKey) *sister {
	s := &sister{peer: p, d: d, actor: p.URL + path, key: key}
	p.actor(d.t, path, &key.PublicKey)
	p.answers(path+"/inbox", func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		status := http.StatusAccepted
		if s.status != nil {
			status = s.status(body, w)
		}
		if status/100 == 2 {
			var activity map[string]any
			if err := json.Unmarshal(body, &activity); err != nil {
				d.t.Errorf("what was delivered is no JSON: %v", err)
			}
			s.got, s.raw = append(s.got, activity), append(s.raw, body)
		}
		w.WriteHeader(status)
	})
	return s
}

// kinds are the types of what the sister was sent.
func (s *sister) kinds() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []string
	for _, activity := range s.got {
		all = append(all, textOf(activity["type"]))
	}
	return all
}

// last is the last of a type that the sister was sent.
func (s *sister) last(kind string) map[string]any {
	s.d.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := len(s.got) - 1; i >= 0; i-- {
		if textOf(s.got[i]["type"]) == kind {
			return s.got[i]
		}
	}
	s.d.t.Fatalf("the sister was sent no %s", kind)
	return nil
}

// activity is an activity of the sister's.
func (s *sister) activity(kind string, object any) map[string]any {
	s.sent++
	return map[string]any{"@context": profile, "id": fmt.Sprintf("%s/x/%d", s.actor, s.sent), "type": kind, "actor": s.actor, "object": object}
}

// event is an event of the sister's books.
func (s *sister) event(name, quantity string) map[string]any {
	return map[string]any{
		"id": s.URL + "/vf/EconomicEvent/" + name, "type": []any{"Object", "EconomicEvent"}, "attributedTo": s.actor, "action": "raise",
		"provider": s.actor, "receiver": s.actor, "resourceQuantity": map[string]any{"hasUnit": "kilogram", "hasNumericalValue": quantity},
		"hasPointInTime": "2026-05-01T12:00:00Z", "published": "2026-05-01T12:00:01Z",
	}
}

// post sends an activity to the LAB's inbox, signed by the sister, and returns
// the answer's status and its reason.
func (s *sister) post(activity any) (int, reason) {
	s.d.t.Helper()
	return s.postTo("/labs/farms/inbox", activity)
}

func (s *sister) postTo(path string, activity any) (int, reason) {
	s.d.t.Helper()
	return s.d.answer(s.request(path, activity))
}

// request is an activity as the sister signs it.
func (s *sister) request(path string, activity any) *http.Request {
	s.d.t.Helper()
	body, ok := activity.(string)
	if !ok {
		text, err := json.Marshal(activity)
		s.d.must(err)
		body = string(text)
	}
	return s.d.signed(&signer{KeyID: s.actor + mainKey, Key: s.key}, http.MethodPost, path, body)
}

// get asks the node for something, signed by the sister.
func (s *sister) get(path string) *httptest.ResponseRecorder {
	s.d.t.Helper()
	r := s.d.signed(&signer{KeyID: s.actor + mainKey, Key: s.key}, http.MethodGet, path, "")
	r.Header.Set("Accept", activityType)
	w := httptest.NewRecorder()
	s.d.handler.ServeHTTP(w, r)
	return w
}

// signed is a request to the node as somebody signs it now.
func (d *door) signed(s *signer, method, path, body string) *http.Request {
	d.t.Helper()
	sent, err := http.NewRequest(method, d.base+path, strings.NewReader(body))
	d.must(err)
	sent.Header.Set("Content-Type", activityType)
	sent.Header.Set("Date", d.now().UTC().Format(http.TimeFormat))
	d.must(s.sign(sent, []byte(body)))
	return arrived(sent, body)
}

// answer is the status of an answer and the reason that it gives.
func (d *door) answer(r *http.Request) (int, reason) {
	d.t.Helper()
	w := httptest.NewRecorder()
	d.handler.ServeHTTP(w, r)
	if w.Code/100 == 2 {
		return w.Code, ""
	}
	var problem struct {
		Status         int
		Title, Detail  string
		Reason         reason
		Type, Instance string
	}
	if err := json.Unmarshal(w.Body.Bytes(), &problem); err != nil || problem.Status != w.Code || problem.Detail == "" || w.Header().Get("Content-Type") != "application/problem+json" {
		d.t.Errorf("the answer %d is no problem: %s", w.Code, w.Body)
	}
	return w.Code, problem.Reason
}

// follow is the sister's request to follow the LAB.
func (s *sister) follow() map[string]any { return s.activity("Follow", s.d.base+"/labs/farms") }

// approved has the steward give the sister what it asks for.
func (s *sister) approved() *sister {
	s.d.t.Helper()
	if code, why := s.post(s.follow()); code != http.StatusAccepted {
		s.d.t.Fatalf("its Follow got %d %s", code, why)
	}
	_, err := s.d.node.ApprovePeer(s.d.ctx, s.actor, node.AudienceAll)
	s.d.must(err)
	s.d.work()
	if p := s.d.peerOf(s.actor); p.Follower != node.Approved || p.Knock != "" {
		s.d.t.Fatalf("it is %s: %s", p.Follower, p.Error)
	}
	return s
}

// followed has the LAB follow the sister, which accepts.
func (s *sister) followed() *sister {
	s.d.t.Helper()
	_, err := s.d.node.FollowPeer(s.d.ctx, s.actor)
	s.d.must(err)
	s.d.work()
	if code, why := s.post(s.activity("Accept", s.last("Follow")["id"])); code != http.StatusAccepted {
		s.d.t.Fatalf("its Accept got %d %s", code, why)
	}
	if p := s.d.peerOf(s.actor); p.Following != node.Approved {
		s.d.t.Fatalf("it is followed as %s: %s", p.Following, p.Error)
	}
	return s
}

// unchanged fails where what do does writes anything to the books but what was
// refused, for the stewards to see.
func (d *door) unchanged(what string, do func()) {
	d.t.Helper()
	before := d.books()
	do()
	if after := d.books(); after != before {
		d.t.Errorf("%s: the books have changed:\n%s\n%s", what, before, after)
	}
}

// books are all that peers could change, as text. They are sound.
func (d *door) books() string {
	d.t.Helper()
	wrong, err := d.node.Verify(context.Background())
	d.must(err)
	if len(wrong) > 0 {
		d.t.Errorf("the books are not sound: %v", wrong)
	}
	return d.seen()
}

// seen is what the LAB sees of what peers say.
func (d *door) seen() string {
	d.t.Helper()
	peers, err := d.node.Peers(d.ctx)
	d.must(err)
	text, err := json.Marshal(peers)
	d.must(err)
	var export bytes.Buffer
	for _, e := range d.events() {
		body, err := jsonld.Encode(e)
		d.must(err)
		export.Write(body)
	}
	return fmt.Sprintf("%s %s", text, export.String())
}

// events are the events that the LAB sees.
func (d *door) events() []*valueflows.EconomicEvent {
	d.t.Helper()
	page, err := node.List[valueflows.EconomicEvent](d.ctx, d.node, node.Filter{}, node.Page{First: 100})
	d.must(err)
	return page.Nodes
}
