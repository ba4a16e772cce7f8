package node

import (
	"errors"
	"flag"
	"fmt"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"disconode/valueflows"
	"disconode/valueflows/flow"
)

// What a process has kept in memory of the flows is what one sees that has just
// begun, whatever happened meanwhile: the walks from all there is are the same,
// in this process, in another one on the same books, and in a fresh one.
func TestFlowsInMemory(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		checks(t, 12)
		m := newFlowMemory(t, b)
		rapid.Check(t, func(r *rapid.T) {
			m.t, m.flowHistory = r, flowHistory{}
			m.make(rapid.IntRange(2, 4).Draw(r, "stocks"), m.produce)
			m.make(2, m.process)
			steps := []func(){m.event, m.base, m.say, m.write, m.hint, m.sayLabel, m.produce, m.event, m.base, m.say, m.sayBase, m.correct, m.process, m.remove} // the first are drawn most
			for range rapid.IntRange(2, 4).Draw(r, "looks") {
				m.make(rapid.IntRange(3, 10).Draw(r, "steps"), func() { rapid.SampledFrom(steps).Draw(r, "step")() })
				m.compare()
			}
		})
		if wrong, err := b.node.Compare(AsOperator(t.Context(), valueflows.ID{})); err != nil || len(wrong) > 0 {
			t.Errorf("rebuild: %q, %v", wrong, err)
		}
	})
}

// checks has rapid make at most so many checks in a test whose checks are dear.
func checks(t *testing.T, most int) {
	const name = "rapid.checks"
	asked := flag.Lookup(name).Value.String()
	if n, err := strconv.Atoi(asked); err == nil && n <= most {
		return
	}
	if err := flag.Set(name, strconv.Itoa(most)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = flag.Set(name, asked) })
}

const (
	nearActor = "https://near.example/labs/mill"
	nearVF    = "https://near.example/vf/"
)

// flowMemory are books that two processes keep in memory, one of which writes, and
// which a LAB elsewhere tells of its own.
type flowMemory struct {
	*books
	t      *rapid.T
	other  *Node
	kind   valueflows.ID
	farm   valueflows.ID
	stages []valueflows.ID
	lots   []valueflows.ID
	said   int // activities of the LAB elsewhere
	things int // that it has named
	flowHistory
}

// flowHistory is what one history tells of.
type flowHistory struct {
	done      []*valueflows.EconomicEvent
	resources []valueflows.ID
	processes []valueflows.ID
	theirs    map[valueflows.Class][]string // IRIs of the LAB elsewhere, named or told of
	named     []string                      // those of events that were named, and not told of
	all       []Traced
}

func newFlowMemory(t *testing.T, b *books) *flowMemory {
	b.policy(func(l *Lab) { l.Ownership, l.Overdraw = false, true })
	m := &flowMemory{books: b, other: openNode(t, Options{DataDir: b.dir, Database: b.dsn}), kind: b.specification("Flour"), farm: b.organization("Farm")}
	for _, name := range []string{"Milling", "Baking"} {
		m.stages = append(m.stages, makes(b, &valueflows.ProcessSpecification{Name: name}))
		m.lots = append(m.lots, makes(b, &valueflows.BatchLotRecord{BatchLotCode: valueflows.Text(name)}))
	}
	if err := b.node.write(b.ctx, func(s *session) error {
		row, err := s.peer(b.lab, nearActor)
		if err != nil {
			return err
		}
		row.Following = string(Approved)
		s.touch()
		return s.tx.PutPeer(row)
	}); err != nil {
		t.Fatal(err)
	}
	return m
}

func (m *flowMemory) make(n int, step func()) {
	for range n {
		step()
	}
}

// either is one of some, or none.
func either[T any](m *flowMemory, what string, some []T) (none T) {
	if len(some) == 0 || rapid.IntRange(0, 3).Draw(m.t, what+"?") == 0 {
		return none
	}
	return rapid.SampledFrom(some).Draw(m.t, what)
}

