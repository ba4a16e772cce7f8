package flow

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"disconode/valueflows"

	"pgregory.net/rapid"
)

// story is books told in lines such as
//
//	packs combine in:pack R:gown T:crate
//
// which is the event packs, an input of the process pack, on the resource gown
// and the receiving resource crate. What a name stands for is its id.
type story struct {
	t      testing.TB
	graph  Graph
	names  map[valueflows.ID]string
	events []*valueflows.EconomicEvent
}

func tell(t testing.TB, lines string) *story {
	t.Helper()
	s := &story{t: t, names: map[valueflows.ID]string{}}
	s.tell(lines)
	return s
}

func (s *story) tell(lines string) {
	s.t.Helper()
	for line := range strings.Lines(lines) {
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		e := &valueflows.EconomicEvent{Record: valueflows.Record{ID: s.id(words[0])}, Action: valueflows.Action(words[1])}
		if _, ok := valueflows.Actions[e.Action]; !ok {
			s.t.Fatalf("%s: there is no action %s", words[0], e.Action)
		}
		for _, word := range words[2:] {
			key, name, _ := strings.Cut(word, ":")
			field := map[string]*valueflows.ID{
				"in": &e.InputOf, "out": &e.OutputOf, "R": &e.ResourceInventoriedAs, "T": &e.ToResourceInventoriedAs, "corrects": &e.Corrects,
			}[key]
			if field == nil {
				s.t.Fatalf("%s: %s", line, word)
			}
			*field = s.id(name)
		}
		s.events = append(s.events, e)
		s.graph.Add(e)
	}
}

func (s *story) id(name string) valueflows.ID {
	id := valueflows.IDOf("urn:" + name)
	s.names[id] = name
	return id
}

// named writes nodes by name.
func (s *story) named(nodes []Node) string {
	var names []string
	for _, n := range nodes {
		names = append(names, s.names[n.ID])
	}
	return strings.Join(names, " ")
}

// tree draws a walk: each step under its parent, two spaces farther in.
func (s *story) tree(w *Walk) string {
	var text strings.Builder
	for _, step := range w.Steps {
		fmt.Fprintf(&text, "%s%s%s\n", strings.Repeat("  ", int(step.Depth)), s.names[step.ID], [...]string{"", " (tracking)", " (lot)", " (contents)"}[step.Via])
	}
	return text.String()
}

// walks compares a drawn walk with what is wanted, which may be indented as a whole.
func (s *story) walks(what string, w *Walk, want string) {
	s.t.Helper()
	want = strings.Trim(want, "\n\t ")
	if want = strings.ReplaceAll(want, "\n\t\t", "\n"); want != "" {
		want += "\n"
	}
	if got := s.tree(w); got != want {
		s.t.Errorf("%s:\n%swant:\n%s", what, got, want)
	}
	depths := map[valueflows.ID]int32{{}: -1}
	for _, step := range w.Steps {
		if parent, ok := depths[step.Parent]; !ok || parent != step.Depth-1 {
			s.t.Errorf("%s: %s at depth %d has %s at %d for a parent", what, s.names[step.ID], step.Depth, s.names[step.Parent], parent)
		}
		depths[step.ID] = step.Depth
	}
}

// reach are the names of all that a walk comes to, in the order of the alphabet.
func (s *story) reach(w *Walk) string {
	var names []string
	for _, step := range w.Steps {
		names = append(names, s.names[step.ID])
	}
	slices.Sort(names)
	return strings.Join(names, " ")
}

// The single steps are those of the specification's page on track and trace.
func TestSteps(t *testing.T) {
	s := tell(t, `
		first   raise   R:grain
		count   raise   R:grain
		loss    lower   R:grain
		mill    consume in:milling R:grain
		labour  work    in:milling
		flour   produce out:milling R:bag
		advice  deliverService out:teaching in:milling
		gift    transfer R:bag T:sack
		carry   dropoff out:driving R:sack T:shelf
		nothing lower   R:debt
	`)
	tests := []struct{ of, previous, next string }{
		{"grain", "loss count first", "mill loss count first"},
		{"first", "", ""},            // nothing comes before what a resource begins with
		{"count", "grain", ""},       // but the resource before what counts it again; a raise leads on to nothing
		{"nothing", "", ""},          // a lower may begin one too
		{"mill", "grain", "milling"}, // an input is next to its process
		{"labour", "", "milling"},    // without a resource
		{"milling", "advice labour mill", "flour"},
		{"flour", "milling", "bag"},
		{"advice", "teaching", "milling"}, // out of one, into another
		{"bag", "flour", "gift flour"},
		{"gift", "bag", "sack"},
		{"sack", "gift", "carry"},    // an output, but of T for the shelf
		{"carry", "driving", "sack"}, // R before T
		{"shelf", "carry", ""},
		{"no such thing", "", ""},
	}
	for _, test := range tests {
		previous := test.previous
		if test.of == "sack" {
			previous = "carry gift" // what is dropped off is put back
		}
		if got := s.named(s.graph.Previous(s.id(test.of))); got != previous {
			t.Errorf("previous(%s) = %q, want %q", test.of, got, previous)
		}
		if got := s.named(s.graph.Next(s.id(test.of))); got != test.next {
			t.Errorf("next(%s) = %q, want %q", test.of, got, test.next)
		}
	}
	if n := s.graph.Previous(s.id("milling"))[0]; n.Kind != Event || n.Kind.Class() != valueflows.ClassEconomicEvent {
		t.Errorf("an input is a %s", n.Kind.Class())
	}
	if n := s.graph.Next(s.id("mill"))[0]; n.Kind.Class() != valueflows.ClassProcess {
		t.Errorf("a process is a %s", n.Kind.Class())
	}
	if n := s.graph.Next(s.id("gift"))[0]; n.Kind.Class() != valueflows.ClassEconomicResource {
		t.Errorf("a resource is a %s", n.Kind.Class())
	}
}

