package main

import (
	"math/big"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	inMay  = `from: "2026-05-01T00:00", to: "2026-06-01T00:00"`
	inJune = `from: "2026-06-01T00:00", to: "2026-07-01T00:00"`
)

// stories are the mission table's figures, to be had from the public API by a
// LAB's steward.
func (s *server) stories(t *testing.T, token string) {
	t.Helper()
	stock := s.stock(t, token)
	for _, tt := range []struct {
		about, asked string
		want         ledger // these rows among others
	}{
		{"M01: compost, rain and a plot make collards", `action: ["produce"], ` + inMay + `, groupBy: [AGENT, RESOURCE_SPECIFICATION]`, ledger{
			"Freedom Farms, Collard greens": "96 kilogram",
		}},
		{"M01: what went in", `action: ["consume", "use"], ` + inMay + `, groupBy: [RECEIVER, ACTION]`, ledger{
			"Freedom Farms, consume": "300 litre, 40 kilogram", "Freedom Farms, use": "29 day",
		}},
		{"M01: three growers", `action: ["work"], ` + inMay + `, groupBy: [AGENT, RECEIVER]`, ledger{
			"Imani, Freedom Farms": "10 hour", "Marcus, Freedom Farms": "8 hour", "Deja, Freedom Farms": "5 hour",
			"": "1 hour", // Deja cooked for people: of that a steward sees the hours
		}},
		{"M01: their hours by stream", `action: ["work"], ` + inMay + `, groupBy: [RECEIVER, STREAM]`, ledger{
			"Freedom Farms, livelihood": "20.25 hour", "Freedom Farms, love": "1.5 hour", "Freedom Farms, care": "1.25 hour",
			"carePeople": "1 hour",
		}},
		{"M04: from whom the Grocery bought", `agent: ["People's Grocery"], action: ["transfer"], resourceConformsTo: ["US dollar"], groupBy: [RECEIVER]`, ledger{
			"Freedom Farms": "150 one", "Regional Wholesale": "250 one",
		}},
		{"M04: what it sold", `agent: ["Shoppers"], action: ["transfer"], groupBy: [RECEIVER, RESOURCE_SPECIFICATION]`, ledger{
			"People's Grocery, US dollar": "156 one",
		}},
		{"M04: where the collards went", `resourceConformsTo: ["Collard greens"], action: ["transfer"], groupBy: [AGENT, RECEIVER]`, ledger{
			"Freedom Farms, People's Grocery": "60 kilogram", "People's Grocery, Shoppers": "48 kilogram",
			"People's Grocery, Really Really Free Market": "4 kilogram", "Really Really Free Market, Neighbours": "4 kilogram",
		}},
		{"M07: the month of the Print Shop by stream, in credits and hours of care", `action: ["deliverService", "work"], ` + inJune + `, groupBy: [RECEIVER, ACTION, STREAM]`, ledger{
			"Eversville Design & Print Shop, deliverService, livelihood": "840 one", "Eversville Design & Print Shop, deliverService, love": "120 one",
			"Eversville Design & Print Shop, work, livelihood": "15.5 hour", "Eversville Design & Print Shop, work, love": "3.5 hour",
			"Eversville Design & Print Shop, work, care": "3 hour",
		}},
		{"M07: the same in one answer", inJune + `, stream: [livelihood, love, care], groupBy: [RECEIVER, STREAM]`, ledger{
			"Eversville Design & Print Shop, livelihood": "840 one, 15.5 hour",
			"Eversville Design & Print Shop, love":       "120 one, 3.5 hour",
			"Eversville Design & Print Shop, care":       "3 hour",
		}},
		{"M07: what the press took and made", `action: ["consume", "use", "produce"], ` + inJune + `, groupBy: [AGENT, ACTION, RESOURCE_SPECIFICATION]`, ledger{
			"Eversville Design & Print Shop, consume, Sheets of paper": "1250 one", "Eversville Design & Print Shop, use, Printing press": "2.5 hour",
			"Eversville Design & Print Shop, produce, Prints": "1200 one", "Eversville Design & Print Shop, produce, Waste paper": "50 one",
		}},
		{"M13: what was brought to the free market", `agent: ["Neighbours"], ` + inJune + `, groupBy: [RESOURCE_SPECIFICATION]`, ledger{
			"Clothes": "210 one", "Furniture": "22 one", "Appliances": "8 one", "Tools": "40 one", "Packed food": "60 one",
		}},
		{"M13: what came of it", `agent: ["Really Really Free Market", "Neighbours"], ` + inJune + `, groupBy: [AGENT, ACTION]`, ledger{
			"Neighbours, transfer": "340 one", "Really Really Free Market, transfer": "287 one, 4 kilogram",
			"Really Really Free Market, lower": "23 one", "Really Really Free Market, move": "30 one",
		}},
		{"M13: love and care", `action: ["work"], ` + inJune + `, groupBy: [RECEIVER, STREAM]`, ledger{
			"Really Really Free Market, love": "11 hour", "Really Really Free Market, care": "1.5 hour", "carePeople": "2.5 hour",
		}},
	} {
		got := s.given(t, token, tt.asked)
		for about := range got {
			if _, asked := tt.want[about]; !asked {
				delete(got, about)
			}
		}
		if difference := cmp.Diff(tt.want, got); difference != "" {
			t.Errorf("%s (- what is expected, + what the books say):\n%s", tt.about, difference)
		}
	}
	stocked := ledger{
		"Collards, May":           "30 kilogram, Freedom Farms",
		"Compost heap":            "20 kilogram, Freedom Farms",
		"Rain tank":               "200 litre, Freedom Farms",
		"Plot 7":                  "1 one, Community Land Trust",
		"Collards at the Grocery": "8 kilogram, People's Grocery",
		"The Grocery's till":      "356 one, People's Grocery",
		"Freedom Farms' account":  "150 one, Freedom Farms",
		"Paper":                   "1750 one, Eversville Design & Print Shop",
		"Waste paper":             "50 one, Eversville Design & Print Shop",
		"Programmes, 900":         "0 one, Eversville Design & Print Shop",

		"The Print Shop's account":       "840 one, Eversville Design & Print Shop",
		"Clothes at the free market":     "15 one, Really Really Free Market",
		"Furniture at the free market":   "2 one, Really Really Free Market",
		"Appliances at the free market":  "2 one, Really Really Free Market",
		"Tools at the free market":       "6 one, Really Really Free Market",
		"Packed food at the free market": "5 one, Really Really Free Market",
	}
	for name, want := range stocked {
		if stock[name] != want {
			t.Errorf("%s: %q, want %q", name, stock[name], want)
		}
	}
	s.ratios(t, token)
	s.persons(t, token)
}

