package sheet

import (
	"encoding/csv"
	"io"
	"slices"
	"strconv"
	"strings"
)

// Annotate writes a sheet anew, each row behind its number and what is wrong
// with it: to be corrected in place and read again as it is. The cells stay as
// they are. What follows a row that cannot be taken apart is left out.
func Annotate(in io.Reader, encoding string, faults map[int]string, out io.Writer) error {
	if _, err := io.WriteString(out, "\ufeff"); err != nil { // so that spreadsheets take it for UTF-8, as this reader does
		return err
	}
	r, header, err := newRows(in, encoding)
	if err != nil {
		return err
	}
	w := csv.NewWriter(out)
	w.Comma = r.csv.Comma
	var before []bool // columns that an earlier annotation put there
	for _, name := range header {
		before = append(before, slices.Contains(annotations, strings.ToLower(strings.TrimSpace(name))))
	}
	write := func(first, second string, cells []string) error {
		line := []string{first, second}
		for at, text := range cells {
			if at >= len(before) || !before[at] {
				line = append(line, text)
			}
		}
		return w.Write(line)
	}
	err = write(annotations[0], annotations[1], header)
	for err == nil {
		var cells []string
		var row int
		if cells, row, err = r.next(); err == nil {
			err = write(strconv.Itoa(row), faults[row], cells)
		}
	}
	w.Flush()
	if err != io.EOF {
		return err
	}
	return w.Error()
}