// accept goes on where a use case was refused for what it asked: that tells nothing of
// the flows.
func (m *flowMemory) accept(err error) bool {
	m.t.Helper()
	var input *valueflows.InputError
	if err != nil && !errors.As(err, &input) && !errors.Is(err, ErrInUse) && !errors.Is(err, ErrNotFound) {
		m.t.Fatal(err)
	}
	return err == nil
}

func (m *flowMemory) label() valueflows.Text {
	return rapid.SampledFrom([]valueflows.Text{"", "box 1", "box 2"}).Draw(m.t, "tracking")
}

func (m *flowMemory) process() {
	p := makes(m.books, &valueflows.Process{Name: "p", BasedOn: either(m, "based on", m.stages)})
	m.processes, m.all = append(m.processes, p), append(m.all, &valueflows.Process{Record: valueflows.Record{ID: p}})
}

// record records an event in the first process or the other, which share books
// on PostgreSQL.
func (m *flowMemory) record(e valueflows.EconomicEvent, created *valueflows.EconomicResource) {
	n := m.node
	if m.dsn != "" && rapid.Bool().Draw(m.t, "by the other") {
		n = m.other
	}
	e.Provider, e.Receiver = m.farm, m.farm
	event, made, err := n.RecordEvent(m.ctx, &e, created)
	if !m.accept(err) {
		return
	}
	m.done, m.all = append(m.done, event), append(m.all, event)
	if made != nil {
		m.resources, m.all = append(m.resources, made.ID), append(m.all, made)
	}
}

// produce puts out a new resource, of a process or as it stands.
func (m *flowMemory) produce() {
	e := valueflows.EconomicEvent{Action: "raise", ResourceQuantity: kg("9")}
	if p := either(m, "output of", m.processes); !p.IsZero() {
		e.Action, e.OutputOf = "produce", p
	}
	m.record(e, &valueflows.EconomicResource{ConformsTo: m.kind, TrackingIdentifier: m.label(), OfBatchLot: either(m, "lot", m.lots)})
}

// event records one of any action, in and out of processes and resources, of
// which some are the LAB elsewhere's.
func (m *flowMemory) event() {
	action := rapid.SampledFrom(valueflows.ActionIDs).Draw(m.t, "action")
	does := valueflows.Actions[action]
	e := valueflows.EconomicEvent{Action: action}
	if does.EventQuantity == "effort" {
		e.EffortQuantity, e.ResourceConformsTo = hours("1"), m.kind
		if rapid.IntRange(0, 3).Draw(m.t, "care?") == 0 {
			e.Stream = valueflows.CarePeople
		}
	} else {
		e.ResourceQuantity = kg("1")
		e.ResourceInventoriedAs = rapid.SampledFrom(append(m.ids(valueflows.ClassEconomicResource), m.resources...)).Draw(m.t, "resource")
	}
	processes := append(m.ids(valueflows.ClassProcess), m.processes...)
	switch does.InputOutput {
	case "input":
		e.InputOf = either(m, "input of", processes)
	case "output":
		e.OutputOf = either(m, "output of", processes)
	case "outputInput":
		e.InputOf, e.OutputOf = either(m, "input of", processes), either(m, "output of", processes)
		e.ResourceInventoriedAs, e.ResourceConformsTo = valueflows.ID{}, m.kind
	}
	var created *valueflows.EconomicResource
	if does.CreateResource == "optionalTo" {
		if e.ToResourceInventoriedAs = either(m, "to", m.resources); e.ToResourceInventoriedAs.IsZero() {
			created = &valueflows.EconomicResource{TrackingIdentifier: m.label()}
		}
	}
	m.record(e, created)
}

