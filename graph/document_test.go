package graph

import (
	"fmt"
	"strings"
	"sync"
	"testing"
)

// What is remembered of queries is bounded, the longest unused going first.
func TestDocumentsAreBounded(t *testing.T) {
	d := newDocuments()
	for i := range documentsMax + 10 {
		d.put(fmt.Sprint(i), &document{})
		d.get("0") // in use all the time
	}
	if d.get("0") == nil || d.get("1") != nil || d.get(fmt.Sprint(documentsMax)) == nil || len(d.byKey) != documentsMax {
		t.Errorf("%d are kept", len(d.byKey))
	}
	for i := range 300 {
		d.put(fmt.Sprint(i)+strings.Repeat("x", queryBytesMax), &document{})
	}
	if d.bytes > documentBytesMax || len(d.byKey) != d.used.Len() {
		t.Errorf("%d bytes are kept of %d", d.bytes, len(d.byKey))
	}
}

// One document serves many requests at once, each with variables of its own. (The
// race detector looks on.)
func TestDocumentIsShared(t *testing.T) {
	b := newBooks(t, "", Options{})
	ada := b.steward()
	var wait sync.WaitGroup
	for i := range 16 {
		wait.Go(func() {
			for range 10 {
				r := ada.ask("query($n: Int, $s: String) { units(first: $n, filter: {searchString: $s}) { edges { node { id label } } pageInfo { pageLimit } } }", vars{"n": i + 1, "s": "gram"})
				if len(r.Errors) > 0 || r.at("units.pageInfo.pageLimit") != float64(i+1) {
					t.Errorf("%v %v", r.Errors, r.Data)
				}
			}
		})
	}
	wait.Wait()
}
