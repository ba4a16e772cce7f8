package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"disconode/node/store/storetest"
)

// A wrong command line ends with 2, a command that cannot with 1; both say why
// on standard error.
func TestWrongCommands(t *testing.T) {
	p, _ := fresh(t, "")
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, []byte("not a folder"), 0o600); err != nil {
		t.Fatal(err)
	}
	first := "--lab Farm --slug farm --zone America/Chicago --steward Nia"
	tests := []struct {
		line string
		code int
		says string
	}{
		{"", 2, "expected one of"},
		{"plough", 2, "unexpected argument plough"},
		{"serve --plough", 2, "unknown flag --plough"},
		{"serve --allow-net 10.0.0.0/33", 2, "allow-net"},
		{"serve --allow-net farm", 2, "allow-net"},
		{"init " + first, 2, "missing flags: --base-url"},
		{"token create --lab farm --user Nia", 2, "missing flags: --role"},
		{"token create --lab farm --user Nia --role owner", 2, "--role must be one of"},
		{"import --lab farm", 2, "expected \"<file> ...\""},
		{"import nothing.yaml --lab farm", 2, "nothing.yaml"},
		{"rebuild now", 2, "unexpected argument now"},

		{"init --base-url http://farm.test " + first, 1, "have a LAB already"},
		{"lab add " + first, 1, "farm"},
		{"lab add --lab Other --slug other --zone Mars/Olympus --steward Nia", 1, "Mars/Olympus"},
		{"lab add --lab Other --slug No/Slug --zone UTC --steward Nia", 1, "a slug has"},
		{"token create --lab barn --user Nia --role steward", 1, "barn"},
		{"member add --lab barn --user Nia --role steward", 1, "barn"},
		{"import " + file + " --lab farm", 1, "nothing was"},
		{"serve --listen 127.0.0.1:notaport", 1, "--listen"},
		{"serve --base-url farm.test", 1, "farm.test"},
		{"verify --data " + file, 1, file},
		{"verify --database postgres://nobody@127.0.0.1:1/none", 1, "127.0.0.1:1"},
	}
	for _, tt := range tests {
		t.Run(tt.line, func(t *testing.T) {
			args := strings.Fields(tt.line)
			if len(args) > 1 && !strings.Contains(tt.line, "--data ") {
				args = append(args, "--data", p.data)
			}
			var out, errs bytes.Buffer
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
			defer cancel()
			code := run(ctx, args, &out, &errs)
			if code != tt.code || !strings.Contains(errs.String(), tt.says) {
				t.Errorf("exit %d, want %d and %q: %s", code, tt.code, tt.says, errs.String())
			}
			if strings.Contains(errs.String(), "goroutine") {
				t.Errorf("a stack: %s", errs.String())
			}
		})
	}
	p.clean(t)
}

// On books that have a LAB, init changes nothing: not even the node's address.
func TestSecondInit(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		p, token := fresh(t, dsn)
		const query = `{ myAgent { iri } }`
		var before, after struct{ MyAgent struct{ IRI string } }
		s := p.serve(t)
		if err := s.ask(token, "", query, nil, &before); err != nil || !strings.HasPrefix(before.MyAgent.IRI, "http://farm.test/") {
			t.Fatalf("%s %v", before.MyAgent.IRI, err)
		}
		s.kill(t)
		_, errs, code := p.run(t, "init", "--base-url", "https://elsewhere.test", "--lab", "Barn", "--slug", "barn", "--zone", "UTC", "--steward", "Cora")
		if code != 1 || !strings.Contains(errs, "have a LAB already") {
			t.Errorf("exit %d: %s", code, errs)
		}
		if err := p.serve(t).ask(token, "", query, nil, &after); err != nil || after != before {
			t.Errorf("the node's names begin otherwise: %s, then %s (%v)", before.MyAgent.IRI, after.MyAgent.IRI, err)
		}
		p.clean(t)
	})
}

