package flow

import "testing"

// Manufacturing 1 forwards: plywood, machine and design all went into the desk,
// and nothing else that is told.
func TestTrackOfPlywood(t *testing.T) {
	s := tell(t, manufacturing)
	for _, of := range []struct{ resource, event string }{{"plywood", "consumed"}, {"machine", "used"}, {"design", "cited"}} {
		s.walks("track of the "+of.resource, s.graph.Track(s.id(of.resource), Options{}), of.resource+`
		  `+of.event+`
		    make
		      made
		        desk
	`)
	}
	s.walks("track of the work", s.graph.Track(s.id("worked"), Options{}), `
		worked
		  make
		    made
		      desk
	`)
}

// Stage and state forwards: a filter is in a cutter, which then was tested.
func TestTrackOfAWorkflow(t *testing.T) {
	s := tell(t, cutting+`
		sold transfer R:cutter T:theirs
	`)
	s.walks("track of the filters", s.graph.Track(s.id("filters"), Options{}), `
		filters
		  filter
		    assemble
	`)
	s.walks("track of the cutter", s.graph.Track(s.id("cutter"), Options{}), `
		cutter
		  sold
		    theirs
		  taken2
		    test
		      passed
		  taken1
		    assemble
		      attached
	`)
}

// A gown forwards: into its package, along with that, and out again, but not
// out as another gown. What came out of the package is told on request; the way
// from there back into the packing comes on the package again, and goes on by
// what was next done to it, the sending.
func TestTrackOfAPackedThing(t *testing.T) {
	s := tell(t, packing)
	s.walks("track of a gown", s.graph.Track(s.id("gown2"), Options{}), `
		gown2
		  in2
		    pack
		      packed
		        package
		          sent
		          opened
		            unpack
		              out2
	`)
	s.walks("track of the package", s.graph.Track(s.id("package"), Options{}), `
		package
		  opened
		    unpack
		  sent
	`)
	s.walks("track of the package with its contents", s.graph.Track(s.id("package"), Options{Contents: true}), `
		package
		  opened
		    unpack
		      out3 (contents)
		        gown3
		          in3
		            pack
		              packed
		                sent
		      out2 (contents)
		        gown2
		          in2
		      out1 (contents)
		        gown1
		          in1
		      out0 (contents)
		        box
		          in0
	`)
}

// Transportation with transfer forwards: from Alice's stock to Bob's by the
// truck and, at once, by right. After a pickup the dropoff of the same load goes
// before the service that was recorded later.
func TestTrackOfATransport(t *testing.T) {
	s := tell(t, transport)
	s.walks("track of Alice's apples", s.graph.Track(s.id("apples"), Options{}), `
		apples
		  rights
		    bobs
		  up1
		    hop1
		      down1
		        load
		          up2
		            hop2
		              down2
		              service
	`)
	s.walks("track of how they got there", s.graph.Track(s.id("picked"), Options{Depth: 2}), `
		picked
		  apples
		    up1
		    rights
	`)
}

// Checkout of a book: it goes and comes home as itself, so both are after it
// and nothing is after them.
func TestTrackOfABook(t *testing.T) {
	s := tell(t, `
		bought raise R:book
		lent   transferCustody R:book
		home   transferCustody R:book
	`)
	s.walks("track of the book", s.graph.Track(s.id("book"), Options{}), `
		book
		  home
		  lent
	`)
	s.walks("trace of its coming home", s.graph.Trace(s.id("home"), Options{}), `
		home
		  book
		    bought
	`)
}
