package node

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"disconode/node/store"
	"disconode/node/store/storetest"
	"disconode/valueflows"
	"disconode/valueflows/jsonld"

	"pgregory.net/rapid"
)

// exported is the export of the books.
func (b *books) exported() []byte {
	b.t.Helper()
	var text bytes.Buffer
	lines, err := b.node.Export(AsOperator(b.t.Context(), valueflows.ID{}), b.lab, &text)
	if err != nil {
		b.t.Fatal(err)
	}
	if got := int64(bytes.Count(text.Bytes(), []byte("\n"))); got != lines {
		b.t.Errorf("%d lines were written, and %d reported", got, lines)
	}
	return text.Bytes()
}

// elsewhere are empty books of another node: another address, LAB, zone and steward.
func (b *books) elsewhere() *books {
	b.t.Helper()
	dsn := b.dsn
	if dsn != "" {
		dsn = storetest.Postgres(b.t)
	}
	other := &books{t: b.t, dir: storetest.Dir(b.t), dsn: dsn}
	other.node = openNode(b.t, Options{DataDir: other.dir, Database: dsn, BaseURL: "http://127.0.0.1:8099"})
	lab, err := other.node.CreateLab(AsOperator(b.t.Context(), valueflows.ID{}), NewLab{Name: "Another", Slug: "another", Zone: "Asia/Kolkata", Steward: "Zoe"})
	if err != nil {
		b.t.Fatal(err)
	}
	other.lab = lab.ID
	other.ctx, other.token = other.as("Zoe", Steward)
	return other
}

// reads reads an export into the books.
func (b *books) reads(text []byte) *ImportReport {
	b.t.Helper()
	report, err := b.node.ImportExport(AsOperator(b.t.Context(), b.lab), b.lab, "books.jsonl", bytes.NewReader(text), false)
	if err != nil {
		if report != nil {
			for _, l := range report.Lines {
				b.t.Log(l)
			}
		}
		b.t.Fatal(err)
	}
	return report
}

// goesRound exports the books, reads that into empty ones elsewhere, and exports
// them again: the same bytes, resources that stand as they did, sound books, and
// the same file a second time changes nothing. It returns the export and the other books.
func (b *books) goesRound() ([]byte, *books) {
	b.t.Helper()
	first := b.exported()
	other := b.elsewhere()
	report := other.reads(first)
	if len(report.Lines) > 1 || report.Count(jsonld.Checked) != len(report.Lines) || report.Unchanged != 0 {
		b.t.Errorf("%s: %v", report.Summary(), report.Lines)
	}
	if second := other.exported(); !bytes.Equal(first, second) {
		b.t.Errorf("the export came back otherwise:\n%s", difference(first, second))
	}
	other.sound()
	before := other.position()
	again := other.reads(first)
	if got := other.position(); got != before || again.New != 0 || len(again.Lines) != len(report.Lines) {
		b.t.Errorf("the second time wrote %d entries: %s: %v", got-before, again.Summary(), again.Lines)
	}
	return first, other
}

// difference is the first line in which two texts differ.
func difference(a, b []byte) string {
	mine, its := bytes.Split(a, []byte("\n")), bytes.Split(b, []byte("\n"))
	for i := range min(len(mine), len(its)) {
		if !bytes.Equal(mine[i], its[i]) {
			return fmt.Sprintf("line %d\n%s\n%s", i+1, mine[i], its[i])
		}
	}
	return fmt.Sprintf("%d lines and %d", len(mine), len(its))
}

// SECURITY.md D14: every example goes out, into another node, and out again as
// the same bytes; one by one, and all in one LAB's books.
func TestD14RoundTripOfExamples(t *testing.T) {
	paths, err := filepath.Glob(examples + "/*.yaml")
	if err != nil || len(paths) != 23 {
		t.Fatalf("%d examples, %v", len(paths), err)
	}
	for _, path := range paths {
		name := strings.TrimSuffix(filepath.Base(path), ".yaml")
		t.Run(name, func(t *testing.T) {
			b := newBooks(t, "")
			b.imports(example(t, name))
			b.goesRound()
		})
	}
	t.Run("all", func(t *testing.T) {
		eachDialect(t, func(t *testing.T, b *books) {
			for _, path := range paths {
				b.imports(example(t, strings.TrimSuffix(filepath.Base(path), ".yaml")))
			}
			b.goesRound()
		})
	})
}

