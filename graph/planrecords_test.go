package graph

import (
	"fmt"
	"maps"
	"reflect"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
)

func lowered(class string) string { return strings.ToLower(class[:1]) + class[1:] }

// argumentOf is what the mutations of a class call the record.
func argumentOf(class string) string {
	if class == "AgentRelationship" {
		return "relationship"
	}
	return lowered(class)
}

// mutate makes or changes a record of a class, and answers with the record as
// made.record.
func (c *client) mutate(verb, class string, said vars) *reply {
	c.t.Helper()
	return c.ask("mutation($said: "+class+strings.ToUpper(verb[:1])+verb[1:]+"Params!) { made: "+verb+class+"("+argumentOf(class)+": $said) { record: "+
		lowered(class)+" { id revisionId } } }", vars{"said": said})
}

// try states a record of a class.
func (c *client) try(class string, said vars) *reply {
	c.t.Helper()
	return c.mutate("create", class, said)
}

// make states a record of a class, and answers with its id.
func (c *client) make(class string, said vars) string {
	c.t.Helper()
	return c.try(class, said).good().text("made.record.id")
}

// change changes a record of a class.
func (c *client) change(class string, said vars) *reply {
	c.t.Helper()
	return c.mutate("update", class, said)
}

// statedBack is what a record says in the fields of its input, in the words of an input.
func (c *client) statedBack(class, id string) vars {
	c.t.Helper()
	schema := ourSchema()
	var fields []string
	input := schema.Types[class+"CreateParams"]
	for _, f := range input.Fields {
		definition := schema.Types[class].Fields.ForName(f.Name)
		switch to := schema.Types[definition.Type.Name()]; {
		case to.Name == "Measure":
			fields = append(fields, f.Name+" { hasNumericalValue hasUnit { id } }")
		case to.Name == "Duration":
			fields = append(fields, f.Name+" { numericDuration unitType }")
		case to.Kind == ast.Union:
			fields = append(fields, f.Name+" { ... on Organization { id } ... on Person { id } }")
		case to.IsCompositeType():
			fields = append(fields, f.Name+" { id }")
		default:
			fields = append(fields, f.Name)
		}
	}
	r := c.ask("query($id: ID!) { record: "+lowered(class)+"(id: $id) { "+strings.Join(fields, " ")+" } }", vars{"id": id}).good()
	said := vars{}
	for name, value := range r.at("record").(map[string]any) {
		if plain := spoken(value); plain != nil {
			said[name] = plain
		}
	}
	return said
}

// spoken is an answer in the words of an input: of a record its id; nil for
// nothing and for an empty list.
func spoken(value any) any {
	switch value := value.(type) {
	case map[string]any:
		if id, ok := value["id"]; ok {
			return id
		}
		said := map[string]any{}
		for name, inner := range value {
			said[name] = spoken(inner)
		}
		return said
	case []any:
		var all []any
		for _, each := range value {
			all = append(all, spoken(each))
		}
		if all != nil {
			return all
		}
		return nil
	}
	return value
}

// alike is a statement in the words of [client.statedBack].
func alike(said vars) vars {
	plain := vars{}
	for name, value := range said {
		switch value := value.(type) {
		case []string:
			var all []any
			for _, each := range value {
				all = append(all, each)
			}
			plain[name] = all
		case vars:
			plain[name] = map[string]any(value)
		default:
			plain[name] = value
		}
	}
	return plain
}

