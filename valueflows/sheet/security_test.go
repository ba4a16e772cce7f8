package sheet

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"disconode/valueflows"
)

// SECURITY.md D02: what a sheet is written in is known by its mark or said;
// what is no character is an error with its row and with what it could be.
func TestD02Encodings(t *testing.T) {
	const text = hours + "2026-05-01,José Ñandú,2,Пчёлы €,,\n"
	wide := func(high bool, mark, text string) string {
		out := mark
		for _, r := range text {
			if high {
				out += string([]byte{byte(r >> 8), byte(r)})
			} else {
				out += string([]byte{byte(r), byte(r >> 8)})
			}
		}
		return out
	}
	for _, test := range []struct{ what, text, encoding string }{
		{"UTF-8", text, ""}, {"UTF-8 that was said", text, "UTF-8"}, {"with a mark", "\ufeff" + text, ""}, {"with a mark that says better", "\ufeff" + text, "windows-1252"},
		{"UTF-16LE", wide(false, "\xff\xfe", text), ""}, {"UTF-16BE", wide(true, "\xfe\xff", text), ""}, {"UTF-16LE that was said", wide(false, "", text), "utf-16le"},
	} {
		flows, err := read(t, strings.NewReader(test.text), Options{Encoding: test.encoding})
		if err != nil || len(flows) != 1 || flows[0].Provider.Text != "José Ñandú" || flows[0].Kind.Text != "Пчёлы €" {
			t.Errorf("%s: %v, %v", test.what, flows, err)
		}
	}
	latin := hours + "2026-05-01,Ada,2,,,\n2026-05-02,Jos\xe9 \x80,2,,,\n"
	for _, test := range []struct{ encoding, person string }{{"windows-1252", "José €"}, {"iso-8859-1", "José \u0080"}, {"macintosh", "JosÈ Ä"}} {
		flows, err := read(t, strings.NewReader(latin), Options{Encoding: test.encoding})
		if err != nil || len(flows) != 2 || flows[1].Provider.Text != test.person {
			t.Errorf("%s: %v, %v", test.encoding, flows, err)
		}
	}
	for _, test := range []struct {
		what, text, encoding string
		row                  int
		says                 []string
	}{
		{"Latin-1 that nobody said", latin, "", 3, []string{"not written in UTF-8", "--encoding windows-1252", "José €", "--encoding iso-8859-1", "JosÈ"}},
		{"mixed", "\ufeff" + hours + "2026-05-01,José,2,,,\n2026-05-02,Jos\xe9,2,,,\n", "", 3, []string{"not written in UTF-8"}},
		{"cut in a character", hours + "2026-05-01,Jos\xc3", "", 2, []string{"not written in UTF-8"}},
		{"half a pair", wide(false, "\xff\xfe", hours) + "\x00\xd8a\x00", "", 2, []string{"no character of utf-16le"}},
		{"half a unit", "\xff\xfe" + "d\x00\n", "", 1, []string{"no character of utf-16le"}},
		{"a byte that Windows has not", hours + "2026-05-01,\x81,2,,,\n", "windows-1252", 2, []string{"no character of windows-1252"}},
		{"UTF-16 without a mark", wide(false, "", text), "", 1, []string{"U+0000", "--encoding utf-16le"}},
	} {
		_, err := read(t, strings.NewReader(test.text), Options{Encoding: test.encoding})
		var fault *Fault
		if !errors.As(err, &fault) || fault.Row != test.row {
			t.Errorf("%s: %v, want row %d", test.what, err, test.row)
			continue
		}
		for _, says := range test.says {
			if !strings.Contains(fault.Text, says) {
				t.Errorf("%s: no %q in %s", test.what, says, fault.Text)
			}
		}
	}
	if _, err := NewReader(strings.NewReader(text), Options{Encoding: "latin"}); err == nil || !strings.Contains(err.Error(), "windows-1252") {
		t.Error(err)
	}
}

