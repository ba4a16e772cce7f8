package valueflows

// Custody is how an event is counted on what is on hand, where it names no
// receiving resource or a container. It follows from who is accountable for the
// resource, who has it and what it is in when the event happens, and holds for
// all that corrects the event.
type Custody int8

const (
	// CustodyPlain is as the action says.
	CustodyPlain Custody = iota
	// CustodyHome is that of what comes home: to the one accountable and to no
	// resource of its own, it is got by the resource that it once left (rule 3).
	CustodyHome
	// CustodyAlong is that of what the one does who has a resource that was lent
	// out as a whole with its record: nothing of it is on the accountable
	// agent's hand, where it could be taken from or put.
	CustodyAlong
	// CustodyStays is that of a digital thing which is put into a further container,
	// or taken out of one while it stays in another: it is off hand once (rule 5).
	CustodyStays
)

// Custody is how the event is counted on its resource as that is now; for a
// correction, how what it corrects was counted, where the scene says so. What was
// put into a container and is taken back comes to hand with the last one.
func (e *EconomicEvent) Custody(s Scene) Custody {
	b, r := Actions[e.Action], s.From
	switch {
	case s.Custody != nil && b.ContainedEffect == put && (*s.Custody == CustodyPlain || *s.Custody == CustodyStays):
		if e.staysOnHand(b, s) {
			return CustodyStays
		}
		return CustodyPlain
	case s.Custody != nil:
		return *s.Custody
	case e.staysOnHand(b, s):
		return CustodyStays
	case r == nil || !e.LeadsTo().IsZero():
		return CustodyPlain
	case b.custodyOnly() && e.betweenAgents() && r.PrimaryAccountable == e.Receiver:
		return CustodyHome
	case r.LentOut && e.Provider == r.Custodian:
		return CustodyAlong
	}
	return CustodyPlain
}

// custodyOnly tells whether the action hands over things, not rights.
func (b Behavior) custodyOnly() bool { return b.OnhandEffect == mov && b.AccountingEffect == non }
