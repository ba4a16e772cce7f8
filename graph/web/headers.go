package web

import (
	"crypto/rand"
	"encoding/base64"
	"net/http"
	"strings"
)

// policy is the content policy of every page: all that a page holds comes from
// this node, nothing is inline, and no text becomes a script.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; " +
	"base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

// guard sets the headers that every answer has. The referrer stays within the
// node: without any, browsers would not say with a form which site it is from.
func guard(h http.Header) {
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()")
	h.Set("Cache-Control", "no-store")
}

// explorerPolicy is the policy of the page with GraphiQL. That one makes style
// elements of its own, has its fonts within its styles, and writes the schema's
// descriptions as HTML: with a default policy for trusted types that our script
// gives it, which lets no text become a script.
func explorerPolicy(nonce string) string {
	return strings.NewReplacer(
		"style-src 'self'", "style-src 'self' 'nonce-"+nonce+"'; font-src data:",
		"trusted-types 'none'", "trusted-types default",
	).Replace(policy)
}

// newNonce is a word that nobody guesses.
func newNonce() string {
	random := make([]byte, 16)
	rand.Read(random)
	return base64.StdEncoding.EncodeToString(random)
}
