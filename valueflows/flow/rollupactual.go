package flow

import (
	"math/big"

	"disconode/valueflows"
)

// RollupActual is what a resource is worth by what happened: the average, by
// quantity, of all that came into it (made, bought, opened, received), and what
// the processes that handled it added.
//
//   - Made: what went into the process, divided by all that came out of it.
//   - Bought: what was paid in return in the same agreement and is still owed,
//     divided over what the agreement brought into stock and is still to bring;
//     so freight and fees are borne by the goods.
//   - Opened, given, or of unknown origin: at the list's price.
//   - Received from another stock without payment: at what that one is worth.
//   - Work at its rate; use at what was paid for it or at its rate; what is
//     consumed or combined at what it cost; citations at a fixed value or at a
//     percentage of all other inputs, added last.
//   - Scrap is borne by what remains. What is lost otherwise takes its worth along.
//   - A resource that was handed over as a whole for payment starts anew there.
//
// Corrections count on what they correct. What is made of itself counts once.
// It fails with an [*valueflows.InputError]: UNKNOWN_RESOURCE, NOT_AT_STAGE,
// TOO_MUCH, or of the prices as [PriceList] is wrong; and as the books do.
func RollupActual(books RollupBooks, prices PriceList, resource valueflows.ID, options RollupOptions) (*Rollup, error) {
	options = options.withDefaults()
	table, err := prices.table()
	if err != nil {
		return nil, err
	}
	facts, err := readRollup(books, resource, options.RecordsMax)
	if err != nil {
		return nil, err
	}
	if facts.resources[resource] == nil {
		return nil, valueflows.Invalid("UNKNOWN_RESOURCE", "resource %s is not counted here", resource)
	}
	a := &actual{rollupFacts: facts, pools: map[poolKey]*rollupNode{}, processes: map[valueflows.ID]*rollupNode{}, payments: map[*rollupFlow]*rollupNode{}, divided: map[commonCost]map[*rollupFlow]*big.Rat{}}
	a.rollupBuilder = rollupBuilder{table, a}
	var until *valueflows.EconomicEvent
	if !options.Stage.IsZero() {
		for _, f := range facts.into[resource] {
			if !f.outputOf.IsZero() && facts.stages[f.outputOf] == options.Stage {
				until = f.event
			}
		}
		if until == nil {
			return nil, valueflows.At(valueflows.Invalid("NOT_AT_STAGE", "resource %s never came out of a process of stage %s", resource, options.Stage), "stage")
		}
	}
	pool := a.pool(resource, until, true)
	if pool == walking { // it only ever went to and fro
		pool = a.unknown(a.one(resource))
	}
	pool.silent = false
	return pool.rollup(options), nil
}

// actual values what happened.
type actual struct {
	*rollupFacts
	rollupBuilder
	pools     map[poolKey]*rollupNode
	processes map[valueflows.ID]*rollupNode
	payments  map[*rollupFlow]*rollupNode
	divided   map[commonCost]map[*rollupFlow]*big.Rat
}

// poolKey is a resource after so many processes have handled it.
type poolKey struct {
	resource valueflows.ID
	treated  int
}

// walking stands for a node that is being worked out.
var walking = leaf(RollupLine{Kind: RollupCircular, Why: "it is made of itself, and is counted once"}, new(big.Rat))

func (a *actual) carries() bool { return true }

func (a *actual) cost(f *rollupFlow) *rollupNode {
	switch {
	case a.walked[f.resource]:
		return a.pool(f.resource, f.event, false)
	case f.resource.IsZero() && !f.outputOf.IsZero(): // a service
		n := a.made(f)
		if n != nil && n.line.Kind != RollupCircular {
			n.silent = true
		}
		return n
	}
	return nil
}

// pool is all that ever came into a resource. before is the event that takes of
// it: what handled the resource later is not counted, or, where it is included,
// what handled it after that event.
func (a *actual) pool(id valueflows.ID, before *valueflows.EconomicEvent, included bool) *rollupNode {
	var treated []*rollupFlow
	for _, f := range a.into[id] {
		if !f.treats(id) {
			continue
		}
		if before != nil {
			if order := earlier(f.event, before); order > 0 || order == 0 && !included {
				continue
			}
		}
		treated = append(treated, f)
	}
	key := poolKey{id, len(treated)}
	if a.pools[key] == nil {
		a.pools[key] = walking
		a.pools[key] = a.fill(id, treated)
	}
	return a.pools[key]
}

// fill works a pool out.
func (a *actual) fill(id valueflows.ID, treated []*rollupFlow) *rollupNode {
	one := a.one(id)
	line := one.line(RollupStock, *one.quantity, "all that came into it")
	if !one.specification.IsZero() && one.specification == a.table.currency {
		return a.unknown(one)
	}
	sources, quantity, circular := a.sources(id, a.inflows(id))
	if len(sources) == 0 && circular {
		return walking
	}
	if len(sources) == 0 {
		return a.unknown(one)
	}
	pool := sum(line)
	pool.silent = true
	for _, source := range sources {
		pool.add(rollupEdge{source, big.NewRat(1, 1)})
	}
	for _, f := range a.into[id] {
		if from, _ := f.signs(); f.resource == id && from < 0 && !f.event.ScrapOf.IsZero() {
			quantity.Sub(quantity, f.quantity.number)
		}
	}
	for _, f := range treated {
		if n := a.treated(f); n != nil {
			pool.add(rollupEdge{n, big.NewRat(1, 1)})
		}
	}
	if quantity.Sign() <= 0 {
		return one.unpriced("all of it is scrap, and nothing bears what it cost")
	}
	pool.line.Quantity = quantity
	return pool
}

