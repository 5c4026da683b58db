package content

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"net/url"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/diag"
	"github.com/twinshelf/twinshelf/internal/frontmatter"
	"github.com/twinshelf/twinshelf/internal/hub"
	"github.com/twinshelf/twinshelf/internal/ledger"
	"github.com/twinshelf/twinshelf/internal/markdown"
)

// Options say what to load.
type Options struct {
	FS      fs.FS        // required; the hub's root. Symbolic links are followed if it implements [fs.ReadLinkFS]
	Now     civil.Moment // required
	Drafts  bool         // take drafts for finished pages
	BaseURL *url.URL     // the address of the site instead of site.yaml's; nil for that
	Cache   *Cache       // what earlier calls read; nil for none. A file whose text is the same is not parsed again

	Shelf *markdown.Shelf // where the texts wait for their pages; nil for memory
}

// Sum is the SHA-256 of a file's bytes.
type Sum = [sha256.Size]byte

// SumFS is a file system that may know what a file holds without reading it,
// because it read the file before and is told of changes. Load asks it for
// files that stand in the Cache, and reads the others by its ReadFile.
type SumFS interface {
	fs.ReadFileFS
	// Sum returns the digest of a file, and whether it is known. It is called
	// from several goroutines.
	Sum(name string) (Sum, bool)
}

// Load reads content/ and returns the hub and what is wrong with it, sorted.
// Also a hub with errors comes back, with what is right in it, so that its
// pages can be checked further; it must not be published. The error is trouble
// with the machine: a folder that is missing, a file that cannot be read.
func Load(ctx context.Context, o Options) (*hub.Hub, []diag.Finding, error) {
	l := &loader{Options: o, schemas: newSchemas(o.Shelf), buffers: sync.Pool{New: func() any { return new(bytes.Buffer) }}}
	if err := l.read(ctx); err != nil {
		return nil, nil, err
	}
	next, ok := l.revise(l.Cache.takeLast())
	if !ok {
		next = l.join()
	}
	l.Cache.putLast(next)
	return next.hub, slices.Clone(next.all), nil
}

// loader goes through the steps of Load.
type loader struct {
	Options
	schemas  *schemas
	findings findings
	settings []frontmatter.Source // all files about the whole hub as they are

	files     []treeFile
	parsed    []*parsedFile           // Markdown files, sorted by path
	tables    map[string]*parsedTable // CSV files of books
	siteText  *settingsText           // nil if site.yaml is missing
	wordTexts []frontmatter.Source    // site.LANG.yaml, sorted
	ledger    ledger.Ledger
	retired   []ledger.Retirement

	buffers sync.Pool // of *bytes.Buffer, lent to read files
}

// settingsText is site.yaml before it is decoded.
type settingsText struct {
	frontmatter.Source
	bad []diag.Finding // why it is not read at all
}

const (
	siteFile    = folder + "/site.yaml"
	ledgerFile  = folder + "/links.lock"
	retiredFile = folder + "/retired.yaml"
)

// read reads all files.
func (l *loader) read(ctx context.Context) error {
	t, err := readTree(l.FS)
	if err != nil {
		return err
	}
	l.findings = append(l.findings, t.findings...)
	var pages []treeFile
	for _, f := range t.files {
		switch {
		case isSettings(f.path):
			if err := l.readSettings(f); err != nil {
				return err
			}
		case path.Ext(f.path) == ".md":
			pages = append(pages, f)
		default:
			l.files = append(l.files, f)
		}
	}
	if err := l.readPages(ctx, pages); err != nil {
		return err
	}
	if err := l.readTables(); err != nil {
		return err
	}
	known := map[string]bool{}
	for _, f := range t.files {
		known[f.path] = true
	}
	l.Cache.forget(func(path string) bool { return known[path] })
	return nil
}

// sum returns the digest of a file if it is known without reading it.
func (l *loader) sum(file string) (Sum, bool) {
	if known, ok := l.FS.(SumFS); ok {
		return known.Sum(file)
	}
	return Sum{}, false
}

// sumOf returns the digest of a text, by which the Cache knows it; without one
// nobody asks.
func (l *loader) sumOf(text string) Sum {
	if l.Cache == nil {
		return Sum{}
	}
	return sha256.Sum256([]byte(text))
}

// isSettings reports whether a file is about the whole hub and never
// published.
func isSettings(file string) bool {
	if file == ledgerFile || file == retiredFile {
		return true
	}
	dir, name := path.Split(file)
	return dir == folder+"/" && strings.HasPrefix(name, "site") && path.Ext(name) == ".yaml"
}

