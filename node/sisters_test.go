package node

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"disconode/node/store/storetest"
	"disconode/valueflows"
)

// sisters are two nodes that are told each other's activities without a network:
// Freedom Farms, and Green Mountain, which follows it.
type sisters struct {
	t          testing.TB
	farms, hub *books
	follow     string // IRI of the hub's request
}

// eachSisters runs a test on two new nodes, on SQLite and on PostgreSQL.
func eachSisters(t *testing.T, test func(t *testing.T, s *sisters)) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		other := ""
		if dsn != "" {
			other = storetest.Postgres(t)
		}
		hub := &books{t: t, dir: storetest.Dir(t), dsn: other}
		hub.node = openNode(t, Options{DataDir: hub.dir, Database: other, BaseURL: "https://vermont.example"})
		lab, err := hub.node.CreateLab(AsOperator(t.Context(), valueflows.ID{}), NewLab{Name: "Green Mountain", Slug: "hub", Zone: "America/New_York", Steward: "Bea"})
		if err != nil {
			t.Fatal(err)
		}
		hub.lab = lab.ID
		hub.ctx, hub.token = hub.as("Bea", Steward)
		test(t, &sisters{t: t, farms: newBooks(t, dsn), hub: hub})
	})
}

const (
	farmsActor = "https://books.example/labs/farms"
	hubActor   = "https://vermont.example/labs/hub"
)

func (s *sisters) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// outgoing is the one message that waits in a node's outbox, as it would arrive.
func (s *sisters) outgoing(from *books, kind string) map[string]any {
	s.t.Helper()
	all, err := from.node.Outbox(s.t.Context())
	s.must(err)
	if len(all) != 1 || all[0].Kind != kind {
		s.t.Fatalf("%d messages wait, want one %s", len(all), kind)
	}
	s.must(from.node.MessageSent(s.t.Context(), all[0].ID, nil, false))
	var m map[string]any
	s.must(json.Unmarshal(all[0].Body, &m))
	return m
}

// seen looks up the peers that a steward allowed to.
func (s *sisters) seen(on *books) {
	s.t.Helper()
	all, err := on.node.Unseen(s.t.Context())
	s.must(err)
	for _, p := range all {
		s.must(on.node.Looked(s.t.Context(), p, "Sister "+p.IRI, p.IRI+"/inbox", nil, false))
	}
}

// ask has the hub ask to follow the farms.
func (s *sisters) ask() {
	s.t.Helper()
	_, err := s.hub.node.FollowPeer(s.hub.ctx, farmsActor)
	s.must(err)
	s.seen(s.hub)
	s.follow = s.outgoing(s.hub, "Follow")["id"].(string)
	s.must(s.farms.node.Ask(s.t.Context(), Knock{Lab: s.farms.lab, Actor: hubActor, Follow: s.follow, Proof: "signed"}))
}

// agree has the farms' steward give the hub the audience all.
func (s *sisters) agree() {
	s.t.Helper()
	_, err := s.farms.node.ApprovePeer(s.farms.ctx, hubActor, AudienceAll)
	s.must(err)
	s.seen(s.farms)
	accept := s.outgoing(s.farms, "Accept")
	s.must(s.hub.node.Receive(s.t.Context(), Activity{Lab: s.hub.lab, Actor: farmsActor, IRI: accept["id"].(string), Kind: "Accept",
		ObjectIRI: accept["object"].(map[string]any)["id"].(string), Raw: []byte("accept")}))
}

// deliver brings the hub what it does not have yet, and returns the bodies.
func (s *sisters) deliver() (bodies []string) {
	s.t.Helper()
	_, err := s.farms.node.Publish(s.t.Context())
	s.must(err)
	behind, err := s.farms.node.Behind(s.t.Context())
	s.must(err)
	for _, p := range behind {
		at := p.Delivery.Sent
		for {
			given, err := s.farms.node.GivenAfter(s.t.Context(), p, at, 10)
			s.must(err)
			if len(given) == 0 {
				break
			}
			for _, g := range given {
				s.must(s.receive(g.Body))
				at = g.Position
				bodies = append(bodies, string(g.Body))
			}
		}
		s.must(s.farms.node.Delivered(s.t.Context(), p, at, nil))
	}
	return bodies
}

// receive has the hub take an activity of the farms.
func (s *sisters) receive(body []byte) error {
	var a struct {
		ID, Type, Actor string
		Object          json.RawMessage
	}
	if err := json.Unmarshal(body, &a); err != nil {
		return err
	}
	var object struct{ ID string }
	if err := json.Unmarshal(a.Object, &object); err != nil {
		return err
	}
	return s.hub.node.Receive(s.t.Context(), Activity{Lab: s.hub.lab, Actor: a.Actor, IRI: a.ID, Kind: a.Type, ObjectIRI: object.ID, Object: a.Object, Raw: body})
}

