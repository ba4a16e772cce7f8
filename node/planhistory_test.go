package node

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"disconode/node/store/storetest"
	"disconode/valueflows"
	"disconode/valueflows/jsonld"
)

// Whatever two LABs state, change, delete and record of plans, promises and what
// they know, allowed or not: what is refused changes nothing, and what is done
// changes what it says and no more; nothing that is there names what is not; a
// clause of which something was done stays as it was; each inverse tells what the
// records name; no quantity counts twice; and the books are sound and go round.
func TestPlanHistories(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		draws := 3
		if dsn != "" {
			draws = 2 // each makes four databases
		}
		few(t, draws, func(r *rapid.T) {
			h := newPlanHistory(t, r, dsn)
			defer h.b.node.Close()
			h.run()
		})
	})
}

// few checks a property on some draws: each fills books of its own, so that
// there are fewer than rapid makes by itself. One that fails is drawn again as
// often as it takes to find the least that fails.
func few(t *testing.T, draws int, check func(*rapid.T)) {
	t.Helper()
	failed := false
	rapid.Check(t, func(r *rapid.T) {
		if draws--; draws < 0 && !failed {
			return
		}
		before := failed
		failed = true // where the check ends here
		check(r)
		failed = before || r.Failed()
	})
}

// planHistory is a random one of the books of two LABs of one node.
type planHistory struct {
	b     *books
	t     *rapid.T
	labs  []*books
	roles map[valueflows.ID][]context.Context // of each LAB's people, by the LAB
	now   *snapshot
	done  []func() error // what was done under an idempotency key, to be done again
	keys  int
}

// drawnBy has a draw fail where the test would.
type drawnBy struct {
	testing.TB
	r *rapid.T
}

func (d drawnBy) Helper()                           {}
func (d drawnBy) Log(args ...any)                   { d.r.Log(args...) }
func (d drawnBy) Logf(format string, args ...any)   { d.r.Logf(format, args...) }
func (d drawnBy) Error(args ...any)                 { d.r.Error(args...) }
func (d drawnBy) Errorf(format string, args ...any) { d.r.Errorf(format, args...) }
func (d drawnBy) Fatal(args ...any)                 { d.r.Fatal(args...) }
func (d drawnBy) Fatalf(format string, args ...any) { d.r.Fatalf(format, args...) }

func newPlanHistory(t *testing.T, r *rapid.T, dsn string) *planHistory {
	if dsn != "" {
		dsn = storetest.Postgres(t)
	}
	first := newBooks(drawnBy{t, r}, dsn)
	lab, err := first.node.CreateLab(first.operator(), NewLab{Name: "Print", Slug: "print", Zone: "UTC", Steward: "Eve"})
	if err != nil {
		r.Fatal(err)
	}
	second := *first
	second.lab = lab.ID
	second.ctx, second.token = second.as("Eve", Steward)
	second.policy(func(l *Lab) { l.Ownership, l.Exclusive = false, false }) // anybody gives from any stock
	h := &planHistory{b: first, t: r, labs: []*books{first, &second}, roles: map[valueflows.ID][]context.Context{}}
	for _, b := range h.labs {
		h.roles[b.lab] = []context.Context{b.ctx, b.ctx, b.ctx, b.ctx, b.ctx, b.ctx}
		for _, role := range []Role{Bookkeeper, Member, Auditor} {
			ctx, _ := b.as("A "+string(role), role)
			h.roles[b.lab] = append(h.roles[b.lab], ctx)
		}
		x := newExchange(b.t, b)
		b.recordNew(valueflows.EconomicEvent{Action: "raise", Provider: x.farm, Receiver: x.farm, ResourceQuantity: kg("1000")}, valueflows.EconomicResource{ConformsTo: x.onions})
	}
	h.now = h.look()
	return h
}

