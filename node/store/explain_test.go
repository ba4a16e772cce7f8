package store

import (
	"context"
	"encoding/binary"
	"fmt"
	"math/rand"
	"regexp"
	"slices"
	"strings"
	"testing"

	"disconode/node/store/storetest"
	"disconode/valueflows"
)

// many are how many of each class a large set of books has, of which one in ten
// are in another LAB's.
const (
	manyAgents, manySpecifications, manyStages, manyPlaces, manyLots       = 40, 20, 8, 8, 40
	manyPlans, manyAgreements, manyBundles, manyLists                      = 150, 300, 20, 20
	manyProcesses, manyResources, manyIntents, manyCommitments, manyClaims = 1200, 1200, 1500, 2000, 1200
	manyProposals, manyEvents, manyRecipes                                 = 1200, 4000, 200
)

// numbered is the id of the nth record of a class, from 0.
func numbered(class byte, n int) valueflows.ID {
	of := valueflows.ID{0: class}
	binary.BigEndian.PutUint32(of[12:], uint32(n)+1)
	return of
}

// large fills books with records that name each other at random, always the
// same, and has the database count them.
func large(t *testing.T, s *Store) {
	t.Helper()
	random := rand.New(rand.NewSource(1))
	position := int64(0)
	record := func(class byte, n int) valueflows.Record {
		position++
		lab := id(1)
		if n%10 == 9 {
			lab = id(2)
		}
		of := numbered(class, n)
		return valueflows.Record{ID: of, Books: lab, Revision: of, Position: position}
	}
	some := func(class byte, count int) valueflows.ID { return numbered(class, random.Intn(count)) }
	maybe := func(class byte, count int) (of valueflows.ID) {
		if random.Intn(3) == 0 {
			of = some(class, count)
		}
		return of
	}
	list := func(class byte, count int) []valueflows.ID {
		if random.Intn(3) > 0 {
			return nil
		}
		return []valueflows.ID{some(class, count)}
	}
	quantity := &valueflows.Measure{HasNumericalValue: valueflows.MustDecimal("1.5"), HasUnit: valueflows.One}
	moment := func() *valueflows.Time { return &valueflows.Time{Instant: valueflows.Instant(random.Int63n(1e15))} }
	planned := func() valueflows.Planned {
		p := valueflows.Planned{Action: "transfer", Provider: some('a', manyAgents), Receiver: some('a', manyAgents), PlannedWithin: maybe('p', manyPlans),
			ResourceConformsTo: some('s', manySpecifications), ResourceInventoriedAs: maybe('r', manyResources), Stage: maybe('g', manyStages), ResourceQuantity: quantity, Due: moment(),
			InScopeOf: list('a', manyAgents)}
		if random.Intn(2) == 0 {
			p.InputOf = some('x', manyProcesses)
		} else {
			p.OutputOf = some('x', manyProcesses)
		}
		return p
	}
	s.put(t, func(tx *Tx) {
		for n := range manyAgents {
			PutRow(tx, &valueflows.Agent{Record: record('a', n), Kind: valueflows.ClassOrganization, PrimaryLocation: maybe('h', manyPlaces)})
		}
		for n := range manyPlaces {
			PutRow(tx, &valueflows.SpatialThing{Record: record('h', n)})
		}
		for n := range manySpecifications {
			PutRow(tx, &valueflows.ResourceSpecification{Record: record('s', n)})
		}
		for n := range manyStages {
			PutRow(tx, &valueflows.ProcessSpecification{Record: record('g', n)})
		}
		for n := range manyLots {
			PutRow(tx, &valueflows.BatchLotRecord{Record: record('l', n)})
		}
		for n := range manyPlans {
			PutRow(tx, &valueflows.Plan{Record: record('p', n)})
		}
		for n := range manyBundles {
			PutRow(tx, &valueflows.AgreementBundle{Record: record('u', n)})
		}
		for n := range manyAgreements {
			PutRow(tx, &valueflows.Agreement{Record: record('m', n), BundledIn: maybe('u', manyBundles)})
		}
		for n := range manyProcesses {
			PutRow(tx, &valueflows.Process{Record: record('x', n), BasedOn: some('g', manyStages), PlannedWithin: maybe('p', manyPlans), InScopeOf: maybe('a', manyAgents)})
		}
		for n := range manyResources {
			PutRow(tx, &valueflows.EconomicResource{Record: record('r', n), ConformsTo: some('s', manySpecifications), PrimaryAccountable: some('a', manyAgents), Stage: maybe('g', manyStages),
				AccountingQuantity: quantity, OnhandQuantity: quantity, CurrentLocation: maybe('h', manyPlaces), OfBatchLot: maybe('l', manyLots)})
		}
		for n := range manyIntents {
			PutRow(tx, &valueflows.Intent{Record: record('i', n), Planned: planned()})
		}
		for n := range manyCommitments {
			PutRow(tx, &valueflows.Commitment{Record: record('c', n), Planned: planned(), Satisfies: list('i', manyIntents), ClauseOf: maybe('m', manyAgreements),
				ReciprocalClauseOf: maybe('m', manyAgreements), IndependentDemandOf: maybe('p', manyPlans)})
		}
		for n := range manyLists {
			PutRow(tx, &valueflows.ProposalList{Record: record('z', n), ProposedTo: list('a', manyAgents)})
		}
		for n := range manyProposals {
			PutRow(tx, &valueflows.Proposal{Record: record('o', n), Publishes: list('i', manyIntents), Reciprocal: list('i', manyIntents), ProposedTo: list('a', manyAgents),
				ListedIn: list('z', manyLists), EligibleLocation: maybe('h', manyPlaces), InScopeOf: list('a', manyAgents)})
		}
		for n := range manyRecipes {
			PutRow(tx, &valueflows.RecipeProcess{Record: record('y', n), ProcessConformsTo: some('g', manyStages)})
			PutRow(tx, &valueflows.RecipeExchange{Record: record('w', n)})
			PutRow(tx, &valueflows.Recipe{Record: record('q', n), PrimaryOutput: some('s', manySpecifications), RecipeIncludes: []valueflows.ID{numbered('y', n)}})
		}
		for n := range 6 * manyRecipes {
			PutRow(tx, &valueflows.RecipeFlow{Record: record('f', n), Action: "produce", ResourceConformsTo: some('s', manySpecifications), Stage: maybe('g', manyStages),
				RecipeInputOf: maybe('y', manyRecipes), RecipeOutputOf: maybe('y', manyRecipes), RecipeClauseOf: maybe('w', manyRecipes), RecipeReciprocalClauseOf: maybe('w', manyRecipes)})
		}
		for n := range manyEvents {
			at := moment()
			e := Event{EconomicEvent: valueflows.EconomicEvent{Record: record('e', n), Action: "transfer", Provider: some('a', manyAgents), Receiver: some('a', manyAgents),
				ResourceInventoriedAs: maybe('r', manyResources), ToResourceInventoriedAs: maybe('r', manyResources), ResourceConformsTo: maybe('s', manySpecifications),
				InputOf: maybe('x', manyProcesses), OutputOf: maybe('x', manyProcesses), ResourceQuantity: quantity, HasPointInTime: at,
				Fulfills: list('c', manyCommitments), Satisfies: list('i', manyIntents), Settles: list('k', manyClaims),
				RealizationOf: maybe('m', manyAgreements), ReciprocalRealizationOf: maybe('m', manyAgreements)},
				Happened: at.Instant, Specification: some('s', manySpecifications)}
			if n > 0 && n%20 == 0 {
				e.Corrects, e.Root = numbered('e', n-1), numbered('e', n-1)
			}
			PutRow(tx, &e)
		}
		for n := range manyClaims {
			PutRow(tx, &valueflows.Claim{Record: record('k', n), Action: "transfer", Provider: some('a', manyAgents), Receiver: some('a', manyAgents), TriggeredBy: some('e', manyEvents),
				ResourceConformsTo: some('s', manySpecifications), ResourceQuantity: quantity})
		}
	})
	if _, err := s.write.Exec("ANALYZE"); err != nil {
		t.Fatal(err)
	}
}

