package graph

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"disconode/node"
	"disconode/valueflows/jsonld"
)

// imports reads an example of the specification into the LAB, as the command does.
func (b *books) imports(example string) {
	b.t.Helper()
	text, err := os.ReadFile(filepath.Join("../valueflows/jsonld/testdata/examples", example+".yaml"))
	if err != nil {
		b.t.Fatal(err)
	}
	if _, err := b.node.Import(node.AsOperator(context.Background(), b.lab), b.lab, []jsonld.File{{Name: example + ".yaml", Data: text}}, false); err != nil {
		b.t.Fatal(err)
	}
}

// stands is how a resource stands at the end of an example.
type stands struct {
	iri                string
	accounting, onhand string
	unit               string
	stage, state       string
}

// The figures of the specification's examples come back by GraphQL. Where the
// documents state them, they are the documents' own.
func TestExamplesReadBack(t *testing.T) {
	const (
		one, kg       = "one", "kilogram"
		alice         = "https://alice.example/"
		manufacturing = "https://manufacturing.example/"
		medical       = "https://medical.example/"
	)
	tests := []struct {
		example   string
		resources []stands
	}{
		{"exchange--crypto-currency-transfer-1", []stands{
			{"https://faircoin.example/b75d8f6a-e2df-4e52-b36d-1a22a66f4ead", "440", "440", one, "", ""},
			{"https://faircoin.example/3be5259d-10f0-431c-9fec-9c0c15a461d3", "580", "580", one, "", ""},
		}},
		{"exchange--checkout-book-1", []stands{
			{"https://library.example/2402b57c-1c45-423a-acb2-f50961c97d65", "1", "1", one, "", ""},
		}},
		{"production--manufacturing-1", []stands{
			{manufacturing + "e1721a61-cd47-4556-84b9-8b1b81da15bf", "9", "9", one, "", ""},
			{manufacturing + "3129ca8b-fcda-45be-bbda-294dc924d3b9", "127", "127", one, "", ""},
			{manufacturing + "6b97b1be-8e07-44ac-82e5-214f1b2aaf33", "1", "1", one, "", ""},
			{manufacturing + "52f0e212-3c4f-4d27-b345-5e964c135824", "1", "1", one, "", ""},
		}},
		{"production--manufacturing-and-workflow-with-recipe-and-plan-1", []stands{
			{manufacturing + "3129ca8b-fcda-45be-bbda-294dc924d3b9", "1318", "1318", one, "QT injection molded buckets", "pass"},
			{manufacturing + "6b5bc786-b9ed-4189-b34f-5ef7d10f1f86", "1531.8", "1531.8", kg, "QT injection molded buckets", ""},
			{manufacturing + "23799c14-c368-4653-a584-83bf9ae8b82a", "1", "1", one, "", ""},
		}},
		{"production--workflow-production-1", []stands{
			{alice + "e1721a61-cd47-4556-84b9-8b1b81da15bf", "1", "1", one, "", ""},
		}},
		{"production--combine-and-separate-with-packing-container-1", []stands{
			{medical + "e1721a61-cd47-4556-84b9-8b1b81da15bf", "1", "1", one, "", ""},
			{medical + "3129ca8b-fcda-45be-bbda-294dc924d3b9", "1", "1", one, "", ""},
			{medical + "3129ca8b-fcda-45be-bbda-294dc924d3b0", "1", "1", one, "", ""},
			{medical + "3129ca8b-fcda-45be-bbda-294dc924d3b1", "1", "1", one, "", ""},
			{medical + "e1721a61-cd47-4556-84b9-8b1b81da564h", "0", "0", one, "", ""}, // the package: what it held is out again
		}},
		{"exchange--transportation-with-transfer-1", []stands{
			{alice + "21f361a6-2375-46bb-b192-c21b5ba833bf", "200", "200", kg, "", ""},
			{"https://claudia.example/27be5cab-d740-4194-9298-1661a69d9d95", "0", "0", kg, "", ""},
			{"https://bob.example/9bd19194-a36d-4a1f-896b-8082887962cb", "30", "30", kg, "", ""},
		}},
		{"production--stage-and-state-1", []stands{
			{manufacturing + "e1721a61-cd47-4556-84b9-8b1b81da15bf", "1", "1", one, "Attach air filter", "pass"},
		}},
		{"production--service-1", []stands{
			{"https://training.example/e1721a61-cd47-4556-84b9-8b1b81da15bf", "1", "1", one, "", ""},
			{"https://training.example/6b97b1be-8e07-44ac-82e5-214f1b2aaf33", "97", "97", one, "", ""},
		}},
	}
	const query = `query($id: ID!) { economicResource(id: $id) { iri state stage { name } containedIn { id }
		accountingQuantity { hasNumericalValue hasUnit { omUnitIdentifier } } onhandQuantity { hasNumericalValue hasUnit { omUnitIdentifier } } } }`
	for _, tt := range tests {
		t.Run(tt.example, func(t *testing.T) {
			eachDialect(t, func(t *testing.T, b *books) {
				b.imports(tt.example)
				ada := b.steward()
				for _, want := range tt.resources {
					r := ada.ask(query, vars{"id": want.iri}).good()
					text := func(path string) string {
						text, _ := r.at("economicResource." + path).(string)
						return text
					}
					got := stands{iri: text("iri"), accounting: text("accountingQuantity.hasNumericalValue"), onhand: text("onhandQuantity.hasNumericalValue"),
						unit: text("onhandQuantity.hasUnit.omUnitIdentifier"), state: text("state")}
					if r.at("economicResource.stage") != nil {
						got.stage = text("stage.name")
					}
					if got != want || text("accountingQuantity.hasUnit.omUnitIdentifier") != want.unit {
						t.Errorf("%+v, want %+v", got, want)
					}
					if r.at("economicResource.containedIn") != nil {
						t.Errorf("%s is in something", want.iri)
					}
				}
			})
		})
	}
}

// The example of corrections states no resources: its events come to 6 h of work
// (7 - 1), 5 sheets consumed (3 - 3 + 5), and a desk.
func TestExampleOfCorrections(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		b.imports("production--correcting-errors-1")
		r := b.steward().ask(`{ contributions(groupBy: [ACTION]) { action { id } events
			resourceQuantity { hasNumericalValue hasUnit { omUnitIdentifier } } effortQuantity { hasNumericalValue hasUnit { omUnitIdentifier } } } }`, nil).good()
		got := map[string]string{}
		for i := range r.count("contributions") {
			row := r.row("contributions", i)
			for _, quantity := range []string{"resourceQuantity", "effortQuantity"} {
				for j := range row.count(quantity) {
					m := row.row(quantity, j)
					got[row.text("action.id")+" "+quantity] += m.text("hasNumericalValue") + " " + m.text("hasUnit.omUnitIdentifier") + ";"
				}
			}
		}
		want := map[string]string{"work effortQuantity": "6 hour;", "consume resourceQuantity": "5 one;", "produce resourceQuantity": "1 one;"}
		if len(got) != len(want) {
			t.Errorf("%v, want %v", got, want)
		}
		for what, sum := range want {
			if got[what] != sum {
				t.Errorf("%s: %s, want %s", what, got[what], sum)
			}
		}
	})
}

// row is one object of a list.
func (r *reply) row(list string, i int) *reply {
	r.t.Helper()
	row, ok := r.at(list).([]any)[i].(map[string]any)
	if !ok {
		r.t.Fatalf("no object at %s.%d: %v", list, i, r.Data)
	}
	return &reply{t: r.t, Data: row}
}
