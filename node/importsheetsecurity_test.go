package node

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"disconode/valueflows"
	"disconode/valueflows/sheet"
)

// SECURITY.md D01 and D13: what looks like a formula or like markup is kept as it
// stands, in the note and in a name, and a negative number is no formula.
func TestD01D13SheetTextIsKept(t *testing.T) {
	sheetBooks(t, func(t *testing.T, b *books) {
		for at, note := range []string{"=HYPERLINK(1)", "+1", "-1", "@x", "\tx", "\rx", "'=1", "<script>alert(1)</script>", "\"><img src=x onerror=1>"} {
			b.importsSheet(text(fmt.Sprintf("external_id,date,person,hours,note\n%d,2026-05-01,Ada,1,\"%s\"\n", at, strings.ReplaceAll(note, `"`, `""`))))
			if events := b.events(); string(events[at].Note) != note {
				t.Errorf("%q is kept as %q", note, events[at].Note)
			}
		}
		in := text("date,person,hours,what\n2026-05-02,=2+3,1,<b>Picking</b>\n")
		in.Create = Creation{People: true, Kinds: true}
		if report := b.importsSheet(in); report.Created != 2 {
			t.Error(report.Summary())
		}
		events := b.events()
		person, err := Get[valueflows.Agent](b.ctx, b.node, events[len(events)-1].Provider)
		if err != nil || person.Name != "=2+3" {
			t.Error(person, err)
		}
	})
}

// SECURITY.md D05: what is no quantity is refused in its row, and nothing is kept.
func TestD05SheetQuantities(t *testing.T) {
	sheetBooks(t, func(t *testing.T, b *books) {
		rows := "date,person,hours\n2026-05-01,Ada,1\n"
		for _, quantity := range []string{"", "-1", "NaN", "1e400", `"1,5"`, "½", "٣"} {
			rows += "2026-05-01,Ada," + quantity + "\n"
		}
		wrong := b.refuses(text(rows))
		if len(wrong) != 7 || wrong[2] != "" || !strings.Contains(wrong[4], "hours: a quantity is negative only") || !strings.Contains(wrong[7], "--decimal comma reads 1.5") {
			t.Errorf("%v", wrong)
		}
		b.importsSheet(text("date,person,hours\n2026-05-01,Ada,0.1000\n"))
		if got := b.events()[0].EffortQuantity.HasNumericalValue.String(); got != "0.1000" {
			t.Errorf("0.1000 is kept as %s", got)
		}
	})
}

// SECURITY.md D06: a unit that is unknown, of another dimension, or another than
// the resource's is refused, and the one that is meant is named.
func TestD06SheetUnits(t *testing.T) {
	sheetBooks(t, func(t *testing.T, b *books) {
		if _, err := Create(b.ctx, b.node, &valueflows.ResourceSpecification{Name: "Milk", DefaultUnitOfResource: valueflows.OMUnitID("litre")}); err != nil {
			t.Fatal(err)
		}
		if _, err := Create(b.ctx, b.node, &valueflows.Unit{Label: "crate", Symbol: "cr"}); err != nil {
			t.Fatal(err)
		}
		const header = "external_id,action,has_point_in_time,provider,receiver,quantity,unit,resource_conforms_to,resource_inventoried_as,new_resource\n"
		row := func(id, unit, kind, stock, new string) string {
			return fmt.Sprintf("%s,%s,2026-05-01,Freedom Farms,Freedom Farms,1,%s,%s,%s,%s\n", id, map[bool]string{true: "consume", false: "produce"}[stock != ""], unit, kind, stock, new)
		}
		b.importsSheet(text(header + row("1", "kilogram", "Onions", "", "Barn") + row("2", "Crate", "Onions", "", "Shed") + row("3", "", "Milk", "", "Tank") + row("4", "kg", "", "Barn", "")))
		wrong := b.refuses(text(header + row("5", "kilogramm", "Onions", "", "x") + row("6", "kilograms", "Onions", "", "x") + row("7", "kg", "Milk", "", "x") +
			row("8", "gram", "", "Barn", "") + row("9", "crate", "", "Barn", "") + row("10", "KG", "Onions", "", "x") + row("11", "zorkmid", "Onions", "", "x") + row("12", "hour", "", "Tank", "")))
		for row, says := range map[int]string{
			2: `unit: "kilogramm" is no unit that is known here: is one of these meant: kilogram`, 3: "meant: kilogram",
			4: `unit: "Milk" is counted in litre, a unit of volume, and kilogram is one of mass`, 5: `unit: "Barn" is counted in kilogram, not in gram: convert`,
			6: `"Barn" is counted in kilogram, not in crate`, 7: `"KG" is no unit`, 8: `"zorkmid" is no unit`, 9: `"Tank" is counted in litre, not in hour`,
		} {
			if !strings.Contains(wrong[row], says) {
				t.Errorf("row %d: no %q in %q", row, says, wrong[row])
			}
		}
	})
}