// Random histories go round too: what was corrected, taken back and given on.
func TestD14RoundTripOfHistories(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		b.policy(func(l *Lab) { l.Ownership = false })
		runs := 0
		rapid.Check(t, func(r *rapid.T) {
			if runs++; runs <= 20 { // all in one LAB's books
				(&history{b: b, t: r}).run()
			}
		})
		b.goesRound()
	})
}

// change updates a record in the books.
func change[T Kept](b *books, id valueflows.ID, do func(*T)) {
	b.t.Helper()
	if _, err := Update(b.ctx, b.node, id, func(r *T) error { do(r); return nil }); err != nil {
		b.t.Fatal(err)
	}
}

// makes creates a record in the books.
func makes[T Kept](b *books, record *T) valueflows.ID {
	b.t.Helper()
	made, err := Create(b.ctx, b.node, record)
	if err != nil {
		b.t.Fatal(err)
	}
	return recordOf(made).ID
}

// SECURITY.md D14: books as they are lived in, with all that was changed in them
// after it was recorded, go round.
func TestD14RoundTripOfLivingBooks(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		b.policy(func(l *Lab) { l.Ownership = false })
		b.as("Mia", Member) // named by nothing
		mia, _ := b.as("Bea", Member)
		bea, shop := PrincipalOf(mia).User, b.organization("Shop")
		ann, bob := b.person("Ann"), b.person("Bob \"the\tbuilder\" \u2028 =1+1")
		bucket, process := b.specification("Bucket"), b.process("Test")

		// A process becomes another kind of process between two events: each leaves its stage.
		washing, drying := makes(b, &valueflows.ProcessSpecification{Name: "Washed"}), makes(b, &valueflows.ProcessSpecification{Name: "Dried"})
		change(b, process, func(p *valueflows.Process) { p.BasedOn = washing })
		stock := b.recordNew(valueflows.EconomicEvent{Action: "raise", Provider: shop, Receiver: shop, ResourceQuantity: kg("1320.00"), State: "new"},
			valueflows.EconomicResource{ConformsTo: bucket, Name: "Buckets", Note: "blue"})
		wet := b.recordNew(valueflows.EconomicEvent{Action: "produce", Provider: shop, Receiver: shop, OutputOf: process, ResourceQuantity: kg("1")}, valueflows.EconomicResource{ConformsTo: bucket})
		change(b, process, func(p *valueflows.Process) { p.BasedOn, p.Name = drying, "Test, renamed" })
		dry := b.recordNew(valueflows.EconomicEvent{Action: "produce", Provider: shop, Receiver: shop, OutputOf: process, ResourceQuantity: kg("1")}, valueflows.EconomicResource{ConformsTo: bucket})
		change(b, process, func(p *valueflows.Process) { p.BasedOn = washing })

		// Scrap, and the scrap taken back.
		again := b.process("Try again")
		b.record(valueflows.EconomicEvent{Action: "accept", Provider: shop, Receiver: shop, InputOf: again, ResourceInventoriedAs: stock, ResourceQuantity: kg("1000")})
		b.record(valueflows.EconomicEvent{Action: "modify", Provider: shop, Receiver: shop, OutputOf: again, ResourceInventoriedAs: stock, ResourceQuantity: kg("998")})
		b.record(valueflows.EconomicEvent{Action: "modify", Provider: shop, Receiver: shop, OutputOf: again, ResourceInventoriedAs: stock, ResourceQuantity: kg("2")})

		// Lent out whole, and counted there; an account that is owed.
		tool := b.recordNew(valueflows.EconomicEvent{Action: "raise", Provider: shop, Receiver: shop, ResourceQuantity: kg("3")}, valueflows.EconomicResource{ConformsTo: bucket})
		b.record(valueflows.EconomicEvent{Action: "transferCustody", Provider: shop, Receiver: b.lab, ResourceInventoriedAs: tool, ResourceQuantity: kg("3")})
		b.record(valueflows.EconomicEvent{Action: "consume", Provider: b.lab, Receiver: b.lab, ResourceInventoriedAs: tool, ResourceQuantity: kg("1")})
		owed := b.recordNew(valueflows.EconomicEvent{Action: "lower", Provider: shop, Receiver: shop, ResourceQuantity: kg("50")}, valueflows.EconomicResource{ConformsTo: bucket, Name: "Owed"})

		// What is corrected, cared for, and dated by its beginning and end.
		work := b.record(valueflows.EconomicEvent{Action: "work", Provider: bea, Receiver: b.lab, InputOf: process, EffortQuantity: hours("2.50"), Stream: valueflows.Care,
			HasBeginning: day("2026-05-03T10:00:00-05:00"), HasEnd: day("2026-05-03T12:30:00-05:00"), Note: "cooked\r\n\u0001"})
		b.record(valueflows.EconomicEvent{Action: "work", Corrects: work.ID, EffortQuantity: hours("-0.5")})
		b.record(valueflows.EconomicEvent{Action: "work", Provider: bea, Receiver: bob, EffortQuantity: hours("1"), Stream: valueflows.CarePeople})

		// What was said later, and is named before it was recorded.
		lot := makes(b, &valueflows.BatchLotRecord{BatchLotCode: "LOT-1", ExpirationDate: day("2027-01-01T00:00:00Z")})
		here := makes(b, &valueflows.SpatialThing{Name: "Plot 7", Lat: degrees("32.3190"), Long: degrees("-90.2022")})
		change(b, stock, func(r *valueflows.EconomicResource) { r.OfBatchLot, r.Name, r.Note = lot, "", "" })
		change(b, shop, func(a *valueflows.Agent) { a.PrimaryLocation, a.Name = here, "The Shop" })
		change(b, bea, func(a *valueflows.Agent) { a.PrimaryLocation, a.Note = here, "knows buckets" })
		change(b, work.ID, func(e *valueflows.EconomicEvent) { e.Note = "cooked for all" })
		crate := makes(b, &valueflows.Unit{Label: "crate"})
		change(b, bucket, func(s *valueflows.ResourceSpecification) { s.DefaultUnitOfResource = crate })

		// Who was erased stays so.
		b.record(valueflows.EconomicEvent{Action: "work", Provider: ann, Receiver: bob, EffortQuantity: hours("1")})
		if err := Delete[valueflows.Agent](b.ctx, b.node, ann); err != nil {
			t.Fatal(err)
		}
		if err := Delete[valueflows.Process](b.ctx, b.node, b.process("Gone")); err != nil {
			t.Fatal(err)
		}

		text, other := b.goesRound()
		for _, name := range []string{"Ada", "Mia", "Ann", "Gone", "cooked\\r"} {
			if bytes.Contains(text, []byte(name)) {
				t.Errorf("the export tells of %s", name)
			}
		}
		for id, stage := range map[valueflows.ID]string{wet: "Washed", dry: "Dried"} {
			if got := other.there(b, id); other.stage(got.Stage) != stage {
				t.Errorf("%s is %s there, not %s", id, other.stage(got.Stage), stage)
			}
		}
		for _, id := range []valueflows.ID{stock, wet, dry, tool, owed} {
			here, err := Get[valueflows.EconomicResource](b.ctx, b.node, id)
			if err != nil {
				t.Fatal(err)
			}
			there := other.there(b, id)
			if here.AccountingQuantity.HasNumericalValue != there.AccountingQuantity.HasNumericalValue || here.OnhandQuantity.HasNumericalValue != there.OnhandQuantity.HasNumericalValue ||
				here.LentOut != there.LentOut || here.Overdraw != there.Overdraw || here.State != there.State || here.Name != there.Name {
				t.Errorf("here\n%+v\nthere\n%+v", here, there)
			}
		}
		erased, err := Get[valueflows.Agent](other.ctx, other.node, valueflows.IDOf("https://books.example/vf/Person/"+ann.String()))
		if err != nil || erased.Kind != valueflows.ClassPerson || erased.Name != "https://books.example/vf/Person/"+ann.String() {
			t.Errorf("who was erased is there %+v, %v", erased, err)
		}
	})
}

