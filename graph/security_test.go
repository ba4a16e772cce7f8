package graph

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"disconode/node"
	"disconode/node/store/storetest"
	"disconode/valueflows"
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

// Of what a page may be, the gate's table speaks; here the answer is a page.
func TestG14PagesAreBounded(t *testing.T) {
	b := newBooks(t, "", Options{})
	ada := b.steward()
	for query, want := range map[string]int{
		"{ units { edges { cursor } pageInfo { pageLimit } } }":                           50,
		"{ units(first: null) { edges { cursor } pageInfo { pageLimit } } }":              50,
		"{ units(first: 100) { edges { cursor } pageInfo { pageLimit } } }":               100,
		"{ units(last: 3) { edges { cursor } pageInfo { pageLimit } } }":                  3,
		"query($n: Int) { units(first: $n) { edges { cursor } pageInfo { pageLimit } } }": 50,
	} {
		r := ada.ask(query, nil).good()
		if n := r.count("units.edges"); n != want || r.at("units.pageInfo.pageLimit") != float64(want) {
			t.Errorf("%s: %d, limit %v", query, n, r.at("units.pageInfo.pageLimit"))
		}
	}
	for _, n := range []any{0, -1, 101, 1 << 31, json.Number("9223372036854775808"), 1.5, "10", true, []int{1}} {
		ada.ask("query($n: Int) { units(first: $n) { edges { cursor } } }", vars{"n": n}).refused("INVALID_PAGE", "first")
	}
}

func TestG15NestedPages(t *testing.T) {
	hostile(t, "QUERY_TOO_COSTLY",
		`{ agents(first: 100) { edges { node { economicEvents(first: 100) { edges { node { provider { processes(first: 100) { edges { node { id } } } } } } } } } } }`)
}

// A cursor is good for one list, with one filter, in one LAB's books.
func TestG16Cursors(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		ada := b.steward()
		farm := ada.organization("Farm")
		for _, name := range []string{"a", "b", "c"} {
			ada.organization("Household " + name)
		}
		ada.ask("{ agents(first: 1, last: 1) { edges { cursor } } }", nil).refused("INVALID_PAGE")

		const page = `query($after: String, $f: AgentFilterParams) { agents(first: 2, after: $after, filter: $f) { edges { cursor node { id } } pageInfo { endCursor hasNextPage hasPreviousPage startCursor totalCount } } }`
		first := ada.ask(page, nil).good()
		end := first.text("agents.pageInfo.endCursor")
		second := ada.ask(page, vars{"after": end}).good()
		if first.at("agents.edges.1.node.id") == second.at("agents.edges.0.node.id") || second.at("agents.pageInfo.hasPreviousPage") != true {
			t.Error("the second page does not follow the first")
		}
		if first.at("agents.edges.1.cursor") != end || first.at("agents.edges.0.cursor") != first.at("agents.pageInfo.startCursor") || first.at("agents.pageInfo.totalCount") != nil {
			t.Errorf("the page's ends: %v", first.at("agents.pageInfo"))
		}
		edited := "A" + end[1:]
		if edited == end {
			edited = "B" + end[1:]
		}
		for _, cursor := range []string{"", "x", edited, end + "A", end[:len(end)-2], "AAAAAAAAAAAAAAAAAAAAAAAAAAA", "%00", "１２"} {
			ada.ask(page, vars{"after": cursor}).refused("INVALID_CURSOR", "after")
		}
		ada.ask(page, vars{"after": end, "f": vars{"searchString": "Household"}}).refused("INVALID_CURSOR", "after")
		ada.ask(`query($after: String) { organizations(after: $after) { edges { cursor } } }`, vars{"after": end}).refused("INVALID_CURSOR", "after")
		ada.ask(`query($id: ID!, $after: String) { agent(id: $id) { economicEvents(after: $after) { edges { cursor } } } }`, vars{"id": farm, "after": end}).refused("INVALID_CURSOR", "after")

		other := b.of(b.newLab("Trucking", "trucks"), "Ada of trucks", node.Steward)
		other.ask(page, vars{"after": end}).refused("INVALID_CURSOR", "after")
	})
}

