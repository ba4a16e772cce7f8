package node

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strconv"

	"disconode/node/store"
	"disconode/valueflows"
	"disconode/valueflows/planning"
)

// PlanDraft is how a plan came about: its records, and beyond them what it
// takes from where, what is short and what is over.
type PlanDraft = planning.Draft

// PlanRequest is a plan that is asked for. The planning agent is the LAB where
// none is named; months and days are those of the LAB's zone.
type PlanRequest struct {
	planning.Request
	Name string
	Note valueflows.Text
	// Due is the plan's own; where it is nil, the latest due time of a demand.
	Due *valueflows.Time
}

// planFlowsMax is how many flows a plan that is made has at most: they are
// recorded in one command.
const planFlowsMax = 100_000

// MakePlan makes a plan that meets demands, from the recipes that the LAB reads
// and from what its books hold: what the agent has on hand and what is to come,
// as far as no other flow that stands open takes it. It records the plan with
// its processes, intents, commitments, agreements and proposals in one command,
// and returns both; a dry run records nothing. What is set aside is not
// recorded: nothing is moved.
//
// Under an idempotency key that has made a plan already it returns that one;
// the draft then holds its records as they are now, and nothing else.
//
// It fails with [ErrForbidden] where the caller may not record plans or
// commitments, as [planning.Make] does, and as [Create] does for each record.
func (n *Node) MakePlan(ctx context.Context, r PlanRequest, dryRun bool) (*valueflows.Plan, *PlanDraft, error) {
	p := PrincipalOf(ctx)
	if r.Agent.IsZero() {
		r.Agent = p.Lab
	}
	if err := n.mayPlan(p, r.Agent); err != nil {
		return nil, nil, err
	}
	if err := checkName("name", r.Name); err != nil {
		return nil, nil, err
	}
	asked := r.text()
	draft, err := n.draft(ctx, &r)
	if err != nil {
		return nil, nil, err
	}
	plan := &valueflows.Plan{Record: valueflows.Record{ID: draft.Plan}, Name: r.Name, Note: r.Note, Due: r.due()}
	if dryRun {
		return plan, draft, nil
	}
	var made *PlanDraft
	ids, err := n.once(ctx, "plan", asked, func(s *session) ([]valueflows.ID, error) {
		made = new(*draft) // the command may run again
		return []valueflows.ID{draft.Plan}, s.recordPlan(plan, made, &r)
	})
	if err != nil {
		return nil, nil, err
	}
	if plan, err = Get[valueflows.Plan](ctx, n, ids[0]); err != nil {
		return nil, nil, err
	}
	if ids[0] != draft.Plan {
		made, err = n.draftOf(ctx, plan)
	}
	return plan, made, err
}

// mayPlan tells whether the principal may record plans and commitments for an agent.
func (n *Node) mayPlan(p Principal, agent valueflows.ID) error {
	for _, record := range []any{&valueflows.Plan{}, &valueflows.Commitment{}, &valueflows.Process{}} {
		if err := p.mayRecord(record); err != nil {
			return err
		}
	}
	if p.Lab.IsZero() {
		return errNoLab
	}
	if May(p.Role, Record, Plans) != ByPolicy {
		return nil
	}
	if lab := n.labOf(p.Lab); lab == nil || !lab.MembersRecord || agent != p.Lab && agent != p.User {
		return ErrForbidden
	}
	return nil
}

// due is when all of the plan is wanted.
func (r *PlanRequest) due() *valueflows.Time {
	due := r.Due
	for _, d := range r.Demands {
		if r.Due == nil && d.Due != nil && (due == nil || d.Due.Instant > due.Instant) {
			due = d.Due
		}
	}
	return due
}

// text is what the request says, for its idempotency key.
func (r *PlanRequest) text() []byte {
	var b bytes.Buffer
	at := func(t *valueflows.Time) string {
		if t == nil {
			return ""
		}
		return t.String()
	}
	fmt.Fprintf(&b, "%q %q %s %v %v %q %s %q\n", r.Name, r.Note, at(r.Due), r.Plan, r.Agent, r.Direction, at(r.Start), r.Together)
	fmt.Fprintln(&b, r.Recipes, r.Choose, r.Substitutes, r.Providers, r.Sizes, r.Scales, r.FlowsMax)
	for _, d := range r.Demands {
		fmt.Fprintf(&b, "%v %v %q %v %v %s %v %d %v %v\n", d.Specification, d.Stage, d.State, d.Quantity.HasNumericalValue, d.Quantity.HasUnit,
			at(d.Due), d.Receiver, d.Priority, d.Commitment, d.Exchange)
	}
	return b.Bytes()
}

