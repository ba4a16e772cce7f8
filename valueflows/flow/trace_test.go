package flow

import (
	"fmt"
	"testing"
)

// Manufacturing 1 of the specification's examples: a desk of plywood, on a
// machine, to a design, by somebody's work. What goes into a process comes
// newest first; behind plywood, machine and design nothing is told.
func TestTraceOfADesk(t *testing.T) {
	s := tell(t, manufacturing)
	s.walks("trace of the desk", s.graph.Trace(s.id("desk"), Options{}), `
		desk
		  made
		    make
		      worked
		      cited
		        design
		      used
		        machine
		      consumed
		        plywood
	`)
	s.walks("trace of its making", s.graph.Trace(s.id("made"), Options{Depth: 2}), `
		made
		  make
		    worked
		    cited
		    used
		    consumed
	`)
	s.walks("trace of what it is made of", s.graph.Trace(s.id("consumed"), Options{}), `
		consumed
		  plywood
	`)
	s.walks("trace of nothing", s.graph.Trace(s.id("no such thing"), Options{}), ``)
}

const manufacturing = `
	consumed consume in:make R:plywood
	used     use     in:make R:machine
	cited    cite    in:make R:design
	worked   work    in:make
	made     produce out:make R:desk
`

// Stage and state: a laser cutter gets its filter, then is tested. Both
// processes take the one cutter and give it back, so the way back goes from
// the test to the assembly by what was last done to the cutter: the breadcrumb.
// The filter is the assembly's, and the assembly's alone.
const cutting = `
	taken1    accept  in:assemble R:cutter
	filter    consume in:assemble R:filters
	clamp     consume in:assemble R:clamps
	attached  modify  out:assemble R:cutter
	taken2    accept  in:test R:cutter
	metered   use     in:test R:gauge
	passed    modify  out:test R:cutter
`

func TestTraceOfAWorkflow(t *testing.T) {
	s := tell(t, cutting)
	s.walks("trace of the cutter", s.graph.Trace(s.id("cutter"), Options{}), `
		cutter
		  passed
		    test
		      taken2
		        attached
		          assemble
		            taken1
		            clamp
		              clamps
		            filter
		              filters
		      metered
		        gauge
	`)
}

// The cutter as it came out of the assembly: the test is left out. What was done
// to it since then is the test alone. A stage that it never was at has no history.
func TestTraceAtAStage(t *testing.T) {
	s := tell(t, cutting)
	s.graph.Base(s.id("assemble"), s.id("Attach air filter"))
	s.graph.Base(s.id("test"), s.id("Test machine"))
	at := func(stage string) Options { return Options{Stage: s.id(stage)} }
	s.walks("trace of the cutter with its filter", s.graph.Trace(s.id("cutter"), at("Attach air filter")), `
		cutter
		  attached
		    assemble
		      taken1
		      clamp
		        clamps
		      filter
		        filters
	`)
	if got, want := s.reach(s.graph.Trace(s.id("cutter"), at("Test machine"))), s.reach(s.graph.Trace(s.id("cutter"), Options{})); got != want {
		t.Errorf("the whole history is %s, want %s", got, want)
	}
	s.walks("track of the cutter with its filter", s.graph.Track(s.id("cutter"), at("Attach air filter")), `
		cutter
		  taken2
		    test
		      passed
	`)
	s.walks("track of the tested cutter", s.graph.Track(s.id("cutter"), at("Test machine")), `
		cutter
	`)
	s.walks("a stage that it was never at", s.graph.Trace(s.id("cutter"), at("Paint")), `
		cutter
	`)
	// The cutter cut the filters of a later one: that leads to it, but not on to
	// what was done to it since.
	s.tell(`
		cutting use     in:cut R:cutter
		cutOut  produce out:cut R:filters
	`)
	if got := s.reach(s.graph.Trace(s.id("cutter"), at("Attach air filter"))); got != "assemble attached clamp clamps cut cutOut cutter cutting filter filters taken1" {
		t.Errorf("with the filters that it cut later: %s", got)
	}
	s.graph.Base(s.id("assemble"), s.id("Paint"))
	if got := len(s.graph.Trace(s.id("cutter"), at("Paint")).Steps); got != 11 {
		t.Errorf("%d steps to the assembly as it is called now, want 11", got)
	}
}

