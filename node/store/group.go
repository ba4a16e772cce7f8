package store

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// tries runs the group until it is decided: together at first; where a command
// fails, again with a savepoint around each, so that it costs only itself; and
// again as a whole where the connection was lost.
func (w *writer) tries(group []*command) error {
	savepoints := false
	var err error
	for try := range triesMax {
		if w.ctx.Err() != nil {
			return errClosing
		}
		if err = w.group(group, savepoints); err == nil {
			w.unwell = false
			return nil
		}
		if w.ctx.Err() != nil {
			w.drop()
			return errClosing
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
			w.unwell = true
			if try == triesMax-1 {
				break
			}
			select {
			case <-time.After(w.pause << (2 * try)):
			case <-w.ctx.Done():
			}
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
	w.forget()
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
	// Once begun, a commit is not called off: it would be unknown whether it came.
	return tx.exec(context.WithoutCancel(w.ctx), "COMMIT")
}

// decided is a command's own failure, or the connection's.
func decided(c *command, err error) error {
	if lost(err) || errors.Is(err, ErrUnavailable) || errors.Is(err, ErrConflict) {
		return err
	}
	return &failedCommand{c, err}
}
