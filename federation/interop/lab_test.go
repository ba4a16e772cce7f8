//go:build interop

package interop

import (
	"bytes"
	"encoding/json"
	"net/http"
	"os/exec"
	"strings"
	"testing"
)

const kilogram = "http://www.ontology-of-units-of-measure.org/resource/om-2/kilogram"

// lab is a LAB on a node of ours, that a process serves.
type lab struct {
	*process
	data    string
	base    string // the node's base URL
	address string // where the process listens
	token   string // its steward's
}

// newLab makes a node with one LAB and serves it, under its own address or under
// the base URL of a proxy before it.
func newLab(t testing.TB, base string) *lab {
	t.Helper()
	return newLabAt(t, freeAddress(t), base)
}

func newLabAt(t testing.TB, address, base string) *lab {
	t.Helper()
	if base == "" {
		base = "http://" + address
	}
	l := &lab{data: t.TempDir(), base: base, address: address}
	l.must(t, "init", "--base-url", base, "--lab", "The Farm", "--slug", "farms", "--zone", "America/Chicago", "--steward", "Nia")
	l.token = strings.TrimSpace(l.must(t, "token", "create", "--lab", "farms", "--user", "Nia", "--role", "steward"))
	l.process = start(t, l.command(t, "serve", "--listen", address, "--allow-net", "127.0.0.0/8"), "listening on ")
	return l
}

func (l *lab) actor() string { return l.base + "/labs/farms" }
func (l *lab) inbox() string { return l.base + "/labs/farms/inbox" }

// approve lets a peer in, with all of the LAB's events for it to read.
func (l *lab) approve(t testing.TB, actor string) {
	t.Helper()
	l.must(t, "peer", "approve", actor, "--lab", "farms", "--audience", "all")
}

// follow asks a peer for what it shares.
func (l *lab) follow(t testing.TB, actor string) {
	t.Helper()
	l.must(t, "peer", "follow", actor, "--lab", "farms")
}

// peers is what the command line says about the LAB's peers, as JSON.
func (l *lab) peers(t testing.TB) string {
	t.Helper()
	return l.must(t, "peer", "list", "--lab", "farms", "--json")
}

func (l *lab) command(t testing.TB, args ...string) *exec.Cmd {
	t.Helper()
	binary, err := program()
	if err != nil {
		t.Fatal(err)
	}
	return exec.Command(binary, append(args, "--data", l.data)...)
}

// must runs a command that succeeds, and returns what it prints.
func (l *lab) must(t testing.TB, args ...string) string {
	t.Helper()
	run := l.command(t, args...)
	var errs bytes.Buffer
	run.Stderr = &errs
	out, err := run.Output()
	if err != nil {
		t.Fatalf("disconode %s: %v: %s%s", strings.Join(args, " "), err, out, errs.String())
	}
	return string(out)
}

// ask sends a query with the steward's token, and reads its data.
func (l *lab) ask(t testing.TB, query string, variables map[string]any, data any) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, l.base+"/graphql",
		bytes.NewReader(encode(t, map[string]any{"query": query, "variables": variables})))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", "Bearer "+l.token)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var answer struct {
		Data   json.RawMessage
		Errors []struct{ Message string }
	}
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		t.Fatal(err)
	}
	if len(answer.Errors) > 0 {
		t.Fatalf("%s: %s", query, answer.Errors[0].Message)
	}
	if err := json.Unmarshal(answer.Data, data); err != nil {
		t.Fatal(err)
	}
}

// raise records that kilograms came in, and returns the event's IRI.
func (l *lab) raise(t testing.TB, amount string) string {
	t.Helper()
	var kind struct {
		Made struct{ ResourceSpecification struct{ ID string } }
	}
	l.ask(t, `mutation { made: createResourceSpecification(resourceSpecification: {name: "Collards"}) { resourceSpecification { id } } }`, nil, &kind)
	var event struct {
		Made struct{ EconomicEvent struct{ IRI string } }
	}
	l.ask(t, `mutation ($lab: ID!, $kind: ID!, $amount: Decimal!, $unit: ID!) {
		made: createEconomicEvent(
			event: {action: "raise", provider: $lab, receiver: $lab, resourceQuantity: {hasNumericalValue: $amount, hasUnit: $unit}, hasPointInTime: "2026-05-01"}
			newInventoriedResource: {name: "Collards", conformsTo: $kind}) { economicEvent { iri } } }`,
		map[string]any{"lab": l.actor(), "kind": kind.Made.ResourceSpecification.ID, "amount": amount, "unit": kilogram}, &event)
	return event.Made.EconomicEvent.IRI
}

// claims is how many events the node shows of other origins.
func (l *lab) claims(t testing.TB, origins []string) int {
	t.Helper()
	after, count := "", 0
	for {
		var answer struct {
			EconomicEvents struct {
				Edges    []struct{ Node struct{ Origin string } }
				PageInfo struct {
					HasNextPage bool
					EndCursor   string
				}
			}
		}
		variables := map[string]any{"origins": origins}
		if after != "" {
			variables["after"] = after
		}
		l.ask(t, `query ($origins: [ID!], $after: String) { economicEvents(first: 100, after: $after, filter: {origin: $origins}) {
			edges { node { origin } } pageInfo { hasNextPage endCursor } } }`, variables, &answer)
		count += len(answer.EconomicEvents.Edges)
		if !answer.EconomicEvents.PageInfo.HasNextPage {
			return count
		}
		after = answer.EconomicEvents.PageInfo.EndCursor
	}
}
