package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"disconode/node"
	"disconode/node/nodetest"
	"disconode/node/store/storetest"
	"disconode/valueflows"
)

func TestMain(m *testing.M) { nodetest.Main(m) }

// books are a node with one LAB behind its GraphQL door.
type books struct {
	t      testing.TB
	dir    string // of the SQLite file
	dsn    string // of PostgreSQL; empty on SQLite
	node   *node.Node
	lab    valueflows.ID
	url    string
	server *Server
}

// eachDialect runs a test on a new node with one LAB, on SQLite and on PostgreSQL.
func eachDialect(t *testing.T, test func(t *testing.T, b *books)) {
	storetest.Each(t, func(t *testing.T, dsn string) { test(t, newBooks(t, dsn, Options{})) })
}

func newBooks(t testing.TB, dsn string, o Options) *books {
	t.Helper()
	dir := storetest.Dir(t)
	n, err := node.Open(context.Background(), node.Options{DataDir: dir, Database: dsn, BaseURL: "https://books.example"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { n.Close() })
	b := &books{t: t, dir: dir, dsn: dsn, node: n}
	b.lab = b.newLab("Freedom Farms", "farms")
	handler := Handler(n, o)
	b.server = handler.(*Server)
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	b.url = server.URL
	return b
}

func (b *books) newLab(name, slug string) valueflows.ID {
	b.t.Helper()
	lab, err := b.node.CreateLab(node.AsOperator(context.Background(), valueflows.ID{}), node.NewLab{Name: name, Slug: slug, Zone: "America/Chicago", Steward: "Ada of " + slug})
	if err != nil {
		b.t.Fatal(err)
	}
	return lab.ID
}

// client is somebody who asks over HTTP.
type client struct {
	t     testing.TB
	url   string
	token string
	key   string // Idempotency-Key
}

func (b *books) stranger() *client { return &client{t: b.t, url: b.url} }

// as is a member of the LAB.
func (b *books) as(name string, role node.Role) *client { return b.of(b.lab, name, role) }

func (b *books) steward() *client { return b.as("Ada of farms", node.Steward) }

func (b *books) of(lab valueflows.ID, name string, role node.Role) *client {
	b.t.Helper()
	token, _, err := b.node.CreateToken(node.AsOperator(context.Background(), lab), lab, name, role)
	if err != nil {
		b.t.Fatal(err)
	}
	return &client{t: b.t, url: b.url, token: token}
}

type vars map[string]any

// reply is what came back.
type reply struct {
	t      testing.TB
	status int
	header http.Header
	Data   map[string]any `json:"data"`
	Errors []problem      `json:"errors"`
}

type problem struct {
	Message    string `json:"message"`
	Path       []any  `json:"path"`
	Extensions struct {
		Code string `json:"code"`
		Path string `json:"path"`
	} `json:"extensions"`
}

// ask sends a query and expects an answer, errors or not.
func (c *client) ask(query string, variables vars) *reply {
	c.t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		c.t.Fatal(err)
	}
	return c.post(body, nil)
}

// post sends a body as it is.
func (c *client) post(body []byte, header http.Header) *reply {
	c.t.Helper()
	request, err := http.NewRequest(http.MethodPost, c.url, bytes.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	if c.token != "" {
		request.Header.Set("Authorization", "Bearer "+c.token)
	}
	if c.key != "" {
		request.Header.Set("Idempotency-Key", c.key)
	}
	for name, values := range header {
		request.Header[name] = values
	}
	return exchange(c.t, request)
}

func exchange(t testing.TB, request *http.Request) *reply {
	t.Helper()
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	r := &reply{t: t, status: response.StatusCode, header: response.Header}
	if err := json.Unmarshal(text, r); err != nil {
		t.Fatalf("the answer is not JSON: %s", text)
	}
	r.checkWords(string(text))
	return r
}

// insides are words that only the inside of the node uses: SQL, drivers, files,
// stacks (G30). Every answer that any test of the package gets is searched.
var insides = regexp.MustCompile(`(?i)sqlite|\bpq:|\bsql\b|SELECT |INSERT |constraint|\.go:\d|goroutine|runtime error|/root/|/tmp/|/home/|gqlgen|nil pointer|panic`)

func (r *reply) checkWords(text string) {
	r.t.Helper()
	for _, p := range r.Errors {
		if found := insides.FindString(p.Message); found != "" {
			r.t.Errorf("an error tells of the inside (%q): %s", found, p.Message)
		}
		if p.Extensions.Code == "" {
			r.t.Errorf("an error without a code: %s", text)
		}
	}
	if len(r.Errors) > errorsMax {
		r.t.Errorf("%d errors in one answer", len(r.Errors))
	}
}

// good expects no error.
func (r *reply) good() *reply {
	r.t.Helper()
	if len(r.Errors) > 0 {
		r.t.Fatalf("%+v", r.Errors)
	}
	return r
}

// refused expects one error with this code, and, where one is given, this path
// to the input field at fault.
func (r *reply) refused(code string, path ...string) *reply {
	r.t.Helper()
	if len(r.Errors) != 1 || r.Errors[0].Extensions.Code != code || len(path) > 0 && r.Errors[0].Extensions.Path != path[0] {
		r.t.Fatalf("want one error %s %v, got %d: %+v", code, path, r.status, r.Errors)
	}
	return r
}

// at is what stands at a path such as economicEvents.edges.0.node.id.
func (r *reply) at(path string) any {
	r.t.Helper()
	var value any = r.Data
	for _, step := range strings.Split(path, ".") {
		switch v := value.(type) {
		case map[string]any:
			value = v[step]
		case []any:
			index := 0
			for _, digit := range step {
				index = index*10 + int(digit-'0')
			}
			if index >= len(v) {
				r.t.Fatalf("nothing at %s: %v", path, r.Data)
			}
			value = v[index]
		default:
			r.t.Fatalf("nothing at %s: %v", path, r.Data)
		}
	}
	return value
}

func (r *reply) text(path string) string {
	r.t.Helper()
	text, ok := r.at(path).(string)
	if !ok {
		r.t.Fatalf("no text at %s: %v", path, r.Data)
	}
	return text
}

func (r *reply) count(path string) int {
	r.t.Helper()
	list, ok := r.at(path).([]any)
	if !ok {
		r.t.Fatalf("no list at %s: %v", path, r.Data)
	}
	return len(list)
}

// state is all that the client's LAB has, each record with its revision and each
// stock with its quantities: what a refusal must leave as it was.
func (c *client) state() string {
	c.t.Helper()
	r := c.ask(`{
		agents(first: 100) { edges { node { id revisionId name } } }
		economicEvents(first: 100) { edges { node { id revisionId } } }
		economicResources(first: 100) { edges { node { id revisionId accountingQuantity { hasNumericalValue } onhandQuantity { hasNumericalValue } containedIn { id } } } }
		processes(first: 100) { edges { node { id revisionId } } }
		resourceSpecifications(first: 100) { edges { node { id revisionId } } }
		processSpecifications(first: 100) { edges { node { id revisionId } } }
		spatialThings(first: 100) { edges { node { id revisionId } } }
		batchLotRecords(first: 100) { edges { node { id revisionId } } }
		units(last: 10) { edges { node { id revisionId } } }
	}`, nil).good()
	text, err := json.Marshal(r.Data)
	if err != nil {
		c.t.Fatal(err)
	}
	return string(text)
}
