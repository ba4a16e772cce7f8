package planning

import (
	"strings"
	"testing"

	"disconode/valueflows"
)

// Which process or exchange 1 bucket comes from, and what is noted. Buckets are
// made and then tested, or bought; the old press and the works of the town make
// them ready for use.
func TestChoice(t *testing.T) {
	workflow := func(b *Books) {
		b.process("make", "1 hour", nil, []string{"produce 1 one bucket"})
		b.process("test", "1 hour", []string{"accept 1 one bucket/make"}, []string{"modify 1 one bucket//pass"})
	}
	bought := func(b *Books) { b.exchange("buy", []string{"transfer 1 one bucket"}, nil) }
	others := func(b *Books) {
		b.process("press", "1 hour", nil, []string{"produce 2 one bucket"})
		b.process("works", "1 hour", nil, []string{"produce 1 one bucket", "produce 1 one lid"})
		b.Recipes = append(b.Recipes,
			&valueflows.Recipe{Record: valueflows.Record{ID: id("in town")}, RecipeIncludes: []ID{id("works")}},
			&valueflows.Recipe{Record: valueflows.Record{ID: id("at home")}, RecipeIncludes: []ID{id("press"), id("works")}})
	}
	choose := func(what string) func(*Request) {
		return func(r *Request) { r.Choose = map[ID]ID{id("bucket"): id(what)} }
	}
	with := func(recipes ...string) func(*Request) {
		return func(r *Request) {
			for _, recipe := range recipes {
				r.Recipes = append(r.Recipes, id(recipe))
			}
		}
	}
	same := func(*Request) {}
	tests := []struct {
		name   string
		books  []func(*Books)
		wanted string
		change func(*Request)
		want   string
	}{
		{"nobody knows how", nil, "1 one bucket", same, "NO_RECIPE"},
		{"the end of the workflow", []func(*Books){workflow}, "1 one bucket", same, "test make"},
		{"as it comes from the making", []func(*Books){workflow}, "1 one bucket/make", same, "make"},
		{"chosen untested", []func(*Books){workflow}, "1 one bucket", choose("make"), "make"},
		{"that passed, though making was chosen", []func(*Books){workflow}, "1 one bucket//pass", choose("make"), "test make"},
		{"in a state that no recipe brings", []func(*Books){workflow}, "1 one bucket//red", same, "NO_RECIPE"},
		{"bought", []func(*Books){bought}, "1 one bucket", same, "NOBODY"},
		{"rather made than bought", []func(*Books){workflow, bought}, "1 one bucket", same, "test make"},
		{"chosen to be bought", []func(*Books){workflow, bought}, "1 one bucket", choose("buy"), "NOBODY"},
		{"two ways: the first by id, with a note", []func(*Books){others}, "1 one bucket", same, "press SEVERAL_RECIPES"},
		{"two ways, one chosen", []func(*Books){others}, "1 one bucket", choose("works"), "works"},
		{"what does not make it is chosen", []func(*Books){others}, "1 one bucket", choose("nothing"), "press UNKNOWN_RECIPE SEVERAL_RECIPES"},
		{"a recipe decides", []func(*Books){others}, "1 one bucket", with("in town"), "works"},
		{"the first recipe leaves two, the second decides", []func(*Books){others}, "1 one bucket", with("at home", "in town"), "works"},
		{"a recipe that does not make it", []func(*Books){workflow, others}, "1 one bucket/press", with("in town"), "press"},
		{"counted otherwise", []func(*Books){others}, "1 kilogram bucket", same, "NO_RECIPE OTHER_UNIT"},
	}
	for _, test := range tests {
		var b Books
		for _, add := range test.books {
			add(&b)
		}
		words := strings.Fields(test.wanted)
		r := Request{Demands: []Demand{demand(words[2], words[0]+" "+words[1], "2026-03-01T12:00Z")}}
		test.change(&r)
		d := drafted(t, r, b)
		var got []string
		for _, p := range d.Processes {
			got = append(got, p.Name)
		}
		for _, s := range d.Shortages {
			got = append(got, string(s.Reason))
		}
		for _, n := range d.Notes {
			got = append(got, string(n.Code))
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%s: %s, want %s", test.name, strings.Join(got, " "), test.want)
		}
	}
}
