// Package starter writes the first files of a hub: what "twinshelf init" puts
// into an empty folder and what "twinshelf new" adds for one record. It never
// overwrites a file. It is for cmd alone and knows the content format only as
// text; tests in cmd hold its texts to "twinshelf check".
//
//	err := starter.Init("my-hub", starter.Empty())
package starter

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// File is one file to write.
type File struct {
	Path string // relative to the hub's root, with slashes
	Text string
}

// ErrNotEmpty says that a folder has something in it already.
var ErrNotEmpty = errors.New("the folder is not empty")

// Sample returns the files of a new hub made of the sample content (a file
// system that holds "content"), without its ledger: a new hub has published
// nothing yet.
func Sample(sample fs.FS) ([]File, error) {
	files := common()
	err := fs.WalkDir(sample, "content", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || name == "content/links.lock" || name == "content/retired.yaml" {
			return err
		}
		text, err := fs.ReadFile(sample, name)
		if err != nil {
			return err
		}
		files = append(files, File{name, string(text)})
		return nil
	})
	return files, err
}

// Empty returns the files of the smallest hub that is good, with one record of
// each kind.
func Empty() []File { return append(common(), empty()...) }

// Init writes the files into a folder that is missing or empty; else the error
// is ErrNotEmpty and nothing is written.
func Init(dir string, files []File) error {
	entries, err := os.ReadDir(dir)
	switch {
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return err
	case len(entries) > 0:
		return fmt.Errorf("%s: %w", dir, ErrNotEmpty)
	}
	for _, f := range files {
		if err := Write(dir, f); err != nil {
			return err
		}
	}
	return nil
}

// Write writes one file below root and makes the folders it needs. A file that
// exists stays as it is and the error says fs.ErrExist.
func Write(root string, f File) error {
	name := filepath.Join(root, filepath.FromSlash(f.Path))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	out, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = out.WriteString(f.Text)
	return errors.Join(err, out.Close())
}

// Kinds lists the kinds of record that New knows.
func Kinds() []string { return []string{"database", "library", "award", "guide", "award-list"} }

// ReservedDatabases lists the names that no database may have, because the
// lists of databases have addresses made of them.
func ReservedDatabases() []string {
	return []string{"format", "subject", "grade", "library", "audience", "letter"}
}

// New returns the file of a fresh record: its kind, and its ID (AWARD/LIST for
// an award list). It does not judge the ID.
func New(kind, id string) File {
	title := humanise(path.Base(id))
	switch kind {
	case "database":
		return File{"content/databases/" + id + ".md", fill(databaseText, title)}
	case "library":
		return File{"content/libraries/" + id + ".md", fill(libraryText, title)}
	case "award":
		return File{"content/awards/" + id + "/index.md", fill(awardText, title)}
	case "award-list":
		return File{"content/awards/" + id + ".md", fill(awardListText, humanise(path.Dir(id))+" "+title)}
	}
	return File{"content/guides/" + id + ".md", fill(guideText, title)}
}

// Places returns the files that would make the same record as f in another
// way: "x.md" and "x/index.md" are one page.
func Places(f File) []string {
	if folder, ok := strings.CutSuffix(f.Path, "/index.md"); ok {
		return []string{f.Path, folder + ".md"}
	}
	return []string{f.Path, strings.TrimSuffix(f.Path, ".md") + "/index.md"}
}

func fill(text, title string) string { return strings.ReplaceAll(text, "TITLE", title) }

// humanise turns an ID into a title to begin with.
func humanise(id string) string {
	words := strings.Split(id, "-")
	if words[0] != "" {
		words[0] = strings.ToUpper(words[0][:1]) + words[0][1:]
	}
	if allDigits(words) {
		return id
	}
	return strings.Join(words, " ")
}

func allDigits(words []string) bool {
	return !slices.ContainsFunc(words, func(w string) bool {
		return strings.Trim(w, "0123456789") != ""
	})
}
