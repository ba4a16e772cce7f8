// Package flow computes from what flowed: what came before and after a thing
// (track and trace), where it is from (provenance), what it is worth (roll-up),
// how money or any stock comes and goes (cash flow), and who or what is linked
// to whom or what (network). It is meaning and arithmetic only: no SQL, no HTTP,
// no clock, no randomness and no floats.
//
// # Track and trace
//
// [Graph.Previous] and [Graph.Next] are the single steps of the
// specification's page on track and trace. They are no mirrors of each other
// there: what comes next to a resource are all events on it, those that add to
// it too, and nothing comes next to a raise, though it comes before its resource.
//
// [Graph.Trace] walks along Previous. [Graph.Track] walks along the very same
// steps the other way, not along Next: to B from A exactly where Previous of B
// has A. So where nothing goes in pairs, B is in the track of A exactly if A is in
// the trace of B.
//
// The pairs are pickup and dropoff, accept and modify, combine and separate:
// what goes into a process by the one and comes out by the other only passes
// through. In a trace an event of the first kind counts, as an input of its
// process, if one of the second kind on the same resource does; in a track the
// other way round. So what was packed, carried or tested alongside has no part in
// a thing's history. Where the specification's page strikes a pair off once it is
// found, and overlooks a half that is found too early, here whatever belongs
// together by the end of the walk is in it, in whichever order it was found.
// Two things it does not say: a pickup or an accept that hands over to a
// receiving resource (which implies a transfer of custody) is of one pair with
// what comes out as that resource; and behind a receiving resource it counts
// without its other half, as any transfer.
//
// Breadcrumbs, the event before on the same resource, order a walk and add
// nothing to it: where the page goes on to one that does not come before the
// resource, such as what somebody else took of a stock, the walk here does not.
//
// An event that corrects another is an event like it: it leads the same way,
// and what was taken back in full still shows, as a history. Roll-up and network
// are about quantities, and there corrections subtract.
package flow
