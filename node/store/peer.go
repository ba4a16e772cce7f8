package store

import (
	"context"

	"disconode/valueflows"
)

// Peer is a LAB on another node, as a LAB of this node deals with it. It is
// kept outside the journal.
type Peer struct {
	ID        valueflows.ID
	Lab       valueflows.ID // ours
	Actor     valueflows.ID // of its IRI
	IRI       string
	Name      string
	Inbox     string // empty until the actor was looked up
	Follower  string // what it asked of us, a state of package node
	Follow    string // its Follow, as it came
	Checked   bool   // that it asked is proven
	Knock     string // the signed request that brought it, until the signature is checked
	Audience  valueflows.ID
	Following string // what we asked of it
	Followed  string // IRI of our Follow
	Blocked   bool
	Error     string
	Requested valueflows.Instant
	Decided   valueflows.Instant
	Delivered int64 // position in the audience's log
	Attempts  int
	NextTry   valueflows.Instant
	Sent      valueflows.Instant
	Leased    valueflows.Instant
	Made      valueflows.Instant
}

var peers = table[Peer]{
	name: "peer", id: func(p *Peer) valueflows.ID { return p.ID },
	columns: func(p *Peer) []column {
		return columns(ref("id", &p.ID), ref("lab", &p.Lab), ref("actor", &p.Actor), str("iri", &p.IRI), str("name", &p.Name), str("inbox", &p.Inbox),
			str("follower", &p.Follower), str("follow", &p.Follow), flag("checked", &p.Checked), str("knock", &p.Knock), ref("audience", &p.Audience),
			str("following", &p.Following), str("followed", &p.Followed), flag("blocked", &p.Blocked), str("error", &p.Error),
			num("requested", &p.Requested), num("decided", &p.Decided), num("delivered", &p.Delivered), num("attempts", &p.Attempts),
			num("next_try", &p.NextTry), num("sent", &p.Sent), num("leased", &p.Leased), num("made", &p.Made))
	},
}

// Peers are those of a LAB, oldest first; of all LABs where lab is zero.
func (s *Store) Peers(ctx context.Context, lab valueflows.ID) ([]*Peer, error) {
	if lab.IsZero() {
		return peers.where(ctx, s, "1 = 1 ORDER BY made, id")
	}
	return peers.where(ctx, s, "lab = ? ORDER BY made, id", idArg(lab))
}

// Peer is how a LAB deals with an actor. It fails with [ErrNotFound].
func (s *Store) Peer(ctx context.Context, lab, actor valueflows.ID) (*Peer, error) {
	return first(peers.where(ctx, s, "lab = ? AND actor = ?", idArg(lab), idArg(actor)))
}

// Peer is how a LAB deals with an actor. It fails with [ErrNotFound].
func (tx *Tx) Peer(lab, actor valueflows.ID) (*Peer, error) {
	return first(peers.where(tx.w.ctx, tx, "lab = ? AND actor = ?", idArg(lab), idArg(actor)))
}

// PeersOf are the peers of a LAB, oldest first.
func (tx *Tx) PeersOf(lab valueflows.ID) ([]*Peer, error) {
	return peers.where(tx.w.ctx, tx, "lab = ? ORDER BY made, id", idArg(lab))
}

const (
	isBehind = "follower = ? AND NOT blocked AND inbox <> '' AND knock = '' AND leased <= ? AND next_try <= ?" +
		" AND delivered < (SELECT size FROM audience WHERE audience.id = peer.audience)" +
		" AND NOT EXISTS (SELECT 1 FROM message WHERE message.lab = peer.lab AND message.actor = peer.actor AND message.kind = 'Accept' AND message.state = 'waiting')"
	isUnseen = "(follower = ? AND (inbox = '' OR knock <> '') OR following = ? AND inbox = '') AND NOT blocked AND leased <= ? AND next_try <= ?"
	isDue    = "state = 'waiting' AND next_try <= ? AND leased <= ? AND EXISTS" +
		" (SELECT 1 FROM peer WHERE peer.lab = message.lab AND peer.actor = message.actor AND peer.inbox <> '')"
)

// AnyBehind tells whether [Tx.PeersBehind] would find any.
func (s *Store) AnyBehind(ctx context.Context, follower string, now valueflows.Instant) (bool, error) {
	return s.any(ctx, "SELECT 1 FROM peer WHERE "+isBehind+" LIMIT 1", follower, int64(now), int64(now))
}

