package main

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"
)

// ledger is what rows of an answer come to, by what they are about: such as
// "96 kilogram" by "Freedom Farms, Collard greens".
type ledger map[string]string

// quantity is a Measure in an answer.
type quantity struct {
	HasNumericalValue string
	HasUnit           struct{ Label string }
}

// text is the quantity with no zeros at its end.
func (q quantity) text(t *testing.T) string {
	t.Helper()
	n := number(t, q.HasNumericalValue).FloatString(4)
	return strings.TrimSuffix(strings.TrimRight(n, "0"), ".") + " " + q.HasUnit.Label
}

// given asks for contributions. Agents and specifications are asked for by
// their names in quotes, for which their ids are put.
func (s *server) given(t *testing.T, token, arguments string) ledger {
	t.Helper()
	type named struct {
		Edges []struct{ Node struct{ ID, Name string } }
	}
	var names struct{ Agents, ResourceSpecifications named }
	if err := s.ask(token, "", `{ agents(first: 100) { edges { node { id name } } } resourceSpecifications(first: 100) { edges { node { id name } } } }`, nil, &names); err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, edge := range append(names.Agents.Edges, names.ResourceSpecifications.Edges...) {
		ids = append(ids, fmt.Sprintf("%q", edge.Node.Name), fmt.Sprintf("%q", edge.Node.ID))
	}
	type party struct{ Name string }
	var answer struct {
		Contributions []struct {
			Agent, Receiver, ResourceConformsTo party
			Action                              struct{ ID string }
			Stream                              string
			ResourceQuantity, EffortQuantity    []quantity
		}
	}
	err := s.ask(token, "", `{ contributions(`+strings.NewReplacer(ids...).Replace(arguments)+`) {
		agent { name } receiver { name } action { id } stream resourceConformsTo { name }
		resourceQuantity { ...quantity } effortQuantity { ...quantity } } } fragment quantity on Measure { hasNumericalValue hasUnit { label } }`, nil, &answer)
	if err != nil {
		t.Fatalf("%s: %v", arguments, err)
	}
	rows := ledger{}
	for _, row := range answer.Contributions {
		about := slices.DeleteFunc([]string{row.Agent.Name, row.Receiver.Name, row.Action.ID, row.Stream, row.ResourceConformsTo.Name}, func(s string) bool { return s == "" })
		var sums []string
		for _, quantities := range [][]quantity{row.ResourceQuantity, row.EffortQuantity} {
			var texts []string
			for _, q := range quantities {
				texts = append(texts, q.text(t))
			}
			slices.Sort(texts)
			sums = append(sums, texts...)
		}
		rows[strings.Join(about, ", ")] = strings.Join(sums, ", ")
	}
	return rows
}

// stock is what is on hand in the node's own books, by name, and whose it is; it fails where as much is
// not accounted for.
func (s *server) stock(t *testing.T, token string) ledger {
	t.Helper()
	var answer struct {
		EconomicResources struct {
			Edges []struct {
				Node struct {
					Name, Origin                       string
					AccountingQuantity, OnhandQuantity quantity
					PrimaryAccountable                 struct{ Name string }
				}
			}
		}
	}
	err := s.ask(token, "", `{ economicResources(first: 100) { edges { node { name origin accountingQuantity { ...quantity } onhandQuantity { ...quantity } primaryAccountable { name } } } } }
		fragment quantity on Measure { hasNumericalValue hasUnit { label } }`, nil, &answer)
	if err != nil {
		t.Fatal(err)
	}
	rows := ledger{}
	for _, edge := range answer.EconomicResources.Edges {
		r := edge.Node
		if !strings.HasPrefix(r.Origin, s.url) {
			continue // a sister LAB's
		}
		if r.AccountingQuantity != r.OnhandQuantity {
			t.Errorf("%s: %v are accounted for, %v on hand", r.Name, r.AccountingQuantity, r.OnhandQuantity)
		}
		rows[r.Name] = r.OnhandQuantity.text(t) + ", " + r.PrimaryAccountable.Name
	}
	return rows
}

func number(t *testing.T, text string) *big.Rat {
	t.Helper()
	n, ok := new(big.Rat).SetString(text)
	if !ok {
		t.Fatalf("%q is not a number", text)
	}
	return n
}
