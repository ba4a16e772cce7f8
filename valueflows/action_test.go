package valueflows

import (
	"errors"
	"os"
	"strings"
	"testing"
)

// The table of actions is the ontology's: 19 actions, 11 behaviours each, none
// more, none fewer, none different.
func TestActionsAreTheOntologys(t *testing.T) {
	properties := []struct {
		name string
		of   func(Behavior) string
	}{
		{"inputOutput", func(b Behavior) string { return string(b.InputOutput) }},
		{"pairsWith", func(b Behavior) string { return string(b.PairsWith) }},
		{"createResource", func(b Behavior) string { return string(b.CreateResource) }},
		{"eventQuantity", func(b Behavior) string { return string(b.EventQuantity) }},
		{"accountingEffect", func(b Behavior) string { return string(b.AccountingEffect) }},
		{"onhandEffect", func(b Behavior) string { return string(b.OnhandEffect) }},
		{"locationEffect", func(b Behavior) string { return string(b.LocationEffect) }},
		{"containedEffect", func(b Behavior) string { return string(b.ContainedEffect) }},
		{"accountableEffect", func(b Behavior) string { return string(b.AccountableEffect) }},
		{"stageEffect", func(b Behavior) string { return string(b.StageEffect) }},
		{"stateEffect", func(b Behavior) string { return string(b.StateEffect) }},
	}
	ontology := ontologyActions(t)
	compared := 0
	for action, says := range ontology {
		b, ok := Actions[action]
		if !ok {
			t.Errorf("the table lacks %s", action)
			continue
		}
		for _, p := range properties {
			values := says["vf:"+p.name]
			if len(values) != 1 {
				t.Errorf("%s: the ontology has %d values of %s", action, len(values), p.name)
				continue
			}
			want := strings.TrimPrefix(values[0], "vf:")
			if p.name == "pairsWith" && want == non {
				want = "" // an action pairs with an action, or with none
			}
			if got := p.of(b); got != want {
				t.Errorf("%s: %s is %q, in the ontology %q", action, p.name, got, want)
			}
			compared++
		}
	}
	for action := range Actions {
		if ontology[action] == nil {
			t.Errorf("%s is not in the ontology", action)
		}
	}
	if compared != 19*11 {
		t.Errorf("compared %d behaviours, want %d", compared, 19*11)
	}
}

// The list of actions names each of the table's once, and labels them as the
// ontology does, whose label of separate is that of its former name.
func TestActionIDs(t *testing.T) {
	listed := map[Action]bool{}
	for _, action := range ActionIDs {
		if _, ok := Actions[action]; !ok || listed[action] {
			t.Errorf("%s is listed twice, or is no action", action)
		}
		listed[action] = true
	}
	if len(listed) != len(Actions) {
		t.Errorf("%d actions are listed of %d", len(listed), len(Actions))
	}
	for action, says := range ontologyActions(t) {
		want := strings.TrimSuffix(strings.Trim(says["rdfs:label"][0], `"`), `"@en`)
		if action == "separate" {
			want = "separate"
		}
		if got := action.Label(); !strings.EqualFold(got, want) {
			t.Errorf("%s is labelled %q, want %q", action, got, want)
		}
	}
}

// Where the ontology is narrower than its own examples, the published values
// stay the ontology's and the rules are wider: work may say a resource
// quantity, and what changes hands may be new in the receiver's.
func TestRulesWiderThanTheOntology(t *testing.T) {
	if Actions["work"].EventQuantity != "effort" {
		t.Error("work counts effort, as published")
	}
	work := EconomicEvent{Action: "work", Provider: alice, Receiver: bob, ResourceQuantity: kg("1")}
	if err := work.Check(); err != nil {
		t.Errorf("work with a resource quantity: %v", err)
	}
	for _, action := range []Action{"pickup", "dropoff", "accept", "modify"} {
		if Actions[action].CreateResource != non {
			t.Errorf("%s creates no resource, as published", action)
		}
		alone := EconomicEvent{Action: action, Provider: alice, Receiver: alice}
		between := EconomicEvent{Action: action, Provider: alice, Receiver: bob}
		if alone.CreatesTo() || !between.CreatesTo() || alone.CreatesFrom() || between.CreatesFrom() {
			t.Errorf("%s may create the receiver's resource, and only that", action)
		}
	}
}

