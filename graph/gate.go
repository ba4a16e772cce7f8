package graph

import (
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/vektah/gqlparser/v2/ast"
)

// The limits on a query, before anything else looks at it.
const (
	queryBytesMax         = 32 << 10
	tokensMax             = 1500
	depthMax              = 12
	introspectionDepthMax = 15
	fieldsMax             = 400
	aliasesMax            = 30
	mutationsMax          = 5 // root fields of a mutation
	directivesMax         = 20
	fragmentsMax          = 30 // named and inline
	nodesMax              = 50_000
	walksMax              = 20 // whole walks along the flows, with a little below each
	nameBytesMax          = 128

	pageSizeMax     = 100
	pageSizeDefault = 50
)

// gate measures a parsed query before it is validated, in time linear in its
// length: every part is walked once, and what a fragment weighs is remembered.
type gate struct {
	schema    *ast.Schema
	doc       *ast.QueryDocument
	operation *ast.OperationDefinition // the one that is asked for
	variables map[string]any

	// What stands in the document, wherever that is.
	fields, aliases, directives, fragments int

	known map[*ast.FragmentDefinition]*weight
	why   *refusal // the first thing that is wrong
}

// weight is what a selection comes to once its fragments are spread. Numbers
// stop just past their limit.
type weight struct {
	done          bool // else it is being measured: a fragment within itself
	depth         int
	introspection int // depth below __schema and __type
	fields        int
	aliases       int
	roots         int   // fields at its top
	nodes         int64 // records that it may ask for
}

// check says why a query must not run; nil where it may. The variables are
// those of this request, so a query that was let in once is checked again.
func check(schema *ast.Schema, doc *ast.QueryDocument, operation *ast.OperationDefinition, variables map[string]any) *refusal {
	g := &gate{schema: schema, doc: doc, operation: operation, variables: variables, known: map[*ast.FragmentDefinition]*weight{}}
	for _, o := range doc.Operations {
		g.names(o.Name)
		for _, v := range o.VariableDefinitions {
			g.names(v.Variable, v.Type.Name())
			g.values(v.DefaultValue)
			g.used(v.Directives)
		}
		g.used(o.Directives)
		w := g.selection(o.SelectionSet, g.root(o))
		g.limit(&w, depthMax)
		if o.Operation == ast.Mutation && w.roots > mutationsMax {
			g.stop("QUERY_TOO_WIDE", "a mutation has at most %d fields at its top", mutationsMax)
		}
	}
	for _, f := range doc.Fragments { // those that nothing spreads, too: they will be validated
		deepest := depthMax
		if introspects(schema.Types[f.TypeCondition]) {
			deepest = introspectionDepthMax
		}
		g.limit(g.fragment(f), deepest)
	}
	return g.why
}

func (g *gate) stop(code, format string, args ...any) {
	if g.why == nil {
		g.why = refuse(http.StatusBadRequest, code, format, args...)
	}
}

// limit holds a whole operation or fragment to the limits.
func (g *gate) limit(w *weight, deepest int) {
	switch {
	case w.depth > deepest:
		g.stop("QUERY_TOO_DEEP", "a query nests at most %d fields", deepest)
	case w.introspection > introspectionDepthMax:
		g.stop("QUERY_TOO_DEEP", "a query of the schema nests at most %d fields", introspectionDepthMax)
	case w.fields > fieldsMax:
		g.stop("QUERY_TOO_WIDE", "a query has at most %d fields, those of its fragments counted wherever they are spread", fieldsMax)
	case w.aliases > aliasesMax:
		g.stop("QUERY_TOO_WIDE", "a query has at most %d aliases", aliasesMax)
	case w.nodes > nodesMax:
		g.stop("QUERY_TOO_COSTLY", "the query may ask for more than %d records: take smaller pages, or nest fewer of them", nodesMax)
	}
}

func (g *gate) root(o *ast.OperationDefinition) *ast.Definition {
	switch o.Operation {
	case ast.Mutation:
		return g.schema.Mutation
	case ast.Subscription:
		return g.schema.Subscription
	}
	return g.schema.Query
}

// names refuses names so long that repeating or comparing them costs.
func (g *gate) names(names ...string) {
	for _, name := range names {
		if len(name) > nameBytesMax {
			g.stop("QUERY_TOO_LONG", "a name has at most %d letters", nameBytesMax)
		}
	}
}