// A LAB's events reach who follows it: in order, once, as claims that change
// nothing in the follower's own books; persons by pseudonym unless they agreed.
func TestSharing(t *testing.T) {
	eachSisters(t, func(t *testing.T, s *sisters) {
		f := s.farms
		zora, amos := f.person("Zora Neale"), f.person("Amos")
		s.must(f.node.ShareName(AsOperator(t.Context(), f.lab), zora, true))
		market := f.organization("The market of Amos")
		kind := f.specification("Field work")
		greens := f.specification("Greens")
		hour := day("2026-05-02T10:00:00Z")
		f.record(valueflows.EconomicEvent{Action: "work", Provider: zora, Receiver: f.lab, ResourceConformsTo: kind, EffortQuantity: hours("2"), HasPointInTime: hour, Note: "with love"})
		work := f.record(valueflows.EconomicEvent{Action: "work", Provider: amos, Receiver: f.lab, ResourceConformsTo: kind, EffortQuantity: hours("3"), HasPointInTime: hour, Note: "secret"})
		f.record(valueflows.EconomicEvent{Action: "work", Provider: amos, Receiver: amos, ResourceConformsTo: kind, EffortQuantity: hours("1"), HasPointInTime: hour, Stream: valueflows.CarePeople})
		heap := f.recordNew(valueflows.EconomicEvent{Action: "raise", Provider: f.lab, Receiver: f.lab, ResourceQuantity: kg("10"), HasPointInTime: hour},
			valueflows.EconomicResource{Name: "A heap", ConformsTo: greens})
		f.record(valueflows.EconomicEvent{Action: "transfer", Provider: f.lab, Receiver: market, ResourceInventoriedAs: heap, ResourceQuantity: kg("4"), HasPointInTime: hour})
		f.record(valueflows.EconomicEvent{Action: "work", Provider: amos, Receiver: f.lab, ResourceConformsTo: kind, EffortQuantity: hours("-1"), Corrects: work.ID, HasPointInTime: hour})

		s.ask()
		if told, err := f.node.Publish(t.Context()); told || err != nil {
			t.Errorf("F25: before a steward agrees, %v %v is told", told, err)
		}
		s.agree()
		bodies := strings.Join(s.deliver(), "\n")
		for _, secret := range []string{"Amos", "amos", "secret", "care", amos.String()} {
			if strings.Contains(bodies, secret) {
				t.Errorf("%q was told", secret)
			}
		}
		if !strings.Contains(bodies, "Zora Neale") || !strings.Contains(bodies, "with love") {
			t.Error("who agreed to be named is not")
		}

		origin := valueflows.IDOf(farmsActor)
		list, err := List[valueflows.EconomicEvent](s.hub.ctx, s.hub.node, Filter{Origin: []valueflows.ID{origin}}, Page{First: 50})
		s.must(err)
		var got []string
		for _, e := range list.Nodes {
			q := e.EffortQuantity
			if q == nil {
				q = e.ResourceQuantity
			}
			who, err := Get[valueflows.Agent](s.hub.ctx, s.hub.node, e.Provider)
			s.must(err)
			if e.Books != origin {
				t.Errorf("event of books %s", e.Books)
			}
			got = append(got, fmt.Sprint(e.Action, " ", q.HasNumericalValue, " by ", strings.SplitN(who.Name, " ", 2)[0], " corrects ", !e.Corrects.IsZero()))
		}
		want := []string{"work 2 by Zora corrects false", "work 3 by Person corrects false", "raise 10 by Freedom corrects false", "transfer 4 by Freedom corrects false", "work -1 by Person corrects true"}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("the hub is told\n%q, want\n%q", got, want)
		}
		own, err := List[valueflows.EconomicEvent](s.hub.ctx, s.hub.node, Filter{Origin: []valueflows.ID{s.hub.lab}}, Page{First: 50})
		if err != nil || len(own.Nodes) != 0 {
			t.Errorf("%d events of its own, %v", len(own.Nodes), err)
		}
		all, err := List[valueflows.EconomicEvent](s.hub.ctx, s.hub.node, Filter{}, Page{Last: 2})
		if err != nil || len(all.Nodes) != 2 || !all.HasPrevious {
			t.Errorf("its last two: %d, %v", len(all.Nodes), err)
		}
		sums, err := s.hub.node.Contributions(s.hub.ctx, ContributionQuery{})
		if err != nil || len(sums) != 1 || sums[0].Events != 0 {
			t.Errorf("claims count: %+v, %v", sums, err)
		}
		claimed, err := List[valueflows.EconomicResource](s.hub.ctx, s.hub.node, Filter{}, Page{First: 50})
		s.must(err)
		if len(claimed.Nodes) != 1 || claimed.Nodes[0].Name != "A heap" || claimed.Nodes[0].OnhandQuantity != nil {
			t.Errorf("resources: %+v", claimed.Nodes)
		}
		if again := s.deliver(); len(again) != 0 {
			t.Errorf("told again: %d", len(again))
		}
		_, _, err = s.hub.node.RecordEvent(s.hub.ctx, &valueflows.EconomicEvent{Action: "work", Provider: list.Nodes[0].Provider, Receiver: list.Nodes[0].Receiver,
			ResourceConformsTo: list.Nodes[0].ResourceConformsTo, EffortQuantity: hours("-1"), Corrects: list.Nodes[0].ID, HasPointInTime: hour}, nil)
		if err == nil {
			t.Error("a claim was corrected by the hub")
		}

		// Who takes the agreement back is not named from then on.
		s.must(f.node.ShareName(AsOperator(t.Context(), f.lab), zora, false))
		again := strings.Join(s.deliver(), "\n")
		if strings.Count(again, `"type":"Update"`) != 2 || strings.Contains(again, "Zora") || strings.Contains(again, "with love") {
			t.Errorf("told: %q", again)
		}
		if e, err := Get[valueflows.EconomicEvent](s.hub.ctx, s.hub.node, list.Nodes[0].ID); err != nil || e.Note != "" {
			t.Errorf("the note of who is not named any more: %+v, %v", e, err)
		}
		peer, err := f.node.Peer(t.Context(), f.lab, hubActor)
		s.must(err)
		given, err := f.node.GivenAfter(t.Context(), peer, 0, 1000)
		s.must(err)
		for i, g := range given {
			if g.Position != int64(i+1) || strings.Contains(string(g.Body), "Zora") || strings.Contains(string(g.Body), "with love") {
				t.Errorf("entry %d still says %s", g.Position, g.Body)
			}
		}
		who, err := Get[valueflows.Agent](s.hub.ctx, s.hub.node, list.Nodes[0].Provider)
		if err != nil || !strings.HasPrefix(who.Name, "Person ") {
			t.Errorf("%+v, %v", who, err)
		}
		for _, b := range []*books{s.farms, s.hub} {
			if wrong, err := b.node.Verify(t.Context()); err != nil || len(wrong) > 0 {
				t.Errorf("verify: %q, %v", wrong, err)
			}
			if wrong, err := b.node.Compare(AsOperator(t.Context(), valueflows.ID{})); err != nil || len(wrong) > 0 {
				t.Errorf("rebuild: %q, %v", wrong, err)
			}
		}
	})
}

