package cartridge

import (
	"encoding/xml"
	"strings"
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

// appendManifest writes imsmanifest.xml.
func (c Cartridge) appendManifest(b []byte, v Version) []byte {
	b = append(b, v.fill(manifestOpening)...)
	b = append(b, make(names).take("cartridge_"+c.content.ID)...)
	b = append(b, "\">\n"...)
	b = c.appendMetadata(b, v)
	b = c.appendOrganization(b)
	b = c.appendResources(b, v)
	return append(b, "</manifest>\n"...)
}

func (c Cartridge) appendMetadata(b []byte, v Version) []byte {
	b = append(b, "<metadata>\n<schema>IMS Common Cartridge</schema>\n<schemaversion>"+v.String()+".0</schemaversion>\n"...)
	b = append(b, "<lomimscc:lom><lomimscc:general>\n"...)
	b = c.appendText(b, "title", c.content.Title)
	b = append(b, "<lomimscc:language>"...)
	b = append(b, escaped(c.content.Language)...)
	b = append(b, "</lomimscc:language>\n"...)
	if c.content.Description != "" {
		b = c.appendText(b, "description", c.content.Description)
	}
	return append(b, "</lomimscc:general></lomimscc:lom>\n</metadata>\n"...)
}

func (c Cartridge) appendText(b []byte, element, text string) []byte {
	b = append(b, "<lomimscc:"+element+`><lomimscc:string language="`...)
	b = append(b, escaped(c.content.Language)...)
	b = append(b, `">`...)
	b = append(b, escaped(text)...)
	return append(b, "</lomimscc:string></lomimscc:"+element+">\n"...)
}

// appendOrganization writes the tree: one root without a title, below it the
// modules as folders. Canvas puts links that lie directly under the root into
// a "Misc Module".
func (c Cartridge) appendOrganization(b []byte) []byte {
	b = append(b, "<organizations><organization identifier=\"org\" structure=\"rooted-hierarchy\"><item identifier=\"root\">\n"...)
	for _, m := range c.modules {
		b = append(append(append(b, `<item identifier="`...), m.identifier...), `"><title>`...)
		b = append(append(b, m.title...), "</title>\n"...)
		for _, i := range m.items {
			b = append(append(b, `<item identifier="i_`...), i.name...)
			b = append(append(b, `" identifierref="r_`...), i.name...)
			b = append(append(b, `"><title>`...), i.title...)
			b = append(b, "</title></item>\n"...)
		}
		b = append(b, "</item>\n"...)
	}
	return append(b, "</item></organization></organizations>\n"...)
}

// appendResources lists the web links: exactly one file each, no href.
func (c Cartridge) appendResources(b []byte, v Version) []byte {
	kind := v.fill(resourceType)
	b = append(b, "<resources>\n"...)
	for _, m := range c.modules {
		for _, i := range m.items {
			b = append(append(b, `<resource identifier="r_`...), i.name...)
			b = append(append(b, kind...), i.name...)
			b = append(b, ".xml\"/></resource>\n"...)
		}
	}
	return append(b, "</resources>\n"...)
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
