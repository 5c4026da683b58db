package site_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"html"
	"image"
	"image/color"
	_ "image/jpeg" // pictures of shared links
	_ "image/png"
	"io"
	"iter"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"
	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/hub"
	"github.com/twinshelf/twinshelf/internal/publish"
	"github.com/twinshelf/twinshelf/internal/site"
)

const sampleOrigin = "https://hub.example.org"

func loadSample(t *testing.T, baseURL string) *site.Site {
	t.Helper()
	s, err := site.Load(context.Background(), site.Options{Root: "../..", Now: civil.Start(civil.New(2026, 11, 23)), BaseURL: baseURL})
	if err != nil {
		t.Fatal(err)
	}
	if s.Failed() {
		t.Fatal(s.Findings)
	}
	return s
}

func bytesOf(t *testing.T, a *publish.Artifact) []byte {
	t.Helper()
	var w bytes.Buffer
	if err := a.Fill(&w); err != nil {
		t.Fatal(err)
	}
	return w.Bytes()
}

// courseItem is a link of a cartridge as an importer sees it.
type courseItem struct{ Module, Title, URL string }

// readCartridge reads a cartridge as an importer does, by encoding/xml and
// archive/zip alone.
func readCartridge(t *testing.T, file []byte) []courseItem {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if files[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
	}
	type item struct {
		Identifier string `xml:"identifier,attr"`
		Ref        string `xml:"identifierref,attr"`
		Title      string `xml:"title"`
		Items      []item `xml:"item"`
	}
	var manifest struct {
		Roots     []item `xml:"organizations>organization>item"`
		Resources []struct {
			Identifier string `xml:"identifier,attr"`
			Files      []struct {
				Href string `xml:"href,attr"`
			} `xml:"file"`
		} `xml:"resources>resource"`
	}
	if err := xml.Unmarshal(files["imsmanifest.xml"], &manifest); err != nil {
		t.Fatal(err)
	}
	if len(manifest.Roots) != 1 || manifest.Roots[0].Title != "" || len(manifest.Resources) != len(files)-1 {
		t.Fatalf("%d roots, %d resources, %d files", len(manifest.Roots), len(manifest.Resources), len(files))
	}
	urls := map[string]string{}
	for _, r := range manifest.Resources {
		var link struct {
			URL struct {
				Href string `xml:"href,attr"`
			} `xml:"url"`
		}
		if err := xml.Unmarshal(files[r.Files[0].Href], &link); err != nil {
			t.Fatalf("%s: %v", r.Identifier, err)
		}
		urls[r.Identifier] = link.URL.Href
	}
	var items []courseItem
	for _, module := range manifest.Roots[0].Items {
		for _, i := range module.Items {
			items = append(items, courseItem{module.Title, i.Title, urls[i.Ref]})
		}
	}
	return items
}

// ofPage returns the two cartridges that a page links to, nil for none.
func ofPage(t *testing.T, plan *publish.Plan, address string) []*publish.Artifact {
	t.Helper()
	var pair []*publish.Artifact
	for _, part := range strings.Split(string(bytesOf(t, plan.At(address))), "href=")[1:] {
		href := strings.Trim(strings.FieldsFunc(part, func(r rune) bool { return r == ' ' || r == '>' })[0], `"`)
		if strings.HasSuffix(href, ".imscc") {
			pair = append(pair, plan.At(href))
		}
	}
	return pair
}

