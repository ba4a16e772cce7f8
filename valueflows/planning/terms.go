package planning

import (
	"cmp"
	"math"
	"slices"

	"disconode/valueflows"
)

// window is from when to when something can be, half open; without bounds where
// nobody says.
type window struct {
	from, to valueflows.Instant
	stated   bool
}

func always() window { return window{math.MinInt64, math.MaxInt64, false} }

// windowOf is when an intent can be met: at its point in time, else from its
// beginning to its end, or by its due time.
func windowOf(i *valueflows.Planned) window {
	w := always()
	if from := cmp.Or(i.HasPointInTime, i.HasBeginning); from != nil {
		w.from, w.stated = from.Instant, true
	}
	if to := cmp.Or(i.HasPointInTime, i.HasEnd, i.Due); to != nil {
		w.to, w.stated = to.Instant, true
	}
	if w.from == w.to {
		w.to++ // an instant is a microsecond long
	}
	return w
}

// time wants both proposals open now and the times of both to overlap.
func (p *pair) time() Code {
	for _, one := range p.both() {
		begin, end := one.Proposal.HasBeginning, one.Proposal.HasEnd
		if begin != nil && p.around.Now < begin.Instant || end != nil && p.around.Now >= end.Instant {
			return OtherTime
		}
	}
	o, r := windowOf(&p.offer.Intent.Planned), windowOf(&p.request.Intent.Planned)
	if o.from >= r.to || r.from >= o.to {
		return OtherTime
	}
	if o.stated && r.stated {
		p.because(SameTime, 10, "their times overlap")
	}
	return ""
}

// place wants one place, or two that are near, where both name one.
func (p *pair) place() Code {
	o, r := p.offer.Proposal.EligibleLocation, p.request.Proposal.EligibleLocation
	switch {
	case o.IsZero() || r.IsZero():
	case o == r:
		p.because(SamePlace, 15, "both are at one place")
	case p.around.Near != nil && p.around.Near(o, r):
		p.because(NearPlace, 10, "their places are near each other")
	default:
		return OtherPlace
	}
	return ""
}

// total is how much there is of an intent, or is wanted; nil where it does not
// say: what is proposed by the unit has no end.
func (p Published) total() *valueflows.Measure {
	each := cmp.Or(p.Intent.ResourceQuantity, p.Intent.EffortQuantity)
	if u := p.Proposal.UnitBased; u != nil && *u {
		each = nil
	}
	return cmp.Or(p.Open, p.Intent.AvailableQuantity, each)
}

// unit is what the intent counts in; zero where it does not say.
func (p Published) unit() valueflows.ID {
	if m := cmp.Or(p.total(), p.Intent.ResourceQuantity, p.Intent.EffortQuantity, p.Intent.MinimumQuantity); m != nil {
		return m.HasUnit
	}
	return valueflows.ID{}
}

// quantity works out how much can pass, at least as much as both want at least.
func (p *pair) quantity() Code {
	o, r := p.offer.unit(), p.request.unit()
	if o != r && !o.IsZero() && !r.IsZero() {
		if !oneDimension(o, r) {
			return OtherDimension
		}
		p.because(NotCompared, 0, "they count in other units of the same dimension: the amounts were not compared")
		return ""
	}
	offered, wanted := p.offer.total(), p.request.total()
	p.match.Quantity = cmp.Or(offered, wanted)
	if offered != nil && wanted != nil {
		p.match.Quantity = &valueflows.Measure{HasNumericalValue: least(offered.HasNumericalValue, wanted.HasNumericalValue), HasUnit: offered.HasUnit}
	}
	for _, one := range p.both() {
		least := one.Intent.MinimumQuantity
		if q := p.match.Quantity; q != nil && least != nil && q.HasUnit == least.HasUnit && compare(q.HasNumericalValue, least.HasNumericalValue) < 0 {
			return TooLittle
		}
	}
	switch {
	case wanted == nil || p.match.Quantity == nil:
	case compare(p.match.Quantity.HasNumericalValue, wanted.HasNumericalValue) >= 0:
		p.because(AllOfIt, 20, "there is as much as is wanted")
	default:
		p.because(PartOfIt, 10, "there is a part of what is wanted")
	}
	return ""
}

// oneDimension tells whether two units of OM2 measure the same, such as mass.
func oneDimension(a, b valueflows.ID) bool {
	x, y := valueflows.OMUnit(a), valueflows.OMUnit(b)
	return x != nil && y != nil && len(x.ClassifiedAs) > 0 && slices.Equal(x.ClassifiedAs, y.ClassifiedAs)
}
