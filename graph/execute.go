package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"runtime/debug"

	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Request is a document to be carried out in process.
type Request struct {
	Document  string
	Variables map[string]any // whatever JSON can write; numbers keep their digits
	Key       string         // idempotency key of a mutation; empty: made for it
}

// Execute carries out a document on behalf of the context's principal: through
// the same gate, validation, policy and deadlines as a request over HTTP. The
// data is nil where nothing was carried out, and then there are errors.
func (s *Server) Execute(ctx context.Context, r Request) (data json.RawMessage, errs gqlerror.List) {
	defer func() {
		if panicked := recover(); panicked != nil {
			s.log.ErrorContext(ctx, "a request panicked", "panic", fmt.Sprint(panicked), "stack", string(debug.Stack()))
			data, errs = nil, refuse(http.StatusInternalServerError, internalCode, internalText).list()
		}
	}()
	asked := &request{Query: r.Document, key: r.Key}
	if r.Variables != nil {
		text, err := json.Marshal(r.Variables)
		if err != nil {
			return nil, refuse(http.StatusBadRequest, "INVALID_VARIABLE", "a variable cannot be written as JSON").list()
		}
		decoder := json.NewDecoder(bytes.NewReader(text))
		decoder.UseNumber()
		if err := decoder.Decode(&asked.Variables); err != nil {
			return nil, refuse(http.StatusBadRequest, "INVALID_VARIABLE", "a variable cannot be read as JSON").list()
		}
	}
	a := s.answer(ctx, asked)
	return a.data, a.errors
}
