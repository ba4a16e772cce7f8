package node

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"disconode/node/store"
	"disconode/valueflows"
	"disconode/valueflows/jsonld"
)

// The records are the LAB's, and who a person is stays out of the journal.
func TestImportAdopts(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		b.imports(graph("{'@id': 'ex:ann', '@type': Person, name: Ann Secret, note: lives here}", stock,
			strings.Replace(consume, "receiver: 'ex:ann'", "receiver: 'https://books.example/labs/farms', note: lunch", 1)))
		event, err := Get[valueflows.EconomicEvent](b.ctx, b.node, ex("eaten"))
		if err != nil || event.Books != b.lab || event.Receiver != b.lab || event.IRI != "https://ex.example/eaten" {
			t.Errorf("%+v, %v", event, err)
		}
		onions, err := Get[valueflows.EconomicResource](b.ctx, b.node, ex("onions"))
		if err != nil || onions.Books != b.lab || onions.PrimaryAccountable != ex("ann") {
			t.Errorf("%+v, %v", onions, err)
		}
		err = b.node.store.Write(t.Context(), func(tx *store.Tx) error {
			entries, err := tx.EntriesOf(ex("ann"))
			if err != nil || len(entries) != 1 || bytes.Contains(entries[0].Body, []byte("Secret")) || bytes.Contains(entries[0].Body, []byte("lives")) {
				t.Errorf("the journal says of Ann: %s, %v", entries[0].Body, err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

// Only who may record for anyone in the books may read documents into them.
func TestImportRights(t *testing.T) {
	b := newBooks(t, "")
	other, err := b.node.CreateLab(AsOperator(t.Context(), valueflows.ID{}), NewLab{Name: "Grocery", Slug: "grocery", Zone: "UTC", Steward: "Gus"})
	if err != nil {
		t.Fatal(err)
	}
	before := b.position()
	for _, test := range []struct {
		lab  valueflows.ID
		role Role
		want error
	}{
		{b.lab, Member, ErrForbidden}, {b.lab, Auditor, ErrForbidden}, {b.lab, Public, ErrUnauthenticated},
		{other.ID, Steward, ErrForbidden}, {valueflows.ID{9}, Operator, ErrNotFound},
		{b.lab, Bookkeeper, nil}, {b.lab, Steward, nil}, {b.lab, Operator, nil}, {other.ID, Operator, nil},
	} {
		ctx := WithPrincipal(t.Context(), Principal{User: ex("user"), Lab: b.lab, Role: test.role})
		_, err := b.node.Import(ctx, test.lab, []jsonld.File{graph("{'@id': 'ex:p', '@type': Process}")}, true)
		if !errors.Is(err, test.want) {
			t.Errorf("%s in %s: %v, want %v", test.role, test.lab, err, test.want)
		}
	}
	if got := b.position(); got != before {
		t.Errorf("%d entries were written", got-before)
	}
}

// A unit of one import is known to the next.
func TestImportUnits(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		b.imports(graph("{'@id': 'ex:crate', '@type': Unit, label: crate}", strings.Replace(stock, "kilogram", "'ex:crate'", 1)))
		b.imports(graph(strings.Replace(consume, "kilogram", "'ex:crate'", 1)))
		b.holds(ex("onions"), "3", "3")
	})
}

// Documents of two LABs of one node do not mix: what one's books hold is not
// the other's to take over.
func TestImportForeignBooks(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		other, err := b.node.CreateLab(AsOperator(t.Context(), valueflows.ID{}), NewLab{Name: "Grocery", Slug: "grocery", Zone: "UTC", Steward: "Gus"})
		if err != nil {
			t.Fatal(err)
		}
		ann, process := "{'@id': 'ex:ann', '@type': Person, name: Ann}", "{'@id': 'ex:p', '@type': Process, name: Cooking}"
		b.imports(graph(ann, process, stock, consume))
		operator := AsOperator(t.Context(), other.ID)
		report, err := b.node.Import(operator, other.ID, []jsonld.File{graph(process)}, false)
		if err == nil || report == nil || !strings.Contains(fmt.Sprint(report.Lines), "the name is taken") {
			t.Errorf("%v, %v", report, err)
		}
		report, err = b.node.Import(operator, other.ID, []jsonld.File{graph(stock, consume)}, false)
		if err == nil {
			t.Errorf("another LAB's stock was taken over: %v", report)
		}
		b.holds(ex("onions"), "3", "3")
		report, err = b.node.Import(operator, other.ID, []jsonld.File{graph(ann, strings.NewReplacer("ex:onions", "ex:leeks", "ex:eaten", "ex:cooked").Replace(stock+"\n- "+consume))}, false)
		if err != nil {
			t.Fatalf("%v %v", err, report)
		}
		b.sound()
	})
}

// A name that the books, or another document, give to a thing of another class
// is read with the class after it, the same each time.
func TestImportSameNames(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		process := graph("{'@id': 'ex:onions', '@type': Process, name: Peeling}", "{'@id': 'ex:eaten', '@type': Scenario}")
		b.imports(process)
		b.imports(graph(stock, consume))
		b.holds(valueflows.IDOf("https://ex.example/onions#EconomicResource"), "3", "3")
		if _, err := Get[valueflows.EconomicEvent](b.ctx, b.node, ex("eaten")); err != nil {
			t.Errorf("the name of what is skipped is not free: %v", err)
		}
		before := b.position()
		for _, files := range [][]jsonld.File{{process}, {graph(stock, consume)}, {process, graph(stock, consume)}, {graph(stock, consume), process}} {
			if report := b.imports(files...); report.New != 0 || report.Count(jsonld.Tolerated) == 0 {
				t.Errorf("%s: %v", report.Summary(), report.Lines)
			}
		}
		if got := b.position(); got != before {
			t.Errorf("%d entries were written", got-before)
		}
	})
}

// All examples go into one LAB's books, although they use one name for several
// things: one after the other, then all at once without a change.
func TestImportAllExamples(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		var all []jsonld.File
		paths, err := filepath.Glob(examples + "/*.yaml")
		if err != nil || len(paths) != 23 {
			t.Fatalf("%d examples, %v", len(paths), err)
		}
		for _, path := range paths {
			file := example(t, strings.TrimSuffix(filepath.Base(path), ".yaml"))
			b.imports(file)
			all = append(all, file)
		}
		before := b.position()
		for _, file := range all {
			b.imports(file)
		}
		b.imports(all...)
		if got := b.position(); got != before {
			t.Errorf("%d entries were written", got-before)
		}
		b.sound()
	})
}
