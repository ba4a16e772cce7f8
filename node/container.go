package node

import (
	"disconode/node/store"
	"disconode/valueflows"
)

// checkNesting tells whether a resource is not in itself, through what it is in;
// the zero id is in nothing. What a rebuild or an export tells is not looked at:
// what once was recorded stays.
//
// It fails as [valueflows.CheckNesting] does.
func (s *session) checkNesting(resource valueflows.ID) error {
	if resource.IsZero() {
		return nil
	}
	return valueflows.CheckNesting(resource, func(id valueflows.ID) ([]valueflows.ID, error) {
		r, err := store.GetRow[valueflows.EconomicResource](s.tx, id)
		if err != nil {
			return nil, err
		}
		return r.Containers(), nil
	})
}

// containerField is where an event says what goes into what.
func containerField(e *valueflows.EconomicEvent) string {
	if e.Holds() {
		return "resourceInventoriedAs"
	}
	return "toResourceInventoriedAs"
}

// checkContainer tells whether the event says which container it takes its
// resource out of, as [valueflows.EconomicEvent.CheckContainer] does.
func (s *session) checkContainer(e *valueflows.EconomicEvent) error {
	if !e.TakesOut() {
		return nil
	}
	scene, err := s.scene(e)
	if err != nil {
		return err
	}
	return e.CheckContainer(scene)
}
