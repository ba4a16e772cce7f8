package valueflows

// Planned is what an intent and a commitment say alike: a flow that is wanted
// or promised, and has not happened.
type Planned struct {
	Action                Action
	Provider, Receiver    ID // an Agent
	InputOf, OutputOf     ID // a Process
	PlannedWithin         ID // a Plan
	ResourceInventoriedAs ID
	ResourceConformsTo    ID
	ResourceClassifiedAs  []URI
	ResourceQuantity      *Measure
	EffortQuantity        *Measure
	Stage                 ID // a ProcessSpecification: what the resource last went through
	State                 Text
	HasBeginning          *Time
	HasEnd                *Time
	HasPointInTime        *Time
	Due                   *Time
	// Finished is set where no more will be done, whether or not all was.
	Finished *bool
	Note     Text
	// AgreedIn and InScopeOf are the reference line's; the vocabulary has dropped them.
	AgreedIn  URI
	InScopeOf []ID // Agents
}

// At is when the flow is planned for: its point in time, else its end, else its
// due time, else its beginning; zero where it states none.
func (p *Planned) At() Instant {
	for _, t := range []*Time{p.HasPointInTime, p.HasEnd, p.Due, p.HasBeginning} {
		if t != nil {
			return t.Instant
		}
	}
	return 0
}

// Intent is a flow that somebody wants, or would give; nobody has promised it.
type Intent struct {
	Record
	Planned
	Name              Text
	Image             URI
	ImageList         []URI
	AvailableQuantity *Measure // how much there is of it
	MinimumQuantity   *Measure // how much must be taken at least
}

// Commitment is a flow that one agent has promised another.
type Commitment struct {
	Record
	Planned
	Satisfies           []ID // Intents
	ClauseOf            ID   // an Agreement
	ReciprocalClauseOf  ID   // an Agreement
	IndependentDemandOf ID   // a Plan whose deliverable it is
	Created             *Time
}

// Claim is what an agent may ask for in return for an event.
type Claim struct {
	Record
	Action               Action
	Provider, Receiver   ID
	TriggeredBy          ID // an EconomicEvent
	ResourceConformsTo   ID
	ResourceClassifiedAs []URI
	ResourceQuantity     *Measure
	EffortQuantity       *Measure
	Due                  *Time
	Created              *Time
	Finished             *bool
	Note                 Text
	AgreedIn             URI // the reference line's
}

// Agreement is what agents agreed upon: commitments as its clauses, and the
// events that came of it.
type Agreement struct {
	Record
	Name      Text
	Note      Text
	Created   *Time
	BundledIn ID // an AgreementBundle
}

// AgreementBundle holds agreements that belong together, such as one order's.
type AgreementBundle struct {
	Record
	Name    Text
	Note    Text
	Created *Time
}

// ProposalPurpose is what a proposal is made for; empty where it is not stated.
type ProposalPurpose string

// The purposes of a proposal.
const (
	Offer   ProposalPurpose = "offer"
	Request ProposalPurpose = "request"
)

// Proposal publishes intents: an offer or a request, and what is wanted in return.
type Proposal struct {
	Record
	Purpose          ProposalPurpose
	Name             Text
	Note             Text
	Publishes        []ID // Intents
	Reciprocal       []ID // Intents
	ProposedTo       []ID // Agents
	ListedIn         []ID // ProposalLists
	EligibleLocation ID   // a SpatialThing
	HasBeginning     *Time
	HasEnd           *Time
	UnitBased        *bool // the quantities are per one of what is published
	Created          *Time
	InScopeOf        []ID // Agents; the reference line's
}

// ProposalList is a list of proposals, such as a price list.
type ProposalList struct {
	Record
	Name       Text
	Note       Text
	ProposedTo []ID // Agents
	Created    *Time
}

// Plan is processes and flows that serve one end.
type Plan struct {
	Record
	Name    string
	Note    Text
	Due     *Time
	Created *Time
}
