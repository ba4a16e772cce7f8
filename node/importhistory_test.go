package node

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"disconode/valueflows"
	"disconode/valueflows/jsonld"
)

// The corrected example comes to 6 hours of work and 5 pieces used.
func TestImportCorrections(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		b.imports(example(t, "production--correcting-errors-1"))
		sums, err := b.node.Contributions(b.ctx, ContributionQuery{Action: []valueflows.Action{"work", "consume"}, GroupBy: []ContributionGroup{"ACTION"}})
		if err != nil {
			t.Fatal(err)
		}
		got := map[valueflows.Action]string{}
		for _, c := range sums {
			for _, m := range append(c.EffortQuantity, c.ResourceQuantity...) {
				got[c.Action] += m.HasNumericalValue.String() + " " + valueflows.OMUnit(m.HasUnit).Label
			}
		}
		if want := map[valueflows.Action]string{"work": "6 hour", "consume": "5 one"}; fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("got %v, want %v", got, want)
		}
	})
}

// A book that is lent is off hand, and on hand when it comes home; the package
// holds what is packed until it is unpacked.
func TestImportOnTheWay(t *testing.T) {
	tests := map[string][]string{
		"exchange--checkout-book-1": {
			"54: https://library.example/2402b57c-1c45-423a-acb2-f50961c97d65 agrees with the books: accountingQuantity 1, onhandQuantity 0",
			"81: https://library.example/2402b57c-1c45-423a-acb2-f50961c97d65 agrees with the books: accountingQuantity 1, onhandQuantity 1",
		},
		"production--combine-and-separate-with-packing-container-1": {
			"112: https://medical.example/e1721a61-cd47-4556-84b9-8b1b81da15bf agrees with the books: accountingQuantity 1, containedIn https://medical.example/e1721a61-cd47-4556-84b9-8b1b81da564h",
			"121: https://medical.example/3129ca8b-fcda-45be-bbda-294dc924d3b9 agrees with the books: accountingQuantity 1, containedIn https://medical.example/e1721a61-cd47-4556-84b9-8b1b81da564h",
			"239: https://medical.example/3129ca8b-fcda-45be-bbda-294dc924d3b9 agrees with the books: accountingQuantity 1, containedIn none",
		},
		"production--stage-and-state-1": {
			"93: https://manufacturing.example/e1721a61-cd47-4556-84b9-8b1b81da15bf agrees with the books: accountingQuantity 1, stage https://manufacturing.example/3be5259d-10f0-431c-9fec-9c0c15a461d3",
			`134: https://manufacturing.example/e1721a61-cd47-4556-84b9-8b1b81da15bf agrees with the books: accountingQuantity 1, stage https://manufacturing.example/3be5259d-10f0-431c-9fec-9c0c15a461d3, state "pass"`,
		},
	}
	for name, want := range tests {
		t.Run(name, func(t *testing.T) {
			b := newBooks(t, "")
			checks := lines(b.imports(example(t, name)), jsonld.Checked)
			for _, line := range want {
				if !slices.Contains(checks, line) {
					t.Errorf("no check %s in\n%s", line, strings.Join(checks, "\n"))
				}
			}
		})
	}
}

// What one document only names, a later one may state: the stub is completed.
func TestImportCompletesStubs(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		b.imports(graph(strings.Replace(consume, "action: consume", "action: consume, inputOf: 'ex:cooking'", 1)))
		if ann, err := Get[valueflows.Agent](b.ctx, b.node, ex("ann")); err != nil || !ann.Stub {
			t.Fatalf("%+v, %v", ann, err)
		}
		report := b.imports(graph(
			"{'@id': 'ex:ann', '@type': Person, name: Ann}", "{'@id': 'ex:kind', '@type': ResourceSpecification, name: Onions}",
			"{'@id': 'ex:cooking', '@type': Process, name: Cooking}", stock))
		if report.New != 4 || report.Stubs != 0 {
			t.Error(report.Summary())
		}
		ann, err := Get[valueflows.Agent](b.ctx, b.node, ex("ann"))
		if err != nil || ann.Stub || ann.Kind != valueflows.ClassPerson || ann.Name != "Ann" {
			t.Errorf("%+v, %v", ann, err)
		}
		cooking, err := Get[valueflows.Process](b.ctx, b.node, ex("cooking"))
		if err != nil || cooking.Stub || cooking.Name != "Cooking" {
			t.Errorf("%+v, %v", cooking, err)
		}
		b.holds(ex("onions"), "5", "5") // what was told before it was counted is not taken off
		b.sound()
	})
}

