package planning

import (
	"fmt"
	"math/big"
	"strings"
	"testing"

	"disconode/valueflows"

	"pgregory.net/rapid"
)

// network reads processes, one a line, such as
//
//	B 4 hour: a > b, c/stage
//
// B takes 4 hours, what A puts out as a, and gives b and c at a stage. A time of
// beginning and end, as 07:00–09:30, takes the place of the duration. Each
// process is based on a specification of its name.
func network(text string) *Network {
	n := &Network{Durations: map[ID]*valueflows.Measure{}}
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		head, flows, _ := strings.Cut(strings.TrimSpace(line), ":  ")
		words := strings.SplitN(head, " ", 2)
		p := &valueflows.Process{Record: valueflows.Record{ID: id(words[0])}, Name: words[0], BasedOn: id(words[0])}
		n.Processes = append(n.Processes, p)
		if begin, end, timed := strings.Cut(words[1], "–"); timed {
			p.HasBeginning, p.HasEnd = moment("2026-01-05T"+begin+"Z"), moment("2026-01-05T"+end+"Z")
		} else {
			n.Durations[p.ID] = measure(words[1])
		}
		inputs, outputs, _ := strings.Cut(flows, ">")
		n.flows(inputs, "consume", func(f *valueflows.Planned) { f.InputOf = p.ID })
		n.flows(outputs, "produce", func(f *valueflows.Planned) { f.OutputOf = p.ID })
	}
	return n
}

// flows adds commitments such as "3 kilogram flour" or "flour".
func (n *Network) flows(text, action string, place func(*valueflows.Planned)) {
	for _, item := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' }) {
		words := strings.Fields(item)
		if len(words) == 0 {
			continue
		}
		k := kind(words[len(words)-1])
		c := &valueflows.Commitment{Record: valueflows.Record{ID: id(fmt.Sprintf("c%d", len(n.Commitments)))}}
		c.Action, c.ResourceConformsTo, c.Stage, c.State = valueflows.Action(action), k.Specification, k.Stage, k.State
		if len(words) == 3 {
			c.ResourceQuantity = measure(words[0] + " " + words[1])
		}
		place(&c.Planned)
		n.Commitments = append(n.Commitments, c)
	}
}

// hours writes microseconds as hours.
func hours(micros int64) string {
	of, err := decimalOf(micros)
	if err != nil {
		return err.Error()
	}
	return of.String()
}

func decimalOf(micros int64) (valueflows.Decimal, error) {
	d, _, err := decimal(big.NewRat(micros, 3_600_000_000), true)
	return d, err
}

// steps writes a path: of each process its earliest and latest times of day, its
// total and free float in hours, and a star where it is critical.
func steps(p *Path) []string {
	time := func(t valueflows.Instant) string { return t.Time().Format("15:04") }
	var all []string
	for _, s := range p.Steps {
		star := ""
		if s.Critical {
			star = " *"
		}
		all = append(all, fmt.Sprintf("%s %s–%s %s–%s %s %s%s", name(s.Process), time(s.EarliestBegin), time(s.EarliestEnd), time(s.LatestBegin), time(s.LatestEnd), hours(s.TotalFloat), hours(s.FreeFloat), star))
	}
	var longest []string
	for _, id := range p.Longest {
		longest = append(longest, name(id))
	}
	return append(all, "longest "+strings.Join(longest, " "))
}

const monday = "2026-01-05T00:00Z"

