package store

import (
	"context"
	"fmt"

	"disconode/valueflows"
)

// EachFlowing calls do with the events of a LAB's books in recorded order, each
// with the specification that it is reported under, in one statement: from and
// until bound when they happened. Care for people is not among them.
func (s *Store) EachFlowing(ctx context.Context, lab valueflows.ID, span Span, do func(*Event) error) error {
	sel := selection{dialect: s.dialect}
	sel.and("lab = ? AND NOT stub AND stream <> ?", idArg(lab), string(valueflows.CarePeople))
	sel.span(span)
	order := " ORDER BY position"
	if span.From != nil || span.Until != nil { // what adds up does not ask for an order
		order = ""
	}
	rows, err := s.query(ctx, flowing.selectFrom("WHERE "+sel.text()+order), sel.args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		e, err := flowing.scan(rows)
		if err != nil {
			return fmt.Errorf("read flows: %w", err)
		}
		if err := do(e); err != nil {
			return err
		}
	}
	return rows.Err()
}

// RecipeFlowsOf returns the recipe flows of specifications that the reader sees
// and that come out of a process or are a clause of an exchange.
func (s *Store) RecipeFlowsOf(ctx context.Context, sight Sight, specifications []valueflows.ID, most int) ([]*valueflows.RecipeFlow, error) {
	return s.recipeFlows(ctx, sight, specifications, most, "(recipe_output_of IS NOT NULL OR recipe_clause_of IS NOT NULL OR recipe_reciprocal_clause_of IS NOT NULL)", "resource_conforms_to")
}

// RecipeFlowsIn returns the inputs and outputs of recipe processes, and the
// clauses of recipe exchanges, that the reader sees.
func (s *Store) RecipeFlowsIn(ctx context.Context, sight Sight, processes, exchanges []valueflows.ID, most int) ([]*valueflows.RecipeFlow, error) {
	in, err := s.recipeFlows(ctx, sight, processes, most, "", "recipe_input_of", "recipe_output_of")
	if err != nil {
		return nil, err
	}
	agreed, err := s.recipeFlows(ctx, sight, exchanges, most, "", "recipe_clause_of", "recipe_reciprocal_clause_of")
	return recipeFlows.distinct(append(in, agreed...)), err
}

func (s *Store) recipeFlows(ctx context.Context, sight Sight, ids []valueflows.ID, most int, condition string, by ...string) ([]*valueflows.RecipeFlow, error) {
	var all []*valueflows.RecipeFlow
	err := inSets(ids, func(part []valueflows.ID) error {
		var sels []selection
		for _, column := range by {
			sel := selection{dialect: s.dialect}
			sel.and("NOT stub")
			sel.see(recipeFlows.name, sight)
			sel.and(column+in(len(part)), padded(part)...)
			if condition != "" {
				sel.and(condition)
			}
			sels = append(sels, sel)
		}
		rows, err := recipeFlows.most(ctx, s, most, sels...)
		all = append(all, rows...)
		return err
	})
	return recipeFlows.distinct(all), err
}
