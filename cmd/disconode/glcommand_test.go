package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"disconode/node/store/storetest"
)

// The LAB raises 10 kg late on 30 April in Chicago, which is May in UTC, and uses
// 4 up on 2 May: each in debit and credit. From May on there is the second alone,
// and until May the first.
func TestGeneralLedger(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		p, token := fresh(t, dsn)
		s := p.serve(t)
		ask := func(query string, variables map[string]any, into any) {
			t.Helper()
			if err := s.ask(token, "", query, variables, into); err != nil {
				t.Fatal(err)
			}
		}
		var made struct {
			Kind    struct{ ResourceSpecification struct{ ID string } }
			Cooking struct{ Process struct{ ID string } }
		}
		ask(`mutation { kind: createResourceSpecification(resourceSpecification: {name: "Tomato"}) { resourceSpecification { id } } cooking: createProcess(process: {name: "Cooking"}) { process { id } } }`, nil, &made)
		const kilogram, farm = "http://www.ontology-of-units-of-measure.org/resource/om-2/kilogram", "http://farm.test/labs/farm"
		var raised struct {
			CreateEconomicEvent struct{ EconomicResource struct{ ID string } }
		}
		ask(`mutation($kind: ID!, $unit: ID!, $farm: ID!) { createEconomicEvent(event: {action: "raise", provider: $farm, receiver: $farm, resourceConformsTo: $kind,
			resourceQuantity: {hasNumericalValue: "10", hasUnit: $unit}, hasPointInTime: "2026-04-30T22:00", note: "=1+1"}, newInventoriedResource: {name: "Shed"}) { economicResource { id } } }`,
			map[string]any{"kind": made.Kind.ResourceSpecification.ID, "unit": kilogram, "farm": farm}, &raised)
		ask(`mutation($shed: ID!, $unit: ID!, $farm: ID!, $cooking: ID!) { createEconomicEvent(event: {action: "consume", provider: $farm, receiver: $farm, inputOf: $cooking, resourceInventoriedAs: $shed,
			resourceQuantity: {hasNumericalValue: "4", hasUnit: $unit}, hasPointInTime: "2026-05-02T12:00"}) { economicEvent { id } } }`,
			map[string]any{"shed": raised.CreateEconomicEvent.EconomicResource.ID, "unit": kilogram, "farm": farm, "cooking": made.Cooking.Process.ID}, nil)

		rows := func(text string) string {
			t.Helper()
			lines := strings.Split(strings.TrimSpace(strings.TrimPrefix(text, "\ufeff")), "\r\n")
			if lines[0] != "date,event,account,specification,unit,debit,credit,counterparty,note" {
				t.Errorf("it begins with %q", lines[0])
			}
			for i, line := range lines[1:] {
				cells := strings.Split(line, ",")
				lines[i+1] = strings.Join(append(cells[:1:1], cells[2:]...), ",") // without the event's id
			}
			return strings.Join(lines[1:], "\n")
		}
		const april, may = "2026-04-30,Shed,Tomato,kilogram,10,,,'=1+1\n2026-04-30,adjusted,Tomato,kilogram,,10,,'=1+1", "2026-05-02,Shed,Tomato,kilogram,,4,,\n2026-05-02,used,Tomato,kilogram,4,,,"
		for args, want := range map[string]string{
			"":                  april + "\n" + may,
			"--from 2026-05-01": may,
			"--to 2026-05-01":   april,
			"--agent " + farm + " --from 2026-04-30 --to 2026-05-03": april + "\n" + may,
		} {
			if got := rows(p.must(t, append([]string{"ledger", "--lab", "farm"}, strings.Fields(args)...)...)); got != want {
				t.Errorf("%s:\n%s\nand should be\n%s", args, got, want)
			}
		}
		file := filepath.Join(t.TempDir(), "2026.csv")
		if said := p.must(t, "ledger", "--lab", "farm", "--out", file); !strings.Contains(said, file) {
			t.Errorf("it says %q", said)
		}
		text, err := os.ReadFile(file)
		if err != nil || rows(string(text)) != april+"\n"+may {
			t.Errorf("the file has %s, %v", text, err)
		}
		if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("the file is everybody's: %v, %v", info, err)
		}
		for args, says := range map[string]string{
			"--lab barn":            "barn",
			"--lab farm --from May": "--from",
			"--lab farm --from 2026-05-02 --to 2026-05-01":   "from lies after until",
			"--lab farm --agent soup":                        "--agent",
			"--lab farm --out " + filepath.Join(file, "not"): "not",
		} {
			if _, errs, code := p.run(t, append([]string{"ledger"}, strings.Fields(args)...)...); code != exitFailure || !strings.Contains(errs, says) {
				t.Errorf("%s: exit %d: %s", args, code, errs)
			}
		}
	})
}
