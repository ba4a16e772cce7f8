package valueflows

// The names of an event's fields, as errors give them.
const (
	fieldAction     = "action"
	fieldProvider   = "provider"
	fieldReceiver   = "receiver"
	fieldInputOf    = "inputOf"
	fieldOutputOf   = "outputOf"
	fieldResource   = "resourceInventoriedAs"
	fieldTo         = "toResourceInventoriedAs"
	fieldConformsTo = "resourceConformsTo"
	fieldQuantity   = "resourceQuantity"
	fieldEffort     = "effortQuantity"
	fieldPoint      = "hasPointInTime"
	fieldBeginning  = "hasBeginning"
	fieldLocation   = "toLocation"
	fieldCorrects   = "corrects"
	fieldUnit       = "hasUnit"
	fieldNumber     = "hasNumericalValue"
)

func required(field, why string, args ...any) error {
	return At(Invalid("REQUIRED", why, args...), field)
}

func notOfAction(field, why string, args ...any) error {
	return At(Invalid("NOT_OF_ACTION", why, args...), field)
}

// Check tells whether the event says what an event of its action must say, and
// nothing that such an event cannot: what can be told without knowing the
// resources. It fails with an [*InputError] whose path is the field at fault,
// codes UNKNOWN_ACTION, REQUIRED, NOT_OF_ACTION, NEGATIVE_QUANTITY, TIME_CONFLICT.
func (e *EconomicEvent) Check() error {
	b, ok := Actions[e.Action]
	if !ok {
		_, err := ParseAction(string(e.Action))
		return At(err, fieldAction)
	}
	for _, check := range []func(Behavior) error{e.checkAgents, e.checkTimes, e.checkProcess, e.checkQuantities, e.checkResources} {
		if err := check(b); err != nil {
			return err
		}
	}
	return nil
}

func (e *EconomicEvent) checkAgents(Behavior) error {
	if e.Provider.IsZero() {
		return required(fieldProvider, "say who provided: the id or IRI of an agent")
	}
	if e.Receiver.IsZero() {
		return required(fieldReceiver, "say who received: the id or IRI of an agent")
	}
	return nil
}

func (e *EconomicEvent) checkTimes(Behavior) error {
	if e.HasPointInTime != nil && (e.HasBeginning != nil || e.HasEnd != nil) {
		return At(Invalid("TIME_CONFLICT", "an event has a point in time, or a beginning and an end; not both"), fieldPoint)
	}
	if e.HasBeginning != nil && e.HasEnd != nil && e.HasBeginning.Instant > e.HasEnd.Instant {
		return At(Invalid("TIME_CONFLICT", "the event ends before it begins"), fieldBeginning)
	}
	return nil
}

func (e *EconomicEvent) checkProcess(b Behavior) error {
	if !e.OutputOf.IsZero() && b.InputOutput == inp {
		return notOfAction(fieldOutputOf, "%s is an input of a process: use inputOf", e.Action)
	}
	if !e.InputOf.IsZero() && b.InputOutput == out {
		return notOfAction(fieldInputOf, "%s is an output of a process: use outputOf", e.Action)
	}
	if b.InputOutput == non && !(e.InputOf.IsZero() && e.OutputOf.IsZero()) {
		field := fieldInputOf
		if e.InputOf.IsZero() {
			field = fieldOutputOf
		}
		return notOfAction(field, "%s is neither an input nor an output of a process", e.Action)
	}
	return nil
}

func (e *EconomicEvent) checkQuantities(b Behavior) error {
	switch {
	case b.EventQuantity == res && e.ResourceQuantity == nil:
		return required(fieldQuantity, "say how much was there to %s", e.Action.Label())
	case b.EventQuantity == eff && e.EffortQuantity == nil && e.ResourceQuantity == nil:
		return required(fieldEffort, "say how long or how much was the %s, such as 2.5 hours", e.Action.Label())
	case b.EventQuantity == bth && e.EffortQuantity == nil && e.ResourceQuantity == nil:
		return required(fieldEffort, "say how much was used, or how long")
	}
	for _, field := range []struct {
		name string
		m    *Measure
	}{{fieldQuantity, e.ResourceQuantity}, {fieldEffort, e.EffortQuantity}} {
		if field.m == nil {
			continue
		}
		if field.m.HasUnit.IsZero() {
			return At(required(fieldUnit, "say in which unit, such as kilogram or hour"), field.name)
		}
		if field.m.HasNumericalValue.Sign() < 0 && e.Corrects.IsZero() {
			return At(Invalid("NEGATIVE_QUANTITY", "a quantity is negative only in an event that corrects another: name that one in corrects"), field.name, fieldNumber)
		}
	}
	return nil
}

