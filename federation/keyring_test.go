package federation

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"
)

// ringed is a keyring with a clock that a test moves, and a peer with an actor
// whose key is the first.
func ringed(t *testing.T) (ring *keyring, p *peer, clock *time.Time, sign func(key int) *signed) {
	t.Helper()
	p = newPeer(t)
	p.actor(t, "/actor", &testKeys[0]().PublicKey)
	at := now
	ring = newKeyring(newTestClient(t), &memoryKeys{}, func() time.Time { return at })
	return ring, p, &at, func(key int) *signed {
		s, err := newTestSignatures(t).parse(newInboxRequest(t, testKeys[key](), p.URL+"/actor#main-key"), []byte(inboxBody), now)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
}

// F14: a key is fetched once and kept. Where it does not fit, it is fetched
// again, at most once in five minutes.
func TestF14KeysRotate(t *testing.T) {
	ring, p, clock, sign := ringed(t)
	steps := []struct {
		name    string
		later   time.Duration
		rotated bool // the actor shows the second key by now
		key     int  // that signs
		why     reason
		hits    int // of the actor, in all
	}{
		{"first", 0, false, 0, "", 1},
		{"kept", time.Minute, false, 0, "", 1},
		{"a forgery, soon", time.Second, false, 1, signatureWrong, 1},
		{"a forgery, later", keyPause, false, 1, signatureWrong, 2},
		{"a second forgery", time.Second, false, 1, signatureWrong, 2},
		{"rotated, soon", time.Second, true, 1, signatureWrong, 2},
		{"the old key is kept as yet", time.Second, true, 0, "", 2},
		{"rotated, later", keyPause, true, 1, "", 3},
		{"the new key is kept", time.Second, true, 1, "", 3},
		{"the old key is gone", time.Second, true, 0, signatureWrong, 3},
		{"after a day", keyAge, true, 1, "", 4},
	}
	for _, step := range steps {
		*clock = clock.Add(step.later)
		if step.rotated {
			p.actor(t, "/actor", &testKeys[1]().PublicKey)
		}
		key, err := ring.verify(t.Context(), sign(step.key))
		if reasonOf(err) != step.why || step.why == "" && (err != nil || key.Owner != p.URL+"/actor") {
			t.Errorf("%s: %v, want %q", step.name, err, step.why)
		}
		if p.hits() != step.hits {
			t.Errorf("%s: the actor was fetched %d times, not %d", step.name, p.hits(), step.hits)
		}
	}
}

// F14: what could not be had is not asked for again at once, whatever the cause;
// a key that was good stays good while its owner is away.
func TestF14KeysThatCannotBeHad(t *testing.T) {
	ring, p, clock, sign := ringed(t)
	for _, test := range []struct {
		status int
		why    reason
	}{{http.StatusNotFound, answerGone}, {http.StatusInternalServerError, answerStatus}} {
		*clock = clock.Add(keyPause)
		p.answers("/actor", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(test.status) })
		before := p.hits()
		_, err := ring.verify(t.Context(), sign(0))
		refusedFor(t, err, test.why)
		for range 20 {
			_, err := ring.verify(t.Context(), sign(0))
			refusedFor(t, err, keyWait)
		}
		if n := p.hits() - before; n != 1 {
			t.Errorf("%d: fetched %d times", test.status, n)
		}
	}
	*clock = clock.Add(keyPause)
	p.actor(t, "/actor", &testKeys[0]().PublicKey)
	if _, err := ring.verify(t.Context(), sign(0)); err != nil {
		t.Error(err)
	}
	*clock = clock.Add(2 * keyAge)
	p.Close()
	if _, err := ring.verify(t.Context(), sign(0)); err != nil {
		t.Error("a good key is lost while its owner is away:", err)
	}
}

// F14: a storm of requests under one new key fetches it once, one under many
// made-up keys of a host a bounded number.
func TestF14Storms(t *testing.T) {
	ring, p, _, sign := ringed(t)
	s := sign(0)
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if _, err := ring.verify(t.Context(), s); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if p.hits() != 1 {
		t.Errorf("fetched %d times", p.hits())
	}
	for n := range 3 * originTriesMax {
		_, _, err := ring.key(t.Context(), fmt.Sprintf("%s/made-up/%d", p.URL, n))
		if err == nil {
			t.Fatal("there is a made-up key")
		}
	}
	if p.hits() != originTriesMax {
		t.Errorf("a host was asked %d times", p.hits())
	}
	if n := ring.origins.length(); n != 1 {
		t.Errorf("%d origins are remembered", n)
	}
}

// A key in use is at hand without the store. Another process of the same books
// may have fetched a newer one: that is found where the key at hand does not fit.
func TestKeysAtHand(t *testing.T) {
	ring, p, clock, sign := ringed(t)
	store := ring.store.(*memoryKeys)
	if _, err := ring.verify(t.Context(), sign(0)); err != nil {
		t.Fatal(err)
	}
	*clock = clock.Add(keyPause)
	for range 10 {
		if _, err := ring.verify(t.Context(), sign(0)); err != nil {
			t.Fatal(err)
		}
	}
	if store.reads > 4 {
		t.Errorf("the store was read %d times", store.reads)
	}
	id := p.URL + "/actor#main-key"
	if err := store.PutKey(t.Context(), keptKey{ID: id, Owner: p.URL + "/actor", PEM: pemOf(t, &testKeys[1]().PublicKey), Fetched: *clock}); err != nil {
		t.Fatal(err)
	}
	if _, err := ring.verify(t.Context(), sign(1)); err != nil || p.hits() != 1 {
		t.Errorf("%v, after %d fetches", err, p.hits())
	}
}

// Who gives up waiting leaves no mark on the key.
func TestGivingUpSaysNothing(t *testing.T) {
	ring, p, _, sign := ringed(t)
	ctx, cancel := context.WithCancel(t.Context())
	p.answers("/actor", func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	})
	if _, err := ring.verify(ctx, sign(0)); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	p.actor(t, "/actor", &testKeys[0]().PublicKey)
	if _, err := ring.verify(t.Context(), sign(0)); err != nil {
		t.Error(err)
	}
}

func TestRecent(t *testing.T) {
	m := newRecent[int, string](3)
	for n := range 5 {
		m.put(n, fmt.Sprint(n))
		m.get(2) // asked for, so it stays
	}
	for n, want := range map[int]bool{0: false, 1: false, 2: true, 3: true, 4: true} {
		if value, known := m.get(n); known != want || known && value != fmt.Sprint(n) {
			t.Errorf("%d: %q, %t", n, value, known)
		}
	}
	if m.length() != 3 {
		t.Errorf("%d are remembered", m.length())
	}
}
