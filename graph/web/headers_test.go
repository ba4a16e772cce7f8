package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"disconode/node"
)

// SECURITY.md X02, X05, X10: what every answer says to the browser: nothing
// inline, nothing from elsewhere, no frame, no guessing of types, nothing kept.
func TestX02X05X10Headers(t *testing.T) {
	b := onSQLite(t)
	ada, stranger := b.signedIn("Ada", node.Steward), b.stranger().member
	want := map[string]string{
		"X-Content-Type-Options":       "nosniff",
		"X-Frame-Options":              "DENY",
		"Referrer-Policy":              "same-origin",
		"Cross-Origin-Opener-Policy":   "same-origin",
		"Cross-Origin-Resource-Policy": "same-origin",
		"Cache-Control":                "no-store",
		"Content-Security-Policy":      policy,
	}
	for _, part := range []string{"default-src 'none'", "script-src 'self';", "style-src 'self';", "connect-src 'self'", "form-action 'self'", "base-uri 'none'",
		"frame-ancestors 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'"} {
		if !strings.Contains(policy, part) {
			t.Errorf("the policy does not say %s", part)
		}
	}
	for _, open := range []struct {
		who          *member
		method, path string
	}{
		{stranger, "GET", "/sign-in"}, {stranger, "GET", "/"}, {stranger, "GET", "/nowhere"}, {stranger, "GET", "/setup/x"}, {stranger, "GET", "/join/x"},
		{stranger, "POST", "/sign-in"}, {stranger, "GET", "/assets/none.css"}, {stranger, "DELETE", "/"}, {ada, "GET", "/"}, {ada, "GET", "/log"},
		{ada, "GET", "/journal"}, {ada, "GET", "/journal/nothing"}, {ada, "POST", "/log"}, {ada, "POST", "/sign-out"},
	} {
		r := open.who.answer(open.method, open.path, "")
		for name, value := range want {
			if got := r.Header.Get(name); got != value {
				t.Errorf("%s %s: %s is %q", open.method, open.path, name, got)
			}
		}
		if kind := r.Header.Get("Content-Type"); r.StatusCode != http.StatusSeeOther && !strings.HasPrefix(kind, "text/html; charset=utf-8") && !strings.HasPrefix(kind, "text/plain; charset=utf-8") {
			t.Errorf("%s %s: the type is %q", open.method, open.path, kind)
		}
	}
}

// The page with GraphiQL alone lets style elements through that carry its nonce,
// a new one each time; the rest of its policy is every page's.
func TestX02ExplorerPolicy(t *testing.T) {
	b := onSQLite(t)
	ada := b.signedIn("Ada", node.Steward)
	seen := map[string]bool{}
	for range 2 {
		r := ada.answer(http.MethodGet, "/api", "")
		got := r.Header.Get("Content-Security-Policy")
		_, rest, ok := strings.Cut(got, "'nonce-")
		nonce, _, _ := strings.Cut(rest, "'")
		if !ok || len(nonce) < 22 || seen[nonce] {
			t.Fatalf("%s", got)
		}
		seen[nonce] = true
		back := strings.NewReplacer(" 'nonce-"+nonce+"'; font-src data:", "", "trusted-types default", "trusted-types 'none'").Replace(got)
		if back != policy {
			t.Errorf("it is looser: %s", got)
		}
		page := guest{ada}.get("/api").good()
		for _, script := range page.parse().all("script") {
			if !strings.HasPrefix(script.attr["src"], "/assets/") || strings.TrimSpace(script.whole()) != "" {
				t.Errorf("a script of %v", script.attr)
			}
		}
	}
	if r := b.stranger().answer(http.MethodGet, "/api", ""); r.StatusCode != http.StatusSeeOther {
		t.Errorf("it is open to strangers: %d", r.StatusCode)
	}
}

// SECURITY.md A09: no other site's page has a form sent here with the browser's
// cookie, nor does a GET change anything.
func TestA09OtherSites(t *testing.T) {
	b := onSQLite(t)
	imani := b.signedIn("Imani", node.Member)
	body := url.Values{"hours": {"8"}}.Encode()
	head := func() int64 { return b.node.Stats().Commands }
	before := head()
	for what, header := range map[string][]string{
		"another origin":           {"Origin", "https://evil.example"},
		"a sister host":            {"Origin", "https://www.books.example"},
		"the same host over http":  {"Origin", "http://books.example"},
		"another port":             {"Origin", "https://books.example:8443"},
		"an opaque origin":         {"Origin", "null"},
		"no origin":                {"Origin", ""},
		"no origin, as text":       {"Origin", "", "Content-Type", "text/plain"},
		"no origin, as JSON":       {"Origin", "", "Content-Type", "application/json"},
		"cross-site by the client": {"Origin", "", "Sec-Fetch-Site", "cross-site"},
		"same-site by the client":  {"Origin", "", "Sec-Fetch-Site", "same-site"},
	} {
		for _, path := range []string{"/log", "/sign-out", "/sign-in", "/sharing", "/journal/0197", "/setup/x", "/join/x", "/api", "/"} {
			if r := imani.answer(http.MethodPost, path, body, header...); r.StatusCode != http.StatusForbidden {
				t.Errorf("%s to %s: status %d", what, path, r.StatusCode)
			}
		}
	}
	for _, path := range []string{"/sign-out", "/log?hours=8&form=", "/sign-in?name=Imani&password=x", "/log?form=undo&event=1"} {
		imani.answer(http.MethodGet, path, "")
	}
	if now := head(); now != before {
		t.Errorf("%d commands were carried out", now-before)
	}
	if r := imani.answer(http.MethodGet, "/sign-out", ""); r.StatusCode != http.StatusMethodNotAllowed && r.StatusCode != http.StatusNotFound {
		t.Errorf("GET /sign-out: status %d", r.StatusCode)
	}
	imani.get("/").good() // still signed in
	for what, header := range map[string][]string{"by the client alone": {"Origin", "", "Sec-Fetch-Site", "same-origin"}, "of our own origin": {}} {
		if r := imani.answer(http.MethodPost, "/log", body, header...); r.StatusCode == http.StatusForbidden {
			t.Errorf("our own page is refused %s", what)
		}
	}
}

// A form that is too long, or not text, is refused in words.
func TestStrangeForms(t *testing.T) {
	b := onSQLite(t)
	imani := b.signedIn("Imani", node.Member)
	for body, want := range map[string]int{
		"note=" + strings.Repeat("a", formBytesMax): http.StatusRequestEntityTooLarge,
		"note=%ff%fe":  http.StatusBadRequest,
		"note=%zz":     http.StatusBadRequest,
		"form=nothing": http.StatusBadRequest,
	} {
		for _, path := range []string{"/log"} {
			if r := imani.answer(http.MethodPost, path, body); r.StatusCode != want {
				t.Errorf("%.20s: status %d, want %d", body, r.StatusCode, want)
			}
		}
	}
}
