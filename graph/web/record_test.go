package web

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"disconode/node"
)

const kilogramIRI = "http://www.ontology-of-units-of-measure.org/resource/om-2/kilogram"

// A record of each class has a page that says what it is in plain words, with
// the vocabulary's term beside, and leads to what it belongs to.
func TestRecordPages(t *testing.T) {
	b := onSQLite(t)
	ada := b.signedIn("Ada", node.Steward)
	place := ada.made(`mutation { createSpatialThing(spatialThing: {name: "Plot 7", lat: "32.3191", note: "Half an acre."}) { spatialThing { id } } }`, nil)
	farm := ada.made(`mutation($p: ID!) { createOrganization(organization: {name: "The Farm", classifiedAs: ["https://farms.example/kinds/urban"], primaryLocation: $p}) { agent { id } } }`, vars{"p": place})
	creek := ada.made(`mutation { createEcologicalAgent(ecologicalAgent: {name: "Town Creek"}) { agent { id } } }`, nil)
	collards := ada.made(`mutation($u: ID!) { createResourceSpecification(resourceSpecification: {name: "Collards", defaultUnitOfResource: $u}) { resourceSpecification { id } } }`, vars{"u": kilogramIRI})
	growing := ada.made(`mutation { createProcessSpecification(processSpecification: {name: "Growing"}) { processSpecification { id } } }`, nil)
	season := ada.made(`mutation($b: ID!, $f: [ID!]) { createProcess(process: {name: "Collards, May", basedOn: $b, inScopeOf: $f, hasBeginning: "2026-05-02T08:00-05:00"}) { process { id } } }`, vars{"b": growing, "f": []string{farm}})
	lot := ada.made(`mutation { createBatchLotRecord(batchLotRecord: {batchLotCode: "COL-05"}) { batchLotRecord { id } } }`, nil)
	unit := ada.made(`mutation { createUnit(unit: {label: "bunch", symbol: "bunches"}) { unit { id } } }`, nil)
	answer := ada.ask(`mutation($e: EconomicEventCreateParams!, $n: EconomicResourceCreateParams) { createEconomicEvent(event: $e, newInventoriedResource: $n) { economicEvent { id } economicResource { id } } }`,
		vars{"e": vars{"action": "produce", "provider": farm, "receiver": farm, "outputOf": season, "resourceQuantity": vars{"hasNumericalValue": "58.50", "hasUnit": kilogramIRI}, "hasPointInTime": "2026-05-04T10:00-05:00"},
			"n": vars{"name": "First harvest", "conformsTo": collards, "trackingIdentifier": "COL-05-1", "ofBatchLot": lot}})["createEconomicEvent"].(map[string]any)
	harvest := answer["economicEvent"].(map[string]any)["id"].(string)
	stock := answer["economicResource"].(map[string]any)["id"].(string)
	ada.record(vars{"action": "work", "provider": ada.who.User.String(), "receiver": farm, "inputOf": season, "effortQuantity": hours("3")})

	tests := []struct {
		path  string
		says  []string
		leads string // to this, too
	}{
		{"Person/" + ada.who.User.String(), []string{"Ada", "A person", "In Valueflows: Person"}, ""},
		{"Organization/" + farm, []string{"The Farm", "An organization", "Place primaryLocation Plot 7", "First harvest: 58.5 kg", "Collards, May"}, "/vf/EconomicResource/" + stock},
		{"EcologicalAgent/" + creek, []string{"Town Creek", "A living thing", "EcologicalAgent"}, ""},
		{"EconomicResource/" + stock, []string{"First harvest", "Kind conformsTo Collards", "How much is there onhandQuantity 58.5 kg", "Whose it is primaryAccountable The Farm", "Tracked by trackingIdentifier COL-05-1", "Came last out of stage Growing", "What happened to it The Farm made 58.50 kg"}, "/journal/" + harvest},
		{"Process/" + season, []string{"Collards, May", "Kind basedOn Growing", "Of the group inScopeOf The Farm", "From hasBeginning 2 May 2026, 08:00", "Who works in it Ada", "What went in Ada worked 3 hours", "What came out The Farm made 58.50 kg"}, "/vf/Person/" + ada.who.User.String()},
		{"ResourceSpecification/" + collards, []string{"Collards", "Counted in defaultUnitOfResource kilogram", "First harvest: 58.5 kg"}, ""},
		{"ProcessSpecification/" + growing, []string{"Growing", "Those of this kind Collards, May"}, "/vf/Process/" + season},
		{"Unit/" + unit, []string{"bunch", "Sign symbol bunches"}, ""},
		{"BatchLotRecord/" + lot, []string{"COL-05", "What is of it First harvest"}, ""},
		{"SpatialThing/" + place, []string{"Plot 7", "Degrees north lat 32.3191", "Half an acre.", "Who is there The Farm"}, "/vf/Organization/" + farm},
		{"EconomicEvent/" + harvest, []string{"The Farm made 58.50 kg of First harvest in Collards, May", "Correct this"}, "/vf/Process/" + season},
	}
	for _, test := range tests {
		s := ada.get("/vf/" + test.path).good().says(test.says...).says("Address iri " + booksAddress + "/vf/" + test.path)
		if test.leads != "" && !strings.Contains(s.body, `href="`+test.leads+`"`) {
			t.Errorf("%s does not lead to %s", test.path, test.leads)
		}
	}
	ada.get("/labs/farms").good().says("Freedom Farms", "An organization", "Address iri "+booksAddress+"/labs/farms")
	if s := ada.get("/labs/nobody"); s.status != http.StatusNotFound {
		t.Errorf("/labs/nobody: status %d", s.status)
	}
	for _, missing := range []string{"Process/" + farm, "Person/01890000-0000-7000-8000-000000000000", "Spaceship/" + farm, "Person/me"} {
		if s := ada.get("/vf/" + missing); s.status != http.StatusNotFound {
			t.Errorf("/vf/%s: status %d", missing, s.status)
		}
	}
}

