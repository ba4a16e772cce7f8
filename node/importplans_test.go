package node

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"disconode/valueflows"
	"disconode/valueflows/jsonld"
)

// listed are the records of a class that the books tell of, in recorded order.
func listed[T Kept](b *books) []*T {
	b.t.Helper()
	page, err := List[T](b.ctx, b.node, Filter{}, Page{First: 100})
	if err != nil {
		b.t.Fatal(err)
	}
	return slices.DeleteFunc(page.Nodes, func(r *T) bool { return recordOf(r).Stub })
}

func count[T Kept](b *books) int { return len(listed[T](b)) }

// counts are how many records of the plan layer, of recipes and of relations
// the books tell of, by class.
func (b *books) counts() map[valueflows.Class]int {
	b.t.Helper()
	all := map[valueflows.Class]int{
		valueflows.ClassPlan: count[valueflows.Plan](b), valueflows.ClassAgreement: count[valueflows.Agreement](b),
		valueflows.ClassAgreementBundle: count[valueflows.AgreementBundle](b), valueflows.ClassIntent: count[valueflows.Intent](b),
		valueflows.ClassCommitment: count[valueflows.Commitment](b), valueflows.ClassClaim: count[valueflows.Claim](b),
		valueflows.ClassProposal: count[valueflows.Proposal](b), valueflows.ClassProposalList: count[valueflows.ProposalList](b),
		valueflows.ClassRecipe: count[valueflows.Recipe](b), valueflows.ClassRecipeProcess: count[valueflows.RecipeProcess](b),
		valueflows.ClassRecipeExchange: count[valueflows.RecipeExchange](b), valueflows.ClassRecipeFlow: count[valueflows.RecipeFlow](b),
		valueflows.ClassProcess: count[valueflows.Process](b), valueflows.ClassEconomicEvent: count[valueflows.EconomicEvent](b),
		valueflows.ClassEconomicResource:      count[valueflows.EconomicResource](b),
		valueflows.ClassResourceSpecification: count[valueflows.ResourceSpecification](b),
		valueflows.ClassProcessSpecification:  count[valueflows.ProcessSpecification](b),
	}
	for _, r := range listed[valueflows.AgentRelationship](b) {
		if !r.Membership {
			all[valueflows.ClassAgentRelationship]++
		}
	}
	for _, r := range listed[valueflows.AgentRelationshipRole](b) {
		if roleOfID(r.ID) == "" {
			all[valueflows.ClassAgentRelationshipRole]++
		}
	}
	return all
}

// kept says in words how many records of which class the books tell of.
func (b *books) kept() string {
	var parts []string
	counts := b.counts()
	for _, class := range valueflows.Classes {
		if n := counts[class]; n > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", class, n))
		}
	}
	return strings.Join(parts, ", ")
}

// got is a record that the books have.
func got[T Kept](b *books, iri string) *T {
	b.t.Helper()
	r, err := Get[T](b.ctx, b.node, valueflows.IDOf(iri))
	if err != nil {
		b.t.Fatalf("%s: %v", iri, err)
	}
	return r
}

// naming are the IRIs of the records that name one in a property.
func naming[T Kept](b *books, l Link, iri string) []string {
	b.t.Helper()
	pages, err := ListBy[T](b.ctx, b.node, l, []valueflows.ID{valueflows.IDOf(iri)}, Filter{}, Page{First: 100})
	if err != nil {
		b.t.Fatal(err)
	}
	var iris []string
	for _, r := range pages[0].Nodes {
		iris = append(iris, recordOf(r).IRI)
	}
	return iris
}

