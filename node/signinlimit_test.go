package node

import (
	"errors"
	"fmt"
	"testing"
	"time"
)

// A17: at most five wrong tries at an account from an address within a quarter
// of an hour, twenty from an address, sixty at an account; a right one in
// between starts anew, and nobody elsewhere is locked out.
func TestA17TriesAreFew(t *testing.T) {
	now := time.Date(2026, 5, 1, 8, 0, 0, 0, time.UTC)
	var tr tries
	try := func(account, address string) bool { return tr.begin(account, address, now) == nil }
	for i := range triesMax {
		if !try("ada", "a") {
			t.Fatalf("try %d is refused", i+1)
		}
	}
	if try("ada", "a") {
		t.Error("a sixth try is let through")
	}
	if !try("ada", "b") {
		t.Error("the account is locked for another address")
	}
	tr.succeeded("ada", "b")
	now = now.Add(triesPeriod - time.Second)
	if try("ada", "a") {
		t.Error("a try is let through before the quarter of an hour is over")
	}
	now = now.Add(time.Second)
	if !try("ada", "a") {
		t.Error("a try is refused after the quarter of an hour")
	}
	tr = tries{}
	through := 0
	for i := range 100 { // a spray from one address
		if try(fmt.Sprint("member ", i), "c") {
			through++
		}
	}
	if through != triesAddressMax {
		t.Errorf("%d of a spray of 100 came through", through)
	}
	through = 0
	for i := range 100 { // many addresses at one account
		if try("eve", fmt.Sprint(i)) {
			through++
		}
	}
	if through != triesAccountMax {
		t.Errorf("%d of 100 tries from everywhere came through", through)
	}
	tr = tries{}
	for i := range 3 * triesKept {
		try(fmt.Sprint(i), fmt.Sprint(i))
	}
	if len(tr.failed) > triesKept || len(tr.order) > 4*triesKept {
		t.Errorf("%d counts are kept", len(tr.failed))
	}
}

// A17: signing in is refused past the limit even with the right password, in
// words that do not tell whether there is such an account.
func TestA17SlowDown(t *testing.T) {
	b := newBooks(t, "")
	b.password(b.node, "Ada", phrase)
	for _, name := range []string{"Ada", "Nobody"} {
		for range triesMax {
			if _, err := b.node.SignIn(t.Context(), b.lab, name, "wrong password", "192.0.2.7"); !errors.Is(err, ErrWrongPassword) {
				t.Fatalf("%s: %v", name, err)
			}
		}
		if _, err := b.node.SignIn(t.Context(), b.lab, name, phrase, "192.0.2.7"); !errors.Is(err, ErrSlowDown) {
			t.Errorf("%s: %v", name, err)
		}
	}
	b.signIn(b.node, "Ada") // from elsewhere
}
