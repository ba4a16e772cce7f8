package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"disconode/node"
)

// Imani promised the farm 6 hours of weeding by Friday, and the farm 10 kg of
// collards to her. She records 4 hours, and then the 2 that are left: the form
// begins with what is open. The collards come from the farm's stock of 30 kg, of
// which 20 are left. On both databases, without scripts.
func TestPromiseKept(t *testing.T) {
	onEach(t, func(t *testing.T, b *books) {
		ada := b.signedIn("Ada", node.Steward)
		imani := b.signedIn("Imani", node.Member)
		me, lab := imani.who.User.String(), b.lab.String()
		collards, weeding := ada.kilos("Collards"), ada.work("Weeding")
		ada.ask(`mutation($e: EconomicEventCreateParams!, $r: EconomicResourceCreateParams) { createEconomicEvent(event: $e, newInventoriedResource: $r) { economicEvent { id } } }`,
			vars{"e": vars{"action": "raise", "provider": lab, "receiver": lab, "resourceQuantity": kg("30"), "hasPointInTime": "2026-05-04T08:00:00-05:00"}, "r": vars{"name": "Bed 7", "conformsTo": collards}})
		plan := ada.plan(vars{"name": "The week"})
		beds := ada.process(vars{"name": "Beds", "plannedWithin": plan})
		work := ada.commitment(vars{"action": "work", "provider": me, "receiver": lab, "inputOf": beds, "resourceConformsTo": weeding, "effortQuantity": hours("6"), "due": "2026-05-08T12:00:00-05:00"})
		greens := ada.commitment(vars{"action": "transfer", "provider": lab, "receiver": me, "resourceConformsTo": collards, "resourceQuantity": kg("10"), "plannedWithin": plan})

		page := imani.get("/plans/" + plan).good()
		if to := page.linkTo("It was done"); to != "/promises/"+work+"#done" {
			t.Errorf("the plan leads to %s", to)
		}
		page = imani.get("/promises/"+work).good().says("How it stands fulfilment Promised", "Still open fulfilment 6 hours", "How much work or use, in hours")
		if _, form := page.form("keep"); form.Get("effort") != "6" || form.Get("date") != "2026-05-06" || form.Get("provider") != me || form.Get("receiver") != lab {
			t.Errorf("the form begins with %v", form)
		}
		imani.follow(imani.submit(page, "keep", map[string]string{"effort": "4", "date": "2026-05-05", "stream": "love", "note": "Before the rain."})).
			says("Recorded: 2 hours still open.", "How it stands fulfilment Kept in part", "Done fulfilment 4 hours", "Imani worked 4 hours at Weeding for Freedom Farms on Beds")
		page = imani.get("/vf/Commitment/" + work).good()
		if _, form := page.form("keep"); form.Get("effort") != "2" {
			t.Errorf("then the form begins with %v", form)
		}
		imani.follow(imani.submit(page, "keep", nil)).says("Recorded: the promise is kept.", "How it stands fulfilment Kept").silent("It was done")
		imani.get("/plans/" + plan).good().says("6 hours 6 hours Friday, 8 May 2026 Kept")

		page = ada.get("/promises/"+greens).good().says("Out of which stock None that is counted here Bed 7: 30 kg, Freedom Farms", "Into which stock")
		ada.follow(ada.submit(page, "keep", nil)).says("Recorded: the promise is kept.", "Freedom Farms handed over 10 kg of Bed 7 to Imani")
		if stock := toText(ada.ask(`{ economicResources { edges { node { onhandQuantity { hasNumericalValue } } } } }`, nil)); !strings.Contains(stock, `"20"`) {
			t.Errorf("the stock is %s", stock)
		}
		if wrong, err := b.node.Verify(t.Context()); err != nil || len(wrong) > 0 {
			t.Errorf("the books: %v, %v", wrong, err)
		}
	})
}

