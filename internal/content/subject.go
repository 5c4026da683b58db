package content

import (
	"cmp"
	"slices"
	"strings"

	"github.com/twinshelf/twinshelf/internal/diag"
	"github.com/twinshelf/twinshelf/internal/hub"
	"github.com/twinshelf/twinshelf/internal/lang"
)

// vocabulary holds the hub's subjects.
type vocabulary struct {
	closed bool      // site.yaml lists them
	terms  []subject // in the order of site.yaml, else sorted by ID
	byWord map[string]string
}

// subject is a term before it has a language.
type subject struct {
	hub.Subject
	titles map[lang.Tag]string
}

// newVocabulary reads the subjects of site.yaml.
func (j *joiner) newVocabulary(raw []rawSubject) *vocabulary {
	v := &vocabulary{closed: len(raw) > 0, byWord: map[string]string{}}
	seen, titles := map[string]diag.Pos{}, map[string]diag.Pos{}
	for _, r := range raw {
		id := r.ID.Value
		switch {
		case id == "" && r.Title.Given():
			id = lang.Slug(r.Title.Value)
		case id == "":
			j.errorf(r.Place.Pos, "missing-field", "a subject needs an id")
			continue
		case !isID(id):
			j.add(diag.Errorf(r.ID.Pos, "bad-id", "the id %q has letters that an address cannot have (allowed: small letters a to z, digits, hyphens)", id).
				WithHint(slugHint(id)))
			continue
		}
		j.required(r.Title.Text, r.Place.Pos, "the subject "+id, "title")
		if before, twice := seen[id]; twice {
			j.errorf(r.Place.Pos, "duplicate-id", "the subject %q is there twice, first on line %d", id, before.Line)
			continue
		}
		seen[id] = r.Place.Pos
		title := strings.ToLower(r.Title.Value)
		if before, twice := titles[title]; twice && title != "" {
			j.add(diag.Errorf(r.Title.Pos, "duplicate-id", "two subjects have the title %q, this one and the one on line %d", r.Title.Value, before.Line).
				WithHint("a page may name a subject by its title"))
		} else {
			titles[title] = r.Place.Pos
		}
		v.terms = append(v.terms, j.newSubject(id, r))
	}
	for _, s := range v.terms {
		j.subjectAliases(v, s, seen)
	}
	return v
}

func slugHint(s string) string {
	if s = lang.Slug(s); isID(s) {
		return "write " + s
	}
	return ""
}

func (j *joiner) newSubject(id string, r rawSubject) subject {
	s := subject{Subject: hub.Subject{ID: id, Title: cmp.Or(r.Title.Value, id), Pos: r.Place.Pos}, titles: map[lang.Tag]string{}}
	for _, t := range r.Synonyms {
		s.Synonyms = append(s.Synonyms, t.Value)
	}
	for _, t := range r.Aliases {
		if !isID(t.Value) {
			j.add(diag.Errorf(t.Pos, "bad-id", "the alias %q is no ID of a subject (allowed: small letters a to z, digits, hyphens)", t.Value).
				WithHint(slugHint(t.Value)))
			continue
		}
		s.Aliases = append(s.Aliases, t.Value)
	}
	for _, e := range r.Titles {
		tag, err := lang.ParseTag(e.Key.Value)
		switch {
		case err != nil:
			j.errorf(e.Key.Pos, "bad-language", "titles: %v", err)
		case !slices.Contains(j.site.languages, tag) && !j.site.languagesUnsure:
			j.errorf(e.Key.Pos, "bad-language", "titles: %s is not among the languages of site.yaml", tag)
		default:
			s.titles[tag] = e.Value.Value
		}
	}
	return s
}

// subjectAliases makes the words known by which records name a subject: its ID,
// its title and the IDs that it had before.
func (j *joiner) subjectAliases(v *vocabulary, s subject, ids map[string]diag.Pos) {
	for _, alias := range s.Aliases {
		if _, taken := ids[alias]; taken {
			j.errorf(s.Pos, "duplicate-id", "the subject %q has the alias %q, which is the ID of a subject", s.ID, alias)
		}
	}
	words := append([]string{s.ID, s.Title}, s.Aliases...)
	for _, tag := range j.site.languages {
		if title := s.titles[tag]; title != "" {
			words = append(words, title)
		}
	}
	for _, w := range words {
		if key := strings.ToLower(w); v.byWord[key] == "" {
			v.byWord[key] = s.ID
		}
	}
}

// words returns all IDs and titles, for spelling help.
func (v *vocabulary) words() []string {
	var words []string
	for _, s := range v.terms {
		words = append(words, s.ID)
		if !strings.EqualFold(s.Title, s.ID) {
			words = append(words, s.Title)
		}
	}
	return words
}

// find returns the ID of the subject that a record names, or "". Without a
// vocabulary any subject is allowed, and a new one is added.
func (v *vocabulary) find(word string) string {
	word = strings.Join(strings.Fields(word), " ")
	if id := v.byWord[strings.ToLower(word)]; id != "" {
		return id
	}
	if v.closed {
		return ""
	}
	id := lang.Slug(word)
	if id == "" {
		return ""
	}
	v.byWord[strings.ToLower(word)] = id
	at, known := slices.BinarySearchFunc(v.terms, id, func(s subject, id string) int { return strings.Compare(s.ID, id) })
	if !known {
		v.terms = slices.Insert(v.terms, at, subject{Subject: hub.Subject{ID: id, Title: word}})
	} else if v.terms[at].Title == id && word != id {
		v.terms[at].Title = word // "early-literacy" here, "Early literacy" there: show the words
	}
	return id
}

// subjectIDs reads the subjects of a record, each once, in their order.
func (j *joiner) subjectIDs(ts []text, field string) []string {
	var ids []string
	for _, t := range ts {
		if !t.Given() {
			continue
		}
		id := j.site.subjects.find(t.Value)
		switch {
		case id == "" && !j.site.subjects.closed:
			j.errorf(t.Pos, "unknown-subject", "%s: %q has no letter or digit", field, t.Value)
		case id == "":
			j.unknownSubject(t)
		case !slices.Contains(ids, id):
			ids = append(ids, id)
		}
	}
	return ids
}

func (j *joiner) unknownSubject(t text) {
	words := j.site.subjects.words()
	hint := diag.DidYouMean(t.Value, words)
	if strings.Contains(t.Value, ",") {
		hint = "write several subjects as a list: [" + t.Value + "]"
	}
	if hint == "" {
		hint = "the subjects are listed in site.yaml"
	}
	j.add(diag.Errorf(t.Pos, "unknown-subject", "unknown subject %q", t.Value).WithHint(hint))
}