// SECURITY.md D07: an unknown or ambiguous name is an error that says who or what
// could be meant; nobody and nothing is made of it without being asked for.
func TestD07SheetNames(t *testing.T) {
	sheetBooks(t, func(t *testing.T, b *books) {
		first, second := b.person("Kim"), b.person("KIM")
		b.process("Sowing")
		other, err := b.node.CreateLab(AsOperator(t.Context(), valueflows.ID{}), NewLab{Name: "Grocery", Slug: "grocery", Zone: "UTC", Steward: "Gus"})
		if err != nil {
			t.Fatal(err)
		}
		const header = "date,person,hours,what,project\n"
		wrong := b.refuses(text(header + "2026-05-01,Adda,1,Piking,Harvst\n2026-05-01,kim,1,,\n2026-05-01,Gus,1,,\n2026-05-01,https://elsewhere.example/nobody,1,,\n" +
			"2026-05-01," + valueflows.ID{5}.String() + ",1,,\n2026-05-01,Harvest,1,Onion,Sow\n2026-05-01,,1,,\n"))
		for row, says := range map[int][]string{
			2: {`person: no agent is called "Adda": is one of these meant: "Ada"`, "--create people", `what: no resource specification is called "Piking"`, `"Picking"`, `project: no process is called "Harvst"`, `"Harvest"`},
			3: {"several are called", first.String(), second.String()},
			4: {`no agent is called "Gus"`}, // who is in another LAB's books
			5: {"person: no agent has this id"}, 6: {"person: no agent has this id"},
			7: {`no agent is called "Harvest"`, `"Onions"`, `"Sowing"`}, 8: {"person: say who worked"},
		} {
			for _, says := range says {
				if !strings.Contains(wrong[row], says) {
					t.Errorf("row %d: no %q in %q", row, says, wrong[row])
				}
			}
		}
		if strings.Contains(wrong[4], "Gus\"?") || strings.Contains(wrong[4], `meant: "Gus"`) {
			t.Errorf("another LAB's person is told of: %s", wrong[4])
		}
		report := b.importsSheet(text(header + "2026-05-01," + first.String() + ",1,,\n2026-05-01,https://books.example/labs/farms,1,picking,harvest\n2026-05-01,Grocery,1,,\n"))
		events := b.events()
		if report.New != 3 || events[0].Provider != first || events[1].Provider != b.lab || events[2].Provider != other.ID {
			t.Errorf("%s: %+v", report.Summary(), events)
		}
		in := text(header + "2026-05-02,Zoë,1,Weeding,Weeds\n2026-05-03,ZOË,1,Weeding,weeds\n")
		in.Create.People = true
		wrong = b.refuses(in)
		if !strings.Contains(wrong[2], "--create kinds") || !strings.Contains(wrong[2], "--create processes") || strings.Contains(wrong[2], "Zo") {
			t.Errorf("%v", wrong)
		}
		in.Create.Kinds, in.Create.Processes = true, true
		if report := b.importsSheet(in); report.Created != 3 || report.New != 2 {
			t.Errorf("%s: %q", report.Summary(), report.Made)
		}
		both := text("external_id,action,has_point_in_time,provider,receiver,effort_quantity,effort_unit\n1,work,2026-05-01,Mo,Freedom Farms,1,hour\n")
		both.Create = Creation{People: true, Organizations: true}
		if wrong := b.refuses(both); !strings.Contains(wrong[2], "a person or an organization") {
			t.Errorf("%v", wrong)
		}
	})
}

