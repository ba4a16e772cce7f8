package jsonld

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
)

// jsonTree reads JSON token by token, so that every value keeps its line and
// every number its text.
type jsonTree struct {
	grower
	data    []byte
	decoder *json.Decoder
	counted int64 // bytes whose lines are counted
	line    int
}

func parseJSON(file string, data []byte) ([]*value, error) {
	t := jsonTree{grower: grower{file: file}, data: data, decoder: json.NewDecoder(bytes.NewReader(data)), line: 1}
	t.decoder.UseNumber()
	v, err := t.value(0)
	if err != nil {
		return nil, err
	}
	if _, err := t.decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, syntax(file, t.here(), "the file goes on after its end")
	}
	return []*value{v}, nil
}

// here is the line where the last token ended.
func (t *jsonTree) here() int {
	if end := min(t.decoder.InputOffset(), int64(len(t.data))); end > t.counted {
		t.line += bytes.Count(t.data[t.counted:end], []byte{'\n'})
		t.counted = end
	}
	return t.line
}

func (t *jsonTree) token() (json.Token, error) {
	token, err := t.decoder.Token()
	if err == nil {
		return token, nil
	}
	line := t.here()
	var at *json.SyntaxError
	if errors.As(err, &at) {
		line = 1 + bytes.Count(t.data[:min(max(at.Offset, 0), int64(len(t.data)))], []byte{'\n'})
	}
	if errors.Is(err, io.EOF) {
		return nil, syntax(t.file, 1+bytes.Count(t.data, []byte{'\n'}), "the file ends too early")
	}
	return nil, syntax(t.file, line, "no JSON: %s", err)
}

func (t *jsonTree) value(depth int) (*value, error) {
	token, err := t.token()
	if err != nil {
		return nil, err
	}
	v := &value{line: t.here()}
	if err := t.grow(v.line, depth); err != nil {
		return nil, err
	}
	switch token := token.(type) {
	case json.Delim:
		if token == '[' {
			return v, t.list(v, depth)
		}
		return v, t.object(v, depth) // a closing one cannot stand here: the decoder has refused it
	case string:
		v.kind, v.text = textValue, token
	case json.Number:
		v.kind, v.text = numberValue, token.String()
	case bool:
		v.kind, v.text = booleanValue, "false"
		if token {
			v.text = "true"
		}
	}
	return v, t.checkText(v)
}

func (t *jsonTree) list(v *value, depth int) error {
	v.kind = listValue
	for t.decoder.More() {
		item, err := t.value(depth + 1)
		if err != nil {
			return err
		}
		v.items = append(v.items, item)
	}
	_, err := t.token()
	return err
}

func (t *jsonTree) object(v *value, depth int) error {
	v.kind = objectValue
	seen := map[string]bool{}
	for t.decoder.More() {
		name, err := t.token()
		if err != nil {
			return err
		}
		f := field{line: t.here()}
		f.name, _ = name.(string) // the decoder lets no other key pass
		if f.value, err = t.value(depth + 1); err != nil {
			return err
		}
		if err := t.putField(seen, v, f); err != nil {
			return err
		}
	}
	_, err := t.token()
	return err
}
