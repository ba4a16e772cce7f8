package flow

import (
	"slices"
	"strings"
	"testing"

	"disconode/valueflows"
)

// rollupTestRecipes keeps recipe flows in memory.
type rollupTestRecipes struct {
	flows     []*valueflows.RecipeFlow
	processes map[valueflows.ID]*valueflows.RecipeProcess
	asked     int
}

// recipes reads recipe flows, one a line: "in bake consume 2 kg flour @milled
// =fresh", "out bake produce 3 loaf", "clause buy transfer 5 kg flour", "return
// buy transfer 4 dollar"; and "stage bake baked" for what a process is based on.
func recipes(lines string) *rollupTestRecipes {
	r := &rollupTestRecipes{processes: map[valueflows.ID]*valueflows.RecipeProcess{}}
	for at, line := range strings.Split(strings.TrimSpace(lines), "\n") {
		words := strings.Fields(line)
		id := named(words[1])
		if words[0] == "stage" {
			r.processes[id] = &valueflows.RecipeProcess{Record: valueflows.Record{ID: id}, ProcessConformsTo: named(words[2])}
			continue
		}
		f := &valueflows.RecipeFlow{Action: valueflows.Action(words[2])}
		f.ID = valueflows.ID{0xff, byte(at)}
		map[string]func(){
			"in": func() { f.RecipeInputOf = id }, "out": func() { f.RecipeOutputOf = id },
			"clause": func() { f.RecipeClauseOf = id }, "return": func() { f.RecipeReciprocalClauseOf = id },
		}[words[0]]()
		q := words[3]
		if _, isUnit := units[words[4]]; isUnit {
			q, words = q+" "+words[4], words[1:]
		}
		if f.ResourceQuantity = measure(q); valueflows.Actions[f.Action].EventQuantity != "resource" {
			f.EffortQuantity, f.ResourceQuantity = f.ResourceQuantity, nil
		}
		f.ResourceConformsTo = named(words[4])
		for _, word := range words[5:] {
			if stage, ok := strings.CutPrefix(word, "@"); ok {
				f.Stage = named(stage)
			} else {
				f.State = valueflows.Text(strings.TrimPrefix(word, "="))
			}
		}
		r.flows = append(r.flows, f)
	}
	return r
}

func (r *rollupTestRecipes) which(is func(*valueflows.RecipeFlow) bool) (list []*valueflows.RecipeFlow, err error) {
	r.asked++
	for _, f := range r.flows {
		if is(f) {
			list = append(list, f)
		}
	}
	return list, nil
}

func (r *rollupTestRecipes) FlowsOf(specifications []valueflows.ID) ([]*valueflows.RecipeFlow, error) {
	return r.which(func(f *valueflows.RecipeFlow) bool {
		return slices.Contains(specifications, f.ResourceConformsTo) &&
			!(f.RecipeOutputOf.IsZero() && f.RecipeClauseOf.IsZero() && f.RecipeReciprocalClauseOf.IsZero())
	})
}

func (r *rollupTestRecipes) Processes(ids []valueflows.ID) (list []*valueflows.RecipeProcess, err error) {
	for _, id := range ids {
		if r.processes[id] != nil {
			list = append(list, r.processes[id])
		}
	}
	return list, nil
}

func (r *rollupTestRecipes) FlowsIn(processes, exchanges []valueflows.ID) ([]*valueflows.RecipeFlow, error) {
	return r.which(func(f *valueflows.RecipeFlow) bool {
		in := func(ids []valueflows.ID, id valueflows.ID) bool { return !id.IsZero() && slices.Contains(ids, id) }
		return in(processes, f.RecipeInputOf) || in(processes, f.RecipeOutputOf) || in(exchanges, f.RecipeClauseOf) || in(exchanges, f.RecipeReciprocalClauseOf)
	})
}

func (r *rollupTestRecipes) worth(t *testing.T, list PriceList, specification string, o RollupOptions, want string) *Rollup {
	t.Helper()
	got, err := RollupStandard(r, list, named(specification), o)
	if err != nil {
		t.Fatal(err)
	}
	adds(t, got)
	if value, err := got.PerUnit(2); err != nil || value.String() != want {
		t.Errorf("one %s is worth %s (%v), want %s\n%s", specification, value, err, want, told(got.Lines))
	}
	return got
}

