package graph

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// let tells what the gate says of a query: the code of its refusal, or nothing.
func let(t testing.TB, query string, variables map[string]any) string {
	t.Helper()
	doc, problems := read(query)
	if problems != nil {
		return problems[0].Extensions["code"].(string)
	}
	o, why := doc.choose("")
	if why == nil {
		why = check(ourSchema(), doc.QueryDocument, o, variables)
	}
	if why != nil {
		return why.code
	}
	return ""
}

// nested is a query that is that many fields deep.
func nested(depth int) string {
	// economicEvent, and below it one triggeredBy a level, and the id.
	return `{ economicEvent(id: "x") ` + strings.Repeat("{ triggeredBy ", depth-2) + "{ id }" + strings.Repeat(" }", depth-2) + " }"
}

// bomb are fragments that each spread the next one twice.
func bomb(levels int) string {
	var q strings.Builder
	q.WriteString("{ ...f0 }")
	for i := range levels {
		fmt.Fprintf(&q, " fragment f%d on Query { ...f%d ...f%d }", i, i+1, i+1)
	}
	fmt.Fprintf(&q, " fragment f%d on Query { __typename }", levels)
	return q.String()
}

func times(n int, text string) string {
	var all strings.Builder
	for i := range n {
		all.WriteString(strings.ReplaceAll(text, "#", fmt.Sprint(i)))
	}
	return all.String()
}

