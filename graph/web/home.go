package web

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"disconode/valueflows"
)

// home is the first page: what I did this week, and what was contributed in the
// LAB's books this month.
var home = page{path: "/", document: "home", variables: homeVariables, view: into(homeView), template: "home"}

const dayLayout = "2006-01-02"

// period is the week and the month that the home page is asked for.
type period struct{ monday, month time.Time }

// periodOf reads both from the address; today's where it says nothing.
func periodOf(v *visit) (period, error) {
	asked := v.Request.URL.Query()
	day, month := v.Now, v.Now
	var err error
	if text := asked.Get("week"); text != "" {
		if day, err = time.ParseInLocation(dayLayout, text, v.Zone); err != nil {
			return period{}, atField("week", "This is no day to find a week by: write it as 2026-05-04.")
		}
	}
	if text := asked.Get("month"); text != "" {
		if month, err = time.ParseInLocation("2006-01", text, v.Zone); err != nil {
			return period{}, atField("month", "This is no month: write it as 2026-05.")
		}
	}
	for _, t := range []time.Time{day, month} {
		if t.Year() < 1900 || t.Year() > 9000 {
			return period{}, atField("month", "There are no books of that year.")
		}
	}
	return period{
		monday: time.Date(day.Year(), day.Month(), day.Day()-(int(day.Weekday())+6)%7, 0, 0, 0, 0, v.Zone),
		month:  time.Date(month.Year(), month.Month(), 1, 0, 0, 0, 0, v.Zone),
	}, nil
}

func homeVariables(v *visit) (vars, error) {
	p, err := periodOf(v)
	if err != nil {
		return nil, err
	}
	given := vars{
		"me": []string{v.Who.User.String()}, "contributing": contributing,
		"from": p.month.Format(time.RFC3339), "to": p.month.AddDate(0, 1, 0).Format(time.RFC3339),
	}
	for day := range 8 {
		given[fmt.Sprintf("day%d", day)] = p.monday.AddDate(0, 0, day).Format(time.RFC3339)
	}
	return given, nil
}

// contribution is a row of contributions.
type contribution struct {
	Agent, Receiver    *named
	Action             struct{ ID valueflows.Action }
	ResourceConformsTo *named
	Stream             string
	ResourceQuantity   []*measure
	EffortQuantity     []*measure
}

type homeAnswer struct {
	Day0, Day1, Day2, Day3, Day4, Day5, Day6 []contribution
	Month                                    []contribution
}

type homeShown struct {
	Week  weekShown
	Month monthShown
}

func homeView(v *visit, a homeAnswer) (any, error) {
	p, err := periodOf(v)
	if err != nil {
		return nil, err
	}
	return homeShown{
		Week:  weekOf(v, p, [7][]contribution{a.Day0, a.Day1, a.Day2, a.Day3, a.Day4, a.Day5, a.Day6}),
		Month: monthOf(v, p, a.Month),
	}, nil
}

// weekShown is somebody's work of a week, by day and stream.
type weekShown struct {
	Name           string // of the week
	Before, After  string // addresses
	This           bool   // the week of today
	Streams        []string
	Days           []dayShown
	Totals         []string // by stream
	Total          string
	Monday         string
	MonthFormValue string
}

type dayShown struct {
	Name  string
	Today bool
	Hours []string // by stream
	Total string
}

func weekOf(v *visit, p period, days [7][]contribution) weekShown {
	w := weekShown{
		Name:   fmt.Sprintf("%s to %s", p.monday.Format("2 January"), p.monday.AddDate(0, 0, 6).Format("2 January 2006")),
		Before: homeAt(p.monday.AddDate(0, 0, -7), p.month, v), After: homeAt(p.monday.AddDate(0, 0, 7), p.month, v),
		Monday: p.monday.Format(dayLayout), MonthFormValue: p.month.Format("2006-01"),
	}
	var used []string // streams, in the order of the form; without one last
	for _, s := range append(slices.Clone(streams), choice{}) {
		if slices.ContainsFunc(days[:], func(day []contribution) bool {
			return slices.ContainsFunc(day, func(c contribution) bool { return c.Stream == s.Value })
		}) {
			used = append(used, s.Value)
			name := s.Text
			if name == "" {
				name = "No stream"
			}
			w.Streams = append(w.Streams, name)
		}
	}
	totals, whole := make([]sums, len(used)), sums{}
	for i, day := range days {
		date := p.monday.AddDate(0, 0, i)
		d := dayShown{Name: date.Format("Monday 2"), Today: date.Format(dayLayout) == v.Now.Format(dayLayout)}
		w.This = w.This || d.Today
		var total sums
		for column, stream := range used {
			var cell sums
			for _, c := range day {
				for _, m := range c.EffortQuantity {
					if c.Stream == stream {
						cell.add(m)
						total.add(m)
						whole.add(m)
						totals[column].add(m)
					}
				}
			}
			d.Hours = append(d.Hours, cell.String())
		}
		d.Total = total.String()
		w.Days = append(w.Days, d)
	}
	for _, t := range totals {
		w.Totals = append(w.Totals, t.String())
	}
	w.Total = whole.String()
	return w
}

