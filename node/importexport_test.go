package node

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"disconode/valueflows"
	"disconode/valueflows/jsonld"
)

// A small export: one organization works an hour.
const (
	exportFirst = `{"@context":"urn:disconode:context:1.0.0","@type":"Export"}`
	exportFarm  = `{"@context":"urn:disconode:context:1.0.0","@id":"https://a.example/vf/Organization/1","@type":"Organization","name":"Farm"}`
	exportKind  = `{"@context":"urn:disconode:context:1.0.0","@id":"https://a.example/vf/ResourceSpecification/1","@type":"ResourceSpecification","name":"Grain"}`
	exportWork  = `{"@context":"urn:disconode:context:1.0.0","@id":"https://a.example/vf/EconomicEvent/1","@type":"EconomicEvent","action":"vf:work","created":"2026-05-01T08:00:00Z",` +
		`"effortQuantity":{"hasNumericalValue":"1","hasUnit":"http://www.ontology-of-units-of-measure.org/resource/om-2/hour"},` +
		`"provider":"https://a.example/vf/Organization/1","receiver":"https://a.example/vf/Organization/1"}`
	exportSack = `{"@context":"urn:disconode:context:1.0.0","@id":"https://a.example/vf/EconomicResource/1","@type":"EconomicResource","conformsTo":"https://a.example/vf/ResourceSpecification/1",` +
		`"createdWith":{"primaryAccountable":"https://a.example/vf/Organization/1"},"name":"Sack"}`
	exportRaise = `{"@context":"urn:disconode:context:1.0.0","@id":"https://a.example/vf/EconomicEvent/2","@type":"EconomicEvent","action":"vf:raise","created":"2026-05-01T08:00:00Z",` +
		`"provider":"https://a.example/vf/Organization/1","receiver":"https://a.example/vf/Organization/1","resourceInventoriedAs":"https://a.example/vf/EconomicResource/1",` +
		`"resourceQuantity":{"hasNumericalValue":"1","hasUnit":"http://www.ontology-of-units-of-measure.org/resource/om-2/kilogram"}}`
	exportStands = `{"@context":"urn:disconode:context:1.0.0","@id":"https://a.example/vf/EconomicResource/1","@type":"EconomicResource",` +
		`"accountingQuantity":{"hasNumericalValue":"1","hasUnit":"http://www.ontology-of-units-of-measure.org/resource/om-2/kilogram"},` +
		`"onhandQuantity":{"hasNumericalValue":"1","hasUnit":"http://www.ontology-of-units-of-measure.org/resource/om-2/kilogram"},"primaryAccountable":"https://a.example/vf/Organization/1"}`
)

// export is a whole export of these lines.
func export(lines ...string) string {
	return strings.Join(slices.Concat([]string{exportFirst}, lines, []string{fmt.Sprintf(`{"@context":"urn:disconode:context:1.0.0","@type":"ExportEnd","lines":%d}`, len(lines)+1)}), "\n") + "\n"
}

// tries reads an export into the books, and tells what the report says.
func (b *books) tries(text string, dryRun bool) (*ImportReport, string, error) {
	b.t.Helper()
	report, err := b.node.ImportExport(b.ctx, b.lab, "books.jsonl", strings.NewReader(text), dryRun)
	if report == nil {
		return nil, "", err
	}
	var said bytes.Buffer
	if _, err := report.WriteTo(&said); err != nil {
		b.t.Fatal(err)
	}
	return report, said.String(), err
}

func TestIsExport(t *testing.T) {
	for line, want := range map[string]bool{
		exportFirst: true, exportFirst + "\n": true, exportFirst + "\r\n": true, exportFarm: false, "": false,
		`{"@context":"https://www.w3.org/ns/activitystreams"}`: false, "id,action": false,
	} {
		if got := IsExport([]byte(line)); got != want {
			t.Errorf("%q: %t", line, got)
		}
	}
}

