package node

import (
	"context"

	"disconode/node/store"
	"disconode/valueflows"
)

// SetLabPolicy changes the policies of a LAB, and returns how they stand: of the
// LAB that change is given, its name, slug and zone stay. For the command line.
func (n *Node) SetLabPolicy(ctx context.Context, lab valueflows.ID, change func(*Lab)) (*Lab, error) {
	if PrincipalOf(ctx).Role != Operator {
		return nil, ErrForbidden
	}
	var after *Lab
	err := n.write(ctx, func(s *session) error {
		row, err := s.tx.Lab(lab)
		if err != nil {
			return err
		}
		before := labRow(row)
		is := before
		change(&is)
		is.ID, is.Slug, is.Zone = before.ID, before.Slug, before.Zone
		after = &is
		if is == before {
			return nil
		}
		return s.appendLab(store.Update, &store.Lab{
			ID: is.ID, Slug: is.Slug, Zone: is.Zone, Overdraw: is.Overdraw, MembersRecord: is.MembersRecord, Ownership: is.Ownership, Exclusive: is.Exclusive,
		})
	})
	return after, err
}

// labRow is a LAB as its row has it; its name is its Organization's.
func labRow(l *store.Lab) Lab {
	return Lab{ID: l.ID, Slug: l.Slug, Zone: l.Zone, Overdraw: l.Overdraw, MembersRecord: l.MembersRecord, Ownership: l.Ownership, Exclusive: l.Exclusive}
}
