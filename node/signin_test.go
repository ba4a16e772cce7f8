package node

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"disconode/valueflows"
)

const phrase = "seven green tractors hum"

// at opens the same books by a clock that the test sets.
func (b *books) at(clock *time.Time) *Node {
	return openNode(b.t, Options{DataDir: b.dir, Database: b.dsn, Now: func() time.Time { return *clock }})
}

func (b *books) operator() context.Context { return AsOperator(b.t.Context(), b.lab) }

func (b *books) password(n *Node, name, password string) {
	b.t.Helper()
	if err := n.SetPassword(b.operator(), b.lab, name, password); err != nil {
		b.t.Fatal(err)
	}
}

func (b *books) signIn(n *Node, name string) string {
	b.t.Helper()
	secret, err := n.SignIn(b.t.Context(), b.lab, name, phrase, "192.0.2.1")
	if err != nil {
		b.t.Fatal(err)
	}
	return secret
}

// alive tells whether a session still is one.
func (b *books) alive(n *Node, secret string) bool {
	b.t.Helper()
	_, err := n.Session(b.t.Context(), secret)
	if err != nil && !errors.Is(err, ErrUnauthenticated) {
		b.t.Fatal(err)
	}
	return err == nil
}

// Somebody signs in by LAB, name and password, and has the role of the
// membership; who is not known and who is mistaken are told the same.
func TestSignIn(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		b.as("Ben", Member) // a member without a password
		b.password(b.node, "Ada", phrase)
		p, err := b.node.Session(t.Context(), b.signIn(b.node, " Ada "))
		if err != nil || p.Role != Steward || p.Lab != b.lab || p.User != PrincipalOf(b.ctx).User {
			t.Fatalf("%+v, %v", p, err)
		}
		for _, try := range []struct {
			lab            valueflows.ID
			name, password string
		}{
			{b.lab, "Ada", "seven green tractors"},
			{b.lab, "Ada", ""},
			{b.lab, "Cleo", phrase},
			{b.lab, "Ben", phrase},
			{b.lab, "", phrase},
			{valueflows.ID{}, "Ada", phrase},
			{b.lab, strings.Repeat("A", 100_000), phrase},
			{b.lab, "Ada", strings.Repeat("a", 100_000)},
		} {
			if secret, err := b.node.SignIn(t.Context(), try.lab, try.name, try.password, fmt.Sprint(try)); secret != "" || !errors.Is(err, ErrWrongPassword) {
				t.Errorf("%.40v: %v", try, err)
			}
		}
		for _, none := range []string{"", "x", strings.Repeat("x", 1000)} {
			if b.alive(b.node, none) {
				t.Errorf("%.10q is a session", none)
			}
		}
	})
}

// A13: a session ends after two days without use, and after fourteen in any case.
func TestA13SessionsEnd(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		clock := time.Date(2026, 5, 1, 8, 0, 0, 0, time.UTC)
		n := b.at(&clock)
		b.password(n, "Ada", phrase)
		idle, used := b.signIn(n, "Ada"), b.signIn(n, "Ada")
		for hours := 0; hours < 14*24; hours += 47 {
			clock = time.Date(2026, 5, 1, 8+hours, 0, 0, 0, time.UTC)
			if !b.alive(n, used) {
				t.Fatalf("it ended after %d hours of use", hours)
			}
			if hours >= 48 && b.alive(n, idle) {
				t.Fatalf("it lives %d hours after its last use", hours)
			}
		}
		clock = time.Date(2026, 5, 15, 8, 0, 0, 0, time.UTC)
		if b.alive(n, used) {
			t.Error("it lives after fourteen days")
		}
	})
}

