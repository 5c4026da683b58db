package markdown

import (
	"bytes"
	"os"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
)

func page(b *testing.B) string {
	b.Helper()
	data, err := os.ReadFile("testdata/page.md")
	if err != nil {
		b.Fatal(err)
	}
	return string(data)
}

// One page of 2.5 KB, its HTML made and its links resolved: 119 µs, 348
// allocations (2026-11-24, one core of an AMD EPYC).
func BenchmarkPage(b *testing.B) {
	text := page(b)
	b.ReportAllocs()
	b.SetBytes(int64(len(text)))
	var out []byte
	for b.Loop() {
		out = must(Parse(Source{File: "content/guides/page.md", Line: 8, Text: text}).Append(out[:0], plain{}, english))
	}
}

// Only the second half of the work, as when a page is shown again: 2 µs and no
// allocation (2026-11-24).
func BenchmarkAppend(b *testing.B) {
	doc := Parse(Source{Text: page(b)})
	b.ReportAllocs()
	var out []byte
	for b.Loop() {
		out = must(doc.Append(out[:0], plain{}, english))
	}
}

// The same page through goldmark alone, with the extensions that we offer: 133
// µs, 433 allocations (2026-11-24).
func BenchmarkBareGoldmark(b *testing.B) {
	text := []byte(page(b))
	md := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote))
	b.ReportAllocs()
	b.SetBytes(int64(len(text)))
	var out bytes.Buffer
	for b.Loop() {
		out.Reset()
		if err := md.Convert(text, &out); err != nil {
			b.Fatal(err)
		}
	}
}
