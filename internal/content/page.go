package content

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/twinshelf/twinshelf/internal/diag"
	"github.com/twinshelf/twinshelf/internal/hub"
	"github.com/twinshelf/twinshelf/internal/lang"
)

// checkPage checks what all pages have, in the original and its translations.
func (j *joiner) checkPage(r *record) {
	if r.file == nil {
		return
	}
	p := r.file.page
	if !r.file.broken {
		j.required(p.Title.Text, r.file.top(), "every page", "title")
	}
	r.updated, r.reviewed, r.published, r.ends = p.Updated.Value, p.Reviewed.Value, p.Publish.Value, p.Expires.Value
	r.audience = j.audience(p.Audience)
	r.subjects = j.subjectIDs(p.Subjects, "subjects")
	r.grades = j.findings.grades(p.Grades)
	r.weight = p.Weight.Value
	if p.Publish.Given() && p.Expires.Given() && p.Expires.Value.Before(p.Publish.Value) {
		j.errorf(p.Expires.Pos, "bad-range", "\"expires\" is %s, before \"publish\" on %s", p.Expires.Value, p.Publish.Value)
	}
	switch {
	case p.Draft.Value && !j.Drafts:
		r.state = hub.Draft
	case r.published.After(j.today):
		r.state = hub.Upcoming
	case !r.ends.IsZero() && r.ends.Before(j.today):
		r.state = hub.Ended
	}
	base := j.site.languages[0]
	if !r.only.IsZero() {
		base = r.only
	}
	r.image = j.image(r.file.path, p.Image, "image")
	j.imageAlt(r.file)
	r.addAliases(base, j.aliases(p.Aliases))
	for _, tag := range r.translated() {
		j.checkTranslatedPage(r, tag)
	}
}

// addAliases sets the aliases of the page in a language.
func (r *record) addAliases(tag lang.Tag, aliases []hub.Alias) {
	if len(aliases) == 0 {
		return
	}
	if r.aliases == nil {
		r.aliases = map[lang.Tag][]hub.Alias{}
	}
	r.aliases[tag] = aliases
}

func (j *joiner) checkTranslatedPage(r *record, tag lang.Tag) {
	f := r.translations[tag]
	p, original := f.page, r.file.page
	r.addAliases(tag, j.aliases(p.Aliases))
	if p.Image.Given() {
		if r.images == nil {
			r.images = map[lang.Tag]*hub.File{}
		}
		r.images[tag] = j.image(f.path, p.Image, "image")
	}
	for _, field := range []struct {
		name      string
		pos       diag.Pos
		different bool
	}{
		{"publish", p.Publish.Pos, contradicts(p.Publish, original.Publish)},
		{"expires", p.Expires.Pos, contradicts(p.Expires, original.Expires)},
		{"grades", posOf(p.Grades), len(p.Grades) > 0 && j.findings.grades(p.Grades) != r.grades},
		{"audience", posOf(p.Audience), len(p.Audience) > 0 && !slices.Equal(j.audience(p.Audience), r.audience)},
		{"subjects", posOf(p.Subjects), len(p.Subjects) > 0 && !slices.Equal(j.subjectIDs(p.Subjects, "subjects"), r.subjects)},
		{"weight", p.Weight.Pos, p.Weight.Given() && p.Weight.Value != original.Weight.Value},
	} {
		if field.different {
			j.inherited(field.pos, field.name)
		}
	}
}

// inherited warns of a field that a translation cannot change.
func (j *joiner) inherited(pos diag.Pos, field string) {
	j.add(diag.Warnf(pos, "translation", "a translation takes %q from the original: what stands here does not count", field).
		WithHint("delete it here, or change it in the original"))
}

// posOf returns the place of a list.
func posOf(ts []text) diag.Pos {
	if len(ts) == 0 {
		return diag.Pos{}
	}
	return ts[0].Pos
}

func (j *joiner) aliases(ts []text) []hub.Alias {
	var list []hub.Alias
	for _, t := range ts {
		if a, ok := j.alias(t); ok {
			list = append(list, a)
		}
	}
	return list
}

func (j *joiner) imageAlt(f *parsedFile) {
	if f.page.Image.Given() && !f.page.ImageAlt.Given() {
		j.add(diag.Warnf(f.page.Image.Pos, "no-alt-text", "an image without image_alt").
			WithHint("say in image_alt what the picture shows, for those who do not see it"))
	}
}

