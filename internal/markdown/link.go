package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"
)

// link begins a link. One that is not allowed shows its text only.
func (b *builder) link(n *ast.Link) {
	dest := string(appendUnescaped(nil, n.Destination))
	at, ok := b.offset(n.Destination)
	if !ok {
		at = n.Pos()
	}
	if !b.allowed(dest, at) {
		return
	}
	if dest == "" {
		b.warn(at, "empty-link", "write [text](address)", "a link without an address")
	}
	b.doc.Links = append(b.doc.Links, Link{
		Kind: TextLink, Dest: dest, Title: string(appendUnescaped(nil, n.Title)), Pos: b.at(at),
	})
	b.hole(LinkStart, len(b.doc.Links)-1)
	b.openLink = len(b.doc.Links)
	b.linked = true
	b.capture()
}

func (b *builder) linkEnd(n *ast.Link) {
	if b.openLink == 0 {
		return
	}
	link := &b.doc.Links[b.openLink-1]
	link.Text = strings.TrimSpace(b.captured())
	if link.Text == "" && !hasImage(n) {
		b.warn(n.Pos(), "empty-link", "write [text](address)", "a link without text")
	}
	b.hole(LinkEnd, b.openLink-1)
	b.openLink, b.linked = 0, false
}

// hasImage reports whether a picture stands in a link.
func hasImage(n *ast.Link) bool {
	for at := ast.Node(n); at != nil; at = after(n, at) {
		if at.Kind() == ast.KindImage {
			return true
		}
	}
	return false
}

func (b *builder) image(n *ast.Image) {
	dest := string(appendUnescaped(nil, n.Destination))
	at, ok := b.offset(n.Destination)
	if !ok {
		at = n.Pos()
	}
	alt := b.plainText(n)
	if strings.TrimSpace(alt) == "" {
		b.warn(n.Pos(), "no-alt-text", "write ![what it shows]("+dest+")", "a picture without alternative text")
	}
	if dest == "" {
		b.fail(at, "empty-link", "write ![what it shows](file)", "a picture without a file")
	}
	if dest == "" || !b.allowed(dest, at) {
		b.html = appendHTML(b.html, alt)
		return
	}
	b.doc.Links = append(b.doc.Links, Link{
		Kind: ImageLink, Dest: dest, Text: alt, Title: string(appendUnescaped(nil, n.Title)), Pos: b.at(at),
	})
	b.hole(Image, len(b.doc.Links)-1)
}

// plainText returns the text of a picture's description.
func (b *builder) plainText(root ast.Node) string {
	var text []byte
	for n := root.FirstChild(); n != nil; n = after(root, n) {
		switch n := n.(type) {
		case *ast.Text:
			value := n.Segment.Value(b.src)
			if _, code := n.Parent().(*ast.CodeSpan); code {
				text = append(text, value...)
			} else {
				text = appendUnescaped(text, value)
			}
			if n.SoftLineBreak() || n.HardLineBreak() {
				text = append(text, ' ')
			}
		case *ast.AutoLink:
			text = append(text, n.Label(b.src)...)
		case *ast.RawHTML:
			b.droppedTag(n)
		}
	}
	return string(text)
}

func (b *builder) autoLink(n *ast.AutoLink) {
	label := n.Label(b.src)
	at, ok := b.offset(label)
	if !ok {
		at = n.Pos()
	}
	if b.linked {
		b.literal(label)
		return
	}
	if n.Protocol != nil {
		b.autoLinkTo(string(n.URL(b.src)), string(label), at)
		return
	}
	b.address(string(label), at, n.AutoLinkType == ast.AutoLinkEmail)
}

// address writes an address that is its own text.
func (b *builder) address(label string, offset int, email bool) {
	dest := label
	if email && !strings.HasPrefix(strings.ToLower(label), "mailto:") {
		dest = "mailto:" + label
	}
	b.autoLinkTo(dest, label, offset)
}

func (b *builder) autoLinkTo(dest, label string, offset int) {
	if !b.allowed(dest, offset) {
		b.literal([]byte(label))
		return
	}
	b.doc.Links = append(b.doc.Links, Link{Kind: AutoLink, Dest: dest, Text: label, Pos: b.at(offset)})
	b.hole(LinkStart, len(b.doc.Links)-1)
	b.literal([]byte(label))
	b.hole(LinkEnd, len(b.doc.Links)-1)
}

// allowed reports whether an address may be a link, and else says why not.
func (b *builder) allowed(dest string, offset int) bool {
	if scheme, bad := refused(dest); bad {
		b.fail(offset, "link-scheme", "allowed: https:, http:, mailto:, tel:, or a path to a file", "a link may not begin with %q", scheme+":")
		return false
	}
	if strings.HasPrefix(dest, "//") || strings.HasPrefix(dest, `\\`) || strings.HasPrefix(dest, `/\`) {
		b.fail(offset, "link-scheme", "write https:"+strings.ReplaceAll(dest, `\`, "/"), "an address without a scheme")
		return false
	}
	return true
}
