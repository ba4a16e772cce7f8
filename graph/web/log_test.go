package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"disconode/node"
)

// The walk through a member's week, on both databases and without scripts: log
// two hours in three taps, find them at home and in the journal, log again as
// last time, take it back, and have a steward correct an amount.
func TestMembersWeek(t *testing.T) {
	onEach(t, func(t *testing.T, b *books) {
		ada := b.signedIn("Ada", node.Steward)
		farm := ada.organization("The Farm")
		ada.work("Field work")
		fieldWork := ada.work("Harvest")
		collards := ada.project("Grow collards", farm)
		imani := b.signedIn("Imani", node.Member)

		imani.get("/").good().says("My week", "Nothing is logged for this week yet", "Nothing is recorded for May 2026 yet")
		page := imani.get("/log").good().says("How long, in hours", "Field work", "Grow collards")
		sent := imani.submit(page, "", map[string]string{"hours": "2", "kind": fieldWork, "project": collards, "stream": "livelihood", "note": "First harvest."})
		saved := imani.follow(sent).says("2 hours logged")
		imani.get("/").good().says("Wednesday 6 (today) 2 hours 2 hours", "Imani worked Harvest The Farm Livelihood 2 hours")
		imani.get("/journal").good().says("Wednesday, 6 May 2026", "Imani worked 2 hours at Harvest for The Farm on Grow collards", "First harvest.")

		_, form := saved.form("")
		for field, want := range map[string]string{"kind": fieldWork, "project": collards, "stream": "livelihood", "date": "2026-05-06", "hours": "", "note": ""} {
			if got := form.Get(field); got != want {
				t.Errorf("the next form begins with %s=%q, want %q as last time", field, got, want)
			}
		}
		again := imani.follow(imani.submit(saved, "", map[string]string{"exact": "1,25", "date": "2026-05-04"})).says("1.25 hours logged")
		imani.get("/").good().says("Monday 4 1.25 hours 1.25 hours", "Week 3.25 hours 3.25 hours")

		undone := imani.submit(again, "undo", nil)
		imani.follow(undone).says("Taken back")
		imani.get("/").good().says("Week 2 hours 2 hours").silent("1.25")
		imani.get("/journal").good().says("Correction: Imani worked -1.25 hours")

		event := ada.get("/journal/"+strings.TrimPrefix(sent.location, "/log?logged=")).good().says("Right amount of work or use, in hours", "Recorded by recordedBy Imani")
		fixed := ada.submit(event, "correct", map[string]string{"effort": "1.5", "note": "Left at noon."})
		ada.follow(fixed).says("Corrected", "What corrects it", "Ada", "-0.5 hours", "Left at noon.")
		imani.get("/").good().says("Week 1.5 hours 1.5 hours")
		if wrong, err := b.node.Verify(t.Context()); err != nil || len(wrong) > 0 {
			t.Errorf("the books: %v, %v", wrong, err)
		}
	})
}

// SECURITY.md X07, its first half: a double tap, or a form sent again by a
// browser that got no answer, records once and gets the same answer.
func TestX07DoubleTap(t *testing.T) {
	b := onSQLite(t)
	imani := b.signedIn("Imani", node.Member)
	page := imani.get("/log").good()
	filled := map[string]string{"hours": "4"}
	first, second := imani.submit(page, "", filled), imani.submit(page, "", filled)
	if first.status != http.StatusSeeOther || first.location != second.location {
		t.Errorf("sent twice: %d %s, then %d %s", first.status, first.location, second.status, second.location)
	}
	undo := imani.follow(first)
	for range 2 {
		if s := imani.submit(undo, "undo", nil); s.status != http.StatusSeeOther {
			t.Errorf("undone twice: status %d: %s", s.status, s.text())
		}
	}
	if n := strings.Count(imani.get("/journal").good().text(), "Imani worked"); n != 2 {
		t.Errorf("%d entries in the journal, want the hours and their correction", n)
	}
	if s := imani.submit(page, "", map[string]string{"hours": "8"}); s.status == http.StatusSeeOther {
		t.Error("the same form with other hours was taken for the first")
	} else {
		s.says("This form was sent before, with something else in it")
	}
}

