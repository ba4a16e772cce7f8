package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"

	"disconode/node"
)

// inLab names the LAB that a command works in.
type inLab struct {
	books
	Lab string `required:"" help:"Slug of the LAB." placeholder:"SLUG"`
}

// enter opens the books and has do work in the LAB.
func (l inLab) enter(ctx context.Context, log *slog.Logger, do func(context.Context, *node.Node, *node.Lab) error) error {
	ctx, n, err := l.open(ctx, "", log)
	if err != nil {
		return err
	}
	defer n.Close()
	lab, err := l.find(ctx, n)
	if err != nil {
		return err
	}
	return do(ctx, n, lab)
}

// find returns the LAB.
func (l inLab) find(ctx context.Context, n *node.Node) (*node.Lab, error) {
	lab, err := n.LabBySlug(ctx, l.Lab)
	if errors.Is(err, node.ErrNotFound) {
		return nil, fmt.Errorf("there is no LAB with the slug %q here", l.Lab)
	}
	return lab, err
}

// user is a person of a LAB, in a role there.
type user struct {
	User string `required:"" help:"Name of the person." placeholder:"NAME"`
	Role string `required:"" enum:"steward,bookkeeper,member,auditor" help:"Role in the LAB: ${enum}." placeholder:"ROLE"`
}

type members struct {
	Add memberAdd `cmd:"" help:"Make somebody a member of a LAB."`
}

type memberAdd struct {
	inLab
	user
}

// Run adds a member and prints the id of the agent that the person is.
func (c memberAdd) Run(ctx context.Context, out io.Writer, log *slog.Logger) error {
	return c.enter(ctx, log, func(ctx context.Context, n *node.Node, lab *node.Lab) error {
		agent, err := n.AddMember(ctx, lab.ID, c.User, node.Role(c.Role))
		if err != nil {
			return err
		}
		_, err = fmt.Fprintln(out, agent)
		return err
	})
}
