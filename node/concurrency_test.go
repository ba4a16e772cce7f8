package node

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"disconode/valueflows"
)

// SECURITY.md S07: 100 takes of 1 from 50 at once: exactly 50 succeed, and the
// stock is never below zero.
func TestS07DoubleSpend(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		farm, shop := b.organization("Farm"), b.organization("Shop")
		stock := b.recordNew(valueflows.EconomicEvent{Action: "raise", Provider: farm, Receiver: farm, ResourceQuantity: kg("50")},
			valueflows.EconomicResource{ConformsTo: b.specification("Kale")})
		var took, refused atomic.Int64
		var all sync.WaitGroup
		for range 100 {
			all.Go(func() {
				_, _, err := b.node.RecordEvent(b.ctx, &valueflows.EconomicEvent{Action: "transfer", Provider: farm, Receiver: shop,
					ResourceInventoriedAs: stock, ResourceQuantity: kg("1")}, nil)
				var input *valueflows.InputError
				switch {
				case err == nil:
					took.Add(1)
				case errors.As(err, &input) && input.Code == "INSUFFICIENT":
					refused.Add(1)
				default:
					t.Errorf("a take failed otherwise: %v", err)
				}
			})
		}
		all.Wait()
		if took.Load() != 50 || refused.Load() != 50 {
			t.Errorf("%d took, %d were refused; want 50 and 50", took.Load(), refused.Load())
		}
		b.holds(stock, "0", "0")
		b.sound()
	})
}

// SECURITY.md S13: the same idempotency key, in parallel and again, has one
// effect and one answer; with another body it is an error.
func TestS13Idempotency(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		farm := b.organization("Farm")
		stock := b.recordNew(valueflows.EconomicEvent{Action: "raise", Provider: farm, Receiver: farm, ResourceQuantity: kg("50")},
			valueflows.EconomicResource{ConformsTo: b.specification("Kale")})
		lower := func(q string) (*valueflows.EconomicEvent, error) {
			ctx := WithIdempotencyKey(b.ctx, "once")
			e, _, err := b.node.RecordEvent(ctx, &valueflows.EconomicEvent{Action: "lower", Provider: farm, Receiver: farm,
				ResourceInventoriedAs: stock, ResourceQuantity: kg(q)}, nil)
			return e, err
		}
		var all sync.WaitGroup
		ids := make([]valueflows.ID, 20)
		for i := range ids {
			all.Go(func() {
				e, err := lower("5")
				if err != nil {
					t.Error(err)
					return
				}
				ids[i] = e.ID
			})
		}
		all.Wait()
		for _, id := range ids {
			if id != ids[0] {
				t.Fatalf("two answers: %s and %s", ids[0], id)
			}
		}
		if _, err := lower("6"); !errors.Is(err, ErrConflict) {
			t.Errorf("another body under the same key: %v", err)
		}
		b.holds(stock, "45", "45")
		b.sound()
	})
}

// SECURITY.md S12: callers that give up, and commands that fail, harm no other
// command of their group; the connection goes on.
func TestS12GivingUpHarmsNobody(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		farm := b.organization("Farm")
		stock := b.recordNew(valueflows.EconomicEvent{Action: "raise", Provider: farm, Receiver: farm, ResourceQuantity: kg("1000")},
			valueflows.EconomicResource{ConformsTo: b.specification("Kale")})
		var acknowledged atomic.Int64
		var all sync.WaitGroup
		for i := range 150 {
			all.Go(func() {
				ctx, stop := context.WithCancel(b.ctx)
				defer stop()
				q, resource := "1", stock
				switch i % 3 {
				case 1: // gives up while it waits, or before
					go stop()
				case 2: // fails
					resource = valueflows.ID{byte(i)}
				}
				_, _, err := b.node.RecordEvent(ctx, &valueflows.EconomicEvent{Action: "lower", Provider: farm, Receiver: farm,
					ResourceInventoriedAs: resource, ResourceQuantity: kg(q), Note: valueflows.Text(fmt.Sprint(i))}, nil)
				switch {
				case i%3 == 0 && err != nil:
					t.Errorf("an innocent command failed: %v", err)
				case i%3 == 2 && err == nil:
					t.Error("a command that refers to nothing was carried out")
				case err == nil:
					acknowledged.Add(1)
				}
			})
		}
		all.Wait()
		page, err := List[valueflows.EconomicEvent](b.ctx, b.node, Filter{Action: []valueflows.Action{"lower"}}, Page{First: 100})
		if err != nil {
			t.Fatal(err)
		}
		if n := len(page.Nodes); int64(n) < acknowledged.Load() || n > 100 {
			t.Errorf("%d events stand, %d were acknowledged", n, acknowledged.Load())
		}
		b.sound()
	})
}

// At 16 clients a commit carries at least 4 writes on average.
func TestGroupCommit(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		farm, plot := b.organization("Farm"), b.process("Hoe")
		before := b.node.Stats()
		var all sync.WaitGroup
		for range 16 {
			all.Go(func() {
				for range 20 {
					if _, _, err := b.node.RecordEvent(b.ctx, &valueflows.EconomicEvent{Action: "work", Provider: farm, Receiver: farm,
						InputOf: plot, EffortQuantity: hours("0.25")}, nil); err != nil {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		after := b.node.Stats()
		if writes, commits := after.Commands-before.Commands, after.Commits-before.Commits; writes != 320 || writes < 4*commits {
			t.Errorf("%d writes in %d commits", writes, commits)
		}
		b.sound()
	})
}
