package sheet

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"disconode/valueflows"
)

// Order is how a sheet writes the day and the month of a date.
type Order string

// The orders of dates that are not ISO 8601.
const (
	DayFirst   Order = "dmy"
	MonthFirst Order = "mdy"
)

var (
	isoDate   = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}`)
	otherDate = regexp.MustCompile(`^(\d{1,2})([/.-])(\d{1,2})([/.-])(\d{4})$`)
	clockTime = regexp.MustCompile(`^(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s*([AaPp])\.?[Mm]\.?)?$`)
)

// moment reads a date, perhaps with a time behind it, as ISO 8601 or in the
// order that was said. A date alone is noon, a time without an offset the zone's.
func (o Options) moment(text string) (*valueflows.Time, error) {
	if isoDate.MatchString(text) {
		if len(text) > 10 && text[10] == ' ' { // as spreadsheets write it
			text = text[:10] + "T" + strings.TrimSpace(text[11:])
		}
		t, err := valueflows.ParseTime(text, o.zone())
		if err != nil {
			return nil, err
		}
		return &t, nil
	}
	date, clock, _ := strings.Cut(text, " ")
	iso, err := o.date(date)
	if err != nil {
		return nil, err
	}
	if clock = strings.TrimSpace(clock); clock != "" {
		return o.at(date, clock)
	}
	return o.moment(iso)
}

// at reads a date and a time of day from two cells.
func (o Options) at(date, clock string) (*valueflows.Time, error) {
	iso := date
	if !isoDate.MatchString(date) {
		var err error
		if iso, err = o.date(date); err != nil {
			return nil, err
		}
	}
	part := clockTime.FindStringSubmatch(clock)
	if part == nil || len(iso) != 10 {
		return nil, valueflows.Invalid("INVALID_TIME", "%q is not a time of day: write it as 08:30 or 08:30:00", valueflows.Clip(clock))
	}
	hour, _ := strconv.Atoi(part[1])
	if half := strings.ToLower(part[4]); half != "" {
		if hour < 1 || hour > 12 {
			return nil, valueflows.Invalid("INVALID_TIME", "%q is not a time of day: write it as 08:30 or 08:30:00", valueflows.Clip(clock))
		}
		hour %= 12
		if half == "p" {
			hour += 12
		}
	}
	seconds := part[3]
	if seconds == "" {
		seconds = "00"
	}
	return o.moment(fmt.Sprintf("%sT%02d:%s:%s", iso, hour, part[2], seconds))
}

// date turns a date that is not ISO 8601 into one. It asks for the order where
// that was not said, and never concludes it.
func (o Options) date(text string) (string, error) {
	part := otherDate.FindStringSubmatch(text)
	if part == nil || part[2] != part[4] {
		return "", valueflows.Invalid("INVALID_TIME", "%q is not a date: write it as 2026-05-01", valueflows.Clip(text))
	}
	first, _ := strconv.Atoi(part[1])
	second, _ := strconv.Atoi(part[3])
	year, _ := strconv.Atoi(part[5])
	readings := map[Order]string{}
	for order, of := range map[Order][2]int{DayFirst: {second, first}, MonthFirst: {first, second}} {
		day := time.Date(year, time.Month(of[0]), of[1], 0, 0, 0, 0, time.UTC)
		if int(day.Month()) == of[0] && day.Day() == of[1] {
			readings[order] = day.Format(time.DateOnly)
		}
	}
	if iso, ok := readings[o.Dates]; ok {
		return iso, nil
	}
	var shown []string
	for _, order := range []Order{DayFirst, MonthFirst} {
		if iso, ok := readings[order]; ok {
			shown = append(shown, fmt.Sprintf("--dates %s reads %s", order, iso))
		}
	}
	switch {
	case len(shown) == 0:
		return "", valueflows.Invalid("INVALID_TIME", "%q is no day of the calendar", valueflows.Clip(text))
	case o.Dates != "":
		return "", valueflows.Invalid("INVALID_TIME", "%q is no day of the calendar in the order %s: %s", valueflows.Clip(text), o.Dates, shown[0])
	}
	return "", valueflows.Invalid("INVALID_TIME", "%q does not say which is the day and which the month: %s", valueflows.Clip(text), strings.Join(shown, ", "))
}
