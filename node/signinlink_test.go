package node

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"disconode/node/store/storetest"
	"disconode/valueflows"
)

var farm = NewLab{Name: "Freedom Farms", Slug: "farms", Zone: "America/Chicago", Steward: "Ada"}

// fresh are new books without a LAB, by a clock that the test sets.
func fresh(t *testing.T, dsn string, clock *time.Time) *Node {
	return openNode(t, Options{DataDir: storetest.Dir(t), Database: dsn, BaseURL: "https://books.example", Now: func() time.Time { return *clock }})
}

func setupSecret(t *testing.T, n *Node) string {
	t.Helper()
	path, err := n.SetupLink(AsOperator(t.Context(), valueflows.ID{}))
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimPrefix(path, "/setup/")
}

// A21: of many who set the node up at once, one wins; then the link is gone for
// ever, and so is every other one.
func TestA21OneSetsUp(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		clock := time.Date(2026, 5, 1, 8, 0, 0, 0, time.UTC)
		n := fresh(t, dsn, &clock)
		earlier, secret := setupSecret(t, n), setupSecret(t, n)
		if _, err := n.SetUp(t.Context(), secret, NewLab{Name: "", Slug: "farms", Zone: "Nowhere", Steward: "Ada"}, "short"); err == nil || errors.Is(err, ErrLinkOver) {
			t.Fatalf("a mistake is told and uses nothing up: %v", err)
		}
		var won sync.Map
		var all sync.WaitGroup
		for i := range 8 {
			all.Go(func() {
				l := farm
				l.Slug = []string{"farms", "fields"}[i%2]
				with := []string{secret, earlier}[i/4]
				session, err := n.SetUp(t.Context(), with, l, phrase)
				switch {
				case err == nil:
					won.Store(session, l.Slug)
				case !errors.Is(err, ErrLinkOver) && !errors.Is(err, ErrBusy):
					t.Error(err)
				}
			})
		}
		all.Wait()
		winners := 0
		won.Range(func(session, slug any) bool {
			winners++
			p, err := n.Session(t.Context(), session.(string))
			if err != nil || p.Role != Steward {
				t.Errorf("%+v, %v", p, err)
			}
			if _, err := n.LabBySlug(t.Context(), slug.(string)); err != nil {
				t.Error(err)
			}
			return true
		})
		labs, err := n.Labs(t.Context())
		if err != nil || winners != 1 || len(labs) != 1 {
			t.Fatalf("%d winners, %d LABs, %v", winners, len(labs), err)
		}
		for _, link := range []string{secret, earlier, ""} {
			if err := n.CanSetUp(t.Context(), link); !errors.Is(err, ErrLinkOver) {
				t.Errorf("a second use: %v", err)
			}
			if _, err := n.SetUp(t.Context(), link, NewLab{Name: "B", Slug: "b", Zone: "UTC", Steward: "Eve"}, phrase); !errors.Is(err, ErrLinkOver) {
				t.Errorf("a second use: %v", err)
			}
		}
		if _, err := n.SetupLink(AsOperator(t.Context(), valueflows.ID{})); !errors.Is(err, ErrNotFound) {
			t.Errorf("books with a LAB get a link: %v", err)
		}
		if findings, err := n.Verify(AsOperator(t.Context(), valueflows.ID{})); err != nil || len(findings) > 0 {
			t.Errorf("%v, %v", findings, err)
		}
	})
}

// A21: after half an hour the link is over, and a guess is none.
func TestA21SetupLinkEnds(t *testing.T) {
	clock := time.Date(2026, 5, 1, 8, 0, 0, 0, time.UTC)
	n := fresh(t, "", &clock)
	secret := setupSecret(t, n)
	if err := n.CanSetUp(t.Context(), secret[:42]+"A"); secret[42] != 'A' && !errors.Is(err, ErrLinkOver) {
		t.Errorf("a guess: %v", err)
	}
	clock = clock.Add(30*time.Minute - time.Second)
	if err := n.CanSetUp(t.Context(), secret); err != nil {
		t.Errorf("within the half hour: %v", err)
	}
	clock = clock.Add(time.Second)
	if _, err := n.SetUp(t.Context(), secret, farm, phrase); !errors.Is(err, ErrLinkOver) {
		t.Errorf("after the half hour: %v", err)
	}
	if _, err := n.SetUp(t.Context(), setupSecret(t, n), farm, phrase); err != nil {
		t.Errorf("a new link: %v", err)
	}
}

// A20: an invitation is for one person, good once, for seven days, and until
// there is another; it gives the role of the membership and no other.
func TestA20Invitations(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		clock := time.Date(2026, 5, 1, 8, 0, 0, 0, time.UTC)
		n := b.at(&clock)
		b.as("Ben", Member)
		invite := func() string {
			t.Helper()
			path, added, err := n.Invite(b.operator(), b.lab, "Ben", Steward)
			if err != nil || added {
				t.Fatal(added, err)
			}
			return strings.TrimPrefix(path, "/join/")
		}
		old, secret := invite(), invite()
		if _, _, err := n.Invited(t.Context(), old); !errors.Is(err, ErrLinkOver) {
			t.Errorf("an invitation outlives the next: %v", err)
		}
		if person, lab, err := n.Invited(t.Context(), secret); person != "Ben" || lab != "Freedom Farms" || err != nil {
			t.Errorf("%s of %s, %v", person, lab, err)
		}
		if err := n.CanSetUp(t.Context(), secret); !errors.Is(err, ErrLinkOver) {
			t.Errorf("an invitation sets a node up: %v", err)
		}
		if _, err := n.Join(t.Context(), secret, "short"); err == nil || errors.Is(err, ErrLinkOver) {
			t.Errorf("a mistake is told and uses nothing up: %v", err)
		}
		session, err := n.Join(t.Context(), secret, phrase)
		if err != nil {
			t.Fatal(err)
		}
		if p, err := n.Session(t.Context(), session); err != nil || p.Role != Member || p.Lab != b.lab {
			t.Errorf("%+v, %v", p, err)
		}
		if _, err := n.Join(t.Context(), secret, "another good phrase"); !errors.Is(err, ErrLinkOver) {
			t.Errorf("a second use: %v", err)
		}
		b.signIn(n, "Ben")
		late := invite()
		clock = clock.Add(7 * 24 * time.Hour)
		if _, err := n.Join(t.Context(), late, phrase); !errors.Is(err, ErrLinkOver) {
			t.Errorf("after seven days: %v", err)
		}
		if _, _, err := n.Invite(b.operator(), b.lab, "Nobody", ""); err == nil {
			t.Error("nobody is invited")
		}
		path, added, err := n.Invite(b.operator(), b.lab, "Cleo", Auditor)
		if err != nil || !added {
			t.Fatal(added, err)
		}
		if session, err = n.Join(t.Context(), strings.TrimPrefix(path, "/join/"), phrase); err != nil {
			t.Fatal(err)
		}
		if p, err := n.Session(t.Context(), session); err != nil || p.Role != Auditor {
			t.Errorf("%+v, %v", p, err)
		}
	})
}
