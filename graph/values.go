package graph

import (
	"net/http"
	"slices"

	"github.com/vektah/gqlparser/v2/ast"
)

// valuesMax is how many values each list may have that narrows or groups what
// is read: each of them is a parameter of SQL, and of those there is an end.
const valuesMax = 200

// bounded holds the lists in the arguments of all that an operation reads to
// their length. What a mutation is to record is not among them.
func bounded(o *ast.OperationDefinition, variables map[string]any) *refusal {
	seen := map[*ast.FragmentDefinition]bool{}
	var all func(ast.SelectionSet) *refusal
	all = func(set ast.SelectionSet) (why *refusal) {
		for _, s := range set {
			switch s := s.(type) {
			case *ast.Field:
				if s.ObjectDefinition.Name != "Mutation" && len(s.Arguments) > 0 {
					why = boundedIn(s.ArgumentMap(variables))
				}
				if why == nil {
					why = all(s.SelectionSet)
				}
			case *ast.InlineFragment:
				why = all(s.SelectionSet)
			case *ast.FragmentSpread:
				if !seen[s.Definition] {
					seen[s.Definition] = true
					why = all(s.Definition.SelectionSet)
				}
			}
			if why != nil {
				return why
			}
		}
		return nil
	}
	return all(o.SelectionSet)
}

// boundedIn is why a list within a value is too long, with the path to it.
func boundedIn(value any, path ...string) *refusal {
	switch value := value.(type) {
	case map[string]any:
		for name, inner := range value {
			if why := boundedIn(inner, append(slices.Clip(path), name)...); why != nil {
				return why
			}
		}
	case []any:
		if len(value) > valuesMax {
			return refuse(http.StatusBadRequest, "TOO_MANY", "a list of what to look for has at most %d values, this one has %d: ask several times", valuesMax, len(value)).at(path...)
		}
	}
	return nil
}
