package cartridge

import (
	"bytes"
	"encoding/xml"
	"strings"
)

// manifest writes imsmanifest.xml. The default namespace comes first: Moodle
// looks for it in the first 500 bytes.
func (c Cartridge) manifest(v Version) []byte {
	var b bytes.Buffer
	b.WriteString(strings.ReplaceAll(`<?xml version="1.0" encoding="UTF-8"?>
<manifest xmlns="http://www.imsglobal.org/xsd/imsccVER/imscp_v1p1" xmlns:lomimscc="http://ltsc.ieee.org/xsd/imsccVER/LOM/manifest" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" identifier="`, "VER", v.short()))
	b.WriteString(make(names).take("cartridge_" + c.content.ID))
	b.WriteString(strings.ReplaceAll(`" xsi:schemaLocation="http://www.imsglobal.org/xsd/imsccVER/imscp_v1p1 http://www.imsglobal.org/profile/cc/ccVER/ccVER_imscp_v1p2_v1p0.xsd http://ltsc.ieee.org/xsd/imsccVER/LOM/manifest http://www.imsglobal.org/profile/cc/ccVER/LOM/ccVER_lommanifest_v1p0.xsd">
`, "VER", v.short()))
	c.metadata(&b, v)
	c.organization(&b)
	c.resources(&b, v)
	b.WriteString("</manifest>\n")
	return b.Bytes()
}

func (c Cartridge) metadata(b *bytes.Buffer, v Version) {
	b.WriteString("  <metadata>\n    <schema>IMS Common Cartridge</schema>\n    <schemaversion>" + v.String() + ".0</schemaversion>\n")
	b.WriteString("    <lomimscc:lom>\n      <lomimscc:general>\n")
	c.text(b, "title", c.content.Title)
	b.WriteString("        <lomimscc:language>")
	escape(b, c.content.Language)
	b.WriteString("</lomimscc:language>\n")
	if c.content.Description != "" {
		c.text(b, "description", c.content.Description)
	}
	b.WriteString("      </lomimscc:general>\n    </lomimscc:lom>\n  </metadata>\n")
}

func (c Cartridge) text(b *bytes.Buffer, element, text string) {
	b.WriteString("        <lomimscc:" + element + `><lomimscc:string language="`)
	escape(b, c.content.Language)
	b.WriteString(`">`)
	escape(b, text)
	b.WriteString("</lomimscc:string></lomimscc:" + element + ">\n")
}

// organization writes the tree: one root without a title, below it the
// modules as folders. Canvas puts links that lie directly under the root into
// a "Misc Module".
func (c Cartridge) organization(b *bytes.Buffer) {
	b.WriteString("  <organizations>\n    <organization identifier=\"org\" structure=\"rooted-hierarchy\">\n      <item identifier=\"root\">\n")
	for _, m := range c.modules {
		b.WriteString(`        <item identifier="` + m.identifier + `"><title>`)
		escape(b, m.title)
		b.WriteString("</title>\n")
		for _, i := range m.items {
			b.WriteString(`          <item identifier="i_` + i.name + `" identifierref="r_` + i.name + `"><title>`)
			escape(b, i.title)
			b.WriteString("</title></item>\n")
		}
		b.WriteString("        </item>\n")
	}
	b.WriteString("      </item>\n    </organization>\n  </organizations>\n")
}

// resources lists the web links: exactly one file each, no href.
func (c Cartridge) resources(b *bytes.Buffer, v Version) {
	b.WriteString("  <resources>\n")
	for _, m := range c.modules {
		for _, i := range m.items {
			b.WriteString(`    <resource identifier="r_` + i.name + `" type="imswl_xml` + v.short() + `"><file href="` + i.path() + `"/></resource>` + "\n")
		}
	}
	b.WriteString("  </resources>\n")
}

func (i item) path() string { return "weblinks/" + i.name + ".xml" }

func (i item) webLink(b *bytes.Buffer, v Version) {
	b.WriteString(strings.ReplaceAll(`<?xml version="1.0" encoding="UTF-8"?>
<webLink xmlns="http://www.imsglobal.org/xsd/imsccVER/imswl_VER" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.imsglobal.org/xsd/imsccVER/imswl_VER http://www.imsglobal.org/profile/cc/ccVER/ccVER_imswl_VER.xsd">
  <title>`, "VER", v.short()))
	escape(b, i.title)
	b.WriteString("</title>\n  <url href=\"")
	escape(b, i.url)
	b.WriteString("\" target=\"_blank\"/>\n</webLink>\n")
}

// escape writes text for an element or an attribute.
func escape(b *bytes.Buffer, text string) {
	_ = xml.EscapeText(b, []byte(text)) // a buffer takes everything
}
