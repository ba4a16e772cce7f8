package web

import (
	"net/http"
	"strings"
	"testing"

	"disconode/node"
)

func kg(number string) vars { return vars{"hasNumericalValue": number, "hasUnit": kilogramIRI} }

func (m *member) plan(given vars) string {
	return m.made(`mutation($p: PlanCreateParams!) { createPlan(plan: $p) { plan { id } } }`, vars{"p": given})
}

func (m *member) process(given vars) string {
	return m.made(`mutation($p: ProcessCreateParams!) { createProcess(process: $p) { process { id } } }`, vars{"p": given})
}

func (m *member) commitment(given vars) string {
	return m.made(`mutation($c: CommitmentCreateParams!) { createCommitment(commitment: $c) { commitment { id } } }`, vars{"c": given})
}

func (m *member) intent(given vars) string {
	return m.made(`mutation($i: IntentCreateParams!) { createIntent(intent: $i) { intent { id } } }`, vars{"i": given})
}

// It is Wednesday, 6 May. The stew of Friday has two processes, the first of which
// is over: 4 hours of it were promised, 3 are worked, and 1 was worked that nobody
// had planned; 5 kg of collards were promised by Tuesday, and 2 have come. 2 hours
// of the second are wanted, and 20 kg of stew are to come out of it.
func TestPlans(t *testing.T) {
	onEach(t, func(t *testing.T, b *books) {
		ada := b.signedIn("Ada", node.Steward)
		me, lab := ada.who.User.String(), b.lab.String()
		collards, stew, cooking := ada.kilos("Collards"), ada.kilos("Stew"), ada.work("Cooking")
		ada.get("/plans").good().says("There are no plans yet.")

		friday := ada.plan(vars{"name": "Friday's stew", "note": "For 60.", "due": "2026-05-08T12:00:00-05:00"})
		ada.plan(vars{"name": "Last week's stew", "due": "2026-05-01T12:00:00-05:00"})
		cut := ada.process(vars{"name": "Cut", "plannedWithin": friday, "hasBeginning": "2026-05-04T08:00:00-05:00", "hasEnd": "2026-05-05T18:00:00-05:00", "finished": true})
		cook := ada.process(vars{"name": "Cook", "plannedWithin": friday, "hasBeginning": "2026-05-05T08:00:00-05:00", "hasEnd": "2026-05-08T11:00:00-05:00"})
		work := ada.commitment(vars{"action": "work", "provider": me, "receiver": lab, "inputOf": cut, "resourceConformsTo": cooking, "effortQuantity": hours("4"), "due": "2026-05-09T12:00:00-05:00"})
		greens := ada.commitment(vars{"action": "consume", "provider": lab, "receiver": lab, "inputOf": cut, "resourceConformsTo": collards, "resourceQuantity": kg("5"), "due": "2026-05-05T12:00:00-05:00"})
		ada.commitment(vars{"action": "produce", "provider": lab, "receiver": lab, "outputOf": cook, "resourceConformsTo": stew, "resourceQuantity": kg("20"), "independentDemandOf": friday})
		ada.intent(vars{"action": "work", "receiver": lab, "inputOf": cook, "resourceConformsTo": cooking, "effortQuantity": hours("2")})
		ada.record(vars{"action": "work", "provider": me, "receiver": lab, "inputOf": cut, "resourceConformsTo": cooking, "effortQuantity": hours("3"), "fulfills": []string{work}})
		ada.record(vars{"action": "work", "provider": me, "receiver": lab, "inputOf": cut, "resourceConformsTo": cooking, "effortQuantity": hours("1"), "note": "Sharpened the knives."})
		ada.record(vars{"action": "consume", "provider": lab, "receiver": lab, "inputOf": cut, "resourceConformsTo": collards, "resourceQuantity": kg("2"), "fulfills": []string{greens}})

		list := ada.get("/plans").good().says(
			"Friday's stew Due on Friday, 8 May 2026 · 1 of 2 processes finished · 0 of 3 promises kept · 1 promise overdue", "For 60.",
			"Last week's stew Overdue since Friday, 1 May 2026")
		if list.linkTo("Friday's stew") != "/plans/"+friday {
			t.Error("the list does not lead to the plan")
		}
		ada.get("/plans?words=last").good().says("Last week's stew").silent("Friday's stew")
		page := ada.get("/plans/"+friday).good().says(
			"Friday's stew Due on Friday, 8 May 2026 · 1 of 2 processes finished",
			"What it is for Promised by this plan What Planned Happened When How it stands Freedom Farms is to make 20 kg of Stew in Cook",
			"Cut Finished · from 4 May 2026, 08:00 to 5 May 2026, 18:00",
			"Goes into Cut What Planned Happened When How it stands",
			"Ada is to work 4 hours at Cooking for Freedom Farms on Cut 4 hours 3 hours Saturday, 9 May 2026 Kept in part",
			"Freedom Farms is to use up 5 kg of Collards in Cut 5 kg 2 kg Tuesday, 5 May 2026 Overdue",
			"Ada worked 1 hour at Cooking for Freedom Farms on Cut 1 hour Monday, 4 May 2026 Not planned",
			"Cook Overdue: it was to begin on Tuesday, 5 May 2026",
			"Somebody is to work 2 hours at Cooking for Freedom Farms on Cook 2 hours Nobody has promised it",
			"Comes out of Cook",
		).silent("Ada worked 3 hours")
		if !strings.Contains(page.body, `<strong class="late">Overdue</strong>`) {
			t.Error("what is overdue does not stand out")
		}
		ada.get("/vf/Plan/"+friday).good().says("Friday's stew", "Address iri "+booksAddress+"/vf/Plan/"+friday)
		ada.get("/vf/Process/"+cut).good().says("Part of the plan plannedWithin Friday's stew", "What is planned to go in", "5 kg 2 kg Tuesday, 5 May 2026 Overdue", "What went in", "Ada worked 3 hours")
		ada.get("/vf/Commitment/"+greens).good().says("Freedom Farms is to use up 5 kg of Collards", "A promise. In Valueflows: Commitment.", "Overdue due since 5 May 2026, 12:00", "Done fulfilment 2 kg", "Still open fulfilment 3 kg", "What keeps it Freedom Farms used up 2 kg")

		audra := b.signedIn("Audra", node.Auditor)
		audra.get("/plans/" + friday).good().says("Goes into Cut")
		for _, missing := range []string{"/plans/" + cut, "/plans/01890000-0000-7000-8000-000000000000", "/plans/x"} {
			if s := ada.get(missing); s.status != http.StatusNotFound {
				t.Errorf("%s: status %d", missing, s.status)
			}
		}
	})
}

// A plan with more processes than one question may name, and more flows than one
// page of an answer has, is shown whole.
func TestLargePlan(t *testing.T) {
	b := onSQLite(t)
	ada := b.signedIn("Ada", node.Steward)
	plan := ada.plan(vars{"name": "A year"})
	first := ""
	for range processesAsked + 1 {
		first = ada.process(vars{"name": "A day", "plannedWithin": plan})
	}
	for range 101 {
		ada.commitment(vars{"action": "work", "provider": ada.who.User.String(), "receiver": b.lab.String(), "inputOf": first, "effortQuantity": hours("1")})
	}
	s := ada.get("/plans/"+plan).good().says("0 of 201 processes finished", "0 of 101 promises kept")
	if n := strings.Count(s.text(), "Ada is to work 1 hour"); n != 101 {
		t.Errorf("%d promises are shown, want 101", n)
	}
}
