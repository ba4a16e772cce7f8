package federation

import (
	"net/netip"
	"net/url"
)

// special are the networks that are not the public Internet's, by IANA's
// special-purpose registries for IPv4 and IPv6 (RFC 6890), with multicast and
// what carries an IPv4 address inside an IPv6 one.
var special = prefixes(
	"0.0.0.0/8",       // this network
	"10.0.0.0/8",      // private
	"100.64.0.0/10",   // shared by a provider's customers
	"127.0.0.0/8",     // loopback
	"169.254.0.0/16",  // link-local, where clouds answer with secrets
	"172.16.0.0/12",   // private
	"192.0.0.0/24",    // protocol assignments
	"192.0.2.0/24",    // documentation
	"192.31.196.0/24", // AS112
	"192.52.193.0/24", // multicast tunnels
	"192.88.99.0/24",  // 6to4 relays
	"192.168.0.0/16",  // private
	"192.175.48.0/24", // AS112
	"198.18.0.0/15",   // measuring
	"198.51.100.0/24", // documentation
	"203.0.113.0/24",  // documentation
	"224.0.0.0/4",     // multicast
	"240.0.0.0/4",     // reserved, and broadcast

	"::/96",             // unspecified, loopback, IPv4-compatible
	"::ffff:0:0/96",     // IPv4-mapped
	"64:ff9b::/96",      // NAT64
	"64:ff9b:1::/48",    // NAT64 inside one network
	"100::/64",          // discard
	"100:0:0:1::/64",    // dummy
	"2001::/23",         // protocol assignments: Teredo, ORCHID, measuring
	"2001:db8::/32",     // documentation
	"2002::/16",         // 6to4
	"2620:4f:8000::/48", // AS112
	"3fff::/20",         // documentation
	"5f00::/16",         // segment routing
	"fc00::/7",          // unique local
	"fe80::/10",         // link-local
	"fec0::/10",         // site-local
	"ff00::/8",          // multicast
)

// global is where IPv6 gives out the public Internet's addresses at all.
var global = netip.MustParsePrefix("2000::/3")

func prefixes(texts ...string) []netip.Prefix {
	all := make([]netip.Prefix, len(texts))
	for i, text := range texts {
		all[i] = netip.MustParsePrefix(text)
	}
	return all
}

// reach is where the node may connect to: https on the public Internet, and
// besides, in any manner, the networks that its operator opened.
type reach struct {
	opened []netip.Prefix
}

// opens tells whether the operator opened the network of an address.
func (r reach) opens(a netip.Addr) bool { return inside(r.opened, a.Unmap()) }

func inside(networks []netip.Prefix, a netip.Addr) bool {
	for _, n := range networks {
		if n.Contains(a) {
			return true
		}
	}
	return false
}

// check refuses a connection to an address, before the first packet. plain is a
// connection without TLS.
func (r reach) check(to netip.AddrPort, plain bool) error {
	a := to.Addr().Unmap()
	switch {
	case r.opens(a):
		return nil
	case !a.IsValid() || a.Zone() != "" || inside(special, a) || a.Is6() && !global.Contains(a):
		return unanswered(addressForbidden, "the address %s is not a public one; --allow-net opens a private network", a)
	case plain || to.Port() != 443:
		return unanswered(addressForbidden, "only https on port 443 is used, not port %d; --allow-net opens a private network", to.Port())
	}
	return nil
}

// url reads the address of something to ask for. An address that no connection
// could be made to is refused at once.
func (r reach) url(iri string) (*url.URL, error) {
	u, err := parseAddress(iri)
	if err != nil {
		return nil, err
	}
	u.Fragment, u.RawFragment = "", ""
	if a, err := netip.ParseAddr(u.Hostname()); err == nil {
		port, plain := uint16(443), u.Scheme == "http"
		if text := u.Port(); text != "" {
			to, err := netip.ParseAddrPort(u.Host)
			if err != nil {
				return nil, bad(addressForm, "%q is not an address", clip(iri))
			}
			port = to.Port()
		}
		return u, r.check(netip.AddrPortFrom(a, port), plain)
	}
	if len(r.opened) == 0 && (u.Scheme == "http" || u.Port() != "") {
		return nil, unanswered(addressForbidden, "only https on port 443 is used, not %s://%s; --allow-net opens a private network", u.Scheme, u.Host)
	}
	return u, nil
}
