package node

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"disconode/valueflows"
)

// Of three offers of onions one is as much as is wanted, one a part of it, and
// one nobody has published: 50 + 20 and 50 + 10 points. When the first is taken
// the second is left, and the request itself is no offer.
func TestPlanningMatches(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		onions := b.specification("onions")
		intent := func(provider, receiver valueflows.ID, quantity string, publish bool) valueflows.ID {
			id := made(t, b.ctx, b.node, valueflows.Intent{Planned: valueflows.Planned{Action: "transfer", Provider: provider, Receiver: receiver, ResourceConformsTo: onions, ResourceQuantity: kg(quantity)}})
			if publish {
				made(t, b.ctx, b.node, valueflows.Proposal{Publishes: []valueflows.ID{id}})
			}
			return id
		}
		farm := b.organization("Farm")
		wanted := intent(valueflows.ID{}, b.lab, "6", true)
		part := intent(b.organization("Garden"), valueflows.ID{}, "2", true)
		all := intent(farm, valueflows.ID{}, "10", true)
		intent(b.organization("Field"), valueflows.ID{}, "10", false)
		match := func(of valueflows.ID, limit int) []string {
			t.Helper()
			found, err := b.node.Matches(b.ctx, of, limit)
			if err != nil {
				t.Fatal(err)
			}
			var lines []string
			for _, m := range found {
				name := map[valueflows.ID]string{part: "part", all: "all", wanted: "wanted"}[m.Intent]
				line := fmt.Sprintf("%s %d %s", name, m.Score, m.Quantity.HasNumericalValue)
				for _, why := range m.Reasons {
					line += " " + string(why.Code)
				}
				lines = append(lines, line)
			}
			return lines
		}
		look := func(what string, got []string, want ...string) {
			t.Helper()
			if !slices.Equal(got, want) {
				t.Errorf("%s: %v, want %v", what, got, want)
			}
		}
		look("the request", match(wanted, 0), "all 70 6 SAME_SPECIFICATION ALL_OF_IT", "part 60 2 SAME_SPECIFICATION PART_OF_IT")
		look("one of them", match(wanted, 1), "all 70 6 SAME_SPECIFICATION ALL_OF_IT")
		look("an offer", match(part, 0), "wanted 60 2 SAME_SPECIFICATION PART_OF_IT")
		b.promised(valueflows.Commitment{Planned: valueflows.Planned{Action: "transfer", Provider: farm, Receiver: b.organization("Other"), ResourceConformsTo: onions, ResourceQuantity: kg("10")}, Satisfies: []valueflows.ID{all}})
		look("what is left", match(wanted, 0), "part 60 2 SAME_SPECIFICATION PART_OF_IT")
		if _, err := b.node.Matches(AsPartner(t.Context(), b.lab), wanted, 0); !errors.Is(err, ErrNotFound) {
			t.Errorf("a partner: %v", err)
		}
	})
}
