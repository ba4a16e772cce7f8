package flow

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"disconode/valueflows"
)

// on is noon of a day in UTC, or the time that is said.
func on(day string) *valueflows.Time {
	t, err := valueflows.ParseTime(day, time.UTC)
	if err != nil {
		panic(err)
	}
	return &t
}

// begins is when a day begins in UTC.
func begins(day string) valueflows.Instant { return on(day + "T00:00:00Z").Instant }

// money is a transfer of dollars between two, on a day.
func money(id, from, to, q, day string) *valueflows.EconomicEvent {
	e := &valueflows.EconomicEvent{
		Action: "transfer", Provider: named(from), Receiver: named(to), ResourceConformsTo: named("dollar"), ResourceQuantity: measure(q), HasPointInTime: on(day),
	}
	e.ID = named(id)
	return e
}

// promised is the same, promised for a day; an empty day says none.
func promised(id, from, to, q, day string) *valueflows.Commitment {
	c := &valueflows.Commitment{Planned: valueflows.Planned{
		Action: "transfer", Provider: named(from), Receiver: named(to), ResourceConformsTo: named("dollar"), ResourceQuantity: measure(q),
	}}
	if c.ID = named(id); day != "" {
		c.Due = on(day)
	}
	return c
}

// toldCash writes rows for comparison: name, what happened, what is expected,
// net, balance.
func toldCash(c *Cash) string {
	var text strings.Builder
	for _, r := range c.Rows {
		fmt.Fprintf(&text, "%s +%s -%s | +%s -%s | %s %s\n", r.Name, r.Happened.In, r.Happened.Out, r.Expected.In, r.Expected.Out, r.Net, r.Balance)
	}
	return strings.TrimSpace(text.String())
}

// isCash compares rows with what was worked out by hand.
func isCash(t *testing.T, c *Cash, want string) {
	t.Helper()
	var lines []string
	for _, line := range strings.Split(strings.TrimSpace(want), "\n") {
		lines = append(lines, strings.TrimSpace(line))
	}
	if got := toldCash(c); got != strings.Join(lines, "\n") {
		t.Errorf("the cash flow is\n%s\nand should be\n%s", got, strings.Join(lines, "\n"))
	}
}

// A farm opens with 500. March: a household pays 300 for its share, 25.50 of it
// mended away in April; seed costs 120. Money moved to the savings of its own is
// neither. It is 10 April. Of a grant of 1,000 due in April 400 came, 600 is
// open. A loan of 200 was to be paid back by 20 March: overdue, so expected in
// April. Rent of 150 is due in May, a second year's share in 2027, a donation at
// some time, and a promise that is finished counts no more.
//
//	March  500 + 300 − 120                                    = 680
//	April  + 400 − 25.50 happened; + 600 − 200 expected: 774.5 = 1454.5
//	May    − 150                                              = 1304.5
func TestCashFlowFarm(t *testing.T) {
	mend := money("mend", "home", "farm", "-25.50", "2026-04-02")
	mend.Corrects = named("share")
	grant := money("part of the grant", "fund", "farm", "400", "2026-04-03")
	grant.Fulfills = []valueflows.ID{named("grant")}
	late := promised("loan", "farm", "bank", "200", "2026-03-20")
	dropped := promised("dropped", "farm", "shop", "999", "2026-04-25")
	yes := true
	dropped.Finished = &yes
	q := CashQuestion{
		Specification: named("dollar"), Agents: []valueflows.ID{named("farm"), named("savings")}, Unit: valueflows.One,
		From: begins("2026-03-01"), Until: begins("2026-06-01"), Now: begins("2026-04-10"), Every: CashMonth, Opening: valueflows.MustDecimal("500"),
	}
	events := []*valueflows.EconomicEvent{
		money("share", "home", "farm", "300", "2026-03-05"), mend, grant,
		money("seed", "farm", "mill", "120", "2026-03-09"), money("save", "farm", "savings", "50", "2026-03-10"),
		money("before", "home", "farm", "500", "2026-02-27"), money("others", "home", "mill", "70", "2026-03-05"),
	}
	commitments := []*valueflows.Commitment{
		promised("grant", "fund", "farm", "1000", "2026-04-30"), late, promised("rent", "farm", "owner", "150", "2026-05-01"),
		promised("next share", "home", "farm", "310", "2027-03-01"), promised("donation", "friend", "farm", "75", ""), dropped,
	}
	cash, err := CashFlow(q, events, commitments, nil)
	if err != nil {
		t.Fatal(err)
	}
	isCash(t, cash, `
		2026-03 +300 -120 | +0 -0 | 180 680
		2026-04 +374.5 -0 | +600 -200 | 774.5 1454.5
		2026-05 +0 -0 | +0 -150 | -150 1304.5`)
	if cash.Overdue.Out.String() != "200" || cash.Overdue.In.Sign() != 0 || cash.Later.In.String() != "310" || cash.Undated.In.String() != "75" {
		t.Errorf("%+v", cash)
	}
}

