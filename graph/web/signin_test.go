package web

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"disconode/graph"
	"disconode/node"
	"disconode/node/store/storetest"
	"disconode/valueflows"
)

// guest is a browser on the pages of the shell, which have a head, scripts and
// input hints that the members' own pages have not.
type guest struct{ *member }

// stranger is a browser that is not signed in.
func (b *books) stranger() guest {
	return guest{&member{t: b.t, books: b, cookies: map[string]string{}}}
}

func (g guest) get(address string) *shown {
	g.t.Helper()
	return g.shown(g.answer(http.MethodGet, address, ""))
}

func (g guest) post(address string, form url.Values) *shown {
	g.t.Helper()
	return g.shown(g.answer(http.MethodPost, address, form.Encode()))
}

// submit fills in the one form of a page and sends it.
func (g guest) submit(page *shown, filled map[string]string) *shown {
	g.t.Helper()
	action, form := page.form("")
	for field, value := range filled {
		form.Set(field, value)
	}
	return g.post(action, form)
}

// enters expects to be sent on, and to be signed in there.
func (g guest) enters(s *shown) *shown {
	g.t.Helper()
	if s.status != http.StatusSeeOther {
		g.t.Fatalf("status %d: %s", s.status, s.text())
	}
	page := g.get(s.location).good()
	if !strings.Contains(page.body, "Sign out") {
		g.t.Errorf("nobody is signed in at %s", s.location)
	}
	return page
}

// shown takes what came back, and the cookies with it.
func (g guest) shown(r *http.Response) *shown {
	g.t.Helper()
	for _, c := range r.Cookies() {
		if g.cookies[c.Name] = c.Value; c.MaxAge < 0 {
			delete(g.cookies, c.Name)
		}
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		g.t.Fatal(err)
	}
	return &shown{t: g.t, status: r.StatusCode, location: r.Header.Get("Location"), body: string(body)}
}

// answer is what a request gets, with its headers; the browser's cookies are
// sent with it, and it is of our own page unless it says otherwise.
func (m *member) answer(method, address string, body string, header ...string) *http.Response {
	m.t.Helper()
	r := httptest.NewRequest(method, booksAddress+address, strings.NewReader(body))
	if method != http.MethodGet {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Origin", booksAddress)
	}
	for i := 0; i < len(header); i += 2 {
		if header[i+1] == "" {
			r.Header.Del(header[i])
			continue
		}
		r.Header.Set(header[i], header[i+1])
	}
	for name, value := range m.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	m.books.handler.ServeHTTP(w, r)
	return w.Result()
}

// Whoever is not signed in comes to the sign-in page, and after signing in to
// the page that was asked for.
func TestSignInPage(t *testing.T) {
	onEach(t, func(t *testing.T, b *books) {
		b.signedIn("Imani", node.Member)
		s := b.stranger()
		door := s.get("/journal?words=me")
		if door.status != http.StatusSeeOther || door.location != "/sign-in?next=%2Fjournal%3Fwords%3Dme" {
			t.Fatalf("%d %s", door.status, door.location)
		}
		page := s.get(door.location).good().says("Sign in", "Freedom Farms").silent("Group")
		if wrong := s.submit(page, map[string]string{"name": "Imani", "password": "another phrase"}); wrong.status != http.StatusUnprocessableEntity {
			t.Errorf("status %d", wrong.status)
		} else {
			wrong.says("The name and the password do not go together")
			if strings.Contains(wrong.body, "another phrase") {
				t.Error("the page repeats the password")
			}
		}
		s.submit(page, map[string]string{"name": "", "password": ""}).says("Fill in your name.", "Fill in your password.")
		in := s.submit(page, map[string]string{"name": "Imani", "password": password})
		if in.status != http.StatusSeeOther || in.location != "/journal?words=me" {
			t.Fatalf("%d %s: %s", in.status, in.location, in.text())
		}
		s.enters(in)
		s.get("/api").good().says("Freedom Farms", "as Imani")
		if again := s.get("/sign-in"); again.status != http.StatusSeeOther || again.location != "/" {
			t.Errorf("who is signed in is shown the sign-in page: %d %s", again.status, again.location)
		}
		out := s.post("/sign-out", nil)
		s.get(out.location).good().says("You are signed out.")
		if gone := s.get("/"); gone.status != http.StatusSeeOther {
			t.Errorf("status %d after signing out", gone.status)
		}
	})
}

