package ledger

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"disconode/valueflows"
)

// named is the id of what a test calls by a name.
func named(name string) valueflows.ID { return valueflows.IDOf("urn:test:" + name) }

var kilogram = valueflows.OMUnitID("kilogram")

// books are resources and what happens to them, counted as the node does.
type books struct {
	t         *testing.T
	resources []*valueflows.EconomicResource
	entries   []Entry
	events    map[string]*valueflows.EconomicEvent
}

func newBooks(t *testing.T) *books {
	return &books{t: t, events: map[string]*valueflows.EconomicEvent{}}
}

// stock keeps a resource of a kind, with nothing in it.
func (b *books) stock(name, kind, owner string, unit valueflows.ID) {
	b.resources = append(b.resources, &valueflows.EconomicResource{
		Record: valueflows.Record{ID: named(name)}, ConformsTo: named(kind), PrimaryAccountable: named(owner), Custodian: named(owner),
		AccountingQuantity: &valueflows.Measure{HasUnit: unit}, OnhandQuantity: &valueflows.Measure{HasUnit: unit},
	})
}

func (b *books) resource(id valueflows.ID) *valueflows.EconomicResource {
	for _, r := range b.resources {
		if r.ID == id {
			return r
		}
	}
	return nil
}

// happens records "2026-05-01 farm home transfer 5 of eggs into basket": day,
// provider, receiver, action, quantity; of and into name a resource that is
// kept or a kind; "corrects" an event by its name, which may stand first.
func (b *books) happens(text string) *valueflows.EconomicEvent {
	b.t.Helper()
	name, rest, isNamed := strings.Cut(text, ": ")
	if isNamed {
		text = rest
	}
	words := strings.Fields(text)
	at, err := valueflows.ParseTime(words[0], time.UTC)
	if err != nil {
		b.t.Fatal(err)
	}
	e := &valueflows.EconomicEvent{Provider: named(words[1]), Receiver: named(words[2]), Action: valueflows.Action(words[3]), HasPointInTime: &at}
	e.Position = int64(len(b.entries) + 1)
	if e.ID = named(fmt.Sprint("event ", e.Position)); isNamed {
		e.ID = named(name)
		b.events[name] = e
	}
	e.ResourceQuantity = &valueflows.Measure{HasNumericalValue: valueflows.MustDecimal(words[4]), HasUnit: valueflows.One}
	for words = words[5:]; len(words) >= 2; words = words[2:] {
		id := named(words[1])
		switch words[0] {
		case "of":
			if r := b.resource(id); r != nil {
				e.ResourceInventoriedAs = id
				e.ResourceQuantity.HasUnit = r.AccountingQuantity.HasUnit
			} else {
				e.ResourceConformsTo = id
			}
		case "into":
			e.ToResourceInventoriedAs = id
			e.ResourceQuantity.HasUnit = b.resource(id).AccountingQuantity.HasUnit
		case "from":
			e.OutputOf = id
		case "in":
			e.InputOf = id
		case "corrects":
			e.Corrects = id
		default:
			b.t.Fatal(words[0])
		}
	}
	if valueflows.Actions[e.Action].EventQuantity == "effort" {
		e.EffortQuantity, e.ResourceQuantity = e.ResourceQuantity, nil
	}
	if !e.Corrects.IsZero() {
		for _, other := range b.entries {
			if other.Event.ID == e.Corrects {
				e.ResourceQuantity.HasUnit = other.Event.ResourceQuantity.HasUnit
				if err := e.CheckCorrection(other.Event); err != nil {
					b.t.Fatal(err)
				}
			}
		}
	}
	if err := e.Check(); err != nil {
		b.t.Fatal(text, err)
	}
	b.apply(e)
	return e
}

// apply counts an event on the resources and remembers how.
func (b *books) apply(e *valueflows.EconomicEvent) {
	s := valueflows.Scene{From: b.resource(e.ResourceInventoriedAs), To: b.resource(e.ToResourceInventoriedAs)}
	for _, other := range b.entries {
		if other.Event.ID == e.Corrects {
			custody := other.Custody
			s.Custody = &custody
		}
	}
	custody := e.Custody(s)
	if err := e.Apply(s); err != nil {
		b.t.Fatal(e.Action, err)
	}
	b.entries = append(b.entries, Entry{e, custody})
}

func (b *books) all(lines string) *books {
	b.t.Helper()
	for _, line := range strings.Split(strings.TrimSpace(lines), "\n") {
		b.happens(strings.TrimSpace(line))
	}
	return b
}

// ledger is that of the books, from entries in another order than they came in.
func (b *books) ledger() *Ledger {
	b.t.Helper()
	entries := slices.Clone(b.entries)
	slices.Reverse(entries)
	l, err := Of(b.resources, entries)
	if err != nil {
		b.t.Fatal(err)
	}
	return l
}

