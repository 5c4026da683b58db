package diag

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// fewValues is how many allowed values a hint lists before it gives up.
const fewValues = 16

// Suggest returns the one candidate that word was probably meant to be: equal
// but for case, or one edit away (two for words of six letters or more). It
// returns "" when there is none or when two are equally near.
func Suggest(word string, candidates []string) string {
	limit := 1
	if utf8.RuneCountInString(word) >= 6 {
		limit = 2
	}
	best, bestDistance, tie := "", limit+1, false
	folded := strings.ToLower(word)
	for _, c := range candidates {
		d := distance(folded, strings.ToLower(c), limit)
		switch {
		case d < bestDistance:
			best, bestDistance, tie = c, d, false
		case d == bestDistance && d <= limit && c != best:
			tie = true
		}
	}
	if tie || bestDistance > limit {
		return ""
	}
	return best
}

// DidYouMean is the hint for a word that is none of the candidates: the one
// near candidate, else all of them if they are few, else "".
func DidYouMean(word string, candidates []string) string {
	if s := Suggest(word, candidates); s != "" {
		return fmt.Sprintf("did you mean %q?", s)
	}
	if len(candidates) == 0 || len(candidates) > fewValues {
		return ""
	}
	return "allowed: " + strings.Join(candidates, ", ")
}

// distance is the optimal string alignment distance of a and b (insert,
// delete, replace, swap neighbours), or limit+1 if it is more than limit.
func distance(a, b string, limit int) int {
	s, t := []rune(a), []rune(b)
	if len(s)-len(t) > limit || len(t)-len(s) > limit {
		return limit + 1
	}
	before, prev, cur := make([]int, len(t)+1), make([]int, len(t)+1), make([]int, len(t)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(s); i++ {
		cur[0] = i
		for j := 1; j <= len(t); j++ {
			cost := 1
			if s[i-1] == t[j-1] {
				cost = 0
			}
			cur[j] = min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && s[i-1] == t[j-2] && s[i-2] == t[j-1] {
				cur[j] = min(cur[j], before[j-2]+1)
			}
		}
		before, prev, cur = prev, cur, before
	}
	return min(prev[len(t)], limit+1)
}
