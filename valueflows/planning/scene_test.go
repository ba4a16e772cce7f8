package planning

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"disconode/valueflows"
)

// ID is short for the tests' tables.
type ID = valueflows.ID

func dec(text string) valueflows.Decimal { return valueflows.MustDecimal(text) }

// id names a thing of the tests: its bytes are its name, so that a failure is
// readable and ids are ordered as names are.
func id(name string) (of valueflows.ID) {
	if name == "" {
		return of
	}
	if copy(of[:], name) < len(name) {
		panic("a name has at most 16 letters: " + name)
	}
	return of
}

func name(of valueflows.ID) string { return strings.TrimRight(string(of[:]), "\x00") }

// numbered gives new ids: #1, #2 and so on.
func numbered() func() valueflows.ID {
	n := 0
	return func() valueflows.ID { n++; return id(fmt.Sprintf("#%d", n)) }
}

// measure reads "450 kilogram"; nil for "".
func measure(text string) *valueflows.Measure {
	if text == "" {
		return nil
	}
	number, unit, _ := strings.Cut(text, " ")
	if unit == "minute" || unit == "second" {
		unit += "-Time"
	}
	return &valueflows.Measure{HasNumericalValue: valueflows.MustDecimal(number), HasUnit: valueflows.OMUnitID(unit)}
}

func written(m *valueflows.Measure) string {
	if m == nil {
		return "?"
	}
	return m.HasNumericalValue.Normal().String() + " " + strings.TrimSuffix(valueflows.OMUnit(m.HasUnit).OMUnitIdentifier, "-Time")
}

// moment reads a time such as 2019-04-08T17:00Z; nil for "".
func moment(text string) *valueflows.Time {
	if text == "" {
		return nil
	}
	t, err := valueflows.ParseTime(text, time.UTC)
	if err != nil {
		panic(err)
	}
	return &t
}

func at(text string) valueflows.Instant { return moment(text).Instant }

// kind reads "bucket", "bucket/make" with a stage, "bucket/test/pass" with a state.
func kind(text string) Kind {
	parts := append(strings.Split(text, "/"), "", "")
	return Kind{id(parts[0]), id(parts[1]), valueflows.Text(parts[2])}
}

// process adds a recipe process, based on a process specification of its name,
// with flows such as "consume 450 kilogram polymer" and "use 5.5 hour machine".
// A last word after the thing names the exchange that the flow is a clause of.
func (b *Books) process(name, duration string, inputs, outputs []string) {
	b.RecipeProcesses = append(b.RecipeProcesses, &valueflows.RecipeProcess{
		Record: valueflows.Record{ID: id(name)}, Name: name, ProcessConformsTo: id(name), HasDuration: measure(duration),
	})
	for _, text := range inputs {
		b.recipeFlow(text).RecipeInputOf = id(name)
	}
	for _, text := range outputs {
		b.recipeFlow(text).RecipeOutputOf = id(name)
	}
}

// exchange adds a recipe exchange with its clauses and what is given in return.
func (b *Books) exchange(name string, clauses, reciprocals []string) {
	b.RecipeExchanges = append(b.RecipeExchanges, &valueflows.RecipeExchange{Record: valueflows.Record{ID: id(name)}, Name: name})
	for _, text := range clauses {
		b.recipeFlow(text).RecipeClauseOf = id(name)
	}
	for _, text := range reciprocals {
		b.recipeFlow(text).RecipeReciprocalClauseOf = id(name)
	}
}

func (b *Books) recipeFlow(text string) *valueflows.RecipeFlow {
	words := strings.Fields(text)
	of := kind(words[3])
	f := &valueflows.RecipeFlow{
		Record: valueflows.Record{ID: id(fmt.Sprintf("f%04d", len(b.RecipeFlows)))}, Action: valueflows.Action(words[0]),
		ResourceConformsTo: of.Specification, Stage: of.Stage, State: of.State,
	}
	quantity := measure(words[1] + " " + words[2])
	if words[2] == "hour" {
		f.EffortQuantity = quantity
	} else {
		f.ResourceQuantity = quantity
	}
	if len(words) > 4 {
		f.RecipeClauseOf = id(words[4])
	}
	b.RecipeFlows = append(b.RecipeFlows, f)
	return f
}

// stock adds a resource that is on hand.
func (b *Books) stock(name, of, quantity string) {
	k := kind(of)
	b.Stock = append(b.Stock, Stock{Resource: &valueflows.EconomicResource{
		Record: valueflows.Record{ID: id(name)}, ConformsTo: k.Specification, Stage: k.Stage, State: k.State, OnhandQuantity: measure(quantity),
	}})
}

