package node

import (
	"bytes"
	"testing"

	"disconode/valueflows"
)

// A recipe may say that a member of the LAB does the work: such a role is every
// node's own, and goes out and comes back by its name, whether or not somebody
// has it there.
func TestD14RoundTripOfMemberRoles(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		b.as("Mia", Member)
		for _, role := range []Role{Member, Steward} {
			makes(b, &valueflows.RecipeFlow{Action: "work", EffortQuantity: hours("1"), ProviderRole: valueflows.IDOf(roleIRI(string(role)))})
		}
		text, other := b.goesRound()
		if !bytes.Contains(text, []byte(`"@id":"urn:disconode:role:member","@type":"AgentRelationshipRole","stub":true`)) {
			t.Errorf("the role is not told by its name:\n%s", text)
		}
		other.as("Bea", Member) // the first member there
		role, err := Get[valueflows.AgentRelationshipRole](other.ctx, other.node, valueflows.IDOf(roleIRI("member")))
		if err != nil || role.Stub || role.RoleLabel != "member" {
			t.Errorf("the role there is %+v, %v", role, err)
		}
		other.sound()
	})
}
