package federation

import (
	"sync"
	"time"
)

// knocksAMinute is how many requests of strangers are written down in a minute:
// each is a commit for which nobody has answered.
const knocksAMinute = 60

// pace bounds how many requests of strangers are taken. The zero pace has taken
// none.
type pace struct {
	mu sync.Mutex
	tally
}

// may tells whether there is room for one more, which it counts.
func (p *pace) may(now time.Time) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if now.Sub(p.since) >= time.Minute {
		p.tally = tally{since: now}
	}
	p.count++
	return p.count <= knocksAMinute
}
