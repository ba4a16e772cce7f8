//go:build interop

// Package interop has a server that strangers wrote (Fedify, beside us on
// loopback) talk with a node of ours: README.md says how. `make interop` runs it.
package interop

import (
	"bytes"
	"net/http"
	"strings"
	"testing"
	"time"
)

// schemes are the two ways to sign a request, and how Fedify is told to try one
// before the other.
var schemes = []struct {
	name     string
	variable string
}{
	{"rfc9421", ""},
	{"cavage", "FIRST_KNOCK=draft-cavage-http-signatures-12"},
}

// beside starts a LAB behind a wire, and a stranger that signs in a scheme.
func beside(t *testing.T, variable string) (*lab, *wire, *stranger) {
	t.Helper()
	address := freeAddress(t)
	w := newWire(t, address)
	l := newLabAt(t, address, w.URL)
	return l, w, newStranger(t, strings.Fields(variable)...)
}

// A stranger asks to follow, waits for the steward, is told, hears of an event,
// and is heard: in either scheme at its first knock.
func TestAStrangerFollows(t *testing.T) {
	for _, scheme := range schemes {
		t.Run(scheme.name, func(t *testing.T) {
			us, w, them := beside(t, scheme.variable)

			follow, refusal := them.follow(t, us)
			if refusal != "" {
				t.Fatalf("its Follow was refused: %s", refusal)
			}
			if _, count := them.seen(t); count > 0 {
				t.Errorf("the stranger was answered before a steward looked")
			}
			if list := us.peers(t); !strings.Contains(list, them.actor()) || !strings.Contains(list, "REQUESTED") {
				t.Errorf("the Follow does not wait for the steward: %s", list)
			}

			us.approve(t, them.actor())
			accept := them.await(t, "our Accept", func(a activity) bool { return a.Type == "Accept" })
			if !bytes.Contains(accept.Object, []byte(follow)) {
				t.Errorf("our Accept names %s, not the Follow %s", accept.Object, follow)
			}

			event := us.raise(t, "12")
			create := them.await(t, "our Create", func(a activity) bool {
				return a.Type == "Create" && bytes.Contains(a.Object, []byte(event))
			})
			if create.Actor != us.actor() {
				t.Errorf("our Create is by %s, not %s", create.Actor, us.actor())
			}
			them.took(t, event)

			if _, refusal := them.send(t, us); refusal != "" {
				t.Errorf("its Create was refused: %s", refusal)
			}
			for _, p := range w.since(0) {
				if p.scheme != scheme.name || p.status/100 != 2 {
					t.Errorf("a post signed as %s got %d; the first knock, %s, must do", p.scheme, p.status, scheme.name)
				}
			}
		})
	}
}

// A Create of one that no steward approved, and any that was changed on the way,
// is refused in both schemes.
func TestWhatWasTamperedWithIsRefused(t *testing.T) {
	changes := []struct {
		name   string
		change func(r *http.Request, body []byte) []byte
	}{
		{"another body", func(_ *http.Request, body []byte) []byte {
			return bytes.Replace(body, []byte("hello"), []byte("hallo"), 1)
		}},
		{"another body with its digest", func(r *http.Request, body []byte) []byte {
			body = bytes.Replace(body, []byte("hello"), []byte("hallo"), 1)
			digested(r, body)
			return body
		}},
		{"no digest", func(r *http.Request, body []byte) []byte {
			r.Header.Del("Digest")
			r.Header.Del("Content-Digest")
			return body
		}},
		{"another date", func(r *http.Request, body []byte) []byte {
			r.Header.Set("Date", time.Now().Add(-time.Minute).UTC().Format(http.TimeFormat))
			return body
		}},
		{"another signature", func(r *http.Request, body []byte) []byte {
			spoil(r)
			return body
		}},
		{"no signature", func(r *http.Request, body []byte) []byte {
			r.Header.Del("Signature")
			r.Header.Del("Signature-Input")
			return body
		}},
	}
	for _, scheme := range schemes {
		t.Run(scheme.name, func(t *testing.T) {
			us, w, them := beside(t, scheme.variable)
			if _, refusal := them.send(t, us); refusal == "" {
				t.Error("a Create of one that nobody approved was taken")
			}
			if _, refusal := them.follow(t, us); refusal != "" {
				t.Fatalf("its Follow was refused: %s", refusal)
			}
			us.approve(t, them.actor())
			for _, c := range changes {
				before := len(w.since(0))
				w.tamper(c.change)
				if _, refusal := them.send(t, us); refusal == "" {
					t.Errorf("%s was taken: %v", c.name, w.since(before))
				}
				for _, p := range w.since(before) {
					if p.status != http.StatusUnauthorized {
						t.Errorf("%s, in %s, got %d, not 401", c.name, p.scheme, p.status)
					}
				}
			}
			w.tamper(nil)
			if _, refusal := them.send(t, us); refusal != "" {
				t.Errorf("what came unchanged was refused afterwards: %s", refusal)
			}
		})
	}
}