// SECURITY.md F10, F19, F21, F24, F25: what a peer says is taken once, of its own
// records alone, as a claim; and only from who was asked.
func TestClaimsAreHeldToTheirOrigin(t *testing.T) {
	eachSisters(t, func(t *testing.T, s *sisters) {
		h := s.hub
		own := h.record(valueflows.EconomicEvent{Action: "work", Provider: h.lab, Receiver: h.lab, EffortQuantity: hours("5"), ResourceConformsTo: h.specification("Care")})
		say := func(id, kind, object string) error {
			var o struct{ ID string }
			s.must(json.Unmarshal([]byte(object), &o))
			return h.node.Receive(t.Context(), Activity{Lab: h.lab, Actor: farmsActor, IRI: "https://books.example/a/" + id, Kind: kind, ObjectIRI: o.ID, Object: []byte(object), Raw: []byte(object)})
		}
		work := func(id, hours, more string) string {
			return `{"id":"https://books.example/vf/EconomicEvent/` + id + `","type":["Object","EconomicEvent"],"action":"work","provider":"` + farmsActor + `","receiver":"` + hubActor + `",
				"effortQuantity":{"hasUnit":"hour","hasNumericalValue":"` + hours + `"},"hasPointInTime":"2026-05-01T10:00:00Z"` + more + `}`
		}
		if err := say("0", "Create", work("1", "1", "")); !errors.Is(err, ErrForbidden) {
			t.Errorf("from a stranger: %v", err)
		}
		if err := h.node.Receive(t.Context(), Activity{Lab: h.lab, Actor: farmsActor, IRI: "https://books.example/a/x", Kind: "Accept", ObjectIRI: "https://vermont.example/f", Raw: []byte("{}")}); !errors.Is(err, ErrForbidden) {
			t.Errorf("F25: an Accept that nobody waits for: %v", err)
		}
		s.ask()
		if err := h.node.Receive(t.Context(), Activity{Lab: h.lab, Actor: farmsActor, IRI: "https://books.example/a/x", Kind: "Accept", ObjectIRI: "https://vermont.example/f", Raw: []byte("{}")}); !errors.Is(err, ErrNotAsked) {
			t.Errorf("F25: an Accept of another Follow: %v", err)
		}
		s.must(say("early", "Create", work("early", "1", ""))) // before the answer: shown with it
		if early, err := List[valueflows.EconomicEvent](h.ctx, h.node, Filter{}, Page{First: 50}); err != nil || len(early.Nodes) != 1 {
			t.Errorf("before the answer: %d events, %v", len(early.Nodes), err)
		}
		s.agree()

		for range 2 {
			s.must(say("1", "Create", work("1", "1", "")))
		}
		if err := say("1", "Create", work("1", "2", "")); !errors.Is(err, ErrRewrites) {
			t.Errorf("F24: the same activity with another content: %v", err)
		}
		if err := say("2", "Create", work("1", "2", "")); !errors.Is(err, ErrRewrites) {
			t.Errorf("F24: the same event with another content: %v", err)
		}
		if err := say("3", "Update", work("1", "2", "")); !errors.Is(err, ErrRewrites) {
			t.Errorf("F24: an event is updated: %v", err)
		}
		if err := say("4", "Delete", `{"id":"`+own.IRI+`https://vermont.example/vf/EconomicEvent/`+own.ID.String()+`"}`); err != nil {
			t.Errorf("F19: a Delete of what is unknown under that name: %v", err)
		}
		if err := say("5", "Update", `{"id":"https://vermont.example/vf/EconomicEvent/`+own.ID.String()+`","type":"EconomicEvent","action":"work"}`); !errors.Is(err, ErrNotOwner) {
			t.Errorf("F19: an Update of ours: %v", err)
		}
		// F21: it names our LAB and our event, and changes nothing of ours.
		s.must(say("6", "Create", work("6", "-5", `,"corrects":"https://vermont.example/vf/EconomicEvent/`+own.ID.String()+`"`)))
		sums, err := h.node.Contributions(h.ctx, ContributionQuery{})
		if err != nil || len(sums) != 1 || sums[0].Events != 1 || sums[0].EffortQuantity[0].HasNumericalValue.String() != "5" {
			t.Errorf("F21: %+v, %v", sums, err)
		}
		claims, err := List[valueflows.EconomicEvent](h.ctx, h.node, Filter{Origin: []valueflows.ID{valueflows.IDOf(farmsActor)}}, Page{First: 50})
		if err != nil || len(claims.Nodes) != 3 {
			t.Errorf("%d claims, %v", len(claims.Nodes), err)
		}
		other, _ := h.as("Bea", Member)
		if _, err := Get[valueflows.EconomicEvent](other, h.node, claims.Nodes[0].ID); err != nil {
			t.Errorf("a member sees it: %v", err)
		}
		if _, err := h.node.BlockPeer(h.ctx, farmsActor); err != nil {
			t.Fatal(err)
		}
		if err := say("7", "Create", work("7", "1", "")); !errors.Is(err, ErrForbidden) {
			t.Errorf("from who is blocked: %v", err)
		}
		if _, err := Get[valueflows.EconomicEvent](h.ctx, h.node, claims.Nodes[0].ID); !errors.Is(err, ErrNotFound) {
			t.Errorf("what a blocked one said: %v", err)
		}
		if wrong, err := h.node.Verify(t.Context()); err != nil || len(wrong) > 0 {
			t.Errorf("verify: %q, %v", wrong, err)
		}
	})
}

