package flow

import (
	"fmt"
	"math/big"
	"slices"

	"disconode/valueflows"
)

// RollupStandard is what one of a specification should be worth by its recipes:
// what goes into the recipe process that makes it, divided by all that comes
// out, and so on behind each input, as in [RollupActual]. What no recipe makes
// is worth what a recipe exchange says is given in return, else its price.
//
// An output connects to an input by specification, and by stage and state where
// the input names them. Without a stage the one that no other of the outputs
// goes into is meant: the last of a workflow. Where several processes are left,
// options.Choose decides, else the smallest id, and the line says so.
//
// It fails with an [*valueflows.InputError]: TOO_MUCH, NOT_AT_STAGE, or of the
// prices as [PriceList] is wrong; and as the recipes do.
func RollupStandard(recipes RollupRecipes, prices PriceList, specification valueflows.ID, options RollupOptions) (*Rollup, error) {
	options = options.withDefaults()
	table, err := prices.table()
	if err != nil {
		return nil, err
	}
	facts, err := readRecipes(recipes, specification, options.RecordsMax)
	if err != nil {
		return nil, err
	}
	s := &standard{recipeFacts: facts, chosen: map[valueflows.ID]bool{}, pools: map[*rollupFlow]*rollupNode{}, processes: map[valueflows.ID]*rollupNode{}, walked: map[valueflows.ID]bool{}}
	s.rollupBuilder = rollupBuilder{table, s}
	for _, id := range options.Choose {
		s.chosen[id] = true
	}
	one := table.one(specification)
	one.stage, one.state = options.Stage, options.State
	root := s.cost(one)
	switch {
	case root == nil && (options.Stage != valueflows.ID{} || options.State != ""):
		return nil, valueflows.At(valueflows.Invalid("NOT_AT_STAGE", "no recipe puts out specification %s at this stage and in this state", specification), "stage")
	case root == nil:
		root = first(one, "no recipe makes it, and it has no price",
			func() *rollupNode { return s.listed(one, RollupListed, false, "at its price, as no recipe makes it") })
	}
	root.silent = false
	return root.rollup(options), nil
}

// standard values recipes.
type standard struct {
	*recipeFacts
	rollupBuilder
	chosen    map[valueflows.ID]bool
	pools     map[*rollupFlow]*rollupNode
	processes map[valueflows.ID]*rollupNode
	walked    map[valueflows.ID]bool // processes that are being worked out
}

func (s *standard) carries() bool { return false }

// cost is the output that the flow connects to, or the clause that brings it.
func (s *standard) cost(f *rollupFlow) *rollupNode {
	if f.specification.IsZero() {
		return nil
	}
	candidates, circular := s.makers(f)
	if len(candidates) > 0 {
		return s.pool(candidates)
	}
	if circular {
		return walking
	}
	for _, clause := range s.brought[f.specification] {
		if paid := s.paid(clause); paid != nil && clause.quantity != nil && clause.stage == f.stage {
			pool := sum(clause.line(RollupBought, *clause.quantity, "what the recipe's exchange gives for it"), rollupEdge{paid, big.NewRat(1, 1)})
			pool.silent = true
			return pool
		}
	}
	return nil
}

// makers are the outputs that an input connects to, the one to take first.
// It is circular where only what is being worked out already makes it.
func (s *standard) makers(f *rollupFlow) (list []*rollupFlow, circular bool) {
	for _, out := range s.making[f.specification] {
		switch {
		case out == f || out.outputOf == f.inputOf || out.quantity == nil || out.quantity.number.Sign() <= 0:
		case !f.stage.IsZero() && s.stages[out.outputOf] != f.stage, f.state != "" && out.state != f.state:
		case s.walked[out.outputOf]:
			circular = true
		default:
			list = append(list, out)
		}
	}
	keep := func(is func(*rollupFlow) bool) {
		if kept := slices.DeleteFunc(slices.Clone(list), func(out *rollupFlow) bool { return !is(out) }); len(kept) > 0 {
			list = kept
		}
	}
	keep(func(out *rollupFlow) bool { return s.chosen[out.outputOf] })
	if f.stage.IsZero() {
		all := list
		keep(func(out *rollupFlow) bool {
			return !slices.ContainsFunc(all, func(next *rollupFlow) bool { return s.feeds(out, next) })
		})
	}
	return list, circular
}

// feeds tells whether an output is an input of the process that puts out another.
func (s *standard) feeds(out, next *rollupFlow) bool {
	return out.outputOf != next.outputOf && slices.ContainsFunc(s.inputs[next.outputOf], func(in *rollupFlow) bool {
		return in.specification == out.specification && (in.stage.IsZero() || in.stage == s.stages[out.outputOf])
	})
}

// pool is what the first of the outputs is worth, at its part of what goes in.
func (s *standard) pool(outputs []*rollupFlow) *rollupNode {
	f := outputs[0]
	if s.pools[f] != nil {
		return s.pools[f]
	}
	why := "what goes into the recipe process that makes it"
	if len(outputs) > 1 {
		why = fmt.Sprintf("%s, the first of %d that could", why, len(outputs))
	}
	process := s.processOf(f.outputOf)
	var pool *rollupNode
	if part := s.table.apportion(s.outputs[f.outputOf])[f]; process.isEnd() {
		pool = first(f, "nothing goes into the recipe process that makes it, and it has no price",
			func() *rollupNode {
				return s.listed(f, RollupListed, false, "at its price, as nothing goes into the recipe process that makes it")
			})
	} else if part == nil {
		pool = f.unpriced("its recipe process puts out things of other units, and not all have a price to divide the cost by")
	} else {
		pool = sum(f.line(RollupMade, *f.quantity, why), rollupEdge{process, part})
	}
	pool.silent = true
	s.pools[f] = pool
	return pool
}

func (s *standard) processOf(id valueflows.ID) *rollupNode {
	if s.processes[id] == nil {
		s.walked[id] = true
		s.processes[id] = s.process(processLine(id, valueflows.ClassRecipeProcess), s.inputs[id])
		delete(s.walked, id)
	}
	return s.processes[id]
}

// paid is the flow's part of what its recipe exchange gives in return.
func (s *standard) paid(f *rollupFlow) *rollupNode {
	side, ok := s.exchanges[f.record]
	if !ok || len(side.theirs) == 0 {
		return nil
	}
	paid := sum(RollupLine{Kind: RollupPaid, Record: side.agreement, Class: valueflows.ClassRecipeExchange})
	paid.silent = true
	part := s.table.apportion(side.mine)[f]
	if part == nil {
		paid.add(rollupEdge{f.unpriced("the exchange brings other things too, and not all have a price to divide what is given by"), big.NewRat(1, 1)})
		return paid
	}
	for _, in := range side.theirs {
		paid.add(rollupEdge{first(in, "it is given in return, and has no price",
			func() *rollupNode { return s.listed(in, RollupPaid, false, "what is given in return") }), part})
	}
	return paid
}
