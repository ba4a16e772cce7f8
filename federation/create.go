package federation

// create tells of something new (ActivityPub, 7.2). What is embedded is believed
// as the word of its owner alone; what is only named is not fetched.
func (p *posted) create() error {
	if p.Object == nil {
		return bad(objectForm, "a Create has an object")
	}
	if objectOf(p.Object) == nil {
		return p.note()
	}
	if err := p.ownObject(); err != nil {
		return err
	}
	return p.note()
}
