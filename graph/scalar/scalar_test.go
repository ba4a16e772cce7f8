package scalar

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"

	"disconode/valueflows"
)

func written(m graphql.Marshaler) string {
	var out strings.Builder
	m.MarshalGQL(&out)
	return out.String()
}

func code(err error) string {
	var input *valueflows.InputError
	if errors.As(err, &input) {
		return input.Code
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

// A number is exact however it comes, and is written as a string.
func TestDecimal(t *testing.T) {
	for _, test := range []struct {
		given      any
		want, code string
	}{
		{"12.50", `"12.50"`, ""},
		{json.Number("0.123456789012345678"), `"0.123456789012345678"`, ""},
		{json.Number("9007199254740993"), `"9007199254740993"`, ""},
		{int64(-7), `"-7"`, ""},
		{0.1, `"0.1"`, ""},
		{123456789012345.0, `"123456789012345"`, ""},
		{0.1234567890123456, "", "INVALID_QUANTITY"}, // a float: what else it held is lost
		{1e300, "", "OUT_OF_RANGE"},
		{json.Number("1e999999999"), "", "OUT_OF_RANGE"},
		{json.Number("1234567890123456789"), "", "OUT_OF_RANGE"},
		{"NaN", "", "INVALID_QUANTITY"},
		{"", "", "INVALID_QUANTITY"},
		{true, "", "INVALID_QUANTITY"},
		{nil, "", "INVALID_QUANTITY"},
		{[]any{"1"}, "", "INVALID_QUANTITY"},
		{map[string]any{}, "", "INVALID_QUANTITY"},
	} {
		d, err := UnmarshalDecimal(test.given)
		if code(err) != test.code {
			t.Errorf("%v: %v, want %q", test.given, err, test.code)
		} else if err == nil && written(MarshalDecimal(d)) != test.want {
			t.Errorf("%v: %s, want %s", test.given, written(MarshalDecimal(d)), test.want)
		}
	}
}

// What is of another kind than its scalar is refused in plain words.
func TestWrongKinds(t *testing.T) {
	ctx := context.Background()
	for _, given := range []any{true, 5, 5.5, json.Number("5"), []any{}, map[string]any{}} {
		for name, unmarshal := range map[string]func() error{
			"INVALID_ID":     func() error { _, err := UnmarshalID(ctx, given); return err },
			"INVALID_TIME":   func() error { _, err := UnmarshalDateTime(ctx, given); return err },
			"INVALID_URI":    func() error { _, err := UnmarshalURI(ctx, given); return err },
			"INVALID_TEXT":   func() error { _, err := UnmarshalText(given); return err },
			"INVALID_STREAM": func() error { _, err := UnmarshalStream(given); return err },
			"UNKNOWN_ACTION": func() error { _, err := UnmarshalAction(given); return err },

			"INVALID_PURPOSE": func() error { _, err := UnmarshalProposalPurpose(given); return err },
			"INVALID_UNIT":    func() error { _, err := UnmarshalTimeUnit(given); return err },
		} {
			if got := code(unmarshal()); got != name {
				t.Errorf("%v: %s, want %s", given, got, name)
			}
		}
	}
}

// Null is as not given.
func TestNullIsNothing(t *testing.T) {
	ctx := context.Background()
	id, e1 := UnmarshalID(ctx, nil)
	uri, e2 := UnmarshalURI(ctx, nil)
	text, e3 := UnmarshalText(nil)
	stream, e4 := UnmarshalStream(nil)
	action, e5 := UnmarshalAction(nil)
	purpose, e6 := UnmarshalProposalPurpose(nil)
	state, e7 := UnmarshalPeerState(nil)
	if err := errors.Join(e1, e2, e3, e4, e5, e6, e7); err != nil {
		t.Error(err)
	}
	if !id.IsZero() || string(uri)+string(text)+string(stream)+string(action)+string(purpose)+string(state) != "" {
		t.Errorf("%v %q %q %q %q %q %q", id, uri, text, stream, action, purpose, state)
	}
}

// What is not stated is null.
func TestNothingIsNull(t *testing.T) {
	ctx := context.Background()
	for name, m := range map[string]graphql.Marshaler{
		"text": MarshalText(""), "stream": MarshalStream(""), "URI": graphql.WrapContextMarshaler(ctx, MarshalURI("")),
		"purpose": MarshalProposalPurpose(""),
	} {
		if got := written(m); got != "null" {
			t.Errorf("%s: %s", name, got)
		}
	}
	if got := written(MarshalString("")); got != `""` {
		t.Errorf("a string that must be there: %s", got)
	}
}

// A purpose and a unit of time come out as they went in; no other word does.
func TestWordsOfPlans(t *testing.T) {
	for _, word := range []string{"offer", "request"} {
		if p, err := UnmarshalProposalPurpose(word); err != nil || written(MarshalProposalPurpose(p)) != `"`+word+`"` {
			t.Errorf("%s: %v %v", word, p, err)
		}
	}
	for _, word := range []string{"year", "month", "week", "day", "hour", "minute", "second"} {
		if u, err := UnmarshalTimeUnit(word); err != nil || written(MarshalTimeUnit(u)) != `"`+word+`"` {
			t.Errorf("%s: %v %v", word, u, err)
		}
	}
	if _, err := UnmarshalTimeUnit("kilogram"); code(err) != "INVALID_UNIT" {
		t.Errorf("a kilogram as a unit of time: %v", err)
	}
	if _, err := UnmarshalProposalPurpose("gift"); code(err) != "INVALID_PURPOSE" {
		t.Errorf("a gift as a purpose: %v", err)
	}
}
