package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"disconode/valueflows"
)

// link leads from records of one type to what one of their fields answers with.
type link interface {
	// wants tells which records of which class the field needs, where it can be
	// told from the owners alone; a nil reader where it cannot.
	wants(owners []any) (reader, []valueflows.ID)
	// follow reads what is left to read, for all owners together, and returns the
	// records that the field's own fields are asked of.
	follow(ctx context.Context, owners []any, f graphql.CollectedField) ([]any, error)
	// below is the selection that is asked of these records.
	below(ctx context.Context, f graphql.CollectedField) []ast.SelectionSet
}

// step is some records of one type, and what is asked of them.
type step struct {
	of     string // the type's name
	fields []graphql.CollectedField
	owners []any
}

// ahead reads what a selection will ask of some records, level by level: the
// references of all of them, through whichever fields, in one statement a class,
// and the lists of all of them in one statement a field. So the number of
// statements depends on the query alone, never on how many records it finds.
func ahead(ctx context.Context, sets []ast.SelectionSet, owners []any) error {
	l := loadsOf(ctx)
	level := steps(ctx, nil, sets, owners)
	for len(level) > 0 {
		wanted := map[reader][]valueflows.ID{}
		for _, s := range level {
			for _, f := range s.fields {
				if link := links[s.of+"."+f.Name]; link != nil {
					if r, ids := link.wants(s.owners); r != nil {
						wanted[r] = append(wanted[r], ids...)
					}
				}
			}
		}
		for r, ids := range wanted {
			if err := r.read(ctx, l, ids); err != nil {
				return err
			}
		}
		var next []step
		for _, s := range level {
			for _, f := range s.fields {
				link := links[s.of+"."+f.Name]
				if link == nil {
					continue
				}
				found, err := link.follow(ctx, s.owners, f)
				if err != nil {
					return err
				}
				next = steps(ctx, next, link.below(ctx, f), found)
			}
		}
		level = next
	}
	return nil
}

// steps adds the records, parted by type, with what is asked of each type.
func steps(ctx context.Context, level []step, sets []ast.SelectionSet, owners []any) []step {
	byType := map[string][]any{}
	var types []string // in order, so that statements come in order
	for _, owner := range owners {
		name := typeOf(owner)
		if byType[name] == nil {
			types = append(types, name)
		}
		byType[name] = append(byType[name], owner)
	}
	for _, name := range types {
		for _, set := range sets {
			if fields := graphql.CollectFields(graphql.GetOperationContext(ctx), set, satisfies(name)); len(fields) > 0 {
				level = append(level, step{name, fields, byType[name]})
			}
		}
	}
	return level
}

// satisfies are the types that an object of a type is of, as gqlgen lists them.
func satisfies(name string) []string {
	if valueflows.Class(name).IsAgent() {
		return []string{name, "Agent", "AccountingScope"}
	}
	switch valueflows.Class(name) {
	case valueflows.ClassProcess:
		return []string{name, "PlanItem", "TrackTraceItem", "ProductionFlowItem"}
	case valueflows.ClassCommitment, valueflows.ClassIntent:
		return []string{name, "PlanItem"}
	case valueflows.ClassEconomicResource:
		return []string{name, "TrackTraceItem", "ProductionFlowItem"}
	case valueflows.ClassEconomicEvent:
		return []string{name, "TrackTraceItem"}
	}
	return []string{name}
}

// inside is what is selected below a field of a selection on a type.
func inside(ctx context.Context, sets []ast.SelectionSet, of, field string) []ast.SelectionSet {
	var all []ast.SelectionSet
	for _, set := range sets {
		for _, f := range graphql.CollectFields(graphql.GetOperationContext(ctx), set, satisfies(of)) {
			if f.Name == field {
				all = append(all, f.Selections)
			}
		}
	}
	return all
}
