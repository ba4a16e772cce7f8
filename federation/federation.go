package federation

import (
	"context"
	"crypto/rsa"
	"log/slog"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"

	"github.com/go-fed/activity/pub"

	"disconode/node"
	"disconode/valueflows"
)

// Options is what the peers' door is opened with.
type Options struct {
	AllowNet []netip.Prefix   // private networks that the node may reach out to
	Now      func() time.Time // nil: the clock of the machine
	Log      *slog.Logger     // nil: nothing is logged
}

// Federation is the node's door to its peers: [Federation.Handler] answers them,
// and [Federation.Run] tells them what they are to be told.
type Federation struct {
	node       *node.Node
	log        *slog.Logger
	now        func() time.Time
	reach      reach
	signatures *signatures
	replays    *replays
	actor      pub.FederatingActor // the library's, behind our edge
	knocks     pace

	refused sync.Map // reason -> *atomic.Int64
	busy    busy

	mu   sync.Mutex
	ways *ways // nil until something is first asked of another node
}

// ways are how the node reaches out.
type ways struct {
	client  *client
	keyring *keyring
}

// New opens the peers' door of a node. It fails where the node's address is none
// that peers could reach.
func New(n *node.Node, o Options) (*Federation, error) {
	f := &Federation{node: n, log: o.Log, now: o.Now, reach: reach{opened: o.AllowNet}}
	if f.log == nil {
		f.log = slog.New(slog.DiscardHandler)
	}
	if f.now == nil {
		f.now = time.Now
	}
	var err error
	if f.signatures, err = newSignatures(n.BaseURL(), usualWindow, f.reach); err != nil {
		return nil, err
	}
	f.replays = newReplays(usualWindow, replaysMax)
	f.actor = pub.NewFederatingActor(behavior{f}, protocol{f}, database{}, clock(f.now))
	return f, nil
}

// out is how the node reaches out. The node's own key, which signs what is asked
// for, is made when it is first needed.
func (f *Federation) out(ctx context.Context) (*ways, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.ways != nil {
		return f.ways, nil
	}
	sign, err := f.signer(ctx, valueflows.ID{}, f.nodeActor())
	if err != nil {
		return nil, err
	}
	c := newClient(clientOptions{AllowNet: f.reach.opened, Agent: "disconode (+" + f.node.BaseURL() + ")", Sign: sign, Now: f.now})
	f.ways = &ways{client: c, keyring: newKeyring(c, keys{f.node}, f.now)}
	return f.ways, nil
}

// signer signs as an actor of ours: a LAB's, or the node's own where lab is zero.
func (f *Federation) signer(ctx context.Context, lab valueflows.ID, actor string) (*signer, error) {
	var key *rsa.PrivateKey
	key, err := f.node.SigningKey(ctx, lab)
	if err != nil {
		return nil, err
	}
	return &signer{KeyID: actor + mainKey, Key: key}, nil
}

// Refused counts the requests that were refused, by reason.
func (f *Federation) Refused() map[string]int64 {
	counts := map[string]int64{}
	f.refused.Range(func(why, count any) bool {
		counts[string(why.(reason))] = count.(*atomic.Int64).Load()
		return true
	})
	return counts
}

// clock is the library's clock.
type clock func() time.Time

var _ pub.Clock = clock(nil)

// Now is the time.
func (c clock) Now() time.Time { return c() }

// keys keeps the keys of actors elsewhere in the books.
type keys struct{ node *node.Node }

var _ keyStore = keys{}

// Key is a key that was fetched.
func (k keys) Key(ctx context.Context, id string) (keptKey, bool, error) {
	key, err := k.node.PublicKey(ctx, id)
	if isMissing(err) {
		return keptKey{}, false, nil
	}
	if err != nil {
		return keptKey{}, false, err
	}
	return keptKey{ID: key.IRI, Owner: key.Owner, PEM: key.PEM, Fetched: key.Fetched}, true, nil
}

// PutKey keeps a key that was fetched.
func (k keys) PutKey(ctx context.Context, key keptKey) error {
	return k.node.KeepPublicKey(ctx, node.PublicKey{IRI: key.ID, Owner: key.Owner, PEM: key.PEM, Fetched: key.Fetched})
}
