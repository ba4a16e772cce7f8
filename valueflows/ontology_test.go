package valueflows

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// individuals are the named individuals of a Turtle text: by subject and
// predicate, the objects. It reads as much of Turtle as the vocabulary is
// written in.
func individuals(turtle string) map[string]map[string][]string {
	found := map[string]map[string][]string{}
	var statement []string
	for _, token := range turtleToken.FindAllString(turtle, -1) {
		switch {
		case strings.HasPrefix(token, "#"): // a comment
		case token != ".":
			statement = append(statement, token)
		default:
			if len(statement) > 3 && !strings.HasPrefix(statement[0], "@") {
				if says := sentence(statement[1:]); slices.Contains(says["a"], "owl:NamedIndividual") {
					found[statement[0]] = says
				}
			}
			statement = nil
		}
	}
	return found
}

// A text with its language or type, an IRI, a comment, a mark, or a name.
var turtleToken = regexp.MustCompile(`"(?:[^"\\]|\\.)*"(?:@[\w-]+|\^\^[\w:]+)?|<[^>]*>|#[^\n]*|[;,.()\[\]]|@?[\w:-]+`)

// sentence is what a statement says of its subject.
func sentence(tokens []string) map[string][]string {
	says := map[string][]string{}
	predicate := ""
	for _, token := range tokens {
		switch {
		case token == ";":
			predicate = ""
		case token == ",":
		case predicate == "":
			predicate = token
		default:
			says[predicate] = append(says[predicate], token)
		}
	}
	return says
}

// ontologyActions are the actions of the ontology, and what it says of each.
func ontologyActions(t *testing.T) map[Action]map[string][]string {
	t.Helper()
	turtle, err := os.ReadFile("testdata/all_vf.TTL")
	if err != nil {
		t.Fatal(err)
	}
	actions := map[Action]map[string][]string{}
	for subject, says := range individuals(string(turtle)) {
		if slices.Contains(says["a"], "vf:Action") {
			actions[Action(strings.TrimPrefix(subject, "vf:"))] = says
		}
	}
	return actions
}
