package graph

import (
	"net/http"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"disconode/node"
)

// isPublic tells whether a field of the root answers to whoever asks.
func isPublic(root, field string) bool {
	r, ok := ruleOf[root+"."+field]
	return field == "__typename" || ok && node.May(node.Public, r.verb, r.data) == node.All
}

// public tells whether all that an operation asks of the root does.
func public(doc *ast.QueryDocument, o *ast.OperationDefinition) bool {
	if o.Operation != ast.Query {
		return false
	}
	seen := map[string]bool{}
	var all func(ast.SelectionSet) bool
	all = func(set ast.SelectionSet) bool {
		for _, s := range set {
			switch s := s.(type) {
			case *ast.Field:
				if !isPublic("Query", s.Name) {
					return false
				}
			case *ast.InlineFragment:
				if !all(s.SelectionSet) {
					return false
				}
			case *ast.FragmentSpread:
				if f := doc.Fragments.ForName(s.Name); f != nil && !seen[s.Name] {
					seen[s.Name] = true
					if !all(f.SelectionSet) {
						return false
					}
				}
			}
		}
		return true
	}
	return all(o.SelectionSet)
}

// authorise asks the policy about every field that a valid operation selects.
// A field without a rule is nobody's.
func authorise(o *ast.OperationDefinition, role node.Role) gqlerror.List {
	var refused gqlerror.List
	seen := map[*ast.FragmentDefinition]bool{}
	var all func(ast.SelectionSet)
	all = func(set ast.SelectionSet) {
		for _, s := range set {
			switch s := s.(type) {
			case *ast.Field:
				if !granted(s, role) {
					if len(refused) < errorsMax {
						refused = append(refused, forbidden(s))
					}
					continue
				}
				all(s.SelectionSet)
			case *ast.InlineFragment:
				all(s.SelectionSet)
			case *ast.FragmentSpread:
				if !seen[s.Definition] {
					seen[s.Definition] = true
					all(s.Definition.SelectionSet)
				}
			}
		}
	}
	all(o.SelectionSet)
	return refused
}

func granted(f *ast.Field, role node.Role) bool {
	if strings.HasPrefix(f.Name, "__") || strings.HasPrefix(f.ObjectDefinition.Name, "__") { // the schema itself
		return f.Name == "__typename" || role != node.Public
	}
	r, ok := ruleOf[f.ObjectDefinition.Name+"."+f.Name]
	return ok && node.May(role, r.verb, r.data) != node.Never
}

func forbidden(f *ast.Field) *gqlerror.Error {
	r := refuse(http.StatusForbidden, "FORBIDDEN", "%s.%s: %s", f.ObjectDefinition.Name, f.Name, node.ErrForbidden)
	e := r.list()[0]
	if f.Position != nil {
		e.Locations = []gqlerror.Location{{Line: f.Position.Line, Column: f.Position.Column}}
	}
	return e
}
