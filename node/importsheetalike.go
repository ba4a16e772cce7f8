package node

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"disconode/node/store"
	"disconode/valueflows"
	"disconode/valueflows/jsonld"
	"disconode/valueflows/sheet"
)

// The bounds of what is remembered of rows that go by no key.
const (
	alikeRowsMax = 2_000_000
	waitingMax   = 10_000
	filterBits   = 32 << 20
)

// alikeRows tells rows that go by no key from one another and from what was
// mended in them since an earlier import. An event of such a row is named by
// what will not be mended (who, when, what for), by all that the row says, and
// by a count among rows that say the same. So the same row is the same event,
// wherever it stands. A row whose event is not there, while the books have one
// that was named by the same who and when, may be an edit of it: it waits until
// the whole sheet has told which of those events have their row still.
type alikeRows struct {
	secret  []byte
	counts  map[uint64]uint32 // of rows of this sheet that say the same
	books   []uint64          // a Bloom filter of what the books have; nil where they have nothing
	waiting []*sheetRow
}

// alikeBegins is how the IRIs of such events begin.
func (i *sheetImporter) alikeBegins() string { return i.prefix + ":row:" }

// startAlike remembers which such events the books have.
func (i *sheetImporter) startAlike() error {
	i.alike = alikeRows{secret: i.n.secret, counts: map[uint64]uint32{}}
	begins := i.alikeBegins()
	return i.tx.EachIRI(i.by.Lab, i.began, begins, func(_ valueflows.ID, iri string) {
		if i.alike.books == nil {
			i.alike.books = make([]uint64, filterBits/64)
		}
		for _, bit := range bitsOf(alikeOf(begins, iri)) {
			i.alike.books[bit/64] |= 1 << (bit % 64)
		}
	})
}

// alikeOf is the part of an event's IRI that edits of its row share.
func alikeOf(begins, iri string) string {
	alike, _, _ := strings.Cut(strings.TrimPrefix(iri, begins), ":")
	return alike
}

// bitsOf are the places of a digest in the filter.
func bitsOf(digest string) [3]uint64 {
	b, err := hex.DecodeString(digest)
	if err != nil || len(b) < 12 {
		return [3]uint64{}
	}
	var bits [3]uint64
	for at := range bits {
		bits[at] = uint64(binary.BigEndian.Uint32(b[4*at:])) % filterBits
	}
	return bits
}

// digest is of what a row says, under the node's secret: who gets to see the
// event's name cannot try out who it was that worked.
func (a *alikeRows) digest(text string) []byte {
	mac := hmac.New(sha256.New, a.secret)
	mac.Write([]byte("row of a sheet\n"))
	mac.Write([]byte(text))
	return mac.Sum(nil)
}

// name names the event of a row that goes by no key.
func (a *alikeRows) name(begins string, row *sheetRow) {
	identity, content := a.digest(row.Identity), a.digest(row.Content)
	row.alike = hex.EncodeToString(identity[:12])
	row.iri = begins + row.alike + ":" + hex.EncodeToString(content[:12])
	key := binary.BigEndian.Uint64(content)
	before, counted := a.counts[key]
	if !counted && len(a.counts) >= alikeRowsMax {
		row.fault(sheet.Cell{}, valueflows.Invalid("TOO_LARGE", "a sheet whose rows have no id of their own has at most %d of them: split it, or give each row an external_id", alikeRowsMax))
		return
	}
	if before > 0 {
		row.iri += ":" + strconv.FormatUint(uint64(before), 10)
	}
	a.counts[key] = before + 1
}

// mayBeEdit tells whether the books may have an event of which the row is an edit.
func (a *alikeRows) mayBeEdit(row *sheetRow) bool {
	if a.books == nil {
		return false
	}
	for _, bit := range bitsOf(row.alike) {
		if a.books[bit/64]&(1<<(bit%64)) == 0 {
			return false
		}
	}
	return true
}

// settle decides about the rows that wait: where an event of the same who and
// when has no row of its own any more, the row is an edit of it; else it is new.
func (i *sheetImporter) settle() error {
	waiting := i.alike.waiting
	if len(waiting) == 0 {
		return nil
	}
	left, err := i.withoutRow()
	if err != nil {
		return err
	}
	for at, row := range waiting {
		if at%rowsAtOnce == 0 {
			i.known = map[valueflows.ID]*store.Event{}
			if err := i.tx.Relax(); err != nil {
				return err
			}
		}
		e, created, err := i.event(row)
		if err != nil {
			return err
		}
		if len(row.Faults) > 0 { // a name that is another's, too, since later rows were read
			if err := i.refuse(row); err != nil {
				return err
			}
			continue
		}
		of, rest, err := i.editOf(e, left[row.alike])
		if err != nil {
			return err
		}
		if of == nil {
			err = i.happen(row, e, created)
		} else {
			left[row.alike] = rest
			err = i.unchanged(row, e, of)
		}
		if err != nil {
			return err
		}
	}
	return i.tx.Relax()
}

// withoutRow are the events of which a waiting row may be an edit: those of the
// same who and when that no row of the sheet says any more. It reads the sheet
// once more.
func (i *sheetImporter) withoutRow() (map[string][]valueflows.ID, error) {
	begins, left := i.alikeBegins(), map[string][]valueflows.ID{}
	for _, row := range i.alike.waiting {
		left[row.alike] = nil
	}
	err := i.tx.EachIRI(i.by.Lab, i.began, begins, func(id valueflows.ID, iri string) {
		alike := alikeOf(begins, iri)
		if _, asked := left[alike]; asked {
			left[alike] = append(left[alike], id)
		}
	})
	if err != nil {
		return nil, err
	}
	again := alikeRows{secret: i.n.secret, counts: map[uint64]uint32{}}
	i.alike.counts = nil
	return left, i.read(func(r *sheet.Reader) error {
		return i.rows(r, func(flows []*sheet.Flow) error {
			for _, f := range flows {
				if f.ID.Text != "" || f.ExternalID.Text != "" {
					continue
				}
				row := &sheetRow{Flow: f}
				again.name(begins, row)
				if ids, asked := left[row.alike]; asked {
					id := valueflows.IDOf(row.iri)
					left[row.alike] = slices.DeleteFunc(ids, func(has valueflows.ID) bool { return has == id })
				}
			}
			return nil
		})
	})
}

// editOf chooses of some events the one that a row is an edit of: one that says
// the same in other letters, else the first; nil where there is none.
func (i *sheetImporter) editOf(e *valueflows.EconomicEvent, ids []valueflows.ID) (*store.Event, []valueflows.ID, error) {
	var first *store.Event
	var at int
	for n, id := range ids {
		row, err := store.GetRow[store.Event](i.tx, id)
		if err != nil {
			return nil, nil, err
		}
		others, err := jsonld.Differences(e, &row.EconomicEvent)
		if err != nil {
			return nil, nil, err
		}
		if len(others) == 0 || first == nil {
			first, at = row, n
		}
		if len(others) == 0 {
			break
		}
	}
	if first == nil {
		return nil, nil, nil
	}
	return first, slices.Delete(slices.Clone(ids), at, at+1), nil
}

// wait keeps a row that may be an edit until the sheet is read.
func (i *sheetImporter) wait(row *sheetRow) error {
	if len(i.alike.waiting) >= waitingMax {
		row.fault(sheet.Cell{}, valueflows.Invalid("TOO_LARGE", "more than %d rows say otherwise than an earlier import did: import them in smaller sheets", waitingMax))
		return i.refuse(row)
	}
	i.alike.waiting = append(i.alike.waiting, row)
	return nil
}
