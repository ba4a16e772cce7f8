package flow

import (
	"fmt"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"disconode/valueflows"
)

// drawn are books of a few stocks and processes in layers, in which anything
// happens: whatever is recorded, answered in whatever order, the parts add up,
// and what is taken back leaves no trace.
func drawn(t *rapid.T) *rollupTestBooks {
	b := newRollupBooks()
	const layers, wide = 4, 3
	name := func(label string, layer int) string {
		return fmt.Sprintf("s%d%d", layer, rapid.IntRange(0, wide-1).Draw(t, label))
	}
	for layer := range layers {
		for at := range wide {
			b.stock(fmt.Sprintf("s%d%d", layer, at), fmt.Sprintf("kind%d", at), "")
		}
	}
	for n := range rapid.IntRange(1, 40).Draw(t, "events") {
		layer := rapid.IntRange(0, layers-1).Draw(t, "layer")
		process := fmt.Sprintf("p%d%d", layer, rapid.IntRange(0, 1).Draw(t, "process"))
		q := rapid.IntRange(1, 9).Draw(t, "quantity")
		any := rapid.IntRange(0, layers-1).Draw(t, "any layer")
		switch rapid.IntRange(0, 10).Draw(t, "what") {
		case 0:
			b.happens(fmt.Sprintf("raise %d of %s", q, name("R", layer)))
		case 1:
			b.happens(fmt.Sprintf("move %d of %s into %s", q, name("R", any), name("T", layer)))
		case 2:
			b.happens(fmt.Sprintf("work %d h of skill into %s", q, process))
		case 3:
			b.happens(fmt.Sprintf("use %d h of %s into %s", q, name("R", any), process))
		case 4:
			b.happens(fmt.Sprintf("cite %d %% of %s into %s", q, name("R", any), process))
		case 5, 6:
			b.happens(fmt.Sprintf("consume %d of %s into %s", q, name("R", any), process))
		case 7, 8:
			b.happens(fmt.Sprintf("produce %d of %s from %s", q, name("R", layer), process))
		case 9:
			b.happens(fmt.Sprintf("modify %d of %s from %s", q, name("R", layer), process))
		case 10:
			b.happens(fmt.Sprintf("transfer %d of kind0 by mill into %s for deal%d", q, name("T", layer), n))
			b.happens(fmt.Sprintf("transfer %d of dollar to mill against deal%d", q*7, n))
		}
	}
	return b
}

func TestRollupAlwaysAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := drawn(t)
		list := priced("work 10 h\nuse kind0 3 h\nuse kind1 4 h\nkind0 5\nkind1 0.3")
		ask := named(fmt.Sprintf("s%d0", rapid.IntRange(0, 3).Draw(t, "asked")))
		lines := RollupOptions{LinesMax: rapid.IntRange(1, 60).Draw(t, "lines"), DepthMax: rapid.IntRange(1, 9).Draw(t, "depth")}
		r, err := RollupActual(b, list, ask, lines)
		if err != nil {
			t.Fatal(err)
		}
		adds(t, r)
		if r.Total.Sign() < 0 || len(r.Lines) > lines.LinesMax {
			t.Errorf("%s in %d lines", r.Total, len(r.Lines))
		}
		again := func(what string, b *rollupTestBooks) {
			same, err := RollupActual(b, list, ask, lines)
			if err != nil || told(same.Lines) != told(r.Lines) || told(same.Parts) != told(r.Parts) {
				t.Fatalf("%s: %v\n%s\nand was\n%s", what, err, told(same.Lines), told(r.Lines))
			}
		}
		b.reverse = true
		again("answered the other way round", b)
		b.stock("elsewhere", "kind0", "")
		b.all("raise 3 of elsewhere\nconsume 2 of elsewhere into unrelated\nproduce 5 of kind1 from unrelated")
		again("with what is unrelated", b)
		for _, e := range b.events[:len(b.events)-3] { // recorded in a wrong quantity first, and mended
			if e.ResourceQuantity == nil || e.Action == "cite" {
				continue
			}
			back := *e
			back.ID, back.Corrects, back.Position = named("back "+e.ID.String()), e.ID, int64(1000+len(b.events))
			back.ResourceQuantity = &valueflows.Measure{HasNumericalValue: valueflows.MustDecimal("-1000"), HasUnit: e.ResourceQuantity.HasUnit}
			much, err := e.ResourceQuantity.HasNumericalValue.Add(valueflows.MustDecimal("1000"))
			if err != nil {
				t.Fatal(err)
			}
			e.ResourceQuantity = &valueflows.Measure{HasNumericalValue: much, HasUnit: e.ResourceQuantity.HasUnit}
			b.events = append(b.events, &back)
		}
		again("with corrections", b)
	})
}

