package node

import (
	"context"
	"slices"

	"disconode/node/store"
	"disconode/valueflows"
)

// seesAccounts tells whether the principal may see any accounts of the books
// that it acts in. It fails with [ErrForbidden].
func (n *Node) seesAccounts(p Principal) error {
	if May(p.Role, See, Accounts) == Never {
		return ErrForbidden
	}
	if p.Lab.IsZero() {
		return errNoLab
	}
	return nil
}

// seesAccountsOf tells whether the principal may see the accounts of agents: a
// member its own, and those of who is no person.
func (n *Node) seesAccountsOf(ctx context.Context, p Principal, agents []valueflows.ID) error {
	if May(p.Role, See, Accounts) != Party {
		return nil
	}
	known, err := n.agentsSeen(ctx, p, agents)
	if err != nil {
		return outward(err)
	}
	for _, id := range agents {
		if a := known[id]; id != p.User && (a == nil || a.Stub || a.Kind == valueflows.ClassPerson) {
			return ErrForbidden
		}
	}
	return nil
}

// accountsOf are the agents whose accounts are asked for: the LAB's where none
// are named. It fails with [ErrForbidden], and with a [*valueflows.InputError]:
// UNKNOWN_REFERENCE, TOO_MANY.
func (n *Node) accountsOf(ctx context.Context, p Principal, agents []valueflows.ID) ([]valueflows.ID, error) {
	if err := n.seesAccounts(p); err != nil {
		return nil, err
	}
	if len(agents) == 0 {
		return []valueflows.ID{p.Lab}, nil
	}
	if len(agents) > agentsMax {
		return nil, valueflows.At(valueflows.Invalid("TOO_MANY", "ask for at most %d agents at once", agentsMax), "agent")
	}
	if err := n.seesAccountsOf(ctx, p, agents); err != nil {
		return nil, err
	}
	known, err := n.agentsSeen(ctx, p, agents)
	if err != nil {
		return nil, outward(err)
	}
	var once []valueflows.ID
	for _, id := range agents {
		if known[id] == nil {
			return nil, valueflows.At(valueflows.Invalid("UNKNOWN_REFERENCE", "no agent that you may see has this id"), "agent")
		}
		if !slices.Contains(once, id) {
			once = append(once, id)
		}
	}
	return once, nil
}

// ownBooks is what the principal sees of the books that it acts in, and of no others.
func (p Principal) ownBooks() store.Sight {
	sight := p.sight()
	sight.Everything, sight.Origins = false, nil
	return sight
}

// withoutCare is the same without care for people, which is its parties' own.
func (p Principal) withoutCare() store.Sight {
	sight := p.ownBooks()
	sight.NoCareParties = true
	return sight
}
