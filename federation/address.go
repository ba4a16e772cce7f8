package federation

import (
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
)

// addressBytesMax bounds an IRI, as everywhere in the books.
const addressBytesMax = 1000

// parseAddress reads an http or https IRI and writes its host the one way that
// hosts are compared: lower case, without a dot at its end and without the
// scheme's own port. Names of people, passwords, spaces, backslashes and numbers
// that only look like hosts are refused.
func parseAddress(iri string) (*url.URL, error) {
	if iri == "" || len(iri) > addressBytesMax {
		return nil, bad(addressForm, "an address has 1 to %d characters", addressBytesMax)
	}
	if strings.ContainsFunc(iri, func(c rune) bool { return c <= ' ' || c == 0x7f || strings.ContainsRune(`<>"{}|\^`+"`", c) }) {
		return nil, bad(addressForm, "the address %q holds a character that no address has", clip(iri))
	}
	u, err := url.Parse(iri)
	if err != nil {
		return nil, bad(addressForm, "%q is not an address", clip(iri))
	}
	if u.Scheme != "https" && u.Scheme != "http" {
		return nil, bad(addressForm, "the address %q does not begin with https://", clip(iri))
	}
	if u.User != nil || u.Opaque != "" {
		return nil, bad(addressForm, "the address of host %q names a user: leave that out", clip(u.Host))
	}
	if u.Host, err = normalHost(u.Host, u.Scheme); err != nil {
		return nil, err
	}
	return u, nil
}

// normalHost writes a host, with the port where it is not the scheme's own, the
// one way that hosts are compared.
func normalHost(host, scheme string) (string, error) {
	name, port := host, ""
	if end := strings.LastIndexByte(host, ']'); strings.LastIndexByte(host, ':') > end {
		at := strings.LastIndexByte(host, ':')
		name, port = host[:at], host[at+1:]
		n, err := strconv.ParseUint(port, 10, 16)
		if err != nil || n == 0 {
			return "", bad(addressForm, "the host %q has no usable port", clip(host))
		}
		port = strconv.FormatUint(n, 10)
	}
	name, err := normalName(name)
	if err != nil {
		return "", err
	}
	if port == "" || port == map[string]string{"https": "443", "http": "80"}[scheme] {
		if strings.Contains(name, ":") {
			return "[" + name + "]", nil
		}
		return name, nil
	}
	return net.JoinHostPort(name, port), nil
}

// normalName writes the name or number of a host the one way that hosts are
// compared. Decimal, octal and hexadecimal numbers, which some resolvers take
// for addresses, and names in other letters than ASCII's are refused.
func normalName(name string) (string, error) {
	if inner, ok := strings.CutPrefix(name, "["); ok {
		a, err := netip.ParseAddr(strings.TrimSuffix(inner, "]"))
		if err != nil || !strings.HasSuffix(inner, "]") || a.Zone() != "" || a.Is4() {
			return "", bad(addressForm, "the host %q is not an IPv6 address", clip(name))
		}
		return a.Unmap().String(), nil
	}
	name = strings.ToLower(strings.TrimSuffix(name, "."))
	if a, err := netip.ParseAddr(name); err == nil && a.Is4() {
		return a.String(), nil
	}
	labels := strings.Split(name, ".")
	if len(name) > 253 || endsInNumber(labels[len(labels)-1]) {
		return "", bad(addressForm, "%q is not the name of a host", clip(name))
	}
	for _, label := range labels {
		if len(label) == 0 || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' || strings.ContainsFunc(label, notInLabel) {
			return "", bad(addressForm, "%q is not the name of a host; a name in other letters is written in its form that begins with xn--", clip(name))
		}
	}
	return name, nil
}

func notInLabel(c rune) bool {
	return (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-'
}

// endsInNumber tells whether a last label makes a host a number (the URL
// Standard, "ends in a number").
func endsInNumber(label string) bool {
	if hex, ok := strings.CutPrefix(label, "0x"); ok {
		return !strings.ContainsFunc(hex, func(c rune) bool { return !strings.ContainsRune("0123456789abcdef", c) })
	}
	return label != "" && !strings.ContainsFunc(label, func(c rune) bool { return c < '0' || c > '9' })
}

// originOf is the scheme, host and port that speak for an IRI.
func originOf(iri string) (string, error) {
	u, err := parseAddress(iri)
	if err != nil {
		return "", err
	}
	return u.Scheme + "://" + u.Host, nil
}

// sameOrigin tells whether two IRIs are spoken for by the same origin.
func sameOrigin(a, b string) bool {
	one, err := originOf(a)
	if err != nil {
		return false
	}
	other, err := originOf(b)
	return err == nil && one == other
}

// withoutFragment is the address of the document that an IRI is found in.
func withoutFragment(iri string) string {
	document, _, _ := strings.Cut(iri, "#")
	return document
}

// clip shortens what a peer wrote, for a message.
func clip(text string) string {
	const most = 80
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "…"
}