// correct takes back a part of an event, or all of it.
func (m *flowMemory) correct() {
	if len(m.done) == 0 {
		return
	}
	e := rapid.SampledFrom(m.done).Draw(m.t, "event")
	if e.Stream == valueflows.CarePeople {
		return // it is its parties' to correct, and the steward is none
	}
	part := rapid.SampledFrom([]string{"-0.1", "-1"}).Draw(m.t, "part")
	c := valueflows.EconomicEvent{Action: e.Action, Corrects: e.ID, Stream: e.Stream}
	if e.EffortQuantity != nil {
		c.EffortQuantity = hours(part)
	} else {
		c.ResourceQuantity = kg(part)
	}
	m.record(c, nil)
}

// write changes what is written on a resource.
func (m *flowMemory) write() {
	if len(m.resources) == 0 {
		return
	}
	_, err := Update(m.ctx, m.node, rapid.SampledFrom(m.resources).Draw(m.t, "resource"), func(r *valueflows.EconomicResource) error {
		r.TrackingIdentifier, r.OfBatchLot = m.label(), either(m, "lot", m.lots)
		return nil
	})
	m.accept(err)
}

// base changes what a process is based on.
func (m *flowMemory) base() {
	if len(m.processes) == 0 {
		return
	}
	_, err := Update(m.ctx, m.node, rapid.SampledFrom(m.processes).Draw(m.t, "process"), func(p *valueflows.Process) error {
		p.BasedOn = either(m, "based on", m.stages)
		return nil
	})
	m.accept(err)
}

// remove deletes a process, which succeeds where nothing names it.
func (m *flowMemory) remove() {
	if len(m.processes) == 0 {
		return
	}
	i := rapid.IntRange(0, len(m.processes)-1).Draw(m.t, "process")
	if m.accept(Delete[valueflows.Process](m.ctx, m.node, m.processes[i])) {
		m.processes = append(m.processes[:i:i], m.processes[i+1:]...)
	}
}

// iri is of something of the LAB elsewhere: one that was named before, or a new one.
func (m *flowMemory) iri(class valueflows.Class) string {
	if iri := either(m, "theirs", m.theirs[class]); iri != "" {
		return iri
	}
	m.things++
	iri := fmt.Sprint(nearVF, class, "/", m.things)
	if m.theirs == nil {
		m.theirs = map[valueflows.Class][]string{}
	}
	m.theirs[class] = append(m.theirs[class], iri)
	one := valueflows.NewRecord(class).(Traced)
	one.Rec().ID = valueflows.IDOf(iri)
	m.all = append(m.all, one)
	return iri
}

func (m *flowMemory) ids(class valueflows.Class) (all []valueflows.ID) {
	for _, iri := range m.theirs[class] {
		all = append(all, valueflows.IDOf(iri))
	}
	return all
}

// hint names an event, a resource or a process of the LAB elsewhere in an event
// of ours, so that it is known by its IRI alone where it was not told of.
func (m *flowMemory) hint() {
	e := valueflows.EconomicEvent{Action: "work", Provider: m.farm, Receiver: m.farm, EffortQuantity: hours("1"), ResourceConformsTo: m.kind}
	names := []string{m.iri(valueflows.ClassEconomicEvent)}
	m.named = append(m.named, names[0])
	if rapid.Bool().Draw(m.t, "in their process") {
		names = append(names, m.iri(valueflows.ClassProcess))
	}
	for i, into := range []*valueflows.ID{&e.TriggeredBy, &e.InputOf}[:len(names)] {
		id, err := m.node.Ref(m.ctx, names[i])
		if err != nil {
			m.t.Fatal(err)
		}
		*into = id
	}
	m.record(e, nil)
}

// tell has the LAB elsewhere tell of something of its own.
func (m *flowMemory) tell(class valueflows.Class, iri, more string) {
	m.said++
	object := fmt.Sprintf(`{"id":%q,"type":["Object",%q]%s}`, iri, class, more)
	if err := m.node.Receive(m.ctx, Activity{Lab: m.lab, Actor: nearActor, IRI: fmt.Sprint("https://near.example/a/", m.said), Kind: "Create", ObjectIRI: iri,
		Object: []byte(object), Raw: []byte(object)}); !errors.Is(err, ErrRewrites) {
		m.accept(err)
	}
}

