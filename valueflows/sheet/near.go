package sheet

import (
	"cmp"
	"iter"
	"slices"
	"strings"

	"disconode/valueflows"
)

func clip(text string) string { return valueflows.Clip(text) }

// nearMost is how many near names a reader is offered.
const nearMost = 5

// Near are the names that a text differs least from, nearest first, letter case
// apart: those with few letters changed, and those that it is a part of.
func Near(text string, names iter.Seq[string]) []string {
	type near struct {
		name string
		far  int
	}
	var found []near
	small := []rune(strings.ToLower(text))
	if len(small) == 0 || len(small) > 80 {
		return nil
	}
	limit := max(2, len(small)/3+1)
	for name := range names {
		other := []rune(strings.ToLower(name))
		if len(other) > 200 {
			continue
		}
		far := distance(small, other)
		if far > limit && (len(small) < 3 || !strings.Contains(string(other), string(small))) {
			continue
		}
		found = append(found, near{name, far})
		if len(found) > 20*nearMost {
			slices.SortStableFunc(found, func(a, b near) int { return cmp.Compare(a.far, b.far) })
			found = found[:nearMost]
		}
	}
	slices.SortStableFunc(found, func(a, b near) int { return cmp.Compare(a.far, b.far) })
	var list []string
	for _, n := range found[:min(len(found), nearMost)] {
		list = append(list, n.name)
	}
	return list
}

// distance is how many letters are to be changed, put in or left out to make one
// text of the other.
func distance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j := range b {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
