package federation

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"sync/atomic"

	"disconode/node"
	"disconode/valueflows"
)

// Reasons of the door itself.
const (
	hostOther        reason = "host-other"
	mediaType        reason = "media-type"
	activityForm     reason = "activity-form"
	activityUnknown  reason = "activity-unknown"
	peerUnknown      reason = "peer-unknown"
	peerBlocked      reason = "peer-blocked"
	notShown         reason = "not-shown"
	activityOrigin   reason = "activity-origin"
	objectOrigin     reason = "object-origin"
	objectOwner      reason = "object-owner"
	objectForm       reason = "object-form"
	objectRewritten  reason = "object-rewritten"
	neverAsked       reason = "never-asked"
	tooMany          reason = "too-many"
	booksUnavailable reason = "books-unavailable"
	somethingBroken  reason = "broken"
)

// refusals say how the node's errors are answered.
var refusals = []struct {
	when error
	is   refusal
}{
	{node.ErrForbidden, refusal{Reason: peerUnknown, Status: http.StatusForbidden, Text: "this LAB takes nothing from this actor: ask to follow it, and wait for its steward"}},
	{node.ErrNotOwner, refusal{Reason: objectOwner, Status: http.StatusForbidden, Text: node.ErrNotOwner.Error()}},
	{node.ErrNotAsked, refusal{Reason: neverAsked, Status: http.StatusForbidden, Text: node.ErrNotAsked.Error()}},
	{node.ErrRewrites, refusal{Reason: objectRewritten, Status: http.StatusConflict, Text: node.ErrRewrites.Error()}},
	{node.ErrTooMany, refusal{Reason: tooMany, Status: http.StatusTooManyRequests, Text: node.ErrTooMany.Error()}},
	{node.ErrUnavailable, refusal{Reason: booksUnavailable, Status: http.StatusServiceUnavailable, Text: "the books cannot be reached just now: send it again later"}},
	{context.Canceled, refusal{Reason: booksUnavailable, Status: http.StatusServiceUnavailable, Text: "the request was given up"}},
	{context.DeadlineExceeded, refusal{Reason: booksUnavailable, Status: http.StatusServiceUnavailable, Text: "this took too long: send it again later"}},
	{node.ErrNotFound, refusal{Reason: notShown, Status: http.StatusNotFound, Text: "there is no such thing here, or it is not shown to you"}},
}

// refusalOf is an error as a peer is answered. What it does not know is a fault
// of ours, of which a stranger is told nothing.
func refusalOf(err error) *refusal {
	var refused *refusal
	if errors.As(err, &refused) {
		return refused
	}
	for _, each := range refusals {
		if errors.Is(err, each.when) {
			return each.is.because(err)
		}
	}
	var input *valueflows.InputError
	if errors.As(err, &input) {
		return bad(objectForm, "%s", input.Error()).because(errors.New(input.Code)) // the log holds nothing of what was sent
	}
	return (&refusal{Reason: somethingBroken, Status: http.StatusInternalServerError, Text: "this node failed: send it again later"}).because(err)
}

// isMissing tells whether an error says that there is no such thing.
func isMissing(err error) bool { return errors.Is(err, node.ErrNotFound) }

// retrySeconds is when a peer that was refused for now may come again.
const retrySeconds = "60"

// refuse answers a request that is not taken, with a problem (RFC 9457), and
// leaves one line in the log and a count. about are further words for the log.
func (f *Federation) refuse(w http.ResponseWriter, r *http.Request, err error, about ...any) {
	refused := refusalOf(err)
	count, _ := f.refused.LoadOrStore(refused.Reason, new(atomic.Int64))
	count.(*atomic.Int64).Add(1)
	about = append([]any{"reason", refused.Reason, "status", refused.Status, "path", clip(r.URL.Path)}, about...)
	if refused.cause != nil {
		about = append(about, "cause", refused.cause.Error())
	}
	if refused.Reason == somethingBroken {
		f.log.Error("a peer's request failed", about...)
	} else {
		f.log.Warn("a peer's request was refused", about...)
	}
	switch refused.Status {
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		w.Header().Set("Retry-After", retrySeconds)
	}
	body, err := json.Marshal(map[string]any{"type": "about:blank", "title": http.StatusText(refused.Status), "status": refused.Status, "detail": refused.Text, "reason": refused.Reason})
	if err != nil {
		http.Error(w, http.StatusText(refused.Status), refused.Status)
		return
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(refused.Status)
	w.Write(body)
}
