package node

import (
	"context"
	"slices"
	"strings"

	"disconode/node/store"
	"disconode/valueflows"
)

// unitsByID are units by id: those of OM2 are built in.
func (n *Node) unitsByID(ctx context.Context, sight store.Sight, ids []valueflows.ID) (map[valueflows.ID]*valueflows.Unit, error) {
	found := make(map[valueflows.ID]*valueflows.Unit, len(ids))
	var own []valueflows.ID
	for _, id := range ids {
		if u := valueflows.OMUnit(id); u != nil {
			found[id] = u
		} else {
			own = append(own, id)
		}
	}
	if len(own) == 0 {
		return found, nil
	}
	kept, err := keptByID(ctx, n, func(c *cache) map[valueflows.ID]*valueflows.Unit { return c.units }, sight, own)
	for id, u := range kept {
		found[id] = u
	}
	return found, err
}

// listUnits lists the units of OM2 and then those made on this node.
func (n *Node) listUnits(ctx context.Context, p Principal, f Filter, page Page) (Listing[valueflows.Unit], error) {
	sight, err := n.sight(ctx, p)
	if err != nil {
		return Listing[valueflows.Unit]{}, err
	}
	own, err := store.List[valueflows.Unit](ctx, n.store, sight, f, page)
	if err != nil {
		return own, err
	}
	all := own.Nodes
	for _, u := range valueflows.OMUnits() {
		if (page.After == 0 || u.Position > page.After) && (page.Before == 0 || u.Position < page.Before) && matches(u, f) {
			all = append(all, u)
		}
	}
	slices.SortFunc(all, func(a, b *valueflows.Unit) int { return int(a.Position - b.Position) })
	found := Listing[valueflows.Unit]{Nodes: all, HasPrevious: own.HasPrevious || page.After != 0, HasNext: own.HasNext || page.Before != 0}
	if page.First > 0 && len(all) > page.First {
		found.Nodes, found.HasNext = all[:page.First], true
	}
	if page.Last > 0 && len(all) > page.Last {
		found.Nodes, found.HasPrevious = all[len(all)-page.Last:], true
	}
	return found, nil
}

func matches(u *valueflows.Unit, f Filter) bool {
	if len(f.Origin) > 0 { // they are nobody's
		return false
	}
	if f.Search != "" && !strings.Contains(strings.ToLower(u.Label), strings.ToLower(f.Search)) {
		return false
	}
	for _, c := range f.ClassifiedAs {
		if slices.Contains(u.ClassifiedAs, c) {
			return true
		}
	}
	return len(f.ClassifiedAs) == 0
}
