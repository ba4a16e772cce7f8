package store

import (
	"context"
	"database/sql/driver"
	"errors"
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

// writer is the one hand that writes: it drains the waiting commands into one
// transaction, commits once, then answers them all. A transaction uses the
// writer's context; a caller's only bounds its waiting, so that one who gives
// up harms nobody.
type writer struct {
	store    *Store
	queue    chan *command
	ctx      context.Context
	stop     context.CancelFunc
	done     chan struct{}
	closing  sync.RWMutex
	closed   bool
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
	w := &writer{store: s, queue: make(chan *command, 4*groupMax), ctx: ctx, stop: stop, done: make(chan struct{})}
	go w.run()
	return w
}

func (w *writer) close() {
	w.closing.Lock()
	if !w.closed {
		w.closed = true
		close(w.queue)
	}
	w.closing.Unlock()
	<-w.done
	w.stop()
	w.drop()
}

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
		return fmt.Errorf("%w: it is closing", ErrUnavailable)
	}
	select {
	case w.queue <- c:
		w.closing.RUnlock()
	case <-ctx.Done():
		w.closing.RUnlock()
		return ctx.Err()
	}
	select {
	case err := <-c.done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (w *writer) run() {
	defer close(w.done)
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

// tries runs the group until it is decided: together at first; where a command
// fails, again with a savepoint around each, so that it costs only itself; and
// again as a whole where the connection was lost.
func (w *writer) tries(group []*command) error {
	savepoints := false
	var err error
	for try := range triesMax {
		if err = w.group(group, savepoints); err == nil {
			return nil
		}
		var failed *failedCommand
		switch {
		case errors.As(err, &failed):
			if len(group) == 1 {
				failed.command.err = failed.err
				return nil
			}
			savepoints = true
			continue
		case lost(err), errors.Is(w.store.translate(err), ErrConflict), errors.Is(err, ErrConflict), errors.Is(err, ErrUnavailable):
			w.store.log.Warn("writing again", "reason", "the database did not take the group", "try", try+1)
			w.drop()
			time.Sleep(time.Duration(20<<(2*try)) * time.Millisecond)
		default:
			w.drop()
			return w.store.translate(err)
		}
	}
	return fmt.Errorf("%w: %w", ErrUnavailable, err)
}

// failedCommand says which command of a group failed, the connection being well.
type failedCommand struct {
	command *command
	err     error
}

func (f *failedCommand) Error() string { return f.err.Error() }

func (w *writer) group(group []*command, savepoints bool) (err error) {
	if err := w.connect(); err != nil {
		return err
	}
	tx := newTx(w)
	if err := tx.exec(w.ctx, w.store.dialect.begin); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			if e := tx.exec(w.ctx, "ROLLBACK"); e != nil {
				w.drop()
			}
		}
	}()
	if err := tx.open(w.ctx); err != nil {
		return err
	}
	if err := tx.recall(w.ctx, group); err != nil {
		return err
	}
	for _, c := range group {
		c.err = nil
		if !savepoints {
			if err := tx.run(w.ctx, c); err != nil {
				return decided(c, err)
			}
			continue
		}
		if err := tx.exec(w.ctx, "SAVEPOINT command"); err != nil {
			return err
		}
		before := tx.head
		if err := tx.run(w.ctx, c); err == nil {
			err = tx.flush(w.ctx)
			c.err = err
		} else {
			c.err = err
		}
		if c.err != nil {
			if lost(c.err) || errors.Is(c.err, ErrUnavailable) || errors.Is(c.err, ErrConflict) {
				return c.err
			}
			tx.forget()
			tx.head = before
			if err := tx.exec(w.ctx, "ROLLBACK TO SAVEPOINT command"); err != nil {
				return err
			}
		}
		if err := tx.exec(w.ctx, "RELEASE SAVEPOINT command"); err != nil {
			return err
		}
	}
	if err := tx.flush(w.ctx); err != nil {
		if !savepoints {
			return decided(group[len(group)-1], err) // whose it is, the savepoints tell
		}
		return err
	}
	if err := tx.closeHead(w.ctx); err != nil {
		return err
	}
	if err := tx.exec(w.ctx, "COMMIT"); err != nil {
		return err
	}
	return nil
}

// decided is a command's own failure, or the connection's.
func decided(c *command, err error) error {
	if lost(err) || errors.Is(err, ErrUnavailable) || errors.Is(err, ErrConflict) {
		return err
	}
	return &failedCommand{c, err}
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
