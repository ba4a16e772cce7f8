package graph

import (
	"context"

	"disconode/graph/model"
	"disconode/node"
	"disconode/valueflows"
)

// Peers are the sister LABs that the caller's LAB deals with.
func (q query) Peers(ctx context.Context) ([]*model.Peer, error) {
	found, err := q.node.Peers(ctx)
	if err != nil {
		return nil, err
	}
	all := make([]*model.Peer, len(found))
	for i, p := range found {
		all[i] = model.PeerOf(p)
	}
	return all, nil
}

// SharedEntries are what the caller's LAB gave an audience.
func (q query) SharedEntries(ctx context.Context, audience *string, first, before *int) ([]*model.SharedEntry, error) {
	most, end, name := pageSizeDefault, 0, node.AudienceAll
	if first != nil {
		most = *first
	}
	if most < 1 || most > pageSizeMax {
		return nil, valueflows.At(valueflows.Invalid("INVALID_PAGE", "first is between 1 and %d", pageSizeMax), "first")
	}
	if before != nil {
		if end = *before; end < 1 {
			return nil, valueflows.At(valueflows.Invalid("INVALID_PAGE", "before is a position, from 1 on"), "before")
		}
	}
	if audience != nil {
		name = *audience
	}
	given, err := q.node.Shared(ctx, name, int64(end), most)
	if err != nil {
		return nil, err
	}
	all := make([]*model.SharedEntry, len(given))
	for i, g := range given {
		all[i] = &model.SharedEntry{Position: int(g.Position), At: g.At, Kind: g.Kind, Iri: valueflows.URI(g.Object), Activity: valueflows.URI(g.Activity)}
	}
	return all, nil
}

// Refusals are what was refused of what sister LABs sent.
func (q query) Refusals(ctx context.Context) ([]*model.Refusal, error) { return q.node.Refusals(ctx) }

// SharesMyName tells whether the caller lets sister groups know their name.
func (q query) SharesMyName(ctx context.Context) (bool, error) {
	return q.node.SharesName(ctx, node.PrincipalOf(ctx).User)
}

// FollowPeer asks a sister LAB for what it shares.
func (m mutation) FollowPeer(ctx context.Context, actor valueflows.URI) (*model.Peer, error) {
	return peer(m.node.FollowPeer(ctx, string(actor)))
}

// UnfollowPeer asks a sister LAB for no more.
func (m mutation) UnfollowPeer(ctx context.Context, actor valueflows.URI) (*model.Peer, error) {
	return peer(m.node.UnfollowPeer(ctx, string(actor)))
}

// ApprovePeer gives a sister LAB what an audience is given.
func (m mutation) ApprovePeer(ctx context.Context, actor valueflows.URI, audience string) (*model.Peer, error) {
	return peer(m.node.ApprovePeer(ctx, string(actor), audience))
}

// RejectPeer gives a sister LAB nothing, or no more.
func (m mutation) RejectPeer(ctx context.Context, actor valueflows.URI) (*model.Peer, error) {
	return peer(m.node.RejectPeer(ctx, string(actor)))
}

// BlockPeer neither gives a sister LAB anything nor takes anything from it.
func (m mutation) BlockPeer(ctx context.Context, actor valueflows.URI) (*model.Peer, error) {
	return peer(m.node.BlockPeer(ctx, string(actor)))
}

// UnblockPeer lets a sister LAB ask again.
func (m mutation) UnblockPeer(ctx context.Context, actor valueflows.URI) (*model.Peer, error) {
	return peer(m.node.UnblockPeer(ctx, string(actor)))
}

func peer(p *node.Peer, err error) (*model.Peer, error) {
	if err != nil {
		return nil, err
	}
	return model.PeerOf(p), nil
}

// ShareMyName lets sister groups know the caller's name, or no more.
func (m mutation) ShareMyName(ctx context.Context, share bool) (*model.Person, error) {
	me := node.PrincipalOf(ctx).User
	if err := m.node.ShareName(ctx, me, share); err != nil {
		return nil, err
	}
	found, err := node.Get[valueflows.Agent](ctx, m.node, me)
	if err != nil {
		return nil, err
	}
	return (*model.Person)(found), aheadOf(ctx, found)
}
