package hours

import (
	"slices"
	"time"

	"github.com/twinshelf/twinshelf/internal/civil"
)

// Opening is a time during which a library is open: from From until just
// before To.
type Opening struct{ From, To time.Time }

// State is what an instant is for readers (section 6).
type State struct {
	Status   Status    // Open, Closed, ByAppointment or Unknown
	Until    time.Time // when Status next changes; zero if it does not within the published period
	NextOpen time.Time // when the library opens next after the instant, also while it is open; zero if it does not
}

// Openings returns the openings that begin on a day as instants in the
// library's zone; none outside the published period. An opening in a doubled
// hour means the first, a closing the last; a skipped time moves forward, and
// what would then end before it starts is none.
func (l *Library) Openings(d civil.Date) []Opening {
	day := l.Day(d)
	if len(day.Intervals) == 0 {
		return nil
	}
	openings := make([]Opening, 0, len(day.Intervals))
	for _, i := range day.Intervals {
		o := Opening{d.At(int(i.From), l.zone), d.AtLast(int(i.To), l.zone)}
		if o.From.Before(o.To) {
			openings = append(openings, o)
		}
	}
	return openings
}

// At returns what an instant is.
func (l *Library) At(t time.Time) State {
	t = t.In(l.zone)
	state := State{Status: l.statusAt(t)}
	state.Until = l.nextChange(t, state.Status)
	state.NextOpen = l.nextOpening(t)
	return state
}

// statusAt asks the days around the instant for their openings: a tail past
// midnight belongs to the day before, and where clocks are put back over
// midnight a day may begin twice.
func (l *Library) statusAt(t time.Time) Status {
	today := civil.Of(t.In(l.zone))
	for d := today.AddDays(-2); !d.After(today.AddDays(1)); d = d.AddDays(1) {
		for _, o := range l.Openings(d) {
			if !t.Before(o.From) && t.Before(o.To) {
				return Open
			}
		}
	}
	return l.Day(today).outsideOpenings()
}

// outsideOpenings is the status of the instants of a day at which the library
// is not open.
func (d Day) outsideOpenings() Status {
	if d.Status == Open || d.Status == AllDay {
		return Closed
	}
	return d.Status
}

// nextChange returns the first instant after t at which the status is another.
// The end of the published period is none: after it only the tail of its last
// day still ends.
func (l *Library) nextChange(t time.Time, status Status) time.Time {
	end := l.through.AddDays(1).At(0, l.zone)
	last := l.soughtUntil(t).AddDays(2)
	for d := later(civil.Of(t).AddDays(-1), l.from.AddDays(-1)); !d.After(last); d = d.AddDays(1) {
		if l.isQuiet(d, status) {
			continue
		}
		for _, at := range l.turns(d) {
			if !at.After(t) || l.statusAt(at) == status {
				continue
			}
			if at.Before(end) || at.After(end) && l.statusAt(at.Add(-1)) == Open {
				return at
			}
		}
	}
	return time.Time{}
}

// soughtUntil is the last day on which a change after an instant is looked for.
func (l *Library) soughtUntil(t time.Time) civil.Date {
	return l.foreseen(later(civil.Of(t), l.from))
}

// isQuiet reports whether nothing can change on a day, because it and its
// neighbours are open day and night or have no openings and the status given:
// that spares a long closure the search.
func (l *Library) isQuiet(d civil.Date, status Status) bool {
	for n := -2; n <= 1; n++ {
		if status == Open {
			if l.Day(d.AddDays(n)).Status != AllDay {
				return false
			}
			continue
		}
		if day := l.Day(d.AddDays(n)); len(day.Intervals) > 0 || n >= 0 && day.Status != status {
			return false
		}
	}
	return true
}

// turns returns the instants of a day, in order, at which the status may
// change: its midnight, and the ends of openings.
func (l *Library) turns(d civil.Date) []time.Time {
	start, end := d.At(0, l.zone), d.AddDays(1).At(0, l.zone)
	turns := []time.Time{start}
	for n := -2; n <= 1; n++ {
		for _, o := range l.Openings(d.AddDays(n)) {
			for _, at := range []time.Time{o.From, o.To} {
				if !at.Before(start) && at.Before(end) {
					turns = append(turns, at)
				}
			}
		}
	}
	slices.SortFunc(turns, time.Time.Compare)
	return turns
}

// nextOpening returns the first opening that begins after t. Openings that
// touch are one.
func (l *Library) nextOpening(t time.Time) time.Time {
	last := l.soughtUntil(t)
	for d := later(civil.Of(t).AddDays(-1), l.from); !d.After(last); d = d.AddDays(1) {
		for _, o := range l.Openings(d) {
			if o.From.After(t) && l.statusAt(o.From.Add(-1)) != Open {
				return o.From
			}
		}
	}
	return time.Time{}
}
