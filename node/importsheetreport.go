package node

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"disconode/valueflows/sheet"
)

// linesMost is how many lines of a kind a report keeps; the rest are counted.
const linesMost = 1000

// SheetReport is what an import has to say of a sheet and of the books.
type SheetReport struct {
	Name   string
	Form   sheet.Form // empty where the header is of none
	DryRun bool

	Read        int // rows that tell an event
	New         int
	Unchanged   int // events that the books had
	Differences int // of these, those of which the row says something else
	Created     int // records made of names
	Errors      int

	Notes   []string
	Changed []sheet.Fault // the first of the differences
	Made    []string      // the first of what was made of names
	Faults  []sheet.Fault // the first of the errors
}

func (r *SheetReport) note(text string) { r.Notes = append(r.Notes, text) }

func (r *SheetReport) fault(f sheet.Fault) {
	if r.Errors++; len(r.Faults) < linesMost {
		r.Faults = append(r.Faults, f)
	}
}

func (r *SheetReport) differs(row int, text string) {
	if r.Differences++; len(r.Changed) < linesMost {
		r.Changed = append(r.Changed, sheet.Fault{Row: row, Text: text})
	}
}

func (r *SheetReport) made(text string) {
	if r.Created++; len(r.Made) < linesMost {
		r.Made = append(r.Made, text)
	}
}

// ByRow are the errors that the report lists, joined row by row.
func (r *SheetReport) ByRow() map[int]string {
	rows := map[int]string{}
	for _, f := range r.Faults {
		text := f.Text
		if f.Column != "" {
			text = f.Column + ": " + text
		}
		if before := rows[f.Row]; before != "" {
			text = before + "; " + text
		}
		rows[f.Row] = text
	}
	return rows
}

// WriteTo prints the report: a line for each thing to say, and a summary.
func (r *SheetReport) WriteTo(out io.Writer) (int64, error) {
	w := bufio.NewWriter(out)
	n := 0
	say := func(format string, args ...any) {
		m, _ := fmt.Fprintf(w, r.Name+" "+format+"\n", args...)
		n += m
	}
	for _, text := range r.Notes {
		say("%s", text)
	}
	for _, text := range r.Made {
		say("creates %s", text)
	}
	more(say, "creations", r.Created, len(r.Made))
	for _, f := range r.Changed {
		say("%s", f.Error())
	}
	more(say, "differences", r.Differences, len(r.Changed))
	for _, f := range r.Faults {
		say("%s", f.Error())
	}
	more(say, "errors", r.Errors, len(r.Faults))
	m, _ := fmt.Fprintln(w, r.Summary())
	return int64(n + m), w.Flush()
}

func more(say func(string, ...any), what string, all, kept int) {
	if all > kept {
		say("has further %s, which are not listed: %d", what, all-kept)
	}
}

// Summary is the closing line of a report.
func (r *SheetReport) Summary() string {
	text := fmt.Sprintf("%s: read %d: new %d, unchanged %d; differences %d; created %d", r.Name, r.Read, r.New, r.Unchanged, r.Differences, r.Created)
	switch {
	case r.Errors > 0:
		return text + fmt.Sprintf("; errors %d: nothing was recorded", r.Errors)
	case r.DryRun:
		return text + "; a dry run: nothing was recorded"
	}
	return strings.TrimSpace(text)
}
