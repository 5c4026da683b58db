package cartridge

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// breaches checks a cartridge against the rules of the XML schemas of Common
// Cartridge 1.1, of their schematron rules, and of Moodle's and Canvas's
// importers, and says what is broken. It reads the file as a stranger does and
// shares no code with the writer.
func breaches(file []byte, v Version) []string {
	c := reader{version: strings.Replace(v.String(), ".", "p", 1)}
	if !c.open(file) {
		return c.found
	}
	manifest := c.parse("imsmanifest.xml")
	c.detection(v)
	c.metadata(manifest, v)
	c.organizations(manifest)
	c.identifiers(manifest)
	c.resources(manifest)
	for name := range c.files {
		if name != "imsmanifest.xml" && !c.used[name] {
			c.breach("%s is in no resource", name)
		}
	}
	slices.Sort(c.found)
	return c.found
}

// node is an element of any XML.
type node struct {
	XMLName xml.Name
	Attrs   []xml.Attr `xml:",any,attr"`
	Nodes   []node     `xml:",any"`
	Text    string     `xml:",chardata"`
}

func (n node) attr(name string) (string, bool) {
	for _, a := range n.Attrs {
		if a.Name.Local == name {
			return a.Value, true
		}
	}
	return "", false
}

func (n node) named(name string) []node {
	var nodes []node
	for _, child := range n.Nodes {
		if child.XMLName.Local == name {
			nodes = append(nodes, child)
		}
	}
	return nodes
}

func (n node) names() string {
	var names []string
	for _, child := range n.Nodes {
		names = append(names, child.XMLName.Local)
	}
	return strings.Join(names, " ")
}

type reader struct {
	version string // 1p1
	files   map[string][]byte
	used    map[string]bool
	found   []string
}

func (c *reader) breach(format string, args ...any) {
	c.found = append(c.found, fmt.Sprintf(format, args...))
}

func (c *reader) open(file []byte) bool {
	c.files, c.used = make(map[string][]byte), make(map[string]bool)
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		c.breach("not a zip file: %v", err)
		return false
	}
	folded := make(map[string]bool)
	for _, f := range z.File {
		if f.Method != zip.Deflate || f.Flags&8 != 0 || f.ModifiedDate != 33 || f.ModifiedTime != 0 || len(f.Extra) > 0 {
			c.breach("%s: method %d, flags %d, date %d, time %d, extra %v", f.Name, f.Method, f.Flags, f.ModifiedDate, f.ModifiedTime, f.Extra)
		}
		if folded[strings.ToLower(f.Name)] || path.Clean(f.Name) != f.Name {
			c.breach("the name %s", f.Name)
		}
		folded[strings.ToLower(f.Name)] = true
		r, err := f.Open()
		if err != nil {
			c.breach("%s: %v", f.Name, err)
			continue
		}
		if c.files[f.Name], err = io.ReadAll(r); err != nil {
			c.breach("%s: %v", f.Name, err)
		}
	}
	if len(z.File) == 0 || z.File[0].Name != "imsmanifest.xml" {
		c.breach("imsmanifest.xml is not the first file")
		return false
	}
	return true
}

func (c *reader) parse(name string) node {
	var n node
	if err := xml.Unmarshal(c.files[name], &n); err != nil {
		c.breach("%s: %v", name, err)
	}
	return n
}

// detection is Moodle's: backup/converter/imscc11/lib.php.
func (c *reader) detection(v Version) {
	head := string(c.files["imsmanifest.xml"])
	head = strings.ToLower(head[:min(500, len(head))])
	head = strings.NewReplacer("'", "", `"`, "", " ", "").Replace(head)
	if !strings.Contains(head, "xmlns=http://www.imsglobal.org/xsd/imsccv"+c.version+"/imscp_v1p1") {
		c.breach("no default namespace in the first 500 bytes")
	}
}

func (c *reader) metadata(manifest node, v Version) {
	if want := "http://www.imsglobal.org/xsd/imsccv" + c.version + "/imscp_v1p1"; manifest.XMLName != (xml.Name{Space: want, Local: "manifest"}) {
		c.breach("the root is %v", manifest.XMLName)
	}
	if got := manifest.names(); got != "metadata organizations resources" {
		c.breach("the manifest has %s", got)
		return
	}
	metadata := manifest.Nodes[0]
	if got := metadata.names(); got != "schema schemaversion lom" {
		c.breach("the metadata have %s", got)
		return
	}
	if metadata.Nodes[0].Text != "IMS Common Cartridge" || metadata.Nodes[1].Text != v.String()+".0" {
		c.breach("schema %s %s", metadata.Nodes[0].Text, metadata.Nodes[1].Text)
	}
	lom := metadata.Nodes[2]
	if want := "http://ltsc.ieee.org/xsd/imsccv" + c.version + "/LOM/manifest"; lom.XMLName.Space != want {
		c.breach("lom is of %s", lom.XMLName.Space)
	}
	if got := lom.names(); got != "general" || !strings.HasPrefix(lom.Nodes[0].names(), "title language") {
		c.breach("lom has %s", got)
	}
}

