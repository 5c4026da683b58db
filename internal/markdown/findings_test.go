package markdown

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// findingLines are the findings as they are printed, without the file.
func findingLines(text string) string {
	var lines []string
	for _, f := range Parse(Source{File: "f", Text: text}).Findings {
		lines = append(lines, strings.TrimPrefix(f.String(), "f:"))
	}
	return strings.Join(lines, "\n")
}

func TestFindings(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, in, want string }{
		{"nothing to say", "## A\n\n[b](b.md) ![c](c.png) <https://d.example/>\n\n::hours\n\n:::tip\ne\n:::\n\n### F\n\n## G", ""},

		{"javascript", "[a](javascript:alert(1))", `1:5: error: a link may not begin with "javascript:" (allowed: https:, http:, mailto:, tel:, or a path to a file) [link-scheme]`},
		{"a scheme in disguise", "[a](&#1;Java&#10;Script:x)", `1:5: error: a link may not begin with "javascript:" (allowed: https:, http:, mailto:, tel:, or a path to a file) [link-scheme]`},
		{"blob, by reference", "a [b]\n\n[b]: <blob:x> 'T'", `3:7: error: a link may not begin with "blob:" (allowed: https:, http:, mailto:, tel:, or a path to a file) [link-scheme]`},
		{"one mistake used twice", "[b] [b]\n\n[b]: ftp://x", `3:6: error: a link may not begin with "ftp:" (allowed: https:, http:, mailto:, tel:, or a path to a file) [link-scheme]`},
		{"data as a picture", "![a](data:image/png;base64,xx)", `1:6: error: a link may not begin with "data:" (allowed: https:, http:, mailto:, tel:, or a path to a file) [link-scheme]`},
		{"ftp in brackets", "é <ftp://x.example/>", `1:4: error: a link may not begin with "ftp:" (allowed: https:, http:, mailto:, tel:, or a path to a file) [link-scheme]`},
		{"a path of Windows", `[a](C:\a.md)`, `1:5: error: a link may not begin with "c:" (allowed: https:, http:, mailto:, tel:, or a path to a file) [link-scheme]`},
		{"no scheme", "[a](//x.example/b)", `1:5: error: an address without a scheme (write https://x.example/b) [link-scheme]`},
		{"allowed schemes", "[a](HTTPS://x) [b](mailto:x@y.z) [c](tel:+1-217) [d](http://x) [e](a/b:c.md) [f](#a:b) [g](?a:b)", ""},
		{"no address", "[a]()", "1:1: warning: a link without an address (write [text](address)) [empty-link]"},
		{"no text", "[](a.md)", "1:1: warning: a link without text (write [text](address)) [empty-link]"},
		{"a picture is text enough", "[![b](b.png)](a.md)", ""},
		{"no such name", "a [b][c] [d][] [e]", "1:6: warning: no address for the link [c] (add a line [c]: and the address) [undefined-link]"},

		{"no alternative text", "![](a.png) ![ ](b.png)", "1:1: warning: a picture without alternative text (write ![what it shows](a.png)) [no-alt-text]\n" +
			"1:12: warning: a picture without alternative text (write ![what it shows](b.png)) [no-alt-text]"},
		{"no file", "![a]()", "1:1: error: a picture without a file (write ![what it shows](file)) [empty-link]"},

		{"a blank before the address", "[a] (b.md) and [c] (not a link) [d](e.md)", "1:3: warning: this was meant as a link and shows as it is written (no blank stands between ] and () [no-link]"},
		{"an address without its end", "[a](b.md and on\n\n[a](https://x.org", "1:3: warning: this was meant as a link and shows as it is written (close the address with )) [no-link]\n" +
			"3:3: warning: this was meant as a link and shows as it is written (close the address with )) [no-link]"},
		{"a blank in an address", "[a](my list.md) [b](c.md \"d e\") f[i](x y)", "1:3: warning: this was meant as a link and shows as it is written (a blank in an address is written %20) [no-link]"},
		{"the brackets of a link changed", "(a)[b.md] (c)[d] [^1]\n\n[^1]: e", "1:9: warning: this was meant as a link and shows as it is written (write [text](address)) [no-link]"},

		{"first level", "# A", "1:1: warning: a heading with one # (the title of the page is the only one; write ##) [top-heading]"},
		{"first level, underlined", "a\n\nB\n===", "3:1: warning: a heading with one # (the title of the page is the only one; write ##) [top-heading]"},
		{"skipped at the beginning", "### A", "1:1: warning: a heading with ### leaves a level out (write ##) [skipped-heading]"},
		{"skipped", "## A\n\n#### B\n\n##### C\n\n## D", "3:1: warning: a heading with #### leaves a level out (write ###) [skipped-heading]"},
		{"empty heading", "##", "1:1: warning: a heading without text [empty-heading]"},
		{"no heading in code", "```\n# a\n```", ""},

		{"raw HTML, once for both tags", "a <b>c</b> <i>", "1:3: warning: raw HTML does not show: <b> (write **bold**) [raw-html]\n1:12: warning: raw HTML does not show: <i> (write *italic*) [raw-html]"},
		{"raw HTML on lines of its own", "a\n\n> <div>\n> <P>b\n> </div>\n\n</section>", "3:3: warning: raw HTML does not show: <div> (write it in Markdown, or write \\< where < is meant) [raw-html]\n" +
			"4:3: warning: raw HTML does not show: <p> (write it in Markdown, or write \\< where < is meant) [raw-html]\n" +
			"7:1: warning: raw HTML does not show: </section> (write it in Markdown, or write \\< where < is meant) [raw-html]"},
		{"raw HTML in an alternative text", "![a <b>c</b>](d.png)", "1:5: warning: raw HTML does not show: <b> (write **bold**) [raw-html]"},
		{"declarations", "a <!DOCTYPE html> <?php ?>", "1:3: warning: raw HTML does not show: <!…> (write it in Markdown, or write \\< where < is meant) [raw-html]\n" +
			"1:19: warning: raw HTML does not show: <!…> (write it in Markdown, or write \\< where < is meant) [raw-html]"},
		{"comments", "<!-- a --> b <!-- c -->\n\nd <!-- e\nf --> g", ""},
		{"a comment without end", "a\n\n<!-- b\n\nc", "3:1: warning: a comment that is never closed hides the rest of the text (end it with -->) [raw-html]"},
		{"no tags", "1 < 2 a<b `<b>` \\<b>", ""},

		{"unknown block", "::databse{id=a}", `1:3: error: unknown block "databse" (did you mean "database"?) [unknown-block]`},
		{"unknown block without attributes", "a\n::gallery", `2:3: error: unknown block "gallery" (allowed: database, databases, hours, books) [unknown-block]`},
		{"call-out with two colons", "::note", `1:3: error: unknown block "note" (a call-out begins with three colons: :::note) [unknown-block]`},
		{"block with one colon", ":hours{library=a}", "1:1: error: a block begins with two colons (write ::hours) [unknown-block]"},
		{"block with three colons", ":::hours{library=a}", `1:1: error: the block "hours" begins with three colons (write ::hours) [unknown-block]`},
		{"block within a line", "Open: ::hours{library=a}", `1:7: error: the block "hours" stands within a line (give it a line of its own) [block-attribute]`},
		{"text after a block", "::hours{library=a} today", "1:20: error: text after the block (a block stands on a line of its own) [block-attribute]"},
		{"no braces", "::hours library=a", "1:8: error: text after ::hours (write ::hours{name=value} on a line of its own) [block-attribute]"},
		{"blank before the braces", "::hours {library=a}", "1:8: error: a blank before { (write ::hours{…}) [block-attribute]"},
		{"unknown attributes", "é\n\n::databases{formt=a x=b}", `3:13: error: the block "databases" has no attribute "formt" (did you mean "format"?) [block-attribute]` + "\n" +
			`3:21: error: the block "databases" has no attribute "x" (allowed: format, grade, subject, library, audience) [block-attribute]`},
		{"missing attribute", "::database", `1:1: error: the block "database" needs id (write ::database{id=…}) [block-attribute]`},
		{"missing attribute beside another", "::books{year=2027}", `1:1: error: the block "books" needs award (write ::books{award=…}) [block-attribute]`},
		{"attribute twice", "::database{id=a id=b}", "1:17: error: id is given twice [block-attribute]"},
		{"no value", "::database{id=}", "1:12: error: id has no value (write id=value) [block-attribute]"},
		{"no value in quotation marks", `::database{id=" "}`, "1:12: error: id has no value (write id=value) [block-attribute]"},
		{"no equals sign", "::database{id}", `1:12: error: no = after "id" (write id=value, without blanks around =) [block-attribute]`},
		{"value without its name", "::hours{prairie-grove}", `1:9: error: no = after "prairie-grove" (write library=prairie-grove) [block-attribute]`},
		{"blanks around the equals sign", "::database{id = a}", `1:12: error: no = after "id" (write id=value, without blanks around =) [block-attribute]`},
		{"value with blanks", "::databases{subject=Early literacy}", `1:27: error: no = after "literacy" (a value with blanks needs quotation marks: subject="Early literacy") [block-attribute]`},
		{"comma", "::databases{grade=k-5,6, subject=a}", "1:24: error: a comma after grade (blanks stand between attributes) [block-attribute]"},
		{"class and ID", "::hours{.wide}", `1:9: error: '.' where the name of an attribute belongs (write name=value, with blanks between) [block-attribute]`},
		{"brace never closed", "::hours{library=a", "1:8: error: { is never closed (end the line with }) [block-attribute]"},
		{"quotation mark never closed", `::hours{library="a}`, "1:17: error: a quotation mark that is never closed [block-attribute]"},
		{"text after a quoted value", `::hours{library="a"b}`, "1:20: error: text after a quoted value (put a blank between) [block-attribute]"},
		{"curly quotation marks", "::hours{library=“a”}", `1:17: error: a curly quotation mark (write " or ') [block-attribute]`},
		{"block in a quote", "> ::database", `1:3: error: the block "database" needs id (write ::database{id=…}) [block-attribute]`},

		{"unknown call-out", ":::wraning\na\n:::", `1:4: error: unknown call-out "wraning" (did you mean "warning"?) [unknown-block]`},
		{"call-out never closed", "a\n\n:::note\nb", "3:1: error: the call-out is never closed (end it with a line of :::) [unclosed-block]"},
		{"inner call-out never closed", "::::note\n:::tip\nb\n::::", "2:1: error: the call-out is never closed (end it with a line of :::) [unclosed-block]"},
		{"outer call-out never closed", ":::note\n:::tip\nb\n:::", "1:1: error: the call-out is never closed (end it with a line of :::) [unclosed-block]"},
		{"call-out closed by the end of its list", "- :::note\n  a\n\nb", "1:3: error: the call-out is never closed (end it with a line of :::) [unclosed-block]"},
		{"call-out in code that has no end", ":::note\n```\n:::", "1:1: error: the call-out is never closed (end it with a line of :::) [unclosed-block]"},
		{"fence that closes nothing", "a\n:::", "2:1: error: ::: closes nothing (a call-out begins with :::note, :::tip or :::warning) [unclosed-block]"},
		{"title beside the call-out", ":::note Read this\na\n:::", "1:8: error: text after :::note (begin it on the next line) [block-attribute]"},
		{"unknown alert", "> [!IMPORTANT]\n> a\n\n> [!TPI]\n> b\n\n> [!CAUTION]\n> c\n\n> [!FOO]", "1:3: warning: unknown call-out [!IMPORTANT] shows as a plain quote (write [!NOTE]) [unknown-callout]\n" +
			"4:3: warning: unknown call-out [!TPI] shows as a plain quote (did you mean [!TIP]?) [unknown-callout]\n" +
			"7:3: warning: unknown call-out [!CAUTION] shows as a plain quote (write [!WARNING]) [unknown-callout]\n" +
			"10:3: warning: unknown call-out [!FOO] shows as a plain quote (write [!NOTE], [!TIP] or [!WARNING]) [unknown-callout]"},
		{"nothing of this in code", "```\n::database\n:::\n> [!X]\n<b>\n[a](ftp:x)\n```\n\n    :::\n\n`::database{x}` `<b>`", ""},

		{"footnote without text", "a[^1] [^x y]", "1:2: warning: no text for the footnote [^1] (add a line that begins with [^1]:) [footnote]"},
		{"footnote that nothing refers to", "a\n\n[^1]: b", "3:1: warning: nothing refers to the footnote [^1]: it does not show [footnote]"},
	} {
		if diff := cmp.Diff(tt.want, findingLines(tt.in)); diff != "" {
			t.Errorf("%s: %q (-want +got)\n%s", tt.name, tt.in, diff)
		}
	}
}

