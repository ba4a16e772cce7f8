package main

import (
	"time"

	"disconode/valueflows"
)

// tellVermont writes Cooperation Vermont's spring of 2026: 15 hours and 800
// litres of sap make 20 litres of syrup, of which 8 go to the village store.
func tellVermont(s *story) {
	march := s.days(time.March)
	sugarhouse := s.organization("Sugarhouse", "Boils the sap of the land trust's maples.", s.place("The sugarbush", ""))
	village := s.organization("Marshfield Village Store", "A store that its workers own.", s.place("The village store", ""))
	sap, syrup := s.kind("Maple sap", "litre"), s.kind("Maple syrup", "litre")
	boil := create(s, "boil", &valueflows.Process{Name: "Boiling, March 2026", InScopeOf: sugarhouse, HasBeginning: march(14, 6), HasEnd: march(15, 20)})

	tank := s.record("sap", &valueflows.EconomicEvent{Action: "raise", Provider: sugarhouse, Receiver: sugarhouse,
		ResourceQuantity: measure("800", "litre"), HasPointInTime: march(13, 17), Note: "A week's run."},
		&valueflows.EconomicResource{Name: "Sap tank", ConformsTo: sap})
	s.record("boiled", &valueflows.EconomicEvent{Action: "consume", Provider: sugarhouse, Receiver: sugarhouse, InputOf: boil,
		ResourceInventoriedAs: tank, ResourceQuantity: measure("800", "litre"), HasPointInTime: march(15, 18)}, nil)
	s.work("work", sugarhouse, s.labour("Sugaring"), boil, []shift{
		{"Wren", march(14, 18), "6", valueflows.Livelihood, "Kept the fire."},
		{"Caleb", march(14, 18), "5", valueflows.Livelihood, "Carried wood."},
		{"Caleb", march(15, 19), "3", valueflows.Love, "Showed the school how syrup is made."},
		{"Wren", march(16, 10), "1", valueflows.Care, "Cleaned the pans."},
	})
	cans := s.record("syrup", &valueflows.EconomicEvent{Action: "produce", Provider: sugarhouse, Receiver: sugarhouse, OutputOf: boil,
		ResourceQuantity: measure("20", "litre"), HasPointInTime: march(15, 20)},
		&valueflows.EconomicResource{Name: "Syrup, 2026", ConformsTo: syrup, TrackingIdentifier: "SYR-2026"})
	s.record("store", &valueflows.EconomicEvent{Action: "transfer", Provider: sugarhouse, Receiver: village,
		ResourceInventoriedAs: cans, ResourceQuantity: measure("8", "litre"), HasPointInTime: march(20, 11)},
		&valueflows.EconomicResource{Name: "Syrup at the village store"})
}
