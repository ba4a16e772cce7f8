package store

import (
	"context"
	"fmt"
	"strings"

	"disconode/valueflows"
)

// Booked is an event with the resources of the same books that it names; nil
// where it names none that are counted there.
type Booked struct {
	Event
	From, To *valueflows.EconomicResource
}

// Bookings selects events to be booked: those that mean something to agents, as
// a party or as who is accountable for a resource, or those on some resources.
type Bookings struct {
	Agents, Resources []valueflows.ID
	Span              Span
	After             *Event // the last one of the page before
	Most              int    // 0 for all
}

// EachBooked calls do with the events that the reader sees and that are
// selected, in the order in which they happened, in one statement.
func EachBooked(ctx context.Context, q Reader, sight Sight, b Bookings, do func(*Booked) error) error {
	sel := selection{}
	sel.and("NOT stub")
	sel.seen(events.name, sight)
	sel.span(b.Span)
	if len(b.Resources) > 0 {
		list := in(len(b.Resources))
		sel.and("(resource_inventoried_as"+list+" OR to_resource_inventoried_as"+list+")", append(padded(b.Resources), padded(b.Resources)...)...)
	}
	if b.After != nil {
		sel.and("happened >= ? AND (happened > ? OR position > ?)", int64(b.After.Happened), int64(b.After.Happened), b.After.Position)
	}
	columns := append(prefixed("e.", flowing.header()), append(prefixed("f.", counted.header()), prefixed("t.", counted.header())...)...)
	text := "SELECT " + strings.Join(columns, ", ") + " FROM (SELECT lab, " + strings.Join(flowing.header(), ", ") + " FROM economic_event WHERE " + sel.text() + ") e" +
		" LEFT JOIN economic_resource f ON f.id = e.resource_inventoried_as AND f.lab = e.lab AND NOT f.stub" +
		" LEFT JOIN economic_resource t ON t.id = e.to_resource_inventoried_as AND t.lab = e.lab AND NOT t.stub"
	args := sel.args
	if len(b.Agents) > 0 {
		var alternatives []string
		for _, column := range []string{"e.provider", "e.receiver", "f.primary_accountable", "t.primary_accountable"} {
			alternatives = append(alternatives, column+in(len(b.Agents)))
			args = append(args, padded(b.Agents)...)
		}
		text += " WHERE " + strings.Join(alternatives, " OR ")
	}
	text += " ORDER BY e.happened, e.position"
	if b.Most > 0 {
		text, args = text+" LIMIT ?", append(args, b.Most)
	}
	rows, err := q.query(ctx, text, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		row := &Booked{From: new(valueflows.EconomicResource), To: new(valueflows.EconomicResource)}
		var into []any
		for _, list := range [][]column{flowing.columns(&row.Event), counted.columns(row.From), counted.columns(row.To)} {
			for _, c := range list {
				into = append(into, c.value)
			}
		}
		if err := rows.Scan(into...); err != nil {
			return fmt.Errorf("read events to book: %w", err)
		}
		if row.From.ID.IsZero() {
			row.From = nil
		}
		if row.To.ID.IsZero() {
			row.To = nil
		}
		if err := do(row); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Reader reads the books as they come, or as they are at one moment.
type Reader interface{ querier }

func prefixed(prefix string, names []string) []string {
	list := make([]string, len(names))
	for i, name := range names {
		list[i] = prefix + name
	}
	return list
}
