package ledger

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"disconode/valueflows"
)

// toldRows writes rows for comparison, in the order of their names.
func toldRows(rows []Row) (lines []string) {
	for _, r := range rows {
		line := fmt.Sprintf("%s %s", name(r.Specification), name(r.Unit))
		for _, part := range []struct {
			word string
			d    valueflows.Decimal
		}{{"received", r.Received}, {"made", r.Made}, {"given", r.Given}, {"used", r.Used}, {"adjusted", r.Adjusted}, {"net", r.Net}, {"uncounted", r.Uncounted}} {
			if part.d.Sign() != 0 {
				line += " " + part.word + " " + part.d.String()
			}
		}
		if r.Service {
			line += " service"
		}
		lines = append(lines, line)
	}
	slices.Sort(lines)
	return lines
}

// What the season was to the farm, to the shop, to both, and in two days. Of the
// farm's money 30 + 6 − 8 = 28, 6 of it on no account. What the shop got is on
// no resource of the shop's. Between farm and shop nothing was given; but what
// left the shed for the shop, and the money that came from there, were on no
// resource of theirs before or after.
func TestStatementFarm(t *testing.T) {
	l := farm(t).ledger()
	tests := []struct {
		what        string
		agents      []string
		from, until string
		want        string
	}{
		{"the farm", []string{"farm"}, "2026-05-01", "2026-06-01", `
			dollar one received 36 given 8 net 28 uncounted 6
			picking one received 3 net 3 uncounted 3 service
			tomato kilogram made 18.5 given 12 used 4 adjusted 10 net 12.5`},
		{"the shop", []string{"shop"}, "2026-05-01", "2026-06-01", `
			dollar one given 36 net -36 uncounted -36
			tomato kilogram received 12 net 12 uncounted 12`},
		{"both", []string{"farm", "shop"}, "2026-05-01", "2026-06-01", `
			dollar one given 8 net -8 uncounted -30
			picking one received 3 net 3 uncounted 3 service
			tomato kilogram made 18.5 used 4 adjusted 10 net 24.5 uncounted 12`},
		{"two days", []string{"farm"}, "2026-05-03", "2026-05-05", `
			tomato kilogram made -2 used 4 net -6`},
	}
	for _, test := range tests {
		var agents []valueflows.ID
		for _, name := range test.agents {
			agents = append(agents, named(name))
		}
		rows, err := l.Statement(agents, day(test.from), day(test.until))
		if err != nil {
			t.Fatal(err)
		}
		is(t, test.what, toldRows(rows), test.want)
	}
}

// What goes without saying where an event is between two: what the mill makes
// into the farm's store is made and given by the mill and received by the farm;
// what the farm uses up of the mill's is given, received and used; a copy is made.
// Hauling is a service, and custody is neither.
func TestStatementImplied(t *testing.T) {
	b := newBooks(t)
	b.stock("store", "flour", "farm", kilogram)
	b.stock("shed", "flour", "mill", kilogram)
	b.stock("novel", "book", "mill", valueflows.One)
	b.all(`
		2026-05-01 mill mill raise 50 of shed
		2026-05-02 mill farm produce 20 of shed into store from milling
		2026-05-03 mill farm consume 5 of shed into store in baking
		2026-05-04 mill farm pickup 10 of shed into store in carrying
		2026-05-05 mill mill copy 2 of book into novel
		2026-05-06 mill farm deliverService 1 of hauling`)
	l := b.ledger()
	for who, want := range map[string]string{
		"mill": `
			book one made 2 net 2
			flour kilogram made 20 given 25 adjusted 50 net 45
			hauling one given 1 net -1 uncounted -1 service`,
		"farm": `
			flour kilogram received 25 used 5 net 20
			hauling one received 1 net 1 uncounted 1 service`,
	} {
		rows, err := l.Statement([]valueflows.ID{named(who)}, 0, 0)
		if err != nil {
			t.Fatal(err)
		}
		is(t, who, toldRows(rows), strings.TrimSpace(want))
	}
}
