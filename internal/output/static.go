package output

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/twinshelf/twinshelf/internal/diag"
	"github.com/twinshelf/twinshelf/internal/layout"
	"github.com/twinshelf/twinshelf/internal/publish"
)

// assets are the static files: all of them under the names they have, and
// those that pages use once more under /assets/ with a fingerprint of their
// bytes in the name, so that a browser may keep them for ever.
type assets struct {
	base     string
	cache    *Cache
	files    []*staticFile
	byName   map[string]*staticFile
	findings []diag.Finding // the hub's own files that no browser can read
}

type staticFile struct {
	name    string // below static/
	brought bool   // it comes with the program
	from    fs.FS
	small   []byte // minified; nil for what is copied as it is
	printed []byte // the bytes of the fingerprinted copy; nil if pages do not use it
	hashed  string // its path: "assets/hub.1a2b3c4d5e.css"
}

// newAssets reads the static files: the hub's own, over the program's.
func newAssets(own, brought fs.FS, base string, cache *Cache) (assets, error) {
	a := assets{base: base, cache: cache, byName: map[string]*staticFile{}}
	for _, from := range []fs.FS{own, brought} {
		names, err := staticNames(from)
		if err != nil {
			return a, err
		}
		for _, name := range names {
			if a.byName[name] != nil || name == "README.md" && isProgramsOwn(own, brought, name) {
				continue
			}
			f := &staticFile{name: name, from: from, brought: isProgramsOwn(own, brought, name)}
			a.byName[name] = f
			a.files = append(a.files, f)
		}
	}
	slices.SortFunc(a.files, func(x, y *staticFile) int { return strings.Compare(x.name, y.name) })
	for _, f := range a.files {
		if err := a.prepare(f); err != nil {
			return a, err
		}
	}
	for _, f := range a.files {
		if err := a.print(f, nil); err != nil {
			return a, err
		}
	}
	return a, nil
}

// isProgramsOwn reports whether a static file comes with the program: the hub
// has none of that name, or the very same bytes (the program's own folder).
func isProgramsOwn(own, brought fs.FS, name string) bool {
	b, err := fs.ReadFile(brought, name)
	if err != nil {
		return false
	}
	a, err := fs.ReadFile(own, name)
	return err != nil || bytes.Equal(a, b)
}

// staticNames lists what is published of a static folder.
func staticNames(from fs.FS) ([]string, error) {
	var names []string
	err := fs.WalkDir(from, ".", func(name string, entry fs.DirEntry, err error) error {
		base := path.Base(name)
		switch {
		case errors.Is(err, fs.ErrNotExist) && name == ".":
			return fs.SkipDir
		case err != nil:
			return fmt.Errorf("read static/%s: %w", name, err)
		case strings.HasPrefix(base, ".git"), base == ".DS_Store", base == "Thumbs.db":
			if entry.IsDir() {
				return fs.SkipDir
			}
		case !entry.IsDir() && name != "_headers" && name != "_redirects" && name != ".nojekyll": // planned with the files for hosts
			names = append(names, name)
		}
		return nil
	})
	return names, err
}

// prepare minifies a style sheet, script, picture or data file. A hub's own
// script is only parsed: minify 2.24.25 moves "const [a] = (b).c" before the
// declaration of b, which the tests of our own scripts would show.
func (a *assets) prepare(f *staticFile) error {
	ext := path.Ext(f.name)
	if ext != ".css" && ext != ".js" && ext != ".svg" && (ext != ".json" || !f.brought) {
		return nil
	}
	data, err := fs.ReadFile(f.from, f.name)
	if err != nil {
		return fmt.Errorf("read static/%s: %w", f.name, err)
	}
	minify := layout.Minify
	if f.brought {
		minify = a.cache.minify
	}
	var wrong *layout.SyntaxError
	if f.small, err = minify(ext, data); errors.As(err, &wrong) {
		pos := diag.Pos{File: "static/" + f.name, Line: wrong.Line, Col: wrong.Column}
		a.findings = append(a.findings, diag.Errorf(pos, "static-syntax", "a browser cannot read this file: %s", wrong.Message))
	} else if err != nil {
		return fmt.Errorf("static/%s: %w", f.name, err)
	}
	if ext == ".js" && !f.brought {
		f.small = data
	}
	return nil
}

// usedByPages reports whether pages may name a static file, which then gets a
// fingerprint.
func usedByPages(name string) bool {
	switch path.Ext(name) {
	case ".css", ".js", ".woff2", ".svg", ".png":
		return true
	}
	return false
}

// references find what a style sheet or a script names by a relative address:
// url(fonts/x.woff2), from "./y.js", import("./y.js"). Each begins with a word
// of its own: regexp looks for that much faster than for one of three.
var references = []*regexp.Regexp{
	regexp.MustCompile(`(url\(["']?)` + relative),
	regexp.MustCompile(`(from ?["'])` + relative),
	regexp.MustCompile(`(import ?\(?["'])` + relative),
}

// relative is an address of a file below static/.
const relative = `(\.{0,2}[\w./-]+\.(?:woff2|svg|png|css|js))`

// print gives a file its fingerprint. What the file names gets its own first,
// so that a fingerprint changes when anything behind it does; files that name
// each other in a circle keep plain names for each other.
func (a *assets) print(f *staticFile, above []string) error {
	if f.hashed != "" || !usedByPages(f.name) || slices.Contains(above, f.name) {
		return nil
	}
	data := f.small
	if data == nil {
		var err error
		if data, err = fs.ReadFile(f.from, f.name); err != nil {
			return fmt.Errorf("read static/%s: %w", f.name, err)
		}
	}
	var failed error
	if ext := path.Ext(f.name); ext == ".css" || ext == ".js" {
		for _, reference := range references {
			data = reference.ReplaceAllFunc(data, func(match []byte) []byte {
				parts := reference.FindSubmatch(match)
				named := a.byName[path.Join(path.Dir(f.name), string(parts[2]))]
				if named == nil {
					return match
				}
				failed = errors.Join(failed, a.print(named, append(above, f.name)))
				if named.hashed == "" {
					return slices.Concat(parts[1], []byte(a.base+named.name))
				}
				return slices.Concat(parts[1], []byte(a.base+named.hashed))
			})
		}
	}
	sum := sha256.Sum256(data)
	ext := path.Ext(f.name)
	f.printed = data
	f.hashed = "assets/" + strings.TrimSuffix(path.Base(f.name), ext) + "." + hex.EncodeToString(sum[:5]) + ext
	return failed
}

// href returns the address by which pages use a static file, "" if there is no
// such file.
func (a *assets) href(name string) string {
	f := a.byName[name]
	switch {
	case f == nil:
		return ""
	case f.hashed == "":
		return a.base + f.name
	}
	return a.base + f.hashed
}

// staticFiles plans the static files and their fingerprinted copies. A hub's
// own file comes out as it is, only its copy is minified.
func (p *planner) staticFiles() []publish.Artifact {
	var artifacts []publish.Artifact
	printed := map[string]bool{}
	for _, f := range p.assets.files {
		plain := publish.Artifact{Path: f.name, Source: "static/" + f.name}
		if f.brought && f.small != nil {
			plain.Data = f.small
		} else {
			plain.Open = func() (io.ReadCloser, error) { return f.from.Open(f.name) }
		}
		if f.name != "robots.txt" { // planned with the files for hosts
			artifacts = append(artifacts, plain)
		}
		if f.hashed != "" && !printed[f.hashed] {
			printed[f.hashed] = true
			artifacts = append(artifacts, publish.Artifact{Path: f.hashed, Data: f.printed})
		}
	}
	return artifacts
}
