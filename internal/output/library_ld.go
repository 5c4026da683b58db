package output

import (
	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/hours"
	"github.com/twinshelf/twinshelf/internal/hub"
)

// libraryLD is https://schema.org/Library.
type libraryLD struct {
	thing
	Address  *postalAddress `json:"address,omitempty"`
	Geo      *geoCoords     `json:"geo,omitempty"`
	Phone    string         `json:"telephone,omitempty"`
	Email    string         `json:"email,omitempty"`
	SameAs   string         `json:"sameAs,omitempty"`
	Parent   *thing         `json:"parentOrganization,omitempty"`
	Hours    []openingSpec  `json:"openingHoursSpecification,omitempty"`
	Special  []openingSpec  `json:"specialOpeningHoursSpecification,omitempty"`
	IsFree   bool           `json:"isAccessibleForFree,omitempty"`
	IsPublic *bool          `json:"publicAccess,omitempty"`
}

// postalAddress is https://schema.org/PostalAddress.
type postalAddress struct {
	Type       string `json:"@type"`
	Street     string `json:"streetAddress,omitempty"`
	City       string `json:"addressLocality,omitempty"`
	Region     string `json:"addressRegion,omitempty"`
	PostalCode string `json:"postalCode,omitempty"`
	Country    string `json:"addressCountry,omitempty"`
}

// geoCoords is https://schema.org/GeoCoordinates.
type geoCoords struct {
	Type      string  `json:"@type"`
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
}

// openingSpec is https://schema.org/OpeningHoursSpecification. Closing before
// opening means that it runs into the next day; 00:00 to 00:00 is closed and
// 00:00 to 23:59 is all day
// (https://developers.google.com/search/docs/appearance/structured-data/local-business).
type openingSpec struct {
	Type    string     `json:"@type"`
	Days    []string   `json:"dayOfWeek,omitempty"`
	Opens   string     `json:"opens"`
	Closes  string     `json:"closes"`
	From    civil.Date `json:"validFrom,omitzero"`
	Through civil.Date `json:"validThrough,omitzero"`
}

func (e *edition) libraryLD(l *hub.Library) any {
	out := libraryLD{thing: newThing("Library"), Phone: l.Phone, Email: l.Email, SameAs: l.URL, IsFree: l.Kind == hub.Public}
	out.ID = e.plan.absolute(l.Path) + "#library"
	out.Name, out.URL, out.Description = l.Title, e.absolute(l.Path), e.description(&l.Page)
	if !l.Address.IsZero() {
		out.Address = &postalAddress{
			Type: "PostalAddress", Street: l.Address.Street, City: l.Address.City, Region: l.Address.Region,
			PostalCode: l.Address.PostalCode, Country: l.Address.Country,
		}
		if out.Address.Street == "" && out.Address.City == "" {
			out.Address.Street = l.Address.Text
		}
	}
	if l.Geo != nil {
		out.Geo = &geoCoords{"GeoCoordinates", l.Geo.Latitude, l.Geo.Longitude}
	}
	if l.Parent != nil {
		out.Parent = &thing{Type: "Library", ID: e.plan.absolute(l.Parent.Path) + "#library", Name: l.Parent.Title}
	}
	out.Hours = weekSpecs(l.Hours.Week(l.Hours.Today()), civil.Range{})
	for _, s := range l.Hours.Seasons(l.Hours.Today()) {
		out.Hours = append(out.Hours, weekSpecs(s.Week, civil.Range{From: s.From, Until: s.Until})...)
	}
	for _, run := range e.plan.specialDays(l) {
		for _, s := range daySpecs(run.Day.Value()) {
			s.From, s.Through = run.From, run.Until
			out.Special = append(out.Special, s)
		}
	}
	return out
}

// weekSpecs returns the hours of a week; days that are closed or not said are
// left out.
func weekSpecs(week hours.Week, valid civil.Range) []openingSpec {
	var specs []openingSpec
	for _, g := range week.Groups() {
		if g.Value.Status == hours.Closed {
			continue
		}
		for _, s := range daySpecs(g.Value) {
			for d := g.First; ; d = (d + 1) % 7 {
				s.Days = append(s.Days, "https://schema.org/"+d.String())
				if d == g.Last {
					break
				}
			}
			s.From, s.Through = valid.From, valid.Until
			specs = append(specs, s)
		}
	}
	return specs
}

// daySpecs returns what a day says; nothing for a day that is not open or
// closed but something else.
func daySpecs(v hours.Value) []openingSpec {
	const kind = "OpeningHoursSpecification"
	switch v.Status {
	case hours.Closed:
		return []openingSpec{{Type: kind, Opens: "00:00", Closes: "00:00"}}
	case hours.AllDay:
		return []openingSpec{{Type: kind, Opens: "00:00", Closes: "23:59"}}
	case hours.Open:
		var specs []openingSpec
		for _, i := range v.Intervals {
			const day = 24 * 60
			closes := i.To
			if closes == day {
				closes-- // 24:00 is no time of schema.org, and 00:00 would mean closed
			}
			specs = append(specs, openingSpec{Type: kind, Opens: i.From.String(), Closes: (closes % day).String()})
		}
		return specs
	}
	return nil
}
