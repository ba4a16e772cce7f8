// Disconode keeps a cooperative network's books in Valueflows and answers in
// GraphQL. This package is its command line: flags, environment, signals, and the
// limits of the HTTP server. What the words mean is in the packages below it.
package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"unicode/utf8"

	"github.com/alecthomas/kong"
)

// The exit codes.
const (
	exitFine    = 0
	exitFailure = 1
	exitUsage   = 2
)

// commands is the command line: a struct with a Run method for each command.
type commands struct {
	Serve  serve         `cmd:"" help:"Answer GraphQL until told to stop."`
	Init   initial       `cmd:"" help:"Make a node's first LAB."`
	Lab    labs          `cmd:"" help:"The LABs, which keep books here."`
	Member members       `cmd:"" help:"The members of a LAB."`
	Token  tokens        `cmd:"" help:"The tokens that programs sign in with."`
	Peer   peers         `cmd:"" help:"Sister LABs on other nodes: who follows whom, and what is given to them."`
	Import imports       `cmd:"" help:"Read spreadsheets, time trackers, exports and Valueflows documents into a LAB's books."`
	Export exports       `cmd:"" help:"Write a LAB's books as JSON-LD, one object a line."`
	Ledger generalLedger `cmd:"" help:"Write the general ledger of a LAB, or of agents in its books, as CSV for spreadsheets and bookkeeping programs."`

	Verify  verify  `cmd:"" help:"Check the journal's chain and commitments, and that quantities are conserved."`
	Rebuild rebuild `cmd:"" help:"Compute every table anew from the journal. Nothing may serve the books meanwhile."`
	Demo    demo    `cmd:"" help:"Serve two sister nodes with some months of invented books, made where they are not there yet."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run is the program: what it prints goes to out, what it tells the operator to
// errs, and the result is its exit code.
func run(ctx context.Context, args []string, out, errs io.Writer) int {
	var c commands
	helped := false
	parser, err := kong.New(&c,
		kong.Name("disconode"),
		kong.Description("Keeps a cooperative network's books in Valueflows, and answers in GraphQL."),
		kong.DefaultEnvars("DISCONODE"),
		kong.UsageOnError(),
		kong.Writers(out, errs),
		kong.Exit(func(int) { helped = true }), // kong exits only after it has shown the help
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.BindTo(out, (*io.Writer)(nil)),
		kong.Bind(slog.New(slog.NewTextHandler(errs, nil))),
	)
	if err != nil {
		fmt.Fprintln(errs, "disconode:", err)
		return exitFailure
	}
	if err := areText(args); err != nil { // the parser would put other characters in the place of those
		fmt.Fprintln(errs, "disconode:", err)
		return exitUsage
	}
	command, err := parser.Parse(args)
	if helped {
		return exitFine
	}
	if err != nil {
		fmt.Fprintf(errs, "disconode: %v\nRun \"disconode --help\" for what there is.\n", err)
		return exitUsage
	}
	if err := command.Run(); err != nil {
		fmt.Fprintln(errs, "disconode:", err)
		return exitFailure
	}
	return exitFine
}

// areText fails where something was typed, or stands in our part of the
// environment, in another coding than UTF-8.
func areText(args []string) error {
	given := slices.Clone(args)
	for _, variable := range os.Environ() {
		if strings.HasPrefix(variable, "DISCONODE_") {
			given = append(given, variable)
		}
	}
	for _, text := range given {
		if !utf8.ValidString(text) {
			return fmt.Errorf("%q is not text in UTF-8: look at the locale of the terminal", text)
		}
	}
	return nil
}