func TestCartridgesOfTheSample(t *testing.T) {
	t.Parallel()
	s := loadSample(t, "")
	linked := 0
	for i := range s.Plan.Artifacts {
		a := &s.Plan.Artifacts[i]
		if a.Page == nil {
			continue
		}
		pair := ofPage(t, s.Plan, a.Address())
		if pair == nil {
			continue
		}
		if len(pair) != 2 || pair[0] == nil || pair[1] == nil || strings.Replace(pair[0].Path, "1.1", "1.2", 1) != pair[1].Path {
			t.Fatalf("%s links to %v", a.Address(), pair)
		}
		items := readCartridge(t, bytesOf(t, pair[0]))
		if diff := cmp.Diff(items, readCartridge(t, bytesOf(t, pair[1]))); diff != "" {
			t.Errorf("%s: the two versions differ:\n%s", a.Address(), diff)
		}
		if a.Page.Lang == "en" {
			linked += 2
			if items[0].URL != sampleOrigin+a.Address() {
				t.Errorf("%s: the first link is %v", a.Address(), items[0])
			}
		}
		for _, item := range items {
			address, ok := strings.CutPrefix(item.URL, sampleOrigin)
			target := s.Plan.At(address)
			_, anchor, has := strings.Cut(address, "#")
			if !ok || strings.ContainsAny(item.URL, "?&") || target == nil || target.Page == nil ||
				has && !target.Page.HasAnchor(anchor) || item.Title == "" || target.Page.Canonical != "" {
				t.Errorf("%s: %v leads nowhere", a.Address(), item)
			}
		}
	}
	files := 0
	for i := range s.Plan.Artifacts {
		a := &s.Plan.Artifacts[i]
		if !strings.HasSuffix(a.Path, ".imscc") {
			continue
		}
		if page := s.Plan.At("/" + a.Path[:strings.LastIndexByte(a.Path, '/')+1]); page.Page != nil {
			files++ // else a copy at an address that the page had before
		}
		if !bytes.Equal(bytesOf(t, a), bytesOf(t, a)) {
			t.Errorf("%s differs when it is made again", a.Path)
		}
	}
	if files != linked || files < 100 {
		t.Errorf("%d cartridges, %d are linked from their pages", files, linked)
	}
}

// What has links to offer has cartridges: lists of books and databases, guides
// that lead on, the hub.
func TestWhatHasCartridges(t *testing.T) {
	t.Parallel()
	s := loadSample(t, "")
	titles := func(address string) []string {
		pair := ofPage(t, s.Plan, address)
		if pair == nil {
			return nil
		}
		var titles []string
		for _, i := range readCartridge(t, bytesOf(t, pair[0])) {
			titles = append(titles, i.Title)
		}
		return titles
	}
	e := s.Hub.Default()
	for _, a := range e.Awards {
		for _, l := range a.Lists {
			want := []string{l.Title}
			for _, b := range l.Books {
				want = append(want, b.Title)
			}
			if diff := cmp.Diff(want, titles(l.Path)); diff != "" && len(l.Books) > 0 {
				t.Errorf("%s:\n%s", l.Path, diff)
			}
		}
	}
	for _, f := range hub.Formats() {
		n := 0
		for _, d := range e.Databases {
			if d.Listed() && slices.Contains(d.Formats, f) {
				n++
			}
		}
		address := "/databases/format/" + string(f) + "/"
		if s.Plan.At(address) != nil && len(titles(address)) != n+1 {
			t.Errorf("%s: %q, want %d databases", address, titles(address), n)
		}
	}
	want := []string{
		"Homework help, tonight and any night", "HelpNow", "Children's desk", "Britannica School", "Gale In Context: Elementary",
		"Khan Academy", "World Book Online", "Homework help", "PebbleGo",
	}
	if diff := cmp.Diff(want, titles("/guides/homework-help/")); diff != "" {
		t.Errorf("a guide:\n%s", diff)
	}
	if got := ofPage(t, s.Plan, "/es/guides/homework-help/"); len(got) != 2 || got[0].Path != "guides/homework-help/homework-help-cc1.1.imscc" {
		t.Errorf("a translated guide links to %v", got)
	}
	for _, address := range []string{"/about/", "/databases/sora/", "/libraries/prairie-grove/"} {
		if got := titles(address); got != nil {
			t.Errorf("%s: %q", address, got)
		}
	}
	if all := titles("/"); len(all) < len(e.Databases)+len(e.Libraries) {
		t.Errorf("the whole hub: %q", all)
	}
}

// A preview has no https.
func TestCartridgesWithoutHTTPS(t *testing.T) {
	t.Parallel()
	s := loadSample(t, "http://localhost:8080/hub/")
	items := readCartridge(t, bytesOf(t, s.Plan.At("/awards/bluestem/2020/bluestem-2020-cc1.1.imscc")))
	if len(items) < 10 || items[0].URL != "http://localhost:8080/hub/awards/bluestem/2020/" {
		t.Errorf("got %v", items)
	}
}

// documents yields the pages of a site with their parsed HTML.
func documents(t *testing.T, s *site.Site) iter.Seq2[*publish.Artifact, *goquery.Document] {
	return func(yield func(*publish.Artifact, *goquery.Document) bool) {
		for i := range s.Plan.Artifacts {
			a := &s.Plan.Artifacts[i]
			if a.Page == nil {
				continue
			}
			doc, err := goquery.NewDocumentFromReader(bytes.NewReader(bytesOf(t, a)))
			if err != nil {
				t.Fatal(err)
			}
			if !yield(a, doc) {
				return
			}
		}
	}
}

