package federation

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// At most eight requests go out at once, two to each host; who gives up waiting
// holds nothing.
func TestSlots(t *testing.T) {
	s := newSlots(8, 2)
	var out, most, perHost atomic.Int64
	var hosts [6]atomic.Int64
	var all sync.WaitGroup
	for n := range 60 {
		all.Go(func() {
			release, err := s.take(t.Context(), fmt.Sprintf("host-%d", n%6))
			if err != nil {
				t.Error(err)
				return
			}
			most.Store(max(most.Load(), out.Add(1)))
			perHost.Store(max(perHost.Load(), hosts[n%6].Add(1)))
			time.Sleep(time.Millisecond)
			out.Add(-1)
			hosts[n%6].Add(-1)
			release()
		})
	}
	all.Wait()
	if most.Load() > 8 || perHost.Load() > 2 || len(s.hosts) != 0 || len(s.all) != 0 {
		t.Errorf("%d at once, %d to one host; %d hosts are remembered", most.Load(), perHost.Load(), len(s.hosts))
	}

	release := make([]func(), 2)
	for n := range release {
		release[n], _ = s.take(t.Context(), "slow")
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if _, err := s.take(ctx, "slow"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a third place was given: %v", err)
	}
	if free, err := s.take(t.Context(), "other"); err != nil {
		t.Error("a slow host held up another:", err)
	} else {
		free()
	}
	for _, free := range release {
		free()
	}
	if len(s.hosts) != 0 || len(s.all) != 0 {
		t.Error("places were not given back")
	}
}
