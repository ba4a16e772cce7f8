package web

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"disconode/node"
)

var update = flag.Bool("update", false, "accept what is drawn as golden")

// A month of a LAB: the table has every contribution with its exact numbers, and
// the drawing shows one unit of them, to scale and always the same.
func TestMonthAtHome(t *testing.T) {
	b := onSQLite(t)
	ada := b.signedIn("Ada", node.Steward)
	farm, trust := ada.organization("The Farm"), ada.organization("Land Trust")
	collards := ada.made(`mutation { createResourceSpecification(resourceSpecification: {name: "Collards"}) { resourceSpecification { id } } }`, nil)
	person := func(name string) string {
		return ada.made(`mutation($n: String!) { createPerson(person: {name: $n}) { agent { id } } }`, vars{"n": name})
	}
	imani, marcus := person("Imani"), person("Marcus")
	for _, w := range []struct{ who, whom, hours, stream, at string }{
		{imani, farm, "3", "livelihood", "2026-04-02T09:00-05:00"},
		{imani, farm, "0.25", "livelihood", "2026-04-30T23:30-05:00"}, // May in Greenwich
		{marcus, farm, "2.50", "livelihood", "2026-04-12T09:00-05:00"},
		{marcus, trust, "1.25", "care", "2026-04-20T09:00-05:00"},
		{marcus, farm, "8", "love", "2026-03-31T23:30-05:00"}, // April in Greenwich
	} {
		ada.record(vars{"action": "work", "provider": w.who, "receiver": w.whom, "effortQuantity": hours(w.hours), "stream": w.stream, "hasPointInTime": w.at})
	}
	ada.record(vars{"action": "produce", "provider": farm, "receiver": farm, "resourceConformsTo": collards, "hasPointInTime": "2026-04-28T16:00-05:00",
		"resourceQuantity": vars{"hasNumericalValue": "58.5", "hasUnit": "http://www.ontology-of-units-of-measure.org/resource/om-2/kilogram"}})

	page := ada.get("/?month=2026-04").good().says("Imani worked The Farm Livelihood 3.25 hours", "Marcus worked The Farm Livelihood 2.5 hours",
		"Marcus worked Land Trust Care 1.25 hours", "The Farm made Collards The Farm 58.5 kg", "Who gave hours, as what, for whom").silent("8 hours")
	golden(t, "contributions.svg", page.svg())
	for _, drawn := range []string{"Imani 3.25", "Marcus 3.75", "Livelihood 5.75", "Care 1.25", "The Farm 5.75", "Land Trust 1.25"} {
		if !strings.Contains(page.svg(), ">"+drawn+"</text>") {
			t.Errorf("the drawing does not show %s", drawn)
		}
	}
	ada.get(page.linked("Month before")).good().says("Contributions of March 2026", "Marcus worked The Farm Love 8 hours").silent("Livelihood")
	kilogram := regexp.MustCompile(`<option value="([^"]+)">kg</option>`).FindStringSubmatch(page.body)
	if kilogram == nil {
		t.Fatal("kilograms cannot be chosen")
	}
	ada.get("/?month=2026-04&unit=" + kilogram[1]).good().says("Who gave kg, as what, for whom")
	ada.get("/?month=2026-07").good().says("Nothing is recorded for July 2026 yet.")
	for _, wrong := range []string{"/?month=May", "/?week=now", "/?month=0001-01", "/?week=9999-12-31"} {
		if s := ada.get(wrong); s.status != 400 {
			t.Errorf("%s: status %d", wrong, s.status)
		}
	}
}

// svg is the drawing on the page, without the ids of this run.
func (s *shown) svg() string {
	s.t.Helper()
	from, to := strings.Index(s.body, "<svg"), strings.Index(s.body, "</svg>")
	if from < 0 || to < 0 {
		s.t.Fatalf("nothing is drawn: %s", s.text())
	}
	return s.body[from:to] + "</svg>\n"
}

// golden compares with a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s is drawn as\n%s\nwant (-update accepts it)\n%s", name, got, want)
	}
}

// A week goes from Monday to Sunday in the LAB's zone, also where clocks change.
func TestWeekAtHome(t *testing.T) {
	b := onSQLite(t)
	imani := b.signedIn("Imani", node.Member)
	log := func(date, hours string) {
		imani.follow(imani.submit(imani.get("/log").good(), "", map[string]string{"date": date, "hours": hours, "stream": "care"}))
	}
	log("2026-03-08", "4") // the Sunday on which the clocks go forward
	log("2026-03-09", "1")
	log("2026-03-02", "8")
	imani.get("/?week=2026-03-04").good().says("2 March to 8 March 2026", "Monday 2 8 hours 8 hours", "Sunday 8 4 hours 4 hours", "Week 12 hours 12 hours")
	after := imani.get("/?week=2026-03-04&month=2026-03").good().linked("Week after")
	imani.get(after).good().says("9 March to 15 March 2026", "Monday 9 1 hour 1 hour", "Contributions of March 2026", "13 hours")
}
