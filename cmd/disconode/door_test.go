package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"disconode/node/store/storetest"
)

const phrase = "seven green tractors hum"

// visitor is a browser of its own.
func visitor(t *testing.T) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &http.Client{Timeout: 20 * time.Second, Jar: jar}
}

// fill sends a form as a page of that address would, and returns where the
// browser came to and what it shows.
func fill(t *testing.T, browser *http.Client, address string, form url.Values) (at *http.Response, page string) {
	t.Helper()
	request, err := http.NewRequest(http.MethodPost, address, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Origin", request.URL.Scheme+"://"+request.URL.Host)
	at, err = browser.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer at.Body.Close()
	text, err := io.ReadAll(at.Body)
	if err != nil {
		t.Fatal(err)
	}
	return at, string(text)
}

// On an empty folder serve prints one link, with which the node is set up, once;
// neither the log nor a second start has one then. The operator invites others,
// and sets passwords, while it serves.
func TestFirstRun(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		p := place{t.TempDir(), dsn}
		address := freeAddress(t)
		base := "http://" + address
		s := p.serve(t, "--base-url", base, "--listen", address)
		link := regexp.MustCompile(regexp.QuoteMeta(base) + `/setup/[\w-]{43}\n`)
		soon(t, "the link", func() error {
			if !link.MatchString(s.said.String()) {
				return fmt.Errorf("it says %q", s.said)
			}
			return nil
		})
		setup := strings.TrimSpace(link.FindString(s.said.String()))
		nia := visitor(t)
		filled := url.Values{"name": {"Farm"}, "zone": {"America/Chicago"}, "steward": {"Nia"}, "password": {phrase}}
		if at, page := fill(t, nia, setup, filled); at.StatusCode != 200 || at.Request.URL.Path != "/" || !strings.Contains(page, "Farm is set up. Welcome, Nia.") {
			t.Fatalf("%d at %s: %s", at.StatusCode, at.Request.URL, page)
		}
		if at, _ := fill(t, visitor(t), setup, filled); at.StatusCode != http.StatusNotFound {
			t.Errorf("the link is good twice: %d", at.StatusCode)
		}
		if strings.Contains(s.log.String(), strings.TrimPrefix(setup, base+"/setup/")) {
			t.Error("the link is in the log")
		}

		invitation := strings.TrimSpace(p.must(t, "member", "invite", "--lab", "farm", "--user", "Ben"))
		if at, page := fill(t, visitor(t), invitation, url.Values{"password": {"oats peas beans and barley"}}); at.StatusCode != 200 || at.Request.URL.Path != "/" {
			t.Errorf("%d at %s: %s", at.StatusCode, at.Request.URL, page)
		}
		file := filepath.Join(t.TempDir(), "password")
		if err := os.WriteFile(file, []byte("a brand new phrase\r\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		p.must(t, "member", "password", "--lab", "farm", "--user", "Nia", "--from", file)
		if code, page := fetched(t, nia, base+"/"); code != 200 || !strings.Contains(page, "<h1>Sign in</h1>") {
			t.Errorf("another password leaves the browser signed in: %d", code)
		}
		if at, page := fill(t, nia, base+"/sign-in", url.Values{"name": {"Nia"}, "password": {"a brand new phrase"}}); at.Request.URL.Path != "/" {
			t.Errorf("%s: %s", at.Request.URL, page)
		}
		if _, errs, code := p.run(t, "member", "invite", "--lab", "farm", "--user", ""); code != 1 || !strings.Contains(errs, "give a name") {
			t.Errorf("exit %d: %s", code, errs)
		}
		s.kill(t)
		if again := p.serve(t, "--listen", address); strings.Contains(again.said.String(), "/setup/") {
			t.Errorf("a second start says %q", again.said)
		}
		p.clean(t)
	})
}

func fetched(t *testing.T, browser *http.Client, address string) (int, string) {
	t.Helper()
	r, err := browser.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	text, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return r.StatusCode, string(text)
}

// SECURITY.md A25: what is no plain request is refused, and what stands after it
// on the connection is not taken for another one. A host that somebody claims
// appears nowhere.
func TestA25StrangeRequests(t *testing.T) {
	p, _ := fresh(t, "")
	s := p.serve(t)
	host := strings.TrimPrefix(s.url, "http://")
	const smuggled = "GET /livez HTTP/1.1\r\nHost: farm.test\r\n\r\n"
	tests := []struct{ what, request string }{
		{"no host", "GET / HTTP/1.1\r\n\r\n"},
		{"two hosts", "GET / HTTP/1.1\r\nHost: farm.test\r\nHost: evil.example\r\n\r\n"},
		{"a host that is none", "GET / HTTP/1.1\r\nHost: farm.test/evil\r\n\r\n"},
		{"a host with a space", "GET / HTTP/1.1\r\nHost: farm test\r\n\r\n"},
		{"two lengths", "POST /graphql HTTP/1.1\r\nHost: farm.test\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\n" + smuggled},
		{"a length and chunks", "POST /sign-in HTTP/1.1\r\nHost: farm.test\r\nTransfer-Encoding: chunked, identity\r\nContent-Length: 4\r\n\r\n0\r\n\r\n" + smuggled},
		{"chunks of another kind", "POST /sign-in HTTP/1.1\r\nHost: farm.test\r\nTransfer-Encoding: xchunked\r\n\r\n" + smuggled},
		{"two codings", "POST /sign-in HTTP/1.1\r\nHost: farm.test\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + smuggled},
		{"a signed length", "POST /sign-in HTTP/1.1\r\nHost: farm.test\r\nContent-Length: +4\r\n\r\n" + smuggled},
		{"a negative length", "POST /sign-in HTTP/1.1\r\nHost: farm.test\r\nContent-Length: -1\r\n\r\n" + smuggled},
		{"a space before the colon", "POST /sign-in HTTP/1.1\r\nHost: farm.test\r\nContent-Length : 4\r\n\r\n" + smuggled},
		{"a NUL in a header", "GET / HTTP/1.1\r\nHost: farm.test\r\nX-Note: a\x00b\r\n\r\n"},
		{"a header past the limit", "GET / HTTP/1.1\r\nHost: farm.test\r\nX-Note: " + strings.Repeat("a", 64<<10) + "\r\n\r\n"},
		{"many headers", "GET / HTTP/1.1\r\nHost: farm.test\r\n" + strings.Repeat("X-Note: a\r\n", 8<<10) + "\r\n"},
		{"a long line", "GET /" + strings.Repeat("a", 64<<10) + " HTTP/1.1\r\nHost: farm.test\r\n\r\n"},
		{"a method that is none", "G\x01T / HTTP/1.1\r\nHost: farm.test\r\n\r\n"},
		{"another protocol", "GET / HTTP/9.9\r\nHost: farm.test\r\n\r\n"},
		{"CONNECT", "CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n"},
		{"TRACE", "TRACE / HTTP/1.1\r\nHost: farm.test\r\n\r\n"},
		{"another method", "PROPFIND / HTTP/1.1\r\nHost: farm.test\r\n\r\n"},
	}
	for _, test := range tests {
		t.Run(test.what, func(t *testing.T) {
			answers := spoken(t, host, test.request)
			if len(answers) != 1 || answers[0] < 400 || answers[0] >= 600 {
				t.Errorf("answered %v", answers)
			}
		})
	}
	if answers := spoken(t, host, "GET /livez HTTP/1.1\r\nHost: farm.test\r\n\r\n"+smuggled); len(answers) != 2 || answers[0] != 200 || answers[1] != 200 {
		t.Errorf("two plain requests are answered %v: the test reads wrongly", answers)
	}
	conn, err := net.Dial("tcp", host)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "GET /journal HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\nConnection: close\r\n\r\n")
	text, err := io.ReadAll(conn)
	if err != nil || strings.Contains(string(text), "evil.example") || !strings.Contains(string(text), "Location: /sign-in?next=%2Fjournal\r\n") {
		t.Errorf("a claimed host: %s %v", text, err)
	}
}

// spoken sends bytes on a connection of its own, and returns the status of each
// answer until the server closes or falls silent.
func spoken(t *testing.T, host, request string) []int {
	t.Helper()
	conn, err := net.Dial("tcp", host)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(time.Second)); err != nil {
		t.Fatal(err)
	}
	_, _ = io.WriteString(conn, request) // it may be cut off
	var answers []int
	for in := bufio.NewReader(conn); ; {
		r, err := http.ReadResponse(in, nil)
		if err != nil {
			return answers
		}
		answers = append(answers, r.StatusCode)
		if _, err := io.Copy(io.Discard, r.Body); err != nil {
			return answers
		}
	}
}
