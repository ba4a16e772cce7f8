package federation

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

const (
	inboxBody = `{"@context": "https://www.w3.org/ns/activitystreams", "id": "https://peer.example/x/1", "type": "Follow", "actor": "https://peer.example/labs/shop", "object": "https://us.example/labs/farms"}`
	peerKeyID = "https://peer.example/labs/shop#main-key"
)

// newTestSignatures reads signatures for the node that the tests are, and takes
// keys from peers on loopback.
func newTestSignatures(t testing.TB) *signatures {
	t.Helper()
	s, err := newSignatures("https://us.example", usualWindow, reach{opened: loopback})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// newInboxRequest is a POST to our inbox, as our own signer signs it and as it
// comes in.
func newInboxRequest(t testing.TB, key *rsa.PrivateKey, keyID string) *http.Request {
	t.Helper()
	return signedBy(t, &signer{KeyID: keyID, Key: key}, http.MethodPost, "https://us.example/labs/farms/inbox", inboxBody)
}

func signedBy(t testing.TB, s *signer, method, address, body string) *http.Request {
	t.Helper()
	sent, err := http.NewRequest(method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	sent.Header.Set("Content-Type", activityType)
	sent.Header.Set("Date", now.Format(http.TimeFormat))
	if err := s.sign(sent, []byte(body)); err != nil {
		t.Fatal(err)
	}
	return arrived(sent, body)
}

// arrived is a request as a server sees it: Go takes Host out of the header.
func arrived(sent *http.Request, body string) *http.Request {
	r := httptest.NewRequest(sent.Method, sent.URL.RequestURI(), strings.NewReader(body))
	r.Header, r.Host = sent.Header.Clone(), sent.URL.Host
	r.Header.Del("Host")
	return r
}

// signature is a PKCS1-v1_5 signature over a text, in base64.
func signature(t testing.TB, key *rsa.PrivateKey, text string) string {
	t.Helper()
	sum := sha256.Sum256([]byte(text))
	made, err := rsa.SignPKCS1v15(nil, key, crypto.SHA256, sum[:])
	if err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(made)
}

func sha256Of(text string) string {
	sum := sha256.Sum256([]byte(text))
	return base64.StdEncoding.EncodeToString(sum[:])
}

// What our signer, which is go-fed/httpsig, makes is read and verified; by
// another key it is not.
func TestOurSignaturesVerify(t *testing.T) {
	key := testKeys[0]()
	reader := newTestSignatures(t)
	for _, test := range []struct{ method, address, body string }{
		{http.MethodPost, "https://us.example/labs/farms/inbox", inboxBody},
		{http.MethodPost, "https://us.example/labs/caf%C3%A9%2Fbar/inbox", inboxBody},
		{http.MethodGet, "https://us.example/labs/farms", ""},
		{http.MethodGet, "https://us.example/labs/farms/log?after=5&limit=100", ""},
		{http.MethodGet, "https://us.example", ""},
	} {
		r := signedBy(t, &signer{KeyID: peerKeyID, Key: key}, test.method, test.address, test.body)
		s, err := reader.parse(r, []byte(test.body), now)
		if err != nil {
			t.Errorf("%s %s: %v", test.method, test.address, err)
			continue
		}
		if s.KeyID != peerKeyID || !s.At.Equal(now) || !s.Received.Equal(now) || s.Scheme != cavage {
			t.Errorf("read as %+v", s)
		}
		if err := s.verify(&key.PublicKey); err != nil {
			t.Errorf("%s %s: %v", test.method, test.address, err)
		}
		refusedFor(t, s.verify(&testKeys[1]().PublicKey), signatureWrong)
	}
}

// A signature that was kept is verified later, for the body that it came with.
func TestSignaturesCanBeKept(t *testing.T) {
	s, err := newTestSignatures(t).parse(newInboxRequest(t, testKeys[0](), peerKeyID), []byte(inboxBody), now)
	if err != nil {
		t.Fatal(err)
	}
	text, err := s.stored()
	if err != nil {
		t.Fatal(err)
	}
	kept, err := readStored(text)
	if err != nil {
		t.Fatal(err)
	}
	if err := kept.verify(&testKeys[0]().PublicKey); err != nil {
		t.Error(err)
	}
	if kept.KeyID != peerKeyID || !kept.Received.Equal(now) || !kept.covers([]byte(inboxBody)) || kept.covers([]byte(inboxBody+" ")) {
		t.Errorf("kept as %+v", kept)
	}
	for _, text := range []string{"", "{}", `{"keyId": "https://a.example"}`, "null"} {
		if _, err := readStored([]byte(text)); err == nil {
			t.Errorf("%q is read", text)
		}
	}
}

// The host is the configured one: a request signed for another host does not
// verify, whatever its Host says.
func TestHostIsOurs(t *testing.T) {
	r := signedBy(t, &signer{KeyID: peerKeyID, Key: testKeys[0]()}, http.MethodPost, "https://other.example/labs/farms/inbox", inboxBody)
	s, err := newTestSignatures(t).parse(r, []byte(inboxBody), now)
	if err != nil {
		t.Fatal(err)
	}
	refusedFor(t, s.verify(&testKeys[0]().PublicKey), signatureWrong)
	// A proxy that rewrites Host takes nothing away.
	r = newInboxRequest(t, testKeys[0](), peerKeyID)
	r.Host = "127.0.0.1:8080"
	if s, err = newTestSignatures(t).parse(r, []byte(inboxBody), now); err != nil {
		t.Fatal(err)
	}
	if err := s.verify(&testKeys[0]().PublicKey); err != nil {
		t.Error(err)
	}
}

// Whatever the header fields of a signature hold, reading them ends in a
// signature with an address for a key, or in a 401.
func FuzzSignature(f *testing.F) {
	c := newCavageRequest().build(f, inboxBody)
	f.Add(c.Header.Get("Signature"), "", c.Header.Get("Digest"), c.Header.Get("Date"))
	m := newMessageRequest().build(f, inboxBody)
	f.Add(m.Header.Get("Signature"), m.Header.Get("Signature-Input"), m.Header.Get("Content-Digest"), "")
	f.Add(`sig=:AA==:`, `sig=("@method";req "@status" x);created=1`, "sha-256=:AA==:", "")
	f.Add(`keyId="`, "", "SHA-256", "Sun")
	reader := newTestSignatures(f)
	f.Fuzz(func(t *testing.T, signature, input, digest, date string) {
		r := httptest.NewRequest(http.MethodPost, "/labs/farms/inbox", strings.NewReader(inboxBody))
		r.Header = http.Header{"Signature": {signature}, "Digest": {digest}, "Content-Digest": {digest}, "Date": {date}}
		if input != "" {
			r.Header.Set("Signature-Input", input)
			r.Header.Del("Digest")
		} else {
			r.Header.Del("Content-Digest")
		}
		s, err := reader.parse(r, []byte(inboxBody), now)
		if err != nil {
			if refused, ok := err.(*refusal); !ok || refused.Status != http.StatusUnauthorized {
				t.Fatalf("%#v is no 401", err)
			}
			return
		}
		if _, err := parseAddress(s.KeyID); err != nil || len(s.Texts) == 0 || len(s.Signature) == 0 {
			t.Fatalf("%+v is no signature: %v", s, err)
		}
	})
}
