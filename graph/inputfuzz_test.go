package graph

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"disconode/node"
	"disconode/valueflows"
)

// Whatever is put in for any argument of any field of the schema, nothing
// panics, every refusal has a code and is no failure of the node's, and the books
// stay sound. The bytes are read as choices: which field, which of its inputs,
// which value, good or bad.
func FuzzInputs(f *testing.F) {
	for seed := range 12 {
		var tape []byte
		for block := range 48 {
			part := sha256.Sum256(fmt.Appendf(nil, "%d %d", seed, block))
			tape = append(tape, part[:]...)
		}
		f.Add(tape)
	}
	schema := ourSchema()
	ranges := map[string]string{} // what fields lead to, by name: so do the inputs of that name
	for _, of := range ours(schema) {
		for _, field := range of.Fields {
			if inner := schema.Types[field.Type.Name()]; of.Kind == ast.Object && of.Name != "Query" && of.Name != "Mutation" && inner.IsCompositeType() {
				ranges[field.Name] = inner.Name
			}
		}
	}
	f.Fuzz(func(t *testing.T, tape []byte) {
		b := newBooks(t, "", Options{})
		c := b.steward()
		d := &dictated{t: t, schema: schema, ranges: ranges, server: b.server, client: c, tape: tape}
		for _, text := range []string{"https://ex.example/a", "https://ex.example/b", "urn:x", "the farm", ""} {
			d.told = append(d.told, toldID{id: text})
		}
		for _, unit := range []string{kilogram, hour, apiece} {
			d.told = append(d.told, toldID{unit, "Unit"})
		}
		k := b.bakery(c)
		k.plan(k.loaves("14"), false)
		for _, list := range []string{"agents", "resourceSpecifications", "recipeProcesses", "recipeFlows", "economicResources", "economicEvents", "plans", "processes", "commitments", "intents"} {
			d.learn(c.ask("{ "+list+" { edges { node { __typename id } } } }", nil).good().Data)
		}
		for d.left() && d.asked < 48 {
			d.ask()
		}
		if wrong, err := b.node.Verify(t.Context()); err != nil || len(wrong) > 0 {
			t.Errorf("verify: %v %v", wrong, err)
		}
		if differ, err := b.node.Compare(node.AsOperator(t.Context(), valueflows.ID{})); err != nil || len(differ) > 0 {
			t.Errorf("rebuild: %v %v", differ, err)
		}
	})
}

// dictated are requests that bytes dictate.
type dictated struct {
	t      *testing.T
	schema *ast.Schema
	ranges map[string]string
	server *Server
	client *client
	tape   []byte
	at     int
	asked  int
	told   []toldID
	about  string // the type of record that the field is about

	variables vars
	declared  []string
}

// toldID is an id that was told, and the type of record that has it; "" for others.
type toldID struct{ id, of string }

func (d *dictated) left() bool { return d.at < len(d.tape) }

// choose is one of so many, the first where nothing is dictated any more.
func (d *dictated) choose(n int) int {
	if !d.left() || n < 2 {
		return 0
	}
	d.at++
	choice := int(d.tape[d.at-1])
	if n > 256 && d.left() {
		choice = choice<<8 | int(d.tape[d.at])
		d.at++
	}
	return choice % n
}

func pick[T any](d *dictated, list ...T) T { return list[d.choose(len(list))] }

// ask asks for one field of the root, with whatever inputs, and looks at what comes.
func (d *dictated) ask() {
	d.asked++
	root, operation := d.schema.Mutation, "mutation"
	if d.choose(5) < 2 {
		root, operation = d.schema.Query, "query"
	}
	fields := slices.DeleteFunc(slices.Clone(root.Fields), func(f *ast.FieldDefinition) bool { return strings.HasPrefix(f.Name, "__") })
	d.variables, d.declared = vars{}, nil
	field := fields[d.choose(len(fields))]
	d.about = field.Type.Name()
	for _, verb := range []string{"update", "delete"} {
		if of, ok := strings.CutPrefix(field.Name, verb); ok {
			d.about = of
		}
	}
	text := d.field(field, 3)
	query := operation
	if len(d.declared) > 0 {
		query += "(" + strings.Join(d.declared, ", ") + ")"
	}
	query += " { " + text + " }"
	body, err := json.Marshal(vars{"query": query, "variables": d.variables})
	if err != nil {
		d.t.Fatal(err)
	}
	request := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(body))
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", "Bearer "+d.client.token)
	if d.choose(4) == 1 {
		request.Header.Set("Idempotency-Key", pick(d, "a", "b", "c", "d", "e", "f", "g", strings.Repeat("k", 300)))
	}
	answer := httptest.NewRecorder()
	d.server.ServeHTTP(answer, request)
	r := &reply{t: d.t}
	if err := json.Unmarshal(answer.Body.Bytes(), r); err != nil {
		d.t.Fatalf("the answer is not JSON: %s", answer.Body)
	}
	r.checkWords(answer.Body.String())
	for _, p := range r.Errors {
		if p.Extensions.Code == internalCode {
			d.t.Errorf("%s\n%s", body, answer.Body)
		}
	}
	if answer.Code >= 500 {
		d.t.Errorf("%d: %s\n%s", answer.Code, body, answer.Body)
	}
	if d.learn(r.Data); answer.Code == http.StatusUnauthorized {
		d.at = len(d.tape) // the steward erased herself
	}
}

