package layout

import (
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/template/parse"
	"unicode/utf8"

	"github.com/twinshelf/twinshelf/internal/diag"
	"github.com/twinshelf/twinshelf/internal/lang"
)

// Folder is where layouts lie, below the root of a [Source].
const Folder = "layouts"

// maxFileSize is far more than a layout takes.
const maxFileSize = 1 << 20

// Source is where layouts come from and what they are for.
type Source struct {
	Program  fs.FS            // required: holds layouts/*.html
	Hub      fs.FS            // the hub's root, whose files override and add layouts; nil for none
	Bindings []Binding        // all layouts that are rendered by themselves
	Words    *lang.Dictionary // required: the words that layouts may ask for
}

// Load reads, checks and minifies all layouts. Mistakes are findings; with
// errors among them the set must not be rendered. An error is trouble with the
// machine.
func Load(src Source) (*Set, []diag.Finding, error) {
	l := loader{src: src, root: template.New("").Funcs(functionMap()), files: map[string]*file{}}
	if err := l.read(); err != nil {
		return nil, nil, err
	}
	for _, name := range slices.Sorted(maps.Keys(l.files)) {
		l.parse(l.files[name])
	}
	l.checkUses()
	if !l.failed() {
		l.checkTypes()
	}
	if l.failed() {
		return &Set{}, diag.Sort(l.findings), nil
	}
	minifySpace(l.trees())
	set := l.finish()
	return set, diag.Sort(l.findings), nil
}

// loader keeps what was read.
type loader struct {
	src      Source
	root     *template.Template // all templates of all files
	files    map[string]*file   // by the name of their layout
	findings []diag.Finding
}

// file is one file of layouts/.
type file struct {
	name    string // of the layout: card-database
	path    string // layouts/card-database.html
	text    string
	hub     bool // the hub's own
	defines []string
}

// rule names the findings of this package.
const rule = "layout"

func (l *loader) failed() bool {
	errs, _ := diag.Count(l.findings)
	return errs > 0
}

// read reads the files of both sources; the hub's win.
func (l *loader) read() error {
	for _, source := range []struct {
		files fs.FS
		hub   bool
	}{{l.src.Program, false}, {l.src.Hub, true}} {
		if source.files == nil {
			continue
		}
		err := fs.WalkDir(source.files, Folder, func(name string, entry fs.DirEntry, err error) error {
			switch {
			case errors.Is(err, fs.ErrNotExist) && name == Folder:
				return nil
			case err != nil:
				return err
			case entry.IsDir() || path.Ext(name) != ".html" || strings.HasPrefix(entry.Name(), "."):
				return nil
			}
			return l.readFile(source.files, name, source.hub)
		})
		if err != nil {
			return fmt.Errorf("read layouts: %w", err)
		}
	}
	return nil
}

func (l *loader) readFile(files fs.FS, name string, hub bool) error {
	data, err := fs.ReadFile(files, name)
	if err != nil {
		return err
	}
	pos := diag.Pos{File: name, Line: 1, Col: 1}
	switch {
	case len(data) > maxFileSize:
		l.add(diag.Errorf(pos, rule, "the layout is over %d MB", maxFileSize>>20))
		return nil
	case !utf8.Valid(data):
		l.add(diag.Errorf(pos, rule, "the layout is not UTF-8 text").WithHint("save it with the encoding UTF-8"))
		return nil
	}
	layout := strings.TrimSuffix(strings.TrimPrefix(name, Folder+"/"), ".html")
	text := strings.ReplaceAll(strings.TrimPrefix(string(data), "\ufeff"), "\r\n", "\n")
	l.files[layout] = &file{name: layout, path: name, text: text, hub: hub}
	return nil
}

func (l *loader) add(f diag.Finding) { l.findings = append(l.findings, f) }

