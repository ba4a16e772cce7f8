package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"disconode/node/store/storetest"
)

// Two nodes as two processes: the farm records, Vermont follows and is killed
// again and again; in the end the farm is, too. What the farm recorded arrives exactly once and in order,
// Vermont's own books are as they were, and who did not agree to be named is
// nowhere in them by name.

const (
	sharedEvents = 1000
	kills        = 3
)

// sisterNode is a node that serves its peers at an address of its own, which its
// restarts keep.
type sisterNode struct {
	place
	address string
	slug    string
	token   string // its steward's
	*server
}

func newSisterNode(t *testing.T, dsn, name, slug, steward string) *sisterNode {
	t.Helper()
	s := &sisterNode{place: place{t.TempDir(), dsn}, address: freePort(t), slug: slug}
	s.must(t, "init", "--base-url", "http://"+s.address, "--lab", name, "--slug", slug, "--zone", "America/Chicago", "--steward", steward)
	s.token = strings.TrimSpace(s.must(t, "token", "create", "--lab", slug, "--user", steward, "--role", "steward"))
	s.up(t)
	return s
}

// freePort is an address on loopback where nobody listens.
func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// up serves the node.
func (s *sisterNode) up(t *testing.T) {
	t.Helper()
	s.server = start(t, s.command(t, "serve", "--listen", s.address, "--allow-net", "127.0.0.0/8"))
}

func (s *sisterNode) actor() string { return "http://" + s.address + "/labs/" + s.slug }

// peer is how the node deals with another, as the command line says.
func (s *sisterNode) peer(t *testing.T, other *sisterNode) (p struct {
	IRI, Follower, Following, Error string
	Delivery                        struct{ Sent, Waiting int }
}) {
	t.Helper()
	all := []struct {
		IRI, Follower, Following, Error string
		Delivery                        struct{ Sent, Waiting int }
	}{}
	if err := json.Unmarshal([]byte(s.must(t, "peer", "list", "--lab", s.slug, "--json")), &all); err != nil {
		t.Fatal(err)
	}
	for _, each := range all {
		if each.IRI == other.actor() {
			return each
		}
	}
	return p
}

// until returns when something holds, and fails after a while.
func until(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(2 * time.Minute); !holds(); time.Sleep(100 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("not within two minutes: %s", what)
		}
	}
}

// efforts are the efforts of the events of a LAB's books, in recorded order, as
// the node shows them.
func (s *sisterNode) efforts(t *testing.T, origin string) (all []string) {
	t.Helper()
	for after, more := "", true; more; {
		var answer struct {
			EconomicEvents struct {
				PageInfo struct {
					HasNextPage bool
					EndCursor   string
				}
				Edges []struct {
					Node struct {
						Origin         string
						EffortQuantity *struct{ HasNumericalValue string }
					}
				}
			}
		}
		variables := map[string]any{"origin": []string{origin}}
		if after != "" {
			variables["after"] = after
		}
		if err := s.ask(s.token, "", `query ($origin: [ID!], $after: String) { economicEvents(first: 100, after: $after, filter: {origin: $origin}) {
			pageInfo { hasNextPage endCursor } edges { node { origin effortQuantity { hasNumericalValue } } } } }`, variables, &answer); err != nil {
			t.Fatal(err)
		}
		for _, edge := range answer.EconomicEvents.Edges {
			if edge.Node.Origin != origin {
				t.Errorf("an event's origin is %q, not %q", edge.Node.Origin, origin)
			}
			if q := edge.Node.EffortQuantity; q != nil {
				all = append(all, q.HasNumericalValue)
			}
		}
		more, after = answer.EconomicEvents.PageInfo.HasNextPage, answer.EconomicEvents.PageInfo.EndCursor
	}
	return all
}

// worker is a member of the farm and what is needed to record its work.
type worker struct{ id, name, token string }

func (s *sisterNode) worker(t *testing.T, name string) worker {
	t.Helper()
	id := strings.TrimSpace(s.must(t, "member", "add", "--lab", s.slug, "--user", name, "--role", "member"))
	return worker{id, name, strings.TrimSpace(s.must(t, "token", "create", "--lab", s.slug, "--user", name, "--role", "member"))}
}