// One page with all: mistakes come in the order of the file, counted from the
// file's first line, in characters, whatever ends the lines.
func TestPlacesAreTheFiles(t *testing.T) {
	t.Parallel()
	text := "Ä [ö](ü.md) [b]\n\tx\n\n> ü **[q](q.md \"t\")** é@x.example ü@x.example\n> 😀 ![é](p.png)\n\n| é | [t](t.md) |\n|--|--|\n| ü | desk@x.example |\n\n[b]: <b.md>\n\n::hours{library=\"é\"}\n\n## É\n\nx\n[\nm](\nm.md) https://x.example/"
	for _, text := range []string{text, strings.ReplaceAll(text, "\n", "\r\n"), strings.ReplaceAll(text, "\n", "\r")} {
		doc := Parse(Source{File: "content/a.md", Line: 6, Text: text})
		var got []string
		for _, l := range doc.Links {
			got = append(got, l.Pos.String()+" "+l.Dest)
		}
		for _, b := range doc.Blocks {
			got = append(got, b.Pos.String()+" "+b.Name, b.Attrs[0].Pos.String()+" "+b.Attrs[0].Value)
		}
		for _, h := range doc.Headings {
			got = append(got, h.Pos.String()+" "+h.Text)
		}
		want := []string{
			"content/a.md:6:7 ü.md", "content/a.md:16:7 b.md", "content/a.md:9:11 q.md",
			"content/a.md:10:10 p.png", "content/a.md:12:11 t.md", "content/a.md:14:7 mailto:desk@x.example",
			"content/a.md:25:1 m.md", "content/a.md:25:7 https://x.example/",
			"content/a.md:18:1 hours", "content/a.md:18:17 é", "content/a.md:20:1 É",
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
	}
}
