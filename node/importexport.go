package node

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"disconode/valueflows"
	"disconode/valueflows/jsonld"
)

// The limits of reading an export: how many bytes a line may have; how many
// lines, and bytes, are looked up at once; at how many wrong places reading
// stops; and how many lines of a kind the report has.
const (
	exportLineMax    = 4 << 20
	exportBatch      = 1000
	exportBatchBytes = 4 << 20
	exportFailedMax  = 20
	exportReportMax  = 1000
)

// IsExport tells whether a file with that first line is an export of a node's.
func IsExport(firstLine []byte) bool { return jsonld.IsExport(firstLine) }

// ImportExport reads what [Node.Export] wrote into the books of a LAB: all of
// it, in one transaction, or nothing. Rights and report are those of
// [Node.Import], and so is it that what the books have already stays as it is. name is the file's, for the
// report. Memory does not grow with the file: one that cannot be read from its
// start again is first copied to a temporary file.
func (n *Node) ImportExport(ctx context.Context, lab valueflows.ID, name string, r io.Reader, dryRun bool) (*ImportReport, error) {
	by := PrincipalOf(ctx)
	if err := by.mayImport(lab); err != nil {
		return nil, err
	}
	if _, err := n.zoneIn(ctx, lab); err != nil {
		return nil, err
	}
	by.Lab = lab
	ctx = WithPrincipal(ctx, by)
	file, forget, err := rewindable(r)
	if err != nil {
		return nil, err
	}
	defer forget()
	start, err := file.Seek(0, io.SeekCurrent)
	if err != nil {
		return nil, err
	}
	defer n.recounting(ctx)()
	var report *ImportReport
	err = n.write(ctx, func(s *session) error {
		if _, err := file.Seek(start, io.SeekStart); err != nil { // the command may run again
			return err
		}
		t := newTeller(s, name)
		report = t.report
		report.DryRun = dryRun
		if err := t.run(file); err != nil {
			return err
		}
		if dryRun || report.Count(jsonld.Failed) > 0 {
			return errNothing
		}
		return nil
	})
	if err != nil && !errors.Is(err, errNothing) {
		return nil, err
	}
	if failed := report.Count(jsonld.Failed); failed > 0 {
		return report, valueflows.Invalid("IMPORT_FAILED", "nothing was recorded: the export is wrong in as many places as are listed: %d", failed)
	}
	return report, nil
}

// rewindable is a reader that can start again, and what to do when it is done with.
func rewindable(r io.Reader) (io.ReadSeeker, func(), error) {
	if file, ok := r.(io.ReadSeeker); ok {
		if _, err := file.Seek(0, io.SeekCurrent); err == nil { // of a pipe it fails
			return file, func() {}, nil
		}
	}
	copied, err := os.CreateTemp("", "disconode-import-")
	if err != nil {
		return nil, nil, err
	}
	forget := func() {
		copied.Close()
		os.Remove(copied.Name())
	}
	if _, err = io.Copy(copied, r); err == nil {
		_, err = copied.Seek(0, io.SeekStart)
	}
	if err != nil {
		forget()
		return nil, nil, fmt.Errorf("keep the export while it is read: %w", err)
	}
	return copied, forget, nil
}

// exportLines are the lines of an export, numbered from 1.
type exportLines struct {
	from *bufio.Reader
	line []byte
	n    int
}

func newExportLines(from io.Reader) *exportLines {
	return &exportLines{from: bufio.NewReaderSize(from, 1<<16)}
}

// next reads a line, without its end, which is good until the next one. It
// fails with [io.EOF] after the last, and with an [*valueflows.InputError] at one
// that is too long.
func (l *exportLines) next() ([]byte, error) {
	l.line = l.line[:0]
	l.n++
	for {
		part, err := l.from.ReadSlice('\n')
		l.line = append(l.line, part...)
		if len(l.line) > exportLineMax+1 {
			return nil, valueflows.Invalid("TOO_LARGE", "a line of an export has at most %d bytes", exportLineMax)
		}
		switch {
		case err == nil:
			return l.line[:len(l.line)-1], nil
		case errors.Is(err, bufio.ErrBufferFull):
		case errors.Is(err, io.EOF) && len(l.line) > 0:
			return l.line, nil
		default:
			return nil, err
		}
	}
}
