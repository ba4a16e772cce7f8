package store

import "disconode/valueflows"

// The tables of the plan layer.

// planned are the columns that an intent and a commitment have alike.
func planned(p *valueflows.Planned) []column {
	return columns(str("action", &p.Action), ref("provider", &p.Provider), ref("receiver", &p.Receiver),
		ref("input_of", &p.InputOf), ref("output_of", &p.OutputOf), ref("planned_within", &p.PlannedWithin),
		ref("resource_inventoried_as", &p.ResourceInventoriedAs), ref("resource_conforms_to", &p.ResourceConformsTo),
		list("resource_classified_as", &p.ResourceClassifiedAs), measure("resource", &p.ResourceQuantity), measure("effort", &p.EffortQuantity),
		ref("stage", &p.Stage), str("state", &p.State), moment("has_beginning", &p.HasBeginning), moment("has_end", &p.HasEnd),
		moment("has_point_in_time", &p.HasPointInTime), moment("due", &p.Due), truth("finished", &p.Finished), str("note", &p.Note),
		str("agreed_in", &p.AgreedIn), refs("in_scope_of", &p.InScopeOf), computed("planned", func() int64 { return int64(p.At()) }))
}

var intents = table[valueflows.Intent]{
	name: "intent", id: idOf[valueflows.Intent],
	columns: func(i *valueflows.Intent) []column {
		return columns(record(&i.Record), planned(&i.Planned), str("name", &i.Name), str("image", &i.Image), list("image_list", &i.ImageList),
			measure("available", &i.AvailableQuantity), measure("minimum", &i.MinimumQuantity))
	},
	lists: func(i *valueflows.Intent) []listed { return []listed{{"in_scope_of", i.InScopeOf}} },
}

var commitments = table[valueflows.Commitment]{
	name: "commitment", id: idOf[valueflows.Commitment],
	columns: func(c *valueflows.Commitment) []column {
		return columns(record(&c.Record), planned(&c.Planned), refs("satisfies", &c.Satisfies), ref("clause_of", &c.ClauseOf),
			ref("reciprocal_clause_of", &c.ReciprocalClauseOf), ref("independent_demand_of", &c.IndependentDemandOf), moment("created", &c.Created))
	},
	lists: func(c *valueflows.Commitment) []listed {
		return []listed{{"satisfies", c.Satisfies}, {"in_scope_of", c.InScopeOf}}
	},
}

var claims = table[valueflows.Claim]{
	name: "claim", id: idOf[valueflows.Claim],
	columns: func(c *valueflows.Claim) []column {
		return columns(record(&c.Record), str("action", &c.Action), ref("provider", &c.Provider), ref("receiver", &c.Receiver),
			ref("triggered_by", &c.TriggeredBy), ref("resource_conforms_to", &c.ResourceConformsTo), list("resource_classified_as", &c.ResourceClassifiedAs),
			measure("resource", &c.ResourceQuantity), measure("effort", &c.EffortQuantity), moment("due", &c.Due), moment("created", &c.Created),
			truth("finished", &c.Finished), str("note", &c.Note), str("agreed_in", &c.AgreedIn), computed("planned", func() int64 {
				if c.Due == nil {
					return 0
				}
				return int64(c.Due.Instant)
			}))
	},
}

var agreements = table[valueflows.Agreement]{
	name: "agreement", id: idOf[valueflows.Agreement],
	columns: func(a *valueflows.Agreement) []column {
		return columns(record(&a.Record), str("name", &a.Name), str("note", &a.Note), moment("created", &a.Created), ref("bundled_in", &a.BundledIn))
	},
}

var agreementBundles = table[valueflows.AgreementBundle]{
	name: "agreement_bundle", id: idOf[valueflows.AgreementBundle],
	columns: func(b *valueflows.AgreementBundle) []column {
		return columns(record(&b.Record), str("name", &b.Name), str("note", &b.Note), moment("created", &b.Created))
	},
}

var proposals = table[valueflows.Proposal]{
	name: "proposal", id: idOf[valueflows.Proposal],
	columns: func(p *valueflows.Proposal) []column {
		return columns(record(&p.Record), str("purpose", &p.Purpose), str("name", &p.Name), str("note", &p.Note),
			refs("publishes", &p.Publishes), refs("reciprocal", &p.Reciprocal), refs("proposed_to", &p.ProposedTo), refs("listed_in", &p.ListedIn),
			ref("eligible_location", &p.EligibleLocation), moment("has_beginning", &p.HasBeginning), moment("has_end", &p.HasEnd),
			truth("unit_based", &p.UnitBased), moment("created", &p.Created), refs("in_scope_of", &p.InScopeOf))
	},
	lists: func(p *valueflows.Proposal) []listed {
		return []listed{{"publishes", p.Publishes}, {"reciprocal", p.Reciprocal}, {"proposed_to", p.ProposedTo}, {"listed_in", p.ListedIn}, {"in_scope_of", p.InScopeOf}}
	},
}

var proposalLists = table[valueflows.ProposalList]{
	name: "proposal_list", id: idOf[valueflows.ProposalList],
	columns: func(l *valueflows.ProposalList) []column {
		return columns(record(&l.Record), str("name", &l.Name), str("note", &l.Note), refs("proposed_to", &l.ProposedTo), moment("created", &l.Created))
	},
	lists: func(l *valueflows.ProposalList) []listed { return []listed{{"proposed_to", l.ProposedTo}} },
}

var plans = table[valueflows.Plan]{
	name: "plan", id: idOf[valueflows.Plan],
	columns: func(p *valueflows.Plan) []column {
		return columns(record(&p.Record), str("name", &p.Name), str("note", &p.Note), moment("due", &p.Due), moment("created", &p.Created))
	},
}
