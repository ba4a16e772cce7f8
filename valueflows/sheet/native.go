package sheet

import (
	"strings"

	"disconode/valueflows"
)

// native reads a row of the native template.
func (r *Reader) native(f *Flow) {
	f.ID, f.ExternalID = r.cell("id"), r.cell("external_id")
	f.Identity = r.identity("action", "has_point_in_time", "has_beginning", "has_end", "provider", "receiver", "resource_conforms_to",
		"resource_inventoried_as", "to_resource_inventoried_as", "new_resource", "tracking_identifier", "input_of", "output_of", "corrects")
	action := r.cell("action")
	var err error
	if action.Text == "" {
		f.fault(action, valueflows.Invalid("REQUIRED", "say what happened: an action such as produce, consume, work or transfer"))
	} else if f.Event.Action, err = valueflows.ParseAction(action.Text); err != nil {
		f.fault(action, err)
	}
	f.Event.Stream = r.stream(f)
	f.Event.HasPointInTime, f.Event.HasBeginning, f.Event.HasEnd = r.moment(f, "has_point_in_time"), r.moment(f, "has_beginning"), r.moment(f, "has_end")
	if r.identity("has_point_in_time", "has_beginning", "has_end") == "\x00\x00" {
		f.fault(Cell{Column: "has_point_in_time"}, valueflows.Invalid("REQUIRED", "say when it happened: has_point_in_time, or has_beginning and has_end"))
	}
	f.Event.Created = r.moment(f, "created")
	f.Event.ResourceQuantity, f.Unit = r.quantity(f, "quantity", "unit")
	f.Event.EffortQuantity, f.EffortUnit = r.quantity(f, "effort_quantity", "effort_unit")
	f.Event.State = valueflows.Text(r.raw("state"))
	f.Event.Note = valueflows.Text(r.raw("note"))

	f.Provider, f.Receiver = r.cell("provider"), r.cell("receiver")
	f.Kind, f.Resource, f.ToResource = r.cell("resource_conforms_to"), r.cell("resource_inventoried_as"), r.cell("to_resource_inventoried_as")
	f.NewResource, f.Tracking = r.cell("new_resource"), r.cell("tracking_identifier")
	f.InputOf, f.OutputOf, f.Place, f.Corrects = r.cell("input_of"), r.cell("output_of"), r.cell("to_location"), r.cell("corrects")
	f.Fulfills, f.Satisfies, f.Settles, f.RealizationOf = r.cell("fulfills"), r.cell("satisfies"), r.cell("settles"), r.cell("realization_of")
}

// stream reads the stream of a row, or the one that was said for those without.
func (r *Reader) stream(f *Flow) valueflows.Stream {
	c := r.cell("stream")
	if c.Text == "" {
		return r.options.Stream
	}
	s, err := stream(c.Text)
	f.fault(c, err)
	return s
}

// quantity reads a number; its unit is a name still.
func (r *Reader) quantity(f *Flow, number, unit string) (*valueflows.Measure, Cell) {
	n, u := r.cell(number), r.cell(unit)
	if n.Text == "" {
		if u.Text != "" {
			f.fault(n, valueflows.Invalid("REQUIRED", "there is a unit, %q, and no number: say how much", clip(u.Text)))
		}
		return nil, Cell{}
	}
	d, err := r.options.decimal(n.Text)
	f.fault(n, err)
	return &valueflows.Measure{HasNumericalValue: d}, u
}

// timeSheet reads a row of the simple time sheet: work that a person gave the LAB.
func (r *Reader) timeSheet(f *Flow) {
	f.ExternalID = r.cell("external_id")
	f.Identity = r.identity("date", "person", "what", "project")
	f.Event.Stream = r.stream(f)
	f.Event.HasPointInTime = r.moment(f, "date")
	if c := r.cell("date"); c.Text == "" {
		f.fault(c, valueflows.Invalid("REQUIRED", "say on which day, such as 2026-05-01"))
	}
	r.work(f, r.cell("person"), r.cell("hours"))
	f.Kind, f.InputOf = r.cell("what"), r.cell("project")
	f.Event.Note = valueflows.Text(r.raw("note"))
}

// work states that a person worked for the LAB, and how long.
func (r *Reader) work(f *Flow, person, long Cell) {
	f.Event.Action = "work"
	f.Provider, f.Worker, f.ToLab = person, true, true
	if person.Text == "" {
		f.fault(person, valueflows.Invalid("REQUIRED", "say who worked"))
	}
	if long.Text == "" {
		f.fault(long, valueflows.Invalid("REQUIRED", "say how many hours, such as 2.5 or 2:30"))
		return
	}
	var err error
	f.Event.EffortQuantity, err = r.options.duration(long.Text)
	f.fault(long, err)
}

// tracker reads a row of the detailed report of Clockify or Toggl.
func (r *Reader) tracker(f *Flow) {
	f.Identity = r.identity("user", "start date", "start time")
	long := r.cell("duration (h)")
	for _, column := range []string{"duration (decimal)", "duration"} {
		if long.Text == "" && r.cell(column).Text != "" {
			long = r.cell(column)
		}
	}
	if r.layout.form == Toggl {
		long = r.cell("duration")
	}
	r.work(f, r.cell("user"), long)
	f.Event.HasBeginning, f.Event.HasEnd = r.clock(f, "start date", "start time"), r.clock(f, "end date", "end time")
	if c := r.cell("start date"); c.Text == "" {
		f.fault(c, valueflows.Invalid("REQUIRED", "say on which day, such as 2026-05-01"))
	}
	f.InputOf = r.cell("project")
	f.Event.Note = valueflows.Text(r.raw("description"))
	f.Event.Stream = r.tagged(f)
}

// clock reads a moment from a column of dates and one of times.
func (r *Reader) clock(f *Flow, date, clock string) *valueflows.Time {
	d, c := r.cell(date), r.cell(clock)
	if d.Text == "" || c.Text == "" {
		return r.moment(f, date)
	}
	t, err := r.options.at(d.Text, c.Text)
	f.fault(d, err)
	return t
}

// tagged is the stream that a row's tags and task are mapped to.
func (r *Reader) tagged(f *Flow) valueflows.Stream {
	found, by := r.options.Stream, ""
	for _, tag := range append(strings.Split(r.raw("tags"), ","), r.raw("task")) {
		tag = strings.TrimSpace(tag)
		s, ok := r.options.StreamTags[strings.ToLower(tag)]
		if !ok || tag == "" {
			continue
		}
		if by != "" && s != found {
			f.fault(r.cell("tags"), valueflows.Invalid("INVALID_STREAM", "%q and %q are mapped to two streams, and an hour counts in one: remove a tag", clip(by), clip(tag)))
		}
		found, by = s, tag
	}
	return found
}
