package graph

import (
	"flag"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"disconode/node/store/storetest"
)

var update = flag.Bool("update", false, "accept what the tests find as what they expect")

const manualPage = "../docs/API.md"

// manualNow is when it is in the story of the manual, from its beginning to its end.
var manualNow = time.Date(2026, 6, 15, 20, 0, 0, 0, time.UTC)

// example is one GraphQL document of the manual, or a command.
type example struct {
	query   string
	command []string    // in place of a query, what stands on the command line
	names   [][2]string // the variables that the document's comments tell of, and what each is
	refused bool        // the document's comment says that it is refused
	// answer is where the page has the text of what came back, from and to; 0 and 0
	// where it shows none.
	answer [2]int
}

var (
	exampleBlock = regexp.MustCompile("(?ms)^```(?:graphql|sh)\n(.*?)^```\n(?:\n```(?:json|csv)\n(.*?)^```\n)?")
	nameLine     = regexp.MustCompile(`(?m)^# \$(\w+) is (\S+)$`)
	refusedLine  = regexp.MustCompile(`(?m)^# It is refused\.$`)
	ledgerLine   = regexp.MustCompile(`^disconode ledger --lab freedom-farms --from (\S+) --to (\S+)\n$`)
	uuidText     = regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`)
)

// examples are the documents of the manual and the command that it shows the
// answer of, in the order of the page.
func examples(t testing.TB) (page string, all []example) {
	t.Helper()
	text, err := os.ReadFile(manualPage)
	if err != nil {
		t.Fatal(err)
	}
	page = string(text)
	for _, at := range exampleBlock.FindAllStringSubmatchIndex(page, -1) {
		e := example{query: page[at[2]:at[3]]}
		if at[4] >= 0 {
			e.answer = [2]int{at[4], at[5]}
		}
		if strings.HasPrefix(page[at[0]:], "```sh") {
			if e.command = ledgerLine.FindStringSubmatch(e.query); e.command == nil {
				continue
			}
		}
		e.refused = refusedLine.MatchString(e.query)
		for _, line := range nameLine.FindAllStringSubmatch(e.query, -1) {
			e.names = append(e.names, [2]string{line[1], line[2]})
		}
		all = append(all, e)
	}
	return page, all
}

// operation is the one operation of the document, checked against the schema.
func (e example) operation(t testing.TB) *ast.OperationDefinition {
	t.Helper()
	doc, problems := gqlparser.LoadQueryWithRules(ourSchema(), e.query, rules.NewDefaultRules())
	if problems != nil || len(doc.Operations) != 1 {
		t.Fatalf("%v\n%s", problems, e.query)
	}
	return doc.Operations[0]
}

// The manual's documents run in the order of the page, from empty books on, and
// what it shows came back, on both databases. -update writes what came back.
//
// Its figures by hand. A box by the recipe: 2 kg at 2 and 0.25 h at 20 make 9. In
// fact: 58.5 kg of collards took 6.5 h, so a kilogram 1/9 h, at 20 an hour 2.22;
// ten boxes took 20 kg and 3 h, 44.44 and 60, so 104.44, or 10.44 a box; in hours
// (20/9 + 3) / 10 = 0.5222. Of the claim of 120, 80 are 66.7 %. Nine of ten boxes
// and all the money are (90 + 100) / 2 = 95 %. Money: 120 came; 30 that were due
// and 72 to come make 222 at the end of June; less 200 for seeds, 22. Collards:
// 58.5 made, 3 found, 20 used, so 41.5 of the 60 that 30 market boxes take: 18.5
// are short. Washing takes 2 h, labels 1, filling 1, all by 17:00: filling begins
// at 16:00, washing at 14:00, and the labels can begin then and must at 15:00. The
// collards come 0.5 h late: washing ends at 16:30, filling at 17:30. What fits gets
// 50 for the specification, 20 for all of it, 10 for the time and 10 for being
// asked by name.
func TestManualRuns(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		_, nia := manual(t, dsn)
		page, all := examples(t)
		if len(all) < 20 {
			t.Fatalf("only %d examples", len(all))
		}
		var told strings.Builder
		from, shown := 0, 0
		for _, e := range all {
			answer := nia.follow(e)
			if e.answer[1] == 0 {
				continue
			}
			shown++
			told.WriteString(page[from:e.answer[0]] + answer)
			from = e.answer[1]
			if have := page[e.answer[0]:e.answer[1]]; have != answer && !*update {
				t.Errorf("the page shows what does not come back (-update writes what does):\n%s\nwhat came back:\n%s", have, answer)
			}
		}
		if shown < 15 {
			t.Errorf("only %d answers are shown", shown)
		}
		if told.WriteString(page[from:]); *update && !t.Failed() {
			if err := os.WriteFile(manualPage, []byte(told.String()), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	})
}
