package planning

import (
	"fmt"
	"testing"

	"disconode/valueflows"
)

// What a process waits for directly, and what waits for it: through a
// specification, at a stage where the input names one, and of two millings only
// the one that comes in time.
func TestBeside(t *testing.T) {
	n := network(`
		Milling 2 hour:  grain > flour
		Kneading 1 hour:  flour > dough
		Proofing 3 hour:  dough > dough
		Baking 1 hour:  dough/Proofing > loaf
	`)
	timed := network(`
		Milling 07:00–08:00:  > flour
		Grinding 09:00–11:00:  > flour
		Baking 10:00–11:00:  flour > loaf
		Frying 11:00–12:00:  flour > pancake
	`)
	tests := []struct {
		network       *Network
		process       string
		before, after []string
	}{
		{n, "Milling", nil, []string{"Kneading"}},
		{n, "Kneading", []string{"Milling"}, []string{"Proofing"}},
		{n, "Proofing", []string{"Kneading"}, []string{"Baking"}},
		{n, "Baking", []string{"Proofing"}, nil},
		{n, "Sowing", nil, nil},
		{timed, "Milling", nil, []string{"Baking", "Frying"}},
		{timed, "Grinding", nil, []string{"Frying"}},
		{timed, "Baking", []string{"Milling"}, nil},
		{timed, "Frying", []string{"Milling", "Grinding"}, nil},
	}
	for _, test := range tests {
		of := id(test.process)
		for ahead, want := range map[bool][]string{false: test.before, true: test.after} {
			var ids []valueflows.ID
			for _, name := range want {
				ids = append(ids, id(name))
			}
			if got := test.network.Beside([]valueflows.ID{of}, ahead)[of]; fmt.Sprint(got) != fmt.Sprint(ids) {
				t.Errorf("%s, ahead %v: %v, want %v", test.process, ahead, got, want)
			}
		}
	}
}
