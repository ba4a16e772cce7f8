package flow

import (
	"math/big"

	"disconode/valueflows"
)

// rollupSupply is what differs between what happened and what recipes say.
type rollupSupply interface {
	// cost is the pool that a flow takes from, uses or cites, with its quantity
	// and what all of it is worth; nil where nothing is known of it. One of kind
	// circular is being worked out already.
	cost(f *rollupFlow) *rollupNode
	// paid is what was paid for a flow; nil where nothing was.
	paid(f *rollupFlow) *rollupNode
	// carries tells whether what is handed over and back is no input.
	carries() bool
}

// rollupBuilder values the inputs of processes.
type rollupBuilder struct {
	table  *priceTable
	supply rollupSupply
}

// process is what the inputs of a process come to. Percentages are of all that
// is no percentage, and are added last. It has no parts where nothing went in.
func (b *rollupBuilder) process(line RollupLine, inputs []*rollupFlow) *rollupNode {
	n := sum(line)
	n.silent = true
	whole := big.NewRat(1, 1)
	type percentage struct {
		flow *rollupFlow
		rate *big.Rat
	}
	var later []percentage
	for _, f := range inputs {
		role := rollupRoles[f.action]
		if role == roleCarried && b.supply.carries() {
			continue
		}
		if rate := b.percentage(f, role); rate != nil {
			later = append(later, percentage{f, rate})
			continue
		}
		n.add(rollupEdge{b.input(f, role), whole})
	}
	base := new(big.Rat).Set(n.total)
	for _, p := range later {
		line := p.flow.line(RollupCited, p.flow.one(), "a percentage of all other inputs of the process")
		line.Rate = new(big.Rat)
		value := new(big.Rat).Mul(base, p.rate)
		if line.Quantity.Sign() != 0 {
			line.Rate.Quo(value, line.Quantity)
		}
		n.add(rollupEdge{leaf(line, value).behind(b.supply.cost(p.flow)), whole})
	}
	return n
}

// percentage is the part of the other inputs that a citation is worth; nil
// where it is no such citation.
func (b *rollupBuilder) percentage(f *rollupFlow, role rollupRole) *big.Rat {
	if role != roleCited || f.quantity == nil {
		return nil
	}
	rate := big.NewRat(1, 100)
	if f.quantity.unit == percent {
		return rate.Mul(rate, f.quantity.number)
	}
	if p, in, ok := b.table.find(f, f.amounts(), true); ok && p.Percent {
		return rate.Mul(rate, ratOf(p.Value)).Mul(rate, in.number)
	}
	return nil
}

// input is what one input is worth, and why.
func (b *rollupBuilder) input(f *rollupFlow, role rollupRole) *rollupNode {
	switch role {
	case roleWorked:
		return first(f, "no rate for this work: give a price for its skill, or for work",
			func() *rollupNode { return b.listed(f, RollupWorked, false, "what was done, times the rate") },
			func() *rollupNode { return b.bought(f) })
	case roleUsed:
		return first(f, "nothing says what the use is worth: give a price for using it",
			func() *rollupNode { return b.bought(f) },
			func() *rollupNode { return b.listed(f, RollupUsed, true, "the use, times what a unit of use is worth") },
		).behind(b.supply.cost(f))
	case roleCited:
		return first(f, "nothing says what the citation is worth: give a price for citing it, or a percentage",
			func() *rollupNode { return b.listed(f, RollupCited, true, "a fixed value for the citation") },
			func() *rollupNode { return b.bought(f) },
		).behind(b.supply.cost(f))
	case roleServed:
		return first(f, "nothing says what the service is worth: give its price",
			func() *rollupNode { return b.bought(f) },
			func() *rollupNode { return b.taken(f, RollupServed, "what the service cost its process") },
			func() *rollupNode { return b.listed(f, RollupServed, false, "at the price of the service") })
	case roleTaken, roleCarried:
		return first(f, "nothing says what it is worth: give its price",
			func() *rollupNode { return b.bought(f) },
			func() *rollupNode { return b.taken(f, RollupTaken, "the quantity, times what one of it cost") },
			func() *rollupNode {
				return b.listed(f, RollupTaken, false, "at its price, as nothing says what it cost")
			})
	}
	return f.unpriced("no input of a process has this action")
}

