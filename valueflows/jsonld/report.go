package jsonld

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
)

// Place is where something stands in what was read.
type Place struct {
	File string
	Line int // from 1
}

func (p Place) String() string { return fmt.Sprintf("%s:%d", p.File, p.Line) }

// Kind is what a line of a [Report] tells.
type Kind string

// The kinds of lines.
const (
	Tolerated  Kind = "tolerated"  // a slip; the text says how it was read
	StubMade   Kind = "stub"       // an IRI that nothing defines: the record stands in the books with its name only
	Skipped    Kind = "skipped"    // a record of a class of an earlier version that became nothing in 1.0.0
	Checked    Kind = "check"      // a stated quantity, container, stage or state agrees with the books
	Mismatch   Kind = "mismatch"   // it does not agree; the books stay as the events make them
	Difference Kind = "difference" // what is recorded says otherwise, and was kept
	Inferred   Kind = "inferred"   // not stated, and concluded from the rest
	Failed     Kind = "error"      // cannot be read or recorded: nothing of the import is
)

// Line is one remark on one place.
type Line struct {
	Place
	Kind Kind
	Text string
}

func (l Line) String() string { return fmt.Sprintf("%s: %s: %s", l.Place, l.Kind, l.Text) }

// Report is everything that a reader of documents has to say about them.
type Report struct {
	Lines []Line
	// Read counts the records that the documents state, a record stated twice
	// once. Skipped counts those of earlier versions that are not kept.
	Read, Skipped int
	// New, Unchanged and Stubs count what the import put into the books, what
	// was there already, and the names that were put there without a content.
	New, Unchanged, Stubs int
	// DryRun is set where all was tried and nothing kept.
	DryRun bool

	files []string
}

func (r *Report) add(at Place, kind Kind, format string, args ...any) {
	r.Lines = append(r.Lines, Line{at, kind, fmt.Sprintf(format, args...)})
}

// Add appends a line.
func (r *Report) Add(l Line) { r.Lines = append(r.Lines, l) }

// Count is the number of lines of a kind.
func (r *Report) Count(kind Kind) int {
	n := 0
	for _, l := range r.Lines {
		if l.Kind == kind {
			n++
		}
	}
	return n
}

// Sort puts the lines in the order of the files as they were given, and of
// their places in them.
func (r *Report) Sort() {
	slices.SortStableFunc(r.Lines, func(a, b Line) int {
		return cmp.Or(cmp.Compare(slices.Index(r.files, a.File), slices.Index(r.files, b.File)), cmp.Compare(a.Line, b.Line))
	})
}

// WriteTo prints the lines, one a place, and a closing summary.
func (r *Report) WriteTo(out io.Writer) (int64, error) {
	w := &counter{to: bufio.NewWriter(out)}
	for _, l := range r.Lines {
		fmt.Fprintln(w, l)
	}
	fmt.Fprintln(w, r.Summary())
	return w.n, w.to.Flush()
}

// Summary is the closing line of a report.
func (r *Report) Summary() string {
	text := fmt.Sprintf("read %d: new %d, unchanged %d, skipped %d; stubs %d; tolerated %d; inferred %d; checks %d, mismatches %d; differences %d",
		r.Read, r.New, r.Unchanged, r.Skipped, r.Stubs, r.Count(Tolerated), r.Count(Inferred), r.Count(Checked), r.Count(Mismatch), r.Count(Difference))
	switch errors := r.Count(Failed); {
	case errors > 0:
		return text + fmt.Sprintf("; errors %d: nothing was recorded", errors)
	case r.DryRun:
		return text + "; a dry run: nothing was recorded"
	}
	return text
}

type counter struct {
	to *bufio.Writer
	n  int64
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.to.Write(p)
	c.n += int64(n)
	return n, err
}
