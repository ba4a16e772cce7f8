package federation

import (
	"context"
	"errors"
	"net/url"
	"strings"

	"github.com/go-fed/activity/pub"
	"github.com/go-fed/activity/streams"
	"github.com/go-fed/activity/streams/vocab"
)

// database is what the library takes for its database. It keeps nothing: an
// activity and its effects are committed by one call of the node, after the
// library has read it. So nothing is left where that fails, and a repetition
// finds the inbox as it was.
type database struct{}

var _ pub.Database = database{}

var errNotKept = errors.New("the library keeps nothing")

// Lock locks an IRI. Here: nothing. The library locks some IRIs twice and leaves
// others locked; what must not happen at once is the writer's to see to.
func (database) Lock(context.Context, *url.URL) error { return nil }

// Unlock unlocks an IRI. Here: nothing.
func (database) Unlock(context.Context, *url.URL) error { return nil }

// InboxContains tells whether an activity came before. Here: no, as far as the
// library goes. Whether it had its effect is known in the commit alone.
func (database) InboxContains(context.Context, *url.URL, *url.URL) (bool, error) { return false, nil }

// GetInbox is an inbox, to put an activity in. Here: an empty one.
func (database) GetInbox(context.Context, *url.URL) (vocab.ActivityStreamsOrderedCollectionPage, error) {
	return streams.NewActivityStreamsOrderedCollectionPage(), nil
}

// SetInbox keeps an inbox. Here: nothing.
func (database) SetInbox(context.Context, vocab.ActivityStreamsOrderedCollectionPage) error {
	return nil
}

// Owns tells whether an IRI is ours. Here: none that would be forwarded to.
func (database) Owns(context.Context, *url.URL) (bool, error) { return false, nil }

// Exists tells whether an object is known. Here: no.
func (database) Exists(context.Context, *url.URL) (bool, error) { return false, nil }

// Create keeps an object or an activity. Here: nothing.
func (database) Create(context.Context, vocab.Type) error { return nil }

// Get is an object. Here: none is asked for.
func (database) Get(context.Context, *url.URL) (vocab.Type, error) { return nil, errNotKept }

// Update changes an object. Here: none.
func (database) Update(context.Context, vocab.Type) error { return errNotKept }

// Delete removes an object. Here: none.
func (database) Delete(context.Context, *url.URL) error { return errNotKept }

// ActorForInbox is the actor of an inbox.
func (database) ActorForInbox(_ context.Context, inbox *url.URL) (*url.URL, error) {
	return beside(inbox, "/inbox", "")
}

// ActorForOutbox is the actor of an outbox.
func (database) ActorForOutbox(_ context.Context, outbox *url.URL) (*url.URL, error) {
	return beside(outbox, "/outbox", "")
}

// OutboxForInbox is the outbox of the actor of an inbox.
func (database) OutboxForInbox(_ context.Context, inbox *url.URL) (*url.URL, error) {
	return beside(inbox, "/inbox", "/outbox")
}

// beside is the address that stands in the place of another.
func beside(u *url.URL, end, other string) (*url.URL, error) {
	path, ok := strings.CutSuffix(u.Path, end)
	if !ok {
		return nil, errNotKept
	}
	return &url.URL{Scheme: u.Scheme, Host: u.Host, Path: path + other}, nil
}

// GetOutbox is an outbox, to put an activity in. Here: none is sent this way.
func (database) GetOutbox(context.Context, *url.URL) (vocab.ActivityStreamsOrderedCollectionPage, error) {
	return nil, errNotKept
}

// SetOutbox keeps an outbox. Here: none.
func (database) SetOutbox(context.Context, vocab.ActivityStreamsOrderedCollectionPage) error {
	return errNotKept
}

// NewID is the IRI of something new. Here: the node makes those.
func (database) NewID(context.Context, vocab.Type) (*url.URL, error) { return nil, errNotKept }

// Followers are an actor's. Here: the node's own.
func (database) Followers(context.Context, *url.URL) (vocab.ActivityStreamsCollection, error) {
	return nil, errNotKept
}

// Following are those that an actor follows. Here: the node's own.
func (database) Following(context.Context, *url.URL) (vocab.ActivityStreamsCollection, error) {
	return nil, errNotKept
}

// Liked is what an actor likes. Here: nothing.
func (database) Liked(context.Context, *url.URL) (vocab.ActivityStreamsCollection, error) {
	return nil, errNotKept
}