// An action is read however it is spelled, and is written in camelCase.
func TestParseAction(t *testing.T) {
	tests := []struct {
		text string
		want Action // empty for what is no action
	}{
		{"produce", "produce"},
		{"transferAllRights", "transferAllRights"},
		{"transfer-all-rights", "transferAllRights"},
		{"transfer_all_rights", "transferAllRights"},
		{"deliver-service", "deliverService"},
		{"transferCustody", "transferCustody"},
		{"pack", "combine"},
		{"unpack", "separate"},
		{"transferComplete", "transfer"},
		{"transfer-complete", "transfer"},
		{"transfer_complete", "transfer"},
		{"load", "pickup"},
		{"unload", "dropoff"},
		{"vf:raise", "raise"},
		{"vf:pack", "combine"},
		{"https://w3id.org/valueflows/ont/vf#consume", "consume"},
		{"http://w3id.org/valueflows/ont/vf#consume", "consume"},
		{"https://w3id.org/valueflows#transfer-custody", "transferCustody"},

		{"", ""},
		{"-", ""},
		{"sell", ""},
		{"Produce", ""},
		{"PRODUCE", ""},
		{"produce ", ""},
		{"pick-up", ""},
		{"notApplicable", ""},
		{"https://example.org/#produce", ""},
		{"https://w3id.org/valueflows/ont/vf#", ""},
		{"transfer-\xff", ""},
		{"transfer-é", ""},
		{strings.Repeat("a-", 1<<16), ""},
	}
	for _, test := range tests {
		got, err := ParseAction(test.text)
		if got != test.want {
			t.Errorf("%q is %q, want %q", Clip(test.text), got, test.want)
		}
		var input *InputError
		if test.want == "" && (!errors.As(err, &input) || input.Code != "UNKNOWN_ACTION" || len(input.Text) > 400) {
			t.Errorf("%q: %v, want UNKNOWN_ACTION, briefly", Clip(test.text), err)
		}
		if test.want != "" && err != nil {
			t.Errorf("%q: %v", test.text, err)
		}
	}
	for action := range Actions {
		if got, err := ParseAction(string(action)); got != action || err != nil {
			t.Errorf("%s is read as %q, %v", action, got, err)
		}
	}
}

// What strangers call an action is one of the table's or an error.
func FuzzParseAction(f *testing.F) {
	for _, text := range []string{"produce", "transfer-all-rights", "vf:pack", Namespace + "move", "_-_", "a-\xff"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		action, err := ParseAction(text)
		if _, ok := Actions[action]; ok == (err != nil) {
			t.Errorf("%q: %q, %v", text, action, err)
		}
	})
}

// The table that people read is the one that runs.
func TestActionsAsDocumented(t *testing.T) {
	page, err := os.ReadFile("../docs/EFFECTS.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(page), "## The actions")
	section, _, _ := strings.Cut(rest, "## What each effect does")
	for _, action := range ActionIDs {
		b := Actions[action]
		row := []string{string(b.EventQuantity), string(b.InputOutput), string(b.PairsWith), string(b.CreateResource),
			string(b.AccountingEffect), string(b.OnhandEffect), string(b.LocationEffect), string(b.ContainedEffect),
			string(b.AccountableEffect), string(b.StageEffect), string(b.StateEffect)}
		for i, value := range row {
			if value == non || value == "" {
				row[i] = "–"
			}
		}
		want := "\n| `" + string(action) + "` | " + strings.Join(row, " | ") + " |\n"
		if !strings.Contains(section, want) {
			t.Errorf("docs/EFFECTS.md lacks the row%s", want)
		}
	}
	if rows := strings.Count(section, "\n| `"); rows != len(ActionIDs) {
		t.Errorf("docs/EFFECTS.md has %d rows of actions", rows)
	}
}
