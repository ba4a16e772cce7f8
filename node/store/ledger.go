package store

import (
	"context"
	"fmt"
	"math/big"
	"strings"

	"disconode/valueflows"
)

// flowing are events with what counts of them: who, what, how much, when and
// why, and no more.
var flowing = table[Event]{
	name: events.name, id: events.id,
	columns: func(e *Event) []column {
		return columns(ref("id", &e.ID), num("position", &e.Position), str("action", &e.Action), ref("provider", &e.Provider), ref("receiver", &e.Receiver),
			ref("input_of", &e.InputOf), ref("output_of", &e.OutputOf), ref("resource_inventoried_as", &e.ResourceInventoriedAs),
			ref("to_resource_inventoried_as", &e.ToResourceInventoriedAs), ref("resource_conforms_to", &e.ResourceConformsTo),
			measure("resource", &e.ResourceQuantity), measure("effort", &e.EffortQuantity),
			moment("has_beginning", &e.HasBeginning), moment("has_end", &e.HasEnd), moment("has_point_in_time", &e.HasPointInTime), moment("created", &e.Created),
			str("state", &e.State), str("note", &e.Note), ref("corrects", &e.Corrects), ref("scrap_of", &e.ScrapOf),
			refs("fulfills", &e.Fulfills), refs("satisfies", &e.Satisfies), num("recorded", &e.Recorded),
			num("happened", &e.Happened), num("custody", &e.Custody), ref("specification", &e.Specification))
	},
}

// counted are resources with how much of them there is, and whose that is.
var counted = table[valueflows.EconomicResource]{
	name: resources.name, id: resources.id,
	columns: func(r *valueflows.EconomicResource) []column {
		return columns(ref("id", &r.ID), str("name", &r.Name), str("tracking_identifier", &r.TrackingIdentifier), ref("conforms_to", &r.ConformsTo),
			measure("accounting", &r.AccountingQuantity), measure("onhand", &r.OnhandQuantity), ref("primary_accountable", &r.PrimaryAccountable))
	},
}

// Beside is what an event names besides the resource that it counts on.
type Beside int16

// What an event may name as toResourceInventoriedAs.
const (
	Nothing Beside = iota
	Another
	Itself // the resource goes along with its record
)

// Counting is all that decides how an event counts on a resource: events that
// have it in common count alike, each as often as its quantity says.
type Counting struct {
	Action    valueflows.Action
	Between   bool // provider and receiver differ
	Beside    Beside
	Custody   valueflows.Custody
	Scrap     bool // it records what was not handed back
	Receiving bool // the resource is toResourceInventoriedAs, and that alone
}

// Effect is the exact sum of the quantities of the events that count alike on
// one resource, in its unit: the last Scale digits of Coef stand after the point.
type Effect struct {
	Counting
	Resource valueflows.ID
	Coef     *big.Int
	Scale    int
}

// Stocks are resources: those that are named, or all that agents are
// accountable for.
type Stocks struct{ Resources, Accountable []valueflows.ID }

func (s *selection) stocks(column string, lab valueflows.ID, of Stocks) {
	if len(of.Accountable) == 0 {
		s.and(column+in(len(of.Resources)), padded(of.Resources)...)
		return
	}
	s.and(column+" IN (SELECT id FROM economic_resource WHERE lab = ? AND primary_accountable"+in(len(of.Accountable))+")",
		append([]any{idArg(lab)}, padded(of.Accountable)...)...)
}

// Span bounds events by where they stand in the journal, and by when they
// happened: not before Since and From, before Before and Until. A zero position
// and a nil instant are no bound.
type Span struct {
	Since, Before int64
	From, Until   *valueflows.Instant
}

func (s *selection) span(span Span) {
	if span.Since != 0 {
		s.and("position >= ?", span.Since)
	}
	if span.Before != 0 {
		s.and("position < ?", span.Before)
	}
	if span.From != nil {
		s.and("happened >= ?", int64(*span.From))
	}
	if span.Until != nil {
		s.and("happened < ?", int64(*span.Until))
	}
}

