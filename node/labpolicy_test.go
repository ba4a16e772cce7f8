package node

import (
	"errors"
	"testing"

	"disconode/valueflows"
)

// Who gives from a stock is who is accountable for it, or has it in hand; who
// gets it into a stock is who is accountable for that. A LAB can do without the
// rule, and without the one that an event says what there was in one way.
func TestLabPolicies(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		farm, shop, ann, grain := b.organization("Farm"), b.organization("Shop"), b.person("Ann"), b.specification("Grain")
		stock := func(of valueflows.ID) valueflows.ID {
			return b.recordNew(valueflows.EconomicEvent{Action: "raise", Provider: of, Receiver: of, ResourceQuantity: kg("10")}, valueflows.EconomicResource{ConformsTo: grain})
		}
		sacks, shelf, lent, emptied := stock(farm), stock(shop), stock(farm), stock(shop)
		b.record(valueflows.EconomicEvent{Action: "lower", Provider: shop, Receiver: shop, ResourceInventoriedAs: emptied, ResourceQuantity: kg("10")})
		b.record(valueflows.EconomicEvent{Action: "transferCustody", Provider: farm, Receiver: ann, ResourceInventoriedAs: lent, ResourceQuantity: kg("10")})
		process := b.process("Milling")
		tests := []struct {
			what, code, path string
			event            valueflows.EconomicEvent
		}{
			{"what another accounts for is given away", "NOT_ACCOUNTABLE", "provider",
				valueflows.EconomicEvent{Action: "transfer", Provider: ann, Receiver: shop, ResourceInventoriedAs: sacks}},
			{"what another accounts for is used up", "NOT_ACCOUNTABLE", "provider",
				valueflows.EconomicEvent{Action: "consume", Provider: shop, Receiver: shop, InputOf: process, ResourceInventoriedAs: sacks}},
			{"what another has in hand is picked up", "NOT_CUSTODIAN", "provider",
				valueflows.EconomicEvent{Action: "pickup", Provider: shop, Receiver: shop, InputOf: process, ResourceInventoriedAs: sacks}},
			{"more is made of another's stock", "NOT_ACCOUNTABLE", "receiver",
				valueflows.EconomicEvent{Action: "produce", Provider: farm, Receiver: farm, OutputOf: process, ResourceInventoriedAs: shelf}},
			{"a stock of another's is given to oneself", "NOT_ACCOUNTABLE", "toResourceInventoriedAs",
				valueflows.EconomicEvent{Action: "transfer", Provider: farm, Receiver: ann, ResourceInventoriedAs: sacks, ToResourceInventoriedAs: shelf}},
			{"an empty stock of another's is given to oneself", "NOT_ACCOUNTABLE", "toResourceInventoriedAs",
				valueflows.EconomicEvent{Action: "transferAllRights", Provider: farm, Receiver: ann, ResourceInventoriedAs: sacks, ToResourceInventoriedAs: emptied}},
			{"a resource and its specification", "EXCLUSIVE", "resourceConformsTo",
				valueflows.EconomicEvent{Action: "lower", Provider: farm, Receiver: farm, ResourceInventoriedAs: sacks, ResourceConformsTo: grain}},
		}
		try := func(e valueflows.EconomicEvent) error {
			e.ResourceQuantity = kg("1")
			_, _, err := b.node.RecordEvent(b.ctx, &e, nil)
			return err
		}
		for _, test := range tests {
			var input *valueflows.InputError
			if err := try(test.event); !errors.As(err, &input) || input.Code != test.code || join(input.Path) != test.path {
				t.Errorf("%s: %v, want %s at %s", test.what, err, test.code, test.path)
			}
		}
		b.holds(sacks, "10", "10")
		for what, e := range map[string]valueflows.EconomicEvent{
			"its own":             {Action: "transfer", Provider: farm, Receiver: shop, ResourceInventoriedAs: sacks, ToResourceInventoriedAs: shelf},
			"what it has in hand": {Action: "pickup", Provider: ann, Receiver: ann, InputOf: process, ResourceInventoriedAs: lent},
		} {
			if err := try(e); err != nil {
				t.Errorf("%s: %v", what, err)
			}
		}
		b.policy(func(l *Lab) { l.Ownership, l.Exclusive = false, false })
		for _, test := range tests[:3] {
			if err := try(test.event); err != nil {
				t.Errorf("%s, with the policy off: %v", test.what, err)
			}
		}
		for _, test := range tests[6:] {
			if err := try(test.event); err != nil {
				t.Errorf("%s, with the policy off: %v", test.what, err)
			}
		}
		if _, err := b.node.SetLabPolicy(b.ctx, b.lab, func(*Lab) {}); !errors.Is(err, ErrForbidden) {
			t.Errorf("a steward at the door changes policies: %v", err)
		}
		if differences, err := b.node.Rebuild(AsOperator(t.Context(), valueflows.ID{})); err != nil || len(differences) > 0 {
			t.Errorf("rebuild: %v, %v", differences, err)
		}
	})
}
