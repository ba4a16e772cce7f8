package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"

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
	Add      memberAdd      `cmd:"" help:"Make somebody a member of a LAB."`
	Invite   memberInvite   `cmd:"" help:"Print a link with which a member, new or known, chooses a password. It is good once, for 7 days."`
	Password memberPassword `cmd:"" help:"Set a member's password, and sign that member out everywhere."`
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

type memberInvite struct {
	inLab
	User string `required:"" help:"Name of the person." placeholder:"NAME"`
	Role string `enum:"steward,bookkeeper,member,auditor" default:"member" help:"Role of somebody who is no member yet: ${enum}. A member's role stays as it is." placeholder:"ROLE"`
}

// Run prints the link alone: it is shown this once, and kept only as a hash.
func (c memberInvite) Run(ctx context.Context, out io.Writer, log *slog.Logger) error {
	return c.enter(ctx, log, func(ctx context.Context, n *node.Node, lab *node.Lab) error {
		path, added, err := n.Invite(ctx, lab.ID, c.User, node.Role(c.Role))
		if err != nil {
			return err
		}
		if added {
			log.Info("was not a member yet, and is one now", "user", c.User, "lab", c.Lab, "role", c.Role)
		}
		_, err = fmt.Fprintln(out, n.BaseURL()+path)
		return err
	})
}

type memberPassword struct {
	inLab
	User string `required:"" help:"Name of the member." placeholder:"NAME"`
	From string `help:"File whose first line is the password; - for standard input." default:"-" placeholder:"FILE"`
}

// passwordBytesMax is how much is read of what holds a password.
const passwordBytesMax = 4 << 10

// Run sets the password. It is read, never an argument: those are seen by whoever
// lists the machine's processes, and stay in the history of the shell.
func (c memberPassword) Run(ctx context.Context, out io.Writer, log *slog.Logger) error {
	in := io.Reader(os.Stdin)
	if c.From != "-" {
		file, err := os.Open(c.From)
		if err != nil {
			return fmt.Errorf("read the password: %w", err)
		}
		defer file.Close()
		in = file
	}
	line, err := bufio.NewReader(io.LimitReader(in, passwordBytesMax)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("read the password: %w", err)
	}
	return c.enter(ctx, log, func(ctx context.Context, n *node.Node, lab *node.Lab) error {
		if err := n.SetPassword(ctx, lab.ID, c.User, strings.TrimRight(line, "\r\n")); err != nil {
			return err
		}
		_, err := fmt.Fprintf(out, "%s signs in to %s with this password now.\n", c.User, lab.Name)
		return err
	})
}
