package jsonld

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v3"
)

// yamlTree reads YAML nodes: their lines, and the text of numbers and times as
// it was written. Anchors and aliases are refused, so that a document is as
// large as its file.
type yamlTree struct{ grower }

func parseYAML(file string, data []byte) (documents []*value, err error) {
	defer func() { // the YAML reader panics on some malformed input
		if r := recover(); r != nil {
			documents, err = nil, syntax(file, 1, "no YAML: %v", r)
		}
	}()
	separators := 0
	for _, c := range []string{"\n", ",", "[", "{"} { // one of them stands before each value
		separators += bytes.Count(data, []byte(c))
	}
	if separators > valuesMax { // counted before the YAML reader builds its nodes
		return nil, syntax(file, 1, "the file has more than %d values: split it", valuesMax)
	}
	t := yamlTree{grower{file: file}}
	for decoder := yaml.NewDecoder(bytes.NewReader(data)); ; {
		var node yaml.Node
		if err := decoder.Decode(&node); errors.Is(err, io.EOF) {
			return documents, nil
		} else if err != nil {
			return nil, t.syntax(err)
		}
		v, err := t.value(&node, 0)
		if err != nil {
			return nil, err
		}
		documents = append(documents, v)
	}
}

// syntax takes the line out of the YAML reader's own words.
func (t *yamlTree) syntax(err error) error {
	line, text := 1, strings.TrimPrefix(err.Error(), "yaml: ")
	if _, scan := fmt.Sscanf(text, "line %d:", &line); scan == nil {
		_, text, _ = strings.Cut(text, ": ")
	}
	return syntax(t.file, line, "no YAML: %s", text)
}

func (t *yamlTree) value(n *yaml.Node, depth int) (*value, error) {
	if err := t.grow(n.Line, depth); err != nil {
		return nil, err
	}
	if n.Kind == yaml.AliasNode || n.Anchor != "" {
		return nil, syntax(t.file, n.Line, "anchors and aliases are not read: write the value out")
	}
	v := &value{line: n.Line}
	switch n.Kind {
	case yaml.DocumentNode:
		return t.value(n.Content[0], depth)
	case yaml.SequenceNode:
		return v, t.list(v, n, depth)
	case yaml.MappingNode:
		return v, t.object(v, n, depth)
	}
	v.text = n.Value
	switch tag := n.ShortTag(); tag {
	case "!!str", "!!timestamp":
		v.kind = textValue
	case "!!int", "!!float":
		v.kind = numberValue
	case "!!bool":
		v.kind, v.text = booleanValue, strings.ToLower(n.Value)
	case "!!null":
		v.kind, v.text = nullValue, ""
	default:
		return nil, syntax(t.file, n.Line, "the tag %s is not read: write the value as text", tag)
	}
	return v, t.checkText(v)
}

func (t *yamlTree) list(v *value, n *yaml.Node, depth int) error {
	v.kind = listValue
	for _, item := range n.Content {
		child, err := t.value(item, depth+1)
		if err != nil {
			return err
		}
		v.items = append(v.items, child)
	}
	return nil
}

func (t *yamlTree) object(v *value, n *yaml.Node, depth int) error {
	v.kind = objectValue
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		if key.Kind != yaml.ScalarNode || key.Anchor != "" {
			return syntax(t.file, key.Line, "a name in an object is plain text")
		}
		child, err := t.value(n.Content[i+1], depth+1)
		if err != nil {
			return err
		}
		if err := t.putField(seen, v, field{key.Value, key.Line, child}); err != nil {
			return err
		}
	}
	return nil
}
