package jsonld

import (
	"bytes"
	"fmt"
	"path"
	"strings"
	"unicode/utf8"
)

// The bounds of a file. A document inside them is read in memory in seconds.
const (
	SizeMax   = 50 << 20 // bytes
	DepthMax  = 64       // values inside values
	valuesMax = 4 << 20
)

// valueKind is what a value is in JSON.
type valueKind uint8

const (
	nullValue valueKind = iota
	textValue
	numberValue // its text is as it was written
	booleanValue
	listValue
	objectValue
)

// value is a piece of a JSON or YAML document, with its place.
type value struct {
	kind   valueKind
	line   int
	text   string   // of a text, number or boolean
	full   bool     // the text is an IRI in full
	items  []*value // of a list
	fields []field  // of an object, in their order, each name once
}

// field is a name and its value in an object.
type field struct {
	name  string
	line  int
	value *value
}

// field finds the first of the names that the object has; nil where it has none.
func (v *value) field(names ...string) *value {
	for _, name := range names {
		for i := range v.fields {
			if v.fields[i].name == name {
				return v.fields[i].value
			}
		}
	}
	return nil
}

// elements are the items of a list, or the value alone.
func (v *value) elements() []*value {
	if v.kind == listValue {
		return v.items
	}
	return []*value{v}
}

// first is the value, or the first element of a list.
func (v *value) first() *value {
	if v.kind == listValue && len(v.items) > 0 {
		return v.items[0]
	}
	return v
}

// isScalar tells whether the value has a text of its own.
func (v *value) isScalar() bool {
	return v.kind == textValue || v.kind == numberValue || v.kind == booleanValue
}

// SyntaxError says where a file is no document that can be read.
type SyntaxError struct {
	Place
	Text string
}

func (e *SyntaxError) Error() string { return e.Place.String() + ": " + e.Text }

func syntax(file string, line int, format string, args ...any) error {
	return &SyntaxError{Place{file, max(line, 1)}, fmt.Sprintf(format, args...)}
}

// parse reads a file as JSON or YAML: by its extension, else by its first
// character. YAML may hold several documents.
func parse(file File) ([]*value, error) {
	data := bytes.TrimPrefix(file.Data, []byte("\ufeff"))
	if len(data) > SizeMax {
		return nil, syntax(file.Name, 1, "the file has more than %d MB: split it", SizeMax>>20)
	}
	if !utf8.Valid(data) {
		return nil, syntax(file.Name, lineOfInvalid(data), "the file is not UTF-8 text")
	}
	switch strings.ToLower(path.Ext(file.Name)) {
	case ".json", ".jsonld":
		return parseJSON(file.Name, data)
	case ".yaml", ".yml":
		return parseYAML(file.Name, data)
	}
	if start := bytes.TrimSpace(data); len(start) > 0 && (start[0] == '{' || start[0] == '[') {
		return parseJSON(file.Name, data)
	}
	return parseYAML(file.Name, data)
}

func lineOfInvalid(data []byte) int {
	line := 1
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		if r == utf8.RuneError && size == 1 {
			break
		}
		if r == '\n' {
			line++
		}
		data = data[size:]
	}
	return line
}

// grower counts the values of a file while they are read.
type grower struct {
	file   string
	values int
}

// grow is called for each value before it is read.
func (g *grower) grow(line, depth int) error {
	if g.values++; g.values > valuesMax {
		return syntax(g.file, line, "the file has more than %d values: split it", valuesMax)
	}
	if depth > DepthMax {
		return syntax(g.file, line, "values are nested more than %d deep", DepthMax)
	}
	return nil
}

// checkText refuses the one character that PostgreSQL does not keep.
func (g *grower) checkText(v *value) error {
	if strings.ContainsRune(v.text, 0) {
		return syntax(g.file, v.line, "a text holds the character U+0000: leave it out")
	}
	return nil
}

// putField appends a field to an object that must not have it yet.
func (g *grower) putField(seen map[string]bool, object *value, f field) error {
	if seen[f.name] {
		return syntax(g.file, f.line, "%q stands twice in one object", f.name)
	}
	seen[f.name] = true
	object.fields = append(object.fields, f)
	return nil
}
