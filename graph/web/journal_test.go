package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"disconode/node"
)

// The journal is the books from the end: newest first, page by page, and back.
func TestJournalPages(t *testing.T) {
	b := onSQLite(t)
	ada := b.signedIn("Ada", node.Steward)
	for i := range 60 {
		ada.record(vars{"action": "work", "provider": ada.who.User.String(), "receiver": b.lab.String(), "effortQuantity": hours("1"), "note": fmt.Sprintf("entry %d.", i)})
	}
	first := ada.get("/journal").good().says("entry 59.", "entry 35.").silent("entry 34.", "Newer")
	if whole := first.text(); strings.Index(whole, "entry 59.") > strings.Index(whole, "entry 35.") {
		t.Error("the oldest stands first")
	}
	second := ada.get(first.linked("Older")).good().says("entry 34.", "entry 10.").silent("entry 35.", "entry 9.")
	third := ada.get(second.linked("Older")).good().says("entry 9.", "entry 0.").silent("entry 10.", "Older")
	ada.get(third.linked("Newer")).good().says("entry 34.", "entry 10.").silent("entry 9.")
}

// linked is where the link with a text leads.
func (s *shown) linked(text string) string {
	s.t.Helper()
	for _, a := range s.parse().all("a") {
		if strings.TrimSpace(a.whole()) == text {
			return a.attr["href"]
		}
	}
	s.t.Fatalf("no link says %q: %s", text, s.text())
	return ""
}

// The journal can be narrowed, and stays so from page to page.
func TestJournalFilters(t *testing.T) {
	b := onSQLite(t)
	ada := b.signedIn("Ada", node.Steward)
	farm := ada.organization("The Farm")
	collards := ada.made(`mutation { createResourceSpecification(resourceSpecification: {name: "Collards"}) { resourceSpecification { id } } }`, nil)
	me := ada.who.User.String()
	ada.record(vars{"action": "work", "provider": me, "receiver": farm, "effortQuantity": hours("3"), "stream": "love", "note": "dug compost", "hasPointInTime": "2026-05-02T09:00-05:00"})
	ada.record(vars{"action": "work", "provider": me, "receiver": farm, "effortQuantity": hours("4"), "stream": "care", "note": "mended the door", "hasPointInTime": "2026-05-03T23:30-05:00"})
	ada.record(vars{"action": "produce", "provider": farm, "receiver": farm, "resourceConformsTo": collards, "resourceQuantity": vars{"hasNumericalValue": "96", "hasUnit": "http://www.ontology-of-units-of-measure.org/resource/om-2/kilogram"}, "note": "harvest"})
	tests := []struct {
		filter url.Values
		want   string // notes, newest first
	}{
		{url.Values{}, "harvest, mended the door, dug compost"},
		{url.Values{"who": {farm}}, "harvest"},
		{url.Values{"who": {me}}, "mended the door, dug compost"},
		{url.Values{"action": {"produce"}}, "harvest"},
		{url.Values{"stream": {"care"}}, "mended the door"},
		{url.Values{"words": {"COMPOST"}}, "dug compost"},
		{url.Values{"from": {"2026-05-03"}}, "harvest, mended the door"},
		{url.Values{"to": {"2026-05-03"}}, "mended the door, dug compost"},
		{url.Values{"from": {"2026-05-03"}, "to": {"2026-05-03"}}, "mended the door"},
		{url.Values{"who": {me}, "stream": {"livelihood"}}, ""},
	}
	for _, test := range tests {
		s := ada.get("/journal?" + test.filter.Encode()).good()
		var notes []string
		for _, e := range s.parse().all("p") {
			if e.attr["class"] == "note" {
				notes = append(notes, e.whole())
			}
		}
		if got := strings.Join(notes, ", "); got != test.want {
			t.Errorf("%s: %s, want %s", test.filter.Encode(), got, test.want)
		}
		if test.want == "" {
			s.says("Nothing in the books fits.")
		}
	}
	for _, wrong := range []string{"/journal?from=soon", "/journal?before=made-up", "/journal?stream=profit", "/journal?who=nobody"} {
		if s := ada.get(wrong); s.status < 400 || s.status > 499 {
			t.Errorf("%s: status %d", wrong, s.status)
		}
	}
}

