package node

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"disconode/valueflows"
)

// open is a text, unless it names a person who did not agree to be named.
func (t *publisher) open(text string) string {
	if t.private != nil && t.private.MatchString(text) {
		return ""
	}
	return text
}

// openAll are those of some addresses that name nobody who did not agree.
func (t *publisher) openAll(all []valueflows.URI) []valueflows.URI {
	return slices.DeleteFunc(slices.Clone(all), func(uri valueflows.URI) bool { return t.open(string(uri)) == "" })
}

// title is [publisher.open] for a name, which must not be missing.
func (t *publisher) title(text string) string {
	if open := t.open(text); open != "" || text == "" {
		return open
	}
	return "(not shared)"
}

// nameLettersMin is how many letters a word of a name has that is looked for in
// texts: shorter ones stand in too many.
const nameLettersMin = 3

// wholeWords finds the words of some names, letter case apart; nil where there
// are none.
func wholeWords(names []string) *regexp.Regexp {
	var parts []string
	for _, name := range names {
		words := strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
		for _, word := range words {
			if len(words) == 1 || utf8.RuneCountInString(word) >= nameLettersMin {
				parts = append(parts, regexp.QuoteMeta(word))
			}
		}
	}
	if len(parts) == 0 {
		return nil
	}
	slices.Sort(parts)
	return regexp.MustCompile(`(?i)(^|[^\pL\pN])(` + strings.Join(slices.Compact(parts), "|") + `)($|[^\pL\pN])`)
}