// Each class of the plan layer, of recipes and of relationships: what is stated
// of a record is read back, all that its input can say; an update changes what it
// says and leaves the rest; null takes away; and what nothing names is deleted.
func TestEachPlanClass(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		ada := b.steward()
		farm, bea, shop := ada.organization("Farm"), ada.person("Bea"), ada.organization("Shop")
		collards, seeds := ada.kind("Collards"), ada.kind("Seeds")
		stage := ada.make("ProcessSpecification", vars{"name": "Growing"})
		place := ada.make("SpatialThing", vars{"name": "Hill"})
		process := ada.process("Grow")
		lot := ada.stock(farm, collards, "10", kilogram)
		event := ada.record(vars{"action": "lower", "provider": farm, "receiver": farm, "resourceInventoriedAs": lot, "resourceQuantity": of("1", kilogram)}).good().text("createEconomicEvent.economicEvent.id")
		plan, other := ada.make("Plan", vars{"name": "Spring"}), ada.make("Plan", vars{"name": "Summer"})
		agreement, bundle := ada.make("Agreement", vars{"name": "Boxes"}), ada.make("AgreementBundle", vars{"name": "2026"})
		intent, want := ada.make("Intent", vars{"action": "transfer", "provider": farm}), ada.make("Intent", vars{"action": "transfer", "receiver": farm})
		list := ada.make("ProposalList", vars{"name": "Prices"})
		role := ada.make("AgentRelationshipRole", vars{"roleLabel": "supplies"})
		growing, washing := ada.make("RecipeProcess", vars{"name": "Growing"}), ada.make("RecipeProcess", vars{"name": "Washing"})
		exchange := ada.make("RecipeExchange", vars{"name": "Sale"})
		const at, later = "2026-05-01T08:00:00-05:00", "2026-05-02T08:00:00-05:00"

		planned := vars{"action": "consume", "provider": farm, "receiver": bea, "inputOf": process, "plannedWithin": plan, "resourceInventoriedAs": lot, "resourceConformsTo": collards,
			"resourceClassifiedAs": []string{"greens"}, "resourceQuantity": of("2.50", kilogram), "effortQuantity": of("1", hour), "stage": stage, "state": "pass",
			"hasBeginning": at, "hasEnd": later, "due": later, "finished": false, "note": "early", "agreedIn": "https://x.example/a", "inScopeOf": []string{farm, bea}}
		with := func(more vars) vars {
			all := maps.Clone(planned)
			maps.Copy(all, more)
			return all
		}
		tests := []struct {
			class  string
			said   vars
			change vars // nil takes away
			keep   string
		}{
			{"Plan", vars{"name": "Autumn", "note": "n", "due": later, "created": at}, vars{"name": "Fall", "note": nil, "due": at}, ""},
			{"Intent", with(vars{"name": "Greens", "image": "https://x.example/i", "imageList": []string{"https://x.example/j"}, "availableQuantity": of("9", kilogram), "minimumQuantity": of("1", kilogram)}),
				vars{"name": nil, "provider": farm, "action": "consume", "availableQuantity": of("8", kilogram), "minimumQuantity": nil, "hasBeginning": nil, "hasEnd": nil, "inScopeOf": []string{bea}, "imageList": nil, "image": nil, "finished": true}, "outputOf hasPointInTime"},
			{"Commitment", with(vars{"created": at, "satisfies": []string{intent, want}, "clauseOf": agreement, "reciprocalClauseOf": agreement, "independentDemandOf": plan}),
				vars{"resourceQuantity": of("3", kilogram), "effortQuantity": nil, "satisfies": []string{want}, "reciprocalClauseOf": nil, "independentDemandOf": other, "plannedWithin": other, "stage": nil,
					"state": "fail", "resourceInventoriedAs": nil, "resourceConformsTo": seeds, "due": nil, "note": nil, "agreedIn": nil, "created": later, "resourceClassifiedAs": nil}, "outputOf hasPointInTime"},
			{"Claim", vars{"action": "transfer", "provider": farm, "receiver": bea, "triggeredBy": event, "resourceConformsTo": collards, "resourceClassifiedAs": []string{"greens"}, "resourceQuantity": of("2", kilogram),
				"effortQuantity": of("1", hour), "due": later, "created": at, "finished": false, "note": "n", "agreedIn": "https://x.example/a"},
				vars{"resourceConformsTo": seeds, "resourceQuantity": nil, "effortQuantity": of("2", hour), "finished": true, "due": nil, "note": nil}, ""},
			{"Agreement", vars{"name": "Box", "note": "n", "created": at, "bundledIn": bundle}, vars{"name": nil, "bundledIn": nil, "created": later}, ""},
			{"AgreementBundle", vars{"name": "Order", "note": "n", "created": at}, vars{"note": nil, "created": nil}, ""},
			{"Proposal", vars{"purpose": "offer", "name": "Greens", "note": "n", "publishes": []string{intent}, "reciprocal": []string{want}, "proposedTo": []string{shop, bea}, "listedIn": []string{list},
				"eligibleLocation": place, "hasBeginning": at, "hasEnd": later, "unitBased": true, "created": at, "inScopeOf": []string{farm}},
				vars{"purpose": "offer", "publishes": []string{intent, want}, "reciprocal": nil, "proposedTo": []string{bea}, "listedIn": nil, "eligibleLocation": nil, "unitBased": false, "hasEnd": nil, "inScopeOf": nil}, ""},
			{"ProposalList", vars{"name": "Winter prices", "note": "n", "proposedTo": []string{shop}, "created": at}, vars{"proposedTo": nil, "name": "Prices"}, ""},
			{"Recipe", vars{"name": "Greens", "note": "n", "primaryOutput": collards, "recipeIncludes": []string{growing, washing}}, vars{"primaryOutput": seeds, "recipeIncludes": []string{washing}, "note": nil}, ""},
			{"RecipeProcess", vars{"name": "Drying", "note": "n", "image": "https://x.example/i", "hasDuration": vars{"numericDuration": "1.5", "unitType": "day"}, "processClassifiedAs": []string{"c"}, "processConformsTo": stage},
				vars{"name": "Curing", "hasDuration": vars{"numericDuration": "90", "unitType": "minute"}, "image": nil, "processClassifiedAs": nil, "processConformsTo": nil}, ""},
			{"RecipeExchange", vars{"name": "Sale of seed", "note": "n"}, vars{"name": "Barter", "note": nil}, ""},
			{"RecipeFlow", vars{"action": "consume", "recipeInputOf": growing, "recipeClauseOf": exchange, "recipeReciprocalClauseOf": exchange, "resourceConformsTo": seeds, "resourceClassifiedAs": []string{"c"},
				"resourceQuantity": of("1", kilogram), "effortQuantity": of("1", hour), "stage": stage, "state": "dry", "instructions": "soak", "providerRole": role, "receiverRole": role, "note": "n"},
				vars{"action": "produce", "recipeInputOf": nil, "recipeOutputOf": growing, "resourceConformsTo": collards, "resourceQuantity": of("9", kilogram), "effortQuantity": nil, "providerRole": nil, "stage": nil}, "recipeOutputOf"},
			{"AgentRelationshipRole", vars{"roleLabel": "buys from", "inverseRoleLabel": "sells to", "note": "n"}, vars{"roleLabel": "rents from", "inverseRoleLabel": nil}, ""},
			{"AgentRelationship", vars{"subject": bea, "object": farm, "relationship": role, "inScopeOf": []string{farm}, "note": "n"}, vars{"subject": shop, "inScopeOf": nil, "note": "m"}, ""},
		}
		for _, test := range tests {
			for _, f := range ourSchema().Types[test.class+"CreateParams"].Fields {
				if _, said := test.said[f.Name]; !said && !strings.Contains(" "+test.keep+" ", " "+f.Name+" ") {
					t.Errorf("%s.%s is not tried", test.class, f.Name)
				}
			}
			r := ada.try(test.class, test.said).good()
			id, revision := r.text("made.record.id"), r.text("made.record.revisionId")
			want := alike(test.said)
			if got := ada.statedBack(test.class, id); !reflect.DeepEqual(got, want) {
				t.Errorf("%s reads\n\t%v, stated was\n\t%v", test.class, got, want)
			}
			update := maps.Clone(test.change)
			update["revisionId"] = revision
			ada.change(test.class, update).good()
			for name, value := range alike(test.change) {
				if want[name] = value; value == nil {
					delete(want, name)
				}
			}
			if got := ada.statedBack(test.class, id); !reflect.DeepEqual(got, want) {
				t.Errorf("%s changed reads\n\t%v, want\n\t%v", test.class, got, want)
			}
			ada.change(test.class, update).refused("STALE")
			if list := ada.ask("{ "+listOfClass[test.class]+"(last: 1) { edges { node { id iri origin } } } }", nil).good(); list.text(listOfClass[test.class]+".edges.0.node.id") != id {
				t.Errorf("%s is not last in its list: %v", test.class, list.Data)
			}
			if gone := ada.ask("mutation($id: ID!) { delete"+test.class+"(id: $id) }", vars{"id": id}).good().at("delete" + test.class); gone != true {
				t.Errorf("delete%s: %v", test.class, gone)
			}
			ada.ask("query($id: ID!) { "+lowered(test.class)+"(id: $id) { id } }", vars{"id": id}).refused("NOT_FOUND")
		}
		if wrong, err := b.node.Verify(t.Context()); err != nil || len(wrong) > 0 {
			t.Errorf("verify: %v %v", wrong, err)
		}
	})
}