// An event counts once; what a correction corrects stays, and it leads the same
// way; one id is one thing, whatever an event takes it for.
func TestAdd(t *testing.T) {
	s := tell(t, `
		a consume in:p R:grain
		b produce out:p R:flour
		c consume in:p R:grain corrects:a
	`)
	s.graph.Add(s.events...)
	if n := s.graph.Events(); n != 3 {
		t.Errorf("%d events, want 3", n)
	}
	if got := s.named(s.graph.Previous(s.id("p"))); got != "c a" {
		t.Errorf("inputs %q, want c a", got)
	}
	s.tell(`d consume in:grain R:p`)
	if got := s.named(s.graph.Next(s.id("d"))) + s.named(s.graph.Previous(s.id("d"))); got != "" {
		t.Errorf("a resource as a process leads to %q", got)
	}
	s.tell(`e transfer R:coin T:coin`)
	if got := s.named(s.graph.Next(s.id("coin"))) + "," + s.named(s.graph.Previous(s.id("coin"))); got != "e,e" {
		t.Errorf("a transfer to itself: %q", got)
	}
	s.tell(`f produce out:q R:coin T:coin`)
	if got := s.named(s.graph.Previous(s.id("coin"))); got != "f e" {
		t.Errorf("what leads to a resource twice: %q", got)
	}
}

// The index finds whatever was put into it, and nothing else, as a map does.
func TestIndex(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var g Graph
		known := map[valueflows.ID]bool{}
		id := func(n uint64) (id valueflows.ID) {
			binary.BigEndian.PutUint64(id[rapid.SampledFrom([]int{0, 4, 8}).Draw(t, "place"):], n+1)
			return id
		}
		for _, n := range rapid.SliceOfN(rapid.Uint64Range(0, 200), 0, 300).Draw(t, "ids") {
			e := id(n)
			g.Add(&valueflows.EconomicEvent{Record: valueflows.Record{ID: e}, Action: "work"})
			known[e] = true
			other := id(n + 7)
			if got := g.find(other) != 0; got != known[other] {
				t.Fatalf("%s is found: %t", other, got)
			}
		}
		for e := range known {
			if r := g.find(e); r == 0 || g.id(r) != e {
				t.Fatalf("%s is not found", e)
			}
		}
		if g.Events() != len(known) {
			t.Fatalf("%d events, want %d", g.Events(), len(known))
		}
	})
}

// Readers walk while a writer adds: each sees the books as they were at some
// moment. (The race detector finds more here than this test can.)
func TestAddWhileWalking(t *testing.T) {
	s := tell(t, `e0 produce out:p0 R:r0`)
	var writing sync.WaitGroup
	start := s.id("r0")
	for range 4 {
		writing.Add(1)
		go func() {
			defer writing.Done()
			for {
				w := s.graph.Track(start, Options{})
				if n := len(w.Steps); w.AsOf%2 != 0 && n != 2*w.AsOf-1 { // r0, and 4 steps for each further 2 events
					t.Errorf("%d steps as of %d", n, w.AsOf)
				}
				if w.AsOf == 1001 {
					return
				}
			}
		}()
	}
	for i := range 500 {
		s.tell(fmt.Sprintf("in%d consume in:p%d R:r%d", i, i+1, i))
		s.tell(fmt.Sprintf("out%d produce out:p%d R:r%d", i, i+1, i+1))
	}
	writing.Wait()
	if n := len(s.graph.Track(start, Options{}).Steps); n != 2001 {
		t.Errorf("%d steps, want 2001", n)
	}
}
