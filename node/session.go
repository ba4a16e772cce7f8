package node

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"

	"disconode/node/store"
	"disconode/valueflows"
	"disconode/valueflows/jsonld"
)

// session is one use case at work within the writer's transaction: on whose
// behalf, when, under which idempotency key. Whatever it does may run again.
type session struct {
	n   *Node
	ctx context.Context // the caller's: for values, never for waiting
	tx  *store.Tx
	by  Principal
	at  valueflows.Instant
	key string
	// lenient adopts a history as it was told: what it draws below zero may be
	// overdrawn from then on, and overdrawn is told which resource at which event.
	lenient   bool
	overdrawn func(*valueflows.EconomicEvent, *valueflows.EconomicResource)
	touched   bool
	// nested is what was put into a container last, or what things were put into.
	nested  valueflows.ID
	checked any // the record whose references are looked at; nil for none
}

type keyKey struct{}

type idempotencyKey struct {
	key     string
	request []byte
}

// keyMax is the longest idempotency key, in bytes.
const keyMax = 255

// WithIdempotencyKey has the next write under the context happen once for this
// key of the user in the LAB: a repetition with the same request is answered as the first
// was; with another request it fails with [ErrConflict]. The request is what the
// caller asked for, where the record alone does not say it.
func WithIdempotencyKey(ctx context.Context, key string, request ...[]byte) context.Context {
	k := idempotencyKey{key: key}
	for _, r := range request {
		k.request = append(k.request, r...)
	}
	return context.WithValue(ctx, keyKey{}, k)
}

// write runs a use case in the writer's next commit.
func (n *Node) write(ctx context.Context, do func(*session) error) error {
	k, _ := ctx.Value(keyKey{}).(idempotencyKey)
	if len(k.key) > keyMax {
		return valueflows.Invalid("INVALID_KEY", "an idempotency key is at most %d characters long", keyMax)
	}
	var touched bool
	var key store.Key
	if k.key != "" {
		key = PrincipalOf(ctx).key(k.key)
	}
	err := n.store.WriteOnce(ctx, key, func(tx *store.Tx) error {
		s := &session{n: n, ctx: ctx, tx: tx, by: PrincipalOf(ctx), at: valueflows.InstantOf(n.now()), key: k.key}
		err := do(s)
		touched = s.touched
		return err
	})
	if err != nil { // the caller may have given up: the command may still be at work
		n.cache.drop()
		return outward(err)
	}
	if touched {
		n.cache.drop()
	}
	return nil
}

// key is an idempotency key of the principal's own.
func (p Principal) key(text string) store.Key { return store.Key{Lab: p.Lab, User: p.User, Text: text} }

// once runs a use case that makes or changes records, and returns their ids. A
// repetition under the same idempotency key has no further effect: it returns
// the ids that the first one did.
func (n *Node) once(ctx context.Context, verb string, request []byte, do func(*session) ([]valueflows.ID, error)) ([]valueflows.ID, error) {
	k, _ := ctx.Value(keyKey{}).(idempotencyKey)
	if k.key == "" { // made for a client that sends none: the group may run again after a lost connection
		k.key = n.newID().String()
		ctx = context.WithValue(ctx, keyKey{}, k)
	}
	digest := sha256.Sum256(append(append([]byte(verb+"\n"), request...), k.request...))
	var ids []valueflows.ID
	err := n.write(ctx, func(s *session) error {
		known, err := s.tx.Answered(s.by.key(k.key))
		if err == nil {
			if known.Request != digest {
				return ErrConflict
			}
			ids, err = parseIDs(known.Answer)
			return err
		}
		if !errors.Is(err, store.ErrNotFound) {
			return err
		}
		if ids, err = do(s); err != nil {
			return err
		}
		answer, err := json.Marshal(texts(ids))
		if err != nil {
			return err
		}
		s.tx.PutAnswer(s.by.key(k.key), store.Answer{Request: digest, Answer: string(answer)}, s.at)
		return nil
	})
	if err != nil {
		return nil, err // what a command that is still at work writes is not looked at
	}
	return ids, nil
}

func texts(ids []valueflows.ID) []string {
	list := make([]string, len(ids))
	for i, id := range ids {
		list[i] = id.String()
	}
	return list
}

func parseIDs(text string) ([]valueflows.ID, error) {
	var list []string
	if err := json.Unmarshal([]byte(text), &list); err != nil {
		return nil, fmt.Errorf("an answer that was kept: %w", err)
	}
	ids := make([]valueflows.ID, len(list))
	for i, text := range list {
		var err error
		if ids[i], err = valueflows.ParseID(text); err != nil {
			return nil, fmt.Errorf("an answer that was kept: %w", err)
		}
	}
	return ids, nil
}

// touch says that something changed which processes keep in memory.
func (s *session) touch() {
	if !s.touched {
		s.touched = true
		s.tx.Touch()
	}
}

const saltBytes = 16

// append writes a change of a record to the journal and to its projection.
func (s *session) append(class valueflows.Class, op store.Operation, record any) error {
	rec := recordOf(record)
	body, err := jsonld.Encode(record)
	if err != nil {
		return valueflows.Invalid("INVALID_TEXT", "the record cannot be written: %s", err)
	}
	if holdsNUL(body) {
		return valueflows.Invalid("INVALID_TEXT", "a text holds the character U+0000: leave it out")
	}
	if len(body) > bodyMax {
		return valueflows.Invalid("TOO_LARGE", "a record has at most %d bytes, this one has %d: shorten its texts", bodyMax, len(body))
	}
	entry := s.entry(class, op, rec.ID, rec.Books, body)
	return s.project(entry, record)
}

// bodyMax is how many bytes a record may have.
const bodyMax = 256 << 10

// holdsNUL tells whether canonical JSON holds a text with the character that
// PostgreSQL cannot keep. An escaped backslash before u0000 is none.
func holdsNUL(body []byte) bool {
	return bytes.Contains(bytes.ReplaceAll(body, []byte(`\\`), nil), []byte(`\u0000`))
}

// entry appends to the journal.
func (s *session) entry(class valueflows.Class, op store.Operation, record, lab valueflows.ID, body []byte) *store.Entry {
	salt := make([]byte, saltBytes)
	rand.Read(salt)
	e := &store.Entry{ID: s.n.newID(), Record: record, Class: class, Operation: op, Lab: lab, Who: s.by.User, At: s.at, Key: s.key, Salt: salt, Body: body}
	s.tx.Append(e)
	return e
}