// What the examples say of plans, promises, wishes, offers, agreements, recipes
// and relations can be asked for: so many records of each class, and some of
// what they say, as in the documents.
func TestImportedPlans(t *testing.T) {
	const (
		printer = "https://printer.example/"
		mfg     = "https://manufacturing.example/"
		fablab  = "https://fablab.example/"
		carol   = "https://carol.example/"
		alice   = "https://alice.example/"
		urn     = "urn:uuid:"
	)
	type counted map[valueflows.Class]int
	tests := []struct {
		name   string
		counts counted
		says   func(b *books) []any // pairs: what is there, what is stated
	}{
		{"agent-1", counted{"AgentRelationshipRole": 3, "AgentRelationship": 3}, func(b *books) []any {
			mentors := got[valueflows.AgentRelationship](b, fablab+"6f438393-7f87-4914-806c-e23a4fd15e89")
			role := got[valueflows.AgentRelationshipRole](b, fablab+"a25500e0-0106-43cd-8cbb-e74779488835")
			return []any{mentors.Subject, valueflows.IDOf(alice), mentors.Object, valueflows.IDOf("https://bob.example/"), mentors.Relationship, role.ID,
				mentors.InScopeOf, []valueflows.ID{valueflows.IDOf(fablab)}, role.RoleLabel, "mentors", role.InverseRoleLabel, valueflows.Text("has mentor"),
				naming[valueflows.AgentRelationship](b, LinkSubject, alice), []string{fablab + "6b97b1be-8e07-44ac-82e5-214f1b2aaf33", fablab + "6f438393-7f87-4914-806c-e23a4fd15e89"}}
		}},
		{"exchange--checkout-book-1", counted{"Agreement": 1, "Commitment": 1}, func(b *books) []any {
			loan := got[valueflows.Commitment](b, urn+"98c2bfeb-9c70-4801-896c-4646b975a7d9")
			back := got[valueflows.EconomicEvent](b, urn+"d4d2fd71-34f2-41c3-b1c5-19ad5ed2da59")
			agreement := got[valueflows.Agreement](b, "https://library.example/f47064eb-7120-4b31-b882-770165901fe6")
			return []any{loan.ClauseOf, agreement.ID, loan.Due.String(), "2019-05-17T18:00:00-05:00", back.Fulfills, []valueflows.ID{loan.ID},
				loan.ResourceInventoriedAs, back.ResourceInventoriedAs, back.RealizationOf, agreement.ID, agreement.Note, valueflows.Text("loaning Valueflows cookbook to Bob"),
				naming[valueflows.EconomicEvent](b, LinkFulfills, loan.IRI), []string{back.IRI}}
		}},
		{"exchange--exchange-agreement-1", counted{"Agreement": 1, "Commitment": 2}, func(b *books) []any {
			cider := got[valueflows.Commitment](b, "https://bob.example/fd399b37-0740-4a68-a184-1e655021ca21")
			return []any{said(cider.ResourceQuantity), "10 litre", cider.Receiver, valueflows.IDOf(alice),
				naming[valueflows.Commitment](b, LinkClauseOf, alice+"57f1c1d0-432e-4bfa-9d32-002b8955a708"), []string{alice + "2342d456-5d6f-46d5-a7ed-3ac7bfd5a86c", cider.IRI}}
		}},
		{"exchange--transportation-with-transfer-1", counted{"Agreement": 1, "Commitment": 3}, func(b *books) []any {
			const agreement = urn + "f325a950-5737-488d-b122-8f21114d0eb0"
			pay := got[valueflows.Commitment](b, urn+"33e8933b-ff73-4a01-964a-ca7a98893083")
			return []any{pay.ReciprocalClauseOf, valueflows.IDOf(agreement), naming[valueflows.Commitment](b, LinkClauseOf, agreement), []string{urn + "c7897c39-7f05-4a5d-a487-80e130a2414a"},
				naming[valueflows.EconomicEvent](b, LinkFulfills, pay.IRI), []string{urn + "8baa8ff7-9c1e-4586-ae7b-79d620a3cac9"}}
		}},
		{"planning--building-recipes-1", counted{"Recipe": 2, "RecipeProcess": 4, "RecipeFlow": 29, "ProcessSpecification": 4, "ResourceSpecification": 10}, func(b *books) []any {
			winter, summer := got[valueflows.Recipe](b, urn+"6b5bc786-b9ed-4189-b34f-5ef7d10fd3ou"), got[valueflows.Recipe](b, urn+"6b5bc786-b9ed-4189-b34f-5ef7d10fd3ou#2")
			collect := got[valueflows.RecipeProcess](b, urn+"e1721a61-cd47-4556-84b9-8b1b81da15bf")
			milked := got[valueflows.RecipeFlow](b, urn+"60f4204e-b8d2-4026-8577-102c3f82gt90")
			return []any{winter.Name, valueflows.Text("Milk cows winter"), summer.Name, valueflows.Text("Milk cows summer"), len(winter.RecipeIncludes), 4,
				winter.RecipeIncludes[0], collect.ID, summer.RecipeIncludes[2], valueflows.IDOf(urn + "e1721a61-cd47-4556-84b9-8b1b81da45bq"),
				said(collect.HasDuration), "0.5 hour", collect.ProcessConformsTo, valueflows.IDOf(urn + "6b5bc786-b9ed-4189-b34f-5ef7d10fgtml"),
				milked.Action, valueflows.Action("accept"), milked.Stage, valueflows.IDOf(urn + "6b5bc786-b9ed-4189-b34f-5ef7d10fxs34"),
				naming[valueflows.RecipeFlow](b, LinkRecipeOutputOf, collect.IRI), []string{urn + "33e8933b-ff73-4a01-964a-ca7a98893083", urn + "33e8933b-ff73-4a01-964a-ca7a98893084"},
				naming[valueflows.Recipe](b, LinkRecipeIncludes, collect.IRI), []string{winter.IRI, summer.IRI}}
		}},
		{"planning--simple-plan-1", counted{"Plan": 1, "Commitment": 7, "Process": 3}, func(b *books) []any {
			const plan = printer + "8e5fe80d-a769-4bd5-89e5-2136d33eab9f"
			posters := printer + "9bd19194-a36d-4a1f-896b-8082887962cb"
			return []any{got[valueflows.Plan](b, plan).Due.String(), "2019-04-08T17:00:00-05:00", got[valueflows.Plan](b, plan).Created.String(), "2019-04-01T10:35:00-05:00",
				naming[valueflows.Process](b, LinkPlannedWithin, plan), []string{printer + "02b39a30-3e04-4305-9656-7f261aa63c84", posters, printer + "d4d2fd71-34f2-41c3-b1c5-19ad5ed2da59b"},
				naming[valueflows.Commitment](b, LinkIndependentDemandOf, plan), []string{printer + "a8236bbb-81e0-422d-9861-56d2417db0fb", printer + "33e8933b-ff73-4a01-964a-ca7a98893083"},
				naming[valueflows.Commitment](b, LinkOutputOf, posters), []string{printer + "33e8933b-ff73-4a01-964a-ca7a98893083"}, len(naming[valueflows.Commitment](b, LinkInputOf, posters)), 3}
		}},
		{"planning--simple-plan-from-recipe-1", counted{"Plan": 1, "Commitment": 3, "RecipeProcess": 1, "RecipeFlow": 3, "Process": 1, "ResourceSpecification": 1}, func(b *books) []any {
			work := got[valueflows.RecipeFlow](b, urn+"60f4204e-b8d2-4026-8577-102c3f82c0af")
			return []any{said(work.EffortQuantity), "2 hour", work.RecipeInputOf, valueflows.IDOf(urn + "e1721a61-cd47-4556-84b9-8b1b81da15bf")}
		}},
		{"production--manufacturing-and-workflow-with-recipe-and-plan-1", counted{"Plan": 1, "Commitment": 6, "RecipeProcess": 2, "RecipeFlow": 6, "Process": 2}, func(b *books) []any {
			test := got[valueflows.RecipeProcess](b, mfg+"a8356625-bf64-4c16-9099-28aa1b718c4b")
			deliver := got[valueflows.Commitment](b, mfg+"21f361a6-2375-46bb-b192-c21b5ba833bf")
			accept := got[valueflows.Commitment](b, mfg+"fbff9852-36ca-4364-a943-bc0b49e1cab5")
			return []any{said(test.HasDuration), "1 hour", deliver.State, valueflows.Text("pass"), deliver.IndependentDemandOf, valueflows.IDOf(mfg + "8e5fe80d-a769-4bd5-89e5-2136d33eab9f"),
				accept.Stage, valueflows.IDOf(mfg + "27be5cab-d740-4194-9298-1661a69d9d95"), said(accept.ResourceQuantity), "1000"}
		}},
		{"proposals--fulfillment-and-satisfaction-1", counted{"Intent": 1, "Commitment": 1, "EconomicEvent": 2}, func(b *books) []any {
			const of = "https://manufacturer.example/"
			wanted := got[valueflows.Intent](b, of+"e1721a61-cd47-4556-84b9-8b1b81da15bf")
			promised := got[valueflows.Commitment](b, of+"02b39a30-3e04-4305-9656-7f261aa63c84")
			return []any{wanted.Provider.IsZero(), true, said(wanted.EffortQuantity), "8 hour", wanted.HasEnd.String(), "2018-10-15T18:00:00Z", promised.Satisfies, []valueflows.ID{wanted.ID},
				naming[valueflows.Commitment](b, LinkSatisfies, wanted.IRI), []string{promised.IRI},
				naming[valueflows.EconomicEvent](b, LinkFulfills, promised.IRI), []string{of + "d4d2fd71-34f2-41c3-b1c5-19ad5ed2da59", of + "c7897c39-7f05-4a5d-a487-80e130a2414b"}}
		}},
		{"proposals--proposal-for-barter-1", counted{"Proposal": 1, "Intent": 2}, func(b *books) []any {
			p := got[valueflows.Proposal](b, carol+"6405b8ad-0ac2-4d58-abdb-0808903c78ad")
			cider := got[valueflows.Intent](b, carol+"b52a5815-fae9-43bf-be95-833b95dc0adb")
			return []any{p.Purpose, valueflows.Request, p.Publishes, []valueflows.ID{valueflows.IDOf(carol + "e02e3f6b-420a-4ba8-89b0-909d7363ce07")}, p.Reciprocal, []valueflows.ID{cider.ID},
				p.EligibleLocation, valueflows.IDOf("https://mapping.service/566a2c01-96f8-4b3c-adcf-f197eced3092"), p.HasBeginning.String(), "2018-10-01T00:00:00-05:00",
				said(cider.ResourceQuantity), "3 gallon (US)", cider.Name, valueflows.Text("Cider"), naming[valueflows.Proposal](b, LinkReciprocal, cider.IRI), []string{p.IRI}}
		}},
		{"proposals--proposal-for-work-commitment-1", counted{"Proposal": 1, "Intent": 2, "Process": 1}, func(b *books) []any {
			help := got[valueflows.Intent](b, fablab+"60f4204e-b8d2-4026-8577-102c3f82c0af")
			p := got[valueflows.Proposal](b, fablab+"33e8933b-ff73-4a01-964a-ca7a98893083")
			return []any{said(help.MinimumQuantity), "16 hour", help.InputOf, valueflows.IDOf(fablab + "ad56a7ed-be3c-4937-a3fb-0f156bcd2c47"), *p.UnitBased, true, p.Purpose, valueflows.ProposalPurpose(""),
				naming[valueflows.Intent](b, LinkInputOf, fablab+"ad56a7ed-be3c-4937-a3fb-0f156bcd2c47"), []string{help.IRI}}
		}},
		{"proposals--proposals-to-sell-and-give-away-1", counted{"Proposal": 2, "Intent": 2}, func(b *books) []any {
			const bike = alice + "02b39a30-3e04-4305-9656-7f261aa63c84"
			return []any{naming[valueflows.Proposal](b, LinkPublishes, bike), []string{alice + "8791913c-0152-4c32-bb3f-f25d61df736c", alice + "8e5fe80d-a769-4bd5-89e5-2136d33eab9f"},
				got[valueflows.Proposal](b, alice+"8e5fe80d-a769-4bd5-89e5-2136d33eab9f").Name, valueflows.Text("Free used bike")}
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			eachDialect(t, func(t *testing.T, b *books) {
				b.imports(example(t, test.name))
				counts := b.counts()
				for class, n := range test.counts {
					if counts[class] != n {
						t.Errorf("%d records of class %s, not %d", counts[class], class, n)
					}
				}
				says := test.says(b)
				for i := 0; i < len(says); i += 2 {
					if is, stated := fmt.Sprint(says[i]), fmt.Sprint(says[i+1]); is != stated {
						t.Errorf("%s, not %s as is stated", is, stated)
					}
				}
				b.sound()
			})
		})
	}
}

