package federation

import (
	"bytes"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/subtle"
	"encoding/base64"
	"net/http"
	"strings"

	"github.com/dunglas/httpsfv"
)

// checkDigests compares each digest that a request states with its body, and
// demands the one of the header field that the signature must cover: Digest
// (RFC 3230) or Content-Digest (RFC 9530).
func checkDigests(header http.Header, required string, body []byte) error {
	if len(header.Values(required)) == 0 && required != "" {
		return unproven(digestMissing, "the request states no digest of its body: send %s", required)
	}
	for _, field := range []struct {
		name string
		read func(text string) (algorithm string, sum []byte, err error)
	}{{"Digest", readDigest}, {"Content-Digest", readContentDigest}} {
		lines := header.Values(field.name)
		if len(lines) == 0 {
			continue
		}
		if len(lines) > 1 || strings.Contains(lines[0], ",") {
			return unproven(digestTwo, "%s states more than one digest: send one", field.name)
		}
		algorithm, sum, err := field.read(lines[0])
		if err != nil {
			return err
		}
		if err := compare(algorithm, sum, body); err != nil {
			return err
		}
	}
	return nil
}

// compare refuses a digest that is not the body's. SHA-256 and SHA-512 are known.
func compare(algorithm string, sum, body []byte) error {
	var is []byte
	switch strings.ToLower(algorithm) {
	case "sha-256":
		s := sha256.Sum256(body)
		is = s[:]
	case "sha-512":
		s := sha512.Sum512(body)
		is = s[:]
	default:
		return unproven(algorithmUnknown, "the digest is a %s, which is not taken: send a SHA-256", clip(algorithm))
	}
	if subtle.ConstantTimeCompare(is, sum) != 1 {
		return unproven(digestWrong, "the digest is not that of the body that came")
	}
	return nil
}

// readDigest reads a Digest field of one digest, such as SHA-256=47DEQ….
func readDigest(text string) (algorithm string, sum []byte, err error) {
	algorithm, encoded, ok := strings.Cut(strings.TrimSpace(text), "=")
	if !ok {
		return "", nil, unproven(digestForm, "Digest is not written as SHA-256=…")
	}
	if sum, err = base64.StdEncoding.Strict().DecodeString(encoded); err != nil || strings.ContainsAny(encoded, "\r\n") {
		return "", nil, unproven(digestForm, "Digest is not written in base64")
	}
	return algorithm, sum, nil
}

// readContentDigest reads a Content-Digest field of one digest, such as
// sha-256=:47DEQ…:.
func readContentDigest(text string) (algorithm string, sum []byte, err error) {
	fields, err := httpsfv.UnmarshalDictionary([]string{text})
	if err != nil || len(fields.Names()) != 1 {
		return "", nil, unproven(digestForm, "Content-Digest is not written as sha-256=:…:")
	}
	algorithm = fields.Names()[0]
	member, _ := fields.Get(algorithm)
	item, _ := member.(httpsfv.Item)
	sum, ok := item.Value.([]byte)
	if !ok {
		return "", nil, unproven(digestForm, "Content-Digest is not written as sha-256=:…:")
	}
	return algorithm, bytes.Clone(sum), nil
}
