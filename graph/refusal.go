package graph

import (
	"fmt"
	"strings"

	"github.com/vektah/gqlparser/v2/gqlerror"

	"disconode/valueflows"
)

// refusal is why a request is not carried out at all.
type refusal struct {
	status int // of HTTP
	code   string
	text   string
	path   []string // to the input field at fault
}

func refuse(status int, code, format string, args ...any) *refusal {
	return &refusal{status: status, code: code, text: fmt.Sprintf(format, args...)}
}

// at is the same refusal, for an input field.
func (r *refusal) at(path ...string) *refusal {
	r.path = path
	return r
}

func (r *refusal) Error() string { return r.text }

// list is the refusal as GraphQL says it.
func (r *refusal) list() gqlerror.List {
	return gqlerror.List{failure(r.code, r.text, r.path)}
}

// failure is an error as the schema promises it.
func failure(code, text string, path []string) *gqlerror.Error {
	e := &gqlerror.Error{Message: text, Extensions: map[string]any{"code": code}}
	if len(path) > 0 {
		e.Extensions["path"] = strings.Join(path, ".")
	}
	return e
}

// clip shortens a stranger's text to what an error may repeat of it.
func clip(text string) string { return valueflows.Clip(text) }
