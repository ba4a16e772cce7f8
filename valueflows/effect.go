package valueflows

// Scene is what an event acts upon.
type Scene struct {
	// From and To are the event's two resources. A nil resource is one that is
	// not counted here.
	From, To *EconomicResource
	// Created is the one of the two that the event creates, or nil.
	Created *EconomicResource
	// Stage is the ProcessSpecification that the process which the event is an
	// output of is based on; zero for none.
	Stage ID
	// Container holds what the event's process combines; zero where the event
	// names it or there is none yet ([Container]).
	Container ID
	// Custody is, for a correction, how what it corrects was counted; nil where
	// that is not known: then as the resource is now.
	Custody *Custody
}

// Apply changes the resources of the scene by the event, as the event's action
// says (docs/EFFECTS.md). Quantities are exact, in the unit of the resource.
//
// It fails with an [*InputError], codes WRONG_UNIT, WRONG_SPECIFICATION,
// INSUFFICIENT, OUT_OF_RANGE; then no resource has changed.
func (e *EconomicEvent) Apply(s Scene) error {
	b := Actions[e.Action]
	from, to := e.sides(b, s)
	if err := e.checkSpecifications(b, s); err != nil {
		return err
	}
	accounting, onhand := e.signs(b, s)
	changes, err := e.count(from, to, accounting, onhand)
	if err != nil {
		return err
	}
	for _, c := range changes {
		c.resource.AccountingQuantity, c.resource.OnhandQuantity = c.accounting, c.onhand
	}
	e.contain(b, s)
	if !e.Corrects.IsZero() {
		return nil // a correction changes quantities only
	}
	e.place(b, s, to)
	e.handOver(b, s, from, to)
	return nil
}

// sides are the resources that give and get. A stock that stays the same
// agent's and has no second resource gets what it gives; what
// comes home is got by the resource that it left.
func (e *EconomicEvent) sides(b Behavior, s Scene) (from, to *EconomicResource) {
	from, to = s.From, s.To
	if to == nil && from != nil && e.ToResourceInventoriedAs.IsZero() {
		switch {
		case b.changesNoHands():
			to = from
		case e.Custody(s) == CustodyHome:
			from, to = nil, from
		}
	}
	return from, to
}

// implies tells whether the event implies a transfer to a resource that it names.
func (e *EconomicEvent) implies(b Behavior) bool {
	return b.implied != nothing && e.betweenAgents() && !e.ToResourceInventoriedAs.IsZero()
}

// signs are what the event does to the two quantities of its two resources.
func (e *EconomicEvent) signs(b Behavior, s Scene) (accounting, onhand signs) {
	if e.implies(b) {
		return b.implied.accounting, b.implied.onhand
	}
	accounting, onhand = effectSigns[b.AccountingEffect], effectSigns[b.OnhandEffect]
	if !e.ScrapOf.IsZero() { // what was not handed back is off hand already
		onhand = signs{}
	}
	if c := e.Custody(s); c == CustodyAlong || c == CustodyStays {
		onhand.from = 0
	}
	return accounting, onhand
}

type change struct {
	resource           *EconomicResource
	accounting, onhand *Measure
}

// count works out the new quantities of both resources, changing none.
func (e *EconomicEvent) count(from, to *EconomicResource, accounting, onhand signs) ([]change, error) {
	var changes []change
	for _, side := range []struct {
		resource           *EconomicResource
		accounting, onhand int64
	}{{from, accounting.from, onhand.from}, {to, accounting.to, onhand.to}} {
		if side.resource == nil || side.accounting == 0 && side.onhand == 0 {
			continue
		}
		if from == to && side.resource == to && len(changes) == 1 {
			changes = nil // it gives what it gets
			break
		}
		accounting, err := e.counted(side.resource, side.resource.AccountingQuantity, side.accounting, "to account for")
		if err != nil {
			return nil, err
		}
		onhand, err := e.counted(side.resource, side.resource.OnhandQuantity, side.onhand, "on hand")
		if err != nil {
			return nil, err
		}
		changes = append(changes, change{side.resource, accounting, onhand})
	}
	return changes, nil
}

