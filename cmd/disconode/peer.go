package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"text/tabwriter"
	"time"

	"disconode/node"
)

// peers are the commands about sister LABs. They write to the books alone; what
// they ask for goes out while the node is served.
type peers struct {
	Follow   peerFollow   `cmd:"" help:"Ask a sister LAB for what it shares. Its steward decides."`
	Unfollow peerUnfollow `cmd:"" help:"Ask a sister LAB for no more."`
	Approve  peerApprove  `cmd:"" help:"Give a sister LAB that asked for it what an audience is given."`
	Reject   peerReject   `cmd:"" help:"Give a sister LAB nothing, or no more."`
	Block    peerBlock    `cmd:"" help:"Neither give an actor anything nor take anything from it."`
	Unblock  peerUnblock  `cmd:"" help:"Let an actor ask again."`
	List     peerList     `cmd:"" help:"Print the sister LABs, and how far the deliveries to them are."`
}

// onPeer is a command about one sister LAB.
type onPeer struct {
	inLab
	JSON  bool   `name:"json" help:"Print JSON."`
	Actor string `arg:"" help:"Address of the sister LAB, such as https://books.example.org/labs/its-name." placeholder:"ACTOR-IRI"`
}

// change changes how the LAB deals with the sister LAB, and prints how it does
// then.
func (c onPeer) change(ctx context.Context, out io.Writer, log *slog.Logger, change func(context.Context, *node.Node) (*node.Peer, error)) error {
	return c.enter(ctx, log, func(ctx context.Context, n *node.Node, lab *node.Lab) error {
		p, err := change(node.AsOperator(ctx, lab.ID), n)
		if err != nil {
			return err
		}
		if c.JSON {
			return printJSON(out, peerJSON(p))
		}
		return printPeers(out, []*node.Peer{p})
	})
}

type peerFollow struct{ onPeer }

// Run asks a sister LAB for what it shares.
func (c peerFollow) Run(ctx context.Context, out io.Writer, log *slog.Logger) error {
	return c.change(ctx, out, log, func(ctx context.Context, n *node.Node) (*node.Peer, error) { return n.FollowPeer(ctx, c.Actor) })
}

type peerUnfollow struct{ onPeer }

// Run asks a sister LAB for no more.
func (c peerUnfollow) Run(ctx context.Context, out io.Writer, log *slog.Logger) error {
	return c.change(ctx, out, log, func(ctx context.Context, n *node.Node) (*node.Peer, error) { return n.UnfollowPeer(ctx, c.Actor) })
}

type peerApprove struct {
	onPeer
	Audience string `required:"" help:"What the sister LAB is given: all is all of the LAB's events and the specifications, units and resources that they name; persons by pseudonyms unless they agreed to be named." placeholder:"all"`
}

// Run gives a sister LAB what an audience is given.
func (c peerApprove) Run(ctx context.Context, out io.Writer, log *slog.Logger) error {
	return c.change(ctx, out, log, func(ctx context.Context, n *node.Node) (*node.Peer, error) {
		return n.ApprovePeer(ctx, c.Actor, c.Audience)
	})
}

type peerReject struct{ onPeer }

// Run gives a sister LAB nothing, or no more.
func (c peerReject) Run(ctx context.Context, out io.Writer, log *slog.Logger) error {
	return c.change(ctx, out, log, func(ctx context.Context, n *node.Node) (*node.Peer, error) { return n.RejectPeer(ctx, c.Actor) })
}

type peerBlock struct{ onPeer }

// Run has nothing given to an actor nor taken from it.
func (c peerBlock) Run(ctx context.Context, out io.Writer, log *slog.Logger) error {
	return c.change(ctx, out, log, func(ctx context.Context, n *node.Node) (*node.Peer, error) { return n.BlockPeer(ctx, c.Actor) })
}

type peerUnblock struct{ onPeer }

// Run lets an actor ask again.
func (c peerUnblock) Run(ctx context.Context, out io.Writer, log *slog.Logger) error {
	return c.change(ctx, out, log, func(ctx context.Context, n *node.Node) (*node.Peer, error) { return n.UnblockPeer(ctx, c.Actor) })
}

type peerList struct {
	inLab
	JSON bool `name:"json" help:"Print JSON."`
}

// Run prints the sister LABs.
func (c peerList) Run(ctx context.Context, out io.Writer, log *slog.Logger) error {
	return c.enter(ctx, log, func(ctx context.Context, n *node.Node, lab *node.Lab) error {
		all, err := n.Peers(node.AsOperator(ctx, lab.ID))
		if err != nil {
			return err
		}
		if !c.JSON {
			return printPeers(out, all)
		}
		list := make([]any, len(all))
		for i, p := range all {
			list[i] = peerJSON(p)
		}
		return printJSON(out, list)
	})
}

func printJSON(out io.Writer, value any) error {
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(value)
}

// peerJSON is a sister LAB in the words of the schema's Peer.
func peerJSON(p *node.Peer) map[string]any {
	state := func(s node.PeerState) any {
		if s == "" {
			return nil
		}
		return strings.ToUpper(string(s))
	}
	text := func(s string) any {
		if s == "" {
			return nil
		}
		return s
	}
	m := map[string]any{
		"id": p.ID.String(), "iri": p.IRI, "name": p.Name, "follower": state(p.Follower), "audience": text(p.Audience),
		"following": state(p.Following), "blocked": p.Blocked, "error": text(p.Error), "delivery": nil,
	}
	if d := p.Delivery; d != nil {
		m["delivery"] = map[string]any{"sent": d.Sent, "waiting": d.Waiting, "attempts": d.Attempts}
	}
	return m
}

// printPeers prints a line for each sister LAB. What it says of itself cannot
// break the line: names have no control characters, and %q shows errors.
func printPeers(out io.Writer, all []*node.Peer) error {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "SISTER LAB\tNAME\tIT ASKED\tIS GIVEN\tSENT\tWAITING\tWE ASKED\tLAST ERROR")
	for _, p := range all {
		follower, audience, sent, waiting, problem := string(p.Follower), p.Audience, "", "", ""
		if p.Blocked {
			follower = "blocked"
		}
		if d := p.Delivery; d != nil {
			sent, waiting = fmt.Sprint(d.Sent), fmt.Sprint(d.Waiting)
		}
		if p.Error != "" {
			problem = fmt.Sprintf("%q", p.Error)
			if d := p.Delivery; d != nil && d.NextTry != 0 {
				problem += ", next try " + d.NextTry.Time().UTC().Format(time.RFC3339)
			}
		}
		fmt.Fprintln(table, strings.Join([]string{p.IRI, p.Name, dash(follower), dash(audience), dash(sent), dash(waiting), dash(string(p.Following)), dash(problem)}, "\t"))
	}
	return table.Flush()
}

// dash stands for what is not.
func dash(text string) string {
	if text == "" {
		return "-"
	}
	return text
}
