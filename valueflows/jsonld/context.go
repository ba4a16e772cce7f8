package jsonld

import (
	"net/url"
	"strings"

	"disconode/valueflows"
)

// scope is what the @context of an object says: nothing is ever fetched.
type scope struct {
	terms map[string]string // prefixes and terms, to IRIs
	base  string
}

// formerNamespaces are other spellings of the vocabulary's namespace.
var formerNamespaces = []string{
	"http://w3id.org/valueflows/ont/vf#", "https://w3id.org/valueflows#", "http://w3id.org/valueflows#",
}

// builtinTerms are the prefixes that a document need not declare.
var builtinTerms = map[string]string{
	"vf": valueflows.Namespace, "valueflows": valueflows.Namespace, "ValueFlows": valueflows.Namespace,
	"om": valueflows.OM2, "om2": valueflows.OM2,
}

// knownContexts are the contexts that a document may name by address.
var knownContexts = []string{
	"https://w3id.org/valueflows/ont/vf", "https://w3id.org/valueflows/ont/vf#", "https://w3id.org/valueflows/ont/vf.jsonld",
	"https://www.w3.org/ns/activitystreams",
}

// enter is the scope inside an object with that @context.
func (d *Document) enter(s scope, context *value) scope {
	inner := scope{terms: make(map[string]string, len(s.terms)), base: s.base}
	for term, iri := range s.terms {
		inner.terms[term] = iri
	}
	for _, part := range context.elements() {
		switch part.kind {
		case textValue:
			d.namedContext(part)
		case objectValue:
			for _, f := range part.fields {
				d.declare(&inner, f)
			}
		case nullValue:
			inner = scope{terms: map[string]string{}}
		default:
			d.fail(part.line, "a @context is an address or an object of terms")
		}
	}
	return inner
}

func (d *Document) namedContext(v *value) {
	address, former := namespaceOf(v.text)
	if former {
		d.tolerate(v.line, "the context %s is read as %s", v.text, valueflows.Namespace)
		return
	}
	for _, known := range knownContexts {
		if address == known || v.text == known {
			return
		}
	}
	if address == "" {
		d.tolerate(v.line, "the context %s is not fetched: its terms are read as those of Valueflows", valueflows.Clip(v.text))
	}
}

// namespaceOf tells whether the text begins with a spelling of the
// vocabulary's namespace, and whether with a former one; rest is nonempty where
// it does.
func namespaceOf(text string) (found string, former bool) {
	if strings.HasPrefix(text, valueflows.Namespace) || text == strings.TrimSuffix(valueflows.Namespace, "#") {
		return valueflows.Namespace, false
	}
	for _, namespace := range formerNamespaces {
		if strings.HasPrefix(text, namespace) || text == strings.TrimSuffix(namespace, "#") {
			return namespace, true
		}
	}
	return "", false
}

// declare reads one entry of a @context object.
func (d *Document) declare(s *scope, f field) {
	iri := f.value
	if iri.kind == objectValue { // an expanded term definition
		iri = iri.field("@id")
	}
	if f.name != "@vocab" && strings.Contains(f.name, "@vocab") {
		d.tolerate(f.line, "%q is read as @vocab", f.name)
		f.name = "@vocab"
	}
	switch {
	case iri == nil, iri.kind == nullValue, !iri.isScalar():
		return
	case f.name == "@vocab":
		d.vocabulary(f.line, iri.text)
	case f.name == "@base":
		s.base = iri.text
	case strings.HasPrefix(f.name, "@"):
		return // @version, @language and the like change nothing that is read here
	default:
		s.terms[f.name] = s.expandName(iri.text)
	}
}

func (d *Document) vocabulary(line int, iri string) {
	d.hasVocabulary = true
	switch namespace, former := namespaceOf(iri); {
	case former:
		d.tolerate(line, "@vocab %s is read as %s", iri, valueflows.Namespace)
	case namespace == "":
		d.tolerate(line, "@vocab %s is not Valueflows: names without a prefix are read as terms of Valueflows all the same", valueflows.Clip(iri))
	}
}

// expandName puts the declared prefix of a name in full.
func (s scope) expandName(name string) string {
	if iri, ok := s.terms[name]; ok {
		return iri
	}
	prefix, rest, ok := strings.Cut(name, ":")
	if !ok || strings.HasPrefix(rest, "//") {
		return name
	}
	if iri, ok := s.terms[prefix]; ok {
		return iri + rest
	}
	if iri, ok := builtinTerms[prefix]; ok {
		return iri + rest
	}
	return name
}

// term is a class or property as Valueflows names it; where it belongs to
// another vocabulary, it keeps its prefix or IRI.
func (s scope) term(name string) string {
	full := s.expandName(name)
	if namespace, _ := namespaceOf(full); namespace != "" {
		return strings.TrimPrefix(full, namespace)
	}
	if local, ok := strings.CutPrefix(full, valueflows.OM2); ok {
		return local
	}
	if iri, ok := s.terms[name]; ok && strings.Contains(iri, ":") {
		return iri
	}
	return name
}

// iri is a name of a record in full, in its normal spelling. It fails with an
// [*valueflows.InputError] where the text is no IRI.
func (s scope) iri(text string) (string, error) {
	iri := s.expandName(text)
	if !strings.Contains(iri, ":") && s.base != "" {
		if base, err := url.Parse(s.base); err == nil {
			if ref, err := base.Parse(iri); err == nil {
				iri = ref.String()
			}
		}
	}
	if _, err := valueflows.ParseID(iri); err == nil {
		return iri, nil // a bare id: of a record of the node's own
	}
	if !isIRI(iri) {
		return "", valueflows.Invalid("INVALID_IRI", "%q is not an IRI: write it in full, or declare its prefix in the @context", valueflows.Clip(text))
	}
	return valueflows.NormalIRI(iri), nil
}

// iriLengthMax bounds a name, so that every database can index it.
const iriLengthMax = 1000

// isIRI tells whether a text has a scheme (RFC 3987) and nothing that no IRI has.
func isIRI(text string) bool {
	scheme, rest, ok := strings.Cut(text, ":")
	if !ok || rest == "" || scheme == "" || len(text) > iriLengthMax {
		return false
	}
	for i, c := range strings.ToLower(scheme) {
		letter := c >= 'a' && c <= 'z'
		if !letter && (i == 0 || !strings.ContainsRune("0123456789+-.", c)) {
			return false
		}
	}
	return !strings.ContainsFunc(text, func(c rune) bool { return c <= ' ' || c == 0x7f || strings.ContainsRune("<>\"{}|\\^`", c) })
}
