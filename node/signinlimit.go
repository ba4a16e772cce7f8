package node

import (
	"errors"
	"sync"
	"time"

	"disconode/valueflows"
)

// How often one may fail to sign in within [triesPeriod]: at one account from
// one address, from one address, and at one account from wherever. The last is
// high, so that nobody can lock somebody else out from a few addresses.
const (
	triesPeriod     = 15 * time.Minute
	triesMax        = 5
	triesAddressMax = 20
	triesAccountMax = 60
	triesKept       = 20_000
)

// ErrSlowDown is that too many tries to sign in failed.
var ErrSlowDown = errors.New("too many tries to sign in: wait a quarter of an hour, then try again")

// tryOf is whose failed tries are counted. Each part may be empty, for all.
type tryOf struct{ account, address string }

// tries counts failed tries to sign in, in memory and within bounds.
type tries struct {
	mu     sync.Mutex
	failed map[tryOf]*failures
	order  []begun // what is, or was, in failed: the oldest first
}

type begun struct {
	who   tryOf
	since time.Time
}

type failures struct {
	count int
	since time.Time
}

// counted are the counts that a try falls under, with their limits.
func counted(account, address string) map[tryOf]int {
	return map[tryOf]int{
		{account, address}: triesMax,
		{"", address}:      triesAddressMax,
		{account, ""}:      triesAccountMax,
	}
}

// begin counts a try as failed, until it has succeeded, so that tries made at
// the same time count too. It fails with [ErrSlowDown] past a limit.
func (t *tries) begin(account, address string, now time.Time) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.failed == nil {
		t.failed = map[tryOf]*failures{}
	}
	of := counted(account, address)
	for who, most := range of {
		f := t.failed[who]
		if f != nil && now.Sub(f.since) >= triesPeriod {
			delete(t.failed, who)
			f = nil
		}
		if f != nil && f.count >= most {
			return ErrSlowDown
		}
	}
	for who := range of {
		if f := t.failed[who]; f != nil {
			f.count++
			continue
		}
		t.makeRoom(now)
		t.failed[who] = &failures{1, now}
		t.order = append(t.order, begun{who, now})
	}
	return nil
}

// succeeded takes back what begin counted, and forgets the account's failures
// from that address.
func (t *tries) succeeded(account, address string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for who := range counted(account, address) {
		f := t.failed[who]
		if f == nil {
			continue
		}
		f.count--
		if f.count <= 0 || who == (tryOf{account, address}) {
			delete(t.failed, who)
		}
	}
}

// makeRoom forgets what is over, and the oldest where the table is full.
func (t *tries) makeRoom(now time.Time) {
	for len(t.order) > 0 && (now.Sub(t.order[0].since) >= triesPeriod || len(t.failed) >= triesKept) {
		oldest := t.order[0]
		t.order = t.order[1:]
		if f := t.failed[oldest.who]; f != nil && f.since.Equal(oldest.since) {
			delete(t.failed, oldest.who)
		}
	}
}

// accountOf is how an account is counted, whether there is one or not.
func accountOf(lab valueflows.ID, name string) string { return lab.String() + " " + name }
