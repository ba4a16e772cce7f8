package graph

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"pgregory.net/rapid"

	"disconode/node"
)

// What is written directly is, byte for byte, what gqlgen writes: any query of
// the lists of the root, with aliases, fragments, conditions, pages and links of
// every kind, asked both ways.
func TestDirectWritesWhatGqlgenWrites(t *testing.T) {
	b := newBooks(t, "", Options{})
	ada := b.steward()
	b.season(ada, 4)
	ada.ask(`mutation($n: String!) { createEcologicalAgent(ecologicalAgent: {name: $n, note: $n, classifiedAs: ["a", "b\"c"]}) { agent { id } } }`, vars{"n": "Pearl \"River\"\n\t\\ \u0001 é 🌱 </script>"}).good()
	principal, err := b.node.Authenticate(t.Context(), ada.token)
	if err != nil {
		t.Fatal(err)
	}
	ctx := node.WithPrincipal(t.Context(), principal)
	roundabout := *b.server
	roundabout.indirect = true
	schema := ourSchema()
	var roots []*ast.FieldDefinition
	for _, f := range schema.Query.Fields {
		if tops[f.Name] != nil {
			roots = append(roots, f)
		}
	}
	ids := map[string]string{}
	for class, list := range listOfClass {
		one := strings.ToLower(class[:1]) + class[1:]
		ids[one] = ada.ask("{ "+list+"(last: 1) { edges { node { id } } } }", nil).good().text(list + ".edges.0.node.id")
	}
	ids["agent"] = ids["person"]
	asked, direct := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		root := rapid.SampledFrom(roots).Draw(rt, "root")
		query := "{ " + (&inquirer{rt, schema, ids}).field(root, 4) + " }"
		quick, slow := b.server.answer(ctx, &request{Query: query}), roundabout.answer(ctx, &request{Query: query})
		if fmt.Sprint(quick.errors) != fmt.Sprint(slow.errors) || string(quick.data) != string(slow.data) {
			rt.Fatalf("%s\ndirectly  %s %v\nby gqlgen %s %v", query, quick.data, quick.errors, slow.data, slow.errors)
		}
		if quick.errors == nil {
			asked++
			direct += written(ctx, b.server, query)
		}
	})
	if direct*4 < asked {
		t.Errorf("of %d answers only %d were written directly", asked, direct)
	}
}

// written tells whether a query's one field is written directly: 1, or 0.
func written(ctx context.Context, s *Server, query string) int {
	directly := *s
	count := 0
	directly.wrote = func(graphql.CollectedField) { count++ }
	directly.answer(ctx, &request{Query: query})
	return min(count, 1)
}

// inquirer makes up selections that are valid.
type inquirer struct {
	*rapid.T
	schema *ast.Schema
	ids    map[string]string // of one record for each field of the root
}

// field selects a field, and below it down to a depth.
func (i *inquirer) field(f *ast.FieldDefinition, depth int) string {
	text := f.Name
	if rapid.IntRange(0, 9).Draw(i.T, "alias") == 0 {
		text = fmt.Sprintf("%c: %s", 'a'+rapid.IntRange(0, 25).Draw(i.T, "letter"), f.Name)
	}
	if f.Arguments.ForName("id") != nil {
		text += fmt.Sprintf("(id: %q)", i.ids[f.Name])
	}
	if f.Name == "flow" {
		text += fmt.Sprintf("(direction: %s, first: %d)", rapid.SampledFrom([]string{"TRACE", "TRACK"}).Draw(i.T, "direction"), rapid.IntRange(1, 5).Draw(i.T, "steps"))
	} else if f.Arguments.ForName("first") != nil {
		switch rapid.IntRange(0, 3).Draw(i.T, "page") {
		case 1:
			text += fmt.Sprintf("(first: %d)", rapid.IntRange(1, 5).Draw(i.T, "first"))
		case 2:
			text += fmt.Sprintf("(last: %d)", rapid.IntRange(1, 5).Draw(i.T, "last"))
		default:
			text += "(first: 3)"
		}
	}
	if rapid.IntRange(0, 14).Draw(i.T, "condition") == 0 {
		text += rapid.SampledFrom([]string{" @skip(if: true)", " @include(if: true)"}).Draw(i.T, "directive")
	}
	if to := i.schema.Types[f.Type.Name()]; to.IsCompositeType() {
		text += i.selection(to, depth-1)
	}
	return text
}

func (i *inquirer) selection(of *ast.Definition, depth int) string {
	if of.Name == "AccountingScope" {
		return " { __typename ... on Organization { name } ... on Person { name } }"
	}
	if of.Name == "TrackTraceItem" || of.Name == "ProductionFlowItem" {
		return " { __typename ... on Process { name } ... on EconomicResource { id conformsTo { name } } ... on " + of.Name + " { __typename } }"
	}
	if of.Name == "PlanItem" {
		return " { __typename ... on Process { name } ... on Commitment { id note } ... on PlanItem { __typename } }"
	}
	var fields []string
	for _, f := range of.Fields {
		composite := i.schema.Types[f.Type.Name()].IsCompositeType()
		switch {
		case strings.HasPrefix(f.Name, "__") || f.Name == "revision" || f.Name == "meta":
		case f.Name == "edges" || f.Name == "node":
			fields = append(fields, f.Name+i.selection(i.schema.Types[f.Type.Name()], depth))
		case composite && (depth < 1 || rapid.IntRange(0, 3).Draw(i.T, "far") > 0):
		case !composite && rapid.IntRange(0, 2).Draw(i.T, "near") > 0:
		default:
			fields = append(fields, i.field(f, depth))
		}
	}
	if of.Kind == ast.Interface && rapid.Bool().Draw(i.T, "kind") {
		fields = append(fields, "... on Person { note id } ... on Organization { classifiedAs iri }")
	}
	if rapid.IntRange(0, 3).Draw(i.T, "typename") == 0 || len(fields) == 0 {
		fields = append(fields, "__typename")
	}
	if rapid.IntRange(0, 9).Draw(i.T, "fragment") == 0 {
		return " { ... on " + of.Name + " { " + strings.Join(fields, " ") + " } }"
	}
	return " { " + strings.Join(fields, " ") + " }"
}
