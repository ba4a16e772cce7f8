package node

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"disconode/valueflows"
	"disconode/valueflows/jsonld"
)

var update = flag.Bool("update", false, "accept what the tests find as what they expect")

const examples = "../valueflows/jsonld/testdata/examples"

// example is one of the specification's documents.
func example(t testing.TB, name string) jsonld.File {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(examples, name+".yaml"))
	if err != nil {
		t.Fatal(err)
	}
	return jsonld.File{Name: name + ".yaml", Data: data}
}

func (b *books) imports(files ...jsonld.File) *ImportReport {
	b.t.Helper()
	report, err := b.node.Import(b.ctx, b.lab, files, false)
	if err != nil {
		if report != nil {
			for _, l := range report.Lines {
				if l.Kind == jsonld.Failed {
					b.t.Error(l)
				}
			}
		}
		b.t.Fatal(err)
	}
	return report
}

func (b *books) position() int64 {
	b.t.Helper()
	head, err := b.node.store.Head(b.t.Context())
	if err != nil {
		b.t.Fatal(err)
	}
	return head.Position
}

// lines are the texts of a report's lines of a kind.
func lines(r *ImportReport, kind jsonld.Kind) []string {
	var texts []string
	for _, l := range r.Lines {
		if l.Kind == kind {
			texts = append(texts, fmt.Sprintf("%d: %s", l.Line, l.Text))
		}
	}
	return texts
}

// Each example comes to the quantities that it states, or that VALUEFLOWS
// rules give it, and no check of its own fails.
func TestImportExamples(t *testing.T) {
	type holding struct{ iri, accounting, onhand string }
	tests := []struct {
		name     string
		holdings []holding
	}{
		{"exchange--crypto-currency-transfer-1", []holding{
			{"https://faircoin.example/b75d8f6a-e2df-4e52-b36d-1a22a66f4ead", "440", "440"},
			{"https://faircoin.example/3be5259d-10f0-431c-9fec-9c0c15a461d3", "580", "580"},
		}},
		{"exchange--checkout-book-1", []holding{
			{"https://library.example/2402b57c-1c45-423a-acb2-f50961c97d65", "1", "1"},
		}},
		{"production--manufacturing-1", []holding{
			{"https://manufacturing.example/e1721a61-cd47-4556-84b9-8b1b81da15bf", "9", "9"},
			{"https://manufacturing.example/3129ca8b-fcda-45be-bbda-294dc924d3b9", "127", "127"},
			{"https://manufacturing.example/6b97b1be-8e07-44ac-82e5-214f1b2aaf33", "1", "1"},
			{"https://manufacturing.example/52f0e212-3c4f-4d27-b345-5e964c135824", "1", "1"},
		}},
		{"production--manufacturing-and-workflow-with-recipe-and-plan-1", []holding{
			{"https://manufacturing.example/3129ca8b-fcda-45be-bbda-294dc924d3b9", "1318", "1318"},
			{"https://manufacturing.example/6b5bc786-b9ed-4189-b34f-5ef7d10f1f86", "1531.8", "1531.8"},
			{"https://manufacturing.example/23799c14-c368-4653-a584-83bf9ae8b82a", "1", "1"},
		}},
		{"production--workflow-production-1", []holding{
			{"https://alice.example/e1721a61-cd47-4556-84b9-8b1b81da15bf", "1", "1"},
		}},
		{"exchange--transportation-with-transfer-1", []holding{
			{"https://alice.example/21f361a6-2375-46bb-b192-c21b5ba833bf", "200", "200"},
			{"https://bob.example/9bd19194-a36d-4a1f-896b-8082887962cb", "30", "30"},
			{"https://claudia.example/27be5cab-d740-4194-9298-1661a69d9d95", "0", "0"},
		}},
		{"production--stage-and-state-1", []holding{
			{"https://manufacturing.example/e1721a61-cd47-4556-84b9-8b1b81da15bf", "1", "1"},
		}},
		{"production--combine-and-separate-with-packing-container-1", []holding{
			{"https://medical.example/e1721a61-cd47-4556-84b9-8b1b81da15bf", "1", "1"},
			{"https://medical.example/3129ca8b-fcda-45be-bbda-294dc924d3b9", "1", "1"},
		}},
		{"production--service-1", []holding{
			{"https://training.example/6b97b1be-8e07-44ac-82e5-214f1b2aaf33", "97", "97"},
			{"https://training.example/e1721a61-cd47-4556-84b9-8b1b81da15bf", "1", "1"},
		}},
		{"resource-1", []holding{
			{"https://farm.example/07819789-dd51-44c3-b35c-9210165bc832", "650", "650"},
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			eachDialect(t, func(t *testing.T, b *books) {
				report := b.imports(example(t, test.name))
				if wrong := lines(report, jsonld.Mismatch); wrong != nil {
					t.Errorf("checks fail:\n%s", strings.Join(wrong, "\n"))
				}
				for _, h := range test.holdings {
					b.holds(valueflows.IDOf(h.iri), h.accounting, h.onhand)
				}
			})
		})
	}
}

