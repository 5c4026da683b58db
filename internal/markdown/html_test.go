package markdown

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func render(text string) string {
	return string(must(Parse(Source{Text: text}).Append(nil, plain{}, english)))
}

func TestHTML(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, in, want string }{
		{"nothing", "", ""},
		{"blank lines", "\n\n \n", ""},
		{"strike-through", "~~old~~ and ~older~", "<p><del>old</del> and <del>older</del></p>"},
		{"tight list with a nested one", "- a\n  - b", "<ul><li>a\n<ul><li>b</li></ul></li></ul>"},
		{"ordered list that begins late", "3. c\n4. d", `<ol start="3"><li>c</li><li>d</li></ol>`},
		{"hard break", "a  \nb\\\nc", "<p>a<br>\nb<br>\nc</p>"},
		{"code with a language", "```go\na<b\n```", `<pre><code class="language-go">a&lt;b` + "\n</code></pre>"},
		{"characters of HTML", `< > & " &copy; \&copy; &#x41;`, `<p>&lt; &gt; &amp; " © &amp;copy; A</p>`},
		{"a language with a quotation mark", "```a\"b\nx\n```", `<pre><code class="language-a&quot;b">x` + "\n</code></pre>"},

		{"first level becomes the second", "# Title", `<h2 id="title">Title</h2>`},
		{"setext heading", "Title\n---", `<h2 id="title">Title</h2>`},
		{"anchor in another script", "## 日本語", `<h2 id="日本語">日本語</h2>`},

		{"task list", "- [x] **read**\n- [ ] write", `<ul class="tasks"><li class="task"><input type="checkbox" checked disabled aria-label="done"> <strong>read</strong></li>` +
			`<li class="task"><input type="checkbox" disabled aria-label="to do"> write</li></ul>`},

		{"table", "| a | b | c |\n|:--|:-:|--:|\n| 1 | 2 | `x\\|y` |", `<div class="table-scroll" role="group" tabindex="0" aria-label="Table"><table><thead><tr>` +
			`<th scope="col" class="align-left">a</th><th scope="col" class="align-center">b</th><th scope="col" class="align-right">c</th></tr></thead>` +
			`<tbody><tr><td class="align-left">1</td><td class="align-center">2</td><td class="align-right"><code>x|y</code></td></tr></tbody></table></div>`},
		{"table without rows", "a | b\n-|-", `<div class="table-scroll" role="group" tabindex="0" aria-label="Table"><table><thead><tr><th scope="col">a</th><th scope="col">b</th></tr></thead></table></div>`},
		{"corner of a table is no header", "| | b |\n|-|-|\n| 1 | 2 |", `<div class="table-scroll" role="group" tabindex="0" aria-label="Table"><table><thead><tr><td></td><th scope="col">b</th></tr></thead>` +
			`<tbody><tr><td>1</td><td>2</td></tr></tbody></table></div>`},

		{"footnotes", "a[^x] b[^x]\n\n[^x]: text", `<p>a<sup id="fnref:1"><a href="#fn:1" class="footnote-ref" role="doc-noteref">1</a></sup> ` +
			`b<sup id="fnref:1-2"><a href="#fn:1" class="footnote-ref" role="doc-noteref">1</a></sup></p>` +
			`<section class="footnotes" role="doc-endnotes" aria-label="Footnotes"><ol><li id="fn:1"><p>text ` +
			`<a href="#fnref:1" class="footnote-back" role="doc-backlink" aria-label="Back to the text 1">↩` + "\uFE0E" + `</a> ` +
			`<a href="#fnref:1-2" class="footnote-back" role="doc-backlink" aria-label="Back to the text 1-2">↩` + "\uFE0E" + ` 2</a></p></li></ol></section>`},
		{"footnote after an exclamation mark", "a![^x]\n\n[^x]: t", `<p>a!<sup id="fnref:1"><a href="#fn:1" class="footnote-ref" role="doc-noteref">1</a></sup></p>` +
			`<section class="footnotes" role="doc-endnotes" aria-label="Footnotes"><ol><li id="fn:1"><p>t ` +
			`<a href="#fnref:1" class="footnote-back" role="doc-backlink" aria-label="Back to the text 1">↩` + "\uFE0E" + `</a></p></li></ol></section>`},

		{"call-out", ":::note\nText\n:::\nAfter", `<div class="callout callout-note" role="note"><p class="callout-title">Note</p><p>Text</p></div><p>After</p>`},
		{"call-out of another case", "::: Tip\nText\n:::", `<div class="callout callout-tip" role="note"><p class="callout-title">Tip</p><p>Text</p></div>`},
		{"call-out in a paragraph's way", "Before\n:::tip\nText\n:::", `<p>Before</p><div class="callout callout-tip" role="note"><p class="callout-title">Tip</p><p>Text</p></div>`},
		{"call-outs nest", ":::note\n:::tip\na\n:::\nb\n:::", `<div class="callout callout-note" role="note"><p class="callout-title">Note</p>` +
			`<div class="callout callout-tip" role="note"><p class="callout-title">Tip</p><p>a</p></div><p>b</p></div>`},
		{"call-out with a longer fence", "::::note\n:::tip\na\n:::\nb\n::::", `<div class="callout callout-note" role="note"><p class="callout-title">Note</p>` +
			`<div class="callout callout-tip" role="note"><p class="callout-title">Tip</p><p>a</p></div><p>b</p></div>`},
		{"a fence within code is code", ":::note\n```\n:::\n```\n:::", `<div class="callout callout-note" role="note"><p class="callout-title">Note</p><pre><code>:::` + "\n</code></pre></div>"},
		{"a fence closes what is in it", ":::note\n- a\n> b\n:::\nc", `<div class="callout callout-note" role="note"><p class="callout-title">Note</p><ul><li>a</li></ul><blockquote><p>b</p></blockquote></div><p>c</p>`},
		{"a fence closes a list with open code", ":::note\n- ```\n  x\n:::\nc", `<div class="callout callout-note" role="note"><p class="callout-title">Note</p><ul><li><pre><code>x` + "\n</code></pre></li></ul></div><p>c</p>"},
		{"call-out in a list", "- a\n\n  :::warning\n  b\n  :::\n- c", `<ul><li><p>a</p><div class="callout callout-warning" role="note"><p class="callout-title">Warning</p><p>b</p></div></li><li><p>c</p></li></ul>`},
		{"call-out in a quote", "> :::note\n> b\n> :::", `<blockquote><div class="callout callout-note" role="note"><p class="callout-title">Note</p><p>b</p></div></blockquote>`},
		{"alert", "> [!WARNING]\n> **Text**", `<div class="callout callout-warning" role="note"><p class="callout-title">Warning</p><p><strong>Text</strong></p></div>`},
		{"alert in small letters", "> [!note]\n> Text", `<div class="callout callout-note" role="note"><p class="callout-title">Note</p><p>Text</p></div>`},
		{"alert with the text beside", "> [!TIP] Text\n> more", `<div class="callout callout-tip" role="note"><p class="callout-title">Tip</p><p>Text` + "\nmore</p></div>"},
		{"alert with a list", "> [!TIP]\n> - a", `<div class="callout callout-tip" role="note"><p class="callout-title">Tip</p><ul><li>a</li></ul></div>`},
		{"alert and paragraphs", "> [!TIP]\n>\n> a\n>\n> b", `<div class="callout callout-tip" role="note"><p class="callout-title">Tip</p><p>a</p><p>b</p></div>`},
		{"alert is not a link", "> [!NOTE]\n> a\n\n[!note]: https://example.org", `<div class="callout callout-note" role="note"><p class="callout-title">Note</p><p>a</p></div>`},
		{"a link that looks like an alert", "> [!NOTE](a.md)", `<blockquote><p><a href="a.md">!NOTE</a></p></blockquote>`},
		{"no alert outside a quote", "[!NOTE]\na", "<p>[!NOTE]\na</p>"},

		{"block", "a\n::hours\nb", "<p>a</p>[block hours]<p>b</p>"},
		{"block in a list", "- a\n\n  ::hours", "<ul><li><p>a</p>[block hours]</li></ul>"},
		{"no block within code", "```\n::hours\n:::note\n```\n\n    ::hours", "<pre><code>::hours\n:::note\n</code></pre><pre><code>::hours\n</code></pre>"},
		{"an escaped block", `\::hours`, "<p>::hours</p>"},
		{"colons in a text", "std::vector, 10:30, a ::after b :smile:\n::after is CSS\n: text", "<p>std::vector, 10:30, a ::after b :smile:\n::after is CSS\n: text</p>"},

		{"comment", "a <!-- b --> c\n\n<!--\nd\n-->\n\ne", "<p>a  c</p><p>e</p>"},
		{"a comment alone in a list", "- <!-- a -->\n- b", "<ul><li></li><li>b</li></ul>"},
		{"inline HTML keeps its text", "a <b onclick=x>b</b> c<br>d", "<p>a b c d</p>"},
		{"block HTML keeps its text", "<div>\n<p class=x>a &amp; b</p><p>c</p>\n</div>", "<p>a &amp; b c</p>"},
		{"scripts and styles go whole", "<script>\nalert(1)\n\nalert(2)\n</script>\n\n<style>p{}</style>\n\n<iframe src=x>no</iframe>", ""},
		{"half a tag", "<div\n\na <b", "<p>a &lt;b</p>"},

		{"attributes are text", "## a {#b .c style=\"x\"}", `<h2 id="a-b-c-stylex">a {#b .c style="x"}</h2>`},
	} {
		if diff := cmp.Diff(tt.want, render(tt.in)); diff != "" {
			t.Errorf("%s: %q (-want +got)\n%s", tt.name, tt.in, diff)
		}
	}
}

