package federation

import "disconode/node"

// follow asks for what a LAB shares (ActivityPub, 7.5). The answer is the
// steward's: nothing is accepted by itself.
func (p *posted) follow() error {
	if p.ObjectID != p.lab {
		return bad(objectForm, "a Follow to this inbox is about %s, not %s", clip(p.lab), clip(p.ObjectID))
	}
	p.ask = &node.Knock{Lab: p.Lab.ID, Actor: p.Actor, Follow: p.ID}
	return nil
}
