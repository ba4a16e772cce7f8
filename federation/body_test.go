package federation

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// F30: a body that is too large is refused; one that says so is not even read,
// and one that never ends is cut.
func TestF30Bodies(t *testing.T) {
	const most = 1000
	read := make(chan error, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := readRequest(w, r, most)
		read <- err
		if refused, ok := err.(*refusal); ok {
			http.Error(w, refused.Text, refused.Status)
			return
		}
		fmt.Fprint(w, len(body))
	}))
	t.Cleanup(server.Close)
	chunk := "3e8\r\n" + strings.Repeat("a", 1000) + "\r\n"
	tests := []struct {
		name, header, body string
		status             int
		why                reason
	}{
		{"nothing", "Content-Length: 0", "", 200, ""},
		{"as large as may be", "Content-Length: 1000", strings.Repeat("a", 1000), 200, ""},
		{"one byte more", "Content-Length: 1001", strings.Repeat("a", 1001), 413, bodyLarge},
		{"a gigabyte, as it says", "Content-Length: 1073741824", "aaaa", 413, bodyLarge},
		{"no length, chunked", "Transfer-Encoding: chunked", "5\r\nhello\r\n0\r\n\r\n", 200, ""},
		{"chunked for ever", "Transfer-Encoding: chunked", strings.Repeat(chunk, 50), 413, bodyLarge},
		{"encoded", "Content-Encoding: gzip\r\nContent-Length: 4", "aaaa", 415, bodyEncoded},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			conn, err := net.DialTimeout("tcp", server.Listener.Addr().String(), 5*time.Second)
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			if err := conn.SetDeadline(time.Now().Add(10 * time.Second)); err != nil {
				t.Fatal(err)
			}
			go io.WriteString(conn, "POST /inbox HTTP/1.1\r\nHost: us.example\r\n"+test.header+"\r\n\r\n"+test.body)
			res, err := http.ReadResponse(bufio.NewReader(conn), nil)
			if err != nil {
				t.Fatal(err)
			}
			defer res.Body.Close()
			if res.StatusCode != test.status {
				t.Errorf("answered with %d, not %d", res.StatusCode, test.status)
			}
			refusedFor(t, <-read, test.why)
			if test.status == 413 && !res.Close {
				t.Error("the connection goes on")
			}
		})
	}
	// A body that ends before its length.
	conn, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprint(conn, "POST /inbox HTTP/1.1\r\nHost: us.example\r\nContent-Length: 10\r\n\r\nabc")
	conn.Close()
	refusedFor(t, <-read, bodyBroken)
}
