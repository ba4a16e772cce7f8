package store

import (
	"slices"
	"strings"

	"disconode/valueflows"
)

// selection collects the conditions of a WHERE, and their arguments.
type selection struct {
	linked  bool // it has the condition that a row links to one owner
	byID    bool // it has the ids of its rows, or of what they correct: no index of the books' is to be taken for them
	dialect *dialect
	where   []string
	args    []any
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

// anyText holds a column, which the table must have, to one of some texts.
func anyText[S ~string](s *selection, has map[string]bool, column string, texts []S) {
	if len(texts) == 0 {
		return
	}
	if !has[column] {
		s.and(nothing)
		return
	}
	texts = slices.DeleteFunc(slices.Clone(texts), func(text S) bool { return strings.ContainsRune(string(text), 0) })
	if len(texts) == 0 { // U+0000 is in no text that is kept
		s.and(nothing)
		return
	}
	args := make([]any, size(len(texts)))
	for i := range args {
		args[i] = string(texts[min(i, len(texts)-1)])
	}
	s.and(column+in(len(texts)), args...)
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
	switch {
	case name == agents.name:
		books, args := sight.books()
		s.and("(lab"+books+" OR lab IS NULL OR id IN (SELECT agent FROM agent_lab WHERE lab = ?))", append(args, idArg(sight.Lab))...)
	case isEveryones(name): // every LAB's of the node, and of those elsewhere that it follows
		books, args := sight.books()
		s.and("(lab IS NULL OR lab"+books+" OR lab IN (SELECT id FROM lab))", args...)
	default:
		books, args := sight.books()
		if s.byID {
			s.and("(lab"+books+") IS TRUE", args...)
		} else {
			s.and("lab"+books, args...)
		}
		if name == agentRelationships.name && sight.OwnMemberships {
			s.and("(NOT membership OR subject = ?)", idArg(sight.Person))
		}
		if name == events.name && sight.OwnCare {
			s.and("(stream <> ? OR provider = ? OR receiver = ?)", string(valueflows.CarePeople), idArg(sight.Person), idArg(sight.Person))
		}
	}
}

// isEveryones tells whether a table's rows are not each one LAB's alone.
func isEveryones(name string) bool {
	switch name {
	case agents.name, units.name, resourceSpecifications.name, processSpecifications.name,
		recipes.name, recipeProcesses.name, recipeExchanges.name, recipeFlows.name, agentRelationshipRoles.name:
		return true
	}
	return false
}

// books holds the LAB of a row to those whose books the reader reads.
func (sight Sight) books() (string, []any) {
	if len(sight.Origins) == 0 {
		return " = ?", []any{idArg(sight.Lab)}
	}
	all := append([]valueflows.ID{sight.Lab}, sight.Origins...)
	return in(len(all)), padded(all)
}

// name narrows to what the reader may see of a table when it knows the id: what
// is in nobody's books is a stub, and who knows its IRI may read that.
func (s *selection) name(name string, sight Sight) {
	var own selection
	own.see(name, sight)
	if len(own.where) == 0 {
		return
	}
	s.and("(lab IS NULL OR "+own.text()+")", own.args...)
}

// narrow adds a filter's conditions.
func narrow[T Row](s *selection, t *table[T], f Filter, sight Sight) {
	has := map[string]bool{}
	for _, name := range t.header() {
		has[name] = true
	}
	s.anyOf("lab", f.Origin)
	if f.Search != "" {
		s.search(has, t.name, f.Search, sight)
	}
	anyText(s, has, "kind", f.Kind)
	s.classified(has, f.ClassifiedAs)
	anyText(s, has, "action", f.Action)
	anyText(s, has, "stream", f.Stream)
	s.among(has, "provider", f.Provider)
	s.among(has, "receiver", f.Receiver)
	s.either(has, "provider", "receiver", f.Party)
	s.among(has, columnOf(has, "specification", "resource_conforms_to", "conforms_to"), f.ConformsTo)
	if has["to_resource_inventoried_as"] {
		s.either(has, "resource_inventoried_as", "to_resource_inventoried_as", f.Resource)
	} else {
		s.among(has, "resource_inventoried_as", f.Resource)
	}
	s.either(has, "input_of", "output_of", f.Process)
	indexed := ""
	if s.linked || f.tells() {
		// Whose or of what they are finds events sooner than when they were, and in
		// the order of the list: as a sum, the time is not looked up in its index.
		indexed = " + 0"
	}
	at := columnOf(has, "happened", "planned")
	if f.From != nil {
		s.compare(has, at, indexed+" >= ?", int64(*f.From))
	}
	if f.To != nil {
		s.compare(has, at, indexed+" < ?", int64(*f.To))
	}
	s.among(has, "primary_accountable", f.PrimaryAccountable)
	s.among(has, "custodian", f.Custodian)
	s.among(has, "current_location", f.CurrentLocation)
	s.among(has, "stage", f.Stage)
	anyText(s, has, "state", f.State)
	anyText(s, has, "tracking_identifier", f.TrackingIdentifier)
	s.among(has, "based_on", f.BasedOn)
	s.among(has, "in_scope_of", f.InScopeOf)
	if f.Finished != nil {
		if *f.Finished {
			s.compare(has, "finished", " = ?", true)
		} else {
			s.compare(has, "finished", " IS DISTINCT FROM ?", true)
		}
	}
	s.among(has, "planned_within", f.Plan)
	s.either(has, "clause_of", "reciprocal_clause_of", f.Agreement)
	anyText(s, has, "purpose", f.Purpose)
	s.among(has, "subject", f.Subject)
	s.among(has, "object", f.Object)
	s.among(has, "relationship", f.Relationship)
	if sight.NoCareParties && t.name == events.name && f.tells() {
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

// columnOf is the first of some columns that a table has, or the last.
func columnOf(has map[string]bool, names ...string) string {
	for _, name := range names {
		if has[name] {
			return name
		}
	}
	return names[len(names)-1]
}

// compare asks that the table has the column, and compares it.
func (s *selection) compare(has map[string]bool, column, with string, arg any) {
	if !has[column] {
		s.and(nothing)
		return
	}
	s.and(column+with, arg)
}

// search looks for a text, letter case apart. The name of a person is found in
// the books that it is in, and by itself: another LAB that knows the agent is
// not told whose it is.
func (s *selection) search(has map[string]bool, name, text string, sight Sight) {
	if strings.ContainsRune(text, 0) { // it is in no text that is kept
		s.and(nothing)
		return
	}
	var alternatives []string
	var args []any
	for _, column := range []string{"name", "label", "note", "tracking_identifier", "batch_lot_code", "mappable_address", "role_label", "instructions"} {
		if has[column] {
			alternatives = append(alternatives, s.dialect.contains(s.dialect.fold(column), s.dialect.fold("CAST(? AS TEXT)")))
			args = append(args, text)
		}
	}
	if name == agents.name {
		named := "id IN (SELECT id FROM identity WHERE " + s.dialect.contains(s.dialect.fold("name"), s.dialect.fold("CAST(? AS TEXT)")) + ")"
		args = append(args, text)
		if !sight.Everything {
			named += " AND (lab = ? OR id = ?)"
			args = append(args, idArg(sight.Lab), idArg(sight.Person))
		}
		alternatives = append(alternatives, named)
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
	for _, c := range []string{"classified_as", "resource_classified_as", "process_classified_as"} {
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
		alternatives = append(alternatives, s.dialect.contains(column, "CAST(? AS TEXT)"))
		args = append(args, text)
	}
	if len(alternatives) == 0 {
		s.and(nothing)
		return
	}
	for n := size(len(alternatives)); len(alternatives) < n; { // so that few statements stay prepared
		alternatives, args = append(alternatives, alternatives[0]), append(args, args[0])
	}
	s.and("("+strings.Join(alternatives, " OR ")+")", args...)
}

// keyset narrows to a page by position, and returns what follows the WHERE;
// then no condition is added.
func (s *selection) keyset(p Page) (tail string) {
	if p.After != 0 {
		s.and("position > ?", p.After)
	}
	if p.Before != 0 {
		s.and("position < ?", p.Before)
	}
	if p.Last > 0 {
		s.args = append(s.args, p.Last+1)
		return " ORDER BY position DESC LIMIT ?"
	}
	s.args = append(s.args, p.First+1)
	return " ORDER BY position LIMIT ?"
}
