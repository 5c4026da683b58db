package hub

import "strings"

// Format is a form of e-resource.
type Format string

// Formats lists all formats in the order in which they are shown.
func Formats() []Format {
	return []Format{"ebook", "audiobook", "comic", "magazine", "newspaper", "video", "music",
		"reference", "article", "course", "game", "image", "dataset"}
}

// ParseFormat reads a format; "e-book", "E-Audiobooks" and the like are
// understood.
func ParseFormat(s string) (Format, bool) {
	word := strings.ToLower(strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return r == '-' || r == ' ' || r == '_' || r == '‑'
	}), ""))
	for _, form := range []string{word, strings.TrimSuffix(word, "s")} {
		switch form {
		case "eaudiobook", "eaudio", "audio", "digitalaudiobook", "talkingbook":
			form = "audiobook"
		case "emagazine":
			form = "magazine"
		case "enewspaper":
			form = "newspaper"
		case "digitalbook", "electronicbook":
			form = "ebook"
		case "ecomic", "graphicnovel":
			form = "comic"
		case "evideo", "movie", "film", "streamingvideo":
			form = "video"
		}
		for _, f := range Formats() {
			if string(f) == form {
				return f, true
			}
		}
	}
	return "", false
}

// Audience is a group of people that a page is for.
type Audience string

// Audiences lists all audiences.
func Audiences() []Audience {
	return []Audience{"students", "teachers", "families", "librarians"}
}

// Where says from where a way in works.
type Where string

// The places. Anywhere is what an access entry means that does not say.
const (
	Anywhere  Where = "anywhere"
	AtSchool  Where = "at-school"
	AtHome    Where = "at-home"
	InLibrary Where = "in-library"
)

// Places lists all values of Where.
func Places() []Where { return []Where{Anywhere, AtSchool, AtHome, InLibrary} }

// Parse returns the value of a closed set that a word names, in any case.
func Parse[T ~string](word string, allowed []T) (T, bool) {
	for _, v := range allowed {
		if strings.EqualFold(string(v), strings.TrimSpace(word)) {
			return v, true
		}
	}
	return "", false
}