// homeAt is the address of the home page with another week or month.
func homeAt(monday, month time.Time, v *visit) string {
	asked := url.Values{"week": {monday.Format(dayLayout)}, "month": {month.Format("2006-01")}}
	if unit := v.Request.URL.Query().Get("unit"); unit != "" {
		asked.Set("unit", unit)
	}
	return "/?" + asked.Encode()
}

// monthShown is what was contributed in a month: a table, and a drawing of one
// unit's flows.
type monthShown struct {
	Name, Value, Week string // in words; of the form
	Before, After     string // addresses
	Rows              []rowShown
	Units             []choice
	Unit              string // which the drawing counts
	Drawing           sankey
}

type rowShown struct {
	Who, What, Whom word
	Did, Help       string
	Stream, Amount  string
}

func monthOf(v *visit, p period, all []contribution) monthShown {
	m := monthShown{
		Name: p.month.Format("January 2006"), Value: p.month.Format("2006-01"), Week: p.monday.Format(dayLayout),
		Before: homeAt(p.monday, p.month.AddDate(0, -1, 0), v), After: homeAt(p.monday, p.month.AddDate(0, 1, 0), v),
	}
	slices.SortStableFunc(all, func(a, b contribution) int { return strings.Compare(a.order(), b.order()) })
	units := map[string]*measure{}
	for _, c := range all {
		m.Rows = append(m.Rows, c.row())
		for _, q := range c.quantities() {
			units[q.unitID()] = q
		}
	}
	chosen := v.Request.URL.Query().Get("unit")
	if units[chosen] == nil {
		chosen = valueflows.Hour.String()
	}
	for id, q := range units {
		name := q.unit()
		if name == "" {
			name = "pieces"
		}
		m.Units = append(m.Units, choice{Value: id, Text: name})
	}
	slices.SortFunc(m.Units, func(a, b choice) int {
		if hour := valueflows.Hour.String(); (a.Value == hour) != (b.Value == hour) {
			return map[bool]int{true: -1, false: 1}[a.Value == hour]
		}
		return strings.Compare(a.Text+a.Value, b.Text+b.Value)
	})
	if units[chosen] == nil && len(m.Units) > 0 {
		chosen = m.Units[0].Value
	}
	m.Units = choose(m.Units, chosen)
	for _, u := range m.Units {
		if u.Chosen {
			m.Unit = u.Text
		}
	}
	m.Drawing = draw(flowsOf(all, chosen))
	return m
}

// flowsOf are the flows of one unit: from who gave, by way of the stream, or of
// what was done where it is of none, to whom it was for.
func flowsOf(all []contribution, unit string) []flow {
	var flows []flow
	for _, c := range all {
		by := station{key: "did:" + string(c.Action.ID), name: sayings[c.Action.ID].did, tint: "none"}
		if c.Stream != "" {
			by = station{key: "stream:" + c.Stream, name: streamText(c.Stream), tint: c.Stream}
		}
		from, to := stationOf(c.Agent), stationOf(c.Receiver)
		for _, q := range c.quantities() {
			if q.unitID() == unit {
				flows = append(flows, flow{path: []station{from, by, to}, amount: q.number()})
			}
		}
	}
	return flows
}

func stationOf(n *named) station {
	if n == nil {
		return station{name: notShown}
	}
	return station{key: n.ID, name: n.text()}
}

func (c *contribution) quantities() []*measure {
	return append(slices.Clone(c.EffortQuantity), c.ResourceQuantity...)
}

func (c *contribution) order() string {
	return strings.Join([]string{stationOf(c.Agent).name, string(c.Action.ID), c.Stream, c.ResourceConformsTo.text(), stationOf(c.Receiver).name}, "\x00")
}

func (c *contribution) row() rowShown {
	s := sayings[c.Action.ID]
	row := rowShown{Who: link("", c.Agent), Whom: link("", c.Receiver), Did: s.did, Help: s.help, Stream: streamText(c.Stream)}
	if c.ResourceConformsTo != nil {
		row.What = link(valueflows.ClassResourceSpecification, c.ResourceConformsTo)
	}
	var texts []string
	for _, q := range c.quantities() {
		texts = append(texts, q.String())
	}
	row.Amount = strings.Join(texts, ", ")
	return row
}
