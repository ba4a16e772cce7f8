package federation

import (
	"context"
	"strings"
	"unicode"

	"disconode/node"
)

// nameMax bounds, in characters, the name that a peer gives itself.
const nameMax = 200

// lookUp asks a peer who it is, once a steward allowed that: its name, its inbox,
// and whether the request that it knocked with was signed by it.
func (f *Federation) lookUp(ctx context.Context, p *node.Peer) {
	actor, failure := f.fetchPeer(ctx, p)
	if ctx.Err() != nil {
		return // its lease ends by itself
	}
	name, inbox, final := "", "", false
	if failure != nil {
		final = reasonOf(failure) != "" && !passing(failure)
		f.log.Info("a peer could not be looked up", "peer", p.IRI, "reason", reasonOf(failure), "final", final, "error", failure)
		failure = &undelivered{text: publicText(failure), cause: failure}
	} else {
		name, inbox = nameOf(actor), actor.Inbox
	}
	keeping, cancel := context.WithTimeout(context.WithoutCancel(ctx), keepTimeout)
	defer cancel()
	if err := f.node.Looked(keeping, p, name, inbox, failure, final); err != nil {
		f.log.Error("what was found out about a peer could not be kept", "peer", p.IRI, "error", err)
	}
}

func (f *Federation) fetchPeer(ctx context.Context, p *node.Peer) (*remoteActor, error) {
	ways, err := f.out(ctx)
	if err != nil {
		return nil, err
	}
	actor, err := ways.client.fetchActor(ctx, p.IRI)
	if err != nil {
		return nil, err
	}
	if actor.ID != p.IRI {
		return nil, foreign(documentID, "what stands at %s says to be %s: ask that", clip(p.IRI), clip(actor.ID))
	}
	if p.Knock == "" {
		return actor, nil
	}
	signed, err := readStored([]byte(p.Knock))
	if err != nil {
		return nil, err
	}
	owner, err := f.verified(ctx, signed)
	if err != nil {
		return nil, err
	}
	if owner != p.IRI {
		return nil, foreign(keyOwner, "its request was signed by %s", clip(owner))
	}
	return actor, nil
}

// nameOf is the name that an actor gives itself, in one line.
func nameOf(a *remoteActor) string {
	name := a.Name
	if name == "" {
		name = a.PreferredUsername
	}
	name = strings.TrimSpace(strings.Map(func(c rune) rune {
		if unicode.IsControl(c) || unicode.Is(unicode.Bidi_Control, c) {
			return -1
		}
		return c
	}, name))
	if runes := []rune(name); len(runes) > nameMax {
		name = string(runes[:nameMax])
	}
	return name
}
