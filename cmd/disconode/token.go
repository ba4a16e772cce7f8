package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"

	"disconode/node"
)

type tokens struct {
	Create tokenCreate `cmd:"" help:"Make a token for one person in one LAB, with one role."`
}

type tokenCreate struct {
	inLab
	user
}

// Run prints the token alone: it is shown this once, and kept only as a hash.
func (c tokenCreate) Run(ctx context.Context, out io.Writer, log *slog.Logger) error {
	return c.enter(ctx, log, func(ctx context.Context, n *node.Node, lab *node.Lab) error {
		token, added, err := n.CreateToken(ctx, lab.ID, c.User, node.Role(c.Role))
		if err != nil {
			return err
		}
		if added {
			log.Info("was not a member yet, and is one now", "user", c.User, "lab", c.Lab, "role", c.Role)
		}
		_, err = fmt.Fprintln(out, token)
		return err
	})
}