// used counts directives. One that is unknown ends it: there is nothing to
// learn from hearing so a thousand times.
func (g *gate) used(directives ast.DirectiveList) {
	for _, d := range directives {
		if g.directives++; g.directives > directivesMax {
			g.stop("QUERY_TOO_WIDE", "a query has at most %d directives", directivesMax)
			return
		}
		if g.schema.Directives[d.Name] == nil {
			g.stop("GRAPHQL_VALIDATION_FAILED", "there is no directive @%s", clip(d.Name))
			return
		}
		g.arguments(d.Arguments)
	}
}

func (g *gate) arguments(arguments ast.ArgumentList) {
	for _, a := range arguments {
		g.names(a.Name)
		g.values(a.Value)
	}
}

func (g *gate) values(v *ast.Value) {
	if v == nil {
		return
	}
	if v.Kind == ast.Variable || v.Kind == ast.EnumValue {
		g.names(v.Raw)
	}
	for _, child := range v.Children {
		g.names(child.Name)
		g.values(child.Value)
	}
}

// selection weighs a selection on a type; a nil type is an unknown one, which
// the validation will name.
func (g *gate) selection(set ast.SelectionSet, on *ast.Definition) weight {
	w := weight{done: true}
	for _, s := range set {
		if g.why != nil {
			return w
		}
		switch s := s.(type) {
		case *ast.Field:
			w.add(g.field(s, on))
		case *ast.InlineFragment:
			g.names(s.TypeCondition)
			g.used(s.Directives)
			if g.fragments++; g.fragments > fragmentsMax {
				g.stop("QUERY_TOO_WIDE", "a query has at most %d fragments", fragmentsMax)
				return w
			}
			if s.TypeCondition != "" {
				on := g.schema.Types[s.TypeCondition]
				w.add(g.selection(s.SelectionSet, on))
			} else {
				w.add(g.selection(s.SelectionSet, on))
			}
		case *ast.FragmentSpread:
			g.names(s.Name)
			g.used(s.Directives)
			if f := g.doc.Fragments.ForName(s.Name); f != nil {
				w.add(*g.fragment(f))
			}
		}
	}
	return w
}

// add puts what stands beside it into a weight.
func (w *weight) add(other weight) {
	w.depth = max(w.depth, other.depth)
	w.introspection = max(w.introspection, other.introspection)
	w.fields = min(w.fields+other.fields, fieldsMax+1)
	w.aliases = min(w.aliases+other.aliases, aliasesMax+1)
	w.roots = min(w.roots+other.roots, fieldsMax+1)
	w.nodes = min(w.nodes+other.nodes, nodesMax+1)
}

func (g *gate) fragment(f *ast.FragmentDefinition) *weight {
	if w, ok := g.known[f]; ok {
		if !w.done {
			g.stop("CIRCULAR_FRAGMENT", "the fragment %s is within itself", clip(f.Name))
		}
		return w
	}
	w := &weight{}
	g.known[f] = w
	g.names(f.Name, f.TypeCondition)
	g.used(f.Directives)
	if g.fragments++; g.fragments > fragmentsMax {
		g.stop("QUERY_TOO_WIDE", "a query has at most %d fragments", fragmentsMax)
		return w
	}
	*w = g.selection(f.SelectionSet, g.schema.Types[f.TypeCondition])
	return w
}

func (g *gate) field(f *ast.Field, on *ast.Definition) weight {
	g.names(f.Name, f.Alias)
	g.used(f.Directives)
	g.arguments(f.Arguments)
	if g.fields++; g.fields > fieldsMax {
		g.stop("QUERY_TOO_WIDE", "a query has at most %d fields", fieldsMax)
	}
	aliased := 0
	if f.Alias != f.Name {
		aliased = 1
		if g.aliases++; g.aliases > aliasesMax {
			g.stop("QUERY_TOO_WIDE", "a query has at most %d aliases", aliasesMax)
		}
	}
	if g.why != nil {
		return weight{}
	}
	definition := g.definition(f.Name, on)
	var below weight
	if len(f.SelectionSet) > 0 {
		var to *ast.Definition
		if definition != nil {
			to = g.schema.Types[definition.Type.Name()]
		}
		below = g.selection(f.SelectionSet, to)
	}
	w := weight{depth: below.depth + 1, introspection: below.introspection, roots: 1,
		fields: min(below.fields+1, fieldsMax+1), aliases: below.aliases + aliased}
	switch {
	case f.Name == "__schema" || f.Name == "__type":
		w.introspection, w.depth = max(below.depth, below.introspection)+1, 1
	case len(f.SelectionSet) > 0 && !introspects(on):
		w.nodes = g.records(f, definition, on, below.nodes)
	}
	if definition != nil && walks(definition) {
		w.nodes += walkNodes
	}
	w.nodes = min(w.nodes, nodesMax+1)
	return w
}

