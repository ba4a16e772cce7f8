package node

import "context"

// recountMin is after how many new entries of the journal the database counts
// its tables anew: it chooses its indexes by what they held when they were counted.
const recountMin = 5_000

// recounting is to be called before much may be recorded at once; what it
// returns, afterwards. Where counting fails, what was recorded stands: answers
// are right all the same, and may take longer.
func (n *Node) recounting(ctx context.Context) func() {
	before, err := n.store.Head(ctx)
	return func() {
		if after, e := n.store.Head(ctx); err == nil && e == nil && after.Position >= before.Position+recountMin {
			_ = n.store.Recount(ctx)
		}
	}
}
