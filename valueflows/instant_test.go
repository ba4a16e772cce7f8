package valueflows

import (
	"errors"
	"strings"
	"testing"
	"time"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// Times as people and programs write them, read in Chicago. The offset that
// was stated is kept; where none is, it is Chicago's at that time.
func TestParseTime(t *testing.T) {
	tests := []struct {
		text string
		want string // as it is written again; empty for what is no time
		utc  string
	}{
		{"2026-05-01T08:30:00-05:00", "2026-05-01T08:30:00-05:00", "2026-05-01T13:30:00Z"},
		{"2026-05-01T08:30:00Z", "2026-05-01T08:30:00Z", "2026-05-01T08:30:00Z"},
		{"2026-05-01T08:30:00+00:00", "2026-05-01T08:30:00Z", "2026-05-01T08:30:00Z"},
		{"2026-05-01T08:30:00+05:45", "2026-05-01T08:30:00+05:45", "2026-05-01T02:45:00Z"},
		{"2026-05-01T08:30:00-03:30", "2026-05-01T08:30:00-03:30", "2026-05-01T12:00:00Z"},
		{"2026-05-01T08:30:00+14:00", "2026-05-01T08:30:00+14:00", "2026-04-30T18:30:00Z"},
		{"2026-05-01T08:30-05:00", "2026-05-01T08:30:00-05:00", "2026-05-01T13:30:00Z"},
		{"2026-05-01T08:30Z", "2026-05-01T08:30:00Z", "2026-05-01T08:30:00Z"},
		{"2026-05-01T8:30:00Z", "2026-05-01T08:30:00Z", "2026-05-01T08:30:00Z"},
		{"2026-05-01T08:30:00,25Z", "2026-05-01T08:30:00.25Z", "2026-05-01T08:30:00.25Z"},
		{"2026-05-01T08:30:00.25Z", "2026-05-01T08:30:00.25Z", "2026-05-01T08:30:00.25Z"},
		{"2026-05-01T08:30:00.123456789Z", "2026-05-01T08:30:00.123456Z", "2026-05-01T08:30:00.123456Z"},
		{"1969-12-31T23:59:59.9999999Z", "1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z"},

		// without an offset: Chicago's
		{"2026-05-01T08:30:00", "2026-05-01T08:30:00-05:00", "2026-05-01T13:30:00Z"},
		{"2026-05-01T08:30", "2026-05-01T08:30:00-05:00", "2026-05-01T13:30:00Z"},
		{"2026-01-15T08:30:00.5", "2026-01-15T08:30:00.5-06:00", "2026-01-15T14:30:00.5Z"},

		// a date alone: noon there
		{"2026-05-01", "2026-05-01T12:00:00-05:00", "2026-05-01T17:00:00Z"},
		{"2026-01-15", "2026-01-15T12:00:00-06:00", "2026-01-15T18:00:00Z"},
		{"2026-03-08", "2026-03-08T12:00:00-05:00", "2026-03-08T17:00:00Z"}, // the day of the gap
		{"2026-11-01", "2026-11-01T12:00:00-06:00", "2026-11-01T18:00:00Z"}, // the day of the overlap

		// the hour that there is not, by the offset that begins with it, and the
		// hour that there is twice, the first time
		{"2026-03-08T01:59:59", "2026-03-08T01:59:59-06:00", "2026-03-08T07:59:59Z"},
		{"2026-03-08T02:30:00", "2026-03-08T01:30:00-06:00", "2026-03-08T07:30:00Z"},
		{"2026-03-08T03:00:00", "2026-03-08T03:00:00-05:00", "2026-03-08T08:00:00Z"},
		{"2026-11-01T00:59:59", "2026-11-01T00:59:59-05:00", "2026-11-01T05:59:59Z"},
		{"2026-11-01T01:30:00", "2026-11-01T01:30:00-05:00", "2026-11-01T06:30:00Z"},
		{"2026-11-01T02:00:00", "2026-11-01T02:00:00-06:00", "2026-11-01T08:00:00Z"},
		{"2026-11-01T01:30:00-06:00", "2026-11-01T01:30:00-06:00", "2026-11-01T07:30:00Z"}, // the second

		{"2024-02-29", "2024-02-29T12:00:00-06:00", "2024-02-29T18:00:00Z"},
		{"2000-02-29T00:00:00Z", "2000-02-29T00:00:00Z", "2000-02-29T00:00:00Z"},
		{"0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"},
		{"9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z"},
		{"1850-06-01", "1850-06-01T12:00:36-05:50", "1850-06-01T17:50:36Z"}, // sun time, in whole minutes

		{"2025-02-29", "", ""},
		{"2100-02-29", "", ""},
		{"2026-02-30T08:00:00Z", "", ""},
		{"2026-04-31", "", ""},
		{"2026-13-01", "", ""},
		{"2026-00-01", "", ""},
		{"2026-05-01T24:00:00Z", "", ""},
		{"2026-05-01T08:60:00Z", "", ""},
		{"2026-05-01T23:59:60Z", "", ""},
		{"0000-12-31T23:59:59Z", "", ""},
		{"0001-01-01T00:00:00+01:00", "", ""},
		{"9999-12-31T23:59:59-01:00", "", ""},
		{"9999-12-31T23:59:59", "", ""},
		{"10000-01-01", "", ""},
		{"-2026-05-01", "", ""},
		{"2026-05-01T08:30:00+23:59", "2026-05-01T08:30:00+23:59", "2026-04-30T08:31:00Z"},
		{"2026-05-01T08:30:00+24:00", "", ""},
		{"2026-05-01T08:30:00-24:60", "", ""},
		{"2026-05-01T08:30:00+99:00", "", ""},
		{"2026-05-01T08:30:00-0500", "", ""},
		{"2026-05-01 08:30:00Z", "", ""},
		{"2026-5-1", "", ""},
		{"20260501", "", ""},
		{"01.05.2026", "", ""},
		{"05/01/2026", "", ""},
		{" 2026-05-01", "", ""},
		{"2026-05-01\x00", "", ""},
		{"1777638600", "", ""},
		{"today", "", ""},
		{"", "", ""},
		{strings.Repeat("2026-05-01T08:30:00Z", 1<<12), "", ""},
	}
	chicago := zone(t, "America/Chicago")
	for _, test := range tests {
		got, err := ParseTime(test.text, chicago)
		if test.want == "" {
			var input *InputError
			if !errors.As(err, &input) || input.Code != "INVALID_TIME" || len(input.Text) > 400 {
				t.Errorf("%q: %s, %v, want INVALID_TIME, briefly", Clip(test.text), got, err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%q: %v", test.text, err)
			continue
		}
		if got.String() != test.want || got.Instant.Time().Format(time.RFC3339Nano) != test.utc {
			t.Errorf("%q is %s, which is %s; want %s, %s", test.text, got, got.Instant.Time().Format(time.RFC3339Nano), test.want, test.utc)
		}
	}
}

// A day's noon is that of the zone it is read in.
func TestNoon(t *testing.T) {
	for name, utc := range map[string]string{
		"UTC":                "2026-05-01T12:00:00Z",
		"America/Chicago":    "2026-05-01T17:00:00Z",
		"Asia/Kathmandu":     "2026-05-01T06:15:00Z",
		"Pacific/Kiritimati": "2026-04-30T22:00:00Z",
	} {
		got, err := ParseTime("2026-05-01", zone(t, name))
		if err != nil || got.Instant.Time().Format(time.RFC3339) != utc {
			t.Errorf("in %s: %s, %v, want %s", name, got.Instant.Time(), err, utc)
		}
	}
}

// When an event happened: its point in time, else its end, else its beginning,
// else when it was made, else when it was recorded.
func TestAt(t *testing.T) {
	at := func(i Instant) *Time { return &Time{Instant: i} }
	tests := []struct {
		event EconomicEvent
		want  Instant
	}{
		{EconomicEvent{HasPointInTime: at(1), Created: at(4), Recorded: 5}, 1},
		{EconomicEvent{HasBeginning: at(3), HasEnd: at(2), Created: at(4), Recorded: 5}, 2},
		{EconomicEvent{HasBeginning: at(3), Created: at(4), Recorded: 5}, 3},
		{EconomicEvent{Created: at(4), Recorded: 5}, 4},
		{EconomicEvent{Recorded: 5}, 5},
	}
	for _, test := range tests {
		if got := test.event.At(); got != test.want {
			t.Errorf("happened at %d, want %d", got, test.want)
		}
	}
}

// A month is its own in the zone that its time is in.
func TestMonth(t *testing.T) {
	at := time.Date(2026, 6, 1, 3, 0, 0, 0, time.UTC)
	if got := Month(at); got != "2026-06" {
		t.Errorf("in UTC %s", got)
	}
	if got := Month(at.In(zone(t, "America/Chicago"))); got != "2026-05" {
		t.Errorf("in Chicago %s", got)
	}
}

// What strangers call a time is one that is written as it was read, or an error.
func FuzzParseTime(f *testing.F) {
	for _, text := range []string{"2026-05-01T08:30:00-05:00", "2026-05-01", "2026-03-08T02:30", "2026-05-01T08:30:00.123456789Z", "0001-01-01T00:00:00Z", "2026-05-01T08:30:00+24:00", "2026-05-01T08:30:00,5Z"} {
		f.Add(text)
	}
	chicago := zone(f, "America/Chicago")
	f.Fuzz(func(t *testing.T, text string) {
		got, err := ParseTime(text, chicago)
		if err != nil {
			var input *InputError
			if !errors.As(err, &input) {
				t.Errorf("%q: %v", text, err)
			}
			return
		}
		if again, err := ParseTime(got.String(), time.UTC); err != nil || again != got {
			t.Errorf("%q is %s, read again %s, %v", text, got, again, err)
		}
	})
}
