package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"disconode/node"
	"disconode/valueflows"
)

// town is one of the demo's nodes: its LAB, the LAB's people, and their story.
type town struct {
	name, slug, zone    string
	steward, bookkeeper string
	members             []string
	named               []string // who let sister groups know their names
	tell                func(*story)

	serve     serve
	node      *node.Node
	lab       valueflows.ID
	stewardID valueflows.ID
	token     string // the steward's
	passwords []signIn
	url       string
}

// open opens the town's books and settles it.
func (t *town) open(ctx context.Context, log *slog.Logger) error {
	operator, n, err := t.serve.open(ctx, "http://"+t.serve.Listen, log)
	if err != nil {
		return err
	}
	t.node = n
	if err := n.Hold(); err != nil { // a demo that runs on these books keeps its passwords
		return err
	}
	return t.settle(operator)
}

// close closes the town's books, where they were opened.
func (t *town) close() {
	if t.node != nil {
		t.node.Close()
	}
}

// signIn is how somebody signs in.
type signIn struct{ name, role, password string }

// settle makes the town's LAB and its story, as far as they are missing, and new
// passwords and a new token, which are shown this once.
func (t *town) settle(operator context.Context) error {
	lab, err := t.node.LabBySlug(operator, t.slug)
	if errors.Is(err, node.ErrNotFound) {
		lab, err = t.node.CreateLab(operator, node.NewLab{Name: t.name, Slug: t.slug, Zone: t.zone, Steward: t.steward})
	}
	if err != nil {
		return err
	}
	t.lab = lab.ID
	people, err := t.people(operator)
	if err != nil {
		return err
	}
	t.stewardID = people[t.steward]
	admitted := make(chan error, 1) // a password takes its time, and stands in no journal
	go func() { admitted <- t.admit(operator) }()
	return errors.Join(t.told(operator, people), <-admitted)
}

// told writes the town's story, and who lets their name be known.
func (t *town) told(operator context.Context, people map[string]valueflows.ID) error {
	zone, err := time.LoadLocation(t.zone)
	if err != nil {
		return err
	}
	s := &story{node: t.node, ctx: t.as(operator, people[t.bookkeeper], node.Bookkeeper), zone: zone, people: people}
	t.tell(s)
	if errors.Is(s.err, node.ErrConflict) {
		return fmt.Errorf("the books of %s in %s were written by another version: remove them to begin anew, or choose another place with --data (%w)", t.name, t.serve.Data, s.err)
	}
	if s.err != nil {
		return fmt.Errorf("the story of %s: %w", t.name, s.err)
	}
	return t.consent(operator, people)
}

// consent has some people say that sister groups may know their names.
func (t *town) consent(operator context.Context, people map[string]valueflows.ID) error {
	for _, name := range t.named {
		own := t.as(operator, people[name], node.Member)
		known, err := t.node.SharesName(own, people[name])
		if err == nil && !known {
			err = t.node.ShareName(own, people[name], true)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// admit lets the steward and a member in.
func (t *town) admit(operator context.Context) (err error) {
	t.passwords = []signIn{{t.steward, "steward", password()}, {t.members[0], "member", password()}}
	for _, who := range t.passwords {
		if err := t.node.SetPassword(operator, t.lab, who.name, who.password); err != nil {
			return err
		}
	}
	t.token, _, err = t.node.CreateToken(operator, t.lab, t.steward, node.Steward)
	return err
}

// password is a random one of 60 bits, in groups that can be typed.
func password() string {
	text := strings.ToLower(rand.Text())
	return text[:4] + "-" + text[4:8] + "-" + text[8:12]
}

// as is somebody of the town acting in its books.
func (t *town) as(ctx context.Context, who valueflows.ID, role node.Role) context.Context {
	return node.WithPrincipal(ctx, node.Principal{User: who, Lab: t.lab, Role: role})
}

// actor is the LAB's name between nodes.
func (t *town) actor() string { return t.node.BaseURL() + "/labs/" + t.slug }

// people are the LAB's people by name, of whom the missing are added.
func (t *town) people(operator context.Context) (map[string]valueflows.ID, error) {
	ctx := node.AsOperator(operator, t.lab)
	page, err := node.List[valueflows.Agent](ctx, t.node, node.Filter{Kind: []valueflows.Class{valueflows.ClassPerson}}, node.Page{First: 100})
	if err != nil {
		return nil, err
	}
	people := map[string]valueflows.ID{}
	for _, person := range page.Nodes {
		people[person.Name] = person.ID
	}
	add := func(name string, role node.Role) {
		if err == nil && people[name].IsZero() {
			people[name], err = t.node.AddMember(operator, t.lab, name, role)
		}
	}
	add(t.bookkeeper, node.Bookkeeper)
	for _, name := range t.members {
		add(name, node.Member)
	}
	return people, err
}

const (
	knockEvery   = 100 * time.Millisecond
	knockTimeout = time.Minute
)

// follow has the town's steward ask a sister LAB for what it shares, and the
// steward there approve. Both may have happened at an earlier start.
func (t *town) follow(ctx context.Context, sister *town) error {
	mine, hers := t.as(ctx, t.stewardID, node.Steward), sister.as(ctx, sister.stewardID, node.Steward)
	if state, err := sister.knocked(hers, t.actor()); err != nil || state == node.Rejected {
		return err // what somebody decided on the page stays
	}
	if _, err := t.node.FollowPeer(mine, sister.actor()); err != nil {
		return err
	}
	late := time.After(knockTimeout)
	tick := time.NewTicker(knockEvery)
	defer tick.Stop()
	for {
		state, err := sister.knocked(hers, t.actor())
		switch {
		case err != nil || state == node.Approved:
			return err
		case state == node.Requested:
			_, err := sister.node.ApprovePeer(hers, t.actor(), node.AudienceAll)
			return err
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return nil // the demo ends
		case <-late:
			return fmt.Errorf("%s did not hear within %s that %s wants to follow it", sister.name, knockTimeout, t.name)
		}
	}
}

// knocked is how far an actor's request to the town has come.
func (t *town) knocked(steward context.Context, actor string) (node.PeerState, error) {
	peers, err := t.node.Peers(steward)
	for _, p := range peers {
		if p.IRI == actor {
			return p.Follower, nil
		}
	}
	return "", err
}
