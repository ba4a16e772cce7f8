package flow

import (
	"encoding/binary"
	"math"
	"runtime"
	"testing"
	"time"

	"disconode/valueflows"
)

// busy fills a graph with numbered things.
type busy struct {
	Graph
	n uint64
}

func (g *busy) id() valueflows.ID {
	g.n++
	return numbered(g.n)
}

// numbered is an id whose bytes are as mixed as those of a real one.
func numbered(n uint64) (id valueflows.ID) {
	x := n * 0x9e3779b97f4a7c15
	binary.BigEndian.PutUint64(id[:8], n)
	binary.BigEndian.PutUint64(id[8:], x^x>>29)
	return id
}

func (g *busy) event(action valueflows.Action, in, out, r, t valueflows.ID) {
	g.Add(&valueflows.EconomicEvent{Record: valueflows.Record{ID: g.id()}, Action: action,
		InputOf: in, OutputOf: out, ResourceInventoriedAs: r, ToResourceInventoriedAs: t})
}

// chain makes a resource of another, and so on; it gives the last.
func (g *busy) chain(processes int) valueflows.ID {
	none, r := valueflows.ID{}, g.id()
	for range processes {
		p, made := g.id(), g.id()
		g.event("consume", p, none, r, none)
		g.event("produce", none, p, made, none)
		r = made
	}
	return r
}

// noise adds events that have nothing to do with the rest: stocks, each of
// which is used now and then.
func (g *busy) noise(events int) {
	none := valueflows.ID{}
	stocks := make([]valueflows.ID, 1000)
	for i := range stocks {
		stocks[i] = g.id()
		g.event("raise", none, none, stocks[i], none)
	}
	for i := range events - len(stocks) {
		g.event("transfer", none, none, stocks[i%1000], stocks[(i*7+13)%1000])
	}
}

// layers makes things from all kinds of things of the layer before: each of
// width processes takes fan of them and puts out one. It gives what is made of
// all that is in the last.
func (g *busy) layers(depth, width, fan int) valueflows.ID {
	none := valueflows.ID{}
	layer := make([]valueflows.ID, width)
	for i := range layer {
		layer[i] = g.id()
	}
	for d := range depth {
		next := make([]valueflows.ID, width)
		for i := range next {
			p := g.id()
			next[i] = g.id()
			for k := range fan {
				g.event("consume", p, none, layer[(i*fan+k*k+d)%width], none)
			}
			g.event("produce", none, p, next[i], none)
		}
		layer = next
	}
	p, all := g.id(), g.id()
	for _, r := range layer {
		g.event("consume", p, none, r, none)
	}
	g.event("produce", none, p, all, none)
	return all
}

func benchmarkTrace(b *testing.B, g *busy, start valueflows.ID) {
	steps := len(g.Trace(start, Options{}).Steps)
	runtime.GC()
	best := benchmarkBest(b, func() { g.Trace(start, Options{}) })
	b.ReportMetric(float64(steps), "steps")
	b.ReportMetric(best.Seconds()*1e9/float64(steps), "best-ns/step")
}

// benchmarkBest reports the best time beside the mean one, which on a machine
// with other work says little.
func benchmarkBest(b *testing.B, do func()) time.Duration {
	best := time.Duration(math.MaxInt64)
	b.ReportAllocs()
	for b.Loop() {
		before := time.Now()
		do()
		best = min(best, time.Since(before))
	}
	b.ReportMetric(best.Seconds()*1000, "best-ms")
	return best
}

// The floor under BenchmarkTraceLayers: the same things as numbers in plain
// arrays that tell of each where its neighbours are, gone through in depth.
func BenchmarkTraceLayersFloor(b *testing.B) {
	var g busy
	start := g.layers(83, 200, 3)
	var offsets, neighbours []int32
	for n := range 2 * max(len(g.events), len(g.hubs)) {
		offsets = append(offsets, int32(len(neighbours)))
		switch r := ref(n); {
		case r.isEvent() && r.number() < int32(len(g.events)):
			neighbours = append(neighbours, int32(hubRef(g.events[r.number()].hubs[slotFrom])))
		case !r.isEvent() && r.number() < int32(len(g.hubs)):
			for l := g.hubs[r.number()].into; l != 0; l = g.after(l) {
				neighbours = append(neighbours, int32(eventRef(l.event())))
			}
		}
	}
	offsets = append(offsets, int32(len(neighbours)))
	seen, stack, order := make([]uint64, len(offsets)/64+1), []int32{}, []int32{}
	benchmarkBest(b, func() {
		clear(seen)
		stack, order = append(stack[:0], int32(g.find(start))), order[:0]
		for len(stack) > 0 {
			n := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			if seen[n>>6]&(1<<(n&63)) != 0 {
				continue
			}
			seen[n>>6] |= 1 << (n & 63)
			order = append(order, n)
			stack = append(stack, neighbours[offsets[n]:offsets[n+1]]...)
		}
	})
}

// A chain of 1,000 processes: 1,000 deep as production is counted, 4,000 steps.
func BenchmarkTraceChain(b *testing.B) {
	var g busy
	start := g.chain(1000)
	benchmarkTrace(b, &g, start)
}

// The same chain among a million events that it has nothing to do with.
func BenchmarkTraceChainInMillion(b *testing.B) {
	var g busy
	g.noise(500_000)
	start := g.chain(1000)
	g.noise(500_000)
	benchmarkTrace(b, &g, start)
}

// Layers of 100,000 things all told, events among them.
func BenchmarkTraceLayers(b *testing.B) {
	var g busy
	start := g.layers(83, 200, 3)
	benchmarkTrace(b, &g, start)
}

// 100,000 resources and processes, and 200,000 events between them: three
// things of a layer in each.
func BenchmarkTraceLayersWide(b *testing.B) {
	var g busy
	start := g.layers(250, 200, 3)
	benchmarkTrace(b, &g, start)
}

// What an event costs when the books are loaded, in time and in memory, the
// resources and processes around it included.
func BenchmarkAdd(b *testing.B) {
	var events int
	var before, after runtime.MemStats
	best := benchmarkBest(b, func() {
		var g busy
		g.layers(100, 200, 3)
		events = g.Events()
	})
	b.ReportMetric(best.Seconds()*1e9/float64(events), "best-ns/event")
	runtime.GC()
	runtime.ReadMemStats(&before)
	var g busy
	g.layers(500, 400, 3)
	runtime.GC()
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/float64(g.Events()), "B/event")
	runtime.KeepAlive(&g)
}
