package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"disconode/node"
	"disconode/valueflows"
)

// kilos is a kind that is counted in kilograms.
func (m *member) kilos(name string) string {
	return m.made(`mutation($n: String!, $u: ID!) { createResourceSpecification(resourceSpecification: {name: $n, defaultUnitOfResource: $u}) { resourceSpecification { id } } }`, vars{"n": name, "u": kilogramIRI})
}

// Imani offers 5 kg of collards, Ada takes 2 of them for herself and the group
// 1.5: 1.5 are left. A need of 3 hours is met whole, and what is met or over is
// off the board once who put it there says so. On both databases, without scripts.
func TestOffersAndNeeds(t *testing.T) {
	onEach(t, func(t *testing.T, b *books) {
		ada := b.signedIn("Ada", node.Steward)
		collards, weeding := ada.kilos("Collards"), ada.work("Weeding")
		imani := b.signedIn("Imani", node.Member)

		board := imani.get("/offers").good().says("Nothing is offered here.", "Nothing is needed here.")
		sent := imani.submit(board, "", map[string]string{"purpose": "offer", "name": "Collards, fresh", "way": "transfer", "kind": collards, "amount": "5", "by": "2026-05-08", "note": "Bring a bag."})
		offer := sent.location
		imani.follow(sent).says("It is on the board.", "Imani offers 5 kg of Collards", "Still open: 5 kg.", "Bring a bag.", "Proposed as publishedIn Collards, fresh").silent("Answer it")
		imani.get("/offers").good().says("Imani offers 5 kg of Collards", "By Friday, 8 May 2026")

		page := ada.get(offer).good().says("Answer it", "How much, in kg")
		if _, form := page.form("answer"); form.Get("amount") != "5" || form.Get("by") != "2026-05-08" {
			t.Errorf("the form begins with %v", form)
		}
		ada.follow(ada.submit(page, "answer", map[string]string{"amount": "2"})).says("Promised: it is in the books.", "Still open: 3 kg.", "Imani is to hand over 2 kg of Collards to Ada")
		ada.follow(ada.submit(ada.get(offer).good(), "answer", map[string]string{"as": "group", "amount": "1,5", "note": "For the kitchen."})).says("Still open: 1.5 kg.", "Imani is to hand over 1.5 kg of Collards to Freedom Farms", "For the kitchen.")
		imani.get("/offers").good().says("3.5 of 5 kg taken up")

		sent = ada.submit(ada.get("/offers").good(), "", map[string]string{"purpose": "request", "name": "Help in the beds", "way": "work", "kind": weeding, "amount": "3"})
		need := sent.location
		ada.follow(sent).says("Ada needs 3 hours of work at Weeding")
		imani.follow(imani.submit(imani.get(need).good(), "answer", nil)).says("Imani is to work 3 hours at Weeding for Ada", "Still open: 0 hours.").silent("Answer it")
		promise := imani.ask(`query { commitments(last: 1) { edges { node { action { id } satisfies { id } effortQuantity { hasNumericalValue hasUnit { id } } } } } }`, nil)
		if text := strings.Join(strings.Fields(toText(promise)), ""); !strings.Contains(text, strings.TrimPrefix(need, "/offers/")) || !strings.Contains(text, valueflows.Hour.String()) {
			t.Errorf("the promise says %s", text)
		}

		imani.get(need).good().silent("Take it off the board") // it is Ada's
		imani.follow(imani.submit(imani.get(offer).good(), "finish", nil)).says("It is off the board.", "Nothing is offered here.", "Ada needs")
		ada.get(offer).good().says("Finished finished yes").silent("Answer it", "Take it off the board")
		if wrong, err := b.node.Verify(t.Context()); err != nil || len(wrong) > 0 {
			t.Errorf("the books: %v, %v", wrong, err)
		}
	})
}

// A double tap makes one offer, one proposal and one promise.
func TestOfferTwice(t *testing.T) {
	b := onSQLite(t)
	ada := b.signedIn("Ada", node.Steward)
	imani := b.signedIn("Imani", node.Member)
	board := imani.get("/offers").good()
	filled := map[string]string{"name": "Seedlings", "amount": "12"}
	first, second := imani.submit(board, "", filled), imani.submit(board, "", filled)
	if first.status != http.StatusSeeOther || first.location != second.location {
		t.Fatalf("sent twice: %d %s, then %d %s", first.status, first.location, second.status, second.location)
	}
	page := ada.get(first.location).good()
	for range 2 {
		if s := ada.submit(page, "answer", map[string]string{"amount": "4"}); s.status != http.StatusSeeOther {
			t.Fatalf("status %d: %s", s.status, s.text())
		}
	}
	ada.get(first.location).good().says("Still open: 8.")
	counted := toText(ada.ask(`query { intents { edges { node { id } } } proposals { edges { node { id } } } commitments { edges { node { id } } } }`, nil))
	if n := strings.Count(counted, `"id"`); n != 3 {
		t.Errorf("%d records, want an intent, a proposal and a commitment: %s", n, counted)
	}
}

