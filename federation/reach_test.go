package federation

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"sync/atomic"
	"testing"
)

// forbidden are addresses of each network that is not the public Internet's.
var forbidden = []string{
	"0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "127.0.0.1", "127.255.0.1", "169.254.169.254", "172.16.0.1", "172.31.255.255",
	"192.0.0.8", "192.0.2.1", "192.31.196.1", "192.52.193.1", "192.88.99.1", "192.168.1.1", "192.175.48.1", "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1",
	"224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
	"::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::1", "100::1", "100:0:0:1::1",
	"2001::1", "2001:0:7f00:1::", "2001:2::1", "2001:10::1", "2001:20::1", "2001:db8::1", "2002:7f00:1::", "2002:a00:1::1", "2620:4f:8000::1",
	"3fff::1", "4000::1", "5f00::1", "fc00::1", "fd12:3456::1", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1",
}

func TestReach(t *testing.T) {
	closed, opened := reach{}, reach{opened: []netip.Prefix{netip.MustParsePrefix("10.1.0.0/16"), netip.MustParsePrefix("fd00::/8")}}
	tests := []struct {
		reach reach
		to    string
		plain bool
		ok    bool
	}{
		{closed, "93.184.215.14:443", false, true},
		{closed, "[2606:2800:220:1::1]:443", false, true},
		{closed, "[::ffff:93.184.215.14]:443", false, true},
		{closed, "93.184.215.14:443", true, false}, // http
		{closed, "93.184.215.14:80", true, false},
		{closed, "93.184.215.14:8443", false, false},
		{closed, "93.184.215.14:22", false, false},
		{opened, "93.184.215.14:8443", false, false},
		{opened, "93.184.215.14:443", false, true},
		{opened, "10.1.2.3:8080", true, true},
		{opened, "[::ffff:10.1.2.3]:8080", true, true},
		{opened, "10.2.0.1:443", false, false},
		{opened, "[fd00::1]:80", true, true},
		{opened, "127.0.0.1:443", false, false},
	}
	for _, test := range tests {
		if err := test.reach.check(netip.MustParseAddrPort(test.to), test.plain); (err == nil) != test.ok {
			t.Errorf("%s, plain %t: %v", test.to, test.plain, err)
		}
	}
	for _, text := range forbidden {
		refusedFor(t, closed.check(netip.AddrPortFrom(netip.MustParseAddr(text), 443), false), addressForbidden)
	}
}

// trap is a listener that nobody may reach.
type trap struct {
	port string
	hits atomic.Int64
}

func newTrap(t *testing.T, host string) *trap {
	t.Helper()
	listener, err := net.Listen("tcp", net.JoinHostPort(host, "0"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	trap := &trap{}
	_, trap.port, _ = net.SplitHostPort(listener.Addr().String())
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			trap.hits.Add(1)
			conn.Close()
		}
	}()
	return trap
}

// sites are all the ways in which the node asks another.
func sites(c *client) map[string]func(ctx context.Context, address string) error {
	ring := newKeyring(c, &memoryKeys{}, c.Now)
	return map[string]func(ctx context.Context, address string) error{
		"object": func(ctx context.Context, address string) error {
			_, err := c.fetchDocument(ctx, address+"/object")
			return err
		},
		"actor": func(ctx context.Context, address string) error {
			_, err := c.fetchActor(ctx, address+"/actor")
			return err
		},
		"keyId": func(ctx context.Context, address string) error {
			_, err := ring.verify(ctx, &signed{KeyID: address + "/actor#main-key", Texts: []string{"x"}, Signature: []byte("bogus")})
			return err
		},
		"any": func(ctx context.Context, address string) error {
			_, err := c.get(ctx, address+"/.well-known/nodeinfo", "application/json", redirectsMax)
			return err
		},
		"inbox": func(ctx context.Context, address string) error {
			_, err := c.post(ctx, address+"/inbox", activityType, []byte("{}"), &signer{KeyID: "https://us.example/labs/farms#main-key", Key: testKeys[0]()})
			return err
		},
		"webfinger": func(ctx context.Context, address string) error {
			host := address[len("https://"):]
			_, err := c.resolve(ctx, "farms@"+host)
			return err
		},
	}
}

