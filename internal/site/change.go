package site

import (
	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/hub"
)

// nextChange returns the next day on which the site's text changes by itself:
// a page comes out or ends, a trial or a notice begins or ends, something stops
// being new, a list becomes current or stops being so, hours change. Weeks and
// lists of days ahead move on every day and do not count.
func nextChange(h *hub.Hub) civil.Date {
	c := change{today: h.Today}
	for _, e := range h.Editions {
		e.EachPage(c.page)
		for _, p := range e.Absent {
			if p.State == hub.Upcoming {
				c.begins(p.Published)
			}
		}
		c.notices(e.Site.Notices)
		for _, d := range e.Databases {
			c.ends(d.NewUntil)
			c.ends(d.Trial.Until)
			c.notices(d.Notices)
		}
		for _, a := range e.Awards {
			for _, l := range a.Lists {
				c.begins(l.Runs.From)
				c.ends(l.Runs.Until)
			}
		}
		for _, l := range e.Libraries {
			c.notices(l.Notices)
		}
	}
	for _, l := range h.Default().Libraries {
		c.begins(l.Hours.NextChange(l.Hours.Today()))
	}
	return c.next
}

// change looks for the earliest day after today.
type change struct {
	today, next civil.Date
}

// begins takes note of a day on which something begins.
func (c *change) begins(d civil.Date) {
	if d.After(c.today) && (c.next.IsZero() || d.Before(c.next)) {
		c.next = d
	}
}

// ends takes note of the last day of something: the text changes the day
// after.
func (c *change) ends(d civil.Date) { c.begins(d.AddDays(1)) }

func (c *change) page(p *hub.Page) { c.ends(p.Expires) }

func (c *change) notices(notices []hub.Notice) {
	for _, n := range notices {
		c.begins(n.When.From)
		c.ends(n.When.Until)
	}
}