// Every page of a list, walked forwards and backwards, is the whole list once.
func TestG16PagesMeet(t *testing.T) {
	b := newBooks(t, "", Options{})
	ada := b.steward()
	for i := range 7 {
		ada.organization(fmt.Sprint("Household ", i))
	}
	whole := ada.ask(`{ agents { edges { node { id } } } }`, nil).good()
	total := whole.count("agents.edges")
	for _, way := range []struct{ query, more, cursor string }{
		{`query($c: String) { agents(first: 2, after: $c) { edges { node { id } } pageInfo { endCursor hasNextPage } } }`, "hasNextPage", "endCursor"},
		{`query($c: String) { agents(last: 2, before: $c) { edges { node { id } } pageInfo { startCursor hasPreviousPage } } }`, "hasPreviousPage", "startCursor"},
	} {
		seen := map[any]bool{}
		for c, more := any(nil), true; more; {
			r := ada.ask(way.query, vars{"c": c}).good()
			for i := range r.count("agents.edges") {
				seen[r.at(fmt.Sprintf("agents.edges.%d.node.id", i))] = true
			}
			c, more = r.at("agents.pageInfo."+way.cursor), r.at("agents.pageInfo."+way.more) == true
		}
		if len(seen) != total {
			t.Errorf("%s: %d of %d", way.more, len(seen), total)
		}
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

// A panic of a resolver is one general error: what it was is in the log alone,
// and the node goes on.
func TestG29Panic(t *testing.T) {
	var log strings.Builder
	b := newBooks(t, "", Options{
		Log: slog.New(slog.NewTextHandler(&log, nil)),
		fault: func(object, field string) {
			if object+"."+field == "Query.myAgent" {
				panic("a secret of the inside")
			}
		},
	})
	ada := b.steward()
	r := ada.ask("{ myAgent { id } actions { id } }", nil).refused(internalCode)
	if text := fmt.Sprint(r.Errors); strings.Contains(text, "secret") || strings.Contains(text, ".go") {
		t.Errorf("the answer tells %s", text)
	}
	if n := r.count("actions"); n != 19 {
		t.Errorf("the other field: %d actions", n)
	}
	if !strings.Contains(log.String(), "a secret of the inside") || !strings.Contains(log.String(), "Query.myAgent") || !strings.Contains(log.String(), "security_test.go") {
		t.Errorf("the log does not tell what and where: %s", log.String())
	}
	ada.ask("{ units(first: 1) { edges { node { label } } } }", nil).good()
}

// An error that nobody foresaw tells nothing: a database that is gone, here.
func TestG30NothingOfTheInside(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		ada := b.steward()
		ada.organization("Farm")
		b.node.Close()
		for _, query := range []string{"{ economicEvents { edges { node { id } } } }", "{ agents { edges { node { name } } } }", `mutation { createUnit(unit: {label: "bunch", symbol: "bunch"}) { unit { id } } }`} {
			r := ada.ask(query, nil) // every answer is searched for words of the inside
			if len(r.Errors) == 0 {
				t.Errorf("%s was answered without a database", query)
			}
		}
	})
}

// Where SQL itself fails, the answer says so in one general sentence, and the
// log has the reason.
func TestG30NothingOfSQL(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		var log strings.Builder
		b := newBooks(t, dsn, Options{Log: slog.New(slog.NewTextHandler(&log, nil))})
		ada := b.steward()
		farm := ada.organization("Farm")
		b.damage("economic_event", "agent", "process", "unit", "spatial_thing")
		for _, query := range []string{
			"{ economicEvents { edges { node { id } } } }",
			"{ agents { edges { node { name } } } }",
			"{ contributions(groupBy: [AGENT]) { events } }",
			`{ process(id: "` + farm + `") { name } }`,
			`mutation { createSpatialThing(spatialThing: {name: "Hill"}) { spatialThing { id } } }`,
			`mutation { createUnit(unit: {label: "bunch", symbol: "bunch"}) { unit { id } } }`,
			`mutation { deleteOrganization(id: "` + farm + `") }`,
		} {
			log.Reset()
			r := ada.ask(query, nil).refused(internalCode)
			if r.Errors[0].Message != internalText {
				t.Errorf("%s is answered %q", query, r.Errors[0].Message)
			}
			if !strings.Contains(log.String(), "gone_") && !strings.Contains(log.String(), "exist") && !strings.Contains(log.String(), "no such table") {
				t.Errorf("%s: the log has no reason: %s", query, log.String())
			}
		}
	})
}

// damage takes tables away from under the node.
func (b *books) damage(tables ...string) {
	b.t.Helper()
	driver, dsn := "postgres", b.dsn
	if dsn == "" {
		driver, dsn = "sqlite", filepath.Join(b.dir, "node.sqlite")
	}
	db, err := sql.Open(driver, dsn)
	if err != nil {
		b.t.Fatal(err)
	}
	defer db.Close()
	for _, table := range tables {
		if _, err := db.Exec("ALTER TABLE " + table + " RENAME TO gone_" + table); err != nil {
			b.t.Fatal(err)
		}
	}
}

