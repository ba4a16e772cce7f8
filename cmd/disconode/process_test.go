package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"disconode/node/store/storetest"
)

// The tests here run the program as an operator does: a process, signals, HTTP.

func TestMain(m *testing.M) {
	if driver, dsn, ok := strings.Cut(os.Getenv(floorVariable), " "); ok {
		fmt.Fprintln(os.Stderr, serveFloor(driver, dsn))
		os.Exit(1)
	}
	storetest.Main(m, nil, removeProgram)
}

// program is the binary, built once.
var program = sync.OnceValues(func() (string, error) {
	var err error
	if programFolder, err = os.MkdirTemp("", "disconode-bin-"); err != nil {
		return "", err
	}
	file := filepath.Join(programFolder, "disconode")
	if out, err := exec.Command("go", "build", "-o", file, ".").CombinedOutput(); err != nil {
		return "", fmt.Errorf("build: %w: %s", err, out)
	}
	return file, nil
})

var programFolder string

func removeProgram() { os.RemoveAll(programFolder) }

// place is where a test's books are.
type place struct{ data, database string }

// fresh are new books of a LAB "farm" in the zone of Chicago, whose steward is
// Nia, and a token of hers.
func fresh(t testing.TB, dsn string) (place, string) {
	t.Helper()
	p := place{t.TempDir(), dsn}
	p.must(t, "init", "--base-url", "http://farm.test", "--lab", "Farm", "--slug", "farm", "--zone", "America/Chicago", "--steward", "Nia")
	return p, strings.TrimSpace(p.must(t, "token", "create", "--lab", "farm", "--user", "Nia", "--role", "steward"))
}

// command is a run of the program on the books, which dies with the test.
func (p place) command(t testing.TB, args ...string) *exec.Cmd {
	t.Helper()
	binary, err := program()
	if err != nil {
		t.Fatal(err)
	}
	args = append(args, "--data", p.data)
	if p.database != "" {
		args = append(args, "--database", p.database)
	}
	return exec.Command(binary, args...)
}

// run runs a command to its end.
func (p place) run(t testing.TB, args ...string) (out, errs string, code int) {
	t.Helper()
	c := p.command(t, args...)
	var o, e bytes.Buffer
	c.Stdout, c.Stderr = &o, &e
	err := c.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return o.String(), e.String(), c.ProcessState.ExitCode()
}

// must runs a command that succeeds, and returns what it prints.
func (p place) must(t testing.TB, args ...string) string {
	t.Helper()
	out, errs, code := p.run(t, args...)
	if code != 0 {
		t.Fatalf("disconode %s: exit %d: %s%s", strings.Join(args, " "), code, out, errs)
	}
	return out
}

// server is a process that serves.
type server struct {
	url     string
	run     *exec.Cmd
	ended   chan struct{}
	outcome error
	said    *words // on standard output
	log     *words // on standard error
}

// words is what a process has said so far.
type words struct {
	sync.Mutex
	text bytes.Buffer
}

func (w *words) Write(p []byte) (int, error) {
	w.Lock()
	defer w.Unlock()
	return w.text.Write(p)
}

func (w *words) String() string {
	w.Lock()
	defer w.Unlock()
	return w.text.String()
}

// serve starts a server on the books and returns when it answers.
func (p place) serve(t testing.TB, args ...string) *server {
	t.Helper()
	return start(t, p.command(t, append([]string{"serve", "--listen", "127.0.0.1:0"}, args...)...))
}

// start starts a command that serves, and returns when it says that it listens.
func start(t testing.TB, run *exec.Cmd) *server {
	t.Helper()
	s := &server{run: run, ended: make(chan struct{}), said: &words{}, log: &words{}}
	run.Stderr = s.log
	out, err := run.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := run.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.kill(t) })
	said := make(chan string, 1)
	go func() {
		defer close(s.ended)
		for lines := bufio.NewScanner(out); lines.Scan(); {
			fmt.Fprintln(s.said, lines.Text())
			if url, ok := strings.CutPrefix(lines.Text(), "listening on "); ok {
				said <- url
			}
		}
		s.outcome = run.Wait()
	}()
	select {
	case s.url = <-said:
	case <-s.ended:
		t.Fatalf("the server ended: %v: %s", s.outcome, s.log)
	case <-time.After(30 * time.Second):
		t.Fatalf("the server did not listen: %s", s.log)
	}
	return s
}

// kill ends the server with no warning.
func (s *server) kill(t testing.TB) { s.signal(t, syscall.SIGKILL) }