func TestSharingWithANodeThatIsKilled(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		other := ""
		if dsn != "" {
			other = storetest.Postgres(t)
		}
		farm, vermont := newSisterNode(t, dsn, "Farm", "farm", "Nia"), newSisterNode(t, other, "Vermont", "vermont", "Wren")
		zora, amos := farm.worker(t, "Zora Openhand"), farm.worker(t, "Amos Stillwater")
		if err := farm.ask(zora.token, "", `mutation { shareMyName(share: true) { id } }`, nil, nil); err != nil {
			t.Fatal(err)
		}
		own := vermont.recordWork(t, 1, nil)

		vermont.must(t, "peer", "follow", farm.actor(), "--lab", "vermont")
		until(t, "the farm hears that Vermont asks", func() bool { return farm.peer(t, vermont).Follower == "REQUESTED" })
		farm.must(t, "peer", "approve", vermont.actor(), "--lab", "farm", "--audience", "all")
		until(t, "Vermont hears that it may", func() bool { return vermont.peer(t, farm).Following == "APPROVED" })

		recorded := make(chan []string, 1)
		progress := make(chan int, sharedEvents)
		go func() {
			defer close(progress)
			recorded <- farm.recordWork(t, sharedEvents, progress, zora, amos)
		}()
		for n := range progress {
			if n%(sharedEvents/(kills+1)) == 0 && n < sharedEvents {
				vermont.kill(t)
				vermont.up(t)
			}
		}
		if got := len(<-recorded); got != sharedEvents {
			t.Fatalf("the farm recorded %d events", got)
		}
		farm.kill(t) // while it delivers: what it had under way is its again when its lease is over
		farm.up(t)
		until(t, "Vermont has everything", func() bool {
			p := farm.peer(t, vermont)
			return p.Delivery.Waiting == 0 && p.Delivery.Sent > sharedEvents
		})

		want := farm.efforts(t, farm.actor())
		got := vermont.efforts(t, farm.actor())
		if !slices.Equal(got, want) || len(want) != sharedEvents {
			t.Errorf("Vermont shows %d events, the farm has %d, and they are the same in order: %v", len(got), len(want), slices.Equal(got, want))
		}
		if got := vermont.efforts(t, vermont.actor()); !slices.Equal(got, own) {
			t.Errorf("Vermont's own events are %v, were %v", got, own)
		}
		var mine struct {
			Contributions []struct {
				EffortQuantity []struct{ HasNumericalValue string }
			}
		}
		if err := vermont.ask(vermont.token, "", `{ contributions(groupBy: [STREAM]) { effortQuantity { hasNumericalValue } } }`, nil, &mine); err != nil {
			t.Fatal(err)
		}
		if len(mine.Contributions) != 1 || fmt.Sprint(mine.Contributions[0].EffortQuantity) != fmt.Sprintf("[{%s}]", own[0]) {
			t.Errorf("Vermont's contributions are %+v", mine.Contributions)
		}
		names := vermont.people(t)
		if !strings.Contains(names, zora.name) || strings.Contains(names, amos.name) || strings.Contains(names, "Nia") {
			t.Errorf("Vermont knows the people %s", names)
		}

		farm.signal(t, os.Interrupt)
		vermont.signal(t, os.Interrupt)
		farm.clean(t)
		vermont.clean(t)
		if dsn == "" {
			if files := holding(t, vermont.data, amos.name); len(files) > 0 {
				t.Errorf("%s is by name in %v", amos.name, files)
			}
			if files := holding(t, vermont.data, zora.name); len(files) == 0 {
				t.Errorf("%s, who agreed, is in no file", zora.name)
			}
		}
	})
}

// recordWork records pieces of work, each of another length, by each worker in
// turn; by the LAB's steward where there is none. It returns their lengths, in
// order, and says on progress how many there are.
func (s *sisterNode) recordWork(t *testing.T, many int, progress chan<- int, workers ...worker) (lengths []string) {
	t.Helper()
	var made struct {
		Kind struct{ ResourceSpecification struct{ ID string } }
		Work struct{ Process struct{ ID string } }
	}
	if err := s.ask(s.token, "", `mutation {
		kind: createResourceSpecification(resourceSpecification: {name: "Field work"}) { resourceSpecification { id } }
		work: createProcess(process: {name: "Weeding"}) { process { id } } }`, nil, &made); err != nil {
		t.Error(err)
		return nil
	}
	for i := range many {
		provider := s.actor()
		if len(workers) > 0 {
			provider = workers[i%len(workers)].id
		}
		length := fmt.Sprintf("%d.%03d", i/1000, i%1000+1)
		length = strings.TrimRight(strings.TrimRight(length, "0"), ".")
		if err := s.ask(s.token, "", `mutation ($by: ID!, $lab: ID!, $kind: ID!, $work: ID!, $length: Decimal!, $hour: ID!) {
			createEconomicEvent(event: {action: "work", provider: $by, receiver: $lab, inputOf: $work, resourceConformsTo: $kind,
				effortQuantity: {hasNumericalValue: $length, hasUnit: $hour}, hasPointInTime: "2026-05-02T08:00:00Z", stream: livelihood}) { economicEvent { id } } }`,
			map[string]any{"by": provider, "lab": s.actor(), "kind": made.Kind.ResourceSpecification.ID, "work": made.Work.Process.ID,
				"length": length, "hour": "http://www.ontology-of-units-of-measure.org/resource/om-2/hour"}, nil); err != nil {
			t.Error(err)
			return lengths
		}
		lengths = append(lengths, length)
		if progress != nil {
			progress <- i + 1
		}
	}
	return lengths
}

// people are the names of all people that the node shows, as JSON.
func (s *sisterNode) people(t *testing.T) string {
	t.Helper()
	var answer json.RawMessage
	if err := s.ask(s.token, "", `{ people(first: 100) { edges { node { name note } } } economicEvents(first: 100) { edges { node { note provider { name } receiver { name } } } } }`, nil, &answer); err != nil {
		t.Fatal(err)
	}
	return string(answer)
}

// holding are the files of a folder that hold a text.
func holding(t *testing.T, folder, text string) (files []string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if bytes.Contains(content, []byte(text)) {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
