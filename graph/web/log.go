package web

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"disconode/graph"
	"disconode/valueflows"
)

// logWork is where members say what they worked: on a phone three taps, this
// page, a number of hours, and Save. What the last one was for stands chosen.
var logWork = page{
	path: "/log", document: "log", variables: logVariables, view: into(logView), template: "log",
	forms: []form{
		{document: "record-event", variables: logged, done: logDone, fields: map[string]string{
			"event.effortQuantity": "exact", "event.hasPointInTime": "date", "event.inputOf": "project",
			"event.resourceConformsTo": "kind", "event.stream": "stream", "event.note": "note",
		}},
		{name: "undo", document: "record-event", variables: takenBack, done: undone},
	},
}

// hoursOffered are the buttons of the form.
var hoursOffered = []string{"0.5", "1", "2", "4", "8"}

func logVariables(v *visit) (vars, error) {
	return vars{"me": []string{v.Who.User.String()}, "lab": []string{v.Who.Lab.String()}}, nil
}

type logAnswer struct {
	Kinds    edges[kind]
	Projects edges[named]
	Last     edges[event]
}

// kind is a kind of resource or work, with what work of it is counted in.
type kind struct {
	named
	Origin              string
	DefaultUnitOfEffort *named
}

type logShown struct {
	Hours, Kinds, Projects, Streams []choice
	Date, Today                     string
	Logged                          *event
	LoggedAmount                    string
	TakenBack                       bool
}

func logView(v *visit, a logAnswer) (any, error) {
	shown := logShown{Today: v.Now.Format(dayLayout), Hours: []choice{}}
	shown.Date = orElse(v.Value("date"), shown.Today)
	for _, h := range hoursOffered {
		shown.Hours = append(shown.Hours, choice{Value: h, Text: h, Chosen: v.Value("hours") == h})
	}
	var last event
	if nodes := a.Last.nodes(); len(nodes) > 0 {
		last = nodes[0]
	}
	kinds, err := allOf(v, "kinds", a.Kinds, nil)
	if err != nil {
		return nil, err
	}
	projects, err := allOf(v, "projects", a.Projects, vars{"lab": []string{v.Who.Lab.String()}})
	if err != nil {
		return nil, err
	}
	for _, k := range kinds {
		if k.DefaultUnitOfEffort != nil && !v.elsewhere(k.Origin) {
			shown.Kinds = append(shown.Kinds, choice{Value: k.ID, Text: k.Name})
		}
	}
	for _, p := range projects {
		shown.Projects = append(shown.Projects, choice{Value: p.ID, Text: p.Name})
	}
	for _, list := range []*[]choice{&shown.Kinds, &shown.Projects} {
		slices.SortStableFunc(*list, func(a, b choice) int { return strings.Compare(strings.ToLower(a.Text), strings.ToLower(b.Text)) })
	}
	kindChosen, projectChosen, streamChosen := idOf(last.ResourceConformsTo), idOf(last.InputOf), last.Stream
	if v.Failed() {
		kindChosen, projectChosen, streamChosen = v.Value("kind"), v.Value("project"), v.Value("stream")
	}
	shown.Kinds, shown.Projects, shown.Streams = choose(shown.Kinds, kindChosen), choose(shown.Projects, projectChosen), choose(streamsOffered, streamChosen)
	if id := v.Request.URL.Query().Get("logged"); id != "" && !v.Failed() {
		answer, err := ask[eventAnswer](v, "event", vars{"id": id})
		if e := answer.EconomicEvent; err == nil && e.EffortQuantity != nil && idOf(e.RecordedBy) == v.Who.User.String() {
			shown.Logged, shown.LoggedAmount = &e.event, e.EffortQuantity.String()
			shown.TakenBack = e.left(effort).number().Sign() <= 0
		}
	}
	return shown, nil
}