// one is one of a resource.
func (a *actual) one(id valueflows.ID) *rollupFlow {
	f := &rollupFlow{record: id, class: valueflows.ClassEconomicResource, specification: a.resources[id].ConformsTo, resource: id}
	f.quantity = &amount{big.NewRat(1, 1), valueflows.One}
	if q := a.resources[id].AccountingQuantity; q != nil {
		f.quantity.unit = q.HasUnit
	}
	return f
}

// unknown is what nothing says the origin of: at the list's price.
func (a *actual) unknown(one *rollupFlow) *rollupNode {
	return first(one, "nothing says where it comes from, and it has no price",
		func() *rollupNode { return a.listed(one, RollupListed, false, "at its price") })
}

// inflows are what came into a resource since it was last bought as a whole;
// what is there to use only, where nothing came in that counts as one's own.
func (a *actual) inflows(id valueflows.ID) []*rollupFlow {
	var own, lent []*rollupFlow
	for _, f := range a.into[id] {
		from, to := f.signs()
		switch {
		case f.quantity == nil || f.quantity.number.Sign() <= 0:
		case f.resource == id && f.to == id:
			if f.event.Provider != f.event.Receiver && a.paid(f) != nil {
				own = []*rollupFlow{f}
			}
		case f.resource == id && from > 0 || f.to == id && to > 0:
			own = append(own, f)
		case f.to == id && to == 0 && !f.resource.IsZero():
			lent = append(lent, f)
		}
	}
	if len(own) == 0 {
		return lent
	}
	return own
}

// sources are the inflows with what they are worth, and how much they are. What
// only comes back from where it went, which is circular, is no source.
func (a *actual) sources(id valueflows.ID, inflows []*rollupFlow) (list []*rollupNode, quantity *big.Rat, circular bool) {
	quantity = new(big.Rat)
	for _, f := range inflows {
		source := first(f, "nothing says what it is worth: give its price",
			func() *rollupNode { return a.bought(f) },
			func() *rollupNode { return a.received(id, f) },
			func() *rollupNode { return a.made(f) },
			func() *rollupNode { return a.listed(f, RollupListed, false, "at its price") })
		if source.line.Kind == RollupCircular {
			circular = true
			continue
		}
		list = append(list, source)
		quantity.Add(quantity, f.quantity.number)
	}
	return list, quantity, circular
}

// received is what came from another stock; nil where it did not.
func (a *actual) received(id valueflows.ID, f *rollupFlow) *rollupNode {
	if f.resource == id || !a.walked[f.resource] || f.makes() {
		return nil
	}
	return a.taken(f, RollupReceived, "the quantity, times what one of the stock it came from cost")
}

// signs are what the flow does to what its two resources account for.
func (f *rollupFlow) signs() (from, to int64) { return f.event.AccountingSigns() }

// makes tells whether the flow leaves what is in its resource as it is: made or
// copied, not taken from there.
func (f *rollupFlow) makes() bool {
	b := valueflows.Actions[f.action]
	return b.AccountingEffect == "increment" || b.AccountingEffect == "incrementTo"
}

// treats tells whether the flow hands back the resource that its process handled.
func (f *rollupFlow) treats(id valueflows.ID) bool {
	return f.resource == id && !f.outputOf.IsZero() && valueflows.Actions[f.action].AccountingEffect == "notApplicable"
}

// made is what came out of a process, at its part of what went in; nil where
// it did not, or where nothing went in.
func (a *actual) made(f *rollupFlow) *rollupNode {
	return a.output(f, RollupMade, "its part of what went into its process")
}

// treated is what the process that handled a resource added to it.
func (a *actual) treated(f *rollupFlow) *rollupNode {
	return a.output(f, RollupTreated, "what the process that handled it added")
}

func (a *actual) output(f *rollupFlow, kind RollupKind, why string) *rollupNode {
	if f.outputOf.IsZero() || f.quantity == nil {
		return nil
	}
	process := a.processOf(f.outputOf)
	if process.line.Kind == RollupCircular {
		return leaf(f.line(RollupCircular, *f.quantity, process.line.Why), new(big.Rat))
	}
	if process.isEnd() {
		return nil
	}
	part := a.bears(f.outputOf, a.outputs[f.outputOf], f)
	if part == nil {
		return f.unpriced("its process puts out things of other units, and not all have a price to divide the cost by")
	}
	return sum(f.line(kind, *f.quantity, why), rollupEdge{process, part})
}

func (a *actual) processOf(id valueflows.ID) *rollupNode {
	if a.processes[id] == nil {
		a.processes[id] = walking
		a.processes[id] = a.process(processLine(id, valueflows.ClassProcess), a.inputs[id])
	}
	return a.processes[id]
}
