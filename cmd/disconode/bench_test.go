package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"disconode/node/store/storetest"
	"disconode/valueflows"
)

var (
	benchReport  = flag.String("bench-report", top+"/docs/BENCHMARKS.md", "file that the benchmarks write")
	benchEvents  = flag.Int("bench-events", 50_000, "events in the books that are read")
	benchSeconds = flag.Float64("bench-seconds", 2, "length of one run")
	benchRounds  = flag.Int("bench-rounds", 3, "runs of each, ours and the floor in turn")
)

// The year whose events are asked for.
var (
	benchFrom = valueflows.InstantOf(time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC))
	benchTo   = valueflows.InstantOf(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
)

const (
	benchAgents  = 100
	benchClients = 16
)

// BenchmarkAgainstFloors measures the reads and writes of the built program, and
// the floors under them, in turn, and writes what it found.
func BenchmarkAgainstFloors(b *testing.B) {
	for b.Loop() {
		r := &report{}
		database := storetest.StartServer(b)
		for _, p := range []place{{b.TempDir(), ""}, {b.TempDir(), database.Database(b)}} {
			pids, scratch, name := []int(nil), "", "SQLite"
			if p.database != "" {
				pids, scratch, name = []int{database.Pid()}, database.Database(b), "PostgreSQL"
			}
			books := seed(b, p)
			r.section(name)
			books.reads(b, r, pids)
			floor := newWriteFloor(b, scratch)
			books.writes(b, r, floor)
			books.imports(b, r, floor)
		}
		r.write(b, *benchReport)
	}
}

const benchFields = ` { id action { id } note hasPointInTime resourceQuantity { hasNumericalValue hasUnit { label } } provider { id name } receiver { id name } resourceInventoriedAs { id name } } `

// read is a query, ours and the floor's, with the same arguments.
type read struct {
	name, query string
	arguments   func(r *rand.Rand) (variables map[string]any, floor string)
}

func (b *benched) queries() []read {
	return []read{
		{"one event", `query ($id: ID!) { economicEvent(id: $id)` + benchFields + `}`, func(r *rand.Rand) (map[string]any, string) {
			id := b.events[r.IntN(len(b.events))].ID.String()
			return map[string]any{"id": id}, "/one?id=" + id
		}},
		{"page of 50 with provider, receiver, resource", `query ($after: String) { economicEvents(first: 50, after: $after) { edges { node` + benchFields + `} } }`, func(r *rand.Rand) (map[string]any, string) {
			i := r.IntN(len(b.cursors))
			return map[string]any{"after": b.cursors[i]}, fmt.Sprintf("/page?lab=%s&after=%d", b.lab, b.events[50*i+49].Position)
		}},
		{"an agent's year, 50", `query ($agent: ID!) { economicEvents(first: 50, filter: {providerId: [$agent], startDate: "2025-01-01T00:00:00Z", endDate: "2026-01-01T00:00:00Z"}) { edges { node` + benchFields + `} } }`, func(r *rand.Rand) (map[string]any, string) {
			id := b.agents[r.IntN(len(b.agents))].String()
			return map[string]any{"agent": id}, "/year?agent=" + id
		}},
	}
}

// reads measures the queries, and sees that both answer the same.
func (b *benched) reads(t testing.TB, r *report, pids []int) {
	t.Helper()
	ours, floor := b.serve(t), b.floor(t)
	b.walk(t, ours)
	for _, q := range b.queries() {
		same(t, b, ours, floor, q)
		var o, f []sample
		for range *benchRounds {
			o = append(o, measured(t, append(pids, ours.run.Process.Pid), benchClients, func(r *rand.Rand) error {
				variables, _ := q.arguments(r)
				_, err := ours.post(b.token, q.query, variables)
				return err
			}))
			f = append(f, measured(t, append(pids, floor.run.Process.Pid), benchClients, func(r *rand.Rand) error {
				_, path := q.arguments(r)
				_, err := fetch(floor.url + path)
				return err
			}))
		}
		r.row(q.name, o, f)
	}
	ours.kill(t)
	floor.kill(t)
}

// floor starts the test binary as the floor of reads.
func (b *benched) floor(t testing.TB) *server {
	driver, dsn := b.driver()
	run := exec.Command(os.Args[0])
	run.Env = append(os.Environ(), floorVariable+"="+driver+" "+dsn)
	return start(t, run)
}

// walk notes the cursor after each page of 50 but the last.
func (b *benched) walk(t testing.TB, s *server) {
	t.Helper()
	b.cursors = nil
	after, skip := "", benchAgents/50 // the openings come first
	for range min(len(b.events)/50-1, 200) + skip {
		var page struct {
			EconomicEvents struct{ PageInfo struct{ EndCursor string } }
		}
		variables := map[string]any{"after": nil}
		if after != "" {
			variables["after"] = after
		}
		if err := s.ask(b.token, "", `query ($after: String) { economicEvents(first: 50, after: $after) { pageInfo { endCursor } } }`, variables, &page); err != nil {
			t.Fatal(err)
		}
		if after = page.EconomicEvents.PageInfo.EndCursor; skip > 0 {
			skip--
			continue
		}
		b.cursors = append(b.cursors, after)
	}
}

