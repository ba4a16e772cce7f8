package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"disconode/valueflows"
)

// setMax is for how many records at once a set is read in one statement.
const setMax = 4096

// LinkSelf links a record to itself: a set read by it is the records themselves.
const LinkSelf Link = "id"

// inSets calls do for each part of some ids that one statement takes.
func inSets(ids []valueflows.ID, do func(part []valueflows.ID) error) error {
	for part := range slices.Chunk(ids, setMax) {
		if err := do(part); err != nil {
			return err
		}
	}
	return nil
}

// set is the condition that a row links to any of n owners.
func (l Link) set(n int) string {
	switch l {
	case LinkFulfills, LinkSatisfies, LinkSettles, LinkPublishes, LinkReciprocal, LinkListedIn:
		return "id IN (SELECT owner FROM inverse WHERE property = '" + string(l) + "' AND target" + in(n) + ")"
	}
	return string(l) + in(n)
}

// seen narrows to what the reader sees of a table, without care for people
// where it may not know who gave and got that.
func (s *selection) seen(name string, sight Sight) {
	s.see(name, sight)
	if sight.NoCareParties && name == events.name {
		s.and("stream <> ?", string(valueflows.CarePeople))
	}
}

// arms reads rows that are found in several ways, each by its own index, and
// gives each once, in recorded order. A head, such as WITH, stands before all.
func (t *table[T]) arms(ctx context.Context, s *Store, head string, args []any, sels ...selection) ([]*T, error) {
	var texts []string
	for i := range sels {
		texts = append(texts, t.selectFrom("WHERE "+sels[i].text()))
		args = append(args, sels[i].args...)
	}
	rows, err := t.all(ctx, s, head+strings.Join(texts, " UNION ALL ")+" ORDER BY position", args...)
	if err != nil {
		return nil, err
	}
	return t.distinct(rows), nil
}

// distinct gives each row once.
func (t *table[T]) distinct(rows []*T) []*T {
	known := make(map[valueflows.ID]bool, len(rows))
	return slices.DeleteFunc(rows, func(row *T) bool {
		id := t.id(row)
		twice := known[id]
		known[id] = true
		return twice
	})
}

// Linked returns the rows that the reader sees and that link to any of the
// owners by any of the links, each once: one statement for up to 4,096 owners.
func Linked[T Row](ctx context.Context, s *Store, sight Sight, owners []valueflows.ID, links ...Link) ([]*T, error) {
	t := tableOf[T]()
	var all []*T
	err := inSets(owners, func(part []valueflows.ID) error {
		var sels []selection
		for _, l := range links {
			condition := l.set(len(part))
			sel := selection{dialect: s.dialect, byID: strings.HasPrefix(condition, "id IN")}
			sel.and(condition, padded(part)...)
			sel.seen(t.name, sight)
			sels = append(sels, sel)
		}
		rows, err := t.arms(ctx, s, "", nil, sels...)
		all = append(all, rows...)
		return err
	})
	return t.distinct(all), err
}

// related is the head of a statement that knows, as related, some targets and
// what else is named beside them, in one property, by whatever names them.
func related(property Link, n int) string {
	p := "property = '" + string(property) + "'"
	return "WITH RECURSIVE related (id) AS (SELECT target FROM inverse WHERE " + p + " AND target" + in(n) +
		" UNION SELECT o.target FROM related r JOIN inverse v ON v.target = r.id AND v." + p + " JOIN inverse o ON o.owner = v.owner AND o." + p + ")"
}

// Related returns the rows that anything names, in a property, beside one of
// the targets or beside another such row: what counts for one may count for all.
func Related[T Row](ctx context.Context, s *Store, sight Sight, property Link, targets []valueflows.ID) ([]*T, error) {
	t := tableOf[T]()
	var all []*T
	err := inSets(targets, func(part []valueflows.ID) error {
		sel := selection{dialect: s.dialect}
		sel.and("id IN (SELECT id FROM related)")
		sel.name(t.name, sight)
		rows, err := t.arms(ctx, s, related(property, len(part))+" ", padded(part), sel)
		all = append(all, rows...)
		return err
	})
	return t.distinct(all), err
}

// Naming returns the events that name, in a property, one of the targets or
// what is related to one, with all that they correct and that corrects them.
func (s *Store) Naming(ctx context.Context, sight Sight, property Link, targets []valueflows.ID) ([]*Event, error) {
	var all []*Event
	err := inSets(targets, func(part []valueflows.ID) error {
		head := related(property, len(part)) + ", root (id) AS (SELECT DISTINCT COALESCE(e.corrects_root, e.id) FROM inverse v JOIN economic_event e ON e.id = v.owner" +
			" WHERE v.property = '" + string(property) + "' AND v.target IN (SELECT id FROM related)) "
		first, further := selection{dialect: s.dialect, byID: true}, selection{dialect: s.dialect, byID: true}
		first.and("id IN (SELECT id FROM root)")
		further.and("corrects_root IN (SELECT id FROM root)")
		first.seen(events.name, sight)
		further.seen(events.name, sight)
		rows, err := events.arms(ctx, s, head, padded(part), first, further)
		all = append(all, rows...)
		return err
	})
	return events.distinct(all), err
}

// AgreedIn returns the claims against some providers that say by which
// agreement they stand, of those whose IRIs are given.
func (s *Store) AgreedIn(ctx context.Context, sight Sight, providers []valueflows.ID, iris []string) ([]*valueflows.Claim, error) {
	var all []*valueflows.Claim
	has := map[string]bool{"agreed_in": true}
	err := inSets(providers, func(part []valueflows.ID) error {
		for some := range slices.Chunk(iris, setMax) {
			sel := selection{dialect: s.dialect}
			sel.and("provider"+in(len(part)), padded(part)...)
			anyText(&sel, has, "agreed_in", some)
			sel.see(claims.name, sight)
			rows, err := claims.arms(ctx, s, "", nil, sel)
			if err != nil {
				return err
			}
			all = append(all, rows...)
		}
		return nil
	})
	return claims.distinct(all), err
}

