package web

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"disconode/node"
)

// produced records that something new was made: the ids of the event and of the resource.
func (m *member) produced(event, resource vars) (string, string) {
	m.t.Helper()
	answer := m.ask(`mutation($e: EconomicEventCreateParams!, $n: EconomicResourceCreateParams) { createEconomicEvent(event: $e, newInventoriedResource: $n) { economicEvent { id } economicResource { id } } }`,
		vars{"e": event, "n": resource})["createEconomicEvent"].(map[string]any)
	return answer["economicEvent"].(map[string]any)["id"].(string), answer["economicResource"].(map[string]any)["id"].(string)
}

// A stew is made of collards that were harvested, and of an hour of work. Its page
// tells so as a tree, from the stew back; the page of the collards tells ahead.
func TestProvenance(t *testing.T) {
	onEach(t, func(t *testing.T, b *books) {
		ada := b.signedIn("Ada", node.Steward)
		me, lab := ada.who.User.String(), b.lab.String()
		collards, stew := ada.kilos("Collards"), ada.kilos("Stew")
		grow, cook := ada.process(vars{"name": "Grow"}), ada.process(vars{"name": "Cook"})
		lot := ada.made(`mutation { createBatchLotRecord(batchLotRecord: {batchLotCode: "COL-05", expirationDate: "2026-05-20T12:00:00-05:00"}) { batchLotRecord { id } } }`, nil)
		at := "2026-05-04T10:00:00-05:00"
		_, bed := ada.produced(vars{"action": "produce", "provider": lab, "receiver": lab, "outputOf": grow, "resourceQuantity": kg("10"), "hasPointInTime": at},
			vars{"name": "Harvest of May", "conformsTo": collards, "ofBatchLot": lot})
		ada.record(vars{"action": "consume", "provider": lab, "receiver": lab, "inputOf": cook, "resourceInventoriedAs": bed, "resourceQuantity": kg("4"), "hasPointInTime": "2026-05-04T11:00:00-05:00"})
		ada.record(vars{"action": "work", "provider": me, "receiver": lab, "inputOf": cook, "effortQuantity": hours("1"), "hasPointInTime": "2026-05-04T11:30:00-05:00"})
		_, pot := ada.produced(vars{"action": "produce", "provider": lab, "receiver": lab, "outputOf": cook, "resourceQuantity": kg("6"), "hasPointInTime": "2026-05-04T12:00:00-05:00"}, vars{"name": "The stew", "conformsTo": stew})

		page := ada.get("/vf/EconomicResource/"+pot).good().says("The stew", "How much is there onhandQuantity 6 kg", "Where it came from", "Where it went The books know of nothing that it led to.")
		// made <- the process <- (work, used up <- the harvest <- made <- growing)
		want := `1 Freedom Farms made 6 kg of The stew in Cook
 2 Cook
  3 Ada worked 1 hour for Freedom Farms on Cook
  3 Freedom Farms used up 4 kg of Harvest of May in Cook
   4 Harvest of May
    5 Freedom Farms made 10 kg of Harvest of May in Grow
     6 Grow
`
		if got := page.tree("came"); got != want {
			t.Errorf("it came from\n%swant\n%s", got, want)
		}
		if page.linkTo("Harvest of May") != "/vf/EconomicResource/"+bed {
			t.Error("the tree does not lead to the harvest")
		}
		ahead := ada.get("/vf/EconomicResource/"+bed).good().says("Lot ofBatchLot COL-05", "The lot expires expirationDate 20 May 2026, 12:00", "How much is there onhandQuantity 6 kg")
		want = `1 Freedom Farms used up 4 kg of Harvest of May in Cook
 2 Cook
  3 Freedom Farms made 6 kg of The stew in Cook
   4 The stew
`
		if got := ahead.tree("went"); got != want {
			t.Errorf("it went to\n%swant\n%s", got, want)
		}
	})
}

// tree is a walk of a page as a text: each step below what it goes on from.
func (s *shown) tree(way string) string {
	s.t.Helper()
	var text strings.Builder
	var write func(e *element, depth int)
	write = func(list *element, depth int) {
		for _, item := range list.children {
			if item.name != "li" {
				continue
			}
			for _, part := range item.children {
				switch part.name {
				case "p":
					said, step, _ := strings.Cut(strings.Join(strings.Fields(part.whole()), " "), " step ")
					step, _, _ = strings.Cut(step, " ")
					fmt.Fprintf(&text, "%s%s %s\n", strings.Repeat(" ", depth), step, said)
				case "ul":
					write(part, depth+1)
				}
			}
		}
	}
	for _, section := range s.parse().all("section") {
		if section.attr["aria-labelledby"] == way {
			for _, part := range section.children {
				if part.name == "ul" {
					write(part, 0)
				}
			}
		}
	}
	return text.String()
}

// A stock that was added to 60 times has more steps than a page shows: the
// next page goes on by the cursor, and nothing is shown twice or left out.
func TestProvenancePages(t *testing.T) {
	b := onSQLite(t)
	ada := b.signedIn("Ada", node.Steward)
	lab := b.lab.String()
	_, stock := ada.produced(vars{"action": "raise", "provider": lab, "receiver": lab, "resourceQuantity": kg("1"), "hasPointInTime": "2026-05-01T10:00:00-05:00"}, vars{"name": "Rice", "conformsTo": ada.kilos("Rice")})
	for n := range 59 {
		ada.record(vars{"action": "raise", "provider": lab, "receiver": lab, "resourceInventoriedAs": stock, "resourceQuantity": kg(fmt.Sprint(n + 2)), "hasPointInTime": "2026-05-02T10:00:00-05:00"})
	}
	page := ada.get("/vf/EconomicResource/" + stock).good()
	more := page.linkTo("Show more")
	if u, err := url.Parse(more); err != nil || u.Fragment == "" || len(u.Query()) != 1 {
		t.Fatalf("more leads to %q", more)
	}
	next := ada.get(more).good().says("From the start")
	both := page.tree("came") + next.tree("came")
	for n := range 60 {
		if said := fmt.Sprintf(" counted more: %d kg of", n+1); strings.Count(both, said) != 1 {
			t.Errorf("%d times%s", strings.Count(both, said), said)
		}
	}
	if s := ada.get("/vf/EconomicResource/" + stock + "?came=nonsense"); s.status < 400 || s.status >= 500 {
		t.Errorf("status %d of a cursor that is none", s.status)
	}
}
