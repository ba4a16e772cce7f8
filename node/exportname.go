package node

import (
	"context"

	"disconode/node/store"
	"disconode/valueflows"
	"disconode/valueflows/jsonld"
)

// exportNamesMax is how many names of records are kept in memory; past it they
// are dropped and read again.
const exportNamesMax = 50_000

// place is where an export says what a record is.
type place int8

const (
	builtIn place = iota // nowhere: every node knows it
	inBooks              // where it was recorded
	besides              // just before the first line that names it
	byName               // there too, by its name alone
)

// exportName is a record as the lines of an export name it.
type exportName struct {
	iri      string
	place    place
	position int64 // of a record in the books
	row      any   // of a record besides
}

// exportNames finds what the records of a LAB's books refer to.
type exportNames struct {
	n       *Node
	ctx     context.Context
	books   *store.Snapshot
	lab     valueflows.ID
	labs    map[valueflows.ID]bool // of this node
	members map[valueflows.ID]bool // persons who are members of one
	known   map[valueflows.ID]*exportName
}

func newExportNames(ctx context.Context, n *Node, books *store.Snapshot, lab valueflows.ID) (*exportNames, error) {
	x := &exportNames{n: n, ctx: ctx, books: books, lab: lab, labs: map[valueflows.ID]bool{}, known: map[valueflows.ID]*exportName{}}
	labs, err := books.Labs(ctx)
	if err != nil {
		return nil, err
	}
	for _, l := range labs {
		x.labs[l.ID] = true
	}
	if !x.labs[lab] {
		return nil, ErrNotFound
	}
	x.members, err = books.Members(ctx)
	return x, err
}

// isOwn tells whether a record is written where it was recorded: it is in the
// books, told of, and neither the LAB itself nor a member.
func (x *exportNames) isOwn(row any) bool {
	rec := recordOf(row)
	return rec.Books == x.lab && !rec.Stub && !x.members[rec.ID]
}

// placeOf is where a record is written.
func (x *exportNames) placeOf(row any) place {
	rec := recordOf(row)
	switch {
	case rec.Stub, roleOfID(rec.ID) != "": // every node makes the roles in its LABs itself
		return byName
	case x.isOwn(row):
		return inBooks
	case rec.Books == x.lab, rec.Books.IsZero(): // a member; a LAB of this node
		return besides
	case dataOf(row).isEveryones() && x.labs[rec.Books]:
		return besides
	}
	return byName // in other books: another LAB's of this node, or a sister's
}

// idsByClass are ids of records, by the class that says where their rows are:
// one class stands for all agents.
type idsByClass map[valueflows.Class][]valueflows.ID

func (c idsByClass) add(class valueflows.Class, id valueflows.ID) {
	if class.IsAgent() {
		class = jsonld.AnyAgent
	}
	c[class] = append(c[class], id)
}

// rows are the rows of records of kept classes, by id; persons with their names.
func (x *exportNames) rows(asked idsByClass) (map[valueflows.ID]any, error) {
	rows := map[valueflows.ID]any{}
	for class, ids := range asked {
		if err := bulk[class].rows(x, ids, rows); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// agents are agents with what is kept of persons apart. One who was erased has
// no name.
func (x *exportNames) agents(ids []valueflows.ID, into map[valueflows.ID]any) error {
	rows, err := store.RowsOf[valueflows.Agent](x.ctx, x.books, ids)
	if err != nil {
		return err
	}
	persons := map[valueflows.ID]*valueflows.Agent{}
	var named []valueflows.ID
	for _, a := range rows {
		into[a.ID] = a
		if a.Kind == valueflows.ClassPerson {
			persons[a.ID] = a
			named = append(named, a.ID)
		}
	}
	identities, err := x.books.Identities(x.ctx, named)
	for _, i := range identities {
		identified(persons[i.ID], i)
	}
	return err
}

// lookUpReferences makes known what records refer to, in few statements.
func (x *exportNames) lookUpReferences(rows map[valueflows.ID]any) error {
	if len(x.known) > exportNamesMax {
		x.known = map[valueflows.ID]*exportName{}
	}
	wanted, seen := idsByClass{}, map[valueflows.ID]bool{}
	for _, row := range rows {
		l := jsonld.ExportLine{Kind: jsonld.ExportRecord, Record: row}
		err := l.References(func(class valueflows.Class, id valueflows.ID) {
			if x.known[id] == nil && !seen[id] {
				seen[id] = true
				wanted.add(class, id)
			}
		})
		if err != nil {
			return err
		}
	}
	return x.lookUp(wanted)
}

// lookUp makes records known by what they are to the export.
func (x *exportNames) lookUp(wanted idsByClass) error {
	for class, ids := range wanted {
		rows := map[valueflows.ID]any{}
		if err := bulk[class].rows(x, ids, rows); err != nil {
			return err
		}
		for _, id := range ids {
			if row := rows[id]; row != nil {
				x.known[id] = x.nameOf(row)
			} else if unit := valueflows.OMUnit(id); unit != nil {
				x.known[id] = &exportName{iri: unit.IRI, place: builtIn}
			} else { // nothing is known of it but its id
				x.known[id] = &exportName{iri: x.n.IRI(&valueflows.Record{ID: id}, class), place: byName}
			}
		}
	}
	return nil
}

func (x *exportNames) nameOf(row any) *exportName {
	r := &exportName{iri: x.iriOf(row), place: x.placeOf(row), position: recordOf(row).Position}
	if r.place == besides {
		r.row = row
	}
	return r
}

// named is a record that another refers to.
func (x *exportNames) named(class valueflows.Class, id valueflows.ID) (*exportName, error) {
	if x.known[id] == nil {
		wanted := idsByClass{}
		wanted.add(class, id)
		if err := x.lookUp(wanted); err != nil {
			return nil, err
		}
	}
	return x.known[id], nil
}

// iri is the name of what was looked up.
func (x *exportNames) iri(id valueflows.ID) string { return x.known[id].iri }

func (x *exportNames) iriOf(row any) string { return x.n.IRI(recordOf(row), valueflows.ClassOf(row)) }
