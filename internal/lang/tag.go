package lang

import (
	"errors"
	"fmt"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// Tag is a language, named by a BCP 47 tag such as es or pt-BR (RFC 5646).
// Only [ParseTag] makes one; the zero Tag is "no language". Tags compare
// with ==.
type Tag struct {
	code string
	rtl  bool
}

// ParseTag reads a tag. The language must be a registered one; letters may be
// in any case. Its error tells a librarian what is wrong.
func ParseTag(s string) (Tag, error) {
	if strings.Contains(s, "_") {
		return Tag{}, fmt.Errorf("%q is not a language code (write %q)", s, strings.ReplaceAll(s, "_", "-"))
	}
	t, err := language.Raw.Parse(s)
	var unknown language.ValueError
	switch {
	case errors.As(err, &unknown):
		return Tag{}, fmt.Errorf("%q is not the code of a language", s)
	case err != nil, t == language.Und, strings.HasPrefix(strings.ToLower(s), "x-"):
		return Tag{}, fmt.Errorf("%q is not a language code such as en, es or pt-BR", s)
	}
	script, _ := t.Script()
	return Tag{code: t.String(), rtl: isRightToLeft(script.String())}, nil
}

// English is the language that words fall back to.
func English() Tag { return Tag{code: "en"} }

// String returns the tag in its usual letter case: es, pt-BR, zh-Hant; "" for
// no language.
func (t Tag) String() string { return t.code }

// IsZero reports whether t is "no language".
func (t Tag) IsZero() bool { return t.code == "" }

// Base returns the language alone, without script and region: "pt" of pt-BR.
func (t Tag) Base() string {
	base, _, _ := strings.Cut(t.code, "-")
	return base
}

// Parent returns the tag with its last part taken off, pt of pt-BR; no
// language of a language alone.
func (t Tag) Parent() Tag {
	cut := strings.LastIndexByte(t.code, '-')
	if cut < 0 {
		return Tag{}
	}
	parent, err := ParseTag(t.code[:cut])
	if err != nil { // a part such as the "u" of an extension is left alone
		return Tag{code: t.Base(), rtl: t.rtl}
	}
	return parent
}

// Dir returns the direction in which the language is written, "ltr" or "rtl",
// as HTML's dir attribute takes it.
func (t Tag) Dir() string {
	if t.rtl {
		return "rtl"
	}
	return "ltr"
}

// Self returns the language's name in the language itself, as it stands in a
// menu: "English", "Español", "中文". A language without a known name answers
// with its tag.
func (t Tag) Self() string {
	name := display.Self.Name(t.tag())
	if name == "" {
		return t.code
	}
	return upperFirst(name)
}

// Name returns the language's name in the language of in, as it stands within
// a sentence of that language: "Spanish" in English, "inglés" in Spanish. Where
// that name is not known it is English, and the tag at worst.
func (t Tag) Name(in Tag) string {
	for ; !in.IsZero(); in = in.Parent() {
		if name := t.nameBy(display.Tags(in.tag())); name != "" {
			return name
		}
	}
	if name := t.nameBy(display.English.Tags()); name != "" {
		return name
	}
	return t.code
}

// nameBy asks for the name of the language and, where it has none, of the
// language without its last part.
func (t Tag) nameBy(namer display.Namer) string {
	if namer == nil {
		return ""
	}
	for ; !t.IsZero(); t = t.Parent() {
		if name := namer.Name(t.tag()); name != "" {
			return name
		}
	}
	return ""
}

// MarshalText formats the tag for JSON.
func (t Tag) MarshalText() ([]byte, error) { return []byte(t.code), nil }

func (t Tag) tag() language.Tag { return language.Raw.Make(t.code) }

// isRightToLeft tells whether a script of ISO 15924 is written from right to
// left.
func isRightToLeft(script string) bool {
	switch script {
	case "Adlm", "Arab", "Aran", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", "Yezi":
		return true
	}
	return false
}
