package flow

import (
	"math/big"

	"disconode/valueflows"
)

// rollupNode is a thing, a process or a flow with what it is worth as a whole:
// a value of its own, or the sum of parts of others.
type rollupNode struct {
	line  RollupLine // as a whole; its value is total
	from  []rollupEdge
	total *big.Rat
	// silent leaves the node out of the lines, and what is behind it in: a pool
	// or process that the line of the flow already speaks of.
	silent bool
}

// rollupEdge takes part of all that a node is worth.
type rollupEdge struct {
	node *rollupNode
	part *big.Rat
}

// leaf is a node with a value of its own.
func leaf(line RollupLine, value *big.Rat) *rollupNode { return &rollupNode{line: line, total: value} }

// sum is a node that is worth what the parts of the others are.
func sum(line RollupLine, from ...rollupEdge) *rollupNode {
	n := &rollupNode{line: line, total: new(big.Rat)}
	for _, e := range from {
		n.add(e)
	}
	return n
}

func (n *rollupNode) add(e rollupEdge) {
	n.from = append(n.from, e)
	n.total.Add(n.total, new(big.Rat).Mul(e.part, e.node.total))
}

// part is the part of the node's quantity that the amount is; nil where it has
// none, or counts in another unit.
func (n *rollupNode) part(of amount) *big.Rat {
	if n == nil || n.line.Quantity == nil || n.line.Quantity.Sign() <= 0 {
		return nil
	}
	factor := valueflows.Conversion(of.unit, n.line.Unit)
	if factor == nil {
		return nil
	}
	return factor.Mul(factor, of.number).Quo(factor, n.line.Quantity)
}

// behind explains a node's value by what something cost, where that is known:
// what a use is worth belongs to those who made or paid for the tool.
func (n *rollupNode) behind(cost *rollupNode) *rollupNode {
	if cost == nil || cost.total.Sign() == 0 || n.total.Sign() == 0 {
		return n
	}
	return sum(n.line, rollupEdge{cost, new(big.Rat).Quo(n.total, cost.total)})
}

// scaled is the node's line for a part of it.
func (n *rollupNode) scaled(part *big.Rat) RollupLine {
	line := n.line
	line.Value = new(big.Rat).Mul(n.total, part)
	if line.Quantity != nil {
		line.Quantity = new(big.Rat).Mul(line.Quantity, part)
		if line.Rate == nil && n.line.Quantity.Sign() != 0 {
			line.Rate = new(big.Rat).Quo(n.total, n.line.Quantity)
		}
	}
	return line
}

// rollup is the answer for so much of the node.
func (n *rollupNode) rollup(o RollupOptions) *Rollup {
	quantity := big.NewRat(1, 1)
	if o.Quantity != nil {
		quantity = ratOf(*o.Quantity)
	}
	part := new(big.Rat)
	if whole := n.line.Quantity; whole != nil && whole.Sign() > 0 {
		part.Quo(quantity, whole)
	}
	r := &Rollup{Quantity: quantity, Unit: n.line.Unit, Total: new(big.Rat).Mul(part, n.total), UnitValue: new(big.Rat)}
	if quantity.Sign() != 0 {
		r.UnitValue.Quo(r.Total, quantity)
	}
	r.Lines = n.lines(part, o)
	r.Parts, r.Unpriced, r.Circular = n.parts(part)
	for _, lines := range [][]RollupLine{r.Lines, r.Parts} {
		for i := range lines {
			if r.Total.Sign() != 0 {
				lines[i].Share = new(big.Rat).Quo(lines[i].Value, r.Total)
			}
		}
	}
	return r
}

// isEnd tells whether nothing explains the node any further.
func (n *rollupNode) isEnd() bool { return len(n.from) == 0 }

// line is the flow as a line, for an amount of it.
func (f *rollupFlow) line(kind RollupKind, a amount, why string) RollupLine {
	line := RollupLine{
		Kind: kind, Action: f.action, Record: f.record, Class: f.class, Specification: f.specification,
		Resource: f.resource, Quantity: a.number, Unit: a.unit, Why: why,
	}
	if f.resource.IsZero() {
		line.Resource = f.to
	}
	return line
}

// one is the first amount of the flow, none where it has none.
func (f *rollupFlow) one() amount {
	for _, a := range f.amounts() {
		return a
	}
	return amount{nil, valueflows.ID{}}
}

// unpriced is a flow that nothing says the worth of.
func (f *rollupFlow) unpriced(why string) *rollupNode {
	return leaf(f.line(RollupUnpriced, f.one(), why), new(big.Rat))
}