// walks tells whether a field goes along all flows there may be, however few
// records it answers with.
func walks(field *ast.FieldDefinition) bool {
	switch field.Name {
	case "trace", "track", "provenance":
		return true
	}
	return field.Type.Name() == "FlowConnection"
}

// walkNodes is what a walk weighs, beside what it answers with.
const walkNodes = nodesMax / (walksMax + walksMax/4)

// introspects tells whether a type is one of GraphQL's own.
func introspects(on *ast.Definition) bool {
	return on != nil && len(on.Name) > 1 && on.Name[:2] == "__"
}

// metaFields are fields of the root that no type lists.
var metaFields = map[string]*ast.FieldDefinition{
	"__schema": {Name: "__schema", Type: ast.NamedType("__Schema", nil)},
	"__type":   {Name: "__type", Type: ast.NamedType("__Type", nil)},
}

func (g *gate) definition(name string, on *ast.Definition) *ast.FieldDefinition {
	if meta := metaFields[name]; meta != nil {
		return meta
	}
	if on == nil {
		return nil
	}
	return on.Fields.ForName(name)
}

// records is how many records a field may answer with, together with those
// below it. A page counts what is on it, so its edges do not count again.
func (g *gate) records(f *ast.Field, definition *ast.FieldDefinition, on *ast.Definition, below int64) int64 {
	switch {
	case definition == nil:
		return 1 + below
	case definition.Arguments.ForName("first") != nil && definition.Type.Elem == nil:
		return g.pageSize(f) * max(below, 1)
	case on.Fields.ForName("pageInfo") != nil: // edges, and pageInfo itself
		return below
	case definition.Type.Elem != nil:
		return pageSizeDefault * (1 + below)
	case definition.Name == "revision": // each reads a history of its own
		return pageSizeDefault + below
	}
	return 1 + below
}

// pageSize reads first and last.
func (g *gate) pageSize(f *ast.Field) int64 {
	size := int64(pageSizeDefault)
	given := ""
	for _, name := range []string{"first", "last"} {
		argument := f.Arguments.ForName(name)
		if argument == nil {
			continue
		}
		n, null, ok := g.count(argument.Value)
		switch {
		case null:
			continue
		case !ok || n < 1 || n > pageSizeMax:
			g.page(name, "%s is a whole number from 1 to %d", name, pageSizeMax)
		case given != "":
			g.page(name, "give first or last, not both")
		}
		given, size = name, n
	}
	return size
}

func (g *gate) page(name, format string, args ...any) {
	g.stop("INVALID_PAGE", format, args...)
	if g.why.code == "INVALID_PAGE" && g.why.path == nil {
		g.why = g.why.at(name)
	}
}

// count reads a whole number that a literal or a variable holds.
func (g *gate) count(v *ast.Value) (n int64, null, ok bool) {
	text := ""
	switch v.Kind {
	case ast.NullValue:
		return 0, true, true
	case ast.IntValue:
		text = v.Raw
	case ast.Variable:
		held, given := g.variables[v.Raw]
		if !given {
			declared := g.operation.VariableDefinitions.ForName(v.Raw)
			if declared == nil || declared.DefaultValue == nil || declared.DefaultValue.Kind == ast.Variable {
				return 0, true, true
			}
			return g.count(declared.DefaultValue)
		}
		switch held := held.(type) {
		case nil:
			return 0, true, true
		case json.Number:
			text = string(held)
		}
	}
	n, err := strconv.ParseInt(text, 10, 32)
	return n, false, err == nil
}