// parse adds the templates of a file to the set.
func (l *loader) parse(f *file) {
	own, err := template.New(f.name).Funcs(functionMap()).Parse(f.text)
	if err != nil {
		l.add(f.syntaxFinding(err))
		return
	}
	for _, t := range own.Templates() {
		if t.Tree == nil {
			continue
		}
		if first := l.defines(t.Name()); first != nil {
			l.add(diag.Errorf(f.find(1, 0, strconv.Quote(t.Name())), rule, "the template %q is defined in %s too", t.Name(), first.path))
			continue
		}
		f.defines = append(f.defines, t.Name())
		if _, err := l.root.AddParseTree(t.Name(), t.Tree); err != nil {
			l.add(diag.Errorf(f.at(1, 1), rule, "%v", err))
		}
	}
}

// defines returns the file that defines a template.
func (l *loader) defines(template string) *file {
	for _, f := range l.files {
		if slices.Contains(f.defines, template) {
			return f
		}
	}
	return nil
}

var (
	syntaxError     = regexp.MustCompile(`^(?s:template: (.*?):(\d+): (.*))$`)
	unknownFunction = regexp.MustCompile(`^function "(.*)" not defined$`)
)

// syntaxFinding makes a finding of what the parser says.
func (f *file) syntaxFinding(err error) diag.Finding {
	m := syntaxError.FindStringSubmatch(err.Error())
	if m == nil {
		return diag.Errorf(f.at(1, 1), rule, "%v", err)
	}
	line, _ := strconv.Atoi(m[2])
	if fn := unknownFunction.FindStringSubmatch(m[3]); fn != nil {
		return diag.Errorf(f.find(line, 0, fn[1]), rule, "there is no function %q", fn[1]).
			WithHint(diag.DidYouMean(fn[1], functionNames()))
	}
	return diag.Errorf(f.find(line, 0, "{{"), rule, "the layout cannot be read: %s", m[3])
}

// at returns a place in the file by line and column in bytes, both from 1.
func (f *file) at(line, column int) diag.Pos {
	text := f.line(line)
	column = min(column, len(text)+1)
	return diag.Pos{File: f.path, Line: line, Col: utf8.RuneCountInString(text[:column-1]) + 1}
}

// find returns the place of a word in a line, looked for from a column in
// bytes; the beginning of the line if it is not there.
func (f *file) find(line, from int, word string) diag.Pos {
	text := f.line(line)
	from = max(min(from, len(text)), 0)
	if i := strings.Index(text[from:], word); i >= 0 {
		return f.at(line, from+i+1)
	}
	return f.at(line, max(strings.Index(text, word), 0)+1)
}

func (f *file) line(n int) string {
	lines := strings.Split(f.text, "\n")
	if n < 1 || n > len(lines) {
		return ""
	}
	return lines[n-1]
}

// trees returns all parsed templates by name.
func (l *loader) trees() map[string]*parse.Tree {
	trees := map[string]*parse.Tree{}
	for _, t := range l.root.Templates() {
		if t.Tree != nil {
			trees[t.Name()] = t.Tree
		}
	}
	return trees
}

// locate takes apart a place as text/template writes it, NAME:LINE:COLUMN with
// a column in bytes from 0. The file is nil if it is none of ours.
func (l *loader) locate(location string) (f *file, line, column int) {
	parts := strings.Split(location, ":")
	if n := len(parts); n >= 3 {
		f = l.files[strings.Join(parts[:n-2], ":")]
		line, _ = strconv.Atoi(parts[n-2])
		column, _ = strconv.Atoi(parts[n-1])
	}
	return f, max(line, 1), column
}

// finish compiles the bound layouts.
func (l *loader) finish() *Set {
	s := &Set{layouts: map[string]*bound{}}
	trees, probes := l.trees(), newProbes()
	for _, b := range l.src.Bindings {
		program, err := compile(b.name, trees, b.data, probes)
		if err != nil { // perhaps only because templates were put in place
			err = escapeNow(template.Must(l.root.Clone()).Lookup(b.name))
		}
		var bad *template.Error
		if errors.As(err, &bad) {
			l.add(l.escapeFinding(b, bad))
		}
		s.layouts[b.name] = &bound{program: program, template: l.root.Lookup(b.name)}
	}
	return s
}
