package ledger

import (
	"encoding/csv"
	"io"
	"strings"
	"time"
	"unicode"

	"disconode/valueflows"
)

// Columns are the header of [WriteCSV]. Date is the day on which the event
// happened; account is the name of the resource, or one of received, made,
// given, used, adjusted and uncounted; a cell of debit or credit is empty where
// it is nothing.
var Columns = []string{"date", "event", "account", "specification", "unit", "debit", "credit", "counterparty", "note"}

// WriteCSV writes bookings for spreadsheets: UTF-8 with a mark that says so,
// rows as RFC 4180 has them, days of the zone. name says what agents,
// resources, specifications and units are called. A text that a spreadsheet
// would run is defused ([Defuse]). Lines within a text end as the rows do, and a
// carriage return elsewhere is left out.
func WriteCSV(out io.Writer, bookings []Booking, name func(valueflows.ID) string, zone *time.Location) error {
	if _, err := io.WriteString(out, "\ufeff"); err != nil {
		return err
	}
	w := csv.NewWriter(out)
	w.UseCRLF = true
	if err := w.Write(Columns); err != nil {
		return err
	}
	for _, b := range bookings {
		called := func(id valueflows.ID) string {
			if id.IsZero() {
				return ""
			}
			return Defuse(name(id))
		}
		account := string(b.Kind)
		if b.Kind == Stock {
			account = called(b.Resource)
		}
		err := w.Write([]string{
			b.Event.At().Time().In(zone).Format("2006-01-02"), b.Event.ID.String(), account, called(b.Specification), called(b.Unit),
			amount(b.Debit), amount(b.Credit), called(b.Counterparty), Defuse(string(b.Event.Note)),
		})
		if err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

func amount(d valueflows.Decimal) string {
	if d.Sign() == 0 {
		return ""
	}
	return d.String()
}

// Defuse is a text that no spreadsheet takes for a formula: where it begins
// with one of = + - @, in any width and behind quotes and blanks, or with a
// character that is not shown, it gets an apostrophe in front; and so does what
// follows a semicolon, a tab or the end of a line, where some spreadsheets begin
// a new cell. Numbers are not to be passed through it.
func Defuse(text string) string {
	var out strings.Builder
	at := true // where a cell may begin
	for i, r := range text {
		if at && isFormula(text[i:]) {
			out.WriteByte('\'')
		}
		out.WriteRune(r)
		at = r == ';' || r == '\t' || r == '\n' || r == '\r'
	}
	return out.String()
}

// isFormula tells whether a cell of that text would be run.
func isFormula(text string) bool {
	for i, r := range text {
		switch {
		case i == 0 && unicode.IsControl(r):
			return true
		case strings.ContainsRune("=+-@−＝＋－＠", r):
			return true
		case r != '\'' && r != '"' && !unicode.IsSpace(r) && !unicode.IsControl(r) && !unicode.Is(unicode.Cf, r):
			return false
		}
	}
	return false
}
