package federation

import (
	"testing"
	"time"
)

// A signature is taken once, as long as it could be in time at all.
func TestReplays(t *testing.T) {
	seen := newReplays(usualWindow, 3)
	one := &signed{Signature: []byte("one")}
	if err := seen.first(one, now); err != nil {
		t.Fatal(err)
	}
	refusedFor(t, seen.first(one, now.Add(time.Minute)), signatureSeen)
	seen.forget(one)
	if err := seen.first(one, now); err != nil {
		t.Error("a signature that was forgotten is not taken again:", err)
	}
	for n := range 10 {
		if err := seen.first(&signed{Signature: []byte{byte(n)}}, now); err != nil {
			t.Error(err)
		}
	}
	if n := seen.seen.length(); n != 3 {
		t.Errorf("%d signatures are remembered, of 3", n)
	}
	last := &signed{Signature: []byte{9}}
	refusedFor(t, seen.first(last, now.Add(usualWindow.length())), signatureSeen)
	if err := seen.first(last, now.Add(usualWindow.length()+time.Second)); err != nil {
		t.Error("a signature out of the window is remembered:", err)
	}
}
