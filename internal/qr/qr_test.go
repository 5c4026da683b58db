package qr

import (
	"encoding/xml"
	"fmt"
	"image"
	"image/color"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
)

func TestCodesAreReadBack(t *testing.T) {
	t.Parallel()
	texts := []string{
		"https://hub.example.org/",
		"https://hub.example.org/databases/sora/",
		"https://hub.example.org/databases/?format=audiobook&grade=3",
		"https://hub.example.org/es/databases/subject/early-literacy/letter/other/",
		"https://hub.example.org/awards/bluestem/2027/#wish",
		"https://hub.example.org/guides/alfabetizaci%C3%B3n/",
		"https://hub.example.org/" + strings.Repeat("a-long-name/", 60),
		"HTTPS://HUB.EXAMPLE.ORG/",
		"0123456789",
		"á",
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		texts = append(texts, "https://hub.example.org/databases/"+randomName(random)+"/")
	}
	for _, text := range texts {
		if got := decode(t, mustSVG(t, text)); got != text {
			t.Errorf("read back %q, want %q", got, text)
		}
	}
}

func randomName(random *rand.Rand) string {
	name := make([]byte, 1+random.IntN(60))
	for i := range name {
		name[i] = "abcdefghijklmnopqrstuvwxyz-0123456789"[random.IntN(37)]
	}
	return string(name)
}

