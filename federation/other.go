package federation

import "strings"

// other is any activity that has no effect here. What it embeds of others, or
// would add to or take from what is others', is refused: that is not theirs to do.
func (p *posted) other() error {
	if p.TargetID != "" && (p.Kind == "Add" || p.Kind == "Remove") {
		if !sameOrigin(p.TargetID, p.Actor) {
			return foreign(objectOrigin, "the target %s is not of the origin of the actor %s", clip(p.TargetID), clip(p.Actor))
		}
		if !strings.HasPrefix(p.TargetID, p.Actor+"/") {
			return foreign(objectOwner, "the target %s is not below the actor %s: whose it is, nobody can tell", clip(p.TargetID), clip(p.Actor))
		}
	}
	if p.ObjectID != "" && objectOf(p.Object) != nil {
		if err := p.ownObject(); err != nil {
			return err
		}
	}
	return p.note()
}