// asked is a statement of a reader, with what it was given.
type asked struct {
	reader, text string
	args         []any
}

// steps are those by which the database answers a statement.
func (s *Store) steps(t *testing.T, a asked) []string {
	t.Helper()
	explain := "EXPLAIN "
	if !s.dialect.shared {
		explain = "EXPLAIN QUERY PLAN "
	}
	tx, err := s.read.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	if s.dialect.shared { // some thousand rows are read as quickly without an index
		if _, err := tx.Exec("SET LOCAL enable_seqscan = off"); err != nil {
			t.Fatal(err)
		}
	}
	rows, err := tx.Query(s.dialect.rebind(explain+a.text), a.args...)
	if err != nil {
		t.Fatalf("%s: %v", a.reader, err)
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var step string
		into := []any{new(any), new(any), new(any), &step}
		if s.dialect.shared {
			into = into[3:]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		all = append(all, strings.TrimSpace(step))
	}
	return all
}

// The tables that are large, and the names that statements give to their rows.
const largeTables = "economic_event|commitment|intent|claim|proposal|process|economic_resource|recipe_flow|inverse|agreement"

var (
	sqliteScan   = regexp.MustCompile(`^SCAN (` + largeTables + `|e|f|v|o|t)\b`)
	sqliteLab    = regexp.MustCompile(`^SEARCH (` + largeTables + `) USING INDEX \w+ \(lab=\?\)$`)
	postgresScan = regexp.MustCompile(`Seq Scan on (` + largeTables + `)\b`)
)

// wholly tells which step reads the whole of a large table, or of a LAB's part of it.
func wholly(steps []string) string {
	for _, step := range steps {
		if sqliteScan.MatchString(step) || sqliteLab.MatchString(step) || postgresScan.MatchString(step) {
			return step
		}
	}
	return ""
}

// readers read some of large books: each list of what links to a record, and
// what planning, ledgers and cash flows are computed from.
func readers(t *testing.T, s *Store, ctx context.Context) {
	t.Helper()
	sight := Sight{Lab: id(1)}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	var reader string
	see := func(name string) context.Context {
		reader = name
		return context.WithValue(ctx, seeingKey{}, func(text string, args []any) {
			ctx.Value(seeingKey{}).(func(string, string, []any))(reader, text, args)
		})
	}
	agent, specification, stage := numbered('a', 3), numbered('s', 3), numbered('g', 3)
	by := map[Link]valueflows.ID{LinkParty: agent, LinkProvider: agent, LinkReceiver: agent, LinkScope: agent, LinkInScopeOf: agent, LinkProposedTo: agent, LinkPlansOf: agent,
		LinkProposalsOf: agent, LinkPrimaryAccountable: agent, LinkResourceConformsTo: specification, LinkConformsTo: specification, LinkPrimaryOutput: specification,
		LinkStage: stage, LinkBasedOn: stage, LinkProcessConformsTo: stage, LinkInputOf: numbered('x', 3), LinkOutputOf: numbered('x', 3), LinkInputs: numbered('x', 3),
		LinkOutputs: numbered('x', 3), LinkPlannedWithin: numbered('p', 3), LinkIndependentDemandOf: numbered('p', 3), LinkOfPlan: numbered('p', 3),
		LinkOfAgreement: numbered('m', 3), LinkClauses: numbered('m', 3), LinkClauseOf: numbered('m', 3), LinkReciprocalClauseOf: numbered('m', 3),
		LinkRealizationOf: numbered('m', 3), LinkReciprocalRealizationOf: numbered('m', 3), LinkBundledIn: numbered('u', 3), LinkFulfills: numbered('c', 3),
		LinkSatisfies: numbered('i', 3), LinkPublishes: numbered('i', 3), LinkReciprocal: numbered('i', 3), LinkPublishedFlow: numbered('i', 3), LinkSettles: numbered('k', 3),
		LinkTriggeredBy: numbered('e', 3), LinkCorrects: numbered('e', 3), LinkResourceInventoriedAs: numbered('r', 3), LinkToResourceInventoriedAs: numbered('r', 3),
		LinkContainedIn: numbered('r', 3), LinkOfBatchLot: numbered('l', 3), LinkCurrentLocation: numbered('h', 3), LinkEligibleLocation: numbered('h', 3),
		LinkListedIn: numbered('z', 3), LinkRecipeIncludes: numbered('y', 3), LinkRecipeInputOf: numbered('y', 3), LinkRecipeOutputOf: numbered('y', 3),
		LinkRecipeClauseOf: numbered('w', 3), LinkRecipeReciprocalClauseOf: numbered('w', 3)}
	lists[Event](t, s, see, sight, by, LinkParty, LinkProvider, LinkReceiver, LinkInputOf, LinkOutputOf, LinkInputs, LinkOutputs, LinkOfPlan, LinkOfAgreement, LinkRealizationOf,
		LinkReciprocalRealizationOf, LinkFulfills, LinkSatisfies, LinkSettles, LinkTriggeredBy, LinkCorrects, LinkResourceInventoriedAs, LinkToResourceInventoriedAs, LinkResourceConformsTo)
	lists[valueflows.Commitment](t, s, see, sight, by, LinkParty, LinkProvider, LinkReceiver, LinkScope, LinkInputOf, LinkOutputOf, LinkPlannedWithin, LinkIndependentDemandOf,
		LinkClauses, LinkClauseOf, LinkReciprocalClauseOf, LinkSatisfies, LinkResourceConformsTo, LinkResourceInventoriedAs, LinkStage)
	lists[valueflows.Intent](t, s, see, sight, by, LinkParty, LinkProvider, LinkReceiver, LinkScope, LinkInputOf, LinkOutputOf, LinkPlannedWithin, LinkResourceConformsTo, LinkResourceInventoriedAs)
	lists[valueflows.Claim](t, s, see, sight, by, LinkParty, LinkProvider, LinkReceiver, LinkTriggeredBy)
	lists[valueflows.Process](t, s, see, sight, by, LinkBasedOn, LinkInScopeOf, LinkPlannedWithin)
	lists[valueflows.Plan](t, s, see, sight, by, LinkPlansOf)
	lists[valueflows.Agreement](t, s, see, sight, by, LinkBundledIn)
	lists[valueflows.Proposal](t, s, see, sight, by, LinkProposalsOf, LinkProposedTo, LinkScope, LinkListedIn, LinkPublishedFlow, LinkPublishes, LinkEligibleLocation)
	lists[valueflows.EconomicResource](t, s, see, sight, by, LinkPrimaryAccountable, LinkConformsTo, LinkContainedIn, LinkStage, LinkOfBatchLot, LinkCurrentLocation)
	lists[valueflows.RecipeFlow](t, s, see, sight, by, LinkRecipeInputOf, LinkRecipeOutputOf, LinkRecipeClauseOf, LinkRecipeReciprocalClauseOf, LinkResourceConformsTo, LinkStage)

	year, end := valueflows.Instant(1e14), valueflows.Instant(9e14)
	_, err := List[Event](see("an agent's year"), s, sight, Filter{Provider: []valueflows.ID{agent}, From: &year, To: &end}, Page{First: 50})
	must(err)
	plans, processes := []valueflows.ID{numbered('p', 3), numbered('p', 4)}, []valueflows.ID{numbered('x', 3), numbered('x', 4)}
	_, err = Linked[valueflows.Process](see("a plan's processes"), s, sight, plans, LinkPlannedWithin)
	must(err)
	_, err = Linked[valueflows.Commitment](see("a plan's commitments"), s, sight, plans, LinkPlannedWithin, LinkIndependentDemandOf)
	must(err)
	_, err = Linked[valueflows.Intent](see("its processes' intents"), s, sight, processes, LinkInputOf, LinkOutputOf)
	must(err)
	promises := []valueflows.ID{numbered('c', 3), numbered('c', 4)}
	_, err = Related[valueflows.Commitment](see("promises fulfilled together"), s, sight, LinkFulfills, promises)
	must(err)
	_, err = s.Naming(see("what fulfils promises"), sight, LinkFulfills, promises)
	must(err)
	_, err = s.AgreedIn(see("claims under agreements"), sight, []valueflows.ID{agent}, []string{"https://books.example/agreement"})
	must(err)
	specifications := []valueflows.ID{specification}
	_, err = s.StockOf(see("stock"), id(1), agent, specifications)
	must(err)
	_, err = OpenFlows[valueflows.Commitment](see("open commitments"), s, id(1), specifications)
	must(err)
	_, err = OpenFlows[valueflows.Intent](see("open intents"), s, id(1), specifications)
	must(err)
	_, err = s.Published(see("offers of a kind"), sight, LinkProvider, specifications)
	must(err)
	_, err = s.Givers(see("who gave before"), id(1), agent, specifications)
	must(err)
	_, err = s.FlowsInto(see("flows into a resource"), sight, []valueflows.ID{numbered('r', 3)}, []valueflows.Action{"produce"}, 1000)
	must(err)
	_, err = s.FlowsOf(see("flows of a process"), sight, processes, 1000)
	must(err)

	from, until := valueflows.Instant(4e14), valueflows.Instant(4.1e14)
	kind := Cash{Specification: specification, Agents: []valueflows.ID{agent}}
	stocks := Cash{Resources: []valueflows.ID{numbered('r', 3)}}
	must(s.Snapshot(ctx, func(p *Snapshot) error {
		_, err := p.CashBefore(see("the opening of a cash flow of a kind"), sight, kind, from)
		must(err)
		_, err = p.CashEvents(see("a cash flow of a kind"), sight, kind, Span{From: &from, Until: &until}, 1000)
		must(err)
		_, err = p.CashEvents(see("a cash flow of resources"), sight, stocks, Span{From: &from, Until: &until}, 1000)
		must(err)
		for _, c := range []Cash{kind, stocks} {
			_, _, _, err = p.CashPromises(see("what is promised to a cash flow"), sight, c, 10_000)
			must(err)
		}
		_, err = p.Effects(see("what happened to resources"), id(1), Stocks{Resources: stocks.Resources}, Span{})
		must(err)
		_, err = p.Effects(see("what happened to an agent's stock"), id(1), Stocks{Accountable: []valueflows.ID{agent}}, Span{From: &from})
		must(err)
		_, err = p.Stock(see("an agent's stock"), id(1), Stocks{Accountable: []valueflows.ID{agent}})
		must(err)
		_, err = p.LedgerPage(see("a resource's page of a ledger"), sight, numbered('r', 3), nil, Page{First: 50})
		must(err)
		return nil
	}))
}

// lists reads a page of each list.
func lists[T Row](t *testing.T, s *Store, see func(string) context.Context, sight Sight, by map[Link]valueflows.ID, links ...Link) {
	t.Helper()
	for _, l := range links {
		owner, ok := by[l]
		if !ok {
			t.Fatalf("no owner for %s", l)
		}
		for _, page := range []Page{{First: 50}, {Last: 50}} {
			if _, err := ListBy[T](see(fmt.Sprintf("%s by %s", tableOf[T]().name, l)), s, sight, l, []valueflows.ID{owner}, Filter{}, page); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// No list and no reader of what plans, ledgers and cash flows are computed from
// reads the whole of a large table, or of a LAB's part of it, on either database.
// Excused are lists of what has no index of its own, as few ask for them.
func TestReadersFindByIndex(t *testing.T) {
	excused := []string{"economic_resource by current_location"}
	eachDialect(t, func(t *testing.T, s *Store) {
		large(t, s)
		var all []asked
		ctx := context.WithValue(t.Context(), seeingKey{}, func(reader, text string, args []any) { all = append(all, asked{reader, text, slices.Clone(args)}) })
		readers(t, s, ctx)
		if len(all) < 100 {
			t.Fatalf("%d statements", len(all))
		}
		for _, a := range all {
			steps := s.steps(t, a)
			if step := wholly(steps); step != "" && !slices.Contains(excused, a.reader) {
				t.Errorf("%s: %s\n%s", a.reader, step, strings.Join(steps, "\n"))
			}
		}
	})
}

// Books that a migration has changed are counted anew, on both databases; new
// books have nothing to count.
func TestRecount(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		dir := t.TempDir()
		open := func() *Store {
			t.Helper()
			s, err := Open(t.Context(), Config{Dir: dir, Database: dsn})
			if err != nil {
				t.Fatal(err)
			}
			return s
		}
		counted := func(s *Store) bool {
			t.Helper()
			text := "SELECT COUNT(*) FROM sqlite_master WHERE name = 'sqlite_stat1'"
			if s.dialect.shared {
				text = "SELECT COUNT(*) FROM pg_stats WHERE tablename = 'resource_specification'"
			}
			var n int
			if err := s.write.Get(&n, text); err != nil {
				t.Fatal(err)
			}
			return n > 0
		}
		s := open()
		s.put(t, func(tx *Tx) {
			for n := range 200 {
				of := numbered('s', n)
				PutRow(tx, &valueflows.ResourceSpecification{Record: valueflows.Record{ID: of, Books: id(1), Revision: of, Position: int64(n + 1)}})
			}
		})
		if counted(s) {
			t.Error("new books are counted")
		}
		// As if these migrations were still to come.
		for _, text := range []string{"DROP INDEX economic_event_specification", "ALTER TABLE economic_resource DROP COLUMN also_in",
			"DELETE FROM goose_db_version WHERE version_id >= 6"} {
			if _, err := s.write.Exec(text); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		s = open()
		defer s.Close()
		if !counted(s) {
			t.Error("after a migration the tables are not counted")
		}
	})
}
