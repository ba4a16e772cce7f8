package web

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"disconode/valueflows"
)

// plans are the plans of the LAB's books, the newest first, with how far they are.
var plans = page{path: "/plans", document: "plans", variables: plansVariables, view: into(plansView), template: "plans"}

const plansPageSize = 25

func plansVariables(v *visit) (vars, error) {
	asked := v.Request.URL.Query()
	filter := vars{"origin": []string{v.Who.Lab.String()}}
	if words := strings.TrimSpace(asked.Get("words")); words != "" {
		filter["searchString"] = words
	}
	given := vars{"filter": filter}
	if after := asked.Get("after"); after != "" {
		given["first"], given["after"] = plansPageSize, after
		return given, nil
	}
	given["last"] = plansPageSize
	if before := asked.Get("before"); before != "" {
		given["before"] = before
	}
	return given, nil
}

// plan is a plan as the documents ask for it.
type plan struct {
	described
	Due, Created, StartDate, EndDate string
	Finished                         bool
	InScopeOf                        []*named
	Fulfilment                       *planFulfilment
	Processes                        []plannedProcess
	IndependentDemands               []planned
	NonProcessCommitments            []planned
	NonProcessIntents                []planned
}

// planFulfilment is how far a plan is.
type planFulfilment struct {
	Percent             string
	Processes, Finished int
	IsDone              bool
	Commitments         struct{ Promises, Done int }
	Overdue             []struct{ ID string }
}

// done tells whether all of the plan is done.
func (p *plan) done() bool { return p.Finished || p.Fulfilment != nil && p.Fulfilment.IsDone }

// standing is how far the plan is, in words: what is finished, what is kept of
// what was promised, and whether it is late.
func (p *plan) standing(v *visit) standing {
	var s standing
	if f := p.Fulfilment; f != nil {
		if f.Processes > 0 {
			s.Far = append(s.Far, fmt.Sprintf("%d of %s finished", f.Finished, howMany(f.Processes, "process", "processes")))
		}
		if f.Commitments.Promises > 0 {
			s.Far = append(s.Far, fmt.Sprintf("%d of %s kept", f.Commitments.Done, howMany(f.Commitments.Promises, "promise", "promises")))
		}
		if n := len(f.Overdue); n > 0 {
			s.Late = howMany(n, "promise", "promises") + " overdue"
		}
	}
	switch {
	case p.done() && s.Late == "":
		s.State = "Done"
	case v.past(p.Due):
		s.State, s.Overdue = "Overdue since "+v.Day(p.Due), true
	case p.Due != "":
		s.State = "Due on " + v.Day(p.Due)
	default:
		s.State = "No day is set"
	}
	return s
}

// standing is how far something planned is, in words.
type standing struct {
	State   string
	Overdue bool
	Far     []string
	Late    string
}

// howMany is a number of things in words.
func howMany(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprint(n, " ", many)
}

type plansShown struct {
	Plans        []planEntry
	Words        string
	Newer, Older string // addresses; empty where there is nothing
}

// planEntry is a plan in the list.
type planEntry struct {
	Name, Href, Note string
	Standing         standing
}

func plansView(v *visit, a struct{ Plans edges[plan] }) (any, error) {
	shown := plansShown{Words: v.Request.URL.Query().Get("words")}
	for _, p := range a.Plans.newestFirst() {
		shown.Plans = append(shown.Plans, planEntry{Name: p.text(), Href: "/plans/" + url.PathEscape(p.ID), Note: p.Note, Standing: p.standing(v)})
	}
	kept := url.Values{}
	if shown.Words != "" {
		kept.Set("words", shown.Words)
	}
	if a.Plans.PageInfo.HasPreviousPage {
		shown.Older = pageAt("/plans", kept, "before", a.Plans.PageInfo.StartCursor)
	}
	if a.Plans.PageInfo.HasNextPage {
		shown.Newer = pageAt("/plans", kept, "after", a.Plans.PageInfo.EndCursor)
	}
	return shown, nil
}

// onePlan is the page of a plan: its processes, each with what was planned to go
// in and come out and what did.
var onePlan = page{
	path: "/plans/{id}", document: "plan", view: into(planView), template: "plan",
	variables: func(v *visit) (vars, error) { return vars{"id": v.Request.PathValue("id")}, nil },
}

// beside are the promises of no process, but for what the plan is for.
func (p *plan) beside() []planned {
	return slices.DeleteFunc(slices.Clone(p.NonProcessCommitments), func(c planned) bool {
		return slices.ContainsFunc(p.IndependentDemands, func(d planned) bool { return d.ID == c.ID })
	})
}

