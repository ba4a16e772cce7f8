package node

import (
	"disconode/valueflows"
	"disconode/valueflows/planning"
)

// supply is a stock, or a flow that stands open and will bring something.
type supply struct {
	planning.Kind
	stock    *valueflows.EconomicResource // else
	flow     valueflows.ID
	resource valueflows.ID // the stock, or what the flow brings more of, where it says so
	unit     valueflows.ID
	left     valueflows.Decimal
	at       *valueflows.Time // of a flow; nil where it says none
	expires  *valueflows.Time // of a stock
	asked    bool             // nobody has promised it
}

// taking is a flow that stands open and will take something from the agent.
type taking struct {
	planning.Kind
	flow     valueflows.ID
	resource valueflows.ID
	unit     valueflows.ID
	left     valueflows.Decimal
	due      *valueflows.Time
	position int64
	stated   valueflows.ID // the unit that the flow counts in
}

// supplies are what an agent has and will have of some specifications, in the
// order in which it is taken, and what takes of it, in recorded order.
type supplies struct {
	all    []*supply
	taking []*taking
}

// reserve lets what takes something draw it, but for what is spared: the stock
// that it names, then any stock, what expires first, then what is scheduled,
// first what comes in time. What is then open of a specification, draws on the
// stock of those that may stand in for it, after all that take these themselves:
// a plan that was made so has it from there. All is counted in common units
// from then on.
//
// It fails with an [*valueflows.InputError], code INEXACT, where 18 digits do
// not write a quantity in the common unit.
func (s *supplies) reserve(spare func(*taking) bool, instead map[valueflows.ID][]valueflows.ID) error {
	if err := s.count(instead); err != nil {
		return err
	}
	of := map[valueflows.ID][]*supply{} // by specification
	for _, one := range s.all {
		of[one.Specification] = append(of[one.Specification], one)
	}
	for _, t := range s.taking {
		if spare(t) {
			continue
		}
		for _, fits := range []func(*supply) bool{
			func(one *supply) bool { return !t.resource.IsZero() && one.resource == t.resource && one.inTime(t) },
			func(one *supply) bool { return one.inTime(t) },
			func(*supply) bool { return true },
		} {
			for _, one := range of[t.Specification] {
				if t.takes(one) && fits(one) {
					if err := t.draw(one); err != nil {
						return err
					}
				}
			}
		}
	}
	for _, t := range s.taking {
		if spare(t) {
			continue
		}
		for _, other := range instead[t.Specification] {
			in := *t
			in.Specification = other
			for _, one := range of[other] {
				if one.stock != nil && in.takes(one) {
					if err := in.draw(one); err != nil {
						return err
					}
				}
			}
			t.left = in.left
		}
	}
	return nil
}

// count turns all quantities of a specification, and of what may stand in for
// it, into one unit, as far as they are exactly converted.
func (s *supplies) count(instead map[valueflows.ID][]valueflows.ID) error {
	thing := map[valueflows.ID]valueflows.ID{}
	find := func(id valueflows.ID) valueflows.ID {
		for !thing[id].IsZero() {
			id = thing[id]
		}
		return id
	}
	for id, others := range instead {
		for _, other := range others {
			if a, b := find(id), find(other); a != b {
				thing[a] = b
			}
		}
	}
	units := map[valueflows.ID][]valueflows.ID{}
	for _, one := range s.all {
		units[find(one.Specification)] = append(units[find(one.Specification)], one.unit)
	}
	for _, t := range s.taking {
		units[find(t.Specification)] = append(units[find(t.Specification)], t.unit)
		t.stated = t.unit
	}
	common := map[valueflows.ID]map[valueflows.ID]valueflows.ID{}
	for id, some := range units {
		common[id] = planning.Common(some)
	}
	turn := func(specification valueflows.ID, left *valueflows.Decimal, unit *valueflows.ID) error {
		in, err := valueflows.Measure{HasNumericalValue: *left, HasUnit: *unit}.In(common[find(specification)][*unit])
		*left, *unit = in.HasNumericalValue, in.HasUnit
		return err
	}
	for _, one := range s.all {
		if err := turn(one.Specification, &one.left, &one.unit); err != nil {
			return err
		}
	}
	for _, t := range s.taking {
		if err := turn(t.Specification, &t.left, &t.unit); err != nil {
			return err
		}
	}
	return nil
}

func (one *supply) inTime(t *taking) bool {
	return one.at == nil || t.due == nil || one.at.Instant <= t.due.Instant
}

// takes tells whether there is something of a supply that would serve: of the
// stock that is named, where one is.
func (t *taking) takes(one *supply) bool {
	return t.left.Sign() > 0 && one.left.Sign() > 0 && t.unit == one.unit && t.Specification == one.Specification &&
		(t.Stage.IsZero() || t.Stage == one.Stage) && (t.State == "" || t.State == one.State) &&
		(one.stock == nil || t.resource.IsZero() || t.resource == one.resource)
}

func (t *taking) draw(from *supply) error {
	taken := t.left
	if from.left.Cmp(taken) < 0 {
		taken = from.left
	}
	var err error
	if from.left, err = from.left.Add(taken.Neg()); err != nil {
		return err
	}
	t.left, err = t.left.Add(taken.Neg())
	return err
}
