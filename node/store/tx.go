package store

import (
	"context"
	"database/sql"
	"fmt"
	"runtime/debug"
	"slices"

	"disconode/valueflows"
)

// Tx is the writer's transaction as a command sees it. Rows that it puts are
// kept and written together, one statement a table, before anything reads them
// and at the latest before the commit; a row that it reads by id stays the same
// pointer until then.
type Tx struct {
	w        *writer
	head     Head
	began    Head
	rows     map[string]pending // by table
	log      []*Entry
	given    []*given        // answers on their way
	answered map[Key]*Answer // those of the group's keys that are there
}

// pending are the rows of one table in a transaction.
type pending interface {
	write(context.Context, *Tx) error
}

func newTx(w *writer) *Tx { return &Tx{w: w, rows: map[string]pending{}} }

// open takes the journal's head: from here on this process alone appends.
func (tx *Tx) open(ctx context.Context) error {
	head, err := readHead(ctx, tx, tx.w.store.dialect.forUpdate)
	tx.head, tx.began = head, head
	return err
}

// closeHead writes the journal's new head.
func (tx *Tx) closeHead(ctx context.Context) error {
	if tx.head == tx.began {
		return nil
	}
	return tx.exec(ctx, "UPDATE journal_head SET position = ?, hash = ?, cached = ?", tx.head.Position, tx.head.Hash[:], tx.head.Cached)
}

// run carries out a command; a panic in it is its error.
func (tx *Tx) run(ctx context.Context, c *command) (err error) {
	defer func() {
		if r := recover(); r != nil {
			tx.w.store.log.Error("a command panicked", "panic", r, "stack", string(debug.Stack()))
			err = fmt.Errorf("a command panicked: %v", r)
		}
	}()
	return c.do(tx)
}

// Context is the writer's: what a command runs on its Tx uses this one.
func (tx *Tx) Context() context.Context { return tx.w.ctx }

func (tx *Tx) exec(ctx context.Context, text string, args ...any) error {
	if len(args) == 0 { // BEGIN and the like
		_, err := tx.w.conn.ExecContext(ctx, text)
		return tx.w.step(err)
	}
	stmt, err := tx.prepare(ctx, text)
	if err != nil {
		return err
	}
	_, err = stmt.ExecContext(ctx, args...)
	return tx.w.step(err)
}

// query reads in the transaction, after all that it has put.
func (tx *Tx) query(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	if err := tx.flush(ctx); err != nil {
		return nil, err
	}
	return tx.peek(ctx, text, args...)
}

// peek reads in the transaction what nothing that it has put can change.
func (tx *Tx) peek(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	stmt, err := tx.prepare(ctx, text)
	if err != nil {
		return nil, err
	}
	rows, err := stmt.QueryContext(ctx, args...)
	return rows, tx.w.step(err)
}

func (tx *Tx) prepare(ctx context.Context, text string) (interface {
	ExecContext(context.Context, ...any) (sql.Result, error)
	QueryContext(context.Context, ...any) (*sql.Rows, error)
}, error) {
	if stmt, ok := tx.w.kept[text]; ok {
		return stmt, nil
	}
	stmt, err := tx.w.conn.PreparexContext(ctx, tx.w.store.dialect.rebind(text))
	if err != nil {
		return nil, tx.w.store.translate(err)
	}
	tx.w.kept[text] = stmt
	return stmt, nil
}

// flush writes what was put.
func (tx *Tx) flush(ctx context.Context) error {
	for _, name := range tableOrder {
		if rows, ok := tx.rows[name]; ok {
			if err := rows.write(ctx, tx); err != nil {
				return err
			}
		}
	}
	if err := tx.flushAnswers(ctx); err != nil {
		return err
	}
	if err := tx.flushJournal(ctx); err != nil {
		return err
	}
	for _, g := range tx.given { // written, with all that they answer for
		tx.answered[g.Key] = &g.Answer
	}
	tx.given = nil
	return nil
}

// Relax writes what was put and forgets the rows that were read, so that a
// command over many records stays small. Pointers to rows from before are stale.
func (tx *Tx) Relax() error {
	if err := tx.flush(tx.w.ctx); err != nil {
		return err
	}
	tx.rows = map[string]pending{}
	return nil
}

// forget drops what was put and read: the command that did so failed.
func (tx *Tx) forget() { tx.rows, tx.log, tx.given = map[string]pending{}, nil, nil }

// rowsOf are the pending rows of a table in a transaction.
type rowsOf[T any] struct {
	table *table[T]
	known map[valueflows.ID]*T
	dirty []valueflows.ID
	isNew map[valueflows.ID]bool // in dirty
	there map[valueflows.ID]bool // in the table before
	names map[valueflows.ID]bool // those in dirty that may name others than before in a property that may name many
}

func (r *rowsOf[T]) write(ctx context.Context, tx *Tx) error {
	if len(r.dirty) == 0 {
		return nil
	}
	rows := make([]*T, len(r.dirty))
	var naming []*T
	for i, id := range r.dirty {
		if rows[i] = r.known[id]; r.names[id] {
			naming = append(naming, rows[i])
		}
	}
	r.dirty, r.isNew, r.names = nil, map[valueflows.ID]bool{}, map[valueflows.ID]bool{}
	if err := r.table.upsert(ctx, tx, rows); err != nil {
		return err
	}
	if err := r.table.putInverse(ctx, tx, naming, r.there); err != nil {
		return err
	}
	for _, row := range rows {
		r.there[r.table.id(row)] = true
	}
	return nil
}

func (t *table[T]) pending(tx *Tx) *rowsOf[T] {
	if rows, ok := tx.rows[t.name]; ok {
		return rows.(*rowsOf[T])
	}
	rows := &rowsOf[T]{table: t, known: map[valueflows.ID]*T{}, isNew: map[valueflows.ID]bool{}, there: map[valueflows.ID]bool{}, names: map[valueflows.ID]bool{}}
	tx.rows[t.name] = rows
	return rows
}

// put keeps a row for writing.
func (t *table[T]) put(tx *Tx, row *T) {
	rows, id := t.pending(tx), t.id(row)
	if before := rows.known[id]; before == nil || before == row || !t.namesAlike(before, row) {
		rows.names[id] = true
	}
	rows.known[id] = row
	if !rows.isNew[id] {
		rows.isNew[id] = true
		rows.dirty = append(rows.dirty, id)
	}
}

// namesAlike tells whether two rows name the same in the properties that may name many.
func (t *table[T]) namesAlike(a, b *T) bool {
	return t.lists == nil || slices.EqualFunc(t.lists(a), t.lists(b), func(a, b listed) bool { return slices.Equal(a.ids, b.ids) })
}

// get reads a row by its id, as the transaction sees it.
// It fails with [ErrNotFound].
func (t *table[T]) get(ctx context.Context, tx *Tx, id valueflows.ID) (*T, error) {
	rows := t.pending(tx)
	if row, ok := rows.known[id]; ok {
		return row, nil
	}
	found, err := tx.peek(ctx, t.selectFrom("WHERE "+t.header()[0]+" = ?"), idArg(id))
	if err != nil {
		return nil, err
	}
	defer found.Close()
	if !found.Next() {
		if err := found.Err(); err != nil {
			return nil, tx.w.store.translate(err)
		}
		return nil, ErrNotFound
	}
	row, err := t.scan(found)
	if err != nil {
		return nil, err
	}
	rows.known[id], rows.there[id] = row, true
	return row, nil
}

// Position is the journal's last position, as the transaction sees it.
func (tx *Tx) Position() int64 { return tx.head.Position }
