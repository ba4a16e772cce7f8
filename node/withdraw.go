package node

import (
	"bytes"
	"crypto/rand"

	"disconode/node/store"
	"disconode/valueflows"
)

// withdraw takes the name of a person who does not agree to be named any more
// out of what the audience was given: whoever reads the log later finds the
// pseudonym. Who had it already is told again of what changed.
func (t *publisher) withdraw(person valueflows.ID) error {
	private, err := t.isPrivate(person)
	if err != nil || !private {
		return err
	}
	pseudonym := []byte(t.name(person) + `"`)
	for after := int64(0); ; {
		page, err := t.tx.ToldAfter(t.audience.ID, after, tellAtOnce)
		if err != nil {
			return err
		}
		for _, entry := range page {
			after = entry.Position
			if !bytes.Contains(entry.Body, pseudonym) && (t.private == nil || !t.private.Match(entry.Body)) {
				continue
			}
			if err := t.rewrite(entry, person); err != nil {
				return err
			}
		}
		if len(page) < tellAtOnce {
			return nil
		}
	}
}

// rewrite says an entry of the log again as it may be said now, at its place.
func (t *publisher) rewrite(entry *store.Told, person valueflows.ID) error {
	again, err := t.again(entry)
	if err != nil || again == nil {
		return err
	}
	again.kind = entry.Kind
	body, err := t.body(entry.Activity, again)
	if err != nil || bytes.Equal(body, entry.Body) {
		return err
	}
	entry.Body, entry.Salt = body, make([]byte, saltBytes)
	rand.Read(entry.Salt)
	if err := t.tx.Rewrite(t.audience.ID, entry); err != nil {
		return err
	}
	if entry.Record != person { // which is told again already
		update := *again
		update.kind = "Update"
		t.told = append(t.told, &update)
	}
	return nil
}

// again is what may be said now of the record of an entry; nil where that is
// gone.
func (t *publisher) again(entry *store.Told) (*statement, error) {
	entries, err := t.tx.EntriesOf(entry.Record)
	if err != nil || len(entries) == 0 || entry.Kind == "Delete" {
		return nil, err
	}
	told := t.told
	defer func() { t.told = told }()
	t.told = nil
	delete(t.seen, entry.Record)
	if class := entries[0].Class; class == valueflows.ClassEconomicEvent {
		err = t.event(entry.Record)
	} else {
		err = t.mention(entry.Record, class)
	}
	for _, each := range t.told {
		if each.id == entry.Record {
			if entry.Kind == "Create" && entries[0].Class != valueflows.ClassEconomicEvent {
				each.published = entry.At
			}
			return each, err
		}
	}
	return nil, err
}