// AnyUnseen tells whether [Tx.PeersUnseen] would find any.
func (s *Store) AnyUnseen(ctx context.Context, state string, now valueflows.Instant) (bool, error) {
	return s.any(ctx, "SELECT 1 FROM peer WHERE "+isUnseen+" LIMIT 1", state, "requested", int64(now), int64(now))
}

// MessageDue tells whether [Tx.MessagesDue] would find any.
func (s *Store) MessageDue(ctx context.Context, now valueflows.Instant) (bool, error) {
	return s.any(ctx, "SELECT 1 FROM message WHERE "+isDue+" LIMIT 1", int64(now), int64(now))
}

func (s *Store) any(ctx context.Context, text string, args ...any) (bool, error) {
	rows, err := s.query(ctx, text, args...)
	if err != nil {
		return false, err
	}
	defer rows.Close()
	return rows.Next(), rows.Err()
}

// PeersBehind are the peers that have not taken all of what their audience was
// given, and whose turn it is; the answer to their request goes first.
func (tx *Tx) PeersBehind(follower string, now valueflows.Instant) ([]*Peer, error) {
	return peers.where(tx.w.ctx, tx, isBehind+" ORDER BY next_try, id", follower, int64(now), int64(now))
}

// PeersUnseen are the peers of any LAB whose actors are to be looked up.
func (tx *Tx) PeersUnseen(state string, now valueflows.Instant) ([]*Peer, error) {
	return peers.where(tx.w.ctx, tx, isUnseen+" ORDER BY next_try, id", state, "requested", int64(now), int64(now))
}

// PutPeer writes how a LAB deals with an actor, at once.
func (tx *Tx) PutPeer(p *Peer) error { return peers.upsert(tx.w.ctx, tx, []*Peer{p}) }

// Message is for one peer alone.
type Message struct {
	ID         valueflows.ID
	Lab, Actor valueflows.ID
	Kind       string
	Body       []byte
	Made       valueflows.Instant
	Attempts   int
	NextTry    valueflows.Instant
	Leased     valueflows.Instant
	Error      string
	State      string // waiting, sent or dead
}

var messages = table[Message]{
	name: "message", id: func(m *Message) valueflows.ID { return m.ID },
	columns: func(m *Message) []column {
		return columns(ref("id", &m.ID), ref("lab", &m.Lab), ref("actor", &m.Actor), str("kind", &m.Kind), raw("body", &m.Body), num("made", &m.Made),
			num("attempts", &m.Attempts), num("next_try", &m.NextTry), num("leased", &m.Leased), str("error", &m.Error), str("state", &m.State))
	},
}

// raw are bytes as they are.
func raw(name string, b *[]byte) []column { return one(name, bytesValue{b}) }

// PutMessage writes a message, at once.
func (tx *Tx) PutMessage(m *Message) error { return messages.upsert(tx.w.ctx, tx, []*Message{m}) }

// Message is one message. It fails with [ErrNotFound].
func (tx *Tx) Message(id valueflows.ID) (*Message, error) {
	return first(messages.where(tx.w.ctx, tx, "id = ?", idArg(id)))
}

// MessagesDue are waiting messages whose turn it is, oldest first: to peers
// whose inbox is known.
func (tx *Tx) MessagesDue(now valueflows.Instant, most int) ([]*Message, error) {
	return messages.where(tx.w.ctx, tx, isDue+" ORDER BY made, id LIMIT ?", int64(now), int64(now), most)
}

// Supersede gives up the messages of some kinds to a peer that wait: what was
// decided since counts. Old ones that are done with are forgotten.
func (tx *Tx) Supersede(lab, actor valueflows.ID, kinds [2]string, old valueflows.Instant) error {
	if err := tx.exec(tx.w.ctx, "UPDATE message SET state = 'dead', error = 'superseded' WHERE lab = ? AND actor = ? AND state = 'waiting' AND kind IN (?, ?)",
		idArg(lab), idArg(actor), kinds[0], kinds[1]); err != nil {
		return err
	}
	return tx.exec(tx.w.ctx, "DELETE FROM message WHERE state <> 'waiting' AND made < ?", int64(old))
}