func degrees(text string) *valueflows.Decimal {
	d := valueflows.MustDecimal(text)
	return &d
}

// there is what a resource of other books has become in these.
func (b *books) there(other *books, id valueflows.ID) *valueflows.EconomicResource {
	b.t.Helper()
	r, err := Get[valueflows.EconomicResource](b.ctx, b.node, valueflows.IDOf(other.node.IRI(&valueflows.Record{ID: id}, valueflows.ClassEconomicResource)))
	if err != nil {
		b.t.Fatal(err)
	}
	return r
}

// Two LABs of one node export their books apart: of the other's, what all LABs
// read is told, and the rest by its name alone. A sister's claims are not told.
func TestExportOfOneOfTwoLabs(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		operator := AsOperator(t.Context(), valueflows.ID{})
		lab, err := b.node.CreateLab(operator, NewLab{Name: "Print", Slug: "print", Zone: "UTC", Steward: "Eve"})
		if err != nil {
			t.Fatal(err)
		}
		printing := &books{t: t, node: b.node, lab: lab.ID, dsn: b.dsn, dir: b.dir}
		printing.ctx, _ = printing.as("Eve", Steward)
		kind := printing.specification("Poster")
		b.imports(graph("{'@id': 'ex:ann', '@type': Person, name: Ann Secret}", "{'@id': 'ex:p', '@type': Process, name: Private process}"))
		ann, err := b.node.Ref(printing.ctx, "https://ex.example/ann")
		if err != nil {
			t.Fatal(err)
		}
		printing.record(valueflows.EconomicEvent{Action: "transfer", Provider: lab.ID, Receiver: ann, ResourceConformsTo: kind, ResourceQuantity: kg("1")})
		b.record(valueflows.EconomicEvent{Action: "transfer", Provider: lab.ID, Receiver: b.lab, ResourceConformsTo: kind, ResourceQuantity: kg("2")})
		sister := valueflows.IDOf("https://sister.example/labs/vermont")
		err = b.node.write(operator, func(s *session) error {
			claimed := &valueflows.ResourceSpecification{Record: valueflows.Record{ID: valueflows.IDOf("https://sister.example/syrup"), IRI: "https://sister.example/syrup", Books: sister}, Name: "Sister syrup"}
			return s.append(valueflows.ClassResourceSpecification, store.Claim, claimed)
		})
		if err != nil {
			t.Fatal(err)
		}
		text, _ := printing.goesRound()
		for _, not := range []string{"Ann Secret", "Private process", "Sister", "labs/farms"} {
			if bytes.Contains(text, []byte(not)) {
				t.Errorf("the printers' export tells of %q", not)
			}
		}
		if !bytes.Contains(text, []byte(`"@id":"https://ex.example/ann","@type":"Agent","stub":true`)) || !bytes.Contains(text, []byte(`"name":"Poster"`)) {
			t.Errorf("the printers' export does not name what it refers to:\n%s", text)
		}
		text, _ = b.goesRound()
		if !bytes.Contains(text, []byte(`"name":"Print"`)) || !bytes.Contains(text, []byte(`"name":"Poster"`)) || !bytes.Contains(text, []byte("Ann Secret")) || bytes.Contains(text, []byte("Sister")) {
			t.Errorf("the farm's export:\n%s", text)
		}
	})
}

