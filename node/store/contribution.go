package store

import (
	"context"
	"fmt"
	"math/big"
	"strings"

	"disconode/valueflows"
)

// Group is what contributions are grouped by: the column of an event.
type Group string

// The groups.
const (
	GroupAgent         Group = "provider"
	GroupReceiver      Group = "receiver"
	GroupAction        Group = "action"
	GroupSpecification Group = "specification"
	GroupProcess       Group = "process"
	GroupStream        Group = "stream"
	GroupMonth         Group = "happened_month"
)

// Sums are the events of one group: how many, and the exact sum of each of
// their quantities per unit. Fields that were not grouped by are zero.
type Sums struct {
	SumKey
	Events           int64
	Resource, Effort map[valueflows.ID]*valueflows.Sum // by unit
}

// SumKey is what the events of a group have in common.
type SumKey struct {
	Provider, Receiver, Specification, Process valueflows.ID
	Action                                     valueflows.Action
	Stream                                     valueflows.Stream
	Month                                      int32 // year * 12 + month - 1
}

// sumsMax is the most rows that [Store.Sums] reads: a group has one for each
// of its units and numbers of decimal places.
const sumsMax = 50_000

// Sums adds up the events that the reader sees and the filter selects. Where
// the reader may see care for people in hours only, its events have no
// provider, receiver, process or specification. It fails with [ErrTooMany] where that makes more
// groups than can be kept in memory.
func (s *Store) Sums(ctx context.Context, sight Sight, f Filter, groups []Group) ([]*Sums, error) {
	return s.sums(ctx, sight, f, groups, sumsMax)
}

func (s *Store) sums(ctx context.Context, sight Sight, f Filter, groups []Group, most int) ([]*Sums, error) {
	sel := selection{dialect: s.dialect}
	sel.see(events.name, sight)
	narrow(&sel, &events, f, sight)
	var keys []string
	for _, g := range groups {
		column := string(g)
		if g == GroupProcess {
			column = "COALESCE(input_of, output_of)"
		}
		if sight.NoCareParties && (g == GroupAgent || g == GroupReceiver || g == GroupProcess || g == GroupSpecification) {
			column = "CASE WHEN stream = '" + string(valueflows.CarePeople) + "' THEN NULL ELSE " + column + " END"
		}
		keys = append(keys, column)
	}
	keys = append(keys, "resource_unit", "resource_scale", "effort_unit", "effort_scale")
	list := strings.Join(keys, ", ")
	text := "SELECT " + list + ", COUNT(*)," +
		" SUM(resource_coef / 1000000000), SUM(resource_coef % 1000000000), SUM(effort_coef / 1000000000), SUM(effort_coef % 1000000000)" +
		" FROM economic_event WHERE " + sel.text() + " GROUP BY " + ordinals(len(keys)) + " LIMIT ?"
	rows, err := s.query(ctx, text, append(sel.args, most+1)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	found := map[SumKey]*Sums{}
	var all []*Sums
	for read := 1; rows.Next(); read++ {
		if read > most {
			return nil, ErrTooMany
		}
		var key SumKey
		var into []any
		for _, g := range groups {
			into = append(into, key.field(g))
		}
		var resource, effort part
		var n int64
		into = append(into, idValue{&resource.unit}, &resource.scale, idValue{&effort.unit}, &effort.scale, &n,
			&resource.high, &resource.low, &effort.high, &effort.low)
		if err := rows.Scan(into...); err != nil {
			return nil, fmt.Errorf("add up events: %w", err)
		}
		sums := found[key]
		if sums == nil {
			sums = &Sums{SumKey: key, Resource: map[valueflows.ID]*valueflows.Sum{}, Effort: map[valueflows.ID]*valueflows.Sum{}}
			found[key] = sums
			all = append(all, sums)
		}
		sums.Events += n
		if err := resource.add(sums.Resource); err != nil {
			return nil, err
		}
		if err := effort.add(sums.Effort); err != nil {
			return nil, err
		}
	}
	return all, rows.Err()
}

func ordinals(n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprint(i + 1)
	}
	return strings.Join(list, ", ")
}

func (k *SumKey) field(g Group) any {
	switch g {
	case GroupAgent:
		return idValue{&k.Provider}
	case GroupReceiver:
		return idValue{&k.Receiver}
	case GroupSpecification:
		return idValue{&k.Specification}
	case GroupProcess:
		return idValue{&k.Process}
	case GroupAction:
		return stringValue[valueflows.Action]{&k.Action}
	case GroupStream:
		return stringValue[valueflows.Stream]{&k.Stream}
	}
	return numberValue[int32]{&k.Month}
}

// part is a sum in one unit and scale, as SQL gives it: exact, in two halves.
type part struct {
	unit      valueflows.ID
	scale     *int64
	high, low *string
}

func (p part) add(to map[valueflows.ID]*valueflows.Sum) error {
	if p.scale == nil || p.high == nil || p.low == nil {
		return nil
	}
	coef, scale, err := p.whole()
	if err != nil {
		return err
	}
	if to[p.unit] == nil {
		to[p.unit] = new(valueflows.Sum)
	}
	to[p.unit].AddBig(coef, scale)
	return nil
}

// whole is the sum put together: its digits, and how many of them stand after
// the point. Nothing adds up to nothing.
func (p part) whole() (coef *big.Int, scale int, err error) {
	if p.scale == nil || p.high == nil || p.low == nil {
		return new(big.Int), 0, nil
	}
	high, ok := new(big.Int).SetString(*p.high, 10)
	low, ok2 := new(big.Int).SetString(*p.low, 10)
	if !ok || !ok2 {
		return nil, 0, fmt.Errorf("add up events: %q and %q are no whole numbers", *p.high, *p.low)
	}
	return high.Mul(high, big.NewInt(1_000_000_000)).Add(high, low), int(*p.scale), nil
}
