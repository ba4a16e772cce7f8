package planning

import (
	"cmp"
	"math/big"
	"slices"
	"strings"

	"disconode/valueflows"
)

// key is what needs are put together by: a kind in one unit. Through marks a
// thing that is wanted as it is ([goesThrough]).
type key struct {
	Kind
	unit    valueflows.ID
	through bool
}

func (k key) compare(other key) int {
	return cmp.Or(byID(k.Specification, other.Specification), byID(k.Stage, other.Stage), strings.Compare(string(k.State), string(other.State)),
		byID(k.unit, other.unit), cmp.Compare(bit(k.through), bit(other.through)))
}

// node is one thing that is needed, and how it is come by.
type node struct {
	key
	making making
	// parts are what it takes, by the index of the flow in flows; nil where the
	// flow is no demand of its own.
	parts []*node
	// cyclic marks the parts that must be there already: making them would need
	// this node.
	cyclic []bool
	beside []*node            // what comes out with it or may be met by it, and so is netted after it
	open   bool               // its parts are being looked for
	wrong  error              // why its recipes cannot be used
	per    valueflows.Decimal // how much one run of its recipe or exchange brings, as the plan counts it
	needs  []*need
	held   []*need // of those to whom it is cyclic: only stock helps
}

// flows are the recipe flows that making the thing takes.
func (n *node) flows() []*valueflows.RecipeFlow {
	switch {
	case n.making.recipe != nil:
		return n.making.recipe.inputs
	case n.making.exchange != nil:
		return n.making.exchange.reciprocals
	}
	return nil
}

// find is the node of a key, with all that it takes.
func (m *maker) find(k key) *node {
	if n := m.at[k]; n != nil {
		return n
	}
	n := &node{key: k, open: true}
	n.making, n.wrong = m.choose(k)
	m.at[k] = n
	m.nodes = append(m.nodes, n)
	for _, f := range n.flows() {
		part, cyclic := m.part(n, f)
		n.parts, n.cyclic = append(n.parts, part), append(n.cyclic, cyclic)
	}
	n.open = false
	return n
}

// part is what a flow of a recipe demands in turn; nil where nothing.
func (m *maker) part(n *node, f *valueflows.RecipeFlow) (part *node, cyclic bool) {
	if f.ResourceConformsTo.IsZero() || amount(f.ResourceQuantity).Sign() <= 0 {
		return nil, false
	}
	k := key{Kind: Kind{f.ResourceConformsTo, f.Stage, f.State}, unit: m.unit(f.ResourceConformsTo, f.ResourceQuantity.HasUnit)}
	r := n.making.recipe
	if r == nil { // what is given in return is made, but for money
		if s := m.index.specifications[f.ResourceConformsTo]; s != nil && s.MediumOfExchange != nil && *s.MediumOfExchange {
			return nil, false
		}
		part = m.find(k)
		return part, part.open
	}
	if !isTaken(m.sided(f, true)) {
		return nil, false
	}
	k.through = goesThrough(k.Kind, r.putsOut)
	part = m.find(k)
	if isService(f.Action) && part.making.recipe == nil {
		return nil, false // somebody does it there and then
	}
	return part, part.open || part.making.recipe == r
}

// sided is the action of a recipe's input, or of its output: where a recipe
// names the other of a pair, such as modify for an input, the one that fits.
func (m *maker) sided(f *valueflows.RecipeFlow, input bool) valueflows.Action {
	b, wrong := valueflows.Actions[f.Action], valueflows.InputOutput("input")
	if input {
		wrong = "output"
	}
	if b.InputOutput != wrong {
		return f.Action
	}
	m.note(WrongSide, f.ID, "%s is the action of an %s: the recipe has it on the other side", f.Action, wrong)
	if b.PairsWith != "" {
		return b.PairsWith
	}
	return f.Action
}

// choose is the way to come by something: what the request chooses, else what
// its recipes include, else any process, else an exchange; of several, the end
// of a workflow, then the first by id.
//
// It fails where recipes count it in a unit that cannot be converted.
func (m *maker) choose(k key) (making, error) {
	all := m.index.makings[k.Specification]
	fit := slices.DeleteFunc(slices.Clone(all), func(w making) bool { return !m.fits(k, w) })
	if len(all) > 0 && len(fit) == 0 && !slices.ContainsFunc(all, func(w making) bool { return m.countsIn(k, w) }) {
		if err := m.inconvertible(k, all); err != nil {
			return making{}, err
		}
		m.note(OtherUnit, k.Specification, "the recipes of %s count it in another unit than it is needed in", m.name(k.Specification))
	}
	keep := func(fits func(making) bool) {
		if some := slices.DeleteFunc(slices.Clone(fit), func(w making) bool { return !fits(w) }); len(some) > 0 {
			fit = some
		}
	}
	if id, ok := m.request.Choose[k.Specification]; ok {
		if !slices.ContainsFunc(all, func(w making) bool { return w.id() == id }) {
			m.note(UnknownRecipe, k.Specification, "what was chosen for %s does not bring it", m.name(k.Specification))
		}
		keep(func(w making) bool { return w.id() == id })
	}
	for _, id := range m.request.Recipes { // the first decides, the others among what is left
		if r := m.index.chosen[id]; r != nil {
			keep(func(w making) bool { return w.recipe != nil && slices.Contains(r.RecipeIncludes, w.recipe.ID) })
		}
	}
	keep(func(w making) bool { return w.recipe != nil })
	among := fit
	keep(func(w making) bool {
		return !slices.ContainsFunc(among, func(next making) bool { return next.continues(w) })
	})
	if len(fit) == 0 {
		return making{}, nil
	}
	if len(fit) > 1 {
		m.note(Several, k.Specification, "%d recipes bring %s: the first was taken; choose another if it shall be", len(fit), m.name(k.Specification))
	}
	return fit[0], nil
}

