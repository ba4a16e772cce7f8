package main

import (
	"context"
	"io"
	"log/slog"
	"os"
	"path/filepath"

	"disconode/node"
	"disconode/valueflows/jsonld"
)

type imports struct {
	inLab
	File   []string `arg:"" help:"Documents to read, as one: what one names, another may define." type:"existingfile"`
	DryRun bool     `name:"dry-run" help:"Say what would happen, and change nothing."`
}

// Run reads the files into the LAB's books, all or nothing, and prints what was
// read, tolerated, stubbed and skipped.
func (c imports) Run(ctx context.Context, out io.Writer, log *slog.Logger) error {
	var files []jsonld.File
	for _, name := range c.File {
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		files = append(files, jsonld.File{Name: filepath.Base(name), Data: text})
	}
	return c.enter(ctx, log, func(ctx context.Context, n *node.Node, lab *node.Lab) error {
		report, err := n.Import(ctx, lab.ID, files, c.DryRun)
		if report != nil {
			if _, e := report.WriteTo(out); err == nil {
				err = e
			}
		}
		return err
	})
}
