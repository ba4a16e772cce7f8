package federation

import (
	"crypto/rsa"
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-fed/httpsig"
)

// signer signs what the node sends, in the scheme that every server takes
// (draft-cavage-http-signatures-12).
type signer struct {
	KeyID string
	Key   *rsa.PrivateKey
}

// sign adds the digest of the body and the signature to a request that has its
// Date already.
func (s *signer) sign(r *http.Request, body []byte) error {
	covered := []string{httpsig.RequestTarget, "host", "date"}
	if len(body) > 0 {
		covered = append(covered, "digest", "content-type")
	} else {
		body = nil
	}
	signs, _, err := httpsig.NewSigner([]httpsig.Algorithm{httpsig.RSA_SHA256}, httpsig.DigestSha256, covered, httpsig.Signature, 0)
	if err != nil {
		return err
	}
	// The library signs the path as it is decoded; what is sent is encoded.
	path, _ := target(r)
	sent := &http.Request{Method: r.Method, Header: r.Header, URL: &url.URL{Path: path, RawQuery: r.URL.RawQuery}}
	r.Header.Set("Host", r.URL.Host)
	return signs.SignRequest(s.Key, s.KeyID, sent, body)
}

// parseCavage reads a signature of the draft.
func (s *signatures) parseCavage(r *http.Request, body []byte, now time.Time) (*signed, error) {
	if len(r.Header.Values("Signature")) > 1 {
		return nil, unproven(signatureTwo, "the request has more than one signature: send one")
	}
	parameters, err := cavageParameters(r.Header.Get("Signature"))
	if err != nil {
		return nil, err
	}
	algorithm := parameters["algorithm"]
	if algorithm != "" && algorithm != "rsa-sha256" && algorithm != "hs2019" {
		return nil, unproven(algorithmUnknown, "the signature's algorithm %q is not taken: use rsa-sha256", clip(algorithm))
	}
	signature, err := base64.StdEncoding.DecodeString(parameters["signature"])
	if err != nil {
		return nil, unproven(signatureForm, "the signature is not written in base64")
	}
	covered := strings.Fields(strings.ToLower(parameters["headers"]))
	if err := s.checkCavageCoverage(r, body, covered, algorithm); err != nil {
		return nil, err
	}
	at, err := cavageTime(r, parameters, covered, now)
	if err != nil {
		return nil, err
	}
	signed := &signed{KeyID: parameters["keyId"], Signature: signature, At: at}
	path, query := target(r)
	targets := []string{path + query}
	if query != "" {
		targets = append(targets, path) // some sign the path alone
	}
	for _, target := range targets {
		text, err := s.cavageText(r, parameters, covered, target)
		if err != nil {
			return nil, err
		}
		signed.Texts = append(signed.Texts, text)
	}
	return signed, nil
}

// checkCavageCoverage refuses a signature over too little, or over a body that
// is another.
func (s *signatures) checkCavageCoverage(r *http.Request, body []byte, covered []string, algorithm string) error {
	sorted := slices.Sorted(slices.Values(covered))
	if len(slices.Compact(sorted)) != len(covered) || len(covered) > 32 {
		return unproven(signatureForm, "the signature names a header field twice, or too many")
	}
	if slices.Contains(covered, "(created)") && algorithm == "rsa-sha256" {
		return unproven(signatureForm, "a signature by rsa-sha256 cannot cover (created)")
	}
	required := []string{"(request-target)", "host"}
	digest := ""
	if hasBody(r, body) {
		required, digest = append(required, "digest"), "Digest"
	}
	for _, name := range required {
		if !slices.Contains(covered, name) {
			return unproven(signatureWeak, "the signature does not cover %s", name)
		}
	}
	if !slices.Contains(covered, "date") && !slices.Contains(covered, "(created)") {
		return unproven(signatureWeak, "the signature does not cover the date")
	}
	return checkDigests(r.Header, digest, body)
}

// cavageTime is when the signer says that it signed.
func cavageTime(r *http.Request, parameters map[string]string, covered []string, now time.Time) (at time.Time, err error) {
	if text, ok := parameters["expires"]; ok {
		expires, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return at, unproven(signatureForm, "expires is not a number of seconds")
		}
		if now.After(time.Unix(expires, 0)) {
			return at, unproven(signatureOld, "the signature has expired: sign again")
		}
	}
	if !slices.Contains(covered, "date") {
		created, err := strconv.ParseInt(parameters["created"], 10, 64)
		if err != nil {
			return at, unproven(signatureForm, "created is not a number of seconds")
		}
		return time.Unix(created, 0).UTC(), nil
	}
	if len(r.Header.Values("Date")) != 1 {
		return at, unproven(signatureForm, "the request has no date, or two")
	}
	if at, err = http.ParseTime(r.Header.Get("Date")); err != nil {
		return at, unproven(signatureForm, "Date is not written as HTTP writes it")
	}
	return at.UTC(), nil
}

// cavageText is what was signed (the draft's 2.3), with the target read one way.
func (s *signatures) cavageText(r *http.Request, parameters map[string]string, covered []string, target string) (string, error) {
	lines := make([]string, len(covered))
	for i, name := range covered {
		value, ok := "", true
		switch name {
		case "(request-target)":
			value = strings.ToLower(r.Method) + " " + target
		case "(created)", "(expires)":
			value, ok = parameters[strings.Trim(name, "()")]
		default:
			value, ok = s.field(r, name)
		}
		if !ok {
			return "", unproven(signatureWeak, "the signature covers %s, which the request does not have", clip(name))
		}
		lines[i] = name + ": " + value
	}
	return strings.Join(lines, "\n"), nil
}

// cavageParameters reads key="value" pairs with commas between them. Each is
// there once.
func cavageParameters(text string) (map[string]string, error) {
	parameters := map[string]string{}
	form := unproven(signatureForm, `Signature is not written as keyId="…",headers="…",signature="…"`)
	for rest := text; ; {
		name, after, ok := strings.Cut(strings.TrimLeft(rest, " \t"), "=")
		if !ok || name == "" || strings.ContainsAny(name, " \t\",") {
			return nil, form
		}
		value := ""
		if quoted, isQuoted := strings.CutPrefix(after, `"`); isQuoted {
			if value, after, ok = strings.Cut(quoted, `"`); !ok || strings.Contains(value, `\`) {
				return nil, form
			}
		} else {
			end := strings.IndexAny(after+",", ", \t")
			value, after = after[:end], after[end:]
			if value == "" || strings.Contains(value, `"`) {
				return nil, form
			}
		}
		if _, twice := parameters[name]; twice {
			return nil, unproven(signatureTwo, "the signature states %s twice", clip(name))
		}
		parameters[name] = value
		after = strings.TrimLeft(after, " \t")
		if after == "" {
			break
		}
		if rest, ok = strings.CutPrefix(after, ","); !ok {
			return nil, form
		}
	}
	for _, name := range []string{"keyId", "headers", "signature"} {
		if parameters[name] == "" {
			return nil, unproven(signatureWeak, "the signature states no %s", name)
		}
	}
	return parameters, nil
}