// A name that is not UTF-8 is refused before any books are looked at, whichever
// database they are in.
func TestNamesAreText(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		p, _ := fresh(t, dsn)
		empty := place{t.TempDir(), ""}
		const bad = "Ren\xe9"
		for _, tt := range []struct {
			place place
			args  []string
		}{
			{p, []string{"member", "add", "--lab", "farm", "--role", "member", "--user", bad}},
			{p, []string{"token", "create", "--lab", "farm", "--role", "member", "--user", bad}},
			{p, []string{"lab", "add", "--slug", "barn", "--zone", "UTC", "--steward", "Cora", "--lab", bad}},
			{empty, []string{"init", "--base-url", "http://barn.test", "--slug", "barn", "--zone", "UTC", "--lab", "Barn", "--steward", bad}},
			{empty, []string{"init", "--base-url", "http://barn.test", "--slug", "barn", "--zone", "UTC", "--steward", "Cora", "--lab", bad}},
		} {
			out, errs, code := tt.place.run(t, tt.args...)
			if code != 2 || out != "" || !strings.Contains(errs, `"Ren\xe9" is not text in UTF-8`) {
				t.Errorf("%s: exit %d: %s%s", tt.args[0], code, out, errs)
			}
		}
		c := p.command(t, "member", "add", "--lab", "farm", "--role", "member")
		c.Env = append(os.Environ(), "DISCONODE_USER="+bad)
		if out, err := c.CombinedOutput(); err == nil || !strings.Contains(string(out), "is not text in UTF-8") {
			t.Errorf("from the environment: %v %s", err, out)
		}
		if files, err := os.ReadDir(empty.data); err != nil || len(files) > 0 {
			t.Errorf("books were made: %v %v", files, err)
		}
		p.clean(t)
	})
}

func TestHelp(t *testing.T) {
	var out, errs bytes.Buffer
	if code := run(t.Context(), []string{"--help"}, &out, &errs); code != 0 {
		t.Errorf("exit %d: %s", code, errs.String())
	}
	for _, command := range []string{"serve", "init", "lab add", "member add", "token create", "import", "verify", "rebuild", "demo"} {
		if !strings.Contains(out.String(), "\n  "+command+" ") {
			t.Errorf("the help does not name %s:\n%s", command, out.String())
		}
	}
}

// A flag that is not given comes from the environment.
func TestEnvironment(t *testing.T) {
	p, _ := fresh(t, "")
	t.Setenv("DISCONODE_DATA", p.data)
	t.Setenv("DISCONODE_LAB", "farm")
	var out, errs bytes.Buffer
	code := run(t.Context(), []string{"token", "create", "--user", "Ada", "--role", "member"}, &out, &errs)
	if code != 0 || len(strings.Fields(out.String())) != 1 {
		t.Errorf("exit %d: %q %s", code, out.String(), errs.String())
	}
	// Ada was no member: she is now, which is said beside the token.
	if !strings.Contains(errs.String(), "Ada") || strings.Contains(errs.String(), strings.TrimSpace(out.String())) {
		t.Errorf("standard error says %q", errs.String())
	}
}

// An example of the Valueflows specification.
const manufacturing = top + "/valueflows/jsonld/testdata/examples/production--manufacturing-1.yaml"

// What commands do while the node serves, it sees within a second.
func TestCommandsWhileServing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		p, steward := fresh(t, dsn)
		s := p.serve(t)
		const desk = "https://manufacturing.example/02b39a30-3e04-4305-9656-7f261aa63c84"
		process := func() error {
			return s.ask(steward, "", `query ($id: ID!) { process(id: $id) { name } }`, map[string]any{"id": desk}, nil)
		}
		var no *refusal
		if err := process(); !errors.As(err, &no) || no.Extensions.Code != "NOT_FOUND" {
			t.Fatalf("a process that nobody imported: %v", err)
		}

		member := strings.TrimSpace(p.must(t, "token", "create", "--lab", "farm", "--user", "Ada", "--role", "member"))
		soon(t, "a new token", func() error { return s.ask(member, "", `{ myAgent { name } }`, nil, nil) })

		agent := strings.TrimSpace(p.must(t, "member", "add", "--lab", "farm", "--user", "Ben", "--role", "member"))
		soon(t, "a new member", func() error {
			var answer struct{ Agent struct{ Name string } }
			err := s.ask(steward, "", `query ($id: ID!) { agent(id: $id) { name } }`, map[string]any{"id": agent}, &answer)
			if err == nil && answer.Agent.Name != "Ben" {
				err = fmt.Errorf("the agent is called %q", answer.Agent.Name)
			}
			return err
		})

		p.must(t, "import", manufacturing, "--lab", "farm", "--dry-run")
		if err := process(); !errors.As(err, &no) || no.Extensions.Code != "NOT_FOUND" {
			t.Fatalf("a dry run imported: %v", err)
		}
		p.must(t, "import", manufacturing, "--lab", "farm")
		soon(t, "an import", process)

		p.must(t, "lab", "add", "--lab", "Barn", "--slug", "barn", "--zone", "UTC", "--steward", "Cora")
		other := strings.TrimSpace(p.must(t, "token", "create", "--lab", "barn", "--user", "Cora", "--role", "steward"))
		soon(t, "a new LAB", func() error { return s.ask(other, "", `{ myAgent { name } }`, nil, nil) })
		p.clean(t)
	})
}

