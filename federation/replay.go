package federation

import (
	"crypto/sha256"
	"time"
)

// replaysMax bounds how many signatures are remembered.
const replaysMax = 100_000

// replays remembers the signatures that were verified within the window, so
// that a request that somebody recorded is not taken again. Beyond its bound it
// forgets the oldest: what an activity does once is the node's to see to.
type replays struct {
	window window
	seen   *recent[[sha256.Size]byte, time.Time]
}

func newReplays(w window, most int) *replays {
	return &replays{window: w, seen: newRecent[[sha256.Size]byte, time.Time](most)}
}

// first refuses a verified signature that came before, and remembers this one.
func (m *replays) first(s *signed, now time.Time) error {
	again := false
	m.seen.swap(sha256.Sum256(s.Signature), func(at time.Time, known bool) (time.Time, bool) {
		again = known && now.Sub(at) <= m.window.length()
		if again {
			return at, true
		}
		return now, true
	})
	if again {
		return unproven(signatureSeen, "this signed request came before: sign again")
	}
	return nil
}

// forget lets a signature come again, where what it brought was not kept.
func (m *replays) forget(s *signed) {
	m.seen.swap(sha256.Sum256(s.Signature), func(at time.Time, _ bool) (time.Time, bool) { return at, false })
}