// SECURITY.md D08: the same sheet twice changes nothing; what overlaps is new once;
// what was edited is listed and kept as it was, wherever new rows were put.
func TestD08SheetTwice(t *testing.T) {
	sheetBooks(t, func(t *testing.T, b *books) {
		for _, form := range sheet.Forms() {
			in := exampleSheet(t, form)
			first := b.importsSheet(in)
			before := b.position()
			second := b.importsSheet(in)
			if got := b.position(); got != before || second.New != 0 || second.Differences != 0 || second.Unchanged != first.New {
				t.Errorf("%s: %d entries the second time: %s; %s", form, got-before, first.Summary(), second.Summary())
			}
		}
		const header = "date,person,hours,what,project,note\n"
		const ada, twice, ben = "2026-06-01,Ada,2,Picking,,early\n", "2026-06-01,Ada,1,Picking,,\n", "2026-06-02,Ben,3,Picking,Harvest,\n"
		steps := []struct {
			what                        string
			rows                        string
			new, unchanged, differences int
		}{
			{"at first, two rows alike among them", ada + twice + twice, 3, 0, 0},
			{"the same", ada + twice + twice, 0, 3, 0},
			{"in another order", twice + ada + twice, 0, 3, 0},
			{"overlapping", twice + twice + ben, 1, 2, 0},
			{"with a row put before", "2026-06-01,Ada,5,Picking,,\n" + ada + twice + twice, 1, 3, 0},
			{"a further one that is alike", ada + twice + twice + twice + "2026-06-01,Ada,5,Picking,,\n", 1, 4, 0},
			{"one edited", "2026-06-02,Ben,4,Picking,Harvest,longer\n", 0, 1, 1},
			{"one edited and one new beside it", "2026-06-02,Ben,3,Picking,Harvest,\n2026-06-02,Ben,4,Picking,Harvest,\n", 1, 1, 0},
			{"written otherwise", "2026-06-01T12:00,ada,2.0,picking,,early\n", 1, 0, 0},
			{"a number written otherwise", "2026-06-02,Ben,3.00,Picking,Harvest,\n", 0, 1, 0},
		}
		for _, step := range steps {
			report := b.importsSheet(text(header + step.rows))
			if report.New != step.new || report.Unchanged != step.unchanged || report.Differences != step.differences {
				t.Errorf("%s: %s: %v", step.what, report.Summary(), report.Changed)
			}
			if step.differences > 0 && !strings.Contains(report.Changed[0].Text, "another hours, note: that was kept") {
				t.Errorf("%s: %v", step.what, report.Changed)
			}
		}
		const native = "external_id,action,has_point_in_time,provider,receiver,effort_quantity,effort_unit\n"
		b.importsSheet(text(native + "a,work,2026-05-01,Ada,Freedom Farms,1,hour\n"))
		report := b.importsSheet(text(native + "a,work,2026-05-01,Ben,Freedom Farms,2,hour\nb,work,2026-05-01,Ada,Freedom Farms,1,hour\n"))
		if report.New != 1 || report.Differences != 1 || !strings.Contains(report.Changed[0].Text, "another effort_quantity, provider") {
			t.Errorf("%s: %v", report.Summary(), report.Changed)
		}
		if wrong := b.refuses(text(native + "c,work,2026-05-01,Ada,Freedom Farms,1,hour\nc,work,2026-05-02,Ada,Freedom Farms,1,hour\n")); !strings.Contains(wrong[3], "external_id: an earlier row goes by the same id") {
			t.Errorf("%v", wrong)
		}
		in := text(native + "a,work,2026-05-09,Ada,Freedom Farms,1,hour\n")
		in.Source = "another shop"
		if report := b.importsSheet(in); report.New != 1 {
			t.Error(report.Summary())
		}
		e := b.events()[0]
		byID := b.importsSheet(text("id,action,has_point_in_time,provider,receiver,effort_quantity,effort_unit,note\n" + e.ID.String() + ",produce,2026-05-01,Freedom Farms,Freedom Farms,,,other\n"))
		if byID.New != 0 || byID.Unchanged != 1 || byID.Differences != 1 {
			t.Errorf("by its id: %s", byID.Summary())
		}
		b.sound()
	})
}

// SECURITY.md D09: whatever row is wrong, nothing of the sheet is recorded; the sheet
// with its errors, corrected and read as it is, is recorded whole.
func TestD09SheetAllOrNothing(t *testing.T) {
	sheetBooks(t, func(t *testing.T, b *books) {
		const rows = 2500 // several times what is looked up at once
		var content strings.Builder
		content.WriteString("date;person;hours;what;project;note\n")
		for row := 2; row <= rows+1; row++ {
			person := "Ada"
			if row == 3 || row == rows+1 {
				person = "Bob"
			}
			fmt.Fprintf(&content, "2026-05-01;%s;1;Picking;;\"day \"\"%d\"\"; =1\"\n", person, row)
		}
		wrong := b.refuses(text(content.String()))
		if len(wrong) != 2 || !strings.Contains(wrong[3], `"Bob"`) || !strings.Contains(wrong[rows+1], `"Bob"`) {
			t.Fatalf("%v", wrong)
		}
		var annotated strings.Builder
		if err := sheet.Annotate(strings.NewReader(content.String()), "", wrong, &annotated); err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(annotated.String(), "\ufeffrow;error;date;person;hours;what;project;note\n2;;2026") || !strings.Contains(annotated.String(), "\n3;\"person: no agent is called") {
			t.Error(annotated.String()[:300])
		}
		corrected := text(strings.ReplaceAll(annotated.String(), ";Bob;", ";Ben;"))
		if report := b.importsSheet(corrected); report.New != rows || report.Read != rows {
			t.Error(report.Summary())
		}
		original := text(strings.ReplaceAll(content.String(), ";Bob;", ";Ben;"))
		if report := b.importsSheet(original); report.New != 0 || report.Unchanged != rows {
			t.Error(report.Summary())
		}
		b.sound()
	})
}

