package graph

import (
	"context"
	"errors"
	"slices"

	"disconode/valueflows"
)

// durations reads what the struct of a quantity says in another way.
type durations struct{}

// UnitType reads the unit of time that a length of time is counted in.
func (durations) UnitType(_ context.Context, m *valueflows.Measure, unit valueflows.TimeUnit) error {
	m.HasUnit = valueflows.UnitOfTime(unit)
	return nil
}

// ofDuration names in the path of an input error the fields that the input of a
// duration has, in place of a quantity's.
func ofDuration(err error) error {
	var input *valueflows.InputError
	if !errors.As(err, &input) {
		return err
	}
	path := slices.Clone(input.Path)
	if i := slices.Index(path, "hasDuration"); i >= 0 && i+1 < len(path) {
		switch path[i+1] {
		case "hasNumericalValue":
			path[i+1] = "numericDuration"
		case "hasUnit":
			path[i+1] = "unitType"
		}
	}
	return &valueflows.InputError{Code: input.Code, Text: input.Text, Path: path}
}
