package main

import (
	"context"
	"database/sql"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"disconode/node"
	"disconode/valueflows"
)

// benched are the books that are measured.
type benched struct {
	place
	token   string
	lab     valueflows.ID
	agents  []valueflows.ID
	stock   []stock
	events  []*valueflows.EconomicEvent // in recorded order
	cursors []string                    // of each fiftieth
}

// seed makes books with agents, a resource of each, and events over two years.
func seed(t testing.TB, p place) *benched {
	t.Helper()
	p.must(t, "init", "--base-url", "http://farm.test", "--lab", "Farm", "--slug", "farm", "--zone", "UTC", "--steward", "Nia")
	b := &benched{place: p, token: strings.TrimSpace(p.must(t, "token", "create", "--lab", "farm", "--user", "Nia", "--role", "steward"))}
	n, err := node.Open(t.Context(), node.Options{DataDir: p.data, Database: p.database})
	if err != nil {
		t.Fatal(err)
	}
	defer n.Close()
	steward, err := n.Authenticate(t.Context(), b.token)
	if err != nil {
		t.Fatal(err)
	}
	b.lab = steward.Lab
	ctx := node.WithPrincipal(t.Context(), steward)
	f := story{node: n, ctx: ctx, zone: time.UTC}
	kind := f.kind("Collards", "kilogram")
	for i := range benchAgents {
		agent := f.organization("Farm "+strconv.Itoa(i), "", valueflows.ID{})
		b.agents = append(b.agents, agent)
		id := f.record("stock/"+strconv.Itoa(i), b.raise(agent, 0, 0), &valueflows.EconomicResource{Name: valueflows.Text("Stock " + strconv.Itoa(i)), ConformsTo: kind})
		b.stock = append(b.stock, stock{lab: agent.String(), id: id.String()})
	}
	if f.err != nil {
		t.Fatal(f.err)
	}
	b.record(t, ctx, n)
	b.analyze(t)
	slices.SortFunc(b.events, func(x, y *valueflows.EconomicEvent) int { return int(x.Position - y.Position) })
	return b
}

// analyze gathers PostgreSQL's statistics, as it would itself within a minute.
func (b *benched) analyze(t testing.TB) {
	t.Helper()
	if b.database == "" {
		return
	}
	db, err := sql.Open(b.driver())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec("ANALYZE"); err != nil {
		t.Fatal(err)
	}
}

// record records the events, from many at once.
func (b *benched) record(t testing.TB, ctx context.Context, n *node.Node) {
	t.Helper()
	var mine sync.Mutex
	var all sync.WaitGroup
	for c := range 64 {
		all.Go(func() {
			for i := c; i < *benchEvents; i += 64 {
				e := b.raise(b.agents[i%benchAgents], 1+int64(i%97), i)
				var err error
				if e.ResourceInventoriedAs, err = valueflows.ParseID(b.stock[i%benchAgents].id); err == nil {
					e, _, err = n.RecordEvent(ctx, e, nil)
				}
				if err != nil {
					t.Error(err)
					return
				}
				mine.Lock()
				b.events = append(b.events, e)
				mine.Unlock()
			}
		})
	}
	all.Wait()
	if t.Failed() {
		t.FailNow()
	}
}

// raise is the i-th event of an agent's, somewhere in two years.
func (b *benched) raise(agent valueflows.ID, kilograms int64, i int) *valueflows.EconomicEvent {
	at := valueflows.TimeOf(time.Date(2025, 1, 1, 8, 0, i%86400, 0, time.UTC).AddDate(0, 0, i/benchAgents%730))
	return &valueflows.EconomicEvent{Action: "raise", Provider: agent, Receiver: agent, HasPointInTime: &at,
		ResourceQuantity: measure(strconv.FormatInt(kilograms, 10), "kilogram"), Note: valueflows.Text("Event " + strconv.Itoa(i))}
}
