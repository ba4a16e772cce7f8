//go:build interop

package interop

import (
	"bytes"
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"
)

// stranger is a server on Fedify, beside us on loopback.
type stranger struct {
	*process
	url string
}

// newStranger starts one, with these variables set beside the usual.
func newStranger(t testing.TB, variables ...string) *stranger {
	t.Helper()
	address := freeAddress(t)
	_, port, _ := strings.Cut(address, ":")
	run := exec.Command("node", "peer.mjs")
	run.Env = append(os.Environ(), append(variables, "PORT="+port)...)
	return &stranger{start(t, run, "fedify peer on "), "http://" + address}
}

func (s *stranger) actor() string { return s.url + "/users/coop" }
func (s *stranger) inbox() string { return s.url + "/users/coop/inbox" }

// activity is what the tests read of one.
type activity struct {
	ID, Type string
	Actor    string
	Object   json.RawMessage
}

// seen is what came to the stranger's inboxes so far, and how many they were.
func (s *stranger) seen(t testing.TB) (all []activity, count int) {
	t.Helper()
	response, err := http.Get(s.url + "/_seen")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var answer struct {
		Count int
		Seen  []activity
	}
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		t.Fatal(err)
	}
	return answer.Seen, answer.Count
}

// await waits until the stranger has seen an activity that fits.
func (s *stranger) await(t testing.TB, what string, fits func(activity) bool) activity {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(100 * time.Millisecond) {
		all, _ := s.seen(t)
		for _, a := range all {
			if fits(a) {
				return a
			}
		}
		if time.Now().After(deadline) {
			t.Fatalf("the stranger has not seen %s, but: %v", what, all)
		}
	}
}

// took fails unless the stranger answered 202 to each of our posts, and one of
// them told of the event under both its types.
func (s *stranger) took(t testing.TB, event string) {
	t.Helper()
	response, err := http.Get(s.url + "/_posts")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var posts []struct {
		Status int
		Body   string
	}
	if err := json.NewDecoder(response.Body).Decode(&posts); err != nil {
		t.Fatal(err)
	}
	told := false
	for _, p := range posts {
		if p.Status != http.StatusAccepted {
			t.Errorf("the stranger answered %d to %s", p.Status, p.Body)
		}
		var create struct {
			Type   string
			Object struct {
				ID   string
				Type []string
			}
		}
		// Other activities name their object in another form.
		told = told || json.Unmarshal([]byte(p.Body), &create) == nil && create.Type == "Create" &&
			create.Object.ID == event && slices.Equal(create.Object.Type, []string{"Object", "EconomicEvent"})
	}
	if !told {
		t.Errorf("the stranger was not told of %s as an Object and an EconomicEvent: %v", event, posts)
	}
}

// send has the stranger sign and send a Create of a Note, follow a Follow, to a
// LAB. The result is the activity's id, and why the LAB did not take it.
func (s *stranger) send(t testing.TB, l *lab) (id, refusal string)   { return s.ask(t, "/_send", l) }
func (s *stranger) follow(t testing.TB, l *lab) (id, refusal string) { return s.ask(t, "/_follow", l) }

func (s *stranger) ask(t testing.TB, path string, l *lab) (id, refusal string) {
	t.Helper()
	body := encode(t, map[string]string{"inbox": l.inbox(), "id": l.actor()})
	response, err := http.Post(s.url+path, "application/json", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var answer struct{ ID, Error string }
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		t.Fatal(err)
	}
	return answer.ID, answer.Error
}
