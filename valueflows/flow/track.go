package flow

import "disconode/valueflows"

// Track walks ahead from a thing to all that it led to, along the very steps
// that [Graph.Trace] walks back. The order is as there, and of what comes after
// an event its process is first, then the resource that it makes, then the
// receiving one; the event that was next on the same resource goes before all
// others.
func (g *Graph) Track(start valueflows.ID, o Options) *Walk { return g.walk(start, o, true) }
