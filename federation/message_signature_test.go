package federation

import (
	"crypto"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/sha512"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// messageRequest is a POST to our inbox with a signature of RFC 9421 written by
// hand.
type messageRequest struct {
	method, target string
	components     []string // as they stand in the list, without quotes
	parameters     string   // further ones
	keyID          string
	created        int64
	values         map[string]string // values that the signer used where they differ
	header         http.Header       // further or other fields
}

func newMessageRequest() *messageRequest {
	return &messageRequest{method: http.MethodPost, target: "/labs/farms/inbox", components: []string{"@method", "@target-uri", "content-digest"},
		parameters: `;alg="rsa-v1_5-sha256"`, keyID: peerKeyID, created: now.Unix(), values: map[string]string{}, header: http.Header{}}
}

func (m *messageRequest) build(t testing.TB, body string) *http.Request {
	t.Helper()
	r := httptest.NewRequest(m.method, m.target, strings.NewReader(body))
	path, query, _ := strings.Cut(m.target, "?")
	digest := "sha-256=:" + sha256Of(body) + ":"
	if body != "" {
		r.Header.Set("Content-Digest", digest)
	}
	r.Header.Set("Date", now.Format(http.TimeFormat))
	r.Header.Set("Content-Type", activityType)
	values := map[string]string{
		"@method": m.method, "@target-uri": "https://us.example" + m.target, "@authority": "us.example", "host": "us.example", "@scheme": "https",
		"@request-target": m.target, "@path": path, "@query": "?" + query, "content-digest": digest, "date": now.Format(http.TimeFormat), "content-type": activityType,
	}
	for name, value := range m.values {
		values[name] = value
	}
	text, list := "", make([]string, len(m.components))
	for i, name := range m.components {
		list[i] = `"` + name + `"`
		text += list[i] + ": " + values[name] + "\n"
	}
	input := fmt.Sprintf(`(%s);created=%d;keyid="%s"%s`, strings.Join(list, " "), m.created, m.keyID, m.parameters)
	r.Header.Set("Signature-Input", "sig1="+input)
	r.Header.Set("Signature", "sig1=:"+signature(t, testKeys[0](), text+`"@signature-params": `+input)+":")
	for name, lines := range m.header {
		r.Header[name] = lines
	}
	return r
}

// F07: the same for the signatures of RFC 9421.
func TestF07MessageSignatures(t *testing.T) {
	right := newMessageRequest().build(t, inboxBody).Header
	two := strings.Replace(right.Get("Signature"), "sig1", "sig2", 1)
	tests := []struct {
		name   string
		change func(*messageRequest)
		why    reason
	}{
		{"as it should be", func(*messageRequest) {}, ""},
		{"as Fedify covers", func(m *messageRequest) {
			m.components = strings.Fields("@method @target-uri @authority host date content-digest")
		}, ""},
		{"authority and path", func(m *messageRequest) { m.components = strings.Fields("@method @authority @path content-digest") }, ""},
		{"host and request target", func(m *messageRequest) {
			m.components = strings.Fields("@method host @request-target content-digest @scheme")
		}, ""},
		{"path and query", func(m *messageRequest) {
			m.target, m.components = "/inbox?a=1", strings.Fields("@method @authority @path @query content-digest")
		}, ""},
		{"an empty query", func(m *messageRequest) {
			m.components = strings.Fields("@method @target-uri @query content-digest content-type")
		}, ""},
		{"without an algorithm", func(m *messageRequest) { m.parameters = "" }, ""},
		{"a nonce and a tag", func(m *messageRequest) { m.parameters = `;nonce="n, 1";tag="t"` }, ""},
		{"not expired", func(m *messageRequest) { m.parameters = fmt.Sprintf(";expires=%d", now.Unix()+1) }, ""},

		{"no method", func(m *messageRequest) { m.components = m.components[1:] }, signatureWeak},
		{"no target", func(m *messageRequest) { m.components = strings.Fields("@method content-digest") }, signatureWeak},
		{"no host", func(m *messageRequest) { m.components = strings.Fields("@method @path content-digest") }, signatureWeak},
		{"path without its query", func(m *messageRequest) {
			m.target, m.components = "/inbox?a=1", strings.Fields("@method @authority @path content-digest")
		}, signatureWeak},
		{"no digest", func(m *messageRequest) { m.components = m.components[:2] }, signatureWeak},
		{"a field that is not there", func(m *messageRequest) { m.components = append(m.components, "x-none") }, signatureWeak},
		{"a component of answers", func(m *messageRequest) { m.components = append(m.components, "@status") }, signatureWeak},
		{"a part of the query", func(m *messageRequest) { m.components = append(m.components, `@query-param";name="a`) }, signatureForm},
		{"a component twice", func(m *messageRequest) { m.components = append(m.components, "@method") }, signatureForm},
		{"rsa-pss-sha512", func(m *messageRequest) { m.parameters = `;alg="rsa-pss-sha512"` }, algorithmUnknown},
		{"hmac-sha256", func(m *messageRequest) { m.parameters = `;alg="hmac-sha256"` }, algorithmUnknown},
		{"ed25519", func(m *messageRequest) { m.parameters = `;alg="ed25519"` }, algorithmUnknown},
		{"an algorithm that is no text", func(m *messageRequest) { m.parameters = `;alg=1` }, algorithmUnknown},
		{"expired", func(m *messageRequest) { m.parameters = fmt.Sprintf(";expires=%d", now.Unix()-1) }, signatureOld},
		{"no key", func(m *messageRequest) { m.keyID = "" }, signatureWeak},
		{"not created", func(m *messageRequest) {
			m.header["Signature-Input"] = []string{`sig1=("@method" "@target-uri" "content-digest");keyid="` + peerKeyID + `"`}
		}, signatureWeak},
		{"two signatures", func(m *messageRequest) {
			m.header["Signature"] = []string{right.Get("Signature"), two}
			m.header["Signature-Input"] = []string{right.Get("Signature-Input"), strings.Replace(right.Get("Signature-Input"), "sig1", "sig2", 1)}
		}, signatureTwo},
		{"a second signature without input", func(m *messageRequest) { m.header["Signature"] = []string{right.Get("Signature") + ", " + two} }, signatureTwo},
		{"a label twice", func(m *messageRequest) {
			m.header["Signature-Input"] = []string{`sig1=("@method");created=1;keyid="https://evil.example/k", ` + right.Get("Signature-Input")}
		}, signatureTwo},
		{"labels that differ", func(m *messageRequest) { m.header["Signature"] = []string{two} }, signatureForm},
		{"no list", func(m *messageRequest) { m.header["Signature-Input"] = []string{`sig1="@method"`} }, signatureForm},
		{"no bytes", func(m *messageRequest) { m.header["Signature"] = []string{`sig1="abc"`} }, signatureForm},
		{"a signature of the draft", func(m *messageRequest) { m.header["Signature"] = []string{`keyId="a",headers="date",signature="AAAA"`} }, signatureForm},
		{"no digest at all", func(m *messageRequest) { m.header["Content-Digest"] = nil }, digestMissing},
		{"the digest of another body", func(m *messageRequest) { m.header["Content-Digest"] = []string{"sha-256=:" + sha256Of("x") + ":"} }, digestWrong},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m := newMessageRequest()
			test.change(m)
			s, err := newTestSignatures(t).parse(m.build(t, inboxBody), []byte(inboxBody), now)
			if test.why != "" {
				refusedFor(t, err, test.why)
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if s.Scheme != messageSignature || s.KeyID != peerKeyID {
				t.Errorf("read as %+v", s)
			}
			if err := s.verify(&testKeys[0]().PublicKey); err != nil {
				t.Error(err)
			}
			refusedFor(t, s.verify(&testKeys[1]().PublicKey), signatureWrong)
		})
	}
	// Signed for another host, or another inbox: it does not verify.
	for name, value := range map[string]string{"@target-uri": "https://other.example/labs/farms/inbox", "@method": "PUT"} {
		m := newMessageRequest()
		m.values[name] = value
		s, err := newTestSignatures(t).parse(m.build(t, inboxBody), []byte(inboxBody), now)
		if err != nil {
			t.Fatal(err)
		}
		refusedFor(t, s.verify(&testKeys[0]().PublicKey), signatureWrong)
	}
}

