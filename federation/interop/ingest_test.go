//go:build interop

package interop

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// How many signed posts a second a server takes in, ours beside the stranger's:
// ours keeps each on disk before it says so, the stranger's memory is its store.
// The posts are signed beforehand, the keys are known to both, and both have the
// same 16 connections. A shared machine swings in posts a second, less so in
// processor time a post: both are measured, and the ratio of the latter has to hold.

const (
	connections = 16
	ratioMin    = 5.0
)

// ingest is what one server did.
type ingest struct {
	posts     int
	took      time.Duration
	processor time.Duration
}

func (i ingest) rate() float64   { return float64(i.posts) / i.took.Seconds() }
func (i ingest) costMs() float64 { return i.processor.Seconds() * 1000 / float64(i.posts) }
func (i ingest) String() string {
	return fmt.Sprintf("%.0f posts/s, %.2f ms of a processor each", i.rate(), i.costMs())
}

// measure posts what is ready to an address and fails unless each is taken.
func measure(t testing.TB, p *process, address string, posts [][]byte) ingest {
	t.Helper()
	begun, busy := time.Now(), p.busy(t)
	pour(t, address, posts)
	return ingest{len(posts), time.Since(begun), p.busy(t) - busy}
}

// pour posts what is ready over all connections at once, each post after the
// answer to the one before.
func pour(t testing.TB, address string, posts [][]byte) {
	t.Helper()
	var next, refused atomic.Int64
	var all sync.WaitGroup
	for range connections {
		all.Go(func() {
			connection, err := net.Dial("tcp", address)
			if err != nil {
				t.Error(err)
				return
			}
			defer connection.Close()
			answers := bufio.NewReader(connection)
			for {
				n := int(next.Add(1)) - 1
				if n >= len(posts) {
					return
				}
				if _, err := connection.Write(posts[n]); err != nil {
					t.Error(err)
					return
				}
				response, err := http.ReadResponse(answers, nil)
				if err != nil {
					t.Error(err)
					return
				}
				text, err := io.ReadAll(response.Body)
				response.Body.Close()
				if err != nil {
					t.Error(err)
					return
				}
				if response.StatusCode/100 != 2 && refused.Add(1) == 1 {
					t.Errorf("%s answered %s: %s", address, response.Status, text)
				}
			}
		})
	}
	all.Wait()
	if n := refused.Load(); n > 0 {
		t.Fatalf("%s refused %d of %d posts", address, n, len(posts))
	}
}

// creates are n posts to an inbox, signed by the senders in turn and numbered
// from first on.
func creates(t testing.TB, senders []*sender, actor, inbox string, first, n int) [][]byte {
	t.Helper()
	posts := make([][]byte, n)
	var all sync.WaitGroup
	for i, s := range senders {
		all.Go(func() {
			for at := i; at < n; at += len(senders) {
				posts[at] = s.signed(t, inbox, s.create(t, actor, first+at))
			}
		})
	}
	all.Wait()
	return posts
}

func host(t testing.TB, address string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return u.Host
}

func TestIngestBesideAStranger(t *testing.T) {
	amount := 3000
	if text := os.Getenv("INGEST_POSTS"); text != "" {
		var err error
		if amount, err = strconv.Atoi(text); err != nil {
			t.Fatal(err)
		}
	}
	few := amount / 5 // the stranger gets fewer: it is measured over as long a time
	senders := newSenders(t, 10)

	them := newStranger(t, "QUIET=1")
	pour(t, host(t, them.url), creates(t, senders, them.actor(), them.inbox(), 0, 10*len(senders))) // keys fetched, code warm
	theirs := measure(t, them.process, host(t, them.url), creates(t, senders, them.actor(), them.inbox(), 1000, few))
	if _, count := them.seen(t); count != 10*len(senders)+few {
		t.Fatalf("the stranger counted %d activities, not %d", count, 10*len(senders)+few)
	}
	t.Logf("%s: %v", fedifyVersion(t), theirs)
	them.run.Process.Kill() // the next measurement has the machine for itself

	us := newLab(t, "")
	for _, s := range senders {
		us.follow(t, s.id)
		select {
		case follow := <-s.followed:
			pour(t, us.address, [][]byte{s.signed(t, us.inbox(), s.accept(t, follow))})
		case <-time.After(30 * time.Second):
			t.Fatalf("no Follow came to %s: %s", s.id, us.peers(t))
		}
	}
	pour(t, us.address, creates(t, senders, us.actor(), us.inbox(), 0, 10*len(senders)))
	ours := measure(t, us.process, us.address, creates(t, senders, us.actor(), us.inbox(), 1000, amount))
	var origins []string
	for _, s := range senders {
		origins = append(origins, s.id)
	}
	if got := us.claims(t, origins); got != 10*len(senders)+amount {
		t.Errorf("the node shows %d events of the senders', not %d", got, 10*len(senders)+amount)
	}

	t.Logf("ingest of signed posts over %d connections, %d senders", connections, len(senders))
	t.Logf("| disconode, SQLite, durable | %.0f | %.2f |", ours.rate(), ours.costMs())
	t.Logf("| %s, memory | %.0f | %.2f |", fedifyVersion(t), theirs.rate(), theirs.costMs())
	faster, cheaper := ours.rate()/theirs.rate(), theirs.costMs()/ours.costMs()
	t.Logf("| ratio | %.1f | %.1f |", faster, cheaper)
	if cheaper < ratioMin {
		t.Errorf("%.1f times less of a processor; it must be at least %.0f", cheaper, ratioMin)
	}
}

// fedifyVersion is what the stranger runs on, as installed.
func fedifyVersion(t testing.TB) string {
	t.Helper()
	version, err := exec.Command("node", "-p", `"Fedify " + JSON.parse(require("fs").readFileSync("node_modules/@fedify/fedify/package.json")).version`).Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(version[:len(version)-1])
}