// Seed that must not run out: a stock of 40 kg, in weeks from Monday in Jackson.
// Sown 12.5 on Sunday evening 3 May there, which is Monday in UTC: still week 18;
// 30 bought on Thursday. It is 9 May. Sowing 25 on the 13th is promised from the
// stock, of which 5 was sown on the 8th already. 20 is wanted by the 20th, and 8
// of that somebody has promised for the 21st. Somebody else's sowing is not ours.
//
//	W18  40 − 12.5                      = 27.5
//	W19  + 30 − 5                       = 52.5
//	W20  − (25 − 5)                     = 32.5
//	W21  + (20 − 8) + 8                 = 52.5
func TestCashFlowSeed(t *testing.T) {
	jackson, err := time.LoadLocation("America/Chicago")
	if err != nil {
		t.Fatal(err)
	}
	stock, other := named("our seed"), named("their seed")
	sown := func(id, q, day string, of valueflows.ID) *valueflows.EconomicEvent {
		e := &valueflows.EconomicEvent{Action: "consume", Provider: named("us"), Receiver: named("us"), ResourceInventoriedAs: of, ResourceQuantity: measure(q + " kg"), HasPointInTime: on(day)}
		e.ID = named(id)
		return e
	}
	bought := money("bought", "mill", "us", "30 kg", "2026-05-07")
	bought.ResourceConformsTo, bought.ToResourceInventoriedAs = named("seed"), stock
	early := sown("early", "5", "2026-05-08", stock)
	early.Fulfills = []valueflows.ID{named("sow")}
	sow := &valueflows.Commitment{Planned: valueflows.Planned{Action: "consume", Provider: named("us"), Receiver: named("us"), ResourceInventoriedAs: stock, ResourceQuantity: measure("25 kg"), HasPointInTime: on("2026-05-13")}}
	sow.ID = named("sow")
	bring := promised("bring", "friend", "us", "8 kg", "2026-05-21")
	bring.ResourceConformsTo, bring.Satisfies = named("seed"), []valueflows.ID{named("want")}
	want := &valueflows.Intent{Planned: valueflows.Planned{Action: "transfer", Receiver: named("us"), ResourceConformsTo: named("seed"), ResourceQuantity: measure("20 kg"), Due: on("2026-05-20")}}
	want.ID = named("want")
	q := CashQuestion{
		Resources: []valueflows.ID{stock}, Specification: named("seed"), Agents: []valueflows.ID{named("us")}, Unit: units["kg"],
		From: valueflows.InstantOf(time.Date(2026, 4, 27, 0, 0, 0, 0, jackson)), Until: valueflows.InstantOf(time.Date(2026, 5, 25, 0, 0, 0, 0, jackson)),
		Now: begins("2026-05-09"), Every: CashWeek, Zone: jackson, Opening: valueflows.MustDecimal("40"),
	}
	cash, err := CashFlow(q, []*valueflows.EconomicEvent{
		sown("sunday", "12.5", "2026-05-04T02:30:00Z", stock), bought, early, sown("theirs", "9", "2026-05-05", other),
	}, []*valueflows.Commitment{bring, sow}, []*valueflows.Intent{want})
	if err != nil {
		t.Fatal(err)
	}
	isCash(t, cash, `
		2026-W18 +0 -12.5 | +0 -0 | -12.5 27.5
		2026-W19 +30 -5 | +0 -0 | 25 52.5
		2026-W20 +0 -0 | +0 -20 | -20 32.5
		2026-W21 +0 -0 | +20 -0 | 20 52.5`)
}

