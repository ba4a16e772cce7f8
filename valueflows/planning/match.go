package planning

import (
	"cmp"
	"fmt"
	"slices"

	"disconode/valueflows"
)

// Published is an intent with the proposal that publishes it.
type Published struct {
	Proposal *valueflows.Proposal
	Intent   *valueflows.Intent
	// Open is how much of it nobody has satisfied yet; nil for all.
	Open *valueflows.Measure
	// Audience is to whom it is proposed beyond what the proposal says, such as
	// by its lists. Without any, it is proposed to all.
	Audience []valueflows.ID
}

// Around is what is known beyond the intents.
type Around struct {
	Now            valueflows.Instant
	Specifications []*valueflows.ResourceSpecification
	// Near tells whether two places are near enough; nil where only a place
	// itself is.
	Near func(a, b valueflows.ID) bool
}

// Match is an intent that fits another.
type Match struct {
	Intent, Proposal valueflows.ID
	Agent            valueflows.ID // whose it is
	// Quantity is how much can pass between both; nil where neither says.
	Quantity *valueflows.Measure
	Score    int // the sum of the reasons' points
	Reasons  []Reason
}

// Reason is why two intents fit, and how many points that is worth.
type Reason struct {
	Code   Code
	Points int
	Text   string
}

// The reasons why intents fit, and why they do not.
const (
	SameSpecification  Code = "SAME_SPECIFICATION"  // 50
	SameClassification Code = "SAME_CLASSIFICATION" // 15 for each that both have, 30 at most
	SameResource       Code = "SAME_RESOURCE"       // 20
	AllOfIt            Code = "ALL_OF_IT"           // 20: as much as is wanted
	PartOfIt           Code = "PART_OF_IT"          // 10
	SamePlace          Code = "SAME_PLACE"          // 15
	NearPlace          Code = "NEAR_PLACE"          // 10
	SameTime           Code = "SAME_TIME"           // 10: both say when
	SameStage          Code = "SAME_STAGE"          // 5: both name it
	SameState          Code = "SAME_STATE"          // 5: both name it
	ProposedDirectly   Code = "PROPOSED_DIRECTLY"   // 10: to the agent by name
	OtherSide          Code = "NOT_OPPOSITE"        // none provides what the other receives
	SameAgent          Code = "SAME_AGENT"          // one agent on both sides
	NotPrimary         Code = "NOT_PRIMARY"         // what is wanted in return does not match
	IsFinished         Code = "FINISHED"            // nothing more is wanted of one
	OtherAction        Code = "OTHER_ACTION"        // the actions do not go together
	OtherThing         Code = "OTHER_THING"         // neither the specification nor a classification is shared
	OtherDimension     Code = "OTHER_DIMENSION"     // the units do not measure the same
	OtherPlace         Code = "OTHER_PLACE"         // the places are apart
	OtherTime          Code = "OTHER_TIME"          // the times do not overlap, or a proposal is not open now
	OtherStage         Code = "OTHER_STAGE"         // another stage or state
	NotProposed        Code = "NOT_PROPOSED"        // it is proposed to others
	TooLittle          Code = "TOO_LITTLE"          // less than must be taken at least
	NotCompared        Code = "NOT_COMPARED"        // 0: the units differ, so the amounts were not compared
)

// Matches ranks what fits a published intent: the highest score first, then by
// id. Only primary intents match, never what is wanted in return.
func Matches(of Published, among []Published, a Around) []Match {
	specifications := specified(a)
	var all []Match
	for _, other := range among {
		if m, why := fit(of, other, a, specifications); why == "" {
			all = append(all, m)
		}
	}
	slices.SortFunc(all, func(a, b Match) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), byID(a.Intent, b.Intent), byID(a.Proposal, b.Proposal))
	})
	return all
}

// Fit tells how another published intent fits one, or the first reason why it
// does not; then the match says nothing.
func Fit(of, other Published, a Around) (Match, Code) { return fit(of, other, a, specified(a)) }

func specified(a Around) map[valueflows.ID]*valueflows.ResourceSpecification {
	all := map[valueflows.ID]*valueflows.ResourceSpecification{}
	for _, s := range a.Specifications {
		all[s.ID] = s
	}
	return all
}

func fit(of, other Published, a Around, specifications map[valueflows.ID]*valueflows.ResourceSpecification) (Match, Code) {
	offer, request := of, other
	if offer.Intent.Provider.IsZero() || request.Intent.Receiver.IsZero() {
		offer, request = other, of
	}
	m := Match{Intent: other.Intent.ID, Proposal: other.Proposal.ID, Agent: other.Intent.Provider}
	if offer.Intent == of.Intent {
		m.Agent = other.Intent.Receiver
	}
	p := &pair{offer: offer, request: request, around: a, specifications: specifications, match: &m}
	for _, judge := range []func() Code{p.sides, p.open, p.action, p.audience, p.thing, p.time, p.place, p.quantity} {
		if why := judge(); why != "" {
			return Match{}, why
		}
	}
	return m, ""
}

