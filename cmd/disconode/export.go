package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"strings"

	"disconode/node"
)

type exports struct {
	books
	Lab string `help:"Slug of the LAB; may be left out where there is one." placeholder:"SLUG"`
	To  string `help:"File to write; - for standard output." default:"-" placeholder:"FILE"`
}

// Run writes a LAB's books as they are at one moment. A file appears under its
// name when it is whole, and nobody else on the machine reads it: it tells who people are.
func (c exports) Run(ctx context.Context, out io.Writer, log *slog.Logger) error {
	ctx, n, err := c.open(ctx, "", log)
	if err != nil {
		return err
	}
	defer n.Close()
	lab, err := c.whose(ctx, n)
	if err != nil {
		return err
	}
	if c.To == "-" {
		_, err = n.Export(ctx, lab.ID, out)
		return err
	}
	var lines int64
	if err := wholeFile(c.To, func(file io.Writer) (err error) {
		lines, err = n.Export(ctx, lab.ID, file)
		return err
	}); err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "The books of %s are in %s: %d lines.\n", lab.Name, c.To, lines)
	return err
}

// whose is the LAB whose books are meant. The books of several LABs do not mix
// in one file.
func (c exports) whose(ctx context.Context, n *node.Node) (*node.Lab, error) {
	if c.Lab != "" {
		return inLab{c.books, c.Lab}.find(ctx, n)
	}
	labs, err := n.Labs(ctx)
	if err != nil {
		return nil, err
	}
	if len(labs) == 1 {
		return n.LabBySlug(ctx, labs[0].Slug)
	}
	var slugs []string
	for _, lab := range labs {
		slugs = append(slugs, lab.Slug)
	}
	return nil, fmt.Errorf("there are several LABs in these books, and each is exported by itself: say which one with --lab: %s", strings.Join(slugs, ", "))
}
