package store

import (
	"context"
	"database/sql/driver"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jmoiron/sqlx"
)

// The most commands that one commit carries, and how often a group is tried
// while the database does not answer.
const (
	groupMax = 256
	triesMax = 6
)

// closeGrace is how long a closing writer waits for a database that does not
// get on, and then how long for the statement under way to stop.
const closeGrace = time.Second

// writer is the one hand that writes: it drains the waiting commands into one
// transaction, commits once, then answers them all. A transaction uses the
// writer's context; a caller's only bounds its waiting, so that one who gives
// up harms nobody.
type writer struct {
	store    *Store
	queue    chan *command
	ctx      context.Context
	stop     context.CancelFunc
	done     chan struct{} // closed when all commands are answered
	over     chan struct{} // closed when close waits no longer
	ending   chan struct{} // closed when close begins
	once     sync.Once
	closing  sync.RWMutex
	closed   bool
	pause    time.Duration // after the first try; after each further one, four times as long
	unwell   bool          // the last try failed, and not for a command's sake
	steps    atomic.Int64  // statements that a database that is well has answered
	conn     *sqlx.Conn
	kept     map[string]*sqlx.Stmt
	commits  atomic.Int64
	commands atomic.Int64
}

type command struct {
	ctx  context.Context
	key  Key
	do   func(*Tx) error
	done chan error
	err  error
}

func newWriter(s *Store) *writer {
	ctx, stop := context.WithCancel(context.Background())
	w := &writer{store: s, queue: make(chan *command, 4*groupMax), ctx: ctx, stop: stop, pause: 20 * time.Millisecond,
		done: make(chan struct{}), over: make(chan struct{}), ending: make(chan struct{})}
	go w.run()
	return w
}

// close answers the commands that wait, however many, while the database gets
// on. Where it does not for as long as the grace, what is not committed is
// answered with [ErrUnavailable].
func (w *writer) close() {
	w.once.Do(func() {
		close(w.ending)
		w.closing.Lock()
		w.closed = true
		close(w.queue)
		w.closing.Unlock()
		defer close(w.over)
		for before := w.steps.Load(); ; {
			select {
			case <-w.done:
				w.stop()
				return
			case <-time.After(closeGrace):
			}
			now := w.steps.Load()
			if now == before {
				break
			}
			before = now
		}
		w.stop()
		select {
		case <-w.done:
		case <-time.After(closeGrace): // not even the statement under way stops
		}
	})
}

// step translates a statement's error, and notes that the database gets on
// where there is none.
func (w *writer) step(err error) error {
	if err == nil && !w.unwell {
		w.steps.Add(1)
	}
	return w.store.translate(err)
}

// errClosing answers a command that was not committed before the end.
var errClosing = fmt.Errorf("%w: it is closing", ErrUnavailable)

// Write runs a command in the writer's next commit, and returns when that is
// done, or when ctx ends; then the command may still be carried out. The
// command may run more than once: it has no effect but on its Tx.
func (s *Store) Write(ctx context.Context, do func(*Tx) error) error {
	return s.WriteOnce(ctx, Key{}, do)
}

// WriteOnce is [Store.Write] for a command that asks [Tx.Answered] for its key.
func (s *Store) WriteOnce(ctx context.Context, key Key, do func(*Tx) error) error {
	c := &command{ctx: ctx, key: key, do: do, done: make(chan error, 1)}
	w := s.writer
	w.closing.RLock()
	if w.closed {
		w.closing.RUnlock()
		return errClosing
	}
	select {
	case w.queue <- c:
		w.closing.RUnlock()
	case <-w.ending:
		w.closing.RUnlock()
		return errClosing
	case <-ctx.Done():
		w.closing.RUnlock()
		return ctx.Err()
	}
	select {
	case err := <-c.done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	case <-w.over:
	}
	select {
	case err := <-c.done:
		return err
	default: // the commit itself does not answer
		return errClosing
	}
}

func (w *writer) run() {
	defer close(w.done)
	defer w.drop()
	for first := range w.queue {
		group := []*command{first}
	drain:
		for len(group) < groupMax {
			select {
			case c, open := <-w.queue:
				if !open {
					break drain
				}
				group = append(group, c)
			default:
				break drain
			}
		}
		w.commit(group)
	}
}

// commit carries out a group and answers each of its commands.
func (w *writer) commit(group []*command) {
	waiting := group[:0]
	for _, c := range group {
		if err := c.ctx.Err(); err != nil {
			c.done <- err // gave up before its turn: nothing was begun
			continue
		}
		waiting = append(waiting, c)
	}
	if len(waiting) == 0 {
		return
	}
	err := w.tries(waiting)
	for _, c := range waiting {
		if err != nil {
			c.err = err
		}
		if c.err == nil {
			w.commands.Add(1)
		}
		c.done <- c.err
	}
	if err == nil {
		w.commits.Add(1)
	}
}

func (w *writer) connect() error {
	if w.conn != nil {
		return nil
	}
	conn, err := w.store.write.Connx(w.ctx)
	if err != nil {
		return err
	}
	w.conn, w.kept = conn, map[string]*sqlx.Stmt{}
	return nil
}

// forget closes the prepared statements, between groups, where they are many.
func (w *writer) forget() {
	if len(w.kept) <= writeStatementsMax {
		return
	}
	for _, stmt := range w.kept {
		stmt.Close()
	}
	w.kept = map[string]*sqlx.Stmt{}
}

// drop lets the connection go: the next group starts on another.
func (w *writer) drop() {
	if w.conn == nil {
		return
	}
	for _, stmt := range w.kept {
		stmt.Close()
	}
	// Raw makes database/sql close a connection that it would else keep.
	_ = w.conn.Raw(func(any) error { return driver.ErrBadConn })
	w.conn.Close()
	w.conn, w.kept = nil, nil
}
