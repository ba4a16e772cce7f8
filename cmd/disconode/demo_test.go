package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"disconode/node/store/storetest"
)

// The demo opens two nodes whose queries answer and whose books say what the
// stories tell. A second start goes on with the same books and changes nothing.
func TestDemo(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		d := newDemoed(t, dsn)
		var sizes []string
		for range 2 {
			d.open(t)
			sizes = append(sizes, d.jackson.size(t, d.tokens[0]))
			d.tries(t)
			for name, at := range map[string]*server{"Nia": d.jackson, "Imani": d.jackson, "Wren": d.vermont, "Caleb": d.vermont} {
				at.signIn(t, name, d.passwords[name])
			}
			d.jackson.stories(t, d.tokens[0])
			d.vermont.spring(t, d.tokens[1])
			d.received(t)
			if len(sizes) == 1 {
				d.jackson.kill(t)
			} else if d.jackson.signal(t, syscall.SIGTERM); d.jackson.outcome != nil {
				t.Errorf("asked to stop, the demo says %v: %s", d.jackson.outcome, d.jackson.log)
			}
			d.books[0].clean(t)
			d.books[1].clean(t)
		}
		if sizes[0] != sizes[1] {
			t.Errorf("the first start left\n%sthe second\n%s", sizes[0], sizes[1])
		}
	})
}

// Where one of the two nodes cannot answer, neither does.
func TestDemoOfOneNode(t *testing.T) {
	p, address := place{data: t.TempDir()}, freeAddress(t)
	out, errs, code := p.run(t, "demo", "--listen", address, "--vermont-listen", address)
	if code != 1 || strings.Contains(out, "listening") || !strings.Contains(errs, "cannot answer on "+address) {
		t.Errorf("exit %d: %s%s", code, out, errs)
	}
}

// demoed is the demo as somebody runs it.
type demoed struct {
	books            [2]place // Jackson's, Vermont's
	arguments        []string
	jackson, vermont *server
	tokens           [2]string
	passwords        map[string]string // by name
}

func newDemoed(t *testing.T, dsn string) *demoed {
	d := &demoed{books: [2]place{{data: t.TempDir(), database: dsn}}}
	d.books[1].data = filepath.Join(d.books[0].data, "vermont")
	d.arguments = []string{"demo", "--listen", freeAddress(t), "--vermont-listen", freeAddress(t)}
	if dsn != "" {
		d.books[1].database = storetest.Postgres(t)
		d.arguments = append(d.arguments, "--vermont-database", d.books[1].database)
	}
	return d
}

var (
	demoNodes     = regexp.MustCompile(`(?m)^Cooperation \w+ +(http://\S+)$`)
	demoPasswords = regexp.MustCompile(`(?m)^ +sign in +(\w+) +(steward|member) +password (\S{14})$`)
	demoTokens    = regexp.MustCompile(`(?m)^ +token +\w+ +steward +(disconode_\S+)$`)
)

// open starts the demo and reads what it prints.
func (d *demoed) open(t *testing.T) {
	t.Helper()
	d.jackson = start(t, d.books[0].command(t, d.arguments...))
	said := d.jackson.said.String()
	nodes, passwords, tokens := demoNodes.FindAllStringSubmatch(said, -1), demoPasswords.FindAllStringSubmatch(said, -1), demoTokens.FindAllStringSubmatch(said, -1)
	if len(nodes) != 2 || len(passwords) != 4 || len(tokens) != 2 || nodes[0][1] != d.jackson.url {
		t.Fatalf("the demo says no two addresses, four passwords and two tokens: %s", said)
	}
	d.vermont = &server{url: nodes[1][1]}
	d.tokens = [2]string{tokens[0][1], tokens[1][1]}
	before := d.passwords
	d.passwords = map[string]string{}
	for _, p := range passwords {
		d.passwords[p[1]] = p[3]
		if before[p[1]] == p[3] {
			t.Errorf("the password of %s is that of an earlier start", p[1])
		}
	}
}