// first is the first of the ways that says what the flow is worth.
func first(f *rollupFlow, unpriced string, ways ...func() *rollupNode) *rollupNode {
	for _, way := range ways {
		if n := way(); n != nil {
			return n
		}
	}
	return f.unpriced(unpriced)
}

// listed is the flow at the price of the list; nil where there is none.
func (b *rollupBuilder) listed(f *rollupFlow, kind RollupKind, own bool, why string) *rollupNode {
	p, in, ok := b.table.find(f, f.amounts(), own)
	if !ok {
		return nil
	}
	line := f.line(kind, in, why)
	line.Rate = ratOf(p.Value)
	return leaf(line, new(big.Rat).Mul(line.Rate, in.number))
}

// bought is the flow at what was paid for it; nil where nothing was.
func (b *rollupBuilder) bought(f *rollupFlow) *rollupNode {
	paid := b.supply.paid(f)
	if paid == nil {
		return nil
	}
	return sum(f.line(RollupBought, f.one(), "what was paid for it"), rollupEdge{paid, big.NewRat(1, 1)})
}

// taken is the flow's part of the pool that it comes from; nil where that is
// not known, or is counted otherwise.
func (b *rollupBuilder) taken(f *rollupFlow, kind RollupKind, why string) *rollupNode {
	pool := b.supply.cost(f)
	if pool == nil || f.quantity == nil {
		return nil
	}
	if pool.line.Kind == RollupCircular {
		return leaf(f.line(RollupCircular, *f.quantity, pool.line.Why), new(big.Rat))
	}
	part := pool.part(*f.quantity)
	if part == nil {
		return nil
	}
	return sum(f.line(kind, *f.quantity, why), rollupEdge{pool, part})
}

// apportion is which part of a common cost each of the flows bears: by quantity
// where all are of one kind, else by their prices where all have one, else by
// quantity where all count alike. It is nil where nothing divides them.
func (t *priceTable) apportion(flows []*rollupFlow) map[*rollupFlow]*big.Rat {
	oneKind := true
	for _, f := range flows {
		oneKind = oneKind && f.specification == flows[0].specification
	}
	byPrice := func(f *rollupFlow) *big.Rat {
		p, in, ok := t.find(f, f.amounts(), false)
		if !ok || p.Value.Sign() < 0 {
			return nil
		}
		return new(big.Rat).Mul(ratOf(p.Value), in.number)
	}
	byQuantity := func(f *rollupFlow) *big.Rat {
		factor := valueflows.Conversion(f.one().unit, flows[0].one().unit)
		if factor == nil || f.one().number == nil {
			return nil
		}
		return factor.Mul(factor, f.one().number)
	}
	if len(flows) == 1 {
		return map[*rollupFlow]*big.Rat{flows[0]: big.NewRat(1, 1)}
	}
	if parts := divide(flows, byQuantity); oneKind && parts != nil {
		return parts
	}
	if parts := divide(flows, byPrice); parts != nil {
		return parts
	}
	return divide(flows, byQuantity)
}

// divide is each flow's part of the sum of weights; nil where one has none.
func divide(flows []*rollupFlow, weight func(*rollupFlow) *big.Rat) map[*rollupFlow]*big.Rat {
	parts, all := map[*rollupFlow]*big.Rat{}, new(big.Rat)
	for _, f := range flows {
		w := weight(f)
		if w == nil {
			return nil
		}
		parts[f] = w
		all.Add(all, w)
	}
	if all.Sign() <= 0 {
		return nil
	}
	for _, part := range parts {
		part.Quo(part, all)
	}
	return parts
}

// processLine is the line of a process, which the lines of its outputs speak for.
func processLine(id valueflows.ID, class valueflows.Class) RollupLine {
	return RollupLine{Kind: RollupMade, Record: id, Class: class, Why: "what went into the process"}
}
