package federation

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"
)

// Here are the peers that tests talk to: servers on loopback.

// now is when the tests run.
var now = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// testKeys are two keys, made once.
var testKeys = [2]func() *rsa.PrivateKey{sync.OnceValue(newTestKey), sync.OnceValue(newTestKey)}

func newTestKey() *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return key
}

// pemOf is a public key's text.
func pemOf(t testing.TB, key *rsa.PublicKey) string {
	t.Helper()
	text, err := writePublicKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// peer is a node elsewhere.
type peer struct {
	*httptest.Server
	mu       sync.Mutex
	pages    map[string]http.HandlerFunc
	requests []*http.Request
}

func newPeer(t testing.TB) *peer {
	t.Helper()
	p := &peer{pages: map[string]http.HandlerFunc{}}
	p.Server = httptest.NewServer(p)
	t.Cleanup(p.Close)
	return p
}

func (p *peer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	p.requests = append(p.requests, r)
	page := p.pages[r.URL.Path]
	p.mu.Unlock()
	if page == nil {
		http.NotFound(w, r)
		return
	}
	page(w, r)
}

// answers sets what a path answers.
func (p *peer) answers(path string, page http.HandlerFunc) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.pages[path] = page
}

// shows sets the document at a path; HERE in it is the peer's own address.
func (p *peer) shows(path, contentType, body string) {
	p.answers(path, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		fmt.Fprint(w, strings.ReplaceAll(body, "HERE", p.URL))
	})
}

// hits is how often the peer was asked.
func (p *peer) hits() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.requests)
}

// actor shows an actor with a key at a path.
func (p *peer) actor(t testing.TB, path string, key *rsa.PublicKey) {
	t.Helper()
	p.shows(path, activityType, fmt.Sprintf(`{"@context": ["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1"],
		"id": "HERE%[1]s", "type": "Organization", "name": "Freedom Farms", "preferredUsername": "farms", "inbox": "HERE%[1]s/inbox",
		"endpoints": {"sharedInbox": "HERE/inbox"},
		"publicKey": {"id": "HERE%[1]s#main-key", "owner": "HERE%[1]s", "publicKeyPem": %[2]q}}`, path, pemOf(t, key)))
}

// loopback is the network of the tests' peers.
var loopback = []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}

// newTestClient reaches peers on loopback.
func newTestClient(t testing.TB) *client {
	t.Helper()
	return newTestClientWith(t, clientOptions{AllowNet: loopback})
}

func newTestClientWith(t testing.TB, o clientOptions) *client {
	t.Helper()
	o.Now = func() time.Time { return now }
	if o.Lookup == nil {
		o.Lookup = func(_ context.Context, host string) ([]netip.Addr, error) {
			return nil, fmt.Errorf("no names here: %s", host)
		}
	}
	c := newClient(o)
	t.Cleanup(func() {
		for _, way := range []http.RoundTripper{c.plain, c.tls} {
			way.(*http.Transport).CloseIdleConnections()
		}
	})
	return c
}

// refusedFor fails where an error has not that reason.
func refusedFor(t testing.TB, err error, why reason) {
	t.Helper()
	if got := reasonOf(err); got != why {
		t.Errorf("refused for %q (%v), want %q", got, err, why)
	}
}

// memoryKeys keeps keys for one test.
type memoryKeys struct {
	mu    sync.Mutex
	kept  map[string]keptKey
	reads int
}

func (m *memoryKeys) Key(_ context.Context, id string) (keptKey, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.reads++
	key, found := m.kept[id]
	return key, found, nil
}

func (m *memoryKeys) PutKey(_ context.Context, key keptKey) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.kept == nil {
		m.kept = map[string]keptKey{}
	}
	m.kept[key.ID] = key
	return nil
}
