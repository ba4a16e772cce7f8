package node

import (
	"errors"

	"disconode/node/store"
	"disconode/valueflows"
)

// referAll is [refer] for a property that may name many. What it names twice it
// names once.
func referAll[T Kept](s *session, ids *[]valueflows.ID, field string) error {
	if err := valueflows.CheckList(field, *ids); err != nil {
		return err
	}
	seen := make(map[valueflows.ID]bool, len(*ids))
	var once []valueflows.ID
	for _, id := range *ids {
		if id.IsZero() || seen[id] {
			continue
		}
		seen[id] = true
		if err := refer[T](s, &id, field); err != nil {
			return err
		}
		once = append(once, id)
	}
	*ids = once
	return nil
}

// all is the first error of some checks, each made only where those before it
// found nothing.
func all(checks ...func() error) error {
	for _, check := range checks {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

// to is the check that one reference leads somewhere; toAll that all of several do.
func to[T Kept](s *session, id *valueflows.ID, field string) func() error {
	return func() error { return refer[T](s, id, field) }
}

func toAll[T Kept](s *session, ids *[]valueflows.ID, field string) func() error {
	return func() error { return referAll[T](s, ids, field) }
}

// checkPlanRecord tells whether a record of the plan layer, of a recipe or of a
// relation between agents says what it must, and refers to what is there.
func (s *session) checkPlanRecord(record any) error {
	switch r := record.(type) {
	case *valueflows.Plan:
		return checkName("name", r.Name)
	case *valueflows.Agreement:
		return refer[valueflows.AgreementBundle](s, &r.BundledIn, "bundledIn")
	case *valueflows.ProposalList:
		return referAll[valueflows.Agent](s, &r.ProposedTo, "proposedTo")
	case *valueflows.Proposal:
		return all(r.Check, toAll[valueflows.Intent](s, &r.Publishes, "publishes"), toAll[valueflows.Intent](s, &r.Reciprocal, "reciprocal"),
			toAll[valueflows.Agent](s, &r.ProposedTo, "proposedTo"), toAll[valueflows.ProposalList](s, &r.ListedIn, "listedIn"),
			to[valueflows.SpatialThing](s, &r.EligibleLocation, "eligibleLocation"), toAll[valueflows.Agent](s, &r.InScopeOf, "inScopeOf"))
	case *valueflows.Intent:
		return all(func() error { return s.planUnits(&r.Planned, &r.AvailableQuantity, &r.MinimumQuantity) }, r.Check, s.planned(&r.Planned),
			s.toMeasure(r.AvailableQuantity, "availableQuantity"), s.toMeasure(r.MinimumQuantity, "minimumQuantity"))
	case *valueflows.Commitment:
		return all(func() error { return s.planUnits(&r.Planned) }, r.Check, s.planned(&r.Planned),
			toAll[valueflows.Intent](s, &r.Satisfies, "satisfies"), to[valueflows.Agreement](s, &r.ClauseOf, "clauseOf"),
			to[valueflows.Agreement](s, &r.ReciprocalClauseOf, "reciprocalClauseOf"), to[valueflows.Plan](s, &r.IndependentDemandOf, "independentDemandOf"))
	case *valueflows.Claim:
		return all(func() error {
			return s.unitsOf(valueflows.ID{}, r.ResourceConformsTo, &r.ResourceQuantity, &r.EffortQuantity)
		}, r.Check,
			to[valueflows.Agent](s, &r.Provider, "provider"), to[valueflows.Agent](s, &r.Receiver, "receiver"),
			to[valueflows.EconomicEvent](s, &r.TriggeredBy, "triggeredBy"), to[valueflows.ResourceSpecification](s, &r.ResourceConformsTo, "resourceConformsTo"),
			s.toMeasure(r.ResourceQuantity, "resourceQuantity"), s.toMeasure(r.EffortQuantity, "effortQuantity"))
	case *valueflows.Recipe:
		return all(to[valueflows.ResourceSpecification](s, &r.PrimaryOutput, "primaryOutput"), toAll[valueflows.RecipeProcess](s, &r.RecipeIncludes, "recipeIncludes"))
	case *valueflows.RecipeProcess:
		return all(func() error { return checkName("name", r.Name) }, func() error { return checkDuration(r.HasDuration) },
			to[valueflows.ProcessSpecification](s, &r.ProcessConformsTo, "processConformsTo"), s.toMeasure(r.HasDuration, "hasDuration"))
	case *valueflows.RecipeExchange:
		return checkName("name", r.Name)
	case *valueflows.RecipeFlow:
		return all(func() error {
			return s.unitsOf(valueflows.ID{}, r.ResourceConformsTo, &r.ResourceQuantity, &r.EffortQuantity)
		}, r.Check,
			to[valueflows.RecipeProcess](s, &r.RecipeInputOf, "recipeInputOf"), to[valueflows.RecipeProcess](s, &r.RecipeOutputOf, "recipeOutputOf"),
			to[valueflows.RecipeExchange](s, &r.RecipeClauseOf, "recipeClauseOf"),
			to[valueflows.RecipeExchange](s, &r.RecipeReciprocalClauseOf, "recipeReciprocalClauseOf"),
			to[valueflows.ResourceSpecification](s, &r.ResourceConformsTo, "resourceConformsTo"), to[valueflows.ProcessSpecification](s, &r.Stage, "stage"),
			to[valueflows.AgentRelationshipRole](s, &r.ProviderRole, "providerRole"), to[valueflows.AgentRelationshipRole](s, &r.ReceiverRole, "receiverRole"),
			s.toMeasure(r.ResourceQuantity, "resourceQuantity"), s.toMeasure(r.EffortQuantity, "effortQuantity"))
	case *valueflows.AgentRelationshipRole:
		if roleOfID(r.ID) != "" {
			return valueflows.ErrMembership
		}
		return checkName("roleLabel", r.RoleLabel)
	case *valueflows.AgentRelationship:
		if roleOfID(r.Relationship) != "" {
			return valueflows.At(valueflows.ErrMembership, "relationship")
		}
		return all(given(r.Subject, "subject"), given(r.Object, "object"), given(r.Relationship, "relationship"),
			to[valueflows.Agent](s, &r.Subject, "subject"), to[valueflows.Agent](s, &r.Object, "object"),
			to[valueflows.AgentRelationshipRole](s, &r.Relationship, "relationship"), toAll[valueflows.Agent](s, &r.InScopeOf, "inScopeOf"))
	}
	return nil
}

// given is the check that a reference is stated.
func given(id valueflows.ID, field string) func() error {
	return func() error {
		if id.IsZero() {
			return valueflows.At(valueflows.Invalid("REQUIRED", "say which one: its id or IRI"), field)
		}
		return nil
	}
}

// checkDuration tells whether a measure is a length of time.
func checkDuration(m *valueflows.Measure) error {
	if m == nil {
		return nil
	}
	if _, ok := valueflows.TimeUnitOf(m.HasUnit); !ok {
		return valueflows.At(valueflows.Invalid("INVALID_UNIT", "a duration is counted in years, months, weeks, days, hours, minutes or seconds"), "hasDuration", "hasUnit")
	}
	if m.HasNumericalValue.Sign() < 0 {
		return valueflows.At(valueflows.Invalid("NEGATIVE_QUANTITY", "a duration is zero or more"), "hasDuration", "hasNumericalValue")
	}
	return nil
}

// planned is the check of what intents and commitments refer to alike.
func (s *session) planned(p *valueflows.Planned) func() error {
	return func() error {
		return all(to[valueflows.Agent](s, &p.Provider, "provider"), to[valueflows.Agent](s, &p.Receiver, "receiver"),
			to[valueflows.Process](s, &p.InputOf, "inputOf"), to[valueflows.Process](s, &p.OutputOf, "outputOf"),
			to[valueflows.Plan](s, &p.PlannedWithin, "plannedWithin"), to[valueflows.EconomicResource](s, &p.ResourceInventoriedAs, "resourceInventoriedAs"),
			to[valueflows.ResourceSpecification](s, &p.ResourceConformsTo, "resourceConformsTo"), to[valueflows.ProcessSpecification](s, &p.Stage, "stage"),
			toAll[valueflows.Agent](s, &p.InScopeOf, "inScopeOf"),
			s.toMeasure(p.ResourceQuantity, "resourceQuantity"), s.toMeasure(p.EffortQuantity, "effortQuantity"))
	}
}

func (s *session) toMeasure(m *valueflows.Measure, field string) func() error {
	return func() error { return s.measure(m, field) }
}

func (s *session) planUnits(p *valueflows.Planned, more ...**valueflows.Measure) error {
	for _, m := range append(more, &p.ResourceQuantity) {
		if err := s.unitsOf(p.ResourceInventoriedAs, p.ResourceConformsTo, m, &p.EffortQuantity); err != nil {
			return err
		}
	}
	return nil
}

// parties are who gives and who gets in a flow that is planned or claimed.
func parties(record any) (provider, receiver valueflows.ID, has bool) {
	switch r := record.(type) {
	case *valueflows.Intent:
		return r.Provider, r.Receiver, true
	case *valueflows.Commitment:
		return r.Provider, r.Receiver, true
	case *valueflows.Claim:
		return r.Provider, r.Receiver, true
	}
	return
}

// isPartyTo tells whether the principal is a party of a flow that is planned or
// claimed. To whom a proposal is made, or whose intents it publishes, is no party
// of the proposal: that is the LAB's, as its plans are.
func (p Principal) isPartyTo(record any) bool {
	provider, receiver, has := parties(record)
	return has && !p.User.IsZero() && (provider == p.User || receiver == p.User)
}

// errLocked is the answer where a clause of an agreement is to be changed after
// something was done of it.
var errLocked = valueflows.Invalid("LOCKED", "it is a clause of an agreement, and something was done of it: only its note and whether it is finished may change")

// mayChangeTo tells whether a record may be changed so. What locks a clause are
// the events of its own books, those that the caller does not see among them: so
// who may change the clause learns that something was done of it, and no more.
func (s *session) mayChangeTo(before, after any) error {
	if err := valueflows.CheckChange(before, after); err != nil {
		return err
	}
	if r, ok := before.(*valueflows.AgentRelationshipRole); ok && roleOfID(r.ID) != "" {
		return valueflows.ErrMembership
	}
	was, ok := before.(*valueflows.Commitment)
	if !ok || was.ClauseOf.IsZero() && was.ReciprocalClauseOf.IsZero() {
		return nil
	}
	free := *after.(*valueflows.Commitment)
	free.Note, free.Finished, free.Record = was.Note, was.Finished, was.Record
	if same, err := sameBody(was, &free); same || err != nil {
		return err
	}
	fulfilled, err := s.tx.IsNamedByEvent(store.LinkFulfills, was.ID, was.Books)
	if err != nil || !fulfilled {
		return err
	}
	return errLocked
}

// sameBody tells whether two records say the same.
func sameBody(a, b any) (bool, error) {
	one, err := ask(a)
	if err != nil {
		return false, err
	}
	other, err := ask(b)
	return string(one) == string(other), err
}

// checkEventPlans tells whether what an event says of promises, wishes, claims
// and agreements leads to those.
func (s *session) checkEventPlans(e *valueflows.EconomicEvent) error {
	return all(toAll[valueflows.Commitment](s, &e.Fulfills, "fulfills"), toAll[valueflows.Intent](s, &e.Satisfies, "satisfies"),
		toAll[valueflows.Claim](s, &e.Settles, "settles"), to[valueflows.Agreement](s, &e.RealizationOf, "realizationOf"),
		to[valueflows.Agreement](s, &e.ReciprocalRealizationOf, "reciprocalRealizationOf"), to[valueflows.EconomicEvent](s, &e.TriggeredBy, "triggeredBy"))
}

// unitsOf gives quantities without a unit the one that their resource or their
// specification counts in.
func (s *session) unitsOf(resource, specification valueflows.ID, quantity, effort **valueflows.Measure) error {
	if (*quantity == nil || !(*quantity).HasUnit.IsZero()) && (*effort == nil || !(*effort).HasUnit.IsZero()) {
		return nil
	}
	var counted valueflows.ID
	if !resource.IsZero() {
		r, err := store.GetRow[valueflows.EconomicResource](s.tx, resource)
		there, err := found(err)
		if there {
			there, err = s.reads(r)
		}
		if err != nil {
			return err
		}
		if there {
			specification = r.ConformsTo
			if r.AccountingQuantity != nil {
				counted = r.AccountingQuantity.HasUnit
			}
		}
	}
	var kind valueflows.ResourceSpecification
	if !specification.IsZero() {
		if row, err := store.GetRow[valueflows.ResourceSpecification](s.tx, specification); err == nil {
			kind = *row
		} else if !errors.Is(err, store.ErrNotFound) {
			return err
		}
	}
	if counted.IsZero() {
		counted = kind.DefaultUnitOfResource
	}
	*quantity = inUnit(*quantity, counted)
	*effort = inUnit(*effort, kind.DefaultUnitOfEffort)
	return nil
}
