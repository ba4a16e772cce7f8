package node

import (
	"errors"
	"fmt"
	"strings"

	"disconode/node/store"
	"disconode/valueflows"
	"disconode/valueflows/sheet"
)

// classAgent stands for persons, organizations and ecosystems, where a name may
// be any one's.
const classAgent valueflows.Class = "Agent"

// namesKnown are what the names of a sheet mean. It forgets them all where they
// become many.
type namesKnown map[string]meaning

type meaning struct {
	id  valueflows.ID
	err error
}

// namesMost is how many names are kept in mind.
const namesMost = 4096

// words are what people call a record of a class.
var words = map[valueflows.Class]string{
	classAgent: "agent", valueflows.ClassPerson: "person", valueflows.ClassOrganization: "organization",
	valueflows.ClassResourceSpecification: "resource specification", valueflows.ClassProcess: "process",
	valueflows.ClassEconomicResource: "economic resource", valueflows.ClassSpatialThing: "place", valueflows.ClassUnit: "unit",
}

// mean is the id of the record that a cell names: by UUID, IRI, name or
// tracking identifier; zero for an empty cell.
func (i *sheetImporter) mean(class valueflows.Class, c sheet.Cell, worker bool) (valueflows.ID, error) {
	if c.Text == "" {
		return valueflows.ID{}, nil
	}
	key := nameKey(class, c.Text)
	m, ok := i.names[key]
	if !ok {
		m.id, m.err = i.lookUpName(class, c.Text, worker)
		var input *valueflows.InputError
		if m.err != nil && !errors.As(m.err, &input) {
			return m.id, m.err
		}
		if i.settled && m.err != nil { // of another row it may still be made
			return m.id, m.err
		}
		if i.names == nil || len(i.names) >= namesMost {
			i.names = namesKnown{}
		}
		i.names[key] = m
	}
	return m.id, m.err
}

// forget has a name looked up anew: something is called so from now on.
func (i *sheetImporter) forget(class valueflows.Class, name string) {
	delete(i.names, nameKey(class, strings.TrimSpace(name)))
}

// nameKey is what a name is remembered by. Of a unit the case of the letters
// counts: Mg is not mg.
func nameKey(class valueflows.Class, name string) string {
	if class != valueflows.ClassUnit {
		name = strings.ToLower(name)
	}
	return string(class) + "\x00" + name
}

func (i *sheetImporter) lookUpName(class valueflows.Class, text string, worker bool) (valueflows.ID, error) {
	if class == valueflows.ClassUnit {
		return i.unitNamed(text)
	}
	if isReference(text) {
		return i.referred(class, text)
	}
	found, err := i.called(class, text)
	if err != nil {
		return valueflows.ID{}, err
	}
	switch len(found) {
	case 1:
		return found[0].ID, nil
	case 0:
		return i.createNamed(class, text, worker)
	}
	var ids []string
	for _, n := range found {
		ids = append(ids, n.ID.String())
	}
	return valueflows.ID{}, valueflows.Invalid("AMBIGUOUS_NAME", "several are called %q: give the id of the one that is meant: %s", valueflows.Clip(text), strings.Join(ids, ", "))
}

// called are the records that a name may mean: where one of the LAB's own is
// called so, others are not meant.
func (i *sheetImporter) called(class valueflows.Class, text string) ([]store.Called, error) {
	found, err := i.tx.Called(class, i.by.Lab, text)
	var own []store.Called
	for _, n := range found {
		if n.Own || n.ID == i.by.Lab {
			own = append(own, n)
		}
	}
	if len(own) > 0 {
		return own, err
	}
	return found, err
}

// isReference tells whether a text is a UUID or an IRI.
func isReference(text string) bool {
	if _, err := valueflows.ParseID(text); err == nil {
		return true
	}
	for _, scheme := range schemes {
		if len(text) > len(scheme) && strings.EqualFold(text[:len(scheme)], scheme) {
			return true
		}
	}
	return false
}

// referred is the id that a UUID or an IRI is, where the books have the record.
func (i *sheetImporter) referred(class valueflows.Class, text string) (valueflows.ID, error) {
	id, err := i.n.Ref(i.ctx, text)
	if err != nil {
		return id, err
	}
	if class == classAgent {
		class = valueflows.ClassOrganization // whose references lead to any agent
	}
	err = acts[class].refer(i.session, &id, "")
	var input *valueflows.InputError
	if errors.As(err, &input) {
		err = valueflows.Invalid(input.Code, "%s", input.Text)
	}
	return id, err
}

// createNamed makes a record of a name that nothing bears, where that was asked
// for; else it offers the names that are near.
func (i *sheetImporter) createNamed(class valueflows.Class, name string, worker bool) (valueflows.ID, error) {
	asked := i.sheet.Create
	if i.settled {
		asked = Creation{}
	}
	var record any
	var flag string
	rec := valueflows.Record{ID: i.n.newID()}
	switch {
	case class == classAgent && asked.People && (worker || !asked.Organizations):
		record = &valueflows.Agent{Record: rec, Kind: valueflows.ClassPerson, Name: name}
	case class == classAgent && asked.Organizations && !worker && !asked.People:
		record = &valueflows.Agent{Record: rec, Kind: valueflows.ClassOrganization, Name: name}
	case class == classAgent && asked.Organizations && !worker:
		return rec.ID, valueflows.Invalid("UNKNOWN_REFERENCE", "nobody is called %q, and it could be a person or an organization: create it first", valueflows.Clip(name))
	case class == classAgent:
		flag = "people"
		if !worker {
			flag = "people or --create organizations"
		}
	case class == valueflows.ClassResourceSpecification && asked.Kinds:
		record = &valueflows.ResourceSpecification{Record: rec, Name: name}
	case class == valueflows.ClassResourceSpecification:
		flag = "kinds"
	case class == valueflows.ClassProcess && asked.Processes:
		record = &valueflows.Process{Record: rec, Name: name}
	case class == valueflows.ClassProcess:
		flag = "processes"
	}
	if record == nil {
		return valueflows.ID{}, i.unknownName(class, name, flag)
	}
	if err := checkName("", name); err != nil {
		return valueflows.ID{}, err
	}
	if err := i.create(record); err != nil {
		return valueflows.ID{}, err
	}
	i.report.made(fmt.Sprintf("the %s %q", words[valueflows.ClassOf(record)], name))
	return rec.ID, nil
}

// nearLooked is among how many names near ones are looked for.
const nearLooked = 5000

func (i *sheetImporter) unknownName(class valueflows.Class, name, flag string) error {
	all, err := i.tx.Names(class, i.by.Lab, nearLooked)
	if err != nil {
		return err
	}
	near := sheet.Near(name, func(yield func(string) bool) {
		for _, n := range all {
			if !yield(n.Name) {
				return
			}
		}
	})
	text := fmt.Sprintf("no %s is called %q", words[class], valueflows.Clip(name))
	if len(near) > 0 {
		for at := range near {
			near[at] = fmt.Sprintf("%q", valueflows.Clip(near[at]))
		}
		text += ": is one of these meant: " + strings.Join(near, ", ") + "?"
	} else {
		text += ": write a name as the books have it, or an id"
	}
	if flag != "" {
		text += " --create " + flag + " makes what no name is found of"
	}
	return valueflows.Invalid("UNKNOWN_REFERENCE", "%s", text)
}
