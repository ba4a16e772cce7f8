package graph

import (
	"context"
	"math/big"
	"strings"

	"github.com/99designs/gqlgen/graphql"

	"disconode/graph/generated"
	"disconode/graph/model"
	"disconode/node"
	"disconode/valueflows"
	"disconode/valueflows/flow"
)

// How values are shown: to how many digits after the point at most, and to how
// many what is no value.
const (
	worthScaleMax      = 9
	worthDepthMax      = 64
	worthChooseMax     = 200
	worthQuantityScale = 6
	worthShareScale    = 4
)

// RollUp is what something is worth.
func (q query) RollUp(ctx context.Context, resource, specification, recipe *string, prices flow.PriceList, quantity *valueflows.Decimal, stage, state *string, choose []string, scale, depth, limit *int) (*model.RollUp, error) {
	of, id, err := rollUpOf(ctx, resource, specification, recipe)
	if err != nil {
		return nil, err
	}
	digits, err := within(scale, "scale", 2, 0, worthScaleMax)
	if err != nil {
		return nil, err
	}
	o := node.RollupOptions{Quantity: quantity}
	if o.DepthMax, err = within(depth, "depth", worthDepthMax, 1, worthDepthMax); err != nil {
		return nil, err
	}
	if o.LinesMax, err = within(limit, "limit", listMax, 1, listMax); err != nil {
		return nil, err
	}
	if stage != nil {
		if o.Stage, err = named(ctx, "stage", *stage); err != nil {
			return nil, err
		}
	}
	if state != nil {
		o.State = valueflows.Text(*state)
	}
	if o.Choose, err = namedAll(ctx, "choose", choose, worthChooseMax); err != nil {
		return nil, err
	}
	var found *node.Rollup
	switch of {
	case "resource":
		found, err = q.node.RollUp(ctx, id, prices, o)
	case "specification":
		found, err = q.node.SpecificationRollUp(ctx, id, prices, o)
	default:
		found, err = q.node.RecipeRollUp(ctx, id, prices, o)
	}
	if err != nil {
		return nil, err
	}
	r, err := rollUpShown(found, prices, digits, o.LinesMax)
	if err != nil {
		return nil, err
	}
	return r, aheadOf(ctx, r)
}

// rollUpOf is the one of the three that is named.
func rollUpOf(ctx context.Context, resource, specification, recipe *string) (of string, id valueflows.ID, err error) {
	for _, given := range []struct {
		name string
		text *string
	}{{"resource", resource}, {"specification", specification}, {"recipe", recipe}} {
		if given.text == nil {
			continue
		}
		if of != "" {
			return "", id, valueflows.Invalid("EXCLUSIVE", "name one of resource, specification and recipe, not several")
		}
		of = given.name
		if id, err = named(ctx, of, *given.text); err != nil {
			return "", id, err
		}
	}
	if of == "" {
		return "", id, valueflows.Invalid("REQUIRED", "name a resource, a specification or a recipe")
	}
	return of, id, nil
}

// within is a number that an argument gives, or else one that stands for it.
func within(n *int, argument string, otherwise, least, most int) (int, error) {
	switch {
	case n == nil:
		return otherwise, nil
	case *n < least || *n > most:
		return 0, valueflows.At(valueflows.Invalid("OUT_OF_RANGE", "%s is %d to %d", argument, least, most), argument)
	}
	return *n, nil
}

