package graph

import (
	"testing"

	"disconode/valueflows"
)

var (
	kilogram = valueflows.OMUnitID("kilogram").String()
	litre    = valueflows.OMUnitID("litre").String()
	hour     = valueflows.OMUnitID("hour").String()
	day      = valueflows.OMUnitID("day").String()
)

func of(number, unit string) vars { return vars{"hasNumericalValue": number, "hasUnit": unit} }

// organization, person, kind and process make what the farm's events speak of.

func (c *client) organization(name string) string {
	c.t.Helper()
	return c.ask(`mutation($n: String!) { createOrganization(organization: {name: $n}) { agent { id } } }`, vars{"n": name}).good().text("createOrganization.agent.id")
}

func (c *client) person(name string) string {
	c.t.Helper()
	return c.ask(`mutation($n: String!) { createPerson(person: {name: $n}) { agent { id } } }`, vars{"n": name}).good().text("createPerson.agent.id")
}

func (c *client) kind(name string) string {
	c.t.Helper()
	return c.ask(`mutation($n: String!) { createResourceSpecification(resourceSpecification: {name: $n}) { resourceSpecification { id } } }`, vars{"n": name}).
		good().text("createResourceSpecification.resourceSpecification.id")
}

func (c *client) process(name string) string {
	c.t.Helper()
	return c.ask(`mutation($n: String!) { createProcess(process: {name: $n}) { process { id } } }`, vars{"n": name}).good().text("createProcess.process.id")
}

const recordEvent = `mutation($event: EconomicEventCreateParams!, $new: EconomicResourceCreateParams) {
	createEconomicEvent(event: $event, newInventoriedResource: $new) { economicEvent { id revisionId } economicResource { id } } }`

// record records an event; a time is given where none is.
func (c *client) record(event vars) *reply {
	c.t.Helper()
	return c.recordNew(event, nil)
}

func (c *client) recordNew(event, resource vars) *reply {
	c.t.Helper()
	if event["hasPointInTime"] == nil && event["hasBeginning"] == nil {
		event["hasPointInTime"] = "2026-05-03T10:00:00-05:00"
	}
	return c.ask(recordEvent, vars{"event": event, "new": resource})
}

// stock raises a new resource.
func (c *client) stock(owner, kind, number, unit string) string {
	c.t.Helper()
	return c.recordNew(vars{"action": "raise", "provider": owner, "receiver": owner, "resourceQuantity": of(number, unit), "resourceConformsTo": kind}, vars{}).
		good().text("createEconomicEvent.economicResource.id")
}

// onhand is how much of a resource is there.
func (c *client) onhand(resource string) string {
	c.t.Helper()
	return c.ask(`query($id: ID!) { economicResource(id: $id) { onhandQuantity { hasNumericalValue } } }`, vars{"id": resource}).
		good().text("economicResource.onhandQuantity.hasNumericalValue")
}

// A month of a farm, as M01 of the mission table tells it: 10 + 8 + 6 h of
// work, 40 kg of compost, 300 L of water and a plot make 96 kg of collards; 6 kg
// spoil, 60 kg go to the Grocery. Then there are 30 kg at the farm and 60 kg at
// the Grocery, and a kilogram took a quarter of an hour.
func TestM01FarmMonth(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		ada := b.steward()
		farm, grocery := ada.organization("Farm"), ada.organization("Grocery")
		collards, compost, water, plot, gardening := ada.kind("Collards"), ada.kind("Compost"), ada.kind("Water"), ada.kind("Plot"), ada.kind("Gardening")
		growing := ada.process("Grow collards")
		heap, tank := ada.stock(farm, compost, "100", kilogram), ada.stock(farm, water, "1000", litre)

		for name, hours := range map[string]string{"Bea": "10", "Cal": "8", "Dee": "6"} {
			ada.record(vars{"action": "work", "provider": ada.person(name), "receiver": farm, "inputOf": growing, "resourceConformsTo": gardening,
				"effortQuantity": of(hours, hour), "stream": "livelihood"}).good()
		}
		ada.record(vars{"action": "consume", "provider": farm, "receiver": farm, "inputOf": growing, "resourceInventoriedAs": heap, "resourceQuantity": of("40", kilogram)}).good()
		ada.record(vars{"action": "consume", "provider": farm, "receiver": farm, "inputOf": growing, "resourceInventoriedAs": tank, "resourceQuantity": of("300", litre)}).good()
		ada.record(vars{"action": "use", "provider": farm, "receiver": farm, "inputOf": growing, "resourceConformsTo": plot, "effortQuantity": of("30", day)}).good()
		lot := ada.recordNew(vars{"action": "produce", "provider": farm, "receiver": farm, "outputOf": growing, "resourceQuantity": of("96", kilogram), "resourceConformsTo": collards},
			vars{"name": "Collards, May", "trackingIdentifier": "lot 1"}).good().text("createEconomicEvent.economicResource.id")
		ada.record(vars{"action": "lower", "provider": farm, "receiver": farm, "resourceInventoriedAs": lot, "resourceQuantity": of("6", kilogram), "note": "spoiled"}).good()
		sold := ada.recordNew(vars{"action": "transfer", "provider": farm, "receiver": grocery, "resourceInventoriedAs": lot, "resourceQuantity": of("60", kilogram)},
			vars{"name": "Collards at the Grocery"}).good().text("createEconomicEvent.economicResource.id")

		if got := ada.onhand(lot); got != "30" {
			t.Errorf("the farm has %s kg on hand, want 30", got)
		}
		if got := ada.onhand(sold); got != "60" {
			t.Errorf("the Grocery has %s kg on hand, want 60", got)
		}
		if got := ada.onhand(heap) + " " + ada.onhand(tank); got != "60 700" {
			t.Errorf("compost and water left: %s, want 60 700", got)
		}
		sums := ada.ask(`query($work: [ID!], $made: [ID!]) {
			work: contributions(action: $work, groupBy: [ACTION, STREAM, MONTH]) { action { id } stream month events effortQuantity { hasNumericalValue hasUnit { label } } }
			made: contributions(action: ["produce"], resourceConformsTo: $made, groupBy: [RESOURCE_SPECIFICATION]) { resourceConformsTo { name } events resourceQuantity { hasNumericalValue hasUnit { symbol } } }
			each: contributions(action: $work, groupBy: [AGENT]) { agent { name } effortQuantity { hasNumericalValue } }
		}`, vars{"work": "work", "made": collards}).good()
		hours, kilograms := sums.text("work.0.effortQuantity.0.hasNumericalValue"), sums.text("made.0.resourceQuantity.0.hasNumericalValue")
		if hours != "24" || kilograms != "96" {
			t.Errorf("contributions say %s h for %s kg, want 24 h for 96 kg: 0.25 h/kg", hours, kilograms)
		}
		if month, stream := sums.text("work.0.month"), sums.text("work.0.stream"); month != "2026-05" || stream != "livelihood" {
			t.Errorf("the work is of %s, %s", month, stream)
		}
		if n := sums.count("each"); n != 3 {
			t.Errorf("%d growers worked, want 3", n)
		}
	})
}