// A double tap records once, and a day that the promise names is not late by its
// noon: what was due on Tuesday at 8:00 and done on Tuesday is kept in time, and
// on Wednesday late.
func TestPromiseDay(t *testing.T) {
	b := onSQLite(t)
	ada := b.signedIn("Ada", node.Steward)
	me, lab, cooking := ada.who.User.String(), b.lab.String(), ada.work("Cooking")
	due := func(when vars) string {
		given := vars{"action": "work", "provider": me, "receiver": lab, "resourceConformsTo": cooking, "effortQuantity": hours("3")}
		for name, value := range when {
			given[name] = value
		}
		return ada.commitment(given)
	}
	first := due(vars{"due": "2026-05-05T08:00:00-05:00"})
	page := ada.get("/promises/" + first).good().says("How it stands fulfilment Overdue")
	for range 2 {
		if s := ada.submit(page, "keep", map[string]string{"date": "2026-05-05"}); s.status != http.StatusSeeOther {
			t.Fatalf("status %d: %s", s.status, s.text())
		}
	}
	if n := strings.Count(ada.get("/promises/"+first).good().says("How it stands fulfilment Kept").silent("Kept, late").text(), "Ada worked 3 hours"); n != 1 {
		t.Errorf("sent twice, it was recorded %d times", n)
	}
	second := due(vars{"due": "2026-05-05T08:00:00-05:00"})
	ada.follow(ada.submit(ada.get("/promises/"+second).good(), "keep", nil)).says("Kept, late")
	third := due(vars{"hasBeginning": "2026-05-04T08:00:00-05:00", "hasEnd": "2026-05-05T08:00:00-05:00"})
	if _, form := ada.get("/promises/" + third).good().form("keep"); form.Get("date") != "2026-05-05" {
		t.Errorf("the form begins with the day %s", form.Get("date"))
	}
}

// What is wrong stands at its field, and what was filled in is still there.
func TestPromiseMistakes(t *testing.T) {
	b := onSQLite(t)
	ada := b.signedIn("Ada", node.Steward)
	me, lab, collards := ada.who.User.String(), b.lab.String(), ada.kilos("Collards")
	made := ada.commitment(vars{"action": "produce", "provider": me, "receiver": lab, "resourceConformsTo": collards, "resourceQuantity": kg("5")})
	for _, test := range []struct{ field, value, says string }{
		{"resource", "", "Say how much was done."}, {"resource", "some", "This is no number"}, {"resource", "0", "Record more than none"},
		{"date", "soon", "This is no day"}, {"date", "2026-05-07", "This day lies ahead"},
		{"provider", "", "Say who gave or did it."}, {"receiver", "", "Say for whom it was."},
		{"provider", "01890000-0000-7000-8000-000000000000", "no agent has this id here"},
		{"stock", "01890000-0000-7000-8000-000000000000", "no economic resource has this id here"},
	} {
		s := ada.submit(ada.get("/promises/"+made).good(), "keep", map[string]string{test.field: test.value, "note": "Six & more"})
		s.wrongAt(test.field, test.says)
		if _, form := s.form("keep"); form.Get("note") != "Six & more" {
			t.Errorf("%v: the note became %q", test, form.Get("note"))
		}
	}
	ada.get("/promises/" + made).good().says("How it stands fulfilment Promised")
	ada.follow(ada.submit(ada.get("/promises/"+made).good(), "keep", map[string]string{"resource": "2,5", "stock": "new"})).says("Recorded: 2.5 kg still open.")
	if stock := toText(ada.ask(`{ economicResources { edges { node { name onhandQuantity { hasNumericalValue } } } } }`, nil)); !strings.Contains(stock, `"2.5"`) || !strings.Contains(stock, "Collards") {
		t.Errorf("the new stock is %s", stock)
	}
	ada.get("/promises/" + made).good().says("Into which stock None that is counted here Collards: 2.5 kg")

	unsaid := ada.commitment(vars{"action": "transfer", "provider": me, "receiver": lab, "resourceConformsTo": collards})
	ada.submit(ada.get("/promises/"+unsaid).good().says("How much, in kg"), "keep", nil).wrongAt("resource", "Say how much was done.")
	ada.follow(ada.submit(ada.get("/promises/"+unsaid).good(), "keep", map[string]string{"resource": "1"})).says("Ada handed over 1 kg")
}

// A party records that its promise was done, and a bookkeeper anyone's; a member
// that it is not of is told whom to ask, and who only looks is offered no form.
func TestWhoMayKeep(t *testing.T) {
	b := onSQLite(t)
	ada := b.signedIn("Ada", node.Steward)
	imani, ben := b.signedIn("Imani", node.Member), b.signedIn("Ben", node.Member)
	audra := b.signedIn("Audra", node.Auditor)
	kitchen := ada.made(`mutation { createOrganization(organization: {name: "Kitchen"}) { agent { id } } }`, nil)
	promised := "/promises/" + ada.commitment(vars{"action": "work", "provider": imani.who.User.String(), "receiver": kitchen, "effortQuantity": hours("3")})
	ben.get(promised).good().says("Whoever this promise is between records that it was done, or a bookkeeper does.").silent("On which day")
	audra.get(promised).good().silent("On which day", "Whoever this promise is between")
	given := url.Values{"form": {"keep"}, "key": {"x"}, "effort": {"3"}, "provider": {imani.who.User.String()}, "receiver": {kitchen}, "date": {"2026-05-06"}}
	audra.post(promised, given).says("your role in this LAB may not do this")
	if s := ben.post(promised, given); s.status != http.StatusUnprocessableEntity {
		t.Errorf("a member that it is not of: status %d", s.status)
	}
	imani.get(promised).good().says("Still open fulfilment 3 hours").silent("What keeps it")
	imani.follow(imani.submit(imani.get(promised).good(), "keep", nil)).says("Recorded: the promise is kept.")
	if s := ada.get("/promises/01890000-0000-7000-8000-000000000000"); s.status != http.StatusNotFound {
		t.Errorf("status %d of a promise that is not there", s.status)
	}
}

