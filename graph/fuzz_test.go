package graph

import (
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
)

// The gate never panics, whatever it is sent; what it lets through is within
// its limits, and can then be validated without a panic, too. It walks each part
// of the document once.
func FuzzGate(f *testing.F) {
	for _, seed := range []string{
		nested(13), bomb(22), "{ ...f } fragment f on Query { ...f }", "mutation { a: deleteUnit(id: 1) b: deleteUnit(id: 2) }",
		`query($n: Int = 5) { units(first: $n, filter: {searchString: "kilo"}) { edges { node { id ... on Unit { label } } } pageInfo { endCursor } } }`,
		`{ __schema { types { fields { args { type { ofType { name } } } } } } }`, "subscription { a }", "{ a @skip(if: true) @b }",
		`mutation { createEconomicEvent(event: {action: "raise", resourceQuantity: {hasNumericalValue: 1e999999999}}) { economicEvent { id } } }`,
	} {
		f.Add(seed)
	}
	schema := ourSchema()
	f.Fuzz(func(t *testing.T, text string) {
		doc, problems := read(text)
		if problems != nil {
			return
		}
		for _, o := range doc.Operations {
			if why := check(schema, doc.QueryDocument, o, nil); why != nil {
				return
			}
			public(doc.QueryDocument, o)
		}
		if n := fieldsIn(doc.QueryDocument); n > fieldsMax {
			t.Fatalf("%d fields were let through", n)
		}
		if problems := doc.validate(schema, false); problems != nil {
			return
		}
		for _, o := range doc.Operations {
			authorise(o, "member")
		}
	})
}

// fieldsIn counts the fields that stand in a document.
func fieldsIn(doc *ast.QueryDocument) (n int) {
	var count func(ast.SelectionSet)
	count = func(set ast.SelectionSet) {
		for _, s := range set {
			switch s := s.(type) {
			case *ast.Field:
				n++
				count(s.SelectionSet)
			case *ast.InlineFragment:
				count(s.SelectionSet)
			}
		}
	}
	for _, o := range doc.Operations {
		count(o.SelectionSet)
	}
	for _, f := range doc.Fragments {
		count(f.SelectionSet)
	}
	return n
}
