package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"

	"disconode/node"
)

type verify struct{ books }

// Run prints each thing that is not as it must be, and fails when there is one.
func (c verify) Run(ctx context.Context, out io.Writer, log *slog.Logger) error {
	return c.report(ctx, out, log, (*node.Node).Verify, "the books are as they must be")
}

type rebuild struct{ books }

// Run prints each difference between the tables and what the journal says, and
// fails when there was one; the tables are then as the journal says.
func (c rebuild) Run(ctx context.Context, out io.Writer, log *slog.Logger) error {
	return c.report(ctx, out, log, func(n *node.Node, ctx context.Context) ([]string, error) {
		if err := n.Hold(); err != nil { // nobody may read tables that are being emptied
			return nil, err
		}
		return n.Rebuild(ctx)
	}, "every table is as the journal says")
}

// report prints what a check finds, or the sentence that all is well.
func (b books) report(ctx context.Context, out io.Writer, log *slog.Logger, check func(*node.Node, context.Context) ([]string, error), well string) error {
	ctx, n, err := b.open(ctx, "", log)
	if err != nil {
		return err
	}
	defer n.Close()
	findings, err := check(n, ctx)
	if err != nil {
		return err
	}
	for _, finding := range findings {
		fmt.Fprintln(out, finding)
	}
	if len(findings) > 0 {
		return fmt.Errorf("%d findings", len(findings))
	}
	_, err = fmt.Fprintln(out, well)
	return err
}