// What is another LAB's answers as what is nobody's, whichever way it is asked for.
func TestA02AnotherLabsRecords(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		ada := b.steward()
		farm := ada.organization("Farm")
		collards := ada.kind("Collards")
		lot := ada.stock(farm, collards, "10", kilogram)
		process := ada.process("Grow")
		event := ada.record(vars{"action": "lower", "provider": farm, "receiver": farm, "resourceInventoriedAs": lot, "resourceQuantity": of("1", kilogram)}).good().text("createEconomicEvent.economicEvent.id")
		place := ada.ask(`mutation { createSpatialThing(spatialThing: {name: "Hill"}) { spatialThing { id } } }`, nil).good().text("createSpatialThing.spatialThing.id")
		code := ada.ask(`mutation { createBatchLotRecord(batchLotRecord: {batchLotCode: "L1"}) { batchLotRecord { id } } }`, nil).good().text("createBatchLotRecord.batchLotRecord.id")

		trucks := b.newLab("Trucking", "trucks")
		other := b.of(trucks, "Ada of trucks", node.Steward)
		nobody := valueflows.IDOf("https://nowhere.example/x").String()
		one := func(field, id string) []problem {
			return other.ask(`query($id: ID!) { `+field+`(id: $id) { id } }`, vars{"id": id}).refused("NOT_FOUND").Errors
		}
		for field, id := range map[string]string{"agent": farm, "organization": farm, "economicResource": lot, "economicEvent": event, "process": process, "spatialThing": place, "batchLotRecord": code} {
			if hidden, missing := fmt.Sprint(one(field, id)), fmt.Sprint(one(field, nobody)); hidden != missing {
				t.Errorf("%s: %s where it is hidden, %s where it is missing", field, hidden, missing)
			}
		}
		// in filters, lists, sums
		for _, query := range []string{
			`query($a: [ID!], $r: [ID!]) { economicEvents(filter: {providerId: $a, resource: $r}) { edges { cursor } } }`,
			`query($a: [ID!], $r: [ID!]) { economicResources(filter: {primaryAccountable: $a, conformsTo: $r}) { edges { cursor } } economicEvents(filter: {resource: $r, providerId: $a}) { edges { cursor } } }`,
		} {
			r := other.ask(query, vars{"a": farm, "r": lot}).good()
			for field := range r.Data {
				if n := r.count(field + ".edges"); n != 0 {
					t.Errorf("%s shows %d records of another LAB", field, n)
				}
			}
		}
		r := other.ask(`query($a: [ID!]) { contributions(agent: $a, groupBy: [AGENT]) { events } all: contributions(groupBy: [ACTION]) { events } }`, vars{"a": farm}).good()
		if r.count("contributions") != 0 || r.count("all") != 0 {
			t.Errorf("contributions tell of another LAB: %v", r.Data)
		}
		other.ask(`query($lab: ID!) { contributions(lab: $lab, groupBy: []) { events } }`, vars{"lab": b.lab.String()}).refused("UNKNOWN_REFERENCE", "lab")
		// by a specification, which all LABs read, to what each has of it
		r = other.ask(`query($id: ID!) { resourceSpecification(id: $id) { conformingResources { edges { cursor } } economicEvents { edges { cursor } } } }`, vars{"id": collards}).good()
		if r.count("resourceSpecification.conformingResources.edges") != 0 || r.count("resourceSpecification.economicEvents.edges") != 0 {
			t.Errorf("a specification shows another LAB's: %v", r.Data)
		}
		// in what is recorded, changed, deleted
		truck := other.organization("Truck")
		before := ada.onhand(lot)
		other.record(vars{"action": "lower", "provider": truck, "receiver": truck, "resourceInventoriedAs": lot, "resourceQuantity": of("1", kilogram)}).refused("UNKNOWN_REFERENCE", "event.resourceInventoriedAs")
		other.record(vars{"action": "raise", "provider": farm, "receiver": farm, "resourceConformsTo": collards, "resourceQuantity": of("1", kilogram)}).refused("UNKNOWN_REFERENCE", "event.provider")
		other.ask(`mutation($id: ID!) { updateEconomicResource(resource: {id: $id, note: "mine"}) { economicResource { id } } }`, vars{"id": lot}).refused("NOT_FOUND")
		other.ask(`mutation($id: ID!) { deleteProcess(id: $id) }`, vars{"id": process}).refused("NOT_FOUND")
		other.ask(`mutation($id: ID!) { deleteOrganization(id: $id) }`, vars{"id": farm}).refused("NOT_FOUND")
		if after := ada.onhand(lot); after != before {
			t.Errorf("another LAB changed the stock from %s to %s", before, after)
		}
	})
}

