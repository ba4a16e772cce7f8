package graph

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"disconode/node"
	"disconode/node/store/storetest"
)

// manualStatements is how many SQL statements a query of the manual takes at
// most, the token's included, however long its page is.
const manualStatements = 10

// manualStatementsOf are the queries that take more: what they answer with is
// worked out of records of many classes, level by level.
var manualStatementsOf = map[string]int{"AgreementStands": 11, "WasWorth": 17, "HoursInABox": 17, "Short": 24}

// No query of the manual takes more SQL statements than are allowed for it, and
// none takes more where there is more: on books in which the story happened three
// times over, and which then had 60 of each thing that the last story's records
// lead to, a page of 1, of 10 and of 50 take equally many, and so does a query
// without pages as it took before.
func TestManualStatements(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		b, nia := manual(t, dsn)
		_, all := examples(t)
		for range 3 {
			for _, e := range all {
				nia.follow(e)
			}
		}
		count := func(e example, n int) int {
			query, _ := withPages(t, e.query, n)
			return b.statementsOf(nia.client, query, nia.variables(e.operation(t)))
		}
		queries := slices.DeleteFunc(all, func(e example) bool { return e.command != nil || e.operation(t).Operation != ast.Query })
		few := make([]int, len(queries))
		for i, e := range queries {
			count(e, 50) // what is kept in memory is there from now on
			few[i] = count(e, 50)
		}
		nia.crowd(60)
		paged := 0
		for i, e := range queries {
			name := e.operation(t).Name
			count(e, 50)
			one, ten, fifty := count(e, 1), count(e, 10), count(e, 50)
			if most := max(manualStatements, manualStatementsOf[name]); fifty > most {
				t.Errorf("%s: %d statements, at most %d", name, fifty, most)
			}
			if _, n := withPages(t, e.query, 1); n > 0 {
				paged++
			} else if fifty != few[i] {
				t.Errorf("%s: %d statements where there is little, %d where there is much", name, few[i], fifty)
			}
			mixed := one < ten && strings.Contains(e.query, "... on") // the first step of a walk is of one class, and the others are not read
			if one != ten && !mixed || ten != fifty {
				t.Errorf("%s: %d statements for a page of 1, %d for 10, %d for 50", name, one, ten, fifty)
			}
		}
		if paged < 5 {
			t.Errorf("only %d queries of the manual have pages", paged)
		}
	})
}

// statementsOf is how many SQL statements the answer to a query takes, the
// token's included.
func (b *books) statementsOf(c *client, query string, given vars) int {
	b.t.Helper()
	ctx, count := node.CountStatements(b.t.Context())
	principal, err := b.node.Authenticate(ctx, c.token)
	if err != nil {
		b.t.Fatal(err)
	}
	a := b.server.answer(node.WithPrincipal(ctx, principal), &request{Query: query, Variables: given})
	if len(a.errors) > 0 {
		b.t.Fatalf("%s: %v", query, a.errors)
	}
	return int(count.Load())
}

// withPages is the query with pages of n, and how many fields have pages.
func withPages(t *testing.T, query string, n int) (string, int) {
	t.Helper()
	doc, problems := gqlparser.LoadQueryWithRules(ourSchema(), query, rules.NewDefaultRules())
	if problems != nil {
		t.Fatal(problems)
	}
	pages := 0
	var walk func(ast.SelectionSet)
	walk = func(set ast.SelectionSet) {
		for _, selection := range set {
			switch s := selection.(type) {
			case *ast.InlineFragment:
				walk(s.SelectionSet)
			case *ast.Field:
				if walk(s.SelectionSet); s.Definition.Arguments.ForName("first") == nil {
					continue
				}
				pages++
				value := &ast.Value{Kind: ast.IntValue, Raw: fmt.Sprint(n)}
				if first := s.Arguments.ForName("first"); first != nil {
					first.Value = value
				} else {
					s.Arguments = append(s.Arguments, &ast.Argument{Name: "first", Value: value})
				}
			}
		}
	}
	walk(doc.Operations[0].SelectionSet)
	var text bytes.Buffer
	formatter.NewFormatter(&text).FormatQueryDocument(doc)
	return text.String(), pages
}

