package federation

import (
	"errors"
	"fmt"
	"net/http"
)

// refusal is why a peer's request or answer was not taken. A refused request
// changes nothing.
type refusal struct {
	Reason reason // for the one line in the log and the metric
	Status int    // of the answer to a peer that asked
	Text   string // for the peer and for people: what happened, and what to do
	cause  error  // for the log alone
}

func (r *refusal) Error() string {
	if r.cause == nil {
		return r.Text
	}
	return fmt.Sprintf("%s: %v", r.Text, r.cause)
}

func (r *refusal) Unwrap() error { return r.cause }

// because is the same refusal with what it came from.
func (r *refusal) because(cause error) *refusal {
	return &refusal{Reason: r.Reason, Status: r.Status, Text: r.Text, cause: cause}
}

// reason names a kind of refusal. It is stable: logs and metrics count by it.
type reason string

// Reasons to refuse what a peer sent.
const (
	bodyLarge        reason = "body-large"
	bodyEncoded      reason = "body-encoded"
	bodyBroken       reason = "body-broken"
	jsonForm         reason = "json-form"
	jsonLarge        reason = "json-large"
	jsonTwice        reason = "json-twice"
	contextUnknown   reason = "context-unknown"
	contextRedefines reason = "context-redefines"
	keywordForbidden reason = "keyword-forbidden"
	signatureMissing reason = "signature-missing"
	signatureTwo     reason = "signature-two"
	signatureForm    reason = "signature-form"
	signatureWeak    reason = "signature-weak" // it covers too little
	signatureWrong   reason = "signature-wrong"
	signatureOld     reason = "signature-old"
	signatureEarly   reason = "signature-early"
	signatureSeen    reason = "signature-seen"
	algorithmUnknown reason = "algorithm-unknown"
	digestMissing    reason = "digest-missing"
	digestTwo        reason = "digest-two"
	digestForm       reason = "digest-form"
	digestWrong      reason = "digest-wrong"
	keyAddress       reason = "key-address"
	keyForm          reason = "key-form"
	keySize          reason = "key-size"
	keyMissing       reason = "key-missing"
	keyOwner         reason = "key-owner"  // the key names another owner
	keyListed        reason = "key-listed" // the owner does not name the key
	keyWait          reason = "key-wait"   // asked for a short while ago, in vain
)

// Reasons to refuse what a peer answered, or to ask it at all.
const (
	addressForm      reason = "address-form"
	addressForbidden reason = "address-forbidden"
	addressUnknown   reason = "address-unknown"
	redirectMany     reason = "redirect-many"
	redirectLoop     reason = "redirect-loop"
	redirectInsecure reason = "redirect-insecure"
	redirectRefused  reason = "redirect-refused" // where none may be
	answerLate       reason = "answer-late"
	answerNone       reason = "answer-none"
	answerLarge      reason = "answer-large"
	answerEncoded    reason = "answer-encoded"
	answerBroken     reason = "answer-broken"
	answerStatus     reason = "answer-status"
	answerGone       reason = "answer-gone"
	answerType       reason = "answer-type"
	documentID       reason = "document-id"
	actorForm        reason = "actor-form"
	actorInbox       reason = "actor-inbox"
	fingerSubject    reason = "webfinger-subject"
	fingerForm       reason = "webfinger-form"
)

// bad refuses what is not of the form it must have.
func bad(why reason, format string, args ...any) *refusal {
	return &refusal{Reason: why, Status: http.StatusBadRequest, Text: fmt.Sprintf(format, args...)}
}

// unproven refuses what is not proven to come from whom it says.
func unproven(why reason, format string, args ...any) *refusal {
	return &refusal{Reason: why, Status: http.StatusUnauthorized, Text: fmt.Sprintf(format, args...)}
}

// foreign refuses what is not the sender's to say.
func foreign(why reason, format string, args ...any) *refusal {
	return &refusal{Reason: why, Status: http.StatusForbidden, Text: fmt.Sprintf(format, args...)}
}

// unanswered refuses what was asked of another node, or what it answered.
func unanswered(why reason, format string, args ...any) *refusal {
	return &refusal{Reason: why, Status: http.StatusBadGateway, Text: fmt.Sprintf(format, args...)}
}

// reasonOf is the reason of a refusal, and empty for any other error.
func reasonOf(err error) reason {
	var r *refusal
	if errors.As(err, &r) {
		return r.Reason
	}
	return ""
}