// A11, A12: what a browser holds is new at each sign-in, and is worth nothing
// after signing out, after another password, with another role, and when the
// person is forgotten; in every process at once.
func TestA12SessionsDie(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		clock := time.Now()
		other := b.at(&clock)
		b.password(b.node, "Ada", phrase)
		first, second := b.signIn(b.node, "Ada"), b.signIn(b.node, "Ada")
		if first == second || len(first) != 43 {
			t.Fatalf("%s, %s: 256 bits, and others each time", first, second)
		}
		if err := b.node.SignOut(t.Context(), first); err != nil {
			t.Fatal(err)
		}
		if b.alive(b.node, first) || b.alive(other, first) || !b.alive(other, second) {
			t.Error("signing out ends one session, everywhere")
		}
		b.password(b.node, "Ada", phrase+" again")
		if b.alive(b.node, second) || b.alive(other, second) {
			t.Error("another password leaves a session alive")
		}
		b.password(b.node, "Ada", phrase)
		third := b.signIn(b.node, "Ada")
		user := PrincipalOf(b.ctx).User
		if err := b.node.write(b.operator(), func(s *session) error {
			m, err := s.tx.Membership(b.lab, user)
			if err != nil {
				return err
			}
			m.Role = string(Member)
			s.tx.PutMembership(m)
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if b.alive(b.node, third) {
			t.Error("a session outlives the role it began with")
		}
		fourth := b.signIn(b.node, "Ada")
		if p, err := b.node.Session(t.Context(), fourth); err != nil || p.Role != Member {
			t.Errorf("%+v, %v", p, err)
		}
		if err := b.node.write(b.operator(), func(s *session) error { return s.tx.EraseIdentity(user) }); err != nil {
			t.Fatal(err)
		}
		if b.alive(b.node, fourth) {
			t.Error("somebody who was forgotten is signed in")
		}
	})
}

// A15, A14: in the books there is no password, no session and no link, only what
// they hash to.
func TestA15OnlyHashes(t *testing.T) {
	b := newBooks(t, "")
	var log bytes.Buffer
	b.password(b.node, "Ada", phrase)
	session := b.signIn(b.node, "Ada")
	b.as("Ben", Member)
	link, _, err := b.node.Invite(b.operator(), b.lab, "Ben", "")
	if err != nil {
		t.Fatal(err)
	}
	if err := b.node.Close(); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(b.dir, "*"))
	if err != nil || len(files) == 0 {
		t.Fatal(err, files)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		log.Write(text)
	}
	for what, secret := range map[string]string{"password": phrase, "session": session, "link": strings.TrimPrefix(link, "/join/")} {
		if bytes.Contains(log.Bytes(), []byte(secret)) {
			t.Errorf("the %s is in the books", what)
		}
	}
	if !bytes.Contains(log.Bytes(), []byte("$argon2id$v=19$m=19456,t=2,p=1$")) {
		t.Error("there is no Argon2id hash in the books: the test looks at the wrong files")
	}
}

// A16: whether there is such a member, and whether the member has a password,
// cannot be told by the time: each try costs one hash of the same cost.
func TestA16EachTryCostsTheSame(t *testing.T) {
	b := newBooks(t, "")
	b.as("Ben", Member)
	b.password(b.node, "Ada", phrase)
	for _, name := range []string{"Ada", "Ben", "Nobody"} {
		before := hashed.Load()
		if _, err := b.node.SignIn(t.Context(), b.lab, name, "no such password", "192.0.2.9"); !errors.Is(err, ErrWrongPassword) {
			t.Errorf("%s: %v", name, err)
		}
		if cost := hashed.Load() - before; cost != 1 {
			t.Errorf("%s: %d hashes", name, cost)
		}
	}
	real, err := hashPassword(t.Context(), phrase)
	if err != nil {
		t.Fatal(err)
	}
	cost := func(hash string) string { return hash[:strings.LastIndex(hash[:len(hash)-44], "$")] }
	if cost(real) != cost(nobodysHash) || len(real) != len(nobodysHash) {
		t.Errorf("%s is not as costly as %s", nobodysHash, real)
	}
}

// Only the operator hands out passwords and links.
func TestA20OnlyTheOperatorInvites(t *testing.T) {
	b := newBooks(t, "")
	if err := b.node.SetPassword(b.ctx, b.lab, "Ada", phrase); !errors.Is(err, ErrForbidden) {
		t.Error(err)
	}
	if _, _, err := b.node.Invite(b.ctx, b.lab, "Ada", ""); !errors.Is(err, ErrForbidden) {
		t.Error(err)
	}
	if _, err := b.node.SetupLink(b.ctx); !errors.Is(err, ErrForbidden) {
		t.Error(err)
	}
}
