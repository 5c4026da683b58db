package lang

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/twinshelf/twinshelf/internal/diag"
)

// Folder is where the files of words lie, below the root of a [Source].
const Folder = "layouts/i18n"

// Source is where words come from.
type Source struct {
	Program fs.FS // required: holds layouts/i18n/en.yaml and more
	Hub     fs.FS // the hub's root, whose files override and add words; nil for none
}

// Dictionary holds the words of all languages of a hub. It is read-only and
// safe for concurrent use.
type Dictionary struct {
	words   map[Tag]*Words
	missing map[Tag][]string
	english map[string]*entry
	params  map[string][]string
}

// Load reads the words of the given languages. A word is taken from the first
// of these that has it: the hub's file of the language, the program's, the same
// for the language without its region (es for es-MX), English. So a hub's file
// may hold a single word.
//
// Mistakes in the hub's files are findings; an error is trouble with the
// machine, or a program that was built without its English words.
func Load(src Source, tags []Tag) (*Dictionary, []diag.Finding, error) {
	l := loader{src: src, layers: map[Tag][]*file{}}
	if err := l.read(append([]Tag{English()}, tags...)); err != nil {
		return nil, nil, err
	}
	d := &Dictionary{
		words: map[Tag]*Words{}, missing: map[Tag][]string{},
		english: map[string]*entry{}, params: map[string][]string{},
	}
	if err := l.addEnglish(d); err != nil {
		return nil, nil, err
	}
	l.check(d)
	for _, tag := range append([]Tag{English()}, tags...) {
		d.words[tag], d.missing[tag] = l.join(d, tag)
	}
	return d, diag.Sort(l.findings), nil
}

// For returns the words of a language that was loaded, and the English ones of
// any other.
func (d *Dictionary) For(tag Tag) *Words {
	if w := d.words[tag]; w != nil {
		return w
	}
	return d.words[English()]
}

// Missing lists the words, in order of their keys, that a language lacks and
// shows in English.
func (d *Dictionary) Missing(tag Tag) []string { return d.missing[tag] }

// Keys lists the keys of all words in order.
func (d *Dictionary) Keys() []string { return slices.Sorted(maps.Keys(d.english)) }

// Has reports whether there is a word with that key.
func (d *Dictionary) Has(key string) bool { return d.english[key] != nil }

// HasPlural reports whether a word has plural forms, and so is asked for with
// [Words.N].
func (d *Dictionary) HasPlural(key string) bool { e := d.english[key]; return e != nil && e.plural }

// Placeholders lists the placeholders of a word, in order, {count} included.
func (d *Dictionary) Placeholders(key string) []string { return d.params[key] }

// loader keeps what was read: for each language its files, the one that counts
// most first.
type loader struct {
	src      Source
	layers   map[Tag][]*file
	findings []diag.Finding
}

// read reads the files of the languages and of their parents, each once.
func (l *loader) read(tags []Tag) error {
	for _, tag := range tags {
		for t := tag; !t.IsZero(); t = t.Parent() {
			if _, done := l.layers[t]; done {
				continue
			}
			if err := l.readLanguage(t); err != nil {
				return err
			}
		}
	}
	return nil
}

func (l *loader) readLanguage(tag Tag) error {
	l.layers[tag] = nil
	plurals := newPlurals(tag)
	for _, source := range []fs.FS{l.src.Hub, l.src.Program} {
		if source == nil {
			continue
		}
		name := path.Join(Folder, tag.String()+".yaml")
		data, err := fs.ReadFile(source, name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue
		case err != nil:
			return fmt.Errorf("read %s: %w", name, err)
		}
		f := parseFile(name, tag, plurals, data)
		l.layers[tag] = append(l.layers[tag], f)
		l.findings = append(l.findings, f.findings...)
	}
	return nil
}

// addEnglish fills the dictionary with the English words, which say what words
// there are and which placeholders they have.
func (l *loader) addEnglish(d *Dictionary) error {
	for _, f := range slices.Backward(l.layers[English()]) {
		l.warnOfNewWords(f, d.Keys())
		for _, key := range f.order {
			word := f.words[key]
			if d.english[key] == nil {
				d.params[key] = word.placeholders(key)
			}
			d.english[key] = &word.entry
		}
	}
	if len(d.english) == 0 {
		return fmt.Errorf("the program has no English words (%s/en.yaml)", Folder)
	}
	return nil
}