// soon fails unless f succeeds while a person would wait for it; a node looks for
// what other processes wrote several times a second.
func soon(t *testing.T, what string, f func() error) {
	t.Helper()
	begun := time.Now()
	for {
		err := f()
		if err == nil {
			return
		}
		if time.Since(begun) > 10*time.Second {
			t.Fatalf("%s was not seen within ten seconds: %v", what, err)
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// On one SQLite file a second server refuses to start, and says why; rebuild
// waits for no one either. On PostgreSQL both serve.
func TestSecondServer(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) {
		p, token := fresh(t, "")
		s := p.serve(t)
		for _, second := range [][]string{{"serve", "--listen", "127.0.0.1:0"}, {"rebuild"}} {
			_, errs, code := p.run(t, second...)
			if code != 1 || !strings.Contains(errs, "serve") {
				t.Errorf("%s: exit %d: %s", second[0], code, errs)
			}
		}
		if err := s.ask(token, "", `{ myAgent { name } }`, nil, nil); err != nil {
			t.Errorf("the first server: %v", err)
		}
		s.kill(t) // it leaves no lock behind
		p.must(t, "rebuild")
		p.serve(t)
	})
	t.Run("postgres", func(t *testing.T) {
		p, token := fresh(t, storetest.Postgres(t))
		for _, s := range []*server{p.serve(t), p.serve(t)} {
			if err := s.ask(token, "", `{ myAgent { name } }`, nil, nil); err != nil {
				t.Error(err)
			}
		}
	})
}

// BenchmarkFirstAnswer takes the time from the start of a node that has books to
// its first answer to a query.
func BenchmarkFirstAnswer(b *testing.B) {
	server := storetest.StartServer(b)
	for _, d := range []struct{ name, dsn string }{{"sqlite", ""}, {"postgres", server.Database(b)}} {
		b.Run(d.name, func(b *testing.B) {
			p, token := fresh(b, d.dsn)
			for b.Loop() {
				s := p.serve(b)
				if err := s.ask(token, "", `{ myAgent { name } }`, nil, nil); err != nil {
					b.Fatal(err)
				}
				b.StopTimer()
				s.kill(b)
				b.StartTimer()
			}
		})
	}
}

// Health, readiness and metrics have their addresses; nothing else answers.
func TestAddresses(t *testing.T) {
	p, token := fresh(t, "")
	metrics := freeAddress(t)
	s := p.serve(t, "--metrics", metrics, "--allow-net", "10.1.0.0/16", "--allow-net", "fd00::/8")
	if err := s.ask(token, "", `{ myAgent { name } }`, nil, nil); err != nil {
		t.Fatal(err)
	}
	for url, want := range map[string]int{
		s.url + "/livez": 200, s.url + "/readyz": 200, s.url + "/metrics": 404, s.url + "/": 200, s.url + "/index.html": 404, s.url + "/docs/": 404, s.url + "/debug/pprof/": 404,
		"http://" + metrics + "/metrics": 200, "http://" + metrics + "/graphql": 404,
	} {
		if code, _ := get(t, url); code != want {
			t.Errorf("%s answers %d, want %d", url, code, want)
		}
	}
	_, face := get(t, s.url+"/")
	if !strings.Contains(face, "<h1>Sign in</h1>") || strings.Contains(face, "Nia") {
		t.Errorf("the front page says %q", face)
	}
	_, page := get(t, "http://"+metrics+"/metrics")
	for _, line := range []string{`disconode_http_request_seconds_count{code="200",route="/graphql"} 1`, "go_goroutines ", "process_resident_memory_bytes "} {
		if !strings.Contains(page, line) {
			t.Errorf("/metrics has no %s", line)
		}
	}
	if strings.Contains(page, token) || strings.Contains(s.log.String(), token) {
		t.Error("the token stands in metrics or log")
	}
	if strings.Contains(s.log.String(), "TLS") {
		t.Errorf("a warning on loopback: %s", s.log)
	}
}

// Beyond this machine, a node without TLS warns.
func TestWarnsOfPlainHTTP(t *testing.T) {
	p, _ := fresh(t, "")
	s := p.serve(t, "--listen", "0.0.0.0:0")
	for deadline := time.Now().Add(5 * time.Second); !strings.Contains(s.log.String(), "without TLS"); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) { // what the node logs reaches us a moment after what it prints
			t.Fatalf("no warning: %q", s.log)
		}
	}
}

// freeAddress is one on which nothing listens.
func freeAddress(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
