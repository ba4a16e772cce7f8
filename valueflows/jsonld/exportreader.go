package jsonld

import (
	"bytes"
	"strconv"
	"strings"

	"disconode/valueflows"
)

// exportStart is how every line of an export begins, and exportFirst is the
// first one.
const (
	exportStart = `{"@context":"` + ExportContextIRI + `",`
	exportFirst = exportStart + `"@type":"` + string(classExport) + `"}`
)

// IsExport tells whether a file with that first line, with or without its line
// end, is an export.
func IsExport(firstLine []byte) bool {
	return string(bytes.TrimRight(firstLine, "\r\n")) == exportFirst
}

// ReadExport reads a line of an export, without its line end. ref gives the id
// behind an IRI. It fails with an [*valueflows.InputError], code INVALID_EXPORT,
// where the line is not what [ExportLine.Write] writes, byte by byte.
func ReadExport(line []byte, ref func(iri string) (valueflows.ID, error)) (*ExportLine, error) {
	rest, ok := bytes.CutPrefix(line, []byte(exportStart))
	if !ok {
		return nil, valueflows.Invalid("INVALID_EXPORT", "the line is none of an export: each begins with %s", exportStart)
	}
	l := &ExportLine{}
	r := exportReader{recordReader: recordReader{rest: rest}, ref: ref, names: map[valueflows.ID]string{}}
	r.line(l)
	if r.err == nil && len(r.rest) > 0 {
		r.fail("goes on after its end")
	}
	if r.err != nil {
		return nil, valueflows.Invalid("INVALID_EXPORT", "the line %s", r.err)
	}
	again, err := l.Write(func(id valueflows.ID) string { return r.names[id] })
	if err != nil {
		return nil, valueflows.Invalid("INVALID_EXPORT", "the line cannot be written again: %s", err)
	}
	if !bytes.Equal(again, line) {
		return nil, valueflows.Invalid("INVALID_EXPORT", "the line is not spelled as an export spells it, which is %s", valueflows.Clip(differingPart(again, line)))
	}
	return l, nil
}

// differingPart is a text from where it stops being like another.
func differingPart(text, other []byte) string {
	at := 0
	for at < len(text) && at < len(other) && text[at] == other[at] {
		at++
	}
	return string(text[max(0, at-16):])
}

// exportReader is the form that reads a line of an export.
type exportReader struct {
	recordReader
	ref   func(string) (valueflows.ID, error)
	names map[valueflows.ID]string
}

var _ form = (*exportReader)(nil)

// line reads what stands after the context.
func (r *exportReader) line(l *ExportLine) {
	if r.next("@id") {
		l.IRI = r.string()
		l.ID = r.reference(l.IRI)
	}
	if !r.next("@type") {
		r.fail("does not have its @type where it belongs")
		return
	}
	class := valueflows.Class(r.string())
	switch {
	case l.IRI == "" && class == classExport:
		l.Kind = ExportBegin
	case l.IRI == "" && class == classExportEnd:
		l.Kind = ExportEnd
		l.Lines = r.count("lines")
	case l.IRI == "":
		r.fail("does not name its record: @id is missing")
	case string(r.rest) == `,"stub":true}`:
		l.Kind, l.Class = ExportStub, class
		r.rest = r.rest[len(r.rest)-1:]
		if !class.Kept() && class != classAgent {
			r.fail("names a record of a class that Valueflows does not have: %q", valueflows.Clip(string(class)))
		}
	default:
		r.record(l, class)
	}
	r.closeObject()
}

// record reads the properties of a record or of a standing.
func (r *exportReader) record(l *ExportLine, class valueflows.Class) {
	l.Kind, l.Class = ExportRecord, class
	record, err := recordOf(class)
	if err != nil {
		r.fail("is of a class that is not kept here: %q", valueflows.Clip(string(class)))
		return
	}
	if class == valueflows.ClassEconomicResource && bytes.HasPrefix(r.rest, []byte(`,"accountingQuantity":`)) {
		l.Kind = ExportStanding
	}
	l.Record = record
	if class == valueflows.ClassProcess || class == valueflows.ClassEconomicResource {
		l.Superseded = bytes.HasSuffix(r.rest, []byte(`,"superseded":true}`))
	}
	if err := l.describe(r); err != nil {
		r.fail("cannot be read: %s", err)
	}
	rec := recOf(record)
	if rec.Stub {
		r.fail("is a stub that says more than its name")
	}
	rec.ID, rec.IRI = l.ID, l.IRI
}

func (r *exportReader) private() bool { return true }

func (r *exportReader) class(valueflows.Class) {} // stands first

func (r *exportReader) text(name string, value *string) {
	if name == "iri" {
		return
	}
	r.recordReader.text(name, value)
	if *value == "" || r.err != nil || name != "action" && name != "purpose" {
		return
	}
	word, ok := strings.CutPrefix(*value, "vf:")
	known := word == string(valueflows.Offer) || word == string(valueflows.Request)
	if name == "action" {
		_, known = valueflows.Actions[valueflows.Action(word)]
	}
	if !ok || !known {
		r.fail("has %s that Valueflows does not have: %q", map[string]string{"action": "an action", "purpose": "a purpose"}[name], valueflows.Clip(*value))
	}
	*value = word
}

func (r *exportReader) id(name string, value *valueflows.ID) {
	if name != "id" && r.next(name) {
		*value = r.reference(r.string())
	}
}

func (r *exportReader) ids(name string, value *[]valueflows.ID) {
	var iris []valueflows.URI
	r.uris(severalTerm(name), &iris)
	for _, iri := range iris {
		*value = append(*value, r.reference(string(iri)))
	}
}

// reference is the id behind an IRI.
func (r *exportReader) reference(iri string) valueflows.ID {
	if r.err != nil {
		return valueflows.ID{}
	}
	id, err := r.ref(iri)
	if err != nil {
		r.fail("has a name that cannot be read: %s", err)
	}
	r.names[id] = iri
	return id
}

func (r *exportReader) measure(name string, value **valueflows.Measure) {
	if !r.next(name) {
		return
	}
	r.open('{')
	if !r.next("hasNumericalValue") {
		r.fail("has a measure without a number: %s", name)
	}
	m := &valueflows.Measure{HasNumericalValue: r.number()}
	r.id("hasUnit", &m.HasUnit)
	r.closeObject()
	*value = m
}

func (r *exportReader) nest(name string, inner func()) {
	if r.next(name) {
		r.open('{')
		inner()
		r.closeObject()
	}
}

// count reads a whole number.
func (r *exportReader) count(name string) int64 {
	if !r.next(name) {
		r.fail("does not say %s", name)
		return 0
	}
	end := bytes.IndexByte(r.rest, '}')
	if end < 0 {
		r.fail("is malformed: it has no end")
		return 0
	}
	n, err := strconv.ParseInt(string(r.rest[:end]), 10, 64)
	if err != nil || n < 0 || n > linesMax {
		r.fail("has a wrong number: %s", name)
		return 0
	}
	r.rest = r.rest[end:]
	return n
}