// What is wrong stands at its field, and what was filled in is still there.
func TestOfferMistakes(t *testing.T) {
	b := onSQLite(t)
	ada := b.signedIn("Ada", node.Steward)
	imani := b.signedIn("Imani", node.Member)
	tests := []struct {
		filled map[string]string
		field  string
		says   string
	}{
		{map[string]string{"name": " "}, "name", "Say in a few words what it is."},
		{map[string]string{"way": "produce"}, "way", "Choose one of these."},
		{map[string]string{"purpose": "gift"}, "purpose", "Say whether you offer it or need it."},
		{map[string]string{"amount": "some"}, "amount", "This is no number"},
		{map[string]string{"amount": "0"}, "amount", "Say more than none"},
		{map[string]string{"amount": "1", "kind": "01890000-0000-7000-8000-000000000000"}, "kind", "This kind is not in the books"},
		{map[string]string{"kind": "01890000-0000-7000-8000-000000000000"}, "kind", "no resource specification has this id here"},
		{map[string]string{"by": "soon"}, "by", "This is no day"},
		{map[string]string{"by": "2026-05-05"}, "by", "This day is over"},
	}
	for _, test := range tests {
		filled := map[string]string{"name": "Eggs", "note": "Six & more"}
		for field, value := range test.filled {
			filled[field] = value
		}
		s := imani.submit(imani.get("/offers").good(), "", filled)
		s.wrongAt(test.field, test.says)
		if _, form := s.form(""); form.Get("note") != "Six & more" {
			t.Errorf("%v: the note became %q", test.filled, form.Get("note"))
		}
	}
	imani.get("/offers").good().says("Nothing is offered here.")

	offer := imani.submit(imani.get("/offers").good(), "", map[string]string{"name": "Eggs", "amount": "6"}).location
	for _, test := range []struct{ field, value, says string }{
		{"amount", "", "Say how much of it."}, {"amount", "-1", "Say more than none"}, {"by", "2026-01-01", "This day is over"},
	} {
		ada.submit(ada.get(offer).good(), "answer", map[string]string{test.field: test.value}).wrongAt(test.field, test.says)
	}
	ada.get(offer).good().says("Still open: 6.")
}

// wrongAt expects that a form was refused, and why at which of its fields.
func (s *shown) wrongAt(field, says string) {
	s.t.Helper()
	if s.status != http.StatusUnprocessableEntity {
		s.t.Errorf("%s: status %d, want the form again", field, s.status)
	}
	for _, e := range s.parse().all("p") {
		if e.attr["id"] == field+"-error" && strings.Contains(e.whole(), says) {
			return
		}
	}
	s.t.Errorf("nothing at %s says %q: %s", field, says, s.text())
}

// Who only looks is offered no form. A member answers for the group only where
// the LAB's policy lets members, and without it an own offer stands on the board
// by itself, no proposal beside it.
func TestWhoMayOffer(t *testing.T) {
	b := onSQLite(t)
	ada := b.signedIn("Ada", node.Steward)
	imani := b.signedIn("Imani", node.Member)
	audra := b.signedIn("Audra", node.Auditor)
	if _, err := b.node.SetLabPolicy(node.AsOperator(t.Context(), b.lab), b.lab, func(l *node.Lab) { l.MembersRecord = false }); err != nil {
		t.Fatal(err)
	}
	need := ada.submit(ada.get("/offers").good(), "", map[string]string{"purpose": "request", "name": "A ladder", "way": "transferCustody"}).location
	offer := imani.submit(imani.get("/offers").good(), "", map[string]string{"name": "Eggs"})
	imani.follow(offer).says("It is on the board.", "Imani offers Eggs").silent("publishedIn")
	s := imani.submit(imani.get(need).good().says("Ada needs the loan of A ladder"), "answer", map[string]string{"as": "group"})
	if s.status != http.StatusUnprocessableEntity && s.status != http.StatusSeeOther {
		t.Errorf("status %d", s.status)
	}
	s.says("Your role in this LAB may not do this")
	imani.follow(imani.submit(imani.get(need).good(), "answer", nil)).says("Imani is to lend A ladder to Ada")

	audra.get("/offers").good().says("Eggs").silent("Offer something")
	audra.get(need).good().silent("Answer it", "Take it off the board")
	for path, form := range map[string]url.Values{"/offers": {"purpose": {"offer"}, "name": {"x"}, "way": {"transfer"}, "key": {"x"}}, need: {"form": {"answer"}, "key": {"y"}}} {
		audra.post(path, form).says("your role in this LAB may not do this")
	}
	if s := ada.get("/offers/01890000-0000-7000-8000-000000000000"); s.status != http.StatusNotFound {
		t.Errorf("status %d of an offer that is not there", s.status)
	}
}

// What is due and not finished is overdue, and the words say so; the board comes
// in pages and can be searched.
func TestBoardPages(t *testing.T) {
	b := onSQLite(t)
	ada := b.signedIn("Ada", node.Steward)
	for _, due := range []string{"2026-05-05T12:00:00-05:00", "2026-05-07T12:00:00-05:00"} {
		ada.made(`mutation($i: IntentCreateParams!) { createIntent(intent: $i) { intent { id } } }`, vars{"i": vars{"name": "Water the beds", "action": "work", "receiver": b.lab.String(), "due": due}})
	}
	ada.get("/offers").good().says("By Thursday, 7 May 2026", "By Tuesday, 5 May 2026 (overdue)").silent("7 May 2026 (overdue)")
	for range offersPageSize {
		ada.made(`mutation($i: IntentCreateParams!) { createIntent(intent: $i) { intent { id } } }`, vars{"i": vars{"name": "Compost", "action": "transfer", "provider": ada.who.User.String(), "finished": false}})
	}
	page := ada.get("/offers").good().says("Ada offers Compost").silent("Water the beds")
	older := page.linkTo("Older")
	ada.get(older).good().says("Water the beds").silent("Compost")
	ada.get("/offers?words=beds").good().says("Freedom Farms needs work at Water the beds").silent("Compost")
}

// linkTo is where the link with a text leads.
func (s *shown) linkTo(text string) string {
	s.t.Helper()
	for _, a := range s.parse().all("a") {
		if strings.TrimSpace(a.whole()) == text {
			return a.attr["href"]
		}
	}
	s.t.Fatalf("no link says %q: %s", text, s.text())
	return ""
}