func TestBareLinks(t *testing.T) {
	t.Parallel()
	link := func(dest, text string) string { return `<a href="` + dest + `">` + text + "</a>" }
	same := func(s string) string { return link(s, s) }
	for _, tt := range []struct{ in, want string }{
		{"https://example.org", same("https://example.org")},
		{"see http://example.org/a?b=c#d now", "see " + same("http://example.org/a?b=c#d") + " now"},
		{"HTTPS://EXAMPLE.ORG/A", same("HTTPS://EXAMPLE.ORG/A")},
		{"www.example.org", link("http://www.example.org", "www.example.org")},
		{"Ends a sentence: www.example.org/a.", "Ends a sentence: " + link("http://www.example.org/a", "www.example.org/a") + "."},
		{"https://example.org/a_b_c and _https://example.org/_", same("https://example.org/a_b_c") + " and <em>" + same("https://example.org/") + "</em>"},
		{"**https://example.org**", "<strong>" + same("https://example.org") + "</strong>"},
		{"(https://example.org/a_(b))", "(" + same("https://example.org/a_(b)") + ")"},
		{"(see https://example.org)", "(see " + same("https://example.org") + ")"},
		{`"https://example.org"`, `"` + same("https://example.org") + `"`},
		{"https://example.org/a&b;", same("https://example.org/a") + "&amp;b;"},
		{"https://example.org/?a=1&b=2", link("https://example.org/?a=1&amp;b=2", "https://example.org/?a=1&amp;b=2")},
		{"https://example.org<", same("https://example.org") + "&lt;"},
		{"https://café.example/ü", link("https://caf%C3%A9.example/%C3%BC", "https://café.example/ü")},
		{"https://localhost:8080/", same("https://localhost:8080/")},
		{"看https://example.org", "看" + same("https://example.org")},
		{"https://a_b.example.org", same("https://a_b.example.org")},
		{"https://a.exa_mple.org", "https://a.exa_mple.org"},
		{"xhttps://example.org", "xhttps://example.org"},
		{"https:// and http://.", "https:// and http://."},
		{"https://!!!", "https://!!!"},
		{"xwww.example.org awww.", "xwww.example.org awww."},
		{"www.", "www."},
		{"ftp://example.org", "ftp://example.org"},
		{"`https://example.org`", "<code>https://example.org</code>"},
		{"[https://example.org](a.md)", `<a href="a.md">https://example.org</a>`},
		{"<https://example.org/a b>", "&lt;" + same("https://example.org/a") + " b&gt;"},
		{"desk@example.org", link("mailto:desk@example.org", "desk@example.org")},
		{"a.b-c_d+e@x.example.org.", link("mailto:a.b-c_d+e@x.example.org", "a.b-c_d+e@x.example.org") + "."},
		{"mailto:desk@example.org", link("mailto:desk@example.org", "mailto:desk@example.org")},
		{"*desk@example.org*, kids@example.org", "<em>" + link("mailto:desk@example.org", "desk@example.org") + "</em>, " + link("mailto:kids@example.org", "kids@example.org")},
		{"a@b @c d@ e@f.g1", "a@b @c d@ e@f.g1"},
		{`a\@b.org desk\@example.org`, "a@b.org desk@example.org"},
		{"[desk@example.org](a.md)", `<a href="a.md">desk@example.org</a>`},
		{"<desk@example.org>", link("mailto:desk@example.org", "desk@example.org")},
	} {
		want := "<p>" + tt.want + "</p>"
		if got := render(tt.in); got != want {
			t.Errorf("%s\n got %s\nwant %s", tt.in, got, want)
		}
	}
}

