package flow

import (
	"fmt"
	"math/big"

	"disconode/valueflows"
)

// Price is what one unit of something is worth, in the money of its list.
type Price struct {
	// Specification is what is priced: a kind of thing, service or skill. Zero
	// is whatever flows by Action and has no price of its own.
	Specification valueflows.ID
	// Action limits the price to flows of that action: what an hour of using a
	// machine is worth, and not the machine. Empty is the worth of the thing
	// itself, which no use and no citation is counted at.
	Action valueflows.Action
	// Agent limits the price to what that agent provides; zero is anybody.
	Agent valueflows.ID
	Unit  valueflows.ID // what Value is for one of
	Value valueflows.Decimal
	// Percent makes Value the percentage of all other inputs of the process that
	// one unit is worth; for what is cited only.
	Percent bool
}

// PriceList is what things are worth, in one money or in one unit.
type PriceList struct {
	// Currency is the ResourceSpecification that values are counted in; zero
	// where they are counted in Unit alone, such as hours.
	Currency valueflows.ID
	// Unit is what values are counted in; zero is one, as money is.
	Unit   valueflows.ID
	Prices []Price
}

// priceKey is what a price is found by. Where several fit, the one that names
// the agent goes before one that does not, then the specification, then the action.
type priceKey struct {
	agent, specification valueflows.ID
	action               valueflows.Action
}

type priceTable struct {
	currency, unit valueflows.ID
	prices         map[priceKey][]Price
}

// table is the list, ready to be looked up in. It fails with an
// [*valueflows.InputError] placed at the price: REQUIRED where one says neither
// what it is for nor for what action, or in which unit; NOT_OF_ACTION for a
// percentage of what is not cited; DUPLICATE_PRICE for a second one in the same unit.
func (l PriceList) table() (*priceTable, error) {
	t := &priceTable{l.Currency, l.Unit, map[priceKey][]Price{}}
	if t.unit.IsZero() {
		t.unit = valueflows.One
	}
	if !l.Currency.IsZero() { // money is worth itself
		money := Price{Specification: l.Currency, Unit: t.unit, Value: valueflows.MustDecimal("1")}
		t.prices[priceKey{specification: l.Currency}] = []Price{money}
	}
	for i, p := range l.Prices {
		if field, err := p.check(); err != nil {
			return nil, valueflows.At(err, "prices", fmt.Sprint(i), field)
		}
		key := priceKey{p.Agent, p.Specification, p.Action}
		for _, other := range t.prices[key] {
			if other.Unit == p.Unit {
				return nil, valueflows.At(valueflows.Invalid("DUPLICATE_PRICE", "the same has a price in this unit already: keep one"), "prices", fmt.Sprint(i))
			}
		}
		t.prices[key] = append(t.prices[key], p)
	}
	return t, nil
}

func (p Price) check() (field string, err error) {
	if p.Specification.IsZero() && p.Action == "" {
		return "specification", valueflows.Invalid("REQUIRED", "say what has this price: a specification, an action, or both")
	}
	if p.Action != "" {
		if action, err := valueflows.ParseAction(string(p.Action)); err != nil || action != p.Action {
			return "action", valueflows.Invalid("UNKNOWN_ACTION", "%q is not an action of Valueflows 1.0.0", valueflows.Clip(string(p.Action)))
		}
	}
	if p.Unit.IsZero() {
		return "unit", valueflows.Invalid("REQUIRED", "say what the value is for one of, such as an hour or a kilogram")
	}
	if p.Percent && rollupRoles[p.Action] != roleCited {
		return "percent", valueflows.Invalid("NOT_OF_ACTION", "only what is cited is worth a percentage: give the price of one unit")
	}
	return "", nil
}

// amount is so much in a unit.
type amount struct {
	number *big.Rat
	unit   valueflows.ID
}

// find is the price of a flow that counts in one of the amounts, the first that
// has one, and that amount in the unit of the price. Where own is set, only a
// price for the flow's action will do.
func (t *priceTable) find(f *rollupFlow, amounts []amount, own bool) (Price, amount, bool) {
	for _, agent := range distinct(f.agent, valueflows.ID{}) {
		for _, specification := range distinct(f.specification, valueflows.ID{}) {
			for _, action := range []valueflows.Action{f.action, ""} {
				if own && action == "" {
					continue
				}
				prices := t.prices[priceKey{agent, specification, action}]
				for _, a := range amounts {
					if p, in, ok := inUnitOf(prices, a); ok {
						return p, in, true
					}
				}
			}
		}
	}
	return Price{}, amount{}, false
}

// inUnitOf is the price in the unit of the amount, else one that it is exactly
// converted for.
func inUnitOf(prices []Price, a amount) (Price, amount, bool) {
	for _, p := range prices {
		if p.Unit == a.unit {
			return p, a, true
		}
	}
	for _, p := range prices {
		if factor := valueflows.Conversion(a.unit, p.Unit); factor != nil {
			return p, amount{new(big.Rat).Mul(a.number, factor), p.Unit}, true
		}
	}
	return Price{}, amount{}, false
}

func distinct(first, second valueflows.ID) []valueflows.ID {
	if first == second {
		return []valueflows.ID{first}
	}
	return []valueflows.ID{first, second}
}
