package node

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"disconode/valueflows"
	"disconode/valueflows/flow"
)

func price(specification valueflows.ID, action valueflows.Action, unit valueflows.ID, value string) flow.Price {
	return flow.Price{Specification: specification, Action: action, Unit: unit, Value: valueflows.MustDecimal(value)}
}

func (b *books) worth(r *Rollup, err error, want string) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
	each, err := r.PerUnit(2)
	if err != nil || each.String() != want {
		b.t.Errorf("it is worth %s each, %v, want %s", each, err, want)
	}
}

func parts(r *Rollup) (lines []string) {
	for _, line := range r.Parts {
		lines = append(lines, fmt.Sprintf("%s %s %s", line.Kind, line.Action, line.Value.RatString()))
	}
	slices.Sort(lines)
	return lines
}

// The published figures of NRP (COOPERATIVES.md 2.3) by the books: two
// consumables cost 100 and 20 of expenses in one agreement, so 60 each; a child is
// made of one and an hour of work at 25, so 85; the parent of the child and of an
// hour of each of two tools, at 10 and 50: 145. The household pays 30 of its 100
// ahead for the two by fulfilling a clause, and what was paid too much is mended.
// An hour of care for people in the same process is no part of it.
func TestWorthNRP(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		shop, supplier, carrier := b.organization("Workshop"), b.organization("Supplier"), b.organization("Carrier")
		bea, _ := b.as("Bea", Member)
		worker := PrincipalOf(bea).User
		kind := map[string]valueflows.ID{}
		for _, name := range []string{"dollar", "child", "parent", "usable", "community", "consumable", "skill", "freight"} {
			kind[name] = b.specification(name)
		}
		stock := func(action valueflows.Action, name, q string, e valueflows.EconomicEvent) valueflows.ID {
			e.Action, e.Receiver, e.ResourceQuantity = action, shop, coins(q)
			if e.Provider.IsZero() {
				e.Provider = shop
			}
			created := valueflows.EconomicResource{ConformsTo: kind[name], Name: valueflows.Text(name)}
			if action == "transfer" {
				e.ResourceConformsTo, created.ConformsTo = kind[name], valueflows.ID{}
			}
			return b.recordNew(e, created)
		}
		pay := func(to valueflows.ID, q string, e valueflows.EconomicEvent) *valueflows.EconomicEvent {
			e.Action, e.Provider, e.Receiver, e.ResourceConformsTo, e.ResourceQuantity = "transfer", shop, to, kind["dollar"], coins(q)
			return b.record(e)
		}
		usable, community := stock("raise", "usable", "1", valueflows.EconomicEvent{}), stock("raise", "community", "1", valueflows.EconomicEvent{})
		deal := made(t, b.ctx, b.node, valueflows.Agreement{Name: "consumables"})
		owed := made(t, b.ctx, b.node, valueflows.Commitment{Planned: valueflows.Planned{Action: "transfer", Provider: shop, Receiver: supplier, ResourceConformsTo: kind["dollar"], ResourceQuantity: coins("100")}, ReciprocalClauseOf: deal})
		consumable := stock("transfer", "consumable", "2", valueflows.EconomicEvent{Provider: supplier, RealizationOf: deal})
		b.record(valueflows.EconomicEvent{Action: "deliverService", Provider: carrier, Receiver: shop, ResourceConformsTo: kind["freight"], ResourceQuantity: coins("1"), RealizationOf: deal})
		paid := pay(supplier, "35", valueflows.EconomicEvent{Fulfills: []valueflows.ID{owed}})
		pay(carrier, "20", valueflows.EconomicEvent{ReciprocalRealizationOf: deal})
		b.record(valueflows.EconomicEvent{Action: "transfer", Corrects: paid.ID, ResourceQuantity: coins("-5")})
		child, parent := b.process("make child"), b.process("make parent")
		into := func(process, resource valueflows.ID, e valueflows.EconomicEvent) {
			e.Receiver, e.InputOf, e.ResourceInventoriedAs = shop, process, resource
			if e.Provider.IsZero() {
				e.Provider = shop
			}
			b.record(e)
		}
		into(child, valueflows.ID{}, valueflows.EconomicEvent{Action: "work", Provider: worker, ResourceConformsTo: kind["skill"], EffortQuantity: hours("1")})
		if _, _, err := b.node.RecordEvent(bea, &valueflows.EconomicEvent{Action: "work", Provider: worker, Receiver: worker, InputOf: child, ResourceConformsTo: kind["skill"],
			EffortQuantity: hours("1"), Stream: valueflows.CarePeople}, nil); err != nil {
			t.Fatal(err)
		}
		into(child, consumable, valueflows.EconomicEvent{Action: "consume", ResourceQuantity: coins("1")})
		childStock := stock("produce", "child", "1", valueflows.EconomicEvent{OutputOf: child})
		into(parent, usable, valueflows.EconomicEvent{Action: "use", EffortQuantity: hours("1")})
		into(parent, community, valueflows.EconomicEvent{Action: "use", EffortQuantity: hours("1")})
		into(parent, childStock, valueflows.EconomicEvent{Action: "consume", ResourceQuantity: coins("1")})
		parentStock := stock("produce", "parent", "1", valueflows.EconomicEvent{OutputOf: parent})

		list := PriceList{Currency: kind["dollar"], Prices: []flow.Price{
			price(kind["skill"], "work", valueflows.Hour, "25"), price(kind["usable"], "use", valueflows.Hour, "10"), price(kind["community"], "use", valueflows.Hour, "50"),
		}}
		r, err := b.node.RollUp(b.ctx, parentStock, list, RollupOptions{})
		b.worth(r, err, "145.00")
		// half of 30 paid, of 70 owed, and of 20 for the freight
		b.is("its parts", parts(r), `
			owed transfer 35
			paid transfer 10
			paid transfer 15
			used use 10
			used use 50
			worked work 25`)
		again, err := b.node.RollUp(bea, parentStock, list, RollupOptions{})
		b.worth(again, err, "145.00") // to who cared, too
		r, err = b.node.RollUp(b.ctx, childStock, list, RollupOptions{})
		b.worth(r, err, "85.00")

		_, err = b.node.RollUp(b.ctx, parentStock, list, RollupOptions{RecordsMax: 3})
		b.refused(err, "TOO_MUCH", "more than is read")
		_, err = b.node.RollUp(b.ctx, parentStock, PriceList{Prices: make([]flow.Price, pricesMax+1)}, RollupOptions{})
		b.refused(err, "TOO_MUCH", "a long price list")
		if _, err := b.node.RollUp(b.ctx, shop, list, RollupOptions{}); err != ErrNotFound {
			t.Errorf("of no resource: %v", err)
		}
		if _, err := b.node.RollUp(t.Context(), parentStock, list, RollupOptions{}); err != ErrForbidden {
			t.Errorf("to the public: %v", err)
		}
	})
}