// choosy is a Resolver that shows what a Resolver can decide.
type choosy struct{ plain }

func (choosy) Link(l *Link) Target {
	switch l.Dest {
	case "draft.md":
		return Target{Plain: true}
	case "es.md":
		return Target{URL: "/es/?a=1&b=ü ü\"", Class: "a b", Rel: "external", Lang: "es"}
	}
	return Target{URL: l.Dest}
}

func (choosy) Image(l *Link) Picture {
	switch l.Dest {
	case "gone.png":
		return Picture{Plain: true}
	case "big.png":
		return Picture{URL: "/big.1a2b.png", Width: 600, Height: 400, SrcSet: "/big-2x.png 2x", Sizes: "100vw"}
	}
	return Picture{URL: l.Dest}
}

func TestResolverDecides(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, in, want string }{
		{"plain text instead of a link", "a [**b**](draft.md) [c](c.md)", `<p>a <strong>b</strong> <a href="c.md">c</a></p>`},
		{"attributes of a link", "[b](es.md 'T \"x\"')", `<p><a href="/es/?a=1&amp;b=%C3%BC%20%C3%BC%22" title="T &quot;x&quot;" class="a b" rel="external" hreflang="es">b</a></p>`},
		{"alternative text instead of a picture", "![a < b](gone.png)", `<p>a &lt; b</p>`},
		{"picture of known size", `![a "b"](big.png)`, `<p><img src="/big.1a2b.png" alt="a &quot;b&quot;" srcset="/big-2x.png 2x" sizes="100vw" width="600" height="400" loading="lazy" decoding="async"></p>`},
		{"picture in a link", "[![a *b*](a.png)](b.md)", `<p><a href="b.md"><img src="a.png" alt="a b"></a></p>`},
	} {
		got := string(must(Parse(Source{Text: tt.in}).Append([]byte("x"), choosy{}, english)))
		if got != "x"+tt.want {
			t.Errorf("%s:\n got %s\nwant %s", tt.name, got, "x"+tt.want)
		}
	}
}

// Whoever reads a page in another language reads these words in it too.
func TestWordsAreTheCallers(t *testing.T) {
	t.Parallel()
	words := &Words{Note: "Nota", Tip: "Consejo", Warning: "Aviso", Footnotes: "Notas", BackToText: "Volver & leer", Done: "hecho", ToDo: "por hacer", Table: "Tabla"}
	text := ":::note\na\n:::\n\n:::tip\na\n:::\n\n:::warning\na\n:::\n\n- [x] a[^1]\n- [ ] b\n\na|b\n-|-\n\n[^1]: c"
	got := string(must(Parse(Source{Text: text}).Append(nil, plain{}, words)))
	for _, want := range []string{">Nota<", ">Consejo<", ">Aviso<", `"Notas"`, `"Volver &amp; leer 1"`, `"hecho"`, `"por hacer"`, `"Tabla"`} {
		if strings.Count(got, want) != 1 {
			t.Errorf("%s is not there once in %s", want, got)
		}
	}
}