// What is wrong with a form stands at its field, in words that say what to do,
// and what was filled in is still there.
func TestLogMistakes(t *testing.T) {
	b := onSQLite(t)
	imani := b.signedIn("Imani", node.Member)
	tests := []struct {
		filled map[string]string
		field  string
		says   string
	}{
		{map[string]string{}, "hours", "Say how long: choose a number of hours, or write it."},
		{map[string]string{"exact": "two"}, "exact", "This is no number of hours: write it as 1.5."},
		{map[string]string{"exact": "0"}, "exact", "Log more than no time."},
		{map[string]string{"exact": "-2"}, "exact", "Log more than no time."},
		{map[string]string{"exact": "25"}, "exact", "A day has 24 hours"},
		{map[string]string{"exact": "1e400"}, "exact", "This is no number of hours"},
		{map[string]string{"hours": "2", "date": "yesterday"}, "date", "This is no day"},
		{map[string]string{"hours": "2", "date": "2026-05-07"}, "date", "This day lies ahead"},
		{map[string]string{"hours": "2", "project": "01890000-0000-7000-8000-000000000000"}, "project", "This project is not in the books"},
		{map[string]string{"hours": "2", "kind": "01890000-0000-7000-8000-000000000000"}, "kind", "no resource specification has this id here"},
		{map[string]string{"hours": "2", "stream": "profit"}, "stream", "There is no such stream."},
	}
	for _, test := range tests {
		test.filled["note"] = "Weeded & mulched"
		s := imani.submit(imani.get("/log").good(), "", test.filled)
		if s.status != http.StatusUnprocessableEntity {
			t.Errorf("%v: status %d", test.filled, s.status)
			continue
		}
		found := false
		for _, e := range s.parse().all("p") {
			if e.attr["id"] == test.field+"-error" {
				if found = true; !strings.Contains(e.whole(), test.says) {
					t.Errorf("%v: the field says %q, want %q", test.filled, e.whole(), test.says)
				}
			}
		}
		if !found {
			t.Errorf("%v: nothing stands at %s: %s", test.filled, test.field, s.text())
		}
		if _, form := s.form(""); form.Get("note") != "Weeded & mulched" {
			t.Errorf("%v: the note became %q", test.filled, form.Get("note"))
		}
		if !strings.HasPrefix(s.text(), "Problem: Log work") {
			t.Errorf("%v: the title is not of a problem: %.40s", test.filled, s.text())
		}
	}
	imani.get("/journal").good().says("Nothing is recorded yet.")
}

// Work is for the group that the project belongs to, else for the LAB; kinds
// that nobody works in are not offered, nor projects that are finished.
func TestWhatCanBeLogged(t *testing.T) {
	b := onSQLite(t)
	ada := b.signedIn("Ada", node.Steward)
	ada.made(`mutation { createResourceSpecification(resourceSpecification: {name: "Collard greens"}) { resourceSpecification { id } } }`, nil)
	ada.made(`mutation { createProcess(process: {name: "Last year's season", finished: true}) { process { id } } }`, nil)
	for range 105 { // more than a page of the list
		ada.work("Weeding")
	}
	zinnias := ada.work("Arranging zinnias")
	page := ada.get("/log").good().silent("Collard greens", "Last year's season").says("Arranging zinnias")
	ada.follow(ada.submit(page, "", map[string]string{"hours": "1", "kind": zinnias})).says("1 hour logged")
	ada.get("/journal").good().says("Ada worked 1 hour at Arranging zinnias for Freedom Farms")
}

// Who only looks is not offered the form, and whoever sends it all the same gets
// the API's answer.
func TestAuditorsLogNothing(t *testing.T) {
	b := onSQLite(t)
	audra := b.signedIn("Audra", node.Auditor)
	audra.get("/").good().silent("Log work")
	audra.get("/log").good().says("Your role looks at the books and records nothing.").silent("Save")
	s := audra.post("/log", url.Values{"hours": {"2"}, "key": {"x"}})
	if s.status != http.StatusUnprocessableEntity {
		t.Errorf("status %d", s.status)
	}
	s.says("your role in this LAB may not do this")
	audra.get("/journal").good().says("Nothing is recorded yet.")
}
