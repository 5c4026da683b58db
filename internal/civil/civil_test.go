package civil

import (
	"encoding/json"
	"testing"
	"time"
)

func TestDateAgreesWithTime(t *testing.T) {
	d := New(1, 1, 1)
	for at := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC); at.Year() < 3000; at = at.AddDate(0, 0, 1) {
		y, m, day := d.YMD()
		if ty, tm, td := at.Date(); y != ty || m != tm || day != td || d.Weekday() != at.Weekday() {
			t.Fatalf("%v: got %04d-%02d-%02d %v", at, y, m, day, d.Weekday())
		}
		d = d.AddDays(1)
	}
}

func TestParse(t *testing.T) {
	for _, c := range []struct {
		in, want string
		ok       bool
	}{
		{"2026-11-25", "2026-11-25", true},
		{"2028-02-29", "2028-02-29", true},
		{"2027-02-29", "", false},
		{"2026-11-31", "", false},
		{"2026-13-01", "", false},
		{"2026-1-5", "", false},
		{"2026/11/25", "", false},
		{"0000-01-01", "", false},
		{"11/25/2026", "", false},
		{"", "", false},
	} {
		got, err := Parse(c.in)
		if (err == nil) != c.ok || got.String() != c.want {
			t.Errorf("Parse(%q) = %q, %v; want %q", c.in, got, err, c.want)
		}
	}
}

func TestAddMonths(t *testing.T) {
	for _, c := range []struct {
		from   Date
		months int
		want   string
	}{
		{New(2028, 2, 29), 12, "2029-02-28"},
		{New(2027, 1, 31), 1, "2027-02-28"},
		{New(2027, 11, 23), 12, "2028-11-23"},
		{New(2027, 1, 15), -13, "2025-12-15"},
	} {
		if got := c.from.AddMonths(c.months); got.String() != c.want {
			t.Errorf("%v + %d months = %v, want %v", c.from, c.months, got, c.want)
		}
	}
}

func TestZeroDate(t *testing.T) {
	var none Date
	if none.String() != "" || !none.AddDays(3).IsZero() || !none.Before(New(1, 1, 1)) {
		t.Errorf("no date: %q, %v", none.String(), none.AddDays(3))
	}
	out, err := json.Marshal(map[string]Date{"a": none, "b": New(2026, 11, 3)})
	if err != nil || string(out) != `{"a":"","b":"2026-11-03"}` {
		t.Errorf("json: %s, %v", out, err)
	}
}

func TestMomentOfADateIsThatDayEverywhere(t *testing.T) {
	for _, zone := range []string{"Pacific/Auckland", "America/Chicago", "UTC"} {
		loc, err := time.LoadLocation(zone)
		if err != nil {
			t.Skip(err)
		}
		m := Start(New(2026, 11, 23))
		if got := m.In(loc).Format("2006-01-02 15:04"); got != "2026-11-23 00:00" {
			t.Errorf("%s: %s", zone, got)
		}
		instant := Instant(time.Date(2026, 11, 23, 23, 0, 0, 0, time.UTC))
		if got, want := instant.Date(loc), Of(instant.In(loc)); got != want {
			t.Errorf("%s: %v, want %v", zone, got, want)
		}
	}
}

func TestRange(t *testing.T) {
	r := Range{From: New(2026, 11, 1), Until: New(2026, 12, 15)}
	for _, c := range []struct {
		d    Date
		want bool
	}{{New(2026, 10, 31), false}, {New(2026, 11, 1), true}, {New(2026, 12, 15), true}, {New(2026, 12, 16), false}} {
		if got := r.Contains(c.d); got != c.want {
			t.Errorf("Contains(%v) = %v", c.d, got)
		}
	}
	if open := (Range{From: New(2026, 11, 1)}); !open.Contains(New(2999, 1, 1)) || open.IsZero() {
		t.Error("an open end ends")
	}
}
