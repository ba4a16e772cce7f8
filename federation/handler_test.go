package federation

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"disconode/node"
	"disconode/valueflows"
)

// shown is what the node shows to anybody.
func (d *door) shown(path, accept string) (*httptest.ResponseRecorder, map[string]any) {
	d.t.Helper()
	r := httptest.NewRequest(http.MethodGet, d.base+path, nil)
	r.Header.Set("Accept", accept)
	w := httptest.NewRecorder()
	d.handler.ServeHTTP(w, r)
	var document map[string]any
	if w.Body.Len() > 0 {
		if err := json.Unmarshal(w.Body.Bytes(), &document); err != nil {
			d.t.Fatalf("%s: %v: %s", path, err, w.Body)
		}
	}
	return w, document
}

// Our actors are what our own client reads as an actor, with a key that signs;
// both media types are answered, and what has not changed is not sent again.
func TestActors(t *testing.T) {
	eachDoor(t, func(t *testing.T, d *door) {
		for _, c := range []struct{ path, kind, name, username string }{
			{"/labs/farms", "Organization", "Freedom Farms", "farms"},
			{"/actor", "Application", "us.example", "us.example"},
		} {
			w, first := d.shown(c.path, linkedType+`; profile="`+profile+`"`)
			if got := w.Header().Get("Content-Type"); got != linkedType+`; profile="`+profile+`"` {
				t.Errorf("%s is shown as %s", c.path, got)
			}
			w, again := d.shown(c.path, activityType)
			if got := w.Header().Get("Content-Type"); got != activityType || w.Header().Get("Vary") != "Accept" {
				t.Errorf("%s is shown as %s", c.path, got)
			}
			if fmt.Sprint(first) != fmt.Sprint(again) {
				t.Errorf("%s is shown in two ways:\n%v\n%v", c.path, first, again)
			}
			read, err := readJSON(w.Body.Bytes())
			if err != nil {
				t.Fatalf("%s: %v", c.path, err)
			}
			actor, err := readActor(&document{ID: textOf(read["id"]), Object: read, Body: w.Body.Bytes()})
			if err != nil {
				t.Fatalf("%s: %v", c.path, err)
			}
			iri := d.base + c.path
			if actor.ID != iri || actor.Type != c.kind || actor.Name != c.name || actor.PreferredUsername != c.username || actor.Inbox != iri+"/inbox" {
				t.Errorf("%s is %+v", c.path, actor)
			}
			if _, err := actor.key(iri + mainKey); err != nil {
				t.Errorf("%s: %v", c.path, err)
			}
			if first["outbox"] != iri+"/outbox" || first["discoverable"] != false || objectOf(first["generator"])["implements"] == nil {
				t.Errorf("%s is %v", c.path, first)
			}
			r := httptest.NewRequest(http.MethodGet, iri, nil)
			r.Header.Set("Accept", activityType)
			r.Header.Set("If-None-Match", w.Header().Get("ETag"))
			second := httptest.NewRecorder()
			d.handler.ServeHTTP(second, r)
			if second.Code != http.StatusNotModified || second.Body.Len() > 0 {
				t.Errorf("%s, unchanged, is answered with %d", c.path, second.Code)
			}
		}
		if w, _ := d.shown("/labs/nobody", activityType); w.Code != 404 {
			t.Errorf("a LAB that is not: %d", w.Code)
		}
	})
}

// WebFinger leads from a name to a LAB's actor, and from the bare origin to the
// node's own; NodeInfo says what the node speaks, and nothing of who uses it.
func TestDiscovery(t *testing.T) {
	d := newDoor(t, "", "https://us.example")
	for _, c := range []struct {
		resource string
		code     int
		href     string
	}{
		{"acct:farms@us.example", 200, "https://us.example/labs/farms"},
		{"acct:Farms@US.example:443", 200, "https://us.example/labs/farms"},
		{"https://us.example/labs/farms", 200, "https://us.example/labs/farms"},
		{"https://us.example", 200, "https://us.example/actor"},
		{"https://us.example/", 200, "https://us.example/actor"},
		{"acct:nobody@us.example", 404, ""},
		{"acct:farms@elsewhere.example", 404, ""},
		{"https://us.example/labs/nobody", 404, ""},
		{"acct:farms", 400, ""},
		{"", 400, ""},
	} {
		w, found := d.shown("/.well-known/webfinger?resource="+c.resource, "application/jrd+json")
		if w.Code != c.code {
			t.Errorf("%q: %d, want %d", c.resource, w.Code, c.code)
			continue
		}
		if c.code == 200 && (objectOf(listOf(found["links"])[0])["href"] != c.href || w.Header().Get("Content-Type") != "application/jrd+json") {
			t.Errorf("%q leads to %v", c.resource, found)
		}
	}
	_, links := d.shown("/.well-known/nodeinfo", "*/*")
	if got := fmt.Sprint(links["links"]); !strings.Contains(got, "https://us.example/nodeinfo/2.1") || !strings.Contains(got, "https://us.example/actor") {
		t.Errorf("NodeInfo is at %s", got)
	}
	_, info := d.shown("/nodeinfo/2.1", "*/*")
	if info["version"] != "2.1" || objectOf(info["software"])["name"] != "disconode" || fmt.Sprint(info["protocols"]) != "[activitypub]" || info["openRegistrations"] != false {
		t.Errorf("NodeInfo is %v", info)
	}
}

