package federation

// undo takes back what the same actor did (ActivityPub, 7.12): here, its Follow.
func (p *posted) undo() error {
	if err := p.ownObject(); err != nil {
		return err
	}
	return p.note()
}
