package node

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"disconode/node/store"
	"disconode/valueflows"
	"disconode/valueflows/jsonld"
)

const examplesHead = `# The Valueflows examples, read

Each document of the specification's examples (valueflows/jsonld/testdata/examples), read by ` + "`disconode import`" + `
into the books of a new LAB: what was read, tolerated, stubbed and skipped, which checks agree, which
records the books then have, and how the resources stand at the end. This page is written by ` + "`go test ./node -run TestExamplesPage -update`" + `,
and the same test fails where it no longer tells the truth.

- **tolerated** is a slip of the document, and how it was read.
- **inferred** is what the document does not state and the rest of it tells.
- **stub** is an IRI that nothing states: kept by its name.
- **skipped** is a record of a class of an earlier version that became nothing in 1.0.0.
- **check** is a stated quantity, container, stage or state that agrees with the books at that point, **mismatch** one that does not.

`

// docs/EXAMPLES.md says for each example what the import makes of it.
func TestExamplesPage(t *testing.T) {
	paths, err := filepath.Glob(examples + "/*.yaml")
	if err != nil || len(paths) != 23 {
		t.Fatalf("%d examples, %v", len(paths), err)
	}
	page := bytes.NewBufferString(examplesHead)
	for _, path := range paths {
		name := strings.TrimSuffix(filepath.Base(path), ".yaml")
		b := newBooks(t, "")
		writeExample(page, b, example(t, name))
	}
	const file = "../docs/EXAMPLES.md"
	if *update {
		if err := os.WriteFile(file, page.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if want, err := os.ReadFile(file); err != nil || !bytes.Equal(want, page.Bytes()) {
		t.Errorf("%s does not say what the import does (-update writes it): %v", file, err)
	}
}

func writeExample(page *bytes.Buffer, b *books, file jsonld.File) {
	report := b.imports(file)
	fmt.Fprintf(page, "## %s\n\n%s.\n\n", file.Name, report.Summary())
	fmt.Fprintf(page, "Kept: %s.\n\n", b.kept())
	if stocks := b.stocks(); len(stocks) > 0 {
		page.WriteString("| resource | accounted for | on hand | stage | state |\n|---|---|---|---|---|\n")
		for _, r := range stocks {
			fmt.Fprintf(page, "| %s | %s | %s | %s | %s |\n", r.IRI, said(r.AccountingQuantity), said(r.OnhandQuantity), b.stage(r.Stage), r.State)
		}
		page.WriteString("\n")
	}
	for _, kind := range []jsonld.Kind{jsonld.Tolerated, jsonld.Inferred, jsonld.StubMade, jsonld.Skipped, jsonld.Checked, jsonld.Mismatch, jsonld.Difference} {
		if texts := lines(report, kind); len(texts) > 0 {
			fmt.Fprintf(page, "%s:\n\n", kind)
			for _, text := range texts {
				fmt.Fprintf(page, "- line %s\n", text)
			}
			page.WriteString("\n")
		}
	}
}

// stocks are the resources that the books count, in recorded order.
func (b *books) stocks() []*valueflows.EconomicResource {
	b.t.Helper()
	all, err := store.List[valueflows.EconomicResource](b.t.Context(), b.node.store, store.Sight{Lab: b.lab}, Filter{}, Page{First: 100})
	if err != nil {
		b.t.Fatal(err)
	}
	var counted []*valueflows.EconomicResource
	for _, r := range all.Nodes {
		if !r.Stub {
			counted = append(counted, r)
		}
	}
	return counted
}

func (b *books) stage(id valueflows.ID) string {
	if id.IsZero() {
		return ""
	}
	s, err := Get[valueflows.ProcessSpecification](b.ctx, b.node, id)
	if err != nil {
		b.t.Fatal(err)
	}
	return s.Name
}

func said(m *valueflows.Measure) string {
	return strings.TrimSuffix(m.HasNumericalValue.String()+" "+valueflows.OMUnit(m.HasUnit).Label, " one")
}