// Where the node has several LABs, one is chosen in the form; one's password is
// not another's.
func TestSignInChoosesTheLab(t *testing.T) {
	b := onSQLite(t)
	b.signedIn("Imani", node.Member)
	operator := node.AsOperator(t.Context(), valueflows.ID{})
	other, err := b.node.CreateLab(operator, node.NewLab{Name: "Print Shop", Slug: "print", Zone: "America/Chicago", Steward: "Imani"})
	if err != nil {
		t.Fatal(err)
	}
	if err := b.node.SetPassword(operator, other.ID, "Imani", "ink and paper and time"); err != nil {
		t.Fatal(err)
	}
	s := b.stranger()
	page := s.get("/sign-in").good().says("Group", "Freedom Farms", "Print Shop")
	s.submit(page, map[string]string{"lab": "print", "name": "Imani", "password": password}).says("do not go together")
	s.submit(page, map[string]string{"lab": "nowhere", "name": "Imani", "password": password}).says("do not go together")
	s.enters(s.submit(page, map[string]string{"lab": "print", "name": "Imani", "password": "ink and paper and time"})).says("Print Shop")
}

// SECURITY.md A11: what a browser brings before it signs in is not its session
// afterwards, and a session that it had is over.
func TestA11Fixation(t *testing.T) {
	b := onSQLite(t)
	imani := b.signedIn("Imani", node.Member)
	const name = "__Host-" + graph.SessionCookie
	before := imani.cookies[name]
	for _, brought := range []string{"planted by somebody", before} {
		s := b.stranger()
		s.cookies[name] = brought
		if in := s.post("/sign-in", url.Values{"name": {"Imani"}, "password": {password}}); in.status != http.StatusSeeOther {
			t.Fatalf("status %d", in.status)
		}
		if s.cookies[name] == brought || len(s.cookies[name]) != 43 {
			t.Errorf("%q stays the session", brought)
		}
	}
	if gone := imani.get("/"); gone.status != http.StatusSeeOther {
		t.Error("the session from before signing in anew is alive")
	}
}

// SECURITY.md A12: a copied cookie is worth nothing after signing out, and after
// a new password, on the pages and at /graphql.
func TestA12CopiedCookie(t *testing.T) {
	b := onSQLite(t)
	end := map[string]func(*member){
		"signing out": func(m *member) { m.post("/sign-out", nil) },
		"a new password": func(m *member) {
			if err := b.node.SetPassword(node.AsOperator(t.Context(), b.lab), b.lab, "Ada", password+" indeed"); err != nil {
				t.Fatal(err)
			}
		},
	}
	for what, do := range end {
		ada := b.signedIn("Ada", node.Steward)
		thief := b.stranger()
		thief.cookies["__Host-"+graph.SessionCookie] = ada.cookies["__Host-"+graph.SessionCookie]
		thief.get("/api").good()
		do(ada)
		if s := thief.get("/api"); s.status != http.StatusSeeOther {
			t.Errorf("the copy lives after %s", what)
		}
		r := httptest.NewRequest(http.MethodPost, booksAddress+"/graphql", strings.NewReader(`{"query":"{ myAgent { name } }"}`))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Origin", booksAddress)
		r.AddCookie(&http.Cookie{Name: "__Host-" + graph.SessionCookie, Value: thief.cookies["__Host-"+graph.SessionCookie]})
		w := httptest.NewRecorder()
		b.api.ServeHTTP(w, r)
		if w.Code != http.StatusUnauthorized {
			t.Errorf("/graphql answers the copy after %s: %d", what, w.Code)
		}
	}
}

// SECURITY.md A13: over https a cookie is bound to the host and to https; over
// plain http, on this machine, it has neither. No script and no other site has it.
func TestA13Cookies(t *testing.T) {
	for _, test := range []struct {
		base, name string
		secure     bool
	}{
		{"https://books.example", "__Host-disconode_session", true},
		{"http://127.0.0.1:8080", "disconode_session_8080", false},
	} {
		n, err := node.Open(context.Background(), node.Options{DataDir: storetest.Dir(t), BaseURL: test.base})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { n.Close() })
		link, err := n.SetupLink(node.AsOperator(t.Context(), valueflows.ID{}))
		if err != nil {
			t.Fatal(err)
		}
		form := url.Values{"name": {"Freedom Farms"}, "zone": {"America/Chicago"}, "steward": {"Ada"}, "password": {password}}
		r := httptest.NewRequest(http.MethodPost, test.base+link, strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Origin", test.base)
		w := httptest.NewRecorder()
		Handler(n, graph.NewServer(n, graph.Options{}), Options{}).ServeHTTP(w, r)
		cookies := w.Result().Cookies()
		at := slices.IndexFunc(cookies, func(c *http.Cookie) bool { return c.Name == test.name })
		if at < 0 {
			t.Fatalf("%s: %d, %v", test.base, w.Code, cookies)
		}
		c := cookies[at]
		if c.Secure != test.secure || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" || c.MaxAge != 14*24*60*60 {
			t.Errorf("%s: %s", test.base, c)
		}
	}
}

