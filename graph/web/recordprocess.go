package web

import "disconode/valueflows"

// The pages of what is worked on.

type processRecord struct {
	described
	BasedOn              *named
	InScopeOf            []*named
	ClassifiedAs         []string
	HasBeginning, HasEnd string
	Finished             bool
	WorkingAgents        edges[named]
	PlannedWithin        *named
}

func processVariables(v *visit) (vars, error) {
	id := v.Request.PathValue("id")
	return vars{"id": id, "these": []string{id}}, nil
}

type processAnswer struct {
	Process processRecord
	Events  edges[event]
}

func processView(v *visit, answer processAnswer) (any, error) {
	a := answer.Process
	r := &recordShown{Title: a.text(), Kind: "A project or a piece of work", Term: "Process"}
	r.Fields.record("Kind", "basedOn", valueflows.ClassProcessSpecification, a.BasedOn)
	for _, scope := range a.InScopeOf {
		r.Fields.record("Of the group", "inScopeOf", "", scope)
	}
	r.Fields.text("From", "hasBeginning", v.Moment(a.HasBeginning))
	r.Fields.text("To", "hasEnd", v.Moment(a.HasEnd))
	r.Fields.text("Finished", "finished", map[bool]string{true: "yes", false: "no"}[a.Finished])
	if !a.Finished && v.past(a.HasEnd) {
		r.Fields.text("Overdue", "hasEnd", "since "+v.Moment(a.HasEnd))
	}
	r.Fields.record("Part of the plan", "plannedWithin", valueflows.ClassPlan, a.PlannedWithin)
	r.Fields.away("Grouped under", "classifiedAs", a.ClassifiedAs...)
	a.tail(&r.Fields)
	r.names("Who works in it", "", a.WorkingAgents)
	flows := processFlows{map[string]flows{}, map[string]flows{}}
	if err := flows.plannedOf(v, vars{"processes": []string{a.ID}}); err != nil {
		return nil, err
	}
	r.flows("planned-in", "What is planned to go in", v.rows(flows.in[a.ID]))
	r.flows("planned-out", "What is planned to come out", v.rows(flows.out[a.ID]))
	var inputs, outputs []event
	for _, e := range answer.Events.newestFirst() {
		if idOf(e.InputOf) == a.ID {
			inputs = append(inputs, e)
		} else {
			outputs = append(outputs, e)
		}
	}
	more := answer.Events.PageInfo.HasPreviousPage
	r.events("What went in", inputs, more)
	r.events("What came out", outputs, more)
	return r, nil
}

func processSpecificationShown(_ *visit, a specificationRecord) *recordShown {
	r := &recordShown{Title: a.text(), Kind: "A kind of project or work", Term: "ProcessSpecification"}
	a.tail(&r.Fields)
	r.names("Those of this kind", valueflows.ClassProcess, a.ConformingProcesses)
	return r
}
