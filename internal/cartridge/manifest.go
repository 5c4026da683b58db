package cartridge

import (
	"encoding/xml"
	"hash/crc32"
	"strings"

	"github.com/twinshelf/twinshelf/internal/deflate"
)

// The texts that a version is filled into, as VER. The default namespace comes
// first: Moodle looks for it in the first 500 bytes.
const (
	manifestOpening = `<?xml version="1.0" encoding="UTF-8"?>
<manifest xmlns="http://www.imsglobal.org/xsd/imsccVER/imscp_v1p1" xmlns:lomimscc="http://ltsc.ieee.org/xsd/imsccVER/LOM/manifest" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.imsglobal.org/xsd/imsccVER/imscp_v1p1 http://www.imsglobal.org/profile/cc/ccVER/ccVER_imscp_v1p2_v1p0.xsd http://ltsc.ieee.org/xsd/imsccVER/LOM/manifest http://www.imsglobal.org/profile/cc/ccVER/LOM/ccVER_lommanifest_v1p0.xsd" identifier="`
	resourceType   = `" type="imswl_xmlVER"><file href="links/`
	webLinkOpening = `<?xml version="1.0" encoding="UTF-8"?>
<webLink xmlns="http://www.imsglobal.org/xsd/imsccVER/imswl_VER" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.imsglobal.org/xsd/imsccVER/imswl_VER http://www.imsglobal.org/profile/cc/ccVER/ccVER_imswl_VER.xsd">
  <title>`
)

// fill writes the version into a text as namespaces have it: "v1p1".
func (v Version) fill(text string) string {
	return strings.ReplaceAll(text, "VER", "v"+strings.Replace(v.String(), ".", "p", 1))
}

// manifest is imsmanifest.xml in the making, from its opening on: compressed,
// and counted.
type manifest struct {
	*deflate.Writer
	waiting []byte // text that is not counted yet
	size    int    // of the text that is
	sum     uint32
}

// piece is how much text is counted at once, in bytes.
const piece = 16 << 10

// count counts the text that waits.
func (m *manifest) count() {
	m.size += len(m.waiting)
	m.sum = crc32.Update(m.sum, crc32.IEEETable, m.waiting)
	m.waiting = m.waiting[:0]
}

// note takes text that is written.
func (m *manifest) note(s string) {
	if m.waiting = append(m.waiting, s...); len(m.waiting) > piece {
		m.count()
	}
}

// add writes new text.
func (m *manifest) add(texts ...string) {
	for _, s := range texts {
		m.note(s)
		m.Text(s)
	}
}

// addAgain writes text that stood at a place of the manifest, if it did not
// stand too far back, and returns the place where it stands now.
func (m *manifest) addAgain(s string, at int) int {
	here := m.size + len(m.waiting)
	if back := here - at; at >= 0 && back <= deflate.Window && len(s) >= 3 {
		m.note(s)
		m.Repeat(len(s), back)
		return here
	}
	m.add(s)
	return here
}

// phrase is text that comes again and again.
type phrase struct {
	text string
	at   int // where it stood last, -1 for nowhere
}

func (m *manifest) addPhrase(p *phrase) { p.at = m.addAgain(p.text, p.at) }

// write writes what follows the opening.
func (m *manifest) write(c Cartridge, v Version) {
	m.add(make(names).take("cartridge_"+c.content.ID), "\">\n")
	m.metadata(c, v)
	m.organization(c)
	m.resources(c, v)
	m.add("</manifest>\n")
}

func (m *manifest) metadata(c Cartridge, v Version) {
	language := escaped(c.content.Language)
	text := func(element, text string) {
		m.add("<lomimscc:", element, `><lomimscc:string language="`, language, `">`, escaped(text), "</lomimscc:string></lomimscc:", element, ">\n")
	}
	m.add("<metadata>\n<schema>IMS Common Cartridge</schema>\n<schemaversion>", v.String(), ".0</schemaversion>\n<lomimscc:lom><lomimscc:general>\n")
	text("title", c.content.Title)
	m.add("<lomimscc:language>", language, "</lomimscc:language>\n")
	if c.content.Description != "" {
		text("description", c.content.Description)
	}
	m.add("</lomimscc:general></lomimscc:lom>\n</metadata>\n")
}

// organization writes the tree: one root without a title, below it the modules
// as folders. Canvas puts links that lie directly under the root into a "Misc
// Module".
func (m *manifest) organization(c Cartridge) {
	begin, ref := phrase{`<item identifier="i_`, -1}, phrase{`" identifierref="r_`, -1}
	title, end := phrase{`"><title>`, -1}, phrase{"</title></item>\n", -1}
	m.add("<organizations><organization identifier=\"org\" structure=\"rooted-hierarchy\"><item identifier=\"root\">\n")
	for _, module := range c.modules {
		m.add(`<item identifier="`, module.identifier, `"><title>`, module.title, "</title>\n")
		for _, i := range module.items {
			m.addPhrase(&begin)
			name := m.addAgain(i.name, -1)
			m.addPhrase(&ref)
			m.addAgain(i.name, name)
			m.addPhrase(&title)
			m.add(i.title)
			m.addPhrase(&end)
		}
		m.add("</item>\n")
	}
	m.add("</item></organization></organizations>\n")
}

// resources lists the web links: exactly one file each, no href.
func (m *manifest) resources(c Cartridge, v Version) {
	begin, kind, end := phrase{`<resource identifier="r_`, -1}, phrase{v.fill(resourceType), -1}, phrase{".xml\"/></resource>\n", -1}
	m.add("<resources>\n")
	for _, module := range c.modules {
		for _, i := range module.items {
			m.addPhrase(&begin)
			name := m.addAgain(i.name, -1)
			m.addPhrase(&kind)
			m.addAgain(i.name, name)
			m.addPhrase(&end)
		}
	}
	m.add("</resources>\n")
}

func (i item) path() string { return "links/" + i.name + ".xml" }

// appendWebLinkRest writes what follows the opening of a web link.
func appendWebLinkRest(b []byte, i item) []byte {
	b = append(append(b, i.title...), "</title>\n  <url href=\""...)
	return append(append(b, i.url...), "\" target=\"_blank\"/>\n</webLink>\n"...)
}

// escaped returns text as an element or an attribute holds it.
func escaped(text string) string {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c >= 0x7f || c == '&' || c == '<' || c == '>' || c == '"' || c == '\'' {
			var w strings.Builder
			_ = xml.EscapeText(&w, []byte(text)) // a builder takes everything
			return w.String()
		}
	}
	return text
}
