package node

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"disconode/node/store"
	"disconode/valueflows"
)

// agentsSeen are agents as a principal sees them, by id.
func (n *Node) agentsSeen(ctx context.Context, p Principal, ids []valueflows.ID) (map[valueflows.ID]*valueflows.Agent, error) {
	sight, err := n.sight(ctx, p)
	if err != nil {
		return nil, err
	}
	keys := make([]seen, len(ids))
	for i, id := range ids {
		keys[i] = seen{p.Lab, id}
	}
	all, err := cached(n.cache, func(c *cache) map[seen]*valueflows.Agent { return c.agents }, keys,
		func(a *valueflows.Agent) seen { return seen{p.Lab, a.ID} },
		func(missing []seen) ([]*valueflows.Agent, error) {
			wanted := make([]valueflows.ID, len(missing))
			for i, k := range missing {
				wanted[i] = k.id
			}
			rows, err := store.ByIDs[valueflows.Agent](ctx, n.store, sight, wanted)
			if err != nil {
				return nil, err
			}
			return rows, n.identify(ctx, rows)
		})
	if err != nil {
		return nil, err
	}
	found := make(map[valueflows.ID]*valueflows.Agent, len(all))
	for k, a := range all {
		found[k.id] = n.known(p, a)
	}
	return found, nil
}

// identify gives persons the names that are kept apart from the journal.
func (n *Node) identify(ctx context.Context, agents []*valueflows.Agent) error {
	persons := map[valueflows.ID]*valueflows.Agent{}
	var ids []valueflows.ID
	for _, a := range agents {
		if a.Kind == valueflows.ClassPerson {
			persons[a.ID] = a
			ids = append(ids, a.ID)
		}
		if a.Name == "" {
			a.Name = unnamed(a)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	identities, err := n.store.Identities(ctx, ids)
	if err != nil {
		return err
	}
	for _, i := range identities {
		a := persons[i.ID]
		if identified(a, i); a.Name == "" { // erased on the node that told of the person
			a.Name = unnamed(a)
		}
	}
	return nil
}

// unnamed is what stands for the name of an agent that has none.
func unnamed(a *valueflows.Agent) string {
	if a.IRI != "" {
		return a.IRI
	}
	return "(erased)"
}

// known is an agent as far as the principal may know who it is: to an auditor a
// person has a pseudonym, and to another LAB of the node than the one that told
// of it a person has the IRI that the LAB itself named. What a LAB elsewhere says
// of a person is for who follows that LAB.
func (n *Node) known(p Principal, a *valueflows.Agent) *valueflows.Agent {
	if a.Kind != valueflows.ClassPerson || p.Role == Operator || a.ID == p.User {
		return a
	}
	shown := *a
	switch {
	case May(p.Role, See, Identities) == Pseudonyms:
		shown.Name = n.pseudonym(a.ID)
		shown.IRI = ""
	case !a.Books.IsZero() && a.Books != p.Lab && !n.isFollowed(p.Lab, a.Books):
		shown.Name = unnamed(a)
	default:
		return a
	}
	shown.Image, shown.Note, shown.PrimaryLocation = "", "", valueflows.ID{}
	return &shown
}

// isFollowed tells whether a LAB sees the books of a LAB elsewhere.
func (n *Node) isFollowed(lab, books valueflows.ID) bool {
	origins, err := n.origins(context.Background(), lab)
	return err == nil && slices.Contains(origins, books)
}

// pseudonym names a person without telling who it is, always in the same way.
func (n *Node) pseudonym(id valueflows.ID) string {
	mac := hmac.New(sha256.New, n.secret)
	mac.Write([]byte("pseudonym"))
	mac.Write(id[:])
	return "Person " + hex.EncodeToString(mac.Sum(nil)[:4])
}

func (n *Node) listAgents(ctx context.Context, p Principal, f Filter, page Page) (Listing[valueflows.Agent], error) {
	sight, err := n.sight(ctx, p)
	if err != nil {
		return Listing[valueflows.Agent]{}, err
	}
	found, err := store.List[valueflows.Agent](ctx, n.store, sight, p.searches(f), page)
	if err != nil {
		return found, err
	}
	return found, n.showAgents(ctx, p, &found)
}

// searches is the filter of agents without what would tell names to those who
// may not know them.
func (p Principal) searches(f Filter) Filter {
	if f.Search != "" && May(p.Role, See, Identities) == Pseudonyms {
		f.Kind = withoutPersons(f.Kind)
	}
	return f
}

// locates is the filter of agents by where they are, which tells who somebody
// is to those who may not know.
func (p Principal) locates(f Filter) Filter {
	if May(p.Role, See, Identities) == Pseudonyms {
		f.Kind = withoutPersons(f.Kind)
	}
	return f
}

func withoutPersons(kinds []valueflows.Class) []valueflows.Class {
	if len(kinds) == 0 {
		return []valueflows.Class{valueflows.ClassOrganization, valueflows.ClassEcologicalAgent}
	}
	rest := []valueflows.Class{""} // matches nothing
	for _, k := range kinds {
		if k != valueflows.ClassPerson {
			rest = append(rest, k)
		}
	}
	return rest
}

func (n *Node) showAgents(ctx context.Context, p Principal, page *Listing[valueflows.Agent]) error {
	if err := n.identify(ctx, page.Nodes); err != nil {
		return err
	}
	for i, a := range page.Nodes {
		page.Nodes[i] = n.known(p, a)
	}
	return nil
}
