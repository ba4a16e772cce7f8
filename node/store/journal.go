package store

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"

	"disconode/valueflows"
)

// Head is the journal's last entry, and how often what processes keep in
// memory has changed.
type Head struct {
	Position int64
	Hash     [32]byte
	Cached   int64
}

// Operation is what an entry does to its record.
type Operation string

// The operations. Adopt lets a further LAB know an agent; Claim keeps what a LAB
// on another node says of a record of its own books; Forget takes back what was
// said of a record that other books name, whose name stays.
const (
	Create Operation = "create"
	Update Operation = "update"
	Delete Operation = "delete"
	Adopt  Operation = "adopt"
	Claim  Operation = "claim"
	Forget Operation = "forget"
)

// Entry is a change that was accepted. Salt and Body are nil once redacted.
type Entry struct {
	Position   int64
	ID         valueflows.ID
	Record     valueflows.ID
	Class      valueflows.Class
	Operation  Operation
	Lab, Who   valueflows.ID
	At         valueflows.Instant
	Key        string
	Salt, Body []byte
	Commitment [32]byte
	Hash       [32]byte
}

// commit is SHA-256 of salt and body.
func (e *Entry) commit() [32]byte {
	return sha256.Sum256(append(append(make([]byte, 0, len(e.Salt)+len(e.Body)), e.Salt...), e.Body...))
}

// chain is SHA-256 of the hash before, the header and the commitment. Each
// field of the header stands behind its length.
func (e *Entry) chain(before [32]byte) [32]byte {
	text := make([]byte, 0, 256)
	field := func(b []byte) {
		text = binary.BigEndian.AppendUint32(text, uint32(len(b)))
		text = append(text, b...)
	}
	number := func(n int64) { field(binary.BigEndian.AppendUint64(nil, uint64(n))) }
	field(before[:])
	number(e.Position)
	field(e.ID[:])
	field(e.Record[:])
	field([]byte(e.Class))
	field([]byte(e.Operation))
	field(e.Lab[:])
	field(e.Who[:])
	number(int64(e.At))
	field([]byte(e.Key))
	field(e.Commitment[:])
	return sha256.Sum256(text)
}

// Append adds an entry to the journal, giving it its position, commitment and hash.
func (tx *Tx) Append(e *Entry) {
	e.Position = tx.head.Position + 1
	e.Commitment = e.commit()
	e.Hash = e.chain(tx.head.Hash)
	tx.head.Position, tx.head.Hash = e.Position, e.Hash
	tx.log = append(tx.log, e)
}

// Touch says that something changed which processes keep in memory.
func (tx *Tx) Touch() { tx.head.Cached++ }

var journalColumns = []string{"position", "entry", "record", "class", "operation", "lab", "who", "at", "key", "salt", "body", "commitment", "hash"}

func (tx *Tx) flushJournal(ctx context.Context) error {
	log := tx.log
	tx.log = nil
	return insert(ctx, tx, "journal", journalColumns, "", len(log), func(i int) ([]any, error) {
		e := log[i]
		return []any{e.Position, e.ID[:], e.Record[:], string(e.Class), string(e.Operation), idArg(e.Lab), idArg(e.Who), int64(e.At), e.Key,
			e.Salt, e.Body, e.Commitment[:], e.Hash[:]}, nil
	})
}

func readHead(ctx context.Context, q querier, tail string) (Head, error) {
	rows, err := q.query(ctx, "SELECT position, hash, cached FROM journal_head WHERE one = 1"+tail)
	if err != nil {
		return Head{}, err
	}
	defer rows.Close()
	var h Head
	if !rows.Next() {
		return h, rows.Err() // a database that holds no node yet
	}
	var hash []byte
	if err := rows.Scan(&h.Position, &hash, &h.Cached); err != nil {
		return Head{}, fmt.Errorf("read the journal's head: %w", err)
	}
	copy(h.Hash[:], hash)
	return h, nil
}

// Head is the journal's last entry, as committed.
func (s *Store) Head(ctx context.Context) (Head, error) { return readHead(ctx, s, "") }

