package sheet

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"disconode/valueflows"
)

// tables are the encodings with one byte a character.
var tables = map[string]*charmap.Charmap{
	"windows-1252": charmap.Windows1252, "windows-1250": charmap.Windows1250, "windows-1251": charmap.Windows1251,
	"iso-8859-1": charmap.ISO8859_1, "iso-8859-2": charmap.ISO8859_2, "iso-8859-15": charmap.ISO8859_15,
	"macintosh": charmap.Macintosh, "ibm437": charmap.CodePage437, "ibm850": charmap.CodePage850,
}

// likely are the encodings that a text which is not UTF-8 is shown in.
var likely = []string{"windows-1252", "iso-8859-1", "iso-8859-15", "macintosh"}

// Encodings are the names of the encodings that can be read.
func Encodings() []string {
	names := []string{"utf-8", "utf-16le", "utf-16be"}
	for name := range tables {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// text reads a sheet as UTF-8, whatever it is written in, and holds it to its
// bounds as it passes, so that no row grows in memory. What is no character of
// the encoding is an error; nothing is replaced.
type text struct {
	in     *bufio.Reader
	name   string
	decode func() (rune, error)
	err    error

	row     int // the one that is being read
	bytes   int // of the row
	quoted  bool
	opened  int // the row in which the quote did
	inQuote int // bytes since
	line    []byte
	rest    []byte // of a character that did not fit
}

// errNot is a byte that is no character of the encoding.
var errNot = errors.New("no character")

func newText(in io.Reader, encoding string) (*text, error) {
	t := &text{in: bufio.NewReaderSize(in, 64<<10), name: strings.ToLower(encoding), row: 1}
	if !slices.Contains(Encodings(), t.name) && t.name != "" {
		return nil, &HeaderError{fmt.Sprintf("%q is no encoding that can be read: choose one of %s", valueflows.Clip(encoding), strings.Join(Encodings(), ", "))}
	}
	mark, err := t.in.Peek(3)
	if err != nil && err != io.EOF {
		return nil, err
	}
	switch { // a mark says for certain what follows
	case len(mark) == 3 && string(mark) == "\xef\xbb\xbf":
		t.name = "utf-8"
		t.in.Discard(3)
	case len(mark) >= 2 && string(mark[:2]) == "\xff\xfe":
		t.name = "utf-16le"
		t.in.Discard(2)
	case len(mark) >= 2 && string(mark[:2]) == "\xfe\xff":
		t.name = "utf-16be"
		t.in.Discard(2)
	}
	switch table := tables[t.name]; {
	case table != nil:
		t.decode = func() (rune, error) {
			b, err := t.in.ReadByte()
			if err != nil {
				return 0, err
			}
			if r := table.DecodeByte(b); r != utf8.RuneError {
				return r, nil
			}
			return 0, errNot
		}
	case t.name == "utf-16le":
		t.decode = t.utf16(func(a, b byte) rune { return rune(b)<<8 | rune(a) })
	case t.name == "utf-16be":
		t.decode = t.utf16(func(a, b byte) rune { return rune(a)<<8 | rune(b) })
	default:
		t.decode = t.utf8
	}
	return t, nil
}

func (t *text) utf8() (rune, error) {
	r, size, err := t.in.ReadRune()
	if r == utf8.RuneError && size == 1 {
		t.in.UnreadRune()
		return 0, errNot
	}
	return r, err
}

func (t *text) utf16(join func(a, b byte) rune) func() (rune, error) {
	unit := func() (rune, error) {
		a, err := t.in.ReadByte()
		if err != nil {
			return 0, err
		}
		b, err := t.in.ReadByte()
		if err == io.EOF {
			return 0, errNot
		}
		return join(a, b), err
	}
	return func() (rune, error) {
		r, err := unit()
		if err != nil || !utf16.IsSurrogate(r) {
			return r, err
		}
		second, err := unit()
		if err != nil && err != io.EOF {
			return 0, err
		}
		if r = utf16.DecodeRune(r, second); r == utf8.RuneError || err != nil {
			return 0, errNot
		}
		return r, nil
	}
}

// Read gives the text as UTF-8, up to what is wrong with it.
func (t *text) Read(p []byte) (int, error) {
	n := copy(p, t.rest)
	t.rest = t.rest[n:]
	for t.err == nil && n < len(p) {
		r, err := t.decode()
		if err == nil {
			err = t.pass(r)
		}
		switch {
		case err != nil:
			t.err = t.because(err)
		case r < utf8.RuneSelf:
			p[n] = byte(r)
			n++
		default:
			whole := utf8.AppendRune(nil, r)
			part := copy(p[n:], whole)
			n, t.rest = n+part, whole[part:]
		}
	}
	if n > 0 || len(p) == 0 {
		return n, nil
	}
	return 0, t.err
}

// pass counts a character, and refuses the one that is too much.
func (t *text) pass(r rune) error {
	if len(t.line) < sampleBytes && t.name != "utf-16le" && t.name != "utf-16be" {
		t.line = utf8.AppendRune(t.line, r)
	}
	t.bytes += utf8.RuneLen(r)
	switch {
	case r == 0:
		hint := "remove it"
		if t.name == "" {
			hint = "remove it, or say --encoding utf-16le if the file is UTF-16"
		}
		return t.fault("it holds the character U+0000, which is no text: %s", hint)
	case r == '"':
		if t.quoted = !t.quoted; t.quoted {
			t.opened, t.inQuote = t.row, 0
		}
	case r == '\n':
		t.line = t.line[:0]
		if !t.quoted {
			t.row, t.bytes = t.row+1, 0
		}
	}
	if t.quoted {
		if t.inQuote += utf8.RuneLen(r); t.inQuote > CellBytesMax {
			return &Fault{Row: t.opened, Text: fmt.Sprintf("a cell has at most %d bytes, and the one in quotes that begins in this row has more: is its quote not closed?", CellBytesMax)}
		}
	}
	if t.bytes > rowBytesMax {
		return t.fault("a row has at most %d bytes, and this one has more", rowBytesMax)
	}
	return nil
}

func (t *text) fault(format string, args ...any) *Fault {
	return &Fault{Row: t.row, Text: fmt.Sprintf(format, args...)}
}

// because says what the end of the text means, or what is wrong with a byte.
func (t *text) because(err error) error {
	switch {
	case err == io.EOF && t.quoted:
		return &Fault{Row: t.opened, Text: "a quote that opens in this row is never closed: close it, or write two where one is meant as such"}
	case err != errNot:
		return err
	case t.name != "" && t.name != "utf-8":
		return t.fault("there is a byte that is no character of %s: choose another --encoding", t.name)
	}
	next, _ := t.in.Peek(sampleBytes)
	if end := slices.Index(next, '\n'); end >= 0 {
		next = next[:end]
	}
	sample := append(slices.Clone(t.line), next...)
	var shown []string
	for _, name := range likely {
		runes := make([]rune, 0, len(sample))
		for _, b := range sample[:min(len(sample), sampleBytes)] {
			runes = append(runes, tables[name].DecodeByte(b))
		}
		shown = append(shown, fmt.Sprintf("\n  --encoding %-12s reads %q", name, strings.TrimRight(string(runes), "\r")))
	}
	return t.fault("it is not written in UTF-8. Say which of these reads right:%s", strings.Join(shown, ""))
}

// sampleBytes is how much of a line is shown.
const sampleBytes = 120