// Bread by its recipe: 0.5 kg of flour, milled of 1.2 kg of grain at 0.75 with
// 6 minutes of milling at 20 for 1 kg, so 0.90 + 2.00 = 2.90 a kilogram; and a
// quarter of an hour of baking at 24, for 2 loaves: (1.45 + 6) / 2 = 3.725.
func TestWorthRecipe(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		kind := map[string]valueflows.ID{}
		for _, name := range []string{"dollar", "loaf", "flour", "grain", "baking", "milling"} {
			kind[name] = b.specification(name)
		}
		bake := made(t, b.ctx, b.node, valueflows.RecipeProcess{Name: "bake"})
		mill := made(t, b.ctx, b.node, valueflows.RecipeProcess{Name: "mill"})
		flow := func(f valueflows.RecipeFlow, action valueflows.Action, name string, resource, effort *valueflows.Measure) {
			f.Action, f.ResourceConformsTo, f.ResourceQuantity, f.EffortQuantity = action, kind[name], resource, effort
			made(t, b.ctx, b.node, f)
		}
		flow(valueflows.RecipeFlow{RecipeOutputOf: bake}, "produce", "loaf", coins("2"), nil)
		flow(valueflows.RecipeFlow{RecipeInputOf: bake}, "consume", "flour", kg("0.5"), nil)
		flow(valueflows.RecipeFlow{RecipeInputOf: bake}, "work", "baking", nil, hours("0.25"))
		flow(valueflows.RecipeFlow{RecipeOutputOf: mill}, "produce", "flour", kg("1"), nil)
		flow(valueflows.RecipeFlow{RecipeInputOf: mill}, "consume", "grain", kg("1.2"), nil)
		flow(valueflows.RecipeFlow{RecipeInputOf: mill}, "work", "milling", nil, hours("0.1"))
		bread := made(t, b.ctx, b.node, valueflows.Recipe{Name: "bread", PrimaryOutput: kind["loaf"], RecipeIncludes: []valueflows.ID{bake, mill}})
		list := PriceList{Currency: kind["dollar"]}
		list.Prices = append(list.Prices, price(kind["grain"], "", kilogram, "0.75"), price(kind["milling"], "work", valueflows.Hour, "20"), price(kind["baking"], "work", valueflows.Hour, "24"))
		for id, rollUp := range map[valueflows.ID]func(context.Context, valueflows.ID, PriceList, RollupOptions) (*Rollup, error){kind["loaf"]: b.node.SpecificationRollUp, bread: b.node.RecipeRollUp} {
			r, err := rollUp(b.ctx, id, list, RollupOptions{})
			b.worth(r, err, "3.73")
			if r.Total.RatString() != "149/40" || len(r.Unpriced) > 0 {
				t.Errorf("a loaf is worth %s, not priced is %v", r.Total.RatString(), r.Unpriced)
			}
		}
		r, err := b.node.SpecificationRollUp(b.ctx, kind["flour"], list, RollupOptions{})
		b.worth(r, err, "2.90")
		unnamed := made(t, b.ctx, b.node, valueflows.Recipe{Name: "of nothing"})
		_, err = b.node.RecipeRollUp(b.ctx, unnamed, list, RollupOptions{})
		b.refused(err, "REQUIRED", "a recipe of nothing")
		_, err = b.node.RecipeRollUp(b.ctx, kind["loaf"], list, RollupOptions{})
		b.refused(err, "WRONG_CLASS", "a specification as a recipe")
		_, err = b.node.SpecificationRollUp(b.ctx, bread, list, RollupOptions{})
		b.refused(err, "WRONG_CLASS", "a recipe as a specification")
		_, err = b.node.RollUp(b.ctx, bread, list, RollupOptions{})
		b.refused(err, "WRONG_CLASS", "a recipe as a resource")
		if _, err := b.node.SpecificationRollUp(b.ctx, b.lab, list, RollupOptions{}); err != ErrNotFound {
			t.Errorf("of what is neither: %v", err)
		}
		partner := WithPrincipal(t.Context(), Principal{Lab: b.lab, Role: Partner})
		if _, err := b.node.SpecificationRollUp(partner, kind["loaf"], list, RollupOptions{}); err != ErrForbidden {
			t.Errorf("to a partner: %v", err)
		}
	})
}

