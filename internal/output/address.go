package output

import (
	"net/url"
	"strings"

	"github.com/twinshelf/twinshelf/internal/hub"
	"github.com/twinshelf/twinshelf/internal/lang"
)

// Every address that the site prints is made here (style: addresses are made
// by one function, never by joining strings in a template). The words: a path
// counts from the hub's root and is not percent-encoded ("/databases/sora/");
// an href begins with the path of the site's url; an absolute address has its
// host.

// href returns what a page writes to link to a path of the hub.
func (p *planner) href(path string) string {
	if p.base == "/" {
		return escapePath(path)
	}
	return p.base + escapePath(path)[1:]
}

// absolute returns a path of the hub with the site's host.
func (p *planner) absolute(path string) string { return p.origin + p.href(path) }

// href returns what a page writes to link to a path in the edition's language.
func (e *edition) href(path string) string { return e.plan.href(e.Prefix + path) }

// absolute returns a path in the edition's language with the site's host.
func (e *edition) absolute(path string) string { return e.plan.absolute(e.Prefix + path) }

// escapePath percent-encodes a path.
func escapePath(path string) string {
	for i := range len(path) {
		switch c := path[i]; {
		case 'a' <= c && c <= 'z', '-' <= c && c <= '9': // nearly all: also . and /
		case c >= 0x80, c <= ' ', strings.IndexByte(`"#%<>?[\]^{|}`+"`", c) >= 0:
			return (&url.URL{Path: path}).EscapedPath()
		}
	}
	return path
}

// hash returns "#" and an anchor, "" for none.
func hash(anchor string) string {
	if anchor == "" {
		return ""
	}
	return "#" + (&url.URL{Fragment: anchor}).EscapedFragment()
}

// filePath returns the path of the file in the site that answers at a path of
// the hub.
func filePath(path string) string {
	path = strings.TrimPrefix(path, "/")
	if path == "" || strings.HasSuffix(path, "/") {
		path += "index.html"
	}
	return path
}

// The paths that do not come from a record.

func calendarPath(l *hub.Library) string { return l.Path + "hours.ics" }

func formatPath(f hub.Format) string     { return "/databases/format/" + string(f) + "/" }
func subjectPath(s *hub.Subject) string  { return "/databases/subject/" + s.ID + "/" }
func gradePath(g hub.Grade) string       { return "/databases/grade/" + g.String() + "/" }
func offeredPath(l *hub.Library) string  { return "/databases/library/" + l.ID + "/" }
func audiencePath(a hub.Audience) string { return "/databases/audience/" + string(a) + "/" }
func letterPath(list string, l lang.Letter) string {
	return list + "letter/" + l.Segment() + "/"
}

func handoutPath(p *hub.Page) string { return p.Path + "handout/" }

func embedDatabasePath(d *hub.Database) string { return "/embed/database/" + d.ID + "/" }
func embedHoursPath(l *hub.Library) string     { return "/embed/hours/" + l.ID + "/" }
func embedListPath(l *hub.AwardList) string {
	return "/embed/award/" + l.Award.ID + "/" + l.ID + "/"
}
