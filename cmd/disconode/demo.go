package main

import (
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"time"

	"disconode/node"
	"disconode/valueflows"
	"disconode/valueflows/jsonld"
)

// demo serves a small farm's books, made where they are not there yet.
type demo struct {
	books
	Listen string `help:"Address to answer on." default:"127.0.0.1:8080" placeholder:"HOST:PORT"`
}

// The demo's LAB and its steward.
const (
	demoSlug    = "freedom-farms"
	demoZone    = "America/Chicago"
	demoSteward = "Nia"
)

// The example of the Valueflows specification that the demo's books hold too.
//
//go:embed demo/manufacturing-1.yaml
var examples embed.FS

const manufacturing = "demo/manufacturing-1.yaml"

// Run writes the farm, then serves it and prints what to try.
func (c demo) Run(ctx context.Context, out io.Writer, log *slog.Logger) error {
	operator, n, err := c.open(ctx, "http://"+c.Listen, log)
	if err != nil {
		return err
	}
	defer n.Close()
	token, err := c.fill(operator, n)
	if err != nil {
		return err
	}
	s := serve{books: c.books, Listen: c.Listen}
	return s.answer(ctx, n, log, func(url string) error { return c.welcome(out, url, token) })
}

// fill makes the LAB and its month, as far as they are missing, and a token of
// its steward.
func (c demo) fill(operator context.Context, n *node.Node) (token string, err error) {
	lab, err := n.LabBySlug(operator, demoSlug)
	if errors.Is(err, node.ErrNotFound) {
		lab, err = n.CreateLab(operator, node.NewLab{Name: "Freedom Farms", Slug: demoSlug, Zone: demoZone, Steward: demoSteward})
	}
	if err != nil {
		return "", err
	}
	if token, _, err = n.CreateToken(operator, lab.ID, demoSteward, node.Steward); err != nil {
		return "", err
	}
	steward, err := n.Authenticate(operator, token)
	if err != nil {
		return "", err
	}
	ctx := node.WithPrincipal(operator, steward)
	people, err := c.people(ctx, n)
	if err != nil {
		return "", err
	}
	for _, g := range growers {
		if people[g.name].IsZero() {
			if people[g.name], err = n.AddMember(operator, lab.ID, g.name, node.Member); err != nil {
				return "", err
			}
		}
	}
	zone, err := time.LoadLocation(demoZone)
	if err != nil {
		return "", err
	}
	f := farm{node: n, zone: zone}
	if err := f.write(ctx, people); errors.Is(err, node.ErrConflict) {
		return "", fmt.Errorf("the farm in %s was written by another version: remove it to begin anew, or choose another place with --data", c.Data)
	} else if err != nil {
		return "", err
	}
	document, err := examples.ReadFile(manufacturing)
	if err != nil {
		return "", err
	}
	_, err = n.Import(operator, lab.ID, []jsonld.File{{Name: "manufacturing-1.yaml", Data: document}}, false)
	return token, err
}

// people are the LAB's first hundred people by name.
func (c demo) people(ctx context.Context, n *node.Node) (map[string]valueflows.ID, error) {
	page, err := node.List[valueflows.Agent](ctx, n, node.Filter{Kind: []valueflows.Class{valueflows.ClassPerson}}, node.Page{First: 100})
	people := map[string]valueflows.ID{}
	for _, person := range page.Nodes {
		people[person.Name] = person.ID
	}
	return people, err
}

// tries are the queries that the demo offers.
var tries = []struct{ question, query string }{
	{"Who worked how long in May, in which stream?",
		`{ contributions(action: ["work"], from: "2026-05-01T00:00", to: "2026-06-01T00:00", groupBy: [AGENT, STREAM]) { agent { name } stream events effortQuantity { hasNumericalValue hasUnit { label } } } }`},
	{"What is in stock, and whose is it?",
		`{ economicResources { edges { node { name onhandQuantity { hasNumericalValue hasUnit { label } } primaryAccountable { name } currentLocation { name } } } } }`},
	{"What went into making a desk, and what came out?",
		`{ process(id: "https://manufacturing.example/02b39a30-3e04-4305-9656-7f261aa63c84") { name observedInputs { ...flow } observedOutputs { ...flow } } } fragment flow on EconomicEvent { action { label } provider { name iri } resourceQuantity { hasNumericalValue hasUnit { label } } effortQuantity { hasNumericalValue hasUnit { label } } resourceInventoriedAs { iri note } }`},
}

// welcome prints the address, the token and the queries.
func (c demo) welcome(out io.Writer, url, token string) error {
	fmt.Fprintf(out, "The books of a small farm are open.\n\naddress  %s/graphql\ntoken    %s   (%s, steward of Freedom Farms)\n", url, token, demoSteward)
	for _, try := range tries {
		body, err := json.Marshal(map[string]string{"query": try.query})
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "\n# %s\ncurl -s %s/graphql -H 'Authorization: Bearer %s' -H 'Content-Type: application/json' -d '%s'\n",
			try.question, url, token, body)
	}
	_, err := fmt.Fprintf(out, "\nlistening on %s\n", url)
	return err
}
