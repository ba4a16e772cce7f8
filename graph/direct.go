package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"disconode/valueflows"
)

// direct writes the answer to a field of a query straight from the records that
// were read ahead. gqlgen calls a function and starts a goroutine for much of
// what it writes, which costs more than all the rest of a request; so what can be
// written directly, is. Whatever cannot, for want of a column or because of an
// error, is left to gqlgen as a whole. A test compares the two on random queries.
type direct struct {
	loads     *loads
	operation *graphql.OperationContext
	out       []byte
}

// answerOf is a field of the root as JSON; false where it is left to gqlgen.
func answerOf(ctx context.Context, f graphql.CollectedField) ([]byte, bool) {
	read, ok := tops[f.Name]
	if !ok {
		return nil, false
	}
	d := &direct{loads: loadsOf(ctx), operation: graphql.GetOperationContext(ctx), out: make([]byte, 0, 4096)}
	found, err := read(ctx, d.loads, f, f.ArgumentMap(d.operation.Variables))
	if err != nil {
		return nil, false
	}
	if page, ok := found.(rows); ok {
		ok = d.page(f, page)
		return d.out, ok
	}
	if wanted := f.Definition.Type.Name(); wanted != "Agent" && wanted != typeOf(found) {
		return nil, false
	}
	ok = d.object(f.Selections, typeOf(found), found)
	return d.out, ok
}

// object writes what is selected of a record.
func (d *direct) object(set ast.SelectionSet, of string, record any) bool {
	d.out = append(d.out, '{')
	for i, f := range graphql.CollectFields(d.operation, set, satisfies(of)) {
		d.key(i, f)
		if f.Name == "__typename" {
			d.plain(of)
			continue
		}
		name := of + "." + f.Name
		if write := columns[name]; write != nil {
			write(d, record)
			continue
		}
		if leads, ok := links[name].(directly); !ok || !leads.write(d, record, f) {
			return false
		}
	}
	d.out = append(d.out, '}')
	return true
}

// objects writes a list of records.
func (d *direct) objects(set ast.SelectionSet, records []any) bool {
	d.out = append(d.out, '[')
	for i, record := range records {
		if i > 0 {
			d.out = append(d.out, ',')
		}
		if !d.object(set, typeOf(record), record) {
			return false
		}
	}
	d.out = append(d.out, ']')
	return true
}

// directly is a link that can be written directly once it was read ahead.
type directly interface {
	link
	write(d *direct, owner any, f graphql.CollectedField) bool
}

var (
	_ directly = reference[valueflows.Measure, valueflows.Unit]{}
	_ directly = part[valueflows.EconomicEvent, valueflows.Measure]{}
	_ directly = inverse[valueflows.EconomicEvent]{}
	_ directly = references[valueflows.Commitment, valueflows.Intent]{}
	_ directly = derived[bool]{}
	_ directly = derivedRecords[valueflows.Agent]{}
	_ directly = planItems{}
	_ directly = aim{}
)

func (r reference[O, T]) write(d *direct, owner any, f graphql.CollectedField) bool {
	if f.Definition.Type.Elem != nil { // one record in a list
		return false
	}
	var record any
	if id := r.id(owner.(*O)); !id.IsZero() {
		record = class[T]{}.get(d.loads, id)
	}
	if record == nil {
		if f.Definition.Type.NonNull { // the resolver knows what stands for it
			return false
		}
		d.null()
		return true
	}
	return d.object(f.Selections, typeOf(record), record)
}

func (r references[O, T]) write(d *direct, owner any, f graphql.CollectedField) bool {
	return d.objects(f.Selections, recordsOf(d.loads, r.ids(owner.(*O)), r.keep))
}

func (p part[O, P]) write(d *direct, owner any, f graphql.CollectedField) bool {
	parts := p.parts(owner.(*O))
	if f.Definition.Type.Elem == nil {
		if len(parts) != 1 || parts[0] == nil {
			d.null()
			return true
		}
		return d.object(f.Selections, typeOf(parts[0]), parts[0])
	}
	records := make([]any, len(parts))
	for i, each := range parts {
		records[i] = each
	}
	return d.objects(f.Selections, records)
}

func (m inverse[T]) write(d *direct, owner any, f graphql.CollectedField) bool {
	d.loads.mu.Lock()
	read, ok := d.loads.lists[listKey{f.Field, owner.(kept).Rec().ID}].(*listing[T])
	d.loads.mu.Unlock()
	if !ok || read.err != nil {
		return false
	}
	if m.plain == "" {
		return d.page(f, read)
	}
	records := make([]any, len(read.Nodes))
	for i, record := range read.Nodes {
		records[i] = record
	}
	return d.objects(f.Selections, records)
}