// A roll-up reads level by level: as many statements for one harvest as for
// forty, more only where more is behind.
func TestWorthStatements(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		farm, grain := b.organization("Farm"), b.specification("Grain")
		silo := b.recordNew(valueflows.EconomicEvent{Action: "raise", Provider: farm, Receiver: farm, ResourceQuantity: kg("1")}, valueflows.EconomicResource{ConformsTo: grain})
		deal := made(t, b.ctx, b.node, valueflows.Agreement{Name: "grain"})
		grow := func() {
			p := b.process("growing")
			b.record(valueflows.EconomicEvent{Action: "work", Provider: farm, Receiver: farm, InputOf: p, EffortQuantity: hours("1")})
			b.record(valueflows.EconomicEvent{Action: "produce", Provider: farm, Receiver: farm, OutputOf: p, ResourceInventoriedAs: silo, ResourceQuantity: kg("1")})
			b.record(valueflows.EconomicEvent{Action: "transfer", Provider: b.lab, Receiver: farm, ToResourceInventoriedAs: silo, ResourceQuantity: kg("1"), RealizationOf: deal})
		}
		grow()
		counted := func() int64 {
			ctx, n := CountStatements(b.ctx)
			r, err := b.node.RollUp(ctx, silo, PriceList{Prices: []flow.Price{{Action: "work", Unit: valueflows.Hour, Value: valueflows.MustDecimal("20")}}}, RollupOptions{})
			if err != nil {
				t.Fatal(err)
			}
			if len(r.Unpriced) == 0 || !strings.Contains(fmt.Sprint(parts(r)), "worked work") {
				t.Errorf("%v", parts(r))
			}
			return n.Load()
		}
		few := counted()
		for range 40 {
			grow()
		}
		if many := counted(); few != many || few > 25 {
			t.Errorf("%d statements of one harvest, %d of forty more", few, many)
		}
	})
}
