package valueflows

import (
	"errors"
	"testing"

	"pgregory.net/rapid"
)

// Whatever happens among agents who look after what is whose: nobody's stock
// grows, shrinks or becomes another's but in an event of which its accountable
// agent is a party; nor is what somebody has in hand taken by a third.
func TestOwnershipOfHistories(t *testing.T) {
	changed := map[Action]bool{}
	rapid.Check(t, func(t *rapid.T) {
		h := newHistory(t)
		for range rapid.IntRange(50, 150).Draw(t, "events") {
			e, s := h.event()
			if s.From != nil && rapid.Bool().Draw(t, "the giver's") {
				e.Provider = s.From.PrimaryAccountable
			}
			if s.To != nil && rapid.Bool().Draw(t, "the taker's") {
				e.Receiver = s.To.PrimaryAccountable
			}
			if e.Check() != nil {
				continue
			}
			before := h.copies()
			if err := e.CheckOwnership(s); err != nil {
				var input *InputError
				if !errors.As(err, &input) || input.Code != "NOT_ACCOUNTABLE" && input.Code != "NOT_CUSTODIAN" || len(input.Path) != 1 {
					t.Fatalf("%s: %v", e.Action, err)
				}
				continue
			}
			if e.Apply(s) != nil {
				continue
			}
			for i, was := range before {
				is := h.stocks[i]
				party := e.Provider == was.PrimaryAccountable || e.Receiver == was.PrimaryAccountable
				if !is.AccountingQuantity.Equal(was.AccountingQuantity) || is.PrimaryAccountable != was.PrimaryAccountable {
					if changed[e.Action] = true; !party {
						t.Fatalf("%s of %s by %s to %s changed what %s accounts for: %+v", e.Action, quantities(&was), e.Provider, e.Receiver, was.PrimaryAccountable, is)
					}
				}
				less := difference(is.OnhandQuantity, was.OnhandQuantity).Sign() < 0
				if less && !party && e.Provider != was.Custodian {
					t.Fatalf("%s by %s took what %s has in hand, of %s", e.Action, e.Provider, was.Custodian, was.PrimaryAccountable)
				}
			}
		}
	})
	for action, b := range Actions {
		if (b.AccountingEffect != non || b.AccountableEffect != non) && !changed[action] {
			t.Errorf("%s never changed what anybody accounts for", action)
		}
	}
}
