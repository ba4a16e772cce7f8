package graph

import (
	"context"
	"slices"

	"github.com/99designs/gqlgen/graphql"

	"disconode/valueflows"
)

// offered tells whether an intent is an offer: somebody gives, and nobody is to get it yet.
func offered(i *valueflows.Intent) bool { return !i.Provider.IsZero() && i.Receiver.IsZero() }

// requested tells whether an intent is a request: somebody wants it, and nobody
// is to give it yet.
func requested(i *valueflows.Intent) bool { return i.Provider.IsZero() && !i.Receiver.IsZero() }

// aim is the link from proposals to whether they are made for a purpose: the one
// that they state, or, where they state none, the one that all they publish has.
type aim struct {
	selected
	purpose valueflows.ProposalPurpose
	has     func(*valueflows.Intent) bool
}

func (aim) wants(owners []any) (reader, []valueflows.ID) {
	var ids []valueflows.ID
	for _, owner := range owners {
		ids = append(ids, owner.(*valueflows.Proposal).Publishes...)
	}
	return class[valueflows.Intent]{}, ids
}

func (aim) follow(context.Context, []any, graphql.CollectedField) ([]any, error) { return nil, nil }

func (a aim) write(d *direct, owner any, _ graphql.CollectedField) bool {
	p := owner.(*valueflows.Proposal)
	var intents []*valueflows.Intent
	for _, i := range recordsOf[valueflows.Intent](d.loads, p.Publishes, nil) {
		intents = append(intents, i.(*valueflows.Intent))
	}
	d.truth(a.of(p, intents))
	return true
}

func (a aim) of(p *valueflows.Proposal, publishes []*valueflows.Intent) bool {
	if p.Purpose != "" {
		return p.Purpose == a.purpose
	}
	return len(publishes) > 0 && !slices.ContainsFunc(publishes, func(i *valueflows.Intent) bool { return !a.has(i) })
}

var (
	toOffer   = aim{purpose: valueflows.Offer, has: offered}
	toRequest = aim{purpose: valueflows.Request, has: requested}
)

// IsOffer tells whether it is an offer.
func (proposals) IsOffer(ctx context.Context, p *valueflows.Proposal) (bool, error) {
	publishes, err := several[valueflows.Intent](ctx, p.Publishes)
	return toOffer.of(p, publishes), err
}

// IsRequest tells whether it is a request.
func (proposals) IsRequest(ctx context.Context, p *valueflows.Proposal) (bool, error) {
	publishes, err := several[valueflows.Intent](ctx, p.Publishes)
	return toRequest.of(p, publishes), err
}