// A (3 h) feeds B (4 h) and C (1 h), which both feed D (2 h); E (1 h) stands
// alone. The whole takes 3 + 4 + 2 = 9 h by A, B, D. C can wait until 6, 3 h, and
// moves nobody by it; E can wait 8 h.
func TestCriticalPath(t *testing.T) {
	n := network(`
		A 3 hour:  > a
		B 4 hour:  a > b
		C 1 hour:  a > c
		D 2 hour:  b, c > d
		E 1 hour:  x > e`)
	p, err := n.CriticalPath(at(monday), nil)
	if err != nil {
		t.Fatal(err)
	}
	same(t, steps(p), `
		A 00:00–03:00 00:00–03:00 0 0 *
		E 00:00–01:00 08:00–09:00 8 8
		B 03:00–07:00 03:00–07:00 0 0 *
		C 03:00–04:00 06:00–07:00 3 3
		D 07:00–09:00 07:00–09:00 0 0 *
		longest A B D`)
	// Due at noon all have 3 h more, and nothing is critical: D ends at 9 and has 12 -
	// 9 = 3 h until then, which moves nobody, E 12 - 1 = 11 h; what D waits for has no
	// free float or, as C, 7 - 4 = 3 h, as before. Due at 8, an hour is missing.
	if p, err = n.CriticalPath(at(monday), moment("2026-01-05T12:00Z")); err != nil {
		t.Fatal(err)
	}
	same(t, steps(p), `
		A 00:00–03:00 03:00–06:00 3 0
		E 00:00–01:00 11:00–12:00 11 11
		B 03:00–07:00 06:00–10:00 3 0
		C 03:00–04:00 09:00–10:00 6 3
		D 07:00–09:00 10:00–12:00 3 3
		longest A B D`)
	// D ends at 9, an hour after 8: -1 h. E has 8 - 1 = 7 h; C may be put off by 3 h
	// before D is, and by 2 h before the plan is later than it must be.
	if p, err = n.CriticalPath(at(monday), moment("2026-01-05T08:00Z")); err != nil {
		t.Fatal(err)
	}
	same(t, steps(p), `
		A 00:00–03:00 23:00–02:00 -1 0 *
		E 00:00–01:00 07:00–08:00 7 7
		B 03:00–07:00 02:00–06:00 -1 0 *
		C 03:00–04:00 05:00–06:00 2 3
		D 07:00–09:00 06:00–08:00 -1 -1 *
		longest A B D`)
	for _, s := range p.Steps {
		if critical := name(s.Process) != "C" && name(s.Process) != "E"; s.Critical != critical || critical && s.TotalFloat != -3_600_000_000 {
			t.Errorf("due an hour before it can be: %+v", s)
		}
	}
}

// Winter milking: the herd is collected (0.5 h) and the shed set up (0.25 h)
// before milking (1 h), then the cows go back (0.5 h): 2 h; the shed can wait
// 0.25 h. Who returns the cows waits for the herd at the stage of milking, not
// for the collected one, and who collects waits for nobody: the herd goes through.
func TestMilkingPath(t *testing.T) {
	n := network(`
		back 0.5 hour:  herd/milk > herd
		milk 1 hour:  herd/collect, shed/setup > vat, herd
		collect 0.5 hour:  herd > herd
		setup 0.25 hour:  shed > shed`)
	for _, c := range n.Commitments { // nobody makes a herd or a shed
		if !c.OutputOf.IsZero() && c.ResourceConformsTo != id("vat") {
			c.Action = "modify"
		}
	}
	p, err := n.CriticalPath(at(monday), nil)
	if err != nil {
		t.Fatal(err)
	}
	same(t, steps(p), `
		collect 00:00–00:30 00:00–00:30 0 0 *
		setup 00:00–00:15 00:15–00:30 0.25 0.25
		milk 00:30–01:30 00:30–01:30 0 0 *
		back 01:30–02:00 01:30–02:00 0 0 *
		longest collect milk back`)
}

// Processes that wait for each other are named.
func TestCircle(t *testing.T) {
	n := network(`
		first 1 hour:  > z
		egg 1 hour:  hen, z > egg
		chick 1 hour:  egg > chick
		hen 1 hour:  chick > hen`)
	_, err := n.CriticalPath(at(monday), nil)
	refused(t, "hen and egg", err, "CYCLE", "")
	if want := "these processes wait for each other: egg, chick, hen, egg."; err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("%v, want %s", err, want)
	}
}

// Lots of the same thing: an output that is planned for later is for another,
// and a resource that both name decides.
func TestLots(t *testing.T) {
	n := network(`
		mill1 06:00–08:00:  > flour
		mill2 10:00–11:00:  > flour
		bake1 08:00–09:00:  flour > loaf
		bake2 11:00–12:00:  flour > loaf
		other 12:00–13:00:  flour > pasta`)
	n.Commitments[0].ResourceInventoriedAs, n.Commitments[6].ResourceInventoriedAs = id("bag 1"), id("bag 1")
	n.Commitments[1].ResourceInventoriedAs = id("bag 2")
	g := n.graph()
	var edges []string
	for from := range n.Processes {
		for to := range n.Processes {
			if from != to && waits(g, from, to, len(n.Processes)) {
				edges = append(edges, n.name(from)+">"+n.name(to))
			}
		}
	}
	if got := strings.Join(edges, " "); got != "mill1>bake1 mill1>bake2 mill1>other mill2>bake2" {
		t.Errorf("edges: %s", got)
	}
}

// waits tells whether a process waits for another directly: through gates only.
func waits(g *graph, from, to, processes int) bool {
	for _, next := range g.next[from] {
		if next == to || next >= processes && waits(g, next, to, processes) {
			return true
		}
	}
	return false
}

