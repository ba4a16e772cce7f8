package federation

// delete tells that something is no more (ActivityPub, 7.4). Only its owner may;
// whose it is, beyond its origin, the node knows.
func (p *posted) delete() error {
	if err := p.ownObject(); err != nil {
		return err
	}
	return p.note()
}
