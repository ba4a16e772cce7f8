package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"

	"disconode/node"
)

// newLab are the flags of a LAB to be made.
type newLab struct {
	Lab     string `required:"" help:"Name of the LAB, such as Freedom Farms." placeholder:"NAME"`
	Slug    string `required:"" help:"Short name of the LAB in addresses and on the command line, such as freedom-farms." placeholder:"SLUG"`
	Zone    string `required:"" help:"Time zone in which the LAB's days and months begin." placeholder:"America/Chicago"`
	Steward string `required:"" help:"Name of the LAB's first steward." placeholder:"NAME"`
}

// make makes the LAB and says what comes next.
func (l newLab) make(ctx context.Context, n *node.Node, out io.Writer) error {
	lab, err := n.CreateLab(ctx, node.NewLab{Name: l.Lab, Slug: l.Slug, Zone: l.Zone, Steward: l.Steward})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "LAB %s (%s) is made, with %s as its steward.\n", lab.Name, lab.Slug, l.Steward)
	return err
}

// initial makes a node and its first LAB.
type initial struct {
	books
	BaseURL string `name:"base-url" required:"" help:"Address under which the node is reached; its records' names begin with it." placeholder:"https://node.example"`
	newLab
}

// Run makes the first LAB; on books that have one it changes nothing.
func (c initial) Run(ctx context.Context, out io.Writer, log *slog.Logger) error {
	_, known, err := c.open(ctx, "", log) // to open them at another address would move them there
	switch {
	case err == nil:
		defer known.Close()
		if err := c.free(ctx, known); err != nil {
			return err
		}
	case !errors.Is(err, node.ErrNew):
		return err
	}
	ctx, n, err := c.open(ctx, c.BaseURL, log)
	if err != nil {
		return err
	}
	defer n.Close()
	if err := c.free(ctx, n); err != nil {
		return err
	}
	return c.make(ctx, n, out)
}

// free fails where the books have a LAB.
func (initial) free(ctx context.Context, n *node.Node) error {
	labs, err := n.Labs(ctx)
	if err == nil && len(labs) > 0 {
		err = errors.New("these books have a LAB already: use disconode lab add for a further one")
	}
	return err
}

type labs struct {
	Add    labAdd    `cmd:"" help:"Make a further LAB."`
	Policy labPolicy `cmd:"" help:"Say by which rules a LAB keeps its books, and change them."`
}

type labAdd struct {
	books
	newLab
}

// Run makes a LAB on books that exist.
func (c labAdd) Run(ctx context.Context, out io.Writer, log *slog.Logger) error {
	ctx, n, err := c.open(ctx, "", log)
	if err != nil {
		return err
	}
	defer n.Close()
	return c.make(ctx, n, out)
}

// labPolicy are the rules that a LAB can have otherwise; what is left out stays.
type labPolicy struct {
	inLab
	Overdraw      string `enum:"on,off,as-is" default:"as-is" help:"Stocks that are made from now on may fall below zero: on or off." placeholder:"on|off"`
	MembersRecord string `enum:"on,off,as-is" default:"as-is" help:"Members record for the LAB, not for themselves only: on or off." placeholder:"on|off"`
	Ownership     string `enum:"on,off,as-is" default:"as-is" help:"Only who is accountable for a stock gives from it: on or off." placeholder:"on|off"`
	Exclusive     string `enum:"on,off,as-is" default:"as-is" help:"An event names a resource or a specification, never both: on or off." placeholder:"on|off"`
}

// Run changes what was said and prints how the policies stand.
func (c labPolicy) Run(ctx context.Context, out io.Writer, log *slog.Logger) error {
	return c.enter(ctx, log, func(ctx context.Context, n *node.Node, lab *node.Lab) error {
		after, err := n.SetLabPolicy(ctx, lab.ID, func(l *node.Lab) {
			for _, p := range []struct {
				said string
				is   *bool
			}{{c.Overdraw, &l.Overdraw}, {c.MembersRecord, &l.MembersRecord}, {c.Ownership, &l.Ownership}, {c.Exclusive, &l.Exclusive}} {
				if p.said != "as-is" {
					*p.is = p.said == "on"
				}
			}
		})
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(out, "overdraw %s\nmembers-record %s\nownership %s\nexclusive %s\n",
			onOff(after.Overdraw), onOff(after.MembersRecord), onOff(after.Ownership), onOff(after.Exclusive))
		return err
	})
}

func onOff(is bool) string {
	if is {
		return "on"
	}
	return "off"
}
