package valueflows

// CheckOwnership tells whether the event takes from a stock only what is its
// provider's to give, and adds to one only what becomes its receiver's: stricter
// than the vocabulary, which leaves this to the network. What lowers what there
// is to account for takes the agent accountable; what only leaves the hand, that
// agent or the one who has it. A correction, and a resource that the event itself
// creates, are not looked at.
//
// It fails with an [*InputError], codes NOT_ACCOUNTABLE, NOT_CUSTODIAN.
func (e *EconomicEvent) CheckOwnership(s Scene) error {
	if !e.Corrects.IsZero() || !e.ScrapOf.IsZero() {
		return nil
	}
	b := Actions[e.Action]
	from, to := e.sides(b, s)
	accounting, onhand := e.signs(b, s)
	if from != nil && from != s.Created {
		switch {
		case accounting.from < 0 && isAnother(from.PrimaryAccountable, e.Provider):
			return At(Invalid("NOT_ACCOUNTABLE", "this stock is another agent's to account for: name that agent as the provider"), fieldProvider)
		case accounting.from > 0 && isAnother(from.PrimaryAccountable, e.Receiver):
			return At(Invalid("NOT_ACCOUNTABLE", "this stock is another agent's to account for: name that agent as the receiver, or another stock"), fieldReceiver)
		case onhand.from < 0 && isAnother(from.PrimaryAccountable, e.Provider) && isAnother(from.Custodian, e.Provider):
			return At(Invalid("NOT_CUSTODIAN", "another agent has this in hand: name that agent as the provider"), fieldProvider)
		}
	}
	if to != nil && to != s.Created && (to != from || accounting.from == 0) && accounting.to > 0 && isAnother(to.PrimaryAccountable, e.Receiver) {
		return At(Invalid("NOT_ACCOUNTABLE", "the receiving stock is another agent's to account for: name a stock of the receiver's, or state a new one"), fieldTo)
	}
	return nil
}

// isAnother tells whether an agent is stated and is not the one.
func isAnother(stated, one ID) bool { return !stated.IsZero() && stated != one }

// CheckExclusive tells whether the event says what there was in one way: by a
// resource, or by the specification it conforms to. It is stricter than the
// vocabulary (h-REA/hREA#178). With the resource that the event creates its
// specification may stand.
//
// It fails with an [*InputError], code EXCLUSIVE.
func (e *EconomicEvent) CheckExclusive(creates bool) error {
	named := !e.ResourceInventoriedAs.IsZero() || !e.ToResourceInventoriedAs.IsZero()
	if named && !creates && !e.ResourceConformsTo.IsZero() && e.Corrects.IsZero() {
		return At(Invalid("EXCLUSIVE", "a resource is named, and it has a specification of its own: leave this one out"), fieldConformsTo)
	}
	return nil
}