// learn keeps the ids in an answer.
func (d *dictated) learn(value any) {
	switch v := value.(type) {
	case map[string]any:
		of, _ := v["__typename"].(string)
		for _, name := range []string{"id", "revisionId"} {
			id, ok := v[name].(string)
			known := slices.ContainsFunc(d.told, func(t toldID) bool { return t.id == id })
			if ok && len(id) == 36 && !known && len(d.told) < 400 {
				d.told = append(d.told, toldID{id, of})
			}
		}
		for _, name := range slices.Sorted(maps.Keys(v)) {
			d.learn(v[name])
		}
	case []any:
		for _, one := range v {
			d.learn(one)
		}
	}
}

// id is one of a record of the type that an input of that name leads to, or another.
func (d *dictated) id(name string) string {
	wanted := d.ranges[name]
	if name == "id" || name == "revisionId" {
		wanted = d.about
	}
	fit := d.told
	if of := d.schema.Types[wanted]; of != nil && d.choose(10) > 0 {
		possible := d.schema.GetPossibleTypes(of)
		fit = slices.DeleteFunc(slices.Clone(d.told), func(t toldID) bool {
			return !slices.ContainsFunc(possible, func(p *ast.Definition) bool { return p.Name == t.of })
		})
	}
	if len(fit) == 0 {
		fit = d.told
	}
	return fit[d.choose(len(fit))].id
}

// field is a field with its arguments, and what is asked of it.
func (d *dictated) field(f *ast.FieldDefinition, depth int) string {
	var text strings.Builder
	text.WriteString(f.Name)
	open := "("
	for _, a := range f.Arguments {
		paged := slices.Contains([]string{"first", "last", "before", "after"}, a.Name)
		if !a.Type.NonNull && (d.choose(3) == 0 || paged && d.choose(8) > 0) {
			continue
		}
		name := fmt.Sprintf("v%d", len(d.declared))
		d.declared = append(d.declared, "$"+name+": "+a.Type.String())
		d.variables[name] = d.value(a.Type, a.Name, 4)
		text.WriteString(open + a.Name + ": $" + name)
		open = ", "
	}
	if open != "(" {
		text.WriteString(")")
	}
	return text.String() + d.selection(f.Type.Name(), depth)
}

// selection is what is asked of a type: all that it says itself, and some of
// what it leads to.
func (d *dictated) selection(name string, depth int) string {
	of := d.schema.Types[name]
	if of == nil || !of.IsCompositeType() {
		return ""
	}
	if of.IsAbstractType() || depth == 0 {
		return " { __typename }"
	}
	said := " { __typename"
	for _, f := range of.Fields {
		switch inner := d.schema.Types[f.Type.Name()]; {
		case inner.IsCompositeType() && (len(of.Fields) < 4 || d.choose(6) == 1) && len(d.declared) < 8:
			said += " " + d.field(f, depth-1)
		case !inner.IsCompositeType() && len(f.Arguments) == 0:
			said += " " + f.Name
		}
	}
	return said + " }"
}

// value is what is put in where a type is asked for: mostly one of it.
func (d *dictated) value(of *ast.Type, name string, depth int) any {
	if d.choose(64) == 63 {
		return pick[any](d, nil, true, -1, "\x00", vars{"x": 1}, []any{nil})
	}
	if of.Elem != nil {
		list := make([]any, d.choose(4))
		for i := range list {
			list[i] = d.value(of.Elem, name, depth)
		}
		return list
	}
	switch definition := d.schema.Types[of.NamedType]; {
	case definition.Kind == ast.Enum:
		return definition.EnumValues[d.choose(len(definition.EnumValues))].Name
	case definition.Kind == ast.InputObject:
		object := vars{}
		for _, f := range definition.Fields {
			if f.Type.NonNull || depth > 0 && d.choose(3) == 1 {
				object[f.Name] = d.value(f.Type, f.Name, depth-1)
			}
		}
		return object
	}
	return d.scalar(of.NamedType, name)
}

// scalar is a number, a time, a text: good or bad.
func (d *dictated) scalar(of, name string) any {
	if name == "action" && of != "Boolean" {
		return pick(d, "transfer", "work", "consume", "produce", "deliverService", "use", "raise", "lower", "move", "combine", "copy", "vf:cite", "harvest")
	}
	switch of {
	case "ID":
		return d.id(name)
	case "Decimal":
		return pick[any](d, "1", "2", "2.50", "10", "0", "-1", "0.25", "999999999999999999", "0.000000000000000001", "-999999999999999999", "1e3", "1e999999999", "NaN", "", 7, 0.1)
	case "DateTime", "Date":
		return pick[any](d, "2026-05-01T08:30:00Z", "2026-05-02", "2026-01-01T00:00:00Z", "2026-06-10T12:00:00Z", "2026-04-30T23:59:59.999999-05:00", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z", "1969-12-31T00:00:00+14:00",
			"-292277022399-01-01T00:00:00Z", "yesterday", "", 0)
	case "URI":
		return pick(d, "https://ex.example/x", "urn:x", "minutes of May", "urn:y", "", strings.Repeat("u", 3000))
	case "Int":
		return pick[any](d, 1, 2, 3, 10, 0, -1, 100, 101, 2147483647, -2147483648, 1e18)
	case "Float":
		return pick[any](d, 0.0, 32.319, -90.2022, 1e-300, 1e300, -180.0000000001)
	case "Boolean":
		return d.choose(2) == 1
	}
	return pick(d, "words", "a", "more words", "day", "b", "c", " ", "", "\x00", "\u2028<script>", "POINT (1 2)", "POLYGON ((0 0, 1 1, 1 0, 0 0))", "1/0", "P1Y", "hour", strings.Repeat("long ", 1000))
}