func scanEntries(ctx context.Context, q querier, tail string, args ...any) ([]*Entry, error) {
	text := "SELECT position, entry, record, class, operation, lab, who, at, key, salt, body, commitment, hash FROM journal " + tail
	rows, err := q.query(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []*Entry
	for rows.Next() {
		e := new(Entry)
		var commitment, hash []byte
		var at int64
		if err := rows.Scan(&e.Position, idValue{&e.ID}, idValue{&e.Record}, &e.Class, &e.Operation, idValue{&e.Lab}, idValue{&e.Who}, &at, &e.Key,
			&e.Salt, &e.Body, &commitment, &hash); err != nil {
			return nil, fmt.Errorf("read the journal: %w", err)
		}
		e.At = valueflows.Instant(at)
		if len(commitment) != len(e.Commitment) || len(hash) != len(e.Hash) {
			return nil, fmt.Errorf("read the journal: entry %d has a hash of the wrong length", e.Position)
		}
		copy(e.Commitment[:], commitment)
		copy(e.Hash[:], hash)
		all = append(all, e)
	}
	return all, rows.Err()
}

// EntriesOf are the journal entries of a record, oldest first.
func (s *Store) EntriesOf(ctx context.Context, record valueflows.ID) ([]*Entry, error) {
	return scanEntries(ctx, s, "WHERE record = ? ORDER BY position", idArg(record))
}

// EntriesOf are the journal entries of a record, oldest first, as the
// transaction sees them.
func (tx *Tx) EntriesOf(record valueflows.ID) ([]*Entry, error) {
	return scanEntries(tx.w.ctx, tx, "WHERE record = ? ORDER BY position", idArg(record))
}

// Headers are the journal entries of records, oldest first, without their
// bodies and hashes.
func (s *Store) Headers(ctx context.Context, records []valueflows.ID) (map[valueflows.ID][]*Entry, error) {
	all := map[valueflows.ID][]*Entry{}
	for len(records) > 0 {
		n := min(len(records), 512)
		rows, err := s.query(ctx, "SELECT position, entry, record, operation, lab, who, at FROM journal WHERE record"+in(n)+" ORDER BY position", padded(records[:n])...)
		if err != nil {
			return nil, err
		}
		for rows.Next() {
			e := new(Entry)
			if err := rows.Scan(&e.Position, idValue{&e.ID}, idValue{&e.Record}, &e.Operation, idValue{&e.Lab}, idValue{&e.Who}, numberValue[valueflows.Instant]{&e.At}); err != nil {
				rows.Close()
				return nil, err
			}
			all[e.Record] = append(all[e.Record], e)
		}
		rows.Close()
		if err := rows.Err(); err != nil {
			return nil, err
		}
		records = records[n:]
	}
	return all, nil
}

// Entry is one journal entry by its id. It fails with [ErrNotFound].
func (s *Store) Entry(ctx context.Context, id valueflows.ID) (*Entry, error) {
	return first(scanEntries(ctx, s, "WHERE entry = ?", idArg(id)))
}

// Entry is one journal entry by its id. It fails with [ErrNotFound].
func (tx *Tx) Entry(id valueflows.ID) (*Entry, error) {
	return first(scanEntries(tx.w.ctx, tx, "WHERE entry = ?", idArg(id)))
}

func first[T any](all []*T, err error) (*T, error) {
	if err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return nil, ErrNotFound
	}
	return all[0], nil
}

// journalPage is how many entries are read at once, so that memory stays flat.
const journalPage = 512

// Entries calls do with every journal entry in order.
func entries(ctx context.Context, q querier, do func(*Entry) error) error {
	for after := int64(0); ; {
		page, err := scanEntries(ctx, q, "WHERE position > ? ORDER BY position LIMIT 512", after)
		if err != nil {
			return err
		}
		for _, e := range page {
			if err := do(e); err != nil {
				return err
			}
			after = e.Position
		}
		if len(page) < journalPage {
			return nil
		}
	}
}

// Entries calls do with every journal entry in order, as the transaction sees them.
func (tx *Tx) Entries(do func(*Entry) error) error { return entries(tx.w.ctx, tx, do) }

// Check walks the journal and says in words what is wrong with its chain: a
// position or a body that is missing, a body that is not what was committed to, a hash
// that does not follow from the entry before. do is called with every entry.
func (p *Snapshot) Check(ctx context.Context, do func(*Entry) error) ([]string, error) {
	head, err := readHead(ctx, p, "")
	if err != nil {
		return nil, err
	}
	var wrong []string
	var last Head
	err = entries(ctx, p, func(e *Entry) error {
		if e.Position != last.Position+1 {
			wrong = append(wrong, fmt.Sprintf("journal: entry %d follows entry %d", e.Position, last.Position))
		}
		switch {
		case e.Body == nil || e.Salt == nil: // nothing redacts entries yet
			wrong = append(wrong, fmt.Sprintf("journal: the body of entry %d is missing", e.Position))
		case e.commit() != e.Commitment:
			wrong = append(wrong, fmt.Sprintf("journal: the body of entry %d is not what was committed to", e.Position))
		}
		if e.chain(last.Hash) != e.Hash {
			wrong = append(wrong, fmt.Sprintf("journal: the hash of entry %d does not follow from the entry before", e.Position))
		}
		last.Position, last.Hash = e.Position, e.Hash
		return do(e)
	})
	if err != nil {
		return wrong, err
	}
	if last.Position != head.Position || last.Hash != head.Hash {
		wrong = append(wrong, fmt.Sprintf("journal: its head is entry %d, its last entry is %d", head.Position, last.Position))
	}
	return wrong, nil
}