// SECURITY.md D03: a comma in a number and an order of day and month are asked
// about, with what each answer reads; never concluded.
func TestD03NumbersAndDatesAreAsked(t *testing.T) {
	numbers := []struct {
		text string
		mark Mark
		is   string // empty: refused
		says string
	}{
		{"1.5", "", "1.5", ""}, {"1.234", "", "1.234", ""}, {"1234.50", "", "1234.50", ""},
		{"1,5", "", "", "--decimal comma reads 1.5"}, {"1,234", "", "", "--decimal comma reads 1.234, --decimal point reads 1234"},
		{"1,234.5", "", "", "--decimal point reads 1234.5"}, {"1.234,5", "", "", "--decimal comma reads 1234.5"},
		{"1,5", Comma, "1.5", ""}, {"1.234,50", Comma, "1234.50", ""}, {"1.234", Comma, "1234", ""}, {"12.34", Comma, "", "not a number with a decimal comma"},
		{"1,234.5", Point, "1234.5", ""}, {"1,5", Point, "", "not a number"}, {"1 234", "", "", "not a number"}, {"1'234", "", "", "not a number"}, {"-1,5", Comma, "-1.5", ""},
	}
	for _, test := range numbers {
		d, err := Options{Decimal: test.mark}.decimal(test.text)
		switch {
		case test.is != "" && (err != nil || d.String() != test.is):
			t.Errorf("%s with %q: %s, %v", test.text, test.mark, d, err)
		case test.is == "" && (err == nil || !strings.Contains(err.Error(), test.says)):
			t.Errorf("%s with %q: %s, %v, want %s", test.text, test.mark, d, err, test.says)
		}
	}
	dates := []struct {
		text  string
		order Order
		is    string
		says  string
	}{
		{"2026-04-03", DayFirst, "2026-04-03T12:00:00Z", ""}, {"2026-04-03 08:30", "", "2026-04-03T08:30:00Z", ""}, {"2026-04-03T08:30:00-05:00", "", "2026-04-03T08:30:00-05:00", ""},
		{"03/04/2026", "", "", "--dates dmy reads 2026-04-03, --dates mdy reads 2026-03-04"}, {"25/12/2026", "", "", "--dates dmy reads 2026-12-25"},
		{"03/04/2026", DayFirst, "2026-04-03T12:00:00Z", ""}, {"3.4.2026 9:05", MonthFirst, "2026-03-04T09:05:00Z", ""}, {"25/12/2026", MonthFirst, "", "in the order mdy"},
		{"31/02/2026", DayFirst, "", "no day of the calendar"}, {"3/4/26", DayFirst, "", "write it as 2026-05-01"}, {"03/04-2026", DayFirst, "", "not a date"}, {"May 1", "", "", "not a date"},
		{"2026-02-30", "", "", "not a time"}, {"03/04/2026 25:00", DayFirst, "", "not a time"}, {"46143", "", "", "not a date"},
	}
	for _, test := range dates {
		at, err := Options{Dates: test.order}.moment(test.text)
		switch {
		case test.is != "" && (err != nil || at.String() != test.is):
			t.Errorf("%s with %q: %v, %v", test.text, test.order, at, err)
		case test.is == "" && (err == nil || !strings.Contains(err.Error(), test.says)):
			t.Errorf("%s with %q: %v, %v, want %s", test.text, test.order, at, err, test.says)
		}
	}
}

// SECURITY.md D04: a sheet of any length streams; what is past the bounds of a
// row is refused with its number before it is held in memory.
func TestD04Bounds(t *testing.T) {
	const row = "2026-05-01,Ada,1,,,"
	tests := []struct {
		what string
		text io.Reader
		row  int
		says string
	}{
		{"a cell of 10 MB", io.MultiReader(strings.NewReader(hours+row+"\n"+row), strings.NewReader(strings.Repeat("x", 10<<20))), 3, "a row has at most"},
		{"a cell in quotes of 10 MB", io.MultiReader(strings.NewReader(hours+row+"\n"+row+`"`), strings.NewReader(strings.Repeat("x\n", 5<<20))), 3, "is its quote not closed?"},
		{"a cell past 64 KiB", strings.NewReader(hours + row + strings.Repeat("x", CellBytesMax+1) + "\n"), 2, "the one in column 6 has 65537"},
		{"a quote that is never closed", strings.NewReader(hours + row + "\n" + row + "\"oh\n" + row + "\n" + row + "\n"), 3, "never closed"},
		{"a quote within a cell", strings.NewReader(hours + row + "\n\n" + row + "5\" pipe\n"), 4, "a quote"},
		{"text after a quote", strings.NewReader(hours + row + "\"a\" b\n" + row + "\n"), 2, "a quote stands where none can"},
		{"U+0000", strings.NewReader(hours + row + "\n" + row + "a\x00b\n"), 3, "U+0000"},
		{"10000 columns", strings.NewReader("date,person,hours" + strings.Repeat(",x", 10_000) + "\n"), 1, "at most 200 columns, and this row has 10003"},
		{"10000 columns in a row", strings.NewReader(hours + row + strings.Repeat(",", 10_000) + "\n"), 2, "at most 200 columns"},
		{"a line of 100 MB", io.MultiReader(strings.NewReader(hours), io.LimitReader(endless{}, 100<<20)), 2, "a row has at most"},
	}
	for _, test := range tests {
		t.Run(test.what, func(t *testing.T) {
			_, err := read(t, test.text, Options{})
			var fault *Fault
			if !errors.As(err, &fault) || fault.Row != test.row || !strings.Contains(fault.Text, test.says) {
				t.Errorf("%v, want row %d: %s", err, test.row, test.says)
			}
		})
	}
	t.Run("a sheet of 200000 rows", func(t *testing.T) {
		pipe, into := io.Pipe()
		go func() {
			w := bufio.NewWriter(into)
			defer into.Close()
			defer w.Flush()
			fmt.Fprint(w, hours)
			for range 200_000 {
				fmt.Fprintln(w, "2026-05-01,Ada,1,,,a note of some length that says what was done on that day")
			}
		}()
		r, err := NewReader(pipe, Options{})
		if err != nil {
			t.Fatal(err)
		}
		n, most := 0, uint64(0)
		for ; ; n++ {
			f, err := r.Read()
			if err == io.EOF {
				break
			}
			if err != nil || f.Row != n+2 {
				t.Fatal(f, err)
			}
			if n%50_000 == 0 {
				var m runtime.MemStats
				runtime.GC()
				runtime.ReadMemStats(&m)
				most = max(most, m.HeapAlloc)
			}
		}
		if n != 200_000 || most > 32<<20 {
			t.Errorf("%d rows, and %d MB in memory", n, most>>20)
		}
	})
}

