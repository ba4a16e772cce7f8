package federation

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"disconode/node"
	"disconode/valueflows"
)

// How long a peer is delivered to in one go, before others have their turn, and
// how often it is kept how far that came.
const (
	deliverFor    = 10 * time.Second
	deliverAtOnce = 100
	noteEvery     = time.Second
	noteEntries   = 50
)

// deliver brings a peer what it has not taken yet of what its audience was
// given: in order, one activity at a time, up to the first that is not taken.
// What was taken and not kept as taken is sent again; the peer knows it by its
// id, and it has no effect there.
func (f *Federation) deliver(ctx context.Context, p *node.Peer) {
	at, failure := f.deliverFrom(ctx, p)
	if failure != nil && ctx.Err() != nil {
		failure = nil // ours
	}
	keeping, cancel := context.WithTimeout(context.WithoutCancel(ctx), keepTimeout)
	defer cancel()
	if err := f.node.Delivered(keeping, p, at, failure); err != nil {
		f.log.Error("how far a delivery came could not be kept", "peer", p.IRI, "error", err)
	}
}

// refusedInARow is how many entries a peer refuses for good, one after the other,
// until that is taken for a fault of the peer's, and tried again later.
const refusedInARow = 3

// deliverFrom delivers on from where the peer is, and tells how far it came.
func (f *Federation) deliverFrom(ctx context.Context, p *node.Peer) (at int64, failure error) {
	at = p.Delivery.Sent
	kept, begun, noted, refused := at, time.Now(), time.Now(), 0
	for time.Since(begun) < deliverFor {
		given, err := f.node.GivenAfter(ctx, p, at, deliverAtOnce)
		if err != nil || len(given) == 0 {
			return at, err
		}
		for _, g := range given {
			failure := f.post(ctx, p, g.Body)
			switch {
			case failure == nil:
				refused = 0
			case !isFinal(failure):
				return at, failure
			default: // this entry alone, or all of them?
				if refused++; refused == refusedInARow {
					return at, failure
				}
				f.log.Warn("a peer refused for good what it was given; it is not sent again", "peer", p.IRI, "activity", g.Activity, "error", failure)
				if err := f.node.NotTaken(ctx, p, g.Object, failure); err != nil {
					return at, err
				}
			}
			at = g.Position
			if at-kept < noteEntries && time.Since(noted) < noteEvery {
				continue
			}
			if err := f.node.Delivering(ctx, p, at); err != nil { // it may give nothing to it any more
				return at, err
			}
			kept, noted = at, time.Now()
		}
	}
	return at, nil
}

// undelivered is why a peer did not take what it was sent.
type undelivered struct {
	text   string
	status int
	final  bool          // it never will
	after  time.Duration // before which it wants no further try
	cause  error
}

func (u *undelivered) Error() string { return u.text }

func (u *undelivered) Unwrap() error { return u.cause }

// RetryAfter is how long the peer wants to be left alone.
func (u *undelivered) RetryAfter() time.Duration { return u.after }

// isFinal tells whether a failure will be the same however often it is tried.
func isFinal(failure error) bool {
	var u *undelivered
	return errors.As(failure, &u) && u.final
}

// post sends an activity of a LAB to a peer's inbox. An inbox that is not there
// may have moved: the peer is looked up once more, and tried where it is now.
func (f *Federation) post(ctx context.Context, p *node.Peer, body []byte) error {
	failure := f.postTo(ctx, p.Lab, p.Inbox, body)
	var u *undelivered
	if !errors.As(failure, &u) || u.status != http.StatusNotFound && u.status != http.StatusGone {
		return failure
	}
	ways, err := f.out(ctx)
	if err != nil {
		return err
	}
	actor, err := ways.client.fetchActor(ctx, p.IRI)
	if err != nil || actor.ID != p.IRI || actor.Inbox == p.Inbox {
		return failure
	}
	if err := f.node.Looked(ctx, p, nameOf(actor), actor.Inbox, nil, false); err != nil {
		return err
	}
	p.Inbox = actor.Inbox
	return f.postTo(ctx, p.Lab, p.Inbox, body)
}

func (f *Federation) postTo(ctx context.Context, lab valueflows.ID, inbox string, body []byte) error {
	from := f.node.OriginIRI(lab)
	if from == "" {
		return node.ErrUnavailable
	}
	sign, err := f.signer(ctx, lab, from)
	if err != nil {
		return err
	}
	ways, err := f.out(ctx)
	if err != nil {
		return err
	}
	answer, err := ways.client.post(ctx, inbox, activityType, body, sign)
	if err != nil {
		return &undelivered{text: publicText(err), cause: err}
	}
	return answered(answer, f.now())
}

// answered tells what an answer to a post means: any of 2xx that it was taken;
// of the others those that say what is wrong with the activity, that it never
// will be.
func answered(a *answer, now time.Time) error {
	if a.Status/100 == 2 {
		return nil
	}
	u := &undelivered{status: a.Status, text: fmt.Sprintf("it answered %d %s", a.Status, http.StatusText(a.Status)), after: retryAfter(a.Header, now)}
	switch a.Status {
	case http.StatusBadRequest, http.StatusConflict, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType, http.StatusUnprocessableEntity:
		u.final = true
	}
	return u
}

// retryAfter is how long an answer asks to wait (RFC 9110, 10.2.3): seconds, or
// until a date.
func retryAfter(header http.Header, now time.Time) time.Duration {
	text := header.Get("Retry-After")
	if seconds, err := strconv.ParseUint(text, 10, 31); err == nil {
		return time.Duration(seconds) * time.Second
	}
	if at, err := http.ParseTime(text); err == nil && at.After(now) {
		return at.Sub(now)
	}
	return 0
}

// publicText is an error in words for a steward: without what stands behind it.
func publicText(err error) string {
	var refused *refusal
	if errors.As(err, &refused) {
		return refused.Text
	}
	return err.Error()
}
