package node

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"disconode/node/nodetest"
	"disconode/node/store/storetest"
	"disconode/valueflows"
)

func TestMain(m *testing.M) { nodetest.Main(m) }

// books are a node with one LAB, as its steward sees them.
type books struct {
	t     testing.TB
	node  *Node
	lab   valueflows.ID
	ctx   context.Context // the steward's
	dir   string
	dsn   string
	token string
}

// eachDialect runs a test on a new node with one LAB, on SQLite and on PostgreSQL.
func eachDialect(t *testing.T, test func(t *testing.T, b *books)) {
	storetest.Each(t, func(t *testing.T, dsn string) { test(t, newBooks(t, dsn)) })
}

func newBooks(t testing.TB, dsn string) *books {
	t.Helper()
	return newBooksAt(t, dsn, "https://books.example")
}

func newBooksAt(t testing.TB, dsn, address string) *books {
	t.Helper()
	b := &books{t: t, dir: storetest.Dir(t), dsn: dsn}
	b.node = openNode(t, Options{DataDir: b.dir, Database: dsn, BaseURL: address})
	lab, err := b.node.CreateLab(AsOperator(t.Context(), valueflows.ID{}), NewLab{Name: "Freedom Farms", Slug: "farms", Zone: "America/Chicago", Steward: "Ada"})
	if err != nil {
		t.Fatal(err)
	}
	b.lab = lab.ID
	b.ctx, b.token = b.as("Ada", Steward)
	return b
}

func openNode(t testing.TB, o Options) *Node {
	t.Helper()
	n, err := Open(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { n.Close() })
	return n
}

// as is a context signed in as a member, and the member's token.
func (b *books) as(name string, role Role) (context.Context, string) {
	b.t.Helper()
	token, _, err := b.node.CreateToken(AsOperator(context.Background(), b.lab), b.lab, name, role)
	if err != nil {
		b.t.Fatal(err)
	}
	p, err := b.node.Authenticate(context.Background(), token)
	if err != nil {
		b.t.Fatal(err)
	}
	return WithPrincipal(WithNames(context.Background()), p), token
}

// policy changes the LAB's policies.
func (b *books) policy(change func(*Lab)) {
	b.t.Helper()
	if _, err := b.node.SetLabPolicy(AsOperator(context.Background(), b.lab), b.lab, change); err != nil {
		b.t.Fatal(err)
	}
}

func (b *books) organization(name string) valueflows.ID {
	b.t.Helper()
	a, err := Create(b.ctx, b.node, &valueflows.Agent{Kind: valueflows.ClassOrganization, Name: name})
	if err != nil {
		b.t.Fatal(err)
	}
	return a.ID
}

func (b *books) person(name string) valueflows.ID {
	b.t.Helper()
	a, err := Create(b.ctx, b.node, &valueflows.Agent{Kind: valueflows.ClassPerson, Name: name})
	if err != nil {
		b.t.Fatal(err)
	}
	return a.ID
}

func (b *books) specification(name string) valueflows.ID {
	b.t.Helper()
	s, err := Create(b.ctx, b.node, &valueflows.ResourceSpecification{Name: name})
	if err != nil {
		b.t.Fatal(err)
	}
	return s.ID
}

func (b *books) process(name string) valueflows.ID {
	b.t.Helper()
	p, err := Create(b.ctx, b.node, &valueflows.Process{Name: name})
	if err != nil {
		b.t.Fatal(err)
	}
	return p.ID
}

func (b *books) record(e valueflows.EconomicEvent) *valueflows.EconomicEvent {
	b.t.Helper()
	event, _, err := b.node.RecordEvent(b.ctx, &e, nil)
	if err != nil {
		b.t.Fatalf("%s: %v", e.Action, err)
	}
	return event
}

func (b *books) recordNew(e valueflows.EconomicEvent, r valueflows.EconomicResource) valueflows.ID {
	b.t.Helper()
	_, resource, err := b.node.RecordEvent(b.ctx, &e, &r)
	if err != nil {
		b.t.Fatalf("%s: %v", e.Action, err)
	}
	return resource.ID
}

// holds tells whether a resource has these quantities to account for and on hand.
func (b *books) holds(id valueflows.ID, accounting, onhand string) {
	b.t.Helper()
	r, err := Get[valueflows.EconomicResource](b.ctx, b.node, id)
	if err != nil {
		b.t.Fatal(err)
	}
	if got := r.AccountingQuantity.HasNumericalValue.String(); got != accounting {
		b.t.Errorf("accounting quantity is %s, want %s", got, accounting)
	}
	if got := r.OnhandQuantity.HasNumericalValue.String(); got != onhand {
		b.t.Errorf("onhand quantity is %s, want %s", got, onhand)
	}
}

var kilogram = valueflows.OMUnitID("kilogram")

func kg(text string) *valueflows.Measure {
	return &valueflows.Measure{HasNumericalValue: valueflows.MustDecimal(text), HasUnit: kilogram}
}

func hours(text string) *valueflows.Measure {
	return &valueflows.Measure{HasNumericalValue: valueflows.MustDecimal(text), HasUnit: valueflows.Hour}
}

func day(text string) *valueflows.Time {
	t, err := valueflows.ParseTime(text, time.UTC)
	if err != nil {
		panic(err)
	}
	return &t
}

// SECURITY.md S19: books on SQLite are served by one process at a time, on
// PostgreSQL by any number; and nobody else on the machine reads the files.
func TestS19ServeTwice(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		if err := b.node.Hold(); err != nil {
			t.Fatal(err)
		}
		second := openNode(t, Options{DataDir: b.dir, Database: b.dsn})
		if err := second.Hold(); b.dsn == "" && err != ErrServed || b.dsn != "" && err != nil {
			t.Errorf("the second process: %v", err)
		}
		for _, name := range []string{"serve.lock", "node.sqlite"} {
			if file, err := os.Stat(filepath.Join(b.dir, name)); b.dsn == "" && (err != nil || file.Mode().Perm() != 0o600) {
				t.Errorf("%s: %v, %v", name, file, err)
			}
		}
	})
}
