package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"

	"disconode/graph/model"
	"disconode/node"
	"disconode/valueflows"
)

// Balances are what agents are accountable for at a time.
func (q query) Balances(ctx context.Context, agent []string, at *valueflows.Time) (*model.Balances, error) {
	agents, err := namedAll(ctx, "agent", agent, accountsAgentsMax)
	if err != nil {
		return nil, err
	}
	byResource, bySpecification, err := q.node.Balances(ctx, agents, instant(at))
	if err != nil {
		return nil, err
	}
	b := &model.Balances{ByResource: balancesShown(byResource), BySpecification: balancesShown(bySpecification)}
	return b, aheadOf(ctx, b)
}

func balancesShown(all []node.Balance) []*model.Balance {
	list := make([]*model.Balance, len(all))
	for i, b := range all {
		list[i] = &model.Balance{Resource: b.Resource, ResourceConformsTo: b.Specification,
			AccountingQuantity: valueflows.Measure{HasNumericalValue: b.Accounting, HasUnit: b.Unit}, OnhandQuantity: valueflows.Measure{HasNumericalValue: b.Onhand, HasUnit: b.Unit}}
	}
	return list
}

// IncomeStatement is what agents got and gave.
func (q query) IncomeStatement(ctx context.Context, agent []string, from, to *valueflows.Time) ([]*model.IncomeStatementRow, error) {
	agents, err := namedAll(ctx, "agent", agent, accountsAgentsMax)
	if err != nil {
		return nil, err
	}
	rows, err := q.node.IncomeStatement(ctx, agents, instant(from), instant(to))
	if err != nil {
		return nil, err
	}
	if len(rows) > listMax {
		return nil, valueflows.At(valueflows.Invalid("TOO_MANY", "the statement has more than %d rows: ask for a shorter time, or for fewer agents", listMax), "agent")
	}
	all := make([]*model.IncomeStatementRow, len(rows))
	for i, row := range rows {
		all[i] = &model.IncomeStatementRow{StatementRow: row}
	}
	return all, aheadOf(ctx, all...)
}

// Ledger is a page of what happened to a resource. The gate has held first and
// last to their bounds.
func (q query) Ledger(ctx context.Context, resource string, _ *int, _ *string, _ *int, _ *string) (*model.LedgerConnection, error) {
	id, err := named(ctx, "resource", resource)
	if err != nil {
		return nil, err
	}
	field := graphql.GetFieldContext(ctx).Field
	cursors := cursorsOf(ctx, q.node, "ledger of "+id.String(), node.Filter{})
	page, size, err := pageOf(field.ArgumentMap(graphql.GetOperationContext(ctx).Variables), cursors)
	if err != nil {
		return nil, err
	}
	found, err := q.node.Ledger(ctx, id, page)
	if err != nil {
		return nil, err
	}
	accounting := valueflows.Measure{HasUnit: found.Resource.AccountingQuantity.HasUnit}
	onhand := accounting
	if found.Resource.OnhandQuantity != nil {
		onhand.HasUnit = found.Resource.OnhandQuantity.HasUnit
	}
	of := func(unit valueflows.Measure, d valueflows.Decimal) valueflows.Measure {
		unit.HasNumericalValue = d
		return unit
	}
	c := &model.LedgerConnection{OpeningAccounting: of(accounting, found.Opening.Accounting), OpeningOnhand: of(onhand, found.Opening.Onhand),
		Edges: make([]*model.LedgerEdge, len(found.Nodes)), PageInfo: model.PageInfo{HasPreviousPage: found.HasPrevious, HasNextPage: found.HasNext, PageLimit: size, List: cursors}}
	owners := make([]any, len(found.Nodes))
	for i, line := range found.Nodes {
		shown := &model.LedgerLine{EconomicEvent: line.Event, Counterparty: line.Counterparty,
			AccountingChange: of(accounting, line.Change.Accounting), OnhandChange: of(onhand, line.Change.Onhand),
			AccountingQuantity: of(accounting, line.Balance.Accounting), OnhandQuantity: of(onhand, line.Balance.Onhand)}
		c.Edges[i], owners[i] = &model.LedgerEdge{Node: shown, Position: line.Event.Position, List: cursors}, shown
	}
	if n := len(c.Edges); n > 0 {
		c.PageInfo.First, c.PageInfo.Last = &c.Edges[0].Position, &c.Edges[n-1].Position
	}
	return c, ahead(ctx, nodesOf(ctx, field), owners)
}

