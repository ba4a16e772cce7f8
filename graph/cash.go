package graph

import (
	"context"
	"strings"

	"disconode/graph/generated"
	"disconode/graph/model"
	"disconode/node"
	"disconode/valueflows"
	"disconode/valueflows/flow"
)

// What is asked for at once; [node.Node] holds the same bounds.
const (
	cashResourcesMax  = 200
	accountsAgentsMax = 100
)

// CashFlow is what came and went, and what is to.
func (q query) CashFlow(ctx context.Context, resources []string, specification *string, agent []string, unit *string, from, to valueflows.Time, every *generated.CashPeriod) (*model.CashFlow, error) {
	asked := node.CashQuestion{From: from.Instant, Until: to.Instant}
	var err error
	if asked.Resources, err = namedAll(ctx, "resources", resources, cashResourcesMax); err != nil {
		return nil, err
	}
	if asked.Agents, err = namedAll(ctx, "agent", agent, accountsAgentsMax); err != nil {
		return nil, err
	}
	if specification != nil {
		if asked.Specification, err = named(ctx, "specification", *specification); err != nil {
			return nil, err
		}
	}
	if unit != nil {
		if asked.Unit, err = named(ctx, "unit", *unit); err != nil {
			return nil, err
		}
	}
	if every != nil {
		asked.Every = flow.CashPeriod(strings.ToLower(string(*every)))
	}
	found, err := q.node.CashFlow(ctx, asked)
	if err != nil {
		return nil, err
	}
	c := &model.CashFlow{Opening: found.Opening, Unit: found.Unit, Periods: make([]*model.CashFlowPeriod, len(found.Rows)),
		Overdue: model.CashFlowSum(found.Overdue), Later: model.CashFlowSum(found.Later), Undated: model.CashFlowSum(found.Undated)}
	for i, row := range found.Rows {
		c.Periods[i] = &model.CashFlowPeriod{CashSpan: row.CashSpan, Happened: model.CashFlowSum(row.Happened), Expected: model.CashFlowSum(row.Expected), Net: row.Net, Balance: row.Balance}
	}
	return c, aheadOf(ctx, c)
}

// cashLinks are the links of cash flows, as Type.field.
func cashLinks() map[string]link {
	type (
		cash   = model.CashFlow
		period = model.CashFlowPeriod
		sum    = model.CashFlowSum
	)
	ofCash := func(one func(*cash) *sum) link {
		return part[cash, sum]{parts: func(c *cash) []*sum { return []*sum{one(c)} }}
	}
	ofPeriod := func(one func(*period) *sum) link {
		return part[period, sum]{parts: func(p *period) []*sum { return []*sum{one(p)} }}
	}
	return map[string]link{
		"CashFlow.unit":           to[valueflows.Unit](func(c *cash) valueflows.ID { return c.Unit }),
		"CashFlow.periods":        part[cash, period]{parts: func(c *cash) []*period { return c.Periods }},
		"CashFlow.overdue":        ofCash(func(c *cash) *sum { return &c.Overdue }),
		"CashFlow.later":          ofCash(func(c *cash) *sum { return &c.Later }),
		"CashFlow.undated":        ofCash(func(c *cash) *sum { return &c.Undated }),
		"CashFlowPeriod.happened": ofPeriod(func(p *period) *sum { return &p.Happened }),
		"CashFlowPeriod.expected": ofPeriod(func(p *period) *sum { return &p.Expected }),
	}
}

type cashFlows struct{}

// Unit is what all is counted in.
func (cashFlows) Unit(ctx context.Context, c *model.CashFlow) (*valueflows.Unit, error) {
	return one[valueflows.Unit](ctx, c.Unit)
}
