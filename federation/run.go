package federation

import (
	"context"
	"sync"
	"time"

	"disconode/node"
	"disconode/valueflows"
)

// How often it is looked what is to be done, and how long the end waits until
// what was done is kept.
const (
	lookEvery   = 200 * time.Millisecond
	keepTimeout = 3 * time.Second
	tryEvery    = 5 * time.Second // while the books cannot be read
)

// Run tells peers what they are to be told, until ctx ends: it brings the logs of
// the audiences up to the journal, looks up the peers that stewards allowed,
// sends messages, and delivers. It returns when nothing of it is under way. The
// process has taken the books for serving ([node.Node.Hold]).
func (f *Federation) Run(ctx context.Context) {
	if err := f.node.Reclaim(ctx); err != nil && ctx.Err() == nil {
		f.log.Error("cannot take up what was under way; it is within half a minute", "error", err)
	}
	var all sync.WaitGroup
	defer all.Wait()
	all.Go(func() { f.repeat(ctx, "bring the audiences' logs up to date", f.publish) })
	f.repeat(ctx, "look what peers are to be told", func(ctx context.Context) error { return f.round(ctx, &all) })
}

// repeat does something again and again, until ctx ends.
func (f *Federation) repeat(ctx context.Context, what string, do func(context.Context) error) {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		}
		pause := lookEvery
		if err := do(ctx); err != nil && ctx.Err() == nil {
			f.log.Error("cannot "+what, "error", err)
			pause = tryEvery
		}
		timer.Reset(pause)
	}
}

func (f *Federation) publish(ctx context.Context) error {
	_, err := f.node.Publish(ctx)
	return err
}

// round takes what waits and sets to it. A peer that is dealt with already is
// left alone.
func (f *Federation) round(ctx context.Context, all *sync.WaitGroup) error {
	due, err := f.node.Due(ctx)
	if err != nil {
		return err
	}
	begin := func(p *node.Peer, work string, do func()) {
		if !f.busy.begin(p, work) {
			return
		}
		all.Go(func() {
			defer f.busy.end(p, work)
			do()
		})
	}
	if due.Unseen {
		unseen, err := f.node.Unseen(ctx)
		if err != nil {
			return err
		}
		for _, p := range unseen {
			begin(p, "look up", func() { f.lookUp(ctx, p) })
		}
	}
	if due.Outbox {
		messages, err := f.node.Outbox(ctx)
		if err != nil {
			return err
		}
		for _, of := range byPeer(messages) {
			begin(of[0].Peer, "send", func() { f.send(ctx, of) })
		}
	}
	if due.Behind {
		behind, err := f.node.Behind(ctx)
		if err != nil {
			return err
		}
		for _, p := range behind {
			begin(p, "deliver", func() { f.deliver(ctx, p) })
		}
	}
	return nil
}

// byPeer are messages by whom they are to, in order.
func byPeer(messages []node.Outgoing) [][]node.Outgoing {
	at := map[[2]valueflows.ID]int{}
	var all [][]node.Outgoing
	for _, m := range messages {
		key := [2]valueflows.ID{m.Lab, m.Peer.ID}
		if _, known := at[key]; !known {
			at[key] = len(all)
			all = append(all, nil)
		}
		all[at[key]] = append(all[at[key]], m)
	}
	return all
}

// busy is what is under way, so that no second one is begun when a lease ends
// before the work does.
type busy struct{ with sync.Map }

type task struct {
	lab, peer valueflows.ID
	work      string
}

// begin tells whether some work with a peer was not under way, and is now.
func (b *busy) begin(p *node.Peer, work string) bool {
	_, already := b.with.LoadOrStore(task{p.Lab, p.ID, work}, true)
	return !already
}

// end says that it is done.
func (b *busy) end(p *node.Peer, work string) { b.with.Delete(task{p.Lab, p.ID, work}) }
