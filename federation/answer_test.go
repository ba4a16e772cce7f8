package federation

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

// F31: an answer is capped as it is decoded; encodings that are not known, or
// one in another, are not decoded.
func TestF31Answers(t *testing.T) {
	zipped := func(size int) []byte {
		var out bytes.Buffer
		w := gzip.NewWriter(&out)
		if _, err := w.Write(bytes.Repeat([]byte(" "), size)); err != nil {
			t.Fatal(err)
		}
		w.Close()
		return out.Bytes()
	}
	tests := []struct {
		name, encoding string
		body           []byte
		size           int
		why            reason
	}{
		{"plain", "", []byte("hello"), 5, ""},
		{"identity", "identity", []byte("hello"), 5, ""},
		{"gzip", "gzip", zipped(5000), 5000, ""},
		{"as large as may be", "", bytes.Repeat([]byte(" "), answerBytesMax), answerBytesMax, ""},
		{"zipped, as large as may be", "gzip", zipped(answerBytesMax), answerBytesMax, ""},
		{"too large", "", bytes.Repeat([]byte(" "), answerBytesMax+1), 0, answerLarge},
		{"a bomb", "gzip", zipped(64 << 20), 0, answerLarge},
		{"gzip in gzip", "gzip, gzip", zipped(5), 0, answerEncoded},
		{"brotli", "br", []byte("hello"), 0, answerEncoded},
		{"deflate", "deflate", []byte("hello"), 0, answerEncoded},
		{"no gzip", "gzip", []byte("hello"), 0, answerBroken},
		{"half a gzip", "gzip", zipped(5000)[:20], 0, answerNone},
	}
	c, p := newTestClient(t), newPeer(t)
	for _, test := range tests {
		p.answers("/", func(w http.ResponseWriter, _ *http.Request) {
			if test.encoding != "" {
				w.Header().Set("Content-Encoding", test.encoding)
			}
			w.Write(test.body)
		})
		a, err := c.get(t.Context(), p.URL+"/", acceptTypes, 0)
		if reasonOf(err) != test.why || test.why == "" && (err != nil || len(a.Body) != test.size) {
			t.Errorf("%s: %v", test.name, err)
		}
	}
	// A length that is promised and not kept.
	p.answers("/", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		fmt.Fprint(w, "{}")
	})
	_, err := c.get(t.Context(), p.URL+"/", acceptTypes, 0)
	refusedFor(t, err, answerNone)
}

// F32: an answer that drips, never ends, or is all header is cut.
func TestF32SlowAndEndlessAnswers(t *testing.T) {
	c, p := newTestClientWith(t, clientOptions{AllowNet: loopback, Timeout: 300 * time.Millisecond}), newPeer(t)
	drip := func(w http.ResponseWriter, r *http.Request, piece string, pause time.Duration) {
		for r.Context().Err() == nil {
			if _, err := fmt.Fprint(w, piece); err != nil {
				return
			}
			w.(http.Flusher).Flush()
			time.Sleep(pause)
		}
	}
	p.answers("/silent", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	p.answers("/drips", func(w http.ResponseWriter, r *http.Request) { drip(w, r, " ", 20*time.Millisecond) })
	p.answers("/endless", func(w http.ResponseWriter, r *http.Request) { drip(w, r, strings.Repeat(" ", 64<<10), 0) })
	p.answers("/headers", func(w http.ResponseWriter, _ *http.Request) {
		for n := range 10_000 {
			w.Header().Set(fmt.Sprintf("X-%d", n), "a")
		}
	})
	for path, why := range map[string]reason{"/silent": answerLate, "/drips": answerLate, "/endless": answerLarge, "/headers": answerNone} {
		_, err := c.get(t.Context(), p.URL+path, acceptTypes, 0)
		if reasonOf(err) != why {
			t.Errorf("%s: %v", path, err)
		}
	}
}
