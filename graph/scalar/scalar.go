// Package scalar reads and writes the leaves of GraphQL: ids, actions, exact
// numbers, times, addresses, texts. Every Unmarshal takes what a variable or a
// literal holds and fails with a [*valueflows.InputError]. Null is as not given:
// where something must be given, validation has refused it before.
package scalar

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"disconode/node"
	"disconode/valueflows"
)

// Reading is what reading an input asks of the node.
type Reading struct {
	// Ref is the id of the record that a UUID or an IRI names.
	Ref func(ctx context.Context, text string) (valueflows.ID, error)
	// Zone is where a time without an offset is local.
	Zone func(ctx context.Context) *time.Location
}

type readingKey struct{}

// WithReading gives the inputs of a request what they are read with.
func WithReading(ctx context.Context, r Reading) context.Context {
	return context.WithValue(ctx, readingKey{}, r)
}

func readingOf(ctx context.Context) Reading {
	r, _ := ctx.Value(readingKey{}).(Reading)
	if r.Ref == nil {
		r.Ref = func(_ context.Context, text string) (valueflows.ID, error) { return valueflows.ParseID(text) }
	}
	if r.Zone == nil {
		r.Zone = func(context.Context) *time.Location { return time.UTC }
	}
	return r
}

// text is the text that an input holds, empty where it holds null. A text with a
// NUL is refused: no database column holds one.
func text(v any) (string, error) {
	s, ok := v.(string)
	switch {
	case v == nil:
		return "", nil
	case !ok:
		return "", valueflows.Invalid("INVALID_TEXT", "%s was given where a text belongs", kind(v))
	case strings.ContainsRune(s, 0):
		return "", valueflows.Invalid("INVALID_TEXT", "a text cannot hold the character NUL")
	}
	return s, nil
}

// kind names what an input is instead of what it should be.
func kind(v any) string {
	switch v.(type) {
	case nil:
		return "null"
	case map[string]any:
		return "an object"
	case []any:
		return "a list"
	case bool:
		return "true or false"
	case string:
		return "a text"
	}
	return "a number"
}

// quoted writes a text that needs no escaping.
func quoted(s string) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) {
		var buffer [48]byte
		out := append(buffer[:0], '"')
		out = append(out, s...)
		_, _ = w.Write(append(out, '"'))
	})
}

// MarshalID writes an id as a UUID.
func MarshalID(id valueflows.ID) graphql.ContextMarshaler {
	return graphql.ContextWriterFunc(func(_ context.Context, w io.Writer) error {
		quoted(id.String()).MarshalGQL(w)
		return nil
	})
}

// UnmarshalID reads a UUID, or the IRI of a record of any node.
func UnmarshalID(ctx context.Context, v any) (valueflows.ID, error) {
	if v == nil {
		return valueflows.ID{}, nil
	}
	s, err := text(v)
	if err != nil {
		return valueflows.ID{}, valueflows.Invalid("INVALID_ID", "%s is not an id: give a UUID, or the IRI of a record", kind(v))
	}
	return readingOf(ctx).Ref(ctx, s)
}

// MarshalAction writes the id of an action.
func MarshalAction(a valueflows.Action) graphql.Marshaler { return quoted(string(a)) }

// UnmarshalAction reads the id of an action in any spelling.
func UnmarshalAction(v any) (valueflows.Action, error) {
	if v == nil {
		return "", nil
	}
	s, ok := v.(string)
	if !ok {
		return "", valueflows.Invalid("UNKNOWN_ACTION", "%s is not an action", kind(v))
	}
	return valueflows.ParseAction(s)
}

// MarshalDecimal writes an exact number as a string.
func MarshalDecimal(d valueflows.Decimal) graphql.Marshaler { return quoted(d.String()) }

// UnmarshalDecimal reads an exact number from a string or a JSON number, digit
// by digit. A float has lost its digits already: up to 15 of them are sure.
func UnmarshalDecimal(v any) (valueflows.Decimal, error) {
	switch v := v.(type) {
	case string:
		return valueflows.ParseDecimal(v)
	case json.Number:
		return valueflows.ParseDecimal(string(v))
	case int64:
		return valueflows.ParseDecimal(strconv.FormatInt(v, 10))
	case float64:
		digits := strconv.FormatFloat(v, 'e', -1, 64)
		mantissa, _, _ := strings.Cut(strings.TrimPrefix(digits, "-"), "e")
		if len(mantissa) > len("1.")+14 {
			return valueflows.Decimal{}, valueflows.Invalid("INVALID_QUANTITY", "%s has more digits than a float keeps: write the number as a string", digits)
		}
		return valueflows.ParseDecimal(digits)
	}
	return valueflows.Decimal{}, valueflows.Invalid("INVALID_QUANTITY", "%s is not a number: write it as a string such as \"12.5\"", kind(v))
}

// MarshalDateTime writes a time as RFC 3339, with its own offset.
func MarshalDateTime(t valueflows.Time) graphql.ContextMarshaler {
	return graphql.ContextWriterFunc(func(_ context.Context, w io.Writer) error {
		quoted(t.String()).MarshalGQL(w)
		return nil
	})
}

