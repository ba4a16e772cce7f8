package node

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"disconode/node/store"
	"disconode/valueflows"
)

// ContributionGroup is what contributions are grouped by.
type ContributionGroup string

// The groups; ByAgent is by provider.
const (
	ByAgent                 ContributionGroup = "AGENT"
	ByReceiver              ContributionGroup = "RECEIVER"
	ByAction                ContributionGroup = "ACTION"
	ByResourceSpecification ContributionGroup = "RESOURCE_SPECIFICATION"
	ByProcess               ContributionGroup = "PROCESS"
	ByStream                ContributionGroup = "STREAM"
	ByMonth                 ContributionGroup = "MONTH"
)

var groupColumns = map[ContributionGroup]store.Group{
	ByAgent: store.GroupAgent, ByReceiver: store.GroupReceiver, ByAction: store.GroupAction, ByResourceSpecification: store.GroupSpecification,
	ByProcess: store.GroupProcess, ByStream: store.GroupStream, ByMonth: store.GroupMonth,
}

// ContributionQuery asks what was contributed in a LAB's books: the caller's
// where Lab is zero. Empty fields narrow nothing; from <= the event's time < to.
type ContributionQuery struct {
	Lab                valueflows.ID
	Agent              []valueflows.ID // providers
	Action             []valueflows.Action
	ResourceConformsTo []valueflows.ID
	Stream             []valueflows.Stream
	From, To           *valueflows.Instant
	GroupBy            []ContributionGroup
}

// Contribution is what the events of one group come to: their number, and the
// exact sum of each of their quantities in each unit, corrections netted. What
// was not grouped by is zero; so is what an event does not state, or what the
// caller may see in hours only.
type Contribution struct {
	Agent, Receiver             valueflows.ID
	Action                      valueflows.Action
	ResourceConformsTo, Process valueflows.ID
	Stream                      valueflows.Stream
	Month                       string // such as 2026-05, in the LAB's time zone
	Events                      int
	ResourceQuantity            []valueflows.Measure
	EffortQuantity              []valueflows.Measure
}

// contributionsMax is how many groups are answered.
const contributionsMax = 10_000

// Contributions adds up what was contributed, in the order of the groups.
func (n *Node) Contributions(ctx context.Context, q ContributionQuery) ([]Contribution, error) {
	p := PrincipalOf(ctx)
	if May(p.Role, See, Contributions) == Never {
		return nil, ErrForbidden
	}
	if !q.Lab.IsZero() && q.Lab != p.Lab {
		return nil, valueflows.At(valueflows.Invalid("UNKNOWN_REFERENCE", "no LAB whose books you may read has this id"), "lab")
	}
	if q.From != nil && q.To != nil && *q.From > *q.To {
		return nil, valueflows.At(valueflows.Invalid("TIME_CONFLICT", "from lies after to"), "from")
	}
	var groups []store.Group
	for _, g := range q.GroupBy {
		column, ok := groupColumns[g]
		if !ok {
			return nil, valueflows.At(valueflows.Invalid("INVALID_GROUP", "there is no group %q", g), "groupBy")
		}
		if !slices.Contains(groups, column) {
			groups = append(groups, column)
		}
	}
	sums, err := n.store.Sums(ctx, p.sight(), store.Filter{
		Provider: q.Agent, Action: q.Action, ConformsTo: q.ResourceConformsTo, Stream: q.Stream, From: q.From, To: q.To,
	}, groups)
	if errors.Is(err, store.ErrTooMany) {
		return nil, valueflows.Invalid("TOO_MANY", "this makes more than %d groups: narrow it, or group by less", contributionsMax)
	}
	if err != nil {
		return nil, outward(err)
	}
	if len(groups) == 0 && len(sums) == 0 {
		return []Contribution{{}}, nil
	}
	if len(sums) > contributionsMax {
		return nil, valueflows.Invalid("TOO_MANY", "this makes %d groups, more than %d: narrow it, or group by less", len(sums), contributionsMax)
	}
	all := make([]Contribution, len(sums))
	for i, s := range sums {
		if all[i], err = n.contribution(s, slices.Contains(groups, store.GroupMonth)); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(all, func(a, b Contribution) int { return strings.Compare(a.order(), b.order()) })
	return all, nil
}

func (c Contribution) order() string {
	return fmt.Sprintf("%s|%s|%s|%s|%s|%s|%s", c.Month, c.Agent, c.Receiver, c.Action, c.Stream, c.ResourceConformsTo, c.Process)
}

func (n *Node) contribution(s *store.Sums, byMonth bool) (Contribution, error) {
	c := Contribution{
		Agent: s.Provider, Receiver: s.Receiver, Action: s.Action, ResourceConformsTo: s.Specification, Process: s.Process,
		Stream: s.Stream, Events: int(s.Events),
	}
	if byMonth {
		c.Month = fmt.Sprintf("%04d-%02d", s.Month/12, s.Month%12+1)
	}
	var err error
	if c.ResourceQuantity, err = measures(s.Resource); err != nil {
		return c, err
	}
	c.EffortQuantity, err = measures(s.Effort)
	return c, err
}

// measures lists sums, one a unit, in the order of the units.
func measures(sums map[valueflows.ID]*valueflows.Sum) ([]valueflows.Measure, error) {
	list := make([]valueflows.Measure, 0, len(sums))
	for unit, sum := range sums {
		d, err := sum.Decimal()
		if err != nil {
			return nil, valueflows.Invalid("OUT_OF_RANGE", "the sum %s has more than %d digits: narrow the query", sum, valueflows.DigitsMax)
		}
		list = append(list, valueflows.Measure{HasNumericalValue: d, HasUnit: unit})
	}
	slices.SortFunc(list, func(a, b valueflows.Measure) int { return strings.Compare(a.HasUnit.String(), b.HasUnit.String()) })
	return list, nil
}
