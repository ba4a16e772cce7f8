package federation

import (
	"encoding/json"
	"slices"
)

// activityKinds are the activities of ActivityStreams (Vocabulary, 3.1) but for
// those that are about nothing (Arrive, Question, Travel): nobody here would
// know what to do with them.
var activityKinds = set(
	"Accept", "Add", "Announce", "Block", "Create", "Delete", "Dislike", "Flag", "Follow", "Ignore", "Invite", "Join", "Leave",
	"Like", "Listen", "Move", "Offer", "Read", "Reject", "Remove", "TentativeAccept", "TentativeReject", "Undo", "Update", "View",
)

// recipientsMax bounds the addresses of one activity.
const recipientsMax = 200

// envelope is what of an activity decides who says what to whom. The library
// sees no more of it: what is in the object is the books' to read.
type envelope struct {
	ID, Kind, Actor string
	To, Cc          []string
	Object          any // as it came: an IRI, an object, or nil
	ObjectID        string
	TargetID        string // what a thing is added to or removed from
}

// readEnvelope reads an activity's envelope. One activity is of one kind, by one
// actor, about one object.
func readEnvelope(activity map[string]any) (*envelope, error) {
	e := &envelope{ID: textOf(activity["id"])}
	for _, name := range typesOf(activity) {
		if !activityKinds[name] {
			continue
		}
		if e.Kind != "" && e.Kind != name {
			return nil, bad(activityForm, "the activity is both %s and %s: send two", e.Kind, name)
		}
		e.Kind = name
	}
	if e.Kind == "" {
		return nil, bad(activityUnknown, "the activity is of no type of ActivityStreams: wrap it in a Create")
	}
	if _, err := parseAddress(e.ID); err != nil {
		return nil, bad(activityForm, "the activity has no id that is an address").because(err)
	}
	actors := listOf(activity["actor"])
	if len(actors) != 1 {
		return nil, bad(activityForm, "the activity has %d actors: one sends it", len(actors))
	}
	e.Actor = idOf(actors[0])
	if _, err := parseAddress(e.Actor); err != nil {
		return nil, bad(activityForm, "the activity's actor has no id that is an address").because(err)
	}
	objects := listOf(activity["object"])
	if len(objects) > 1 {
		return nil, bad(activityForm, "the activity has %d objects: send one activity for each", len(objects))
	}
	if len(objects) == 1 {
		e.Object, e.ObjectID = objects[0], idOf(objects[0])
	}
	targets := listOf(activity["target"])
	if len(targets) > 1 {
		return nil, bad(activityForm, "the activity has %d targets: send one activity for each", len(targets))
	}
	if len(targets) == 1 {
		e.TargetID = idOf(targets[0])
	}
	var err error
	if e.To, err = recipients(activity["to"]); err != nil {
		return nil, err
	}
	e.Cc, err = recipients(activity["cc"])
	return e, err
}

// recipients are whom an activity is addressed to. What is addressed to others
// in secret (bto, bcc) is none of ours to know.
func recipients(value any) ([]string, error) {
	list := listOf(value)
	if len(list) > recipientsMax {
		return nil, bad(activityForm, "the activity is addressed to more than %d", recipientsMax)
	}
	var all []string
	for _, each := range list {
		if iri := idOf(each); iri != "" && !slices.Contains(all, iri) {
			if _, err := parseAddress(iri); err != nil {
				return nil, bad(activityForm, "the activity is addressed to what is no address").because(err)
			}
			all = append(all, iri)
		}
	}
	return all, nil
}

// reduced is the envelope as the library reads it.
func (e *envelope) reduced() ([]byte, error) {
	reduced := map[string]any{"@context": profile, "id": e.ID, "type": e.Kind, "actor": e.Actor}
	if len(e.To) > 0 {
		reduced["to"] = e.To
	}
	if len(e.Cc) > 0 {
		reduced["cc"] = e.Cc
	}
	switch {
	case objectOf(e.Object) != nil && e.ObjectID != "":
		reduced["object"] = map[string]any{"id": e.ObjectID, "type": "Object"}
	case e.ObjectID != "":
		reduced["object"] = e.ObjectID
	}
	return json.Marshal(reduced)
}
