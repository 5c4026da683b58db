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

// The figures below are of 24 November 2026, two cores (AMD EPYC), 10,000 pages
// of 8 KB in 10,000 folders, in memory (TMPDIR=/dev/shm); on a disk (ext4) the
// first build takes 0.8 s, one beside others 2.7 s. ext4 without a journal
// does not use an inode again for a minute after it was removed, and looking
// for others makes rebuilding in a row there several times slower.
const benchPages = 10_000

// 7.5 ms, 2.9 MB, 30,000 allocations.
func BenchmarkPlan(b *testing.B) {
	artifacts := bigSite(b, benchPages, 0).Artifacts
	for b.Loop() {
		NewPlan(artifacts)
	}
}

// 0.34 s, 14 MB, 144,000 allocations.
func BenchmarkDirFirst(b *testing.B) {
	plan := bigSite(b, benchPages, 0)
	dir := b.TempDir()
	for i := 0; b.Loop(); i++ {
		publishTo(b, filepath.Join(dir, fmt.Sprint(i)), plan)
	}
}

// 0.16 s, 23 MB, 230,000 allocations; every page is made, hashed and compared.
func BenchmarkDirNothingChanged(b *testing.B) {
	plan := bigSite(b, benchPages, 0)
	out := filepath.Join(b.TempDir(), "public")
	publishTo(b, out, plan)
	for b.Loop() {
		publishTo(b, out, plan)
	}
}

// 0.37 s, 39 MB, 384,000 allocations; 10,000 folders made, files linked, folders removed.
func BenchmarkDirTenChanged(b *testing.B) {
	plans := []*Plan{bigSite(b, benchPages, 0), bigSite(b, benchPages, 10)}
	out := filepath.Join(b.TempDir(), "public")
	publishTo(b, out, plans[1])
	for i := 0; b.Loop(); i++ {
		publishTo(b, out, plans[i%2])
	}
}

// 0.18 s, 29 MB, 241,000 allocations.
func BenchmarkDirTenChangedBesideOthers(b *testing.B) {
	plans := []*Plan{bigSite(b, benchPages, 0), bigSite(b, benchPages, 10)}
	out := filepath.Join(b.TempDir(), "public")
	put(b, out, map[string]string{"CNAME": "x"})
	publishTo(b, out, plans[1])
	for i := 0; b.Loop(); i++ {
		publishTo(b, out, plans[i%2])
	}
}

// 0.79 s, 41 MB, 624,000 allocations; each file is renamed.
func BenchmarkDirFirstBesideOthers(b *testing.B) {
	plan := bigSite(b, benchPages, 0)
	dir := b.TempDir()
	for i := 0; b.Loop(); i++ {
		out := filepath.Join(dir, fmt.Sprint(i))
		put(b, out, map[string]string{"CNAME": "x"})
		publishTo(b, out, plan)
	}
}