func (b *Books) specification(name string, change func(*valueflows.ResourceSpecification)) {
	s := &valueflows.ResourceSpecification{Record: valueflows.Record{ID: id(name)}, Name: name}
	change(s)
	b.Specifications = append(b.Specifications, s)
}

func demand(of, quantity, due string) Demand {
	return Demand{Kind: kind(of), Quantity: *measure(quantity), Due: moment(due)}
}

// drafted makes a plan that must succeed, and checks that nothing is lost in it.
func drafted(t testing.TB, r Request, b Books) *Draft {
	t.Helper()
	if r.Agent.IsZero() {
		r.Agent = id("coop")
	}
	if r.Plan.IsZero() {
		r.Plan = id("plan")
	}
	d, err := Make(r, b, numbered())
	if err != nil {
		t.Fatal(err)
	}
	conserved(t, r, b, d)
	return d
}

// lines writes a draft for comparison: its processes, flows, allocations,
// surplus, shortages and notes.
func lines(d *Draft) []string {
	var all []string
	say := func(format string, args ...any) {
		all = append(all, strings.Join(strings.Fields(fmt.Sprintf(format, args...)), " "))
	}
	names := map[valueflows.ID]string{}
	for _, p := range d.Processes {
		names[p.ID] = p.Name
		say("process %s %s – %s", p.Name, clock(p.HasBeginning), clock(p.HasEnd))
	}
	call := func(id valueflows.ID) string {
		if n, ok := names[id]; ok {
			return n
		}
		return name(id)
	}
	flow := func(class string, id valueflows.ID, p *valueflows.Planned, rest string) {
		side := ""
		if !p.OutputOf.IsZero() {
			side += " out of " + call(p.OutputOf)
		}
		if !p.InputOf.IsZero() {
			side += " into " + call(p.InputOf)
		}
		what := name(p.ResourceConformsTo)
		if !p.Stage.IsZero() {
			what += "/" + name(p.Stage)
		}
		if p.State != "" {
			what += "/" + string(p.State)
		}
		var quantities []string
		for _, q := range []*valueflows.Measure{p.ResourceQuantity, p.EffortQuantity} {
			if q != nil {
				quantities = append(quantities, written(q))
			}
		}
		say("%s %s: %s→%s %s %s %s%s%s", class, name(id), name(p.Provider), name(p.Receiver), p.Action, strings.Join(quantities, ", "), what, side, rest)
	}
	for _, c := range d.Commitments {
		rest := ""
		if !c.IndependentDemandOf.IsZero() {
			rest += " for " + name(c.IndependentDemandOf)
		}
		if !c.ClauseOf.IsZero() {
			rest += " clause of " + name(c.ClauseOf)
		}
		if !c.ReciprocalClauseOf.IsZero() {
			rest += " in return by " + name(c.ReciprocalClauseOf)
		}
		if c.Due != nil {
			rest += " due " + clock(c.Due)
		}
		flow("commitment", c.ID, &c.Planned, rest)
	}
	for _, i := range d.Intents {
		flow("intent", i.ID, &i.Planned, " due "+clock(i.Due))
	}
	for _, a := range d.Agreements {
		say("agreement %s %s", name(a.ID), a.Name)
	}
	for _, a := range d.Allocations {
		of, to := name(a.Resource)+name(a.Flow), name(a.For)
		if to == "" {
			to = fmt.Sprintf("demand %d", a.Demand)
		}
		say("allocated %s of %s to %s", written(&a.Quantity), of, to)
	}
	for _, s := range d.Surplus {
		say("over %s %s of %s", written(&s.Quantity), name(s.Specification), name(s.Flow))
	}
	for _, s := range d.Shortages {
		var from []string
		for _, source := range s.From {
			from = append(from, name(source.Agent))
		}
		say("short %s %s by %s: %s %s", written(&s.Quantity), name(s.Specification), clock(&valueflows.Time{Instant: s.Due}), s.Reason, strings.Join(from, " "))
	}
	for _, n := range d.Notes {
		say("note %s %s", n.Code, name(n.About))
	}
	return all
}

func clock(t *valueflows.Time) string {
	if t == nil {
		return "?"
	}
	return t.Instant.Time().Format("01-02T15:04")
}

// same compares lines with a text of one a line.
func same(t *testing.T, got []string, want string) {
	t.Helper()
	var wanted []string
	for _, line := range strings.Split(strings.TrimSpace(want), "\n") {
		wanted = append(wanted, strings.TrimSpace(line))
	}
	if strings.Join(got, "\n") != strings.Join(wanted, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(wanted, "\n"))
	}
}

// failing is a test, of the standard library's or of rapid's.
type failing interface {
	Helper()
	Errorf(format string, args ...any)
}

