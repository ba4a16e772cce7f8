package sheet

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"disconode/valueflows"
)

// read reads a whole sheet: its flows, and what ended it other than its end.
func read(t testing.TB, in io.Reader, o Options) ([]*Flow, error) {
	t.Helper()
	r, err := NewReader(in, o)
	if err != nil {
		return nil, err
	}
	var flows []*Flow
	for {
		f, err := r.Read()
		if err == io.EOF {
			return flows, nil
		}
		if err != nil {
			return flows, err
		}
		flows = append(flows, f)
	}
}

// faults are the faults of all rows, as they are printed.
func faults(flows []*Flow) string {
	var texts []string
	for _, f := range flows {
		for _, fault := range f.Faults {
			texts = append(texts, fault.Error())
		}
	}
	return strings.Join(texts, "\n")
}

const hours = "date,person,hours,what,project,note\n"

// Each form has an example that it is recognised by and that reads without a
// fault, and a schema that lists the columns of the example in their order.
func TestFormsExamplesAndSchemas(t *testing.T) {
	for _, form := range Forms() {
		t.Run(form, func(t *testing.T) {
			example, err := Example(form)
			if err != nil {
				t.Fatal(err)
			}
			r, err := NewReader(strings.NewReader(string(example)), Options{})
			if err != nil || string(r.Form()) != form {
				t.Fatalf("read as %v: %v", r, err)
			}
			flows, err := read(t, strings.NewReader(string(example)), Options{})
			if err != nil || faults(flows) != "" || len(flows) < 2 {
				t.Errorf("%d flows, %v: %s", len(flows), err, faults(flows))
			}
			text, err := Schema(form)
			if err != nil {
				t.Fatal(err)
			}
			var schema struct {
				Fields []struct{ Name, Type, Description string }
			}
			if err := json.Unmarshal(text, &schema); err != nil {
				t.Fatal(err)
			}
			var names []string
			for _, f := range schema.Fields {
				names = append(names, strings.ToLower(f.Name))
				if f.Type != "string" || f.Description == "" {
					t.Errorf("the field %s has type %q and description %q", f.Name, f.Type, f.Description)
				}
			}
			for _, name := range r.header {
				if !slices.Contains(names, name) {
					t.Errorf("the schema has no field %s", name)
				}
			}
			for _, name := range slices.Concat(r.layout.columns, r.layout.unread) {
				if !slices.Contains(names, name) {
					t.Errorf("the schema has no field %s, which is read", name)
				}
			}
		})
	}
	if _, err := Schema("../sheet"); err == nil {
		t.Error("a file that is no form's was read")
	}
}

// A header that fits no form is told what the nearest one lacks or has not.
func TestHeaders(t *testing.T) {
	tests := []struct{ header, says string }{
		{"date,person,what", "Nearest is the simple time sheet, for which these columns are missing: hours"},
		{"action,provider,quantity,unit", "native template, for which these columns are missing: has_point_in_time or has_beginning or has_end"},
		{"User,Email,Start date,Start time,Tags,Amount", "Toggl, for which these columns are missing: duration"},
		{"Project,Client,User,Start Date,Start Time,Billable Rate", "Clockify, for which these columns are missing: duration (h) or duration (decimal)"},
		{"", "empty"},
		{"date,person,hours,waht", `no column "waht": is what meant?`},
		{"date,person,hours,hours", "hours is there twice"},
		{"date,person,hours,", "column 4 has no name"},
	}
	for _, test := range tests {
		_, err := NewReader(strings.NewReader(test.header), Options{})
		var header *HeaderError
		if !errors.As(err, &header) || !strings.Contains(header.Text, test.says) {
			t.Errorf("%q: %v, want %s", test.header, err, test.says)
		}
	}
}

// The separator is found by the header, whose letters' case and spaces do not
// matter; blank rows are counted and read over.
func TestSeparatorsAndRows(t *testing.T) {
	for _, separator := range []string{",", ";", "\t"} {
		text := strings.ReplaceAll(" Date |PERSON|hours|note\r\n2026-05-01|Ada|2.5|\"a\nb\"\r\n\r\n||| \r\n2026-05-02|Ben|3|\r\n", "|", separator)
		flows, err := read(t, strings.NewReader(text), Options{})
		if err != nil || len(flows) != 2 || faults(flows) != "" {
			t.Fatalf("%q: %v, %v", separator, flows, err)
		}
		if flows[0].Row != 2 || flows[1].Row != 5 || flows[0].Event.Note != "a\nb" || flows[1].Provider.Text != "Ben" {
			t.Errorf("%q: %+v, %+v", separator, flows[0], flows[1])
		}
	}
	flows, err := read(t, strings.NewReader(hours+"2026-05-01,Ada,1\n2026-05-01,Ada,1,,,\n"), Options{})
	if err != nil || len(flows) != 2 || !strings.Contains(faults(flows), "row 2: the row has 3 cells and the header 6") {
		t.Errorf("%v, %s", err, faults(flows))
	}
}