// endless is a line that does not end.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ","[0]
	}
	return len(p), nil
}

// SECURITY.md D05: what is no number is refused; what is one is kept as written.
func TestD05Quantities(t *testing.T) {
	for _, test := range []struct{ text, code string }{
		{"", "REQUIRED"}, {"NaN", "INVALID_QUANTITY"}, {"Infinity", "INVALID_QUANTITY"}, {"½", "INVALID_QUANTITY"}, {"٣", "INVALID_QUANTITY"}, {"１２", "INVALID_QUANTITY"},
		{"1,5", "INVALID_QUANTITY"}, {"0x10", "INVALID_QUANTITY"}, {"−1", "INVALID_QUANTITY"}, {"1e400", "OUT_OF_RANGE"}, {"1234567890123456789", "OUT_OF_RANGE"},
		{"1e", "INVALID_QUANTITY"}, {"=1+1", "INVALID_QUANTITY"}, {"'5", "INVALID_QUANTITY"},
	} {
		flows, err := read(t, strings.NewReader(hours+"2026-05-01,Ada,\""+test.text+"\",,,\n"), Options{})
		if err != nil || len(flows) != 1 || len(flows[0].Faults) != 1 || flows[0].Faults[0].Code != test.code || flows[0].Faults[0].Column != "hours" {
			t.Errorf("%q: %s, %v", test.text, faults(flows), err)
		}
	}
	flows, err := read(t, strings.NewReader(hours+"2026-05-01,Ada,2.500,,,\n2026-05-01,Ada,-1,,,\n"), Options{})
	if err != nil || flows[0].Event.EffortQuantity.HasNumericalValue.String() != "2.500" || flows[1].Event.EffortQuantity.HasNumericalValue.String() != "-1" {
		t.Errorf("%v, %v", flows, err) // whether an event may be negative is the vocabulary's to say
	}
}

// SECURITY.md D01 and D13: a cell is stored as it stands, whatever a spreadsheet
// or a browser would make of it.
func TestD01D13CellsAsTheyStand(t *testing.T) {
	for _, note := range []string{"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "＝1", "'=1", `"=1"`, "<script>alert(1)</script>", " spaces ", "a\u202eb", "a\x1bb"} {
		text := hours + "2026-05-01,Ada,1,,,\"" + strings.ReplaceAll(note, `"`, `""`) + "\"\n"
		flows, err := read(t, strings.NewReader(text), Options{})
		if err != nil || len(flows) != 1 || string(flows[0].Event.Note) != note {
			t.Errorf("%q: %v, %v", note, flows, err)
		}
	}
}

// Whatever the bytes, reading ends with rows or with an error that says where.
func FuzzReader(f *testing.F) {
	for _, form := range Forms() {
		example, err := Example(form)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(example), "", "")
	}
	f.Add(hours+"2026-05-01,Jos\xe9,\"1,5\",,,\n", "windows-1252", "comma")
	f.Fuzz(func(t *testing.T, text, encoding, mark string) {
		flows, err := read(t, strings.NewReader(text), Options{Encoding: encoding, Decimal: Mark(mark)})
		var fault *Fault
		var header *HeaderError
		if err != nil && !errors.As(err, &fault) && !errors.As(err, &header) {
			t.Errorf("%T %v", err, err)
		}
		last := 1
		for _, flow := range flows {
			if flow.Row <= last {
				t.Errorf("row %d after row %d", flow.Row, last)
			}
			last = flow.Row
			if _, err := valueflows.ParseAction(string(flow.Event.Action)); err != nil && len(flow.Faults) == 0 {
				t.Errorf("row %d has an action that is none: %q", flow.Row, flow.Event.Action)
			}
		}
	})
}

// Each file of the corpus is told apart from the others by what is said of it.
func TestD02Corpus(t *testing.T) {
	files, err := filepath.Glob("testdata/*.csv")
	if err != nil || len(files) < 4 {
		t.Fatal(files, err)
	}
	for _, name := range files {
		encoding, _, _ := strings.Cut(filepath.Base(name), ".")
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		flows, err := read(t, strings.NewReader(string(text)), Options{Encoding: encoding})
		if err != nil || len(flows) != 1 || flows[0].Provider.Text != "Zoë Müller" || flows[0].Event.Note != "café, 20°" {
			t.Errorf("%s: %v, %v", name, flows, err)
		}
	}
}
