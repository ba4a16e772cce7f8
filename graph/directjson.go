package graph

import (
	"strconv"

	"github.com/99designs/gqlgen/graphql"
)

// How [direct] writes JSON: the bytes that gqlgen writes.

func (d *direct) null() { d.out = append(d.out, "null"...) }

func (d *direct) truth(is bool) { d.out = strconv.AppendBool(d.out, is) }

func (d *direct) whole(n int) { d.out = strconv.AppendInt(d.out, int64(n), 10) }

// key writes the name of the i-th field of an object.
func (d *direct) key(i int, f graphql.CollectedField) {
	if i > 0 {
		d.out = append(d.out, ',')
	}
	d.plain(f.Alias)
	d.out = append(d.out, ':')
}

// plain writes a text that needs no escaping.
func (d *direct) plain(s string) {
	d.out = append(d.out, '"')
	d.out = append(d.out, s...)
	d.out = append(d.out, '"')
}

// quoted writes any text.
func (d *direct) quoted(s string) {
	const hex = "0123456789ABCDEF"
	d.out = append(d.out, '"')
	start := 0
	for i := range len(s) {
		c := s[i]
		if c >= ' ' && c != '"' && c != '\\' {
			continue
		}
		d.out = append(d.out, s[start:i]...)
		start = i + 1
		switch c {
		case '\t':
			d.out = append(d.out, `\t`...)
		case '\r':
			d.out = append(d.out, `\r`...)
		case '\n':
			d.out = append(d.out, `\n`...)
		case '"', '\\':
			d.out = append(d.out, '\\', c)
		default:
			d.out = append(d.out, '\\', 'u', '0', '0', hex[c>>4], hex[c&0xf])
		}
	}
	d.out = append(d.out, s[start:]...)
	d.out = append(d.out, '"')
}
