package graph

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// The cases of the security page that are about GraphQL, by their numbers. A
// refusal is one error with a 4xx, and nothing is written.

// hostile sends queries that are refused with a code before anything is read or
// written.
func hostile(t *testing.T, code string, queries ...string) {
	t.Helper()
	b := newBooks(t, "", Options{})
	ada := b.steward()
	before := ada.state()
	for _, query := range queries {
		r := ada.ask(query, nil).refused(code)
		if r.status < 400 || r.status > 499 || r.Data != nil {
			t.Errorf("%d for %.60s", r.status, query)
		}
	}
	if ada.state() != before {
		t.Error("something was written")
	}
}

func TestG01DepthByPlainNesting(t *testing.T) {
	hostile(t, "QUERY_TOO_DEEP", nested(13), nested(100), nested(390))
}

func TestG02DepthInNamedFragments(t *testing.T) {
	hostile(t, "QUERY_TOO_DEEP", `{ economicEvent(id: "x") { ...a } }
		fragment a on EconomicEvent { triggeredBy { triggeredBy { triggeredBy { triggeredBy { ...b } } } } }
		fragment b on EconomicEvent { triggeredBy { triggeredBy { triggeredBy { triggeredBy { ...c } } } } }
		fragment c on EconomicEvent { triggeredBy { triggeredBy { triggeredBy { triggeredBy { id } } } } }`)
}

func TestG03DepthInInlineFragments(t *testing.T) {
	hostile(t, "QUERY_TOO_DEEP", `{ economicEvent(id: "x") `+strings.Repeat("{ ... on EconomicEvent { triggeredBy ", 12)+"{ id }"+strings.Repeat(" } }", 12)+" }")
}

func TestG04FragmentBomb(t *testing.T) { hostile(t, "QUERY_TOO_WIDE", bomb(22), bomb(30), bomb(60)) }

func TestG05OneFieldManyTimes(t *testing.T) {
	hostile(t, "QUERY_TOO_WIDE", "{"+times(500, " __typename")+"}")
	hostile(t, "QUERY_TOO_LONG", "{"+times(8000, " id")+"}")
}

func TestG06InlineFragments(t *testing.T) {
	hostile(t, "QUERY_TOO_WIDE", "{"+times(100, "...{__typename}")+"}")
	hostile(t, "QUERY_TOO_LONG", "{"+times(200, "... on Query {"+times(100, "...{a}")+"}")+"}")
}

func TestG07Aliases(t *testing.T) {
	hostile(t, "QUERY_TOO_WIDE", "{"+times(101, " a#: __typename")+"}", "mutation {"+times(16, ` a#: deleteUnit(id: "x")`)+"}")
}

func TestG08Batches(t *testing.T) {
	b := newBooks(t, "", Options{})
	for _, n := range []int{10, 1000} {
		batch := "[" + strings.TrimSuffix(strings.Repeat(`{"query":"{ actions { id } }"},`, n), ",") + "]"
		if r := b.steward().post([]byte(batch), nil).refused("BATCHING"); r.status != http.StatusBadRequest {
			t.Errorf("%d for a batch of %d", r.status, n)
		}
	}
}

func TestG09Directives(t *testing.T) {
	hostile(t, "QUERY_TOO_WIDE", "{ __typename"+times(25, " @include(if: true)")+" }")
	hostile(t, "GRAPHQL_VALIDATION_FAILED", "{ __typename @a }", "{ __typename"+times(200, " @a#")+" }")
}

// However much is wrong, few errors come back.
func TestG09ErrorsAreFew(t *testing.T) {
	b := newBooks(t, "", Options{})
	r := b.steward().ask("{"+times(100, " nothing#")+"}", nil)
	if len(r.Errors) != errorsMax || r.status != http.StatusBadRequest {
		t.Errorf("%d: %d errors", r.status, len(r.Errors))
	}
}