// Machines and people are told apart by what they accept.
func TestWants(t *testing.T) {
	for accept, want := range map[string]bool{
		"application/activity+json":                        true,
		`application/ld+json; profile="` + profile + `"`:   true,
		"text/html;q=0.5, Application/Activity+JSON;q=0.9": true,
		"text/html,application/xhtml+xml,*/*;q=0.8":        false,
		"*/*":              false,
		"":                 false,
		"application/json": false,
	} {
		r := httptest.NewRequest(http.MethodGet, "/labs/farms", nil)
		r.Header.Set("Accept", accept)
		if got := Wants(r); got != want {
			t.Errorf("%q: %v, want %v", accept, got, want)
		}
	}
}

// The node answers peers under its own name alone, however that is written.
func TestHosts(t *testing.T) {
	d := newDoor(t, "", "https://us.example")
	for host, code := range map[string]int{
		"us.example": 200, "US.Example": 200, "us.example:443": 200, "us.example.": 200,
		"us.example:80": 421, "us.example:8443": 421, "www.us.example": 421, "us.example.evil.example": 421,
		"127.0.0.1": 421, "[::1]": 421, "us.example@evil.example": 421, "": 421, "us%2eexample": 421, "uѕ.example": 421,
	} {
		r := httptest.NewRequest(http.MethodGet, d.base+"/actor", nil)
		r.Host = host
		w := httptest.NewRecorder()
		d.handler.ServeHTTP(w, r)
		if w.Code != code {
			t.Errorf("Host %q: %d, want %d", host, w.Code, code)
		}
	}
}

// SECURITY.md F26: what a LAB shares is shown to the peers that its steward
// approved. Others cannot tell what is from what is not.
func TestF26WhatIsSharedIsShownToPeersAlone(t *testing.T) {
	eachDoor(t, func(t *testing.T, d *door) {
		event := record(t, d, "12")
		s := d.newSister().approved()
		blocked := d.sisterAt(newPeer(t), "/labs/blocked", testKeys[1]()).approved()
		_, err := d.node.BlockPeer(d.ctx, blocked.actor)
		d.must(err)
		followedOnly := d.sisterAt(newPeer(t), "/labs/followed", testKeys[1]()).followed()
		iri := "/vf/EconomicEvent/" + event.ID.String()
		person := "/labs/farms/people/" + s.pseudonym(t)
		for _, path := range []string{
			iri, "/vf/EconomicEvent/" + valueflows.IDOf("nothing").String(), "/vf/EconomicEvent/nothing",
			"/labs/farms/outbox", "/labs/farms/outbox?page=true", "/labs/nobody/outbox",
			"/labs/farms/followers", "/labs/farms/followers?page=true", "/labs/nobody/followers",
			"/labs/farms/audiences/all", "/labs/farms/audiences/all?after=0", "/labs/farms/audiences/other",
			person, "/labs/farms/people/nobody",
		} {
			if w, problem := d.shown(path, activityType); w.Code != 401 || problem["reason"] != string(signatureMissing) {
				t.Errorf("%s, unsigned: %d %v", path, w.Code, problem)
			}
			first := ""
			for _, other := range []*sister{blocked, followedOnly, d.sisterAt(newPeer(t), "/labs/unknown", testKeys[1]())} {
				w := other.get(path)
				if w.Code != 403 || first != "" && first != w.Body.String() {
					t.Errorf("%s, to %s: %d %s", path, other.actor, w.Code, w.Body)
				}
				first = w.Body.String()
			}
			w := s.get(path)
			want := 200
			if strings.Contains(path, "noth") || strings.Contains(path, "other") || strings.HasSuffix(path, "people/nobody") || path == "/vf/EconomicEvent/"+valueflows.IDOf("nothing").String() {
				want = 404
			}
			if strings.Contains(path, "/labs/nobody/") {
				want = 403
			}
			if w.Code != want {
				t.Errorf("%s, to an approved peer: %d, want %d: %s", path, w.Code, want, w.Body)
			}
		}
		for _, path := range []string{"/labs/farms/inbox", "/actor/inbox"} {
			if w := s.get(path); w.Code != 403 {
				t.Errorf("%s: %d", path, w.Code)
			}
		}
	})
}

