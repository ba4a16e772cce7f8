package web

import (
	"slices"

	"disconode/valueflows"
)

// flowTable is what was planned to go one way, and what did, as a table.
type flowTable struct {
	ID, Title string
	Rows      []flowRow
}

// flowRow is a promise, a wish or an event: what, how much of it was planned and
// how much happened, by when, and how that stands.
type flowRow struct {
	Says     []word
	Help     string
	Href     string // to all of it
	Label    string // of that link
	Planned  string
	Happened string
	By       string
	State    string
	Overdue  bool
	Late     bool   // it is done, but was not in time
	Keep     string // where it can be recorded as done
}

// promises are rows of commitments, each with how far it is fulfilled.
func (v *visit) promises(all []planned) []flowRow {
	rows := make([]flowRow, 0, len(all))
	for i := range all {
		c := &all[i]
		row := v.plannedRow(c)
		row.Href = link(valueflows.ClassCommitment, &c.named).Href
		if done := c.progress(); done != nil {
			row.Happened = done.Done.String()
		}
		switch {
		case c.done():
			row.State = "Kept"
			if c.Fulfilment.IsLate {
				row.State, row.Late = "Kept, late", true
			}
		case c.Finished:
			row.State = "Given up"
		case c.overdue(v):
			row.State, row.Overdue = "Overdue", true
		case c.Fulfilment != nil && c.Fulfilment.IsPartial:
			row.State = "Kept in part"
		default:
			row.State = "Promised"
		}
		if v.keeps(c) {
			row.Keep = keepAt(c.ID)
		}
		rows = append(rows, row)
	}
	return rows
}

// wishes are rows of intents that are not yet promised whole.
func (v *visit) wishes(all []planned) []flowRow {
	var rows []flowRow
	for i := range all {
		w := &all[i]
		if w.done() { // its promises tell the rest
			continue
		}
		row := v.plannedRow(w)
		row.Href = link(valueflows.ClassIntent, &w.named).Href
		if met := w.progress(); met != nil {
			row.Planned = met.Open.String()
		}
		switch {
		case w.Finished:
			row.State = "Given up"
		case w.overdue(v):
			row.State, row.Overdue = "Overdue: nobody has promised it", true
		default:
			row.State = "Nobody has promised it"
		}
		rows = append(rows, row)
	}
	return rows
}

func (v *visit) plannedRow(p *planned) flowRow {
	row := flowRow{Says: p.Sentence(), Help: p.Help(), Label: p.Plain(), Planned: p.Amount()}
	if by := p.By(); by != "" {
		row.By = v.Day(by)
	}
	return row
}

// happenedRows are rows of events that nobody had promised.
func (v *visit) happenedRows(all []plannedEvent) []flowRow {
	var rows []flowRow
	for i := range all {
		e := &all[i]
		if len(e.Fulfills) > 0 {
			continue // counted at what was promised
		}
		row := flowRow{Says: e.Sentence(), Help: e.Help(), Label: e.Plain(), Href: "/journal/" + e.ID, Happened: e.amount(), State: "Not planned"}
		if len(e.Satisfies) > 0 {
			row.State = "Done, as it was wanted"
		}
		if e.Corrects != nil {
			row.State = "A correction"
		}
		if at := e.At(); at != "" {
			row.By = v.Day(at)
		}
		rows = append(rows, row)
	}
	return rows
}

// plannedEvent is an event with what it fulfils.
type plannedEvent struct {
	event
	Fulfills, Satisfies []*named
}

// flows are what was promised, wanted and done, one way.
type flows struct {
	promised, wanted []planned
	happened         []plannedEvent
}

func (v *visit) rows(f flows) []flowRow {
	return append(append(v.promises(f.promised), v.wishes(f.wanted)...), v.happenedRows(f.happened)...)
}

// processFlows are flows by the id of their process, each way.
type processFlows struct{ in, out map[string]flows }

// processesAsked is how many processes a question may name.
const processesAsked = 200

// flowsOf asks for all that was planned of processes and all that happened in
// them: a few questions, however many processes there are.
func (v *visit) flowsOf(processes []plannedProcess) (processFlows, error) {
	of := processFlows{map[string]flows{}, map[string]flows{}}
	for some := range slices.Chunk(processes, processesAsked) {
		ids := make([]string, len(some))
		for i, p := range some {
			ids[i] = p.ID
		}
		given := vars{"processes": ids}
		if err := of.plannedOf(v, given); err != nil {
			return of, err
		}
		happened, err := listOf[plannedEvent](v, "plan-events", given)
		if err != nil {
			return of, err
		}
		for _, e := range happened {
			of.sort(e.InputOf, e.OutputOf, func(f *flows) { f.happened = append(f.happened, e) })
		}
	}
	return of, nil
}

// plannedOf asks for what was promised and what is wanted of processes.
func (p *processFlows) plannedOf(v *visit, given vars) error {
	promised, err := listOf[planned](v, "plan-promises", given)
	if err != nil {
		return err
	}
	wanted, err := listOf[planned](v, "plan-wishes", given)
	if err != nil {
		return err
	}
	for _, c := range promised {
		p.sort(c.InputOf, c.OutputOf, func(f *flows) { f.promised = append(f.promised, c) })
	}
	for _, w := range wanted {
		p.sort(w.InputOf, w.OutputOf, func(f *flows) { f.wanted = append(f.wanted, w) })
	}
	return nil
}

// sort puts a flow on the sides of the processes that it goes into and comes out of.
func (p *processFlows) sort(in, out *named, put func(*flows)) {
	for _, side := range []struct {
		process *named
		flows   map[string]flows
	}{{in, p.in}, {out, p.out}} {
		if side.process != nil {
			f := side.flows[side.process.ID]
			put(&f)
			side.flows[side.process.ID] = f
		}
	}
}

// listOf is a list that a document asks for, all of its pages.
func listOf[T any](v *visit, document string, given vars) ([]T, error) {
	answer, err := ask[struct{ List edges[T] }](v, document, given)
	if err != nil {
		return nil, err
	}
	return allOf(v, document, answer.List, given)
}