// say has it tell of an event: one that was named, or another.
func (m *flowMemory) say() {
	event := either(m, "named", m.named)
	if m.named = slices.DeleteFunc(m.named, func(iri string) bool { return iri == event }); event == "" {
		event = m.iri(valueflows.ClassEconomicEvent)
	}
	resource, process := m.iri(valueflows.ClassEconomicResource), m.iri(valueflows.ClassProcess)
	more := rapid.SampledFrom([]string{`"action":"consume","inputOf"`, `"action":"produce","outputOf"`, `"action":"use","inputOf"`}).Draw(m.t, "action")
	m.tell(valueflows.ClassEconomicEvent, event, fmt.Sprintf(`,"provider":%q,"receiver":%q,%s:%q,"resourceInventoriedAs":%q,
		"resourceQuantity":{"hasUnit":"kilogram","hasNumericalValue":"1"},"hasPointInTime":"2026-05-01T10:00:00Z"`, nearActor, nearActor, more, process, resource))
}

// sayLabel has it tell what is written on a resource, sayBase what a process is based on.
func (m *flowMemory) sayLabel() {
	more := `,"name":"theirs"`
	if label := m.label(); label != "" {
		more += fmt.Sprintf(`,"trackingIdentifier":%q`, label)
	}
	m.tell(valueflows.ClassEconomicResource, m.iri(valueflows.ClassEconomicResource), more)
}

func (m *flowMemory) sayBase() {
	more := `,"name":"theirs"`
	if rapid.Bool().Draw(m.t, "based on") {
		more += `,"basedOn":"` + nearVF + `ProcessSpecification/1"`
	}
	m.tell(valueflows.ClassProcess, m.iri(valueflows.ClassProcess), more)
}

// compare holds the walks from all there is, in either books, against those of
// a process that has just begun.
func (m *flowMemory) compare() {
	fresh, err := Open(m.ctx, Options{DataDir: m.dir, Database: m.dsn})
	if err != nil {
		m.t.Fatal(err)
	}
	defer fresh.Close()
	looking := []*Node{m.node}
	if rapid.Bool().Draw(m.t, "the other looks") {
		looking = append(looking, m.other)
	}
	var starts []Traced
	for _, one := range m.all {
		for _, books := range []valueflows.ID{m.lab, valueflows.IDOf(nearActor)} {
			start := valueflows.NewRecord(valueflows.ClassOf(one)).(Traced)
			start.Rec().ID, start.Rec().Books = one.Rec().ID, books
			starts = append(starts, start)
		}
	}
	for _, o := range []WalkOptions{{}, {ByTracking: true}, {ByLot: true}, {ByTracking: true, ByLot: true, Contents: true}, {Stage: m.stages[0]}, {Stage: m.stages[1]},
		{Stage: valueflows.IDOf(nearVF + "ProcessSpecification/1"), ByTracking: true}, {Depth: 4, ByTracking: true}, {Nodes: 7, After: 2, AsOf: 20}} {
		for what, along := range map[string]func(*Node) ([]*Walk, error){
			"trace": func(n *Node) ([]*Walk, error) { return n.Trace(m.ctx, starts, o) },
			"track": func(n *Node) ([]*Walk, error) { return n.Track(m.ctx, starts, o) },
		} {
			same(m, fmt.Sprint(what, o), starts, fresh, looking, along, func(a, b *Walk) bool {
				return slices.Equal(a.Steps, b.Steps) && a.More == b.More && a.Next == b.Next && a.Deeper == b.Deeper && a.AsOf == b.AsOf
			})
		}
	}
	same(m, "previous", starts, fresh, looking, func(n *Node) ([][]flow.Node, error) { return n.Previous(m.ctx, starts) }, slices.Equal)
	same(m, "next", starts, fresh, looking, func(n *Node) ([][]flow.Node, error) { return n.Next(m.ctx, starts) }, slices.Equal)
}