// anyNetwork is processes and flows of a few specifications at random, some
// with times, some with stages and resources.
func anyNetwork(t *rapid.T) *Network {
	n := &Network{Durations: map[ID]*valueflows.Measure{}}
	count := rapid.IntRange(1, 8).Draw(t, "processes")
	for i := range count {
		p := &valueflows.Process{Record: valueflows.Record{ID: id(fmt.Sprintf("p%d", i))}, BasedOn: id(rapid.SampledFrom([]string{"s0", "s1"}).Draw(t, "based on"))}
		if rapid.Bool().Draw(t, "timed") {
			begin := rapid.IntRange(0, 12).Draw(t, "begin")
			p.HasBeginning = moment(fmt.Sprintf("2026-01-05T%02d:00Z", begin))
			p.HasEnd = moment(fmt.Sprintf("2026-01-05T%02d:00Z", begin+rapid.IntRange(0, 8).Draw(t, "takes")))
		} else {
			n.Durations[p.ID] = measure(fmt.Sprintf("%d hour", rapid.IntRange(0, 8).Draw(t, "takes")))
		}
		n.Processes = append(n.Processes, p)
	}
	for i := range rapid.IntRange(0, 14).Draw(t, "flows") {
		c := &valueflows.Commitment{Record: valueflows.Record{ID: id(fmt.Sprintf("c%d", i))}}
		c.ResourceConformsTo = id(rapid.SampledFrom([]string{"", "x", "y", "z"}).Draw(t, "of"))
		c.ResourceInventoriedAs = id(rapid.SampledFrom([]string{"", "", "r", "q"}).Draw(t, "resource"))
		c.Stage = id(rapid.SampledFrom([]string{"", "", "s0", "s1"}).Draw(t, "stage"))
		process := n.Processes[rapid.IntRange(0, count-1).Draw(t, "process")].ID
		if rapid.Bool().Draw(t, "input") {
			c.Action, c.InputOf = "accept", process
		} else {
			c.Action, c.OutputOf = rapid.SampledFrom([]valueflows.Action{"produce", "modify"}).Draw(t, "action"), process
		}
		n.Commitments = append(n.Commitments, c)
	}
	return n
}

// Gates connect exactly those processes that the rule connects, pair by pair;
// and in any plan without a circle each process begins when the last one that
// it waits for ends, some process has no float, no float is negative, and the
// longest chain takes as long as the whole.
func TestAnyPath(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := anyNetwork(t)
		g := n.graph()
		inputs, outputs := n.puts()
		want := map[[2]int]bool{}
		for _, in := range inputs {
			p := pattern{Kind: n.asks(in), resource: in.ResourceInventoriedAs}
			p.through = goesThrough(p.Kind, func(s ID) bool {
				for _, out := range outputs {
					if out.process == in.process && out.ResourceConformsTo == s {
						return true
					}
				}
				return false
			})
			for _, out := range outputs {
				begin, end := n.Processes[in.process].HasBeginning, n.Processes[out.process].HasEnd
				inTime := begin == nil || end == nil || end.Instant <= begin.Instant
				if out.process != in.process && inTime && n.meets(p, out) {
					want[[2]int{out.process, in.process}] = true
				}
			}
		}
		for from := range n.Processes {
			for to := range n.Processes {
				if from != to && waits(g, from, to, len(n.Processes)) != want[[2]int{from, to}] {
					t.Fatalf("%d to %d: %t", from, to, !want[[2]int{from, to}])
				}
			}
		}
		p, err := n.CriticalPath(at(monday), nil)
		if err != nil {
			return // a circle
		}
		sound(t, n, p, want)
	})
}

func sound(t *rapid.T, n *Network, p *Path, edges map[[2]int]bool) {
	place, step := map[ID]int{}, map[ID]Step{}
	for i, process := range n.Processes {
		place[process.ID] = i
	}
	critical := false
	for _, s := range p.Steps {
		step[s.Process] = s
		critical = critical || s.Critical
		begin := at(monday)
		for edge := range edges {
			if edge[1] == place[s.Process] {
				begin = max(begin, step[n.Processes[edge[0]].ID].EarliestEnd)
			}
		}
		if s.EarliestBegin != begin || s.TotalFloat < 0 || s.FreeFloat < 0 || s.FreeFloat > s.TotalFloat {
			t.Fatalf("%+v, want to begin at %d", s, begin)
		}
	}
	var takes valueflows.Instant
	for i, of := range p.Longest {
		takes += step[of].EarliestEnd - step[of].EarliestBegin
		if i > 0 && !edges[[2]int{place[p.Longest[i-1]], place[of]}] {
			t.Fatalf("the longest chain jumps from %s to %s", name(p.Longest[i-1]), name(of))
		}
	}
	if !critical || takes != p.End-p.Begin {
		t.Fatalf("critical %t; the longest chain takes %d of %d", critical, takes, p.End-p.Begin)
	}
}
