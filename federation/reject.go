package federation

// reject refuses what was asked for, or grants it no more (ActivityPub, 7.7).
func (p *posted) reject() error { return p.answer() }