// crowd puts n more of each into the books, around what the manual's queries
// start from: harvests into the last stock and moves out of it to that which was
// packed, other stocks, work in the packing, done and promised, offers to the grocery, clauses of
// the last agreement, deliveries that fulfil the last promise, claims on the
// grocery with their settlements, and corrections of the last delivery.
func (r *learner) crowd(n int) {
	r.t.Helper()
	known := func(names string) vars {
		given := vars{}
		for field, name := range pairs(names) {
			if given[field] = r.known[name]; given[field] == nil {
				r.t.Fatalf("the manual tells of no $%s", name)
			}
		}
		return given
	}
	with := func(names string, more vars) vars {
		given := known(names)
		for field, value := range more {
			given[field] = value
		}
		return given
	}
	kilo, one, hours := of("1", r.known["kilogram"].(string)), of("1", r.known["one"].(string)), of("1", r.known["hour"].(string))
	hundred := of("100", r.known["one"].(string))
	r.record(with("provider=lab receiver=lab outputOf=packed resourceInventoriedAs=boxes", vars{"action": "produce", "resourceQuantity": hundred})).good()
	for range n {
		r.record(with("provider=lab receiver=lab outputOf=season resourceInventoriedAs=stock", vars{"action": "produce", "resourceQuantity": kilo})).good()
		r.record(with("provider=lab receiver=lab resourceInventoriedAs=stock toResourceInventoriedAs=cold", vars{"action": "move", "resourceQuantity": kilo})).good()
		r.record(with("provider=nia receiver=lab inputOf=packed resourceConformsTo=labour", vars{"action": "work", "effortQuantity": hours, "hasPointInTime": "2026-06-02"})).good()
		r.recordNew(with("provider=lab receiver=lab toLocation=field", vars{"action": "raise", "resourceQuantity": kilo}), vars{"name": "More", "conformsTo": r.known["collards"]}).good()
		r.make("Proposal", with("publishes=offered reciprocal=asked proposedTo=grocery", vars{"purpose": "offer", "name": "Again"}))
		r.make("Commitment", with("provider=nia receiver=lab inputOf=packed plannedWithin=plan resourceConformsTo=labour", vars{"action": "work", "effortQuantity": hours}))
		r.make("Commitment", with("provider=lab receiver=grocery clauseOf=agreement resourceConformsTo=box satisfies=offered", vars{"action": "transfer", "resourceQuantity": one}))
		r.make("Commitment", with("provider=grocery receiver=lab reciprocalClauseOf=agreement resourceConformsTo=dollar", vars{"action": "transfer", "resourceQuantity": one}))
		sent := r.record(with("provider=lab receiver=grocery resourceInventoriedAs=boxes toResourceInventoriedAs=bought fulfills=delivery", vars{"action": "transfer", "resourceQuantity": one})).good().text("createEconomicEvent.economicEvent.id")
		claim := r.make("Claim", with("provider=grocery receiver=lab resourceConformsTo=dollar", vars{"action": "transfer", "triggeredBy": sent, "resourceQuantity": one}))
		r.record(with("provider=grocery receiver=lab resourceConformsTo=dollar", vars{"action": "transfer", "settles": claim, "resourceQuantity": one})).good()
	}
	for range 8 {
		r.record(with("provider=lab receiver=grocery resourceInventoriedAs=boxes toResourceInventoriedAs=bought corrects=delivered fulfills=delivery", vars{"action": "transfer", "resourceQuantity": of("-1", r.known["one"].(string))})).good()
	}
}

// pairs reads "field=name field=name".
func pairs(text string) map[string]string {
	all := map[string]string{}
	for _, pair := range strings.Fields(text) {
		field, name, _ := strings.Cut(pair, "=")
		all[field] = name
	}
	return all
}