// UnmarshalDateTime reads a time, leniently, in the zone of the caller's LAB.
func UnmarshalDateTime(ctx context.Context, v any) (valueflows.Time, error) {
	s, ok := v.(string)
	if !ok {
		return valueflows.Time{}, valueflows.Invalid("INVALID_TIME", "%s is not a time: write it as a string such as 2026-05-01T08:30:00-05:00", kind(v))
	}
	return valueflows.ParseTime(s, readingOf(ctx).Zone(ctx))
}

// MarshalInstant writes an instant as a time in UTC.
func MarshalInstant(i valueflows.Instant) graphql.ContextMarshaler {
	return MarshalDateTime(valueflows.Time{Instant: i})
}

// UnmarshalInstant reads a time as [UnmarshalDateTime], and keeps its instant.
func UnmarshalInstant(ctx context.Context, v any) (valueflows.Instant, error) {
	t, err := UnmarshalDateTime(ctx, v)
	return t.Instant, err
}

// MarshalURI writes an address; the empty one as null.
func MarshalURI(u valueflows.URI) graphql.ContextMarshaler {
	return graphql.ContextWriterFunc(func(_ context.Context, w io.Writer) error {
		MarshalText(valueflows.Text(u)).MarshalGQL(w)
		return nil
	})
}

// UnmarshalURI reads an address. An empty one is one not stated, but in a list,
// where it would be a hole.
func UnmarshalURI(ctx context.Context, v any) (valueflows.URI, error) {
	s, err := text(v)
	if err != nil {
		return "", valueflows.Invalid("INVALID_URI", "an address is a text without the character NUL, not %s", kind(v))
	}
	if at := graphql.GetPathContext(ctx); s == "" && at != nil && at.Index != nil {
		return "", valueflows.Invalid("INVALID_URI", "an address in a list cannot be empty: leave it out")
	}
	return valueflows.URI(s), nil
}

// MarshalString writes a text.
func MarshalString(s string) graphql.Marshaler { return graphql.MarshalString(s) }

// UnmarshalString reads a text.
func UnmarshalString(v any) (string, error) { return text(v) }

// MarshalText writes a text; the empty one as null.
func MarshalText(t valueflows.Text) graphql.Marshaler {
	if t == "" {
		return graphql.Null
	}
	return graphql.MarshalString(string(t))
}

// UnmarshalText reads a text that may be missing.
func UnmarshalText(v any) (valueflows.Text, error) {
	s, err := text(v)
	return valueflows.Text(s), err
}

// MarshalStream writes a stream; none as null.
func MarshalStream(s valueflows.Stream) graphql.Marshaler { return MarshalText(valueflows.Text(s)) }

// UnmarshalStream reads a stream.
func UnmarshalStream(v any) (valueflows.Stream, error) {
	if v == nil {
		return "", nil
	}
	for _, stream := range valueflows.Streams {
		if v == string(stream) {
			return stream, nil
		}
	}
	return "", valueflows.Invalid("INVALID_STREAM", "%s is not a stream: it is one of %v", clip(v), valueflows.Streams)
}

// MarshalPeerState writes a state in capitals; none as null.
func MarshalPeerState(s node.PeerState) graphql.Marshaler {
	return MarshalText(valueflows.Text(strings.ToUpper(string(s))))
}

// UnmarshalPeerState reads a state.
func UnmarshalPeerState(v any) (node.PeerState, error) {
	if v == nil {
		return "", nil
	}
	for _, state := range []node.PeerState{node.Requested, node.Approved, node.Rejected, node.Failed} {
		if v == strings.ToUpper(string(state)) {
			return state, nil
		}
	}
	return "", valueflows.Invalid("INVALID_STATE", "%s is not a state of a request", clip(v))
}

// MarshalProposalPurpose writes a purpose; none as null.
func MarshalProposalPurpose(p valueflows.ProposalPurpose) graphql.Marshaler {
	return MarshalText(valueflows.Text(p))
}

// UnmarshalProposalPurpose reads a purpose.
func UnmarshalProposalPurpose(v any) (valueflows.ProposalPurpose, error) {
	if v == nil {
		return "", nil
	}
	for _, purpose := range []valueflows.ProposalPurpose{valueflows.Offer, valueflows.Request} {
		if v == string(purpose) {
			return purpose, nil
		}
	}
	return "", valueflows.Invalid("INVALID_PURPOSE", "%s is not a purpose: a proposal is made as an offer or as a request", clip(v))
}

// MarshalTimeUnit writes a unit of time.
func MarshalTimeUnit(u valueflows.TimeUnit) graphql.Marshaler { return quoted(string(u)) }

// UnmarshalTimeUnit reads a unit of time.
func UnmarshalTimeUnit(v any) (valueflows.TimeUnit, error) {
	text, _ := v.(string)
	if valueflows.UnitOfTime(valueflows.TimeUnit(text)).IsZero() {
		return "", valueflows.Invalid("INVALID_UNIT", "%s is not a unit of time: a duration is counted in years, months, weeks, days, hours, minutes or seconds", clip(v))
	}
	return valueflows.TimeUnit(text), nil
}

func clip(v any) string {
	if s, ok := v.(string); ok {
		return fmt.Sprintf("%q", valueflows.Clip(s))
	}
	return kind(v)
}
