package federation

import (
	"crypto/rsa"
	"fmt"
	"math/big"
	"net/http"
	"strings"
	"testing"
)

func TestFetchActor(t *testing.T) {
	c, p := newTestClient(t), newPeer(t)
	p.actor(t, "/labs/farms", &testKeys[0]().PublicKey)
	a, err := c.fetchActor(t.Context(), p.URL+"/labs/farms")
	if err != nil {
		t.Fatal(err)
	}
	here := p.URL + "/labs/farms"
	if a.ID != here || a.Type != "Organization" || a.Name != "Freedom Farms" || a.PreferredUsername != "farms" || a.Inbox != here+"/inbox" || a.SharedInbox != p.URL+"/inbox" {
		t.Errorf("read as %+v", a)
	}
	key, err := a.key(here + "#main-key")
	if err != nil || !key.Public.Equal(&testKeys[0]().PublicKey) || key.Owner != here {
		t.Errorf("%+v, %v", key, err)
	}
	_, err = a.key(here + "#other")
	refusedFor(t, err, keyListed)
}

// Actors of other forms, and F05: an inbox that is elsewhere.
func TestActorForms(t *testing.T) {
	pem := pemOf(t, &testKeys[0]().PublicKey)
	key := fmt.Sprintf(`{"id": "HERE/a#k", "owner": "HERE/a", "publicKeyPem": %q}`, pem)
	tests := []struct {
		name, document string
		why            reason
	}{
		{"no key", `{"id": "HERE/a", "type": "Service", "inbox": "HERE/a/inbox"}`, ""},
		{"a list of keys", `{"id": "HERE/a", "type": "Service", "inbox": "HERE/a/inbox", "publicKey": [` + key + `]}`, ""},
		{"a key that is only named", `{"id": "HERE/a", "type": "Service", "inbox": "HERE/a/inbox", "publicKey": "HERE/k"}`, ""},
		{"two types", `{"id": "HERE/a", "type": ["vf:Organization", "Group"], "inbox": "HERE/a/inbox"}`, ""},
		{"an embedded inbox", `{"id": "HERE/a", "type": "Group", "inbox": {"id": "HERE/a/inbox", "type": "OrderedCollection"}}`, ""},
		{"a shared inbox elsewhere, which is left out", `{"id": "HERE/a", "type": "Group", "inbox": "HERE/a/inbox", "endpoints": {"sharedInbox": "https://other.example/inbox"}}`, ""},

		{"no actor", `{"id": "HERE/a", "type": "Note", "inbox": "HERE/a/inbox"}`, actorForm},
		{"no type", `{"id": "HERE/a", "inbox": "HERE/a/inbox"}`, actorForm},
		{"no inbox", `{"id": "HERE/a", "type": "Group"}`, actorInbox},
		{"an inbox elsewhere", `{"id": "HERE/a", "type": "Group", "inbox": "https://other.example/inbox"}`, actorInbox},
		{"an inbox inside", `{"id": "HERE/a", "type": "Group", "inbox": "http://169.254.169.254/inbox"}`, actorInbox},
		{"an inbox on another port", `{"id": "HERE/a", "type": "Group", "inbox": "http://127.0.0.1:22/inbox"}`, actorInbox},
		{"the key of another", `{"id": "HERE/a", "type": "Group", "inbox": "HERE/a/inbox", "publicKey": ` + strings.Replace(key, `"HERE/a",`, `"HERE/b",`, 1) + `}`, keyOwner},
		{"a key from elsewhere", `{"id": "HERE/a", "type": "Group", "inbox": "HERE/a/inbox", "publicKey": ` + strings.Replace(key, "HERE/a#k", "https://other.example/a#k", 1) + `}`, keyOwner},
		{"a key without an owner", `{"id": "HERE/a", "type": "Group", "inbox": "HERE/a/inbox", "publicKey": {"id": "HERE/a#k", "publicKeyPem": "x"}}`, keyForm},
		{"a key that is none", `{"id": "HERE/a", "type": "Group", "inbox": "HERE/a/inbox", "publicKey": {"id": "HERE/a#k", "owner": "HERE/a", "publicKeyPem": "x"}}`, keyForm},
		{"a key twice", `{"id": "HERE/a", "id": "HERE/a", "type": "Group"}`, answerBroken},
	}
	c, p := newTestClient(t), newPeer(t)
	for _, test := range tests {
		p.shows("/a", activityType, test.document)
		a, err := c.fetchActor(t.Context(), p.URL+"/a")
		if reasonOf(err) != test.why || test.why == "" && (err != nil || a.SharedInbox != "") {
			t.Errorf("%s: %v, want %q", test.name, err, test.why)
		}
	}
}

// Keys are RSA keys of 2048 to 8192 bits.
func TestKeySizes(t *testing.T) {
	sized := func(bits uint) *rsa.PublicKey {
		n := new(big.Int).Lsh(big.NewInt(1), bits-1)
		return &rsa.PublicKey{N: n.Add(n, big.NewInt(1)), E: 65537}
	}
	for bits, why := range map[uint]reason{1024: keySize, 2047: keySize, 2048: "", 4096: "", 8192: "", 8193: keySize, 16384: keySize} {
		_, err := readPublicKey(pemOf(t, sized(bits)))
		if reasonOf(err) != why || why == "" && err != nil {
			t.Errorf("%d bits: %v", bits, err)
		}
	}
	good := pemOf(t, sized(2048))
	for _, text := range []string{"", "x", good + good, good + "x", strings.ReplaceAll(good, "PUBLIC KEY", "CERTIFICATE"), ed25519PEM, strings.Repeat(" ", keyBytesMax+1)} {
		_, err := readPublicKey(text)
		refusedFor(t, err, keyForm)
	}
}

