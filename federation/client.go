package federation

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"syscall"
	"time"
)

// What the node spends on an answer from elsewhere.
const (
	answerTimeout     = 10 * time.Second // redirects and waiting included
	connectTimeout    = 3 * time.Second  // for each of a host's addresses
	answerBytesMax    = 1 << 20          // after decoding
	receiptBytesMax   = 4 << 10          // of the answer to what we deliver
	answerHeaderMax   = 32 << 10
	redirectsMax      = 3
	parallelMax       = 8
	parallelHostMax   = 2
	addressesTriedMax = 4
)

// clientOptions is what the client is made with.
type clientOptions struct {
	AllowNet []netip.Prefix   // private networks that may be reached
	Agent    string           // what stands in User-Agent
	Sign     *signer          // signs what we ask for; nil: unsigned
	Now      func() time.Time // nil: the clock of the machine
	Timeout  time.Duration    // zero: [answerTimeout]

	// Both are the machine's where they are nil.
	Lookup func(ctx context.Context, host string) ([]netip.Addr, error)
	Roots  *x509.CertPool
}

// client is the one way out of the node. It checks the address of each
// connection after the name is resolved and before the first packet, keeps to
// limits of time, size and number, knows no proxies and keeps no cookies.
type client struct {
	clientOptions
	reach      reach
	slots      *slots
	plain, tls http.RoundTripper
}

func newClient(o clientOptions) *client {
	if o.Agent == "" {
		o.Agent = "disconode"
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Timeout == 0 {
		o.Timeout = answerTimeout
	}
	if o.Lookup == nil {
		o.Lookup = func(ctx context.Context, host string) ([]netip.Addr, error) {
			return net.DefaultResolver.LookupNetIP(ctx, "ip", host)
		}
	}
	c := &client{clientOptions: o, reach: reach{opened: o.AllowNet}, slots: newSlots(parallelMax, parallelHostMax)}
	c.plain, c.tls = c.transport(true), c.transport(false)
	return c
}

// transport is HTTP/1.1 over connections that the client's reach allows. It asks
// for no compression of its own: what comes is decoded under our cap.
func (c *client) transport(plain bool) *http.Transport {
	return &http.Transport{
		DialContext: func(ctx context.Context, _, address string) (net.Conn, error) {
			return c.dial(ctx, address, plain)
		},
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: c.Roots},
		TLSHandshakeTimeout:    connectTimeout,
		DisableCompression:     true,
		MaxConnsPerHost:        parallelHostMax,
		MaxIdleConns:           8 * parallelMax,
		MaxIdleConnsPerHost:    parallelHostMax,
		IdleConnTimeout:        30 * time.Second,
		MaxResponseHeaderBytes: answerHeaderMax,
	}
}

// dial resolves a host once and connects to one of its addresses. The address
// that is checked is the one that the kernel is given.
func (c *client) dial(ctx context.Context, address string, plain bool) (net.Conn, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	addresses, err := c.resolveHost(ctx, host)
	if err != nil {
		return nil, err
	}
	dialer := net.Dialer{Timeout: connectTimeout, Control: func(_, address string, _ syscall.RawConn) error {
		to, err := netip.ParseAddrPort(address)
		if err != nil {
			return err
		}
		return c.reach.check(to, plain)
	}}
	err = unanswered(addressUnknown, "the host %s has no address", clip(host))
	for i, a := range addresses {
		if i == addressesTriedMax {
			break
		}
		var conn net.Conn
		if conn, err = dialer.DialContext(ctx, "tcp", net.JoinHostPort(a.Unmap().String(), port)); err == nil {
			return conn, nil
		}
	}
	return nil, err
}

func (c *client) resolveHost(ctx context.Context, host string) ([]netip.Addr, error) {
	if a, err := netip.ParseAddr(host); err == nil {
		return []netip.Addr{a}, nil
	}
	ctx, cancel := context.WithTimeout(ctx, c.Timeout) // a transport's dialling outlives the request
	defer cancel()
	addresses, err := c.Lookup(ctx, host)
	if err != nil {
		return nil, unanswered(addressUnknown, "the host %s has no address", clip(host)).because(err)
	}
	return addresses, nil
}

// answer is what a host answered.
type answer struct {
	URL    string // what answered, after redirects
	Status int
	Header http.Header
	Body   []byte
}

