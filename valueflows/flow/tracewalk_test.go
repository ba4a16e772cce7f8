package flow

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"disconode/valueflows"

	"pgregory.net/rapid"
)

// chance tells random books: a few resources and processes, and events of
// these actions among them in any order, as odd as they come.
func chance(t *rapid.T, tb testing.TB, actions []valueflows.Action, prefix string) *story {
	s := tell(tb, "")
	for i := range rapid.IntRange(1, 25).Draw(t, prefix+"events") {
		action := rapid.SampledFrom(actions).Draw(t, "action")
		line := fmt.Sprintf("%se%d %s", prefix, i, action)
		b := valueflows.Actions[action]
		may := func(key string, what byte, most int, allowed bool) {
			if n := rapid.IntRange(0, most).Draw(t, key); allowed && n > 0 {
				line += fmt.Sprintf(" %s:%s%c%d", key, prefix, what, n)
			}
		}
		may("in", 'p', 3, b.InputOutput == "input" || b.InputOutput == "outputInput")
		may("out", 'p', 3, b.InputOutput == "output" || b.InputOutput == "outputInput")
		may("R", 'r', 5, true)
		may("T", 'r', 5, rapid.Bool().Draw(t, "gives"))
		s.tell(line)
	}
	return s
}

var unpaired = slices.DeleteFunc(slices.Clone(valueflows.ActionIDs), func(a valueflows.Action) bool { return roles[a] >= combining })

// things are all that a story tells of.
func (s *story) things() []string {
	var names []string
	for id, name := range s.names {
		if s.graph.find(id) != 0 {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// set is what a walk comes to.
func (s *story) set(w *Walk) map[string]bool {
	set := map[string]bool{}
	for _, step := range w.Steps {
		if set[s.names[step.ID]] {
			s.t.Fatalf("it comes to %s twice", s.names[step.ID])
		}
		set[s.names[step.ID]] = true
	}
	return set
}

func inAlphabet(set map[string]bool) string {
	return strings.Join(slices.Sorted(maps.Keys(set)), " ")
}

// Where nothing goes in pairs, a trace comes to all that previous leads to, one
// step after another, and to nothing else; and B is in track(A) exactly if A is
// in trace(B), bridges or not. What is recorded elsewhere changes neither.
func TestMirror(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := chance(rt, t, unpaired, "")
		o := Options{ByTracking: rapid.Bool().Draw(rt, "bridged")}
		for i := range 5 {
			s.graph.Label(s.id(fmt.Sprintf("r%d", i+1)), int64(i), TrackingIdentifier, rapid.SampledFrom([]string{"", "x", "y"}).Draw(rt, "label"))
		}
		things := s.things()
		traces, tracks, trees := map[string]map[string]bool{}, map[string]map[string]bool{}, map[string]string{}
		for _, name := range things {
			back, ahead := s.graph.Trace(s.id(name), o), s.graph.Track(s.id(name), o)
			traces[name], tracks[name], trees[name] = s.set(back), s.set(ahead), s.tree(back)+s.tree(ahead)
			all := o
			all.Contents = true // of nothing here; and it keeps the walk from hurrying
			if slow := s.tree(s.graph.Trace(s.id(name), all)); slow != s.tree(back) {
				rt.Fatalf("in a hurry\n%swithout\n%s", s.tree(back), slow)
			}
			if o.ByTracking {
				continue
			}
			reach, queue := map[string]bool{name: true}, []string{name}
			for ; len(queue) > 0; queue = queue[1:] {
				for _, n := range s.graph.Previous(s.id(queue[0])) {
					if p := s.names[n.ID]; !reach[p] {
						reach[p] = true
						queue = append(queue, p)
					}
				}
			}
			for _, other := range things {
				if reach[other] != traces[name][other] {
					rt.Fatalf("previous leads from %s to %s: %t; trace does: %t", name, other, reach[other], !reach[other])
				}
			}
		}
		for _, a := range things {
			for _, b := range things {
				if traces[b][a] != tracks[a][b] {
					rt.Fatalf("%s is in trace(%s): %t; %s is in track(%s): %t", a, b, traces[b][a], b, a, tracks[a][b])
				}
			}
		}
		for _, e := range chance(rt, t, valueflows.ActionIDs, "other-").events {
			s.graph.Add(e)
		}
		for _, name := range things {
			if now := s.tree(s.graph.Trace(s.id(name), o)) + s.tree(s.graph.Track(s.id(name), o)); now != trees[name] {
				rt.Fatalf("%s: with what is recorded elsewhere\n%sinstead of\n%s", name, now, trees[name])
			}
		}
	})
}

// Whatever is recorded, with pairs: a walk is the same again, in pages, and
// with books that grew since; a limit of depth gives what is near by any way;
// and what halves a trace comes to is right by the definition of the pairs.
func TestWalks(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := chance(rt, t, valueflows.ActionIDs, "")
		things := s.things()
		start := s.id(rapid.SampledFrom(things).Draw(rt, "start"))
		walk := rapid.SampledFrom([]func(valueflows.ID, Options) *Walk{s.graph.Trace, s.graph.Track}).Draw(rt, "walk")
		whole := walk(start, Options{})
		tree := s.tree(whole)
		s.set(whole)

		if deep := walk(start, Options{Depth: 1000}); inAlphabet(s.set(deep)) != inAlphabet(s.set(whole)) || deep.Deeper {
			rt.Fatalf("of a depth that nothing has\n%swithout\n%s", s.tree(deep), tree)
		}

		var pages string
		o := Options{Nodes: rapid.IntRange(1, 5).Draw(rt, "nodes")}
		for more := true; more; {
			page := walk(start, o)
			pages += s.tree(page)
			o.After, o.AsOf, more = page.Next, page.AsOf, page.More
		}
		if pages != tree {
			rt.Fatalf("in pages\n%sas a whole\n%s", pages, tree)
		}

		for _, event := range s.events[:rapid.IntRange(0, len(s.events)-1).Draw(rt, "until")] {
			again := *event
			again.ID = s.id("again " + s.names[event.ID])
			s.graph.Add(&again)
		}
		if now := s.tree(walk(start, Options{AsOf: whole.AsOf})); now != tree {
			rt.Fatalf("as of then\n%sinstead of\n%s", now, tree)
		}
	})
}

