package node

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"
	"time"

	"disconode/node/store"
	"disconode/valueflows"
	"disconode/valueflows/jsonld"
)

// PeerState is how far a request to follow has come; empty where nobody asked.
type PeerState string

// The states. A request failed where the peer could not be looked up, or its
// request was not signed by it.
const (
	Requested PeerState = "requested"
	Approved  PeerState = "approved"
	Rejected  PeerState = "rejected"
	Failed    PeerState = "failed"
)

// Peer is a sister LAB on another node, as a LAB of this node deals with it.
type Peer struct {
	Lab       valueflows.ID // ours
	ID        valueflows.ID // of the LAB there, and of its actor
	IRI       string        // of its actor
	Name      string        // as it calls itself; its IRI until it was looked up
	Inbox     string        // empty until it was looked up
	Follower  PeerState     // what it asked of us
	Knock     string        // the signed request that it asked by, until that is checked
	Audience  string        // name of what it is given; empty for nothing
	Following PeerState     // what we asked of it
	Blocked   bool
	Error     string // why the last of all this failed, in words
	Requested valueflows.Instant
	Delivery  *Delivery // where it is given something

	audience valueflows.ID
	follow   string // IRI of its Follow
}

// Delivery is how far a peer has taken what its audience was given.
type Delivery struct {
	Sent, Waiting int64 // entries of the log
	Attempts      int   // that failed since the last success
	NextTry       valueflows.Instant
	LastSent      valueflows.Instant // zero for never
}

// AudienceAll is the name of the audience that is given all of a LAB's events,
// and the specifications, units and resources that they name.
const AudienceAll = "all"

func (n *Node) peerOf(row *store.Peer, audiences []*store.Audience) *Peer {
	p := &Peer{
		Lab: row.Lab, ID: row.Actor, IRI: row.IRI, Name: row.Name, Inbox: row.Inbox, Follower: PeerState(row.Follower), Knock: row.Knock,
		Following: PeerState(row.Following), Blocked: row.Blocked, Error: row.Error, Requested: row.Requested, audience: row.Audience, follow: row.Follow,
	}
	if p.Name == "" {
		p.Name = row.IRI
	}
	for _, a := range audiences {
		if a.ID == row.Audience && p.Follower == Approved {
			p.Audience = a.Name
			p.Delivery = &Delivery{Sent: row.Delivered, Waiting: a.Size - row.Delivered, Attempts: row.Attempts, NextTry: row.NextTry, LastSent: row.Sent}
		}
	}
	return p
}

// Peers are the sister LABs that the caller's LAB deals with, oldest first.
func (n *Node) Peers(ctx context.Context) ([]*Peer, error) {
	by, err := maySharing(ctx, See)
	if err != nil {
		return nil, err
	}
	rows, err := n.store.Peers(ctx, by.Lab)
	if err != nil {
		return nil, outward(err)
	}
	audiences, err := n.store.Audiences(ctx)
	if err != nil {
		return nil, outward(err)
	}
	all := make([]*Peer, len(rows))
	for i, row := range rows {
		all[i] = n.peerOf(row, audiences)
	}
	return all, nil
}

// Peer is how a LAB deals with an actor. It fails with [ErrNotFound].
func (n *Node) Peer(ctx context.Context, lab valueflows.ID, iri string) (*Peer, error) {
	row, err := n.store.Peer(ctx, lab, valueflows.IDOf(iri))
	if err != nil {
		return nil, outward(err)
	}
	audiences, err := n.store.Audiences(ctx)
	if err != nil {
		return nil, outward(err)
	}
	return n.peerOf(row, audiences), nil
}

// maySharing tells on whose behalf the LAB's sharing is seen or changed.
func maySharing(ctx context.Context, verb Verb) (Principal, error) {
	by := PrincipalOf(ctx)
	switch {
	case by.Role == Public:
		return by, ErrUnauthenticated
	case May(by.Role, verb, Peers) != All:
		return by, ErrForbidden
	case by.Lab.IsZero():
		return by, errNoLab
	}
	return by, nil
}

// actorIRI reads the address of an actor: https, or http where the node is on
// loopback or a private network; what may be reached is the client's to say.
func (n *Node) actorIRI(text string) (string, error) {
	u, err := url.Parse(strings.TrimSpace(text))
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil || u.Fragment != "" || len(text) > iriMax {
		return "", valueflows.At(valueflows.Invalid("INVALID_ACTOR", "%q is not the address of a sister LAB: write it as https://books.example.org/labs/its-name", valueflows.Clip(text)), "actor")
	}
	iri := valueflows.NormalIRI(u.String())
	for _, base := range append([]string{n.baseURL}, n.former...) {
		if iri == base || strings.HasPrefix(iri, base+"/") {
			return "", valueflows.At(valueflows.Invalid("INVALID_ACTOR", "%s is on this node: sister LABs are on other nodes", valueflows.Clip(iri)), "actor")
		}
	}
	return iri, nil
}

