package federation

import (
	"context"
	"mime"
	"net/http"
	"slices"
	"strings"
)

// The media types of ActivityPub documents (ActivityPub, 3.2).
const (
	activityType = "application/activity+json"
	linkedType   = "application/ld+json"
	profile      = "https://www.w3.org/ns/activitystreams"
	acceptTypes  = activityType + ", " + linkedType + `; profile="` + profile + `"`
)

// document is an ActivityPub document as it was found where its id leads.
type document struct {
	ID     string
	Body   []byte // as it came
	Object map[string]any
}

// fetchDocument asks for an ActivityPub document. What is found is believed only
// where its own id is the address that answered: another id of the same origin
// is asked for once more, by itself.
func (c *client) fetchDocument(ctx context.Context, iri string) (*document, error) {
	ctx, cancel := context.WithTimeout(ctx, c.Timeout)
	defer cancel()
	found, at, err := c.fetchAnything(ctx, iri, redirectsMax)
	if err != nil {
		return nil, err
	}
	if at == withoutFragment(iri) && isOrHolds(found.ID, iri) {
		return found, nil
	}
	if found.ID == iri || !sameOrigin(found.ID, iri) {
		return nil, foreign(documentID, "what stands at %s says to be %s", clip(iri), clip(found.ID))
	}
	return c.fetchExactly(ctx, found.ID)
}

// fetchExactly asks for the document whose id is that IRI, or that the IRI is a
// part of, without a redirect.
func (c *client) fetchExactly(ctx context.Context, iri string) (*document, error) {
	found, at, err := c.fetchAnything(ctx, iri, 0)
	if err != nil {
		return nil, err
	}
	if at != withoutFragment(iri) || !isOrHolds(found.ID, iri) {
		return nil, foreign(documentID, "what stands at %s says to be %s", clip(iri), clip(found.ID))
	}
	return found, nil
}

// isOrHolds tells whether a document's id is an IRI, or that IRI without its
// fragment.
func isOrHolds(id, iri string) bool {
	return id != "" && (id == iri || id == withoutFragment(iri))
}

// fetchAnything asks for an ActivityPub document whatever its id, and says what
// address answered.
func (c *client) fetchAnything(ctx context.Context, iri string, redirects int) (found *document, at string, err error) {
	iri = withoutFragment(iri)
	a, err := c.get(ctx, iri, acceptTypes, redirects)
	if err != nil {
		return nil, "", err
	}
	if a.Status == http.StatusNotFound || a.Status == http.StatusGone {
		return nil, "", unanswered(answerGone, "%s answered that there is nothing", clip(iri))
	}
	if a.Status != http.StatusOK {
		return nil, "", unanswered(answerStatus, "%s answered with status %d", clip(iri), a.Status)
	}
	if !isActivity(a.Header) {
		return nil, "", unanswered(answerType, "what stands at %s is not an ActivityPub document", clip(iri))
	}
	object, err := readJSON(a.Body)
	if err != nil {
		return nil, "", unanswered(answerBroken, "what stands at %s cannot be read", clip(iri)).because(err)
	}
	at = a.URL
	if first, err := parseAddress(iri); err == nil && first.String() == at {
		at = iri // as it was written
	}
	return &document{ID: textOf(object["id"]), Body: a.Body, Object: object}, at, nil
}

// isActivity tells whether the content type is one of ActivityPub's: plain JSON
// and pages may be what some member uploaded.
func isActivity(header http.Header) bool {
	if len(header.Values("Content-Type")) != 1 {
		return false
	}
	kind, parameters, err := mime.ParseMediaType(header.Get("Content-Type"))
	if err != nil {
		return false
	}
	return kind == activityType || kind == linkedType && slices.Contains(strings.Fields(parameters["profile"]), profile)
}
