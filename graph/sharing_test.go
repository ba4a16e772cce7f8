package graph

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"

	"disconode/node"
	"disconode/valueflows"
)

const sister = "https://vermont.example/labs/hub"

// sisterTells has the books follow a sister LAB, which grants it and tells of
// some objects.
func (b *books) sisterTells(t *testing.T, ada *client, objects ...string) {
	t.Helper()
	ada.ask(`mutation($a: URI!) { followPeer(actor: $a) { following } }`, vars{"a": sister}).good()
	ctx := context.Background()
	unseen, err := b.node.Unseen(ctx)
	if err != nil || len(unseen) != 1 {
		t.Fatalf("%d to look up, %v", len(unseen), err)
	}
	if err := b.node.Looked(ctx, unseen[0], "Green Mountain", sister+"/inbox", nil, false); err != nil {
		t.Fatal(err)
	}
	out, err := b.node.Outbox(ctx)
	if err != nil || len(out) != 1 {
		t.Fatalf("%d to send, %v", len(out), err)
	}
	var follow struct{ ID string }
	if err := json.Unmarshal(out[0].Body, &follow); err != nil {
		t.Fatal(err)
	}
	say := func(id, kind, object string, body []byte) {
		if err := b.node.Receive(ctx, node.Activity{Lab: out[0].Lab, Actor: sister, IRI: "https://vermont.example/say/" + id, Kind: kind, ObjectIRI: object, Object: body, Raw: []byte(id)}); err != nil {
			t.Fatal(err)
		}
	}
	say("accept", "Accept", follow.ID, nil)
	for i, object := range objects {
		var o struct{ ID string }
		if err := json.Unmarshal([]byte(object), &o); err != nil {
			t.Fatal(err)
		}
		say(fmt.Sprint(i), "Create", o.ID, []byte(object))
	}
}

// What a sister LAB tells is read beside the own books, says whose it is, can be
// asked for and left out, and counts for nothing.
func TestOrigin(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		ada := b.steward()
		farm, kind := ada.organization("Farm"), ada.kind("Gardening")
		ada.record(vars{"action": "work", "provider": farm, "receiver": farm, "effortQuantity": of("1", hour), "resourceConformsTo": kind}).good()
		const at = "https://vermont.example/vf/"
		b.sisterTells(t, ada,
			`{"id":"`+at+`ResourceSpecification/k","type":["Object","ResourceSpecification"],"name":"Sugaring"}`,
			`{"id":"`+at+`EconomicResource/r","type":["Object","EconomicResource"],"name":"Syrup","conformsTo":"`+at+`ResourceSpecification/k"}`,
			`{"id":"`+at+`EconomicEvent/e","type":["Object","EconomicEvent"],"action":"raise","provider":"`+sister+`","receiver":"`+sister+`","resourceInventoriedAs":"`+at+`EconomicResource/r",
				"resourceQuantity":{"hasUnit":"litre","hasNumericalValue":"5"},"hasPointInTime":"2026-03-01T10:00:00Z"}`)

		own := ada.ask(`{ economicEvents { edges { node { origin provider { origin } } } } }`, nil).good()
		if own.count("economicEvents.edges") != 2 {
			t.Fatalf("%v", own.Data)
		}
		lab := own.text("economicEvents.edges.0.node.origin")
		if own.text("economicEvents.edges.1.node.origin") != sister || lab == sister || own.text("economicEvents.edges.0.node.provider.origin") != lab {
			t.Errorf("%v", own.Data)
		}
		const list = `query($o: [ID!]) { economicEvents(filter: {origin: $o}) { edges { node { iri origin action { id } provider { iri } resourceInventoriedAs { name origin onhandQuantity { hasNumericalValue }
			conformsTo { name origin } } resourceQuantity { hasNumericalValue hasUnit { label origin } } } } } }`
		for origin, want := range map[string]int{sister: 1, lab: 1, "https://nobody.example/labs/x": 0} {
			if got := ada.ask(list, vars{"o": []string{origin}}).good(); got.count("economicEvents.edges") != want {
				t.Errorf("%s: %v", origin, got.Data)
			}
		}
		told := ada.ask(list, vars{"o": []string{valueflows.IDOf(sister).String()}}).good()
		const e = "economicEvents.edges.0.node."
		if told.text(e+"resourceInventoriedAs.name") != "Syrup" || told.at(e+"resourceInventoriedAs.onhandQuantity") != nil || told.text(e+"resourceInventoriedAs.conformsTo.name") != "Sugaring" ||
			told.text(e+"resourceInventoriedAs.origin") != sister || told.text(e+"resourceQuantity.hasNumericalValue") != "5" || told.at(e+"resourceQuantity.hasUnit.origin") != nil {
			t.Errorf("%v", told.Data)
		}
		sums := ada.ask(`{ contributions(groupBy: []) { events effortQuantity { hasNumericalValue } resourceQuantity { hasNumericalValue } } }`, nil).good()
		if sums.at("contributions.0.events") != 1.0 || sums.count("contributions.0.resourceQuantity") != 0 {
			t.Errorf("claims count: %v", sums.Data)
		}
		ada.record(vars{"action": "raise", "provider": sister, "receiver": sister, "resourceInventoriedAs": at + "EconomicResource/r", "resourceQuantity": of("-1", litre), "corrects": at + "EconomicEvent/e"}).
			refused("UNKNOWN_REFERENCE")
		for _, other := range []string{"resourceSpecifications", "economicResources", "agents", "units", "processes", "processSpecifications", "batchLotRecords", "spatialThings"} {
			r := ada.ask(`query($o: [ID!]) { `+other+`(filter: {origin: $o}) { edges { node { origin } } } }`, vars{"o": []string{sister}}).good()
			for i := range r.count(other + ".edges") {
				if got := r.text(fmt.Sprintf("%s.edges.%d.node.origin", other, i)); got != sister {
					t.Errorf("%s: %s", other, got)
				}
			}
		}
	})
}

