package node

import (
	"errors"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// A18: two hundred at once wait for their turn, or are told to come again; never
// more than one for each processor hashes.
func TestA18HashingIsBounded(t *testing.T) {
	var at, most, done, busy atomic.Int64
	var all sync.WaitGroup
	release := make(chan struct{})
	for range 200 {
		all.Go(func() {
			switch err := inTurn(t.Context(), func() {
				now := at.Add(1)
				for old := most.Load(); now > old && !most.CompareAndSwap(old, now); old = most.Load() {
				}
				<-release
				at.Add(-1)
			}); {
			case err == nil:
				done.Add(1)
			case errors.Is(err, ErrBusy):
				busy.Add(1)
			default:
				t.Error(err)
			}
		})
	}
	for want := int64(200 - cap(hashWaiting)); busy.Load() < want; {
		runtime.Gosched()
	}
	close(release)
	all.Wait()
	if most.Load() > int64(runtime.NumCPU()) || done.Load()+busy.Load() != 200 || done.Load() == 0 {
		t.Errorf("%d at once, %d done, %d told to wait", most.Load(), done.Load(), busy.Load())
	}
}

// What is guessed first is refused, with what to do instead.
func TestWeakPasswords(t *testing.T) {
	tests := []struct {
		password string
		fine     bool
	}{
		{"", false},
		{"too short", false},
		{"1234567890", false},
		{"QwertyUiop", false},
		{"aaaaaaaaaaaaaaaa", false},
		{"abcabcabcabc", false},
		{"9876543210", false},
		{"abcdefghijklm", false},
		{"Freedom Farms", false},
		{"Freedom Farms 2026!", false},
		{"Ada Lovelace", false},
		{"Ada Lovelace1!", false},
		{"password1234", false},
		{"text with \x00 in it", false},
		{"\xff\xfe\xfd not UTF-8", false},
		{strings.Repeat("long ", 50), false},
		{phrase, true},
		{"zwölf Boxkämpfer jagen", true},
		{"каждый охотник", true},
	}
	for _, test := range tests {
		err := checkPassword(test.password, "Ada Lovelace", "Freedom Farms", "farms")
		if (err == nil) != test.fine {
			t.Errorf("%.30q: %v", test.password, err)
		}
		if err != nil && strings.Contains(err.Error(), test.password) && test.password != "" {
			t.Errorf("the error repeats the password: %v", err)
		}
	}
	for common := range commonPasswords {
		if checkPassword(common) == nil {
			t.Errorf("%s is let through", common)
		}
	}
	if len(commonPasswords) < 200 {
		t.Errorf("only %d common passwords are known", len(commonPasswords))
	}
}

// A hash that somebody has tampered with costs nothing and opens nothing.
func TestStrangeHashes(t *testing.T) {
	for _, hash := range []string{"", "x", "$argon2i$v=19$m=19456,t=2,p=1$AAAA$AAAA", "$argon2id$v=16$m=19456,t=2,p=1$AAAA$AAAA",
		"$argon2id$v=19$m=4000000000,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "$argon2id$v=19$m=19456,t=0,p=1$AAAA$AAAA",
		"$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$", "$argon2id$v=19$m=19456,t=2,p=1$!$AAAA"} {
		if right, err := holds(t.Context(), hash, ""); right || err == nil {
			t.Errorf("%.40s: %v, %v", hash, right, err)
		}
	}
}