// pair is an offer and a request that are being compared.
type pair struct {
	offer, request Published
	around         Around
	specifications map[valueflows.ID]*valueflows.ResourceSpecification
	match          *Match
}

func (p *pair) both() [2]Published { return [2]Published{p.offer, p.request} }

func (p *pair) because(code Code, points int, format string, args ...any) {
	p.match.Score += points
	p.match.Reasons = append(p.match.Reasons, Reason{code, points, fmt.Sprintf(format, args...)})
}

// sides wants one that provides and one that receives, who are not the same.
func (p *pair) sides() Code {
	provider, receiver := p.offer.Intent.Provider, p.request.Intent.Receiver
	switch {
	case provider.IsZero() || receiver.IsZero(),
		!p.offer.Intent.Receiver.IsZero() && p.offer.Intent.Receiver != receiver,
		!p.request.Intent.Provider.IsZero() && p.request.Intent.Provider != provider:
		return OtherSide
	case provider == receiver:
		return SameAgent
	}
	return ""
}

func (p *pair) open() Code {
	for _, one := range p.both() {
		if !slices.Contains(one.Proposal.Publishes, one.Intent.ID) {
			return NotPrimary
		}
		if f := one.Intent.Finished; f != nil && *f || one.Open != nil && one.Open.HasNumericalValue.Sign() <= 0 {
			return IsFinished
		}
	}
	return ""
}

// action wants one action, or two that both hand over all rights.
func (p *pair) action() Code {
	offered, wanted := p.offer.Intent.Action, p.request.Intent.Action
	o, w := valueflows.Actions[offered], valueflows.Actions[wanted]
	handsOver := func(b valueflows.Behavior) bool {
		return b.AccountableEffect == "updateTo" && b.AccountingEffect == "decrementIncrement"
	}
	if offered != wanted && !(handsOver(o) && handsOver(w)) {
		return OtherAction
	}
	return ""
}

func (p *pair) audience() Code {
	for i, one := range p.both() {
		to := slices.Concat(one.Proposal.ProposedTo, one.Audience)
		agent := p.request.Intent.Receiver
		if i == 1 {
			agent = p.offer.Intent.Provider
		}
		switch {
		case len(to) == 0:
		case !slices.Contains(to, agent):
			return NotProposed
		default:
			p.because(ProposedDirectly, 10, "it is proposed to the other by name")
		}
	}
	return ""
}

// thing wants one specification, or a classification that both have; and no
// stage, state or resource that contradict each other.
func (p *pair) thing() Code {
	o, r := &p.offer.Intent.Planned, &p.request.Intent.Planned
	same := !o.ResourceConformsTo.IsZero() && o.ResourceConformsTo == r.ResourceConformsTo
	if same {
		p.because(SameSpecification, 50, "both are of one specification")
	}
	var shared []valueflows.URI
	for _, class := range p.classes(o) {
		if slices.Contains(p.classes(r), class) {
			shared = append(shared, class)
		}
	}
	if !same && len(shared) > 0 {
		p.because(SameClassification, min(15*len(shared), 30), "both are classified as %s", shared[0])
	}
	if o.ResourceInventoriedAs == r.ResourceInventoriedAs && !o.ResourceInventoriedAs.IsZero() {
		p.because(SameResource, 20, "both mean the same thing")
	} else if !o.ResourceInventoriedAs.IsZero() && !r.ResourceInventoriedAs.IsZero() || !same && len(shared) == 0 {
		return OtherThing
	}
	for _, side := range []struct {
		offered, wanted string
		code            Code
	}{{idText(o.Stage), idText(r.Stage), SameStage}, {string(o.State), string(r.State), SameState}} {
		switch {
		case side.offered == "" || side.wanted == "":
		case side.offered != side.wanted:
			return OtherStage
		default:
			p.because(side.code, 5, "it has come as far as is wanted")
		}
	}
	return ""
}

func idText(id valueflows.ID) string {
	if id.IsZero() {
		return ""
	}
	return id.String()
}

// classes are an intent's classifications and those of its specification, in
// order, each once.
func (p *pair) classes(of *valueflows.Planned) []valueflows.URI {
	all := slices.Clone(of.ResourceClassifiedAs)
	if s := p.specifications[of.ResourceConformsTo]; s != nil {
		all = append(all, s.ResourceClassifiedAs...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}
