package store

import (
	"context"

	"disconode/valueflows"
)

// Answer is what a write was answered, by its key.
type Answer struct {
	Request [32]byte // SHA-256 of what was asked
	Answer  string   // ids of the records made
}

// given is an answer on its way to the table.
type given struct {
	Answer
	Key
	at valueflows.Instant
}

// Key names a write, so that it happens once: LAB, user and idempotency key.
// The zero Key is a write that has none.
type Key struct {
	Lab, User valueflows.ID
	Text      string
}

// scope is the LAB and the user that a key is of.
func (k Key) scope() []byte { return append(append([]byte{}, k.Lab[:]...), k.User[:]...) }

// Answered is the answer that a key of the transaction's commands was given.
// It fails with [ErrNotFound].
func (tx *Tx) Answered(key Key) (*Answer, error) {
	for _, g := range tx.given { // by an earlier command of the group
		if g.Key == key {
			return &g.Answer, nil
		}
	}
	if a, ok := tx.answered[key]; ok {
		return a, nil
	}
	return nil, ErrNotFound
}

// recall reads the answers that the keys of a group were given, in one statement.
func (tx *Tx) recall(ctx context.Context, group []*command) error {
	var keys []any
	for _, c := range group {
		if c.key != (Key{}) {
			keys = append(keys, c.key.Text)
		}
	}
	tx.answered = map[Key]*Answer{}
	if len(keys) == 0 {
		return nil
	}
	for n := size(len(keys)); len(keys) < n; {
		keys = append(keys, keys[0])
	}
	rows, err := tx.peek(ctx, "SELECT scope, key, request, answer FROM idempotency WHERE key"+in(len(keys)), keys...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var key Key
		a := new(Answer)
		var scope, request []byte
		if err := rows.Scan(&scope, &key.Text, &request, &a.Answer); err != nil {
			return err
		}
		copy(key.Lab[:], scope)
		copy(key.User[:], scope[min(len(scope), len(key.Lab)):])
		copy(a.Request[:], request)
		tx.answered[key] = a
	}
	return rows.Err()
}

// PutAnswer keeps the answer that a key is given.
func (tx *Tx) PutAnswer(key Key, a Answer, at valueflows.Instant) {
	tx.given = append(tx.given, &given{a, key, at})
}

func (tx *Tx) flushAnswers(ctx context.Context) error {
	all := tx.given
	return insert(ctx, tx, "idempotency", []string{"scope", "key", "request", "answer", "at"}, "", len(all), func(i int) ([]any, error) {
		g := all[i]
		return []any{g.scope(), g.Text, g.Request[:], g.Answer.Answer, int64(g.at)}, nil
	})
}