// countsIn tells whether a making is counted as a thing of the key is.
func (m *maker) countsIn(k key, w making) bool {
	return m.unit(w.flow.ResourceConformsTo, w.flow.ResourceQuantity.HasUnit) == k.unit
}

func (m *maker) fits(k key, w making) bool {
	if !m.countsIn(k, w) {
		return false
	}
	if w.recipe == nil {
		return k.takes(Kind{w.flow.ResourceConformsTo, w.flow.Stage, w.flow.State})
	}
	return k.takes(w.recipe.gives(w.flow)) && (!k.through || creates(m.sided(w.flow, false)))
}

// continues tells whether a process takes what the other one puts out, and so
// stands after it in a workflow.
func (w making) continues(before making) bool {
	if w.recipe == nil || before.recipe == nil || w.recipe == before.recipe {
		return false
	}
	return slices.ContainsFunc(w.recipe.inputs, func(f *valueflows.RecipeFlow) bool {
		wants := Kind{f.ResourceConformsTo, f.Stage, f.State}
		return isTaken(f.Action) && !goesThrough(wants, w.recipe.putsOut) && wants.takes(before.recipe.gives(before.flow))
	})
}

// order puts each node before its parts, and before what comes out with it, as
// far as that goes: then all needs of a node are known when it is planned.
func (m *maker) order() {
	of := map[valueflows.ID][]*node{}
	for _, n := range m.nodes {
		of[n.Specification] = append(of[n.Specification], n)
	}
	for _, n := range m.drivers() {
		for _, f := range n.making.recipe.outputs {
			if f == n.making.flow || f.ResourceQuantity == nil {
				continue
			}
			for _, other := range of[f.ResourceConformsTo] {
				if other != n && m.fits(other.key, making{recipe: n.making.recipe, flow: f}) && !reaches(other, n, map[*node]bool{}) {
					n.beside = append(n.beside, other)
				}
			}
		}
	}
	for _, n := range m.nodes { // a substitute serves its own needs first
		for _, id := range m.request.Substitutes[n.Specification] {
			for _, other := range of[id] {
				if other != n && !reaches(n, other, map[*node]bool{}) {
					other.beside = append(other.beside, n)
				}
			}
		}
	}
	var last []*node
	seen := map[*node]bool{}
	var visit func(*node)
	visit = func(n *node) {
		if seen[n] {
			return
		}
		seen[n] = true
		n.each(visit)
		last = append(last, n)
	}
	for _, n := range m.nodes {
		visit(n)
	}
	slices.Reverse(last)
	m.nodes = last
}

// drivers are the nodes that processes make, those first whose demands need the
// most runs of their recipe: what else the recipe puts out then comes along. Of
// equal ones, it is the first output of the recipe.
func (m *maker) drivers() []*node {
	runs := map[*node]*big.Rat{}
	var all []*node
	for _, n := range m.nodes {
		if n.making.recipe != nil {
			runs[n] = new(big.Rat)
			all = append(all, n)
		}
	}
	for i, n := range m.roots {
		if runs[n] != nil {
			count := converted(m.request.Demands[i].Quantity, n.unit)
			runs[n].Add(runs[n], count.Quo(count, converted(*n.making.flow.ResourceQuantity, n.unit)))
		}
	}
	slices.SortStableFunc(all, func(a, b *node) int {
		return cmp.Or(runs[b].Cmp(runs[a]), byID(a.making.flow.ID, b.making.flow.ID))
	})
	return all
}

// each calls do for what must be planned after n.
func (n *node) each(do func(*node)) {
	for i, part := range n.parts {
		if part != nil && !n.cyclic[i] {
			do(part)
		}
	}
	for _, other := range n.beside {
		do(other)
	}
}

func reaches(n, end *node, seen map[*node]bool) bool {
	if n == end {
		return true
	}
	found := false
	seen[n] = true
	n.each(func(next *node) { found = found || !seen[next] && reaches(next, end, seen) })
	return found
}

// Specifications lists what the request can need stock, scheduled outputs or
// sources of, in the order of their ids: all that its demands take by the
// recipes of the books.
//
// It fails as [Make] does.
func Specifications(r Request, b Books) ([]valueflows.ID, error) {
	if err := r.check(); err != nil {
		return nil, err
	}
	m, err := newMaker(&r, &b, nil)
	if err != nil {
		return nil, err
	}
	if err := m.discover(); err != nil {
		return nil, err
	}
	found := map[valueflows.ID]bool{}
	for _, n := range m.nodes {
		found[n.Specification] = true
		for _, other := range r.Substitutes[n.Specification] {
			found[other] = true
		}
		for _, f := range n.flows() {
			found[f.ResourceConformsTo] = true
		}
	}
	delete(found, valueflows.ID{})
	all := make([]valueflows.ID, 0, len(found))
	for id := range found {
		all = append(all, id)
	}
	slices.SortFunc(all, byID)
	return all, nil
}