// ownAddress is the address that stands for a page: its own, or that of the
// original of a page that is not translated.
func ownAddress(a *publish.Artifact) string {
	if a.Page.Canonical != "" {
		return sampleOrigin + a.Page.Canonical
	}
	return sampleOrigin + a.Address()
}

func TestUseInClass(t *testing.T) {
	t.Parallel()
	s := loadSample(t, "")
	shared := map[string]int{} // by folder
	for a, doc := range documents(t, s) {
		section := doc.Find("#share")
		if section.Length() == 0 {
			continue
		}
		shared[strings.Split(a.Address(), "/")[1]]++
		own, title := ownAddress(a), doc.Find("h1").Text()
		if got := decodeQR(t, section.Find(".qr svg")); got != own {
			t.Errorf("%s: the code says %q", a.Address(), got)
		}
		if got := section.Find("#share-address").Text(); got != own {
			t.Errorf("%s: the field says %q", a.Address(), got)
		}
		if got := section.Find(".print-address").Text(); got != own {
			t.Errorf("%s: printed, it says %q", a.Address(), got)
		}
		for _, button := range section.Find("button[data-copy]").EachIter() {
			copied := html.UnescapeString(button.AttrOr("data-copy", ""))
			if _, hidden := button.Attr("hidden"); !hidden || !strings.Contains(copied, own) && !strings.Contains(copied, "/embed/") {
				t.Errorf("%s: a button copies %q", a.Address(), copied)
			}
		}
		links := map[string]url.Values{}
		for _, link := range section.Find("a[href^='https://']").EachIter() {
			u, err := url.Parse(link.AttrOr("href", ""))
			if err != nil || strings.Contains(u.RawQuery, "+") {
				t.Errorf("%s: %v", a.Address(), link.AttrOr("href", ""))
				continue
			}
			links[u.Host+u.Path] = u.Query()
		}
		classroom, teams := links["classroom.google.com/share"], links["teams.microsoft.com/share"]
		if classroom.Get("url") != own || classroom.Get("title") != title || classroom.Get("itemtype") != "material" {
			t.Errorf("%s: Classroom gets %v", a.Address(), classroom)
		}
		text := teams.Get("msgText")
		if teams.Get("href") != own || !strings.HasPrefix(text, title) || utf8.RuneCountInString(text) > 200 || teams.Get("referrer") != "hub.example.org" {
			t.Errorf("%s: Teams gets %v", a.Address(), teams)
		}
		if code := section.Find("textarea").Text(); code != "" {
			embedded(t, s, a, code)
		}
	}
	for folder, least := range map[string]int{"": 1, "databases": 100, "awards": 12, "libraries": 8, "guides": 14, "hours": 1, "es": 150} {
		if shared[folder] < least {
			t.Errorf("%d pages of %q can be used in class, want %d", shared[folder], folder, least)
		}
	}
}

// embedded checks the frame that a page offers and the page in it.
func embedded(t *testing.T, s *site.Site, a *publish.Artifact, code string) {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(code))
	if err != nil {
		t.Fatal(err)
	}
	frame := doc.Find("iframe")
	address, ok := strings.CutPrefix(frame.AttrOr("src", ""), sampleOrigin)
	small := s.Plan.At(address)
	if !ok || small == nil || !strings.Contains(address, "/embed/") || frame.AttrOr("title", "") == "" {
		t.Errorf("%s: offers %s", a.Address(), code)
		return
	}
	doc, err = goquery.NewDocumentFromReader(bytes.NewReader(bytesOf(t, small)))
	if err != nil {
		t.Fatal(err)
	}
	if doc.Find("base").AttrOr("target", "") != "_blank" || doc.Find("a").Length() == 0 ||
		!strings.Contains(doc.Text(), "Links open in a new tab") && !strings.Contains(doc.Text(), "Los enlaces se abren en otra pestaña") {
		t.Errorf("%s does not open its links in a new tab, or does not say so", address)
	}
	if got := doc.Find("link[rel=canonical]").AttrOr("href", ""); got != ownAddress(a) {
		t.Errorf("%s: its canonical address is %q, want %q", address, got, ownAddress(a))
	}
	for _, link := range doc.Find("a").EachIter() {
		if href := link.AttrOr("href", ""); !strings.Contains(href, ":") || link.AttrOr("target", "_blank") != "_blank" {
			t.Errorf("%s: a link leads to %q", address, href)
		}
	}
	for _, e := range doc.Find("form, iframe, [onclick], meta[http-equiv=X-Frame-Options]").EachIter() {
		t.Errorf("%s has a %s", address, goquery.NodeName(e))
	}
}

