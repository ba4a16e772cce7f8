package graph

import (
	"context"

	"disconode/node"
	"disconode/valueflows"
)

// sides are the agreements that an event came of: on which side of each.
type sides map[valueflows.ID]struct{ given, inReturn bool }

func (s sides) put(agreement valueflows.ID, inReturn bool) {
	if !agreement.IsZero() {
		side := s[agreement]
		side.given, side.inReturn = side.given || !inReturn, side.inReturn || inReturn
		s[agreement] = side
	}
}

// sidesOf are the agreements of an event: those that it names, and those whose
// clauses it fulfils, which have been read.
func sidesOf(l *loads, e *valueflows.EconomicEvent) sides {
	all := sides{}
	all.put(e.RealizationOf, false)
	all.put(e.ReciprocalRealizationOf, true)
	for _, clause := range recordsOf[valueflows.Commitment](l, e.Fulfills, nil) {
		c := clause.(*valueflows.Commitment)
		all.put(c.ClauseOf, false)
		all.put(c.ReciprocalClauseOf, true)
	}
	return all
}

// reciprocalEvents are of each event those on the other side of its agreements.
func reciprocalEvents(ctx context.Context, n *node.Node, events []valueflows.ID, f node.Filter, p node.Page) ([]node.Listing[valueflows.EconomicEvent], error) {
	l, owners := loadsOf(ctx), make([]sides, len(events))
	var agreements []valueflows.ID
	if err := (class[valueflows.EconomicEvent]{}).read(ctx, l, events); err != nil {
		return nil, err
	}
	if err := readClauses(ctx, l, recordsOf[valueflows.EconomicEvent](l, events, nil)); err != nil {
		return nil, err
	}
	for i, id := range events {
		if e, ok := (class[valueflows.EconomicEvent]{}).get(l, id).(*valueflows.EconomicEvent); ok {
			owners[i] = sidesOf(l, e)
			for agreement := range owners[i] {
				agreements = append(agreements, agreement)
			}
		}
	}
	agreements = once(agreements)
	lists, err := node.ListBy[valueflows.EconomicEvent](ctx, n, node.LinkOfAgreement, agreements, f, node.Page{First: listMax})
	if err != nil {
		return nil, err
	}
	of := map[valueflows.ID][]*valueflows.EconomicEvent{}
	var others []any
	for i, list := range lists {
		if list.HasNext {
			return nil, &errTooMany{"an agreement", "its economicEvents"}
		}
		of[agreements[i]] = list.Nodes
		for _, e := range list.Nodes {
			others = append(others, e)
		}
	}
	if err := readClauses(ctx, l, others); err != nil {
		return nil, err
	}
	pages := make([]node.Listing[valueflows.EconomicEvent], len(events))
	for i, own := range owners {
		var found []*valueflows.EconomicEvent
		for agreement, side := range own {
			for _, e := range of[agreement] {
				other := sidesOf(l, e)[agreement]
				if e.ID != events[i] && (side.given && other.inReturn || side.inReturn && other.given) {
					found = append(found, e)
				}
			}
		}
		pages[i] = cut(found, p)
	}
	return pages, nil
}

// readClauses reads the commitments that events fulfil.
func readClauses(ctx context.Context, l *loads, events []any) error {
	var ids []valueflows.ID
	for _, e := range events {
		ids = append(ids, e.(*valueflows.EconomicEvent).Fulfills...)
	}
	return class[valueflows.Commitment]{}.read(ctx, l, ids)
}

// eventsOfProcess are the events that say they went into each process, or came
// out of it.
func eventsOfProcess(ctx context.Context, n *node.Node, processes []valueflows.ID, f node.Filter, p node.Page) ([]node.Listing[valueflows.EconomicEvent], error) {
	found := make([][]*valueflows.EconomicEvent, len(processes))
	beyond := make([]bool, len(processes))
	for _, side := range []node.Link{node.LinkInputOf, node.LinkOutputOf} {
		lists, err := node.ListBy[valueflows.EconomicEvent](ctx, n, side, processes, f, p)
		if err != nil {
			return nil, err
		}
		for i, list := range lists {
			found[i] = append(found[i], list.Nodes...)
			beyond[i] = beyond[i] || list.HasNext
		}
	}
	pages := make([]node.Listing[valueflows.EconomicEvent], len(processes))
	for i := range processes {
		pages[i] = cut(found[i], p)
		pages[i].HasNext = pages[i].HasNext || beyond[i]
	}
	return pages, nil
}
