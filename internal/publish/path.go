package publish

import (
	"io/fs"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/twinshelf/twinshelf/internal/diag"
)

// longestName is how many bytes a name may have on common file systems.
const longestName = 255

// refusedPath reports a path that cannot be written everywhere, so that a hub
// does not build on one machine and fail on the next.
func refusedPath(a *Artifact) (diag.Finding, bool) {
	if isOrdinary(a.Path) {
		return diag.Finding{}, true
	}
	return closerLook(a)
}

// closerLook is refusedPath for any path.
func closerLook(a *Artifact) (diag.Finding, bool) {
	bad := func(format string, args ...any) (diag.Finding, bool) {
		return diag.Errorf(a.pos(), "file-name", format, args...).WithHint("rename the file"), false
	}
	if !fs.ValidPath(a.Path) || a.Path == "." || !utf8.ValidString(a.Path) {
		return bad("%q is no path of a file in the site", a.Path)
	}
	for name := range strings.SplitSeq(a.Path, "/") {
		switch {
		case len(name) > longestName:
			return bad("a name in %q is longer than %d bytes", a.Path, longestName)
		case strings.ContainsFunc(name, notForWindows):
			return bad("%q has a character that Windows does not take in a file name", a.Path)
		case strings.HasSuffix(name, ".") || strings.HasSuffix(name, " "):
			return bad("a name in %q ends with a dot or a blank, which Windows does not take", a.Path)
		case isDevice(name):
			return bad("%q in %q is a device on Windows and cannot be a file", name, a.Path)
		case strings.HasPrefix(fold(name), ownPrefix):
			return bad("names that begin with %q are kept for the program", ownPrefix)
		}
	}
	return diag.Finding{}, true
}

// isOrdinary reports whether there is nothing about a path that needs a closer
// look, as with most: its names have small letters, digits, hyphens and dots
// inside, and are too long for a device and too short for a limit. A closer look
// at each of 25,000 paths takes 20 ms (2026-11-26).
func isOrdinary(path string) bool {
	const shortest = 5 // no device has a longer name than COM1
	start, dot := 0, false
	for i := 0; i <= len(path); i++ {
		if i == len(path) || path[i] == '/' {
			if !dot && i-start < shortest || i-start > longestName || path[i-1] == '.' {
				return false
			}
			start, dot = i+1, false
			continue
		}
		switch c := path[i]; {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9', c == '-':
		case c == '.' && (dot || i-start >= shortest):
			dot = true
		default:
			return false
		}
	}
	return true
}

// notForWindows reports whether Windows refuses a character in file names.
// Source: learn.microsoft.com, "Naming Files, Paths, and Namespaces".
func notForWindows(r rune) bool {
	return r < ' ' || strings.ContainsRune(`<>:"\|?*`, r)
}

// isDevice reports whether Windows takes a name for a device, whatever its
// ending. The digits of ports include superscript ones (same source).
func isDevice(name string) bool {
	stem, _, _ := strings.Cut(name, ".")
	stem = strings.ToUpper(strings.TrimRight(stem, " "))
	switch stem {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$":
		return true
	}
	port, ok := strings.CutPrefix(stem, "COM")
	if !ok {
		port, ok = strings.CutPrefix(stem, "LPT")
	}
	return ok && utf8.RuneCountInString(port) == 1 && strings.ContainsAny(port, "0123456789¹²³")
}

// fold maps paths that some file system takes for one onto one string: letters
// without case, accents composed (macOS).
func fold(path string) string {
	ascii := true
	for i := range len(path) {
		c := path[i]
		if c >= utf8.RuneSelf {
			return strings.Map(foldRune, norm.NFC.String(path))
		}
		ascii = ascii && (c < 'A' || c > 'Z')
	}
	if ascii {
		return path
	}
	return strings.ToLower(path)
}

// foldRune picks one of the letters that differ in case only: the lower one
// for ASCII, else the least of them.
func foldRune(r rune) rune {
	least := r
	for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
		least = min(least, f)
	}
	if 'A' <= least && least <= 'Z' {
		return least + 'a' - 'A'
	}
	return least
}
