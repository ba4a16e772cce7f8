package node

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"disconode/valueflows"
	"disconode/valueflows/jsonld"
	"disconode/valueflows/ontologytest"
)

// says is what a statement of the walk says, by property, in YAML.
type says map[string]string

// yaml is the statement of a record that says it.
func (s says) yaml(name, class string) string {
	text := "{'@id': 'ex:" + name + "', '@type': " + class
	for _, property := range slices.Sorted(maps.Keys(s)) {
		text += ", " + property + ": " + s[property]
	}
	return text + "}"
}

func with(base says, more says) says {
	all := says{}
	maps.Copy(all, base)
	maps.Copy(all, more)
	return all
}

const (
	kilograms = "{hasUnit: kilogram, hasNumericalValue: 2.5}"
	someHours = "{hasUnit: hour, hasNumericalValue: 1.5}"
)

// least is the least that a record of each class must say.
var least = map[string]says{
	"AgentRelationship":     {"subject": "'ex:least-Person'", "object": "'ex:least-Organization'", "relationship": "'ex:least-AgentRelationshipRole'"},
	"AgentRelationshipRole": {"roleLabel": "mentors"},
	"Unit":                  {"label": "crate"},
	"EconomicResource":      {"conformsTo": "'ex:least-ResourceSpecification'", "primaryAccountable": "'ex:least-Organization'", "accountingQuantity": "{hasUnit: kilogram, hasNumericalValue: 100}"},
	"EconomicEvent":         anyFlow("transfer", "'ex:least-Person'"),
	"Commitment":            anyFlow("transfer", "'ex:least-Person'"), "Intent": anyFlow("transfer", "'ex:least-Person'"), "Claim": anyFlow("transfer", "'ex:least-Person'"),
	"RecipeFlow": {"action": "transfer", "resourceConformsTo": "'ex:least-ResourceSpecification'", "resourceQuantity": kilograms},
}

func anyFlow(action, receiver string) says {
	return says{"action": action, "provider": "'ex:least-Organization'", "receiver": receiver, "resourceConformsTo": "'ex:least-ResourceSpecification'", "resourceQuantity": kilograms}
}

// ofWork and ofProcess are flows with other actions than to transfer: of effort, into a
// process, out of one.
var (
	ofWork    = says{"action": "work", "provider": "'ex:least-Person'", "receiver": "'ex:least-Organization'", "resourceConformsTo": "'ex:least-ResourceSpecification'", "effortQuantity": someHours}
	ofProcess = anyFlow("produce", "'ex:least-Organization'")
)

// instead is what a record must say beside a property, where the least does not go with it.
var instead = map[string]says{
	"effortQuantity": ofWork, "inputOf": ofWork, "outputOf": ofProcess,
	"recipeInputOf":  {"action": "consume", "resourceQuantity": kilograms},
	"recipeOutputOf": {"action": "produce", "resourceQuantity": kilograms},
	"EconomicEvent corrects": with(anyFlow("transfer", "'ex:least-Person'"), says{
		"corrects": "'ex:least-EconomicEvent'", "resourceQuantity": "{hasUnit: kilogram, hasNumericalValue: -0.5}"}),
	"EconomicEvent resourceInventoriedAs": {"action": "consume", "provider": "'ex:least-Organization'", "receiver": "'ex:least-Organization'", "resourceQuantity": kilograms},
	"EconomicEvent toResourceInventoriedAs": {"action": "transfer", "provider": "'ex:least-Organization'", "receiver": "'ex:least-Person'", "resourceQuantity": kilograms,
		"resourceInventoriedAs": "'ex:least-EconomicResource'", "toResourceInventoriedAs": "'ex:theirs'"},
}

// saying is what a record of a class says that says a property.
func saying(class string, p ontologytest.Property) says {
	base := least[class]
	for _, name := range []string{p.Name, class + " " + p.Name} {
		if other, ok := instead[name]; ok {
			base = other
		}
	}
	if base[p.Name] != "" {
		return base
	}
	return with(base, says{p.Name: valueFor(p)})
}

// valueFor is something that a property can say.
func valueFor(p ontologytest.Property) string {
	switch p.Range {
	case "xsd:string":
		return "word of " + p.Name
	case "xsd:anyURI", "geosparql:Geometry":
		return "'https://ex.example/" + p.Name + "'"
	case "xsd:boolean":
		return "true"
	case "xsd:dateTimeStamp":
		return "2026-05-01T08:30:00-05:00"
	case "dtype:numericUnion":
		return "12.50"
	case "vf:Measure":
		if p.Name == "hasDuration" {
			return someHours
		}
		return kilograms
	case "vf:ProposalPurpose":
		return "offer"
	case "vf:Agent":
		return "'ex:least-Organization'"
	}
	return "'ex:least-" + strings.TrimPrefix(p.Range, "vf:") + "'"
}

// inExport is what an export has of a value that [valueFor] gives.
func inExport(value string) string {
	if _, number, measure := strings.Cut(value, "hasNumericalValue: "); measure {
		return "hasNumericalValue:" + strings.TrimSuffix(number, "}")
	}
	return strings.Replace(strings.Trim(value, "'"), "ex:", "https://ex.example/", 1)
}

// isValue tells whether records of a class are no records of their own here: an
// action is a word, a measure stands in what it measures, and an agent is one
// of three kinds.
func isValue(class string) bool { return class == "Action" || class == "Measure" || class == "Agent" }

