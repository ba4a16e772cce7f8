package graph

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// How fast the worst queries of 32 kB are refused (G01-G06: below 5 ms, inline
// fragments below 20 ms).
func BenchmarkRefusal(b *testing.B) {
	schema := ourSchema()
	for name, query := range map[string]string{
		"plain nesting":       nested(390),
		"fragment bomb":       bomb(100),
		"one field 500 times": "{" + times(500, " __typename") + "}",
		"one field 8000":      "{" + times(8000, " id") + "}",
		"inline fragments":    "{" + times(200, "... on Query {"+times(20, "...{a}")+"}") + "}",
		"directives":          "{ __typename" + times(700, " @a#") + " }",
		"aliases":             "{" + times(370, " a#: id") + "}",
		"unknown fields":      "{" + times(399, " nothingOfTheKindThatThereIs#") + "}",
		"overlapping fields":  "{" + times(28, " ... on Query { units { edges { node { id label symbol } } } }") + "}",
		"arguments":           "{ action(" + times(370, " a#: 1") + ") { id } }",
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				doc, problems := read(query)
				if problems != nil {
					continue
				}
				o, _ := doc.choose("")
				if why := check(schema, doc.QueryDocument, o, nil); why == nil {
					doc.validate(schema, len(query) > suggestedBytesMax)
				}
			}
		})
	}
}

// A page of 50 events with provider, receiver and resource, through the handler.
func BenchmarkPage(b *testing.B) {
	books := newBooks(b, "", Options{})
	ada := books.steward()
	books.season(ada, 13)
	for name, query := range map[string]string{
		"events": `{ economicEvents(last: 50) { edges { node { id action { id } hasPointInTime note provider { id name } receiver { id name }
			resourceQuantity { hasNumericalValue hasUnit { symbol } } resourceInventoriedAs { id name } } } pageInfo { endCursor hasNextPage } } }`,
		"one": `{ economicEvents(last: 1) { edges { node { id action { id } hasPointInTime note provider { id name } receiver { id name }
			resourceQuantity { hasNumericalValue hasUnit { symbol } } resourceInventoriedAs { id name } } } } }`,
		"columns": `{ economicEvents(last: 50) { edges { node { id hasPointInTime note } } } }`,
	} {
		b.Run(name, func(b *testing.B) {
			body, err := json.Marshal(map[string]string{"query": query})
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				request := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(body))
				request.Header.Set("Content-Type", "application/json")
				request.Header.Set("Authorization", "Bearer "+ada.token)
				w := httptest.NewRecorder()
				books.server.ServeHTTP(w, request)
				if w.Code != http.StatusOK || strings.Contains(w.Body.String(), `"errors"`) {
					b.Fatal(w.Body.String())
				}
			}
		})
	}
}
