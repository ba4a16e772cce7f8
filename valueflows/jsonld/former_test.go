package jsonld

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"disconode/valueflows"
)

// names are short names of ids of a batch.
func names(b *Batch, ids ...valueflows.ID) string {
	var list []string
	for _, id := range ids {
		list = append(list, strings.TrimPrefix(b.Names[id], "https://ex.example/"))
	}
	return strings.Join(list, " ")
}

// The links of earlier versions are read as the properties that they became,
// from whichever side the document states them.
func TestFormerLinks(t *testing.T) {
	work := happened("e", "work", "")
	commitment := said("c", "Commitment")
	tests := []struct{ what, graph, want string }{
		{"a fulfilment beside the event", work + commitment + "- {'@id': 'ex:f', '@type': Fulfillment, fulfilledBy: 'ex:e', fulfills: 'ex:c'}\n", "e fulfills c"},
		{"a fulfilment inside the event", commitment + happened("e", "work", "", "fulfills: [{'@id': 'ex:f', '@type': Fulfillment, fulfills: 'ex:c'}, 'ex:d']") + said("d", "Commitment"), "e fulfills c d"},
		{"a fulfilment inside the commitment", work + said("c", "Commitment", "fulfilledBy: {'@id': 'ex:f', '@type': Fulfillment, fulfilledBy: 'ex:e'}"), "e fulfills c"},
		{"two events of one commitment", work + happened("g", "work", "") + said("c", "Commitment", "fulfilledBy: ['ex:e', 'ex:g']"), "e fulfills c, g fulfills c"},
		{"one event of two commitments", work + said("c", "Commitment", "fulfilledBy: 'ex:e'") + said("d", "Commitment", "fulfilledBy: 'ex:e'"), "e fulfills c d"},
		{"a commitment that the event states too", happened("e", "work", "", "fulfills: 'ex:c'") + said("c", "Commitment", "fulfilledBy: 'ex:e'"), "e fulfills c"},
		{"a satisfaction", said("c", "Commitment") + said("i", "Intent") + "- {'@id': 'ex:s', '@type': Satisfaction, satisfiedBy: 'ex:c', satisfies: 'ex:i'}\n", "c satisfies i"},
		{"a settlement", work + said("k", "Claim") + "- {'@id': 'ex:s', '@type': Settlement, settledBy: 'ex:e', settles: 'ex:k'}\n", "e settles k"},
		{"a proposed intent", said("p", "Proposal") + said("i", "Intent") + "- {'@id': 'ex:x', '@type': ProposedIntent, publishedIn: 'ex:p', publishes: 'ex:i'}\n", "p publishes i"},
		{"a proposed intent in return", said("p", "Proposal") + said("i", "Intent") + said("j", "Intent") + "- {'@id': 'ex:x', '@type': ProposedIntent, publishedIn: 'ex:p', publishes: 'ex:i'}\n" +
			"- {'@id': 'ex:y', '@type': ProposedIntent, publishedIn: 'ex:p', publishes: 'ex:j', reciprocal: true}\n", "p publishes i, p reciprocal j"},
		{"a proposed intent inside the intent", said("p", "Proposal") + said("i", "Intent", "publishedIn: {'@id': 'ex:x', '@type': ProposedIntent, publishedIn: 'ex:p'}"), "p publishes i"},
		{"whom it is proposed to", said("p", "Proposal") + "- {'@id': 'ex:x', '@type': ProposedTo, proposed: 'ex:p', proposedTo: 'ex:ann'}\n", "p proposedTo ann"},
	}
	for _, test := range tests {
		t.Run(test.what, func(t *testing.T) {
			batch := plan(t, context+test.graph)
			var says []string
			for _, s := range batch.Steps {
				say := func(record any, property string, ids []valueflows.ID) {
					if len(ids) > 0 {
						says = append(says, names(batch, recOf(record).ID)+" "+property+" "+names(batch, ids...))
					}
				}
				switch r := s.Record.(type) {
				case *valueflows.Commitment:
					say(r, "satisfies", r.Satisfies)
				case *valueflows.Proposal:
					say(r, "publishes", r.Publishes)
					say(r, "reciprocal", r.Reciprocal)
					say(r, "proposedTo", r.ProposedTo)
				case nil:
					say(s.Event, "fulfills", s.Event.Fulfills)
					say(s.Event, "settles", s.Event.Settles)
				}
			}
			slices.Sort(says)
			if got := strings.Join(says, ", "); got != test.want || batch.Report.Count(Failed) > 0 || batch.Report.Skipped > 0 {
				t.Errorf("got %q, want %q\n%v", got, test.want, batch.Report.Lines)
			}
			if linked := strings.Contains(test.graph, "'ex:f'") || strings.Contains(test.graph, "'ex:x'") || strings.Contains(test.graph, "'ex:s'"); linked != (batch.Report.Count(Tolerated) > 0) {
				t.Errorf("the slip is not reported: %v", batch.Report.Lines)
			}
		})
	}
	t.Run("a link of nothing", func(t *testing.T) {
		batch := plan(t, context+commitment+"- {'@id': 'ex:f', '@type': Fulfillment, fulfills: 'ex:c', resourceQuantity: {hasUnit: one, hasNumericalValue: 1}}\n")
		wants(t, &batch.Report, Skipped, 4, "does not link one record to another")
		wants(t, &batch.Report, Tolerated, 4, "resourceQuantity is not a property of a Fulfillment and is left out")
		if batch.Report.Skipped != 1 {
			t.Error(batch.Report.Skipped)
		}
	})
}

