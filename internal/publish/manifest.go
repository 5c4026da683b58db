package publish

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"strconv"
)

// ManifestName is the file that lists the others; no artifact may have its path.
const ManifestName = "manifest.json"

// generator is the word by which a folder is known as ours.
const generator = "twinshelf"

// ownPrefix begins the names that this package puts into an output folder for
// the time of a build.
const ownPrefix = ".twinshelf-"

// Sum is the SHA-256 of a file's bytes.
type Sum [sha256.Size]byte

// String is the sum in lower-case hex.
func (s Sum) String() string {
	return hex.EncodeToString(s[:])
}

// File is what the manifest tells of one file of the site.
type File struct {
	Path string // as in Artifact
	Size int64  // bytes
	Sum  Sum
}

// encodeManifest writes the manifest: a line for each file, so that two of
// them can be compared by eye.
func encodeManifest(files []File) []byte {
	var w bytes.Buffer
	w.Grow(128 + 160*len(files))
	fmt.Fprintf(&w, "{\"generator\":%q,\"files\":[", generator)
	for i, f := range files {
		if i > 0 {
			w.WriteByte(',')
		}
		w.WriteString("\n{\"path\":")
		w.Write(quote(f.Path))
		w.WriteString(",\"size\":")
		w.Write(strconv.AppendInt(w.AvailableBuffer(), f.Size, 10))
		w.WriteString(",\"sha256\":\"")
		w.Write(hex.AppendEncode(w.AvailableBuffer(), f.Sum[:]))
		w.WriteString("\"}")
	}
	w.WriteString("\n]}\n")
	return w.Bytes()
}

// quote is a path as JSON. Paths of a plan are valid UTF-8.
func quote(path string) []byte {
	if plainPath(path) {
		return []byte(`"` + path + `"`) // nearly all are
	}
	var w bytes.Buffer
	enc := json.NewEncoder(&w)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(path) // a string can always be encoded
	return bytes.TrimSuffix(w.Bytes(), []byte("\n"))
}

// ReadManifest reads a manifest that a build wrote. The second result is false
// for any other text, also for a manifest of another program. Entries that no
// build can have written (a path that leads out) are left out.
func ReadManifest(text []byte) ([]File, bool) {
	var m struct {
		Generator string `json:"generator"`
		Files     []struct {
			Path string `json:"path"`
			Size int64  `json:"size"`
			Hash string `json:"sha256"`
		} `json:"files"`
	}
	if err := json.Unmarshal(text, &m); err != nil || m.Generator != generator {
		return nil, false
	}
	files := make([]File, 0, len(m.Files))
	for _, f := range m.Files {
		file := File{Path: f.Path, Size: f.Size}
		if !fs.ValidPath(f.Path) || f.Path == "." || f.Path == ManifestName {
			continue
		}
		if len(f.Hash) == hex.EncodedLen(len(file.Sum)) {
			// What is not hex gives a sum that no file has, and the file
			// is written again.
			_, _ = hex.Decode(file.Sum[:], []byte(f.Hash))
		}
		files = append(files, file)
	}
	return files, true
}
