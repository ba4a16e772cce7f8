package web

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"disconode/valueflows"
)

// journal is what the books say happened, the newest first.
var journal = page{path: "/journal", document: "journal", variables: journalVariables, view: into(journalView), template: "journal"}

const journalPageSize = 25

// journalFilters are the fields of the form that narrows the journal.
var journalFilters = []string{"who", "action", "stream", "from", "to", "words", "origin"}

// everywhere is the choice of all books that the reader may see.
const everywhere = "all"

func journalVariables(v *visit) (vars, error) {
	asked := v.Request.URL.Query()
	filter := vars{}
	for field, argument := range map[string]string{"who": "providerId", "action": "action", "stream": "stream"} {
		if value := asked.Get(field); value != "" {
			filter[argument] = []string{value}
		}
	}
	if words := strings.TrimSpace(asked.Get("words")); words != "" {
		filter["searchString"] = words
	}
	for _, bound := range []struct {
		field, argument string
		days            int // the last day is whole
	}{{"from", "startDate", 0}, {"to", "endDate", 1}} {
		text := asked.Get(bound.field)
		if text == "" {
			continue
		}
		day, err := time.ParseInLocation(dayLayout, text, v.Zone)
		if err != nil {
			return nil, atField(bound.field, "This is no day: write it as 2026-05-04.")
		}
		filter[bound.argument] = day.AddDate(0, 0, bound.days).Format(time.RFC3339)
	}
	switch origin := asked.Get("origin"); origin {
	case everywhere: // ours, and those of the sister groups that we follow
	case "":
		filter["origin"] = []string{v.Who.Lab.String()}
	default:
		filter["origin"] = []string{origin}
	}
	given := vars{"filter": filter}
	if after := asked.Get("after"); after != "" {
		given["first"], given["after"] = journalPageSize, after
		return given, nil
	}
	given["last"] = journalPageSize
	if before := asked.Get("before"); before != "" {
		given["before"] = before
	}
	return given, nil
}

type journalAnswer struct {
	Events edges[event]
	Agents edges[named]
}

type journalShown struct {
	Events                         []event
	Origins, Who, Actions, Streams []choice
	From, To, Words                string
	Newer, Older                   string // addresses; empty where there is nothing
	Narrowed                       bool
}

func journalView(v *visit, a journalAnswer) (any, error) {
	asked := v.Request.URL.Query()
	shown := journalShown{Events: a.Events.newestFirst(), From: asked.Get("from"), To: asked.Get("to"), Words: asked.Get("words")}
	agents, err := allOf(v, "agents", a.Agents, nil)
	if err != nil {
		return nil, err
	}
	for _, agent := range agents {
		shown.Who = append(shown.Who, choice{Value: agent.ID, Text: agent.text()})
	}
	slices.SortStableFunc(shown.Who, func(a, b choice) int { return strings.Compare(strings.ToLower(a.Text), strings.ToLower(b.Text)) })
	for _, action := range valueflows.ActionIDs {
		shown.Actions = append(shown.Actions, choice{Value: string(action), Text: strings.TrimSuffix(sayings[action].did, ":")})
	}
	shown.Who, shown.Actions, shown.Streams = choose(shown.Who, asked.Get("who")), choose(shown.Actions, asked.Get("action")), choose(streams, asked.Get("stream"))
	shown.Origins = []choice{{Text: "Ours"}, {Value: everywhere, Text: "Ours and sister groups’"}}
	if v.seesPeers() {
		answer, err := ask[peersAnswer](v, "peers", vars{"first": 1})
		if err != nil {
			return nil, err
		}
		for _, p := range answer.Peers {
			if p.Following == "APPROVED" {
				shown.Origins = append(shown.Origins, choice{Value: p.IRI, Text: p.Name})
			}
		}
	}
	shown.Origins = choose(shown.Origins, asked.Get("origin"))
	for i := range shown.Events {
		if e := &shown.Events[i]; v.elsewhere(e.Origin) {
			e.ToldBy = e.Origin
		}
	}
	kept := url.Values{}
	for _, field := range journalFilters {
		if value := asked.Get(field); value != "" {
			kept.Set(field, value)
			shown.Narrowed = true
		}
	}
	if a.Events.PageInfo.HasPreviousPage {
		shown.Older = pageAt("/journal", kept, "before", a.Events.PageInfo.StartCursor)
	}
	if a.Events.PageInfo.HasNextPage {
		shown.Newer = pageAt("/journal", kept, "after", a.Events.PageInfo.EndCursor)
	}
	return shown, nil
}

// elsewhere tells whether a record is in the books of a LAB of another node.
func (v *visit) elsewhere(origin string) bool {
	return origin != "" && !strings.HasPrefix(origin, v.site.node.BaseURL()+"/")
}

// pageAt is the address of a page of a list, under the same filter.
func pageAt(path string, kept url.Values, side, cursor string) string {
	asked := url.Values{side: {cursor}}
	for field, values := range kept {
		asked[field] = values
	}
	return path + "?" + asked.Encode()
}

// dayField is a time's day in the LAB's time zone, as a form has it; empty for none.
func (v *visit) dayField(text string) string {
	t, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return ""
	}
	return t.In(v.Zone).Format(dayLayout)
}

// Day is a day in words, in the LAB's time zone.
func (v *visit) Day(text string) string {
	t, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return "Without a day"
	}
	return t.In(v.Zone).Format("Monday, 2 January 2006")
}

// Moment is a time in words, in the LAB's time zone.
func (v *visit) Moment(text string) string {
	t, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return ""
	}
	return t.In(v.Zone).Format("2 January 2006, 15:04")
}
