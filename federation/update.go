package federation

// update tells how something is now (ActivityPub, 7.3). Only its owner may.
func (p *posted) update() error {
	if err := p.ownObject(); err != nil {
		return err
	}
	return p.note()
}