// F01: an address inside is refused when it is connected to, whatever name led
// there and whatever is asked for, and before the first packet. One network is
// opened here, so that nothing but the check at the connection stands between.
func TestF01NothingInsideIsReached(t *testing.T) {
	trap := newTrap(t, "127.0.0.1")
	c := newTestClientWith(t, clientOptions{
		AllowNet: []netip.Prefix{netip.MustParsePrefix("192.168.77.0/24")},
		Lookup: func(_ context.Context, host string) ([]netip.Addr, error) {
			var at int
			if _, err := fmt.Sscanf(host, "inside-%d.example", &at); err != nil {
				return nil, err
			}
			return []netip.Addr{netip.MustParseAddr(forbidden[at])}, nil
		},
	})
	for name, ask := range sites(c) {
		for at, address := range forbidden {
			c.slots = newSlots(parallelMax, parallelHostMax)
			err := ask(t.Context(), fmt.Sprintf("https://inside-%d.example:%s", at, trap.port))
			if reasonOf(err) != addressForbidden {
				t.Errorf("%s at a name of %s: %v", name, address, err)
			}
		}
	}
	if n := trap.hits.Load(); n != 0 {
		t.Errorf("%d connections were made", n)
	}
}

// F01: the same for numbers in place of names, in production's settings.
func TestF01NumbersAreNoWayIn(t *testing.T) {
	trap := newTrap(t, "127.0.0.1")
	c := newTestClientWith(t, clientOptions{})
	hosts := []string{"2130706433", "017700000001", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "127.1", "localhost:" + trap.port, "127.0.0.1:" + trap.port}
	for _, address := range forbidden {
		a := netip.MustParseAddr(address)
		if a.Is4() {
			hosts = append(hosts, address)
		} else {
			hosts = append(hosts, "["+address+"]")
		}
	}
	for name, ask := range sites(c) {
		for _, host := range hosts {
			if why := reasonOf(ask(t.Context(), "https://"+host)); why != addressForbidden && why != addressForm && why != fingerForm {
				t.Errorf("%s at %s: refused for %q", name, host, why)
			}
		}
	}
	if n := trap.hits.Load(); n != 0 {
		t.Errorf("%d connections were made", n)
	}
}

// F04: a name that has another address each time it is asked for is asked for
// once a connection, and the address that is checked is the one connected to.
func TestF04NamesAreResolvedOnce(t *testing.T) {
	trap, p := newTrap(t, "127.0.0.2"), newPeer(t)
	p.actor(t, "/actor", &testKeys[0]().PublicKey)
	_, port, _ := net.SplitHostPort(p.Listener.Addr().String())
	asked := 0
	c := newTestClientWith(t, clientOptions{AllowNet: loopback, Lookup: func(context.Context, string) ([]netip.Addr, error) {
		asked++
		if asked == 1 {
			return []netip.Addr{netip.MustParseAddr("127.0.0.1")}, nil
		}
		return []netip.Addr{netip.MustParseAddr("127.0.0.2")}, nil
	}})
	if _, err := c.get(t.Context(), "http://rebind.example:"+port+"/actor", acceptTypes, 0); err != nil || asked != 1 {
		t.Errorf("asked for the name %d times: %v", asked, err)
	}
	_, err := c.get(t.Context(), "http://rebind.example:"+trap.port+"/actor", acceptTypes, 0)
	refusedFor(t, err, addressForbidden)
	if n := trap.hits.Load(); n != 0 {
		t.Errorf("%d connections were made", n)
	}
}

