package graph

import (
	"encoding/json"
	"fmt"
	"testing"

	"disconode/node"
)

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
