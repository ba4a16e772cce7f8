package federation

import (
	"net/http"
	"testing"
	"time"
)

// F09: the time of a signature lies within the window, which is a setting.
func TestF09Window(t *testing.T) {
	wide, err := newSignatures("https://us.example", window{Back: 12 * time.Hour, Ahead: time.Hour}, reach{})
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		reader *signatures
		off    time.Duration
		why    reason
	}{
		{newTestSignatures(t), -time.Hour, ""},
		{newTestSignatures(t), -time.Hour - time.Second, signatureOld},
		{newTestSignatures(t), 5 * time.Minute, ""},
		{newTestSignatures(t), 5*time.Minute + time.Second, signatureEarly},
		{newTestSignatures(t), -24 * 365 * time.Hour, signatureOld},
		{wide, -12 * time.Hour, ""},
		{wide, -13 * time.Hour, signatureOld},
	}
	for _, test := range tests {
		c := newCavageRequest()
		c.date = now.Add(test.off).Format(http.TimeFormat)
		_, err := test.reader.parse(c.build(t, inboxBody), []byte(inboxBody), now)
		refusedFor(t, err, test.why)

		m := newMessageRequest()
		m.created = now.Add(test.off).Unix()
		_, err = test.reader.parse(m.build(t, inboxBody), []byte(inboxBody), now)
		refusedFor(t, err, test.why)
	}
	for _, date := range []string{"", "yesterday", now.Format(time.RFC3339)} {
		c := newCavageRequest()
		c.date = date
		_, err := newTestSignatures(t).parse(c.build(t, inboxBody), []byte(inboxBody), now)
		refusedFor(t, err, signatureForm)
	}
}
