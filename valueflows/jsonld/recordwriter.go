package jsonld

import (
	"encoding/hex"
	"fmt"
	"unicode/utf8"

	"disconode/valueflows"
)

// recordWriter is the form that writes: canonical JSON, appended property by
// property in the order of the lists.
type recordWriter struct {
	body []byte
	err  error
}

var _ form = (*recordWriter)(nil)

func (w *recordWriter) private() bool { return false }

func (w *recordWriter) name(name string) {
	if w.body[len(w.body)-1] != '{' {
		w.body = append(w.body, ',')
	}
	w.body = append(w.body, '"')
	w.body = append(w.body, name...) // the names are plain ASCII
	w.body = append(w.body, '"', ':')
}

func (w *recordWriter) class(class valueflows.Class) {
	w.name("type")
	w.string(string(class))
}

func (w *recordWriter) text(name string, value *string) {
	if *value != "" {
		w.name(name)
		w.string(*value)
	}
}

func (w *recordWriter) uris(name string, value *[]valueflows.URI) {
	if len(*value) == 0 {
		return
	}
	w.name(name)
	if len(*value) == 1 && plainAlone[name] {
		w.string(string((*value)[0]))
		return
	}
	w.body = append(w.body, '[')
	for i, uri := range *value {
		if i > 0 {
			w.body = append(w.body, ',')
		}
		w.string(string(uri))
	}
	w.body = append(w.body, ']')
}

func (w *recordWriter) id(name string, value *valueflows.ID) {
	if !value.IsZero() {
		w.name(name)
		w.uuid(value)
	}
}

func (w *recordWriter) ids(name string, value *[]valueflows.ID) {
	if len(*value) == 0 {
		return
	}
	w.name(name)
	if len(*value) == 1 && plainAlone[name] {
		w.uuid(&(*value)[0])
		return
	}
	w.body = append(w.body, '[')
	for i := range *value {
		if i > 0 {
			w.body = append(w.body, ',')
		}
		w.uuid(&(*value)[i])
	}
	w.body = append(w.body, ']')
}

func (w *recordWriter) measure(name string, value **valueflows.Measure) {
	m := *value
	if m == nil {
		return
	}
	w.name(name)
	w.body = append(w.body, `{"hasNumericalValue":"`...)
	w.body = append(w.body, m.HasNumericalValue.String()...)
	w.body = append(w.body, '"')
	if !m.HasUnit.IsZero() {
		w.body = append(w.body, `,"hasUnit":`...)
		w.uuid(&m.HasUnit)
	}
	w.body = append(w.body, '}')
}

func (w *recordWriter) decimal(name string, value **valueflows.Decimal) {
	if *value != nil {
		w.name(name)
		w.string((*value).String())
	}
}

func (w *recordWriter) time(name string, value **valueflows.Time) {
	if *value != nil {
		w.name(name)
		w.string((*value).String())
	}
}

func (w *recordWriter) flag(name string, value *bool) {
	if *value {
		w.name(name)
		w.body = append(w.body, "true"...)
	}
}

func (w *recordWriter) answer(name string, value **bool) {
	if *value == nil {
		return
	}
	w.name(name)
	if **value {
		w.body = append(w.body, "true"...)
	} else {
		w.body = append(w.body, "false"...)
	}
}

func (w *recordWriter) uuid(id *valueflows.ID) {
	w.body = append(w.body, '"')
	w.body = hex.AppendEncode(w.body, id[0:4])
	for _, part := range [][]byte{id[4:6], id[6:8], id[8:10], id[10:16]} {
		w.body = append(w.body, '-')
		w.body = hex.AppendEncode(w.body, part)
	}
	w.body = append(w.body, '"')
}

// string writes a text with the escapes of RFC 8785, 3.2.2.2, and no other.
func (w *recordWriter) string(text string) {
	if !utf8.ValidString(text) {
		w.err = fmt.Errorf("holds a text that is not UTF-8: %q", valueflows.Clip(text))
	}
	w.body = append(w.body, '"')
	from := 0
	for i := range len(text) {
		c := text[i]
		if c >= ' ' && c != '"' && c != '\\' {
			continue
		}
		w.body = append(w.body, text[from:i]...)
		from = i + 1
		switch c {
		case '"', '\\':
			w.body = append(w.body, '\\', c)
		case '\b':
			w.body = append(w.body, `\b`...)
		case '\t':
			w.body = append(w.body, `\t`...)
		case '\n':
			w.body = append(w.body, `\n`...)
		case '\f':
			w.body = append(w.body, `\f`...)
		case '\r':
			w.body = append(w.body, `\r`...)
		default:
			w.body = append(w.body, `\u00`...)
			w.body = hex.AppendEncode(w.body, []byte{c})
		}
	}
	w.body = append(append(w.body, text[from:]...), '"')
}
