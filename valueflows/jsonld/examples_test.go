package jsonld

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"disconode/valueflows"
)

var update = flag.Bool("update", false, "accept what the tests find as what they expect")

// golden compares with a file of testdata, which -update writes.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(want) {
		t.Errorf("%s differs (-update accepts it); got:\n%s", path, got)
	}
}

// The specification's examples are read as these reports say, and come to these
// steps.
func TestExamples(t *testing.T) {
	paths, err := filepath.Glob("testdata/examples/*.yaml")
	if err != nil || len(paths) != 23 {
		t.Fatalf("%d examples, %v", len(paths), err)
	}
	for _, path := range paths {
		name := filepath.Base(path)
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			d, err := Read(File{Name: name, Data: data})
			if err != nil {
				t.Fatal(err)
			}
			batch := Plan([]*Document{d}, Options{Lab: valueflows.IDOf("https://lab.example/")})
			if n := batch.Report.Count(Failed); n > 0 {
				t.Errorf("%d errors", n)
			}
			golden(t, "reports/"+strings.TrimSuffix(name, ".yaml")+".txt", []byte(describeBatch(batch)))
		})
	}
}

// describeBatch writes a batch as people read it: the report, then the steps.
func describeBatch(b *Batch) string {
	var out strings.Builder
	for _, stub := range b.Stubs {
		if !stub.Known {
			b.Report.Add(stub.Line())
		}
	}
	b.Report.Sort()
	for _, l := range b.Report.Lines {
		fmt.Fprintln(&out, l)
	}
	fmt.Fprintf(&out, "%d read, %d skipped, %d records, %d stubs\n", b.Report.Read, b.Report.Skipped, len(b.Records), len(b.Stubs))
	for _, s := range b.Steps {
		if s.Check != nil && s.Opening { // the statement that the opening follows from
			continue
		}
		if s.Check != nil {
			fmt.Fprintf(&out, "%d: check %s\n", s.Line, s.Check.IRI)
			continue
		}
		if s.Record != nil {
			fmt.Fprintf(&out, "%d: the %s %s\n", s.Line, s.Statement.Class, s.Statement.IRI)
			continue
		}
		fmt.Fprintf(&out, "%d: %s", s.Line, s.Event.Action)
		if q := s.Event.ResourceQuantity; q != nil {
			fmt.Fprintf(&out, " %s", amount(q))
		}
		if q := s.Event.EffortQuantity; q != nil {
			fmt.Fprintf(&out, " %s of effort", amount(q))
		}
		for _, id := range []struct {
			word string
			id   valueflows.ID
		}{
			{"of", s.Event.ResourceInventoriedAs}, {"to", s.Event.ToResourceInventoriedAs}, {"conforming to", s.Event.ResourceConformsTo},
			{"by", s.Event.Provider}, {"for", s.Event.Receiver}, {"into", s.Event.InputOf}, {"out of", s.Event.OutputOf},
		} {
			if !id.id.IsZero() {
				fmt.Fprintf(&out, " %s %s", id.word, b.Names[id.id])
			}
		}
		if s.Creates != nil {
			fmt.Fprintf(&out, ", creating %s accounted for by %s", b.Names[s.Creates.ID], b.Names[s.Creates.PrimaryAccountable])
		}
		fmt.Fprintln(&out)
	}
	return out.String()
}