func same[A any](m *flowMemory, what string, starts []Traced, fresh *Node, looking []*Node, look func(*Node) ([]A, error), equal func(a, b A) bool) {
	want, err := look(fresh)
	if err != nil {
		m.t.Fatal(err)
	}
	for _, n := range looking {
		got, err := look(n)
		if err != nil {
			m.t.Fatal(err)
		}
		for i := range want {
			if !equal(got[i], want[i]) {
				m.t.Fatalf("%s of %v:\n%v in memory\n%v to a fresh process", what, *starts[i].Rec(), got[i], want[i])
			}
		}
	}
}

// An event that was known by its IRI alone takes its place among the flows when
// it is told of; what is not written on a resource any more leads nowhere.
func TestFlowsThatChange(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		m := newFlowMemory(t, b)
		const theirs = nearVF + "EconomicEvent/1"
		trace := func(id, books valueflows.ID, o WalkOptions) int {
			t.Helper()
			w, err := b.node.Trace(b.ctx, []Traced{&valueflows.EconomicResource{Record: valueflows.Record{ID: id, Books: books}}}, o)
			if err != nil {
				t.Fatal(err)
			}
			return len(w[0].Steps)
		}
		tell := func(n int, class, iri, more string) {
			t.Helper()
			object := fmt.Sprintf(`{"id":%q,"type":["Object",%q]%s}`, iri, class, more)
			if err := b.node.Receive(b.ctx, Activity{Lab: b.lab, Actor: nearActor, IRI: fmt.Sprint("https://near.example/b/", n), Kind: "Create", ObjectIRI: iri, Object: []byte(object), Raw: []byte(object)}); err != nil {
				t.Fatal(err)
			}
		}
		event := fmt.Sprintf(`,"action":"produce","provider":%q,"receiver":%q,"outputOf":"%sProcess/1","resourceInventoriedAs":"%sEconomicResource/1",
				"resourceQuantity":{"hasUnit":"kilogram","hasNumericalValue":"1"},"hasPointInTime":"2026-05-01T10:00:00Z"`, nearActor, nearActor, nearVF, nearVF)
		named, err := b.node.Ref(b.ctx, theirs)
		if err != nil {
			t.Fatal(err)
		}
		b.record(valueflows.EconomicEvent{Action: "work", Provider: m.farm, Receiver: m.farm, EffortQuantity: hours("1"), ResourceConformsTo: m.kind, TriggeredBy: named})
		tell(1, "EconomicEvent", nearVF+"EconomicEvent/2", event)
		bread := valueflows.IDOf(nearVF + "EconomicResource/1")
		if n := trace(bread, valueflows.IDOf(nearActor), WalkOptions{}); n != 3 { // the bread, its event, its process
			t.Errorf("of the one event that was told: %d steps", n)
		}
		tell(2, "EconomicEvent", theirs, event)
		if n := trace(bread, valueflows.IDOf(nearActor), WalkOptions{}); n != 4 {
			t.Errorf("of both: %d steps", n)
		}

		stock := func() valueflows.ID {
			return b.recordNew(valueflows.EconomicEvent{Action: "raise", Provider: m.farm, Receiver: m.farm, ResourceQuantity: kg("1")},
				valueflows.EconomicResource{ConformsTo: m.kind, TrackingIdentifier: "box 1"})
		}
		first, second := stock(), stock()
		byLabel := WalkOptions{ByTracking: true}
		if n := trace(second, b.lab, byLabel); n != 4 { // both boxes, and what each was opened by
			t.Errorf("from the second box, by what is written on it: %d steps", n)
		}
		if _, err := Update(b.ctx, b.node, first, func(r *valueflows.EconomicResource) error { r.TrackingIdentifier = ""; return nil }); err != nil {
			t.Fatal(err)
		}
		if n := trace(second, b.lab, byLabel); n != 2 {
			t.Errorf("when nothing is written on the first one any more: %d steps", n)
		}
	})
}
