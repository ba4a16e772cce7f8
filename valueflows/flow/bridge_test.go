package flow

import "testing"

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
	s.graph.Label(s.id("barrel"), TrackingIdentifier, "wine 7")
	s.graph.Label(s.id("cask"), TrackingIdentifier, "wine 7")
	s.graph.Label(s.id("bottle"), BatchLot, "lot 3")
	s.graph.Label(s.id("glass"), BatchLot, "lot 3")

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
	s.graph.Label(s.id("glass"), BatchLot, "lot 4")
	s.graph.Label(s.id("cask"), TrackingIdentifier, "")
	s.walks("after both were written anew", s.graph.Trace(s.id("glass"), both), `
		glass
	`)
	s.graph.Label(s.id("bottle"), BatchLot, "lot 4")
	s.graph.Label(s.id("bottle"), BatchLot, "lot 4")
	s.walks("and the other too", s.graph.Trace(s.id("glass"), both), `
		glass
		  bottle (lot)
		    filled
		      fill
		        bottled
		          cask
	`)
	s.graph.Label(s.id("served"), BatchLot, "lot 4") // an event is no resource
}
