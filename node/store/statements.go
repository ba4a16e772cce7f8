package store

import (
	recency "container/list"
	"context"
	"database/sql"
	"sync"

	"github.com/jmoiron/sqlx"
)

// The most statements that stay prepared: for the readers, and for the writer.
// Each is kept on every connection that ran it.
const (
	readStatementsMax  = 200
	writeStatementsMax = 256
)

// statements are the readers' prepared statements: those used last, by SQL text.
type statements struct {
	prepare func(ctx context.Context, text string) (*sqlx.Stmt, error)
	most    int

	mu    sync.Mutex
	known map[string]*recency.Element // of *statement
	order *recency.List               // used last first
}

// statement is prepared. It is closed when it is not kept any more and nobody
// uses it; rows still being read hold it open by themselves.
type statement struct {
	*sqlx.Stmt
	text  string
	users int
	gone  bool
}

func newStatements(most int, prepare func(context.Context, string) (*sqlx.Stmt, error)) *statements {
	return &statements{prepare: prepare, most: most, known: map[string]*recency.Element{}, order: recency.New()}
}

func (k *statements) query(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	s, err := k.take(ctx, text)
	if err != nil {
		return nil, err
	}
	defer k.give(s)
	return s.QueryContext(ctx, args...)
}

// take gives the statement of a text to one more user, who gives it back.
func (k *statements) take(ctx context.Context, text string) (*statement, error) {
	if s := k.find(text); s != nil {
		return s, nil
	}
	made, err := k.prepare(ctx, text)
	if err != nil {
		return nil, err
	}
	if s := k.find(text); s != nil { // another prepared it meanwhile
		made.Close()
		return s, nil
	}
	s := &statement{Stmt: made, text: text, users: 1}
	k.mu.Lock()
	var old []*statement
	if e, ok := k.known[text]; ok { // even now
		old = k.forget(e)
	}
	k.known[text] = k.order.PushFront(s)
	for k.order.Len() > k.most {
		old = append(old, k.forget(k.order.Back())...)
	}
	k.mu.Unlock()
	closeAll(old)
	return s, nil
}

func (k *statements) find(text string) *statement {
	k.mu.Lock()
	defer k.mu.Unlock()
	e, ok := k.known[text]
	if !ok {
		return nil
	}
	k.order.MoveToFront(e)
	s := e.Value.(*statement)
	s.users++
	return s
}

// give gives a statement back.
func (k *statements) give(s *statement) {
	k.mu.Lock()
	s.users--
	last := s.gone && s.users == 0
	k.mu.Unlock()
	if last {
		s.Close()
	}
}

// forget keeps a statement no longer, and returns it where it is to be closed
// now. The caller holds mu.
func (k *statements) forget(e *recency.Element) []*statement {
	s := k.order.Remove(e).(*statement)
	delete(k.known, s.text)
	s.gone = true
	if s.users > 0 {
		return nil
	}
	return []*statement{s}
}

// close closes every statement.
func (k *statements) close() {
	k.mu.Lock()
	var old []*statement
	for k.order.Len() > 0 {
		old = append(old, k.forget(k.order.Back())...)
	}
	k.mu.Unlock()
	closeAll(old)
}

func closeAll(all []*statement) {
	for _, s := range all {
		s.Close()
	}
}
