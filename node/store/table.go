package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"sync"

	"disconode/valueflows"
)

// table is a projection: its columns are listed once, and SELECT and upsert
// follow from the list. The first column is the primary key, an id.
type table[T any] struct {
	name    string
	columns func(*T) []column
	id      func(*T) valueflows.ID
	lists   func(*T) []listed // its properties that name many; nil where it has none

	once  sync.Once
	names []string
}

func (t *table[T]) header() []string {
	t.once.Do(func() {
		for _, c := range t.columns(new(T)) {
			t.names = append(t.names, c.name)
		}
	})
	return t.names
}

// selectFrom is the SELECT of whole rows that the rest of the text narrows.
func (t *table[T]) selectFrom(rest string) string {
	return "SELECT " + strings.Join(t.header(), ", ") + " FROM " + t.name + " " + rest
}

func (t *table[T]) scan(rows *sql.Rows) (*T, error) {
	row := new(T)
	list := t.columns(row)
	into := make([]any, len(list))
	for i, c := range list {
		into[i] = c.value
	}
	if err := rows.Scan(into...); err != nil {
		return nil, fmt.Errorf("read %s: %w", t.name, err)
	}
	return row, nil
}

// where returns the rows that the text after WHERE selects.
func (t *table[T]) where(ctx context.Context, q querier, condition string, args ...any) ([]*T, error) {
	return t.all(ctx, q, t.selectFrom("WHERE "+condition), args...)
}

func (t *table[T]) all(ctx context.Context, q querier, text string, args ...any) ([]*T, error) {
	rows, err := q.query(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []*T
	for rows.Next() {
		row, err := t.scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, row)
	}
	return all, rows.Err()
}

// next moves to the one row that a query has. It fails with [ErrNotFound]
// where there is none.
func next(rows *sql.Rows) error {
	if rows.Next() {
		return nil
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return ErrNotFound
}

// in is an IN list for n values, padded to a power of two so that few
// statements stay prepared; [padded] gives its arguments.
func in(n int) string { return " IN (?" + strings.Repeat(",?", size(n)-1) + ")" }

func size(n int) int {
	p := 1
	for p < n {
		p *= 2
	}
	return p
}

func padded(ids []valueflows.ID) []any {
	args := make([]any, size(len(ids)))
	for i := range args {
		args[i] = idArg(ids[min(i, len(ids)-1)])
	}
	return args
}

// upsert writes rows: a row whose key is there already is replaced.
func (t *table[T]) upsert(ctx context.Context, tx *Tx, rows []*T) error {
	names := t.header()
	set := make([]string, 0, len(names))
	for _, name := range names[1:] {
		set = append(set, name+" = excluded."+name)
	}
	tail := " ON CONFLICT (" + names[0] + ") DO UPDATE SET " + strings.Join(set, ", ")
	return insert(ctx, tx, t.name, names, tail, len(rows), func(i int) ([]any, error) { return t.values(rows[i]) })
}

func (t *table[T]) values(row *T) ([]any, error) {
	list := t.columns(row)
	values := make([]any, len(list))
	for i, c := range list {
		v, err := c.value.Value()
		if err != nil {
			return nil, fmt.Errorf("write %s.%s: %w", t.name, c.name, err)
		}
		values[i] = v
	}
	return values, nil
}

// insert writes n rows in statements of 64 rows, of 16, and of what is left, so
// that few texts stay prepared.
func insert(ctx context.Context, tx *Tx, name string, columns []string, tail string, n int, values func(int) ([]any, error)) error {
	one := "(?" + strings.Repeat(",?", len(columns)-1) + ")"
	for i := 0; i < n; {
		k := min(n-i, 16)
		if n-i >= 64 {
			k = 64
		}
		args := make([]any, 0, k*len(columns))
		for range k {
			row, err := values(i)
			if err != nil {
				return err
			}
			args = append(args, row...)
			i++
		}
		text := "INSERT INTO " + name + " (" + strings.Join(columns, ", ") + ") VALUES " + one + strings.Repeat(","+one, k-1) + tail
		if err := tx.exec(ctx, text, args...); err != nil {
			return fmt.Errorf("write %s: %w", name, err)
		}
	}
	return nil
}