// get asks for what an address shows, following at most so many redirects. A
// signature goes to the host that was asked, never on to another.
func (c *client) get(ctx context.Context, iri, accept string, redirects int) (*answer, error) {
	ctx, cancel := context.WithTimeout(ctx, c.Timeout)
	defer cancel()
	sign, seen := c.Sign, map[string]bool{}
	for hop := 0; ; hop++ {
		u, err := c.reach.url(iri)
		if err != nil {
			return nil, err
		}
		if seen[u.String()] {
			return nil, unanswered(redirectLoop, "%s redirects in a circle", u.Host)
		}
		seen[u.String()] = true
		header := http.Header{"Accept": {accept}, "Accept-Encoding": {"gzip"}}
		a, err := c.ask(ctx, http.MethodGet, u, header, nil, sign)
		if err != nil {
			return nil, err
		}
		next, err := redirected(u, a)
		if next == nil || err != nil {
			return a, err
		}
		switch {
		case hop == redirects && redirects < redirectsMax:
			return nil, unanswered(redirectRefused, "%s redirects to another address, where none may be", u.Host)
		case hop == redirects:
			return nil, unanswered(redirectMany, "%s redirects more than %d times", u.Host, redirects)
		case u.Scheme == "https" && next.Scheme != "https":
			return nil, unanswered(redirectInsecure, "%s redirects from https to %s", u.Host, clip(next.Scheme))
		}
		if host, err := normalHost(next.Host, next.Scheme); err != nil || host != u.Host || next.Scheme != u.Scheme {
			sign = nil
		}
		iri = next.String()
	}
}

// redirected is where an answer leads on to, and nil where it does not.
func redirected(from *url.URL, a *answer) (*url.URL, error) {
	switch a.Status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
	default:
		return nil, nil
	}
	next, err := from.Parse(a.Header.Get("Location"))
	if err != nil || a.Header.Get("Location") == "" {
		return nil, unanswered(answerBroken, "%s redirects to no address", from.Host)
	}
	return next, nil
}

// post delivers a body, signed, to an inbox. A redirect is not followed: it is
// the answer. Of the answer's body only the beginning is kept.
func (c *client) post(ctx context.Context, inbox, contentType string, body []byte, sign *signer) (*answer, error) {
	ctx, cancel := context.WithTimeout(ctx, c.Timeout)
	defer cancel()
	u, err := c.reach.url(inbox)
	if err != nil {
		return nil, err
	}
	return c.ask(ctx, http.MethodPost, u, http.Header{"Content-Type": {contentType}}, body, sign)
}

// ask sends one request and reads the answer.
func (c *client) ask(ctx context.Context, method string, u *url.URL, header http.Header, body []byte, sign *signer) (*answer, error) {
	release, err := c.slots.take(ctx, u.Host)
	if err != nil {
		return nil, c.failed(u, err)
	}
	defer release()
	r, err := http.NewRequestWithContext(ctx, method, u.String(), bytes.NewReader(body))
	if err != nil {
		return nil, bad(addressForm, "%q is not an address", clip(u.String())).because(err)
	}
	r.Header = header
	r.Header.Set("User-Agent", c.Agent)
	r.Header.Set("Date", c.Now().UTC().Format(http.TimeFormat))
	if sign != nil {
		if err := sign.sign(r, body); err != nil {
			return nil, fmt.Errorf("sign a request to %s: %w", u.Host, err)
		}
	}
	way := c.tls
	if u.Scheme == "http" {
		way = c.plain
	}
	res, err := way.RoundTrip(r)
	if err != nil {
		return nil, c.failed(u, err)
	}
	defer res.Body.Close()
	a := &answer{URL: u.String(), Status: res.StatusCode, Header: res.Header}
	if method == http.MethodPost {
		a.Body, _ = io.ReadAll(io.LimitReader(res.Body, receiptBytesMax)) // only for people to read
		return a, nil
	}
	if a.Body, err = decoded(res.Header, res.Body); err != nil {
		return nil, c.failed(u, err)
	}
	return a, nil
}

// failed says why there is no answer.
func (c *client) failed(u *url.URL, err error) error {
	var refused *refusal
	var slow net.Error
	switch {
	case errors.As(err, &refused):
		return refused
	case errors.Is(err, context.Canceled):
		return err
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &slow) && slow.Timeout():
		return unanswered(answerLate, "%s did not answer in time", u.Host).because(err)
	}
	return unanswered(answerNone, "%s did not answer", u.Host).because(err)
}
