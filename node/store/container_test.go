package store

import (
	"fmt"
	"strings"
	"testing"

	"disconode/valueflows"
)

// What is in a container is found by indexes, both by the container that it was
// put into last and by the others: no page of it reads the whole table.
func TestContentsAreFoundByContainer(t *testing.T) {
	s, err := Open(t.Context(), Config{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var plans []string
	for _, arm := range (Sight{Lab: id(1)}).arms(resources.name, Filter{}, LinkContainedIn) {
		sel := selection{dialect: s.dialect, linked: true, byID: strings.HasPrefix(arm.condition, "(id IN")}
		condition, bound := arm.sight.bind(arm.condition, id(2))
		sel.and(condition, bound...)
		sel.see(resources.name, arm.sight)
		plan := s.steps(t, asked{reader: "contents", text: "SELECT id FROM economic_resource WHERE " + sel.text() + sel.keyset(Page{First: 50}), args: sel.args})
		plans = append(plans, strings.Join(plan, "; "))
	}
	if len(plans) != 2 || !strings.Contains(plans[0], "economic_resource_contained_in (lab=? AND contained_in=?)") || strings.Contains(plans[0], "TEMP B-TREE") ||
		!strings.Contains(plans[1], "SEARCH inverse USING COVERING INDEX") {
		t.Errorf("the plans: %q", plans)
	}
	for _, plan := range plans {
		if strings.Contains(plan, "SCAN economic_resource") {
			t.Errorf("reads the whole table: %s", plan)
		}
	}
}

// What a row names in a property that may name many is written again only where
// it names others than before, as that was read.
func TestInverseIsWrittenWhereItChanges(t *testing.T) {
	eachDialect(t, func(t *testing.T, s *Store) {
		inverse := func() (text string) {
			t.Helper()
			rows, err := s.query(t.Context(), "SELECT target, owner FROM inverse WHERE property = 'also_in' ORDER BY target, owner")
			if err != nil {
				t.Fatal(err)
			}
			defer rows.Close()
			for rows.Next() {
				var target, owner valueflows.ID
				if err := rows.Scan(idValue{&target}, idValue{&owner}); err != nil {
					t.Fatal(err)
				}
				text += fmt.Sprintf("%d<%d ", target[15], owner[15])
			}
			return text
		}
		put := func(do func(tx *Tx) error) {
			t.Helper()
			if err := s.Write(t.Context(), do); err != nil {
				t.Fatal(err)
			}
		}
		in := func(n byte, containers ...byte) *valueflows.EconomicResource {
			r := &valueflows.EconomicResource{Record: valueflows.Record{ID: id(n), Revision: id(n), Position: int64(n)}, CurrentVirtualLocation: "https://files.example"}
			var ids []valueflows.ID
			for _, c := range containers {
				ids = append(ids, id(c))
			}
			r.SetContainers(ids)
			return r
		}
		put(func(tx *Tx) error {
			for n := range byte(4) {
				PutRow(tx, in(n+1))
			}
			PutRow(tx, in(5, 1, 2, 3))
			return nil
		})
		if got := inverse(); got != "2<5 3<5 " {
			t.Errorf("new: %s", got)
		}
		steps := []struct {
			what string
			rows []*valueflows.EconomicResource
			want string
		}{
			{"alike", []*valueflows.EconomicResource{in(5, 1, 2, 3)}, "2<5 3<5 "},
			{"another first", []*valueflows.EconomicResource{in(5, 4, 2, 3)}, "2<5 3<5 "},
			{"others, and then alike", []*valueflows.EconomicResource{in(5, 4, 1), in(5, 4, 1)}, "1<5 "},
			{"none", []*valueflows.EconomicResource{in(5)}, ""},
			{"several again", []*valueflows.EconomicResource{in(5), in(5, 1, 3)}, "3<5 "},
		}
		for how, read := range map[string]func(tx *Tx, id valueflows.ID) error{ // what was there
			"read": func(tx *Tx, id valueflows.ID) error {
				_, err := GetRow[valueflows.EconomicResource](tx, id)
				return err
			},
			"read ahead": func(tx *Tx, id valueflows.ID) error {
				return Prefetch[valueflows.EconomicResource](tx, []valueflows.ID{id})
			},
		} {
			for _, step := range steps {
				put(func(tx *Tx) error {
					for _, row := range step.rows {
						if err := read(tx, row.ID); err != nil {
							return err
						}
						PutRow(tx, row)
					}
					return nil
				})
				if got := inverse(); got != step.want {
					t.Errorf("%s, %s: %q, want %q", step.what, how, got, step.want)
				}
			}
		}
	})
}