// conserved checks, of each specification and unit, that what the plan brings
// and takes from stock and from what is scheduled is what it takes in, what is
// demanded and what is over; and that no allocation takes more than there is.
func conserved(t failing, r Request, b Books, d *Draft) {
	t.Helper()
	type of struct{ specification, unit valueflows.ID }
	sums := map[of]*valueflows.Sum{}
	count := func(specification valueflows.ID, q *valueflows.Measure, sign int64) {
		if q == nil || specification.IsZero() {
			return
		}
		q = based(q)
		key := of{specification, q.HasUnit}
		if sums[key] == nil {
			sums[key] = &valueflows.Sum{}
		}
		sums[key].Add(q.HasNumericalValue.Times(sign))
	}
	brings, needs := map[valueflows.ID]bool{}, map[valueflows.ID]bool{}
	for _, a := range d.Allocations {
		brings[a.Flow], needs[a.For] = true, true
	}
	inputs := map[valueflows.ID]*valueflows.Planned{}
	planned := func(id valueflows.ID, p *valueflows.Planned) {
		if !p.InputOf.IsZero() {
			inputs[id] = p
		}
		switch {
		case !p.OutputOf.IsZero() && (!p.InputOf.IsZero() || needs[id]): // a service: given and taken at once
		case !p.OutputOf.IsZero():
			count(p.ResourceConformsTo, p.ResourceQuantity, +1)
		case !p.InputOf.IsZero():
			if isTaken(p.Action) && !(isService(p.Action) && p.Provider != r.Agent) {
				count(p.ResourceConformsTo, p.ResourceQuantity, -1)
			}
		case brings[id]: // got from somebody
			count(p.ResourceConformsTo, p.ResourceQuantity, +1)
		case needs[id]: // given in return
			count(p.ResourceConformsTo, p.ResourceQuantity, -1)
		}
	}
	delivered := map[valueflows.ID]bool{}
	for _, c := range d.Commitments {
		planned(c.ID, &c.Planned)
		delivered[c.ID] = true
	}
	for _, i := range d.Intents {
		planned(i.ID, &i.Planned)
	}
	for i, demand := range r.Demands {
		count(demand.Specification, &demand.Quantity, -1)
		if c := d.Deliveries[i].Commitment; !c.IsZero() && c != demand.Commitment && !delivered[c] {
			t.Errorf("demand %d is delivered by %s, which is not of the draft", i, name(c))
		}
	}
	taken := map[valueflows.ID]*valueflows.Sum{}
	for _, a := range d.Allocations {
		if !a.Planned {
			kind := a.Specification
			if p := inputs[a.For]; a.Substitute && p != nil { // it says what is taken
				kind = p.ResourceConformsTo
			}
			count(kind, &a.Quantity, +1)
		}
		from := either(a.Resource, a.Flow)
		if taken[from] == nil {
			taken[from] = &valueflows.Sum{}
		}
		taken[from].Add(based(&a.Quantity).HasNumericalValue)
	}
	for _, s := range d.Surplus {
		count(s.Specification, &s.Quantity, -1)
	}
	for key, sum := range sums {
		if s := sum.String(); s != "0" && !within(r, key.specification) {
			t.Errorf("of %s the plan brings %s more than it takes", name(key.specification), s)
		}
	}
	for _, s := range b.Stock {
		fits(t, "stock "+name(s.Resource.ID), taken[s.Resource.ID], s.Resource.OnhandQuantity)
	}
	for _, o := range b.Outputs {
		fits(t, "output "+name(o.Flow), taken[o.Flow], &o.Free)
	}
	for _, c := range d.Commitments {
		if c.ResourceQuantity != nil {
			fits(t, "commitment "+name(c.ID), taken[c.ID], c.ResourceQuantity)
		}
	}
}

// based is a quantity in grams or pieces, where it can be counted in them.
func based(q *valueflows.Measure) *valueflows.Measure {
	for _, unit := range []string{"gram", "one"} {
		if in, err := q.In(valueflows.OMUnitID(unit)); err == nil {
			return &in
		}
	}
	return q
}

// within tells whether a demand of the specification was rounded up, so that
// more is delivered than was asked for.
func within(r Request, specification valueflows.ID) bool {
	_, ok := r.Scales[specification]
	return ok
}

func fits(t failing, what string, taken *valueflows.Sum, there *valueflows.Measure) {
	t.Helper()
	if taken == nil {
		return
	}
	if d, err := taken.Decimal(); err != nil || d.Cmp(based(there).HasNumericalValue) > 0 {
		t.Errorf("%s: %s is taken of %s", what, taken, written(there))
	}
}
