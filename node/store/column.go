package store

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"

	"disconode/valueflows"
)

// column is a column of a record: its name, and a value that both scans into
// the record and gives what is written.
type column struct {
	name  string
	value interface {
		Scan(any) error
		Value() (driver.Value, error)
	}
}

func columns(groups ...[]column) []column {
	var all []column
	for _, g := range groups {
		all = append(all, g...)
	}
	return all
}

func one[V interface {
	Scan(any) error
	Value() (driver.Value, error)
}](name string, v V) []column {
	return []column{{name, v}}
}

// ref is a reference: the zero ID is NULL.
func ref(name string, id *valueflows.ID) []column { return one(name, idValue{id}) }

type idValue struct{ id *valueflows.ID }

func (v idValue) Scan(src any) error {
	switch src := src.(type) {
	case nil:
		*v.id = valueflows.ID{}
	case []byte:
		if len(src) != len(v.id) {
			return fmt.Errorf("an id of %d bytes", len(src))
		}
		copy(v.id[:], src)
	default:
		return fmt.Errorf("an id as %T", src)
	}
	return nil
}

func (v idValue) Value() (driver.Value, error) { return idArg(*v.id), nil }

// idArg is an id as an argument of a statement; the zero ID is NULL.
func idArg(id valueflows.ID) driver.Value {
	if id.IsZero() {
		return nil
	}
	return append([]byte(nil), id[:]...)
}

// str is a text that is never NULL.
func str[S ~string](name string, s *S) []column { return one(name, stringValue[S]{s}) }

type stringValue[S ~string] struct{ s *S }

func (v stringValue[S]) Scan(src any) error {
	switch src := src.(type) {
	case nil:
		*v.s = ""
	case string:
		*v.s = S(src)
	case []byte:
		*v.s = S(src)
	default:
		return fmt.Errorf("a text as %T", src)
	}
	return nil
}

func (v stringValue[S]) Value() (driver.Value, error) { return string(*v.s), nil }

// num is a whole number.
func num[N ~int64 | ~int32 | ~int16 | ~int8 | ~int](name string, n *N) []column {
	return one(name, numberValue[N]{n})
}

type numberValue[N ~int64 | ~int32 | ~int16 | ~int8 | ~int] struct{ n *N }

func (v numberValue[N]) Scan(src any) error {
	n, err := whole(src)
	*v.n = N(n)
	return err
}

func (v numberValue[N]) Value() (driver.Value, error) { return int64(*v.n), nil }

func whole(src any) (int64, error) {
	switch src := src.(type) {
	case nil:
		return 0, nil
	case int64:
		return src, nil
	}
	return 0, fmt.Errorf("a whole number as %T", src)
}

// flag is a truth that is always stated; truth one that may be missing.
func flag(name string, b *bool) []column { return one(name, flagValue{b}) }

type flagValue struct{ b *bool }

func (v flagValue) Scan(src any) error {
	switch src := src.(type) {
	case bool:
		*v.b = src
	case int64:
		*v.b = src != 0
	default:
		return fmt.Errorf("a truth as %T", src)
	}
	return nil
}

func (v flagValue) Value() (driver.Value, error) { return *v.b, nil }

func truth(name string, b **bool) []column { return one(name, truthValue{b}) }

type truthValue struct{ b **bool }

func (v truthValue) Scan(src any) error {
	*v.b = nil
	if src == nil {
		return nil
	}
	var b bool
	*v.b = &b
	return flagValue{&b}.Scan(src)
}

func (v truthValue) Value() (driver.Value, error) {
	if *v.b == nil {
		return nil, nil
	}
	return **v.b, nil
}

// list is a list of texts or ids, kept as a JSON array; an empty one as "".
func list[S ~string](name string, l *[]S) []column { return one(name, listValue[S]{l}) }

type listValue[S ~string] struct{ l *[]S }

func (v listValue[S]) Scan(src any) error {
	*v.l = nil
	var text string
	if err := (stringValue[string]{&text}).Scan(src); err != nil || text == "" {
		return err
	}
	return json.Unmarshal([]byte(text), v.l)
}

func (v listValue[S]) Value() (driver.Value, error) {
	if len(*v.l) == 0 {
		return "", nil
	}
	text, err := json.Marshal(*v.l)
	return string(text), err
}

func refs(name string, l *[]valueflows.ID) []column { return one(name, refsValue{l}) }

type refsValue struct{ l *[]valueflows.ID }

func (v refsValue) Scan(src any) error {
	var texts []string
	if err := (listValue[string]{&texts}).Scan(src); err != nil {
		return err
	}
	*v.l = nil
	for _, text := range texts {
		id, err := valueflows.ParseID(text)
		if err != nil {
			return err
		}
		*v.l = append(*v.l, id)
	}
	return nil
}

