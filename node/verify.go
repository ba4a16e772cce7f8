package node

import (
	"context"
	"errors"
	"fmt"
	"sort"

	"disconode/node/store"
	"disconode/valueflows"
	"disconode/valueflows/jsonld"
)

// kindAndUnit is what conservation holds for: a specification, in a unit.
type kindAndUnit struct{ kind, unit valueflows.ID }

// Verify walks the journal and says in words what is wrong: with its chain and
// its commitments; with a body that cannot be read; and with conservation, which
// holds where the resources of each specification and unit sum up to what the
// events of the journal put in and took out. Nothing is changed.
func (n *Node) Verify(ctx context.Context) ([]string, error) {
	var wrong []string
	err := n.store.Snapshot(ctx, func(books *store.Snapshot) (err error) {
		wrong, err = verify(ctx, books)
		return err
	})
	return wrong, outward(err)
}

func verify(ctx context.Context, books *store.Snapshot) ([]string, error) {
	kinds := map[valueflows.ID]valueflows.ID{} // of the resources that are counted here
	accounting := map[kindAndUnit]*valueflows.Sum{}
	add := func(key kindAndUnit, d valueflows.Decimal) {
		if accounting[key] == nil {
			accounting[key] = new(valueflows.Sum)
		}
		accounting[key].Add(d)
	}
	var wrong []string
	chain, err := books.Check(ctx, func(e *store.Entry) error {
		if e.Body == nil || !e.Class.Kept() {
			return nil
		}
		record, err := jsonld.Decode(e.Body)
		if err != nil {
			wrong = append(wrong, fmt.Sprintf("journal: entry %d: %s", e.Position, err))
			return nil
		}
		switch r := record.(type) {
		case *valueflows.EconomicResource:
			if !r.Stub && (e.Operation == store.Create || e.Operation == store.Update) { // a claim is not counted here
				kinds[r.ID] = r.ConformsTo
			}
		case *valueflows.EconomicEvent:
			if e.Operation == store.Create {
				from, to := r.AccountingSigns()
				for _, side := range []struct {
					id   valueflows.ID
					sign int64
				}{{r.ResourceInventoriedAs, from}, {r.ToResourceInventoriedAs, to}} {
					if kind, counted := kinds[side.id]; counted && side.sign != 0 && r.ResourceQuantity != nil {
						add(kindAndUnit{kind, r.ResourceQuantity.HasUnit}, r.ResourceQuantity.HasNumericalValue.Times(side.sign))
					}
				}
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	wrong = append(chain, wrong...)
	if err := books.EachResource(ctx, func(r *valueflows.EconomicResource) error {
		if r.AccountingQuantity != nil {
			add(kindAndUnit{r.ConformsTo, r.AccountingQuantity.HasUnit}, r.AccountingQuantity.HasNumericalValue.Neg())
		}
		return nil
	}); err != nil {
		return nil, err
	}
	var unbalanced []string
	for key, sum := range accounting {
		if sum.Sign() != 0 {
			unbalanced = append(unbalanced, fmt.Sprintf("conservation: the events of specification %s in unit %s come to %s more than its resources hold", key.kind, key.unit, sum))
		}
	}
	sort.Strings(unbalanced)
	return append(wrong, unbalanced...), nil
}

// errKept rolls a rebuild back that was only a trial.
var errKept = errors.New("kept as it was")

// Rebuild computes every projection from the journal again, keeps the result,
// and says in words how what was there differed from it.
func (n *Node) Rebuild(ctx context.Context) ([]string, error) { return n.rebuild(ctx, nil) }

// Compare is [Node.Rebuild] that keeps what was there.
func (n *Node) Compare(ctx context.Context) ([]string, error) { return n.rebuild(ctx, errKept) }

func (n *Node) rebuild(ctx context.Context, then error) ([]string, error) {
	var found []string
	err := n.write(ctx, func(s *session) error {
		var err error
		if found, err = s.tx.Rebuild(s.replayAll); err != nil {
			return err
		}
		return then
	})
	if err != nil && (then == nil || !errors.Is(err, then)) {
		return nil, err
	}
	return found, nil
}

// replayEach is after how many entries a rebuild forgets what it has read, so
// that memory stays flat.
const replayEach = 1000

// replayAll computes the projections of the whole journal.
func (s *session) replayAll() error {
	return s.tx.Entries(func(e *store.Entry) error {
		if e.Position%replayEach == 0 {
			if err := s.tx.Relax(); err != nil {
				return err
			}
		}
		return s.replay(e)
	})
}
