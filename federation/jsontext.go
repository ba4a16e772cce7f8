package federation

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// string reads a text in quotes. Half a surrogate pair is refused, as parsers
// differ on it, and so is NUL, which not every database keeps.
func (p *jsonReader) string() (string, error) {
	p.at++
	start := p.at
	for p.at < len(p.text) {
		switch c := p.text[p.at]; {
		case c == '"':
			text := string(p.text[start:p.at])
			p.at++
			return text, nil
		case c == '\\':
			return p.escaped(start)
		case c < ' ':
			return "", p.wrong("a text holds a control character")
		}
		p.at++
	}
	return "", p.wrong("a text does not end")
}

// escaped reads a text on from its first backslash.
func (p *jsonReader) escaped(start int) (string, error) {
	var text strings.Builder
	text.Write(p.text[start:p.at])
	for p.at < len(p.text) {
		c := p.text[p.at]
		p.at++
		switch {
		case c == '"':
			return text.String(), nil
		case c < ' ':
			return "", p.wrong("a text holds a control character")
		case c != '\\':
			text.WriteByte(c)
			continue
		}
		r, err := p.escape()
		if err != nil {
			return "", err
		}
		text.WriteRune(r)
	}
	return "", p.wrong("a text does not end")
}

// escape reads what follows a backslash.
func (p *jsonReader) escape() (rune, error) {
	c := p.peek()
	p.at++
	if c != 'u' {
		at := strings.IndexByte(`"\/bfnrt`, c)
		if at < 0 {
			return 0, p.wrong("an escape is unknown")
		}
		return rune("\"\\/\b\f\n\r\t"[at]), nil
	}
	r, ok := p.unit()
	if ok && utf16.IsSurrogate(r) {
		var low rune
		if ok = p.peek() == '\\' && p.at+1 < len(p.text) && p.text[p.at+1] == 'u'; ok {
			p.at += 2
			low, ok = p.unit()
			r = utf16.DecodeRune(r, low)
		}
		ok = ok && r != utf8.RuneError
	}
	if !ok || r == 0 {
		return 0, p.wrong("an escape stands for no character")
	}
	return r, nil
}

// unit reads four hexadecimal digits.
func (p *jsonReader) unit() (r rune, ok bool) {
	for range 4 {
		c := p.peek()
		switch {
		case c >= '0' && c <= '9':
			r = r<<4 | rune(c-'0')
		case c|0x20 >= 'a' && c|0x20 <= 'f':
			r = r<<4 | rune(c|0x20-'a'+10)
		default:
			return 0, false
		}
		p.at++
	}
	return r, true
}
