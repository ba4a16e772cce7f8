package federation

import (
	"bytes"
	"encoding/json"
	"unicode/utf8"
)

// The limits of a JSON text from elsewhere.
const (
	jsonDepthMax  = 64
	jsonListMax   = 2_000  // items of one list
	jsonValuesMax = 20_000 // of all
	jsonNumberMax = 64     // characters
)

// readJSON reads a document of ActivityPub: one JSON object (RFC 8259) as a tree
// of map[string]any, []any, string, [json.Number], bool and nil. It refuses what
// two parsers could read differently, what is larger than the limits, and what
// has another meaning as JSON-LD than its plain keys say.
func readJSON(text []byte) (map[string]any, error) {
	if len(text) > requestBytesMax {
		return nil, bad(jsonLarge, "the document is larger than %d bytes", requestBytesMax)
	}
	if !utf8.Valid(text) {
		return nil, bad(jsonForm, "the document is not UTF-8")
	}
	p := &jsonReader{text: text}
	value, err := p.whole()
	if err != nil {
		return nil, err
	}
	object, ok := value.(map[string]any)
	if !ok {
		return nil, bad(jsonForm, "the document is not a JSON object")
	}
	if err := checkMeaning(object); err != nil {
		return nil, err
	}
	return object, nil
}

// jsonReader walks a text once.
type jsonReader struct {
	text   []byte
	at     int
	depth  int
	values int
}

func (p *jsonReader) whole() (any, error) {
	p.space()
	value, err := p.value()
	if err != nil {
		return nil, err
	}
	if p.space(); p.at < len(p.text) {
		return nil, p.wrong("something stands after the end")
	}
	return value, nil
}

func (p *jsonReader) wrong(what string) error {
	return bad(jsonForm, "the document is not plain JSON at byte %d: %s", p.at, what)
}

func (p *jsonReader) peek() byte {
	if p.at < len(p.text) {
		return p.text[p.at]
	}
	return 0
}

func (p *jsonReader) space() {
	for p.at < len(p.text) && (p.text[p.at] == ' ' || p.text[p.at] == '\t' || p.text[p.at] == '\r' || p.text[p.at] == '\n') {
		p.at++
	}
}

func (p *jsonReader) value() (any, error) {
	if p.values++; p.values > jsonValuesMax {
		return nil, bad(jsonLarge, "the document has more than %d values", jsonValuesMax)
	}
	switch c := p.peek(); {
	case c == '{' || c == '[':
		if p.depth == jsonDepthMax {
			return nil, bad(jsonLarge, "the document is nested deeper than %d", jsonDepthMax)
		}
		p.depth++
		defer func() { p.depth-- }()
		if p.at++; c == '{' {
			return p.object()
		}
		return p.list()
	case c == '"':
		return p.string()
	case c == '-' || c >= '0' && c <= '9':
		return p.number()
	}
	for _, w := range jsonWords {
		if bytes.HasPrefix(p.text[p.at:], w.text) {
			p.at += len(w.text)
			return w.value, nil
		}
	}
	return nil, p.wrong("a value is missing")
}

var jsonWords = []struct {
	text  []byte
	value any
}{{[]byte("true"), true}, {[]byte("false"), false}, {[]byte("null"), nil}}

// next steps over a comma, or the end of what a bracket opened.
func (p *jsonReader) next(end byte) (more bool, err error) {
	p.space()
	switch p.peek() {
	case ',':
		p.at++
		p.space()
		return true, nil
	case end:
		p.at++
		return false, nil
	}
	return false, p.wrong("a comma is missing")
}

func (p *jsonReader) object() (map[string]any, error) {
	object := map[string]any{}
	if p.space(); p.peek() == '}' {
		p.at++
		return object, nil
	}
	for {
		if p.peek() != '"' {
			return nil, p.wrong("a key is missing")
		}
		key, err := p.string()
		if err != nil {
			return nil, err
		}
		if _, twice := object[key]; twice {
			return nil, bad(jsonTwice, "the document gives the key %q twice in one object", clip(key))
		}
		if p.space(); p.peek() != ':' {
			return nil, p.wrong("a colon is missing")
		}
		p.at++
		p.space()
		if object[key], err = p.value(); err != nil {
			return nil, err
		}
		if more, err := p.next('}'); !more {
			return object, err
		}
	}
}

func (p *jsonReader) list() ([]any, error) {
	list := []any{}
	if p.space(); p.peek() == ']' {
		p.at++
		return list, nil
	}
	for {
		if len(list) == jsonListMax {
			return nil, bad(jsonLarge, "a list has more than %d items", jsonListMax)
		}
		value, err := p.value()
		if err != nil {
			return nil, err
		}
		list = append(list, value)
		if more, err := p.next(']'); !more {
			return list, err
		}
	}
}

func (p *jsonReader) number() (json.Number, error) {
	start := p.at
	digits := func() bool {
		first := p.at
		for p.peek() >= '0' && p.peek() <= '9' {
			p.at++
		}
		return p.at > first
	}
	if p.peek() == '-' {
		p.at++
	}
	if p.peek() == '0' {
		p.at++
	} else if !digits() {
		return "", p.wrong("a number has no digits")
	}
	if p.peek() == '.' {
		if p.at++; !digits() {
			return "", p.wrong("a number has no digits after its point")
		}
	}
	if c := p.peek(); c == 'e' || c == 'E' {
		if p.at++; p.peek() == '+' || p.peek() == '-' {
			p.at++
		}
		if !digits() {
			return "", p.wrong("a number has no digits in its exponent")
		}
	}
	if p.at-start > jsonNumberMax {
		return "", bad(jsonLarge, "a number has more than %d characters", jsonNumberMax)
	}
	return json.Number(p.text[start:p.at]), nil
}