// An export with something wrong in it is refused whole, and the report names
// the file, the line and what to do.
func TestImportExportRefuses(t *testing.T) {
	twice := strings.Replace(exportFarm, "Organization/1", "Organization/2", 1)
	tests := []struct {
		what, text, says string
	}{
		{"another file", exportFarm + "\n", "books.jsonl:1: error: an export begins with its first line"},
		{"cut off between lines", strings.Join([]string{exportFirst, exportFarm}, "\n") + "\n", "books.jsonl:3: error: the file ends before its last line"},
		{"cut off within a line", exportFirst + "\n" + exportFarm[:100], "books.jsonl:2: error: the line"},
		{"a line missing", strings.Replace(export(exportFarm, twice, exportWork), twice+"\n", "", 1), "books.jsonl:4: error: 3 lines stand before the last, and there were 4"},
		{"two in one file", export(exportFarm) + export(exportFarm), "books.jsonl:4: error: the export has ended already"},
		{"what no line before names", export(exportWork), "books.jsonl:2: error: provider: no agent has this id here"},
		{"an agent where a specification belongs", export(exportFarm, strings.ReplaceAll(exportSack, "ResourceSpecification/1", "Organization/1")), "books.jsonl:3: error: conformsTo: this id names one of class Organization"},
		{"one name for two things", export(exportFarm, strings.Replace(exportKind, "ResourceSpecification/1", "Organization/1", 1)), "books.jsonl:3: error: https://a.example/vf/Organization/1 is of class Organization in the books"},
		{"more taken than there is", export(exportFarm, exportKind, exportSack, exportRaise, strings.NewReplacer("vf:raise", "vf:consume", "Event/2", "Event/3", `"1"`, `"2"`).Replace(exportRaise)), "books.jsonl:6: error: resourceQuantity.hasNumericalValue: there are 1"},
		{"a name of this node's own", export(strings.Replace(exportFarm, "https://a.example", "https://books.example", 1)), "books.jsonl:2: error: the line has a name that cannot be read"},
		{"a name that is not this node's to give", export(strings.Replace(exportFarm, "https://a.example/vf/Organization/1", "https://books.example/vf/Organization/01a20167-4729-71fc-9cc5-ca551869e337", 1)), "books.jsonl:2: error:"},
		{"a line that is too long", export(strings.Replace(exportFarm, "Farm", strings.Repeat("x", exportLineMax), 1)), "books.jsonl:2: error: a line of an export has at most"},
		{"a name that is too long", export(strings.Replace(exportFarm, "Farm", strings.Repeat("x", 201), 1)), "books.jsonl:2: error: name: a name has at most"},
		{"U+0000", export(strings.Replace(exportFarm, "Farm", `F\u0000`, 1)), "books.jsonl:2: error:"},
	}
	eachDialect(t, func(t *testing.T, b *books) {
		before := b.position()
		for _, test := range tests {
			_, said, err := b.tries(test.text, false)
			var input *valueflows.InputError
			if !errors.As(err, &input) || input.Code != "IMPORT_FAILED" || !strings.Contains(said, test.says) {
				t.Errorf("%s: %v: %.600s\nwant %s", test.what, err, said, test.says)
			}
		}
		if got := b.position(); got != before {
			t.Errorf("%d entries were written", got-before)
		}
	})
}

// A file with many faults is read no further than the first of them.
func TestImportExportStopsAtManyFaults(t *testing.T) {
	b := newBooks(t, "")
	var lines []string
	for i := range 5000 {
		lines = append(lines, strings.Replace(exportWork, "Event/1", fmt.Sprintf("Event/%d", i), 1))
	}
	report, _, err := b.tries(export(lines...), false)
	if err == nil || report.Count(jsonld.Failed) != exportFailedMax {
		t.Errorf("%v, %d faults", err, report.Count(jsonld.Failed))
	}
}

// What the books have stays as it is, and what the export says otherwise is listed.
func TestImportExportDiffers(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		first := export(exportFarm, exportKind, exportSack, exportRaise, exportWork, exportStands)
		report, said, err := b.tries(first, true)
		if err != nil || report.New != 5 || !strings.Contains(said, "a dry run") {
			t.Fatalf("%v: %s", err, said)
		}
		before := b.position()
		if report, said, err = b.tries(first, true); err != nil || report.New != 5 || b.position() != before {
			t.Fatalf("the dry run kept something: %v: %s", err, said)
		}
		if report, said, err = b.tries(first, false); err != nil || report.New != 5 || report.Count(jsonld.Mismatch) != 0 {
			t.Fatalf("%v: %s", err, said)
		}
		before = b.position()
		other := strings.NewReplacer(`"name":"Farm"`, `"name":"Barn"`, `"hasNumericalValue":"1"`, `"hasNumericalValue":"3"`, "2026-05-01", "2026-05-02", "Sack", "Bag").Replace(first)
		report, said, err = b.tries(other, false)
		if err != nil || report.New != 0 || b.position() != before {
			t.Fatalf("%v: %s", err, said)
		}
		for _, want := range []string{
			"books.jsonl:2: difference: https://a.example/vf/Organization/1 is in the books with another name: that was kept",
			"books.jsonl:4: difference: https://a.example/vf/EconomicResource/1 is in the books with another name: that was kept",
			"books.jsonl:5: difference: https://a.example/vf/EconomicEvent/2 is in the books with another created, resourceQuantity: that was kept",
			"books.jsonl:6: difference: https://a.example/vf/EconomicEvent/1 is in the books with another created, effortQuantity: that was kept",
			"books.jsonl:7: mismatch: https://a.example/vf/EconomicResource/1 stands in the books with another accountingQuantity, onhandQuantity",
		} {
			if !strings.Contains(said, want) {
				t.Errorf("the report does not say\n%s\nbut\n%s", want, said)
			}
		}
		b.sound()
	})
}

