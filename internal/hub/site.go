package hub

import (
	"net/url"

	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/diag"
	"github.com/twinshelf/twinshelf/internal/lang"
)

// Site holds the hub's settings in one language.
type Site struct {
	Title          string
	Description    string
	URL            *url.URL   // absolute, its path ends with a slash
	Languages      []lang.Tag // the first is the default
	Contact        Contact
	EditURL        string // with {path}, or ""
	Menu           []MenuItem
	Vocabulary     bool              // whether site.yaml lists the subjects
	Subjects       []*Subject        // in the vocabulary's order, else sorted
	Synonyms       [][]string        // groups of words that mean the same in search
	Phrases        map[string]string // texts that repeat, in this language; see Phrase
	Notices        []Notice          // those of the whole hub, whatever their dates
	Offline        bool
	FrameAncestors []string // never empty; "*" alone is anybody
}

// Phrase returns a text that repeats (a reason, a note) in the site's language,
// or the text itself if nobody translated it.
func (s *Site) Phrase(text string) string {
	if translated, ok := s.Phrases[text]; ok {
		return translated
	}
	return text
}

// Contact is how to reach somebody.
type Contact struct {
	Name     string
	Audience []Audience
	Email    string
	Phone    string
}

// MenuItem is an entry of the menu: a section, a page or an outside address.
type MenuItem struct {
	Section Section // "" if it is something else
	Page    Ref     // Dest is "" if it is something else
	Title   string  // "" means the section's or the page's own
	URL     string
	Pos     diag.Pos
}

// Subject is a term of the hub's vocabulary. Subjects of one edition are
// compared by pointer.
type Subject struct {
	ID       string
	Title    string
	Synonyms []string
	Aliases  []string // IDs that it had before
	Pos      diag.Pos
}

// Notice is a short message that shows while it lasts.
type Notice struct {
	Text string
	Lang lang.Tag // of the text
	When civil.Range
	Pos  diag.Pos
}
