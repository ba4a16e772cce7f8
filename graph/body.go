package graph

import (
	"bytes"
	"encoding/json"
	"net/http"
	"unicode/utf8"
)

// request is a GraphQL request as its body states it.
type request struct {
	Query         string         `json:"query"`
	OperationName string         `json:"operationName"`
	Variables     map[string]any `json:"variables"` // numbers as [json.Number]
	Extensions    map[string]any `json:"extensions"`

	key string // the header Idempotency-Key
}

// The keys that a body may have.
var bodyKeys = map[string]bool{"query": true, "operationName": true, "variables": true, "extensions": true}

// jsonDepthMax is how deep a body may nest objects and lists.
const jsonDepthMax = 64

// readBody reads a body that every JSON parser reads alike, and that is one
// GraphQL request.
func readBody(text []byte) (*request, *refusal) {
	s := &jsonText{text: text}
	s.space()
	if s.peek() == '[' {
		return nil, refuse(http.StatusBadRequest, "BATCHING", "a request is one object: send the requests of a batch one by one")
	}
	if why := s.whole(); why != "" {
		return nil, refuse(http.StatusBadRequest, "INVALID_BODY", "the body is not plain JSON at byte %d: %s", s.at, why)
	}
	if s.top == nil {
		return nil, refuse(http.StatusBadRequest, "INVALID_BODY", `the body is not an object such as {"query": "{ actions { id } }"}`)
	}
	for _, key := range s.top {
		if !bodyKeys[key] {
			return nil, refuse(http.StatusBadRequest, "INVALID_BODY", "the body has a key %q: it may have query, variables, operationName and extensions", clip(key))
		}
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	r := &request{}
	if err := decoder.Decode(r); err != nil {
		return nil, refuse(http.StatusBadRequest, "INVALID_BODY", "query and operationName are texts, variables and extensions objects")
	}
	if r.Query == "" {
		return nil, refuse(http.StatusBadRequest, "INVALID_BODY", "the body has no query")
	}
	return r, nil
}

// jsonText walks a JSON text (RFC 8259) once, and stops at the first thing that
// two parsers could read differently: a key given twice, text after the end, a
// byte order mark, text that is not UTF-8, half a surrogate pair.
type jsonText struct {
	text  []byte
	at    int
	depth int
	top   []string // the keys of the outermost object
}

// whole says in words what is wrong with the text; nothing where all is well.
func (s *jsonText) whole() string {
	if bytes.HasPrefix(s.text, []byte("\xef\xbb\xbf")) {
		return "leave out the byte order mark"
	}
	s.space()
	if why := s.value(); why != "" {
		return why
	}
	s.space()
	if s.at < len(s.text) {
		return "something stands after the end"
	}
	return ""
}

func (s *jsonText) peek() byte {
	if s.at < len(s.text) {
		return s.text[s.at]
	}
	return 0
}

func (s *jsonText) space() {
	for s.at < len(s.text) {
		switch s.text[s.at] {
		case ' ', '\t', '\r', '\n':
			s.at++
		default:
			return
		}
	}
}

func (s *jsonText) value() string {
	switch c := s.peek(); {
	case c == '{' || c == '[':
		if s.depth == jsonDepthMax {
			return "objects and lists are nested too deep"
		}
		s.depth++
		defer func() { s.depth-- }()
		if c == '{' {
			return s.object()
		}
		return s.list()
	case c == '"':
		_, why := s.string()
		return why
	case c == '-' || c >= '0' && c <= '9':
		return s.number()
	}
	for _, word := range []string{"true", "false", "null"} {
		if bytes.HasPrefix(s.text[s.at:], []byte(word)) {
			s.at += len(word)
			return ""
		}
	}
	return "a value is missing"
}

func (s *jsonText) object() string {
	seen := map[string]bool{}
	s.at++
	for first := true; ; first = false {
		s.space()
		if s.peek() == '}' && first {
			s.at++
			break
		}
		if s.peek() != '"' {
			return "a key is missing"
		}
		key, why := s.string()
		if why != "" {
			return why
		}
		if seen[key] {
			return "a key is given twice"
		}
		seen[key] = true
		s.space()
		if s.peek() != ':' {
			return "a colon is missing"
		}
		s.at++
		s.space()
		if why := s.value(); why != "" {
			return why
		}
		s.space()
		c := s.peek()
		s.at++
		if c == '}' {
			break
		}
		if c != ',' {
			s.at--
			return "a comma is missing"
		}
	}
	if s.depth == 1 {
		s.top = make([]string, 0, len(seen))
		for key := range seen {
			s.top = append(s.top, key)
		}
	}
	return ""
}

func (s *jsonText) list() string {
	s.at++
	for first := true; ; first = false {
		s.space()
		if s.peek() == ']' && first {
			s.at++
			return ""
		}
		if why := s.value(); why != "" {
			return why
		}
		s.space()
		c := s.peek()
		s.at++
		if c == ']' {
			return ""
		}
		if c != ',' {
			s.at--
			return "a comma is missing"
		}
	}
}

// string walks a string and returns what it stands for.
func (s *jsonText) string() (string, string) {
	start, plain := s.at, true
	for s.at++; s.at < len(s.text); {
		switch c := s.text[s.at]; {
		case c == '"':
			s.at++
			if plain {
				return string(s.text[start+1 : s.at-1]), ""
			}
			var text string
			if err := json.Unmarshal(s.text[start:s.at], &text); err != nil {
				return "", "a text is not written as JSON writes it"
			}
			return text, ""
		case c == '\\':
			plain = false
			if why := s.escape(); why != "" {
				return "", why
			}
		case c < ' ':
			return "", "a text holds a control character"
		case c < utf8.RuneSelf:
			s.at++
		default:
			r, size := utf8.DecodeRune(s.text[s.at:])
			if r == utf8.RuneError && size < 2 {
				return "", "a text is not UTF-8"
			}
			s.at += size
		}
	}
	return "", "a text does not end"
}

func (s *jsonText) escape() string {
	s.at++
	c := s.peek()
	if c != 'u' {
		if bytes.IndexByte([]byte(`"\/bfnrt`), c) < 0 || c == 0 {
			return "an escape is unknown"
		}
		s.at++
		return ""
	}
	unit, ok := s.unit()
	if !ok {
		return "an escape is unknown"
	}
	switch {
	case unit >= 0xdc00 && unit <= 0xdfff:
		return "a text holds half a surrogate pair"
	case unit >= 0xd800 && unit <= 0xdbff:
		if s.peek() != '\\' {
			return "a text holds half a surrogate pair"
		}
		s.at++
		if low, ok := s.unit(); !ok || low < 0xdc00 || low > 0xdfff {
			return "a text holds half a surrogate pair"
		}
	}
	return ""
}

// unit reads u and four hexadecimal digits.
func (s *jsonText) unit() (unit int, ok bool) {
	if s.peek() != 'u' || s.at+5 > len(s.text) {
		return 0, false
	}
	for _, c := range s.text[s.at+1 : s.at+5] {
		digit := bytes.IndexByte([]byte("0123456789abcdef"), c|0x20)
		if c < '0' || digit < 0 || c > '9' && c < 'A' {
			return 0, false
		}
		unit = unit<<4 | digit
	}
	s.at += 5
	return unit, true
}

func (s *jsonText) number() string {
	digits := func() bool {
		start := s.at
		for s.peek() >= '0' && s.peek() <= '9' {
			s.at++
		}
		return s.at > start
	}
	if s.peek() == '-' {
		s.at++
	}
	if s.peek() == '0' {
		s.at++
	} else if !digits() {
		return "a number has no digits"
	}
	if s.peek() == '.' {
		s.at++
		if !digits() {
			return "a number has no digits after its point"
		}
	}
	if c := s.peek(); c == 'e' || c == 'E' {
		s.at++
		if c := s.peek(); c == '+' || c == '-' {
			s.at++
		}
		if !digits() {
			return "a number has no digits in its exponent"
		}
	}
	return ""
}
