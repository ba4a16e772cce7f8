package graph

import (
	"maps"

	"disconode/graph/model"
	"disconode/valueflows"
)

// planColumns are the plain fields of plans, recipes and relationships.
func planColumns() map[string]column {
	all := map[string]column{
		"Recipe.name": maybe(func(r *valueflows.Recipe) valueflows.Text { return r.Name }),
		"Recipe.note": maybe(func(r *valueflows.Recipe) valueflows.Text { return r.Note }),

		"RecipeProcess.name":                text(func(p *valueflows.RecipeProcess) string { return p.Name }),
		"RecipeProcess.note":                maybe(func(p *valueflows.RecipeProcess) valueflows.Text { return p.Note }),
		"RecipeProcess.image":               maybe(func(p *valueflows.RecipeProcess) valueflows.URI { return p.Image }),
		"RecipeProcess.processClassifiedAs": uris(func(p *valueflows.RecipeProcess) []valueflows.URI { return p.ProcessClassifiedAs }),

		"RecipeExchange.name": text(func(e *valueflows.RecipeExchange) string { return e.Name }),
		"RecipeExchange.note": maybe(func(e *valueflows.RecipeExchange) valueflows.Text { return e.Note }),

		"RecipeFlow.resourceClassifiedAs": uris(func(f *valueflows.RecipeFlow) []valueflows.URI { return f.ResourceClassifiedAs }),
		"RecipeFlow.state":                maybe(func(f *valueflows.RecipeFlow) valueflows.Text { return f.State }),
		"RecipeFlow.instructions":         maybe(func(f *valueflows.RecipeFlow) valueflows.Text { return f.Instructions }),
		"RecipeFlow.providerRole":         identity(func(f *valueflows.RecipeFlow) valueflows.ID { return f.ProviderRole }),
		"RecipeFlow.receiverRole":         identity(func(f *valueflows.RecipeFlow) valueflows.ID { return f.ReceiverRole }),
		"RecipeFlow.note":                 maybe(func(f *valueflows.RecipeFlow) valueflows.Text { return f.Note }),

		"AgentRelationshipRole.roleLabel":        text(func(r *valueflows.AgentRelationshipRole) string { return r.RoleLabel }),
		"AgentRelationshipRole.inverseRoleLabel": maybe(func(r *valueflows.AgentRelationshipRole) valueflows.Text { return r.InverseRoleLabel }),
		"AgentRelationshipRole.note":             maybe(func(r *valueflows.AgentRelationshipRole) valueflows.Text { return r.Note }),

		"AgentRelationship.note": maybe(func(r *valueflows.AgentRelationship) valueflows.Text { return r.Note }),

		"Plan.name":    text(func(p *valueflows.Plan) string { return p.Name }),
		"Plan.note":    maybe(func(p *valueflows.Plan) valueflows.Text { return p.Note }),
		"Plan.due":     moment(func(p *valueflows.Plan) *valueflows.Time { return p.Due }),
		"Plan.created": moment(func(p *valueflows.Plan) *valueflows.Time { return p.Created }),

		"Intent.name":      maybe(func(i *valueflows.Intent) valueflows.Text { return i.Name }),
		"Intent.image":     maybe(func(i *valueflows.Intent) valueflows.URI { return i.Image }),
		"Intent.imageList": uris(func(i *valueflows.Intent) []valueflows.URI { return i.ImageList }),

		"Commitment.created": moment(func(c *valueflows.Commitment) *valueflows.Time { return c.Created }),

		"Claim.resourceClassifiedAs": uris(func(c *valueflows.Claim) []valueflows.URI { return c.ResourceClassifiedAs }),
		"Claim.due":                  moment(func(c *valueflows.Claim) *valueflows.Time { return c.Due }),
		"Claim.created":              moment(func(c *valueflows.Claim) *valueflows.Time { return c.Created }),
		"Claim.finished":             truth(func(c *valueflows.Claim) *bool { return c.Finished }),
		"Claim.note":                 maybe(func(c *valueflows.Claim) valueflows.Text { return c.Note }),
		"Claim.agreedIn":             maybe(func(c *valueflows.Claim) valueflows.URI { return c.AgreedIn }),

		"Agreement.name":    maybe(func(a *valueflows.Agreement) valueflows.Text { return a.Name }),
		"Agreement.note":    maybe(func(a *valueflows.Agreement) valueflows.Text { return a.Note }),
		"Agreement.created": moment(func(a *valueflows.Agreement) *valueflows.Time { return a.Created }),

		"AgreementBundle.name":    maybe(func(b *valueflows.AgreementBundle) valueflows.Text { return b.Name }),
		"AgreementBundle.note":    maybe(func(b *valueflows.AgreementBundle) valueflows.Text { return b.Note }),
		"AgreementBundle.created": moment(func(b *valueflows.AgreementBundle) *valueflows.Time { return b.Created }),

		"Proposal.purpose":      maybe(func(p *valueflows.Proposal) valueflows.ProposalPurpose { return p.Purpose }),
		"Proposal.name":         maybe(func(p *valueflows.Proposal) valueflows.Text { return p.Name }),
		"Proposal.note":         maybe(func(p *valueflows.Proposal) valueflows.Text { return p.Note }),
		"Proposal.hasBeginning": moment(func(p *valueflows.Proposal) *valueflows.Time { return p.HasBeginning }),
		"Proposal.hasEnd":       moment(func(p *valueflows.Proposal) *valueflows.Time { return p.HasEnd }),
		"Proposal.unitBased":    truth(func(p *valueflows.Proposal) *bool { return p.UnitBased }),
		"Proposal.created":      moment(func(p *valueflows.Proposal) *valueflows.Time { return p.Created }),

		"ProposalList.name":    maybe(func(l *valueflows.ProposalList) valueflows.Text { return l.Name }),
		"ProposalList.note":    maybe(func(l *valueflows.ProposalList) valueflows.Text { return l.Note }),
		"ProposalList.created": moment(func(l *valueflows.ProposalList) *valueflows.Time { return l.Created }),

		"Duration.numericDuration": text(func(d *model.Duration) string { return d.NumericDuration.String() }),
		"Duration.unitType":        text(func(d *model.Duration) string { return string(d.UnitType) }),
	}
	maps.Copy(all, plannedColumns("Intent", func(i *valueflows.Intent) *valueflows.Planned { return &i.Planned }))
	maps.Copy(all, plannedColumns("Commitment", func(c *valueflows.Commitment) *valueflows.Planned { return &c.Planned }))
	return all
}

// plannedColumns are the plain fields that intents and commitments have alike.
func plannedColumns[O any](name string, of func(*O) *valueflows.Planned) map[string]column {
	return map[string]column{
		name + ".resourceClassifiedAs": uris(func(o *O) []valueflows.URI { return of(o).ResourceClassifiedAs }),
		name + ".state":                maybe(func(o *O) valueflows.Text { return of(o).State }),
		name + ".hasBeginning":         moment(func(o *O) *valueflows.Time { return firstOf(of(o).HasBeginning, of(o).HasPointInTime) }),
		name + ".hasEnd":               moment(func(o *O) *valueflows.Time { return firstOf(of(o).HasEnd, of(o).HasPointInTime) }),
		name + ".hasPointInTime":       moment(func(o *O) *valueflows.Time { return of(o).HasPointInTime }),
		name + ".due":                  moment(func(o *O) *valueflows.Time { return of(o).Due }),
		name + ".finished":             truth(func(o *O) *bool { return of(o).Finished }),
		name + ".note":                 maybe(func(o *O) valueflows.Text { return of(o).Note }),
		name + ".agreedIn":             maybe(func(o *O) valueflows.URI { return of(o).AgreedIn }),
	}
}
