package jsonld

import (
	"slices"
	"strings"
	"testing"

	"disconode/valueflows"
)

// said is a statement of a record that comes between events.
func said(id, class string, more ...string) string {
	text := "- {'@id': 'ex:" + id + "', '@type': " + class
	if class != "Proposal" {
		text += ", action: produce"
	}
	for _, m := range more {
		text += ", " + m
	}
	return text + "}\n"
}

// What names an event or a resource comes after it, and what an event names
// before the event, wherever the document states it. In a circle, the thing that
// an event makes is known by its name first.
func TestSequence(t *testing.T) {
	const of = "resourceInventoriedAs: 'ex:r'"
	made := happened("e", "produce", "5", of)
	tests := []struct {
		what, graph string
		want        []string
		inferred    string
	}{
		{"in the order of the document", said("i", "Intent") + said("c", "Commitment", "satisfies: 'ex:i'") + happened("e", "work", "", "fulfills: 'ex:c'"),
			[]string{"intent i", "commitment c", "work by ann"}, ""},
		{"stated after what names it", happened("e", "work", "", "fulfills: 'ex:c'") + said("c", "Commitment", "satisfies: 'ex:i'") + said("i", "Intent"),
			[]string{"intent i", "commitment c", "work by ann"}, ""},
		{"a proposal before its intents", said("p", "Proposal", "publishes: ['ex:i', 'ex:j']", "reciprocal: 'ex:k'") + said("k", "Intent") + said("j", "Intent") + said("i", "Intent"),
			[]string{"intent i", "intent j", "intent k", "proposal p"}, ""},
		{"of a resource that an event makes", said("c", "Commitment", of) + made + stated("r", "5", ""),
			[]string{"produce 5 of r by ann, new r", "commitment c", "check r"}, ""},
		{"of a resource that is opened later", said("c", "Commitment", of) + happened("e", "consume", "2", of) + stated("r", "3", ""),
			[]string{"raise 5 of r by ann, new r", "commitment c", "consume 2 of r by ann", "check r"}, ""},
		{"a proposal of an intent of what an event makes", said("p", "Proposal", "publishes: 'ex:i'") + said("i", "Intent", of) + made + stated("r", "5", ""),
			[]string{"produce 5 of r by ann, new r", "intent i", "proposal p", "check r"}, ""},
		{"a claim that an event triggers and another settles", said("c", "Claim", "triggeredBy: 'ex:e'") + happened("e", "work", "") + happened("f", "transfer", "1", "settles: 'ex:c'"),
			[]string{"work by ann", "claim c", "transfer 1 by ann"}, ""},
		{"a promise of what its fulfilment makes", said("c", "Commitment", of) + happened("e", "produce", "5", of, "fulfills: 'ex:c'") + stated("r", "5", ""),
			[]string{"commitment c", "produce 5 of r by ann, new r", "check r"}, "https://ex.example/c names https://ex.example/r, which comes to be after it, at line 5"},
		{"an intent of what the fulfilment of its commitment makes", said("i", "Intent", of) + said("c", "Commitment", "satisfies: 'ex:i'") + happened("e", "produce", "5", of, "fulfills: 'ex:c'") + stated("r", "5", ""),
			[]string{"intent i", "commitment c", "produce 5 of r by ann, new r", "check r"}, "https://ex.example/i names https://ex.example/r"},
		{"a claim that is settled before what triggers it", said("c", "Claim", "triggeredBy: 'ex:e'") + happened("f", "transfer", "1", "settles: 'ex:c'") + happened("e", "work", ""),
			[]string{"claim c", "transfer 1 by ann", "work by ann"}, "https://ex.example/c names https://ex.example/e"},
		{"a resource that nothing states", said("c", "Commitment", "resourceInventoriedAs: 'ex:x'"), []string{"commitment c"}, ""},
	}
	for _, test := range tests {
		t.Run(test.what, func(t *testing.T) {
			batch := plan(t, context+test.graph)
			if got := steps(batch); !slices.Equal(got, test.want) || batch.Report.Count(Failed) > 0 {
				t.Errorf("got\n\t%s\nwant\n\t%s\n%v", strings.Join(got, "\n\t"), strings.Join(test.want, "\n\t"), batch.Report.Lines)
			}
			var circles []string
			for _, l := range batch.Report.Lines {
				if l.Kind == Inferred && strings.Contains(l.Text, "comes to be after it") {
					circles = append(circles, l.Text)
				}
			}
			if wanted := test.inferred != ""; wanted != (len(circles) == 1) || wanted && !strings.HasPrefix(circles[0], test.inferred) {
				t.Errorf("got %q, want %q", circles, test.inferred)
			}
		})
	}
}

// What is named first is among the stubs, with its class, and once.
func TestNameFirst(t *testing.T) {
	const of = "resourceInventoriedAs: 'ex:r'"
	batch := plan(t, context+said("c", "Commitment", of)+said("d", "Commitment", of)+happened("e", "produce", "5", of, "fulfills: ['ex:c', 'ex:d']")+stated("r", "5", ""))
	n := 0
	for _, stub := range batch.Stubs {
		if stub.ID == valueflows.IDOf("https://ex.example/r") {
			n++
			if stub.Class != valueflows.ClassEconomicResource || !stub.Known || !stub.Stub || stub.Record.IRI != "https://ex.example/r" {
				t.Errorf("%+v", stub)
			}
		}
	}
	if n != 1 {
		t.Errorf("%d stubs of the resource", n)
	}
}

// The same documents give the same steps, in whatever order the flows stand.
func TestSequenceKeepsEventsInOrder(t *testing.T) {
	events := []string{happened("e1", "produce", "1", "resourceConformsTo: 'ex:a'"), happened("e2", "produce", "2", "resourceConformsTo: 'ex:a'", "fulfills: 'ex:c1'"),
		happened("e3", "produce", "3", "resourceConformsTo: 'ex:a'", "settles: 'ex:k'")}
	flows := []string{said("c1", "Commitment", "satisfies: 'ex:i'"), said("i", "Intent"), said("k", "Claim", "triggeredBy: 'ex:e2'")}
	for at := range len(events) + 1 {
		graph := strings.Join(events[:at], "") + strings.Join(flows, "") + strings.Join(events[at:], "")
		batch := plan(t, context+graph)
		got := steps(batch)
		index := func(name string) int { return slices.Index(got, name) }
		one, two, three := index("produce 1 by ann"), index("produce 2 by ann"), index("produce 3 by ann")
		if one < 0 || one > two || two > three || index("intent i") > index("commitment c1") || index("commitment c1") > two ||
			index("claim k") < two || index("claim k") > three || len(got) != 6 {
			t.Errorf("with the flows after %d events: %v", at, got)
		}
	}
}