type planShown struct {
	Title     string
	Standing  standing
	Note      string
	Fields    fieldList
	Processes []processShown
	Demands   flowTable
	Beside    flowTable // of no process
}

// processShown is a process of a plan.
type processShown struct {
	Name    word
	When    string
	State   string
	Overdue bool
	Tight   bool // it leaves no time to spare
	Note    string
	In, Out flowTable
	Empty   bool // nothing is planned, and nothing happened
}

func planView(v *visit, a struct{ Plan plan }) (any, error) {
	p := a.Plan
	shown := planShown{Title: p.text(), Standing: p.standing(v)}
	for _, scope := range p.InScopeOf {
		shown.Fields.record("Of the group", "inScopeOf", "", scope)
	}
	shown.Fields.text("Due", "due", v.Moment(p.Due))
	shown.Fields.text("From", "hasBeginning", v.Moment(p.StartDate))
	shown.Fields.text("To", "hasEnd", v.Moment(p.EndDate))
	shown.Fields.text("Made", "created", v.Moment(p.Created))
	p.tail(&shown.Fields)
	shown.Demands = flowTable{ID: "demands", Title: "Promised by this plan", Rows: v.promises(p.IndependentDemands)}
	shown.Beside = flowTable{ID: "beside", Title: "Planned, in no process", Rows: append(v.promises(p.beside()), v.wishes(p.NonProcessIntents)...)}
	if len(p.Processes) == 0 {
		return shown, nil
	}
	flows, err := v.flowsOf(p.Processes)
	if err != nil {
		return nil, err
	}
	tight, err := v.tight(&p)
	if err != nil {
		return nil, err
	}
	for n, process := range p.Processes {
		in, out := flows.in[process.ID], flows.out[process.ID]
		id := fmt.Sprintf("process-%d", n+1)
		one := processShown{
			Name: link(valueflows.ClassProcess, &process.named), Note: process.Note, When: process.when(v),
			In:  flowTable{ID: id + "-in", Title: "Goes into " + process.text(), Rows: v.rows(in)},
			Out: flowTable{ID: id + "-out", Title: "Comes out of " + process.text(), Rows: v.rows(out)},
		}
		one.State, one.Overdue = process.state(v, len(in.happened)+len(out.happened) > 0)
		one.Tight = tight[process.ID] && !process.Finished
		one.Empty = len(one.In.Rows)+len(one.Out.Rows) == 0
		shown.Processes = append(shown.Processes, one)
	}
	return shown, nil
}

// tight are the processes of a plan that leave no time to spare until it is due,
// by their ids; none of a plan that is done, past its due time or another's, and
// none where they cannot be told, such as of processes that wait for each other.
func (v *visit) tight(p *plan) (map[string]bool, error) {
	all := map[string]bool{}
	if p.done() || p.Due == "" || v.past(p.Due) || v.elsewhere(p.Origin) {
		return all, nil
	}
	answer, err := ask[struct {
		CriticalPath struct {
			Steps []struct {
				Process  *named
				Critical bool
			}
		}
	}](v, "critical-path", vars{"plan": p.ID})
	var mistake *fieldError
	if errors.As(err, &mistake) {
		return all, nil
	}
	for _, step := range answer.CriticalPath.Steps {
		if step.Critical {
			all[idOf(step.Process)] = true
		}
	}
	return all, err
}

// plannedProcess is a process of a plan as the document asks for it.
type plannedProcess struct {
	named
	Note, HasBeginning, HasEnd string
	Finished                   bool
	BasedOn                    *named
}

// when is its beginning and its end, in words.
func (p *plannedProcess) when(v *visit) string {
	var texts []string
	if p.HasBeginning != "" {
		texts = append(texts, "from "+v.Moment(p.HasBeginning))
	}
	if p.HasEnd != "" {
		texts = append(texts, "to "+v.Moment(p.HasEnd))
	}
	return strings.Join(texts, " ")
}

// state is how far it is, in words, and whether it should be further.
func (p *plannedProcess) state(v *visit, happened bool) (text string, overdue bool) {
	switch {
	case p.Finished:
		return "Finished", false
	case v.past(p.HasEnd):
		return "Overdue: it was to end on " + v.Day(p.HasEnd), true
	case happened:
		return "Under way", false
	case v.past(p.HasBeginning):
		return "Overdue: it was to begin on " + v.Day(p.HasBeginning), true
	}
	return "Not begun", false
}