// An export is of one moment, whatever is written while it is.
func TestExportWhileOthersWrite(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		farm := b.organization("Farm")
		for range exportPage {
			b.record(valueflows.EconomicEvent{Action: "work", Provider: farm, Receiver: farm, EffortQuantity: hours("1"), Note: "before"})
		}
		before := b.exported()
		writing := &meanwhile{do: func() {
			b.record(valueflows.EconomicEvent{Action: "work", Provider: farm, Receiver: farm, EffortQuantity: hours("1"), Note: "meanwhile"})
		}}
		if _, err := b.node.Export(AsOperator(t.Context(), valueflows.ID{}), b.lab, writing); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(writing.text.Bytes(), before) {
			t.Errorf("what was written meanwhile is in it:\n%s", difference(before, writing.text.Bytes()))
		}
		if after := b.exported(); !bytes.Contains(after, []byte("meanwhile")) {
			t.Error("nothing was written meanwhile")
		}
	})
}

// meanwhile is a writer that does something whenever it is written to.
type meanwhile struct {
	text bytes.Buffer
	do   func()
}

func (m *meanwhile) Write(p []byte) (int, error) {
	m.do()
	return m.text.Write(p)
}

// SECURITY.md D17: only the command line exports, and only a LAB's books.
func TestD17ExportRights(t *testing.T) {
	b := newBooks(t, "")
	for _, test := range []struct {
		lab  valueflows.ID
		role Role
		want error
	}{
		{b.lab, Member, ErrForbidden}, {b.lab, Bookkeeper, ErrForbidden}, {b.lab, Steward, ErrForbidden}, {b.lab, Auditor, ErrForbidden},
		{b.lab, Partner, ErrForbidden}, {b.lab, Public, ErrUnauthenticated}, {valueflows.ID{9}, Operator, ErrNotFound}, {b.lab, Operator, nil},
	} {
		var text bytes.Buffer
		_, err := b.node.Export(WithPrincipal(t.Context(), Principal{User: ex("user"), Lab: b.lab, Role: test.role}), test.lab, &text)
		if !errors.Is(err, test.want) || err != nil && text.Len() > 0 {
			t.Errorf("%s of %s: %v, want %v: %s", test.role, test.lab, err, test.want, text.String())
		}
	}
}
