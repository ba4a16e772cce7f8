package graph

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator"

	"disconode/graph/scalar"
	"disconode/node"
)

// answer carries out a request on behalf of the context's principal, with the
// same gate, policy and deadline whoever asks and by whichever way.
func (s *Server) answer(ctx context.Context, r *request) answer {
	operation, problems, status := s.prepare(ctx, r)
	if problems != nil {
		return answer{status: status, errors: problems}
	}
	deadline := queryDeadline
	if operation.Operation.Operation == ast.Mutation {
		deadline = mutateDeadline
	}
	ctx, cancel := context.WithTimeout(ctx, deadline)
	defer cancel()
	ctx = node.WithNames(ctx)
	ctx = scalar.WithReading(ctx, scalar.Reading{Ref: s.node.Ref, Zone: s.node.Zone})
	ctx = withLoads(ctx, s.node)
	ctx = graphql.WithOperationContext(ctx, operation)
	ctx = graphql.WithResponseContext(ctx, s.present, s.recovered)
	response := s.schema.Exec(ctx)(ctx)
	a := answer{status: http.StatusOK, errors: graphql.GetErrors(ctx)}
	if response != nil {
		a.data = response.Data
	}
	return a
}

// prepare reads, gates, validates and authorises a request.
func (s *Server) prepare(ctx context.Context, r *request) (*graphql.OperationContext, gqlerror.List, int) {
	schema, role := s.schema.Schema(), node.PrincipalOf(ctx).Role
	doc := s.documents.get(r.Query)
	if doc == nil {
		var problems gqlerror.List
		if doc, problems = read(r.Query); problems != nil {
			return nil, problems, statusOf(problems)
		}
	}
	asked, why := doc.choose(r.OperationName)
	if why == nil {
		why = check(schema, doc.QueryDocument, asked, r.Variables)
	}
	if why != nil {
		return nil, why.list(), why.status
	}
	if role == node.Public && !public(doc.QueryDocument, asked) {
		return nil, refuse(0, "UNAUTHENTICATED", "%s", node.ErrUnauthenticated).list(), http.StatusUnauthorized
	}
	if !doc.valid {
		if problems := doc.validate(schema, role == node.Public || len(r.Query) > suggestedBytesMax); problems != nil {
			return nil, problems, http.StatusBadRequest
		}
		s.documents.put(r.Query, doc)
	}
	if problems := authorise(asked, role); problems != nil {
		return nil, problems, http.StatusForbidden
	}
	variables, why := readVariables(schema, asked, r.Variables)
	if why != nil {
		return nil, why.list(), why.status
	}
	if why := bounded(asked, variables); why != nil {
		return nil, why.list(), why.status
	}
	operation := &graphql.OperationContext{
		RawQuery: r.Query, Variables: variables, OperationName: r.OperationName, Doc: doc.QueryDocument, Operation: asked,
		RecoverFunc:            s.recovered,
		ResolverMiddleware:     s.before,
		RootResolverMiddleware: s.beforeRoot(r.key),
	}
	return operation, nil, http.StatusOK
}

// statusOf is the HTTP status of a query that could not be read.
func statusOf(problems gqlerror.List) int {
	if problems[0].Extensions["code"] == "QUERY_TOO_LONG" {
		return http.StatusRequestEntityTooLarge
	}
	return http.StatusBadRequest
}

// readVariables holds the variables to what the operation declares.
func readVariables(schema *ast.Schema, o *ast.OperationDefinition, given map[string]any) (map[string]any, *refusal) {
	for name := range given {
		if o.VariableDefinitions.ForName(name) == nil {
			return nil, refuse(http.StatusBadRequest, "INVALID_VARIABLE", "the operation declares no variable $%s", clip(name)).at(clip(name))
		}
	}
	variables, err := validator.VariableValues(schema, o, given)
	if err == nil {
		return variables, nil
	}
	text, path := err.Error(), []string(nil)
	if problem, ok := err.(*gqlerror.Error); ok {
		text = problem.Message
		if len(problem.Path) > 1 { // after the word variable
			path = words(problem.Path[1:])
		}
	}
	return nil, refuse(http.StatusBadRequest, "INVALID_VARIABLE", "%s", clipLine(text)).at(path...)
}

// before runs before each resolver.
func (s *Server) before(ctx context.Context, next graphql.Resolver) (any, error) {
	if s.fault != nil {
		if field := graphql.GetFieldContext(ctx); field != nil {
			s.fault(field.Object, field.Field.Name)
		}
	}
	return next(ctx)
}

// beforeRoot runs before each field of the root. One of a query is written
// directly where it can be. Each one of a mutation has an idempotency key of its
// own, made of the request's and its name in the answer.
func (s *Server) beforeRoot(key string) graphql.RootFieldMiddleware {
	return func(ctx context.Context, next graphql.RootResolver) graphql.Marshaler {
		operation := graphql.GetOperationContext(ctx)
		field := graphql.GetRootFieldContext(ctx).Field
		if operation.Operation.Operation == ast.Query && s.fault == nil && !s.indirect {
			if written, ok := answerOf(ctx, field); ok {
				if s.wrote != nil {
					s.wrote(field)
				}
				return graphql.WriterFunc(func(w io.Writer) { _, _ = w.Write(written) })
			}
		}
		if operation.Operation.Operation == ast.Mutation {
			ctx = withLoads(ctx, s.node) // what was read before the change is no more
			if key != "" {
				ctx = node.WithIdempotencyKey(ctx, keyOf(key, field.Alias), wording(field, operation.Variables))
			}
		}
		return next(ctx)
	}
}

// keyOf is the key of one field of a request: short enough for the node.
func keyOf(key, alias string) string {
	text := key + ":" + alias
	if len(text) <= keyBytesMax {
		return text
	}
	digest := sha256.Sum256([]byte(text))
	return hex.EncodeToString(digest[:])
}

// wording is what a field of a mutation asks for.
func wording(f graphql.CollectedField, variables map[string]any) []byte {
	var out bytes.Buffer
	out.WriteString(f.Name)
	if err := json.NewEncoder(&out).Encode(f.ArgumentMap(variables)); err != nil {
		return nil
	}
	return out.Bytes()
}