// Requests that wait for a steward are few: of all, and of one host.
func TestKnocksAreBounded(t *testing.T) {
	eachSisters(t, func(t *testing.T, s *sisters) {
		knock := func(host string, i int) error {
			actor := fmt.Sprintf("https://%s.example/labs/%d", host, i)
			return s.farms.node.Ask(t.Context(), Knock{Lab: s.farms.lab, Actor: actor, Follow: actor + "/follow", Proof: "signed"})
		}
		for i := range knocksOfHostMax {
			s.must(knock("a", i))
		}
		s.must(knock("a", 0)) // again
		if err := knock("a", 99); !errors.Is(err, ErrTooMany) {
			t.Errorf("one more of a host: %v", err)
		}
		for i := range knocksMax - knocksOfHostMax {
			s.must(knock(fmt.Sprint("b", i), 0))
		}
		if err := knock("c", 0); !errors.Is(err, ErrTooMany) {
			t.Errorf("one more: %v", err)
		}
		member, _ := s.farms.as("Mel", Member)
		if _, err := s.farms.node.Peers(member); !errors.Is(err, ErrForbidden) {
			t.Errorf("a member sees them: %v", err)
		}
		peers, err := s.farms.node.Peers(s.farms.ctx)
		if err != nil || len(peers) != knocksMax {
			t.Errorf("%d peers, %v", len(peers), err)
		}
	})
}