// What was kept meanwhile, by another tap or another party, is not recorded
// again; a move goes to another stock than the one it comes out of; what is done
// of a promise of hours and things may be left out; and the state that was
// promised is recorded.
func TestPromiseOnce(t *testing.T) {
	b := onSQLite(t)
	ada := b.signedIn("Ada", node.Steward)
	me, lab := ada.who.User.String(), b.lab.String()
	collards, cooking := ada.kilos("Collards"), ada.work("Cooking")

	work := ada.commitment(vars{"action": "work", "provider": me, "receiver": lab, "resourceConformsTo": cooking, "effortQuantity": hours("3")})
	one, other := ada.get("/promises/"+work).good(), ada.get("/promises/"+work).good()
	ada.follow(ada.submit(one, "keep", nil)).says("Recorded: the promise is kept.")
	ada.follow(ada.submit(other, "keep", nil)).says("nothing more was recorded", "Done fulfilment 3 hours")

	ada.ask(`mutation($e: EconomicEventCreateParams!, $r: EconomicResourceCreateParams) { createEconomicEvent(event: $e, newInventoriedResource: $r) { economicEvent { id } } }`,
		vars{"e": vars{"action": "raise", "provider": lab, "receiver": lab, "resourceQuantity": kg("30"), "hasPointInTime": "2026-05-04T08:00:00-05:00"}, "r": vars{"name": "Bed 7", "conformsTo": collards}})
	move := ada.commitment(vars{"action": "move", "provider": lab, "receiver": lab, "resourceConformsTo": collards, "resourceQuantity": kg("10")})
	page := ada.get("/promises/" + move).good()
	_, form := page.form("keep")
	if form.Get("stock") == "" || form.Get("into") == form.Get("stock") {
		t.Errorf("the move begins out of %q and into %q", form.Get("stock"), form.Get("into"))
	}
	ada.submit(page, "keep", map[string]string{"into": form.Get("stock")}).wrongAt("into", "Choose another stock")

	use := ada.commitment(vars{"action": "use", "provider": lab, "receiver": lab, "resourceConformsTo": collards, "resourceQuantity": kg("2"), "effortQuantity": hours("3"), "state": "clean"})
	ada.follow(ada.submit(ada.get("/promises/"+use).good(), "keep", map[string]string{"resource": "1"}))
	page = ada.get("/promises/" + use).good()
	if _, form := page.form("keep"); form.Get("effort") != "" || form.Get("resource") != "1" {
		t.Errorf("of what is left the form begins with %q hours and %q kg", form.Get("effort"), form.Get("resource"))
	}
	ada.follow(ada.submit(page, "keep", nil)).says("Recorded: the promise is kept.")
	if events := toText(ada.ask(`{ economicEvents(last: 2) { edges { node { state } } } }`, nil)); strings.Count(events, `"clean"`) != 2 {
		t.Errorf("the state is lost: %s", events)
	}
}

// A plan whose processes wait for each other has its page all the same.
func TestPlanInACircle(t *testing.T) {
	b := onSQLite(t)
	ada := b.signedIn("Ada", node.Steward)
	lab, seed, crop := b.lab.String(), ada.kilos("Seed"), ada.kilos("Crop")
	plan := ada.plan(vars{"name": "Seed saving", "due": "2026-09-01T12:00:00-05:00"})
	for name, from := range map[string][2]string{"Grow": {seed, crop}, "Thresh": {crop, seed}} {
		p := ada.process(vars{"name": name, "plannedWithin": plan})
		ada.commitment(vars{"action": "consume", "provider": lab, "receiver": lab, "inputOf": p, "resourceConformsTo": from[0], "resourceQuantity": kg("1")})
		ada.commitment(vars{"action": "produce", "provider": lab, "receiver": lab, "outputOf": p, "resourceConformsTo": from[1], "resourceQuantity": kg("1")})
	}
	ada.get("/plans/"+plan).good().says("Seed saving", "Grow", "Thresh").silent("No time to spare")
}