// What the gate refuses, and what is just within its limits.
func TestGate(t *testing.T) {
	tests := []struct {
		name, query, code string
	}{
		{"12 deep", nested(12), ""},
		{"G01: 13 deep", nested(13), "QUERY_TOO_DEEP"},
		{"G01: 500 deep", nested(400), "QUERY_TOO_DEEP"},
		{"G02: depth in fragments", `{ economicEvent(id: "x") { ...a } }` + times(12, ` fragment a# on EconomicEvent { id }`) +
			` fragment a on EconomicEvent { triggeredBy { ...b } } fragment b on EconomicEvent { triggeredBy { triggeredBy { triggeredBy { ...c } } } }
			fragment c on EconomicEvent { triggeredBy { triggeredBy { triggeredBy { triggeredBy { triggeredBy { triggeredBy { triggeredBy { id } } } } } } } }`, "QUERY_TOO_DEEP"},
		{"G03: depth in inline fragments", `{ economicEvent(id: "x") ` + strings.Repeat("{ ... on EconomicEvent { triggeredBy ", 12) + "{ id }" + strings.Repeat(" } }", 12) + " }", "QUERY_TOO_DEEP"},
		{"G04: 2^22 fields", bomb(22), "QUERY_TOO_WIDE"},
		{"G04: 2^30 fields", bomb(29), "QUERY_TOO_WIDE"},
		{"G04: 2^60 fields", bomb(60), "QUERY_TOO_WIDE"},
		{"G04: 2^100 fields", bomb(100), "QUERY_TOO_WIDE"},
		{"G05: a field 400 times", "{" + times(400, " __typename") + "}", ""},
		{"G05: a field 500 times", "{" + times(500, " __typename") + "}", "QUERY_TOO_WIDE"},
		{"G05: a field 8,000 times", "{" + times(8000, " id") + "}", "QUERY_TOO_LONG"},
		{"G06: 200 x 100 inline fragments", "{" + times(200, "... on Query {"+times(100, "...{a}")+"}") + "}", "QUERY_TOO_LONG"},
		{"G06: 31 inline fragments", "{" + times(31, " ... { __typename }") + "}", "QUERY_TOO_WIDE"},
		{"31 fragments", "{ __typename }" + times(31, " fragment f# on Query { __typename }"), "QUERY_TOO_WIDE"},
		{"30 aliases", "{" + times(30, " a#: __typename") + "}", ""},
		{"G07: 101 aliases", "{" + times(101, " a#: __typename") + "}", "QUERY_TOO_WIDE"},
		{"aliases in a fragment that is spread twice", "{ economicEvent(id: 1) { ...f triggeredBy { ...f } } } fragment f on EconomicEvent {" + times(16, " a#: id") + "}", "QUERY_TOO_WIDE"},
		{"5 mutations", "mutation {" + times(5, ` a#: deleteUnit(id: "x")`) + "}", ""},
		{"G07: 16 aliased mutations", "mutation {" + times(16, ` a#: deleteUnit(id: "x")`) + "}", "QUERY_TOO_WIDE"},
		{"G07: 6 mutations in fragments", "mutation { ...f ...g } fragment f on Mutation {" + times(3, ` a#: deleteUnit(id: "x")`) + "} fragment g on Mutation {" + times(3, ` b#: deleteUnit(id: "x")`) + "}", "QUERY_TOO_WIDE"},
		{"20 directives", "{ __typename" + times(20, " @include(if: true)") + " }", ""},
		{"G09: 21 known directives", "{ __typename" + times(21, " @include(if: true)") + " }", "QUERY_TOO_WIDE"},
		{"G09: an unknown directive", "{ __typename @unknown }", "GRAPHQL_VALIDATION_FAILED"},
		{"G09: 400 unknown directives", "{ __typename" + times(400, " @a#") + " }", "GRAPHQL_VALIDATION_FAILED"},
		{"G10: a fragment within itself", "{ ...f } fragment f on Query { ...f }", "CIRCULAR_FRAGMENT"},
		{"G10: two fragments within each other", "{ ...f } fragment f on Query { actions { ...g } } fragment g on Action { ...h } fragment h on Action { ...g }", "CIRCULAR_FRAGMENT"},
		{"G10: a circle that nothing spreads", "{ __typename } fragment f on Query { ...g } fragment g on Query { ...f }", "CIRCULAR_FRAGMENT"},
		{"G11: 15 deep in the schema", "{ __schema { types { fields { args { type" + strings.Repeat(" { ofType", 9) + " { kind }" + strings.Repeat(" }", 9) + " } } } } }", ""},
		{"G11: 16 deep in the schema", "{ __schema { types { fields { args { type" + strings.Repeat(" { ofType", 10) + " { kind }" + strings.Repeat(" }", 10) + " } } } } }", "QUERY_TOO_DEEP"},
		{"G15: 100 x 100 x 100", `{ agents(first: 100) { edges { node { economicEvents(first: 100) { edges { node { provider { processes(first: 100) { edges { node { id } } } } } } } } } } }`, "QUERY_TOO_COSTLY"},
		{"50 x 50", `{ agents { edges { node { economicEvents { edges { node { id } } } } } } }`, ""},
		{"50 x 50 x 50", `{ agents { edges { node { economicEvents { edges { node { provider { processes { edges { node { id } } } } } } } } } } }`, "QUERY_TOO_COSTLY"},
		{"G15: plain lists of plain lists", `{ economicResources { edges { node { contains { contains { contains { id } } } } } } }`, "QUERY_TOO_COSTLY"},
		{"the histories of 100 records", `{ economicEvents(first: 100) { edges { node { revision(revisionId: "x") { id } } } } }`, ""},
		{"the histories of 10,000 records", `{ agents(first: 100) { edges { node { economicEvents(first: 100) { edges { node { revision(revisionId: "x") { id } } } } } } } }`, "QUERY_TOO_COSTLY"},
		{"20 traces", `{ economicResource(id: "x") {` + times(20, ` a#: trace { ... on EconomicEvent { id } }`) + "} }", ""},
		{"30 traces", `{ economicResource(id: "x") {` + times(30, ` a#: trace { ... on EconomicEvent { id } }`) + "} }", "QUERY_TOO_COSTLY"},
		{"30 tracks of 30 things", "{" + times(30, ` a#: process(id: "#") { track { ... on EconomicEvent { id } } }`) + "}", "QUERY_TOO_COSTLY"},
		{"30 pages of walks, of one step each", `{ economicResource(id: "x") {` + times(30, ` a#: flow(direction: TRACK, first: 1) { pageInfo { hasNextPage } }`) + "} }", "QUERY_TOO_COSTLY"},
		{"the traces of 20 things", `{ economicResources(first: 20) { edges { node { trace { ... on EconomicEvent { id } } } } } }`, ""},
		{"the traces of 50 things", `{ economicResources(first: 50) { edges { node { trace { ... on EconomicEvent { id } } } } } }`, "QUERY_TOO_COSTLY"},
		{"the traces of all in a trace", `{ economicResource(id: "x") { trace { ... on EconomicResource { trace { ... on EconomicEvent { id } } } } } }`, "QUERY_TOO_COSTLY"},
		{"where 30 things are from", "{" + times(30, ` a#: provenance(id: "#")`) + "}", "QUERY_TOO_COSTLY"},
		{"where 5 things are from", "{" + times(5, ` a#: provenance(id: "#")`) + "}", ""},
		{"a thing, how it came and where it went", `{ economicResource(id: "x") { trace { ... on EconomicEvent { id action { id } provider { id name } } } track { ... on EconomicEvent { id } }
			came: flow(direction: TRACE, first: 50) { edges { node { ... on EconomicEvent { provider { name } receiver { name } } } } } went: flow(direction: TRACK, first: 100) { edges { depth node { __typename } } } } }`, ""},
		{"a long name", "{ " + strings.Repeat("a", 129) + " }", "QUERY_TOO_LONG"},
		{"a long argument name", `{ action(` + strings.Repeat("a", 129) + `: 1) { id } }`, "QUERY_TOO_LONG"},
		{"1,501 words and signs", "{" + times(1501, ",a") + "}", "QUERY_TOO_LONG"},
		{"33 kB of comment", "{ __typename } #" + strings.Repeat("x", 33<<10), "QUERY_TOO_LONG"},
		{"a field that is none", "{ nothing { of } the kind }", ""}, // the validation says so
		{"nothing", "", "GRAPHQL_PARSE_FAILED"},
		{"a fragment only", "fragment f on Query { __typename }", "GRAPHQL_PARSE_FAILED"},
	}
	for _, test := range tests {
		if got := let(t, test.query, nil); got != test.code {
			t.Errorf("%s: %q, want %q", test.name, got, test.code)
		}
	}
}