func (v refsValue) Value() (driver.Value, error) {
	var texts []string
	for _, id := range *v.l {
		texts = append(texts, id.String())
	}
	return listValue[string]{&texts}.Value()
}

// decimal is two columns, name_coef and name_scale; a nil one is NULL.
func decimal(name string, d **valueflows.Decimal) []column { return number(name, decimalHolder{d}) }

// measure is three columns: name_coef, name_scale and name_unit.
func measure(name string, m **valueflows.Measure) []column {
	return append(number(name, measureHolder{m}), column{name + "_unit", measureUnit{m}})
}

// holder is where a number is kept that may be missing.
type holder interface {
	get() *valueflows.Decimal
	set(*valueflows.Decimal)
}

type decimalHolder struct{ d **valueflows.Decimal }

func (h decimalHolder) get() *valueflows.Decimal  { return *h.d }
func (h decimalHolder) set(d *valueflows.Decimal) { *h.d = d }

type measureHolder struct{ m **valueflows.Measure }

func (h measureHolder) get() *valueflows.Decimal {
	if *h.m == nil {
		return nil
	}
	return &(*h.m).HasNumericalValue
}

func (h measureHolder) set(d *valueflows.Decimal) {
	if *h.m = nil; d != nil {
		*h.m = &valueflows.Measure{HasNumericalValue: *d}
	}
}

func number(name string, h holder) []column {
	v := &numberParts{holder: h}
	return []column{{name + "_coef", coefOf{v}}, {name + "_scale", scaleOf{v}}}
}

// numberParts are scanned coefficient first.
type numberParts struct {
	holder
	coef int64
}

type (
	coefOf  struct{ *numberParts }
	scaleOf struct{ *numberParts }
)

func (v coefOf) Scan(src any) (err error) {
	v.set(nil)
	v.coef, err = whole(src)
	return err
}

func (v coefOf) Value() (driver.Value, error) {
	if d := v.get(); d != nil {
		return d.Coef(), nil
	}
	return nil, nil
}

func (v scaleOf) Scan(src any) error {
	if src == nil {
		return nil
	}
	scale, err := whole(src)
	if err != nil {
		return err
	}
	d, err := valueflows.NewDecimal(v.coef, int(scale))
	v.set(&d)
	return err
}

func (v scaleOf) Value() (driver.Value, error) {
	if d := v.get(); d != nil {
		return int64(d.Scale()), nil
	}
	return nil, nil
}

type measureUnit struct{ m **valueflows.Measure }

func (v measureUnit) Scan(src any) error {
	if *v.m == nil {
		return nil
	}
	return idValue{&(*v.m).HasUnit}.Scan(src)
}

func (v measureUnit) Value() (driver.Value, error) {
	if *v.m == nil {
		return nil, nil
	}
	return idArg((*v.m).HasUnit), nil
}

// moment is two columns: name in microseconds, name_offset in minutes.
func moment(name string, t **valueflows.Time) []column {
	return []column{{name, momentInstant{t}}, {name + "_offset", momentOffset{t}}}
}

type (
	momentInstant struct{ t **valueflows.Time }
	momentOffset  struct{ t **valueflows.Time }
)

func (v momentInstant) Scan(src any) error {
	*v.t = nil
	if src == nil {
		return nil
	}
	micros, err := whole(src)
	*v.t = &valueflows.Time{Instant: valueflows.Instant(micros)}
	return err
}

func (v momentInstant) Value() (driver.Value, error) {
	if *v.t == nil {
		return nil, nil
	}
	return int64((*v.t).Instant), nil
}

func (v momentOffset) Scan(src any) error {
	if *v.t == nil {
		return nil
	}
	minutes, err := whole(src)
	(*v.t).OffsetMinutes = int16(minutes)
	return err
}

func (v momentOffset) Value() (driver.Value, error) {
	if *v.t == nil {
		return nil, nil
	}
	return int64((*v.t).OffsetMinutes), nil
}

// computed is a column that follows from the others: it is written, and not read.
func computed(name string, value func() int64) []column { return one(name, computedValue(value)) }

type computedValue func() int64

func (computedValue) Scan(any) error                 { return nil }
func (v computedValue) Value() (driver.Value, error) { return v(), nil }

type bytesValue struct{ b *[]byte }

func (v bytesValue) Scan(src any) error {
	switch src := src.(type) {
	case nil:
		*v.b = nil
	case []byte:
		*v.b = append([]byte(nil), src...)
	case string:
		*v.b = []byte(src)
	default:
		return fmt.Errorf("bytes as %T", src)
	}
	return nil
}

func (v bytesValue) Value() (driver.Value, error) { return *v.b, nil }