// The same documents a second time change nothing: not one entry of the journal.
func TestImportTwice(t *testing.T) {
	for _, name := range []string{
		"exchange--checkout-book-1", "exchange--transportation-with-transfer-1", "production--combine-and-separate-with-packing-container-1",
		"production--correcting-errors-1", "production--manufacturing-and-workflow-with-recipe-and-plan-1", "production--stage-and-state-1", "agent-1", "resource-1",
	} {
		t.Run(name, func(t *testing.T) {
			eachDialect(t, func(t *testing.T, b *books) {
				first := b.imports(example(t, name))
				before := b.position()
				second := b.imports(example(t, name))
				if got := b.position(); got != before {
					t.Errorf("the second time wrote %d entries", got-before)
				}
				if second.New != 0 || second.Stubs != 0 || second.Unchanged != first.New || first.Unchanged != 0 {
					t.Errorf("the first time: %s\nthe second: %s", first.Summary(), second.Summary())
				}
				for _, kind := range []jsonld.Kind{jsonld.Mismatch, jsonld.Difference} {
					if wrong := lines(second, kind); wrong != nil {
						t.Errorf("the second time reports %s", strings.Join(wrong, "\n"))
					}
				}
				b.sound()
			})
		})
	}
}

const importContext = "'@context': {'@vocab': 'https://w3id.org/valueflows/ont/vf#', ex: 'https://ex.example/'}\n'@graph':\n"

// graph is a document of YAML statements, the first of them at line 3.
func graph(statements ...string) jsonld.File {
	return jsonld.File{Name: "test.yaml", Data: []byte(importContext + "- " + strings.Join(statements, "\n- "))}
}

const (
	stock   = "{'@id': 'ex:onions', '@type': EconomicResource, name: Onions, conformsTo: 'ex:kind', primaryAccountable: 'ex:ann', accountingQuantity: {hasUnit: kilogram, hasNumericalValue: 5}}"
	consume = "{'@id': 'ex:eaten', '@type': EconomicEvent, action: consume, provider: 'ex:ann', receiver: 'ex:ann', resourceInventoriedAs: 'ex:onions', resourceQuantity: {hasUnit: kilogram, hasNumericalValue: 2}}"
)

func ex(name string) valueflows.ID { return valueflows.IDOf("https://ex.example/" + name) }

