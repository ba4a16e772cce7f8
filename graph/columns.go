package graph

import (
	"maps"
	"strconv"

	"disconode/graph/model"
	"disconode/valueflows"
)

// column writes a plain field of a record, as gqlgen writes it.
type column func(d *direct, record any)

// columns are the plain fields that [direct] can write, as Type.field.
var columns = func() map[string]column {
	all := map[string]column{
		"Unit.label":            text(func(u *valueflows.Unit) string { return u.Label }),
		"Unit.symbol":           text(func(u *valueflows.Unit) string { return u.Symbol }),
		"Unit.omUnitIdentifier": text(func(u *valueflows.Unit) string { return u.OMUnitIdentifier }),
		"Unit.classifiedAs":     uris(func(u *valueflows.Unit) []valueflows.URI { return u.ClassifiedAs }),

		"Measure.hasNumericalValue": text(func(m *valueflows.Measure) string { return m.HasNumericalValue.String() }),

		"Action.id":    text(func(a *model.Action) string { return string(a.ID) }),
		"Action.label": text(func(a *model.Action) string { return a.Label }),

		"ResourceSpecification.name":                 text(func(s *valueflows.ResourceSpecification) string { return s.Name }),
		"ResourceSpecification.image":                maybe(func(s *valueflows.ResourceSpecification) valueflows.URI { return s.Image }),
		"ResourceSpecification.imageList":            uris(func(s *valueflows.ResourceSpecification) []valueflows.URI { return s.ImageList }),
		"ResourceSpecification.resourceClassifiedAs": uris(func(s *valueflows.ResourceSpecification) []valueflows.URI { return s.ResourceClassifiedAs }),
		"ResourceSpecification.note":                 maybe(func(s *valueflows.ResourceSpecification) valueflows.Text { return s.Note }),
		"ResourceSpecification.mediumOfExchange":     truth(func(s *valueflows.ResourceSpecification) *bool { return s.MediumOfExchange }),
		"ResourceSpecification.substitutable":        truth(func(s *valueflows.ResourceSpecification) *bool { return s.Substitutable }),

		"ProcessSpecification.name":  text(func(s *valueflows.ProcessSpecification) string { return s.Name }),
		"ProcessSpecification.image": maybe(func(s *valueflows.ProcessSpecification) valueflows.Text { return s.Image }),
		"ProcessSpecification.note":  maybe(func(s *valueflows.ProcessSpecification) valueflows.Text { return s.Note }),

		"Process.name":         text(func(p *valueflows.Process) string { return p.Name }),
		"Process.note":         maybe(func(p *valueflows.Process) valueflows.Text { return p.Note }),
		"Process.classifiedAs": uris(func(p *valueflows.Process) []valueflows.URI { return p.ClassifiedAs }),
		"Process.hasBeginning": moment(func(p *valueflows.Process) *valueflows.Time { return p.HasBeginning }),
		"Process.hasEnd":       moment(func(p *valueflows.Process) *valueflows.Time { return p.HasEnd }),
		"Process.finished":     truth(func(p *valueflows.Process) *bool { return p.Finished }),

		"EconomicEvent.resourceClassifiedAs": uris(func(e *valueflows.EconomicEvent) []valueflows.URI { return e.ResourceClassifiedAs }),
		"EconomicEvent.hasBeginning":         moment(beginning),
		"EconomicEvent.hasEnd":               moment(end),
		"EconomicEvent.hasPointInTime":       moment(func(e *valueflows.EconomicEvent) *valueflows.Time { return e.HasPointInTime }),
		"EconomicEvent.created":              moment(writtenDown),
		"EconomicEvent.state":                maybe(func(e *valueflows.EconomicEvent) valueflows.Text { return e.State }),
		"EconomicEvent.stream":               maybe(func(e *valueflows.EconomicEvent) valueflows.Stream { return e.Stream }),
		"EconomicEvent.image":                maybe(func(e *valueflows.EconomicEvent) valueflows.URI { return e.Image }),
		"EconomicEvent.note":                 maybe(func(e *valueflows.EconomicEvent) valueflows.Text { return e.Note }),
		"EconomicEvent.agreedIn":             maybe(func(e *valueflows.EconomicEvent) valueflows.URI { return e.AgreedIn }),
		"EconomicEvent.deletable":            truth(func(*valueflows.EconomicEvent) *bool { return new(bool) }),

		"EconomicResource.name":                    maybe(func(r *valueflows.EconomicResource) valueflows.Text { return r.Name }),
		"EconomicResource.note":                    maybe(func(r *valueflows.EconomicResource) valueflows.Text { return r.Note }),
		"EconomicResource.image":                   maybe(func(r *valueflows.EconomicResource) valueflows.URI { return r.Image }),
		"EconomicResource.imageList":               uris(func(r *valueflows.EconomicResource) []valueflows.URI { return r.ImageList }),
		"EconomicResource.trackingIdentifier":      maybe(func(r *valueflows.EconomicResource) valueflows.Text { return r.TrackingIdentifier }),
		"EconomicResource.classifiedAs":            uris(func(r *valueflows.EconomicResource) []valueflows.URI { return r.ClassifiedAs }),
		"EconomicResource.state":                   maybe(func(r *valueflows.EconomicResource) valueflows.Text { return r.State }),
		"EconomicResource.currentVirtualLocation":  maybe(func(r *valueflows.EconomicResource) valueflows.URI { return r.CurrentVirtualLocation }),
		"EconomicResource.currentCurrencyLocation": maybe(func(r *valueflows.EconomicResource) valueflows.Text { return r.CurrentCurrencyLocation }),

		"BatchLotRecord.batchLotCode":   maybe(func(b *valueflows.BatchLotRecord) valueflows.Text { return b.BatchLotCode }),
		"BatchLotRecord.expirationDate": moment(func(b *valueflows.BatchLotRecord) *valueflows.Time { return b.ExpirationDate }),

		"SpatialThing.name":                text(func(p *valueflows.SpatialThing) string { return p.Name }),
		"SpatialThing.note":                maybe(func(p *valueflows.SpatialThing) valueflows.Text { return p.Note }),
		"SpatialThing.mappableAddress":     maybe(func(p *valueflows.SpatialThing) valueflows.Text { return p.MappableAddress }),
		"SpatialThing.hasDetailedGeometry": uris(func(p *valueflows.SpatialThing) []valueflows.URI { return p.HasDetailedGeometry }),
		"SpatialThing.lat":                 number(func(p *valueflows.SpatialThing) *valueflows.Decimal { return p.Lat }),
		"SpatialThing.long":                number(func(p *valueflows.SpatialThing) *valueflows.Decimal { return p.Long }),
		"SpatialThing.alt":                 number(func(p *valueflows.SpatialThing) *valueflows.Decimal { return p.Alt }),

		"Contribution.stream": maybe(func(c *model.Contribution) valueflows.Stream { return c.Stream }),
		"Contribution.month":  maybe(func(c *model.Contribution) valueflows.Text { return c.Month }),
		"Contribution.events": func(d *direct, record any) {
			d.out = strconv.AppendInt(d.out, int64(record.(*model.Contribution).Events), 10)
		},
	}
	for _, kind := range []string{"Person", "Organization", "EcologicalAgent"} {
		all[kind+".name"] = text(func(a *valueflows.Agent) string { return a.Name })
		all[kind+".image"] = maybe(func(a *valueflows.Agent) valueflows.URI { return a.Image })
		all[kind+".note"] = maybe(func(a *valueflows.Agent) valueflows.Text { return a.Note })
		all[kind+".classifiedAs"] = uris(func(a *valueflows.Agent) []valueflows.URI { return a.ClassifiedAs })
	}
	maps.Copy(all, fulfilmentColumns())
	maps.Copy(all, planColumns())
	for _, class := range valueflows.Classes {
		name := string(class)
		all[name+".id"] = func(d *direct, record any) { d.plain(record.(kept).Rec().ID.String()) }
		all[name+".revisionId"] = func(d *direct, record any) { d.plain(record.(kept).Rec().Revision.String()) }
		all[name+".origin"] = func(d *direct, record any) {
			if origin := d.loads.node.OriginIRI(record.(kept).Rec().Books); origin != "" {
				d.quoted(origin)
			} else {
				d.null()
			}
		}
		all[name+".iri"] = func(d *direct, record any) { d.quoted(string(iri(d.loads.node, record))) }
	}
	return all
}()

