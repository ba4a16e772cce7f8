package web

import "encoding/json"

// explorer is the page on which one asks the node in GraphQL. GraphiQL runs in
// the browser and asks POST /graphql with the browser's session: what it sees
// is what the person may see.
var explorer = page{
	path:     "/api",
	template: "explorer",
	view: func(v *visit, _ json.RawMessage) (any, error) {
		nonce := newNonce()
		v.writer.Header().Set("Content-Security-Policy", explorerPolicy(nonce))
		return struct{ Nonce string }{nonce}, nil
	},
}
