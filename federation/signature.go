package federation

import (
	"bytes"
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// The two schemes of signatures that are read.
const (
	cavage           = "cavage" // draft-cavage-http-signatures-12
	messageSignature = "rfc9421"
)

// signatureBytesMax bounds the header fields of a signature.
const signatureBytesMax = 8 << 10

// signatures reads the signatures of requests to this node.
type signatures struct {
	base   *url.URL // the node's address, as it is configured: what a client says of our host is not asked
	window window
	reach  reach
}

// newSignatures reads signatures for a node at a base URL.
func newSignatures(base string, w window, r reach) (*signatures, error) {
	u, err := parseAddress(base)
	if err != nil {
		return nil, fmt.Errorf("the node's own address: %w", err)
	}
	return &signatures{base: u, window: w, reach: r}, nil
}

// signed is the signature of a request, read but not verified. Everything that
// can be checked without the key has been. It can be kept as JSON and verified
// later: a stranger's key is not fetched before a steward wants to know of it.
type signed struct {
	Scheme    string    `json:"scheme"`
	KeyID     string    `json:"keyId"`
	Texts     []string  `json:"texts"` // what may have been signed: one of them must be
	Signature []byte    `json:"signature"`
	At        time.Time `json:"at"`       // when, as the signer says
	Received  time.Time `json:"received"` // when, by our clock
	Digest    []byte    `json:"digest"`   // SHA-256 of the body
}

// parse reads the signature of a request with that body, which came at an
// instant. It refuses one that does not cover the method, the target, the host,
// the time and the body, and one whose digest or time is wrong.
func (s *signatures) parse(r *http.Request, body []byte, now time.Time) (*signed, error) {
	var size int
	for _, name := range []string{"Signature", "Signature-Input", "Digest", "Content-Digest"} {
		for _, line := range r.Header.Values(name) {
			size += len(line)
		}
	}
	if size > signatureBytesMax {
		return nil, unproven(signatureForm, "the signature's header fields are too long")
	}
	read, scheme := s.parseCavage, cavage
	switch {
	case len(r.Header.Values("Signature")) == 0:
		return nil, unproven(signatureMissing, "the request is not signed: sign it, with a key that your actor lists")
	case len(r.Header.Values("Signature-Input")) > 0:
		read, scheme = s.parseMessage, messageSignature
	}
	signed, err := read(r, body, now)
	if err != nil {
		return nil, err
	}
	if err := s.checkKeyID(signed.KeyID); err != nil {
		return nil, err
	}
	if err := s.window.check(signed.At, now); err != nil {
		return nil, err
	}
	if len(signed.Signature) == 0 || len(signed.Signature) > keyBitsMax/8 {
		return nil, unproven(signatureForm, "the signature has no length that an RSA key gives")
	}
	digest := sha256.Sum256(body)
	signed.Scheme, signed.Received, signed.Digest = scheme, now, digest[:]
	return signed, nil
}

// checkKeyID refuses the name of a key that could not be fetched anyhow.
func (s *signatures) checkKeyID(id string) error {
	if _, err := s.reach.url(id); err != nil {
		return unproven(keyAddress, "the key's id %q is no address that this node asks: use an https IRI", clip(id)).because(err)
	}
	return nil
}

// hasBody tells whether a request's body must be covered.
func hasBody(r *http.Request, body []byte) bool {
	return len(body) > 0 || r.Method != http.MethodGet && r.Method != http.MethodHead
}

// target is a request's path, and its query with the question mark.
func target(r *http.Request) (path, query string) {
	path = r.URL.EscapedPath()
	if path == "" {
		path = "/"
	}
	if r.URL.RawQuery != "" || r.URL.ForceQuery {
		query = "?" + r.URL.RawQuery
	}
	return path, query
}

// field is a header field as both schemes write it: its lines, trimmed, with
// commas between them. The host is always ours.
func (s *signatures) field(r *http.Request, name string) (string, bool) {
	if strings.EqualFold(name, "host") {
		return s.base.Host, true
	}
	lines := slices.Clone(r.Header.Values(name))
	if len(lines) == 0 && strings.EqualFold(name, "content-length") && r.ContentLength >= 0 {
		return fmt.Sprint(r.ContentLength), true
	}
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	return strings.Join(lines, ", "), len(lines) > 0
}

// verify refuses a signature that the key did not make. Both schemes use
// RSASSA-PKCS1-v1_5 with SHA-256 here: a key is always one that says RSA.
func (s *signed) verify(key *rsa.PublicKey) error {
	for _, text := range s.Texts {
		sum := sha256.Sum256([]byte(text))
		if rsa.VerifyPKCS1v15(key, crypto.SHA256, sum[:], s.Signature) == nil {
			return nil
		}
	}
	return unproven(signatureWrong, "the signature is not one of the key %s over this request", clip(s.KeyID))
}

// covers tells whether a body is the one that was signed.
func (s *signed) covers(body []byte) bool {
	sum := sha256.Sum256(body)
	return bytes.Equal(sum[:], s.Digest)
}

// stored is the signature in the form that is kept until it is verified.
func (s *signed) stored() ([]byte, error) { return json.Marshal(s) }

// readStored reads a signature that was kept.
func readStored(data []byte) (*signed, error) {
	s := &signed{}
	if err := json.Unmarshal(data, s); err != nil {
		return nil, fmt.Errorf("a stored signature: %w", err)
	}
	if s.KeyID == "" || len(s.Texts) == 0 || len(s.Signature) == 0 || len(s.Digest) != sha256.Size {
		return nil, fmt.Errorf("a stored signature lacks a part")
	}
	return s, nil
}
