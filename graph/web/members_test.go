package web

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"disconode/graph"
	"disconode/node"
	"disconode/node/store/storetest"
	"disconode/valueflows"
)

// The members' pages are tested as a browser without scripts uses them: through
// the handler, with a session's cookie, sending the forms that the pages hold.

// books are a LAB's books behind the pages. It is Wednesday, 6 May 2026, in Jackson.
type books struct {
	t       testing.TB
	node    *node.Node
	lab     valueflows.ID
	api     *graph.Server
	handler http.Handler
}

const booksAddress = "https://books.example"

var wednesday = time.Date(2026, time.May, 6, 15, 0, 0, 0, time.FixedZone("", -5*60*60))

func newBooks(t testing.TB, dsn string) *books {
	t.Helper()
	n, err := node.Open(context.Background(), node.Options{DataDir: storetest.Dir(t), Database: dsn, BaseURL: booksAddress, Now: func() time.Time { return wednesday }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { n.Close() })
	lab, err := n.CreateLab(node.AsOperator(t.Context(), valueflows.ID{}), node.NewLab{Name: "Freedom Farms", Slug: "farms", Zone: "America/Chicago", Steward: "Ada"})
	if err != nil {
		t.Fatal(err)
	}
	b := &books{t: t, node: n, lab: lab.ID, api: graph.NewServer(n, graph.Options{})}
	b.handler = Handler(n, b.api, Options{})
	return b
}

// onSQLite is for what does not depend on the database.
func onSQLite(t *testing.T) *books { return newBooks(t, "") }

// onEach runs a test on SQLite and on PostgreSQL.
func onEach(t *testing.T, test func(t *testing.T, b *books)) {
	storetest.Each(t, func(t *testing.T, dsn string) { test(t, newBooks(t, dsn)) })
}

// member is somebody signed in with a browser.
type member struct {
	t       testing.TB
	books   *books
	who     node.Principal
	cookies map[string]string
}

const password = "under the magnolia tree"

func (b *books) signedIn(name string, role node.Role) *member {
	b.t.Helper()
	operator := node.AsOperator(b.t.Context(), b.lab)
	if name != "Ada" {
		if _, err := b.node.AddMember(operator, b.lab, name, role); err != nil {
			b.t.Fatal(err)
		}
	}
	if err := b.node.SetPassword(operator, b.lab, name, password); err != nil {
		b.t.Fatal(err)
	}
	secret, err := b.node.SignIn(b.t.Context(), b.lab, name, password, "127.0.0.1")
	if err != nil {
		b.t.Fatal(err)
	}
	who, err := b.node.Session(b.t.Context(), secret)
	if err != nil {
		b.t.Fatal(err)
	}
	return &member{t: b.t, books: b, who: who, cookies: map[string]string{"__Host-" + graph.SessionCookie: secret}}
}

// ask asks the API in process, for what the pages do not do.
func (m *member) ask(document string, given vars) map[string]any {
	m.t.Helper()
	data, errs := m.books.api.Execute(node.WithPrincipal(m.t.Context(), m.who), graph.Request{Document: document, Variables: given})
	if len(errs) > 0 {
		m.t.Fatalf("%s: %v", document, errs)
	}
	var answer map[string]any
	if err := json.Unmarshal(data, &answer); err != nil {
		m.t.Fatal(err)
	}
	return answer
}

// made is the id of what a mutation with one field made.
func (m *member) made(document string, given vars) string {
	m.t.Helper()
	for _, response := range m.ask(document, given) {
		for _, record := range response.(map[string]any) {
			if record, ok := record.(map[string]any); ok {
				return record["id"].(string)
			}
		}
	}
	m.t.Fatalf("%s made nothing", document)
	return ""
}

func (m *member) organization(name string) string {
	return m.made(`mutation($n: String!) { createOrganization(organization: {name: $n}) { agent { id } } }`, vars{"n": name})
}

// work is a kind of work that is counted in hours.
func (m *member) work(name string) string {
	return m.made(`mutation($n: String!, $u: ID!) { createResourceSpecification(resourceSpecification: {name: $n, defaultUnitOfEffort: $u}) { resourceSpecification { id } } }`,
		vars{"n": name, "u": valueflows.Hour.String()})
}

func (m *member) project(name string, of ...string) string {
	return m.made(`mutation($n: String!, $of: [ID!]) { createProcess(process: {name: $n, inScopeOf: $of}) { process { id } } }`, vars{"n": name, "of": of})
}

// record records an event; the id is the event's.
func (m *member) record(event vars) string {
	m.t.Helper()
	if event["hasPointInTime"] == nil {
		event["hasPointInTime"] = "2026-05-04T10:00:00-05:00"
	}
	return m.ask(`mutation($e: EconomicEventCreateParams!) { createEconomicEvent(event: $e) { economicEvent { id } } }`, vars{"e": event})["createEconomicEvent"].(map[string]any)["economicEvent"].(map[string]any)["id"].(string)
}

func hours(number string) vars {
	return vars{"hasNumericalValue": number, "hasUnit": valueflows.Hour.String()}
}

// shown is what came back.
type shown struct {
	t        testing.TB
	status   int
	location string
	body     string
}

// get opens a page; one that is shown is held to what all pages must be.
func (m *member) get(path string) *shown {
	m.t.Helper()
	path, _, _ = strings.Cut(path, "#")
	return m.send(httptest.NewRequest(http.MethodGet, booksAddress+path, nil))
}

// post sends a form.
func (m *member) post(path string, form url.Values) *shown {
	m.t.Helper()
	r := httptest.NewRequest(http.MethodPost, booksAddress+path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", booksAddress)
	return m.send(r)
}

func (m *member) send(r *http.Request) *shown {
	m.t.Helper()
	for name, value := range m.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	m.books.handler.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		if m.cookies[c.Name] = c.Value; c.MaxAge < 0 {
			delete(m.cookies, c.Name)
		}
	}
	s := &shown{t: m.t, status: w.Code, location: w.Header().Get("Location"), body: w.Body.String()}
	if s.status != http.StatusSeeOther {
		s.sound(fmt.Sprintf("%s %s", r.Method, r.URL))
	}
	return s
}

// good expects a page.
func (s *shown) good() *shown {
	s.t.Helper()
	if s.status != http.StatusOK {
		s.t.Fatalf("status %d: %s", s.status, s.text())
	}
	return s
}

// says expects texts on the page, as people read them.
func (s *shown) says(texts ...string) *shown {
	s.t.Helper()
	whole := s.text()
	for _, text := range texts {
		if !strings.Contains(whole, text) {
			s.t.Errorf("the page does not say %q:\n%s", text, whole)
		}
	}
	return s
}

// silent expects that the page does not say it.
func (s *shown) silent(texts ...string) *shown {
	s.t.Helper()
	whole := s.text()
	for _, text := range texts {
		if strings.Contains(whole, text) {
			s.t.Errorf("the page says %q:\n%s", text, whole)
		}
	}
	return s
}

// follow opens the page that a form sent the browser on to.
func (m *member) follow(s *shown) *shown {
	m.t.Helper()
	if s.status != http.StatusSeeOther {
		m.t.Fatalf("status %d, not sent on: %s", s.status, s.text())
	}
	return m.get(s.location).good()
}

// submit fills a form of a page in and sends it. The form is known by the value
// of its field "form".
func (m *member) submit(s *shown, name string, filled map[string]string) *shown {
	m.t.Helper()
	action, form := s.form(name)
	for field, value := range filled {
		form.Set(field, value)
	}
	return m.post(action, form)
}

// toText is what the API answered, as JSON.
func toText(answer any) string {
	text, _ := json.Marshal(answer)
	return string(text)
}