// Whatever is wrong anywhere, nothing is recorded, and every fault is told with its place.
func TestImportNothing(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		process := b.process("Harvest")
		tests := []struct {
			what string
			file jsonld.File
			line int
			says string
		}{
			{"an unknown unit", graph(stock, strings.Replace(consume, "hasUnit: kilogram", "hasUnit: kilogramm", 1)), 4, "is kilogram meant?"},
			{"no JSON", jsonld.File{Name: "test.json", Data: []byte("{\n\"a\"")}, 2, "ends too early"},
			{"another unit than the resource's", graph(stock, strings.Replace(consume, "hasUnit: kilogram", "hasUnit: litre", 1)), 4, "counted in kilogram"},
			{"a negative quantity without corrects", graph(stock, strings.Replace(consume, "hasNumericalValue: 2", "hasNumericalValue: -2", 1)), 4, "negative only"},
			{"no quantity", graph(stock, "{'@id': 'ex:e', '@type': EconomicEvent, action: consume, provider: 'ex:ann', receiver: 'ex:ann', resourceInventoriedAs: 'ex:onions'}"), 4, "how much"},
			{"an input that is an output", graph("{'@id': 'ex:p', '@type': Process}", stock, strings.Replace(consume, "action: consume", "action: consume, outputOf: 'ex:p'", 1)), 5, "use inputOf"},
			{"an id that nothing has", graph(strings.Replace(consume, "provider: 'ex:ann'", "provider: 01890000-0000-7000-8000-000000000000", 1)), 3, "no agent has this id"},
			{"a process of the books as a provider", graph(strings.Replace(consume, "provider: 'ex:ann'", "provider: "+process.String(), 1)), 3, "names one of class Process"},
			{"a record of this node that is not there", graph("{'@id': 'https://books.example/vf/Process/01890000-0000-7000-8000-000000000000', '@type': Process}"), 3, "which has none of that name"},
			{"an event under a name of the node's own", graph(stock, strings.Replace(consume, "ex:eaten", "01890000-0000-7000-8000-000000000000", 1)), 4, "which has none of that name"},
			{"a correction of another action", graph(stock, consume, "{'@id': 'ex:mended', '@type': EconomicEvent, corrects: 'ex:eaten', action: use, provider: 'ex:ann', receiver: 'ex:ann', effortQuantity: {hasUnit: hour, hasNumericalValue: -1}}"), 5, "repeats the action"},
			{"a scheme that no IRI of a record has", graph(strings.Replace(consume, "provider: 'ex:ann'", "provider: 'undeclared:ann'", 1)), 3, "undeclared:ann"},
		}
		before := b.position()
		for _, test := range tests {
			t.Run(test.what, func(t *testing.T) {
				report, err := b.node.Import(b.ctx, b.lab, []jsonld.File{graph(stock), test.file}, false)
				var input *valueflows.InputError
				if !errors.As(err, &input) || input.Code != "IMPORT_FAILED" || report == nil {
					t.Fatalf("got %v, %v", report, err)
				}
				told := false
				for _, l := range report.Lines {
					told = told || l.Kind == jsonld.Failed && l.Line == test.line && strings.Contains(l.Text, test.says)
				}
				if !told {
					t.Errorf("no line %d: … %s … in %v", test.line, test.says, lines(report, jsonld.Failed))
				}
				if !strings.Contains(report.Summary(), "nothing was recorded") {
					t.Error(report.Summary())
				}
				if got := b.position(); got != before {
					t.Errorf("%d entries were written", got-before)
				}
			})
		}
		t.Run("all at once", func(t *testing.T) {
			report, err := b.node.Import(b.ctx, b.lab, []jsonld.File{graph(stock, strings.Replace(consume, "receiver: 'ex:ann'", "receiver: "+process.String(), 1),
				"{'@id': 'ex:e', '@type': EconomicEvent, action: consume, provider: 'ex:ann', receiver: 'ex:ann', resourceInventoriedAs: 'ex:onions'}")}, false)
			if err == nil || report.Count(jsonld.Failed) != 2 {
				t.Errorf("%v, %v", err, report.Lines)
			}
		})
		b.imports(graph(stock, consume)) // the books go on
		b.holds(ex("onions"), "3", "3")
	})
}

// A dry run says all that the import would, and keeps nothing.
func TestImportDryRun(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		before := b.position()
		dry, err := b.node.Import(b.ctx, b.lab, []jsonld.File{example(t, "exchange--checkout-book-1")}, true)
		if err != nil {
			t.Fatal(err)
		}
		if got := b.position(); got != before {
			t.Errorf("%d entries were written", got-before)
		}
		real := b.imports(example(t, "exchange--checkout-book-1"))
		dry.DryRun = false
		var a, z strings.Builder
		_, _ = dry.WriteTo(&a)
		_, _ = real.WriteTo(&z)
		if a.String() != z.String() {
			t.Errorf("the dry run says\n%s\nand the import\n%s", a.String(), z.String())
		}
	})
}
