package civil

import "time"

// reach is further than any zone's clock ever was from UTC: what a clock in a
// zone shows as a given time happens within reach of that time in UTC.
const reach = 26 * 60 * 60

// At returns the instant at which a clock in loc shows the given time of the
// day; minutes may pass 24:00. Where the clock shows it twice (the hour that
// is doubled when summer time ends) it is the first; where the clock skips it,
// the time moves forward by the length of the gap: 02:30 becomes 03:30.
func (d Date) At(minutes int, loc *time.Location) time.Time {
	first, _ := d.wall(minutes, loc)
	return first
}

// AtLast is as [Date.At], but where the clock shows the time twice it is the
// second.
func (d Date) AtLast(minutes int, loc *time.Location) time.Time {
	_, last := d.wall(minutes, loc)
	return last
}

// wall returns the first and the last instant at which a clock in loc shows
// the time. It asks each period of one offset around that time, because
// [time.Date] does not say which instant it takes where there are two or none.
func (d Date) wall(minutes int, loc *time.Location) (first, last time.Time) {
	shown := int64(d.days-epoch)*86400 + int64(minutes)*60 // as if the clock were UTC's
	latest := time.Unix(shown+reach, 0)
	var skipped time.Time
	before := false // the clock reached the end of the last period before it showed the time
	for t := time.Unix(shown-reach, 0).In(loc); ; {
		start, end := t.ZoneBounds()
		_, offset := t.Zone()
		at := time.Unix(shown-int64(offset), 0).In(loc)
		starts := start.IsZero() || !at.Before(start)
		ends := !end.IsZero() && !at.Before(end)
		switch {
		case starts && !ends:
			if first.IsZero() {
				first = at
			}
			last = at
		case !starts && before && skipped.IsZero():
			// Neither the period before the change nor the one after shows
			// the time: the clock jumped over it here. The offset from before
			// the change moves it forward by just the gap.
			_, offset := start.Add(-1).Zone()
			skipped = time.Unix(shown-int64(offset), 0).In(loc)
		}
		before = ends
		if end.IsZero() || end.After(latest) {
			break
		}
		t = end
	}
	if first.IsZero() {
		return skipped, skipped
	}
	return first, last
}