// Each book can be linked by itself.
func TestBooksCanBeLinked(t *testing.T) {
	t.Parallel()
	s := loadSample(t, "")
	for _, address := range []string{"/awards/bluestem/2020/", "/es/awards/bluestem/2020/"} {
		doc, err := goquery.NewDocumentFromReader(bytes.NewReader(bytesOf(t, s.Plan.At(address))))
		if err != nil {
			t.Fatal(err)
		}
		books := doc.Find("li.book")
		if books.Length() < 10 {
			t.Errorf("%s: %d books", address, books.Length())
		}
		for _, book := range books.EachIter() {
			link := book.Find("a[data-copy]")
			if link.AttrOr("href", "") != "#"+book.AttrOr("id", "") || !strings.Contains(link.AttrOr("aria-label", ""), book.Find("h2").Text()) {
				t.Errorf("%s: %s", address, link.AttrOr("href", "no link"))
			}
		}
	}
}

// A shared link looks like something: each page has a picture that platforms
// take, with words.
func TestPicturesOfSharedLinks(t *testing.T) {
	t.Parallel()
	s := loadSample(t, "")
	pictures := map[string]map[string]bool{} // and the kinds of pages that show them
	for a, doc := range documents(t, s) {
		property := func(name string) string { return doc.Find("meta[property='"+name+"']").AttrOr("content", "") }
		if strings.Contains(a.Address(), "/embed/") || strings.HasSuffix(a.Address(), "/handout/") || a.Path == "404.html" || property("og:type") == "" {
			continue
		}
		address, ok := strings.CutPrefix(property("og:image"), sampleOrigin)
		picture := s.Plan.At(address)
		if !ok || picture == nil || property("og:image:alt") == "" || property("og:url") != ownAddress(a) ||
			doc.Find("meta[name='twitter:card']").AttrOr("content", "") != "summary_large_image" {
			t.Errorf("%s: og:image %q, alt %q, url %q", a.Address(), address, property("og:image:alt"), property("og:url"))
			continue
		}
		if pictures[address] == nil {
			pictures[address] = map[string]bool{}
			file := bytesOf(t, picture)
			config, format, err := image.DecodeConfig(bytes.NewReader(file))
			if err != nil || len(file) > 300_000 || property("og:image:type") != "image/"+format ||
				property("og:image:width") != strconv.Itoa(config.Width) || property("og:image:height") != strconv.Itoa(config.Height) {
				t.Errorf("%s: %s of %d bytes, %v, %v", address, format, len(file), config, err)
			}
		}
		pictures[address][a.Address()] = true
		oEmbedOf(t, s, a, doc)
	}
	e := s.Hub.Default()
	for _, a := range e.Awards {
		var shows []string
		for address, on := range pictures {
			if on[a.Path] {
				shows = append(shows, address)
				for page := range on {
					if !strings.HasPrefix(page, a.Path) && !strings.HasPrefix(page, "/es"+a.Path) {
						t.Errorf("%s has the picture of %s", page, a.Path)
					}
				}
			}
		}
		if len(shows) != 1 {
			t.Errorf("%s: %v", a.Path, shows)
		}
	}
	if n := len(pictures); n > 2*(6+len(e.Awards)+len(e.Libraries)) {
		t.Errorf("%d pictures", n)
	}
}

// oEmbedOf checks what a page tells tools that read oEmbed: every page that can
// be shared, and no other, names an answer of type link.
func oEmbedOf(t *testing.T, s *site.Site, a *publish.Artifact, doc *goquery.Document) {
	t.Helper()
	link := doc.Find("link[type='application/json+oembed']")
	if link.Length() != doc.Find("#share").Length() {
		t.Errorf("%s: %d answers for oEmbed", a.Address(), link.Length())
	}
	if link.Length() == 0 {
		return
	}
	var answer map[string]any
	file := s.Plan.At(strings.TrimPrefix(link.AttrOr("href", ""), sampleOrigin))
	if file == nil || json.Unmarshal(bytesOf(t, file), &answer) != nil || !strings.HasSuffix(file.Path, ".json") {
		t.Errorf("%s: no oEmbed at %s", a.Address(), link.AttrOr("href", ""))
		return
	}
	thumbnail, _ := answer["thumbnail_url"].(string)
	if answer["type"] != "link" || answer["version"] != "1.0" || answer["provider_name"] == "" || link.AttrOr("title", "") != doc.Find("h1").Text() ||
		s.Plan.At(strings.TrimPrefix(thumbnail, sampleOrigin)) == nil || answer["thumbnail_width"] != 1200. || answer["thumbnail_height"] != 630. {
		t.Errorf("%s: oEmbed %v", a.Address(), answer)
	}
}

