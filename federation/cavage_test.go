package federation

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// cavageRequest is a POST to our inbox with a signature of the draft written by
// hand.
type cavageRequest struct {
	method, target string
	date           string
	digest         []string
	covered        string // the headers parameter
	parameters     string // further ones, before the signature
	keyID          string
	lines          map[string]string // values that the signer used where they differ
}

func newCavageRequest() *cavageRequest {
	return &cavageRequest{method: http.MethodPost, target: "/labs/farms/inbox", date: now.Format(http.TimeFormat), digest: []string{"SHA-256=" + sha256Of(inboxBody)},
		covered: "(request-target) host date digest", parameters: `algorithm="rsa-sha256",`, keyID: peerKeyID, lines: map[string]string{}}
}

func (c *cavageRequest) build(t testing.TB, body string) *http.Request {
	t.Helper()
	r := httptest.NewRequest(c.method, c.target, strings.NewReader(body))
	values := map[string]string{"(request-target)": strings.ToLower(c.method) + " " + c.target, "host": "us.example", "date": c.date, "digest": strings.Join(c.digest, ", ")}
	for name, value := range c.lines {
		values[name] = value
	}
	if c.date != "" {
		r.Header.Set("Date", c.date)
	}
	r.Header["Digest"] = c.digest
	var lines []string
	for _, name := range strings.Fields(c.covered) {
		lines = append(lines, name+": "+values[name])
	}
	made := signature(t, testKeys[0](), strings.Join(lines, "\n"))
	r.Header.Set("Signature", fmt.Sprintf(`keyId="%s",%sheaders="%s",signature="%s"`, c.keyID, c.parameters, c.covered, made))
	return r
}

// Both readings of a query string are signed in the wild.
func TestBothReadingsOfAQuery(t *testing.T) {
	for _, test := range []struct {
		signed string
		ok     bool
	}{
		{"get /log?after=5", true},
		{"get /log", true},
		{"get /log?after=6", false},
		{"get /other", false},
		{"post /log?after=5", false},
	} {
		c := newCavageRequest()
		c.method, c.target, c.covered, c.digest = http.MethodGet, "/log?after=5", "(request-target) host date", nil
		c.lines["(request-target)"] = test.signed
		s, err := newTestSignatures(t).parse(c.build(t, ""), nil, now)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.verify(&testKeys[0]().PublicKey); (err == nil) != test.ok {
			t.Errorf("%s: %v", test.signed, err)
		}
	}
}