// signIn fails unless the sign-in page lets somebody in.
func (s *server) signIn(t *testing.T, name, password string) {
	t.Helper()
	browser := &http.Client{Timeout: client.Timeout, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	form := url.Values{"name": {name}, "password": {password}}
	request, err := http.NewRequest(http.MethodPost, s.url+"/sign-in", strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Origin", s.url)
	response, err := browser.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusSeeOther || len(response.Cookies()) == 0 {
		text, _ := io.ReadAll(response.Body)
		t.Errorf("%s cannot sign in with the password that the demo says: status %d: %s", name, response.StatusCode, text)
	}
}

// size tells the records that the books show.
func (s *server) size(t *testing.T, token string) string {
	t.Helper()
	var b strings.Builder
	for _, records := range []string{"agents", "economicEvents", "economicResources", "processes", "resourceSpecifications", "spatialThings"} {
		fmt.Fprintln(&b, records, s.listed(t, token, records, ""))
	}
	return b.String()
}

// listed are the IRIs of a whole list, in its order.
func (s *server) listed(t *testing.T, token, records, filter string) []string {
	t.Helper()
	var iris []string
	for after := ""; ; {
		var answer struct {
			List struct {
				Edges    []struct{ Node struct{ IRI string } }
				PageInfo struct {
					HasNextPage bool
					EndCursor   string
				}
			}
		}
		variables := map[string]any{"after": nil}
		if after != "" {
			variables["after"] = after
		}
		if err := s.ask(token, "", `query ($after: String) { list: `+records+`(first: 100, after: $after, filter: {`+filter+`}) { edges { node { iri } } pageInfo { hasNextPage endCursor } } }`, variables, &answer); err != nil {
			t.Fatal(err)
		}
		for _, edge := range answer.List.Edges {
			iris = append(iris, edge.Node.IRI)
		}
		if after = answer.List.PageInfo.EndCursor; !answer.List.PageInfo.HasNextPage {
			return iris
		}
	}
}

// tries fails unless each query for Jackson's node has an answer worth the asking.
func (d *demoed) tries(t *testing.T) {
	t.Helper()
	for _, q := range tries {
		var answer map[string]json.RawMessage
		if err := d.jackson.ask(d.tokens[0], "", q.query, nil, &answer); err != nil {
			t.Errorf("%s %v", q.question, err)
		}
		for field, data := range answer {
			if len(data) < 500 {
				t.Errorf("%s %s is %s", q.question, field, data)
			}
		}
	}
}

// received fails unless Vermont comes to know each event of Jackson's but the
// care for people, once and in order, and no person by name who did not agree.
func (d *demoed) received(t *testing.T) {
	t.Helper()
	jackson := d.jackson.url + "/labs/cooperation-jackson"
	care := d.jackson.listed(t, d.tokens[0], "economicEvents", "stream: [carePeople]")
	want := slices.DeleteFunc(d.jackson.listed(t, d.tokens[0], "economicEvents", ""), func(iri string) bool { return slices.Contains(care, iri) })
	if len(care) != 2 || len(want) != 120 {
		t.Fatalf("Jackson's books hold %d events, and %d of care for people", len(want), len(care))
	}
	var got []string
	for deadline := time.Now().Add(time.Minute); len(got) < len(want); time.Sleep(200 * time.Millisecond) {
		if got = d.vermont.listed(t, d.tokens[1], "economicEvents", fmt.Sprintf("origin: [%q]", jackson)); time.Now().After(deadline) {
			t.Fatalf("Vermont knows %d of Jackson's %d events: %s", len(got), len(want), d.jackson.log)
		}
	}
	if difference := cmp.Diff(want, got); difference != "" {
		t.Errorf("Jackson's events (-) and what Vermont knows of them (+):\n%s", difference)
	}
	var answer map[string]json.RawMessage
	q := toldBy(jackson)
	if err := d.vermont.ask(d.tokens[1], "", q.query, nil, &answer); err != nil || !strings.Contains(string(answer["economicEvents"]), jackson) {
		t.Errorf("%s %s %v", q.question, answer["economicEvents"], err)
	}
	d.names(t, jackson)
}

// names fails unless Vermont knows Jackson's enterprises by name, and of its
// people those who agreed.
func (d *demoed) names(t *testing.T, jackson string) {
	t.Helper()
	var answer struct {
		Agents struct {
			Edges []struct{ Node struct{ Name, Origin string } }
		}
	}
	if err := d.vermont.ask(d.tokens[1], "", `{ agents(first: 100) { edges { node { name origin } } } }`, nil, &answer); err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, edge := range answer.Agents.Edges {
		if edge.Node.Origin == jackson {
			known[edge.Node.Name] = true
		}
	}
	for name, told := range map[string]bool{
		"Freedom Farms": true, "People's Grocery": true, "Eversville Design & Print Shop": true, "Really Really Free Market": true, "Community Land Trust": true,
		"Imani": true, "Amara": true,
		"Nia": false, "Ruth": false, "Marcus": false, "Deja": false, "Rosa": false, "Kwame": false, "Theo": false, "Lena": false, "Samuel": false,
	} {
		if known[name] != told {
			t.Errorf("Vermont knows %s by name: %t, want %t", name, known[name], told)
		}
	}
}
