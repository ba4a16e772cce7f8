package node

import (
	"sync/atomic"
	"testing"

	"disconode/node/store/storetest"
	"disconode/valueflows"
)

// An event that changes a stock, acknowledged singly, from 16 clients.
func BenchmarkRecordEvent(b *testing.B) {
	for _, database := range []string{"sqlite", "postgres"} {
		b.Run(database, func(b *testing.B) {
			dsn := ""
			if database == "postgres" {
				dsn = storetest.Postgres(b)
			}
			books := newBooks(b, dsn)
			farm, shop := books.organization("Farm"), books.organization("Shop")
			stock := books.recordNew(valueflows.EconomicEvent{Action: "raise", Provider: farm, Receiver: farm, ResourceQuantity: kg("1000000000")},
				valueflows.EconomicResource{ConformsTo: books.specification("Kale")})
			before := books.node.Stats()
			b.SetParallelism(8) // of 2 processors: 16 clients
			var failed atomic.Int64
			b.ResetTimer()
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					if _, _, err := books.node.RecordEvent(books.ctx, &valueflows.EconomicEvent{Action: "transfer", Provider: farm, Receiver: shop,
						ResourceInventoriedAs: stock, ResourceQuantity: kg("1")}, nil); err != nil {
						failed.Add(1)
					}
				}
			})
			b.StopTimer()
			if failed.Load() > 0 {
				b.Fatalf("%d writes failed", failed.Load())
			}
			after := books.node.Stats()
			b.ReportMetric(float64(after.Commands-before.Commands)/float64(after.Commits-before.Commits), "writes/commit")
		})
	}
}
