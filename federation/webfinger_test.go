package federation

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// A name leads to its actor; F43: an answer about another name leads nowhere.
func TestF43WebFinger(t *testing.T) {
	c, p := newTestClient(t), newPeer(t)
	host := strings.TrimPrefix(p.URL, "http://")
	link := `{"rel": "self", "type": "application/activity+json", "href": "HERE/labs/farms"}`
	page := `{"rel": "http://webfinger.net/rel/profile-page", "type": "text/html", "href": "HERE/"}`
	tests := []struct {
		name, kind, answer string
		why                reason
	}{
		{"farms", "application/jrd+json", `{"subject": "acct:farms@HOST", "links": [` + page + `, ` + link + `]}`, ""},
		{"@farms", "application/json; charset=utf-8", `{"subject": "acct:FARMS@HOST", "links": [` + link + `]}`, ""},
		{"acct:farms", "application/jrd+json", `{"subject": "acct:farms@HOST", "links": [` + link + `, ` + link + `]}`, ""},

		{"farms", "application/jrd+json", `{"subject": "acct:farms@other.example", "links": [` + link + `]}`, fingerSubject},
		{"farms", "application/jrd+json", `{"subject": "acct:shop@HOST", "links": [` + link + `]}`, fingerSubject},
		{"farms", "application/jrd+json", `{"links": [` + link + `]}`, fingerSubject},
		{"farms", "application/jrd+json", `{"subject": "acct:farms@HOST", "links": [` + page + `]}`, fingerForm},
		{"farms", "application/jrd+json", `{"subject": "acct:farms@HOST", "links": [` + link + `, ` + strings.Replace(link, "farms", "shop", 1) + `]}`, fingerForm},
		{"farms", "application/jrd+json", `{"subject": "acct:farms@HOST", "links": [` + strings.Replace(link, "HERE/labs/farms", "file:///etc/passwd", 1) + `]}`, fingerForm},
		{"farms", "application/jrd+json", `{"subject": "acct:farms@HOST"}`, fingerForm},
		{"farms", "text/html", `{"subject": "acct:farms@HOST", "links": [` + link + `]}`, answerType},
		{"farms", "application/jrd+json", `[]`, answerBroken},
	}
	for _, test := range tests {
		p.shows("/.well-known/webfinger", test.kind, strings.ReplaceAll(test.answer, "HOST", host))
		iri, err := c.resolve(t.Context(), test.name+"@"+host)
		if reasonOf(err) != test.why || test.why == "" && (err != nil || iri != p.URL+"/labs/farms") {
			t.Errorf("%s: %q, %v, want %q", test.answer, iri, err, test.why)
		}
	}
	if got, want := p.requests[0].URL.Query(), (url.Values{"resource": {"acct:farms@" + host}}); got.Encode() != want.Encode() {
		t.Errorf("asked for %s", got)
	}
	p.answers("/.well-known/webfinger", http.NotFound)
	_, err := c.resolve(t.Context(), "farms@"+host)
	refusedFor(t, err, answerStatus)

	before := p.hits()
	for _, name := range []string{"", "farms", "@", "farms@", "@" + host, "fa rms@" + host, "farms/../x@" + host, "farms@" + host + "@evil.example", "farms@" + host + "/x", strings.Repeat("a", 201) + "@" + host} {
		if _, err := c.resolve(t.Context(), name); reasonOf(err) != fingerForm && reasonOf(err) != addressForm {
			t.Errorf("%q: %v", name, err)
		}
	}
	if p.hits() != before {
		t.Error("somebody was asked for a name that is none")
	}
}
