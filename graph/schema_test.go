package graph

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"disconode/graph/generated"
)

func ourSchema() *ast.Schema {
	return generated.NewExecutableSchema(generated.Config{}).Schema()
}

// ours are the types that schema.graphqls defines.
func ours(schema *ast.Schema) []*ast.Definition {
	var all []*ast.Definition
	for name, d := range schema.Types {
		if !d.BuiltIn && !strings.HasPrefix(name, "__") {
			all = append(all, d)
		}
	}
	slices.SortFunc(all, func(a, b *ast.Definition) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// Every type, field, argument, enum value and input field has its sentence.
func TestEveryElementHasItsSentence(t *testing.T) {
	schema := ourSchema()
	check := func(name, text string) {
		if text == "" || !strings.HasSuffix(strings.TrimSpace(text), ".") {
			t.Errorf("%s has no sentence: %q", name, text)
		}
	}
	for _, d := range ours(schema) {
		check(d.Name, d.Description)
		for _, f := range d.Fields {
			if strings.HasPrefix(f.Name, "__") {
				continue
			}
			check(d.Name+"."+f.Name, f.Description)
			for _, a := range f.Arguments {
				check(d.Name+"."+f.Name+"."+a.Name, a.Description)
			}
		}
		for _, v := range d.EnumValues {
			check(d.Name+"."+v.Name, v.Description)
		}
	}
}

// Every field of the schema has a rule, and every rule a field.
func TestEveryFieldHasARule(t *testing.T) {
	schema := ourSchema()
	fields := map[string]bool{}
	for _, d := range ours(schema) {
		if d.Kind != ast.Object && d.Kind != ast.Interface {
			continue
		}
		for _, f := range d.Fields {
			if strings.HasPrefix(f.Name, "__") {
				continue
			}
			name := d.Name + "." + f.Name
			fields[name] = true
			if _, ok := ruleOf[name]; !ok {
				t.Errorf("%s has no rule", name)
			}
		}
	}
	seen := map[string]rule{}
	for r, types := range fieldRules {
		for of, names := range types {
			for _, field := range strings.Fields(names) {
				name := of + "." + field
				if !fields[name] {
					t.Errorf("the rule of %s has no field", name)
				}
				if other, ok := seen[name]; ok {
					t.Errorf("%s has two rules: %v and %v", name, other, r)
				}
				seen[name] = r
			}
		}
	}
}

// Every field that leads from a record to others is read ahead, so that nothing
// is read record by record. What is left out answers with what it holds itself,
// or with one record of the caller's choice.
func TestEveryLinkIsReadAhead(t *testing.T) {
	schema := ourSchema()
	alone := regexp.MustCompile(`\.(revision|author)$|^Peer\.delivery$|^(Query|Mutation|Agent|PageInfo|RecordMeta)\.|(Connection|Edge|Response)\.`)
	leads := map[string]bool{"Process.deletable": true, "Plan.startDate": true, "Plan.endDate": true, "Plan.finished": true, "Plan.deletable": true,
		"Intent.deletable": true, "Commitment.deletable": true, "Proposal.isOffer": true, "Proposal.isRequest": true, "Proposal.isWithin": true} // by what others say
	for _, d := range ours(schema) {
		for _, f := range d.Fields {
			to := schema.Types[f.Type.Name()]
			if d.Kind != ast.Object || to == nil || !to.IsCompositeType() || alone.MatchString(d.Name+"."+f.Name) {
				continue
			}
			leads[d.Name+"."+f.Name] = true
		}
	}
	for name := range leads {
		if links[name] == nil {
			t.Errorf("%s is not read ahead", name)
		}
	}
	for name := range links {
		if !leads[name] {
			t.Errorf("%s is read ahead, and leads nowhere", name)
		}
	}
}

// What nothing of the reference line leads to: Valueflows 1.0.0 has lots in its place.
const gone = "ProductBatch"

// What differs from the reference line, as Valueflows 1.0.0 forces. A single
// value still stands for a list in an input.
var differs = map[string]string{
	"Unit.classifiedAs":                "[URI!]",
	"EconomicResource.state":           "String",
	"Commitment.satisfies":             "[Intent!]",
	"CommitmentCreateParams.satisfies": "[ID!]",
	"CommitmentUpdateParams.satisfies": "[ID!]",
}

// A client written for the reference line runs unchanged.
func TestReferenceLine(t *testing.T) {
	text, err := os.ReadFile("testdata/vf-graphql-0.9.1-alpha.5.graphql")
	if err != nil {
		t.Fatal(err)
	}
	reference, err := gqlparser.LoadSchema(&ast.Source{Input: string(text)})
	if err != nil {
		t.Fatal(err)
	}
	schema := ourSchema()
	compared := 0
	for _, d := range ours(reference) {
		if d.Name == gone {
			continue
		}
		have := schema.Types[d.Name]
		if have == nil || have.Kind != d.Kind {
			t.Errorf("%s is missing", d.Name)
			continue
		}
		for _, member := range d.Types {
			if !slices.Contains(have.Types, member) {
				t.Errorf("%s is without %s", d.Name, member)
			}
		}
		for _, value := range d.EnumValues {
			if have.EnumValues.ForName(value.Name) == nil {
				t.Errorf("%s is without %s", d.Name, value.Name)
			}
		}
		for _, name := range d.Interfaces {
			if !slices.Contains(have.Interfaces, name) {
				t.Errorf("%s is no %s", d.Name, name)
			}
		}
		for _, f := range d.Fields {
			name := d.Name + "." + f.Name
			if strings.HasPrefix(f.Name, "__") || f.Type.Name() == gone {
				continue
			}
			field := have.Fields.ForName(f.Name)
			if field == nil {
				t.Errorf("%s is missing", name)
				continue
			}
			compared++
			if want := f.Type.String(); field.Type.String() != want && differs[name] != field.Type.String() && !loosened(d, want, field.Type.String()) {
				t.Errorf("%s is %s, want %s", name, field.Type, want)
			}
			for _, a := range f.Arguments {
				argument := field.Arguments.ForName(a.Name)
				if argument == nil || argument.Type.String() != a.Type.String() && argument.Type.String()+"!" != a.Type.String() {
					t.Errorf("%s takes no %s: %s", name, a.Name, a.Type)
				}
			}
			for _, a := range field.Arguments {
				if a.Type.NonNull && f.Arguments.ForName(a.Name) == nil {
					t.Errorf("%s asks for %s, which the reference line does not have", name, a.Name)
				}
			}
		}
	}
	if compared < 850 {
		t.Errorf("only %d fields were compared", compared)
	}
}

// loosened tells whether an input no longer asks for what may be left out: a
// revisionId, for which the id stands too, or what the vocabulary does not ask for.
func loosened(d *ast.Definition, want, have string) bool {
	return d.Kind == ast.InputObject && have+"!" == want
}