// A time worked is exact: in hours where these can be written out.
func TestDurations(t *testing.T) {
	tests := []struct{ text, is, unit string }{
		{"2.5", "2.5", "hour"}, {"2.50", "2.50", "hour"}, {"2:30", "2.5", "hour"}, {"02:30:00", "2.5", "hour"}, {"0:00:09", "0.0025", "hour"},
		{"00:20:00", "20", "minute-Time"}, {"00:50:03", "50.05", "minute-Time"}, {"00:50:01", "3001", "second-Time"}, {"100:00:00", "100", "hour"},
		{"1:60", "", ""}, {"1:30:60", "", ""}, {"1h", "", ""}, {":30", "", ""},
	}
	for _, test := range tests {
		m, err := Options{}.duration(test.text)
		switch {
		case test.is == "" && err == nil:
			t.Errorf("%s is read as %s", test.text, m.HasNumericalValue)
		case test.is != "" && (err != nil || m.HasNumericalValue.String() != test.is || m.HasUnit != valueflows.OMUnitID(test.unit)):
			t.Errorf("%s: %v, %v, want %s %s", test.text, m, err, test.is, test.unit)
		}
	}
}

// A tracker's beginning and end are in the LAB's zone, over midnight and with
// twelve hours too; its tags say the stream.
func TestTrackers(t *testing.T) {
	chicago, err := time.LoadLocation("America/Chicago")
	if err != nil {
		t.Fatal(err)
	}
	options := Options{Zone: chicago, Dates: MonthFirst, Stream: valueflows.Livelihood, StreamTags: map[string]valueflows.Stream{"care": valueflows.Care, "gift": valueflows.Love}}
	const header = "User,Start Date,Start Time,End Date,End Time,Duration (h),Tags,Task,Favourite colour\n"
	flows, err := read(t, strings.NewReader(header+
		"Ada,05/01/2026,11:30:00 PM,05/02/2026,12:15:00 AM,0:45:00,\"Evening, CARE\",,\n"+
		"Ada,05/01/2026,9:00 am,05/01/2026,10:00 am,1:00:00,,gift,\n"+
		"Ada,05/01/2026,9:00,05/01/2026,10:00,1:00:00,,,\n"+
		"Ada,05/01/2026,9:00,05/01/2026,10:00,1:00:00,care,gift,\n"), options)
	if err != nil || len(flows) != 4 {
		t.Fatal(flows, err)
	}
	if got := fmt.Sprint(flows[0].Event.HasBeginning, flows[0].Event.HasEnd); got != "2026-05-01T23:30:00-05:00 2026-05-02T00:15:00-05:00" {
		t.Error(got)
	}
	for at, want := range []valueflows.Stream{valueflows.Care, valueflows.Love, valueflows.Livelihood} {
		if f := flows[at]; f.Event.Stream != want || len(f.Faults) > 0 || f.Event.Action != "work" || !f.ToLab {
			t.Errorf("row %d: %+v", f.Row, f)
		}
	}
	if !strings.Contains(faults(flows), `row 5, column tags: "care" and "gift" are mapped to two streams`) {
		t.Error(faults(flows))
	}
	r, err := NewReader(strings.NewReader(header), options)
	if err != nil || !slices.Equal(r.Unread(), []string{"favourite colour"}) {
		t.Error(r.Unread(), err)
	}
}

// What is put beside the rows is read over, and put there anew.
func TestAnnotate(t *testing.T) {
	const text = "row;error;date;person;hours;note\n7;old;2026-05-01;Ada;x;\"=1;\"\"a\"\"\"\n;;2026-05-01;Ben;1;'=2\n"
	var out strings.Builder
	if err := Annotate(strings.NewReader(text), "", map[int]string{2: "hours: no number; so"}, &out); err != nil {
		t.Fatal(err)
	}
	const want = "\ufeffrow;error;date;person;hours;note\n2;\"hours: no number; so\";2026-05-01;Ada;x;\"=1;\"\"a\"\"\"\n3;;2026-05-01;Ben;1;'=2\n"
	if out.String() != want {
		t.Errorf("%q, want %q", out.String(), want)
	}
	flows, err := read(t, strings.NewReader(out.String()), Options{Encoding: "windows-1252"}) // the mark at its beginning says better
	if err != nil || len(flows) != 2 || flows[0].Event.Note != `=1;"a"` || faults(flows[1:]) != "" {
		t.Errorf("%v, %v", flows, err)
	}
}

// The sheets that the manual shows read without a fault.
func TestManual(t *testing.T) {
	manual, err := os.ReadFile("../../docs/IMPORT.md")
	if err != nil {
		t.Fatal(err)
	}
	forms := map[Form]int{}
	for _, block := range strings.Split(string(manual), "```csv\n")[1:] {
		content, _, _ := strings.Cut(block, "```")
		r, err := NewReader(strings.NewReader(content), Options{})
		if err != nil {
			t.Fatal(content, err)
		}
		flows, err := read(t, strings.NewReader(content), Options{})
		if err != nil || faults(flows) != "" || len(flows) < 3 {
			t.Errorf("%s: %v, %s", content, err, faults(flows))
		}
		forms[r.Form()]++
	}
	if forms[Native] != 1 || forms[TimeSheet] != 1 {
		t.Errorf("the manual shows %v", forms)
	}
}
