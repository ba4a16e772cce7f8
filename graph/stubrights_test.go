package graph

import (
	"strings"
	"testing"

	"disconode/node"
)

// Two LABs name the same process. To either of them GraphQL tells of it what its
// own books say, and whether it can be deleted as deleting it would tell.
func TestNeighboursTellNothing(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		const job = "https://plans.example/job"
		ada, eve := b.steward(), b.of(b.newLab("Print", "print"), "Ada of print", node.Steward)
		read := func(c *client) *reply {
			t.Helper()
			return c.ask(`query($id: ID!) { process(id: $id) { id revisionId iri deletable
				meta { previousRevisionsCount futureRevisionsCount retrievedRevision { id time author { id } } latestRevision { id time author { id } } } } }`, vars{"id": job})
		}
		work := func(c *client) {
			t.Helper()
			me := c.ask("{ myAgent { id } }", nil).good().text("myAgent.id")
			c.record(vars{"action": "work", "provider": me, "receiver": me, "inputOf": job, "effortQuantity": of("1", hour)}).good()
		}
		missing := func(c *client) {
			t.Helper()
			if r := read(c); len(r.Errors) != 1 || r.Errors[0].Extensions.Code != "NOT_FOUND" {
				t.Errorf("what another LAB alone named: %v, %v", r.Data, r.Errors)
			}
		}
		missing(ada)
		work(eve)
		missing(ada)
		work(ada)
		for _, c := range []*client{ada, eve} {
			r := read(c).good()
			if r.text("process.iri") != job || r.at("process.deletable") != false || r.text("process.revisionId") != r.text("process.id") {
				t.Errorf("a name: %v", r.Data)
			}
			for _, revision := range []string{"retrievedRevision", "latestRevision"} {
				if r.at("process.meta."+revision+".time") != nil || r.at("process.meta."+revision+".author") != nil {
					t.Errorf("its %s tells %v", revision, r.at("process.meta."+revision))
				}
			}
		}
		r := ada.ask(`mutation($id: ID!) { deleteProcess(id: $id) }`, vars{"id": job})
		if len(r.Errors) != 1 || r.Errors[0].Extensions.Code != "NOT_FOUND" {
			t.Errorf("what is in nobody's books is nobody's to delete: %v", r.Errors)
		}
	})
}

// Whoever may not delete a thing is not told whether something refers to it, and
// a member makes nothing by naming it where the LAB lets members record nothing.
func TestDeletableIsWhatDeletingTells(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		ada, bea, auditor := b.steward(), b.as("Bea", node.Member), b.as("Olga", node.Auditor)
		me := bea.ask("{ myAgent { id } }", nil).good().text("myAgent.id")
		promise := func() string {
			return ada.ask(`mutation($c: CommitmentCreateParams!) { createCommitment(commitment: $c) { commitment { id } } }`,
				vars{"c": vars{"action": "work", "provider": ada.person("Cal"), "receiver": me, "effortQuantity": of("1", hour)}}).good().text("createCommitment.commitment.id")
		}
		kept, open := promise(), promise()
		bea.record(vars{"action": "work", "provider": me, "receiver": me, "effortQuantity": of("1", hour), "stream": "carePeople", "fulfills": []string{kept}}).good()
		for who, test := range map[string]struct {
			c   *client
			may bool
		}{"a steward": {ada, true}, "a party": {bea, true}, "an auditor": {auditor, false}, "another member": {b.as("Dot", node.Member), false}} {
			for id, want := range map[string]bool{kept: false, open: test.may} {
				if got := test.c.ask(`query($id: ID!) { commitment(id: $id) { deletable } }`, vars{"id": id}).good().at("commitment.deletable"); got != want {
					t.Errorf("%s is told %v, want %v", who, got, want)
				}
			}
			r := test.c.ask(`mutation($id: ID!) { deleteCommitment(id: $id) }`, vars{"id": kept})
			want := "FORBIDDEN"
			if test.may {
				want = "IN_USE"
			}
			if len(r.Errors) != 1 || r.Errors[0].Extensions.Code != want {
				t.Errorf("%s deletes it: %v, want %s", who, r.Errors, want)
			}
		}

		if _, err := b.node.SetLabPolicy(node.AsOperator(t.Context(), b.lab), b.lab, func(l *node.Lab) { l.MembersRecord = false }); err != nil {
			t.Fatal(err)
		}
		r := bea.record(vars{"action": "work", "provider": me, "receiver": me, "effortQuantity": of("1", hour), "inputOf": "https://squat.example/p"})
		if len(r.Errors) != 1 || r.Errors[0].Extensions.Code != "UNKNOWN_REFERENCE" || !strings.HasSuffix(r.Errors[0].Extensions.Path, "inputOf") {
			t.Errorf("a process made by naming it: %+v", r.Errors)
		}
	})
}
