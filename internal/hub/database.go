package hub

import (
	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/diag"
	"github.com/twinshelf/twinshelf/internal/lang"
)

// Database is an e-resource: e-books, audiobooks, magazines, reference works.
type Database struct {
	Page
	AlsoKnownAs       []string
	Vendor            string
	Formats           []Format // in the order of Formats
	Languages         []lang.Tag
	Access            []Access
	Apps              Apps
	SimultaneousUsers int // 0 if not limited or not known
	Trial             civil.Range
	NewUntil          civil.Date
	Featured          []*Subject // subjects for which it is listed first
	Notices           []Notice
	Privacy           string
	Accessibility     string
	Terms             string
	Help              Ref
}

// Access is one way in: a library's, or everyone's.
type Access struct {
	Library  *Library // nil if it is free for everyone
	Label    string
	URL      string // as written; "" if one has to come to the library
	Link     string // as the reader gets it, behind the library's proxy if it takes one
	SignIn   string // the library's usual way if the entry gives none
	Where    []Where
	Grades   Grades
	Audience []Audience
	Pos      diag.Pos
}

// Everyone reports whether the way in is free for all.
func (a Access) Everyone() bool { return a.Library == nil }

// Apps holds the addresses of a database's apps; "" where there is none.
type Apps struct{ IOS, Android string }

// IsNew reports whether the database is shown as new on a day.
func (d *Database) IsNew(today civil.Date) bool {
	return !d.NewUntil.IsZero() && !today.After(d.NewUntil)
}

// OfferedBy reports whether a library gives access, itself or through its
// parent.
func (d *Database) OfferedBy(l *Library) bool {
	for _, a := range d.Access {
		if a.Library == l {
			return true
		}
	}
	return false
}
