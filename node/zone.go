package node

import (
	"context"
	"sync"
	"time"
	_ "time/tzdata" // the zones, where the machine has none

	"disconode/valueflows"
)

var zones sync.Map // name to *time.Location

func zoneOf(name string) (*time.Location, error) {
	if zone, ok := zones.Load(name); ok {
		return zone.(*time.Location), nil
	}
	zone, err := time.LoadLocation(name)
	if err != nil || name == "" || name == "Local" {
		return nil, valueflows.At(valueflows.Invalid("INVALID_ZONE", "%q is not a time zone: give an IANA name, such as America/Chicago", valueflows.Clip(name)), "zone")
	}
	zones.Store(name, zone)
	return zone, nil
}

// Zone is the time zone of the LAB whose books the caller acts in; UTC where
// there is none.
func (n *Node) Zone(ctx context.Context) *time.Location {
	if l := n.labOf(PrincipalOf(ctx).Lab); l != nil {
		if zone, err := zoneOf(l.Zone); err == nil {
			return zone
		}
	}
	return time.UTC
}
