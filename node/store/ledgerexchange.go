package store

import (
	"context"
	"fmt"
	"strings"

	"disconode/valueflows"
)

// Exchanged is what events that mean the same to some agents come to: those
// which count alike, between the same of these agents, from and to resources that
// are alike theirs, of one specification. Agents that were not asked of are zero.
type Exchanged struct {
	Counting
	Corrects           bool
	Provider, Receiver valueflows.ID
	From, To           Held
	Specification      valueflows.ID
	Resource, Effort   *ExchangedSum // nil where the events state none
}

// ExchangedSum is an exact sum in one unit.
type ExchangedSum struct {
	Unit valueflows.ID
	Sum  valueflows.Sum
}

// Held is a resource that events name: whether they do, whether it is counted in
// these books, and who is accountable for it.
type Held struct {
	Named, Counted bool
	Accountable    valueflows.ID
}

// Exchanges adds up the events of a time that the reader sees and that mean
// something to agents, but those on some resources: one sum for all that mean
// the same.
func (p *Snapshot) Exchanges(ctx context.Context, sight Sight, agents []valueflows.ID, span Span, but []valueflows.ID) ([]*Exchanged, error) {
	sel := selection{dialect: p.store.dialect}
	sel.and("NOT stub")
	sel.seen(events.name, sight)
	sel.span(span)
	list := in(len(agents))
	var args []any
	ours := func(column string) string {
		args = append(args, padded(agents)...)
		return "CASE WHEN " + column + list + " THEN " + column + " ELSE NULL END"
	}
	is := func(condition string) string { return "CASE WHEN " + condition + " THEN 1 ELSE 0 END" }
	keys := []string{
		"e.action", is("e.provider <> e.receiver"), is("e.to_resource_inventoried_as = e.resource_inventoried_as"), "e.custody", is("e.scrap_of IS NOT NULL"), is("e.corrects IS NOT NULL"),
		ours("e.provider"), ours("e.receiver"),
		is("e.resource_inventoried_as IS NOT NULL"), is("f.id IS NOT NULL"), ours("f.primary_accountable"),
		is("e.to_resource_inventoried_as IS NOT NULL"), is("t.id IS NOT NULL"), ours("t.primary_accountable"),
		"e.specification", "e.resource_unit", "e.resource_scale", "e.effort_unit", "e.effort_scale",
	}
	const here = " AND NOT %[1]s.stub AND %[1]s.accounting_coef IS NOT NULL"
	text := "SELECT " + strings.Join(keys, ", ") +
		", SUM(e.resource_coef / 1000000000), SUM(e.resource_coef % 1000000000), SUM(e.effort_coef / 1000000000), SUM(e.effort_coef % 1000000000)" +
		" FROM (SELECT * FROM economic_event WHERE " + sel.text() + ") e" +
		" LEFT JOIN economic_resource f ON f.id = e.resource_inventoried_as AND f.lab = e.lab" + fmt.Sprintf(here, "f") +
		" LEFT JOIN economic_resource t ON t.id = e.to_resource_inventoried_as AND t.lab = e.lab" + fmt.Sprintf(here, "t") +
		" WHERE (e.provider" + list + " OR e.receiver" + list + " OR f.primary_accountable" + list + " OR t.primary_accountable" + list + ")"
	args = append(args, sel.args...)
	for range 4 {
		args = append(args, padded(agents)...)
	}
	if len(but) > 0 {
		for _, column := range []string{"e.resource_inventoried_as", "e.to_resource_inventoried_as"} {
			text += " AND (" + column + " IS NULL OR NOT " + column + in(len(but)) + ")"
			args = append(args, padded(but)...)
		}
	}
	rows, err := p.query(ctx, text+" GROUP BY "+ordinals(len(keys)), args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []*Exchanged
	for rows.Next() {
		x := new(Exchanged)
		var flags [8]int64 // as they stand among the keys
		var resource, effort part
		if err := rows.Scan(stringValue[valueflows.Action]{&x.Action}, &flags[0], &flags[1], numberValue[valueflows.Custody]{&x.Custody}, &flags[2], &flags[3],
			idValue{&x.Provider}, idValue{&x.Receiver}, &flags[4], &flags[5], idValue{&x.From.Accountable}, &flags[6], &flags[7], idValue{&x.To.Accountable},
			idValue{&x.Specification}, idValue{&resource.unit}, &resource.scale, idValue{&effort.unit}, &effort.scale,
			&resource.high, &resource.low, &effort.high, &effort.low); err != nil {
			return nil, fmt.Errorf("add up what was exchanged: %w", err)
		}
		for i, flag := range []*bool{&x.Between, new(bool), &x.Scrap, &x.Corrects, &x.From.Named, &x.From.Counted, &x.To.Named, &x.To.Counted} {
			*flag = flags[i] != 0
		}
		switch {
		case flags[1] != 0:
			x.Beside = Itself
		case x.To.Named:
			x.Beside = Another
		}
		if x.Resource, err = resource.exchanged(); err != nil {
			return nil, err
		}
		if x.Effort, err = effort.exchanged(); err != nil {
			return nil, err
		}
		all = append(all, x)
	}
	return all, rows.Err()
}

func (p part) exchanged() (*ExchangedSum, error) {
	if p.scale == nil {
		return nil, nil
	}
	coef, scale, err := p.whole()
	if err != nil {
		return nil, err
	}
	sum := &ExchangedSum{Unit: p.unit}
	sum.Sum.AddBig(coef, scale)
	return sum, nil
}