// Effects adds up what happened to resources of a LAB's books: one sum for all
// events that count alike. It adds up whatever happened, care for people too: it
// is what there is of the resources.
func (p *Snapshot) Effects(ctx context.Context, lab valueflows.ID, of Stocks, span Span) ([]Effect, error) {
	var arms []string
	var args []any
	for _, column := range []string{"resource_inventoried_as", "to_resource_inventoried_as"} {
		sel := selection{dialect: p.store.dialect}
		sel.and("lab = ? AND NOT stub AND resource_coef IS NOT NULL", idArg(lab))
		sel.stocks(column, lab, of)
		sel.span(span)
		if len(arms) > 0 { // else it is found by the former
			sel.and("resource_inventoried_as IS DISTINCT FROM to_resource_inventoried_as")
		}
		arms = append(arms, fmt.Sprintf("SELECT arm.*, %d FROM (SELECT ", len(arms))+column+", action, CASE WHEN provider = receiver THEN 0 ELSE 1 END,"+
			" CASE WHEN to_resource_inventoried_as IS NULL THEN 0 WHEN to_resource_inventoried_as = resource_inventoried_as THEN 2 ELSE 1 END, custody,"+
			" CASE WHEN scrap_of IS NULL THEN 0 ELSE 1 END, resource_scale, SUM(resource_coef / 1000000000), SUM(resource_coef % 1000000000)"+
			" FROM economic_event WHERE "+sel.text()+" GROUP BY "+ordinals(7)+") arm")
		args = append(args, sel.args...)
	}
	rows, err := p.query(ctx, strings.Join(arms, " UNION ALL "), args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []Effect
	for rows.Next() {
		var e Effect
		var between, scrap, receiving int64
		var sum part
		if err := rows.Scan(idValue{&e.Resource}, stringValue[valueflows.Action]{&e.Action}, &between, numberValue[Beside]{&e.Beside},
			numberValue[valueflows.Custody]{&e.Custody}, &scrap, &sum.scale, &sum.high, &sum.low, &receiving); err != nil {
			return nil, fmt.Errorf("add up what happened: %w", err)
		}
		e.Between, e.Scrap, e.Receiving = between != 0, scrap != 0, receiving != 0
		if e.Coef, e.Scale, err = sum.whole(); err != nil {
			return nil, err
		}
		all = append(all, e)
	}
	return all, rows.Err()
}

// Stock returns resources that are counted in a LAB's books, in recorded order.
func (p *Snapshot) Stock(ctx context.Context, lab valueflows.ID, of Stocks) ([]*valueflows.EconomicResource, error) {
	sel := selection{dialect: p.store.dialect}
	sel.and("lab = ? AND NOT stub AND accounting_coef IS NOT NULL", idArg(lab))
	if len(of.Accountable) > 0 {
		sel.anyOf("primary_accountable", of.Accountable)
	} else {
		sel.and("id"+in(len(of.Resources)), padded(of.Resources)...)
	}
	return counted.where(ctx, p, sel.text()+" ORDER BY position", sel.args...)
}

// LedgerPage returns a page of the events on a resource of the reader's LAB, of
// those actions, that the reader sees.
func (p *Snapshot) LedgerPage(ctx context.Context, sight Sight, resource valueflows.ID, actions []valueflows.Action, page Page) (Listing[Event], error) {
	var arms []string
	var args []any
	for i, condition := range []string{"resource_inventoried_as = ?", "to_resource_inventoried_as = ? AND resource_inventoried_as IS DISTINCT FROM ?"} {
		sel := selection{dialect: p.store.dialect}
		sel.and("NOT stub")
		sel.and(condition, []any{idArg(resource), idArg(resource)}[:i+1]...)
		sel.seen(events.name, sight)
		anyText(&sel, map[string]bool{"action": true}, "action", actions)
		tail := sel.keyset(page)
		arms = append(arms, fmt.Sprintf("SELECT * FROM (%s) arm%d", events.selectFrom("WHERE "+sel.text()+tail), i))
		args = append(args, sel.args...)
	}
	direction := ""
	if page.Last > 0 {
		direction = " DESC"
	}
	rows, err := events.all(ctx, p, strings.Join(arms, " UNION ALL ")+" ORDER BY position"+direction+" LIMIT ?", append(args, max(page.First, page.Last)+1)...)
	if err != nil {
		return Listing[Event]{}, err
	}
	return listing(rows, page), nil
}

// Unseen returns the events on a resource of the reader's LAB that the reader
// does not see, in recorded order: care for people that is others'.
func (p *Snapshot) Unseen(ctx context.Context, sight Sight, resource valueflows.ID, span Span) ([]*Event, error) {
	if !sight.NoCareParties && !sight.OwnCare {
		return nil, nil
	}
	sel := selection{dialect: p.store.dialect}
	sel.and("lab = ? AND NOT stub AND stream = ?", idArg(sight.Lab), string(valueflows.CarePeople))
	sel.and("(resource_inventoried_as = ? OR to_resource_inventoried_as = ?)", idArg(resource), idArg(resource))
	if sight.OwnCare && !sight.NoCareParties {
		sel.and("provider <> ? AND receiver <> ?", idArg(sight.Person), idArg(sight.Person))
	}
	sel.span(span)
	return flowing.where(ctx, p, sel.text()+" ORDER BY position", sel.args...)
}

// HandedOver returns the resources of a LAB's books that went to another agent
// with their record, by one of the actions, at an instant or since.
func (p *Snapshot) HandedOver(ctx context.Context, lab valueflows.ID, actions []valueflows.Action, since *valueflows.Instant) ([]valueflows.ID, error) {
	sel := selection{dialect: p.store.dialect}
	sel.and("lab = ? AND NOT stub AND to_resource_inventoried_as = resource_inventoried_as AND provider <> receiver AND corrects IS NULL", idArg(lab))
	anyText(&sel, map[string]bool{"action": true}, "action", actions)
	sel.span(Span{From: since})
	rows, err := p.query(ctx, "SELECT DISTINCT resource_inventoried_as FROM economic_event WHERE "+sel.text()+" ORDER BY resource_inventoried_as", sel.args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var ids []valueflows.ID
	for rows.Next() {
		var id valueflows.ID
		if err := rows.Scan(idValue{&id}); err != nil {
			return nil, fmt.Errorf("read what was handed over: %w", err)
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}
