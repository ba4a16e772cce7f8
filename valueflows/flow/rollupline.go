package flow

import (
	"bytes"
	"cmp"
	"math/big"
	"slices"

	"disconode/valueflows"
)

// branch is a line of the tree before it is written down.
type branch struct {
	node     *rollupNode
	part     *big.Rat
	depth    int
	children []*branch
	more     bool
}

// lines writes down the tree in depth-first order. It grows level by level
// until the bounds of o are reached; a line that would pass them is not
// explained, and says so.
func (n *rollupNode) lines(part *big.Rat, o RollupOptions) []RollupLine {
	root := &branch{node: n, part: part}
	count := 1
	for level := []*branch{root}; len(level) > 0; {
		var next []*branch
		for _, b := range level {
			if b.node.isEnd() {
				continue
			}
			children, ok := b.grow(o.LinesMax - count)
			if !ok || b.depth >= o.DepthMax {
				b.more = true
				continue
			}
			b.children = children
			count += len(children)
			next = append(next, children...)
		}
		level = next
	}
	return root.write(nil)
}

// grow finds what stands one deeper: past silent nodes, and with parts that
// come to nothing left out unless they are unknown. It is not ok where there
// is more than most of it.
func (b *branch) grow(most int) (children []*branch, ok bool) {
	stack := []rollupEdge{{b.node, b.part}}
	for first := true; len(stack) > 0; first = false {
		e := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if !first && (!e.node.silent || e.node.isEnd()) {
			if len(children) == most {
				return nil, false
			}
			children = append(children, &branch{node: e.node, part: e.part, depth: b.depth + 1})
			continue
		}
		for i := len(e.node.from) - 1; i >= 0; i-- {
			child := e.node.from[i]
			stack = append(stack, rollupEdge{child.node, new(big.Rat).Mul(e.part, child.part)})
		}
	}
	return children, true
}

// write is iterative, as a chain may be as deep as the bounds let it.
func (b *branch) write(lines []RollupLine) []RollupLine {
	for stack := []*branch{b}; len(stack) > 0; {
		b := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		line := b.node.scaled(b.part)
		line.Depth, line.More = b.depth, b.more
		lines = append(lines, line)
		for i := len(b.children) - 1; i >= 0; i-- {
			stack = append(stack, b.children[i])
		}
	}
	return lines
}

// parts are the ends behind the node, each once, with all of it that goes into
// part of the node.
func (n *rollupNode) parts(part *big.Rat) (all, unpriced, circular []RollupLine) {
	sums := map[*rollupNode]*big.Rat{n: part}
	for _, node := range n.order() {
		if node.isEnd() {
			line := node.scaled(sums[node])
			all = append(all, line)
			continue
		}
		for _, e := range node.from {
			if sums[e.node] == nil {
				sums[e.node] = new(big.Rat)
			}
			sums[e.node].Add(sums[e.node], new(big.Rat).Mul(sums[node], e.part))
		}
	}
	slices.SortStableFunc(all, func(a, b RollupLine) int {
		return cmp.Or(b.Value.Cmp(a.Value), bytes.Compare(a.Record[:], b.Record[:]), cmp.Compare(a.Kind, b.Kind))
	})
	for _, line := range all {
		switch line.Kind {
		case RollupUnpriced:
			unpriced = append(unpriced, line)
		case RollupCircular:
			circular = append(circular, line)
		}
	}
	return all, unpriced, circular
}

// order lists all nodes behind this one, each before what it is made up of.
func (n *rollupNode) order() []*rollupNode {
	type frame struct {
		node *rollupNode
		next int
	}
	seen := map[*rollupNode]bool{n: true}
	var after []*rollupNode
	for stack := []frame{{node: n}}; len(stack) > 0; {
		top := &stack[len(stack)-1]
		if top.next == len(top.node.from) {
			after = append(after, top.node)
			stack = stack[:len(stack)-1]
			continue
		}
		child := top.node.from[top.next].node
		top.next++
		if !seen[child] {
			seen[child] = true
			stack = append(stack, frame{node: child})
		}
	}
	slices.Reverse(after)
	return after
}

// compareIDs orders ids, so that what is read from sets comes in one order.
func compareIDs(a, b valueflows.ID) int { return bytes.Compare(a[:], b[:]) }
