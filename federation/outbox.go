package federation

import (
	"context"

	"disconode/node"
)

// send sends the messages to one peer, in order, up to the first that it does
// not take.
func (f *Federation) send(ctx context.Context, messages []node.Outgoing) {
	for _, m := range messages {
		failure := f.post(ctx, m.Peer, m.Body)
		if failure != nil && ctx.Err() != nil {
			return // its lease ends by itself
		}
		keeping, cancel := context.WithTimeout(context.WithoutCancel(ctx), keepTimeout)
		err := f.node.MessageSent(keeping, m.ID, failure, isFinal(failure))
		cancel()
		if err != nil {
			f.log.Error("that a message was sent could not be kept", "peer", m.Peer.IRI, "kind", m.Kind, "error", err)
		}
		if failure != nil {
			f.log.Info("a message was not taken", "peer", m.Peer.IRI, "kind", m.Kind, "final", isFinal(failure), "error", failure)
			return
		}
	}
}