// ledgerLinks are the links of accounts, as Type.field.
func ledgerLinks() map[string]link {
	type (
		balances = model.Balances
		balance  = model.Balance
		row      = model.IncomeStatementRow
		line     = model.LedgerLine
		event    = valueflows.EconomicEvent
		measure  = valueflows.Measure
		id       = valueflows.ID
	)
	lists := func(of func(*balances) []*balance) link {
		return part[balances, balance]{parts: func(b *balances) []*balance {
			if list := of(b); len(list) <= listMax {
				return list
			}
			return nil // it is refused
		}}
	}
	return map[string]link{
		"Balances.byResource":        lists(func(b *balances) []*balance { return b.ByResource }),
		"Balances.bySpecification":   lists(func(b *balances) []*balance { return b.BySpecification }),
		"Balance.resource":           to[valueflows.EconomicResource](func(b *balance) id { return b.Resource }),
		"Balance.resourceConformsTo": to[valueflows.ResourceSpecification](func(b *balance) id { return b.ResourceConformsTo }),
		"Balance.accountingQuantity": measureOf(func(b *balance) *measure { return &b.AccountingQuantity }),
		"Balance.onhandQuantity":     measureOf(func(b *balance) *measure { return &b.OnhandQuantity }),

		"IncomeStatementRow.resourceConformsTo": to[valueflows.ResourceSpecification](func(r *row) id { return r.Specification }),
		"IncomeStatementRow.unit":               to[valueflows.Unit](func(r *row) id { return r.Unit }),

		"LedgerLine.economicEvent":      part[line, event]{parts: func(l *line) []*event { return []*event{l.EconomicEvent} }},
		"LedgerLine.counterparty":       to[valueflows.Agent](func(l *line) id { return l.Counterparty }),
		"LedgerLine.accountingChange":   measureOf(func(l *line) *measure { return &l.AccountingChange }),
		"LedgerLine.onhandChange":       measureOf(func(l *line) *measure { return &l.OnhandChange }),
		"LedgerLine.accountingQuantity": measureOf(func(l *line) *measure { return &l.AccountingQuantity }),
		"LedgerLine.onhandQuantity":     measureOf(func(l *line) *measure { return &l.OnhandQuantity }),
	}
}

type allBalances struct{}

// ByResource are the balances of each resource.
func (allBalances) ByResource(_ context.Context, b *model.Balances) ([]*model.Balance, error) {
	return b.ByResource, fewBalances(b.ByResource, "by specification, or for economicResources page by page")
}

// BySpecification are the balances of each specification and unit.
func (allBalances) BySpecification(_ context.Context, b *model.Balances) ([]*model.Balance, error) {
	return b.BySpecification, fewBalances(b.BySpecification, "of fewer agents")
}

func fewBalances(list []*model.Balance, instead string) error {
	if len(list) > listMax {
		return valueflows.Invalid("TOO_MANY", "there are more than %d balances: ask %s", listMax, instead)
	}
	return nil
}

type oneBalance struct{}

// Resource is which resource it is.
func (oneBalance) Resource(ctx context.Context, b *model.Balance) (*valueflows.EconomicResource, error) {
	return one[valueflows.EconomicResource](ctx, b.Resource)
}

// ResourceConformsTo is what it is.
func (oneBalance) ResourceConformsTo(ctx context.Context, b *model.Balance) (*valueflows.ResourceSpecification, error) {
	return one[valueflows.ResourceSpecification](ctx, b.ResourceConformsTo)
}

type incomeStatementRows struct{}

// Specification is what it is.
func (incomeStatementRows) Specification(ctx context.Context, r *model.IncomeStatementRow) (*valueflows.ResourceSpecification, error) {
	return one[valueflows.ResourceSpecification](ctx, r.Specification)
}

// Unit is what it is counted in.
func (incomeStatementRows) Unit(ctx context.Context, r *model.IncomeStatementRow) (*valueflows.Unit, error) {
	return one[valueflows.Unit](ctx, r.StatementRow.Unit)
}

type ledgerLines struct{}

// Counterparty is who gave or got.
func (ledgerLines) Counterparty(ctx context.Context, l *model.LedgerLine) (model.Agent, error) {
	return agent(ctx, l.Counterparty)
}
