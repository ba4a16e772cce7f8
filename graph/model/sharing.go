package model

import (
	"disconode/node"
	"disconode/valueflows"
)

// Peer is a sister LAB on another node. What is nil or empty is null.
type Peer struct {
	ID        valueflows.ID
	Iri       valueflows.URI
	Name      string
	Follower  node.PeerState
	Audience  valueflows.Text
	Following node.PeerState
	Blocked   bool
	Requested *valueflows.Instant
	Error     valueflows.Text
	Delivery  *Delivery
}

// Delivery is how far a sister LAB has taken what it is given.
type Delivery struct {
	Sent, Waiting, Attempts int
	NextTry, LastSent       *valueflows.Instant
	LastError               valueflows.Text
}

// PeerOf is a sister LAB as GraphQL answers it.
func PeerOf(p *node.Peer) *Peer {
	peer := &Peer{
		ID: p.ID, Iri: valueflows.URI(p.IRI), Name: p.Name, Follower: p.Follower, Audience: valueflows.Text(p.Audience), Following: p.Following,
		Blocked: p.Blocked, Requested: stated(p.Requested), Error: valueflows.Text(p.Error),
	}
	if d := p.Delivery; d != nil {
		peer.Delivery = &Delivery{Sent: int(d.Sent), Waiting: int(d.Waiting), Attempts: d.Attempts, NextTry: stated(d.NextTry), LastSent: stated(d.LastSent)}
		if d.Attempts > 0 {
			peer.Delivery.LastError = valueflows.Text(p.Error)
		}
	}
	return peer
}

// stated is an instant, or nil for none.
func stated(at valueflows.Instant) *valueflows.Instant {
	if at == 0 {
		return nil
	}
	return &at
}

// SharedEntry is one thing that an audience was given.
type SharedEntry struct {
	Position int
	At       valueflows.Instant
	Kind     string
	Iri      valueflows.URI
	Activity valueflows.URI
}

// Refusal is what a sister LAB sent that was refused.
type Refusal = node.Refusal