// listFiles makes the hub's files that are not pages.
func (j *joiner) listFiles() {
	j.hubFiles = make(map[string]*hub.File, len(j.files))
	j.folded = map[string]string{}
	for _, f := range j.files {
		file := &hub.File{Source: f.path, Path: strings.TrimPrefix(f.path, folder), Size: f.size}
		j.hubFiles[f.path] = file
		j.folded[strings.ToLower(f.path)] = f.path
		if first := firstPart(strings.TrimPrefix(file.Path, "/")); slices.Contains(reservedTop[:], first) || j.isSiteLanguage(first) {
			j.errorf(diag.Pos{File: f.path}, "reserved-name", "the name %q at the top level is taken by the site itself", first)
		}
	}
	j.measure()
}

// image finds the file that a field names.
func (j *joiner) image(file string, t text, field string) *hub.File {
	if !t.Given() {
		return nil
	}
	if strings.Contains(t.Value, "://") || strings.HasPrefix(t.Value, "/") {
		j.add(diag.Errorf(t.Pos, "dead-picture", "%s: %q is not a file beside the page", field, t.Value).
			WithHint("put the picture into the folder of the page's index.md and name it here"))
		return nil
	}
	return j.besideFile(file, t, field, "dead-picture")
}

// besideFile finds a file by its path from another one.
func (j *joiner) besideFile(file string, t text, field, rule string) *hub.File {
	if f := j.mention(file, t.Value); f != nil {
		return f
	}
	name := besides(file, t.Value)
	j.add(diag.Errorf(t.Pos, rule, "%s: there is no file %s", field, name).WithHint(j.fileHint(file, name)))
	return nil
}

// mention finds the file that is named in another one, by its path from there,
// and notes that it is named.
func (j *joiner) mention(in, rel string) *hub.File {
	f := j.fileAt(in, rel)
	if f != nil {
		f.Mentioned = true
	}
	return f
}

// named returns the files beside pages that the links of a text name, in its
// order.
func (j *joiner) named(f *parsedFile) []*hub.File {
	var named []*hub.File
	for i := range f.doc.Links {
		dest, _, _ := strings.Cut(f.doc.Links[i].Dest, "#")
		if dest == "" || strings.HasPrefix(dest, "https://") || strings.HasPrefix(dest, "http://") {
			continue
		}
		if file := j.fileAt(f.path, dest); file != nil {
			named = append(named, file)
		}
	}
	return named
}

// fileAt finds a file by its path from another one, or nil.
func (j *joiner) fileAt(in, rel string) *hub.File {
	if f := j.hubFiles[besides(in, rel)]; f != nil {
		return f
	}
	decoded, err := url.PathUnescape(rel)
	if err != nil {
		return nil
	}
	return j.hubFiles[besides(in, decoded)]
}

// mentionAll notes the files that texts name, and those beside a page that
// cannot be read.
func (j *joiner) mentionAll() {
	if len(j.hubFiles) == 0 {
		return
	}
	for _, f := range j.parsed {
		for _, file := range j.named(f) {
			file.Mentioned = true
		}
		if !f.broken {
			continue
		}
		for _, file := range j.hubFiles {
			if strings.HasPrefix(file.Source, path.Dir(f.path)+"/") {
				file.Mentioned = true
			}
		}
	}
}

// fileHint offers the file that was probably meant, as it is written from
// another file.
func (j *joiner) fileHint(from, name string) string {
	if right := j.folded[strings.ToLower(name)]; right != "" {
		j.hubFiles[right].Mentioned = true
		return "capital and small letters count: it is called " + path.Base(right)
	}
	var near []string
	for _, f := range j.files {
		if path.Dir(f.path) == path.Dir(name) {
			near = append(near, path.Base(f.path))
		}
	}
	if s := diag.Suggest(path.Base(name), near); s != "" {
		j.hubFiles[path.Join(path.Dir(name), s)].Mentioned = true
		return "did you mean \"" + s + "\"?"
	}
	if len(near) > 8 {
		return ""
	}
	hint := diag.DidYouMean(path.Base(name), near)
	return strings.Replace(hint, "allowed: ", "there are: ", 1)
}
