package store

import (
	"fmt"

	"disconode/valueflows"
)

// Called is a record that a name may mean.
type Called struct {
	ID   valueflows.ID
	Name string
	Own  bool // in the LAB's own books
}

// calling is how people call the records of a class, and which of them a LAB
// calls so at all.
type calling struct {
	from  string
	names []string // expressions; the first is shown
	own   string   // with one ? for the LAB
	seen  string   // with as many ? for the LAB as are counted
	labs  int
}

// callings are those of the classes that sheets name. A person is called by name
// only in the books that tell of it; specifications and units are every LAB's.
var callings = map[valueflows.Class]calling{
	"Agent": {"agent t LEFT JOIN identity i ON i.id = t.id",
		[]string{"CASE WHEN t.kind = 'Person' THEN COALESCE(i.name, '') ELSE t.name END"}, "t.lab = ?",
		"(t.lab = ? OR t.kind <> 'Person' AND (t.lab IS NULL OR t.id IN (SELECT agent FROM agent_lab WHERE lab = ?)))", 2},
	valueflows.ClassResourceSpecification: {"resource_specification t", []string{"t.name"}, "t.lab = ?", "1 = 1", 0},
	valueflows.ClassUnit:                  {"unit t", []string{"t.label", "t.symbol"}, "t.lab = ?", "1 = 1", 0},
	valueflows.ClassProcess:               {"process t", []string{"t.name"}, "t.lab = ?", "t.lab = ?", 1},
	valueflows.ClassEconomicResource:      {"economic_resource t", []string{"t.name", "t.tracking_identifier"}, "t.lab = ?", "t.lab = ?", 1},
	valueflows.ClassSpatialThing:          {"spatial_thing t", []string{"t.name"}, "t.lab = ?", "t.lab = ?", 1},
}

// calledMost is how many records of one name are looked at.
const calledMost = 8

// Called are the records of a class, or "Agent", that a LAB calls by a name,
// letter case apart, as the transaction sees them: oldest first, a few at most.
func (tx *Tx) Called(class valueflows.Class, lab valueflows.ID, name string) ([]Called, error) {
	c := callings[class]
	fold := tx.w.store.dialect.fold
	condition, args := "", []any{idArg(lab)}
	for range c.labs {
		args = append(args, idArg(lab))
	}
	for i, expression := range c.names {
		if i > 0 {
			condition += " OR "
		}
		condition += fold(expression) + " = " + fold("CAST(? AS TEXT)")
		args = append(args, name)
	}
	return tx.callings(c, " AND ("+condition+") ORDER BY t.position, t.id LIMIT "+fmt.Sprint(calledMost), args...)
}

// Names are names of records of a class that a LAB calls by one, the latest
// most of them.
func (tx *Tx) Names(class valueflows.Class, lab valueflows.ID, most int) ([]Called, error) {
	c := callings[class]
	args := []any{idArg(lab)}
	for range c.labs {
		args = append(args, idArg(lab))
	}
	return tx.callings(c, " AND "+c.names[0]+" <> '' ORDER BY t.position DESC, t.id LIMIT "+fmt.Sprint(most), args...)
}

func (tx *Tx) callings(c calling, rest string, args ...any) ([]Called, error) {
	rows, err := tx.query(tx.w.ctx, "SELECT t.id, "+c.names[0]+", COALESCE("+c.own+", FALSE) FROM "+c.from+" WHERE "+c.seen+rest, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []Called
	for rows.Next() {
		var n Called
		if err := rows.Scan(idValue{&n.ID}, &n.Name, &n.Own); err != nil {
			return nil, fmt.Errorf("read names: %w", err)
		}
		all = append(all, n)
	}
	return all, rows.Err()
}

// EventsOf are events by their ids, in no order, as the transaction sees them;
// those that are not there are left out.
func (tx *Tx) EventsOf(ids []valueflows.ID) ([]*Event, error) {
	var all []*Event
	for len(ids) > 0 {
		n := min(len(ids), 512)
		some, err := events.where(tx.w.ctx, tx, "id"+in(n), padded(ids[:n])...)
		if err != nil {
			return nil, err
		}
		all, ids = append(all, some...), ids[n:]
	}
	return all, nil
}

// EachIRI calls do with the id and the IRI of each event of a LAB's books up to
// a position whose IRI begins in a way. do reads nothing in the transaction.
func (tx *Tx) EachIRI(lab valueflows.ID, until int64, begins string, do func(valueflows.ID, string)) error {
	rows, err := tx.query(tx.w.ctx, "SELECT id, iri FROM economic_event WHERE lab = ? AND position <= ? AND SUBSTR(iri, 1, ?) = ?", idArg(lab), until, len(begins), begins)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id valueflows.ID
		var iri string
		if err := rows.Scan(idValue{&id}, &iri); err != nil {
			return fmt.Errorf("read events: %w", err)
		}
		do(id, iri)
	}
	return rows.Err()
}