// F02: each hop of a redirect is checked as if it were asked for, and there are
// at most three.
func TestF02Redirects(t *testing.T) {
	trap, p := newTrap(t, "127.0.0.2"), newPeer(t)
	p.actor(t, "/actor", &testKeys[0]().PublicKey)
	to := func(path, location string) {
		p.answers(path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", location)
			w.WriteHeader(http.StatusFound)
		})
	}
	for n := range 5 {
		to(fmt.Sprintf("/in-%d-hops", n+1), fmt.Sprintf("/in-%d-hops", n))
	}
	to("/in-0-hops", "/actor")
	to("/circle", "/circle")
	to("/there", "/back")
	to("/back", "/there")
	to("/private", "http://127.0.0.2:"+trap.port+"/")
	to("/metadata", "http://169.254.169.254/latest/meta-data")
	to("/file", "file:///etc/passwd")
	to("/data", "data:application/activity+json,{}")
	to("/gopher", "gopher://127.0.0.1:70/")
	to("/user", "http://user@127.0.0.1/")
	to("/nowhere", "")
	tests := []struct {
		path string
		why  reason
	}{
		{"/in-2-hops", ""},
		{"/in-3-hops", redirectMany},
		{"/in-5-hops", redirectMany},
		{"/circle", redirectLoop},
		{"/there", redirectLoop},
		{"/private", addressForbidden},
		{"/metadata", addressForbidden},
		{"/file", addressForm},
		{"/data", addressForm},
		{"/gopher", addressForm},
		{"/user", addressForm},
		{"/nowhere", answerBroken},
	}
	c := newTestClient(t)
	for _, test := range tests {
		_, err := c.get(t.Context(), p.URL+test.path, acceptTypes, redirectsMax)
		if reasonOf(err) != test.why || test.why == "" && err != nil {
			t.Errorf("%s: %v, want %q", test.path, err, test.why)
		}
	}
	if n := trap.hits.Load(); n != 0 {
		t.Errorf("%d connections were made to the private host", n)
	}
}

// F03: a hostile key id leads nowhere, neither while the signature is read nor
// after.
func TestF03KeyIDsAreNotFollowedInside(t *testing.T) {
	trap := newTrap(t, "127.0.0.1")
	reader, err := newSignatures("https://us.example", usualWindow, reach{})
	if err != nil {
		t.Fatal(err)
	}
	for _, host := range []string{"127.0.0.1", "169.254.169.254", "[::1]", "2130706433", "books.example:" + trap.port, "127.0.0.1:" + trap.port} {
		r := newInboxRequest(t, testKeys[0](), "https://"+host+"/actor#main-key")
		_, err := reader.parse(r, []byte(inboxBody), now)
		refusedFor(t, err, keyAddress)
	}
	for _, id := range []string{"http://books.example/actor", "key-1", "acct:farms@books.example", "https://books.example /"} {
		_, err := reader.parse(newInboxRequest(t, testKeys[0](), id), []byte(inboxBody), now)
		refusedFor(t, err, keyAddress)
	}
	if n := trap.hits.Load(); n != 0 {
		t.Errorf("%d connections were made", n)
	}
	// A good key id is not fetched either while the signature is read.
	p := newPeer(t)
	if _, err = newTestSignatures(t).parse(newInboxRequest(t, testKeys[0](), p.URL+"/actor#main-key"), []byte(inboxBody), now); err != nil {
		t.Fatal(err)
	}
	if p.hits() != 0 {
		t.Error("a key was fetched before its time")
	}
}

// A refusal of the dialler arrives as it was made, through the layers between.
func TestRefusalsAreErrors(t *testing.T) {
	_, err := newTestClient(t).get(t.Context(), "http://127.0.0.3:9/", acceptTypes, 0)
	var r *refusal
	if !errors.As(err, &r) || r.Reason != addressForbidden || r.Status != http.StatusBadGateway {
		t.Errorf("%#v", err)
	}
}
