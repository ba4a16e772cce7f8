package valueflows

// ScrapAction records what was accepted and not handed back.
const ScrapAction Action = "lower"

// Container is the resource that holds what a process combines, from the
// events of that process: the one it produces, else the one it accepts or
// modifies (rule 5); one that corrections took back in full is none. It is zero
// where there is none (yet). Where several could be it, it fails with an
// [*InputError], code AMBIGUOUS_CONTAINER.
func Container(events []*EconomicEvent) (ID, error) {
	for rank := 1; rank <= 2; rank++ {
		counted := map[ID]*Sum{}
		for _, e := range events {
			if Actions[e.Action].holds != rank || e.ResourceInventoriedAs.IsZero() || e.ResourceQuantity == nil {
				continue
			}
			if counted[e.ResourceInventoriedAs] == nil {
				counted[e.ResourceInventoriedAs] = &Sum{}
			}
			counted[e.ResourceInventoriedAs].Add(e.ResourceQuantity.HasNumericalValue)
		}
		var found []ID
		for id, sum := range counted {
			if sum.Sign() > 0 {
				found = append(found, id)
			}
		}
		if len(found) == 1 {
			return found[0], nil
		}
		if len(found) > 1 {
			return ID{}, At(Invalid("AMBIGUOUS_CONTAINER", "the process has several resources that could be the container: name it"), fieldTo)
		}
	}
	return ID{}, nil
}

// Combines tells whether the event puts its resource into a container that it
// does not name.
func (e *EconomicEvent) Combines() bool {
	return e.PutsIn() && e.ToResourceInventoriedAs.IsZero()
}

// Holds tells whether the resource of the event may be a container.
func (e *EconomicEvent) Holds() bool { return Actions[e.Action].holds > 0 }

// HandsBack tells whether the event hands back what its process accepted, so
// that a shortfall is scrap.
func (e *EconomicEvent) HandsBack() bool { return Actions[e.Action].handsBack }

// Scrap is how much of a resource a process accepted and has neither handed
// back nor recorded as scrap, from the events of that process and those that
// record its scrap; negative where too much was recorded as scrap. While
// nothing is handed back, nothing is scrap.
func Scrap(resource ID, events []*EconomicEvent) (Decimal, error) {
	var accepted, back, scrapped Sum
	for _, e := range events {
		if e.ResourceInventoriedAs != resource || e.ResourceQuantity == nil {
			continue
		}
		q := e.ResourceQuantity.HasNumericalValue
		switch {
		case !e.ScrapOf.IsZero():
			scrapped.Add(q)
		case e.HandsBack():
			back.Add(q)
		case Actions[Actions[e.Action].PairsWith].handsBack:
			accepted.Add(q)
		}
	}
	var left Sum
	if back.Sign() > 0 {
		acc, err := accepted.Decimal()
		if err != nil {
			return Decimal{}, err
		}
		b, err := back.Decimal()
		if err != nil {
			return Decimal{}, err
		}
		if acc.Cmp(b) > 0 {
			left.Add(acc)
			left.Add(b.Neg())
		}
	}
	s, err := scrapped.Decimal()
	if err != nil {
		return Decimal{}, err
	}
	left.Add(s.Neg())
	return left.Decimal()
}