// Combine and separate with packing container 1: three gowns and a container go
// into a package, which travels and is unpacked. A gown's history is its own and
// the package's, and neither another gown's nor the container's; the package's
// is that it was packed, not what was packed.
const packing = `
	sewn1   produce out:sew1 R:gown1
	sewn2   produce out:sew2 R:gown2
	in0     combine in:pack R:box
	in1     combine in:pack R:gown1
	in2     combine in:pack R:gown2
	in3     combine in:pack R:gown3
	packed  produce out:pack R:package
	sent    transferCustody R:package
	opened  consume in:unpack R:package
	out0    separate out:unpack R:box
	out1    separate out:unpack R:gown1
	out2    separate out:unpack R:gown2
	out3    separate out:unpack R:gown3
`

func TestTraceOfAPackedThing(t *testing.T) {
	s := tell(t, packing)
	s.walks("trace of a gown", s.graph.Trace(s.id("gown1"), Options{}), `
		gown1
		  out1
		    unpack
		      opened
		        package
		          packed
		            pack
		              in1
		                sewn1
		                  sew1
	`)
	s.walks("trace of the unpacking of a gown", s.graph.Trace(s.id("out3"), Options{}), `
		out3
		  unpack
		    opened
		      package
		        packed
		          pack
		            in3
		              gown3
	`)
	s.walks("trace of the package", s.graph.Trace(s.id("package"), Options{}), `
		package
		  packed
		    pack
	`)
	s.walks("trace of the package with its contents", s.graph.Trace(s.id("package"), Options{Contents: true}), `
		package
		  packed
		    pack
		      in3 (contents)
		        gown3
		          out3
		            unpack
		              opened
		      in2 (contents)
		        gown2
		          sewn2
		            sew2
		          out2
		      in1 (contents)
		        gown1
		          sewn1
		            sew1
		          out1
		      in0 (contents)
		        box
		          out0
	`)
}

// A cow is put into a herd, which is named as what holds it, and taken out: the
// herd's history is without the cow's, but for those who ask for what is in it.
func TestTraceOfAHerd(t *testing.T) {
	s := tell(t, `
		calved  produce out:birth R:cow
		counted raise   R:herd
		taken   accept  in:join R:herd
		joined  combine in:join R:cow T:herd
		back    modify  out:join R:herd
	`)
	s.walks("trace of the herd", s.graph.Trace(s.id("herd"), Options{}), `
		herd
		  back
		    join
		      taken
		        counted
	`)
	if got := s.reach(s.graph.Trace(s.id("herd"), Options{Contents: true})); got != "back birth calved counted cow herd join joined taken" {
		t.Errorf("with what is in it: %s", got)
	}
	s.tell(`left separate out:part R:cow`)
	if got := s.reach(s.graph.Trace(s.id("cow"), Options{})); got != "birth calved cow left part" {
		t.Errorf("the cow, after it left: %s", got)
	}
}

// What is in a thing counts, though the walk came by before it could know: the
// ring was packed into the box by the process that the hall's trim is from, and
// only later the walk finds the box in the hall; then, one that was made and handed
// over at once.
func TestTraceFindsContentsLate(t *testing.T) {
	s := tell(t, `
		ringIn combine in:pack R:ring
		trimmed produce out:pack R:trim
		packed modify out:pack R:box
		stored combine in:store R:box T:hall
		spent  consume in:build R:trim
		built  produce out:build R:hall
	`)
	s.walks("trace of the hall", s.graph.Trace(s.id("hall"), Options{Contents: true}), `
		hall
		  built
		    build
		      spent
		        trim
		          trimmed
		            pack
		  stored (contents)
		    box
		      packed
		              ringIn (contents)
		                ring
	`)
	s = tell(t, `
		ringIn combine in:pack R:ring
		put    combine R:box T:room
		made   produce out:pack R:box T:room
	`)
	if got := s.reach(s.graph.Trace(s.id("room"), Options{Contents: true})); got != "box made pack put ring ringIn room" {
		t.Errorf("trace of the room: %s", got)
	}
}

