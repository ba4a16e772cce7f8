package sheet

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"disconode/valueflows"
)

// Mark is what stands between the whole and the parts of a number.
type Mark string

// The decimal marks. Where one is said, the other may part thousands.
const (
	Point Mark = "point"
	Comma Mark = "comma"
)

var (
	commaNumber = regexp.MustCompile(`^[+-]?(\d+|\d{1,3}(\.\d{3})+)(,\d+)?$`)
	pointNumber = regexp.MustCompile(`^[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?$`)
)

// decimal reads a number exactly. A comma is asked about where nobody said what
// it means.
func (o Options) decimal(text string) (valueflows.Decimal, error) {
	switch {
	case o.Decimal == Comma && commaNumber.MatchString(text):
		text = strings.Replace(strings.ReplaceAll(text, ".", ""), ",", ".", 1)
	case o.Decimal == Comma && strings.ContainsAny(text, ".,"):
		return valueflows.Decimal{}, valueflows.Invalid("INVALID_QUANTITY", "%q is not a number with a decimal comma: write it as 1234,5 or 1.234,5", valueflows.Clip(text))
	case o.Decimal == Point && strings.Contains(text, ",") && pointNumber.MatchString(text):
		text = strings.ReplaceAll(text, ",", "")
	case o.Decimal == "" && strings.Contains(text, ","):
		var shown []string
		for _, mark := range []Mark{Comma, Point} {
			if d, err := (Options{Decimal: mark}).decimal(text); err == nil {
				shown = append(shown, fmt.Sprintf("--decimal %s reads %s", mark, d))
			}
		}
		if len(shown) > 0 {
			return valueflows.Decimal{}, valueflows.Invalid("INVALID_QUANTITY", "%q has a comma: say what it means: %s", valueflows.Clip(text), strings.Join(shown, ", "))
		}
	}
	return valueflows.ParseDecimal(text)
}

var clockDuration = regexp.MustCompile(`^(\d{1,6}):([0-5]\d)(?::([0-5]\d))?$`)

var (
	minute = valueflows.OMUnitID("minute-Time")
	second = valueflows.OMUnitID("second-Time")
)

// duration reads a time worked: hours as a number, or as 1:30 or 1:30:00. It is
// exact: in hours where these can be written out, else in minutes or seconds.
func (o Options) duration(text string) (*valueflows.Measure, error) {
	part := clockDuration.FindStringSubmatch(text)
	if part == nil {
		d, err := o.decimal(text)
		if err != nil {
			return nil, err
		}
		return &valueflows.Measure{HasNumericalValue: d, HasUnit: valueflows.Hour}, nil
	}
	seconds := int64(0)
	for _, p := range part[1:] {
		n, _ := strconv.ParseInt("0"+p, 10, 64)
		seconds = seconds*60 + n
	}
	switch { // 3600 = 2⁴·3²·5²: the threes have to go
	case seconds%9 == 0:
		return measure(seconds/9*25, 4, valueflows.Hour) // seconds / 3600 = seconds / 9 * 25 / 10⁴
	case seconds%3 == 0:
		return measure(seconds/3*5, 2, minute) // seconds / 60 = seconds / 3 * 5 / 10²
	}
	return measure(seconds, 0, second)
}

func measure(coef int64, scale int, unit valueflows.ID) (*valueflows.Measure, error) {
	d, err := valueflows.NewDecimal(coef, scale)
	if err != nil {
		return nil, err
	}
	return &valueflows.Measure{HasNumericalValue: d.Normal(), HasUnit: unit}, nil
}
