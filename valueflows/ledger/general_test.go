package ledger

import (
	"bytes"
	"encoding/csv"
	"os"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"disconode/valueflows"
)

// The farm's season as bookings, each event in balance; a correction is booked
// the other way round. In Jackson the noons of UTC are mornings of the same day.
func TestGeneralFarm(t *testing.T) {
	b := farm(t)
	b.events["harvest"].Note = `=HYPERLINK("http://evil.example";"the first, of two")`
	l := b.ledger()
	bookings, err := l.General([]valueflows.ID{named("farm")}, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	jackson, err := time.LoadLocation("America/Chicago")
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := WriteCSV(&out, bookings, name, jackson); err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("testdata/general.csv") // kept without the mark, and with bare line ends
	if err != nil {
		t.Fatal(err)
	}
	if out.String() != "\ufeff"+strings.ReplaceAll(string(want), "\n", "\r\n") {
		t.Errorf("the bookings are\n%s", out.String())
	}
}

// A barter ring of one: eggs for a haircut (COOPERATIVES.md M15). What is given
// is booked against the basket, the service against nothing that is counted.
func TestGeneralBarter(t *testing.T) {
	b := newBooks(t)
	b.stock("basket", "egg", "farm", valueflows.One)
	b.all(`
		2026-05-01 farm farm raise 24 of basket
		2026-05-02 farm ada transfer 12 of basket
		2026-05-03 ada farm deliverService 1 of haircut`)
	bookings, err := b.ledger().General([]valueflows.ID{named("farm")}, day("2026-05-02"), 0)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, b := range bookings {
		got = append(got, strings.Join([]string{string(b.Kind), b.Debit.String(), b.Credit.String(), name(b.Counterparty)}, " "))
	}
	is(t, "the barter", got, `
		stock 0 12 ada
		given 12 0 ada
		received 0 1 ada
		uncounted 1 0 ada`)
}

// SECURITY.md D01: what a spreadsheet would run it is shown instead, and the
// rest stays as it is.
func TestDefuse(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "eggs": "eggs", "a=b": "a=b", "5-6": "5-6", "José, <b>": "José, <b>", "'tis": "'tis", `"so"`: `"so"`, "a; b": "a; b", "two\nlines": "two\nlines",
		"=1+1": "'=1+1", "+1": "'+1", "-1": "'-1", "@SUM(A1)": "'@SUM(A1)", "\tx": "'\tx", "\rx": "'\rx", "\nx": "'\nx", "＝1": "'＝1", "'=1": "''=1", `"=1"`: `'"=1"`,
		"  =1": "'  =1", "\u00a0=1": "'\u00a0=1", "\u200b=1": "'\u200b=1", "\ufeff=1": "'\ufeff=1", "\x00=1": "'\x00=1", "−1": "'−1",
		"a;=1": "a;'=1", "a;\" =1": "a;'\" =1", "a\t@x": "a\t'@x", "two\n=1": "two\n'=1", "a - b": "a - b", "a;b-c": "a;b-c",
	} {
		if got := Defuse(text); got != want {
			t.Errorf("%q is written as %q, want %q", text, got, want)
		}
	}
}

// Whatever a text holds, no cell of it begins with what would be run, however a
// spreadsheet cuts it; only apostrophes are added; and twice does no more harm.
func FuzzDefuse(f *testing.F) {
	for _, seed := range []string{"=1", "a;=1", "\t=1", "'=1", "\"\n@", " ; +", "x"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "?")
		got := Defuse(text)
		for _, cell := range strings.FieldsFunc(got, func(r rune) bool { return strings.ContainsRune(";\t\n\r", r) }) {
			if rest := strings.TrimLeft(cell, " \""); strings.HasPrefix(rest, "=") || strings.HasPrefix(rest, "@") {
				t.Errorf("%q holds the cell %q", got, cell)
			}
		}
		if strings.ReplaceAll(got, "'", "") != strings.ReplaceAll(text, "'", "") {
			t.Errorf("%q is written as %q", text, got)
		}
	})
}

// Any name and note is one cell when the rows are read again, and comes to what
// it was made of.
func TestWriteCSVRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		note, kind := rapid.String().Draw(t, "note"), rapid.String().Draw(t, "name")
		e := &valueflows.EconomicEvent{Note: valueflows.Text(note)}
		bookings := []Booking{{Event: e, Kind: Stock, Resource: named("shed"), Specification: named("tomato"), Unit: valueflows.One, Credit: valueflows.MustDecimal("2.50")}}
		var out bytes.Buffer
		if err := WriteCSV(&out, bookings, func(valueflows.ID) string { return kind }, time.UTC); err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(out.String(), "\ufeff"))).ReadAll()
		if err != nil || len(rows) != 2 {
			t.Fatal(err, rows)
		}
		got := strings.Join(rows[1], "\x01")
		want := strings.Join([]string{"1970-01-01", e.ID.String(), Defuse(kind), Defuse(kind), Defuse(kind), "", "2.50", "", Defuse(note)}, "\x01")
		want = strings.ReplaceAll(want, "\r", "") // lines end as the file's do
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	})
}
