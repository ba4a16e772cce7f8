package node

import (
	"disconode/node/store"
	"disconode/valueflows"
)

// agent is what the audience is told of an agent: a name, or a pseudonym.
func (t *publisher) agent(id valueflows.ID) (any, error) {
	row, err := store.GetRow[valueflows.Agent](t.tx, id)
	if err != nil {
		return nil, err
	}
	if t.isPeer(id) || t.isLab(id) && id != t.audience.Lab { // theirs to tell
		return nil, nil
	}
	private, err := t.isPrivate(id)
	if err != nil {
		return nil, err
	}
	told := &valueflows.Agent{Record: valueflows.Record{ID: id}, Kind: row.Kind, Name: row.Name}
	switch {
	case private, row.Books != t.audience.Lab && !t.isLab(id):
		told.Name = "Person " + t.pseudonym(id)[:8]
		if row.Kind != valueflows.ClassPerson {
			told.Name = "Agent " + t.pseudonym(id)[:8]
		}
	case row.Kind == valueflows.ClassPerson:
		identity, err := t.tx.Identity(id)
		if err != nil {
			return nil, err
		}
		told.Name = identity.Name
	default:
		told.Name, told.Note, told.ClassifiedAs = t.title(row.Name), "", t.openAll(row.ClassifiedAs)
	}
	return told, nil
}

func (t *publisher) unitTold(id valueflows.ID) (any, error) {
	if valueflows.OMUnit(id) != nil {
		return nil, nil // the same on every node
	}
	row, err := store.GetRow[valueflows.Unit](t.tx, id)
	if err != nil {
		return nil, err
	}
	return &valueflows.Unit{Record: valueflows.Record{ID: id}, Label: t.title(row.Label), Symbol: t.open(row.Symbol), OMUnitIdentifier: row.OMUnitIdentifier}, nil
}

func (t *publisher) specification(id valueflows.ID) (any, error) {
	row, err := store.GetRow[valueflows.ResourceSpecification](t.tx, id)
	if err != nil {
		return nil, err
	}
	for _, unit := range []valueflows.ID{row.DefaultUnitOfResource, row.DefaultUnitOfEffort} {
		if err := t.mention(unit, valueflows.ClassUnit); err != nil {
			return nil, err
		}
	}
	return &valueflows.ResourceSpecification{
		Record: valueflows.Record{ID: id}, Name: t.title(row.Name), Note: valueflows.Text(t.open(string(row.Note))), ResourceClassifiedAs: t.openAll(row.ResourceClassifiedAs),
		DefaultUnitOfResource: row.DefaultUnitOfResource, DefaultUnitOfEffort: row.DefaultUnitOfEffort,
		MediumOfExchange: row.MediumOfExchange, Substitutable: row.Substitutable,
	}, nil
}

func (t *publisher) resourceTold(id valueflows.ID) (any, error) {
	row, err := store.GetRow[valueflows.EconomicResource](t.tx, id)
	if err != nil {
		return nil, err
	}
	if row.Books != t.audience.Lab {
		return nil, nil
	}
	if err := t.mention(row.ConformsTo, valueflows.ClassResourceSpecification); err != nil {
		return nil, err
	}
	if err := t.mention(row.PrimaryAccountable, valueflows.ClassPerson); err != nil {
		return nil, err
	}
	return &valueflows.EconomicResource{
		Record: valueflows.Record{ID: id}, Name: valueflows.Text(t.title(string(row.Name))), Note: valueflows.Text(t.open(string(row.Note))), ClassifiedAs: t.openAll(row.ClassifiedAs),
		TrackingIdentifier: valueflows.Text(t.open(string(row.TrackingIdentifier))), ConformsTo: row.ConformsTo, PrimaryAccountable: row.PrimaryAccountable,
	}, nil
}