// The query that tools ask of the schema passes.
func TestGateLetsToolsReadTheSchema(t *testing.T) {
	const introspection = `query IntrospectionQuery { __schema { description queryType { name kind } mutationType { name kind } subscriptionType { name kind }
		types { ...FullType } directives { name description isRepeatable locations args(includeDeprecated: true) { ...InputValue } } } }
	fragment FullType on __Type { kind name description specifiedByURL
		fields(includeDeprecated: true) { name description args(includeDeprecated: true) { ...InputValue } type { ...TypeRef } isDeprecated deprecationReason }
		inputFields(includeDeprecated: true) { ...InputValue } interfaces { ...TypeRef }
		enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason } possibleTypes { ...TypeRef } }
	fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue isDeprecated deprecationReason }
	fragment TypeRef on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name
		ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } } } }`
	if code := let(t, introspection, nil); code != "" {
		t.Errorf("refused: %s", code)
	}
}

// first and last, as literals and as variables: a number from 1 to 100, or
// nothing, which is 50.
func TestG14PageSizes(t *testing.T) {
	tests := []struct {
		literal  string
		variable any
		code     string
	}{
		{"1", json.Number("1"), ""},
		{"100", json.Number("100"), ""},
		{"null", nil, ""},
		{"0", json.Number("0"), "INVALID_PAGE"},
		{"-1", json.Number("-1"), "INVALID_PAGE"},
		{"-0", json.Number("-0"), "INVALID_PAGE"},
		{"101", json.Number("101"), "INVALID_PAGE"},
		{"2147483648", json.Number("2147483648"), "INVALID_PAGE"},
		{"9223372036854775808", json.Number("9223372036854775808"), "INVALID_PAGE"},
		{"1e2", json.Number("1e2"), "INVALID_PAGE"},
		{"1.0", json.Number("1.0"), "INVALID_PAGE"},
		{`"10"`, "10", "INVALID_PAGE"},
		{"true", true, "INVALID_PAGE"},
		{"[10]", []any{json.Number("10")}, "INVALID_PAGE"},
		{"{a: 10}", map[string]any{"a": json.Number("10")}, "INVALID_PAGE"},
		{"TEN", map[string]any{}, "INVALID_PAGE"},
	}
	for _, test := range tests {
		for _, argument := range []string{"first", "last"} {
			if got := let(t, fmt.Sprintf("{ units(%s: %s) { edges { cursor } } }", argument, test.literal), nil); got != test.code {
				t.Errorf("%s: %s: %q, want %q", argument, test.literal, got, test.code)
			}
			query := fmt.Sprintf("query($n: Int) { units(%s: $n) { edges { cursor } } }", argument)
			if got := let(t, query, map[string]any{"n": test.variable}); got != test.code {
				t.Errorf("%s: $n = %v: %q, want %q", argument, test.variable, got, test.code)
			}
		}
	}
	for query, code := range map[string]string{
		"{ units { edges { cursor } } }":                                 "",
		"query($n: Int) { units(first: $n) { edges { cursor } } }":       "",
		"query($n: Int = 101) { units(first: $n) { edges { cursor } } }": "INVALID_PAGE",
		"query($n: Int = 7) { units(first: $n) { edges { cursor } } }":   "",
		"{ units(first: 1, last: 1) { edges { cursor } } }":              "INVALID_PAGE",
		"{ units(first: 1, last: null) { edges { cursor } } }":           "",
	} {
		if got := let(t, query, nil); got != code {
			t.Errorf("%s: %q, want %q", query, got, code)
		}
	}
}

// A page of a size that a variable gives is weighed for each request anew.
func TestGateWeighsVariables(t *testing.T) {
	const query = `query($n: Int) { agents(first: $n) { edges { node { economicEvents(first: $n) { edges { node { provider { name } receiver { name } } } } } } } }`
	if code := let(t, query, map[string]any{"n": json.Number("20")}); code != "" {
		t.Errorf("20 x 20: %s", code)
	}
	if code := let(t, query, map[string]any{"n": json.Number("100")}); code != "" {
		t.Errorf("100 x 100: %s", code)
	}
	if code := let(t, strings.ReplaceAll(query, "provider { name }", "provider { processes(first: $n) { edges { cursor } } }"), map[string]any{"n": json.Number("100")}); code != "QUERY_TOO_COSTLY" {
		t.Errorf("100 x 100 x 100: %q", code)
	}
}
