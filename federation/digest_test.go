package federation

import (
	"crypto/sha512"
	"encoding/base64"
	"net/http"
	"testing"
)

func sha512Line(body string) string {
	sum := sha512.Sum512([]byte(body))
	return "SHA-512=" + base64.StdEncoding.EncodeToString(sum[:])
}

// The digests of RFC 9530's and RFC 9421's example body.
func TestContentDigest(t *testing.T) {
	const body = `{"hello": "world"}`
	tests := []struct {
		line string
		why  reason
	}{
		{"sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:", ""},
		{"sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:", ""},
		{"sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPA=:", digestWrong},
		{"sha-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=", digestForm},
		{"SHA-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:", digestForm},
		{"md5=:Sd/dVLAcvNLSq16eXua5uQ==:", algorithmUnknown},
		{"sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:, sha-256=:AAAA:", digestTwo},
		{"sha-256", digestForm},
		{"", digestForm},
	}
	for _, test := range tests {
		err := checkDigests(http.Header{"Content-Digest": {test.line}}, "Content-Digest", []byte(body))
		if reasonOf(err) != test.why || test.why == "" && err != nil {
			t.Errorf("%q: %v, want %q", test.line, err, test.why)
		}
	}
	refusedFor(t, checkDigests(http.Header{}, "Content-Digest", []byte(body)), digestMissing)
}

// A digest that is taken is that of the body.
func FuzzDigest(f *testing.F) {
	f.Add("SHA-256=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:", "")
	f.Add("sha-512=,", "a=:AA==:;x", "body")
	f.Add("=", "=::", "body")
	f.Fuzz(func(t *testing.T, digest, content, body string) {
		if checkDigests(http.Header{"Digest": {digest}}, "Digest", []byte(body)) == nil && checkDigests(http.Header{"Digest": {digest}}, "Digest", []byte(body+" ")) == nil {
			t.Fatal("two bodies have one digest:", digest)
		}
		if checkDigests(http.Header{"Content-Digest": {content}}, "Content-Digest", []byte(body)) == nil && checkDigests(http.Header{"Content-Digest": {content}}, "Content-Digest", []byte(body+" ")) == nil {
			t.Fatal("two bodies have one digest:", content)
		}
	})
}
