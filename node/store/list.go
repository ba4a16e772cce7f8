package store

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"disconode/valueflows"
)

// Row is every class of record. An event's row is an [Event]: EconomicEvent
// itself has no table.
type Row interface {
	valueflows.Agent | valueflows.Unit | valueflows.ResourceSpecification | valueflows.ProcessSpecification | valueflows.Process |
		valueflows.SpatialThing | valueflows.BatchLotRecord | valueflows.EconomicResource | valueflows.EconomicEvent | Event |
		valueflows.Plan | valueflows.AgreementBundle | valueflows.Agreement | valueflows.Intent | valueflows.Commitment | valueflows.Claim |
		valueflows.Proposal | valueflows.ProposalList | valueflows.Recipe | valueflows.RecipeProcess | valueflows.RecipeExchange |
		valueflows.RecipeFlow | valueflows.AgentRelationshipRole | valueflows.AgentRelationship
}

// tables are those of the classes.
var tables = []any{
	&agents, &units, &resourceSpecifications, &processSpecifications, &processes, &spatialThings, &batchLotRecords, &resources, &events,
	&plans, &agreementBundles, &agreements, &intents, &commitments, &claims, &proposals, &proposalLists,
	&recipes, &recipeProcesses, &recipeExchanges, &recipeFlows, &agentRelationshipRoles, &agentRelationships,
}

func tableOf[T Row]() *table[T] {
	for _, t := range tables {
		if t, ok := t.(*table[T]); ok {
			return t
		}
	}
	panic("store: a class without a table")
}

// Sight is what a reader may see, as conditions on rows. The zero Sight sees
// what is every LAB's only.
type Sight struct {
	Everything bool          // the command line
	Lab        valueflows.ID // the books it reads
	// Origins are LABs on other nodes whose claims it reads, too.
	Origins []valueflows.ID
	// OwnCare hides care for people from all but its parties; Person is the reader.
	OwnCare bool
	Person  valueflows.ID
	// OwnMemberships hides who has which role in a LAB from all but Person.
	OwnMemberships bool
	// NoCareParties refuses to select care for people by who gave or got it,
	// by where or by what: it may be seen in sums of hours only.
	NoCareParties bool
}

// listing cuts the one row too many and says what lies beyond the page.
func listing[T any](rows []*T, p Page) Listing[T] {
	n := max(p.First, p.Last)
	more := len(rows) > n
	if more {
		rows = rows[:n]
	}
	if p.Last > 0 {
		slices.Reverse(rows)
		return Listing[T]{Nodes: rows, HasPrevious: more, HasNext: p.Before != 0}
	}
	return Listing[T]{Nodes: rows, HasNext: more, HasPrevious: p.After != 0}
}

// List returns a page of the rows that the reader sees and the filter selects.
func List[T Row](ctx context.Context, s *Store, sight Sight, f Filter, p Page) (Listing[T], error) {
	t := tableOf[T]()
	if t.name == events.name && len(f.Party) == 1 {
		pages, err := ListBy[T](ctx, s, sight, LinkParty, f.Party, without(f), p)
		if err != nil {
			return Listing[T]{}, err
		}
		return pages[0], nil
	}
	if parts := sight.parts(t.name, f); len(parts) > 1 { // each part a page from an index
		return listParts(ctx, s, t, parts, f, p)
	}
	sel := selection{dialect: s.dialect}
	sel.see(t.name, sight)
	narrow(&sel, t, f, sight)
	tail := sel.keyset(p)
	rows, err := t.all(ctx, s, t.selectFrom("WHERE "+sel.text()+tail), sel.args...)
	if err != nil {
		return Listing[T]{}, err
	}
	return listing(rows, p), nil
}

// partsMax is how many LABs a page is put together from; SQLite takes 500 arms of
// a statement. Who follows more waits for a sort.
const partsMax = 100

// parts are a sight cut into one for each LAB whose books it reads, where a
// table's rows are each in the books of one.
func (sight Sight) parts(name string, f Filter) []Sight {
	if sight.Everything || len(sight.Origins) == 0 || len(sight.Origins) > partsMax || isEveryones(name) {
		return []Sight{sight}
	}
	var parts []Sight
	for _, lab := range append([]valueflows.ID{sight.Lab}, sight.Origins...) {
		if len(f.Origin) > 0 && !slices.Contains(f.Origin, lab) {
			continue
		}
		part := sight
		part.Lab, part.Origins = lab, nil
		parts = append(parts, part)
	}
	if len(parts) == 0 {
		return []Sight{sight}
	}
	return parts
}

