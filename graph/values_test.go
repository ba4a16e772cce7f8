package graph

import (
	"fmt"
	"strings"
	"testing"

	"disconode/valueflows"
)

// Each list that narrows or groups what is read has at most 200 values, in
// variables and in the query, at the root and below it, and says so by its path.
func TestListsAreBounded(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		ada := b.steward()
		lists := map[string][]string{ // of the filter of each list: by their type
			"agents":                 {"classifiedAs:[URI!]"},
			"units":                  {"classifiedAs:[URI!]"},
			"resourceSpecifications": {"resourceClassifiedAs:[URI!]"},
			"processes":              {"classifiedAs:[URI!]", "inScopeOf:[ID!]", "basedOn:[ID!]"},
			"economicEvents": {"providerId:[ID!]", "receiverId:[ID!]", "resourceClassifiedAs:[URI!]", "action:[ID!]", "resourceConformsTo:[ID!]", "stream:[Stream!]",
				"resource:[ID!]", "process:[ID!]"},
			"economicResources": {"classifiedAs:[URI!]", "conformsTo:[ID!]", "primaryAccountable:[ID!]", "custodian:[ID!]", "currentLocation:[ID!]", "stage:[ID!]",
				"state:[String!]", "trackingIdentifier:[String!]"},
		}
		for list, fields := range lists {
			every, declared, given := "", "", vars{}
			for _, field := range fields {
				name, kind, _ := strings.Cut(field, ":")
				query := "query($v: " + kind + ") { " + list + "(filter: {" + name + ": $v}) { edges { cursor } } }"
				values := valuesOf(name)
				ada.ask(query, vars{"v": values[:valuesMax]}).good()
				for _, n := range []int{valuesMax + 1, 3000} {
					if r := ada.ask(query, vars{"v": values[:n]}).refused("TOO_MANY", "filter."+name); r.status != 400 || r.Data != nil {
						t.Errorf("%s.%s: %d %v", list, name, r.status, r.Data)
					}
				}
				every, declared, given[name] = every+" "+name+": $"+name, declared+" $"+name+": "+kind, values[:valuesMax]
			}
			ada.ask("query("+declared+") { "+list+"(filter: {"+every+"}) { edges { cursor } } }", given).good()
		}
		for argument, kind := range map[string]string{"agent": "[ID!]", "action": "[ID!]", "resourceConformsTo": "[ID!]", "stream": "[Stream!]"} {
			query := "query($v: " + kind + ") { contributions(groupBy: [], " + argument + ": $v) { events } }"
			ada.ask(query, vars{"v": valuesOf(argument)[:valuesMax]}).good()
			ada.ask(query, vars{"v": valuesOf(argument)[:valuesMax+1]}).refused("TOO_MANY", argument)
		}
		ada.ask("{ contributions(groupBy: ["+strings.Repeat("AGENT ", valuesMax+1)+"]) { events } }", nil).refused("TOO_MANY", "groupBy")

		// in the query itself, below the root, in a fragment, below a mutation
		long := "(filter: {state: [" + strings.Repeat(`"a" `, valuesMax+1) + "]}) { edges { cursor } }"
		below := "inventoriedEconomicResources" + long
		ada.ask("{ economicResources"+long+" }", nil).refused("TOO_MANY", "filter.state")
		ada.ask("{ ...f } fragment f on Query { myAgent { ... on Person { "+below+" } } }", nil).refused("TOO_MANY", "filter.state")
		before := ada.state()
		ada.ask(`mutation { createOrganization(organization: {name: "Farm"}) { agent { `+below+" } } }", nil).refused("TOO_MANY", "filter.state")
		if ada.state() != before {
			t.Error("something was written")
		}
	})
}

// valuesOf are many values for the field of a filter.
func valuesOf(field string) []string {
	values := make([]string, 3000)
	for i := range values {
		switch field {
		case "action":
			values[i] = "work"
		case "stream":
			values[i] = "love"
		case "classifiedAs", "resourceClassifiedAs":
			values[i] = fmt.Sprintf("urn:x:%d", i)
		case "state", "trackingIdentifier":
			values[i] = fmt.Sprint("x", i)
		default:
			values[i] = valueflows.IDOf(fmt.Sprintf("https://x.example/%d", i)).String()
		}
	}
	return values
}
