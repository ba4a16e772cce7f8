package sheet

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"disconode/valueflows"
)

// Reader reads the flows of a sheet, row by row.
type Reader struct {
	options Options
	rows    *rows
	layout  *layout
	header  []string       // in small letters
	at      map[string]int // the place of each column
	cells   []string       // of the row at hand
}

// NewReader recognises a sheet by its header. It fails with a [*HeaderError]
// where that is of no form, and with a [*Fault] where it cannot be read.
func NewReader(in io.Reader, o Options) (*Reader, error) {
	rows, header, err := newRows(in, o.Encoding)
	if err != nil {
		return nil, err
	}
	r := &Reader{options: o, rows: rows, at: map[string]int{}}
	for at, name := range header {
		name = strings.ToLower(strings.TrimSpace(name))
		r.header = append(r.header, name)
		if _, twice := r.at[name]; !twice {
			r.at[name] = at
		}
	}
	if r.layout, err = formOf(r.header); err != nil {
		return nil, err
	}
	return r, nil
}

// Form is the sheet's.
func (r *Reader) Form() Form { return r.layout.form }

// Unread are the columns of the sheet that say nothing which the books keep.
func (r *Reader) Unread() []string {
	var names []string
	for _, name := range r.header {
		if name != "" && !slices.Contains(r.layout.columns, name) && !slices.Contains(annotations, name) {
			names = append(names, name)
		}
	}
	return names
}

// Read returns the next flow, with what is wrong in its row. It fails with
// [io.EOF] after the last, and with a [*Fault] where nothing further can be read.
func (r *Reader) Read() (*Flow, error) {
	for {
		cells, row, err := r.rows.next()
		if err != nil {
			return nil, err
		}
		r.cells = cells
		if r.empty() {
			continue
		}
		f := &Flow{Row: row}
		if len(cells) != len(r.header) {
			f.Faults = append(f.Faults, Fault{Row: row, Text: fmt.Sprintf("the row has %d cells and the header %d: is a comma or a quote missing?", len(cells), len(r.header))})
			return f, nil
		}
		r.layout.read(r, f)
		if f.ID.Text == "" && f.ExternalID.Text == "" {
			f.Content = r.identity(r.layout.columns...)
		}
		return f, nil
	}
}

// empty tells whether nothing stands in the row.
func (r *Reader) empty() bool {
	for at, text := range r.cells {
		if strings.TrimSpace(text) != "" && (at >= len(r.header) || !slices.Contains(annotations, r.header[at])) {
			return false
		}
	}
	return true
}

// raw is the text in a column, as it stands.
func (r *Reader) raw(column string) string {
	if at, ok := r.at[column]; ok {
		return r.cells[at]
	}
	return ""
}

// cell is the text in a column, without the spaces around it.
func (r *Reader) cell(column string) Cell { return Cell{column, strings.TrimSpace(r.raw(column))} }

// identity joins what tells a row from others.
func (r *Reader) identity(columns ...string) string {
	var texts []string
	for _, column := range columns {
		texts = append(texts, r.cell(column).Text)
	}
	return strings.Join(texts, "\x00")
}

// moment reads the time in a column.
func (r *Reader) moment(f *Flow, column string) *valueflows.Time {
	c := r.cell(column)
	if c.Text == "" {
		return nil
	}
	t, err := r.options.moment(c.Text)
	f.fault(c, err)
	return t
}

// rows are the rows of a sheet as text.
type rows struct {
	csv *csv.Reader
	end int // the line on which the last row ended
	row int // as a spreadsheet counts
}

// newRows finds the separator by the header, and returns that.
func newRows(in io.Reader, encoding string) (*rows, []string, error) {
	decoded, err := newText(in, encoding)
	if err != nil {
		return nil, nil, err
	}
	buffer := bufio.NewReaderSize(decoded, 64<<10)
	first, err := buffer.Peek(64 << 10)
	if err != nil && len(first) == 0 {
		if err == io.EOF {
			return nil, nil, &HeaderError{"the file is empty: its first row must name the columns"}
		}
		return nil, nil, err
	}
	if end := bytes.IndexByte(first, '\n'); end >= 0 {
		first = first[:end]
	}
	r := &rows{csv: csv.NewReader(buffer)}
	r.csv.Comma, r.csv.FieldsPerRecord, r.csv.ReuseRecord = separator(first), -1, true
	header, _, err := r.next()
	if err == io.EOF {
		err = &HeaderError{"the file is empty: its first row must name the columns"}
	}
	return r, slices.Clone(header), err
}

// separators are those that sheets come with.
var separators = []rune{',', ';', '\t'}

// separator is the one by which a header falls into the most columns.
func separator(header []byte) rune {
	best, most := ',', 0
	for _, s := range separators {
		r := csv.NewReader(bytes.NewReader(header))
		r.Comma = s
		if cells, err := r.Read(); err == nil && len(cells) > most {
			best, most = s, len(cells)
		}
	}
	return best
}

// next returns the cells of the next row that is not blank, and its number.
// The cells are good until the row after.
func (r *rows) next() ([]string, int, error) {
	cells, err := r.csv.Read()
	var syntax *csv.ParseError
	if errors.As(err, &syntax) {
		text := "a quote stands where none can: put the whole cell in quotes and write two where one is meant"
		if !errors.Is(err, csv.ErrBareQuote) && !errors.Is(err, csv.ErrQuote) {
			text = syntax.Err.Error()
		}
		return nil, 0, &Fault{Row: r.row + 1 + max(0, syntax.StartLine-r.end-1), Text: text}
	}
	if err != nil {
		return nil, 0, err
	}
	begin, _ := r.csv.FieldPos(0)
	last, _ := r.csv.FieldPos(len(cells) - 1)
	r.row += begin - r.end
	r.end = last + strings.Count(cells[len(cells)-1], "\n")
	if len(cells) > ColumnsMax {
		return nil, 0, &Fault{Row: r.row, Text: fmt.Sprintf("a sheet has at most %d columns, and this row has %d", ColumnsMax, len(cells))}
	}
	for at, text := range cells {
		if len(text) > CellBytesMax {
			return nil, 0, &Fault{Row: r.row, Text: fmt.Sprintf("a cell has at most %d bytes, and the one in column %d has %d", CellBytesMax, at+1, len(text))}
		}
	}
	return cells, r.row, nil
}
