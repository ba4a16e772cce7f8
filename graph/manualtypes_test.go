package graph

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
)

const typesHeading = "\n## Every type\n"

const typesHead = typesHeading + `
What schema.graphqls says, in short; arguments have their sentences there. This part is written by ` + "`go test ./graph -run TestManualTypes -update`" + `,
and the same test fails where it no longer tells the truth.

- A **record** has, besides what is listed, %s.
- A **page** is ` + "`ThingConnection`: `edges: [ThingEdge!]!` and `pageInfo: PageInfo!`; `ThingEdge` is `node: Thing!` and `cursor: String!`. Where a list takes *page*, that is `first: Int, after: String, last: Int, before: String`." + `
- The **answer** to what creates or changes a thing is ` + "`ThingResponse`" + `, with the thing in a field of its name.
- An **update** takes ` + "`revisionId: ID` or `id: ID`" + `, which say what to change, and what creates the thing takes; where it takes less or other, that is listed.
`

// The part "Every type" of the manual says what the schema says. -update writes it.
func TestManualTypes(t *testing.T) {
	text, err := os.ReadFile(manualPage)
	if err != nil {
		t.Fatal(err)
	}
	schemaText, err := os.ReadFile("../schema.graphqls")
	if err != nil {
		t.Fatal(err)
	}
	prose, have, found := strings.Cut(string(text), typesHeading)
	if !found {
		t.Fatalf("the page has no part %q", typesHeading)
	}
	want := newTypes(ourSchema()).part(string(schemaText))
	for _, d := range ours(ourSchema()) {
		if !strings.Contains(want, "`"+d.Name+"`") {
			t.Errorf("%s is not on the page", d.Name)
		}
	}
	if *update {
		if err := os.WriteFile(manualPage, []byte(prose+want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if typesHeading+have != want {
		t.Errorf("%s does not say what the schema says (-update writes it): %s", manualPage, firstDifference(typesHeading+have, want))
	}
}

// firstDifference is the first line in which two texts differ.
func firstDifference(have, want string) string {
	a, b := strings.Split(have, "\n"), strings.Split(want, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("line %d is\n\t%s\nwant\n\t%s", i+1, a[i], b[i])
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(a), len(b))
}

// types write the types of a schema for readers, each thing once.
type types struct {
	*ast.Schema
	record ast.FieldList // what every record has
}

func newTypes(schema *ast.Schema) types {
	t := types{Schema: schema}
	for _, name := range []string{"id", "revisionId", "iri", "origin", "revision", "meta"} {
		t.record = append(t.record, schema.Types["Process"].Fields.ForName(name))
	}
	return t
}

var sectionLine = regexp.MustCompile(`(?m)^# -+\n# (.+)\n# -+$`)

// part is the whole part, in the order and under the headings of the schema's text.
func (t types) part(schema string) string {
	var common []string
	for _, f := range t.record {
		common = append(common, fmt.Sprintf("`%s` (%s)", strings.Replace(t.signature(f), ": Process", ": Thing", 1), strings.TrimSuffix(sentence(f.Description), ".")))
	}
	page := &strings.Builder{}
	fmt.Fprintf(page, typesHead, strings.Join(common, ", "))
	sections := sectionLine.FindAllStringSubmatchIndex(schema, -1)
	all := ours(t.Schema)
	slices.SortFunc(all, func(a, b *ast.Definition) int { return a.Position.Line - b.Position.Line })
	short := false // whether the type before took one line
	for _, d := range all {
		for len(sections) > 0 && strings.Count(schema[:sections[0][0]], "\n")+1 < d.Position.Line {
			fmt.Fprintf(page, "\n### %s\n", schema[sections[0][2]:sections[0][3]])
			sections, short = sections[1:], false
		}
		fields, rest := t.own(d)
		if d.Kind != ast.Object || len(fields) > 0 || strings.HasPrefix(rest, ", a record") {
			t.write(page, d, fields, rest)
			short = false
			continue
		}
		if !short {
			page.WriteString("\n")
		}
		fmt.Fprintf(page, "- **`%s`**%s: %s\n", d.Name, rest, sentence(d.Description))
		short = true
	}
	return page.String()
}

// write lists the fields, values or members of a type, under what it is.
func (t types) write(page *strings.Builder, d *ast.Definition, fields ast.FieldList, rest string) {
	fmt.Fprintf(page, "\n**`%s`**, %s: %s\n", d.Name, kind(d, rest), sentence(d.Description))
	if len(fields)+len(d.EnumValues)+len(d.Types) > 0 {
		page.WriteString("\n")
	}
	for _, f := range fields {
		fmt.Fprintf(page, "- `%s` %s\n", t.signature(f), sentence(f.Description))
	}
	for _, v := range d.EnumValues {
		fmt.Fprintf(page, "- `%s` %s\n", v.Name, sentence(v.Description))
	}
	for _, name := range d.Types {
		fmt.Fprintf(page, "- `%s`\n", name)
	}
}

// kind says what sort of type it is, and what of it stands elsewhere.
func kind(d *ast.Definition, rest string) string {
	word := map[ast.DefinitionKind]string{ast.Scalar: "scalar", ast.Object: "type", ast.Interface: "interface", ast.Union: "one of several", ast.Enum: "a choice", ast.InputObject: "input"}[d.Kind]
	return word + rest
}

// own are the fields that are listed with the type, and in words what it has besides.
func (t types) own(d *ast.Definition) (ast.FieldList, string) {
	var fields ast.FieldList
	for _, f := range d.Fields {
		if !strings.HasPrefix(f.Name, "__") {
			fields = append(fields, f)
		}
	}
	switch name := d.Name; {
	case strings.HasSuffix(name, "UpdateParams"):
		other := t.Types[strings.TrimSuffix(name, "UpdateParams")+"CreateParams"]
		if other == nil {
			break
		}
		rest := fmt.Sprintf(", an update of `%s`", other.Name)
		var without []string
		for _, f := range other.Fields {
			if d.Fields.ForName(f.Name) == nil {
				without = append(without, "`"+f.Name+"`")
			}
		}
		if len(without) > 0 {
			rest += " without " + strings.Join(without, ", ")
		}
		return slices.DeleteFunc(fields, func(f *ast.FieldDefinition) bool {
			return f.Type.String() == "ID" && (f.Name == "id" || f.Name == "revisionId") || same(f, other.Fields.ForName(f.Name))
		}), rest
	case strings.HasSuffix(name, "Connection") && t.isPage(d):
		return nil, ", a page"
	case strings.HasSuffix(name, "Edge") && t.isEdge(d):
		return nil, ", of a page"
	case strings.HasSuffix(name, "Response") && len(fields) == 1:
		return nil, fmt.Sprintf(", the answer `%s`", t.signature(fields[0]))
	case d.Kind == ast.Object && len(d.Interfaces) == 1:
		whole := t.Types[d.Interfaces[0]]
		return slices.DeleteFunc(fields, func(f *ast.FieldDefinition) bool {
			of := whole.Fields.ForName(f.Name)
			return same(f, of) || f.Name == "revision" && of != nil // which answers with its own type
		}), fmt.Sprintf(", a record with all that `%s` has", whole.Name)
	case t.isRecord(d):
		return slices.DeleteFunc(fields, func(f *ast.FieldDefinition) bool { return t.record.ForName(f.Name) != nil }), ", a record"
	}
	return fields, ""
}

func (t types) isRecord(d *ast.Definition) bool {
	for _, f := range t.record {
		have := d.Fields.ForName(f.Name)
		if have == nil || f.Name != "revision" && !same(f, have) {
			return false
		}
	}
	return true
}

func (t types) isPage(d *ast.Definition) bool {
	edges := d.Fields.ForName("edges")
	return len(d.Fields) == 2 && edges != nil && edges.Type.String() == "["+strings.TrimSuffix(d.Name, "Connection")+"Edge!]!" && d.Fields.ForName("pageInfo") != nil
}

func (t types) isEdge(d *ast.Definition) bool {
	node := d.Fields.ForName("node")
	return len(d.Fields) == 2 && node != nil && node.Type.String() == strings.TrimSuffix(d.Name, "Edge")+"!" && d.Fields.ForName("cursor") != nil
}

// same tells whether two fields are alike, sentence and all.
func same(a, b *ast.FieldDefinition) bool {
	return b != nil && a.Type.String() == b.Type.String() && sentence(a.Description) == sentence(b.Description) && len(a.Arguments) == len(b.Arguments)
}

// signature is a field with its arguments and type, as in the schema.
func (t types) signature(f *ast.FieldDefinition) string {
	var arguments []string
	paging := 0
	for _, a := range f.Arguments {
		switch a.Name {
		case "first", "after", "last", "before":
			if f.Arguments.ForName("first") != nil && f.Arguments.ForName("after") != nil && f.Arguments.ForName("last") != nil && f.Arguments.ForName("before") != nil {
				if paging++; paging == 1 {
					arguments = append(arguments, "page")
				}
				continue
			}
		}
		arguments = append(arguments, a.Name+": "+a.Type.String()+preset(a.DefaultValue))
	}
	text := f.Name
	if len(arguments) > 0 {
		text += "(" + strings.Join(arguments, ", ") + ")"
	}
	return text + ": " + f.Type.String() + preset(f.DefaultValue)
}

// preset is what an argument or an input field is where it is left out.
func preset(value *ast.Value) string {
	if value == nil {
		return ""
	}
	return " = " + value.String()
}

// sentence is a description on one line.
func sentence(text string) string { return strings.Join(strings.Fields(text), " ") }
