package output

import (
	"bytes"
	"time"

	ics "github.com/arran4/golang-ical"

	"github.com/twinshelf/twinshelf/internal/hours"
	"github.com/twinshelf/twinshelf/internal/hub"
	"github.com/twinshelf/twinshelf/internal/publish"
)

// calendars plans the calendar of each library: its special days, to subscribe
// to. Calendars are in the default language.
func (p *planner) calendars() []publish.Artifact {
	var artifacts []publish.Artifact
	for _, l := range p.editions[0].Libraries {
		artifacts = append(artifacts, publish.Artifact{
			Path: filePath(calendarPath(l)), Source: l.File, Pos: l.Pos,
			Render: func(w *bytes.Buffer) error { return p.calendar(w, l) },
		})
	}
	return artifacts
}

// calendar writes an iCalendar file (RFC 5545) of all-day events.
func (p *planner) calendar(w *bytes.Buffer, l *hub.Library) error {
	e := p.editions[0]
	cal := ics.NewCalendar()
	cal.SetProductId("-//Twinshelf//Library hours//EN")
	cal.SetMethod(ics.MethodPublish)
	cal.SetCalscale("GREGORIAN")
	name := e.words.T("calendar-title", "library", l.Title)
	cal.SetName(name)
	cal.SetXWRCalName(name)
	cal.SetXWRTimezone(l.Hours.Zone().String())
	cal.SetRefreshInterval("P1D")
	cal.SetXPublishedTTL("P1D")
	if l.Listed() {
		for _, run := range p.specialDays(l) {
			e.addEvent(cal, l, run)
		}
	}
	return cal.SerializeTo(w, ics.WithNewLineWindows)
}

// addEvent adds a special run of days.
func (e *edition) addEvent(cal *ics.Calendar, l *hub.Library, run hours.Run) {
	event := cal.AddEvent(l.ID + "-" + run.From.String() + "@" + e.Site.URL.Hostname())
	// RFC 5545 wants to know when the event was made. The content does not say
	// so, and the time of the build would change the file every night.
	event.SetDtStampTime(run.From.At(0, time.UTC))
	event.SetAllDayStartAt(run.From.At(0, time.UTC))
	event.SetAllDayEndAt(run.Until.AddDays(1).At(0, time.UTC)) // the end is the day after (RFC 5545, 3.6.1)
	event.SetSummary(e.eventSummary(l, run.Day))
	if run.Day.Note != "" {
		event.SetDescription(run.Day.Note)
	}
	event.SetURL(e.absolute(l.Path) + "#special-days")
	event.SetTimeTransparency(ics.TransparencyTransparent)
}

// eventSummary is what a calendar shows of a special day.
func (e *edition) eventSummary(l *hub.Library, d hours.Day) string {
	var summary string
	switch d.Status {
	case hours.Open:
		summary = e.words.T("calendar-hours", "library", l.Title, "hours", e.words.DayHours(d))
	case hours.AllDay:
		summary = e.words.T("calendar-all-day", "library", l.Title)
	case hours.ByAppointment:
		summary = e.words.T("calendar-by-appointment", "library", l.Title)
	case hours.Unknown:
		summary = e.words.T("calendar-unknown", "library", l.Title)
	default:
		summary = e.words.T("calendar-closed", "library", l.Title)
	}
	if d.Reason != "" {
		summary += " (" + d.Reason + ")"
	}
	return summary
}
