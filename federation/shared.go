package federation

import (
	"encoding/json"
	"net/http"

	"disconode/node"
	"disconode/valueflows"
)

// showRecord shows a peer a record as it was given to it, by its IRI.
func (f *Federation) showRecord(w http.ResponseWriter, r *http.Request) error {
	readers, err := f.readers(r, valueflows.ID{})
	if err != nil {
		return err
	}
	id, err := valueflows.ParseID(r.PathValue("id"))
	if err != nil {
		return node.ErrNotFound
	}
	iri := f.node.BaseURL() + "/vf/" + r.PathValue("class") + "/" + r.PathValue("id")
	for _, reader := range readers {
		given, err := f.node.GivenOf(r.Context(), reader, id)
		if isMissing(err) || err == nil && given.Object != iri {
			continue
		}
		if err != nil {
			return err
		}
		return showGiven(w, r, given)
	}
	return node.ErrNotFound
}

// showNamed shows a peer what its audience knows by a name of its own: a person
// of a LAB by the pseudonym, and what another LAB of the node has words for.
func (f *Federation) showNamed(w http.ResponseWriter, r *http.Request) error {
	reader, _, err := f.readerOf(r)
	if err != nil {
		return err
	}
	given, err := f.node.GivenNamed(r.Context(), reader, f.node.BaseURL()+r.URL.Path)
	if err != nil {
		return err
	}
	return showGiven(w, r, given)
}

// showGiven shows what an activity that was given was about, byte for byte, with
// the activity's context; or that it is gone.
func showGiven(w http.ResponseWriter, r *http.Request, given *node.Given) error {
	var activity struct {
		Context json.RawMessage `json:"@context"`
		Object  map[string]json.RawMessage
	}
	if err := json.Unmarshal(given.Body, &activity); err != nil {
		return err
	}
	activity.Object["@context"] = activity.Context
	w.Header().Set("Cache-Control", "private, no-cache")
	status := http.StatusOK
	if given.Kind == "Delete" {
		status = http.StatusGone
	}
	return showDocument(w, r, status, activity.Object)
}