// What RFC 9421 signs in B.2.3 and B.2.6 is what we build of its request. Those
// signatures are by algorithms that no server here uses, so the test verifies
// the texts by them itself.
func TestSignatureBasesOfTheRFC(t *testing.T) {
	r := httptest.NewRequest(http.MethodPost, "/foo?param=Value&Pet=dog", strings.NewReader(`{"hello": "world"}`))
	r.Header = http.Header{
		"Date": {"Tue, 20 Apr 2021 02:07:55 GMT"}, "Content-Type": {"application/json"}, "Content-Length": {"18"},
		"Content-Digest": {"sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:"},
	}
	reader, err := newSignatures("https://example.com", usualWindow, reach{})
	if err != nil {
		t.Fatal(err)
	}
	base := func(input, signature string) (string, []byte) {
		t.Helper()
		r.Header.Set("Signature-Input", input)
		r.Header.Set("Signature", signature)
		covered, bytes, err := oneSignature(r.Header)
		if err != nil {
			t.Fatal(err)
		}
		names, err := componentNames(covered)
		if err != nil {
			t.Fatal(err)
		}
		text, err := reader.messageText(r, names, covered)
		if err != nil {
			t.Fatal(err)
		}
		return text, bytes
	}

	text, made := base(`sig-b26=("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"`,
		`sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:`)
	public, err := base64.StdEncoding.DecodeString("JrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=")
	if err != nil {
		t.Fatal(err)
	}
	if !ed25519.Verify(public, []byte(text), made) {
		t.Errorf("B.2.6 does not verify over\n%s", text)
	}

	text, made = base(`sig-b23=("date" "@method" "@path" "@query" "@authority" "content-type" "content-digest" "content-length");created=1618884473;keyid="test-key-rsa-pss"`,
		`sig-b23=:bbN8oArOxYoyylQQUU6QYwrTuaxLwjAC9fbY2F6SVWvh0yBiMIRGOnMYwZ/5MR6fb0Kh1rIRASVxFkeGt683+qRpRRU5p2voTp768ZrCUb38K0fUxN0O0iC59DzYx8DFll5GmydPxSmme9v6ULbMFkl+V5B1TP/yPViV7KsLNmvKiLJH1pFkh/aYA2HXXZzNBXmIkoQoLd7YfW91kE9o/CCoC1xMy7JA1ipwvKvfrs65ldmlu9bpG6A9BmzhuzF8Eim5f8ui9eH8LZH896+QIF61ka39VBrohr9iyMUJpvRX2Zbhl5ZJzSRxpJyoEZAFL2FUo5fTIztsDZKEgM4cUA==:`)
	block, _ := pem.Decode([]byte(rfcKey))
	key, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha512.Sum512([]byte(text))
	if err := rsa.VerifyPSS(key.(*rsa.PublicKey), crypto.SHA512, sum[:], made, &rsa.PSSOptions{SaltLength: 64}); err != nil {
		t.Errorf("B.2.3 does not verify over\n%s", text)
	}
	if _, err := reader.parseMessage(r, []byte(`{"hello": "world"}`), now); err != nil {
		t.Errorf("B.2.3 is not read: %v", err)
	}
}

// rfcKey is test-key-rsa-pss of RFC 9421, B.1.2.
const rfcKey = `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAr4tmm3r20Wd/PbqvP1s2
+QEtvpuRaV8Yq40gjUR8y2Rjxa6dpG2GXHbPfvMs8ct+Lh1GH45x28Rw3Ry53mm+
oAXjyQ86OnDkZ5N8lYbggD4O3w6M6pAvLkhk95AndTrifbIFPNU8PPMO7OyrFAHq
gDsznjPFmTOtCEcN2Z1FpWgchwuYLPL+Wokqltd11nqqzi+bJ9cvSKADYdUAAN5W
Utzdpiy6LbTgSxP7ociU4Tn0g5I6aDZJ7A8Lzo0KSyZYoA485mqcO0GVAdVw9lq4
aOT9v6d+nb4bnNkQVklLQ3fVAvJm+xdDOp9LCNCN48V2pnDOkFV6+U9nV5oyc6XI
2wIDAQAB
-----END PUBLIC KEY-----
`