// day is when a day begins.
func day(text string) valueflows.Instant {
	t, err := valueflows.ParseTime(text+"T00:00:00Z", time.UTC)
	if err != nil {
		panic(err)
	}
	return t.Instant
}

// is compares lines with what was worked out by hand.
func is(t *testing.T, what string, got []string, want string) {
	t.Helper()
	var lines []string
	for _, line := range strings.Split(strings.TrimSpace(want), "\n") {
		lines = append(lines, strings.TrimSpace(line))
	}
	for i := range got {
		got[i] = strings.TrimSpace(got[i])
	}
	if strings.Join(got, "\n") != strings.Join(lines, "\n") {
		t.Errorf("%s:\n%s\nand should be\n%s", what, strings.Join(got, "\n"), strings.Join(lines, "\n"))
	}
}

func code(err error) string {
	var input *valueflows.InputError
	if errors.As(err, &input) {
		return input.Code
	}
	return ""
}

// names are what the ids of these tests stand for.
var names = func() map[valueflows.ID]string {
	all := map[valueflows.ID]string{valueflows.One: "one", valueflows.Hour: "hour", kilogram: "kilogram"}
	for _, name := range strings.Fields("farm home mill shop library reader tomato flour book dollar picking hauling seeds shed store cash purse novel ada") {
		all[named(name)] = name
	}
	return all
}()

func name(id valueflows.ID) string { return names[id] }

// farm is a season: the farm counts 10 kg in the shed, harvests 20.5, of which
// 2 are found to be wrong a day later; uses 4 up, sells 12 to the shop for 30
// in cash and 6 that no account was named for; moves 5 between two stores of its
// own; and pays 8 to Ada, who picked for 3 hours.
func farm(t *testing.T) *books {
	b := newBooks(t)
	b.stock("shed", "tomato", "farm", kilogram)
	b.stock("store", "tomato", "farm", kilogram)
	b.stock("cash", "dollar", "farm", valueflows.One)
	return b.all(`
		2026-05-01 farm farm raise 10 of shed
		harvest: 2026-05-02 farm farm produce 20.5 of shed from picking
		2026-05-03 farm farm produce -2 corrects harvest
		2026-05-04 farm farm consume 4 of shed in cooking
		2026-05-05 farm shop transfer 12 of shed
		2026-05-05 shop farm transfer 30 of dollar into cash
		2026-05-06 shop farm transfer 6 of dollar
		2026-05-07 farm farm move 5 of shed into store
		2026-05-08 farm ada transfer 8 of cash
		2026-05-02 ada farm work 3 in picking of picking`)
}

// The shed: 10, then 30.5, then 28.5, 24.5, 12.5 and 7.5.
func TestAccountFarm(t *testing.T) {
	l := farm(t).ledger()
	told := func(a *Account) (lines []string) {
		for _, line := range a.Lines {
			lines = append(lines, fmt.Sprintf("%s %s %s = %s %s %s", line.Event.HasPointInTime.String()[:10], line.Event.Action, line.Change.Accounting, line.Balance.Accounting, line.Balance.Onhand, name(line.Counterparty)))
		}
		return lines
	}
	whole, err := l.Account(named("shed"), 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	is(t, "the shed", told(whole), `
		2026-05-01 raise 10 = 10 10
		2026-05-02 produce 20.5 = 30.5 30.5
		2026-05-03 produce -2 = 28.5 28.5
		2026-05-04 consume -4 = 24.5 24.5
		2026-05-05 transfer -12 = 12.5 12.5 shop
		2026-05-07 move -5 = 7.5 7.5 `)
	part, err := l.Account(named("shed"), day("2026-05-03"), day("2026-05-05"))
	if err != nil {
		t.Fatal(err)
	}
	is(t, "two days", told(part), `
		2026-05-03 produce -2 = 28.5 28.5
		2026-05-04 consume -4 = 24.5 24.5 `)
	if part.Opening.Accounting.String() != "30.5" || part.Closing.Accounting.String() != "24.5" || part.Unit != kilogram {
		t.Errorf("%+v", part)
	}
	if _, err := l.Account(named("nothing"), 0, 0); code(err) != "UNKNOWN_RESOURCE" {
		t.Error(err)
	}
}

// A book is lent, read by two, and comes home: accounted for throughout, on
// hand 1, 0, 0, 0, 1.
func TestAccountLibrary(t *testing.T) {
	b := newBooks(t)
	b.stock("novel", "book", "library", valueflows.One)
	b.all(`
		2026-05-01 library library raise 1 of novel
		2026-05-02 library reader transferCustody 1 of novel
		2026-05-03 reader ada transferCustody 1 of novel
		2026-05-04 ada library transferCustody 1 of novel`)
	a, err := b.ledger().Account(named("novel"), 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, line := range a.Lines {
		got = append(got, fmt.Sprint(line.Change.Onhand, " = ", line.Balance.Accounting, " ", line.Balance.Onhand))
	}
	is(t, "the book", got, "1 = 1 1\n-1 = 1 0\n1 = 1 1")
}