func TestG10CircularFragments(t *testing.T) {
	hostile(t, "CIRCULAR_FRAGMENT", "{ ...f } fragment f on Query { ...f }",
		"{ ...f } fragment f on Query { units { edges { node { ...g } } } } fragment g on Unit { ...h } fragment h on Unit { id ...g }")
}

func TestG12SchemaOnlyWhenSignedIn(t *testing.T) {
	b := newBooks(t, "", Options{})
	const query = "{ __schema { queryType { name } } }"
	if r := b.stranger().ask(query, nil).refused("UNAUTHENTICATED"); r.status != http.StatusUnauthorized || r.header.Get("WWW-Authenticate") == "" {
		t.Errorf("%d", r.status)
	}
	if name := b.steward().ask(query, nil).good().text("__schema.queryType.name"); name != "Query" {
		t.Errorf("%s", name)
	}
}

func TestG13NoSuggestionsForStrangers(t *testing.T) {
	b := newBooks(t, "", Options{})
	for _, query := range []string{"{ action(id: \"work\") { lable } }", "{ action(di: \"work\") { label } }", "{ actions { ... on Actoin { id } } }"} {
		r := b.stranger().ask(query, nil)
		if len(r.Errors) == 0 || strings.Contains(fmt.Sprint(r.Errors), "Did you mean") {
			t.Errorf("%s: %+v", query, r.Errors)
		}
	}
	if r := b.stranger().ask("{ economicEvnts { edges { cursor } } }", nil).refused("UNAUTHENTICATED"); r.status != http.StatusUnauthorized {
		t.Errorf("%d", r.status)
	}
	if r := b.steward().ask("{ actions { lable } }", nil); !strings.Contains(r.Errors[0].Message, "Did you mean") {
		t.Errorf("a member is told: %+v", r.Errors)
	}
}

// G17, G18: what is a number, and kept digit by digit, and what is none.
func TestG17Numbers(t *testing.T) {
	b := newBooks(t, "", Options{})
	ada := b.steward()
	const create = `mutation($alt: Decimal) { createSpatialThing(spatialThing: {name: "Hill", alt: $alt}) { spatialThing { alt } } }`
	for given, want := range map[any]string{
		"0": "0", "12.50": "12.50", "-0": "0", "0.000000000000000001": "0.000000000000000001", "999999999999999999": "999999999999999999",
		"123456789.123456789": "123456789.123456789", json.Number("9007199254740993"): "9007199254740993", json.Number("0.123456789012345678"): "0.123456789012345678",
		"1.5e3": "1500", json.Number("25e-1"): "2.5",
	} {
		if got := ada.ask(create, vars{"alt": given}).good().text("createSpatialThing.spatialThing.alt"); got != want {
			t.Errorf("%v is kept as %s, want %s", given, got, want)
		}
		literal := strings.ReplaceAll(create, "($alt: Decimal)", "")
		if _, isNumber := given.(json.Number); isNumber {
			literal = strings.ReplaceAll(literal, "$alt", fmt.Sprint(given))
		} else {
			literal = strings.ReplaceAll(literal, "$alt", fmt.Sprintf("%q", given))
		}
		if got := ada.ask(literal, nil).good().text("createSpatialThing.spatialThing.alt"); got != want {
			t.Errorf("the literal %v is kept as %s, want %s", given, got, want)
		}
	}
	before := ada.state()
	for given, code := range map[any]string{
		"1e400": "OUT_OF_RANGE", json.Number("1e400"): "OUT_OF_RANGE", strings.Repeat("1", 40): "OUT_OF_RANGE", json.Number(strings.Repeat("1", 40)): "OUT_OF_RANGE",
		"1234567890123456789": "OUT_OF_RANGE", "0.1234567890123456789": "OUT_OF_RANGE",
		"NaN": "INVALID_QUANTITY", "Infinity": "INVALID_QUANTITY", "0x10": "INVALID_QUANTITY", "１２": "INVALID_QUANTITY", "٣": "INVALID_QUANTITY", "": "INVALID_QUANTITY",
		"1,5": "INVALID_QUANTITY", "1 000": "INVALID_QUANTITY", "½": "INVALID_QUANTITY", "1_000": "INVALID_QUANTITY", true: "INVALID_QUANTITY",
	} {
		ada.ask(create, vars{"alt": given}).refused(code, "spatialThing.alt")
	}
	for _, literal := range []string{"1e400", strings.Repeat("1", 40), "1234567890123456789.5"} {
		ada.ask(`mutation { createSpatialThing(spatialThing: {name: "Hill", alt: `+literal+`}) { spatialThing { alt } } }`, nil).refused("OUT_OF_RANGE", "spatialThing.alt")
	}
	if ada.state() != before {
		t.Error("something was written")
	}
}