// logged is the event that the form tells: my work, for the group of the project
// or for the LAB. A day is its noon in the LAB's time zone, so that the same form
// sent twice says the same.
func logged(v *visit) (vars, error) {
	hours, err := hoursOf(v)
	if err != nil {
		return nil, err
	}
	date := orElse(v.Value("date"), v.Now.Format(dayLayout))
	day, err := time.ParseInLocation(dayLayout, date, v.Zone)
	if err != nil {
		return nil, atField("date", "This is no day: write it as 2026-05-04.")
	}
	if day.After(v.Now) {
		return nil, atField("date", "This day lies ahead: log what is done.")
	}
	e := vars{
		"action": "work", "provider": v.Who.User.String(), "receiver": v.Who.Lab.String(), "hasPointInTime": date,
		"effortQuantity": vars{"hasNumericalValue": hours.String(), "hasUnit": valueflows.Hour.String()},
	}
	for field, property := range map[string]string{"kind": "resourceConformsTo", "project": "inputOf", "stream": "stream", "note": "note"} {
		if text := strings.TrimSpace(v.Value(field)); text != "" {
			e[property] = text
		}
	}
	if stream := v.Value("stream"); stream != "" && streamText(stream) == stream {
		return nil, atField("stream", "There is no such stream.")
	}
	if project := v.Value("project"); project != "" {
		answer, err := ask[struct{ Process struct{ InScopeOf []named } }](v, "project", vars{"id": project})
		if err != nil {
			return nil, atField("project", "This project is not in the books: choose another.")
		}
		if scope := answer.Process.InScopeOf; len(scope) > 0 {
			e["receiver"] = scope[0].ID
		}
	}
	return vars{"event": e}, nil
}

// hoursDayMost is how many hours somebody can have worked in a day.
var hoursDayMost = valueflows.MustDecimal("24")

func hoursOf(v *visit) (valueflows.Decimal, error) {
	text, field := strings.TrimSpace(v.Value("exact")), "exact"
	if text == "" {
		text, field = v.Value("hours"), "hours"
	}
	if text == "" {
		return valueflows.Decimal{}, atField("hours", "Say how long: choose a number of hours, or write it.")
	}
	hours, err := decimalOf(text)
	switch {
	case err != nil:
		return hours, atField(field, "This is no number of hours: write it as 1.5.")
	case hours.Sign() <= 0:
		return hours, atField(field, "Log more than no time. What was too much is mended in the journal.")
	case hours.Cmp(hoursDayMost) > 0:
		return hours, atField(field, "A day has 24 hours: log each day by itself.")
	}
	return hours, nil
}

// decimalOf reads a number that somebody wrote with a point or with a comma.
func decimalOf(text string) (valueflows.Decimal, error) {
	text = strings.TrimSpace(text)
	if strings.Count(text, ",") == 1 && !strings.Contains(text, ".") {
		text = strings.Replace(text, ",", ".", 1)
	}
	return valueflows.ParseDecimal(text)
}

func logDone(_ *visit, data json.RawMessage) (string, string, error) {
	var answer struct {
		CreateEconomicEvent struct{ EconomicEvent named }
	}
	if err := decode(data, &answer); err != nil {
		return "", "", err
	}
	return "/log?logged=" + answer.CreateEconomicEvent.EconomicEvent.ID, "", nil
}

func undone(*visit, json.RawMessage) (string, string, error) {
	return "/log", "Taken back: it is no longer counted. The journal keeps both.", nil
}

// listPages is how many pages of a list a form offers at most.
const listPages = 20

// allOf is a list whose first page the page's document asked for, and whose
// further pages another one asks for.
func allOf[T any](v *visit, document string, first edges[T], given vars) ([]T, error) {
	all := first.nodes()
	for range listPages {
		if !first.PageInfo.HasNextPage {
			break
		}
		further := vars{"after": first.PageInfo.EndCursor}
		maps.Copy(further, given)
		answer, err := ask[struct{ List edges[T] }](v, document, further)
		if err != nil {
			return nil, err
		}
		first = answer.List
		all = append(all, first.nodes()...)
	}
	return all, nil
}

// ask carries out a document on behalf of who is signed in. Where that fails,
// the error says so in words for the reader.
func ask[T any](v *visit, document string, given vars) (T, error) {
	var answer T
	data, errs := v.site.api.Execute(v.Request.Context(), graph.Request{Document: v.site.documents[document], Variables: given})
	if len(errs) > 0 {
		return answer, atField(document, errs[0].Message)
	}
	if err := decode(data, &answer); err != nil {
		return answer, fmt.Errorf("the answer to %s: %w", document, err)
	}
	return answer, nil
}

func idOf(n *named) string {
	if n == nil {
		return ""
	}
	return n.ID
}

func orElse(text, other string) string {
	if strings.TrimSpace(text) == "" {
		return other
	}
	return text
}
