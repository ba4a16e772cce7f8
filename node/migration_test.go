package node

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"disconode/node/store/storetest"
	"disconode/valueflows"
)

// unpacked is a file of testdata.
func unpacked(t testing.TB, name string) []byte {
	t.Helper()
	packed, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// Books that the version before wrote (testdata/books-3, of the specification's
// examples and an event that names much) open with this one: what was kept by
// its name alone is a record that its inverses lead from, roles in LABs are
// relationships, the journal makes just these tables, and nothing is lost.
func TestBooksOfTheVersionBefore(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		dir := t.TempDir()
		if dsn == "" {
			if err := os.WriteFile(filepath.Join(dir, "node.sqlite"), unpacked(t, "books-3.sqlite.gz"), 0o600); err != nil {
				t.Fatal(err)
			}
		} else {
			dsn = storetest.Empty(t)
			storetest.Exec(t, dsn, string(unpacked(t, "books-3.postgres.sql.gz")))
		}
		b := &books{t: t, dir: dir, dsn: dsn, node: openNode(t, Options{DataDir: dir, Database: dsn, BaseURL: "https://books.example"})}
		l, err := b.node.LabBySlug(t.Context(), "farms")
		if err != nil {
			t.Fatal(err)
		}
		b.lab = l.ID
		b.ctx, _ = b.as("Ada", Steward)
		look := func() {
			t.Helper()
			delivery := valueflows.IDOf("https://ex.example/delivery")
			for what, got := range map[string][]valueflows.ID{
				"fulfilledBy": linked[valueflows.EconomicEvent](t, b, LinkFulfills, valueflows.IDOf("https://ex.example/other-promise")),
				"observedBy":  linked[valueflows.EconomicEvent](t, b, LinkSatisfies, valueflows.IDOf("https://ex.example/wish")),
				"settledBy":   linked[valueflows.EconomicEvent](t, b, LinkSettles, valueflows.IDOf("https://ex.example/claim")),
				"realizes":    linked[valueflows.EconomicEvent](t, b, LinkOfAgreement, valueflows.IDOf("https://ex.example/agreement")),
			} {
				if !slices.Equal(got, []valueflows.ID{delivery}) {
					t.Errorf("%s: %v", what, got)
				}
			}
			promise, err := Get[valueflows.Commitment](b.ctx, b.node, valueflows.IDOf("https://ex.example/promise"))
			if err != nil || !promise.Stub || promise.IRI != "https://ex.example/promise" {
				t.Errorf("the promise is %+v, %v", promise, err)
			}
			if relations, err := List[valueflows.AgentRelationship](b.ctx, b.node, Filter{}, Page{First: 10}); err != nil || len(relations.Nodes) != 3 {
				t.Errorf("relationships: %+v, %v", relations, err)
			}
		}
		look()
		if differences, err := b.node.Rebuild(AsOperator(t.Context(), valueflows.ID{})); err != nil || len(differences) > 0 {
			t.Errorf("rebuild: %v, %v", differences, err)
		}
		look()
	})
}

// What the version before exported is read, and exported again it is the same.
func TestExportOfTheVersionBefore(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		b := newBooksAt(t, dsn, "https://elsewhere.example")
		text := unpacked(t, "books-3.export.jsonl.gz")
		operator := AsOperator(t.Context(), b.lab)
		if _, said, err := b.tries(string(text), false); err != nil {
			t.Fatalf("%v: %s", err, said)
		}
		if got := linked[valueflows.EconomicEvent](t, b, LinkFulfills, valueflows.IDOf("https://ex.example/promise")); len(got) != 1 {
			t.Errorf("fulfilledBy: %v", got)
		}
		var again bytes.Buffer
		if _, err := b.node.Export(operator, b.lab, &again); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(again.Bytes(), text) {
			t.Errorf("exported again it is\n%s\nnot\n%s", again.Bytes(), text)
		}
	})
}
