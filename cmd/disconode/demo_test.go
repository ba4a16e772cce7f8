package main

import (
	"encoding/json"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"disconode/node/store/storetest"
)

// The demo's farm is M01 of the mission table, to be had from the public API:
// 30 kg on hand at the farm, 60 kg at the Grocery, 0.25 hours a kilogram; and
// its three queries answer. A second run goes on with the same books.
func TestDemo(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		p := place{t.TempDir(), dsn}
		for range 2 {
			run := p.command(t, "demo", "--listen", freeAddress(t))
			s := start(t, run)
			_, rest, _ := strings.Cut(s.said.String(), "\ntoken ")
			token := strings.Fields(rest)[0]
			s.month(t, token)
			for _, try := range tries {
				var answer map[string]json.RawMessage
				if err := s.ask(token, "", try.query, nil, &answer); err != nil {
					t.Errorf("%s %v", try.question, err)
				}
				for field, data := range answer {
					if len(data) < 100 {
						t.Errorf("%s %s is %s", try.question, field, data)
					}
				}
			}
			s.kill(t)
			p.clean(t)
		}
	})
}

// month fails unless the books say what M01 expects.
func (s *server) month(t *testing.T, token string) {
	t.Helper()
	type measure struct {
		HasNumericalValue string
		HasUnit           struct{ Label string }
	}
	var answer struct {
		EconomicResources struct {
			Edges []struct {
				Node struct {
					Name                               string
					AccountingQuantity, OnhandQuantity *measure
					PrimaryAccountable                 struct{ Name string }
				}
			}
		}
		Work, Harvest []struct{ EffortQuantity, ResourceQuantity []measure }
		Streams       []struct {
			Stream         string
			EffortQuantity []measure
		}
	}
	err := s.ask(token, "", `{
		economicResources { edges { node { name accountingQuantity { ...measure } onhandQuantity { ...measure } primaryAccountable { name } } } }
		work: contributions(action: ["work"], from: "2026-05-01T00:00", to: "2026-06-01T00:00", groupBy: []) { effortQuantity { ...measure } }
		harvest: contributions(action: ["produce"], from: "2026-05-01T00:00", to: "2026-06-01T00:00", groupBy: []) { resourceQuantity { ...measure } }
		streams: contributions(action: ["work"], from: "2026-05-01T00:00", to: "2026-06-01T00:00", groupBy: [STREAM]) { stream effortQuantity { ...measure } }
	} fragment measure on Measure { hasNumericalValue hasUnit { label } }`, nil, &answer)
	if err != nil {
		t.Fatal(err)
	}
	stock := map[string]string{}
	for _, edge := range answer.EconomicResources.Edges {
		r := edge.Node
		if r.OnhandQuantity != nil && r.AccountingQuantity != nil {
			stock[r.Name] = fmt.Sprintf("%s %s %s %s", r.OnhandQuantity.HasNumericalValue, r.AccountingQuantity.HasNumericalValue, r.OnhandQuantity.HasUnit.Label, r.PrimaryAccountable.Name)
		}
	}
	for name, want := range map[string]string{
		"Collards, May":           "30 30 kilogram The Farm",
		"Collards at the Grocery": "60 60 kilogram The Grocery",
		"Compost heap":            "20 20 kilogram The Farm",
		"Rain tank":               "200 200 litre The Farm",
		"Plot 7":                  "1 1 one Community Land Trust",
	} {
		if stock[name] != want {
			t.Errorf("%s holds %q, want %q", name, stock[name], want)
		}
	}
	if len(answer.Work) != 1 || len(answer.Work[0].EffortQuantity) != 1 || len(answer.Harvest) != 1 {
		t.Fatalf("contributions: %+v", answer)
	}
	hours, kilograms := number(t, answer.Work[0].EffortQuantity[0].HasNumericalValue), new(big.Rat)
	for _, m := range answer.Harvest[0].ResourceQuantity {
		if m.HasUnit.Label == "kilogram" {
			kilograms = number(t, m.HasNumericalValue)
		}
	}
	if got := new(big.Rat).Quo(hours, kilograms); got.Cmp(big.NewRat(1, 4)) != 0 {
		t.Errorf("%s hours for %s kg are %s a kg, want 0.25", hours.FloatString(2), kilograms.FloatString(2), got.FloatString(4))
	}
	streams := map[string]string{}
	for _, row := range answer.Streams {
		streams[row.Stream] = number(t, row.EffortQuantity[0].HasNumericalValue).FloatString(2)
	}
	if got, want := fmt.Sprint(streams), "map[care:1.25 carePeople:1.00 livelihood:20.25 love:1.50]"; got != want {
		t.Errorf("hours by stream: %s, want %s", got, want)
	}
}

func number(t *testing.T, text string) *big.Rat {
	t.Helper()
	n, ok := new(big.Rat).SetString(text)
	if !ok {
		t.Fatalf("%q is not a number", text)
	}
	return n
}
