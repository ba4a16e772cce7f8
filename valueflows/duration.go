package valueflows

// TimeUnit is a unit in which a duration is stated.
type TimeUnit string

// timeUnits are the units of time and what the Ontology of units of Measure
// calls them.
var timeUnits = []struct {
	unit TimeUnit
	om   string
}{
	{"year", "year"}, {"month", "month"}, {"week", "week"}, {"day", "day"}, {"hour", "hour"}, {"minute", "minute-Time"}, {"second", "second-Time"},
}

// TimeUnitOf is the unit of time that a unit of the Ontology of units of Measure
// is, by its id; false where it is none.
func TimeUnitOf(unit ID) (TimeUnit, bool) {
	for _, t := range timeUnits {
		if OMUnitID(t.om) == unit {
			return t.unit, true
		}
	}
	return "", false
}

// UnitOfTime is the id of a unit of time; zero where there is none of that name.
func UnitOfTime(unit TimeUnit) ID {
	for _, t := range timeUnits {
		if t.unit == unit {
			return OMUnitID(t.om)
		}
	}
	return ID{}
}