// warnOfNewWords reports keys of a hub's English file that are almost keys of
// the program. Others are words for the hub's own layouts.
func (l *loader) warnOfNewWords(f *file, keys []string) {
	for _, key := range f.order {
		if hint := near(key, keys); hint != "" && !slices.Contains(keys, key) {
			l.findings = append(l.findings, diag.Warnf(f.words[key].pos, rule, "no page asks for the word %q", key).WithHint(hint))
		}
	}
}

// placeholders lists the names that the forms of a word use; a date offers all
// its parts, as another language may need more of them than English.
func (w *fileWord) placeholders(key string) []string {
	var names []string
	if strings.HasPrefix(key, "date-") || key == "date" {
		names = datePlaceholders()
	}
	if w.entry.plural {
		names = append(names, "count")
	}
	for _, text := range w.entry.forms {
		if text == nil {
			continue
		}
		for _, name := range text.names() {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}

// check compares all files with the English words.
func (l *loader) check(d *Dictionary) {
	keys := d.Keys()
	for _, files := range l.layers {
		for _, f := range files {
			f.findings = nil
			for _, key := range f.order {
				f.checkWord(d, keys, key)
			}
			l.findings = append(l.findings, f.findings...)
		}
	}
}

func (f *file) checkWord(d *Dictionary, keys []string, key string) {
	word, english := f.words[key], d.english[key]
	switch {
	case english == nil:
		f.add(diag.Warnf(word.pos, rule, "no page asks for the word %q", key).
			WithHint(near(key, keys)))
		return
	case word.entry.plural && !english.plural:
		f.add(diag.Errorf(word.pos, rule, "%q has no plural forms: give one text", key))
		return
	}
	for form, text := range word.entry.forms {
		if text != nil {
			f.checkPlaceholders(word.at[form], key, text, d.params[key])
		}
	}
}

func (f *file) checkPlaceholders(pos diag.Pos, key string, text *text, known []string) {
	for _, name := range text.names() {
		if slices.Contains(known, name) {
			continue
		}
		hint := diag.DidYouMean(name, known)
		if len(known) == 0 {
			hint = "it has none"
		}
		f.add(diag.Errorf(pos, rule, "%q has no placeholder {%s}", key, name).
			WithHint(hint))
	}
}

// near is the hint for a key that is almost another.
func near(key string, keys []string) string {
	if s := diag.Suggest(key, keys); s != "" {
		return fmt.Sprintf("did you mean %q?", s)
	}
	return ""
}

// join makes the words of a language from all files that count for it.
func (l *loader) join(d *Dictionary, tag Tag) (*Words, []string) {
	w := &Words{tag: tag, texts: maps.Clone(d.english), clock: Clock12, weekStart: time.Sunday, thousands: ","}
	own := map[string]bool{}
	for _, f := range slices.Backward(l.filesFor(tag)) {
		for key, word := range f.words {
			if d.english[key] == nil || word.entry.plural && !d.english[key].plural {
				continue
			}
			w.texts[key] = &word.entry
			own[key] = true
		}
		w.set(f.settings)
	}
	w.learnCalendar()
	var missing []string
	for _, key := range d.Keys() {
		if !own[key] {
			missing = append(missing, key)
		}
	}
	return w, missing
}

// filesFor lists the files that count for a language, the first before all.
func (l *loader) filesFor(tag Tag) []*file {
	var files []*file
	for t := tag; !t.IsZero(); t = t.Parent() {
		files = append(files, l.layers[t]...)
	}
	return files
}

func (w *Words) set(settings map[string]string) {
	for name, value := range settings {
		switch name {
		case "clock":
			w.clock = Clock12
			if value == "24" {
				w.clock = Clock24
			}
		case "week-starts":
			w.weekStart = map[string]time.Weekday{"monday": time.Monday, "saturday": time.Saturday}[value]
		case "thousands":
			w.thousands = value
		}
	}
}

// learnCalendar looks up the names of months and days once.
func (w *Words) learnCalendar() {
	for m := time.January; m <= time.December; m++ {
		name := strings.ToLower(m.String())
		w.months[m] = w.T(name)
		w.monthsShort[m] = w.T(name + "-short")
	}
	for d := time.Sunday; d <= time.Saturday; d++ {
		name := strings.ToLower(d.String())
		w.weekdays[d] = w.T(name)
		w.weekdaysShort[d] = w.T(name + "-short")
	}
}