// A point in time is a beginning and an end, too; an action is read in any
// spelling, a stage by its IRI; one value stands for a list; an id may stand
// where a revisionId does; a plan without a plan is a plan.
func TestPlansLeniently(t *testing.T) {
	b := newBooks(t, "", Options{})
	ada := b.steward()
	farm := ada.organization("Farm")
	stage := ada.make("ProcessSpecification", vars{"name": "Washing"})
	intent := ada.make("Intent", vars{"action": "deliver-service", "receiver": farm})
	id := ada.make("Commitment", vars{"action": "transfer_all_rights", "provider": farm, "receiver": farm, "satisfies": intent, "inScopeOf": farm,
		"stage": "https://books.example/vf/ProcessSpecification/" + stage, "hasPointInTime": "2026-05-01T08:00:00Z"})
	r := ada.ask(`query($id: ID!) { commitment(id: $id) { action { id } satisfies { id action { id } } stage { name } hasBeginning hasEnd hasPointInTime } }`, vars{"id": id}).good()
	if fmt.Sprint(r.at("commitment")) != fmt.Sprint(map[string]any{"action": map[string]any{"id": "transferAllRights"}, "stage": map[string]any{"name": "Washing"},
		"satisfies":    []any{map[string]any{"id": intent, "action": map[string]any{"id": "deliverService"}}},
		"hasBeginning": "2026-05-01T08:00:00Z", "hasEnd": "2026-05-01T08:00:00Z", "hasPointInTime": "2026-05-01T08:00:00Z"}) {
		t.Errorf("%v", r.Data)
	}
	ada.ask(`mutation($id: ID!) { updateCommitment(commitment: {id: $id, note: "n"}) { commitment { note } } }`, vars{"id": id}).good()
	ada.ask(`mutation($id: ID!) { updateCommitment(commitment: {revisionId: $id, note: "m"}) { commitment { note } } }`, vars{"id": id}).good()
	made := ada.ask(`mutation { createAgreement { agreement { id name } } }`, nil).good()
	if made.at("createAgreement.agreement.name") != nil {
		t.Errorf("%v", made.Data)
	}
	ada.ask(`mutation { updateAgreement { agreement { id } } }`, nil).refused("REQUIRED", "agreement.revisionId")
	ada.ask(`mutation { updateAgreement(agreement: {id: "`+made.text("createAgreement.agreement.id")+`", name: "Boxes"}) { agreement { id } } }`, nil).good()
}
