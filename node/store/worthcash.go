package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"disconode/valueflows"
)

// Cash is what a cash flow is asked of: resources; and a specification with
// those who give and get it, of which the resources need not be named.
type Cash struct {
	Resources     []valueflows.ID
	Specification valueflows.ID
	Agents        []valueflows.ID
}

// CashEvents returns the events of a time that the reader sees and that may
// bring or take some of what is asked of. It fails with [ErrTooMany] past so many.
func (p *Snapshot) CashEvents(ctx context.Context, sight Sight, c Cash, span Span, most int) ([]*Event, error) {
	sel := selection{dialect: p.store.dialect}
	sel.cash(sight, c)
	sel.span(span)
	return flowing.most(ctx, p, most, sel)
}

func (s *selection) cash(sight Sight, c Cash) {
	s.and("lab = ? AND NOT stub AND resource_coef IS NOT NULL", idArg(sight.Lab))
	if len(c.Resources) > 0 { // what there is of them is told, and by nobody's name
		list := in(len(c.Resources))
		s.and("(resource_inventoried_as"+list+" OR to_resource_inventoried_as"+list+")", append(padded(c.Resources), padded(c.Resources)...)...)
		return
	}
	list := in(len(c.Agents))
	s.seen(events.name, sight)
	s.and("specification = ?", idArg(c.Specification))
	s.and("(provider"+list+" OR receiver"+list+")", append(padded(c.Agents), padded(c.Agents)...)...)
}

// CashBefore adds up what was given and got of a specification before a time:
// one sum for all events that count alike.
func (p *Snapshot) CashBefore(ctx context.Context, sight Sight, c Cash, before valueflows.Instant) ([]Moved, error) {
	sel := selection{dialect: p.store.dialect}
	sel.cash(sight, c)
	sel.span(Span{Until: &before})
	ours := func(column string) string {
		return "CASE WHEN " + column + in(len(c.Agents)) + " THEN " + column + " ELSE NULL END"
	}
	args := append(append(padded(c.Agents), padded(c.Agents)...), sel.args...)
	rows, err := p.query(ctx, "SELECT action, "+ours("provider")+", "+ours("receiver")+", CASE WHEN provider = receiver THEN 0 ELSE 1 END,"+
		" CASE WHEN to_resource_inventoried_as IS NULL THEN 0 ELSE 1 END, resource_unit, resource_scale, SUM(resource_coef / 1000000000), SUM(resource_coef % 1000000000)"+
		" FROM economic_event WHERE "+sel.text()+" GROUP BY "+ordinals(7), args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []Moved
	for rows.Next() {
		var m Moved
		var between, to int64
		var sum part
		if err := rows.Scan(stringValue[valueflows.Action]{&m.Action}, idValue{&m.Provider}, idValue{&m.Receiver}, &between, &to,
			idValue{&m.Unit}, &sum.scale, &sum.high, &sum.low); err != nil {
			return nil, fmt.Errorf("add up what moved: %w", err)
		}
		m.Between, m.To = between != 0, to != 0
		m.Sum = new(valueflows.Sum)
		coef, scale, err := sum.whole()
		if err != nil {
			return nil, err
		}
		m.Sum.AddBig(coef, scale)
		all = append(all, m)
	}
	return all, rows.Err()
}

// Moved is what events that count alike moved. An agent that was not asked of
// is zero.
type Moved struct {
	Action             valueflows.Action
	Provider, Receiver valueflows.ID
	Between, To        bool // the parties differ; a receiving resource is named
	Unit               valueflows.ID
	Sum                *valueflows.Sum
}

// promised is the condition on a promise that it may bring or take some of what
// is asked of: by each way that it is found, and each once.
func (c Cash) promised(d *dialect, lab valueflows.ID, finished string) []selection {
	var sels []selection
	add := func(condition string, args ...any) {
		sel := selection{dialect: d}
		sel.and(condition, args...)
		sel.and("lab = ? AND NOT stub AND resource_coef IS NOT NULL AND "+finished, idArg(lab))
		sels = append(sels, sel)
	}
	if len(c.Resources) > 0 {
		add("resource_inventoried_as"+in(len(c.Resources)), padded(c.Resources)...)
	}
	if !c.Specification.IsZero() && len(c.Agents) > 0 {
		list := in(len(c.Agents))
		add("resource_conforms_to = ? AND (provider"+list+" OR receiver"+list+")",
			append(append([]any{idArg(c.Specification)}, padded(c.Agents)...), padded(c.Agents)...)...)
	}
	return sels
}

// unfinished is the condition that more may come of a promise.
const unfinished = "finished IS DISTINCT FROM TRUE"

// ofCommitments keeps those that are finished where they promise what is wanted.
const ofCommitments = "(" + unfinished + " OR satisfies <> '')"

// CashPromises returns the commitments and intents that may bring or take some
// of what is asked of, and the events that fulfil or satisfy any of them, with
// what corrects these. It fails with [ErrTooMany] past so many of either.
func (p *Snapshot) CashPromises(ctx context.Context, sight Sight, c Cash, most int) (made []*valueflows.Commitment, wanted []*valueflows.Intent, done []*Event, err error) {
	ofMade, ofWanted := c.promised(p.store.dialect, sight.Lab, ofCommitments), c.promised(p.store.dialect, sight.Lab, unfinished)
	if len(ofMade) == 0 {
		return nil, nil, nil, nil
	}
	if made, err = commitments.most(ctx, p, most, ofMade...); err != nil {
		return nil, nil, nil, err
	}
	if wanted, err = intents.most(ctx, p, most, ofWanted...); err != nil {
		return nil, nil, nil, err
	}
	var promises []string
	var args []any
	add := func(name string, sels []selection) {
		for _, sel := range sels {
			promises = append(promises, "SELECT id FROM "+name+" WHERE "+sel.text())
			args = append(args, sel.args...)
		}
	}
	add(commitments.name, ofMade)
	add(intents.name, ofWanted)
	seen := selection{dialect: p.store.dialect}
	seen.and("lab = ? AND NOT stub", idArg(sight.Lab))
	if len(c.Resources) == 0 {
		seen.seen(events.name, sight)
	}
	text := "WITH promise (id) AS (" + strings.Join(promises, " UNION ") + "), done (id) AS (SELECT DISTINCT COALESCE(e.corrects_root, e.id) FROM promise p" +
		" JOIN inverse v ON v.target = p.id AND v.property IN ('fulfills', 'satisfies') JOIN economic_event e ON e.id = v.owner) " +
		flowing.selectFrom("WHERE id IN (SELECT id FROM done) AND "+seen.text()) + " UNION ALL " +
		flowing.selectFrom("WHERE corrects_root IN (SELECT id FROM done) AND "+seen.text()) + " LIMIT ?"
	done, err = flowing.all(ctx, p, text, append(slices.Concat(args, seen.args, seen.args), most+1)...)
	if err == nil && len(done) > most {
		err = ErrTooMany
	}
	return made, wanted, done, err
}
