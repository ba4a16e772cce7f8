package flow

import (
	"strings"
	"testing"
)

// Cases of one rule each, worked out in their names.
func TestRollupRules(t *testing.T) {
	tests := []struct {
		what, stocks, events, prices, want string
	}{
		{"6 hours recorded and 1 taken back: 5 × 10 for 10", "out", `
			w: work 6 h into p
			work -1 h into p corrects w
			produce 10 of out from p`, "work 10 h", "5.00"},
		{"a purchase taken back in full is none: only the 4 opened at 3", "out", `
			b: transfer 2 of thing by mill into out for a
			m: transfer 50 of dollar to mill against a
			transfer -2 of thing by mill into out for a corrects b
			transfer -50 of dollar to mill against a corrects m
			raise 4 of out`, "out-kind 3\nthing 9", "3.00"},
		{"moved to and fro: 10 at 5, whatever went where", "out other", `
			raise 10 of out
			move 4 of out into other
			move 2 of other into out`, "out-kind 5", "5.00"},
		{"received from a stock that was bought at 7", "out other", `
			transfer 10 of thing by mill into other for a
			transfer 70 of dollar to mill against a
			transfer 4 of other into out`, "out-kind 1", "7.00"},
		{"two goods at once, divided by their prices: 1 of 30, 3 of 10, for 90: 45 for the one", "out other", `
			transfer 1 of out-kind by mill into out for a
			transfer 3 of other-kind by mill into other for a
			transfer 90 of dollar to mill against a`, "out-kind 30\nother-kind 10", "45.00"},
		{"paid with another money, at 1.25, and with 2 hours of work at 10: 12.5 + 20 for 5", "out", `
			transfer 5 of out-kind by mill into out for a
			transfer 10 of euro to mill against a
			work 2 h of help to mill against a`, "euro 1.25\nwork 10 h", "6.50"},
		{"two products by one process, of one unit and kind: 60 for 12", "out other", `
			work 6 h into p
			produce 4 of out from p
			produce 8 of out from p`, "work 10 h", "5.00"},
		{"two products of two kinds, by their prices: 40 of 50 for 4", "out other", `
			work 5 h into p
			produce 4 of out from p
			produce 5 of other from p`, "work 10 h\nout-kind 2\nother-kind 0.4", "10.00"},
		{"two products of two kinds without prices, by quantity: 50 for 10", "out other", `
			work 5 h into p
			produce 4 of out from p
			produce 6 of other from p`, "work 10 h", "5.00"},
		{"treated: 1,000 opened at 2, treated with 50 hours at 10, 2 scrapped: 2,500 for 998", "out", `
			raise 1000 of out
			accept 1000 of out into test
			work 50 h into test
			back: modify 998 of out from test
			lower 2 of out scrapOf back`, "work 10 h\nout-kind 2", "2.51"},
		{"used up after the first treatment only: (10 + 20) for 10, and not the later 40", "out in", `
			raise 10 of in
			work 2 h into wash
			modify 10 of in from wash
			consume 5 of in into cook
			produce 5 of out from cook
			work 4 h into polish
			modify 10 of in from polish`, "work 10 h\nin-kind 1", "3.00"},
		{"packed: 2 of 6 each and a box of 1, one package: 13", "out in", `
			raise 2 of in
			combine 2 of in into pack
			consume 1 of box into pack
			produce 1 of out from pack`, "in-kind 6\nbox 1", "13.00"},
		{"a service of an own process: 3 hours at 10 for 1", "out", `
			work 3 h into clean
			deliverService 1 of cleaning from clean into p
			produce 1 of out from p`, "work 10 h\ncleaning 99", "30.00"},
		{"a service that was paid: 80, whatever its price", "out", `
			deliverService 1 of cleaning by firm into p for a
			transfer 80 of dollar to firm against a
			produce 1 of out from p`, "cleaning 99", "80.00"},
		{"a rented tool at what was paid for it: 15, not 2 × 4", "out", `
			use 2 h of tool by firm into p for a
			transfer 15 of dollar to firm against a
			produce 1 of out from p`, "use tool 4 h", "15.00"},
		{"a thing that went along whole, paid anew: 500, not what it cost to make", "out", `
			work 3 h into p
			produce 1 of out from p
			transfer 1 of out into out by them for a
			transfer 500 of dollar to them against a`, "work 10 h", "500.00"},
		{"freight paid with the goods is borne by them: 100 + 20 for 40", "out", `
			transfer 40 of thing by mill into out for a
			deliverService 1 of freight by mill for a
			transfer 120 of dollar to mill against a`, "", "3.00"},
		{"half up, and only at the end: 1 for 3 is 0.33, 2 for 3 is 0.67", "out", `
			work 2 h into p
			produce 3 of out from p`, "work 1 h", "0.67"},
		{"hours of another unit: 90 minutes and 1.5 hours at 20", "out", `
			work 90 min into p
			work 1.5 h into p
			produce 1 of out from p`, "work 20 h", "60.00"},
		{"nothing went in: at its price", "out", `
			produce 4 of out from p`, "out-kind 3", "3.00"},
	}
	for _, test := range tests {
		b := newRollupBooks()
		for _, name := range strings.Fields(test.stocks) {
			b.stock(name, name+"-kind", "")
		}
		b.all(test.events)
		list := PriceList{Currency: named("dollar")}
		if test.prices != "" {
			list = priced(test.prices)
		}
		t.Run(test.what, func(t *testing.T) {
			r := b.worth(t, list, "out", RollupOptions{}, test.want)
			if len(r.Unpriced)+len(r.Circular) != 0 {
				t.Error(told(r.Lines))
			}
		})
	}
}
