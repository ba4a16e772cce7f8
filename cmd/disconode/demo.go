package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/netip"
	"path/filepath"
	"sync"
)

// demo serves two nodes, whose books are made where they are not there yet.
type demo struct {
	books
	Listen          string `help:"Address on which Cooperation Jackson's node answers." default:"127.0.0.1:8080" placeholder:"HOST:PORT"`
	VermontListen   string `name:"vermont-listen" help:"Address on which Cooperation Vermont's node answers." default:"127.0.0.1:8081" placeholder:"HOST:PORT"`
	VermontDatabase string `name:"vermont-database" help:"postgres://… to keep Vermont's books in PostgreSQL; left out, they are in SQLite in the folder vermont of the data folder." placeholder:"URL"`
}

// towns are the demo's nodes, which reach each other on this machine. All people
// are invented.
func (c demo) towns() (jackson, vermont *town) {
	here := []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	jackson = &town{
		name: "Cooperation Jackson", slug: "cooperation-jackson", zone: "America/Chicago",
		steward: "Nia", bookkeeper: "Ruth", members: []string{"Imani", "Marcus", "Deja", "Rosa", "Kwame", "Amara", "Theo", "Lena", "Samuel"},
		named: []string{"Imani", "Amara"}, tell: tellJackson, serve: serve{books: c.books, Listen: c.Listen, AllowNet: here},
	}
	vermont = &town{
		name: "Cooperation Vermont", slug: "cooperation-vermont", zone: "America/New_York",
		steward: "Wren", bookkeeper: "Edith", members: []string{"Caleb"},
		tell: tellVermont, serve: serve{books: books{Data: filepath.Join(c.Data, "vermont"), Database: c.VermontDatabase}, Listen: c.VermontListen, AllowNet: here},
	}
	return jackson, vermont
}

// Run writes both towns' books, serves them, and prints what to try.
func (c demo) Run(ctx context.Context, out io.Writer, log *slog.Logger) error {
	jackson, vermont := c.towns()
	towns := []*town{jackson, vermont}
	defer func() {
		for _, t := range towns {
			t.close()
		}
	}()
	if err := openAll(ctx, log, towns); err != nil {
		return err
	}
	var following sync.WaitGroup
	err := answerAll(ctx, log, towns, func(ctx context.Context) error {
		following.Go(func() {
			if err := vermont.follow(ctx, jackson); err != nil {
				log.Error("Vermont receives nothing from Jackson", "error", err)
			}
		})
		return greet(out, jackson, vermont)
	})
	following.Wait()
	return err
}

// openAll opens the towns' books side by side, and writes what is missing there.
func openAll(ctx context.Context, log *slog.Logger, towns []*town) error {
	errs := make([]error, len(towns))
	var all sync.WaitGroup
	for i, t := range towns {
		all.Go(func() { errs[i] = t.open(ctx, log) })
	}
	all.Wait()
	return errors.Join(errs...)
}

// answerAll serves the towns until ctx ends or one of them fails. It calls ready
// once all answer.
func answerAll(ctx context.Context, log *slog.Logger, towns []*town, ready func(context.Context) error) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	answering, ended := make(chan struct{}, len(towns)), make(chan error, len(towns))
	for _, t := range towns {
		go func() {
			defer stop() // where one ends, so do the others
			ended <- t.serve.answer(ctx, t.node, log.With("lab", t.slug), func(url string) error {
				t.url = url
				answering <- struct{}{}
				return nil
			})
		}()
	}
	all := true
	for range towns {
		select {
		case <-answering:
		case <-ctx.Done():
			all = false
		}
	}
	var err error
	if all {
		if err = ready(ctx); err != nil {
			stop()
		}
	}
	for range towns {
		err = errors.Join(err, <-ended)
	}
	return err
}

// try is a query that the demo offers.
type try struct{ question, query string }

// tries are the queries for Jackson's node.
var tries = []try{
	{"What did members give in June, to which enterprise, in which stream?",
		`{ contributions(from: "2026-06-01T00:00", to: "2026-07-01T00:00", stream: [livelihood, love, care, carePeople], groupBy: [RECEIVER, STREAM]) { receiver { name } stream effortQuantity { hasNumericalValue hasUnit { label } } resourceQuantity { hasNumericalValue hasUnit { label } } } }`},
	{"What is in stock, and whose is it?",
		`{ economicResources { edges { node { name onhandQuantity { hasNumericalValue hasUnit { label } } primaryAccountable { name } currentLocation { name } } } } }`},
}

// toldBy is the query for a town's node about what a sister LAB told it.
func toldBy(sister string) try {
	return try{"What did Jackson tell Vermont? (It takes some seconds to arrive.)",
		fmt.Sprintf(`{ economicEvents(filter: {origin: [%q]}) { edges { node { origin hasPointInTime action { label } provider { name } receiver { name } resourceQuantity { hasNumericalValue hasUnit { label } } effortQuantity { hasNumericalValue hasUnit { label } } note } } } }`, sister)}
}

// greet prints the addresses, how to sign in, and the queries.
func greet(out io.Writer, jackson, vermont *town) error {
	fmt.Fprintln(out, "Two nodes are open, each with the books of one LAB. All figures and people are invented.")
	for _, t := range []*town{jackson, vermont} {
		fmt.Fprintf(out, "\n%s   %s\n", t.name, t.url)
		for _, who := range t.passwords {
			fmt.Fprintf(out, "  sign in   %-6s %-8s password %s\n", who.name, who.role, who.password)
		}
		fmt.Fprintf(out, "  token     %-6s %-8s %s\n", t.steward, "steward", t.token)
	}
	for _, try := range tries {
		if err := try.print(out, jackson); err != nil {
			return err
		}
	}
	if err := toldBy(jackson.actor()).print(out, vermont); err != nil {
		return err
	}
	_, err := fmt.Fprintf(out, "\nlistening on %s\n", jackson.url)
	return err
}

// print prints the query as a command to paste.
func (q try) print(out io.Writer, at *town) error {
	body, err := json.Marshal(map[string]string{"query": q.query})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "\n# %s\ncurl -s %s/graphql -H 'Authorization: Bearer %s' -H 'Content-Type: application/json' -d '%s'\n", q.question, at.url, at.token, body)
	return err
}
