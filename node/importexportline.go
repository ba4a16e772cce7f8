package node

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"disconode/valueflows"
	"disconode/valueflows/jsonld"
)

// teller records an export within a session, line by line.
type teller struct {
	*importer                            // for one batch of lines at a time
	plain       context.Context          // the session's, without the names of a batch
	name        string                   // of the file
	began       int64                    // the last position of the journal before
	ids         map[string]valueflows.ID // behind IRIs; dropped when it is large
	toldProcess map[valueflows.ID]bool   // known by name before, which this export told of
	said        map[jsonld.Kind]int      // lines of the report, and those that are too many for it
	ended       bool
	stand       int // resources that stand as the export says
}

// toldLine is a line of the export that was read, and its number.
type toldLine struct {
	*jsonld.ExportLine
	n int
}

func newTeller(s *session, name string) *teller {
	i := newImporter(s)
	i.batch, i.report = &jsonld.Batch{}, &ImportReport{}
	return &teller{
		importer: i, plain: s.ctx, name: name, began: s.tx.Last(),
		ids: map[string]valueflows.ID{}, toldProcess: map[valueflows.ID]bool{}, said: map[jsonld.Kind]int{},
	}
}

// run records the whole export. What is wrong with single lines becomes lines of
// the report; an error is the books' own, or the file's.
func (t *teller) run(file io.Reader) error {
	lines := newExportLines(file)
	for t.said[jsonld.Failed] < exportFailedMax {
		batch, err := t.read(lines)
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if e := t.record(batch); e != nil {
			return e
		}
		if err != nil {
			break
		}
		if err := t.tx.Relax(); err != nil {
			return err
		}
	}
	if !t.ended && t.said[jsonld.Failed] == 0 {
		t.say(lines.n, jsonld.Failed, "the file ends before its last line: a part is missing, so take the whole export")
	}
	if t.stand > 0 {
		t.say(lines.n-1, jsonld.Checked, fmt.Sprintf("%d resources stand as the export says", t.stand))
	}
	for _, kind := range slices.Sorted(maps.Keys(t.said)) {
		if more := t.said[kind] - exportReportMax; more > 0 {
			t.report.Add(jsonld.Line{Place: jsonld.Place{File: t.name, Line: lines.n}, Kind: kind, Text: fmt.Sprintf("and so in %d further places", more)})
		}
	}
	return nil
}

// read reads the next lines, at most so many as are looked up at once. It
// fails with [io.EOF] where they are the last.
func (t *teller) read(lines *exportLines) ([]toldLine, error) {
	var batch []toldLine
	for bytes := 0; len(batch) < exportBatch && bytes < exportBatchBytes; {
		text, err := lines.next()
		var input *valueflows.InputError
		switch {
		case errors.As(err, &input):
			t.say(lines.n, jsonld.Failed, input.Error())
			return batch, io.EOF // where the next line begins is not known
		case err != nil:
			return batch, err
		}
		bytes += len(text)
		l, err := jsonld.ReadExport(text, t.ref)
		switch {
		case errors.As(err, &input):
			t.say(lines.n, jsonld.Failed, input.Error())
			if t.said[jsonld.Failed] >= exportFailedMax {
				return batch, io.EOF
			}
		case err != nil:
			return batch, err
		case t.ended:
			t.say(lines.n, jsonld.Failed, "the export has ended already: import one file at a time")
			return batch, io.EOF
		case (l.Kind == jsonld.ExportBegin) != (lines.n == 1):
			t.say(lines.n, jsonld.Failed, "an export begins with its first line, and has it once")
			return batch, io.EOF
		case l.Kind == jsonld.ExportEnd:
			if t.ended = true; l.Lines != int64(lines.n-1) {
				t.say(lines.n, jsonld.Failed, fmt.Sprintf("%d lines stand before the last, and there were %d: take the whole export", lines.n-1, l.Lines))
			}
		case l.Kind != jsonld.ExportBegin:
			batch = append(batch, toldLine{l, lines.n})
		}
	}
	return batch, nil
}

// ref is the id behind an IRI.
func (t *teller) ref(iri string) (valueflows.ID, error) {
	if id, ok := t.ids[iri]; ok {
		return id, nil
	}
	id, err := t.n.Ref(t.plain, iri)
	if err != nil {
		return id, err
	}
	if len(t.ids) > exportNamesMax {
		t.ids = map[string]valueflows.ID{}
	}
	t.ids[iri] = id
	return id, nil
}

// isOurs tells whether an IRI is under an address of this node's.
func (n *Node) isOurs(iri string) bool {
	for _, base := range append([]string{n.baseURL}, n.former...) {
		if strings.HasPrefix(iri, base+"/") {
			return true
		}
	}
	return false
}

// record records the lines of a batch.
func (t *teller) record(batch []toldLine) error {
	if err := t.prefetch(batch); err != nil {
		return err
	}
	for _, l := range batch {
		t.importer.batch.Names[l.ID] = l.IRI
		err := t.line(l)
		var input *valueflows.InputError
		switch {
		case errors.As(err, &input):
			t.say(l.n, jsonld.Failed, input.Error())
			if t.said[jsonld.Failed] >= exportFailedMax {
				return nil
			}
		case err != nil:
			return err
		}
	}
	return nil
}

// prefetch reads in few statements what the lines of a batch are about and
// refer to.
func (t *teller) prefetch(batch []toldLine) error {
	t.ctx = WithNames(t.plain)
	t.importer.batch.Names = make(map[valueflows.ID]string, len(batch))
	ids := make([]valueflows.ID, len(batch))
	for i, l := range batch {
		ids[i] = l.ID
	}
	var err error
	if t.classes, err = t.tx.Classes(ids); err != nil {
		return err
	}
	wanted, seen := idsByClass{}, map[valueflows.ID]bool{}
	add := func(class valueflows.Class, id valueflows.ID) {
		if !seen[id] {
			seen[id] = true
			wanted.add(class, id)
		}
	}
	for _, l := range batch {
		if class := t.classes[l.ID]; class != "" {
			add(class, l.ID)
		} else {
			t.classes[l.ID] = "" // it is known that there is none
			seen[l.ID] = true
		}
	}
	for _, l := range batch {
		if l.Kind == jsonld.ExportStub {
			continue
		}
		if err := l.References(add); err != nil {
			return err
		}
	}
	for class, ids := range wanted {
		of, kept := bulk[class]
		if !kept { // a LAB, or a membership
			continue
		}
		if err := of.prefetch(t.tx, ids); err != nil {
			return err
		}
	}
	return nil
}

// say adds a line to the report, up to so many of a kind.
func (t *teller) say(n int, kind jsonld.Kind, text string) {
	if t.said[kind]++; t.said[kind] <= exportReportMax {
		t.report.Add(jsonld.Line{Place: jsonld.Place{File: t.name, Line: n}, Kind: kind, Text: text})
	}
}
