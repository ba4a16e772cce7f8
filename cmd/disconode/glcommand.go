package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"time"

	"disconode/node"
	"disconode/valueflows"
)

// generalLedger writes the general ledger of a LAB, or of other agents of its books.
type generalLedger struct {
	inLab
	Agent []string `help:"Id or IRI of an agent whose ledger it is; may be given several times. Left out, it is the LAB's own." placeholder:"ID"`
	From  string   `help:"The first day, such as 2026-01-01, in the LAB's time zone." placeholder:"DATE"`
	To    string   `help:"The day before which it ends, such as 2027-01-01." placeholder:"DATE"`
	Out   string   `help:"File to write; - for standard output." default:"-" placeholder:"FILE"`
}

// Run writes the ledger as CSV: every event in debit and credit. It tells what
// people were paid, so nobody else on the machine reads the file.
func (c generalLedger) Run(ctx context.Context, out io.Writer, log *slog.Logger) error {
	return c.enter(ctx, log, func(ctx context.Context, n *node.Node, lab *node.Lab) error {
		ctx = node.AsOperator(ctx, lab.ID)
		var agents []valueflows.ID
		for _, text := range c.Agent {
			id, err := n.Ref(ctx, text)
			if err != nil {
				return fmt.Errorf("--agent: %w", err)
			}
			agents = append(agents, id)
		}
		from, err := dayBegins("--from", c.From, n.Zone(ctx))
		if err != nil {
			return err
		}
		to, err := dayBegins("--to", c.To, n.Zone(ctx))
		if err != nil {
			return err
		}
		if c.Out == "-" {
			return n.GeneralLedger(ctx, agents, from, to, out)
		}
		err = wholeFile(c.Out, func(file io.Writer) error { return n.GeneralLedger(ctx, agents, from, to, file) })
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(out, "The general ledger of %s is in %s.\n", lab.Name, c.Out)
		return err
	})
}

// dayBegins is when the day that a flag names begins in a zone; nil where it
// names none.
func dayBegins(flag, day string, zone *time.Location) (*valueflows.Instant, error) {
	if day == "" {
		return nil, nil
	}
	t, err := time.ParseInLocation(time.DateOnly, day, zone)
	if err != nil {
		return nil, fmt.Errorf("%s: %q is not a day such as 2026-01-31", flag, day)
	}
	at := valueflows.InstantOf(t)
	return &at, nil
}
