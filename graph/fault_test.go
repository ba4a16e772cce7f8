package graph

import (
	"database/sql"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"

	"disconode/node/store/storetest"
)

// A panic of a resolver is one general error: what it was is in the log alone,
// and the node goes on.
func TestG29Panic(t *testing.T) {
	var log strings.Builder
	b := newBooks(t, "", Options{
		Log: slog.New(slog.NewTextHandler(&log, nil)),
		fault: func(object, field string) {
			if object+"."+field == "Query.myAgent" {
				panic("a secret of the inside")
			}
		},
	})
	ada := b.steward()
	r := ada.ask("{ myAgent { id } actions { id } }", nil).refused(internalCode)
	if text := fmt.Sprint(r.Errors); strings.Contains(text, "secret") || strings.Contains(text, ".go") {
		t.Errorf("the answer tells %s", text)
	}
	if n := r.count("actions"); n != 19 {
		t.Errorf("the other field: %d actions", n)
	}
	if !strings.Contains(log.String(), "a secret of the inside") || !strings.Contains(log.String(), "Query.myAgent") || !strings.Contains(log.String(), "fault_test.go") {
		t.Errorf("the log does not tell what and where: %s", log.String())
	}
	ada.ask("{ units(first: 1) { edges { node { label } } } }", nil).good()
}

// An error that nobody foresaw tells nothing: a database that is gone, here.
func TestG30NothingOfTheInside(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		ada := b.steward()
		ada.organization("Farm")
		b.node.Close()
		for _, query := range []string{"{ economicEvents { edges { node { id } } } }", "{ agents { edges { node { name } } } }", `mutation { createUnit(unit: {label: "bunch", symbol: "bunch"}) { unit { id } } }`} {
			r := ada.ask(query, nil) // every answer is searched for words of the inside
			if len(r.Errors) == 0 {
				t.Errorf("%s was answered without a database", query)
			}
		}
	})
}

// Where SQL itself fails, the answer says so in one general sentence, and the
// log has the reason.
func TestG30NothingOfSQL(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		var log strings.Builder
		b := newBooks(t, dsn, Options{Log: slog.New(slog.NewTextHandler(&log, nil))})
		ada := b.steward()
		farm := ada.organization("Farm")
		b.damage("economic_event", "agent", "process", "unit", "spatial_thing")
		for _, query := range []string{
			"{ economicEvents { edges { node { id } } } }",
			"{ agents { edges { node { name } } } }",
			"{ contributions(groupBy: [AGENT]) { events } }",
			`{ process(id: "` + farm + `") { name } }`,
			`mutation { createSpatialThing(spatialThing: {name: "Hill"}) { spatialThing { id } } }`,
			`mutation { createUnit(unit: {label: "bunch", symbol: "bunch"}) { unit { id } } }`,
			`mutation { deleteOrganization(id: "` + farm + `") }`,
		} {
			log.Reset()
			r := ada.ask(query, nil).refused(internalCode)
			if r.Errors[0].Message != internalText {
				t.Errorf("%s is answered %q", query, r.Errors[0].Message)
			}
			if !strings.Contains(log.String(), "gone_") && !strings.Contains(log.String(), "exist") && !strings.Contains(log.String(), "no such table") {
				t.Errorf("%s: the log has no reason: %s", query, log.String())
			}
		}
	})
}

// damage takes tables away from under the node.
func (b *books) damage(tables ...string) {
	b.t.Helper()
	driver, dsn := "postgres", b.dsn
	if dsn == "" {
		driver, dsn = "sqlite", filepath.Join(b.dir, "node.sqlite")
	}
	db, err := sql.Open(driver, dsn)
	if err != nil {
		b.t.Fatal(err)
	}
	defer db.Close()
	for _, table := range tables {
		if _, err := db.Exec("ALTER TABLE " + table + " RENAME TO gone_" + table); err != nil {
			b.t.Fatal(err)
		}
	}
}