// The bread of TestRollupBread as it should be. Flour comes by an exchange, 50
// kg for 40.00: 0.80 a kilogram. A loaf's recipe makes 60 of 42 kg = 33.60, 90
// minutes at 20.00 = 30.00, 2 h of oven at 4.00 = 8.00, a recipe cited at 6.00,
// and a method cited at 5 % of these 77.60 = 3.88: 81.48, and 1.358 each. A
// sandwich takes 2 loaves of 10, a fifth of 13.58 = 2.716, and 6 minutes at
// 20.00 = 2.00: 4.716.
func TestRollupStandardBread(t *testing.T) {
	r := recipes(`
		clause buy transfer 50 kg flour
		return buy transfer 40 dollar
		in bake consume 42 kg flour
		in bake work 90 min baking
		in bake use 2 h oven
		in bake cite 1 recipe
		in bake cite 1 method
		out bake produce 60 loaf
		in serve consume 2 loaf
		in serve work 6 min serving
		out serve produce 1 sandwich`)
	list := priced(`
		work 20 h
		use oven 4 h
		cite recipe 6
		cite method 5%
		flour 3 kg`)
	loaf := r.worth(t, list, "loaf", RollupOptions{}, "1.36")
	if loaf.UnitValue.FloatString(5) != "1.35800" {
		t.Error(loaf.UnitValue)
	}
	isTold(t, r.worth(t, list, "sandwich", RollupOptions{}, "4.72").Lines, `
		made produce 1 = 1179/250
		.taken consume 2 = 679/250
		..taken consume 7/5 = 28/25
		...paid transfer 28/25 = 28/25
		..worked work 1/20 = 1
		..used use 1/15 = 4/15
		..cited cite 1/30 = 1/5
		..cited cite 1/30 = 97/750
		.worked work 1/10 = 2`)
}

// A chair's workflow: made of wood for 12 and 2 h, sanded 1 h, painted 3 h and
// paint for 8, at 10 an hour: 32, 42, 80. What a used jig cost explains its use.
func TestRollupStandardStages(t *testing.T) {
	r := recipes(`
		stage make made
		stage sand sanded
		stage paint painted
		in make consume 2 wood
		in make work 2 h skill
		out make produce 1 chair
		in sand accept 1 chair @made
		in sand work 1 h skill
		out sand modify 1 chair
		in paint accept 1 chair @sanded
		in paint work 3 h skill
		in paint consume 1 paint
		in paint use 1 h jig
		out paint modify 1 chair
		in tools work 4 h skill
		out tools produce 1 jig`)
	list := priced("work 10 h\nwood 6\npaint 6\nuse jig 2 h")
	for stage, want := range map[string]string{"made": "32.00", "sanded": "42.00", "painted": "80.00"} {
		r.worth(t, list, "chair", RollupOptions{Stage: named(stage)}, want)
	}
	isTold(t, r.worth(t, list, "chair", RollupOptions{}, "80.00").Lines, `
		made modify 1 = 80
		.taken accept 1 = 42
		..taken accept 1 = 32
		...taken consume 2 = 12
		...worked work 2 = 20
		..worked work 1 = 10
		.worked work 3 = 30
		.taken consume 1 = 6
		.used use 1 = 2
		..worked work 1/5 = 2`)
	if _, err := RollupStandard(r, list, named("chair"), RollupOptions{Stage: named("sold")}); code(err) != "NOT_AT_STAGE" {
		t.Error(err)
	}
}

// Several recipes make one thing: the one that is chosen counts, else the first,
// and the line says of how many. What nothing makes is at its price, or named.
func TestRollupStandardChoice(t *testing.T) {
	r := recipes(`
		in hand work 3 h skill
		out hand produce 1 cup
		in mill work 1 h skill
		in mill consume 1 kg clay
		out mill produce 2 cup
		in fill consume 1 cup
		in fill consume 1 mystery
		out fill produce 1 gift`)
	list := priced("work 10 h\nclay 4 kg")
	r.worth(t, list, "cup", RollupOptions{Choose: []valueflows.ID{named("hand")}}, "30.00")
	r.worth(t, list, "cup", RollupOptions{Choose: []valueflows.ID{named("mill")}}, "7.00")
	either, err := RollupStandard(r, list, named("cup"), RollupOptions{})
	if err != nil || !strings.Contains(either.Lines[0].Why, "the first of 2") {
		t.Errorf("%+v, %v", either, err)
	}
	gift := r.worth(t, list, "gift", RollupOptions{Choose: []valueflows.ID{named("mill")}}, "7.00")
	if len(gift.Unpriced) != 1 || gift.Unpriced[0].Specification != named("mystery") {
		t.Error(told(gift.Lines))
	}
	r.worth(t, list, "clay", RollupOptions{}, "4.00")
	if none := r.worth(t, list, "air", RollupOptions{}, "0.00"); len(none.Unpriced) != 1 {
		t.Error(told(none.Lines))
	}
	// Clay of broken cups: those made by hand, 30 and an hour; else it goes round.
	const reclaim = "\nin reclaim consume 1 cup\nin reclaim work 1 h skill\nout reclaim produce 1 kg clay"
	const mill = "in mill work 1 h skill\nin mill consume 1 kg clay\nout mill produce 2 cup"
	const hand = "\nin hand work 3 h skill\nout hand produce 1 cup"
	choice := RollupOptions{Choose: []valueflows.ID{named("mill")}}
	recipes(mill+hand+reclaim).worth(t, list, "cup", choice, "25.00")
	if round := recipes(mill+reclaim).worth(t, list, "cup", choice, "10.00"); len(round.Circular) != 1 {
		t.Error(told(round.Lines))
	}
}