// What the books have stays, and what a document says otherwise is told.
func TestImportDifferences(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		ann := "{'@id': 'ex:ann', '@type': Person, name: Ann}"
		b.imports(graph(ann, stock, consume))
		before := b.position()
		other := strings.NewReplacer("name: Ann", "name: Anna", "name: Onions", "name: Leeks", "hasNumericalValue: 2", "hasNumericalValue: 3")
		report := b.imports(graph(other.Replace(ann), other.Replace(stock), other.Replace(consume)))
		want := []string{
			"3: https://ex.example/ann is in the books with another name: that was kept",
			"4: https://ex.example/onions is in the books with another name: that was kept",
			"5: https://ex.example/eaten is in the books with another resourceQuantity: that was kept",
		}
		if got := lines(report, jsonld.Difference); !slices.Equal(got, want) {
			t.Errorf("got %q", got)
		}
		if got := b.position(); got != before {
			t.Errorf("%d entries were written", got-before)
		}
		b.holds(ex("onions"), "3", "3")
	})
}

// A document that has grown adds what is new, and its checks look at the books
// where these stand.
func TestImportGrown(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		is := func(quantity string) string {
			return strings.Replace(stock, "hasNumericalValue: 5", "hasNumericalValue: "+quantity, 1)
		}
		b.imports(graph(stock, consume, is("3")))
		more := strings.Replace(consume, "ex:eaten", "ex:eaten-too", 1)
		report := b.imports(graph(stock, consume, is("3"), more, is("1")))
		if report.New != 1 || report.Count(jsonld.Checked) != 2 || report.Count(jsonld.Mismatch) != 0 {
			t.Errorf("%s\n%v", report.Summary(), report.Lines)
		}
		b.holds(ex("onions"), "1", "1")
		// A resource that the books have is not opened again: its statement is a check.
		report = b.imports(graph(is("1"), strings.Replace(consume, "ex:eaten", "ex:eaten-at-last", 1), is("7")))
		wrong := lines(report, jsonld.Mismatch)
		if len(wrong) != 1 || !strings.Contains(wrong[0], "stated as 7 kilogram, and by the books -1 kilogram") {
			t.Errorf("%q\n%v", wrong, report.Lines)
		}
		b.sound()
	})
}

// A history may fall below zero: the report says where and how far, and the
// LAB's own rule holds for all other resources.
func TestImportBelowZero(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		more := strings.Replace(consume, "ex:eaten", "ex:eaten-too", 1)
		report := b.imports(graph(stock, strings.Replace(consume, "hasNumericalValue: 2", "hasNumericalValue: 6", 1), more))
		told := lines(report, jsonld.Tolerated)
		if len(told) != 2 || !strings.HasPrefix(told[0], "4: https://ex.example/onions falls to -1") || !strings.HasPrefix(told[1], "5: https://ex.example/onions falls to -3") {
			t.Errorf("%q", told)
		}
		b.holds(ex("onions"), "-3", "-3")
		b.sound()
	})
}

// Where what is on hand differs, the difference is with an agent not stated.
func TestImportOnhandDiffers(t *testing.T) {
	for onhand, want := range map[string]string{"2": "2", "8.5": "8.5", "0": "0"} {
		t.Run(onhand, func(t *testing.T) {
			eachDialect(t, func(t *testing.T, b *books) {
				both := strings.Replace(stock, "accountingQuantity", "onhandQuantity: {hasUnit: kilogram, hasNumericalValue: "+onhand+"}, accountingQuantity", 1)
				report := b.imports(graph(both, both))
				b.holds(ex("onions"), "5", want)
				if report.Count(jsonld.Mismatch) != 0 {
					t.Error(report.Lines)
				}
				r, err := Get[valueflows.EconomicResource](b.ctx, b.node, ex("onions"))
				if err != nil || r.PrimaryAccountable != ex("ann") {
					t.Errorf("%+v, %v", r, err)
				}
				b.sound()
			})
		})
	}
}

// A resource stated after events that draw on it begins with what these leave.
func TestImportStatedLast(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		report := b.imports(graph(consume, stock))
		b.holds(ex("onions"), "5", "5")
		if report.Count(jsonld.Checked) != 1 || report.Count(jsonld.Mismatch) != 0 {
			t.Error(report.Lines)
		}
	})
}
