package node

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"

	"disconode/valueflows"
)

// An export of the first version, which knew plans, promises, wishes, claims and
// agreements by their names only, is read and written again as the same bytes;
// and what the names stand for can be told later.
func TestImportExportWithNames(t *testing.T) {
	old, err := os.ReadFile("testdata/export-with-names.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	eachDialect(t, func(t *testing.T, b *books) {
		report := b.reads(old)
		if report.New != 3 || report.Stubs != 7 || len(report.Lines) > 0 {
			t.Errorf("%s: %v", report.Summary(), report.Lines)
		}
		if again := b.exported(); !bytes.Equal(again, old) {
			t.Errorf("the export came back otherwise:\n%s", difference(old, again))
		}
		before := b.position()
		if again := b.reads(old); again.New != 0 || again.Stubs != 0 || b.position() != before {
			t.Errorf("the second time: %s: %v", again.Summary(), again.Lines)
		}
		e := got[valueflows.EconomicEvent](b, "https://a.example/vf/EconomicEvent/1")
		promise := got[valueflows.Commitment](b, "https://ex.example/promise")
		if !promise.Stub || !slices.Equal(e.Fulfills, []valueflows.ID{promise.ID, ex("other-promise")}) || e.RealizationOf != ex("agreement") || !slices.Equal(e.Settles, []valueflows.ID{ex("claim")}) {
			t.Errorf("%+v\n%+v", promise, e)
		}
		b.imports(graph("{'@id': 'ex:promise', '@type': Commitment, action: work, provider: 'https://a.example/vf/Organization/1', receiver: 'https://a.example/vf/Organization/1', effortQuantity: {hasUnit: hour, hasNumericalValue: 4}, satisfies: 'ex:wish', clauseOf: 'ex:agreement'}",
			"{'@id': 'ex:season', '@type': Plan, name: Spring}", "{'@id': 'ex:agreement', '@type': Agreement, name: Helping out}"))
		promise = got[valueflows.Commitment](b, "https://ex.example/promise")
		if promise.Stub || said(promise.EffortQuantity) != "4 hour" || promise.ClauseOf != ex("agreement") || got[valueflows.Plan](b, "https://ex.example/season").Name != "Spring" {
			t.Errorf("%+v", promise)
		}
		if by := naming[valueflows.EconomicEvent](b, LinkFulfills, promise.IRI); !slices.Equal(by, []string{e.IRI}) {
			t.Errorf("it is fulfilled by %q", by)
		}
		b.goesRound()
		b.sound()
	})
}

// Books with plans, offers, agreements and recipes as they are lived in go round:
// what was changed after it was recorded, what names what was recorded later,
// and what was deleted.
func TestD14RoundTripOfPlans(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		ann, shop, kind := b.person("Ann"), b.organization("Shop"), b.specification("Bread")
		b.as("Mia", Member)
		plan, other := makes(b, &valueflows.Plan{Name: "Spring"}), makes(b, &valueflows.Plan{Name: "Gone"})
		baking := b.process("Baking")
		change(b, baking, func(p *valueflows.Process) { p.PlannedWithin = plan })
		planned := valueflows.Planned{Action: "produce", Provider: shop, Receiver: shop, OutputOf: baking, ResourceConformsTo: kind, ResourceQuantity: kg("5"),
			Due: day("2026-05-03T10:00:00-05:00"), State: "warm", AgreedIn: "https://ex.example/minutes", InScopeOf: []valueflows.ID{b.lab, shop}}
		wish := makes(b, &valueflows.Intent{Planned: planned, Name: "Bread", AvailableQuantity: kg("10"), MinimumQuantity: kg("1")})
		promise := makes(b, &valueflows.Commitment{Planned: planned, Satisfies: []valueflows.ID{wish}, IndependentDemandOf: plan})
		bundle := makes(b, &valueflows.AgreementBundle{Name: "The year"})
		agreement := makes(b, &valueflows.Agreement{Name: "Bread for work"})
		change(b, promise, func(c *valueflows.Commitment) { c.ClauseOf = agreement })
		change(b, agreement, func(a *valueflows.Agreement) { a.BundledIn, a.Note = bundle, "as agreed" })
		bread := b.recordNew(valueflows.EconomicEvent{Action: "produce", Provider: shop, Receiver: shop, OutputOf: baking, ResourceQuantity: kg("5"), Fulfills: []valueflows.ID{promise}, RealizationOf: agreement},
			valueflows.EconomicResource{ConformsTo: kind})
		change(b, wish, func(i *valueflows.Intent) { i.ResourceInventoriedAs, i.ResourceConformsTo = bread, valueflows.ID{} })
		help := b.record(valueflows.EconomicEvent{Action: "work", Provider: ann, Receiver: shop, InputOf: baking, EffortQuantity: hours("2")})
		claim := makes(b, &valueflows.Claim{Action: "transfer", Provider: shop, Receiver: ann, TriggeredBy: help.ID, ResourceConformsTo: kind, ResourceQuantity: kg("1")})
		b.record(valueflows.EconomicEvent{Action: "transfer", Provider: shop, Receiver: ann, ResourceInventoriedAs: bread, ResourceQuantity: kg("1"), Settles: []valueflows.ID{claim}, ReciprocalRealizationOf: agreement})
		list := makes(b, &valueflows.ProposalList{Name: "Prices", ProposedTo: []valueflows.ID{ann}})
		makes(b, &valueflows.Proposal{Purpose: valueflows.Offer, Publishes: []valueflows.ID{wish}, ListedIn: []valueflows.ID{list}, ProposedTo: []valueflows.ID{ann, shop}})
		dough := makes(b, &valueflows.RecipeProcess{Name: "Dough", HasDuration: hours("0.5")})
		recipe := makes(b, &valueflows.Recipe{Name: "Bread", PrimaryOutput: kind, RecipeIncludes: []valueflows.ID{dough}})
		oven := makes(b, &valueflows.RecipeProcess{Name: "Oven"})
		change(b, recipe, func(r *valueflows.Recipe) { r.RecipeIncludes = []valueflows.ID{oven, dough} })
		role := makes(b, &valueflows.AgentRelationshipRole{RoleLabel: "mentors", InverseRoleLabel: "is mentored by"})
		makes(b, &valueflows.RecipeFlow{Action: "work", RecipeInputOf: oven, EffortQuantity: hours("1"), ProviderRole: role, Instructions: "hot"})
		makes(b, &valueflows.AgentRelationship{Subject: ann, Object: shop, Relationship: role, InScopeOf: []valueflows.ID{b.lab}})
		makes(b, &valueflows.AgentRelationship{Subject: ann, Object: b.lab, Relationship: role, Note: "of the heart"})
		if err := Delete[valueflows.Plan](b.ctx, b.node, other); err != nil {
			t.Fatal(err)
		}
		text, _ := b.goesRound()
		if n := strings.Count(string(text), `"@type":"AgentRelationship",`); n != 2 {
			t.Errorf("%d relationships are told, and two were recorded: memberships are the node's own", n)
		}
		if bytes.Contains(text, []byte("Gone")) || !bytes.Contains(text, []byte(`"inScopeOfAgents":[`)) || !bytes.Contains(text, []byte(`"purpose":"vf:offer"`)) {
			t.Errorf("%s", text)
		}
	})
}
