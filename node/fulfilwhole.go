package node

import (
	"context"
	"slices"

	"disconode/node/store"
	"disconode/valueflows"
	"disconode/valueflows/planning"
)

// AgreementFulfilments tells of agreements that the caller has read how they
// stand now, by the agreements' ids, as [Node.Fulfilments].
//
// A claim is of an agreement where an event of the agreement triggered it: one
// that realizes the agreement or fulfils one of its clauses; or where the claim
// says so itself, as agreedIn, and its provider is one of the agreement's. Who
// the parties are is not enough: they may have other agreements.
func (n *Node) AgreementFulfilments(ctx context.Context, agreements []*valueflows.Agreement) (map[valueflows.ID]*AgreementFulfilment, error) {
	r, err := n.planReader(ctx)
	if r == nil || err != nil {
		return nil, err
	}
	ids := idsOf(agreements)
	clauses, err := store.Linked[valueflows.Commitment](ctx, n.store, r.sight, ids, LinkClauseOf, LinkReciprocalClauseOf)
	if err != nil {
		return nil, outward(err)
	}
	promises, fulfilling, err := r.promises(clauses)
	if err != nil {
		return nil, err
	}
	fulfilled, err := r.fulfil(clauses, promises, fulfilling)
	if err != nil {
		return nil, err
	}
	claims, err := r.claims(agreements, clauses, fulfilling)
	if err != nil {
		return nil, err
	}
	var all []*valueflows.Claim
	for _, id := range ids {
		all = append(all, claims[id]...)
	}
	settled, err := r.settlements(joined(all, nil))
	if err != nil {
		return nil, err
	}
	found := make(map[valueflows.ID]*AgreementFulfilment, len(agreements))
	for _, a := range agreements {
		books := r.booksOf(&a.Record)
		given := ofBooks(r, books, where(clauses, func(c *valueflows.Commitment) bool { return c.ClauseOf == a.ID }))
		returned := ofBooks(r, books, where(clauses, func(c *valueflows.Commitment) bool { return c.ReciprocalClauseOf == a.ID }))
		found[a.ID] = planning.FulfilAgreement(given, returned, ofBooks(r, books, claims[a.ID]), fulfilled, settled)
	}
	return found, nil
}

// where are the rows of which something is so.
func where[T any](rows []T, is func(T) bool) []T {
	return slices.DeleteFunc(slices.Clone(rows), func(row T) bool { return !is(row) })
}

func ofBooks[T Kept](r *planReader, books valueflows.ID, rows []*T) []*T {
	return where(rows, func(row *T) bool { return r.booksOf(recordOf(row)) == books })
}

// claims are the claims of agreements, by the agreement, each in recorded order.
func (r *planReader) claims(agreements []*valueflows.Agreement, clauses []*valueflows.Commitment, fulfilling *namers) (map[valueflows.ID][]*valueflows.Claim, error) {
	direct, err := store.Linked[store.Event](r.ctx, r.n.store, r.sight, idsOf(agreements), LinkRealizationOf, LinkReciprocalRealizationOf)
	if err != nil {
		return nil, outward(err)
	}
	under := map[valueflows.ID][]valueflows.ID{} // agreements, by event
	for _, e := range direct {
		for _, id := range []valueflows.ID{e.RealizationOf, e.ReciprocalRealizationOf} {
			if !id.IsZero() {
				under[e.ID] = append(under[e.ID], id)
			}
		}
	}
	events := idsOf(plain(direct))
	var providers []valueflows.ID
	for _, c := range clauses {
		if !c.Provider.IsZero() && !slices.Contains(providers, c.Provider) {
			providers = append(providers, c.Provider)
		}
		for _, e := range fulfilling.of(r.booksOf(&c.Record), []valueflows.ID{c.ID}) {
			events = append(events, e.ID)
			under[e.ID] = append(under[e.ID], c.ClauseOf, c.ReciprocalClauseOf)
		}
	}
	triggered, err := store.Linked[valueflows.Claim](r.ctx, r.n.store, r.sight, events, LinkTriggeredBy)
	if err != nil {
		return nil, outward(err)
	}
	byIRI := map[string]valueflows.ID{}
	var iris []string
	for _, a := range agreements {
		iri := r.n.IRI(&a.Record, valueflows.ClassAgreement)
		byIRI[iri], iris = a.ID, append(iris, iri)
	}
	stated, err := r.n.store.AgreedIn(r.ctx, r.sight, providers, iris)
	if err != nil {
		return nil, outward(err)
	}
	found := map[valueflows.ID][]*valueflows.Claim{}
	for _, claim := range joined(triggered, stated) {
		of := append([]valueflows.ID{byIRI[string(claim.AgreedIn)]}, under[claim.TriggeredBy]...)
		for i, agreement := range of {
			if !agreement.IsZero() && !slices.Contains(of[:i], agreement) {
				found[agreement] = append(found[agreement], claim)
			}
		}
	}
	for _, some := range found {
		slices.SortFunc(some, byPosition)
	}
	return found, nil
}