// onPeer changes how the caller's LAB deals with an actor, and returns it as it
// is then. The row is new where there was none.
func (n *Node) onPeer(ctx context.Context, actor string, change func(*session, *store.Peer) error) (*Peer, error) {
	by, err := maySharing(ctx, Change)
	if err != nil {
		return nil, err
	}
	iri, err := n.actorIRI(actor)
	if err != nil {
		return nil, err
	}
	if err := n.write(ctx, func(s *session) error {
		row, err := s.peer(by.Lab, iri)
		if err != nil {
			return err
		}
		if err := change(s, row); err != nil {
			return err
		}
		s.touch() // whose books the LAB sees
		return s.tx.PutPeer(row)
	}); err != nil {
		return nil, err
	}
	return n.Peer(ctx, by.Lab, iri)
}

// peer is how a LAB deals with an actor; a new row where it never did.
func (s *session) peer(lab valueflows.ID, iri string) (*store.Peer, error) {
	row, err := s.tx.Peer(lab, valueflows.IDOf(iri))
	if errors.Is(err, store.ErrNotFound) {
		return &store.Peer{ID: s.n.newID(), Lab: lab, Actor: valueflows.IDOf(iri), IRI: iri, Made: s.at}, nil
	}
	return row, err
}

// FollowPeer asks a sister LAB for what it shares. The request is sent as soon
// as its actor was looked up.
func (n *Node) FollowPeer(ctx context.Context, actor string) (*Peer, error) {
	return n.onPeer(ctx, actor, func(s *session, row *store.Peer) error {
		if row.Blocked {
			return errBlocked
		}
		if PeerState(row.Following) == Approved {
			return nil
		}
		iri, err := s.send(row, "Follow", func(m map[string]any) { m["object"] = row.IRI })
		if err != nil {
			return err
		}
		row.Following, row.Followed, row.Error, row.NextTry = string(Requested), iri, "", 0
		return nil
	})
}

// UnfollowPeer asks a sister LAB for no more. What it said stays, unseen.
func (n *Node) UnfollowPeer(ctx context.Context, actor string) (*Peer, error) {
	return n.onPeer(ctx, actor, func(s *session, row *store.Peer) error {
		if row.Followed != "" {
			followed := map[string]any{"id": row.Followed, "type": "Follow", "actor": s.n.actorOf(row.Lab), "object": row.IRI}
			if _, err := s.send(row, "Undo", func(m map[string]any) { m["object"] = followed }); err != nil {
				return err
			}
		}
		row.Following, row.Followed = "", ""
		return nil
	})
}

// ApprovePeer gives a sister LAB that asked for it what an audience is given,
// from its beginning on.
func (n *Node) ApprovePeer(ctx context.Context, actor, audience string) (*Peer, error) {
	if audience != AudienceAll {
		return nil, valueflows.At(valueflows.Invalid("UNKNOWN_AUDIENCE", "there is no audience %q: there is %q", valueflows.Clip(audience), AudienceAll), "audience")
	}
	return n.onPeer(ctx, actor, func(s *session, row *store.Peer) error {
		if row.Blocked {
			return errBlocked
		}
		if state := PeerState(row.Follower); row.Follow == "" || state != Requested && state != Approved && !row.Checked {
			return valueflows.At(valueflows.Invalid("NOT_ASKED", "%s has not asked for anything: approve it when it has", valueflows.Clip(row.IRI)), "actor")
		}
		given, err := s.audience(row.Lab, audience)
		if err != nil {
			return err
		}
		if row.Audience != given.ID {
			row.Audience, row.Delivered = given.ID, 0
		}
		row.Follower, row.Decided, row.Error, row.Attempts, row.NextTry = string(Approved), s.at, "", 0, 0
		if row.Checked {
			return s.accept(row)
		}
		return nil // once it is known that it asked
	})
}

// accept tells a peer that its request is granted.
func (s *session) accept(row *store.Peer) error {
	_, err := s.send(row, "Accept", func(m map[string]any) { m["object"] = followOf(row) })
	return err
}

// followOf is a peer's Follow as an answer names it.
func followOf(row *store.Peer) map[string]any {
	return map[string]any{"id": row.Follow, "type": "Follow", "actor": row.IRI}
}

// audience is a LAB's of a name, made where it is not there yet.
func (s *session) audience(lab valueflows.ID, name string) (*store.Audience, error) {
	a, err := s.tx.Audience(lab, name)
	if !errors.Is(err, store.ErrNotFound) {
		return a, err
	}
	a = &store.Audience{ID: s.n.newID(), Lab: lab, Name: name, Made: s.at}
	return a, s.tx.PutAudience(a)
}

// RejectPeer gives a sister LAB nothing, or no more.
func (n *Node) RejectPeer(ctx context.Context, actor string) (*Peer, error) {
	return n.onPeer(ctx, actor, func(s *session, row *store.Peer) error {
		if row.Follower == "" {
			return valueflows.At(valueflows.Invalid("NOT_ASKED", "%s has not asked for anything", valueflows.Clip(row.IRI)), "actor")
		}
		known := row.Checked
		row.Follower, row.Knock, row.Decided, row.Error = string(Rejected), "", s.at, ""
		if !known {
			return nil // who it is was never looked up
		}
		_, err := s.send(row, "Reject", func(m map[string]any) { m["object"] = followOf(row) })
		return err
	})
}