// readText reads a text file; ok is false if it is too large, which is
// reported.
func (l *loader) readText(f treeFile) (text string, bad []diag.Finding, err error) {
	if f.size > maxFileSize && f.path != ledgerFile {
		return "", []diag.Finding{diag.Errorf(diag.Pos{File: f.path, Line: 1, Col: 1}, "file-size",
			"the file has %.1f MB; texts of more than 5 MB are not read", float64(f.size)/(1<<20)).
			WithHint("cut it into several, and keep pictures in files of their own")}, nil
	}
	text, err = l.readFile(f.path)
	if err != nil {
		return "", nil, fmt.Errorf("read %s: %w", f.path, cause(err))
	}
	return text, nil, nil
}

// readFile returns the text of a file.
func (l *loader) readFile(name string) (string, error) {
	if known, ok := l.FS.(SumFS); ok {
		data, err := known.ReadFile(name)
		return string(data), err
	}
	file, err := l.FS.Open(name)
	if err != nil {
		return "", err
	}
	defer file.Close()
	buffer := l.buffers.Get().(*bytes.Buffer)
	defer l.buffers.Put(buffer)
	buffer.Reset()
	_, err = buffer.ReadFrom(file)
	return buffer.String(), err
}

func (l *loader) readSettings(f treeFile) error {
	text, bad, err := l.readText(f)
	if err != nil {
		return err
	}
	switch {
	case bad != nil:
	case f.path == ledgerFile: // package ledger knows better what git left there: all lines are kept
		bad = frontmatter.CheckEncoding(f.path, text)
	default:
		bad = frontmatter.CheckText(f.path, text)
	}
	l.findings = append(l.findings, bad...)
	src := frontmatter.Source{File: f.path, Text: strings.TrimPrefix(text, "\ufeff")}
	if bad != nil {
		src.Text = ""
	}
	l.settings = append(l.settings, src)
	switch f.path {
	case ledgerFile:
		l.ledger, bad = l.Cache.readLedger(f.path, src.Text)
		l.findings = append(l.findings, bad...)
	case retiredFile:
		l.readRetired(src)
	case siteFile:
		l.siteText = &settingsText{src, bad}
	default:
		l.wordTexts = append(l.wordTexts, src)
	}
	return nil
}

// readPages reads and parses the Markdown files, all but the bodies of lists.
func (l *loader) readPages(ctx context.Context, pages []treeFile) error {
	l.parsed = make([]*parsedFile, len(pages))
	return parallel(ctx, len(pages), func(i int) error {
		if sum, ok := l.sum(pages[i].path); ok {
			if f := l.Cache.file(pages[i].path, sum); f != nil {
				l.parsed[i] = f
				return nil
			}
		}
		text, bad, err := l.readText(pages[i])
		switch {
		case err != nil:
			return err
		case bad != nil:
			f := l.schemas.parseFile(pages[i].path, "---\n---\n")
			f.broken, f.findings = true, bad
			l.parsed[i] = f
			return nil
		}
		sum := l.sumOf(text)
		f := l.Cache.file(pages[i].path, sum)
		if f == nil {
			f = l.schemas.parseFile(pages[i].path, text)
			f.sum = sum
			l.Cache.putFile(f)
		}
		l.parsed[i] = f
		return nil
	})
}

// readTables reads the CSV files that lists name. What names none is an
// ordinary file.
func (l *loader) readTables() error {
	l.tables = map[string]*parsedTable{}
	for _, f := range l.parsed {
		if f.list == nil || !f.list.BooksFile.Given() {
			continue
		}
		name := besides(f.path, f.list.BooksFile.Value)
		at, ok := slices.BinarySearchFunc(l.files, name, func(f treeFile, name string) int { return cmp.Compare(f.path, name) })
		if !ok || l.tables[name] != nil {
			continue
		}
		text, bad, err := l.readText(l.files[at])
		if err != nil {
			return err
		}
		sum := l.sumOf(text)
		t := l.Cache.table(name, sum)
		switch {
		case bad != nil:
			t = &parsedTable{path: name, findings: bad}
		case t == nil:
			t = parseTable(name, text)
			t.sum = sum
			l.Cache.putTable(t)
		}
		l.tables[name] = t
		l.findings = append(l.findings, t.findings...)
	}
	l.files = slices.DeleteFunc(l.files, func(f treeFile) bool { return l.tables[f.path] != nil })
	return nil
}

// besides returns the path that a relative path in a file means.
func besides(file, rel string) string { return path.Join(path.Dir(file), rel) }

// parallel calls do for 0 to n-1 on all cores and returns the first error by
// number, so that two runs fail alike.
func parallel(ctx context.Context, n int, do func(i int) error) error {
	workers := min(runtime.GOMAXPROCS(0), n)
	errs := make([]error, workers)
	at := make([]int, workers)
	var group errgroup.Group
	for w := range workers {
		group.Go(func() error {
			for i := w; i < n; i += workers {
				err := ctx.Err()
				if err == nil {
					err = do(i)
				}
				if err != nil {
					errs[w], at[w] = err, i
					return nil
				}
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	var first error
	lowest := n
	for w, err := range errs {
		if err != nil && at[w] < lowest {
			first, lowest = err, at[w]
		}
	}
	return first
}
