// Package sheet reads what people keep in spreadsheets and time trackers: rows
// of comma-separated text, of which each tells one economic event. It streams,
// guesses nothing and replaces nothing: an encoding, a decimal comma or an order
// of day and month that is not plain is asked for. Whom and what a row names it
// leaves as names: only the books know whose they are.
package sheet

import (
	"fmt"
	"strings"
	"time"

	"disconode/valueflows"
)

// The bounds of a sheet: what is past them is refused with its row. A sheet may
// have any number of rows.
const (
	ColumnsMax   = 200
	CellBytesMax = 64 << 10
	rowBytesMax  = 1 << 20
)

// Options are what a sheet does not say of itself.
type Options struct {
	Encoding   string         // a name of [Encodings]; empty: UTF-8, or what a byte order mark says
	Decimal    Mark           // empty: numbers with a comma are asked about
	Dates      Order          // empty: dates that are not ISO 8601 are asked about
	Zone       *time.Location // of times without an offset; nil: UTC
	Stream     valueflows.Stream
	StreamTags map[string]valueflows.Stream // of a tracker's tags and tasks, letter case apart
}

func (o Options) zone() *time.Location {
	if o.Zone == nil {
		return time.UTC
	}
	return o.Zone
}

// Cell is the text in a column of a row, without the spaces around it.
type Cell struct{ Column, Text string }

// Flow is the event that a row tells, with names where the books have ids.
type Flow struct {
	Row    int // as a spreadsheet counts: the header is row 1
	Faults []Fault

	// ID and ExternalID are what the row itself goes by. Where both are empty, it
	// goes by Content, which is all that it says; Identity is that part of it
	// which rows do not get mended in later.
	ID, ExternalID    Cell
	Identity, Content string

	Event valueflows.EconomicEvent // all but its names

	Provider, Receiver           Cell
	ToLab                        bool // the receiver is the LAB itself
	Worker                       bool // the provider is a person
	Kind                         Cell
	Resource, ToResource         Cell
	NewResource, Tracking        Cell
	InputOf, OutputOf            Cell
	Place                        Cell
	Corrects                     Cell
	Unit, EffortUnit             Cell
	Fulfills, Satisfies, Settles Cell // several, with spaces between
	RealizationOf                Cell
}

// Fault says what is wrong in a row, and in which column where it is one cell.
type Fault struct {
	Row    int
	Column string
	Code   string // of the [valueflows.InputError] that it was; empty for what only a sheet can have
	Text   string
}

func (f *Fault) Error() string {
	if f.Column == "" {
		return fmt.Sprintf("row %d: %s", f.Row, f.Text)
	}
	return fmt.Sprintf("row %d, column %s: %s", f.Row, f.Column, f.Text)
}

// fault makes a fault of a cell from an error of the vocabulary's.
func (f *Flow) fault(c Cell, err error) {
	if err == nil {
		return
	}
	found := Fault{Row: f.Row, Column: c.Column, Text: err.Error()}
	if input, ok := err.(*valueflows.InputError); ok {
		found.Code, found.Text = input.Code, input.Text
	}
	f.Faults = append(f.Faults, found)
}

// HeaderError says why a sheet as a whole cannot be read.
type HeaderError struct{ Text string }

func (e *HeaderError) Error() string { return e.Text }

// stream reads the name of a stream, letter case apart; empty for none.
func stream(text string) (valueflows.Stream, error) {
	if text == "" {
		return "", nil
	}
	for _, s := range valueflows.Streams {
		if strings.EqualFold(string(s), text) {
			return s, nil
		}
	}
	return "", valueflows.Invalid("INVALID_STREAM", "%q is no stream: choose livelihood, love, care or carePeople", valueflows.Clip(text))
}

// ParseStreamTags reads mappings such as "Care=care", as they are typed.
func ParseStreamTags(texts []string) (map[string]valueflows.Stream, error) {
	tags := map[string]valueflows.Stream{}
	for _, text := range texts {
		tag, name, ok := strings.Cut(text, "=")
		if !ok || strings.TrimSpace(tag) == "" {
			return nil, fmt.Errorf("%q maps no tag: write it as Care=care", valueflows.Clip(text))
		}
		s, err := stream(strings.TrimSpace(name))
		if err != nil {
			return nil, err
		}
		tags[strings.ToLower(strings.TrimSpace(tag))] = s
	}
	return tags, nil
}

// ParseStream reads the stream of rows that name none; empty for none.
func ParseStream(text string) (valueflows.Stream, error) { return stream(text) }
