package node

import (
	"errors"

	"disconode/node/store"
)

// What a use case can fail with, besides a [*valueflows.InputError].
var (
	ErrUnauthenticated = errors.New("sign in: send a token of this node as Authorization: Bearer …")
	ErrForbidden       = errors.New("your role in this LAB may not do this; ask a steward")
	ErrNotFound        = errors.New("there is no such record, or it is not yours to see")
	ErrConflict        = errors.New("this idempotency key was used for another request: use a new key")
	ErrStale           = errors.New("the record has changed since that revision: read it again, then change it")
	ErrInUse           = errors.New("other records refer to this one: it cannot be deleted")
	ErrUnavailable     = errors.New("the books cannot be reached just now; nothing was changed that was not answered: try again with the same idempotency key")
	ErrNew             = errors.New("these books are new: give the address of the node with --base-url, such as https://books.example.org")
	ErrServed          = errors.New("another process serves these books already: stop it first, or use PostgreSQL to serve them from several")
)

// outward turns the store's errors into the node's.
func outward(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, store.ErrNotFound):
		return ErrNotFound
	case errors.Is(err, store.ErrUnavailable), errors.Is(err, store.ErrConflict):
		return ErrUnavailable
	}
	return err
}
