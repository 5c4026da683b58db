package hours

import (
	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/diag"
)

// Scalar is a value as the author wrote it, and where. An empty Text means
// that the field is missing or empty.
type Scalar struct {
	Text string
	Pos  diag.Pos
}

// Flag is a field that is true or false, and where it stands.
type Flag struct {
	On  bool
	Pos diag.Pos
}

// DayLine is one line of a week: `mon-thu: 9am-9pm`.
type DayLine struct{ Key, Value Scalar }

// DaySpec is what stands after `hours:` or `regular:`: one value, or a week.
// The zero DaySpec means that the field is missing.
type DaySpec struct {
	Value  Scalar    // one value for every day; its Pos is that of the field's value even for a week
	Week   []DayLine // in the order of the file
	IsWeek bool      // Week counts and Value.Text does not
}

// RuleSpec is an exception of a library or a closure of the site. Exactly one
// of Dates, From with To, and Holiday is to be given; New says so if not.
type RuleSpec struct {
	Pos      diag.Pos // of the whole entry
	Dates    []Scalar // `date:`, one or a list
	From, To Scalar
	Holiday  Scalar
	Offset   Scalar
	Observed Flag
	OnlyHere Flag // not in a closure
	Urgent   Flag
	Hours    DaySpec // required
	Reason   Scalar
}

// SeasonSpec is a season of a library; all fields are required.
type SeasonSpec struct {
	Pos            diag.Pos // of the whole entry
	Name, From, To Scalar
	Hours          DaySpec
}

// LibrarySpec is a library with its hours.
type LibrarySpec struct {
	ID         string   // unique; of libraries with one ID the first counts
	Pos        diag.Pos // of the library's file or title, for what has no better place
	Parent     string   // ID of the parent, empty without one; one that is unknown or closes a loop counts as none
	Department bool     // a room or desk inside the parent; without a parent it means nothing
	Timezone   Scalar   // empty: the parent's, else the site's

	HasHours   bool     // the file has `hours:`
	HoursPos   diag.Pos // of `hours:`
	Regular    DaySpec  // the zero DaySpec without `regular:`
	RegularPos diag.Pos // of `regular:`
	From       Scalar
	Through    Scalar
	Seasons    []SeasonSpec // in the order of the file
	Exceptions []RuleSpec   // in the order of the file
}

// Spec is all that opening hours are worked out from.
type Spec struct {
	Timezone  Scalar        // the site's
	Closures  []RuleSpec    // the site's, in the order of the file
	Libraries []LibrarySpec // in any order
	Now       civil.Moment  // required
}