// exportedTerms are the properties that the lines of an export state, by the
// record's IRI, and within them; and those of measures.
func exportedTerms(t *testing.T, export []byte) (of map[string]map[string]string, measures map[string]bool) {
	of, measures = map[string]map[string]string{}, map[string]bool{}
	var gather func(iri string, fields map[string]any)
	gather = func(iri string, fields map[string]any) {
		for name, value := range fields {
			inner, nested := value.(map[string]any)
			if nested && inner["hasNumericalValue"] != nil {
				for part := range inner {
					measures[part] = true
				}
			} else if nested {
				gather(iri, inner)
			}
			of[iri][name] = fmt.Sprint(value)
		}
	}
	for line := range bytes.Lines(export) {
		var fields map[string]any
		if err := json.Unmarshal(line, &fields); err != nil {
			t.Fatal(err)
		}
		iri, _ := fields["@id"].(string)
		if of[iri] == nil {
			of[iri] = map[string]string{}
		}
		gather(iri, fields)
	}
	return of, measures
}

// Every property of every class of the ontology is read from a document, stored,
// exported, and read back from there into the same bytes: 26 classes, 111
// properties, 19 actions. An inverse is stated on its own side, and said on the
// other.
func TestWalkOntology(t *testing.T) {
	text, err := os.ReadFile("../valueflows/testdata/all_vf.TTL")
	if err != nil {
		t.Fatal(err)
	}
	o := ontologytest.Read(text)
	var statements []string
	for _, class := range valueflows.Classes {
		base := least[string(class)]
		if len(base) == 0 {
			base = says{"name": "Least " + string(class)}
		}
		if class == valueflows.ClassBatchLotRecord {
			base = says{"batchLotCode": "L1"}
		}
		statements = append(statements, base.yaml("least-"+string(class), string(class)))
	}
	statements = append(statements, with(least["EconomicResource"], says{"primaryAccountable": "'ex:least-Person'"}).yaml("theirs", "EconomicResource"))
	type claim struct{ iri, term, value, pair string }
	var claims []claim
	classes, properties := map[string]bool{}, map[string]bool{}
	for _, pair := range o.Pairs() {
		p := pair.Property
		classes[pair.Class], properties[p.Name] = true, true
		name := pair.Class + "-" + p.Name
		switch {
		case isValue(pair.Class):
		case p.Name == "omUnitIdentifier": // of a unit of OM2, which every node has
			statements = append(statements, says{"label": "kilo", p.Name: "kilogram"}.yaml(name, pair.Class),
				with(least["EconomicEvent"], says{"resourceQuantity": "{hasUnit: 'ex:" + name + "', hasNumericalValue: 1}"}).yaml(name+"-counts", "EconomicEvent"))
			claims = append(claims, claim{name + "-counts", "resourceQuantity", valueflows.OM2 + "kilogram", name})
		case p.Inverse == "":
			record := saying(pair.Class, p)
			statements = append(statements, record.yaml(name, pair.Class))
			claims = append(claims, claim{name, p.Name, inExport(record[p.Name]), name})
		default:
			inverse := o.Property(p.Inverse)
			if inverse == nil {
				t.Fatalf("%s is the inverse of nothing", p.Name)
			}
			for _, class := range inverse.Of {
				if !strings.HasSuffix(p.Range, "Range") && p.Range != "vf:"+class {
					continue
				}
				part := maps.Clone(saying(class, *inverse))
				delete(part, p.Inverse)
				whole := with(least[pair.Class], says{p.Name: "[" + part.yaml(name+"-of-"+class, class) + "]"})
				if least[pair.Class] == nil {
					whole["name"] = "Whole"
				}
				statements = append(statements, whole.yaml(name+"-"+class, pair.Class))
				claims = append(claims, claim{name + "-of-" + class, p.Inverse, "https://ex.example/" + name + "-" + class, name})
			}
		}
	}
	statements = append(statements, with(least["EconomicResource"], says{"currentVirtualLocation": "'https://files.example'", "containedIn": "['ex:least-EconomicResource', 'ex:theirs']"}).
		yaml("in-several", "EconomicResource"))
	for _, container := range []string{"least-EconomicResource", "theirs"} {
		claims = append(claims, claim{"in-several", "containedIn", "https://ex.example/" + container, "EconomicResource containedIn, several"})
	}
	for _, action := range o.Actions {
		if _, known := valueflows.Actions[valueflows.Action(action.Name)]; !known || len(action.Behaviors) != 11 {
			t.Errorf("the action %s", action.Name)
		}
		statements = append(statements, with(least["RecipeFlow"], says{"action": action.Name}).yaml("action-"+action.Name, "RecipeFlow"))
		claims = append(claims, claim{"action-" + action.Name, "action", "vf:" + action.Name, "the action " + action.Name})
	}
	if len(classes) != 26 || len(properties) != 111 || len(o.Actions) != 19 {
		t.Errorf("%d classes, %d properties, %d actions", len(classes), len(properties), len(o.Actions))
	}
	eachDialect(t, func(t *testing.T, b *books) {
		report := b.imports(graph(statements...))
		for _, kind := range []jsonld.Kind{jsonld.Skipped, jsonld.StubMade, jsonld.Difference, jsonld.Mismatch} {
			if wrong := lines(report, kind); wrong != nil {
				t.Errorf("%s: %s", kind, strings.Join(wrong, "\n"))
			}
		}
		text, _ := b.goesRound()
		terms, measures := exportedTerms(t, text)
		for _, c := range claims {
			value, there := terms["https://ex.example/"+c.iri][c.term]
			if !there || !strings.Contains(value, c.value) {
				t.Errorf("%s: the export says %s %q of %s, not %q", c.pair, c.term, value, c.iri, c.value)
			}
		}
		if !measures["hasUnit"] || !measures["hasNumericalValue"] {
			t.Errorf("measures say %v", measures)
		}
		b.sound()
	})
}
