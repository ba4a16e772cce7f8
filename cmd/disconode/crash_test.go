package main

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"disconode/node/store/storetest"
)

// Clients write at full speed, each change under its own key, until the node
// dies under them; again and again. Then every change that was acknowledged is
// there under the id that was given; sent once more, acknowledged or not, each
// has had its effect exactly once; the journal and the sums agree, and so do the
// tables with what they are when computed anew.

const writers = 8

// burst is what came of writing: the ids of the acknowledged changes by their
// keys, and the keys that got no answer.
type burst struct {
	sync.Mutex
	acknowledged map[string]string
	unanswered   []string
	count        atomic.Int64
}

// write lets clients write until the server answers no more. What the server
// refuses because its database is away counts as unanswered.
func write(s *server, token string, k stock, round int) (*burst, *sync.WaitGroup) {
	b, all := &burst{acknowledged: map[string]string{}}, &sync.WaitGroup{}
	for w := range writers {
		all.Go(func() {
			for i := 0; ; i++ {
				key := fmt.Sprintf("%d-%d-%d", round, w, i)
				id, err := s.change(token, key, "raise", k)
				b.Lock()
				if err == nil {
					b.acknowledged[key] = id
				} else {
					b.unanswered = append(b.unanswered, key)
				}
				b.Unlock()
				if err != nil {
					return
				}
				b.count.Add(1)
			}
		})
	}
	return b, all
}

// reach returns when so many changes are acknowledged, and a moment has passed.
func (b *burst) reach(t *testing.T, many int64) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); b.count.Load() < many; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("only %d changes acknowledged", b.count.Load())
		}
	}
	time.Sleep(time.Duration(rand.IntN(5000)) * time.Microsecond)
}

// clean fails unless verify finds nothing.
func (p place) clean(t *testing.T) {
	t.Helper()
	if out, errs, code := p.run(t, "verify"); code != 0 {
		t.Fatalf("verify: exit %d: %s%s", code, out, errs)
	}
}

// present fails unless each acknowledged change is there.
func (s *server) present(t *testing.T, token string, acknowledged map[string]string) {
	t.Helper()
	for key, id := range acknowledged {
		var answer struct{ EconomicEvent struct{ ID string } }
		err := s.ask(token, "", `query ($id: ID!) { economicEvent(id: $id) { id } }`, map[string]any{"id": id}, &answer)
		if err != nil || answer.EconomicEvent.ID != id {
			t.Fatalf("change %s was acknowledged as %s and is lost: %v", key, id, err)
		}
	}
}

// once sends every change again and fails unless each has one effect: those
// acknowledged keep their ids, and the stock holds one kilogram for each.
func (s *server) once(t *testing.T, token string, k stock, acknowledged map[string]string, unanswered []string) {
	t.Helper()
	for _, key := range unanswered {
		if _, err := s.change(token, key, "raise", k); err != nil {
			t.Fatalf("change %s sent again: %v", key, err)
		}
	}
	sample := 0
	for key, id := range acknowledged {
		if again, err := s.change(token, key, "raise", k); err != nil || again != id {
			t.Fatalf("change %s was %s and sent again is %s, %v", key, id, again, err)
		}
		if sample++; sample == 200 {
			break
		}
	}
	if got, want := s.onhand(t, token, k), strconv.Itoa(len(acknowledged)+len(unanswered)); got != want {
		t.Errorf("%s kg after %s changes of 1 kg", got, want)
	}
}

// killing kills the node for some rounds; before does a round's other harm.
func killing(t *testing.T, dsn string, rounds int, before func(round int, s *server, b *burst)) {
	p, token := fresh(t, dsn)
	s := p.serve(t)
	k := s.opening(t, token, "0")
	acknowledged, unanswered := map[string]string{}, []string(nil)
	for round := range rounds {
		b, all := write(s, token, k, round)
		b.reach(t, 1+rand.Int64N(40))
		before(round, s, b)
		s.kill(t)
		all.Wait()
		p.clean(t)
		s = p.serve(t)
		s.present(t, token, b.acknowledged)
		maps.Copy(acknowledged, b.acknowledged)
		unanswered = append(unanswered, b.unanswered...)
	}
	s.once(t, token, k, acknowledged, unanswered)
	s.kill(t)
	p.clean(t)
	p.must(t, "rebuild")
	t.Logf("%d rounds, %d changes acknowledged, %d without an answer", rounds, len(acknowledged), len(unanswered))
}

func TestKillTheNodeOnSQLite(t *testing.T) {
	killing(t, "", 50, func(int, *server, *burst) {})
}

// In every fourth round the database server is killed first, and restarted; the
// node that outlived it serves on.
func TestKillTheNodeAndTheServerOnPostgreSQL(t *testing.T) {
	database := storetest.StartServer(t)
	killing(t, database.Database(t), 20, func(round int, s *server, b *burst) {
		if round%4 != 3 {
			return
		}
		database.Kill(t)
		database.Restart(t)
		for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(20 * time.Millisecond) {
			code, _ := get(t, s.url+"/readyz")
			if code == 200 {
				return
			}
			if time.Now().After(deadline) {
				t.Fatalf("the node did not find its database again: %d", code)
			}
		}
	})
}

// Told to stop under load, the node is gone within 10 s, ends with 0, and has
// lost nothing that it acknowledged.
func TestStopUnderLoad(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		p, token := fresh(t, dsn)
		s := p.serve(t)
		k := s.opening(t, token, "0")
		b, all := write(s, token, k, 0)
		b.reach(t, 100)
		took := s.signal(t, syscall.SIGTERM)
		all.Wait()
		if took > 10*time.Second || s.outcome != nil {
			t.Errorf("stopped after %v with %v: %s", took, s.outcome, s.log)
		}
		p.clean(t)
		s = p.serve(t)
		s.present(t, token, b.acknowledged)
		s.once(t, token, k, b.acknowledged, b.unanswered)
	})
}

// A hundred takes of 1 from 50, at once and by two processes: exactly 50 succeed.
func TestTwoProcessesTakeFromOneStock(t *testing.T) {
	p, token := fresh(t, storetest.Postgres(t))
	both := []*server{p.serve(t), p.serve(t)}
	k := both[0].opening(t, token, "50")
	var taken, refused atomic.Int64
	var all sync.WaitGroup
	for i := range 100 {
		all.Go(func() {
			_, err := both[i%2].change(token, "", "lower", k)
			var no *refusal
			switch {
			case err == nil:
				taken.Add(1)
			case errors.As(err, &no) && no.Extensions.Code == "INSUFFICIENT":
				refused.Add(1)
			default:
				t.Errorf("take %d: %v", i, err)
			}
		})
	}
	all.Wait()
	if taken.Load() != 50 || refused.Load() != 50 {
		t.Errorf("%d takes succeeded and %d were refused", taken.Load(), refused.Load())
	}
	for _, s := range both {
		if got := s.onhand(t, token, k); got != "0" {
			t.Errorf("%s kg are left", got)
		}
	}
	p.clean(t)
}