// same fails unless ours and the floor answer a query alike.
func same(t testing.TB, b *benched, ours, floor *server, q read) {
	t.Helper()
	variables, path := q.arguments(rand.New(rand.NewPCG(1, 2)))
	one, err := ours.post(b.token, q.query, variables)
	if err != nil {
		t.Fatal(err)
	}
	other, err := fetch(floor.url + path)
	if err != nil {
		t.Fatal(err)
	}
	var x, y any
	if err := json.Unmarshal(one, &x); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(other, &y); err != nil {
		t.Fatalf("%v: %s", err, other)
	}
	if difference := cmp.Diff(y, x); difference != "" {
		t.Fatalf("%s: the floor (-) and ours (+) answer differently:\n%s", q.name, difference)
	}
}

// writes measures single writes at one and at many clients.
func (b *benched) writes(t testing.TB, r *report, floor *writeFloor) {
	t.Helper()
	metrics := freeAddress(t)
	ours := b.serve(t, "--metrics", metrics)
	for _, clients := range []int{1, benchClients} {
		var o, f []sample
		commands, commits := counted(t, metrics)
		for range *benchRounds {
			o = append(o, measured(t, nil, clients, func(r *rand.Rand) error {
				_, err := ours.change(b.token, "", "raise", b.stock[r.IntN(len(b.stock))])
				return err
			}))
			f = append(f, measured(t, nil, clients, func(*rand.Rand) error { return floor.commit(1) }))
		}
		from := fmt.Sprintf("from %d at once", clients)
		r.row("one event, acknowledged singly, "+from, o, f)
		moreCommands, moreCommits := counted(t, metrics)
		perCommit := float64(moreCommands-commands) / float64(moreCommits-commits)
		r.note("Writes %s: %.1f a commit.", from, perCommit)
		if clients == benchClients && perCommit < 4 {
			t.Errorf("%.1f writes a commit at %d clients, want 4", perCommit, clients)
		}
	}
	ours.kill(t)
}

// imports measures a document of events, read by the command line, against as
// many bare rows in transactions of a thousand.
func (b *benched) imports(t testing.TB, r *report, floor *writeFloor) {
	t.Helper()
	const events = 5000
	var o, f []sample
	for round := range *benchRounds {
		file := filepath.Join(t.TempDir(), "events.yaml")
		if err := os.WriteFile(file, document(round, events), 0o600); err != nil {
			t.Fatal(err)
		}
		begun := time.Now()
		b.must(t, "import", file, "--lab", "farm")
		o = append(o, sample{load: load{perSecond: events / time.Since(begun).Seconds()}})
		begun = time.Now()
		for range events / 1000 {
			if err := floor.commit(1000); err != nil {
				t.Fatal(err)
			}
		}
		f = append(f, sample{load: load{perSecond: events / time.Since(begun).Seconds()}})
	}
	r.row("import of 5,000 events as one document, all rules checked (events a second)", o, f)
}

// document is events in the form of Valueflows' examples.
func document(round, events int) []byte {
	var d bytes.Buffer
	fmt.Fprintf(&d, "'@context': {'@vocab': https://w3id.org/valueflows/ont/vf#}\n'@graph':\n")
	base := fmt.Sprintf("https://bench.example/%d/", round)
	for i := range 50 {
		fmt.Fprintf(&d, "- {'@id': '%sstock/%d', '@type': EconomicResource, conformsTo: 'https://bench.example/collards', primaryAccountable: 'https://bench.example/', accountingQuantity: {hasUnit: kilogram, hasNumericalValue: 1}}\n", base, i)
	}
	for i := range events {
		fmt.Fprintf(&d, "- {'@id': '%sevent/%d', '@type': EconomicEvent, action: raise, provider: 'https://bench.example/', receiver: 'https://bench.example/', resourceInventoriedAs: '%sstock/%d', resourceQuantity: {hasUnit: kilogram, hasNumericalValue: 1}, hasPointInTime: '2026-05-01T08:00:00Z'}\n", base, i, base, i%50)
	}
	return d.Bytes()
}

// post sends a query and returns the answer's bytes.
func (s *server) post(token, query string, variables map[string]any) ([]byte, error) {
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		return nil, err
	}
	request, err := http.NewRequest(http.MethodPost, s.url+"/graphql", bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", "Bearer "+token)
	return all(client.Do(request))
}

func fetch(url string) ([]byte, error) { return all(client.Get(url)) }

// all reads an answer, of which only a good one is one.
func all(response *http.Response, err error) ([]byte, error) {
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err == nil && (response.StatusCode != http.StatusOK || bytes.Contains(text, []byte(`"errors"`))) {
		err = fmt.Errorf("status %d: %.500s", response.StatusCode, text)
	}
	return text, err
}

// counted are the node's writes and commits so far, of its metrics.
func counted(t testing.TB, metrics string) (commands, commits int64) {
	t.Helper()
	_, page := get(t, "http://"+metrics+"/metrics")
	for line := range strings.Lines(page) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), " ")
		n, _ := strconv.ParseFloat(value, 64)
		switch name {
		case "disconode_commands_total":
			commands = int64(n)
		case "disconode_commits_total":
			commits = int64(n)
		}
	}
	return commands, commits
}
