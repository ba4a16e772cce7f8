// Package node is the node's use cases: who may do what, in which transaction,
// what the journal says of it. Both doors, graph and federation, call it, so
// that a rule is written once; it alone opens the store.
package node

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"disconode/node/store"
	"disconode/valueflows"
)

// Options is what a node is opened with.
type Options struct {
	DataDir  string               // folder of the SQLite file and of the lock
	Database string               // empty for SQLite in DataDir, else postgres://…
	BaseURL  string               // the node's address, without a slash at its end; empty: the one its books know
	Now      func() time.Time     // nil: the clock of the machine
	NewID    func() valueflows.ID // nil: UUIDs of version 7
	Log      *slog.Logger         // nil: nothing is logged
}

// Node is an open node.
type Node struct {
	store *store.Store
	cache *cache
	lock  *lockFile
	flows flows // of the books that were last asked for
	tries tries // to sign in, that failed
	log   *slog.Logger
	now   func() time.Time
	newID func() valueflows.ID
	keys  struct { // the actors' own, once read
		sync.Mutex
		of map[valueflows.ID]*rsa.PrivateKey
	}

	dir     string
	baseURL string
	former  []string
	secret  []byte
}

// Open opens the node's books, making them where there are none.
// It fails with [ErrNew] where no address is known, and where the books are of a
// newer version.
func Open(ctx context.Context, o Options) (*Node, error) {
	n := &Node{log: o.Log, now: o.Now, newID: o.NewID, dir: o.DataDir, cache: newCache()}
	n.keys.of = map[valueflows.ID]*rsa.PrivateKey{}
	if n.log == nil {
		n.log = slog.New(slog.DiscardHandler)
	}
	if n.now == nil {
		n.now = time.Now
	}
	if n.newID == nil {
		n.newID = func() valueflows.ID { return valueflows.ID(uuid.Must(uuid.NewV7())) }
	}
	if o.DataDir != "" {
		if err := os.MkdirAll(o.DataDir, 0o700); err != nil {
			return nil, fmt.Errorf("the data folder: %w", err)
		}
	}
	var err error
	if n.store, err = store.Open(ctx, store.Config{Dir: o.DataDir, Database: o.Database, Log: n.log}); err != nil {
		return nil, err
	}
	if err := n.settle(ctx, o.BaseURL); err != nil {
		n.store.Close()
		return nil, err
	}
	return n, nil
}

// settle reads the node's own row, making it on a new database, and keeps the
// former address where the node has moved.
func (n *Node) settle(ctx context.Context, baseURL string) error {
	row, err := n.store.Node(ctx)
	switch {
	case errors.Is(err, store.ErrNotFound):
		if baseURL == "" {
			return ErrNew
		}
		row = &store.NodeRow{Secret: make([]byte, 32), Made: valueflows.InstantOf(n.now())}
		rand.Read(row.Secret)
	case err != nil:
		return fmt.Errorf("read the node's address: %w", err)
	}
	if baseURL != "" && row.BaseURL != baseURL {
		if err := checkAddress(baseURL); err != nil {
			return err
		}
		if row.BaseURL != "" {
			row.Former = append(row.Former, row.BaseURL)
		}
		row.BaseURL = baseURL
		err := n.store.Write(ctx, func(tx *store.Tx) error {
			known, err := tx.Node()
			if err == nil {
				row.Secret = known.Secret // another process was first
			} else if !errors.Is(err, store.ErrNotFound) {
				return err
			}
			if len(row.Former) > 0 { // audiences know the LABs by their former addresses: they are told anew
				if err := tx.ForgetTold(); err != nil {
					return err
				}
			}
			return tx.PutNode(row)
		})
		if err != nil {
			return fmt.Errorf("keep the node's address: %w", err)
		}
		if row, err = n.store.Node(ctx); err != nil {
			return fmt.Errorf("read the node's address: %w", err)
		}
	}
	n.baseURL, n.former, n.secret = row.BaseURL, row.Former, row.Secret
	return nil
}

func checkAddress(address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || strings.HasSuffix(address, "/") || u.Path != "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return fmt.Errorf("%q is not the address of a node: write it as https://books.example.org, without a path or a slash at its end", address)
	}
	return nil
}

// Close answers the writes that wait, and closes the books.
func (n *Node) Close() error {
	err := n.store.Close()
	if n.lock != nil {
		n.lock.release()
	}
	return err
}

// BaseURL is the node's address, without a slash at its end.
func (n *Node) BaseURL() string { return n.baseURL }

// Ready tells whether the books can be read.
func (n *Node) Ready(ctx context.Context) error {
	if err := n.store.Ping(ctx); err != nil {
		return ErrUnavailable
	}
	return nil
}

// Stats are counts since the node was opened.
func (n *Node) Stats() store.Stats { return n.store.Stats() }

// followEvery is how often a process looks whether another one has written.
const followEvery = 200 * time.Millisecond

// Serve takes the books for serving and then keeps up, until ctx ends, with
// what other processes write to them. On SQLite one process at a time serves;
// a second one is refused with [ErrServed].
func (n *Node) Serve(ctx context.Context) error {
	if err := n.Hold(); err != nil {
		return err
	}
	n.Follow(ctx)
	return nil
}

// Hold takes the books for serving, without following them yet.
func (n *Node) Hold() error {
	if n.store.Shared() || n.lock != nil {
		return nil
	}
	lock, err := takeLock(filepath.Join(n.dir, "serve.lock"))
	if err != nil {
		return err
	}
	n.lock = lock
	return nil
}

// Follow drops what is kept in memory when another process has changed it,
// until ctx ends.
func (n *Node) Follow(ctx context.Context) {
	tick := time.NewTicker(followEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			head, err := n.store.Head(ctx)
			if err != nil {
				n.cache.drop() // what was missed meanwhile, nobody knows
				continue
			}
			n.cache.at(head.Cached)
		}
	}
}
