package federation

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/dunglas/httpsfv"
)

// parseMessage reads a signature of RFC 9421, in the profile that servers here
// use: one signature, by rsa-v1_5-sha256, with the time it was made.
func (s *signatures) parseMessage(r *http.Request, body []byte, now time.Time) (*signed, error) {
	covered, signature, err := oneSignature(r.Header)
	if err != nil {
		return nil, err
	}
	signed, err := messageParameters(covered.Params, now)
	if err != nil {
		return nil, err
	}
	signed.Signature = signature
	names, err := componentNames(covered)
	if err != nil {
		return nil, err
	}
	if err := s.checkMessageCoverage(r, body, names); err != nil {
		return nil, err
	}
	text, err := s.messageText(r, names, covered)
	if err != nil {
		return nil, err
	}
	signed.Texts = []string{text}
	return signed, nil
}

// oneSignature is the one signature of a request: what it covers, and its bytes.
func oneSignature(header http.Header) (covered httpsfv.InnerList, signature []byte, err error) {
	form := unproven(signatureForm, "Signature-Input and Signature are not written as RFC 9421 has them")
	inputs, err := httpsfv.UnmarshalDictionary(header.Values("Signature-Input"))
	if err != nil {
		return covered, nil, form.because(err)
	}
	values, err := httpsfv.UnmarshalDictionary(header.Values("Signature"))
	if err != nil {
		return covered, nil, form.because(err)
	}
	// A label that is given twice counts once in a dictionary: commas tell.
	written, err := httpsfv.Marshal(inputs)
	if err != nil {
		return covered, nil, form.because(err)
	}
	given := strings.Join(header.Values("Signature-Input"), ",")
	if len(inputs.Names()) > 1 || len(values.Names()) > 1 || strings.Count(written, ",") != strings.Count(given, ",") ||
		strings.Contains(strings.Join(header.Values("Signature"), ","), ",") {
		return covered, nil, unproven(signatureTwo, "the request has more than one signature: send one")
	}
	if len(inputs.Names()) == 0 || !slices.Equal(inputs.Names(), values.Names()) {
		return covered, nil, form
	}
	input, _ := inputs.Get(inputs.Names()[0])
	value, _ := values.Get(inputs.Names()[0])
	covered, isList := input.(httpsfv.InnerList)
	item, _ := value.(httpsfv.Item)
	signature, isBytes := item.Value.([]byte)
	if !isList || !isBytes {
		return covered, nil, form
	}
	return covered, signature, nil
}

// messageParameters reads who signed, how and when.
func messageParameters(parameters *httpsfv.Params, now time.Time) (*signed, error) {
	if algorithm, ok := parameters.Get("alg"); ok && algorithm != "rsa-v1_5-sha256" {
		return nil, unproven(algorithmUnknown, "the signature's algorithm is not taken: use rsa-v1_5-sha256")
	}
	value, _ := parameters.Get("keyid")
	key, ok := value.(string)
	if !ok || key == "" {
		return nil, unproven(signatureWeak, "the signature states no keyid")
	}
	value, _ = parameters.Get("created")
	created, ok := value.(int64)
	if !ok {
		return nil, unproven(signatureWeak, "the signature states no time when it was created")
	}
	if value, ok := parameters.Get("expires"); ok {
		expires, ok := value.(int64)
		if !ok {
			return nil, unproven(signatureForm, "expires is not a number of seconds")
		}
		if now.After(time.Unix(expires, 0)) {
			return nil, unproven(signatureOld, "the signature has expired: sign again")
		}
	}
	return &signed{KeyID: key, At: time.Unix(created, 0).UTC()}, nil
}

// componentNames are the names of the covered components. Parameters, which
// cover a part of a component or one of another message, are not taken.
func componentNames(covered httpsfv.InnerList) ([]string, error) {
	names := make([]string, len(covered.Items))
	for i, item := range covered.Items {
		name, ok := item.Value.(string)
		if !ok || name != strings.ToLower(name) || item.Params != nil && len(item.Params.Names()) > 0 {
			return nil, unproven(signatureForm, "a covered component has another form than this node reads: cover whole components of the request")
		}
		if slices.Contains(names[:i], name) || i == 32 {
			return nil, unproven(signatureForm, "the signature covers a component twice, or too many")
		}
		names[i] = name
	}
	return names, nil
}

// checkMessageCoverage refuses a signature over too little, or over a body that
// is another.
func (s *signatures) checkMessageCoverage(r *http.Request, body []byte, names []string) error {
	covers := func(all ...string) bool {
		return !slices.ContainsFunc(all, func(name string) bool { return !slices.Contains(names, name) })
	}
	if !covers("@method") {
		return unproven(signatureWeak, "the signature does not cover @method")
	}
	_, query := target(r)
	host := covers("@authority") || covers("host")
	path := covers("@request-target") || covers("@path") && (query == "" || covers("@query"))
	if !covers("@target-uri") && !(host && path) {
		return unproven(signatureWeak, "the signature does not cover @target-uri")
	}
	digest := ""
	if hasBody(r, body) {
		digest = "Content-Digest"
		if !covers("content-digest") {
			return unproven(signatureWeak, "the signature does not cover content-digest")
		}
	}
	return checkDigests(r.Header, digest, body)
}

// messageText is the signature base (RFC 9421, 2.5).
func (s *signatures) messageText(r *http.Request, names []string, covered httpsfv.InnerList) (string, error) {
	var text strings.Builder
	for _, name := range names {
		value, ok := s.component(r, name)
		if !ok {
			return "", unproven(signatureWeak, "the signature covers %s, which the request does not have or this node does not know", clip(name))
		}
		text.WriteString(`"` + name + `": ` + value + "\n")
	}
	parameters, err := httpsfv.Marshal(covered)
	if err != nil {
		return "", unproven(signatureForm, "Signature-Input is not written as RFC 9421 has it").because(err)
	}
	return text.String() + `"@signature-params": ` + parameters, nil
}

// component is the value of a component (RFC 9421, 2.1 and 2.2).
func (s *signatures) component(r *http.Request, name string) (string, bool) {
	path, query := target(r)
	switch name {
	case "@method":
		return r.Method, true
	case "@target-uri":
		return s.base.Scheme + "://" + s.base.Host + path + query, true
	case "@authority":
		return s.base.Host, true
	case "@scheme":
		return s.base.Scheme, true
	case "@request-target":
		return path + query, true
	case "@path":
		return path, true
	case "@query":
		if query == "" {
			return "?", true
		}
		return query, true
	}
	if strings.HasPrefix(name, "@") {
		return "", false
	}
	return s.field(r, name)
}
