package node

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"disconode/node/store"
	"disconode/valueflows"
)

// Lab is a group that keeps books here.
type Lab struct {
	ID            valueflows.ID // its Organization
	Slug          string
	Name          string
	Zone          string // IANA name of its time zone
	Overdraw      bool   // policy: its stocks may fall below zero
	MembersRecord bool   // policy: its members record for the LAB
	Ownership     bool   // policy: only who is accountable gives from a stock, or has it given to
	Exclusive     bool   // policy: an event names a resource or a specification, not both
}

// NewLab is what a LAB is made of.
type NewLab struct {
	Name    string
	Slug    string // in addresses: lower-case letters, digits and hyphens
	Zone    string // IANA name, such as America/Chicago
	Steward string // the name of its first steward
}

var slugs = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,46}[a-z0-9])?$`)

// nameMax is the longest name, in characters.
const nameMax = 200

func checkName(field, name string) error {
	if !utf8.ValidString(name) || strings.ContainsRune(name, 0) {
		return valueflows.At(valueflows.Invalid("INVALID_TEXT", "a name is text in UTF-8, without the character U+0000"), field)
	}
	if strings.TrimSpace(name) == "" {
		return valueflows.At(valueflows.Invalid("REQUIRED", "give a name"), field)
	}
	if len([]rune(name)) > nameMax {
		return valueflows.At(valueflows.Invalid("TOO_LARGE", "a name has at most %d characters", nameMax), field)
	}
	return nil
}

// CreateLab makes a LAB with its first steward. For the command line.
func (n *Node) CreateLab(ctx context.Context, l NewLab) (*Lab, error) {
	if PrincipalOf(ctx).Role != Operator {
		return nil, ErrForbidden
	}
	if err := l.check(); err != nil {
		return nil, err
	}
	made, steward := n.newLab(l), n.newID()
	err := n.write(ctx, func(s *session) error {
		if known, err := s.tx.LabBySlug(l.Slug); !errors.Is(err, store.ErrNotFound) {
			if err != nil || known.ID == made.ID { // done already, before a lost connection
				return err
			}
			return valueflows.At(valueflows.Invalid("EXISTS", "there is a LAB with the slug %q already", l.Slug), "slug")
		}
		return s.addLab(made, steward, l.Steward)
	})
	if err != nil {
		return nil, err
	}
	return made, nil
}

// check fails at what a LAB cannot be made of.
func (l NewLab) check() error {
	if !slugs.MatchString(l.Slug) {
		return valueflows.At(valueflows.Invalid("INVALID_SLUG", "a slug has lower-case letters, digits and hyphens, at most 48"), "slug")
	}
	if err := errors.Join(checkName("name", l.Name), checkName("steward", l.Steward)); err != nil {
		return err
	}
	_, err := zoneOf(l.Zone)
	return err
}

func (n *Node) newLab(l NewLab) *Lab {
	return &Lab{ID: n.newID(), Slug: l.Slug, Name: l.Name, Zone: l.Zone, MembersRecord: true, Ownership: true, Exclusive: true}
}

// addLab makes a LAB and its first steward.
func (s *session) addLab(l *Lab, steward valueflows.ID, name string) error {
	agent := &valueflows.Agent{Record: valueflows.Record{ID: l.ID}, Kind: valueflows.ClassOrganization, Name: l.Name}
	if err := s.append(agent.Kind, store.Create, agent); err != nil {
		return err
	}
	if err := s.appendLab(store.Create, &store.Lab{ID: l.ID, Slug: l.Slug, Zone: l.Zone, MembersRecord: l.MembersRecord, Ownership: l.Ownership, Exclusive: l.Exclusive}); err != nil {
		return err
	}
	return s.addMember(l.ID, steward, name, Steward)
}

// labBody and membershipBody are what the journal says of a LAB and of a
// membership. Their keys are in the order that RFC 8785 demands.
type labBody struct {
	Exclusive     *bool  `json:"exclusive,omitempty"` // not in what earlier versions wrote: true
	ID            string `json:"id"`
	MembersRecord bool   `json:"membersRecord"`
	Overdraw      bool   `json:"overdraw"`
	Ownership     *bool  `json:"ownership,omitempty"` // as exclusive
	Slug          string `json:"slug"`
	Type          string `json:"type"`
	Zone          string `json:"zone"`
}

func (s *session) appendLab(op store.Operation, l *store.Lab) error {
	body, err := canonical(labBody{&l.Exclusive, l.ID.String(), l.MembersRecord, l.Overdraw, &l.Ownership, l.Slug, string(classLab), l.Zone})
	if err != nil {
		return err
	}
	return s.projectLab(s.entry(classLab, op, l.ID, l.ID, body))
}

func (s *session) projectLab(e *store.Entry) error {
	var b labBody
	if err := json.Unmarshal(e.Body, &b); err != nil {
		return err
	}
	s.touch()
	l := &store.Lab{ID: e.Record, Slug: b.Slug, Zone: b.Zone, Overdraw: b.Overdraw, MembersRecord: b.MembersRecord,
		Ownership: b.Ownership == nil || *b.Ownership, Exclusive: b.Exclusive == nil || *b.Exclusive, Position: e.Position, Revision: e.ID}
	if e.Operation == store.Update {
		before, err := s.tx.Lab(l.ID)
		if err != nil {
			return err
		}
		l.Position = before.Position
	}
	s.tx.PutLab(l)
	return nil
}

// LabBySlug returns a LAB. It fails with [ErrNotFound]. For the command line.
func (n *Node) LabBySlug(ctx context.Context, slug string) (*Lab, error) {
	l, err := n.labBySlug(ctx, slug)
	if err != nil {
		return nil, err
	}
	lab := labRow(l)
	agent, err := n.agentsSeen(ctx, Principal{Role: Operator}, []valueflows.ID{l.ID})
	if err != nil {
		return nil, outward(err)
	}
	if a := agent[l.ID]; a != nil {
		lab.Name = a.Name
	}
	return &lab, nil
}

// Labs are the LABs of this node, oldest first. For the command line.
func (n *Node) Labs(ctx context.Context) ([]*store.Lab, error) {
	n.cache.mu.RLock()
	kept, generation := n.cache.labs, n.cache.generation
	n.cache.mu.RUnlock()
	if kept != nil {
		return kept, nil
	}
	all, err := n.store.Labs(ctx)
	if err != nil {
		return nil, outward(err)
	}
	n.cache.mu.Lock()
	defer n.cache.mu.Unlock()
	if n.cache.generation == generation && all != nil {
		n.cache.labs = all
	}
	return all, nil
}

func (n *Node) labBySlug(ctx context.Context, slug string) (*store.Lab, error) {
	all, err := n.Labs(ctx)
	if err != nil {
		return nil, err
	}
	for _, l := range all {
		if l.Slug == slug {
			return l, nil
		}
	}
	return nil, ErrNotFound
}

// labOf is the LAB whose Organization an agent is, or nil.
func (n *Node) labOf(agent valueflows.ID) *store.Lab {
	all, err := n.Labs(context.Background())
	if err != nil {
		return nil
	}
	for _, l := range all {
		if l.ID == agent {
			return l
		}
	}
	return nil
}

var errNoLab = fmt.Errorf("%w: it acts in no LAB's books", ErrForbidden)
