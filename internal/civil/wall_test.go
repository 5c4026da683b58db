package civil

import (
	"testing"
	"time"
	_ "time/tzdata"
)

func TestAtOnDaysWhenClocksChange(t *testing.T) {
	for _, c := range []struct {
		name, zone  string
		day         Date
		minutes     int
		first, last string
	}{
		{"a plain day", "America/Chicago", New(2026, 11, 25), 9 * 60, "2026-11-25T09:00:00-06:00", "2026-11-25T09:00:00-06:00"},
		{"past midnight", "America/Chicago", New(2026, 12, 31), 25 * 60, "2027-01-01T01:00:00-06:00", "2027-01-01T01:00:00-06:00"},
		{"a skipped time", "America/Chicago", New(2026, 3, 8), 2*60 + 30, "2026-03-08T03:30:00-05:00", "2026-03-08T03:30:00-05:00"},
		{"the first skipped minute", "America/Chicago", New(2026, 3, 8), 2 * 60, "2026-03-08T03:00:00-05:00", "2026-03-08T03:00:00-05:00"},
		{"after the gap", "America/Chicago", New(2026, 3, 8), 3 * 60, "2026-03-08T03:00:00-05:00", "2026-03-08T03:00:00-05:00"},
		{"a skipped time as a tail", "America/Chicago", New(2026, 3, 7), 26*60 + 30, "2026-03-08T03:30:00-05:00", "2026-03-08T03:30:00-05:00"},
		{"a doubled time", "America/Chicago", New(2026, 11, 1), 90, "2026-11-01T01:30:00-05:00", "2026-11-01T01:30:00-06:00"},
		{"the first doubled minute", "America/Chicago", New(2026, 11, 1), 60, "2026-11-01T01:00:00-05:00", "2026-11-01T01:00:00-06:00"},
		{"after the doubled hour", "America/Chicago", New(2026, 11, 1), 120, "2026-11-01T02:00:00-06:00", "2026-11-01T02:00:00-06:00"},
		{"midnight skipped", "America/Havana", New(2026, 3, 8), 0, "2026-03-08T01:00:00-04:00", "2026-03-08T01:00:00-04:00"},
		{"midnight doubled", "America/Havana", New(2026, 11, 1), 0, "2026-11-01T00:00:00-04:00", "2026-11-01T00:00:00-05:00"},
		{"half an hour skipped", "Australia/Lord_Howe", New(2026, 10, 4), 2*60 + 15, "2026-10-04T02:45:00+11:00", "2026-10-04T02:45:00+11:00"},
		{"a whole day skipped", "Pacific/Apia", New(2011, 12, 30), 10 * 60, "2011-12-31T10:00:00+14:00", "2011-12-31T10:00:00+14:00"},
		{"no changes ever", "UTC", New(2026, 3, 8), 150, "2026-03-08T02:30:00Z", "2026-03-08T02:30:00Z"},
		{"by the rule after the last listed change", "Europe/Berlin", New(2080, 3, 31), 150, "2080-03-31T03:30:00+02:00", "2080-03-31T03:30:00+02:00"},
	} {
		loc, err := time.LoadLocation(c.zone)
		if err != nil {
			t.Fatal(err)
		}
		first, last := c.day.At(c.minutes, loc).Format(time.RFC3339), c.day.AtLast(c.minutes, loc).Format(time.RFC3339)
		if first != c.first || last != c.last {
			t.Errorf("%s: got %s and %s, want %s and %s", c.name, first, last, c.first, c.last)
		}
	}
}