// Transportation with transfer: Alice's apples go by Claudia's truck to Bob, in
// two hops, and at the end become his. Rights come from Alice's stock at once;
// the things by the hops, of which each gives out what it took in, the first of
// them from Alice's stock.
const transport = `
	picked  raise  R:apples
	up1     pickup in:hop1 R:apples T:load
	down1   dropoff out:hop1 R:load
	up2     pickup in:hop2 R:load
	down2   dropoff out:hop2 R:load T:bobs
	service deliverService out:hop2
	rights  transferAllRights R:apples T:bobs
	paid    transfer R:dollars T:till
`

func TestTraceOfATransport(t *testing.T) {
	s := tell(t, transport)
	s.walks("trace of Bob's apples", s.graph.Trace(s.id("bobs"), Options{}), `
		bobs
		  rights
		    apples
		      picked
		  down2
		    hop2
		      up2
		        load
		          down1
		            hop1
		              up1
	`)
	s.walks("trace of the load", s.graph.Trace(s.id("load"), Options{}), `
		load
		  down2
		    hop2
		      up2
		        down1
		          hop1
		            up1
		              apples
		                picked
	`)
	// A box that rode along is not behind the apples, nor the apples behind it.
	s.tell(`
		up3   pickup in:hop2 R:box
		down3 dropoff out:hop2 R:box
	`)
	if got := s.reach(s.graph.Trace(s.id("bobs"), Options{})); got != "apples bobs down1 down2 hop1 hop2 load picked rights up1 up2" {
		t.Errorf("with a box along: %s", got)
	}
	if got := s.reach(s.graph.Trace(s.id("box"), Options{})); got != "box down3 hop2 up3" {
		t.Errorf("the box: %s", got)
	}
}

// A half of a pair that is found before its other half waits for it. What
// sifts wheat puts out dust too, and both go into the mill. The dust is found
// first, and the wheat is not behind it; but it is behind the flour, by itself.
func TestTraceFindsAPairLate(t *testing.T) {
	s := tell(t, `
		grown   produce out:grow R:wheat
		taken   accept  in:sift R:wheat
		swept   produce out:sift R:dust
		sifted  modify  out:sift R:wheat
		wheatIn consume in:mill R:wheat
		dustIn  consume in:mill R:dust
		milled  produce out:mill R:flour
	`)
	s.walks("trace of the dust", s.graph.Trace(s.id("dust"), Options{}), `
		dust
		  swept
		    sift
	`)
	s.walks("trace of the flour", s.graph.Trace(s.id("flour"), Options{}), `
		flour
		  milled
		    mill
		      dustIn
		        dust
		          swept
		            sift
		      wheatIn
		        wheat
		          sifted
		              taken
		                grown
		                  grow
	`)
}

// A page after a page is the walk as a whole, though more is recorded between them.
func TestTraceInPages(t *testing.T) {
	s := tell(t, packing)
	whole := s.tree(s.graph.Track(s.id("gown1"), Options{}))
	var pages string
	n := 0
	var o Options
	for more := true; more; {
		o.Nodes = 3
		w := s.graph.Track(s.id("gown1"), o)
		if len(w.Steps) > 3 || w.More && len(w.Steps) < 3 {
			t.Fatalf("a page of %d steps", len(w.Steps))
		}
		pages += s.tree(w)
		o.After, o.AsOf, more = w.Next, w.AsOf, w.More
		s.tell(fmt.Sprintf("more%d consume in:later%d R:gown1", n, n))
		n++
	}
	if pages != whole {
		t.Errorf("in pages:\n%swhole:\n%s", pages, whole)
	}
	w := s.graph.Track(s.id("gown1"), Options{Depth: 3})
	if !w.Deeper || len(w.Steps) < 4 {
		t.Errorf("three deep there are %d steps, deeper: %t", len(w.Steps), w.Deeper)
	}
}
