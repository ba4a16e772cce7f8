package flow

import (
	"fmt"
	"sort"
	"time"

	"disconode/valueflows"
)

// CashPeriod is how long the periods are: a day, a week from Monday, a month.
type CashPeriod string

// The periods.
const (
	CashDay   CashPeriod = "day"
	CashWeek  CashPeriod = "week"
	CashMonth CashPeriod = "month"
)

const spansMax = 10_000

// CashSpan is from Begin until End, exclusive. Name is 2026-05-01 of a day,
// 2026-W18 of a week (ISO 8601), 2026-05 of a month.
type CashSpan struct {
	Begin, End valueflows.Instant
	Name       string
}

// CashSpans parts a time into the days, weeks or months of a zone; the first
// and the last may be short. It fails with an [*valueflows.InputError]:
// INVALID_PERIOD, TOO_MUCH past 10,000 of them.
func CashSpans(from, until valueflows.Instant, every CashPeriod, zone *time.Location) ([]CashSpan, error) {
	kind, ok := cashPeriods[every]
	if !ok {
		return nil, valueflows.At(valueflows.Invalid("INVALID_PERIOD", "%q is no period: say day, week or month", valueflows.Clip(string(every))), "every")
	}
	if from >= until {
		return nil, valueflows.At(valueflows.Invalid("INVALID_PERIOD", "the time that is asked about ends before it begins"), "until")
	}
	var spans []CashSpan
	for begin := from; begin < until; {
		if len(spans) == spansMax {
			return nil, valueflows.At(valueflows.Invalid("TOO_MUCH", "that is more than %d periods: ask for longer ones, or for less time", spansMax), "every")
		}
		at := begin.Time().In(zone)
		end := min(valueflows.InstantOf(kind.next(at)), until)
		spans = append(spans, CashSpan{begin, end, kind.name(at)})
		begin = end
	}
	return spans, nil
}

var cashPeriods = map[CashPeriod]struct {
	next func(time.Time) time.Time // when the next one begins
	name func(time.Time) string
}{
	CashDay: {
		func(t time.Time) time.Time { return midnight(t, 0, 1) },
		func(t time.Time) string { return t.Format("2006-01-02") },
	},
	CashWeek: {
		func(t time.Time) time.Time { return midnight(t, 0, 7-(int(t.Weekday())+6)%7) },
		func(t time.Time) string {
			year, week := t.ISOWeek()
			return fmt.Sprintf("%04d-W%02d", year, week)
		},
	},
	CashMonth: {
		func(t time.Time) time.Time { return midnight(t, 1, 1-t.Day()) },
		valueflows.Month,
	},
}

// midnight is when the day so many months and days on begins. Where the clocks
// skip midnight, it begins with the change.
func midnight(t time.Time, months, days int) time.Time {
	at := time.Date(t.Year(), t.Month()+time.Month(months), t.Day()+days, 0, 0, 0, 0, t.Location())
	switch begin, end := at.ZoneBounds(); {
	case at.Hour() == 0:
		return at
	case at.Hour() < 12:
		return begin
	default:
		return end
	}
}

// spanAt is the span that an instant is in.
func spanAt(spans []CashSpan, at valueflows.Instant) (int, bool) {
	i := sort.Search(len(spans), func(i int) bool { return at < spans[i].End })
	return i, i < len(spans) && at >= spans[i].Begin
}
