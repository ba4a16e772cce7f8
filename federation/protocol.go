package federation

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"github.com/go-fed/activity/pub"
	"github.com/go-fed/activity/streams"
	"github.com/go-fed/activity/streams/vocab"
)

// protocol is what the library asks while it reads an activity. Everything that
// decides has been decided at the edge: here is what is left to say.
type protocol struct{ *Federation }

var _ pub.FederatingProtocol = protocol{}

// PostInboxRequestBodyHook may add to the context. Here: refuses what did not
// come through the edge, or is another activity than the edge read.
func (protocol) PostInboxRequestBodyHook(ctx context.Context, _ *http.Request, activity pub.Activity) (context.Context, error) {
	p := postedOf(ctx)
	if p == nil || activity.GetJSONLDId().Get() == nil || activity.GetTypeName() != p.Kind {
		return ctx, errOutside
	}
	return ctx, nil
}

// AuthenticatePostInbox tells who sent a request. Here: the edge knows.
func (protocol) AuthenticatePostInbox(ctx context.Context, _ http.ResponseWriter, _ *http.Request) (context.Context, bool, error) {
	if postedOf(ctx) == nil {
		return ctx, false, errOutside
	}
	return ctx, true, nil
}

// Blocked tells whether the actors are blocked. Here: not asked of the ids that
// the library gives, which for an embedded actor is the activity's, but of the
// actor as it was read from what came.
func (protocol) Blocked(ctx context.Context, _ []*url.URL) (bool, error) {
	p := postedOf(ctx)
	if p == nil {
		return true, errOutside
	}
	return p.Peer != nil && p.Peer.Blocked, nil
}

// FederatingCallbacks are the effects of activities. Here: all are overridden;
// the library's own would fetch, lock and store by themselves.
func (protocol) FederatingCallbacks(context.Context) (pub.FederatingWrappedCallbacks, []any, error) {
	return pub.FederatingWrappedCallbacks{OnFollow: pub.OnFollowDoNothing}, []any{
		func(ctx context.Context, _ vocab.ActivityStreamsFollow) error { return postedOf(ctx).follow() },
		func(ctx context.Context, _ vocab.ActivityStreamsAccept) error { return postedOf(ctx).accept() },
		func(ctx context.Context, _ vocab.ActivityStreamsReject) error { return postedOf(ctx).reject() },
		func(ctx context.Context, _ vocab.ActivityStreamsUndo) error { return postedOf(ctx).undo() },
		func(ctx context.Context, _ vocab.ActivityStreamsCreate) error { return postedOf(ctx).create() },
		func(ctx context.Context, _ vocab.ActivityStreamsUpdate) error { return postedOf(ctx).update() },
		func(ctx context.Context, _ vocab.ActivityStreamsDelete) error { return postedOf(ctx).delete() },
		func(ctx context.Context, _ vocab.ActivityStreamsAdd) error { return postedOf(ctx).other() },
		func(ctx context.Context, _ vocab.ActivityStreamsRemove) error { return postedOf(ctx).other() },
		func(ctx context.Context, _ vocab.ActivityStreamsLike) error { return postedOf(ctx).other() },
		func(ctx context.Context, _ vocab.ActivityStreamsAnnounce) error { return postedOf(ctx).other() },
		func(ctx context.Context, _ vocab.ActivityStreamsBlock) error { return postedOf(ctx).other() },
	}, nil
}

// DefaultCallback has the effect of all further activities. Here: they are kept
// as they came.
func (protocol) DefaultCallback(ctx context.Context, _ pub.Activity) error {
	return postedOf(ctx).other()
}

// MaxInboxForwardingRecursionDepth bounds a search that may fetch; zero is no
// bound. Here: nothing is forwarded, so that it never begins.
func (protocol) MaxInboxForwardingRecursionDepth(context.Context) int { return 1 }

// MaxDeliveryRecursionDepth bounds the collections that a delivery opens.
func (protocol) MaxDeliveryRecursionDepth(context.Context) int { return 1 }

// FilterForwarding chooses to whom an activity is passed on. Here: to nobody.
func (protocol) FilterForwarding(context.Context, []*url.URL, pub.Activity) ([]*url.URL, error) {
	return nil, nil
}

// GetInbox is what a GET of an inbox shows. Here: nothing; see hideInbox.
func (protocol) GetInbox(context.Context, *http.Request) (vocab.ActivityStreamsOrderedCollectionPage, error) {
	return streams.NewActivityStreamsOrderedCollectionPage(), nil
}

// behavior is what the library asks whichever way it is used.
type behavior struct{ *Federation }

var _ pub.CommonBehavior = behavior{}

var errOwnBytes = errors.New("this is answered from the node's own bytes")

// AuthenticateGetInbox tells who reads an inbox. Here: nobody does.
func (behavior) AuthenticateGetInbox(ctx context.Context, _ http.ResponseWriter, _ *http.Request) (context.Context, bool, error) {
	return ctx, false, errOwnBytes
}

// AuthenticateGetOutbox tells who reads an outbox. Here: see showOutbox.
func (behavior) AuthenticateGetOutbox(ctx context.Context, _ http.ResponseWriter, _ *http.Request) (context.Context, bool, error) {
	return ctx, false, errOwnBytes
}

// GetOutbox is what a GET of an outbox shows. Here: see showOutbox.
func (behavior) GetOutbox(context.Context, *http.Request) (vocab.ActivityStreamsOrderedCollectionPage, error) {
	return nil, errOwnBytes
}

// NewTransport is the way to other servers. Here: none; see transport.
func (behavior) NewTransport(context.Context, *url.URL, string) (pub.Transport, error) {
	return transport{}, nil
}
