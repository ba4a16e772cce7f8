package federation

// accept grants what was asked for (ActivityPub, 7.6). It names a request of
// ours; whether that was ever made, and to this actor, the node knows.
func (p *posted) accept() error { return p.answer() }

// answer notes an answer to a request of ours. Of the request that it embeds
// only the id counts.
func (p *posted) answer() error {
	if p.ObjectID == "" {
		return bad(objectForm, "an %s names the request that it answers", p.Kind)
	}
	if !sameOrigin(p.ObjectID, p.ours) {
		return foreign(objectOrigin, "the request %s is not one of this node", clip(p.ObjectID))
	}
	return p.note()
}