// PlanFulfilments tells of plans that the caller has read how they stand now,
// by the plans' ids, as [Node.Fulfilments]. A plan has the processes and commitments
// that say so, those of its processes, and those that are its deliverables.
func (n *Node) PlanFulfilments(ctx context.Context, plans []*valueflows.Plan) (map[valueflows.ID]*PlanFulfilment, error) {
	r, err := n.planReader(ctx)
	if r == nil || err != nil {
		return nil, err
	}
	work, err := r.planned(plans, false)
	if err != nil {
		return nil, err
	}
	var all []*valueflows.Commitment
	for _, w := range work {
		all = append(all, w.Commitments...)
	}
	fulfilled, err := r.fulfilments(joined(all, nil))
	if err != nil {
		return nil, err
	}
	found := make(map[valueflows.ID]*PlanFulfilment, len(plans))
	for i, p := range plans {
		books := r.booksOf(&p.Record)
		found[p.ID] = planning.FulfilPlan(ofBooks(r, books, work[i].Processes), ofBooks(r, books, work[i].Commitments), fulfilled)
	}
	return found, nil
}

// planned are the processes and flows of each plan, in recorded order: three
// statements, or five with the intents.
func (r *planReader) planned(plans []*valueflows.Plan, withIntents bool) ([]planning.Network, error) {
	ids := idsOf(plans)
	processes, err := store.Linked[valueflows.Process](r.ctx, r.n.store, r.sight, ids, LinkPlannedWithin)
	if err != nil {
		return nil, outward(err)
	}
	commitments, err := flowsOfPlans[valueflows.Commitment](r, ids, processes, LinkPlannedWithin, LinkIndependentDemandOf)
	if err != nil {
		return nil, err
	}
	var intents []*valueflows.Intent
	if withIntents {
		if intents, err = flowsOfPlans[valueflows.Intent](r, ids, processes, LinkPlannedWithin); err != nil {
			return nil, err
		}
	}
	at := make(map[valueflows.ID]valueflows.ID, len(processes)) // plan by process
	for _, p := range processes {
		at[p.ID] = p.PlannedWithin
	}
	of := func(p *valueflows.Planned, plan valueflows.ID) bool {
		return p.PlannedWithin == plan || at[p.InputOf] == plan || at[p.OutputOf] == plan
	}
	all := make([]planning.Network, len(plans))
	for i, plan := range ids {
		all[i].Processes = where(processes, func(p *valueflows.Process) bool { return p.PlannedWithin == plan })
		all[i].Commitments = where(commitments, func(c *valueflows.Commitment) bool { return c.IndependentDemandOf == plan || of(&c.Planned, plan) })
		all[i].Intents = where(intents, func(i *valueflows.Intent) bool { return of(&i.Planned, plan) })
	}
	return all, nil
}

func flowsOfPlans[T valueflows.Commitment | valueflows.Intent](r *planReader, plans []valueflows.ID, processes []*valueflows.Process, links ...Link) ([]*T, error) {
	own, err := store.Linked[T](r.ctx, r.n.store, r.sight, plans, links...)
	if err != nil {
		return nil, outward(err)
	}
	more, err := store.Linked[T](r.ctx, r.n.store, r.sight, idsOf(processes), LinkInputOf, LinkOutputOf)
	if err != nil {
		return nil, outward(err)
	}
	all := joined(own, more)
	slices.SortFunc(all, byPosition)
	return all, nil
}

func byPosition[T Kept](a, b *T) int {
	return int(recordOf(a).Position - recordOf(b).Position)
}
