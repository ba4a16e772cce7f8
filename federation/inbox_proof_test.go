package federation

import (
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"disconode/node"
)

// SECURITY.md F03: for who is not known, nothing is fetched, whatever it sends
// and whatever address its key names.
func TestF03NothingIsFetchedForAStranger(t *testing.T) {
	eachDoor(t, func(t *testing.T, d *door) {
		s := d.newSister()
		for _, c := range []struct {
			name string
			send func() (int, reason)
			code int
			why  reason
		}{
			{"a Create", func() (int, reason) { return s.post(s.activity("Create", s.event("e", "1"))) }, 403, peerUnknown},
			{"a Delete", func() (int, reason) { return s.post(s.activity("Delete", s.actor)) }, 403, peerUnknown},
			{"an Accept", func() (int, reason) { return s.post(s.activity("Accept", d.base+"/labs/farms/messages/1")) }, 403, peerUnknown},
			{"a key elsewhere", func() (int, reason) {
				body := `{"id": "https://peer.example/x/1", "type": "Follow", "actor": "https://peer.example/labs/shop", "object": "` + d.base + `/labs/farms"}`
				return d.answer(d.signed(&signer{KeyID: s.actor + mainKey, Key: s.key}, "POST", "/labs/farms/inbox", body))
			}, 403, keyOwner},
			{"a key on a private network", func() (int, reason) {
				body := `{"id": "http://10.0.0.1/x/1", "type": "Follow", "actor": "http://10.0.0.1/labs/shop", "object": "` + d.base + `/labs/farms"}`
				return d.answer(d.signed(&signer{KeyID: "http://10.0.0.1/labs/shop#main-key", Key: s.key}, "POST", "/labs/farms/inbox", body))
			}, 401, keyAddress},
			{"a Follow of what is no LAB", func() (int, reason) { return s.post(s.activity("Follow", d.base+"/labs/other")) }, 400, objectForm},
			{"a Follow of another origin than its actor", func() (int, reason) {
				f := s.follow()
				f["id"] = "https://elsewhere.example/x/1"
				return s.post(f)
			}, 403, activityOrigin},
			{"a signed GET", func() (int, reason) {
				w := s.get("/labs/farms/outbox")
				return w.Code, reasonIn(t, w.Body.Bytes())
			}, 403, notShown},
		} {
			d.unchanged(c.name, func() {
				if code, why := c.send(); code != c.code || why != c.why {
					t.Errorf("%s: %d %s, want %d %s", c.name, code, why, c.code, c.why)
				}
			})
		}
		d.work()
		if s.hits() != 0 {
			t.Errorf("the stranger's node was asked %d times", s.hits())
		}
	})
}