// namedAll reads the ids that an argument gives, at most so many.
func namedAll(ctx context.Context, argument string, texts []string, most int) ([]valueflows.ID, error) {
	if len(texts) > most {
		return nil, valueflows.At(valueflows.Invalid("TOO_MANY", "give at most %d ids", most), argument)
	}
	var ids []valueflows.ID
	for _, text := range texts {
		id, err := named(ctx, argument, text)
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, nil
}

// rounding writes exact numbers with so many digits, up to the first that does
// not fit.
type rounding struct {
	scale int
	err   error
}

// value is an exact value, rounded.
func (r *rounding) value(exact *big.Rat) valueflows.Decimal {
	return r.to(exact, r.scale)
}

// number is an exact number that is no value: rounded, without zeros at its end.
func (r *rounding) number(exact *big.Rat, scale int) *valueflows.Decimal {
	if exact == nil {
		return nil
	}
	d := r.to(exact, scale).Normal()
	return &d
}

func (r *rounding) to(exact *big.Rat, scale int) (d valueflows.Decimal) {
	if r.err == nil {
		d, r.err = flow.PriceRound(exact, scale)
	}
	return d
}

// rollUpShown is a roll-up with values of so many digits, and so many of each
// list of parts.
func rollUpShown(found *node.Rollup, prices flow.PriceList, scale, limit int) (*model.RollUp, error) {
	round := &rounding{scale: scale}
	r := &model.RollUp{Total: round.value(found.Total), UnitValue: round.value(found.UnitValue), Currency: prices.Currency, Unit: prices.Unit,
		PartsCount: len(found.Parts), UnpricedCount: len(found.Unpriced), CircularCount: len(found.Circular)}
	if r.Unit.IsZero() {
		r.Unit = valueflows.One
	}
	r.Quantity = valueflows.Measure{HasNumericalValue: *round.number(found.Quantity, worthQuantityScale), HasUnit: found.Unit}
	for _, list := range []struct {
		from []flow.RollupLine
		to   *[]*model.RollUpLine
	}{{found.Lines, &r.Lines}, {found.Parts, &r.Parts}, {found.Unpriced, &r.Unpriced}, {found.Circular, &r.Circular}} {
		*list.to = []*model.RollUpLine{}
		for i := range list.from[:min(limit, len(list.from))] {
			*list.to = append(*list.to, round.line(&list.from[i]))
		}
	}
	return r, round.err
}

func (r *rounding) line(l *flow.RollupLine) *model.RollUpLine {
	shown := &model.RollUpLine{Depth: l.Depth, From: string(l.Kind), Action: l.Action, RecordID: l.Record, Class: l.Class, ResourceConformsTo: l.Specification,
		Resource: l.Resource, Rate: r.number(l.Rate, worthQuantityScale), Share: r.number(l.Share, worthShareScale), Value: r.value(l.Value), Why: l.Why, More: l.More}
	if q := r.number(l.Quantity, worthQuantityScale); q != nil {
		shown.Quantity = &valueflows.Measure{HasNumericalValue: *q, HasUnit: l.Unit}
	}
	return shown
}

// rollUpClasses are the classes of what lines come from.
var rollUpClasses = map[valueflows.Class]reader{
	valueflows.ClassEconomicEvent:    class[valueflows.EconomicEvent]{},
	valueflows.ClassEconomicResource: class[valueflows.EconomicResource]{},
	valueflows.ClassProcess:          class[valueflows.Process]{},
	valueflows.ClassAgreement:        class[valueflows.Agreement]{},
	valueflows.ClassRecipeFlow:       class[valueflows.RecipeFlow]{},
	valueflows.ClassRecipeProcess:    class[valueflows.RecipeProcess]{},
	valueflows.ClassRecipeExchange:   class[valueflows.RecipeExchange]{},
}

// rollUpRecords is the link from lines to what they come from: a statement a class.
type rollUpRecords struct{ selected }

func (rollUpRecords) wants([]any) (reader, []valueflows.ID) { return nil, nil }

func (rollUpRecords) follow(ctx context.Context, owners []any, _ graphql.CollectedField) ([]any, error) {
	l, wanted := loadsOf(ctx), map[valueflows.Class][]valueflows.ID{}
	for _, owner := range owners {
		line := owner.(*model.RollUpLine)
		wanted[line.Class] = append(wanted[line.Class], line.RecordID)
	}
	var found []any
	for _, class := range valueflows.Classes {
		read := rollUpClasses[class]
		if read == nil || len(wanted[class]) == 0 {
			continue
		}
		if err := read.read(ctx, l, wanted[class]); err != nil {
			return nil, err
		}
		for _, id := range once(wanted[class]) {
			if record := read.get(l, id); record != nil {
				found = append(found, record)
			}
		}
	}
	return found, nil
}

// worthLinks are the links of roll-ups, as Type.field.
func worthLinks() map[string]link {
	type (
		rollUp = model.RollUp
		line   = model.RollUpLine
	)
	lines := func(of func(*rollUp) []*line) link { return part[rollUp, line]{parts: of} }
	return map[string]link{
		"RollUp.quantity": measureOf(func(r *rollUp) *valueflows.Measure { return &r.Quantity }),
		"RollUp.currency": to[valueflows.ResourceSpecification](func(r *rollUp) valueflows.ID { return r.Currency }),
		"RollUp.unit":     to[valueflows.Unit](func(r *rollUp) valueflows.ID { return r.Unit }),
		"RollUp.lines":    lines(func(r *rollUp) []*line { return r.Lines }),
		"RollUp.parts":    lines(func(r *rollUp) []*line { return r.Parts }),
		"RollUp.unpriced": lines(func(r *rollUp) []*line { return r.Unpriced }),
		"RollUp.circular": lines(func(r *rollUp) []*line { return r.Circular }),

		"RollUpLine.action":             actionOf(func(l *line) valueflows.Action { return l.Action }),
		"RollUpLine.record":             rollUpRecords{},
		"RollUpLine.resourceConformsTo": to[valueflows.ResourceSpecification](func(l *line) valueflows.ID { return l.ResourceConformsTo }),
		"RollUpLine.resource":           to[valueflows.EconomicResource](func(l *line) valueflows.ID { return l.Resource }),
		"RollUpLine.quantity":           measureOf(func(l *line) *valueflows.Measure { return l.Quantity }),
	}
}

type rollUps struct{}

// Currency is the money that values are counted in.
func (rollUps) Currency(ctx context.Context, r *model.RollUp) (*valueflows.ResourceSpecification, error) {
	return one[valueflows.ResourceSpecification](ctx, r.Currency)
}

// Unit is what values are counted in.
func (rollUps) Unit(ctx context.Context, r *model.RollUp) (*valueflows.Unit, error) {
	return one[valueflows.Unit](ctx, r.Unit)
}

type rollUpLines struct{}

// Kind is how the line came to its value.
func (rollUpLines) Kind(_ context.Context, l *model.RollUpLine) (generated.RollUpKind, error) {
	return generated.RollUpKind(strings.ToUpper(l.From)), nil
}

// Action is that of the flow.
func (rollUpLines) Action(_ context.Context, l *model.RollUpLine) (*model.Action, error) {
	return model.ActionOf(l.Action), nil
}

// Record is what the line comes from.
func (rollUpLines) Record(ctx context.Context, l *model.RollUpLine) (model.RollUpRecord, error) {
	read := rollUpClasses[l.Class]
	if read == nil || l.RecordID.IsZero() {
		return nil, nil
	}
	if err := read.read(ctx, loadsOf(ctx), []valueflows.ID{l.RecordID}); err != nil {
		return nil, err
	}
	record, _ := read.get(loadsOf(ctx), l.RecordID).(model.RollUpRecord)
	return record, nil
}

// ResourceConformsTo is what it is.
func (rollUpLines) ResourceConformsTo(ctx context.Context, l *model.RollUpLine) (*valueflows.ResourceSpecification, error) {
	return one[valueflows.ResourceSpecification](ctx, l.ResourceConformsTo)
}

// Resource is which resource it is.
func (rollUpLines) Resource(ctx context.Context, l *model.RollUpLine) (*valueflows.EconomicResource, error) {
	return one[valueflows.EconomicResource](ctx, l.Resource)
}