// A promise of what its own fulfilment makes loses nothing: the promise names the
// thing, and the thing is counted.
func TestImportCircle(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		file := graph("{'@id': 'ex:promise', '@type': Commitment, action: produce, provider: 'ex:ann', receiver: 'ex:ann', resourceInventoriedAs: 'ex:onions', resourceQuantity: {hasUnit: kilogram, hasNumericalValue: 5}}",
			"{'@id': 'ex:harvest', '@type': EconomicEvent, action: produce, provider: 'ex:ann', receiver: 'ex:ann', resourceInventoriedAs: 'ex:onions', fulfills: 'ex:promise', resourceQuantity: {hasUnit: kilogram, hasNumericalValue: 5}}",
			"{'@id': 'ex:debt', '@type': Claim, action: transfer, provider: 'ex:ann', receiver: 'ex:ann', triggeredBy: 'ex:harvest', resourceQuantity: {hasUnit: one, hasNumericalValue: 3}}",
			"{'@id': 'ex:paid', '@type': EconomicEvent, action: transfer, provider: 'ex:ann', receiver: 'ex:ann', settles: 'ex:debt', resourceConformsTo: 'ex:money', resourceQuantity: {hasUnit: one, hasNumericalValue: 3}}",
			stock)
		report := b.imports(file)
		if report.Count(jsonld.Mismatch) != 0 || report.Count(jsonld.Checked) != 1 {
			t.Error(report.Lines)
		}
		promise, debt := got[valueflows.Commitment](b, "https://ex.example/promise"), got[valueflows.Claim](b, "https://ex.example/debt")
		if promise.ResourceInventoriedAs != ex("onions") || promise.Stub || debt.TriggeredBy != ex("harvest") {
			t.Errorf("%+v\n%+v", promise, debt)
		}
		if harvest := got[valueflows.EconomicEvent](b, "https://ex.example/harvest"); !slices.Equal(harvest.Fulfills, []valueflows.ID{promise.ID}) || harvest.ResourceInventoriedAs != ex("onions") {
			t.Errorf("%+v", harvest)
		}
		if paid := got[valueflows.EconomicEvent](b, "https://ex.example/paid"); !slices.Equal(paid.Settles, []valueflows.ID{debt.ID}) {
			t.Errorf("%+v", paid)
		}
		b.holds(ex("onions"), "5", "5")
		if told := lines(report, jsonld.Inferred); !slices.ContainsFunc(told, func(line string) bool {
			return strings.HasPrefix(line, "3: https://ex.example/promise names https://ex.example/onions")
		}) {
			t.Errorf("%q", told)
		}
		before := b.position()
		if again := b.imports(file); again.New != 0 || b.position() != before || again.Unchanged != report.New {
			t.Errorf("the first time: %s\nthe second: %s\n%v", report.Summary(), again.Summary(), again.Lines)
		}
		b.goesRound()
	})
}