func TestQuietZoneIsFourModules(t *testing.T) {
	t.Parallel()
	picture := raster(t, mustSVG(t, "https://hub.example.org/databases/sora/"), 1)
	side := picture.Bounds().Dx()
	dark := image.Rectangle{}
	for y := range side {
		for x := range side {
			if picture.GrayAt(x, y).Y == 0 {
				dark = dark.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	if want := image.Rect(4, 4, side-4, side-4); dark != want {
		t.Errorf("the dark part is %v, want %v", dark, want)
	}
}

func TestTheElement(t *testing.T) {
	t.Parallel()
	labelled, err := new(Printer).SVG("https://hub.example.org/", Options{Label: `Code for "Sora" & more`, Class: "qr"})
	if err != nil {
		t.Fatal(err)
	}
	want := `<svg class="qr" viewBox="0 0 33 33" width="132" height="132" shape-rendering="crispEdges" role="img" aria-label="Code for &#34;Sora&#34; &amp; more">` +
		`<path fill="#fff" d="M0 0h33v33H0z"/><path fill="#000" d="`
	if !strings.HasPrefix(labelled, want) {
		t.Errorf("got  %.300s\nwant %s", labelled, want)
	}
	hidden := mustSVG(t, "https://hub.example.org/")
	if strings.Contains(hidden, "role=") || !strings.Contains(hidden, ` aria-hidden="true">`) {
		t.Errorf("a code without a label: %.200s", hidden)
	}
	if strings.Contains(labelled, "style") {
		t.Error("an inline style, which a strict policy blocks")
	}
}

// An address of usual length stays well under 2 KB: every page carries one.
func TestCodesAreSmall(t *testing.T) {
	t.Parallel()
	if n := len(mustSVG(t, "https://hub.example.org/databases/world-book/")); n > 2300 {
		t.Errorf("%d bytes", n)
	}
}

func TestTextThatCannotBeDrawn(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{"empty": "", "too long": strings.Repeat("a", 2332)} {
		if svg, err := new(Printer).SVG(text, Options{}); err == nil {
			t.Errorf("%s: no error, %d bytes", name, len(svg))
		}
	}
	if _, err := new(Printer).SVG(strings.Repeat("a", 2331), Options{}); err != nil {
		t.Errorf("the longest text: %v", err)
	}
}

// 17 µs of cpu and 2.4 KB on one core of an AMD EPYC, 2026-11-26; 40 µs when each
// attempt at a mask began from the text. The codes differ, or a
// processor would learn the only one by heart.
func BenchmarkSVG(b *testing.B) {
	var p Printer
	n, i := 0, 0
	for b.Loop() {
		i++
		svg, err := p.SVG(fmt.Sprintf("https://hub.example.org/databases/world-book-%04d/", i%10000), Options{Label: "QR code", Class: "qr"})
		if err != nil {
			b.Fatal(err)
		}
		n = len(svg)
	}
	b.ReportMetric(float64(n), "bytes")
}

func FuzzSVG(f *testing.F) {
	f.Add("https://hub.example.org/databases/sora/")
	f.Add("a\xffÿ")
	f.Fuzz(func(t *testing.T, text string) {
		svg, err := new(Printer).SVG(text, Options{})
		if err != nil {
			return
		}
		raster(t, svg, 1)
	})
}

func mustSVG(t *testing.T, text string) string {
	t.Helper()
	svg, err := new(Printer).SVG(text, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return svg
}

// decode reads a code with a decoder that shares no code with the encoder.
func decode(t *testing.T, svg string) string {
	t.Helper()
	bitmap, err := gozxing.NewBinaryBitmapFromImage(raster(t, svg, 4))
	if err != nil {
		t.Fatal(err)
	}
	hints := map[gozxing.DecodeHintType]interface{}{
		gozxing.DecodeHintType_TRY_HARDER:    true,
		gozxing.DecodeHintType_CHARACTER_SET: "UTF-8",
	}
	result, err := qrcode.NewQRCodeReader().Decode(bitmap, hints)
	if err != nil {
		t.Errorf("the decoder does not read it: %v\n%s", err, svg)
		return ""
	}
	return result.GetText()
}

// raster paints the element as a browser does: each path in its fill, by the
// even-odd rule, scale pixels to a unit.
func raster(t *testing.T, svg string, scale int) *image.Gray {
	t.Helper()
	var picture *image.Gray
	for d := xml.NewDecoder(strings.NewReader(svg)); ; {
		token, err := d.Token()
		if err == io.EOF {
			return picture
		}
		if err != nil {
			t.Fatalf("not XML: %v\n%s", err, svg)
		}
		element, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch element.Name.Local {
		case "svg":
			var side int
			if _, err := fmt.Sscanf(attribute(element, "viewBox"), "0 0 %d", &side); err != nil {
				t.Fatal(err)
			}
			picture = image.NewGray(image.Rect(0, 0, side*scale, side*scale))
		case "path":
			ink := color.Gray{Y: 0xff}
			if attribute(element, "fill") == "#000" {
				ink.Y = 0
			}
			paint(t, picture, attribute(element, "d"), ink, scale)
		}
	}
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func paint(t *testing.T, picture *image.Gray, path string, ink color.Gray, scale int) {
	t.Helper()
	side := picture.Bounds().Dx() / scale
	flips := make([]bool, (side+1)*(side+1)) // an upright border left of this unit
	x, y, startX, startY := 0, 0, 0, 0
	upright := func(to int) {
		for v := min(y, to); v < max(y, to); v++ {
			flips[v*(side+1)+x] = !flips[v*(side+1)+x]
		}
		y = to
	}
	for r := strings.NewReader(path); r.Len() > 0; {
		command, _ := r.ReadByte()
		var a int
		switch command {
		case 'M':
			scan(t, r, "%d %d", &x, &y)
			startX, startY = x, y
		case 'h':
			scan(t, r, "%d", &a)
			x += a
		case 'H':
			scan(t, r, "%d", &x)
		case 'v':
			scan(t, r, "%d", &a)
			upright(y + a)
		case 'z':
			if x != startX && y != startY {
				t.Fatal("an outline closes aslant")
			}
			upright(startY)
			x = startX
		default:
			t.Fatalf("path command %q", command)
		}
	}
	for v := range side {
		inside := false
		for u := range side {
			inside = inside != flips[v*(side+1)+u]
			for i := range scale * scale {
				if inside {
					picture.SetGray(u*scale+i%scale, v*scale+i/scale, ink)
				}
			}
		}
	}
}

func scan(t *testing.T, r *strings.Reader, format string, into ...any) {
	t.Helper()
	if _, err := fmt.Fscanf(r, format, into...); err != nil {
		t.Fatal(err)
	}
}