// F07: a signature that is missing, of an unknown algorithm, or over too little.
func TestF07WeakSignatures(t *testing.T) {
	tests := []struct {
		name   string
		change func(*cavageRequest)
		why    reason
	}{
		{"as it should be", func(*cavageRequest) {}, ""},
		{"without an algorithm", func(c *cavageRequest) { c.parameters = "" }, ""},
		{"hs2019, with an RSA key", func(c *cavageRequest) { c.parameters = `algorithm="hs2019",` }, ""},
		{"more is covered", func(c *cavageRequest) {
			c.covered += " content-length"
			c.lines["content-length"] = fmt.Sprint(len(inboxBody))
		}, ""},
		{"created in place of date", func(c *cavageRequest) {
			c.covered, c.parameters = "(request-target) host (created) digest", fmt.Sprintf(`algorithm="hs2019",created=%d,`, now.Unix())
			c.lines["(created)"] = fmt.Sprint(now.Unix())
		}, ""},
		{"not expired", func(c *cavageRequest) { c.parameters = fmt.Sprintf(`expires=%d,`, now.Unix()+1) }, ""},

		{"rsa-sha1", func(c *cavageRequest) { c.parameters = `algorithm="rsa-sha1",` }, algorithmUnknown},
		{"hmac-sha256", func(c *cavageRequest) { c.parameters = `algorithm="hmac-sha256",` }, algorithmUnknown},
		{"none", func(c *cavageRequest) { c.parameters = `algorithm="none",` }, algorithmUnknown},
		{"ed25519", func(c *cavageRequest) { c.parameters = `algorithm="ed25519",` }, algorithmUnknown},
		{"no target", func(c *cavageRequest) { c.covered = "host date digest" }, signatureWeak},
		{"no host", func(c *cavageRequest) { c.covered = "(request-target) date digest" }, signatureWeak},
		{"no date", func(c *cavageRequest) { c.covered = "(request-target) host digest" }, signatureWeak},
		{"no digest", func(c *cavageRequest) { c.covered = "(request-target) host date" }, signatureWeak},
		{"only the date, as by default", func(c *cavageRequest) { c.covered = "date" }, signatureWeak},
		{"a field that is not there", func(c *cavageRequest) { c.covered += " x-none" }, signatureWeak},
		{"a field twice", func(c *cavageRequest) { c.covered += " date" }, signatureForm},
		{"created, with rsa-sha256", func(c *cavageRequest) {
			c.covered, c.parameters = "(request-target) host (created) digest", fmt.Sprintf(`algorithm="rsa-sha256",created=%d,`, now.Unix())
		}, signatureForm},
		{"created that is covered and not stated", func(c *cavageRequest) { c.covered, c.parameters = "(request-target) host (created) digest", "" }, signatureForm},
		{"expired", func(c *cavageRequest) { c.parameters = fmt.Sprintf(`expires=%d,`, now.Unix()-1) }, signatureOld},
		{"two key ids", func(c *cavageRequest) { c.parameters = `keyId="https://evil.example/actor",` }, signatureTwo},
		{"no key id", func(c *cavageRequest) { c.keyID = "" }, signatureWeak},
		{"a key id that is none", func(c *cavageRequest) { c.keyID = "main-key" }, keyAddress},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c := newCavageRequest()
			test.change(c)
			s, err := newTestSignatures(t).parse(c.build(t, inboxBody), []byte(inboxBody), now)
			if test.why != "" {
				refusedFor(t, err, test.why)
				if r, ok := err.(*refusal); !ok || r.Status != http.StatusUnauthorized {
					t.Errorf("%#v is no 401", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if err := s.verify(&testKeys[0]().PublicKey); err != nil {
				t.Error(err)
			}
		})
	}
}

// F07: header fields of other forms.
func TestF07SignatureForms(t *testing.T) {
	for _, test := range []struct {
		lines []string
		why   reason
	}{
		{nil, signatureMissing},
		{[]string{""}, signatureForm},
		{[]string{"keyId"}, signatureForm},
		{[]string{`keyId="https://a.example"`}, signatureWeak},
		{[]string{`keyId="https://a.example",headers="date",signature="*"`}, signatureForm},
		{[]string{`keyId="https://a.example",headers="date",signature="AAAA`}, signatureForm},
		{[]string{`keyId="https://a.example" headers="date"`}, signatureForm},
		{[]string{`keyId="https://a\"b.example",headers="date",signature="AAAA"`}, signatureForm},
		{[]string{`keyId="https://a.example",headers="date",signature="AAAA"`, `keyId="https://b.example",headers="date",signature="AAAA"`}, signatureTwo},
		{[]string{strings.Repeat("a", signatureBytesMax+1)}, signatureForm},
	} {
		r := newCavageRequest().build(t, inboxBody)
		r.Header["Signature"] = test.lines
		_, err := newTestSignatures(t).parse(r, []byte(inboxBody), now)
		refusedFor(t, err, test.why)
	}
	r := newCavageRequest().build(t, inboxBody)
	r.Header.Set("Signature", strings.Replace(r.Header.Get("Signature"), `signature="`, `signature="`+strings.Repeat("AAAA", 400), 1))
	_, err := newTestSignatures(t).parse(r, []byte(inboxBody), now)
	refusedFor(t, err, signatureForm) // longer than any key makes
}

// F08: the digest of the body that came, once, by an algorithm that is known.
func TestF08Digests(t *testing.T) {
	right := "SHA-256=" + sha256Of(inboxBody)
	tests := []struct {
		name   string
		digest []string
		why    reason
	}{
		{"as it should be", []string{right}, ""},
		{"in lower case", []string{"sha-256=" + sha256Of(inboxBody)}, ""},
		{"SHA-512", []string{sha512Line(inboxBody)}, ""},
		{"missing", nil, digestMissing},
		{"empty", []string{""}, digestForm},
		{"of another body", []string{"SHA-256=" + sha256Of(inboxBody+" ")}, digestWrong},
		{"of another encoding", []string{"SHA-256=" + sha256Of(base64.StdEncoding.EncodeToString([]byte(inboxBody)))}, digestWrong},
		{"cut", []string{right[:len(right)-4]}, digestWrong},
		{"twice in one line", []string{right + "," + right}, digestTwo},
		{"two algorithms", []string{right + "," + sha512Line(inboxBody)}, digestTwo},
		{"in two lines", []string{right, right}, digestTwo},
		{"MD5", []string{"MD5=1B2M2Y8AsgTpgAmY7PhCfg=="}, algorithmUnknown},
		{"SHA", []string{"SHA=2jmj7l5rSw0yVb/vlWAYkK/YBwk="}, algorithmUnknown},
		{"not base64", []string{"SHA-256=***"}, digestForm},
		{"with no name", []string{sha256Of(inboxBody)[:20]}, digestForm},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c := newCavageRequest()
			c.digest = test.digest
			_, err := newTestSignatures(t).parse(c.build(t, inboxBody), []byte(inboxBody), now)
			refusedFor(t, err, test.why)
			if test.why == "" && err != nil {
				t.Error(err)
			}
		})
	}
	// A right Digest does not cover up a wrong Content-Digest.
	r := newCavageRequest().build(t, inboxBody)
	r.Header.Set("Content-Digest", "sha-256=:"+sha256Of("another")+":")
	_, err := newTestSignatures(t).parse(r, []byte(inboxBody), now)
	refusedFor(t, err, digestWrong)
}