// Where all that is made goes on into what is made of it, down to one last
// stock, that one is worth all that was worked and bought: nothing is lost, and
// nothing counts twice, however the ways part and meet.
func TestRollupLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := newRollupBooks()
		const layers, wide = 5, 3
		spent := new(big.Rat)
		for layer := range layers {
			for at := range wide {
				process, stock := fmt.Sprintf("p%d%d", layer, at), fmt.Sprintf("s%d%d", layer, at)
				b.stock(stock, fmt.Sprint("kind", rapid.IntRange(0, 1).Draw(t, "kind")), "")
				hours := rapid.IntRange(1, 50).Draw(t, "hours")
				b.happens(fmt.Sprintf("work %d h of skill into %s", hours, process))
				spent.Add(spent, big.NewRat(int64(10*hours), 1))
				b.happens(fmt.Sprintf("produce %d of %s from %s", 2*rapid.IntRange(1, 9).Draw(t, "made"), stock, process))
			}
		}
		b.stock("last", "kind", "")
		for layer := range layers {
			for at := range wide { // half to each of two processes of the next layer
				stock := fmt.Sprintf("s%d%d", layer, at)
				var made valueflows.Decimal
				for _, e := range b.events {
					if e.ResourceInventoriedAs == named(stock) && e.Action == "produce" {
						made = e.ResourceQuantity.HasNumericalValue
					}
				}
				for range 2 {
					into := "finish"
					if layer+1 < layers {
						into = fmt.Sprintf("p%d%d", layer+1, rapid.IntRange(0, wide-1).Draw(t, "next"))
					}
					b.happens(fmt.Sprintf("consume %d of %s into %s", made.Coef()/2, stock, into))
				}
			}
		}
		b.happens("produce 7 of last from finish")
		seven := valueflows.MustDecimal("7")
		r, err := RollupActual(b, priced("work 10 h"), named("last"), RollupOptions{Quantity: &seven})
		if err != nil {
			t.Fatal(err)
		}
		adds(t, r)
		if r.Total.Cmp(spent) != 0 || len(r.Parts) != layers*wide {
			t.Errorf("%s was spent, and the last is worth %s in %d parts", spent.RatString(), r.Total.RatString(), len(r.Parts))
		}
	})
}

// What is behind 20,000 events in 100 layers of ways that part and meet.
func BenchmarkRollup(b *testing.B) {
	books := newRollupBooks()
	const layers, wide = 100, 20
	for layer := range layers {
		for at := range wide {
			stock := fmt.Sprintf("s%d-%d", layer, at)
			books.stock(stock, "kind", "")
			books.happens(fmt.Sprintf("work 3 h of skill into p%s", stock))
			for way := range 8 {
				if layer > 0 {
					books.happens(fmt.Sprintf("consume 1 of s%d-%d into p%s", layer-1, (at+way)%wide, stock))
				}
			}
			books.happens(fmt.Sprintf("produce 8 of %s from p%s", stock, stock))
		}
	}
	list := priced("work 10 h")
	for b.Loop() {
		r, err := RollupActual(books, list, named(fmt.Sprintf("s%d-0", layers-1)), RollupOptions{})
		if err != nil || r.Total.Sign() <= 0 {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(books.events)), "events")
}
