package federation

import (
	"net/http"
	"testing"
)

// F17: a document is believed where its id is the address that answered. Another
// id of the same origin is asked for by itself, once.
func TestF17DocumentIDs(t *testing.T) {
	p, other := newPeer(t), newPeer(t)
	show := func(path, id string) { p.shows(path, activityType, `{"id": "`+id+`", "type": "Note"}`) }
	redirect := func(path, to string) {
		p.answers(path, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, to, http.StatusFound) })
	}
	show("/note", "HERE/note")
	show("/notes/1", "HERE/note")
	show("/liar", other.URL+"/note")
	show("/loop", "HERE/notes/1")
	show("/none", "")
	show("/part", "HERE/part#first")
	show("/inner", "HERE/inner")
	redirect("/short", "/note")
	redirect("/alias", "/same")
	show("/same", "HERE/alias")
	redirect("/moved", "/inner/")
	show("/inner/", "HERE/inner")
	redirect("/to-note", "/notes/1")
	redirect("/away", other.URL+"/copy")
	other.shows("/copy", activityType, `{"id": "`+p.URL+`/note", "type": "Note", "content": "forged"}`)
	redirect("/out", other.URL+"/own")
	other.shows("/own", activityType, `{"id": "HERE/own", "type": "Note"}`)
	p.shows("/text", activityType, `"HERE/text"`)

	c := newTestClient(t)
	tests := []struct {
		path, id string // the id that is found
		why      reason
	}{
		{"/note", "/note", ""},
		{"/note#reply", "/note", ""},
		{"/notes/1", "/note", ""}, // the same origin: asked for by its id
		{"/short", "/note", ""},   // a redirect, and its id asked for
		{"/moved", "/inner", ""},  //
		{"/to-note", "/note", ""}, //
		{"/away", "/note", ""},    // what the other host said is thrown away
		{"/part#first", "/part#first", ""},
		{"/part", "/part#first", ""},
		{"/liar", "", documentID},
		{"/loop", "", documentID},
		{"/alias", "", documentID},
		{"/out", "", documentID},
		{"/none", "", documentID},
		{"/text", "", answerBroken},
		{"/nothing", "", answerGone},
	}
	for _, test := range tests {
		found, err := c.fetchDocument(t.Context(), p.URL+test.path)
		if test.why != "" {
			if reasonOf(err) != test.why {
				t.Errorf("%s: %v, want %q", test.path, err, test.why)
			}
			continue
		}
		if err != nil || found.ID != p.URL+test.id {
			t.Errorf("%s: found %+v, %v", test.path, found, err)
			continue
		}
		if _, forged := found.Object["content"]; forged {
			t.Errorf("%s: what another host says was believed", test.path)
		}
	}
	// Where no redirect may be, there is none, and no second id.
	for path, why := range map[string]reason{"/short": redirectRefused, "/notes/1": documentID} {
		_, err := c.fetchExactly(t.Context(), p.URL+path)
		refusedFor(t, err, why)
	}
}

// F18: what is no ActivityPub document by its type is none, whatever it holds.
func TestF18ContentTypes(t *testing.T) {
	c, p := newTestClient(t), newPeer(t)
	tests := []struct {
		kind string
		ok   bool
	}{
		{"application/activity+json", true},
		{"application/activity+json; charset=utf-8", true},
		{"Application/Activity+JSON", true},
		{`application/ld+json; profile="https://www.w3.org/ns/activitystreams"`, true},
		{`application/ld+json; profile="https://other.example https://www.w3.org/ns/activitystreams"`, true},
		{"application/ld+json", false},
		{`application/ld+json; profile="https://other.example"`, false},
		{"application/json", false},
		{"text/html", false},
		{"text/plain", false},
		{"application/octet-stream", false},
		{"image/svg+xml", false},
		{"application/activity+json, text/html", false},
		{"", false},
	}
	for _, test := range tests {
		p.answers("/note", func(w http.ResponseWriter, _ *http.Request) {
			w.Header()["Content-Type"] = []string{test.kind}
			w.Write([]byte(`{"id": "` + p.URL + `/note"}`))
		})
		_, err := c.fetchDocument(t.Context(), p.URL+"/note")
		if test.ok != (err == nil) || !test.ok && reasonOf(err) != answerType {
			t.Errorf("%q: %v", test.kind, err)
		}
	}
	p.answers("/note", func(w http.ResponseWriter, _ *http.Request) {
		w.Header()["Content-Type"] = []string{activityType, "text/html"}
		w.Write([]byte(`{"id": "` + p.URL + `/note"}`))
	})
	_, err := c.fetchDocument(t.Context(), p.URL+"/note")
	refusedFor(t, err, answerType)
}