func TestG18ExponentBomb(t *testing.T) {
	b := newBooks(t, "", Options{})
	ada := b.steward()
	const create = `mutation($alt: Decimal) { createSpatialThing(spatialThing: {name: "Hill", alt: $alt}) { spatialThing { alt } } }`
	for _, given := range []any{"1e999999999", json.Number("1e999999999"), json.Number("1e-999999999"), "1e99999999999999999999", "0e999999999"} {
		ada.ask(create, vars{"alt": given}).refused("OUT_OF_RANGE", "spatialThing.alt")
	}
	ada.ask(`mutation { createSpatialThing(spatialThing: {name: "Hill", alt: 1e999999999}) { spatialThing { alt } } }`, nil).refused("OUT_OF_RANGE", "spatialThing.alt")
	ada.ask(`{ units(first: 1e999999999) { edges { cursor } } }`, nil).refused("INVALID_PAGE", "first")
}

func TestG20Variables(t *testing.T) {
	b := newBooks(t, "", Options{})
	ada := b.steward()
	before := ada.state()
	const create = `mutation($p: SpatialThingCreateParams!) { createSpatialThing(spatialThing: $p) { spatialThing { id } } }`
	many := vars{}
	for i := range 10_000 {
		many[fmt.Sprint("v", i)] = i
	}
	ada.ask("{ actions { id } }", many).refused("INVALID_VARIABLE")
	ada.ask("{ actions { id } }", vars{"extra": 1}).refused("INVALID_VARIABLE", "extra")
	ada.ask(create, vars{"p": vars{"name": "Hill", "recordedBy": "me"}}).refused("INVALID_VARIABLE", "p.recordedBy")
	ada.ask(create, vars{"p": vars{}}).refused("INVALID_VARIABLE", "p.name")
	ada.ask(create, vars{"p": []string{"Hill"}}).refused("INVALID_VARIABLE")
	ada.ask(create, vars{"p": "Hill"}).refused("INVALID_VARIABLE", "p")
	ada.ask(create, vars{"p": vars{"name": 5}}).refused("INVALID_TEXT", "spatialThing.name")
	ada.ask(create, vars{"p": vars{"name": nil}}).refused("INVALID_VARIABLE", "p.name")
	ada.ask(create, vars{"p": nil}).refused("INVALID_VARIABLE", "p")
	ada.ask(create, nil).refused("INVALID_VARIABLE", "p")
	ada.ask(create, vars{"p": vars{"name": "Hill", "lat": vars{"deg": 1}}}).refused("INVALID_QUANTITY", "spatialThing.lat")
	ada.ask(create, vars{"p": vars{"name": "Hill", "hasDetailedGeometry": []any{[]string{"x"}}}}).refused("INVALID_URI", "spatialThing.hasDetailedGeometry.0")
	ada.ask(create, vars{"p": vars{"name": "nothing\x00more"}}).refused("INVALID_TEXT", "spatialThing.name")
	ada.post([]byte(`{"query":"{ actions { id } }","variables":{"a":`+strings.Repeat("[", 1000)+strings.Repeat("]", 1000)+`}}`), nil).refused("INVALID_BODY")
	if ada.state() != before {
		t.Error("something was written")
	}
}

