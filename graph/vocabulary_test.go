package graph

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
)

// vocabulary is what the ontology says: of each property the classes that have
// it, and whether it is the inverse of another.
type vocabulary struct {
	classes map[string][]string // of a property
	inverse map[string]bool
}

// readVocabulary reads as much of the ontology as tells that.
func readVocabulary(t *testing.T) vocabulary {
	t.Helper()
	turtle, err := os.ReadFile("../valueflows/testdata/all_vf.TTL")
	if err != nil {
		t.Fatal(err)
	}
	text := strings.ReplaceAll(string(turtle), "\r", "")
	union := map[string][]string{}
	for _, m := range regexp.MustCompile(`(?s)\nvf:(\w+Domain)\s[^.]*?owl:unionOf\s+\(([^)]*)\)`).FindAllStringSubmatch(text, -1) {
		union[m[1]] = strings.Fields(strings.ReplaceAll(m[2], "vf:", ""))
	}
	v := vocabulary{map[string][]string{}, map[string]bool{}}
	property := regexp.MustCompile(`(?s)\n(?:vf|geo|geosparql):(\w+)\s+a\s+owl:(?:Object|Datatype)Property\s*;(.*?)\n\s+\.\n`)
	domain := regexp.MustCompile(`rdfs:domain\s+vf:(\w+)`)
	for _, m := range property.FindAllStringSubmatch(text, -1) {
		of := domain.FindStringSubmatch(m[2])
		if of == nil {
			t.Errorf("the ontology says of no class that it has %s", m[1])
			continue
		}
		v.classes[m[1]] = []string{of[1]}
		if all := union[of[1]]; all != nil {
			v.classes[m[1]] = all
		}
		v.inverse[m[1]] = strings.Contains(m[2], "owl:inverseOf")
	}
	return v
}

// The reference line's names of inverses.
var namedOtherwise = map[string]string{
	"Process.hasInput":                          "observedInputs committedInputs intendedInputs",
	"Process.hasOutput":                         "observedOutputs committedOutputs intendedOutputs",
	"RecipeProcess.hasRecipeInput":              "recipeInputs",
	"RecipeProcess.hasRecipeOutput":             "recipeOutputs",
	"RecipeExchange.recipeStipulates":           "recipeClauses",
	"RecipeExchange.recipeStipulatesReciprocal": "recipeReciprocalClauses",
	"Plan.hasIndependentDemand":                 "independentDemands",
}

// What no input states: actions are the vocabulary's own, and events alone count
// and place resources.
var unstated = regexp.MustCompile(`^Action\.|^EconomicResource\.(accountingQuantity|onhandQuantity|primaryAccountable|currentLocation|stage|state)$`)

// inputsOf are the inputs by which records of a class come into the books.
var inputsOf = map[string]string{"Person": "AgentCreateParams", "Measure": "IMeasure"}

// Every property of the vocabulary is a field of each class that has it, and,
// where it is stated, a field of the input that makes one.
func TestEveryPropertyOfTheVocabulary(t *testing.T) {
	v, schema := readVocabulary(t), ourSchema()
	if len(v.classes) != 111 {
		t.Errorf("%d properties of the ontology, want 111", len(v.classes))
	}
	has := func(d *ast.Definition, name string) bool { return d != nil && d.Fields.ForName(name) != nil }
	found := 0
	for property, classes := range v.classes {
		for _, class := range classes {
			kinds := []string{class}
			if class == "Agent" {
				kinds = []string{"Person", "Organization", "EcologicalAgent"}
			}
			for _, kind := range kinds {
				found++
				names := namedOtherwise[kind+"."+property]
				if names == "" {
					names = property
				}
				for _, name := range strings.Fields(names) {
					if !has(schema.Types[kind], name) {
						t.Errorf("%s.%s cannot be read", kind, name)
					}
				}
				input := inputsOf[kind]
				if input == "" {
					input = kind + "CreateParams"
				}
				if !v.inverse[property] && !unstated.MatchString(kind+"."+property) && !has(schema.Types[input], property) {
					t.Errorf("%s.%s cannot be stated", input, property)
				}
			}
		}
	}
	if found != 231 {
		t.Errorf("%d properties of classes, want 231", found)
	}
}

// The inverses and what is derived, as the specification suggests to name them.
func TestEveryInverseOfTheVocabulary(t *testing.T) {
	schema := ourSchema()
	for class, names := range map[string]string{
		"Agent": "inventoriedEconomicResources commitmentsAsProvider commitmentsAsReceiver economicEventsAsProvider economicEventsAsReceiver " +
			"intentsAsProvider intentsAsReceiver claimsAsProvider claimsAsReceiver plans proposals proposalsTo",
		"Process":               "unplannedEconomicEvents unplannedInputs unplannedOutputs involvedAgents workingAgents previous next",
		"EconomicEvent":         "reciprocalEvents previous next trace track",
		"EconomicResource":      "economicEventsInOutFrom economicEventsFrom economicEventsTo contains previous next trace track",
		"Proposal":              "offers requests isOffer isRequest isWithin",
		"Intent":                "satisfiedBy observedBy publishedIn",
		"Commitment":            "fulfilledBy",
		"Claim":                 "settledBy",
		"Agreement":             "stipulates stipulatesReciprocal realizes realizesReciprocal economicEvents unplannedEconomicEvents involvedAgents",
		"AgreementBundle":       "bundles agreements",
		"ProposalList":          "lists",
		"Plan":                  "planIncludes inScopeOf involvedAgents startDate endDate finished",
		"ResourceSpecification": "conformingResources economicEvents commitments intents conformingRecipeFlows recipes",
		"ProcessSpecification":  "conformingProcesses conformingRecipeProcesses commitmentsRequiringStage resourcesCurrentlyAtStage recipeFlowsRequiringStage",
	} {
		for _, name := range strings.Fields(names) {
			if schema.Types[class].Fields.ForName(name) == nil {
				t.Errorf("%s.%s is missing", class, name)
			}
		}
	}
}
