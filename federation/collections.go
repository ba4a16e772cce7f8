package federation

import (
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/go-fed/activity/streams"

	"disconode/node"
)

// collectionPage is how many items a page of a collection has.
const collectionPage = 50

// showOutbox shows a peer what its audience was given, newest first.
func (f *Federation) showOutbox(w http.ResponseWriter, r *http.Request) error {
	reader, lab, err := f.readerOf(r)
	if err != nil {
		return err
	}
	iri := f.labActor(lab.Slug) + "/outbox"
	if !r.URL.Query().Has("page") {
		return showCollection(w, r, iri, reader.Delivery, iri+"?page=true")
	}
	before, err := position(r, "before")
	if err != nil {
		return err
	}
	given, err := f.node.GivenBefore(r.Context(), reader, before, collectionPage)
	if err != nil {
		return err
	}
	next := ""
	if len(given) == collectionPage && given[len(given)-1].Position > 1 {
		next = iri + "?page=true&before=" + strconv.FormatInt(given[len(given)-1].Position, 10)
	}
	return showPage(w, r, iri, pageIRI(iri+"?page=true", "before", before), next, given)
}

// showAudience shows a peer the log of its audience, in order: who was away reads
// on after the last position that it has.
func (f *Federation) showAudience(w http.ResponseWriter, r *http.Request) error {
	reader, lab, err := f.readerOf(r)
	if err != nil {
		return err
	}
	name := r.PathValue("name")
	if reader.Audience != name {
		return node.ErrNotFound
	}
	iri := f.labActor(lab.Slug) + "/audiences/" + name
	if !r.URL.Query().Has("after") {
		return showCollection(w, r, iri, reader.Delivery, iri+"?after=0")
	}
	after, err := position(r, "after")
	if err != nil {
		return err
	}
	given, err := f.node.GivenAfter(r.Context(), reader, after, collectionPage)
	if err != nil {
		return err
	}
	next := ""
	if len(given) == collectionPage {
		next = iri + "?after=" + strconv.FormatInt(given[len(given)-1].Position, 10)
	}
	return showPage(w, r, iri, iri+"?after="+strconv.FormatInt(after, 10), next, given)
}

// showFollowers shows a peer how many follow the LAB, and itself among them: who
// the others are, they may tell.
func (f *Federation) showFollowers(w http.ResponseWriter, r *http.Request) error {
	reader, lab, err := f.readerOf(r)
	if err != nil {
		return err
	}
	followers, err := f.node.Followers(r.Context(), lab.ID)
	if err != nil {
		return err
	}
	iri := f.labActor(lab.Slug) + "/followers"
	if !r.URL.Query().Has("page") {
		return showCollection(w, r, iri, &node.Delivery{Sent: int64(len(followers))}, iri+"?page=true")
	}
	self, err := json.Marshal(reader.IRI)
	if err != nil {
		return err
	}
	return showPage(w, r, iri, iri+"?page=true", "", []node.Given{{Body: self}})
}

// position is a place in a log that a request names; zero where it names none.
func position(r *http.Request, name string) (int64, error) {
	text := r.URL.Query().Get(name)
	if text == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 {
		return 0, bad(activityForm, "%s is a position, such as %s=100", name, name)
	}
	return n, nil
}

func pageIRI(first, name string, at int64) string {
	if at == 0 {
		return first
	}
	return first + "&" + name + "=" + strconv.FormatInt(at, 10)
}

// showCollection shows a collection without its items.
func showCollection(w http.ResponseWriter, r *http.Request, iri string, d *node.Delivery, first string) error {
	collection := streams.NewActivityStreamsOrderedCollection()
	id := streams.NewJSONLDIdProperty()
	page := streams.NewActivityStreamsFirstProperty()
	if err := setIRI(id, iri); err != nil {
		return err
	}
	if err := setIRI(page, first); err != nil {
		return err
	}
	total := streams.NewActivityStreamsTotalItemsProperty()
	total.Set(int(d.Sent + d.Waiting))
	collection.SetJSONLDId(id)
	collection.SetActivityStreamsFirst(page)
	collection.SetActivityStreamsTotalItems(total)
	document, err := streams.Serialize(collection)
	if err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "private, no-cache")
	return showDocument(w, r, http.StatusOK, document)
}

// showPage shows a page of a collection. The library makes the page; the items
// are the bytes as they were given, which its types would change.
func showPage(w http.ResponseWriter, r *http.Request, of, iri, next string, given []node.Given) error {
	page := streams.NewActivityStreamsOrderedCollectionPage()
	id, part := streams.NewJSONLDIdProperty(), streams.NewActivityStreamsPartOfProperty()
	if err := setIRI(id, iri); err != nil {
		return err
	}
	if err := setIRI(part, of); err != nil {
		return err
	}
	page.SetJSONLDId(id)
	page.SetActivityStreamsPartOf(part)
	if next != "" {
		property := streams.NewActivityStreamsNextProperty()
		if err := setIRI(property, next); err != nil {
			return err
		}
		page.SetActivityStreamsNext(property)
	}
	document, err := streams.Serialize(page)
	if err != nil {
		return err
	}
	items := make([]json.RawMessage, len(given))
	for i, g := range given {
		items[i] = g.Body
	}
	document["orderedItems"] = items
	w.Header().Set("Cache-Control", "private, no-cache")
	return showDocument(w, r, http.StatusOK, document)
}
