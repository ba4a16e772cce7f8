package valueflows

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"
)

// ID names a record. A record made here has a UUIDv7, so that ids sort by time;
// one made elsewhere has the UUIDv5 of its IRI, so that an IRI becomes an ID by
// computation. The zero ID names nothing.
type ID [16]byte

// IDOf is the id of the record that an IRI names: the UUIDv5 of the IRI in the
// URL namespace (RFC 9562, 5.5), after [NormalIRI].
func IDOf(iri string) ID {
	return ID(uuid.NewSHA1(uuid.NameSpaceURL, []byte(NormalIRI(iri))))
}

// ParseID reads a UUID of the usual 36 characters. Any other text is an
// [*InputError] with code INVALID_ID.
func ParseID(text string) (ID, error) {
	if len(text) == 36 {
		if id, err := uuid.Parse(text); err == nil {
			return ID(id), nil
		}
	}
	return ID{}, Invalid("INVALID_ID", "%q is not an id: give a UUID, or the IRI of a record", Clip(text))
}

// String writes the id as a UUID of 36 characters.
func (id ID) String() string { return uuid.UUID(id).String() }

// IsZero tells whether the id names nothing.
func (id ID) IsZero() bool { return id == ID{} }

// NormalIRI is the one spelling under which an IRI is known: an http address
// without a path names the same as with the path "/" (RFC 3986, 6.2.3), and
// scheme and host are in lower case.
func NormalIRI(iri string) string {
	if !strings.HasPrefix(strings.ToLower(iri), "http") {
		return iri
	}
	u, err := url.Parse(iri)
	if err != nil || (!strings.EqualFold(u.Scheme, "http") && !strings.EqualFold(u.Scheme, "https")) || u.Host == "" {
		return iri
	}
	rest := iri[len(u.Scheme)+len("://"):]
	end := strings.IndexAny(rest, "/?#")
	if end < 0 {
		end = len(rest)
	}
	tail := rest[end:]
	if !strings.HasPrefix(tail, "/") {
		tail = "/" + tail
	}
	host := strings.LastIndex(rest[:end], "@") + 1 // after a user, whose case counts
	return strings.ToLower(u.Scheme) + "://" + rest[:host] + strings.ToLower(rest[host:end]) + tail
}

// Clip shortens a stranger's text to what an error may repeat of it.
func Clip(text string) string {
	const most = 64
	text = text[:min(len(text), (most+1)*utf8.UTFMax)] // enough for one more than most
	runes := []rune(strings.ToValidUTF8(text, "\uFFFD"))
	if len(runes) <= most {
		return string(runes)
	}
	return string(runes[:most]) + "…"
}