// SECURITY.md A17: past the limit a browser is told to wait, whoever it claims to be.
func TestA17SlowDown(t *testing.T) {
	b := onSQLite(t)
	b.signedIn("Imani", node.Member)
	s := b.stranger()
	for _, name := range []string{"Imani", "Nobody"} {
		for i := range 6 {
			r := s.answer(http.MethodPost, "/sign-in", url.Values{"name": {name}, "password": {"wrong phrase"}}.Encode())
			if want := map[bool]int{true: http.StatusUnprocessableEntity, false: http.StatusTooManyRequests}[i < 5]; r.StatusCode != want {
				t.Errorf("%s, try %d: status %d", name, i+1, r.StatusCode)
			}
			if r.StatusCode == http.StatusTooManyRequests && r.Header.Get("Retry-After") == "" {
				t.Error("it does not say when to come again")
			}
		}
	}
}

// SECURITY.md A24: what a request says of its address counts only where a proxy
// on this machine says it, and then only what that one has seen.
func TestA24ForwardedFor(t *testing.T) {
	tests := []struct{ peer, said, want string }{
		{"203.0.113.5:4000", "", "203.0.113.5"},
		{"203.0.113.5:4000", "198.51.100.1", "203.0.113.5"},
		{"127.0.0.1:4000", "", "127.0.0.1"},
		{"127.0.0.1:4000", "198.51.100.1", "198.51.100.1"},
		{"127.0.0.1:4000", "10.9.8.7, 198.51.100.1", "198.51.100.1"},
		{"127.0.0.1:4000", "nonsense", "127.0.0.1"},
		{"[::1]:4000", "2001:db8:1:2:3::4", "2001:db8:1:2::/64"},
		{"[2001:db8:1:2:3:4:5:6]:4000", "", "2001:db8:1:2::/64"},
		{"[::ffff:203.0.113.5]:4000", "", "203.0.113.5"},
	}
	for _, test := range tests {
		r := httptest.NewRequest(http.MethodPost, "/sign-in", nil)
		r.RemoteAddr = test.peer
		if test.said != "" {
			r.Header.Set("X-Forwarded-For", test.said)
		}
		if got := addressOf(r); got != test.want {
			t.Errorf("%s saying %q: %s, want %s", test.peer, test.said, got, test.want)
		}
	}
}

// SECURITY.md A23: next leads to a page here, or to the first page.
func TestA23NextStaysHere(t *testing.T) {
	b := onSQLite(t)
	b.signedIn("Imani", node.Member)
	good := []string{"/", "/journal", "/journal/0197?x=1&y=//z", "/log?next=https://evil.example", "/vf/agent/0197#name", "/journal?who=%2F%2Fevil.example"}
	for _, next := range good {
		if got := local(next); got != next {
			t.Errorf("%s became %s", next, got)
		}
	}
	tricks := []string{"", " ", "//evil.example", "///evil.example", "////evil.example", `/\evil.example`, `\\evil.example`, `\/evil.example`, `/\/evil.example`,
		"https://evil.example", "http:evil.example", "https:/evil.example", "HTTPS://EVIL.EXAMPLE", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x",
		"/\t/evil.example", "/\n/evil.example", "/\r\nLocation: https://evil.example", "\t//evil.example", " //evil.example", "/%0a/evil.example\x00", "/.//evil.example", "/../evil.example",
		"/a/..//evil.example", "evil.example", "@evil.example", "/ /evil.example", "\u2028//evil.example", "/\u2215evil.example", "//evil.example/%2e%2e", "/./", "?next=//evil.example",
		"/" + strings.Repeat("a", 3000), "//user:pw@evil.example", "https://books.example@evil.example", "//books.example.evil.example", "/%5c%5cevil.example\\", "/%5cevil.example"}
	if len(tricks) < 30 {
		t.Fatalf("only %d tricks", len(tricks))
	}
	for _, next := range tricks {
		s := b.stranger()
		in := s.post("/sign-in", url.Values{"name": {"Imani"}, "password": {password}, "next": {next}})
		if in.status == http.StatusBadRequest { // not a text at all
			continue
		}
		if in.status != http.StatusSeeOther || in.location != "/" {
			t.Errorf("next=%q leads to %d %q", next, in.status, in.location)
		}
		if page := b.stranger().answer(http.MethodGet, "/sign-in?next="+url.QueryEscape(next), ""); page.StatusCode == http.StatusSeeOther {
			t.Errorf("next=%q redirects", next)
		}
	}
}