// What is open of promises that are fulfilled together, in part, too much, or
// given up.
func TestCashFlowOpen(t *testing.T) {
	yes := true
	tests := []struct {
		what     string
		pay      []string // payments, each "quantity promise promise"
		finished string
		want     string // open in May and in June
	}{
		{"nothing paid", nil, "", "100 50"},
		{"one payment for both: the earlier first", []string{"120 may june"}, "", "0 30"},
		{"too much for one is not for the other", []string{"120 may"}, "", "0 50"},
		{"in parts", []string{"10 may", "20.5 may"}, "", "69.5 50"},
		{"given up", []string{"10 may"}, "may", "0 50"},
	}
	for _, test := range tests {
		commitments := []*valueflows.Commitment{promised("june", "them", "us", "50", "2026-06-10"), promised("may", "them", "us", "100", "2026-05-10")}
		var events []*valueflows.EconomicEvent
		for i, pay := range test.pay {
			words := strings.Fields(pay)
			e := money(fmt.Sprint("pay", i), "them", "us", words[0], "2026-04-01")
			for _, word := range words[1:] {
				e.Fulfills = append(e.Fulfills, named(word))
			}
			events = append(events, e)
		}
		for _, c := range commitments {
			if test.finished != "" && c.ID == named(test.finished) {
				c.Finished = &yes
			}
		}
		q := CashQuestion{Specification: named("dollar"), Agents: []valueflows.ID{named("us")}, Unit: valueflows.One, From: begins("2026-05-01"), Until: begins("2026-07-01"), Every: CashMonth}
		cash, err := CashFlow(q, events, commitments, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := cash.Rows[0].Expected.In.String() + " " + cash.Rows[1].Expected.In.String(); got != test.want {
			t.Errorf("%s: %s is open, want %s", test.what, got, test.want)
		}
	}
}

// Whatever moves: a year in days, weeks or months ends with the same balance,
// which is the opening one and all that came and went.
func TestCashFlowAnyPeriod(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := CashQuestion{
			Specification: named("dollar"), Agents: []valueflows.ID{named("us")}, Unit: valueflows.One,
			From: begins("2026-01-01"), Until: begins("2027-01-01"), Now: begins("2026-07-01"), Opening: valueflows.MustDecimal("10"),
		}
		var events []*valueflows.EconomicEvent
		var commitments []*valueflows.Commitment
		var sum valueflows.Sum
		sum.Add(q.Opening)
		for i := range rapid.IntRange(0, 30).Draw(t, "flows") {
			cents, err := valueflows.NewDecimal(rapid.Int64Range(1, 100000).Draw(t, "cents"), 2)
			if err != nil {
				t.Fatal(err)
			}
			from, to, signed := "them", "us", cents
			if rapid.Bool().Draw(t, "out") {
				from, to, signed = "us", "them", cents.Neg()
			}
			day := time.Date(2026, 1, 1+rapid.IntRange(0, 364).Draw(t, "day"), 12, 0, 0, 0, time.UTC).Format(time.RFC3339)
			if rapid.Bool().Draw(t, "promise") {
				commitments = append(commitments, promised(fmt.Sprint(i), from, to, cents.String(), day))
			} else {
				events = append(events, money(fmt.Sprint(i), from, to, cents.String(), day))
			}
			sum.Add(signed)
		}
		for _, every := range []CashPeriod{CashDay, CashWeek, CashMonth} {
			q.Every = every
			cash, err := CashFlow(q, events, commitments, nil)
			if err != nil {
				t.Fatal(err)
			}
			if got := cash.Rows[len(cash.Rows)-1].Balance.String(); got != sum.String() {
				t.Errorf("by %s the year ends with %s, and all that moved leaves %s", every, got, &sum)
			}
		}
	})
}

