package publish

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Large files are compared while they are made, wherever they begin to differ.
func TestLargeFilesAreRevised(t *testing.T) {
	t.Parallel()
	// Pieces of a length of their own, so that differences lie inside and at
	// the edges of those that are compared at once.
	const line = "a line of a large file\n"
	long := strings.Repeat(line, 3*pieceSize/len(line))
	change := func(at int) string { return long[:at] + "?" + long[at+1:] }
	texts := map[string]string{
		"long": long, "first byte": change(0), "last byte": change(len(long) - 1), "in the middle": change(len(long) / 2),
		"first of a piece": change(pieceSize), "last of a piece": change(pieceSize - 1),
		"longer": long + line, "shorter": long[:pieceSize+1], "one piece": long[:pieceSize], "empty": "",
	}
	ways := map[string]func(text string) Artifact{
		"Stream": func(text string) Artifact {
			return Artifact{Path: "big.bin", Stream: func(w io.Writer) error {
				for piece := range slices.Chunk([]byte(text), 1000) {
					if _, err := w.Write(piece); err != nil {
						return err
					}
				}
				return nil
			}}
		},
		"Open": func(text string) Artifact {
			return Artifact{Path: "big.bin", Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }}
		},
	}
	for way, artifact := range ways {
		for _, from := range []string{"long", "shorter", "empty"} {
			old := texts[from]
			for to, text := range texts {
				t.Run(way+" from "+from+" to "+to, func(t *testing.T) {
					t.Parallel()
					out := filepath.Join(t.TempDir(), "public")
					before, _ := NewPlan([]Artifact{artifact(old)})
					publishTo(t, out, before)
					was, err := os.Stat(filepath.Join(out, "big.bin"))
					if err != nil {
						t.Fatal(err)
					}
					after, _ := NewPlan([]Artifact{artifact(text)})
					dry, err := Dir(t.Context(), after, DirOptions{Out: out, DryRun: true})
					if err != nil {
						t.Fatal(err)
					}
					result := publishTo(t, out, after)
					checkTree(t, out, whole(t, after, nil))
					is, err := os.Stat(filepath.Join(out, "big.bin"))
					if err != nil {
						t.Fatal(err)
					}
					if kept := os.SameFile(was, is); kept != (old == text) {
						t.Errorf("the file was kept: %v", kept)
					}
					for _, r := range []Result{dry, result} {
						if changed := len(r.Changed) > 0; changed != (old != text) || r.Files[0].Size != int64(len(text)) {
							t.Errorf("%+v", r)
						}
					}
				})
			}
		}
	}
}

// What goes wrong while a large file is made is told as with a small one.
func TestLargeFileFails(t *testing.T) {
	t.Parallel()
	out := filepath.Join(t.TempDir(), "public")
	before := site(t, siteA)
	publishTo(t, out, before)
	trouble := errors.New("no such thing")
	plan, _ := NewPlan([]Artifact{{Path: "index.html", Stream: func(w io.Writer) error {
		if _, err := io.WriteString(w, strings.Repeat("x", 2*pieceSize)); err != nil {
			return err
		}
		return trouble
	}}})
	_, err := Dir(t.Context(), plan, DirOptions{Out: out})
	if !errors.Is(err, trouble) || err.Error() != "render /: no such thing" {
		t.Errorf("got %v", err)
	}
	checkTree(t, out, whole(t, before, nil))
}
