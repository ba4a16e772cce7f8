package graph

import (
	"fmt"
	"testing"

	"disconode/node"
)

// A file tells all the bundles that it is in, the last first, and each of them
// that it holds it; which it comes out of must be said. In how many bundles it
// is changes nothing of how many statements that takes.
func TestContainers(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		c := b.as("Ada", node.Bookkeeper)
		studio, kind := c.organization("Studio"), c.kind("Thing")
		file := c.recordNew(vars{"action": "raise", "provider": studio, "receiver": studio, "resourceQuantity": of("1", kilogram), "resourceConformsTo": kind},
			vars{"currentVirtualLocation": "https://files.example/plough.step"}).good().text("createEconomicEvent.economicResource.id")
		event := func(action, container string) vars {
			e := vars{"action": action, "provider": studio, "receiver": studio, "resourceInventoriedAs": file, "resourceQuantity": of("1", kilogram)}
			if container != "" {
				e["toResourceInventoriedAs"] = container
			}
			return e
		}
		const query = `query($id: ID!) { economicResource(id: $id) { containedIn { id } containers { id contains { id } contents { edges { node { id } } } } } }`
		look := func() *reply { return c.ask(query, vars{"id": file}).good() }
		var statements []int
		var bundles []string
		for range 5 {
			bundle := c.stock(studio, kind, "1", kilogram)
			bundles = append([]string{bundle}, bundles...)
			c.record(event("combine", bundle)).good()
			r := look()
			statements = append(statements, b.statementsWith(c, query, vars{"id": file}))
			if got := r.text("economicResource.containedIn.id"); got != bundle {
				t.Errorf("contained in %s, want %s", got, bundle)
			}
			containers := r.at("economicResource.containers").([]any)
			if len(containers) != len(bundles) {
				t.Fatalf("in %v, want %v", containers, bundles)
			}
			for i, each := range containers {
				at := fmt.Sprintf("economicResource.containers.%d.", i)
				if r.text(at+"id") != bundles[i] || r.text(at+"contains.0.id") != file || r.text(at+"contents.edges.0.node.id") != file {
					t.Errorf("the container %d is %v, want %s", i, each, bundles[i])
				}
			}
		}
		if few, many := statements[1], statements[4]; many > few {
			t.Errorf("%d statements for 2 containers, %d for 5", few, many)
		}
		c.record(event("separate", "")).refused("AMBIGUOUS_CONTAINER", "event.toResourceInventoriedAs")
		c.record(event("combine", file)).good() // nothing is put into itself
		c.ask(`mutation($id: ID!) { updateEconomicResource(resource: {id: $id, currentVirtualLocation: null}) { economicResource { id } } }`, vars{"id": file}).
			refused("SEVERAL_CONTAINERS", "resource.currentVirtualLocation")
		for i, bundle := range bundles {
			c.record(event("separate", bundle)).good()
			if left := look().at("economicResource.containers").([]any); len(left) != len(bundles)-i-1 {
				t.Errorf("left in %v", left)
			}
		}
		if got := look().at("economicResource.containedIn"); got != nil || c.onhand(file) != "1" {
			t.Errorf("in %v with %s on hand", got, c.onhand(file))
		}

		inner, outer := c.stock(studio, kind, "1", kilogram), c.stock(studio, kind, "1", kilogram)
		into := func(thing, container string) vars {
			e := event("combine", container)
			e["resourceInventoriedAs"] = thing
			return e
		}
		c.record(into(inner, outer)).good()
		c.record(into(outer, inner)).refused("CONTAINER_CYCLE", "event.toResourceInventoriedAs")
	})
}
