package federation

import (
	"context"
	"sync"
)

// slots bound how much goes out at once: to all hosts together, and to each.
// A host that is slow to answer holds no more than its own.
type slots struct {
	all     chan struct{}
	perHost int

	mu    sync.Mutex
	hosts map[string]*hostSlots // of those in use
}

type hostSlots struct {
	places chan struct{}
	users  int
}

func newSlots(all, perHost int) *slots {
	return &slots{all: make(chan struct{}, all), perHost: perHost, hosts: map[string]*hostSlots{}}
}

// take waits for a place to ask a host, until ctx ends. The caller gives it back
// by release.
func (s *slots) take(ctx context.Context, host string) (release func(), err error) {
	s.mu.Lock()
	h := s.hosts[host]
	if h == nil {
		h = &hostSlots{places: make(chan struct{}, s.perHost)}
		s.hosts[host] = h
	}
	h.users++
	s.mu.Unlock()

	leave := func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if h.users--; h.users == 0 {
			delete(s.hosts, host)
		}
	}
	select {
	case h.places <- struct{}{}:
	case <-ctx.Done():
		leave()
		return nil, ctx.Err()
	}
	select {
	case s.all <- struct{}{}:
	case <-ctx.Done():
		<-h.places
		leave()
		return nil, ctx.Err()
	}
	return func() {
		<-s.all
		<-h.places
		leave()
	}, nil
}
