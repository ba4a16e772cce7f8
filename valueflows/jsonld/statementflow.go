package jsonld

import (
	"slices"
	"strings"

	"disconode/valueflows"
)

// actionOf is where a flow says what it does; nil for what is no flow.
func actionOf(record any) *valueflows.Action {
	switch r := record.(type) {
	case *valueflows.EconomicEvent:
		return &r.Action
	case *valueflows.Intent:
		return &r.Action
	case *valueflows.Commitment:
		return &r.Action
	case *valueflows.Claim:
		return &r.Action
	case *valueflows.RecipeFlow:
		return &r.Action
	}
	return nil
}

// action reads a flow's verb, in any spelling.
func (r *statementReader) action(stated *valueflows.Action) {
	text := string(*stated)
	if text == "" {
		r.fail(r.statement.Place, "%s has no action", r.statement.IRI)
		return
	}
	action, err := valueflows.ParseAction(r.statement.scope.term(text))
	if err != nil {
		r.fail(r.statement.PlaceOf("action"), "%s", err)
		return
	}
	if *stated = action; !strings.HasSuffix(text, string(action)) {
		r.tolerate(r.statement.PlaceOf("action"), "the action %s is read as %s", text, action)
	}
}

// side reads a flow of a recipe on the other side of its process than its action
// can be as the action that it pairs with: what comes in to be modified is accepted.
func (r *statementReader) side(f *valueflows.RecipeFlow) {
	has, pair := valueflows.Actions[f.Action], valueflows.Actions[f.Action].PairsWith
	in := !f.RecipeInputOf.IsZero() && f.RecipeOutputOf.IsZero() && has.InputOutput == "output"
	out := !f.RecipeOutputOf.IsZero() && f.RecipeInputOf.IsZero() && has.InputOutput == "input"
	if pair != "" && (in || out) {
		r.tolerate(r.statement.PlaceOf("action"), "the action %s is on the wrong side of its process: read as %s, which it pairs with", f.Action, pair)
		f.Action = pair
	}
}

func (r *statementReader) stream(e *valueflows.EconomicEvent) {
	if e.Stream != "" && !slices.Contains(valueflows.Streams, e.Stream) {
		r.fail(r.statement.PlaceOf("stream"), "%q is no stream: livelihood, love, care or carePeople", valueflows.Clip(string(e.Stream)))
	}
}

// purpose reads what a proposal is made for, by its name with or without the prefix.
func (r *statementReader) purpose(p *valueflows.Proposal) {
	text := string(p.Purpose)
	p.Purpose = valueflows.ProposalPurpose(r.statement.scope.term(text))
	if text != "" && p.Purpose != valueflows.Offer && p.Purpose != valueflows.Request {
		r.fail(r.statement.PlaceOf("purpose"), "%q is no purpose of a proposal: offer or request", valueflows.Clip(text))
	}
}
