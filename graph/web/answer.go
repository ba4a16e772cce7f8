package web

import (
	"slices"

	"disconode/valueflows"
)

// What the documents of several pages ask for, as it comes back.

// event is an economic event as the documents ask for it.
type event struct {
	ID                      string
	Action                  struct{ ID valueflows.Action }
	Provider, Receiver      *named
	InputOf, OutputOf       *named
	ResourceInventoriedAs   *named
	ToResourceInventoriedAs *named
	ResourceConformsTo      *named
	ResourceQuantity        *measure
	EffortQuantity          *measure
	HasBeginning, HasEnd    string
	HasPointInTime          string
	Stream, Note            string
	Origin                  string // whose books it is in, by IRI
	ToldBy                  string // the same, of books elsewhere
	Corrects                *named
	RecordedBy              *named
	CorrectedBy             edges[event]
}

// edges is a page of records.
type edges[T any] struct {
	Edges []struct {
		Cursor string
		Node   T
	}
	PageInfo struct {
		HasNextPage, HasPreviousPage bool
		StartCursor, EndCursor       string
	}
}

func (e edges[T]) nodes() []T {
	all := make([]T, len(e.Edges))
	for i, edge := range e.Edges {
		all[i] = edge.Node
	}
	return all
}

// newestFirst is a page in the order that people read a journal in.
func (e edges[T]) newestFirst() []T {
	all := e.nodes()
	slices.Reverse(all)
	return all
}

// At is when it happened.
func (e *event) At() string {
	for _, t := range []string{e.HasPointInTime, e.HasEnd, e.HasBeginning} {
		if t != "" {
			return t
		}
	}
	return ""
}

// named is a record with a name, as the documents ask for it.
type named struct {
	Typename           string `json:"__typename"` // of an agent
	ID                 string
	Name               string
	TrackingIdentifier string
	BatchLotCode       string
	ExpirationDate     string // of a lot
	Label              string
	ConformsTo         *struct{ Name string }
}

// text is what a record is called: by its name, else what it is tracked by or
// what kind it is.
func (n *named) text() string {
	switch {
	case n == nil:
		return ""
	case n.Name != "":
		return n.Name
	case n.BatchLotCode != "":
		return n.BatchLotCode
	case n.Label != "":
		return n.Label
	case n.ConformsTo != nil && n.ConformsTo.Name != "":
		return n.ConformsTo.Name
	case n.TrackingIdentifier != "":
		return n.TrackingIdentifier
	}
	return "(without a name)"
}