// Everyone returns all rows of a class that the reader sees, in recorded order.
func Everyone[T Row](ctx context.Context, s *Store, sight Sight) ([]*T, error) {
	t := tableOf[T]()
	sel := selection{dialect: s.dialect}
	sel.see(t.name, sight)
	return t.arms(ctx, s, "", nil, sel)
}

// StockOf returns what an agent has on hand of some specifications in a LAB's
// books, to take from: its own, in its hands, and in no container.
func (s *Store) StockOf(ctx context.Context, lab, agent valueflows.ID, conforming []valueflows.ID) ([]*valueflows.EconomicResource, error) {
	var all []*valueflows.EconomicResource
	err := inSets(conforming, func(part []valueflows.ID) error {
		rows, err := resources.where(ctx, s, "lab = ? AND conforms_to"+in(len(part))+" AND primary_accountable = ? AND (custodian IS NULL OR custodian = ?)"+
			" AND contained_in IS NULL AND NOT lent_out AND NOT stub AND onhand_coef > 0 ORDER BY position",
			slices.Concat([]any{idArg(lab)}, padded(part), []any{idArg(agent), idArg(agent)})...)
		all = append(all, rows...)
		return err
	})
	return all, err
}

// OpenFlows returns the flows of a LAB's books that are planned for some
// specifications, by name or as a resource, and of which more may come.
func OpenFlows[T valueflows.Commitment | valueflows.Intent](ctx context.Context, s *Store, lab valueflows.ID, conforming []valueflows.ID) ([]*T, error) {
	t := tableOf[T]()
	var all []*T
	err := inSets(conforming, func(part []valueflows.ID) error {
		var sels []selection
		for _, condition := range []string{"resource_conforms_to" + in(len(part)),
			"resource_conforms_to IS NULL AND resource_inventoried_as IN (SELECT id FROM economic_resource WHERE lab = ? AND conforms_to" + in(len(part)) + ")"} {
			sel := selection{dialect: s.dialect}
			args := padded(part)
			if strings.Contains(condition, "lab = ?") {
				args = append([]any{idArg(lab)}, args...)
			}
			sel.and(condition, args...)
			sel.and("lab = ?", idArg(lab))
			sel.and("finished IS DISTINCT FROM ?", true)
			sels = append(sels, sel)
		}
		rows, err := t.arms(ctx, s, "", nil, sels...)
		all = append(all, rows...)
		return err
	})
	return all, err
}

// published is the condition that an intent is published, and nobody has said
// that nothing more is wanted of it.
const published = "finished IS DISTINCT FROM TRUE AND EXISTS (SELECT 1 FROM inverse v WHERE v.target = intent.id AND v.property = 'publishes')"

// Published returns the intents that proposals publish and of which more may
// come, where the side says who gives (LinkProvider) or who gets (LinkReceiver);
// of some specifications where any are given.
func (s *Store) Published(ctx context.Context, sight Sight, side Link, conforming []valueflows.ID) ([]*valueflows.Intent, error) {
	sel := selection{dialect: s.dialect}
	sel.and(string(side) + " IS NOT NULL AND " + published)
	sel.see(intents.name, sight)
	if len(conforming) == 0 {
		return intents.arms(ctx, s, "", nil, sel)
	}
	var all []*valueflows.Intent
	err := inSets(conforming, func(part []valueflows.ID) error {
		of := selection{dialect: s.dialect, where: slices.Clone(sel.where), args: slices.Clone(sel.args)}
		of.and("resource_conforms_to"+in(len(part)), padded(part)...)
		rows, err := intents.arms(ctx, s, "", nil, of)
		all = append(all, rows...)
		return err
	})
	return all, err
}

// Giver is an agent that has given something of a specification before.
type Giver struct {
	Specification, Agent valueflows.ID
	Last                 valueflows.Instant
}

// Givers returns who has given an agent something of some specifications, by a
// LAB's books, and when last. Care for people is not told.
func (s *Store) Givers(ctx context.Context, lab, agent valueflows.ID, conforming []valueflows.ID) ([]Giver, error) {
	var all []Giver
	err := inSets(conforming, func(part []valueflows.ID) error {
		of := "IN (SELECT id FROM economic_resource WHERE lab = ? AND conforms_to" + in(len(part)) + ")"
		var arms []string
		var args []any
		for _, condition := range []string{"resource_conforms_to" + in(len(part)), "resource_inventoried_as " + of, "to_resource_inventoried_as " + of} {
			arms = append(arms, "SELECT specification, provider, happened FROM economic_event WHERE "+condition+
				" AND lab = ? AND receiver = ? AND provider <> receiver AND corrects IS NULL AND specification IS NOT NULL AND stream <> ?")
			if strings.HasSuffix(condition, ")") && strings.Contains(condition, "lab = ?") {
				args = append(args, idArg(lab))
			}
			args = append(append(args, padded(part)...), idArg(lab), idArg(agent), string(valueflows.CarePeople))
		}
		rows, err := s.query(ctx, "SELECT specification, provider, MAX(happened) FROM ("+strings.Join(arms, " UNION ALL ")+
			") given GROUP BY specification, provider ORDER BY specification, provider", args...)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var g Giver
			if err := rows.Scan(idValue{&g.Specification}, idValue{&g.Agent}, &g.Last); err != nil {
				return fmt.Errorf("read who gave: %w", err)
			}
			all = append(all, g)
		}
		return rows.Err()
	})
	return all, err
}