// However many parts name one whole, it takes no more of them than a record may
// name, and one: the books refuse it then.
func TestManyParts(t *testing.T) {
	graph := happened("e", "work", "")
	for i := range 2000 {
		graph += said(fmt.Sprint("c", i), "Commitment", "fulfilledBy: 'ex:e'")
	}
	batch := plan(t, context+graph)
	for _, s := range batch.Steps {
		if s.Event != nil && len(s.Event.Fulfills) != severalMax {
			t.Errorf("the event fulfils %d", len(s.Event.Fulfills))
		}
	}
}

// Records of earlier versions are read as what they became, and skipped where
// that is nothing.
func TestFormerClasses(t *testing.T) {
	batch := plan(t, context+
		"- {'@id': 'ex:grain', '@type': RecipeResource, name: Grain, unitOfResource: kilogram}\n"+
		"- {'@id': 'ex:lot', '@type': ProductBatch, batchNumber: L1, expiryDate: 2026-05-01T00:00:00Z}\n"+
		"- {'@id': 'ex:flow', '@type': RecipeFlow, action: consume, recipeFlowResource: 'ex:grain'}\n"+
		"- {'@id': 'ex:scenario', '@type': Scenario, name: S}\n")
	got := map[valueflows.Class]any{}
	for _, item := range batch.Records {
		got[item.Class] = item.Record
	}
	kind, _ := got[valueflows.ClassResourceSpecification].(*valueflows.ResourceSpecification)
	lot, _ := got[valueflows.ClassBatchLotRecord].(*valueflows.BatchLotRecord)
	flow, _ := got[valueflows.ClassRecipeFlow].(*valueflows.RecipeFlow)
	if len(got) != 3 || kind == nil || lot == nil || flow == nil {
		t.Fatal(batch.Report.Lines)
	}
	if kind.Name != "Grain" || kind.DefaultUnitOfResource != valueflows.OMUnitID("kilogram") || lot.BatchLotCode != "L1" || lot.ExpirationDate == nil || flow.ResourceConformsTo != kind.ID {
		t.Errorf("%+v\n%+v\n%+v", kind, lot, flow)
	}
	wants(t, &batch.Report, Tolerated, 3, "is a RecipeResource, of an earlier version: read as a ResourceSpecification")
	wants(t, &batch.Report, Tolerated, 4, "is a ProductBatch, of an earlier version: read as a BatchLotRecord")
	wants(t, &batch.Report, Skipped, 6, "is a Scenario, of an earlier version")
	if batch.Report.Read != 4 || batch.Report.Skipped != 1 || batch.Report.Count(Failed) > 0 {
		t.Error(batch.Report.Summary())
	}
}

