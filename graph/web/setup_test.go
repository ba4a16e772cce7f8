package web

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"disconode/graph"
	"disconode/node"
	"disconode/node/store/storetest"
	"disconode/valueflows"
)

// unset are new books that nobody has set up, and the path of their link.
func unset(t *testing.T, dsn string) (*books, string) {
	t.Helper()
	n, err := node.Open(context.Background(), node.Options{DataDir: storetest.Dir(t), Database: dsn, BaseURL: booksAddress})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { n.Close() })
	link, err := n.SetupLink(node.AsOperator(t.Context(), valueflows.ID{}))
	if err != nil {
		t.Fatal(err)
	}
	b := &books{t: t, node: n, api: graph.NewServer(n, graph.Options{})}
	b.handler = Handler(n, b.api, Options{})
	return b, link
}

// Somebody opens the link, makes a mistake or two, and is in as the steward.
// SECURITY.md A21: the link is good once, and then there is none any more.
func TestA21SetUpPage(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		b, link := unset(t, dsn)
		s := b.stranger()
		page := s.get(link).good().says("Set up this node", "Name of your group", "Time zone")
		wrong := s.submit(page, map[string]string{"name": "Freedom Farms", "zone": "Jackson", "steward": "", "password": "short"})
		if wrong.status != http.StatusUnprocessableEntity {
			t.Fatalf("status %d", wrong.status)
		}
		wrong.says("A password has at least 10 characters")
		if _, form := wrong.form(""); form.Get("name") != "Freedom Farms" || form.Get("slug") != "freedom-farms" || form.Get("password") != "" {
			t.Errorf("the form begins anew with %v", form)
		}
		done := s.submit(wrong, map[string]string{"zone": "America/Chicago", "steward": "Ada", "password": password})
		s.enters(done).says("Freedom Farms is set up. Welcome, Ada.")
		for _, late := range []guest{s, b.stranger()} {
			if again := late.get(link); again.status != http.StatusNotFound {
				t.Errorf("the link opens a second time: %d", again.status)
			}
			again := late.post(link, url.Values{"name": {"Eve's"}, "zone": {"UTC"}, "steward": {"Eve"}, "password": {password}})
			if again.status != http.StatusNotFound {
				t.Errorf("the link is good a second time: %d", again.status)
			}
		}
		if labs, err := b.node.Labs(t.Context()); err != nil || len(labs) != 1 {
			t.Errorf("%d LABs, %v", len(labs), err)
		}
		in := b.stranger()
		in.enters(in.submit(in.get("/sign-in").good(), map[string]string{"name": "Ada", "password": password}))
	})
}

// Before the set-up there is nobody to sign in; a guessed link is none.
func TestNothingBeforeSetUp(t *testing.T) {
	b, link := unset(t, "")
	s := b.stranger()
	if r := s.get("/"); r.status != http.StatusSeeOther {
		t.Errorf("status %d", r.status)
	}
	if r := s.post("/sign-in", url.Values{"name": {"Ada"}, "password": {password}}); r.status != http.StatusUnprocessableEntity {
		t.Errorf("status %d", r.status)
	}
	for _, guess := range []string{"/setup/x", "/setup/" + strings.Repeat("A", 43), "/setup/" + strings.Repeat("A", 5000), "/join" + strings.TrimPrefix(link, "/setup")} {
		if r := s.get(guess); r.status != http.StatusNotFound {
			t.Errorf("%.60s: status %d", guess, r.status)
		}
	}
}

// Somebody who is invited chooses a password, is in at once, and has the role of
// the membership.
func TestJoinPage(t *testing.T) {
	onEach(t, func(t *testing.T, b *books) {
		operator := node.AsOperator(t.Context(), b.lab)
		if _, err := b.node.AddMember(operator, b.lab, "Marcus", node.Auditor); err != nil {
			t.Fatal(err)
		}
		link, _, err := b.node.Invite(operator, b.lab, "Marcus", "")
		if err != nil {
			t.Fatal(err)
		}
		s := b.stranger()
		page := s.get(link).good().says("Welcome, Marcus", "You sign in to Freedom Farms with your name")
		s.submit(page, map[string]string{"password": "1234567890"}).says("This password is among those that are guessed first")
		if in := s.enters(s.submit(page, map[string]string{"password": password, "role": "steward"})).says("Welcome. Next time"); strings.Contains(in.body, "Log work") {
			t.Error("an auditor is offered to log work")
		}
		if again := s.get(link); again.status != http.StatusNotFound {
			t.Errorf("the link is good a second time: %d", again.status)
		}
	})
}

func TestSlugOf(t *testing.T) {
	for name, want := range map[string]string{"Freedom Farms": "freedom-farms", "  The People's Grocery, Inc. ": "the-people-s-grocery-inc", "農場": "",
		"Über-Hof 7": "ber-hof-7", strings.Repeat("ab ", 40): "ab-ab-ab-ab-ab-ab-ab-ab-ab-ab-ab-ab-ab-ab-ab-ab"} {
		if got := slugOf(name); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}