func (h *planHistory) run() {
	h.t.Repeat(map[string]func(*rapid.T){
		"create a record":            h.create,
		"create one more":            h.create,
		"create a promise":           func(*rapid.T) { h.createOf(valueflows.ClassCommitment) },
		"create an intent":           func(*rapid.T) { h.createOf(valueflows.ClassIntent) },
		"change a record":            h.change,
		"change a promise":           func(*rapid.T) { h.changeOf(valueflows.ClassCommitment) },
		"delete a record":            h.delete,
		"record an event":            h.event,
		"record another":             h.event,
		"fulfil a promise":           h.fulfil,
		"fulfil another":             h.fulfil,
		"correct an event":           h.correct,
		"say what was but a name":    h.describe,
		"do again what has been":     h.again,
		"make a plan out of recipes": h.plan,
	})
	h.inverses()
	for _, b := range h.labs {
		h.counted(b)
	}
	h.b.sound()
	for _, b := range h.labs {
		b.goesRound()
	}
}

// who draws on whose behalf the next is done: mostly the steward's, who may.
func (h *planHistory) who() (*books, context.Context) {
	b := h.labs[rapid.SampledFrom([]int{0, 0, 1}).Draw(h.t, "LAB")]
	return b, WithNames(oneOf(h, "who", h.roles[b.lab]))
}

// attempt does something, and holds the books before and after to what that may
// change. It returns the refusal, or nil where it was done.
func (h *planHistory) attempt(what string, do func() error, changes func(before, after *snapshot)) error {
	before := h.now
	err := do()
	h.now = h.look()
	h.t.Logf("%s: %v", what, err)
	if err != nil {
		h.refusal(what, err)
		h.same(what+", refused", before, h.now)
		return err
	}
	h.rules(what, before, h.now)
	changes(before, h.now)
	return nil
}

// once is [planHistory.attempt], at times under an idempotency key, so that it
// can be done again.
func (h *planHistory) once(ctx context.Context, what string, do func(context.Context) error, changes func(before, after *snapshot)) error {
	keyed := rapid.IntRange(0, 3).Draw(h.t, "keyed") == 0
	if keyed {
		h.keys++
		ctx = WithIdempotencyKey(ctx, fmt.Sprintf("key %d", h.keys))
	}
	err := h.attempt(what, func() error { return do(ctx) }, changes)
	if err == nil && keyed {
		h.done = append(h.done, func() error { return do(ctx) })
	}
	return err
}

// refusal is an error that a caller can be told of.
func (h *planHistory) refusal(what string, err error) {
	var input *valueflows.InputError
	if errors.As(err, &input) {
		if input.Code == "" || input.Text == "" {
			h.t.Errorf("%s: a refusal without a code or words: %v", what, err)
		}
		return
	}
	for _, known := range []error{ErrForbidden, ErrNotFound, ErrStale, ErrInUse} {
		if errors.Is(err, known) {
			return
		}
	}
	h.t.Fatalf("%s: %v", what, err)
}

// again repeats what was done, which has no further effect.
func (h *planHistory) again(*rapid.T) {
	if len(h.done) == 0 {
		return
	}
	err := oneOf(h, "done", h.done)()
	if err != nil && !errors.Is(err, ErrNotFound) { // where it is no more, or the caller does not see it
		h.t.Errorf("what was done is refused when it is done again: %v", err)
	}
	after := h.look()
	h.same("done again", h.now, after)
}

func (h *planHistory) create(*rapid.T) { h.createOf(h.class()) }

// createOf creates a record. One that is refused is stated again without what
// the refusal names.
func (h *planHistory) createOf(class valueflows.Class) {
	b, ctx := h.who()
	record := h.draw(b, ctx, class)
	for range 3 {
		err := h.once(ctx, "create "+string(class), func(ctx context.Context) error { return actsOn[class].create(ctx, h.b.node, copied(record)) },
			func(before, after *snapshot) { h.created(class, record, before, after) })
		if !leaveOut(record, err) {
			return
		}
	}
}

// leaveOut takes from a record what a refusal names, and tells whether there was
// anything of it.
func leaveOut(record any, err error) bool {
	var input *valueflows.InputError
	if !errors.As(err, &input) || len(input.Path) == 0 {
		return false
	}
	field := reflect.ValueOf(record).Elem().FieldByName(strings.ToUpper(input.Path[0][:1]) + input.Path[0][1:])
	if !field.IsValid() || field.IsZero() {
		return false
	}
	field.SetZero()
	return true
}

