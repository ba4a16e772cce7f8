//go:build interop

package interop

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"testing"
)

// wire stands before the node, as a proxy that ends TLS would: its address is the
// node's base URL. It notes what was posted, and can change it on the way.
type wire struct {
	*httptest.Server
	sync.Mutex
	posts  []post
	change func(r *http.Request, body []byte) []byte // nil: as it came
}

// post is an activity on its way in, and what the node answered.
type post struct {
	scheme string // rfc9421 or cavage
	status int
}

// newWire stretches a wire; to names the node's address once it is known.
func newWire(t testing.TB, to string) *wire {
	t.Helper()
	w := &wire{}
	proxy := &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(&url.URL{Scheme: "http", Host: to})
			r.Out.Host = r.In.Host // who signs covers the name that the world knows
		},
		ModifyResponse: func(response *http.Response) error {
			if r := response.Request; r.Method == http.MethodPost && r.Header.Get("Signature") != "" {
				w.Lock()
				defer w.Unlock()
				w.posts = append(w.posts, post{scheme(r), response.StatusCode})
			}
			return nil
		},
	}
	w.Server = httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		w.Lock()
		change := w.change
		w.Unlock()
		if change != nil && r.Method == http.MethodPost && r.Header.Get("Signature") != "" {
			body, err := io.ReadAll(r.Body)
			if err != nil {
				http.Error(rw, err.Error(), http.StatusBadGateway)
				return
			}
			body = change(r, body)
			r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
		}
		proxy.ServeHTTP(rw, r)
	}))
	t.Cleanup(w.Close)
	return w
}

// scheme is the way in which a request is signed.
func scheme(r *http.Request) string {
	if r.Header.Get("Signature-Input") != "" {
		return "rfc9421"
	}
	return "cavage"
}

// tamper has everything signed go through change from now on.
func (w *wire) tamper(change func(r *http.Request, body []byte) []byte) {
	w.Lock()
	defer w.Unlock()
	w.change = change
}

// since are the posts that came after the first n.
func (w *wire) since(n int) []post {
	w.Lock()
	defer w.Unlock()
	return append([]post(nil), w.posts[n:]...)
}

// digested gives a request the digests that a body has.
func digested(r *http.Request, body []byte) {
	sum := sha256.Sum256(body)
	text := base64.StdEncoding.EncodeToString(sum[:])
	if r.Header.Get("Digest") != "" {
		r.Header.Set("Digest", "SHA-256="+text)
	}
	if r.Header.Get("Content-Digest") != "" {
		r.Header.Set("Content-Digest", "sha-256=:"+text+":")
	}
}

// spoil changes one character of a request's signature.
func spoil(r *http.Request) {
	mark := `signature="`
	if scheme(r) == "rfc9421" {
		mark = "=:"
	}
	text := r.Header.Get("Signature")
	at := strings.Index(text, mark) + len(mark) + 8
	other := "A"
	if text[at] == 'A' {
		other = "B"
	}
	r.Header.Set("Signature", text[:at]+other+text[at+1:])
}
