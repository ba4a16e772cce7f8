package valueflows

import "slices"

// Containers are the resources that the resource is in, the one that it was put
// into last first. Only a digital thing may be in several.
func (r *EconomicResource) Containers() []ID {
	if r.ContainedIn.IsZero() {
		return nil
	}
	return append([]ID{r.ContainedIn}, r.AlsoIn...)
}

// SetContainers lets the resource be in others, the one that it was put into
// last first, and in no other.
func (r *EconomicResource) SetContainers(in []ID) {
	r.ContainedIn, r.AlsoIn = ID{}, nil
	if len(in) > 0 {
		r.ContainedIn = in[0]
	}
	if len(in) > 1 {
		r.AlsoIn = slices.Clone(in[1:])
	}
}

// IsDigital tells whether the resource is a thing on the net, which may be in
// several containers at once: one that states where it is there.
func (r *EconomicResource) IsDigital() bool { return r.CurrentVirtualLocation != "" }

// CheckContainers tells whether the resource may be in what it is in: only a
// digital thing is in several containers. It fails with an [*InputError], code
// SEVERAL_CONTAINERS.
func (r *EconomicResource) CheckContainers() error {
	if len(r.AlsoIn) == 0 || r.IsDigital() {
		return nil
	}
	return At(Invalid("SEVERAL_CONTAINERS", "the resource is in %d containers, as only a thing on the net can be: take it out of all but one before this is removed, by events of the action separate", len(r.AlsoIn)+1),
		"currentVirtualLocation")
}

// without are the containers but one.
func without(in []ID, container ID) []ID {
	return slices.DeleteFunc(slices.Clone(in), func(id ID) bool { return id == container })
}

// container is the one that an event of a containing action puts its resource
// into, or takes it out of; zero where there is none (yet), or the event takes
// it out of whatever it is in.
func (e *EconomicEvent) container(s Scene) ID {
	if !e.ToResourceInventoriedAs.IsZero() {
		return e.ToResourceInventoriedAs
	}
	return s.Container
}

// contain puts the resource into its container, or takes it out (rule 5).
func (e *EconomicEvent) contain(b Behavior, s Scene) {
	r, container := s.From, e.container(s)
	if r == nil {
		return
	}
	in := r.Containers()
	back := e.ResourceQuantity != nil && e.ResourceQuantity.HasNumericalValue.Sign() < 0
	switch {
	case b.ContainedEffect == put && back, b.ContainedEffect == rem && !back && !container.IsZero():
		r.SetContainers(without(in, container))
	case b.ContainedEffect == put && !container.IsZero():
		r.PutInto(container)
	case b.ContainedEffect == rem && !back:
		if e.Corrects.IsZero() || len(in) == 1 { // of several, a correction cannot say which
			r.SetContainers(nil)
		}
	}
}

// PutInto lets the resource be in a container: beside those that it is in where
// it is digital, else in place of it. Nothing is put into itself.
func (r *EconomicResource) PutInto(container ID) {
	if container == r.ID {
		return
	}
	in := []ID{container}
	if r.IsDigital() {
		in = append(in, without(r.Containers(), container)...)
	}
	r.SetContainers(in)
}

// staysOnHand tells whether the event counts nothing on hand, since its resource
// is a digital thing that goes into a further container, or comes out of one and
// stays in another: it is off hand once. Nor does it come back to hand where no
// more than is on hand is accounted for.
func (e *EconomicEvent) staysOnHand(b Behavior, s Scene) bool {
	r, q := s.From, e.ResourceQuantity
	if b.ContainedEffect == non || r == nil || !r.IsDigital() || q == nil || r.OnhandQuantity == nil || r.OnhandQuantity.HasUnit != q.HasUnit {
		return false
	}
	in, container := r.Containers(), e.container(s)
	if container.IsZero() && b.ContainedEffect == rem {
		in = nil // it leaves them all
	}
	if len(without(in, container)) > 0 {
		return true
	}
	if b.ContainedEffect == put || r.AccountingQuantity == nil || r.LentOut {
		return false
	}
	sum, err := r.OnhandQuantity.HasNumericalValue.Add(q.HasNumericalValue)
	return err == nil && sum.Cmp(r.AccountingQuantity.HasNumericalValue) > 0
}

// PutsIn and TakesOut tell whether the event puts its resource into a container,
// or takes it out of one.
func (e *EconomicEvent) PutsIn() bool { return Actions[e.Action].ContainedEffect == put }

// TakesOut is [EconomicEvent.PutsIn] the other way round.
func (e *EconomicEvent) TakesOut() bool { return Actions[e.Action].ContainedEffect == rem }

// CheckContainer tells whether an event that takes its resource out of a
// container says which, where that is in several, and one that it is in. A
// correction repeats what it corrects, and is not looked at.
//
// It fails with an [*InputError], codes AMBIGUOUS_CONTAINER, NOT_CONTAINED.
func (e *EconomicEvent) CheckContainer(s Scene) error {
	if !e.TakesOut() || s.From == nil || !e.Corrects.IsZero() {
		return nil
	}
	in := s.From.Containers()
	switch {
	case e.ToResourceInventoriedAs.IsZero() && len(in) > 1:
		return At(Invalid("AMBIGUOUS_CONTAINER", "the resource is in %d containers: name the one that it comes out of", len(in)), fieldTo)
	case !e.ToResourceInventoriedAs.IsZero() && !slices.Contains(in, e.ToResourceInventoriedAs):
		return At(Invalid("NOT_CONTAINED", "the resource is not in this one: name one that it is in, or none where it is in one"), fieldTo)
	}
	return nil
}

// ContainersMax is in how many containers a resource may be, directly and
// through others.
const ContainersMax = 1000

// CheckNesting walks from a resource up through what it is in, and tells whether
// it comes back to where it began. in gives what a resource is in.
//
// It fails with an [*InputError], codes CONTAINER_CYCLE, and CONTAINER_LIMIT at
// more than [ContainersMax], and as in does.
func CheckNesting(resource ID, in func(ID) ([]ID, error)) error {
	seen := map[ID]bool{}
	for up := []ID{resource}; len(up) > 0; {
		at := up[len(up)-1]
		containers, err := in(at)
		if err != nil {
			return err
		}
		up = up[:len(up)-1]
		for _, c := range containers {
			if c == resource {
				return Invalid("CONTAINER_CYCLE", "resource %s would be in itself, through what it is put into: take that out of it first, or name another container", resource)
			}
			if seen[c] {
				continue
			}
			if seen[c] = true; len(seen) > ContainersMax {
				return Invalid("CONTAINER_LIMIT", "resource %s would be in more than %d containers, directly and through others: take something out first", resource, ContainersMax)
			}
			up = append(up, c)
		}
	}
	return nil
}

// LeadsTo is the resource that something goes to by the event, beside its own:
// the receiving one, or a container that something is put into. A container that
// something is taken out of gets nothing.
func (e *EconomicEvent) LeadsTo() ID {
	if e.TakesOut() {
		return ID{}
	}
	return e.ToResourceInventoriedAs
}
