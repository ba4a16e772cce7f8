package federation

import "time"

// window is how far a signature's time may lie from ours: a node's setting. The
// clocks of peers differ, and what they queued arrives late.
type window struct {
	Back, Ahead time.Duration
}

// usualWindow is the window where nothing else is set.
var usualWindow = window{Back: time.Hour, Ahead: 5 * time.Minute}

// check refuses a time outside the window.
func (w window) check(at, now time.Time) error {
	switch {
	case at.Before(now.Add(-w.Back)):
		return unproven(signatureOld, "the signature is of %s, and too old: sign again", at.UTC().Format(time.RFC3339))
	case at.After(now.Add(w.Ahead)):
		return unproven(signatureEarly, "the signature is of %s, and ahead of this node's clock: set yours", at.UTC().Format(time.RFC3339))
	}
	return nil
}

// length is how long a signature can be shown again and still be in time.
func (w window) length() time.Duration { return w.Back + w.Ahead }