// ed25519PEM is test-key-ed25519 of RFC 9421, B.1.4.
const ed25519PEM = `-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=
-----END PUBLIC KEY-----
`

// F12: a key is whose it says only where that actor lists it. F13: it stands
// where its id says, and no redirect leads to it or to its owner.
func TestF12F13KeyOwners(t *testing.T) {
	one, two := pemOf(t, &testKeys[0]().PublicKey), pemOf(t, &testKeys[1]().PublicKey)
	key := func(id, owner, pem string) string {
		return fmt.Sprintf(`{"id": %q, "type": "Key", "owner": %q, "publicKeyPem": %q}`, id, owner, pem)
	}
	actor := func(id, keys string) string {
		return fmt.Sprintf(`{"id": %q, "type": "Group", "inbox": "%s/inbox", "publicKey": %s}`, id, id, keys)
	}
	tests := []struct {
		name, id  string
		documents map[string]string // by path; a path in place of a document redirects there
		why       reason
	}{
		{"in the actor", "HERE/a#k", map[string]string{"/a": actor("HERE/a", key("HERE/a#k", "HERE/a", one))}, ""},
		{"apart, and listed by name", "HERE/k", map[string]string{"/k": key("HERE/k", "HERE/a", one), "/a": actor("HERE/a", `"HERE/k"`)}, ""},
		{"apart, and listed", "HERE/k", map[string]string{"/k": key("HERE/k", "HERE/a", one), "/a": actor("HERE/a", key("HERE/k", "HERE/a", one))}, ""},

		{"F12: apart, and not listed", "HERE/k", map[string]string{"/k": key("HERE/k", "HERE/a", one), "/a": actor("HERE/a", key("HERE/a#k", "HERE/a", two))}, keyListed},
		{"F12: apart, of an actor without keys", "HERE/k", map[string]string{"/k": key("HERE/k", "HERE/a", one), "/a": actor("HERE/a", "[]")}, keyListed},
		{"F12: listed with another text", "HERE/k", map[string]string{"/k": key("HERE/k", "HERE/a", one), "/a": actor("HERE/a", key("HERE/k", "HERE/a", two))}, keyListed},
		{"F12: of an actor elsewhere", "HERE/k", map[string]string{"/k": key("HERE/k", "https://other.example/a", one)}, keyOwner},
		{"F12: in an actor that is not its owner", "HERE/a#k", map[string]string{"/a": actor("HERE/a", key("HERE/a#k", "HERE/b", one)), "/b": actor("HERE/b", key("HERE/b#k", "HERE/b", two))}, keyOwner},
		{"F12: another key of the actor", "HERE/a#x", map[string]string{"/a": actor("HERE/a", key("HERE/a#k", "HERE/a", one))}, keyListed},
		{"F12: the key's document names its owner wrong", "HERE/k", map[string]string{"/k": key("HERE/k", "HERE/a", one), "/a": actor("HERE/b", `"HERE/k"`)}, documentID},

		{"F13: the id is another's", "HERE/k", map[string]string{"/k": key("HERE/x", "HERE/a", one), "/a": actor("HERE/a", `"HERE/k"`)}, documentID},
		{"F13: the actor is another", "HERE/a#k", map[string]string{"/a": actor("HERE/b", key("HERE/a#k", "HERE/b", one))}, documentID},
		{"F13: the key by a redirect", "HERE/k", map[string]string{"/k": "/k2", "/k2": key("HERE/k", "HERE/a", one), "/a": actor("HERE/a", `"HERE/k"`)}, redirectRefused},
		{"F13: the owner by a redirect", "HERE/k", map[string]string{"/k": key("HERE/k", "HERE/a", one), "/a": "/a2", "/a2": actor("HERE/a", `"HERE/k"`)}, redirectRefused},
		{"F13: the actor by a redirect", "HERE/a#k", map[string]string{"/a": "/a2", "/a2": actor("HERE/a", key("HERE/a#k", "HERE/a", one))}, redirectRefused},
		{"only named, and nowhere shown", "HERE/a#k", map[string]string{"/a": actor("HERE/a", `"HERE/a#k"`)}, keyMissing},
		{"nothing there", "HERE/a#k", nil, answerGone},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c, p, kept := newTestClient(t), newPeer(t), &memoryKeys{}
			for path, document := range test.documents {
				if strings.HasPrefix(document, "/") {
					p.answers(path, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, document, http.StatusFound) })
				} else {
					p.shows(path, activityType, document)
				}
			}
			id := strings.ReplaceAll(test.id, "HERE", p.URL)
			ring := newKeyring(c, kept, c.Now)
			key, _, err := ring.key(t.Context(), id)
			if test.why == "" {
				if err != nil || key.ID != id || key.Owner != p.URL+"/a" || !key.Public.Equal(&testKeys[0]().PublicKey) {
					t.Errorf("%+v, %v", key, err)
				}
				return
			}
			refusedFor(t, err, test.why)
			if refused, ok := err.(*refusal); !ok || refused.Status != http.StatusForbidden && refused.Status != http.StatusUnauthorized {
				t.Errorf("%#v is neither 401 nor 403", err)
			}
			if kept.kept[id].PEM != "" {
				t.Error("the key is kept")
			}
		})
	}
}