// BlockPeer neither gives an actor anything nor takes anything from it, nor is
// anything sent to it. What it said before is not shown any more.
func (n *Node) BlockPeer(ctx context.Context, actor string) (*Peer, error) {
	return n.onPeer(ctx, actor, func(s *session, row *store.Peer) error {
		row.Blocked, row.Knock = true, ""
		if PeerState(row.Follower) == Requested {
			row.Follower = string(Rejected)
		}
		return nil
	})
}

// UnblockPeer lets an actor ask again.
func (n *Node) UnblockPeer(ctx context.Context, actor string) (*Peer, error) {
	return n.onPeer(ctx, actor, func(s *session, row *store.Peer) error {
		row.Blocked = false
		if PeerState(row.Follower) == Rejected {
			row.Follower = "" // it may ask again
		}
		return nil
	})
}

var errBlocked = valueflows.Invalid("BLOCKED", "this sister LAB is blocked: unblock it first")

// actorOf is the IRI of a LAB's actor.
func (n *Node) actorOf(lab valueflows.ID) string {
	return n.IRI(&valueflows.Record{ID: lab}, valueflows.ClassOrganization)
}

// messageKept is how long a message is kept that is done with.
const messageKept = 30 * 24 * time.Hour

// send has a message sent to a peer, in the transaction, and returns its IRI.
// One of before that still waits and says the opposite, or the same, is given up.
func (s *session) send(to *store.Peer, kind string, fill func(map[string]any)) (string, error) {
	kinds := [2]string{"Accept", "Reject"}
	if kind == "Follow" || kind == "Undo" {
		kinds = [2]string{"Follow", "Undo"}
	}
	if err := s.tx.Supersede(to.Lab, to.Actor, kinds, s.at-valueflows.Instant(messageKept.Microseconds())); err != nil {
		return "", err
	}
	id, from := s.n.newID(), s.n.actorOf(to.Lab)
	m := map[string]any{"id": from + "/messages/" + id.String(), "type": kind, "actor": from, "to": []string{to.IRI}}
	fill(m)
	body, err := jsonld.Activity(m)
	if err != nil {
		return "", err
	}
	return m["id"].(string), s.tx.PutMessage(&store.Message{ID: id, Lab: to.Lab, Actor: to.Actor, Kind: kind, Body: body, Made: s.at, State: waiting})
}

// origins are the LABs on other nodes whose claims a LAB sees: those that it
// follows.
func (n *Node) origins(ctx context.Context, lab valueflows.ID) ([]valueflows.ID, error) {
	if lab.IsZero() {
		return nil, nil
	}
	n.cache.mu.RLock()
	kept, generation := n.cache.origins, n.cache.generation
	n.cache.mu.RUnlock()
	if kept == nil {
		rows, err := n.store.Peers(ctx, valueflows.ID{})
		if err != nil {
			return nil, err
		}
		kept = map[valueflows.ID][]valueflows.ID{}
		actors := map[valueflows.ID]string{}
		for _, row := range rows {
			actors[row.Actor] = row.IRI
			if followed(row) {
				kept[row.Lab] = append(kept[row.Lab], row.Actor)
			}
		}
		n.cache.mu.Lock()
		if n.cache.generation == generation {
			n.cache.origins, n.cache.actors = kept, actors
		}
		n.cache.mu.Unlock()
	}
	return kept[lab], nil
}

// followed tells whether what a peer says is shown.
func followed(row *store.Peer) bool { return PeerState(row.Following) == Approved && !row.Blocked }

// follows tells whether the session's LAB sees the books of a LAB elsewhere.
func (s *session) follows(books valueflows.ID) (bool, error) {
	rows, err := s.tx.PeersOf(s.by.Lab)
	return slices.ContainsFunc(rows, func(row *store.Peer) bool { return row.Actor == books && followed(row) }), err
}

// OriginIRI is the IRI of the LAB, of this node or of another, in whose books a
// record is; empty where it is in nobody's.
func (n *Node) OriginIRI(books valueflows.ID) string {
	if books.IsZero() {
		return ""
	}
	if lab := n.labOf(books); lab != nil {
		return n.baseURL + "/labs/" + lab.Slug
	}
	if _, err := n.origins(context.Background(), books); err != nil { // which reads all
		return ""
	}
	n.cache.mu.RLock()
	defer n.cache.mu.RUnlock()
	return n.cache.actors[books]
}

// Refusal is what a peer sent that was not taken, and why.
type Refusal struct {
	Actor          valueflows.ID // who sent it
	Reason, Object string
	At             valueflows.Instant
}

// Refusals are the latest of what the caller's LAB refused, newest first.
func (n *Node) Refusals(ctx context.Context) ([]*Refusal, error) {
	by, err := maySharing(ctx, See)
	if err != nil {
		return nil, err
	}
	rows, err := n.store.Refusals(ctx, by.Lab)
	if err != nil {
		return nil, outward(err)
	}
	all := make([]*Refusal, len(rows))
	for i, row := range rows {
		all[i] = &Refusal{row.Actor, row.Reason, row.Object, row.At}
	}
	return all, nil
}