// pseudonym is the one of a person that the sister was told of.
func (s *sister) pseudonym(t *testing.T) string {
	t.Helper()
	person, err := node.Create(s.d.ctx, s.d.node, &valueflows.Agent{Kind: valueflows.ClassPerson, Name: "Amos"})
	s.d.must(err)
	hours := &valueflows.Measure{HasNumericalValue: valueflows.MustDecimal("2"), HasUnit: valueflows.Hour}
	kind, err := node.Create(s.d.ctx, s.d.node, &valueflows.ResourceSpecification{Name: "Field work"})
	s.d.must(err)
	process, err := node.Create(s.d.ctx, s.d.node, &valueflows.Process{Name: "Weeding"})
	s.d.must(err)
	day, err := valueflows.ParseTime("2026-05-01T12:00:00Z", s.d.now().Location())
	s.d.must(err)
	_, _, err = s.d.node.RecordEvent(s.d.ctx, &valueflows.EconomicEvent{Action: "work", Provider: person.ID, Receiver: s.d.lab, InputOf: process.ID, ResourceConformsTo: kind.ID, EffortQuantity: hours, HasPointInTime: &day}, nil)
	s.d.must(err)
	s.d.work()
	for i := len(s.got) - 1; i >= 0; i-- {
		if rest, ok := strings.CutPrefix(idOf(s.got[i]["object"]), s.d.base+"/labs/farms/people/"); ok {
			return rest
		}
	}
	t.Fatal("the sister was told of no person")
	return ""
}

// The outbox is newest first, the audience's log in order; both have pages that
// lead on to each other and hold everything once, byte for byte as it was sent.
func TestCollections(t *testing.T) {
	eachDoor(t, func(t *testing.T, d *door) {
		for i := range 30 {
			record(t, d, fmt.Sprint(i+1))
		}
		s := d.newSister().approved()
		var sent []string
		for _, raw := range s.raw {
			if strings.Contains(string(raw), `"type":"Create"`) || strings.Contains(string(raw), `"type":"Update"`) {
				sent = append(sent, string(raw))
			}
		}
		if len(sent) != 91 { // the LAB, and an event, its resource and its specification each
			t.Fatalf("%d were sent, want 91", len(sent))
		}
		for _, c := range []struct {
			path     string
			backward bool
		}{{"/labs/farms/outbox", true}, {"/labs/farms/audiences/all", false}} {
			var collection struct {
				Type, First string
				TotalItems  int
			}
			d.must(json.Unmarshal(s.get(c.path).Body.Bytes(), &collection))
			if collection.Type != "OrderedCollection" || collection.TotalItems != 91 {
				t.Errorf("%s is %+v", c.path, collection)
			}
			var items []string
			pages := 0
			for next := collection.First; next != ""; pages++ {
				var page struct {
					Type, ID, PartOf, Next string
					OrderedItems           []json.RawMessage
				}
				w := s.get(strings.TrimPrefix(next, d.base))
				d.must(json.Unmarshal(w.Body.Bytes(), &page))
				if page.Type != "OrderedCollectionPage" || page.ID != next || page.PartOf != d.base+c.path || len(page.OrderedItems) > collectionPage {
					t.Errorf("%s is %s", next, w.Body)
				}
				for _, item := range page.OrderedItems {
					items = append(items, string(item))
				}
				if next = page.Next; pages > 5 {
					t.Fatalf("%s has no end", c.path)
				}
			}
			if c.backward {
				for i, j := 0, len(items)-1; i < j; i, j = i+1, j-1 {
					items[i], items[j] = items[j], items[i]
				}
			}
			if strings.Join(items, "\n") != strings.Join(sent, "\n") || pages != 2 {
				t.Errorf("%s: %d pages with %d items do not hold what was sent", c.path, pages, len(items))
			}
		}
		// A record by its IRI is what its activity held, with the activity's context.
		object := objectOf(s.got[len(s.got)-1]["object"])
		var shown map[string]any
		d.must(json.Unmarshal(s.get(strings.TrimPrefix(idOf(object), d.base)).Body.Bytes(), &shown))
		object["@context"] = s.got[len(s.got)-1]["@context"]
		if fmt.Sprint(shown) != fmt.Sprint(object) {
			t.Errorf("by its IRI it is %v, was told as %v", shown, object)
		}
		if w := s.get("/labs/farms/followers"); !strings.Contains(w.Body.String(), `"totalItems":1`) {
			t.Errorf("the followers are %s", w.Body)
		}
	})
}
