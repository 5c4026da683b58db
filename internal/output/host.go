package output

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/twinshelf/twinshelf/internal/hub"
	"github.com/twinshelf/twinshelf/internal/publish"
)

// Files that hosts and browsers read: _headers, _redirects, robots.txt,
// site.webmanifest, .nojekyll.

// policy is the Content-Security-Policy of every page, as a header and as a
// meta element: nothing from any other host, no script or style in the page.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
	"connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'"

func (p *planner) hostFiles() []publish.Artifact {
	return []publish.Artifact{
		{Path: ".nojekyll"},
		{Path: "_headers", Render: p.headers},
		{Path: "_redirects", Render: p.redirectLines},
		p.robotsFile(),
		{Path: "site.webmanifest", Render: p.webManifest},
	}
}

// headers writes rules as Netlify and Cloudflare Pages read them; the hub's
// own lines stand first.
func (p *planner) headers(w *bytes.Buffer) error {
	if err := p.copyStatic(w, "_headers"); err != nil {
		return err
	}
	rule := func(path string, lines ...string) {
		fmt.Fprintf(w, "%s%s\n", p.base, path)
		for _, l := range lines {
			fmt.Fprintf(w, "  %s\n", l)
		}
	}
	rule("*", "Content-Security-Policy: "+policy, "X-Content-Type-Options: nosniff",
		"Referrer-Policy: strict-origin-when-cross-origin", "Permissions-Policy: camera=(), geolocation=(), microphone=()")
	rule("assets/*", "Cache-Control: public, max-age=31536000, immutable")
	rule("api/*", "Access-Control-Allow-Origin: *")
	rule("sw.js", "Cache-Control: no-cache")
	if a := p.editions[0].Site.FrameAncestors; !slices.Equal(a, []string{"*"}) {
		line := "Content-Security-Policy: frame-ancestors " + strings.Join(a, " ")
		for _, path := range p.framedPaths() {
			rule(path, line)
		}
	}
	return nil
}

// framedPaths returns patterns, without the leading slash, that together match
// every page but the embeds, which anybody may frame.
func (p *planner) framedPaths() []string {
	var paths []string
	for _, e := range p.editions {
		prefix := strings.TrimPrefix(e.Prefix+"/", "/")
		paths = append(paths, prefix)
		folders := map[string]bool{}
		for path := range p.taken {
			rest, ok := strings.CutPrefix(path, prefix)
			top, _, inFolder := strings.Cut(rest, "/")
			if ok && inFolder && top != "embed" && strings.HasSuffix(path, ".html") && !p.isPrefix(top, e) {
				folders[top] = true
			}
		}
		names := make([]string, 0, len(folders))
		for f := range folders {
			names = append(names, prefix+f+"/*")
		}
		slices.Sort(names)
		paths = append(paths, names...)
	}
	return append(paths, "404.html")
}

// isPrefix reports whether a folder at the hub's root is another language's.
func (p *planner) isPrefix(folder string, in *edition) bool {
	return in.Prefix == "" && slices.ContainsFunc(p.editions, func(e *edition) bool { return e.Prefix == "/"+folder })
}

// redirectLines writes the aliases as Netlify and Cloudflare Pages read them;
// the hub's own lines stand first.
func (p *planner) redirectLines(w *bytes.Buffer) error {
	if err := p.copyStatic(w, "_redirects"); err != nil {
		return err
	}
	for _, r := range p.moved {
		fmt.Fprintf(w, "%s %s 301\n", p.href(r.from), p.href(r.to))
	}
	return nil
}

// copyStatic writes the hub's own file of a name under static/, if it has one.
func (p *planner) copyStatic(w *bytes.Buffer, name string) error {
	text, err := fs.ReadFile(p.static, name)
	if err != nil {
		return nil //nolint:nilerr // the hub has no such file
	}
	w.Write(bytes.TrimRight(text, "\r\n"))
	w.WriteString("\n")
	return nil
}

func (p *planner) robots(w *bytes.Buffer) error {
	fmt.Fprintf(w, "User-agent: *\nAllow: /\n\nSitemap: %s\n", p.absolute("/sitemap.xml"))
	return nil
}

// webManifest writes the application manifest (W3C), so that the hub can be
// put on a phone's home screen.
func (p *planner) webManifest(w *bytes.Buffer) error {
	site := p.editions[0].Site
	type icon struct {
		Src   string `json:"src"`
		Sizes string `json:"sizes"`
		Type  string `json:"type"`
	}
	manifest := struct {
		Name        string `json:"name"`
		ShortName   string `json:"short_name"`
		Description string `json:"description,omitempty"`
		Lang        string `json:"lang"`
		Dir         string `json:"dir"`
		StartURL    string `json:"start_url"`
		Scope       string `json:"scope"`
		Display     string `json:"display"`
		Background  string `json:"background_color"`
		Theme       string `json:"theme_color"`
		Icons       []icon `json:"icons"`
	}{
		Name: site.Title, ShortName: shorten(site.Title), Description: site.Description,
		Lang: p.editions[0].Lang.String(), Dir: p.editions[0].Lang.Dir(),
		StartURL: p.href("/"), Scope: p.href("/"), Display: "minimal-ui",
		Background: paperColor, Theme: paperColor,
		Icons: []icon{{p.href("/icon.svg"), "any", "image/svg+xml"}},
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(manifest)
}

// paperColor is --paper of static/site.css in light.
const paperColor = "#fbf6ec"

// shorten cuts a title at a word, for the room under an icon.
func shorten(title string) string {
	const room = 18
	short := ""
	for word := range strings.FieldsSeq(title) {
		if len(short)+len(word) >= room {
			break
		}
		short = strings.TrimSpace(short + " " + word)
	}
	if short == "" {
		return title
	}
	return short
}

// currentNotices returns the notices that last today.
func (e *edition) currentNotices(notices []hub.Notice) []hub.Notice {
	var current []hub.Notice
	for _, n := range notices {
		if n.When.Contains(e.plan.hub.Today) {
			current = append(current, n)
		}
	}
	return current
}

// robotsFile plans robots.txt: the hub's own, else ours.
func (p *planner) robotsFile() publish.Artifact {
	if text, err := fs.ReadFile(p.static, "robots.txt"); err == nil {
		return publish.Artifact{Path: "robots.txt", Source: "static/robots.txt", Data: text}
	}
	return publish.Artifact{Path: "robots.txt", Render: p.robots}
}
