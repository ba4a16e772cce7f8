package node

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"errors"
	"fmt"
	"time"

	"disconode/node/store"
	"disconode/valueflows"
)

// SigningKey is the key that a LAB's actor signs with, or the node's own where
// lab is zero; made when it is first asked for.
func (n *Node) SigningKey(ctx context.Context, lab valueflows.ID) (*rsa.PrivateKey, error) {
	n.keys.Lock()
	defer n.keys.Unlock()
	if key := n.keys.of[lab]; key != nil {
		return key, nil
	}
	private, err := n.store.ActorKey(ctx, lab)
	if errors.Is(err, store.ErrNotFound) {
		made, err := rsa.GenerateKey(rand.Reader, 2048)
		if err != nil {
			return nil, err
		}
		text, err := x509.MarshalPKCS8PrivateKey(made)
		if err != nil {
			return nil, err
		}
		if err := n.write(ctx, func(s *session) error { return s.tx.PutActorKey(lab, text, s.at) }); err != nil {
			return nil, err
		}
		if private, err = n.store.ActorKey(ctx, lab); err != nil { // another process may have been first
			return nil, outward(err)
		}
	} else if err != nil {
		return nil, outward(err)
	}
	parsed, err := x509.ParsePKCS8PrivateKey(private)
	if err != nil {
		return nil, fmt.Errorf("an actor's key: %w", err)
	}
	key, ok := parsed.(*rsa.PrivateKey)
	if !ok {
		return nil, fmt.Errorf("an actor's key is %T", parsed)
	}
	n.keys.of[lab] = key
	return key, nil
}

// PublicKey is an actor's key elsewhere, as it was fetched; an empty PEM is one
// that could not be had.
type PublicKey struct {
	IRI, Owner, PEM string
	Fetched         time.Time
}

// PublicKey is a key that was fetched. It fails with [ErrNotFound].
func (n *Node) PublicKey(ctx context.Context, iri string) (*PublicKey, error) {
	k, err := n.store.PeerKey(ctx, iri)
	if err != nil {
		return nil, outward(err)
	}
	return &PublicKey{k.IRI, k.Owner, k.PEM, k.Fetched.Time()}, nil
}

// KeepPublicKey keeps a key that was fetched.
func (n *Node) KeepPublicKey(ctx context.Context, k PublicKey) error {
	return n.write(ctx, func(s *session) error {
		return s.tx.PutPeerKey(store.PeerKey{IRI: k.IRI, Owner: k.Owner, PEM: k.PEM, Fetched: valueflows.InstantOf(k.Fetched)})
	})
}
