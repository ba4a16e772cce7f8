package graph

import (
	"context"
	"strconv"

	"github.com/99designs/gqlgen/graphql"

	"disconode/graph/model"
	"disconode/node"
	"disconode/valueflows"
)

// standing is a link from records to how far they have come: worked out for all
// of them together, in a fixed number of statements.
type standing[T node.Kept, W, V any] struct {
	selected
	work func(*node.Node, context.Context, []*T) (map[valueflows.ID]*W, error)
	told func(*W) *V
}

// standingOf makes a [standing].
func standingOf[T node.Kept, W, V any](work func(*node.Node, context.Context, []*T) (map[valueflows.ID]*W, error), told func(*W) *V) link {
	return standing[T, W, V]{work: work, told: told}
}

func (standing[T, W, V]) wants([]any) (reader, []valueflows.ID) { return nil, nil }

func (s standing[T, W, V]) follow(ctx context.Context, owners []any, f graphql.CollectedField) ([]any, error) {
	l, seen := loadsOf(ctx), map[valueflows.ID]bool{}
	var records []*T
	for _, owner := range owners {
		if id := owner.(kept).Rec().ID; !seen[id] {
			seen[id] = true
			records = append(records, owner.(*T))
		}
	}
	worked, err := s.work(l.node, ctx, records)
	if err != nil {
		return nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	var found []any
	for _, record := range records {
		id := any(record).(kept).Rec().ID
		var value *V
		if w := worked[id]; w != nil {
			value = s.told(w)
			found = append(found, value)
		}
		l.lists[listKey{f.Field, id}] = value
	}
	return found, nil
}

func (standing[T, W, V]) write(d *direct, owner any, f graphql.CollectedField) bool {
	value, ok := valueIn[*V](d.loads, f, owner)
	if !ok {
		return false
	}
	if value == nil {
		d.null()
		return true
	}
	return d.object(f.Selections, typeOf(value), value)
}

// some are references that may be more than a plain list may have: then what to
// ask for in their place is said.
type some[O any, T node.Kept] struct{ references[O, T] }

func (s some[O, T]) follow(ctx context.Context, owners []any, f graphql.CollectedField) ([]any, error) {
	l := loadsOf(ctx)
	records, err := s.references.follow(ctx, owners, f)
	if err != nil {
		return nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.count += len(records); l.count > nodesMax {
		return nil, valueflows.Invalid("QUERY_TOO_COSTLY", "the query asks for more than %d records: take smaller pages, or nest fewer of them", nodesMax)
	}
	return records, nil
}

func (s some[O, T]) write(d *direct, owner any, f graphql.CollectedField) bool {
	return len(s.ids(owner.(*O))) <= listMax && s.references.write(d, owner, f)
}

// toSome makes a [some].
func toSome[T node.Kept, O any](ids func(*O) []valueflows.ID) link {
	return some[O, T]{references[O, T]{ids: ids}}
}

// someOf are the records of a link made by [toSome].
func someOf[T node.Kept](ctx context.Context, ids []valueflows.ID, name, instead string) ([]*T, error) {
	if len(ids) > listMax {
		return nil, &errTooMany{name, instead}
	}
	return several[T](ctx, ids)
}

// fulfilmentLinks are the links to how far things have come, and from there.
func fulfilmentLinks() map[string]link {
	type (
		id       = valueflows.ID
		measure  = valueflows.Measure
		progress = model.Progress
		stand    = model.Fulfilment
		deal     = model.AgreementFulfilment
		plan     = model.PlanFulfilment
		side     = model.FulfilmentSide
	)
	within := func(get func(*stand) *progress) link {
		return part[stand, progress]{parts: func(f *stand) []*progress { return []*progress{get(f)} }}
	}
	ofDeal := func(get func(*deal) *side) link {
		return part[deal, side]{parts: func(a *deal) []*side { return []*side{get(a)} }}
	}
	ofPlan := func(get func(*plan) *side) link {
		return part[plan, side]{parts: func(p *plan) []*side { return []*side{get(p)} }}
	}
	return map[string]link{
		"Commitment.fulfilment": standingOf((*node.Node).Fulfilments, model.FulfilmentOf),
		"Intent.satisfaction":   standingOf((*node.Node).Satisfactions, model.FulfilmentOf),
		"Claim.settlement":      standingOf((*node.Node).Settlements, model.FulfilmentOf),
		"Agreement.fulfilment":  standingOf((*node.Node).AgreementFulfilments, model.AgreementFulfilmentOf),
		"Plan.fulfilment":       standingOf((*node.Node).PlanFulfilments, model.PlanFulfilmentOf),

		"Fulfilment.resourceQuantity": within(func(f *stand) *progress { return f.ResourceQuantity }),
		"Fulfilment.effortQuantity":   within(func(f *stand) *progress { return f.EffortQuantity }),
		"Fulfilment.late":             durationOf(func(f *stand) *model.Duration { return f.Late }),
		"Progress.wanted":             measureOf(func(p *progress) *measure { return p.Wanted }),
		"Progress.done":               measureOf(func(p *progress) *measure { return p.Done }),
		"Progress.open":               measureOf(func(p *progress) *measure { return p.Open }),
		"Progress.over":               measureOf(func(p *progress) *measure { return p.Over }),

		"AgreementFulfilment.clauses":    ofDeal(func(a *deal) *side { return a.Clauses }),
		"AgreementFulfilment.reciprocal": ofDeal(func(a *deal) *side { return a.Reciprocal }),
		"AgreementFulfilment.openClaims": toSome[valueflows.Claim](func(a *deal) []id { return a.OpenClaims }),
		"AgreementFulfilment.madeGood":   part[deal, model.MadeGood]{parts: func(a *deal) []*model.MadeGood { return a.MadeGood }},
		"MadeGood.commitment":            to[valueflows.Commitment](func(m *model.MadeGood) id { return m.Commitment }),
		"MadeGood.claim":                 to[valueflows.Claim](func(m *model.MadeGood) id { return m.Claim }),

		"PlanFulfilment.deliverables": ofPlan(func(p *plan) *side { return p.Deliverables }),
		"PlanFulfilment.commitments":  ofPlan(func(p *plan) *side { return p.Commitments }),
		"PlanFulfilment.overdue":      toSome[valueflows.Commitment](func(p *plan) []id { return p.Overdue }),
	}
}

// durationOf is the part that is a length of time.
func durationOf[O any](d func(*O) *model.Duration) link {
	return part[O, model.Duration]{parts: func(o *O) []*model.Duration { return []*model.Duration{d(o)} }}
}

// fulfilmentColumns are the plain fields of how far things have come.
func fulfilmentColumns() map[string]column {
	type (
		stand = model.Fulfilment
		deal  = model.AgreementFulfilment
		plan  = model.PlanFulfilment
		side  = model.FulfilmentSide
	)
	return map[string]column{
		"Fulfilment.isDone":    truth(func(f *stand) *bool { return &f.IsDone }),
		"Fulfilment.isPartial": truth(func(f *stand) *bool { return &f.IsPartial }),
		"Fulfilment.isLate":    truth(func(f *stand) *bool { return &f.IsLate }),
		"Fulfilment.isOverdue": truth(func(f *stand) *bool { return &f.IsOverdue }),
		"Fulfilment.finished":  truth(func(f *stand) *bool { return &f.Finished }),
		"Fulfilment.inKind":    truth(func(f *stand) *bool { return &f.InKind }),
		"Fulfilment.percent":   number(func(f *stand) *valueflows.Decimal { return &f.Percent }),
		"Fulfilment.doneAt":    moment(func(f *stand) *valueflows.Time { return utc(f.DoneAt) }),
		"Fulfilment.due":       moment(func(f *stand) *valueflows.Time { return utc(f.Due) }),

		"FulfilmentSide.promises": count(func(s *side) int { return s.Promises }),
		"FulfilmentSide.done":     count(func(s *side) int { return s.Done }),
		"FulfilmentSide.percent":  number(func(s *side) *valueflows.Decimal { return &s.Percent }),

		"AgreementFulfilment.percent":  number(func(a *deal) *valueflows.Decimal { return &a.Percent }),
		"AgreementFulfilment.isClosed": truth(func(a *deal) *bool { return &a.IsClosed }),

		"PlanFulfilment.percent":   number(func(p *plan) *valueflows.Decimal { return &p.Percent }),
		"PlanFulfilment.processes": count(func(p *plan) int { return p.Processes }),
		"PlanFulfilment.finished":  count(func(p *plan) int { return p.Finished }),
		"PlanFulfilment.isDone":    truth(func(p *plan) *bool { return &p.IsDone }),
	}
}

// utc is an instant as a time; nil for none.
func utc(i *valueflows.Instant) *valueflows.Time {
	if i == nil {
		return nil
	}
	return &valueflows.Time{Instant: *i}
}

func count[T any](get func(*T) int) column {
	return func(d *direct, record any) { d.out = strconv.AppendInt(d.out, int64(get(record.(*T))), 10) }
}

// Fulfilment is how far events have fulfilled it.
func (commitments) Fulfilment(ctx context.Context, c *valueflows.Commitment) (*model.Fulfilment, error) {
	return derivedOf[*model.Fulfilment](ctx, c)
}

// Satisfaction is how far commitments and events have satisfied it.
func (intents) Satisfaction(ctx context.Context, i *valueflows.Intent) (*model.Fulfilment, error) {
	return derivedOf[*model.Fulfilment](ctx, i)
}

// Settlement is how far events have settled it.
func (claims) Settlement(ctx context.Context, c *valueflows.Claim) (*model.Fulfilment, error) {
	return derivedOf[*model.Fulfilment](ctx, c)
}

// Fulfilment is how it stands.
func (agreements) Fulfilment(ctx context.Context, a *valueflows.Agreement) (*model.AgreementFulfilment, error) {
	return derivedOf[*model.AgreementFulfilment](ctx, a)
}

// Fulfilment is how it stands.
func (plans) Fulfilment(ctx context.Context, p *valueflows.Plan) (*model.PlanFulfilment, error) {
	return derivedOf[*model.PlanFulfilment](ctx, p)
}

type (
	agreementFulfilments struct{}
	madeGood             struct{}
	planFulfilments      struct{}
)

// OpenClaims are the claims under an agreement that nothing has settled.
func (agreementFulfilments) OpenClaims(ctx context.Context, a *model.AgreementFulfilment) ([]*valueflows.Claim, error) {
	return someOf[valueflows.Claim](ctx, a.OpenClaims, "openClaims of an agreement", "claims")
}

// Commitment is the promise that was not fulfilled.
func (madeGood) Commitment(ctx context.Context, m *model.MadeGood) (*valueflows.Commitment, error) {
	return one[valueflows.Commitment](ctx, m.Commitment)
}

// Claim is the claim that stands in for it.
func (madeGood) Claim(ctx context.Context, m *model.MadeGood) (*valueflows.Claim, error) {
	return one[valueflows.Claim](ctx, m.Claim)
}

// Overdue are the promises of a plan that should have been fulfilled.
func (planFulfilments) Overdue(ctx context.Context, p *model.PlanFulfilment) ([]*valueflows.Commitment, error) {
	return someOf[valueflows.Commitment](ctx, p.Overdue, "overdue of a plan", "commitments(filter: {plan: …})")
}