// ratios are the mission table's figures that one divides oneself.
func (s *server) ratios(t *testing.T, token string) {
	t.Helper()
	hours := new(big.Rat)
	for about, quantity := range s.given(t, token, `action: ["work"], `+inMay+`, groupBy: [RECEIVER, STREAM]`) {
		if strings.HasPrefix(about, "Freedom Farms") || about == "carePeople" {
			hours.Add(hours, number(t, strings.Fields(quantity)[0]))
		}
	}
	harvest := s.given(t, token, `action: ["produce"], `+inMay+`, groupBy: [AGENT]`)["Freedom Farms"]
	bought := s.given(t, token, `agent: ["People's Grocery"], action: ["transfer"], resourceConformsTo: ["US dollar"], groupBy: [RECEIVER]`)
	all := s.given(t, token, `agent: ["People's Grocery"], action: ["transfer"], resourceConformsTo: ["US dollar"], groupBy: []`)[""]
	items := `action: ["transfer"], resourceConformsTo: ["Clothes", "Furniture", "Appliances", "Tools", "Packed food"], ` + inJune + `, groupBy: [AGENT]`
	market := s.given(t, token, items)
	for _, tt := range []struct {
		about      string
		part, from *big.Rat
		want       string
	}{
		{"M01: hours a kilogram", hours, number(t, strings.Fields(harvest)[0]), "0.250"},
		{"M04: local sourcing", number(t, strings.Fields(bought["Freedom Farms"])[0]), number(t, strings.Fields(all)[0]), "0.375"},
		{"M13: throughput", number(t, strings.Fields(market["Really Really Free Market"])[0]), number(t, strings.Fields(market["Neighbours"])[0]), "0.844"},
	} {
		if got := new(big.Rat).Quo(tt.part, tt.from).FloatString(3); got != tt.want {
			t.Errorf("%s: %s of %s are %s, want %s", tt.about, tt.part.RatString(), tt.from.RatString(), got, tt.want)
		}
	}
}

// persons fails where somebody stands by name beside a thing that was given,
// bought or sold: who shops, gives and takes is in no book.
func (s *server) persons(t *testing.T, token string) {
	t.Helper()
	type party struct {
		Typename string `json:"__typename"`
		Name     string
	}
	var answer struct {
		EconomicEvents struct {
			Edges []struct {
				Node struct{ Provider, Receiver party }
			}
		}
	}
	err := s.ask(token, "", `{ economicEvents(first: 100, filter: {action: ["transfer", "move", "raise", "lower"]}) {
		edges { node { provider { __typename name } receiver { __typename name } } } } }`, nil, &answer)
	if err != nil {
		t.Fatal(err)
	}
	if len(answer.EconomicEvents.Edges) < 40 {
		t.Errorf("%d events are not all", len(answer.EconomicEvents.Edges))
	}
	for _, edge := range answer.EconomicEvents.Edges {
		for _, p := range []party{edge.Node.Provider, edge.Node.Receiver} {
			if p.Typename != "Organization" {
				t.Errorf("a party of what was handed over is %s, a %s", p.Name, p.Typename)
			}
		}
	}
}

// spring is what Cooperation Vermont's own books say.
func (s *server) spring(t *testing.T, token string) {
	t.Helper()
	stock := s.stock(t, token)
	stocked := ledger{
		"Sap tank":                   "0 litre, Sugarhouse",
		"Syrup, 2026":                "12 litre, Sugarhouse",
		"Syrup at the village store": "8 litre, Marshfield Village Store",
	}
	for name, want := range stocked {
		if stock[name] != want {
			t.Errorf("%s: %q, want %q", name, stock[name], want)
		}
	}
	got := s.given(t, token, `action: ["work"], groupBy: [STREAM]`)
	want := ledger{"livelihood": "11 hour", "love": "3 hour", "care": "1 hour"}
	if difference := cmp.Diff(want, got); difference != "" {
		t.Errorf("Vermont's hours by stream (- what is expected, + what the books say):\n%s", difference)
	}
}