// draft drafts the plan from the books as they are.
func (n *Node) draft(ctx context.Context, r *PlanRequest) (*PlanDraft, error) {
	reader, err := n.planReader(ctx)
	if err != nil {
		return nil, err
	}
	if reader == nil {
		return nil, ErrForbidden
	}
	if lab := n.labOf(reader.lab); lab != nil {
		if r.Zone, err = zoneOf(lab.Zone); err != nil {
			return nil, err
		}
	}
	if r.FlowsMax <= 0 || r.FlowsMax > planFlowsMax {
		r.FlowsMax = planFlowsMax
	}
	r.Plan = valueflows.ID{}
	if err := reader.checkDemands(r); err != nil {
		return nil, err
	}
	books, err := reader.recipes(r)
	if err != nil {
		return nil, err
	}
	conforming, err := planning.Specifications(r.Request, *books)
	if err != nil {
		return nil, err
	}
	if err := reader.fill(books, r, conforming); err != nil {
		return nil, err
	}
	return planning.Make(r.Request, *books, n.newID)
}

// checkDemands tells whether those for whom the plan is, and the promises that
// it shall keep, are the caller's to see.
func (r *planReader) checkDemands(of *PlanRequest) error {
	agents := []valueflows.ID{of.Agent}
	var promised []valueflows.ID
	for _, d := range of.Demands {
		agents, promised = append(agents, d.Receiver), append(promised, d.Commitment)
	}
	known, err := many[valueflows.Agent](r.ctx, r.n, agents)
	if err != nil {
		return err
	}
	if known[of.Agent] == nil {
		return valueflows.At(unknownID(new(valueflows.Agent)), "agent")
	}
	rows, err := store.Linked[valueflows.Commitment](r.ctx, r.n.store, r.sight, sorted(promised), store.LinkSelf)
	if err != nil {
		return outward(err)
	}
	for i, d := range of.Demands {
		at := []string{"demands", strconv.Itoa(i)}
		if !d.Receiver.IsZero() && known[d.Receiver] == nil {
			return valueflows.At(unknownID(new(valueflows.Agent)), append(at, "receiver")...)
		}
		if !d.Commitment.IsZero() && !slices.ContainsFunc(rows, func(c *valueflows.Commitment) bool { return c.ID == d.Commitment }) {
			return valueflows.At(unknownID(new(valueflows.Commitment)), append(at, "commitment")...)
		}
	}
	return nil
}

// unknownID is the answer where an id names nothing that the caller may name.
func unknownID(kept any) error {
	return valueflows.Invalid("UNKNOWN_REFERENCE", "no %s has this id here: give the id of one that the books have", wordOf(kept))
}

// recipes are the recipes that the caller reads, and the specifications that
// they and the demands name.
func (r *planReader) recipes(of *PlanRequest) (*planning.Books, error) {
	b := &planning.Books{}
	var err error
	if b.RecipeProcesses, err = store.Everyone[valueflows.RecipeProcess](r.ctx, r.n.store, r.sight); err != nil {
		return nil, outward(err)
	}
	if b.RecipeFlows, err = store.Everyone[valueflows.RecipeFlow](r.ctx, r.n.store, r.sight); err != nil {
		return nil, outward(err)
	}
	if b.RecipeExchanges, err = store.Everyone[valueflows.RecipeExchange](r.ctx, r.n.store, r.sight); err != nil {
		return nil, outward(err)
	}
	if b.Recipes, err = store.Everyone[valueflows.Recipe](r.ctx, r.n.store, r.sight); err != nil {
		return nil, outward(err)
	}
	var ids []valueflows.ID
	for _, d := range of.Demands {
		ids = append(ids, d.Specification)
	}
	for _, f := range b.RecipeFlows {
		ids = append(ids, f.ResourceConformsTo)
	}
	for _, others := range of.Substitutes {
		ids = append(ids, others...)
	}
	if b.Specifications, err = store.Linked[valueflows.ResourceSpecification](r.ctx, r.n.store, r.sight, sorted(ids), store.LinkSelf); err != nil {
		return nil, outward(err)
	}
	for i, d := range of.Demands {
		known := func(s *valueflows.ResourceSpecification) bool { return s.ID == d.Specification }
		if !d.Specification.IsZero() && !slices.ContainsFunc(b.Specifications, known) {
			return nil, valueflows.At(unknownID(new(valueflows.ResourceSpecification)), "demands", strconv.Itoa(i), "resourceConformsTo")
		}
	}
	return b, nil
}

// sorted are some ids in order, each once, but for those that name nothing.
func sorted(ids []valueflows.ID) []valueflows.ID {
	all := slices.Clone(ids)
	slices.SortFunc(all, func(a, b valueflows.ID) int { return bytes.Compare(a[:], b[:]) })
	all = slices.Compact(all)
	return slices.DeleteFunc(all, valueflows.ID.IsZero)
}
