package sheet

import (
	"embed"
	"fmt"
	"slices"
	"strings"
)

// Form is a layout of columns that sheets come in.
type Form string

// The forms.
const (
	Native    Form = "native"
	TimeSheet Form = "timesheet"
	Clockify  Form = "clockify"
	Toggl     Form = "toggl"
)

// layout is what a form's header looks like. Names are in small letters.
type layout struct {
	form     Form
	name     string
	columns  []string   // those that are read
	unread   []string   // those that are there and say nothing that the books keep
	required [][]string // of each, one at least
	strict   bool       // any further column is an error: somebody meant something by it
	read     func(*Reader, *Flow)
}

// layouts are the forms, in the order in which a header is compared with them.
var layouts = []layout{
	{Native, "native template", []string{
		"id", "external_id", "action", "stream", "has_point_in_time", "has_beginning", "has_end", "provider", "receiver",
		"quantity", "unit", "effort_quantity", "effort_unit", "resource_conforms_to", "resource_inventoried_as",
		"to_resource_inventoried_as", "new_resource", "tracking_identifier", "input_of", "output_of", "to_location", "state",
		"fulfills", "satisfies", "settles", "realization_of", "corrects", "note", "created",
	}, []string{"recorded_by"}, [][]string{
		{"action"}, {"has_point_in_time", "has_beginning", "has_end"}, {"provider", "receiver"}, {"quantity", "effort_quantity"},
	}, true, (*Reader).native},

	{TimeSheet, "simple time sheet", []string{"date", "person", "hours", "what", "project", "note", "stream", "external_id"}, nil,
		[][]string{{"date"}, {"person"}, {"hours"}}, true, (*Reader).timeSheet},

	{Clockify, "detailed report of Clockify", []string{
		"project", "description", "task", "user", "tags", "start date", "start time", "end date", "end time", "duration (h)", "duration (decimal)",
	}, []string{"client", "email", "group", "billable", "billable rate", "billable amount"},
		[][]string{{"user"}, {"start date"}, {"start time"}, {"duration (h)", "duration (decimal)"}}, false, (*Reader).tracker},

	{Toggl, "detailed report of Toggl", []string{
		"user", "project", "task", "description", "start date", "start time", "end date", "end time", "duration", "tags",
	}, []string{"email", "client", "billable", "amount"},
		[][]string{{"user"}, {"start date"}, {"start time"}, {"duration"}}, false, (*Reader).tracker},
}

// Forms are the names of the forms.
func Forms() []string {
	var names []string
	for _, l := range layouts {
		names = append(names, string(l.form))
	}
	return names
}

//go:embed form
var files embed.FS

// Schema is a form's Frictionless Table Schema, and Example a small sheet in it.
// They fail where there is no such form.
func Schema(form string) ([]byte, error) { return file(form, ".schema.json") }

// Example is a small sheet in a form.
func Example(form string) ([]byte, error) { return file(form, ".csv") }

func file(form, ending string) ([]byte, error) {
	if !slices.Contains(Forms(), form) {
		return nil, fmt.Errorf("%q is no form: choose one of %s", form, strings.Join(Forms(), ", "))
	}
	return files.ReadFile("form/" + form + ending)
}

// annotations are the columns that a sheet with its faults has besides; they
// are read over.
var annotations = []string{"row", "error"}

// missing are the columns that a header lacks for a form.
func (l *layout) missing(header []string) []string {
	var missing []string
	for _, any := range l.required {
		if !slices.ContainsFunc(any, func(name string) bool { return slices.Contains(header, name) }) {
			missing = append(missing, strings.Join(any, " or "))
		}
	}
	return missing
}

// known counts the columns of a header that a form has.
func (l *layout) known(header []string) int {
	n := 0
	for _, name := range header {
		if slices.Contains(l.columns, name) || slices.Contains(l.unread, name) {
			n++
		}
	}
	return n
}

// formOf recognises a form by its header. Where none fits, it says what the
// nearest one lacks, or what it has too much.
func formOf(header []string) (*layout, error) {
	var nearest *layout
	for i := range layouts {
		l := &layouts[i]
		if nearest == nil || len(l.missing(header)) < len(nearest.missing(header)) ||
			len(l.missing(header)) == len(nearest.missing(header)) && l.known(header) > nearest.known(header) {
			nearest = l
		}
	}
	if missing := nearest.missing(header); len(missing) > 0 {
		return nil, &HeaderError{fmt.Sprintf("the first row is no header of a form that is read here. Nearest is the %s, for which these columns are missing: %s",
			nearest.name, strings.Join(missing, "; "))}
	}
	seen := map[string]bool{}
	for at, name := range header {
		known := slices.Contains(nearest.columns, name) || slices.Contains(nearest.unread, name) || slices.Contains(annotations, name)
		switch {
		case name == "" && nearest.strict:
			return nil, &HeaderError{fmt.Sprintf("column %d has no name in the header: name or remove it", at+1)}
		case !known && nearest.strict:
			hint := "remove it"
			if near := Near(name, slices.Values(nearest.columns)); len(near) > 0 {
				hint = "is " + near[0] + " meant? Else remove it"
			}
			return nil, &HeaderError{fmt.Sprintf("the %s has no column %q: %s", nearest.name, clip(name), hint)}
		case known && seen[name]:
			return nil, &HeaderError{fmt.Sprintf("the column %s is there twice: remove one", name)}
		}
		seen[name] = true
	}
	return nearest, nil
}