// A limit of depth gives all that is so near by any way, each no deeper than
// that, and says whether there is more.
func TestWalkDepth(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := chance(rt, t, unpaired, "")
		start := rapid.SampledFrom(s.things()).Draw(rt, "start")
		depth := rapid.IntRange(1, 6).Draw(rt, "depth")
		near := map[string]int{start: 0}
		deeper := false
		for queue := []string{start}; len(queue) > 0; queue = queue[1:] {
			for _, n := range s.graph.Previous(s.id(queue[0])) {
				p := s.names[n.ID]
				if _, ok := near[p]; ok {
					continue
				}
				if near[queue[0]] == depth {
					deeper = true
					continue
				}
				near[p] = near[queue[0]] + 1
				queue = append(queue, p)
			}
		}
		w := s.graph.Trace(s.id(start), Options{Depth: depth})
		if w.Deeper != deeper {
			rt.Fatalf("deeper: %t, want %t", w.Deeper, deeper)
		}
		for name := range s.set(w) {
			if _, ok := near[name]; !ok {
				rt.Fatalf("%s is farther than %d", name, depth)
			}
		}
		if len(w.Steps) != len(near) {
			rt.Fatalf("%d steps, want %d", len(w.Steps), len(near))
		}
		for _, step := range w.Steps {
			if int(step.Depth) > depth {
				rt.Fatalf("%s is %d deep", s.names[step.ID], step.Depth)
			}
		}
	})
}