func (c *reader) organizations(manifest node) {
	organizations := manifest.named("organizations")
	if len(organizations) != 1 || organizations[0].names() != "organization" {
		c.breach("not one organization")
		return
	}
	organization := organizations[0].Nodes[0]
	if structure, _ := organization.attr("structure"); structure != "rooted-hierarchy" {
		c.breach("structure %q", structure)
	}
	if organization.names() != "item" {
		c.breach("the organization has %s, not one root", organization.names())
		return
	}
	root := organization.Nodes[0]
	if len(root.named("title")) > 0 {
		c.breach("the root has a title")
	}
	for _, folder := range root.Nodes {
		if _, leaf := folder.attr("identifierref"); leaf {
			c.breach("a link directly under the root, which Canvas puts into a Misc Module")
		}
		c.item(folder)
	}
}

func (c *reader) item(n node) {
	if n.XMLName.Local != "item" {
		c.breach("%s among items", n.XMLName.Local)
		return
	}
	if len(n.Nodes) == 0 || n.Nodes[0].XMLName.Local != "title" || strings.TrimSpace(n.Nodes[0].Text) == "" || len(n.named("title")) != 1 {
		c.breach("an item does not begin with its title")
		return
	}
	_, leaf := n.attr("identifierref")
	if leaf == (len(n.Nodes) > 1) {
		c.breach("the item %s is a link and a folder, or neither", n.Nodes[0].Text)
	}
	for _, child := range n.Nodes[1:] {
		c.item(child)
	}
}

// identifiers are xs:ID: an NCName, once in the file.
func (c *reader) identifiers(manifest node) {
	ncname := regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_.-]*$`)
	seen := make(map[string]bool)
	var walk func(n node)
	walk = func(n node) {
		if id, ok := n.attr("identifier"); ok {
			if !ncname.MatchString(id) || seen[id] {
				c.breach("the identifier %q", id)
			}
			seen[id] = true
		}
		for _, child := range n.Nodes {
			walk(child)
		}
	}
	walk(manifest)
}

func (c *reader) resources(manifest node) {
	wanted := make(map[string]string)
	for _, l := range items(manifest) {
		wanted[l.ref] = l.title
	}
	for _, r := range manifest.named("resources")[0].Nodes {
		id, _ := r.attr("identifier")
		title, ok := wanted[id]
		if !ok {
			c.breach("the resource %s belongs to no item", id)
		}
		delete(wanted, id)
		if kind, _ := r.attr("type"); kind != "imswl_xmlv"+c.version || r.names() != "file" || len(r.Attrs) != 2 {
			c.breach("the resource %s has type %s, %s and %v", id, kind, r.names(), r.Attrs)
			continue
		}
		href, _ := r.Nodes[0].attr("href")
		c.used[href] = true
		c.webLink(href, title)
	}
	for id := range wanted {
		c.breach("no resource %s", id)
	}
}

func (c *reader) webLink(name, title string) {
	n := c.parse(name)
	if n.XMLName.Space != "http://www.imsglobal.org/xsd/imsccv"+c.version+"/imswl_v"+c.version || n.names() != "title url" {
		c.breach("%s is %v with %s", name, n.XMLName, n.names())
		return
	}
	if n.Nodes[0].Text != title {
		c.breach("%s is called %q, its item %q", name, n.Nodes[0].Text, title)
	}
	href, _ := n.Nodes[1].attr("href")
	if !strings.HasPrefix(href, "https://") || strings.ContainsAny(href, "?&<>\" ") {
		c.breach("%s leads to %q", name, href)
	}
}

type found struct{ module, title, ref string }

// items lists the links as Canvas sees them: by module.
func items(manifest node) []found {
	var list []found
	for _, folder := range manifest.named("organizations")[0].Nodes[0].Nodes[0].Nodes {
		for _, i := range folder.named("item") {
			ref, _ := i.attr("identifierref")
			list = append(list, found{folder.Nodes[0].Text, i.Nodes[0].Text, ref})
		}
	}
	return list
}

// links lists module, title and address of each link in a cartridge.
func links(t *testing.T, file []byte) []string {
	t.Helper()
	var c reader
	if !c.open(file) {
		t.Fatal(c.found)
	}
	manifest := c.parse("imsmanifest.xml")
	hrefs := make(map[string]string)
	for _, r := range manifest.named("resources")[0].Nodes {
		id, _ := r.attr("identifier")
		name, _ := r.Nodes[0].attr("href")
		hrefs[id], _ = c.parse(name).Nodes[1].attr("href")
	}
	var list []string
	for _, i := range items(manifest) {
		list = append(list, i.module+" | "+i.title+" | "+hrefs[i.ref])
	}
	return list
}
