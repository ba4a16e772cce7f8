//go:build interop

package interop

import (
	"bytes"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

// sender is an actor that posts to others' inboxes. It signs by the draft's text
// (cavage-12, RSA-2048, SHA-256) and with none of our own code, so that it does
// not share our mistakes.
type sender struct {
	id       string
	key      *rsa.PrivateKey
	followed chan string // ids of the Follows that came to its inbox
}

// newSenders are n actors, whose documents and keys a server of their own
// answers. Its inboxes say yes to whatever comes.
func newSenders(t testing.TB, n int) []*sender {
	t.Helper()
	mux := http.NewServeMux()
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	senders := make([]*sender, n)
	for i := range senders {
		key, err := rsa.GenerateKey(rand.Reader, 2048)
		if err != nil {
			t.Fatal(err)
		}
		path := fmt.Sprintf("/actors/%d", i)
		senders[i] = &sender{server.URL + path, key, make(chan string, 1)}
		document := senders[i].document(t)
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/activity+json")
			w.Write(document)
		})
		mux.HandleFunc("POST "+path+"/inbox", func(w http.ResponseWriter, r *http.Request) {
			var came struct{ ID, Type string }
			if err := json.NewDecoder(r.Body).Decode(&came); err == nil && came.Type == "Follow" {
				select {
				case senders[i].followed <- came.ID:
				default: // it was sent again
				}
			}
			w.WriteHeader(http.StatusAccepted)
		})
	}
	return senders
}

// document is the actor, as others fetch it.
func (s *sender) document(t testing.TB) []byte {
	t.Helper()
	public, err := x509.MarshalPKIXPublicKey(&s.key.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	return encode(t, map[string]any{
		"@context":          []string{"https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1"},
		"id":                s.id,
		"type":              "Organization",
		"name":              "A sister LAB",
		"preferredUsername": "sister",
		"inbox":             s.id + "/inbox",
		"outbox":            s.id + "/outbox",
		"followers":         s.id + "/followers",
		"publicKey": map[string]string{
			"id":           s.id + "#main-key",
			"owner":        s.id,
			"publicKeyPem": string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: public})),
		},
	})
}

// create is an event that the sender tells of: 12 kg of collards came in.
func (s *sender) create(t testing.TB, to string, number int) []byte {
	t.Helper()
	event := fmt.Sprintf("%s/events/%d", s.id, number)
	return encode(t, map[string]any{
		"@context": []any{"https://www.w3.org/ns/activitystreams", map[string]string{
			"vf":                   "https://w3id.org/valueflows/ont/vf#",
			"om2":                  "http://www.ontology-of-units-of-measure.org/resource/om-2/",
			"EconomicEvent":        "vf:EconomicEvent",
			"action":               "vf:action",
			"provider":             "vf:provider",
			"receiver":             "vf:receiver",
			"resourceConformsTo":   "vf:resourceConformsTo",
			"resourceQuantity":     "vf:resourceQuantity",
			"hasPointInTime":       "vf:hasPointInTime",
			"hasUnit":              "om2:hasUnit",
			"hasNumericalValue":    "om2:hasNumericalValue",
			"resourceClassifiedAs": "vf:resourceClassifiedAs",
		}},
		"id":    event + "/create",
		"type":  "Create",
		"actor": s.id,
		"to":    []string{to},
		"object": map[string]any{
			"id":                 event,
			"type":               []string{"Object", "EconomicEvent"},
			"attributedTo":       s.id,
			"to":                 []string{to},
			"action":             "raise",
			"provider":           s.id,
			"receiver":           s.id,
			"resourceConformsTo": s.id + "/kinds/collards",
			"resourceQuantity":   map[string]string{"hasUnit": kilogram, "hasNumericalValue": "12"},
			"hasPointInTime":     "2026-05-01T12:00:00Z",
			"published":          "2026-05-01T12:00:01Z",
		},
	})
}

// accept says yes to a Follow.
func (s *sender) accept(t testing.TB, follow string) []byte {
	t.Helper()
	return encode(t, map[string]any{
		"@context": "https://www.w3.org/ns/activitystreams",
		"id":       s.id + "/accept",
		"type":     "Accept",
		"actor":    s.id,
		"object":   follow,
	})
}

func encode(t testing.TB, document any) []byte {
	t.Helper()
	text, err := json.Marshal(document)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// signed is a whole request to an inbox, ready for the wire, dated now.
func (s *sender) signed(t testing.TB, inbox string, body []byte) []byte {
	t.Helper()
	to, err := url.Parse(inbox)
	if err != nil {
		t.Fatal(err)
	}
	date := time.Now().UTC().Format(http.TimeFormat)
	digested := sha256.Sum256(body)
	digest := "SHA-256=" + base64.StdEncoding.EncodeToString(digested[:])
	const media = "application/activity+json"
	text := strings.Join([]string{
		"(request-target): post " + to.RequestURI(),
		"host: " + to.Host,
		"date: " + date,
		"digest: " + digest,
		"content-type: " + media,
	}, "\n")
	hash := sha256.Sum256([]byte(text))
	signature, err := rsa.SignPKCS1v15(rand.Reader, s.key, crypto.SHA256, hash[:])
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	fmt.Fprintf(&out, "POST %s HTTP/1.1\r\nHost: %s\r\nDate: %s\r\nDigest: %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n",
		to.RequestURI(), to.Host, date, digest, media, len(body))
	fmt.Fprintf(&out, "Signature: keyId=%q,algorithm=\"rsa-sha256\",headers=\"(request-target) host date digest content-type\",signature=%q\r\n\r\n",
		s.id+"#main-key", base64.StdEncoding.EncodeToString(signature))
	out.Write(body)
	return out.Bytes()
}
