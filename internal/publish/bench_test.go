package publish

import (
	"bytes"
	"fmt"
	"path/filepath"
	"testing"
)

// bigSite is a plan of n pages of 8 KB, in n folders.
func bigSite(b testing.TB, n, edited int) *Plan {
	text := bytes.Repeat([]byte("<p>A page about a database.</p>\n"), 256)
	artifacts := make([]Artifact, n)
	for i := range artifacts {
		version := 0
		if i < edited {
			version = 1
		}
		artifacts[i] = Artifact{Path: fmt.Sprintf("databases/d%06d/index.html", i), Render: func(w *bytes.Buffer) error {
			w.Write(text)
			_, err := fmt.Fprintf(w, "page %d, version %d", i, version)
			return err
		}}
	}
	plan, findings := NewPlan(artifacts)
	if len(findings) > 0 {
		b.Fatal(findings)
	}
	return plan
}

const benchPages = 10_000

func BenchmarkPlan(b *testing.B) {
	artifacts := bigSite(b, benchPages, 0).Artifacts
	for b.Loop() {
		NewPlan(artifacts)
	}
}

func BenchmarkDirFirst(b *testing.B) {
	plan := bigSite(b, benchPages, 0)
	dir := b.TempDir()
	for i := 0; b.Loop(); i++ {
		publishTo(b, filepath.Join(dir, fmt.Sprint(i)), plan)
	}
}

func BenchmarkDirNothingChanged(b *testing.B) {
	plan := bigSite(b, benchPages, 0)
	out := filepath.Join(b.TempDir(), "public")
	publishTo(b, out, plan)
	for b.Loop() {
		publishTo(b, out, plan)
	}
}

func BenchmarkDirTenChanged(b *testing.B) {
	plans := []*Plan{bigSite(b, benchPages, 0), bigSite(b, benchPages, 10)}
	out := filepath.Join(b.TempDir(), "public")
	publishTo(b, out, plans[1])
	for i := 0; b.Loop(); i++ {
		publishTo(b, out, plans[i%2])
	}
}

func BenchmarkDirTenChangedBesideOthers(b *testing.B) {
	plans := []*Plan{bigSite(b, benchPages, 0), bigSite(b, benchPages, 10)}
	out := filepath.Join(b.TempDir(), "public")
	put(b, out, map[string]string{"CNAME": "x"})
	publishTo(b, out, plans[1])
	for i := 0; b.Loop(); i++ {
		publishTo(b, out, plans[i%2])
	}
}

func BenchmarkDirFirstBesideOthers(b *testing.B) {
	plan := bigSite(b, benchPages, 0)
	dir := b.TempDir()
	for i := 0; b.Loop(); i++ {
		out := filepath.Join(dir, fmt.Sprint(i))
		put(b, out, map[string]string{"CNAME": "x"})
		publishTo(b, out, plan)
	}
}
