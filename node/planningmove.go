package node

import (
	"bytes"
	"fmt"
	"time"

	"disconode/valueflows"
	"disconode/valueflows/planning"
)

// mover moves what follows from a change of a plan to other times.
type mover struct {
	zone        *time.Location
	processes   map[*valueflows.Process]planning.Move
	commitments map[*valueflows.Commitment]int64 // by how many microseconds
	intents     map[*valueflows.Intent]int64
	network     *planning.Network
}

// replanText is what a request to move a plan says, for its idempotency key.
func replanText(plan valueflows.ID, changes []planning.Change, late valueflows.ID) []byte {
	var b bytes.Buffer
	fmt.Fprintln(&b, plan, late)
	for _, c := range changes {
		quantity := ""
		if c.Quantity != nil {
			quantity = fmt.Sprint(c.Quantity.HasNumericalValue, c.Quantity.HasUnit)
		}
		fmt.Fprintln(&b, c.Process, c.Flow, int64(c.At), quantity)
	}
	return b.Bytes()
}

// mover works out what moves by how much: the processes of a shift, their flows
// that are not done, and the flows of no process that were said to come at
// another time.
func (r *planReader) mover(network *planning.Network, shift *planning.Shift, stated []planning.Change) (*mover, error) {
	m := &mover{network.Zone, map[*valueflows.Process]planning.Move{}, map[*valueflows.Commitment]int64{}, map[*valueflows.Intent]int64{}, network}
	begin, end := map[valueflows.ID]int64{}, map[valueflows.ID]int64{}
	for _, move := range shift.Moves {
		begin[move.Process], end[move.Process] = int64(move.Begin-move.WasBegin), move.LaterMicros
		for _, p := range network.Processes {
			if p.ID == move.Process {
				m.processes[p] = move
			}
		}
	}
	at := map[valueflows.ID]valueflows.Instant{}
	for _, c := range stated {
		if c.Process.IsZero() {
			at[c.Flow] = c.At
		}
	}
	fulfilled, err := r.fulfilments(network.Commitments)
	if err != nil {
		return nil, err
	}
	satisfied, err := r.satisfactions(network.Intents)
	if err != nil {
		return nil, err
	}
	by := func(id valueflows.ID, p *valueflows.Planned, f *Fulfilment) int64 {
		switch {
		case f != nil && f.Done || p.Finished != nil && *p.Finished:
			return 0
		case !p.InputOf.IsZero():
			return begin[p.InputOf]
		case !p.OutputOf.IsZero():
			return end[p.OutputOf]
		case at[id] != 0 && p.At() != 0:
			return int64(at[id] - p.At())
		}
		return 0
	}
	for _, c := range network.Commitments {
		if later := by(c.ID, &c.Planned, fulfilled[c.ID]); later != 0 {
			m.commitments[c] = later
		}
	}
	for _, i := range network.Intents {
		if later := by(i.ID, &i.Planned, satisfied[i.ID]); later != 0 {
			m.intents[i] = later
		}
	}
	return m, nil
}

// move writes it all in one command, in the order of the plan.
func (m *mover) move(s *session) error {
	for _, p := range m.network.Processes {
		move, ok := m.processes[p]
		if !ok {
			continue
		}
		begin, err := m.at(move.Begin)
		if err != nil {
			return err
		}
		end, err := m.at(move.End)
		if err != nil {
			return err
		}
		err = amend(s, p.Revision, func(p *valueflows.Process) bool {
			if p.HasBeginning != nil {
				p.HasBeginning = begin
			}
			if p.HasEnd != nil {
				p.HasEnd = end
			}
			return true
		})
		if err != nil {
			return err
		}
	}
	for _, c := range m.network.Commitments {
		if later := m.commitments[c]; later != 0 {
			agreed := !c.ClauseOf.IsZero() || !c.ReciprocalClauseOf.IsZero() || !c.IndependentDemandOf.IsZero()
			if err := moveFlow(s, m, c.Revision, later, agreed, func(c *valueflows.Commitment) *valueflows.Planned { return &c.Planned }); err != nil {
				return err
			}
		}
	}
	for _, i := range m.network.Intents {
		if later := m.intents[i]; later != 0 {
			if err := moveFlow(s, m, i.Revision, later, false, func(i *valueflows.Intent) *valueflows.Planned { return &i.Planned }); err != nil {
				return err
			}
		}
	}
	return nil
}

// moveFlow moves the times of a flow. One that is agreed stays due when it was.
func moveFlow[T Kept](s *session, m *mover, revision valueflows.ID, later int64, agreed bool, of func(*T) *valueflows.Planned) error {
	var wrong error
	moved := func(t *valueflows.Time) *valueflows.Time {
		if t == nil {
			return nil
		}
		to, err := m.at(t.Instant + valueflows.Instant(later))
		if err != nil {
			wrong = err
		}
		return to
	}
	err := amend(s, revision, func(row *T) bool {
		p := of(row)
		if agreed && p.Due != nil && p.HasBeginning == nil && p.HasEnd == nil && p.HasPointInTime == nil {
			p.HasPointInTime = moved(p.Due)
			return wrong == nil
		}
		p.HasBeginning, p.HasEnd, p.HasPointInTime = moved(p.HasBeginning), moved(p.HasEnd), moved(p.HasPointInTime)
		if !agreed {
			p.Due = moved(p.Due)
		}
		return wrong == nil
	})
	if wrong != nil {
		return wrong
	}
	if err == errLocked { // something was done of the clause: it says when it was due
		return nil
	}
	return err
}

// at is an instant as a time of the LAB's zone. It fails where no date says it.
func (m *mover) at(i valueflows.Instant) (*valueflows.Time, error) {
	t := valueflows.TimeOf(i.Time().In(m.zone))
	if _, err := valueflows.ParseTime(t.String(), time.UTC); err != nil {
		return nil, valueflows.Invalid("TIME_OUT_OF_RANGE", "the plan would move past the year 9999")
	}
	return &t, nil
}
