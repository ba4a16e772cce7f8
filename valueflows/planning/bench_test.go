package planning

import (
	"fmt"
	"testing"
	"time"

	"disconode/valueflows"
)

// layered is 1,000 demands over a graph of recipes with 12 levels of 8 parts.
// Each part but the last takes 3 of the next level, which others take, too, so
// that a product stands on 3^11 ways to its raw materials. Processes take 1 to
// 3 days. The demands are due on the working hours of days days.
func layered(days int) (Request, Books) {
	var b Books
	const levels, parts = 12, 8
	of := func(level, part int) string { return fmt.Sprintf("p%02d-%d", level, part%parts) }
	for level := range levels {
		for part := range parts {
			var inputs []string
			for i := range 3 {
				if level+1 < levels {
					inputs = append(inputs, fmt.Sprintf("consume %d one %s", i+1, of(level+1, part+i)))
				}
			}
			b.process(of(level, part), fmt.Sprintf("%d day", 1+(level+part)%3), inputs, []string{"produce 2 one " + of(level, part)})
		}
	}
	r := Request{Agent: id("coop"), Plan: id("plan")}
	start := at("2026-01-05T09:00Z").Time()
	for i := range 1000 {
		due := valueflows.TimeOf(start.AddDate(0, 0, i%days).Add(time.Duration(i/days) * time.Second))
		r.Demands = append(r.Demands, Demand{Kind: kind(of(0, i)), Quantity: *measure(fmt.Sprintf("%d one", 1+i%7)), Due: &due})
	}
	return r, b
}

func benchmarkMake(b *testing.B, r Request, books Books) {
	b.ReportAllocs()
	var d *Draft
	for b.Loop() {
		var err error
		if d, err = Make(r, books, counted()); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(d.Processes)), "processes")
	b.ReportMetric(float64(len(d.Commitments)+len(d.Intents)), "flows")
}

// counted gives new ids quickly.
func counted() func() valueflows.ID {
	n := 0
	return func() valueflows.ID {
		n++
		return valueflows.ID{0: 0xff, 12: byte(n >> 24), 13: byte(n >> 16), 14: byte(n >> 8), 15: byte(n)}
	}
}

// The demands of each day are due at one instant,
// or at many that are put together by the day.
func BenchmarkMake(b *testing.B) {
	b.Run("1000 demands due on 50 days", func(b *testing.B) {
		r, books := layered(50)
		r.Together = SameDay
		benchmarkMake(b, r, books)
	})
	b.Run("1000 demands due on 250 days", func(b *testing.B) {
		r, books := layered(250)
		r.Together = SameDay
		benchmarkMake(b, r, books)
	})
	b.Run("1000 demands due at 250 instants", func(b *testing.B) {
		r, books := layered(250)
		for i := range r.Demands {
			r.Demands[i].Due = r.Demands[i%250].Due
		}
		benchmarkMake(b, r, books)
	})
	b.Run("1000 demands due on 1000 days", func(b *testing.B) {
		r, books := layered(1000)
		benchmarkMake(b, r, books)
	})
}

// The critical path of a plan of 5,364 processes, and what follows when the
// process that ends first is a day late.
func BenchmarkNetwork(b *testing.B) {
	r, books := layered(50)
	r.Together = SameDay
	d, err := Make(r, books, counted())
	if err != nil {
		b.Fatal(err)
	}
	n := &Network{Processes: d.Processes, Commitments: d.Commitments, Intents: d.Intents}
	first := d.Processes[0]
	for _, p := range d.Processes {
		if p.HasEnd.Instant < first.HasEnd.Instant {
			first = p
		}
	}
	b.Run("critical path", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := n.CriticalPath(first.HasBeginning.Instant, nil); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("replan", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := n.Replan([]Change{{Process: first.ID, At: first.HasEnd.Instant + 86_400_000_000}}); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// One request among 10,000 offers of 100 specifications.
func BenchmarkMatches(b *testing.B) {
	var among []Published
	for i := range 10_000 {
		among = append(among, published(fmt.Sprint("i", i), fmt.Sprintf("farm→ transfer %d kilogram t%d", 1+i%50, i%100)))
	}
	wanted := published("wanted", "→shop transfer 10 kilogram t7")
	b.ReportAllocs()
	for b.Loop() {
		if len(Matches(wanted, among, Around{})) != 100 {
			b.Fatal("some are missing")
		}
	}
}