// A sheet that breaks off, or that nobody waits for any more, leaves nothing.
func TestD09SheetBreaksOff(t *testing.T) {
	sheetBooks(t, func(t *testing.T, b *books) {
		before := b.position()
		rows := "date,person,hours\n" + strings.Repeat("2026-05-01,Ada,1\n", 3*rowsAtOnce)
		gone := errors.New("the stick was pulled")
		broken := Sheet{Name: "rows.csv", Open: func() (io.ReadCloser, error) {
			return io.NopCloser(io.MultiReader(strings.NewReader(rows), failing{gone})), nil
		}}
		if _, err := b.node.ImportSheet(b.ctx, b.lab, broken, false); !errors.Is(err, gone) {
			t.Error(err)
		}
		if got := b.position(); got != before {
			t.Errorf("%d entries were written", got-before)
		}
		report, err := b.node.ImportSheet(b.ctx, b.lab, text("date,person,hours\n2026-05-01,Ada,1\n2026-05-02,Ada,\"1\n"), false)
		if err == nil || report.Errors != 1 || report.Faults[0].Row != 3 || b.position() != before {
			t.Errorf("%+v, %v", report, err)
		}
		many := b.refuses(text("date,person,hours\n" + strings.Repeat("2026-05-01,Nobody,1\n", 2*linesMost)))
		if len(many) != linesMost {
			t.Errorf("%d rows of errors are kept", len(many))
		}
	})
}

// Where who asked gives up, the sheet is not read on, and nothing of it is kept.
func TestD09SheetGivenUp(t *testing.T) {
	sheetBooks(t, func(t *testing.T, b *books) {
		before := b.position()
		ctx, cancel := context.WithCancel(b.ctx)
		rows := "2026-05-01,Ada,1\n"
		endless := Sheet{Name: "rows.csv", Open: func() (io.ReadCloser, error) {
			return io.NopCloser(io.MultiReader(strings.NewReader("date,person,hours\n"+strings.Repeat(rows, 3*rowsAtOnce)), calling(cancel), repeating(rows))), nil
		}}
		if _, err := b.node.ImportSheet(ctx, b.lab, endless, false); !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
		b.process("what is written next") // when the writer has let go of the sheet
		if got := b.position(); got != before+1 {
			t.Errorf("%d entries were written, want 1", got-before)
		}
	})
}

// calling calls a function when it is read, and is empty.
type calling func()

func (c calling) Read([]byte) (int, error) {
	c()
	return 0, io.EOF
}

// repeating is one text after the other, without an end.
type repeating string

func (r repeating) Read(p []byte) (int, error) {
	return copy(p, strings.Repeat(string(r), max(1, len(p)/len(r)))), nil
}

// failing fails to be read.
type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// SECURITY.md D08: what a sheet names and the books have forgotten or renamed
// since is not made a second time by the same sheet.
func TestD08SheetMakesNobodyAgain(t *testing.T) {
	sheetBooks(t, func(t *testing.T, b *books) {
		in := text("date,person,hours,what\n2026-06-01,Zoe,2,Grafting\n2026-06-01,Yann,1,Grafting\n")
		in.Create = Creation{People: true, Kinds: true}
		if first := b.importsSheet(in); first.Created != 3 {
			t.Fatal(first.Summary())
		}
		events := b.events()
		zoe, yann := events[len(events)-2].Provider, events[len(events)-1].Provider
		if err := Delete[valueflows.Agent](b.ctx, b.node, zoe); err != nil {
			t.Fatal(err)
		}
		if _, err := Update(b.ctx, b.node, yann, func(a *valueflows.Agent) error { a.Name = "Yannick"; return nil }); err != nil {
			t.Fatal(err)
		}
		before := b.position()
		again := b.importsSheet(in)
		if again.New != 0 || again.Created != 0 || again.Differences != 2 || b.position() != before {
			t.Errorf("%s: %v", again.Summary(), again.Changed)
		}
		in = text("date,person,hours,what\n2026-06-01,Zoe,2,Grafting\n2026-06-09,Zoe,2,Grafting\n")
		in.Create = Creation{People: true}
		if more := b.importsSheet(in); more.New != 1 || more.Created != 1 { // a new row names somebody new
			t.Errorf("%s: %v", more.Summary(), more.Changed)
		}
	})
}
