package valueflows

import (
	"fmt"
	"time"
)

// Instant is microseconds since 1970-01-01T00:00:00Z.
type Instant int64

// InstantOf is the instant of a time, its fraction cut to microseconds.
func InstantOf(t time.Time) Instant { return Instant(t.UnixMicro()) }

// Time is the instant as a [time.Time] in UTC.
func (i Instant) Time() time.Time { return time.UnixMicro(int64(i)).UTC() }

// Time is an instant and the offset from UTC, in minutes, that its recorder
// stated.
type Time struct {
	Instant       Instant
	OffsetMinutes int16
}

// The years that a time may lie in, so that every time can be written.
const (
	yearMin = 1
	yearMax = 9999
)

// offsetMax is how many minutes a time stays below in its distance from UTC, so
// that it can be written as RFC 3339 has it.
const offsetMax = 24 * 60

// ParseTime reads an ISO 8601 date and time with an offset, as in RFC 3339,
// such as 2026-05-01T08:30:00-05:00. A date without a time is noon of that day
// in zone, a time without an offset is a time in zone.
//
// It fails with an [*InputError], code INVALID_TIME.
func ParseTime(text string, zone *time.Location) (Time, error) {
	if t, err := time.Parse(time.RFC3339Nano, text); err == nil {
		return timeOf(t, text)
	}
	for _, layout := range []string{"2006-01-02T15:04:05.999999999", "2006-01-02T15:04"} {
		if t, err := time.ParseInLocation(layout, text, zone); err == nil {
			return timeOf(t, text)
		}
	}
	if t, err := time.Parse("2006-01-02T15:04Z07:00", text); err == nil {
		return timeOf(t, text)
	}
	if t, err := time.ParseInLocation("2006-01-02", text, zone); err == nil {
		return timeOf(time.Date(t.Year(), t.Month(), t.Day(), 12, 0, 0, 0, zone), text)
	}
	return Time{}, Invalid("INVALID_TIME", "%q is not a time: write it as 2026-05-01T08:30:00-05:00", Clip(text))
}

// TimeOf is a [time.Time] with its offset in whole minutes.
func TimeOf(t time.Time) Time {
	_, seconds := t.Zone()
	return Time{InstantOf(t), int16(seconds / 60)}
}

func timeOf(t time.Time, text string) (Time, error) {
	if y := t.UTC().Year(); y < yearMin || y > yearMax || t.Year() < yearMin || t.Year() > yearMax {
		return Time{}, Invalid("INVALID_TIME", "%q lies outside the years 1 to 9999", Clip(text))
	}
	at := TimeOf(t)
	if at.OffsetMinutes <= -offsetMax || at.OffsetMinutes >= offsetMax {
		return Time{}, Invalid("INVALID_TIME", "%q is a day or more away from UTC", Clip(text))
	}
	return at, nil
}

// String writes the time as RFC 3339 with its own offset.
func (t Time) String() string {
	zone := time.UTC
	if t.OffsetMinutes != 0 {
		zone = time.FixedZone("", int(t.OffsetMinutes)*60)
	}
	return t.Instant.Time().In(zone).Format("2006-01-02T15:04:05.999999Z07:00")
}

// Month names a month as 2026-05.
func Month(t time.Time) string { return fmt.Sprintf("%04d-%02d", t.Year(), int(t.Month())) }
