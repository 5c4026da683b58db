package publish

import "testing"

// What is taken for an ordinary path is one that a closer look lets pass, and
// that no file system changes.
func FuzzIsOrdinary(f *testing.F) {
	for _, path := range []string{"databases/sora/index.html", "index.html", "a", "con/index.html", "aux.html", "coms1/x.txt", "a//b", "/abcde", "abcde/", "abcde.", "..", "./index.html", "abcde/../fghij", "ABCDE", ""} {
		f.Add(path)
	}
	f.Fuzz(func(t *testing.T, path string) {
		if !isOrdinary(path) {
			return
		}
		if fold(path) != path {
			t.Errorf("%q folds to %q", path, fold(path))
		}
		if found, ok := closerLook(&Artifact{Path: path}); !ok {
			t.Errorf("%q is refused: %v", path, found)
		}
	})
}
