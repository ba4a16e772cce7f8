package federation

import (
	"context"
	"errors"
	"net/url"

	"github.com/go-fed/activity/pub"
)

// transport is the library's way to other servers. It leads nowhere: what goes
// out stands in the books first, in the transaction that it follows from, and is
// brought from there by [Federation.Run]; what is asked for is asked before.
type transport struct{}

var _ pub.Transport = transport{}

var errNoWay = errors.New("nothing is sent or fetched while an activity is read")

// Dereference fetches an object. Here: never.
func (transport) Dereference(context.Context, *url.URL) ([]byte, error) { return nil, errNoWay }

// Deliver sends an object. Here: never.
func (transport) Deliver(context.Context, []byte, *url.URL) error { return errNoWay }

// BatchDeliver sends an object to several. Here: never.
func (transport) BatchDeliver(context.Context, []byte, []*url.URL) error { return errNoWay }