// Stewards decide about sister LABs, bookkeepers and auditors see how it stands,
// members do neither; everybody says for themselves whether their name is known.
func TestPeers(t *testing.T) {
	b := newBooks(t, "", Options{})
	ada := b.steward()
	b.sisterTells(t, ada)
	const peers = `{ peers { id iri name follower audience following blocked requested error delivery { sent waiting attempts nextTry lastError lastSent } } }`
	r := ada.ask(peers, nil).good()
	if r.count("peers") != 1 || r.text("peers.0.iri") != sister || r.text("peers.0.name") != "Green Mountain" || r.text("peers.0.following") != "APPROVED" || r.at("peers.0.follower") != nil || r.at("peers.0.delivery") != nil {
		t.Errorf("%v", r.Data)
	}
	ada.ask(`mutation($a: URI!) { approvePeer(actor: $a, audience: "all") { follower } }`, vars{"a": sister}).refused("NOT_ASKED")
	ada.ask(`mutation($a: URI!) { approvePeer(actor: $a, audience: "some") { follower } }`, vars{"a": sister}).refused("UNKNOWN_AUDIENCE")
	ada.ask(`mutation { followPeer(actor: "vermont") { id } }`, nil).refused("INVALID_ACTOR")
	lab, err := b.node.LabBySlug(node.AsOperator(t.Context(), valueflows.ID{}), "farms")
	if err != nil {
		t.Fatal(err)
	}
	if err := b.node.Ask(t.Context(), node.Knock{Lab: lab.ID, Actor: sister, Follow: sister + "/follow"}); err != nil {
		t.Fatal(err)
	}
	r = ada.ask(`mutation($a: URI!) { approvePeer(actor: $a, audience: "all") { follower audience delivery { sent waiting } } }`, vars{"a": sister}).good()
	if r.text("approvePeer.follower") != "APPROVED" || r.text("approvePeer.audience") != "all" || r.at("approvePeer.delivery.sent") != 0.0 {
		t.Errorf("%v", r.Data)
	}
	ada.record(vars{"action": "work", "provider": ada.organization("Farm"), "receiver": ada.organization("Shop"), "effortQuantity": of("1", hour), "resourceConformsTo": ada.kind("Gardening")}).good()
	if told, err := b.node.Publish(t.Context()); !told || err != nil {
		t.Fatal(told, err)
	}
	r = ada.ask(`{ sharedEntries(first: 2) { position at kind iri activity } peers { delivery { waiting } } refusals { at actor reason object } }`, nil).good()
	if r.count("sharedEntries") != 2 || r.text("sharedEntries.0.kind") != "Create" || r.at("sharedEntries.0.position") != r.at("peers.0.delivery.waiting") || r.count("refusals") != 0 {
		t.Errorf("%v", r.Data)
	}
	ada.ask(`{ sharedEntries(first: 101) { position } }`, nil).refused("INVALID_PAGE")
	if r = ada.ask(`mutation($a: URI!) { blockPeer(actor: $a) { blocked } }`, vars{"a": sister}).good(); r.at("blockPeer.blocked") != true {
		t.Errorf("%v", r.Data)
	}
	ada.ask(`mutation($a: URI!) { followPeer(actor: $a) { id } }`, vars{"a": sister}).refused("BLOCKED")

	member, keeper := b.as("Mel", node.Member), b.as("Kim", node.Bookkeeper)
	member.ask(peers, nil).refused("FORBIDDEN")
	keeper.ask(peers, nil).good()
	keeper.ask(`mutation($a: URI!) { unblockPeer(actor: $a) { id } }`, vars{"a": sister}).refused("FORBIDDEN")
	for _, share := range []bool{true, false} {
		r = member.ask(`mutation($s: Boolean!) { shareMyName(share: $s) { name } }`, vars{"s": share}).good()
		if r.text("shareMyName.name") != "Mel" || member.ask(`{ sharesMyName }`, nil).good().at("sharesMyName") != share {
			t.Errorf("%v", r.Data)
		}
	}
}
