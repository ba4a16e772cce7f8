// Package planning works out what is to be done: a plan from demands and recipes
// with what is there taken first, the critical path of a plan and what moves
// when something is late, how far commitments, agreements and plans are
// fulfilled, and which offers and requests fit each other. It computes from
// what it is given and keeps nothing: no SQL, no HTTP, no clock, no randomness.
package planning

import (
	"bytes"

	"disconode/valueflows"
)

// Kind is what a flow asks for or brings: a specification and, where stated,
// the process specification that the thing last went through and its state.
type Kind struct {
	Specification valueflows.ID
	Stage         valueflows.ID // a ProcessSpecification
	State         valueflows.Text
}

// takes tells whether something of kind got serves where k is asked for: the
// specifications are one, and a stage or state that k names is got's.
func (k Kind) takes(got Kind) bool {
	return k.Specification == got.Specification &&
		(k.Stage.IsZero() || k.Stage == got.Stage) && (k.State == "" || k.State == got.State)
}

// goesThrough tells whether an input asks for a thing as it is, to be handed
// back by the same process: it names neither stage nor state, and the process
// puts out its specification again. Only what creates such a thing supplies it;
// otherwise each step of a workflow would seem to wait for the last one.
func goesThrough(k Kind, outputs func(valueflows.ID) bool) bool {
	return k.Stage.IsZero() && k.State == "" && outputs(k.Specification)
}

// creates tells whether an action makes new things, not only changes them.
func creates(a valueflows.Action) bool { return valueflows.Actions[a].CreateResource == "optional" }

// isTaken tells whether an input of the action needs something that is then
// gone or away, and so is a demand of its own. What is used or cited stays,
// and work is nobody's stock.
func isTaken(a valueflows.Action) bool {
	return valueflows.Actions[a].OnhandEffect == "decrement" || isService(a)
}

// isService tells whether the action is done by one process for another at
// once, so that nothing of it can lie in stock.
func isService(a valueflows.Action) bool { return valueflows.Actions[a].InputOutput == "outputInput" }

// isEffort tells whether somebody must be found for the action, not something.
func isEffort(a valueflows.Action) bool { return valueflows.Actions[a].EventQuantity == "effort" }

// byID orders ids as their bytes, and so by time where they are made here.
func byID(a, b valueflows.ID) int { return bytes.Compare(a[:], b[:]) }