// hostile are texts that would do something where they are not written as text.
var hostile = []string{
	`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `' onmouseover='alert(1)`, `</title></svg></textarea><svg onload=alert(1)>`,
	`javascript:alert(1)`, `{{.View}}<!-- -->`, `]]><?php ?>&lt;b&gt;`,
}

// SECURITY.md X01: whatever people write into any text of the books stands on
// the pages as text. Each page that is got is held to its own elements and
// attributes, so that whatever comes out of a text is found.
func TestX01TextStaysText(t *testing.T) {
	for _, text := range hostile {
		b := onSQLite(t)
		ada := b.signedIn("Ada", node.Steward)
		given := vars{"t": text}
		place := ada.made(`mutation($t: String!) { createSpatialThing(spatialThing: {name: $t, mappableAddress: $t, note: $t}) { spatialThing { id } } }`, given)
		farm := ada.made(`mutation($t: String!, $p: ID!) { createOrganization(organization: {name: $t, note: $t, primaryLocation: $p}) { agent { id } } }`, vars{"t": text, "p": place})
		unit := ada.made(`mutation($t: String!) { createUnit(unit: {label: $t, symbol: $t}) { unit { id } } }`, given)
		kind := ada.made(`mutation($t: String!, $u: ID!) { createResourceSpecification(resourceSpecification: {name: $t, note: $t, defaultUnitOfEffort: $u, defaultUnitOfResource: $u}) { resourceSpecification { id } } }`, vars{"t": text, "u": unit})
		sort := ada.made(`mutation($t: String!) { createProcessSpecification(processSpecification: {name: $t, note: $t}) { processSpecification { id } } }`, given)
		season := ada.made(`mutation($t: String!, $b: ID!, $f: [ID!]) { createProcess(process: {name: $t, note: $t, basedOn: $b, inScopeOf: $f}) { process { id } } }`, vars{"t": text, "b": sort, "f": []string{farm}})
		lot := ada.made(`mutation($t: String!) { createBatchLotRecord(batchLotRecord: {batchLotCode: $t}) { batchLotRecord { id } } }`, given)
		answer := ada.ask(`mutation($e: EconomicEventCreateParams!, $n: EconomicResourceCreateParams) { createEconomicEvent(event: $e, newInventoriedResource: $n) { economicEvent { id } economicResource { id } } }`,
			vars{"e": vars{"action": "produce", "provider": farm, "receiver": farm, "outputOf": season, "resourceQuantity": vars{"hasNumericalValue": "1", "hasUnit": unit}, "note": text, "state": text, "hasPointInTime": "2026-05-04T10:00-05:00"},
				"n": vars{"name": text, "note": text, "conformsTo": kind, "trackingIdentifier": text, "ofBatchLot": lot, "currentCurrencyLocation": text}})["createEconomicEvent"].(map[string]any)
		harvest := answer["economicEvent"].(map[string]any)["id"].(string)
		stock := answer["economicResource"].(map[string]any)["id"].(string)
		ada.record(vars{"action": "work", "provider": ada.who.User.String(), "receiver": farm, "inputOf": season, "resourceConformsTo": kind, "effortQuantity": hours("3"), "note": text})
		ada.follow(ada.submit(ada.get("/journal/"+harvest).good(), "correct", map[string]string{"resource": "2", "note": text}))

		if err := b.node.Ask(t.Context(), node.Knock{Lab: b.lab, Actor: vermont, Follow: vermont + "/follows/1"}); err != nil {
			t.Fatal(err)
		}
		sister, err := b.node.Peer(t.Context(), b.lab, vermont)
		if err != nil {
			t.Fatal(err)
		}
		ada.follow(ada.submit(ada.get("/sharing").good(), "approve", nil))
		if err := errors.Join(b.node.Looked(t.Context(), sister, text, vermont+"/inbox", nil, false), b.node.Delivered(t.Context(), sister, 0, errors.New(text))); err != nil {
			t.Fatal(err)
		}

		shownAs := strings.Join(strings.Fields(text), " ")
		for _, path := range []string{"/", "/log", "/journal", "/sharing", "/journal/" + harvest, "/vf/Organization/" + farm, "/vf/SpatialThing/" + place, "/vf/Unit/" + unit, "/vf/ResourceSpecification/" + kind,
			"/vf/ProcessSpecification/" + sort, "/vf/Process/" + season, "/vf/BatchLotRecord/" + lot, "/vf/EconomicResource/" + stock} {
			ada.get(path).good().says(shownAs)
		}
		for _, s := range []*shown{
			ada.submit(ada.get("/log").good(), "", map[string]string{"exact": text, "note": text, "date": text}),
			ada.submit(ada.get("/journal/"+harvest).good(), "correct", map[string]string{"resource": text, "note": text}),
			ada.submit(ada.get("/sharing").good(), "follow", map[string]string{"actor": text}),
			ada.get("/journal?words=" + strings.NewReplacer("%", "%25", "&", "%26", "#", "%23", " ", "+", "?", "%3f", "<", "%3c", ">", "%3e", `"`, "%22").Replace(text)),
		} {
			s.says() // held to our elements when it came
		}
	}
}