// The pairs by their definition, on histories of all actions: of what a trace
// comes to, each is the start, or comes before another of them; and a half of a
// pair that goes into a process counts exactly if one that comes out, of the
// same thing, does, or if, where contents are asked for, it put its thing into a
// container that counts: the start, and what was put into one that does.
func TestPairs(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		actions := valueflows.ActionIDs
		if rapid.Bool().Draw(rt, "containers") {
			actions = []valueflows.Action{"combine", "separate", "produce", "consume", "modify", "accept"}
		}
		s := chance(rt, t, actions, "")
		start := rapid.SampledFrom(s.things()).Draw(rt, "start")
		byID := map[valueflows.ID]*valueflows.EconomicEvent{}
		for _, e := range s.events {
			byID[e.ID] = e
		}
		matching := map[valueflows.Action]valueflows.Action{"combine": "separate", "accept": "modify", "pickup": "dropoff"}
		reach := map[valueflows.ID]bool{s.id(start): true}
		o := Options{Contents: rapid.Bool().Draw(rt, "contents")}
		containers := map[valueflows.ID]bool{s.id(start): true}
		if e := byID[s.id(start)]; e != nil {
			containers = map[valueflows.ID]bool{e.ResourceInventoriedAs: !e.ResourceInventoriedAs.IsZero()}
		}
		inside := func(from Node, e *valueflows.EconomicEvent) bool {
			if !e.ToResourceInventoriedAs.IsZero() {
				return containers[e.ToResourceInventoriedAs]
			}
			for _, out := range s.events {
				if from.Kind == Process && reach[out.ID] && out.OutputOf == from.ID && out.Holds() && containers[out.ResourceInventoriedAs] {
					return true
				}
			}
			return false
		}
		counts := func(from, next Node) bool {
			e := byID[next.ID]
			if e == nil || matching[e.Action] == "" {
				return true
			}
			if o.Contents && e.Action == "combine" && inside(from, e) {
				if !e.ResourceInventoriedAs.IsZero() {
					containers[e.ResourceInventoriedAs] = true
				}
				return true
			}
			if from.Kind == Resource && e.Action != "combine" {
				return true
			}
			for _, half := range s.events {
				r := half.ResourceInventoriedAs
				if reach[half.ID] && half.Action == matching[e.Action] && !r.IsZero() &&
					(r == e.ResourceInventoriedAs || r == e.ToResourceInventoriedAs && e.Action != "combine") {
					return true
				}
			}
			return false
		}
		for grew := true; grew; {
			grew = false
			for id := range reach {
				r := s.graph.find(id)
				for _, next := range s.graph.Previous(id) {
					known := len(containers)
					if counts(Node{id, s.graph.kind(r)}, next) && !reach[next.ID] || len(containers) > known {
						reach[next.ID], grew = true, true
					}
				}
			}
		}
		got := s.set(s.graph.Trace(s.id(start), o))
		for _, name := range s.things() {
			if got[name] != reach[s.id(name)] {
				rt.Fatalf("%s is in trace(%s): %t, want %t", name, start, got[name], !got[name])
			}
		}
	})
}

// Things are made, packed in any way, shipped and unpacked: the history of one
// has nothing of the others', though all were packed alongside.
func TestPackedAlongside(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := tell(t, "")
		const things = 4
		for i := range things {
			s.tell(fmt.Sprintf("made%d produce out:make%d R:thing%d", i, i, i))
		}
		for trip := range rapid.IntRange(1, 5).Draw(rt, "trips") {
			packed := rapid.SliceOfNDistinct(rapid.IntRange(0, things-1), 1, things, rapid.ID).Draw(rt, "packed")
			crate := ""
			if rapid.Bool().Draw(rt, "named") {
				crate = fmt.Sprintf(" T:crate%d", trip)
			}
			for _, i := range packed {
				s.tell(fmt.Sprintf("in%d.%d combine in:pack%d R:thing%d%s", trip, i, trip, i, crate))
			}
			s.tell(fmt.Sprintf(`
				crated%[1]d produce out:pack%[1]d R:crate%[1]d
				sent%[1]d   transfer R:crate%[1]d T:there%[1]d
				opened%[1]d consume in:unpack%[1]d R:there%[1]d
			`, trip))
			for _, i := range packed {
				s.tell(fmt.Sprintf("out%d.%d separate out:unpack%d R:thing%d", trip, i, trip, i))
			}
		}
		for i := range things {
			set := s.set(s.graph.Trace(s.id(fmt.Sprintf("thing%d", i)), Options{}))
			for other := range things {
				if got := set[fmt.Sprintf("made%d", other)] || set[fmt.Sprintf("thing%d", other)]; got != (other == i) {
					rt.Fatalf("thing %d is behind thing %d: %t", other, i, got)
				}
			}
		}
	})
}