// An event's page says all that it says, and takes a correction: the right
// amount, which is recorded as the difference, or all of it back.
func TestCorrections(t *testing.T) {
	b := onSQLite(t)
	ada := b.signedIn("Ada", node.Steward)
	farm := ada.organization("The Farm")
	collards := ada.made(`mutation { createResourceSpecification(resourceSpecification: {name: "Collards"}) { resourceSpecification { id } } }`, nil)
	kilograms := func(n string) vars {
		return vars{"hasNumericalValue": n, "hasUnit": "http://www.ontology-of-units-of-measure.org/resource/om-2/kilogram"}
	}
	harvest := ada.record(vars{"action": "produce", "provider": farm, "receiver": farm, "resourceConformsTo": collards, "resourceQuantity": kilograms("58.50"), "note": "Beds 1 to 3"})
	page := ada.get("/journal/"+harvest).good().says("The Farm made 58.50 kg of Collards", "Note note Beds 1 to 3", "When hasPointInTime 4 May 2026, 10:00", "in kg")

	stale := page
	page = ada.follow(ada.submit(page, "correct", map[string]string{"resource": "60"})).says("made 1.5 kg of Collards")
	for _, test := range []struct{ amount, says string }{
		{"60", "This is what is recorded already."},
		{"-1", "An amount is not below zero."},
		{"lots", "This is no number"},
	} {
		if s := ada.submit(page, "correct", map[string]string{"resource": test.amount}); s.status != http.StatusUnprocessableEntity {
			t.Errorf("%s: status %d", test.amount, s.status)
		} else {
			s.says(test.says)
		}
	}
	if s := ada.submit(stale, "correct", map[string]string{"resource": "59"}); s.status != http.StatusUnprocessableEntity {
		t.Errorf("a form that is too old: status %d", s.status)
	} else {
		s.says("Somebody corrected this meanwhile: it is 60 kg now.")
	}
	page = ada.follow(ada.submit(page, "take-back", nil)).says("made -60 kg of Collards")
	if _, form := page.form("correct"); form.Get("was-resource") != "0" {
		t.Errorf("left: %s kg", form.Get("was-resource"))
	}
	mistake := ada.get(page.linked("Details")).good().says("Correction:").silent("Correct this")
	ada.get(mistake.linked("another event")).good().says("58.50 kg")
}

// Another's record is the bookkeeper's to correct: the page says what the API
// says. And what a member may not see has no page.
func TestCorrectingOthersEntries(t *testing.T) {
	b := onSQLite(t)
	ada, imani := b.signedIn("Ada", node.Steward), b.signedIn("Imani", node.Member)
	lent := ada.record(vars{"action": "work", "provider": ada.who.User.String(), "receiver": b.lab.String(), "effortQuantity": hours("3")})
	s := imani.submit(imani.get("/journal/"+lent).good(), "correct", map[string]string{"effort": "30"})
	if s.status != http.StatusUnprocessableEntity {
		t.Errorf("status %d", s.status)
	}
	s.says("Your role in this LAB may not do this; ask a steward.")
	care := ada.record(vars{"action": "work", "provider": ada.who.User.String(), "receiver": b.lab.String(), "effortQuantity": hours("3"), "stream": "carePeople", "note": "sat with her"})
	for _, path := range []string{"/journal/" + care, "/journal/01890000-0000-7000-8000-000000000000", "/journal/nothing"} {
		if s := imani.get(path); s.status != http.StatusNotFound || strings.Contains(s.text(), "sat with her") {
			t.Errorf("%s: status %d: %s", path, s.status, s.text())
		}
	}
	ada.get("/journal/"+care).good().says("(not shown) worked 3 hours").silent("sat with her", "Correct this")
}
