package federation

// other is any activity that has no effect here. It is kept as it came. What it
// embeds of others is not theirs to have said, and refused.
func (p *posted) other() error {
	if p.ObjectID != "" && objectOf(p.Object) != nil {
		if err := p.ownObject(); err != nil {
			return err
		}
	}
	return p.note()
}
