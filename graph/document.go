package graph

import (
	"container/list"
	"net/http"
	"sync"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// errorsMax is how many errors an answer holds at most.
const errorsMax = 5

// document is a query text as read. Once valid it is shared and never changed.
type document struct {
	*ast.QueryDocument
	valid bool
}

// read parses a query text, up to the limit of tokens.
func read(text string) (*document, gqlerror.List) {
	if len(text) > queryBytesMax {
		return nil, refuse(http.StatusRequestEntityTooLarge, "QUERY_TOO_LONG", "a query has at most %d bytes: put values into variables", queryBytesMax).list()
	}
	doc, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: text}, tokensMax)
	if err == nil && len(doc.Operations) > 0 {
		return &document{QueryDocument: doc}, nil
	}
	problem, ok := err.(*gqlerror.Error)
	switch {
	case err == nil:
		return nil, refuse(http.StatusBadRequest, "GRAPHQL_PARSE_FAILED", "the query holds no operation").list()
	case !ok || len(problem.Locations) == 0: // the parser says where, unless it stopped counting
		return nil, refuse(http.StatusBadRequest, "QUERY_TOO_LONG", "a query has at most %d words and signs", tokensMax).list()
	}
	refused := failure("GRAPHQL_PARSE_FAILED", clipLine(problem.Message), nil)
	refused.Locations = problem.Locations
	return nil, gqlerror.List{refused}
}

// choose picks the operation that is asked for.
func (d *document) choose(name string) (*ast.OperationDefinition, *refusal) {
	if name == "" && len(d.Operations) > 1 {
		return nil, refuse(http.StatusBadRequest, "OPERATION_NAME", "the query holds several operations: say which one with operationName")
	}
	var chosen *ast.OperationDefinition
	for _, o := range d.Operations {
		if name != "" && o.Name != name {
			continue
		}
		if chosen != nil {
			return nil, refuse(http.StatusBadRequest, "OPERATION_NAME", "two operations are called %s", clip(name))
		}
		chosen = o
	}
	if chosen == nil {
		return nil, refuse(http.StatusBadRequest, "OPERATION_NAME", "the query holds no operation %s", clip(name))
	}
	return chosen, nil
}

// suggestedBytesMax is how long a query may be that is told what its misspelt
// names may have meant: finding that out costs.
const suggestedBytesMax = 4 << 10

// validate holds the document to the schema; plainly, it does not tell which
// names there are.
func (d *document) validate(schema *ast.Schema, plainly bool) gqlerror.List {
	with := rules.NewDefaultRules()
	if plainly {
		for _, rule := range []validator.Rule{rules.FieldsOnCorrectTypeRuleWithoutSuggestions, rules.KnownArgumentNamesRuleWithoutSuggestions,
			rules.KnownTypeNamesRuleWithoutSuggestions, rules.ScalarLeafsRuleWithoutSuggestions, rules.ValuesOfCorrectTypeRuleWithoutSuggestions} {
			with.RemoveRule(rule.Name[:len(rule.Name)-len("WithoutSuggestions")])
			with.AddRule(rule.Name, rule.RuleFunc)
		}
	}
	digits{schema}.keep(d.QueryDocument)
	problems := validator.ValidateWithRules(schema, d.QueryDocument, with)
	if len(problems) > errorsMax {
		problems = problems[:errorsMax]
	}
	var list gqlerror.List
	for _, p := range problems {
		e := failure("GRAPHQL_VALIDATION_FAILED", clipLine(p.Message), nil)
		e.Locations = p.Locations
		list = append(list, e)
	}
	if list != nil {
		return list
	}
	d.valid = true
	return nil
}

// clipLine shortens a message that may repeat what was sent.
func clipLine(text string) string {
	const most = 300
	if len(text) <= most {
		return text
	}
	return clip(text[:most])
}

// digits makes texts of the number literals that stand where a scalar of ours
// or an id is read: a Decimal keeps its digits, where a float would lose them.
type digits struct{ schema *ast.Schema }

func (d digits) keep(doc *ast.QueryDocument) {
	for _, o := range doc.Operations {
		for _, v := range o.VariableDefinitions {
			d.value(v.DefaultValue, v.Type)
		}
		switch o.Operation {
		case ast.Mutation:
			d.fields(o.SelectionSet, d.schema.Mutation)
		default:
			d.fields(o.SelectionSet, d.schema.Query)
		}
	}
	for _, f := range doc.Fragments {
		d.fields(f.SelectionSet, d.schema.Types[f.TypeCondition])
	}
}

func (d digits) fields(set ast.SelectionSet, on *ast.Definition) {
	for _, s := range set {
		switch s := s.(type) {
		case *ast.Field:
			if on == nil {
				continue
			}
			if definition := on.Fields.ForName(s.Name); definition != nil {
				for _, a := range s.Arguments {
					if argument := definition.Arguments.ForName(a.Name); argument != nil {
						d.value(a.Value, argument.Type)
					}
				}
				d.fields(s.SelectionSet, d.schema.Types[definition.Type.Name()])
			}
		case *ast.InlineFragment:
			if s.TypeCondition != "" {
				d.fields(s.SelectionSet, d.schema.Types[s.TypeCondition])
			} else {
				d.fields(s.SelectionSet, on)
			}
		}
	}
}

func (d digits) value(v *ast.Value, t *ast.Type) {
	if v == nil || t == nil {
		return
	}
	of := d.schema.Types[t.Name()]
	switch {
	case of == nil:
	case v.Kind == ast.IntValue || v.Kind == ast.FloatValue:
		if of.Kind == ast.Scalar && !of.OneOf("Int", "Float", "String", "Boolean") {
			v.Kind = ast.StringValue
		}
	case v.Kind == ast.ListValue:
		for _, child := range v.Children {
			d.value(child.Value, t)
		}
	case v.Kind == ast.ObjectValue:
		for _, child := range v.Children {
			if field := of.Fields.ForName(child.Name); field != nil {
				d.value(child.Value, field.Type)
			}
		}
	}
}

// The bounds of what is remembered of query texts.
const (
	documentsMax     = 1000
	documentBytesMax = 4 << 20 // of text
)

// documents remembers valid documents by their text, the longest unused going first.
type documents struct {
	mu    sync.Mutex
	byKey map[string]*list.Element
	used  list.List // of *remembered, the latest in front
	bytes int
}

type remembered struct {
	text string
	doc  *document
}

func newDocuments() *documents { return &documents{byKey: map[string]*list.Element{}} }

func (d *documents) get(text string) *document {
	d.mu.Lock()
	defer d.mu.Unlock()
	e, ok := d.byKey[text]
	if !ok {
		return nil
	}
	d.used.MoveToFront(e)
	return e.Value.(*remembered).doc
}

func (d *documents) put(text string, doc *document) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, ok := d.byKey[text]; ok {
		return
	}
	d.byKey[text] = d.used.PushFront(&remembered{text, doc})
	d.bytes += len(text)
	for len(d.byKey) > documentsMax || d.bytes > documentBytesMax {
		last := d.used.Remove(d.used.Back()).(*remembered)
		delete(d.byKey, last.text)
		d.bytes -= len(last.text)
	}
}
