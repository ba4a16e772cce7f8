package node

import (
	"context"
	"net/url"
	"strings"
	"time"

	"disconode/node/store"
	"disconode/valueflows"
)

// Knock is a Follow whose signature is not checked yet, since nobody has allowed
// to look its sender up.
type Knock struct {
	Lab    valueflows.ID
	Actor  string // IRI of who says to have sent it
	Follow string // IRI of the activity
	Proof  string // the signed request, for the door to check later
}

// How many requests may wait for a steward: of a LAB, and of one host.
const (
	knocksMax       = 20
	knocksOfHostMax = 5
)

// How long an unproven request takes up a place, and after what time one that was
// rejected may ask again.
const (
	knockKept = 14 * 24 * time.Hour
	askAgain  = 7 * 24 * time.Hour
)

// Ask takes the request of an actor to follow a LAB. One whose signature is
// checked comes from a known peer: it is answered again as it was decided.
// Another one waits for a steward, with its proof.
// It fails with [ErrForbidden] where the actor is blocked, and with [ErrTooMany].
func (n *Node) Ask(ctx context.Context, k Knock) error {
	iri, err := n.actorIRI(k.Actor)
	if err != nil {
		return err
	}
	return n.write(AsPartner(ctx, valueflows.IDOf(iri)), func(s *session) error {
		row, err := s.peer(k.Lab, iri)
		if err != nil {
			return err
		}
		if row.Blocked {
			return ErrForbidden
		}
		checked := k.Proof == ""
		switch state := PeerState(row.Follower); {
		case state == Approved && checked:
			if row.Follow != k.Follow {
				row.Delivered = 0 // what came while it did not follow, it has not taken
			}
			row.Follow, row.Knock, row.Checked = k.Follow, "", true
			if err := s.accept(row); err != nil {
				return err
			}
		case state == Approved:
			return nil // whoever it is: it was decided
		case state == Rejected && s.at-row.Decided < valueflows.Instant(askAgain.Microseconds()):
			return nil
		case state == Requested && row.Knock != "" && !checked && s.at-row.Requested < valueflows.Instant(knockKept.Microseconds()):
			return nil // the first proof stays: it may be the true one
		default:
			if err := s.roomFor(row); err != nil {
				return err
			}
			row.Follower, row.Follow, row.Knock, row.Requested = string(Requested), k.Follow, k.Proof, s.at
			row.Checked = checked
		}
		return s.tx.PutPeer(row)
	})
}

// asked tells whether a peer was asked for what it says: it may come before the
// answer does, and is shown once that is there.
func asked(peer *store.Peer) bool {
	return PeerState(peer.Following) == Approved || PeerState(peer.Following) == Requested
}

// roomFor fails with [ErrTooMany] where too many requests wait already.
func (s *session) roomFor(asks *store.Peer) error {
	rows, err := s.tx.PeersOf(asks.Lab)
	if err != nil {
		return err
	}
	all, ofHost := 0, 0
	for _, row := range rows {
		stale := row.Knock != "" && s.at-row.Requested >= valueflows.Instant(knockKept.Microseconds())
		if row.Actor == asks.Actor || PeerState(row.Follower) != Requested || stale {
			continue
		}
		all++
		if hostOf(row.IRI) == hostOf(asks.IRI) {
			ofHost++
		}
	}
	if all >= knocksMax || ofHost >= knocksOfHostMax {
		return ErrTooMany
	}
	return nil
}

func hostOf(iri string) string {
	u, err := url.Parse(iri)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Host)
}