func (e *EconomicEvent) counted(r *EconomicResource, has *Measure, sign int64, what string) (*Measure, error) {
	if sign == 0 || has == nil {
		return has, nil
	}
	q := e.ResourceQuantity
	if q == nil {
		return nil, required(fieldQuantity, "say how much was there to %s", e.Action.Label())
	}
	if q.HasUnit != has.HasUnit {
		return nil, At(Invalid("WRONG_UNIT", "resource %s is counted in %s, not in %s", r.ID, unitName(has.HasUnit), unitName(q.HasUnit)), fieldQuantity, fieldUnit)
	}
	sum, err := has.HasNumericalValue.Add(q.HasNumericalValue.Times(sign))
	if err != nil {
		return nil, At(err, fieldQuantity, fieldNumber)
	}
	if sum.Sign() < 0 && sum.Cmp(has.HasNumericalValue) < 0 && !r.Overdraw {
		return nil, At(Invalid("INSUFFICIENT", "there are %s %s %s of resource %s, fewer than %s", has.HasNumericalValue, unitName(has.HasUnit), what, r.ID, q.HasNumericalValue.Times(-sign)),
			fieldQuantity, fieldNumber)
	}
	return &Measure{HasNumericalValue: sum, HasUnit: has.HasUnit}, nil
}

func unitName(id ID) string {
	if u := OMUnit(id); u != nil {
		return u.Label
	}
	return "unit " + id.String()
}

// checkSpecifications holds what is named to one specification: a stock is
// never turned into another kind by giving it away (rule 11).
func (e *EconomicEvent) checkSpecifications(b Behavior, s Scene) error {
	for _, r := range []*EconomicResource{s.From, s.To} {
		if r == s.To && b.ContainedEffect != non {
			continue // the container is of another kind
		}
		if r != nil && !e.ResourceConformsTo.IsZero() && r.ConformsTo != e.ResourceConformsTo {
			return At(Invalid("WRONG_SPECIFICATION", "resource %s conforms to %s: leave resourceConformsTo out", r.ID, r.ConformsTo), fieldConformsTo)
		}
	}
	if s.From != nil && s.To != nil && b.ContainedEffect == non && s.From.ConformsTo != s.To.ConformsTo {
		return At(Invalid("WRONG_SPECIFICATION", "the receiving resource conforms to %s, the giving one to %s", s.To.ConformsTo, s.From.ConformsTo), fieldTo)
	}
	return nil
}

// place sets location, stage and state.
func (e *EconomicEvent) place(b Behavior, s Scene, to *EconomicResource) {
	implied := e.implies(b)
	set := func(r *EconomicResource, on bool, do func(*EconomicResource)) {
		if r != nil && on {
			do(r)
		}
	}
	if !e.ToLocation.IsZero() {
		locate := func(r *EconomicResource) { r.CurrentLocation = e.ToLocation }
		set(s.From, b.LocationEffect == lup, locate)
		set(to, b.LocationEffect == lut || b.LocationEffect == lup && implied, locate)
		set(s.Created, b.LocationEffect == cre, locate)
	}
	if !e.OutputOf.IsZero() && !s.Stage.IsZero() {
		advance := func(r *EconomicResource) { r.Stage = s.Stage }
		set(s.From, b.StageEffect == stg, advance)
		set(to, b.StageEffect == stg && implied, advance)
	}
	if e.State != "" {
		judge := func(r *EconomicResource) { r.State = e.State }
		set(s.From, b.StateEffect == sta, judge)
		set(to, b.StateEffect == stt || b.StateEffect == sta && implied, judge)
	}
}