// signal sends a signal, waits for the end, and returns how long that took.
func (s *server) signal(t testing.TB, signal os.Signal) time.Duration {
	t.Helper()
	begun := time.Now()
	if err := s.run.Process.Signal(signal); err != nil && !errors.Is(err, os.ErrProcessDone) {
		t.Fatal(err)
	}
	select {
	case <-s.ended:
	case <-time.After(30 * time.Second):
		t.Fatalf("the server did not end: %s", s.log)
	}
	return time.Since(begun)
}

// client is shared by all requests, as a program's would be.
var client = &http.Client{Timeout: 20 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 64}}

// refusal is an error that GraphQL answered.
type refusal struct {
	Message    string
	Extensions struct {
		Code string
		Path string // to the input field at fault
	}
}

func (r *refusal) Error() string { return r.Extensions.Code + ": " + r.Message }

// ask sends a query and reads its data. The error is a *refusal where the
// server answered with one, and anything else where there was no answer.
func (s *server) ask(token, key, query string, variables map[string]any, data any) error {
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(context.Background(), http.MethodPost, s.url+"/graphql", bytes.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	if key != "" {
		request.Header.Set("Idempotency-Key", key)
	}
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	var answer struct {
		Data   json.RawMessage
		Errors []refusal
	}
	if err := json.Unmarshal(text, &answer); err != nil {
		return fmt.Errorf("status %d: %q: %w", response.StatusCode, text, err)
	}
	if len(answer.Errors) > 0 {
		return &answer.Errors[0]
	}
	if data == nil {
		return nil
	}
	return json.Unmarshal(answer.Data, data)
}

// get is the status code and the body of a GET.
func get(t testing.TB, url string) (int, string) {
	t.Helper()
	response, err := client.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(text)
}

// stock is a resource of the LAB's that a test counts on.
type stock struct {
	lab, kind, id string
}

const (
	farmLab  = "http://farm.test/labs/farm"
	kilogram = "http://www.ontology-of-units-of-measure.org/resource/om-2/kilogram"
)

// opening makes a resource that holds an amount, in kilograms.
func (s *server) opening(t testing.TB, token, amount string) stock {
	t.Helper()
	var kind struct {
		Made struct{ ResourceSpecification struct{ ID string } }
	}
	err := s.ask(token, "", `mutation { made: createResourceSpecification(resourceSpecification: {name: "Collards"}) { resourceSpecification { id } } }`, nil, &kind)
	if err != nil {
		t.Fatal(err)
	}
	k := stock{lab: farmLab, kind: kind.Made.ResourceSpecification.ID}
	var opened struct {
		Made struct{ EconomicResource struct{ ID string } }
	}
	err = s.ask(token, "", `mutation ($lab: ID!, $kind: ID!, $amount: Decimal!, $unit: ID!) {
		made: createEconomicEvent(
			event: {action: "raise", provider: $lab, receiver: $lab, resourceQuantity: {hasNumericalValue: $amount, hasUnit: $unit}, hasPointInTime: "2026-05-01"}
			newInventoriedResource: {name: "Stock", conformsTo: $kind}) { economicResource { id } } }`,
		map[string]any{"lab": farmLab, "kind": k.kind, "amount": amount, "unit": kilogram}, &opened)
	if err != nil {
		t.Fatal(err)
	}
	k.id = opened.Made.EconomicResource.ID
	return k
}

// change records that a kilogram came (raise) or went (lower), and returns the
// event's id.
func (s *server) change(token, key, action string, k stock) (string, error) {
	var answer struct {
		Made struct{ EconomicEvent struct{ ID string } }
	}
	err := s.ask(token, key, `mutation ($action: ID!, $lab: ID!, $stock: ID!, $unit: ID!) {
		made: createEconomicEvent(event: {action: $action, provider: $lab, receiver: $lab, resourceInventoriedAs: $stock,
			resourceQuantity: {hasNumericalValue: 1, hasUnit: $unit}, hasPointInTime: "2026-05-02T08:00:00Z"}) { economicEvent { id } } }`,
		map[string]any{"action": action, "lab": k.lab, "stock": k.id, "unit": kilogram}, &answer)
	return answer.Made.EconomicEvent.ID, err
}

// onhand is how much of a resource is there.
func (s *server) onhand(t testing.TB, token string, k stock) string {
	t.Helper()
	var answer struct {
		EconomicResource struct {
			OnhandQuantity struct{ HasNumericalValue string }
		}
	}
	err := s.ask(token, "", `query ($id: ID!) { economicResource(id: $id) { onhandQuantity { hasNumericalValue } } }`, map[string]any{"id": k.id}, &answer)
	if err != nil {
		t.Fatal(err)
	}
	return answer.EconomicResource.OnhandQuantity.HasNumericalValue
}