func (h *planHistory) change(*rapid.T) { h.changeOf(h.class()) }

// changeOf changes some of what a record says, from its last revision or a
// former one.
func (h *planHistory) changeOf(class valueflows.Class) {
	b, ctx := h.who()
	was := h.some(b, class)
	if locked := slices.DeleteFunc(slices.Clone(h.now.list), func(record any) bool { return !h.now.isLocked(recordOf(record).ID) }); class == valueflows.ClassCommitment && len(locked) > 0 && rapid.Bool().Draw(h.t, "locked") {
		was = oneOf(h, "clause", locked)
	}
	if was == nil {
		return
	}
	class = valueflows.ClassOf(was) // of an agent, which of the three it is
	other, fields := h.draw(b, ctx, class), fieldsOf(class)
	chosen := rapid.SliceOfNDistinct(rapid.SampledFrom(fields), 1, 3, rapid.ID).Draw(h.t, "fields")
	revision, id := recordOf(was).Revision, recordOf(was).ID
	stale := h.now.former[id] != nil && h.seldom("stale")
	if stale {
		revision = oneOf(h, "revision", h.now.former[id])
	} else if rapid.Bool().Draw(h.t, "by id") {
		revision = id
	}
	set := func(record any) {
		for _, field := range chosen {
			reflect.ValueOf(record).Elem().FieldByName(field).Set(reflect.ValueOf(other).Elem().FieldByName(field))
		}
	}
	err := h.once(ctx, "change "+string(class), func(ctx context.Context) error { return actsOn[class].update(ctx, h.b.node, revision, set) },
		func(before, after *snapshot) { h.changed(id, chosen, other, before, after) })
	if stale && err == nil {
		h.t.Errorf("a %s is changed from a revision that is not the last", class)
	}
	var input *valueflows.InputError
	if errors.As(err, &input) && input.Code == "LOCKED" && !h.now.isLocked(id) {
		h.t.Errorf("a clause of which nothing was done is locked: %+v", was)
	}
}

// delete deletes a record, if nothing holds it.
func (h *planHistory) delete(*rapid.T) {
	class := h.class()
	b, ctx := h.who()
	gone := h.some(b, class)
	if gone == nil {
		return
	}
	rec := recordOf(gone)
	err := h.once(ctx, "delete "+string(class), func(ctx context.Context) error { return actsOn[class].remove(ctx, h.b.node, rec.ID) },
		func(before, after *snapshot) { h.deleted(gone, before, after) })
	if errors.Is(err, ErrInUse) && len(h.now.holding(gone)) == 0 {
		h.t.Errorf("%s %s is in use, and nothing names it", class, rec.ID)
	}
}

// describe says of something of which there was but a name what it is.
func (h *planHistory) describe(*rapid.T) {
	b, _ := h.who()
	var names []string
	for _, record := range h.now.list {
		if rec := recordOf(record); rec.Stub && strings.HasPrefix(rec.IRI, stubsAt) {
			names = append(names, rec.IRI)
		}
	}
	if len(names) == 0 {
		return
	}
	slices.Sort(names)
	iri := rapid.SampledFrom(names).Draw(h.t, "name")
	class := valueflows.ClassOf(h.now.record[valueflows.IDOf(iri)])
	says := least[string(class)]
	if len(says) == 0 {
		says = map[string]string{"name": "'Named before'"}
	}
	if class == valueflows.ClassBatchLotRecord {
		says = map[string]string{"batchLotCode": "L1"}
	}
	_ = h.attempt("describe "+iri, func() error {
		file := graph(says.yaml(strings.TrimPrefix(iri, stubsAt), string(class)))
		_, err := h.b.node.Import(b.ctx, b.lab, []jsonld.File{file}, false)
		return err
	}, func(before, after *snapshot) {
		h.onlyNew("describe "+iri, before, after, valueflows.IDOf(iri), valueflows.IDOf(iri+"#opening")) // a stock begins with an event
	})
}