// SECURITY.md X04: an address that somebody gave is a link only where it leads
// to the web, and then tells the other side nothing.
func TestX04Links(t *testing.T) {
	tests := []struct {
		address string
		link    bool
	}{
		{"https://example.org/a?b=c", true},
		{"http://example.org", true},
		{"javascript:alert(1)", false},
		{"JAVASCRIPT:alert(1)", false},
		{"java\tscript:alert(1)", false},
		{"data:text/html,<script>alert(1)</script>", false},
		{"vbscript:msgbox", false},
		{"//evil.example", false},
		{"/sign-out", false},
		{"https://user:password@example.org", false},
		{"https:evil.example", false},
		{"ftp://example.org/file", false},
		{"urn:uuid:6e8bc430-9c3a-11d9-9669-0800200c9a66", false},
	}
	for _, test := range tests {
		if got := onTheWeb(test.address); got != test.link {
			t.Errorf("%q: a link is %v, want %v", test.address, got, test.link)
		}
	}
	b := onSQLite(t)
	ada := b.signedIn("Ada", node.Steward)
	for _, address := range []string{"https://example.org/agreement", "urn:isbn:0451450523"} {
		event := ada.record(vars{"action": "work", "provider": ada.who.User.String(), "receiver": b.lab.String(), "effortQuantity": hours("1"), "agreedIn": address, "image": address, "resourceClassifiedAs": []string{address}})
		page := ada.get("/journal/" + event).good().says("Agreement agreedIn " + address)
		if linked, want := strings.Count(page.body, `<a href="`+address+`" rel="noopener noreferrer nofollow">`), map[bool]int{true: 3}[strings.HasPrefix(address, "https:")]; linked != want {
			t.Errorf("%s: %d links, want %d", address, linked, want)
		}
	}
}