// Days, weeks and months of a zone follow each other without a gap, also where
// the clocks change, at midnight too.
func TestCashSpans(t *testing.T) {
	for _, test := range []struct {
		zone, from, until string
		every             CashPeriod
		want              string
	}{
		{"America/Chicago", "2026-03-07", "2026-03-10", CashDay, "2026-03-07 24h0m0s, 2026-03-08 23h0m0s, 2026-03-09 24h0m0s"},
		{"America/Sao_Paulo", "2018-11-03", "2018-11-06", CashDay, "2018-11-03 24h0m0s, 2018-11-04 23h0m0s, 2018-11-05 24h0m0s"},
		{"UTC", "2026-01-01", "2026-01-13", CashWeek, "2026-W01 96h0m0s, 2026-W02 168h0m0s, 2026-W03 24h0m0s"},
		{"UTC", "2026-01-31", "2026-03-01", CashMonth, "2026-01 24h0m0s, 2026-02 672h0m0s"},
	} {
		zone, err := time.LoadLocation(test.zone)
		if err != nil {
			t.Fatal(err)
		}
		at := func(day string) valueflows.Instant {
			d, err := time.ParseInLocation("2006-01-02", day, zone)
			if err != nil {
				t.Fatal(err)
			}
			return valueflows.InstantOf(d)
		}
		spans, err := CashSpans(at(test.from), at(test.until), test.every, zone)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for i, s := range spans {
			got = append(got, s.Name+" "+s.End.Time().Sub(s.Begin.Time()).String())
			if i > 0 && spans[i-1].End != s.Begin {
				t.Errorf("%s: a gap before %s", test.zone, s.Name)
			}
		}
		if strings.Join(got, ", ") != test.want {
			t.Errorf("%s: %s, want %s", test.zone, strings.Join(got, ", "), test.want)
		}
	}
}

// What cannot be answered is refused in words.
func TestCashFlowRefused(t *testing.T) {
	good := CashQuestion{Specification: named("dollar"), Agents: []valueflows.ID{named("us")}, Unit: valueflows.One, From: begins("2026-01-01"), Until: begins("2026-02-01"), Every: CashDay}
	tests := []struct {
		code   string
		change func(*CashQuestion)
		event  *valueflows.EconomicEvent
	}{
		{"REQUIRED", func(q *CashQuestion) { q.Agents = nil }, nil},
		{"REQUIRED", func(q *CashQuestion) { q.Specification = valueflows.ID{} }, nil},
		{"INVALID_PERIOD", func(q *CashQuestion) { q.Every = "year" }, nil},
		{"INVALID_PERIOD", func(q *CashQuestion) { q.Until = q.From }, nil},
		{"TOO_MUCH", func(q *CashQuestion) { q.Until = begins("2126-01-01") }, nil},
		{"WRONG_UNIT", func(*CashQuestion) {}, money("kg", "them", "us", "1 kg", "2026-01-05")},
		{"OUT_OF_RANGE", func(q *CashQuestion) { q.Opening = valueflows.MustDecimal("0.000000000000000001") }, money("much", "them", "us", "999999999999999999", "2026-01-05")},
	}
	for _, test := range tests {
		q, events := good, []*valueflows.EconomicEvent(nil)
		test.change(&q)
		if test.event != nil {
			events = append(events, test.event)
		}
		if _, err := CashFlow(q, events, nil, nil); code(err) != test.code {
			t.Errorf("%v, want %s", err, test.code)
		}
	}
}