var pathCommand = regexp.MustCompile(`([MhHvz])(-?[0-9]*) ?([0-9]*)`)

// decodeQR reads the code that an svg element shows, with a decoder that
// shares no code with the program. The element's second path is outlines of
// black on whole modules, filled by the even-odd rule.
func decodeQR(t *testing.T, svg *goquery.Selection) string {
	t.Helper()
	var side int
	if _, err := fmt.Sscanf(svg.AttrOr("viewBox", ""), "0 0 %d", &side); err != nil {
		t.Error("there is no code")
		return ""
	}
	flips := make([]bool, (side+1)*(side+1)) // an upright border left of this module
	var x, y, top int
	for _, c := range pathCommand.FindAllStringSubmatch(svg.Find("path").Last().AttrOr("d", ""), -1) {
		n, _ := strconv.Atoi(c[2])
		to := y
		switch c[1] {
		case "M":
			x = n
			y, _ = strconv.Atoi(c[3])
			top, to = y, y
		case "h":
			x += n
		case "H":
			x = n
		case "v":
			to = y + n
		case "z":
			to = top
		}
		for v := min(y, to); v < max(y, to); v++ {
			flips[v*(side+1)+x] = !flips[v*(side+1)+x]
		}
		y = to
	}
	const scale = 2
	picture := image.NewGray(image.Rect(0, 0, side*scale, side*scale))
	for v := range side * scale {
		black := false
		for u := range side * scale {
			black = black != (u%scale == 0 && flips[v/scale*(side+1)+u/scale])
			if !black {
				picture.SetGray(u, v, color.Gray{Y: 0xff})
			}
		}
	}
	bitmap, err := gozxing.NewBinaryBitmapFromImage(picture)
	if err != nil {
		t.Fatal(err)
	}
	result, err := qrcode.NewQRCodeReader().Decode(bitmap, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_PURE_BARCODE: true})
	if err != nil {
		t.Errorf("the decoder does not read a code: %v", err)
		return ""
	}
	return result.GetText()
}

// frameRules returns the patterns of _headers whose lines say who may frame.
func frameRules(headers string) []string {
	var rules []string
	pattern := ""
	for line := range strings.Lines(headers) {
		switch {
		case !strings.HasPrefix(line, " "):
			pattern = strings.TrimSpace(line)
		case strings.Contains(strings.ToLower(line), "frame"):
			rules = append(rules, pattern)
		}
	}
	return rules
}

// Whoever may frame the pages, anybody may frame the small ones.
func TestWhoMayFrame(t *testing.T) {
	t.Parallel()
	h := smallHub(t)
	out := h.built()
	if rules := frameRules(answer(out, "/_headers")); rules != nil {
		t.Errorf("without a setting, %q may not be framed", rules)
	}
	h.write("site.yaml", h.read("site.yaml")+"frame_ancestors: [self, \"https://canvas.example.org\"]\n")
	out = h.built()
	headers := answer(out, "/_headers")
	if !strings.Contains(headers, "  Content-Security-Policy: frame-ancestors 'self' https://canvas.example.org\n") {
		t.Errorf("the setting is not in:\n%s", headers)
	}
	rules, pages := frameRules(headers), 0
	for name, text := range out {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		address := strings.TrimSuffix("/base/"+name, "index.html")
		ruled := slices.ContainsFunc(rules, func(rule string) bool {
			folder, all := strings.CutSuffix(rule, "*")
			return address == rule || all && strings.HasPrefix(address, folder)
		})
		if small := strings.Contains(address, "/embed/"); ruled == small {
			t.Errorf("%s has a rule: %v", address, ruled)
		}
		if strings.Contains(text, "frame-ancestors") {
			t.Errorf("%s names frame-ancestors, which browsers pass over in a page", address)
		}
		pages++
	}
	if pages < 40 {
		t.Errorf("%d pages", pages)
	}
}
