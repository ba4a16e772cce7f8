package graph

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"disconode/node"
	"disconode/valueflows"
)

// errTooMany is a plain list that would be longer than a plain list may be.
type errTooMany struct{ field, instead string }

func (e *errTooMany) Error() string {
	return fmt.Sprintf("%s has more than %d records: ask for %s page by page", e.field, listMax, e.instead)
}

// codes is the one table from errors to what clients are told: a stable code,
// and the error's own words. What is not in it, nor an input error, is internal:
// it goes to the log, and nothing of it to the client.
var codes = []struct {
	err  error
	code string
	text string // in place of the error's own
}{
	{err: node.ErrUnauthenticated, code: "UNAUTHENTICATED"},
	{err: node.ErrForbidden, code: "FORBIDDEN"},
	{err: node.ErrNotFound, code: "NOT_FOUND"},
	{err: node.ErrConflict, code: "IDEMPOTENCY_CONFLICT"},
	{err: node.ErrStale, code: "STALE"},
	{err: node.ErrInUse, code: "IN_USE"},
	{err: node.ErrUnavailable, code: "UNAVAILABLE"},
	{err: context.DeadlineExceeded, code: "TIMEOUT", text: "the answer took too long: ask for less, or send the same mutation again with the same Idempotency-Key to learn whether it was recorded"},
	{err: context.Canceled, code: "CANCELLED", text: "the request was given up before it was answered"},
}

const (
	internalCode = "INTERNAL"
	internalText = "something went wrong in the node; its operator finds it in the log"
)

// present says an error of a resolver, or of reading its input, to the client.
func (s *Server) present(ctx context.Context, err error) *gqlerror.Error {
	var input *valueflows.InputError
	var tooMany *errTooMany
	var said *gqlerror.Error
	switch {
	case errors.As(err, &input):
		said = failure(input.Code, input.Text, append(inputPath(ctx, err), input.Path...))
	case errors.As(err, &tooMany):
		said = failure("TOO_MANY", tooMany.Error(), nil)
	default:
		for _, known := range codes {
			if errors.Is(err, known.err) {
				text := known.text
				if text == "" {
					text = known.err.Error()
				}
				said = failure(known.code, text, nil)
				break
			}
		}
	}
	if said == nil {
		if !errors.Is(err, errPanic) { // whose stack is in the log already
			s.log.ErrorContext(ctx, "a field could not be answered", "field", fieldName(ctx), "error", err.Error())
		}
		said = failure(internalCode, internalText, nil)
	}
	if field := graphql.GetFieldContext(ctx); field != nil {
		said.Path = field.Path()
		if at := field.Field.Position; at != nil {
			said.Locations = []gqlerror.Location{{Line: at.Line, Column: at.Column}}
		}
	}
	return said
}

// inputPath leads to the input field whose value could not be read: what the
// path of the error has beyond the path of the field that it is an input of.
func inputPath(ctx context.Context, err error) []string {
	var at *gqlerror.Error
	field := graphql.GetFieldContext(ctx)
	if field == nil || !errors.As(err, &at) || len(at.Path) <= len(field.Path()) {
		return nil
	}
	return words(at.Path[len(field.Path()):])
}

func words(path ast.Path) []string {
	var all []string
	for _, step := range path {
		switch step := step.(type) {
		case ast.PathName:
			all = append(all, string(step))
		case ast.PathIndex:
			all = append(all, fmt.Sprint(int(step)))
		}
	}
	return all
}

func fieldName(ctx context.Context) string {
	if field := graphql.GetFieldContext(ctx); field != nil {
		return field.Object + "." + field.Field.Name
	}
	return ""
}

var errPanic = errors.New("a panic")

// recovered keeps a panic of a resolver to its field: the stack goes to the
// log, and the process lives.
func (s *Server) recovered(ctx context.Context, panicked any) error {
	s.log.ErrorContext(ctx, "a field panicked", "field", fieldName(ctx), "panic", fmt.Sprint(panicked), "stack", string(debug.Stack()))
	return errPanic
}
