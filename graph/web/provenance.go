package web

import (
	"net/url"

	"disconode/valueflows"
)

// resourcePage is the page of a resource, with where it came from and where it went.
func resourcePage() page {
	p := recordPage(valueflows.ClassEconomicResource, "resource", resourceShown)
	p.variables = func(v *visit) (vars, error) {
		given := vars{"id": v.Request.PathValue("id")}
		for _, way := range ways {
			if cursor := v.Request.URL.Query().Get(way); cursor != "" {
				given[way] = cursor
			}
		}
		return given, nil
	}
	return p
}

// ways are the two walks of a resource's page, and the fields of its address that
// say from where on they are shown.
var ways = []string{"came", "went"}

// walk is a page of a walk along the flows.
type walk struct {
	Edges []struct {
		Node   walked
		Depth  int
		Parent string
		Via    string
	}
	PageInfo struct {
		HasNextPage bool
		EndCursor   string
	}
}

// walked is what a walk comes to: an event, else a resource or a process.
type walked struct {
	event
	Typename           string `json:"__typename"`
	Name, Title        string // of a resource, of a process
	TrackingIdentifier string
	ConformsTo         *struct{ Name string }
}

func (w *walked) says() []word {
	class := valueflows.Class(w.Typename)
	if class == valueflows.ClassEconomicEvent {
		return w.Sentence()
	}
	return []word{link(class, &named{ID: w.ID, Name: w.Name + w.Title, TrackingIdentifier: w.TrackingIdentifier, ConformsTo: w.ConformsTo})}
}

// vias are the ways by which a walk goes on where no flow is known.
var vias = map[string]string{
	"TRACKING_IDENTIFIER": "known by what it is tracked by alone", "LOT": "known by its lot alone", "CONTENTS": "in it or out of it",
}

type walkShown struct {
	ID, Title, Nothing string
	Steps              []*walkStep
	Before, More       string // addresses; empty where there is nothing
}

// walkStep is a step of a walk, with those that go on from it.
type walkStep struct {
	Says  []word
	Plain string
	Href  string // of an event's page
	Depth int
	Via   string
	Steps []*walkStep
}

// shown is the walk as a tree of its steps: what stands under a step leads on
// from it. A step whose parent was on an earlier page stands first in the tree.
func (w *walk) shown(v *visit, id, way, title, nothing string) walkShown {
	shown := walkShown{ID: way, Title: title, Nothing: nothing}
	steps := map[string]*walkStep{}
	for _, e := range w.Edges {
		if e.Depth == 0 { // the resource itself
			continue
		}
		step := &walkStep{Says: e.Node.says(), Depth: e.Depth, Via: vias[e.Via]}
		step.Plain = plain(step.Says)
		if valueflows.Class(e.Node.Typename) == valueflows.ClassEconomicEvent {
			step.Href = "/journal/" + url.PathEscape(e.Node.ID)
		}
		steps[e.Node.ID] = step
		if parent := steps[e.Parent]; parent != nil {
			parent.Steps = append(parent.Steps, step)
		} else {
			shown.Steps = append(shown.Steps, step)
		}
	}
	at := "/vf/" + string(valueflows.ClassEconomicResource) + "/" + url.PathEscape(id)
	asked := url.Values{}
	for _, other := range ways {
		if cursor := v.Request.URL.Query().Get(other); cursor != "" && other != way {
			asked.Set(other, cursor)
		}
	}
	if v.Request.URL.Query().Get(way) != "" {
		shown.Before = at
		if len(asked) > 0 {
			shown.Before += "?" + asked.Encode()
		}
		shown.Before += "#" + way
	}
	if w.PageInfo.HasNextPage {
		shown.More = pageAt(at, asked, way, w.PageInfo.EndCursor) + "#" + way
	}
	return shown
}