// The export that the books gave changes nothing in them.
func TestImportOwnExport(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		b.imports(example(t, "production--manufacturing-1"))
		b.record(valueflows.EconomicEvent{Action: "work", Provider: b.person("Ann"), Receiver: b.lab, EffortQuantity: hours("1")})
		text := b.exported()
		before := b.position()
		if report := b.reads(text); report.New != 0 || report.Stubs != 0 || report.Count(jsonld.Difference)+report.Count(jsonld.Mismatch) != 0 || b.position() != before {
			t.Errorf("%s: %v", report.Summary(), report.Lines)
		}
	})
}

// Books that were lost come back under the node's own address, each record under
// the id that it had.
func TestImportExportBringsBack(t *testing.T) {
	b := newBooks(t, "")
	b.imports(example(t, "production--manufacturing-1"))
	ann := b.person("Ann")
	event := b.record(valueflows.EconomicEvent{Action: "work", Provider: ann, Receiver: b.lab, EffortQuantity: hours("1")})
	text := b.exported()
	again := newBooks(t, "")
	again.reads(text)
	if second := again.exported(); !bytes.Equal(text, second) {
		t.Error(difference(text, second))
	}
	back, err := Get[valueflows.EconomicEvent](again.ctx, again.node, event.ID)
	if err != nil || back.Provider != ann || back.Receiver != again.lab || back.IRI != "" {
		t.Errorf("%+v, %v", back, err)
	}
	again.sound()
}

// A pipe, which cannot be read twice, is as good as a file.
func TestImportExportFromAPipe(t *testing.T) {
	b := newBooks(t, "")
	out, in := io.Pipe()
	go func() {
		_, err := io.WriteString(in, export(exportFarm, exportWork))
		in.CloseWithError(err)
	}()
	report, err := b.node.ImportExport(b.ctx, b.lab, "-", out, false)
	if err != nil || report.New != 2 {
		t.Errorf("%v, %v", report, err)
	}
}

// An event that happened by the other node's clock, which is ahead, is taken as
// it is; and only who may record for anyone reads an export.
func TestImportExportRights(t *testing.T) {
	b := newBooks(t, "")
	ahead := strings.Replace(export(exportFarm, exportWork), "2026-05-01", "9000-05-01", 1)
	for _, test := range []struct {
		role Role
		want error
	}{{Public, ErrUnauthenticated}, {Member, ErrForbidden}, {Auditor, ErrForbidden}, {Partner, ErrForbidden}, {Bookkeeper, nil}, {Steward, nil}, {Operator, nil}} {
		ctx := WithPrincipal(context.Background(), Principal{User: ex("user"), Lab: b.lab, Role: test.role})
		if _, err := b.node.ImportExport(ctx, b.lab, "x", strings.NewReader(ahead), true); !errors.Is(err, test.want) {
			t.Errorf("%s: %v", test.role, err)
		}
		if _, err := b.node.ImportExport(ctx, ex("lab"), "x", strings.NewReader(ahead), true); err == nil {
			t.Errorf("%s reads into books that there are not", test.role)
		}
	}
}

// What another LAB of the node has in its books is not taken over.
func TestImportExportForeignBooks(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		other, err := b.node.CreateLab(AsOperator(t.Context(), valueflows.ID{}), NewLab{Name: "Grocery", Slug: "grocery", Zone: "UTC", Steward: "Gus"})
		if err != nil {
			t.Fatal(err)
		}
		if _, said, err := b.tries(export(exportFarm, exportKind, exportSack, exportRaise, exportWork), false); err != nil {
			t.Fatal(err, said)
		}
		operator := AsOperator(t.Context(), other.ID)
		report, err := b.node.ImportExport(operator, other.ID, "x", strings.NewReader(export(exportFarm, exportWork)), false)
		if err == nil || !strings.Contains(fmt.Sprint(report.Lines), "the name is taken") {
			t.Errorf("another LAB's event was taken over: %v %v", err, report)
		}
		fresh := strings.Replace(exportWork, "Event/1", "Event/9", 1)
		if report, err = b.node.ImportExport(operator, other.ID, "x", strings.NewReader(export(exportFarm, fresh)), false); err != nil {
			t.Errorf("an agent of both LABs: %v %v", err, report)
		}
		b.sound()
	})
}

// Whatever a file holds, its lines come one by one, and none is longer than may be.
func FuzzExportLines(f *testing.F) {
	f.Add([]byte(export(exportFarm, exportWork)))
	f.Add([]byte("\n\n\r\n{}"))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, text []byte) {
		lines := newExportLines(bytes.NewReader(text))
		var whole []byte
		for {
			line, err := lines.next()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			if bytes.IndexByte(line, '\n') >= 0 {
				t.Fatalf("a line holds its end: %q", line)
			}
			whole = append(append(whole, line...), '\n')
		}
		if want := append(bytes.TrimSuffix(text, []byte("\n")), '\n'); len(text) > 0 && !bytes.Equal(whole, want) {
			t.Fatalf("%q came as %q", text, whole)
		}
	})
}
