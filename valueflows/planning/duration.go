package planning

import (
	"math/big"
	"sync"
	"time"

	"disconode/valueflows"
)

// Span is how long something takes: months of the calendar, and microseconds. A
// day is 24 hours and a week 7 days, as in OM2; a month ends on the same day of
// another month, or on its last day, in the zone that is given.
type Span struct {
	Months int
	Micros int64
}

// spanMax bounds a span, so that no sum of times overflows: 1,000 years.
const (
	spanMonthsMax = 12_000
	spanMicrosMax = 366 * 1000 * 86_400 * 1_000_000
)

// timeUnits says what each unit of time is, in months or microseconds.
var timeUnits = sync.OnceValue(func() map[valueflows.ID]Span {
	units := map[valueflows.ID]Span{}
	for name, span := range map[string]Span{
		"microsecond-Time": {Micros: 1},
		"millisecond-Time": {Micros: 1_000},
		"second-Time":      {Micros: 1_000_000},
		"minute-Time":      {Micros: 60 * 1_000_000},
		"hour":             {Micros: 3_600 * 1_000_000},
		"day":              {Micros: 86_400 * 1_000_000},
		"week":             {Micros: 7 * 86_400 * 1_000_000},
		"month":            {Months: 1},
		"year":             {Months: 12},
	} {
		units[valueflows.OMUnitID(name)] = span
	}
	return units
})

// SpanOf is the span that a measure in a unit of time says; none for nil. What
// is finer than a microsecond, or than a month of the calendar, is rounded up.
//
// It fails with an [*valueflows.InputError], code INVALID_DURATION, where the
// unit is none of time, or the span is negative or past 1,000 years.
func SpanOf(m *valueflows.Measure) (Span, error) {
	if m == nil {
		return Span{}, nil
	}
	unit, ok := timeUnits()[m.HasUnit]
	if !ok {
		return Span{}, valueflows.Invalid("INVALID_DURATION", "a duration is counted in a unit of time: second, minute, hour, day, week, month or year")
	}
	return unit.times(rat(m.HasNumericalValue))
}

// times is the span r times, rounded up.
func (s Span) times(r *big.Rat) (Span, error) {
	invalid := func() (Span, error) {
		return Span{}, valueflows.Invalid("INVALID_DURATION", "a duration lies between 0 and 1000 years")
	}
	var result [2]int64
	for i, part := range []struct{ count, most int64 }{{int64(s.Months), spanMonthsMax}, {s.Micros, spanMicrosMax}} {
		d, err := rounded(new(big.Rat).Mul(big.NewRat(part.count, 1), r), 0, true)
		if err != nil || d.Sign() < 0 || d.Coef() > part.most {
			return invalid()
		}
		result[i] = d.Coef()
	}
	return Span{int(result[0]), result[1]}, nil
}

// After is when something ends that takes the span and begins at t.
func (s Span) After(t valueflows.Instant, zone *time.Location) valueflows.Instant {
	return months(t, s.Months, zone) + valueflows.Instant(s.Micros)
}

// Before is when something begins that takes the span and ends at t.
func (s Span) Before(t valueflows.Instant, zone *time.Location) valueflows.Instant {
	return months(t-valueflows.Instant(s.Micros), -s.Months, zone)
}

// months is the same time of day on the same day, or the last, n months on.
func months(t valueflows.Instant, n int, zone *time.Location) valueflows.Instant {
	if n == 0 {
		return t
	}
	at := t.Time().In(zone)
	hour, minute, second := at.Clock()
	first := time.Date(at.Year(), at.Month()+time.Month(n), 1, 0, 0, 0, 0, zone)
	last := time.Date(first.Year(), first.Month()+1, 0, 0, 0, 0, 0, zone).Day()
	return valueflows.InstantOf(time.Date(first.Year(), first.Month(), min(at.Day(), last), hour, minute, second, at.Nanosecond(), zone))
}

// timeAt writes an instant with the zone's offset.
//
// It fails with an [*valueflows.InputError], code TIME_OUT_OF_RANGE, outside the
// years 1 to 9999.
func timeAt(t valueflows.Instant, zone *time.Location) (*valueflows.Time, error) {
	at := t.Time().In(zone)
	if year := t.Time().Year(); year < 1 || year > 9999 || at.Year() < 1 || at.Year() > 9999 {
		return nil, valueflows.Invalid("TIME_OUT_OF_RANGE", "the plan reaches outside the years 1 to 9999: check the due times and the durations of the recipes")
	}
	result := valueflows.TimeOf(at)
	return &result, nil
}