// Nobody says in an input who recorded something, in which books, or what a
// stock comes to: the inputs have no such fields.
func TestA04NoSuchInput(t *testing.T) {
	b := newBooks(t, "", Options{})
	ada := b.steward()
	farm := ada.organization("Farm")
	collards := ada.kind("Collards")
	forbidden := []string{"recordedBy", "recorded", "books", "lab", "role", "revision", "position", "stub", "overdraw", "scrapOf", "iri", "id"}
	for _, field := range forbidden {
		ada.record(vars{"action": "raise", "provider": farm, "receiver": farm, "resourceConformsTo": collards, "resourceQuantity": of("1", kilogram), field: farm}).refused("INVALID_VARIABLE", "event."+field)
	}
	for _, field := range append(forbidden, "accountingQuantity", "onhandQuantity", "primaryAccountable", "custodian", "currentLocation", "stage", "state") {
		ada.recordNew(vars{"action": "raise", "provider": farm, "receiver": farm, "resourceQuantity": of("1", kilogram)}, vars{"conformsTo": collards, field: farm}).refused("INVALID_VARIABLE", "new."+field)
	}
	for _, d := range ours(ourSchema()) {
		if !d.IsInputType() {
			continue
		}
		for _, f := range d.Fields {
			switch f.Name {
			case "recordedBy", "recorded", "books", "lab", "role", "position", "stub", "overdraw", "scrapOf", "accountingQuantity", "onhandQuantity":
				t.Errorf("%s.%s", d.Name, f.Name)
			}
		}
	}
}

// An event is never changed nor deleted, but for its note.
func TestA08EventsStay(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		ada := b.steward()
		farm := ada.organization("Farm")
		lot := ada.stock(farm, ada.kind("Collards"), "10", kilogram)
		r := ada.record(vars{"action": "lower", "provider": farm, "receiver": farm, "resourceInventoriedAs": lot, "resourceQuantity": of("3", kilogram)}).good()
		event, revision := r.text("createEconomicEvent.economicEvent.id"), r.text("createEconomicEvent.economicEvent.revisionId")

		schema := ourSchema()
		for _, f := range schema.Mutation.Fields {
			if f.Name == "deleteEconomicEvent" || f.Name == "deleteEconomicResource" {
				t.Errorf("there is %s", f.Name)
			}
		}
		for _, mutation := range []string{"deleteProcess", "deleteUnit", "deleteOrganization", "deleteSpatialThing", "deleteBatchLotRecord", "deletePerson", "deleteResourceSpecification"} {
			ada.ask(`mutation($id: ID!) { `+mutation+`(id: $id) }`, vars{"id": event}).refused("NOT_FOUND")
			ada.ask(`mutation($id: ID!) { `+mutation+`(revisionId: $id) }`, vars{"id": revision}).refused("NOT_FOUND")
		}
		const update = `mutation($e: EconomicEventUpdateParams!) { updateEconomicEvent(event: $e) { economicEvent { id note revisionId meta { previousRevisionsCount } } } }`
		ada.ask(update, vars{"e": vars{"id": event, "resourceQuantity": of("1", kilogram)}}).refused("INVALID_VARIABLE", "e.resourceQuantity")
		ada.ask(update, vars{"e": vars{"id": event, "agreedIn": "https://elsewhere.example/"}}).refused("IMMUTABLE", "event.agreedIn")
		ada.ask(update, vars{"e": vars{"id": event, "triggeredBy": event}}).refused("IMMUTABLE", "event.triggeredBy")
		r = ada.ask(update, vars{"e": vars{"revisionId": revision, "note": "spoiled"}}).good()
		if r.text("updateEconomicEvent.economicEvent.note") != "spoiled" || r.at("updateEconomicEvent.economicEvent.meta.previousRevisionsCount") != 1.0 {
			t.Errorf("the note: %v", r.Data)
		}
		ada.ask(update, vars{"e": vars{"revisionId": revision, "note": "eaten"}}).refused("STALE")

		ada.record(vars{"action": "lower", "provider": farm, "receiver": farm, "resourceInventoriedAs": lot, "resourceQuantity": of("-2", kilogram), "corrects": event}).good()
		if left := ada.onhand(lot); left != "9" {
			t.Errorf("%s kg are left, want 9: 10 - 3 + 2", left)
		}
		if wrong, err := b.node.Verify(t.Context()); err != nil || len(wrong) > 0 {
			t.Errorf("verify: %v %v", wrong, err)
		}
	})
}