// SECURITY.md F07, F08, F09: signatures that cover too little, of another body or
// another time are refused with 401, by a node that knows the peer and its key.
func TestF07F08F09ThroughTheDoor(t *testing.T) {
	eachDoor(t, func(t *testing.T, d *door) {
		s := d.newSister().followed()
		hits := s.hits()
		for _, c := range []struct {
			name   string
			change func(r *http.Request)
			why    reason
		}{
			{"F07 no signature", func(r *http.Request) { r.Header.Del("Signature") }, signatureMissing},
			{"F07 unknown algorithm", func(r *http.Request) { replaced(r, `algorithm="hs2019"`, `algorithm="hmac-sha256"`) }, algorithmUnknown},
			{"F07 without the target", func(r *http.Request) { replaced(r, "(request-target) ", "") }, signatureWeak},
			{"F07 without the host", func(r *http.Request) { replaced(r, " host", "") }, signatureWeak},
			{"F07 without the date", func(r *http.Request) { replaced(r, " date", "") }, signatureWeak},
			{"F07 without the digest", func(r *http.Request) { replaced(r, " digest", "") }, signatureWeak},
			{"F07 another signature", func(r *http.Request) { replaced(r, `signature="`, `signature="AAAA`) }, signatureWrong},
			{"F08 no digest", func(r *http.Request) { r.Header.Del("Digest") }, digestMissing},
			{"F08 another body's digest", func(r *http.Request) {
				r.Header.Set("Digest", "SHA-256=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
			}, digestWrong},
			{"F08 two digests", func(r *http.Request) { r.Header.Add("Digest", r.Header.Get("Digest")) }, digestTwo},
			{"F08 another algorithm", func(r *http.Request) { r.Header.Set("Digest", "MD5=1B2M2Y8AsgTpgAmY7PhCfg==") }, algorithmUnknown},
			{"F08 the digest of an encoded body", func(r *http.Request) { r.Header.Set("Content-Encoding", "gzip") }, bodyEncoded},
			{"F09 61 minutes ago", func(r *http.Request) { r.Header.Set("Date", d.now().Add(-61*time.Minute).Format(http.TimeFormat)) }, signatureOld},
			{"F09 6 minutes ahead", func(r *http.Request) { r.Header.Set("Date", d.now().Add(6*time.Minute).Format(http.TimeFormat)) }, signatureEarly},
			{"F09 no date", func(r *http.Request) { r.Header.Del("Date") }, signatureForm},
		} {
			d.unchanged(c.name, func() {
				r := s.request("/labs/farms/inbox", s.activity("Create", s.event("e", "1")))
				c.change(r)
				code, why := d.answer(r)
				if want := map[bool]int{true: 415, false: 401}[c.why == bodyEncoded]; code != want || why != c.why {
					t.Errorf("%s: %d %s, want %d %s", c.name, code, why, want, c.why)
				}
			})
		}
		if got := s.hits(); got > hits+1 { // the wrong signature may be of a new key: it is asked for once
			t.Errorf("the sister's node was asked %d times", got-hits)
		}
		if code, why := s.post(s.activity("Create", s.event("e", "1"))); code != 202 || len(d.events()) != 1 {
			t.Errorf("afterwards a good one got %d %s", code, why)
		}
	})
}

// SECURITY.md F10: the same request again is answered and has no effect; to
// another inbox it is refused; the same activity signed anew has no effect, and
// with another content it is refused.
func TestF10Replay(t *testing.T) {
	eachDoor(t, func(t *testing.T, d *door) {
		s := d.newSister().followed()
		second, _ := d.newLab("shop", "The Shop")
		activity := s.activity("Create", s.event("e", "1"))
		recorded := s.request("/labs/farms/inbox", activity)
		body, err := json.Marshal(activity)
		d.must(err)
		for i := range 3 {
			if code, why := d.answer(onceMore(recorded, body)); code != 202 {
				t.Errorf("time %d: %d %s", i, code, why)
			}
		}
		if got := len(d.events()); got != 1 {
			t.Errorf("%d events, want 1", got)
		}
		d.unchanged("another inbox", func() {
			other := onceMore(recorded, body)
			other.URL.Path, other.RequestURI = "/labs/shop/inbox", "/labs/shop/inbox"
			if code, why := d.answer(other); code != 403 || why != peerUnknown {
				t.Errorf("to a LAB that it is no peer of: %d %s", code, why)
			}
			_, err := d.node.FollowPeer(node.AsOperator(d.ctx, second), s.actor)
			d.must(err)
			other = onceMore(recorded, body)
			other.URL.Path, other.RequestURI = "/labs/shop/inbox", "/labs/shop/inbox"
			if code, why := d.answer(other); code != 401 || why != signatureWrong {
				t.Errorf("to a LAB that follows it: %d %s", code, why)
			}
		})
		d.later(time.Second)
		d.unchanged("signed anew", func() {
			if code, why := s.post(activity); code != 202 {
				t.Errorf("signed anew: %d %s", code, why)
			}
			activity["object"] = s.event("e", "2")
			if code, why := s.post(activity); code != 409 || why != objectRewritten {
				t.Errorf("with another content: %d %s", code, why)
			}
		})
	})
}

// A recorded Follow of an approved peer is not answered each time it is played.
func TestF10ReplayedFollow(t *testing.T) {
	d := newDoor(t, "", "https://us.example")
	s := d.newSister().approved()
	follow := s.follow()
	recorded := s.request("/labs/farms/inbox", follow)
	body, err := json.Marshal(follow)
	d.must(err)
	for range 5 {
		if code, why := d.answer(onceMore(recorded, body)); code != 202 {
			t.Errorf("%d %s", code, why)
		}
	}
	d.work()
	if got := s.kinds(); len(got) != 2 { // one for each Follow
		t.Errorf("the sister was sent %v", got)
	}
}