// handOver sets who is accountable and who has the things in hand.
func (e *EconomicEvent) handOver(b Behavior, s Scene, from, to *EconomicResource) {
	if to != nil && to != s.Created && b.AccountableEffect == upt {
		to.PrimaryAccountable = e.Receiver
	}
	takes := b.OnhandEffect == mov || e.betweenAgents() && b.implied.custody
	switch {
	case !takes:
	case to != nil:
		to.Custodian = e.Receiver
	case from != nil && e.ToResourceInventoriedAs.IsZero():
		// Without a resource of the receiver's, the record goes along: whole
		// where things are lent or carried, in part not.
		whole := from.OnhandQuantity != nil && from.OnhandQuantity.HasNumericalValue.Sign() == 0
		if b.OnhandEffect != mov || whole {
			from.Custodian = e.Receiver
		}
		if b.OnhandEffect == mov && whole && from.AccountingQuantity.HasNumericalValue.Sign() > 0 {
			from.LentOut = true
		}
	}
	if to != nil && e.Custody(s) == CustodyHome {
		to.LentOut = false
	}
}

// NewResource is the resource that the event creates, from what was stated of
// it and, on the receiving side, from the resource that gives (rule 1): counted
// from zero in the event's unit, before the event's own effect.
// It fails with an [*InputError], code REQUIRED, where nothing says what it is.
func (e *EconomicEvent) NewResource(stated EconomicResource, from *EconomicResource) (*EconomicResource, error) {
	b := Actions[e.Action]
	r := stated
	if from != nil {
		r.inherit(from)
	}
	if r.ConformsTo.IsZero() {
		r.ConformsTo = e.ResourceConformsTo
	}
	if r.ConformsTo.IsZero() {
		return nil, required(fieldConformsTo, "say what the new resource is: the specification it conforms to")
	}
	if e.ResourceQuantity == nil {
		return nil, required(fieldQuantity, "say how much the new resource is")
	}
	zero := Measure{HasUnit: e.ResourceQuantity.HasUnit}
	accounting, onhand := zero, zero
	r.AccountingQuantity, r.OnhandQuantity = &accounting, &onhand
	if r.PrimaryAccountable.IsZero() {
		r.PrimaryAccountable = e.Receiver
		if b.AccountableEffect == non && from != nil { // custody or place changes, rights stay
			r.PrimaryAccountable = from.PrimaryAccountable
		}
	}
	if r.Custodian.IsZero() {
		r.Custodian = e.Receiver
	}
	if effectSigns[b.AccountingEffect].from < 0 && e.CreatesFrom() {
		r.Overdraw = true // a negative opening balance: an account that is owed
	}
	return &r, nil
}

// inherit takes over what the same goods go on to be in the receiver's hands.
func (r *EconomicResource) inherit(from *EconomicResource) {
	for _, text := range []struct{ mine, its *Text }{
		{&r.Name, &from.Name}, {&r.Note, &from.Note}, {&r.TrackingIdentifier, &from.TrackingIdentifier}, {&r.State, &from.State},
	} {
		if *text.mine == "" {
			*text.mine = *text.its
		}
	}
	for _, ref := range []struct{ mine, its *ID }{
		{&r.ConformsTo, &from.ConformsTo}, {&r.OfBatchLot, &from.OfBatchLot}, {&r.UnitOfEffort, &from.UnitOfEffort}, {&r.Stage, &from.Stage},
	} {
		if ref.mine.IsZero() {
			*ref.mine = *ref.its
		}
	}
	if r.ClassifiedAs == nil {
		r.ClassifiedAs = from.ClassifiedAs
	}
	if r.Image == "" && r.ImageList == nil {
		r.Image, r.ImageList = from.Image, from.ImageList
	}
}

// AccountingSigns are what the event does to the accounting quantity of its
// resource and of its receiving resource: -1, 0 or +1 times its quantity.
func (e *EconomicEvent) AccountingSigns() (from, to int64) {
	b := Actions[e.Action]
	accounting, _ := e.signs(b, Scene{})
	if b.changesNoHands() && e.ToResourceInventoriedAs.IsZero() {
		return 0, 0
	}
	return accounting.from, accounting.to
}