func text[T any](get func(*T) string) column {
	return func(d *direct, record any) { d.quoted(get(record.(*T))) }
}

// maybe is a text that is null where it is empty.
func maybe[T any, S ~string](get func(*T) S) column {
	return func(d *direct, record any) {
		if s := get(record.(*T)); s != "" {
			d.quoted(string(s))
		} else {
			d.null()
		}
	}
}

// identity is an id that is null where it is not stated.
func identity[T any](get func(*T) valueflows.ID) column {
	return func(d *direct, record any) {
		if id := get(record.(*T)); !id.IsZero() {
			d.plain(id.String())
		} else {
			d.null()
		}
	}
}

func uris[T any](get func(*T) []valueflows.URI) column {
	return func(d *direct, record any) {
		all := get(record.(*T))
		if all == nil {
			d.null()
			return
		}
		d.out = append(d.out, '[')
		for i, u := range all {
			if i > 0 {
				d.out = append(d.out, ',')
			}
			d.quoted(string(u))
		}
		d.out = append(d.out, ']')
	}
}

func moment[T any](get func(*T) *valueflows.Time) column {
	return func(d *direct, record any) {
		if t := get(record.(*T)); t != nil {
			d.plain(t.String())
		} else {
			d.null()
		}
	}
}

func number[T any](get func(*T) *valueflows.Decimal) column {
	return func(d *direct, record any) {
		if n := get(record.(*T)); n != nil {
			d.plain(n.String())
		} else {
			d.null()
		}
	}
}

func truth[T any](get func(*T) *bool) column {
	return func(d *direct, record any) {
		if is := get(record.(*T)); is != nil {
			d.out = strconv.AppendBool(d.out, *is)
		} else {
			d.null()
		}
	}
}
