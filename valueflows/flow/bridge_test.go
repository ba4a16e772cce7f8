package flow

import (
	"testing"

	"disconode/valueflows"
)

// Two barrels of one lot, of which the books tell nothing in between: a trace
// of the later one goes on to the earlier, a track the other way round, each
// only where that is asked for.
func TestBridge(t *testing.T) {
	s := tell(t, `
		pressed produce out:press R:barrel
		bottled consume in:fill R:cask
		filled  produce out:fill R:bottle
		served  consume in:dine R:glass
	`)
	s.graph.Label(s.id("barrel"), 1, TrackingIdentifier, "wine 7")
	s.graph.Label(s.id("cask"), 2, TrackingIdentifier, "wine 7")
	s.graph.Label(s.id("bottle"), 3, BatchLot, "lot 3")
	s.graph.Label(s.id("glass"), 4, BatchLot, "lot 3")

	s.walks("trace of the glass", s.graph.Trace(s.id("glass"), Options{}), `
		glass
	`)
	s.walks("by lot", s.graph.Trace(s.id("glass"), Options{ByLot: true}), `
		glass
		  bottle (lot)
		    filled
		      fill
		        bottled
		          cask
	`)
	both := Options{ByLot: true, ByTracking: true}
	s.walks("by both", s.graph.Trace(s.id("glass"), both), `
		glass
		  bottle (lot)
		    filled
		      fill
		        bottled
		          cask
		            barrel (tracking)
		              pressed
		                press
	`)
	s.walks("forwards", s.graph.Track(s.id("barrel"), both), `
		barrel
		  cask (tracking)
		    bottled
		      fill
		        filled
		          bottle
		            glass (lot)
		              served
		                dine
	`)
	s.walks("not earlier in a track", s.graph.Track(s.id("glass"), both), `
		glass
		  served
		    dine
	`)
	if w := s.graph.Trace(s.id("glass"), both); !w.Steps[1].Via.Bridged() || w.Steps[2].Via.Bridged() {
		t.Error("the step across the gap is not told from those by flows")
	}

	// What is written on a thing may change.
	s.graph.Label(s.id("glass"), 4, BatchLot, "lot 4")
	s.graph.Label(s.id("cask"), 2, TrackingIdentifier, "")
	s.walks("after both were written anew", s.graph.Trace(s.id("glass"), both), `
		glass
	`)
	s.graph.Label(s.id("bottle"), 3, BatchLot, "lot 4")
	s.graph.Label(s.id("bottle"), 3, BatchLot, "lot 4")
	s.walks("and the other too", s.graph.Trace(s.id("glass"), both), `
		glass
		  bottle (lot)
		    filled
		      fill
		        bottled
		          cask
	`)
	s.graph.Label(s.id("served"), 5, BatchLot, "lot 4") // an event is no resource
}

// Earlier and later is by the place that things have in the books, whichever the
// graph was told of first; and an id that was deleted may be of another kind again.
func TestBridgeOrder(t *testing.T) {
	s := tell(t, `
		served consume in:dine R:glass
		filled produce out:fill R:bottle
	`)
	s.graph.Label(s.id("carafe"), 2, BatchLot, "lot 3") // of which no event tells
	s.graph.Label(s.id("glass"), 3, BatchLot, "lot 3")
	s.graph.Label(s.id("bottle"), 1, BatchLot, "lot 3")
	lot := Options{ByLot: true}
	s.walks("trace", s.graph.Trace(s.id("glass"), lot), `
		glass
		  carafe (lot)
		    bottle (lot)
		      filled
		        fill
	`)
	s.graph.Label(s.id("carafe"), 4, BatchLot, "lot 3")
	s.walks("when it stands elsewhere", s.graph.Trace(s.id("carafe"), lot), `
		carafe
		  glass (lot)
		    bottle (lot)
		      filled
		        fill
	`)

	s.graph.Base(s.id("shelf"), s.id("Storing"))
	s.graph.Base(s.id("shelf"), valueflows.ID{})
	s.graph.Label(s.id("shelf"), 5, BatchLot, "lot 3")
	s.walks("from what was a process", s.graph.Trace(s.id("shelf"), Options{ByLot: true, Nodes: 2}), `
		shelf
		  carafe (lot)
	`)
	s.graph.Label(s.id("nothing"), 6, BatchLot, "")
	s.graph.Base(s.id("nothing"), valueflows.ID{})
	if w := s.graph.Trace(s.id("nothing"), lot); len(w.Steps) != 0 {
		t.Errorf("what nothing is written on and nothing happened to: %v", w.Steps)
	}
}