func TestG21Bodies(t *testing.T) {
	b := newBooks(t, "", Options{})
	ada := b.steward()
	for _, body := range []string{`{"query":"{ actions { id } }","query":"{ units { edges { cursor } } }"}`, `{"query":"{ actions { id } }"}{}`,
		"\xef\xbb\xbf" + `{"query":"{ actions { id } }"}`, `{"query":` + strings.Repeat(`{"a":`, 100_000/5)} {
		if r := ada.post([]byte(body), nil).refused("INVALID_BODY"); r.status != http.StatusBadRequest {
			t.Errorf("%d", r.status)
		}
	}
	if r := ada.post([]byte(`{"query":"{ actions { id } }","variables":{"a":"`+strings.Repeat("x", bodyBytesMax)+`"}}`), nil).refused("BODY_TOO_LONG"); r.status != http.StatusRequestEntityTooLarge {
		t.Errorf("%d", r.status)
	}
	if r := ada.ask("{ actions { id } } #"+strings.Repeat("x", queryBytesMax), nil).refused("QUERY_TOO_LONG"); r.status != http.StatusRequestEntityTooLarge {
		t.Errorf("%d", r.status)
	}
}

// What is not a POST of JSON is refused, so that no form and no link of a
// foreign page can ask (A09, G22).
func TestG22OnlyJSONByPost(t *testing.T) {
	b := newBooks(t, "", Options{})
	body := []byte(`{"query":"{ actions { id } }"}`)
	for _, kind := range []string{"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/graphql", "application/json; charset=utf-16", ""} {
		if r := b.steward().post(body, http.Header{"Content-Type": {kind}}).refused("CONTENT_TYPE"); r.status != http.StatusUnsupportedMediaType {
			t.Errorf("%q: %d", kind, r.status)
		}
	}
	if r := b.steward().post(body, http.Header{"Content-Encoding": {"gzip"}}).refused("CONTENT_TYPE"); r.status != http.StatusUnsupportedMediaType {
		t.Errorf("%d", r.status)
	}
	for _, method := range []string{http.MethodGet, http.MethodPut, http.MethodDelete} {
		request, err := http.NewRequest(method, b.url+"?query={actions{id}}", nil)
		if err != nil {
			t.Fatal(err)
		}
		if r := exchange(t, request).refused("METHOD"); r.status != http.StatusMethodNotAllowed || r.header.Get("Allow") != http.MethodPost {
			t.Errorf("%s: %d", method, r.status)
		}
	}
	r := b.steward().post(body, http.Header{"Accept": {"application/graphql-response+json"}, "Content-Type": {"application/json; charset=UTF-8"}}).good()
	if kind := r.header.Get("Content-Type"); !strings.HasPrefix(kind, "application/graphql-response+json") {
		t.Errorf("%s", kind)
	}
}

func TestG23OperationName(t *testing.T) {
	b := newBooks(t, "", Options{})
	ada := b.steward()
	send := func(query string, name any) *reply {
		body, err := json.Marshal(map[string]any{"query": query, "operationName": name})
		if err != nil {
			t.Fatal(err)
		}
		return ada.post(body, nil)
	}
	const two = "query a { actions { id } } query b { actions { label } }"
	send(two, nil).refused("OPERATION_NAME")
	send(two, "").refused("OPERATION_NAME")
	send(two, "c").refused("OPERATION_NAME")
	send("{ actions { id } }", "a").refused("OPERATION_NAME")
	send("query a { actions { id } } query a { actions { label } }", "a").refused("OPERATION_NAME")
	if label := send(two, "b").good().text("actions.0.label"); label != "produce" {
		t.Errorf("%s", label)
	}
}
