package graph

import "testing"

// The farm's money. In the week of May 30 and 6 came and 8 went: of the account
// 30 − 8 = 22 is left, of all dollars 28. In the year 2090 the shop pays 100 by
// 12 January, rent of 55.50 is due on 25 February, a loan of 20 in March, and 5
// some day: the account stands at 122, 66.5, 66.5, and 20 more is later.
func TestCashFlow(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		w := b.week()
		const query = `query($r: [ID!], $s: ID, $a: [ID!], $u: ID, $from: DateTime!, $to: DateTime!, $every: CashPeriod) {
			cashFlow(resources: $r, specification: $s, agent: $a, unit: $u, from: $from, to: $to, every: $every) { opening unit { label }
				periods { name begin end happened { in out } expected { in out } net balance } overdue { in out } later { in out } undated { in out } } }`
		periods := func(r *reply) string {
			t.Helper()
			return r.good().rows("cashFlow.periods", false, "name", "happened.in", "happened.out", "expected.in", "expected.out", "net", "balance")
		}
		weeks := w.ada.ask(query, vars{"r": w.cash, "from": "2026-05-04T00:00", "to": "2026-05-18T00:00", "every": "WEEK"})
		worked(t, "the account, by weeks", periods(weeks), `
			2026-W19 30 8 0 0 22 22
			2026-W20 0 0 0 0 0 22`)
		days := w.bea.ask(query, vars{"s": w.dollar, "a": w.farm, "from": "2026-05-06T00:00", "to": "2026-05-09T00:00", "every": "DAY"})
		worked(t, "all dollars, by days", periods(days), `
			2026-05-06 6 0 0 0 6 36
			2026-05-07 0 0 0 0 0 36
			2026-05-08 0 8 0 0 -8 28`)
		if opening, begin := days.text("cashFlow.opening"), days.text("cashFlow.periods.0.begin"); opening != "30" || begin != "2026-05-06T05:00:00Z" {
			t.Errorf("the 6th begins at %s with %s", begin, opening)
		}

		promise := func(from, to, q string, due any) {
			t.Helper()
			said := vars{"action": "transfer", "provider": from, "receiver": to, "resourceConformsTo": w.dollar, "resourceQuantity": of(q, piece)}
			if due != nil {
				said["due"] = due
			} else {
				said["plannedWithin"] = w.ada.make("Plan", vars{"name": "some day"})
			}
			w.ada.make("Commitment", said)
		}
		owner := w.ada.organization("Owner")
		promise(w.shop, w.farm, "100", "2090-01-12T12:00")
		promise(w.farm, owner, "55.50", "2090-02-25T12:00")
		promise(owner, w.farm, "20", "2090-03-02T12:00")
		promise(w.farm, w.shop, "5", nil)
		promise(w.shop, owner, "999", "2090-01-12T12:00")
		months := w.ada.ask(query, vars{"r": w.cash, "from": "2090-01-01T00:00", "to": "2090-03-01T00:00"})
		worked(t, "the account in 2090", periods(months), `
			2090-01 0 0 100 0 100 122
			2090-02 0 0 0 55.5 -55.5 66.5`)
		if later, undated, unit := months.text("cashFlow.later.in"), months.text("cashFlow.undated.out"), months.text("cashFlow.unit.label"); later != "20" || undated != "5" || unit != "one" {
			t.Errorf("later %s, undated %s %s", later, undated, unit)
		}

		w.ada.ask(query, vars{"from": "2026-05-04T00:00", "to": "2026-05-18T00:00"}).refused("REQUIRED")
		w.ada.ask(query, vars{"s": w.dollar, "from": "2026-05-04T00:00", "to": "2026-05-04T00:00"}).refused("INVALID_PERIOD")
		w.ada.ask(query, vars{"r": []string{w.cash, w.shed}, "from": "2026-05-04T00:00", "to": "2026-05-05T00:00"}).refused("WRONG_SPECIFICATION", "resources.1")
		b.stranger().ask(query, vars{"s": w.dollar, "from": "2026-05-04T00:00", "to": "2026-05-05T00:00"}).refused("UNAUTHENTICATED")
	})
}
