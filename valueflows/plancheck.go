package valueflows

// listMax is how many records a property that may name many names at most.
const listMax = 1024

// CheckList tells whether a property that may name many names no more than
// that: it fails with an [*InputError], code TOO_MANY.
func CheckList(field string, ids []ID) error {
	if len(ids) > listMax {
		return At(Invalid("TOO_MANY", "%d are named, at most %d can be", len(ids), listMax), field)
	}
	return nil
}

// checkAction tells whether an action is one of Valueflows.
func checkAction(a Action) error {
	if _, ok := Actions[a]; ok {
		return nil
	}
	_, err := ParseAction(string(a))
	return At(err, fieldAction)
}

// checkPlannedTimes holds a flow to a point in time, or a beginning and an end.
func checkPlannedTimes(point, beginning, end *Time) error {
	if point != nil && (beginning != nil || end != nil) {
		return At(Invalid("TIME_CONFLICT", "give a point in time, or a beginning and an end; not both"), fieldPoint)
	}
	if beginning != nil && end != nil && beginning.Instant > end.Instant {
		return At(Invalid("TIME_CONFLICT", "it ends before it begins"), fieldBeginning)
	}
	return nil
}

// checkPlannedQuantity holds what is planned to quantities of none or more, in a unit.
func checkPlannedQuantity(field string, m *Measure) error {
	switch {
	case m == nil:
		return nil
	case m.HasUnit.IsZero():
		return At(required(fieldUnit, "say in which unit, such as kilogram or hour"), field)
	case m.HasNumericalValue.Sign() < 0:
		return At(Invalid("NEGATIVE_QUANTITY", "what is planned is zero or more"), field, fieldNumber)
	}
	return nil
}

func (p *Planned) check() error {
	if err := checkAction(p.Action); err != nil {
		return err
	}
	sides := EconomicEvent{Action: p.Action, InputOf: p.InputOf, OutputOf: p.OutputOf}
	for _, err := range []error{
		checkPlannedTimes(p.HasPointInTime, p.HasBeginning, p.HasEnd),
		sides.checkProcess(Actions[p.Action]),
		checkPlannedQuantity(fieldQuantity, p.ResourceQuantity),
		checkPlannedQuantity(fieldEffort, p.EffortQuantity),
		CheckList("inScopeOf", p.InScopeOf),
	} {
		if err != nil {
			return err
		}
	}
	return nil
}

// Check tells whether the intent says what one can: it fails with an
// [*InputError] whose path is the field at fault, codes UNKNOWN_ACTION, REQUIRED,
// NOT_OF_ACTION, NEGATIVE_QUANTITY, TIME_CONFLICT, OUT_OF_RANGE, TOO_MANY.
func (i *Intent) Check() error {
	for _, err := range []error{i.check(), checkPlannedQuantity("availableQuantity", i.AvailableQuantity), checkPlannedQuantity("minimumQuantity", i.MinimumQuantity)} {
		if err != nil {
			return err
		}
	}
	if least, most := i.MinimumQuantity, i.AvailableQuantity; least != nil && most != nil && least.HasUnit == most.HasUnit &&
		least.HasNumericalValue.Cmp(most.HasNumericalValue) > 0 {
		return At(Invalid("OUT_OF_RANGE", "the least that can be taken is more than there is"), "minimumQuantity")
	}
	return nil
}

// Check tells whether the commitment says what one can: it fails as [Intent.Check] does.
func (c *Commitment) Check() error {
	if err := c.check(); err != nil {
		return err
	}
	return CheckList("satisfies", c.Satisfies)
}

// Check tells whether the claim says what one can: it fails as [Intent.Check] does.
func (c *Claim) Check() error {
	for _, err := range []error{checkAction(c.Action), checkPlannedQuantity(fieldQuantity, c.ResourceQuantity), checkPlannedQuantity(fieldEffort, c.EffortQuantity)} {
		if err != nil {
			return err
		}
	}
	return nil
}

// Check tells whether the flow of a recipe says what one can: it fails as
// [Intent.Check] does.
func (f *RecipeFlow) Check() error {
	if err := checkAction(f.Action); err != nil {
		return err
	}
	sides := EconomicEvent{Action: f.Action, InputOf: f.RecipeInputOf, OutputOf: f.RecipeOutputOf}
	for _, err := range []error{sides.checkProcess(Actions[f.Action]), checkPlannedQuantity(fieldQuantity, f.ResourceQuantity), checkPlannedQuantity(fieldEffort, f.EffortQuantity)} {
		if err != nil {
			return err
		}
	}
	return nil
}

// Check tells whether the proposal says what one can: it fails with an
// [*InputError], codes INVALID_PURPOSE, TIME_CONFLICT, TOO_MANY.
func (p *Proposal) Check() error {
	if p.Purpose != "" && p.Purpose != Offer && p.Purpose != Request {
		return At(Invalid("INVALID_PURPOSE", "a proposal is made as an offer or as a request"), "purpose")
	}
	for _, err := range []error{
		checkPlannedTimes(nil, p.HasBeginning, p.HasEnd), CheckList("publishes", p.Publishes), CheckList("reciprocal", p.Reciprocal),
		CheckList("proposedTo", p.ProposedTo), CheckList("listedIn", p.ListedIn), CheckList("inScopeOf", p.InScopeOf),
	} {
		if err != nil {
			return err
		}
	}
	return nil
}

// immutable fails where something that stays as it was first stated was stated
// otherwise. What was not stated may be.
func immutable(field string, changed bool) error {
	if !changed {
		return nil
	}
	return At(Invalid("IMMUTABLE", "this cannot be changed once it is stated: delete the record while nothing refers to it, and state it anew"), field)
}

func restated(was, is ID) bool { return !was.IsZero() && was != is }

// CheckChange tells whether a record may be changed so: of an intent, a
// commitment and a claim who, to whom and by which action stay, of a claim what
// triggered it, of a proposal its purpose, of an agent relationship nothing where
// it is a membership. It fails with an [*InputError], codes IMMUTABLE, MEMBERSHIP.
// Both are pointers to records of one class.
func CheckChange(before, after any) error {
	switch was := before.(type) {
	case *Intent:
		is := after.(*Intent)
		return was.checkChange(&is.Planned)
	case *Commitment:
		is := after.(*Commitment)
		return was.checkChange(&is.Planned)
	case *Claim:
		is := after.(*Claim)
		for _, err := range []error{
			immutable(fieldAction, was.Action != "" && was.Action != is.Action), immutable(fieldProvider, restated(was.Provider, is.Provider)),
			immutable(fieldReceiver, restated(was.Receiver, is.Receiver)), immutable("triggeredBy", restated(was.TriggeredBy, is.TriggeredBy)),
		} {
			if err != nil {
				return err
			}
		}
	case *Proposal:
		is := after.(*Proposal)
		return immutable("purpose", was.Purpose != "" && was.Purpose != is.Purpose)
	case *AgentRelationship:
		if was.Membership {
			return ErrMembership
		}
	}
	return nil
}

// ErrMembership is the answer where somebody's role in a LAB is to be changed as
// if it were any relationship.
var ErrMembership = Invalid("MEMBERSHIP", "this is somebody's role in a LAB: a steward changes it with the command disconode member")

func (p *Planned) checkChange(is *Planned) error {
	for _, err := range []error{
		immutable(fieldAction, p.Action != "" && p.Action != is.Action), immutable(fieldProvider, restated(p.Provider, is.Provider)),
		immutable(fieldReceiver, restated(p.Receiver, is.Receiver)),
	} {
		if err != nil {
			return err
		}
	}
	return nil
}