// A duration in the words of OWL-Time is a measure.
func TestDurations(t *testing.T) {
	for text, want := range map[string]string{
		"hasDuration: {hasUnit: hour, hasNumericalValue: 7}":                                     "7 hour",
		"hasDuration: {hasUnit: 'unit:Hour', hasNumericalValue: 7}":                              "7 hour",
		"hasDuration: {unitType: 'time:unitMinute', numericDuration: 90}":                        "90 minute",
		"'time:hasDuration': {'time:unitType': 'time:unitDay', 'time:numericDuration': 2}":       "2 day",
		"'time:hasDuration': 'time:unitType unit:Hour time:numericDuration 0.5'":                 "0.5 hour",
		"'http://www.w3.org/2006/time#hasDuration': 'unitType: unit:Hour   numericDuration: 14'": "14 hour",
	} {
		batch := plan(t, context+"- {'@id': 'ex:p', '@type': RecipeProcess, name: P, "+text+"}\n")
		if len(batch.Records) != 1 || batch.Report.Count(Failed) > 0 {
			t.Errorf("%s: %v", text, batch.Report.Lines)
			continue
		}
		if got := amount(batch.Records[0].Record.(*valueflows.RecipeProcess).HasDuration); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
	batch := plan(t, context+"- {'@id': 'ex:p', '@type': RecipeProcess, name: P, hasDuration: long}\n")
	wants(t, &batch.Report, Failed, 3, "takes a measure")
}

// Flows of plans and recipes are read with the slips that events are read with.
func TestPlannedSlips(t *testing.T) {
	batch := plan(t, context+
		"- {'@id': 'ex:p', '@type': Process, hasInput: {'@id': 'ex:c', '@type': Commitment, action: vf:pack, conformsTo: 'ex:kind', resourceQuantity: {hasUnit: liter, hasNumericalValue: .5}}}\n"+
		"- {'@id': 'ex:rp', '@type': RecipeProcess, basedOn: 'ex:milked', hasInput: {'@id': 'ex:rf', '@type': RecipeFlow, action: accept, recipeoutputOf: 'ex:rp', classifiedAs: cow}}\n"+
		"- {'@id': 'ex:o', '@type': Proposal, purpose: vf:offer}\n")
	if batch.Report.Count(Failed) > 0 {
		t.Fatal(batch.Report.Lines)
	}
	process := valueflows.IDOf("https://ex.example/p")
	for _, s := range batch.Steps {
		switch r := s.Record.(type) {
		case *valueflows.Commitment:
			if r.Action != "combine" || r.InputOf != process || names(batch, r.ResourceConformsTo) != "kind" || r.ResourceQuantity.HasUnit != valueflows.OMUnitID("litre") {
				t.Errorf("%+v", r)
			}
		case *valueflows.Proposal:
			if r.Purpose != valueflows.Offer {
				t.Errorf("%+v", r)
			}
		}
	}
	for _, item := range batch.Records {
		switch r := item.Record.(type) {
		case *valueflows.RecipeFlow:
			if names(batch, r.RecipeInputOf, r.RecipeOutputOf) != "rp rp" || fmt.Sprint(r.ResourceClassifiedAs) != "[cow]" {
				t.Errorf("%+v", r)
			}
		case *valueflows.RecipeProcess:
			if names(batch, r.ProcessConformsTo) != "milked" {
				t.Errorf("%+v", r)
			}
		}
	}
	wants(t, &batch.Report, Tolerated, 3, "the action vf:pack is read as combine")
	wants(t, &batch.Report, Tolerated, 3, "the unit liter is read as litre")
	wants(t, &batch.Report, Tolerated, 4, "basedOn of a RecipeProcess is read as processConformsTo")
	batch = plan(t, context+"- {'@id': 'ex:o', '@type': Proposal, purpose: gift}\n")
	wants(t, &batch.Report, Failed, 3, "offer or request")
}

// Two recipes of one id that contradict each other are two; one that is stated
// in two places is one.
func TestRecipesOfOneName(t *testing.T) {
	batch := plan(t, context+"- {'@id': 'ex:r', '@type': Recipe, name: Winter, recipeIncludes: 'ex:a'}\n- {'@id': 'ex:r', '@type': Recipe, name: Summer}\n"+
		"- {'@id': 'ex:r', '@type': Recipe, note: cows}\n")
	if len(batch.Records) != 2 {
		t.Fatal(batch.Report.Lines)
	}
	winter, summer := batch.Records[0].Record.(*valueflows.Recipe), batch.Records[1].Record.(*valueflows.Recipe)
	if winter.Name != "Winter" || winter.Note != "cows" || summer.Name != "Summer" || summer.IRI != "https://ex.example/r#2" {
		t.Errorf("%+v\n%+v", winter, summer)
	}
	wants(t, &batch.Report, Tolerated, 4, "read as https://ex.example/r#2")
}