// listParts is a page of what several sights see together.
func listParts[T Row](ctx context.Context, s *Store, t *table[T], parts []Sight, f Filter, p Page) (Listing[T], error) {
	var arms []string
	var args []any
	for i, part := range parts {
		sel := selection{dialect: s.dialect}
		sel.see(t.name, part)
		narrow(&sel, t, f, part)
		tail := sel.keyset(p)
		arms = append(arms, "SELECT * FROM ("+t.selectFrom("WHERE "+sel.text()+tail)+") arm"+strconv.Itoa(i))
		args = append(args, sel.args...)
	}
	direction := ""
	if p.Last > 0 {
		direction = " DESC"
	}
	rows, err := t.all(ctx, s, strings.Join(arms, " UNION ALL ")+" ORDER BY position"+direction+" LIMIT ?", append(args, max(p.First, p.Last)+1)...)
	if err != nil {
		return Listing[T]{}, err
	}
	return listing(rows, p), nil
}

func without(f Filter) Filter {
	f.Party = nil
	return f
}

// arm is a condition that a list is found by, with the owner for each of its
// arguments, in the books of one LAB.
type arm struct {
	condition string
	sight     Sight
}

func (sight Sight) arms(name string, f Filter, l Link) []arm {
	var all []arm
	for _, part := range sight.parts(name, f) {
		for _, condition := range l.conditions() {
			all = append(all, arm{condition, part})
		}
	}
	return all
}

// ListBy returns for each owner a page of the rows that link to it: one
// statement for up to 64 owners, each part of it a page from an index.
func ListBy[T Row](ctx context.Context, s *Store, sight Sight, l Link, owners []valueflows.ID, f Filter, p Page) ([]Listing[T], error) {
	t := tableOf[T]()
	found := make([][]*T, len(owners))
	most := 64 // SQLite takes 500 arms
	for most > 1 && most*len(sight.arms(t.name, f, l)) > 256 {
		most /= 2
	}
	for start := 0; start < len(owners); start += most {
		part := owners[start:min(start+most, len(owners))]
		var arms []string
		var args []any
		for i := range size(len(part)) {
			owner := part[min(i, len(part)-1)]
			for _, arm := range sight.arms(t.name, f, l) {
				sight := arm.sight
				sel := selection{dialect: s.dialect, linked: true, byID: strings.HasPrefix(arm.condition, "id IN") || strings.HasPrefix(arm.condition, "(id IN")}
				condition, bound := sight.bind(arm.condition, owner)
				sel.and(condition, bound...)
				sel.see(t.name, sight)
				narrow(&sel, t, f, sight)
				if sight.NoCareParties && t.name == events.name {
					sel.and("stream <> ?", string(valueflows.CarePeople))
				}
				tail := sel.keyset(p)
				arms = append(arms, "SELECT * FROM (SELECT "+strings.Join(t.header(), ", ")+", "+strconv.Itoa(i)+" AS owner FROM "+t.name+
					" WHERE "+sel.text()+tail+") arm"+strconv.Itoa(len(arms)))
				args = append(args, sel.args...)
			}
		}
		direction := ""
		if p.Last > 0 {
			direction = " DESC"
		}
		rows, err := s.query(ctx, strings.Join(arms, " UNION ALL ")+" ORDER BY position"+direction, args...)
		if err != nil {
			return nil, err
		}
		err = func() error {
			defer rows.Close()
			for rows.Next() {
				row := new(T)
				var into []any
				for _, c := range t.columns(row) {
					into = append(into, c.value)
				}
				var owner int
				if err := rows.Scan(append(into, &owner)...); err != nil {
					return err
				}
				if owner < len(part) {
					found[start+owner] = append(found[start+owner], row)
				}
			}
			return rows.Err()
		}()
		if err != nil {
			return nil, err
		}
	}
	pages := make([]Listing[T], len(owners))
	for i, rows := range found {
		if l.repeats() {
			rows = t.distinct(rows)
		}
		if n := max(p.First, p.Last) + 1; len(rows) > n { // the arms of a party, each its own page
			rows = rows[:n]
		}
		pages[i] = listing(rows, p)
	}
	return pages, nil
}

// ByIDs returns the rows with these ids that the reader sees, in no order.
func ByIDs[T Row](ctx context.Context, s *Store, sight Sight, ids []valueflows.ID) ([]*T, error) {
	t := tableOf[T]()
	var all []*T
	for len(ids) > 0 {
		n := min(len(ids), 512)
		sel := selection{dialect: s.dialect}
		sel.and("id"+in(n), padded(ids[:n])...)
		sel.name(t.name, sight)
		rows, err := t.where(ctx, s, sel.text(), sel.args...)
		if err != nil {
			return nil, err
		}
		all, ids = append(all, rows...), ids[n:]
	}
	return all, nil
}

// GetRow reads a row by its id, as the transaction sees it. It fails with [ErrNotFound].
func GetRow[T Row](tx *Tx, id valueflows.ID) (*T, error) { return tableOf[T]().get(tx.w.ctx, tx, id) }

// PutRow writes a row with the transaction.
func PutRow[T Row](tx *Tx, row *T) { tableOf[T]().put(tx, row) }
