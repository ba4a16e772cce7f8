package federation

import (
	"context"
	"mime"
	"net/http"
	"net/url"
	"strings"
)

// resolve looks up the IRI of the actor that is known as slug@host (RFC 7033).
// The host's answer must be about that very name. A leading @ or acct: may be
// there.
func (c *client) resolve(ctx context.Context, name string) (iri string, err error) {
	ctx, cancel := context.WithTimeout(ctx, c.Timeout)
	defer cancel()
	slug, host, err := splitName(name)
	if err != nil {
		return "", err
	}
	iri, err = c.finger(ctx, "https", slug, host)
	if why := reasonOf(err); (why == answerNone || why == addressForbidden) && len(c.reach.opened) > 0 {
		return c.finger(ctx, "http", slug, host) // goes out to an opened network only
	}
	return iri, err
}

// splitName reads slug@host.
func splitName(name string) (slug, host string, err error) {
	text := strings.TrimPrefix(strings.TrimPrefix(strings.TrimSpace(name), "acct:"), "@")
	slug, host, ok := strings.Cut(text, "@")
	notName := func(c rune) bool {
		return !strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~", c)
	}
	if !ok || slug == "" || len(slug) > 200 || strings.ContainsFunc(slug, notName) {
		return "", "", bad(fingerForm, "%q is not a name such as farms@books.example: give that, or the actor's IRI", clip(name))
	}
	host, err = normalHost(host, "https")
	return slug, host, err
}

func (c *client) finger(ctx context.Context, scheme, slug, host string) (string, error) {
	resource := "acct:" + slug + "@" + host
	address := scheme + "://" + host + "/.well-known/webfinger?resource=" + url.QueryEscape(resource)
	a, err := c.get(ctx, address, "application/jrd+json, application/json", redirectsMax)
	if err != nil {
		return "", err
	}
	if a.Status != http.StatusOK {
		return "", unanswered(answerStatus, "%s does not know %s: it answered with status %d", host, clip(slug), a.Status)
	}
	if kind, _, err := mime.ParseMediaType(a.Header.Get("Content-Type")); err != nil || kind != "application/jrd+json" && kind != "application/json" {
		return "", unanswered(answerType, "%s does not answer WebFinger in JSON", host)
	}
	found, err := readJSON(a.Body)
	if err != nil {
		return "", unanswered(answerBroken, "the WebFinger answer of %s cannot be read", host).because(err)
	}
	subjectSlug, subjectHost, err := splitName(textOf(found["subject"]))
	if err != nil || !strings.EqualFold(subjectSlug, slug) || subjectHost != host {
		return "", foreign(fingerSubject, "%s answered about %q, not about %s@%s", host, clip(textOf(found["subject"])), clip(slug), host)
	}
	return actorLink(found, host)
}

// actorLink is the one link of a WebFinger answer that leads to an actor.
func actorLink(found map[string]any, host string) (string, error) {
	iri := ""
	for _, value := range listOf(found["links"]) {
		link := objectOf(value)
		if textOf(link["rel"]) != "self" || !isActivity(http.Header{"Content-Type": {textOf(link["type"])}}) {
			continue
		}
		if iri != "" && iri != textOf(link["href"]) {
			return "", unanswered(fingerForm, "%s names two actors under one name", host)
		}
		iri = textOf(link["href"])
	}
	if _, err := parseAddress(iri); err != nil {
		return "", unanswered(fingerForm, "%s names no ActivityPub actor", host).because(err)
	}
	return iri, nil
}
