package store

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"disconode/valueflows"
)

// Row is every class of record that has a table.
type Row interface {
	valueflows.Agent | valueflows.Unit | valueflows.ResourceSpecification | valueflows.ProcessSpecification | valueflows.Process |
		valueflows.SpatialThing | valueflows.BatchLotRecord | valueflows.EconomicResource | Event
}

func tableOf[T Row]() *table[T] {
	for _, t := range []any{&agents, &units, &resourceSpecifications, &processSpecifications, &processes, &spatialThings, &batchLotRecords, &resources, &events} {
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
	// OwnCare hides care for people from all but its parties; Person is the reader.
	OwnCare bool
	Person  valueflows.ID
	// NoCareParties refuses to select care for people by who gave or got it,
	// by where or by what: it may be seen in sums of hours only.
	NoCareParties bool
}

// selection collects the conditions of a WHERE, and their arguments.
type selection struct {
	where []string
	args  []any
}

func (s *selection) and(condition string, args ...any) {
	s.where = append(s.where, condition)
	s.args = append(s.args, args...)
}

func (s *selection) text() string {
	if len(s.where) == 0 {
		return "1 = 1"
	}
	return strings.Join(s.where, " AND ")
}

// anyOf holds a column to one of some ids.
func (s *selection) anyOf(column string, ids []valueflows.ID) {
	switch len(ids) {
	case 0:
	case 1:
		s.and(column+" = ?", idArg(ids[0]))
	default:
		s.and(column+in(len(ids)), padded(ids)...)
	}
}

func anyText[S ~string](s *selection, column string, texts []S) {
	if len(texts) == 0 {
		return
	}
	texts = slices.DeleteFunc(slices.Clone(texts), func(text S) bool { return strings.ContainsRune(string(text), 0) })
	if len(texts) == 0 { // U+0000 is in no text that is kept
		s.and(nothing)
		return
	}
	marks := make([]string, len(texts))
	args := make([]any, len(texts))
	for i, text := range texts {
		marks[i], args[i] = "?", string(text)
	}
	s.and(column+" IN ("+strings.Join(marks, ",")+")", args...)
}

const nothing = "1 = 0"

// among asks that the table has the column, where there is something to ask of it.
func (s *selection) among(has map[string]bool, column string, ids []valueflows.ID) {
	if len(ids) > 0 && !has[column] {
		s.and(nothing)
		return
	}
	s.anyOf(column, ids)
}

// see narrows to what the reader may see of a table.
func (s *selection) see(name string, sight Sight) {
	if sight.Everything {
		return
	}
	switch name {
	case units.name, resourceSpecifications.name, processSpecifications.name: // every LAB's
	case agents.name:
		s.and("(lab = ? OR lab IS NULL OR id IN (SELECT agent FROM agent_lab WHERE lab = ?))", idArg(sight.Lab), idArg(sight.Lab))
	default:
		s.and("lab = ?", idArg(sight.Lab))
		if name == events.name && sight.OwnCare {
			s.and("(stream <> ? OR provider = ? OR receiver = ?)", string(valueflows.CarePeople), idArg(sight.Person), idArg(sight.Person))
		}
	}
}

// narrow adds a filter's conditions.
func narrow[T Row](s *selection, t *table[T], f Filter, sight Sight) {
	has := map[string]bool{}
	for _, name := range t.header() {
		has[name] = true
	}
	if f.Search != "" {
		s.search(has, t.name, f.Search)
	}
	anyText(s, "kind", f.Kind)
	s.classified(has, f.ClassifiedAs)
	anyText(s, "action", f.Action)
	anyText(s, "stream", f.Stream)
	s.among(has, "provider", f.Provider)
	s.among(has, "receiver", f.Receiver)
	s.either(has, "provider", "receiver", f.Party)
	if has["specification"] {
		s.anyOf("specification", f.ConformsTo)
	} else {
		s.among(has, "conforms_to", f.ConformsTo)
	}
	s.either(has, "resource_inventoried_as", "to_resource_inventoried_as", f.Resource)
	s.either(has, "input_of", "output_of", f.Process)
	if f.From != nil {
		s.and("happened >= ?", int64(*f.From))
	}
	if f.To != nil {
		s.and("happened < ?", int64(*f.To))
	}
	s.among(has, "primary_accountable", f.PrimaryAccountable)
	s.among(has, "custodian", f.Custodian)
	s.among(has, "current_location", f.CurrentLocation)
	s.among(has, "stage", f.Stage)
	anyText(s, "state", f.State)
	anyText(s, "tracking_identifier", f.TrackingIdentifier)
	s.among(has, "based_on", f.BasedOn)
	s.among(has, "in_scope_of", f.InScopeOf)
	if f.Finished != nil {
		s.and("COALESCE(finished, ?) = ?", false, *f.Finished)
	}
	byWhom := len(f.Provider)+len(f.Receiver)+len(f.Party)+len(f.ConformsTo)+len(f.Resource)+len(f.Process) > 0 || f.Search != ""
	if sight.NoCareParties && t.name == events.name && byWhom {
		s.and("stream <> ?", string(valueflows.CarePeople))
	}
}

func (s *selection) either(has map[string]bool, a, b string, ids []valueflows.ID) {
	if len(ids) == 0 {
		return
	}
	if !has[a] || !has[b] {
		s.and(nothing)
		return
	}
	list, args := in(len(ids)), padded(ids)
	if len(ids) == 1 {
		list = " = ?"
	}
	s.and("("+a+list+" OR "+b+list+")", append(append([]any{}, args...), args...)...)
}

// search looks for a text, letter case apart (in SQLite of ASCII letters only).
func (s *selection) search(has map[string]bool, name, text string) {
	if strings.ContainsRune(text, 0) { // it is in no text that is kept
		s.and(nothing)
		return
	}
	pattern := "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(strings.ToLower(text)) + "%"
	var alternatives []string
	var args []any
	for _, column := range []string{"name", "label", "note", "tracking_identifier", "batch_lot_code", "mappable_address"} {
		if has[column] {
			alternatives = append(alternatives, `LOWER(`+column+`) LIKE ? ESCAPE '\'`)
			args = append(args, pattern)
		}
	}
	if name == agents.name {
		alternatives = append(alternatives, `id IN (SELECT id FROM identity WHERE LOWER(name) LIKE ? ESCAPE '\')`)
		args = append(args, pattern)
	}
	if len(alternatives) == 0 {
		s.and(nothing)
		return
	}
	s.and("("+strings.Join(alternatives, " OR ")+")", args...)
}

// classified holds a list column to contain one of some classifications.
func (s *selection) classified(has map[string]bool, uris []valueflows.URI) {
	if len(uris) == 0 {
		return
	}
	column := ""
	for _, c := range []string{"classified_as", "resource_classified_as"} {
		if has[c] {
			column = c
		}
	}
	if column == "" {
		s.and(nothing)
		return
	}
	var alternatives []string
	var args []any
	for _, uri := range uris {
		quoted, err := listValue[valueflows.URI]{&[]valueflows.URI{uri}}.Value()
		if err != nil {
			continue
		}
		text := quoted.(string)
		text = text[1 : len(text)-1] // the JSON string, as it stands within the array
		alternatives = append(alternatives, column+` LIKE ? ESCAPE '\'`)
		args = append(args, "%"+strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(text)+"%")
	}
	s.and("("+strings.Join(alternatives, " OR ")+")", args...)
}

// keyset narrows to a page by position, and orders it.
func (s *selection) keyset(p Page) (order string, limit int) {
	if p.After != 0 {
		s.and("position > ?", p.After)
	}
	if p.Before != 0 {
		s.and("position < ?", p.Before)
	}
	if p.Last > 0 {
		return " ORDER BY position DESC LIMIT ", p.Last + 1
	}
	return " ORDER BY position LIMIT ", p.First + 1
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
	var sel selection
	sel.see(t.name, sight)
	narrow(&sel, t, f, sight)
	order, limit := sel.keyset(p)
	rows, err := t.all(ctx, s, t.selectFrom("WHERE "+sel.text()+order+strconv.Itoa(limit)), sel.args...)
	if err != nil {
		return Listing[T]{}, err
	}
	return listing(rows, p), nil
}

func without(f Filter) Filter {
	f.Party = nil
	return f
}

// columnsOf are the columns that a link stands for.
func (l Link) columns() []string {
	if l == LinkParty {
		return []string{"provider", "receiver"}
	}
	return []string{string(l)}
}

// ListBy returns for each owner a page of the rows that link to it: one
// statement for up to 64 owners, each part of it a page from an index.
func ListBy[T Row](ctx context.Context, s *Store, sight Sight, l Link, owners []valueflows.ID, f Filter, p Page) ([]Listing[T], error) {
	t := tableOf[T]()
	found := make([][]*T, len(owners))
	for start := 0; start < len(owners); start += 64 {
		part := owners[start:min(start+64, len(owners))]
		var arms []string
		var args []any
		var order string
		var limit int
		for i := range size(len(part)) {
			owner := part[min(i, len(part)-1)]
			for _, column := range l.columns() {
				var sel selection
				sel.and(column+" = ?", idArg(owner))
				if column == "receiver" && l == LinkParty { // found once as provider already
					sel.and("(provider IS NULL OR provider <> ?)", idArg(owner))
				}
				sel.see(t.name, sight)
				narrow(&sel, t, f, sight)
				if sight.NoCareParties && t.name == events.name {
					sel.and("stream <> ?", string(valueflows.CarePeople))
				}
				order, limit = sel.keyset(p)
				arms = append(arms, "SELECT * FROM (SELECT "+strings.Join(t.header(), ", ")+", "+strconv.Itoa(i)+" AS owner FROM "+t.name+
					" WHERE "+sel.text()+order+strconv.Itoa(limit)+") arm"+strconv.Itoa(len(arms)))
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
		var sel selection
		sel.and("id"+in(n), padded(ids[:n])...)
		sel.see(t.name, sight)
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
