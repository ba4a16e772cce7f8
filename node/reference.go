package node

import (
	"context"
	"strings"
	"sync"

	"disconode/valueflows"
)

// iriMax is the longest IRI that a reference may be, in bytes.
const iriMax = 2048

type namesKey struct{}

// names are the foreign IRIs that the inputs of a request name.
type names struct {
	mu  sync.Mutex
	iri map[valueflows.ID]string
}

// WithNames gives the context a collection for the foreign IRIs that the
// inputs of one request name, so that a write can make stubs of them.
func WithNames(ctx context.Context) context.Context {
	return context.WithValue(ctx, namesKey{}, &names{iri: map[valueflows.ID]string{}})
}

// named is the foreign IRI behind an id, where an input of the request gave it.
func named(ctx context.Context, id valueflows.ID) (string, bool) {
	all, ok := ctx.Value(namesKey{}).(*names)
	if !ok {
		return "", false
	}
	all.mu.Lock()
	defer all.mu.Unlock()
	iri, ok := all.iri[id]
	return iri, ok
}

// schemes are those that a foreign IRI may have.
var schemes = []string{"https://", "http://", "urn:", "did:", "tag:"}

// Ref reads a reference: a UUID, or an IRI, ours or foreign.
// Any other text is an [*valueflows.InputError], code INVALID_ID.
func (n *Node) Ref(ctx context.Context, text string) (valueflows.ID, error) {
	if len(text) == 36 && !strings.Contains(text, ":") {
		return valueflows.ParseID(text)
	}
	if len(text) > iriMax {
		return valueflows.ID{}, valueflows.Invalid("INVALID_ID", "an IRI is at most %d characters long", iriMax)
	}
	for _, base := range append([]string{n.baseURL}, n.former...) {
		if rest, ok := strings.CutPrefix(text, base+"/"); ok {
			return n.ours(ctx, rest, text)
		}
	}
	for _, scheme := range schemes {
		if strings.HasPrefix(strings.ToLower(text), scheme) && len(text) > len(scheme) {
			if strings.ContainsAny(text, " \t\r\n<>\"{}|\\^`") {
				break
			}
			id := valueflows.IDOf(text)
			if all, ok := ctx.Value(namesKey{}).(*names); ok {
				all.mu.Lock()
				all.iri[id] = valueflows.NormalIRI(text)
				all.mu.Unlock()
			}
			return id, nil
		}
	}
	return valueflows.ParseID(text)
}

// ours reads what stands behind the node's own address.
func (n *Node) ours(ctx context.Context, rest, whole string) (valueflows.ID, error) {
	if slug, ok := strings.CutPrefix(rest, "labs/"); ok {
		lab, err := n.labBySlug(ctx, slug)
		if err != nil {
			return valueflows.ID{}, valueflows.Invalid("INVALID_ID", "%q names no record of this node", valueflows.Clip(whole))
		}
		return lab.ID, nil
	}
	if path, ok := strings.CutPrefix(rest, "vf/"); ok {
		if _, id, ok := strings.Cut(path, "/"); ok {
			return valueflows.ParseID(id)
		}
	}
	return valueflows.ID{}, valueflows.Invalid("INVALID_ID", "%q names no record of this node", valueflows.Clip(whole))
}

// IRI is a record's name on the wire: its own where it was made elsewhere, else
// the node's address, /vf/, its class and its id; a LAB's is its actor's.
func (n *Node) IRI(r *valueflows.Record, class valueflows.Class) string {
	if r.IRI != "" {
		return r.IRI
	}
	if class == valueflows.ClassOrganization {
		if lab := n.labOf(r.ID); lab != nil {
			return n.baseURL + "/labs/" + lab.Slug
		}
	}
	return n.baseURL + "/vf/" + string(class) + "/" + r.ID.String()
}
