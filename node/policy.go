package node

import (
	"context"

	"disconode/node/store"
)

// Verb is what is done with data.
type Verb string

// The verbs.
const (
	See    Verb = "see"
	Record Verb = "record" // state something new, or correct it by a further event
	Change Verb = "change" // state otherwise, or delete
)

// Data is a kind of data that a rule speaks of.
type Data string

// The kinds of data.
const (
	NodeFace      Data = "node"       // actions, and what else is the node's public face
	Vocabulary    Data = "vocabulary" // units and specifications, which all LABs of the node read
	Recipes       Data = "recipes"    // how things are made, which all LABs of the node read
	Agents        Data = "agents"     // who there is in the books, apart from who a person is
	Identities    Data = "identities" // who a person is
	Events        Data = "events"
	CareForPeople Data = "care"  // events of the stream carePeople
	Stock         Data = "stock" // resources, lots, places
	Processes     Data = "processes"
	Commitments   Data = "commitments" // what is wanted, promised or claimed
	Plans         Data = "plans"       // plans, agreements and proposals
	Relations     Data = "relations"   // how agents stand to each other; a member sees of memberships its own
	Members       Data = "members"
	Contributions Data = "contributions"
	Accounts      Data = "accounts" // what agents have, got and gave; a member's: its own, and what is no other person's
	Peers         Data = "peers"    // sister LABs, and what they are given
	Own           Data = "own"      // what is about the user alone
)

// Access is how far a right goes.
type Access int

// The degrees of access.
const (
	Never      Access = iota
	Hours             // how much, not by or for whom
	Pseudonyms        // who is who, not who they are
	ByConsent         // who it is, where the person agreed; else a pseudonym
	ByAudience        // what the audience that the LAB was put in is given
	Party             // where the user is provider or receiver, or acts on itself
	ByPolicy          // as Party; for the LAB too where its policy lets members
	All
)

type grants map[Role]Access

// policy is the one table: who may do what with which data. The command line
// may do all. What is not in the table is never granted.
var policy = map[Data]map[Verb]grants{
	NodeFace: {
		See: {Public: All, Member: All, Bookkeeper: All, Steward: All, Auditor: All},
	},
	Vocabulary: {
		See:    {Member: All, Bookkeeper: All, Steward: All, Auditor: All, Partner: ByAudience},
		Record: {Bookkeeper: All, Steward: All},
		Change: {Bookkeeper: All, Steward: All},
	},
	Recipes: {
		See:    {Member: All, Bookkeeper: All, Steward: All, Auditor: All},
		Record: {Bookkeeper: All, Steward: All},
		Change: {Bookkeeper: All, Steward: All},
	},
	Agents: {
		See:    {Member: All, Bookkeeper: All, Steward: All, Auditor: All, Partner: ByAudience},
		Record: {Bookkeeper: All, Steward: All},
		Change: {Bookkeeper: All, Steward: All, Member: Party},
	},
	Identities: {
		See:    {Member: All, Bookkeeper: All, Steward: All, Auditor: Pseudonyms, Partner: ByConsent},
		Record: {Bookkeeper: All, Steward: All},
		Change: {Bookkeeper: All, Steward: All, Member: Party},
	},
	Events: {
		See:    {Member: All, Bookkeeper: All, Steward: All, Auditor: All, Partner: ByAudience},
		Record: {Member: ByPolicy, Bookkeeper: All, Steward: All},
		Change: {Member: Party, Bookkeeper: All, Steward: All}, // the note
	},
	CareForPeople: {
		See: {Member: Party, Bookkeeper: Hours, Steward: Hours, Auditor: Hours},
	},
	Stock: {
		See:    {Member: All, Bookkeeper: All, Steward: All, Auditor: All, Partner: ByAudience},
		Record: {Bookkeeper: All, Steward: All},
		Change: {Bookkeeper: All, Steward: All},
	},
	Processes: {
		See:    {Member: All, Bookkeeper: All, Steward: All, Auditor: All},
		Record: {Member: ByPolicy, Bookkeeper: All, Steward: All},
		Change: {Bookkeeper: All, Steward: All},
	},
	Commitments: {
		See:    {Member: All, Bookkeeper: All, Steward: All, Auditor: All},
		Record: {Member: ByPolicy, Bookkeeper: All, Steward: All},
		Change: {Member: Party, Bookkeeper: All, Steward: All},
	},
	Plans: {
		See:    {Member: All, Bookkeeper: All, Steward: All, Auditor: All},
		Record: {Member: ByPolicy, Bookkeeper: All, Steward: All},
		Change: {Bookkeeper: All, Steward: All},
	},
	Relations: {
		See:    {Member: All, Bookkeeper: All, Steward: All, Auditor: All},
		Record: {Bookkeeper: All, Steward: All},
		Change: {Bookkeeper: All, Steward: All},
	},
	Members: {
		See:    {Bookkeeper: All, Steward: All, Auditor: All},
		Change: {Steward: All},
	},
	Contributions: {
		See: {Member: All, Bookkeeper: All, Steward: All, Auditor: All},
	},
	Accounts: {
		See: {Member: Party, Bookkeeper: All, Steward: All, Auditor: All},
	},
	Peers: {
		See:    {Bookkeeper: All, Steward: All, Auditor: All},
		Change: {Steward: All},
	},
	Own: {
		See:    {Member: All, Bookkeeper: All, Steward: All, Auditor: All},
		Change: {Member: All, Bookkeeper: All, Steward: All, Auditor: All},
	},
}

// May tells how far a role may do something with data.
func May(role Role, verb Verb, data Data) Access {
	if role == Operator {
		return All
	}
	return policy[data][verb][role]
}

// sight is what a principal sees of its LAB's books, as the store's conditions: from the same
// table as [May], so that lists, counts and sums hold what single answers would.
func (p Principal) sight() store.Sight {
	care := May(p.Role, See, CareForPeople)
	return store.Sight{
		Everything:     p.Role == Operator && p.Lab.IsZero(),
		Lab:            p.Lab,
		Person:         p.User,
		OwnCare:        care == Party,
		NoCareParties:  care == Hours,
		OwnMemberships: May(p.Role, See, Members) == Never,
	}
}

// sight is what a principal sees: what the books of its LAB hold, and what the
// LABs elsewhere that it follows say.
func (n *Node) sight(ctx context.Context, p Principal) (store.Sight, error) {
	sight := p.sight()
	var err error
	sight.Origins, err = n.origins(ctx, p.Lab)
	return sight, outward(err)
}

// ofALab tells whether even a stub belongs to the books of the LAB that named
// it: agents, which another LAB adopts, and what all LABs of the node read.
func (d Data) ofALab() bool { return d == Agents || d.isEveryones() }

// isEveryones tells whether all LABs of the node read it.
func (d Data) isEveryones() bool { return d == Vocabulary || d == Recipes }
