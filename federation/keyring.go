package federation

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"
)

// What the node remembers of keys, and how often it asks for one.
const (
	keyPause       = 5 * time.Minute // between two fetches of one key
	keyAge         = 24 * time.Hour  // after which a key is asked for again
	keysHeldMax    = 1_000           // keys that are ready in memory, each for a pause
	keyTriesMax    = 10_000          // keys of which the last fetch is remembered
	originTriesMax = 30              // fetches from one origin in one pause
)

// keptKey is a key as it is kept. An empty PEM says that it could not be had.
type keptKey struct {
	ID, Owner, PEM string
	Fetched        time.Time
}

// keyStore keeps keys from one run to the next. Key tells whether there is one;
// the store bounds how many it keeps.
type keyStore interface {
	Key(ctx context.Context, id string) (key keptKey, found bool, err error)
	PutKey(ctx context.Context, key keptKey) error
}

// keyring has the keys of actors elsewhere. It asks for a key at most once in a
// [keyPause], whoever sends whatever, and remembers in vain tries as well.
type keyring struct {
	client *client
	store  keyStore
	now    func() time.Time

	turns   sync.Map // id -> *sync.Mutex: one fetch of a key at a time
	held    *recent[string, heldKey]
	tries   *recent[string, try]
	origins *recent[string, tally]
}

// heldKey is a key that need not be read from the store for a while.
type heldKey struct {
	key     *publicKey
	fetched time.Time
	read    time.Time
}

// try is a fetch of a key that failed for a reason that may pass.
type try struct {
	at  time.Time
	err error
}

// tally counts the fetches from an origin since an instant.
type tally struct {
	since time.Time
	count int
}

func newKeyring(c *client, store keyStore, now func() time.Time) *keyring {
	return &keyring{
		client: c, store: store, now: now, held: newRecent[string, heldKey](keysHeldMax),
		tries: newRecent[string, try](keyTriesMax), origins: newRecent[string, tally](keyTriesMax),
	}
}

// verify verifies a signature with the key that it names, and returns the key.
// Where the key does not fit, its owner may have a new one: it is asked for once
// more. Who may sign for whom is the caller's to compare: the key's owner is the
// only actor that it speaks for.
func (k *keyring) verify(ctx context.Context, s *signed) (*publicKey, error) {
	key, fresh, err := k.key(ctx, s.KeyID)
	if err != nil {
		return nil, err
	}
	wrong := s.verify(key.Public)
	if wrong == nil {
		return key, nil
	}
	if fresh {
		return nil, wrong
	}
	if key, err = k.fetch(ctx, s.KeyID); err != nil {
		if reasonOf(err) == keyWait {
			return nil, wrong
		}
		return nil, err
	}
	if err := s.verify(key.Public); err != nil {
		return nil, err
	}
	return key, nil
}

// key is the key of that id, from the store or from where it stands; fresh tells
// that it comes from there.
func (k *keyring) key(ctx context.Context, id string) (key *publicKey, fresh bool, err error) {
	now := k.now()
	if h, ok := k.held.get(id); ok && now.Sub(h.read) < keyPause && now.Sub(h.fetched) < keyAge {
		return h.key, false, nil
	}
	key, age, err := k.kept(ctx, id)
	if err != nil || key != nil && age < keyAge {
		return key, false, err
	}
	fetched, err := k.fetch(ctx, id)
	if err != nil && key != nil && passing(err) {
		return key, false, nil // its owner is away: the key that was good is good
	}
	return fetched, err == nil, err
}

// kept is the key of that id in the store, and how old it is: nil where there is
// none. It fails where there is none because it could not be had just now.
func (k *keyring) kept(ctx context.Context, id string) (key *publicKey, age time.Duration, err error) {
	kept, found, err := k.store.Key(ctx, id)
	if err != nil || !found {
		return nil, 0, err
	}
	if age = k.now().Sub(kept.Fetched); kept.PEM == "" {
		if age < keyPause {
			err = unproven(keyWait, "the key %s could not be had a short while ago: try again later", clip(id))
		}
		return nil, age, err
	}
	public, err := readPublicKey(kept.PEM)
	if err != nil {
		return nil, 0, err
	}
	key = &publicKey{ID: kept.ID, Owner: kept.Owner, PEM: kept.PEM, Public: public}
	k.held.put(id, heldKey{key: key, fetched: kept.Fetched, read: k.now()})
	return key, age, nil
}

// fetch asks for a key, once in a pause, and keeps what it gets.
func (k *keyring) fetch(ctx context.Context, id string) (*publicKey, error) {
	if _, err := k.client.reach.url(id); err != nil {
		return nil, inbound(err)
	}
	turn, _ := k.turns.LoadOrStore(id, &sync.Mutex{})
	turn.(*sync.Mutex).Lock()
	defer turn.(*sync.Mutex).Unlock()
	defer k.turns.Delete(id)

	// Somebody may have fetched it while we waited, or just before.
	key, age, err := k.kept(ctx, id)
	if err != nil || key != nil && age < keyPause {
		return key, err
	}
	now := k.now()
	if last, ok := k.tries.get(id); ok && now.Sub(last.at) < keyPause || !k.may(id, now) {
		return nil, unproven(keyWait, "the key %s was asked for a short while ago: try again later", clip(id)).because(last.err)
	}
	key, err = k.client.fetchKey(ctx, id)
	if err != nil && (passing(err) || ctx.Err() != nil) {
		if ctx.Err() == nil { // that whoever asked gave up says nothing
			k.tries.put(id, try{at: now, err: err})
		}
		return nil, inbound(err)
	}
	kept := keptKey{ID: id, Fetched: now}
	if err == nil {
		kept.Owner, kept.PEM = key.Owner, key.PEM
	}
	k.held.swap(id, func(h heldKey, _ bool) (heldKey, bool) { return h, false })
	if failed := k.store.PutKey(ctx, kept); failed != nil {
		return nil, failed
	}
	return key, inbound(err)
}

// may counts a fetch from the origin of a key, and tells whether it is not one
// too many.
func (k *keyring) may(id string, now time.Time) (may bool) {
	origin, err := originOf(id)
	if err != nil {
		return false
	}
	k.origins.swap(origin, func(t tally, _ bool) (tally, bool) {
		if now.Sub(t.since) >= keyPause {
			t = tally{since: now}
		}
		t.count++
		may = t.count <= originTriesMax
		return t, true
	})
	return may
}

// passing tells whether a failed fetch says nothing about the key itself.
func passing(err error) bool {
	switch reasonOf(err) {
	case answerLate, answerNone, answerStatus, addressUnknown, keyWait:
		return true
	}
	return false
}

// inbound is a failed fetch as the answer to the peer whose request asked for it:
// that it is not proven who sent it.
func inbound(err error) error {
	var r *refusal
	if errors.As(err, &r) && r.Status == http.StatusBadGateway {
		return unproven(r.Reason, "the key could not be had: %s", r.Text).because(r.cause)
	}
	return err
}