func (e *EconomicEvent) checkResources(b Behavior) error {
	named := !e.ResourceInventoriedAs.IsZero() || !e.ToResourceInventoriedAs.IsZero()
	if b.EventQuantity == res && !named && e.ResourceConformsTo.IsZero() {
		return required(fieldConformsTo, "say what there was to %s: a resource, or the specification it conforms to", e.Action.Label())
	}
	if !e.ToResourceInventoriedAs.IsZero() && !b.takesTo(e.betweenAgents()) {
		return notOfAction(fieldTo, "%s has no receiving resource%s", e.Action,
			map[bool]string{true: " unless provider and receiver differ"}[b.takesTo(true)])
	}
	if b.changesNoHands() {
		if e.ResourceInventoriedAs.IsZero() && e.ToResourceInventoriedAs.IsZero() {
			return nil // a move of what is not counted here
		}
		if e.ResourceInventoriedAs.IsZero() {
			return required(fieldResource, "say which resource moved")
		}
		if e.ToResourceInventoriedAs.IsZero() && e.ToLocation.IsZero() {
			return required(fieldLocation, "say where it moved: to another resource or to a location")
		}
	}
	return nil
}

// betweenAgents tells whether somebody else received.
func (e *EconomicEvent) betweenAgents() bool { return e.Provider != e.Receiver }

// takesTo tells whether an event of the action may name a receiving resource.
func (b Behavior) takesTo(betweenAgents bool) bool {
	return b.CreateResource == opo || b.ContainedEffect != non || betweenAgents && b.implied != nothing
}

// changesNoHands tells whether the action moves a stock that stays the same agent's.
func (b Behavior) changesNoHands() bool {
	return b.AccountingEffect == mov && b.AccountableEffect == non
}

// CreatesFrom and CreatesTo tell whether the event may create its resource, or
// its receiving resource.
func (e *EconomicEvent) CreatesFrom() bool { return Actions[e.Action].CreateResource == opt }

// CreatesTo tells whether the event may create its receiving resource.
func (e *EconomicEvent) CreatesTo() bool {
	b := Actions[e.Action]
	return b.CreateResource == opo || e.betweenAgents() && b.implied.creates
}

// CheckCorrection tells whether the event may correct original, and takes from
// it what the correction left out: a correction repeats what it corrects and
// differs in its quantity, time and note only. It fails with an [*InputError],
// code CORRECTION_MISMATCH.
func (e *EconomicEvent) CheckCorrection(original *EconomicEvent) error {
	if e.Action != original.Action {
		return At(Invalid("CORRECTION_MISMATCH", "a correction repeats the action of what it corrects: %s", original.Action), fieldAction)
	}
	for _, field := range []struct {
		name string
		mine *ID
		its  ID
	}{
		{fieldProvider, &e.Provider, original.Provider},
		{fieldReceiver, &e.Receiver, original.Receiver},
		{fieldInputOf, &e.InputOf, original.InputOf},
		{fieldOutputOf, &e.OutputOf, original.OutputOf},
		{fieldResource, &e.ResourceInventoriedAs, original.ResourceInventoriedAs},
		{fieldTo, &e.ToResourceInventoriedAs, original.ToResourceInventoriedAs},
		{fieldConformsTo, &e.ResourceConformsTo, original.ResourceConformsTo},
		{"realizationOf", &e.RealizationOf, original.RealizationOf},
		{"reciprocalRealizationOf", &e.ReciprocalRealizationOf, original.ReciprocalRealizationOf},
		{"scrapOf", &e.ScrapOf, original.ScrapOf},
	} {
		if field.mine.IsZero() {
			*field.mine = field.its
		}
		if *field.mine != field.its {
			return At(Invalid("CORRECTION_MISMATCH", "a correction repeats this of what it corrects, or leaves it out"), field.name)
		}
	}
	if e.Stream == "" {
		e.Stream = original.Stream
	}
	if e.Stream != original.Stream {
		return At(Invalid("CORRECTION_MISMATCH", "a correction repeats the stream of what it corrects, or leaves it out"), "stream")
	}
	for _, field := range []struct {
		name      string
		mine, its *Measure
	}{
		{fieldQuantity, e.ResourceQuantity, original.ResourceQuantity},
		{fieldEffort, e.EffortQuantity, original.EffortQuantity},
	} {
		if field.mine != nil && field.its == nil {
			return At(Invalid("CORRECTION_MISMATCH", "what is corrected has no such quantity"), field.name)
		}
		if field.mine != nil && field.mine.HasUnit != field.its.HasUnit {
			return At(Invalid("WRONG_UNIT", "a correction counts in the unit of what it corrects"), field.name, fieldUnit)
		}
	}
	return nil
}

// CheckNet tells whether an event with all that corrects it is still no less
// than nothing. It fails with an [*InputError], code OVERCORRECTED.
func CheckNet(original *EconomicEvent, corrections []*EconomicEvent) error {
	var resource, effort Sum
	for _, e := range append([]*EconomicEvent{original}, corrections...) {
		if e.ResourceQuantity != nil {
			resource.Add(e.ResourceQuantity.HasNumericalValue)
		}
		if e.EffortQuantity != nil {
			effort.Add(e.EffortQuantity.HasNumericalValue)
		}
	}
	for _, field := range []struct {
		name string
		sum  *Sum
	}{{fieldQuantity, &resource}, {fieldEffort, &effort}} {
		if field.sum.Sign() < 0 {
			return At(Invalid("OVERCORRECTED", "the corrections take back more than was recorded: %s would remain", field.sum), field.name, fieldNumber)
		}
	}
	return nil
}
