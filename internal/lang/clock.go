package lang

import (
	"strconv"
	"strings"
	"time"

	"github.com/twinshelf/twinshelf/internal/hours"
)

const (
	noon     hours.Clock = 12 * 60
	midnight hours.Clock = 24 * 60
)

// Time writes a time of the day: "9am", "9:30am", "noon" and "midnight" with
// 12 hours, "9:00" with 24. A time past 24:00 is one of the next day; 24:00 is
// written as the end of a day.
func (w *Words) Time(c hours.Clock) string {
	if w.clock == Clock24 {
		if c > midnight {
			c -= midnight
		}
		return hourMinute(c/60, c%60)
	}
	switch c % midnight {
	case 0:
		return w.T("time-midnight")
	case noon:
		return w.T("time-noon")
	}
	key := "time-am"
	if c%midnight >= noon {
		key = "time-pm"
	}
	return w.T(key, "time", halfDay(c))
}

// halfDay writes a time without am or pm: "9", "9:30".
func halfDay(c hours.Clock) string {
	h, m := c/60%12, c%60
	if h == 0 {
		h = 12
	}
	if m == 0 {
		return strconv.Itoa(int(h))
	}
	return hourMinute(h, m)
}

func hourMinute(h, m hours.Clock) string {
	minutes := strconv.Itoa(int(m))
	if m < 10 {
		minutes = "0" + minutes
	}
	return strconv.Itoa(int(h)) + ":" + minutes
}

// At writes a time as when something happens: "at 9pm", "a las 21:00".
func (w *Words) At(c hours.Clock) string { return w.T(w.byHour("time-at", c), "time", w.Time(c)) }

// Until writes a time as the end of something: "until 9pm", "hasta las 21:00".
func (w *Words) Until(c hours.Clock) string {
	return w.T(w.byHour("time-until", c), "time", w.Time(c))
}

// byHour picks the form of a phrase: Spanish has the hour of one in the
// singular, a la 1:00, and no article before noon and midnight.
func (w *Words) byHour(key string, c hours.Clock) string {
	hour := c / 60 % 24
	switch {
	case w.clock == Clock12 && c%noon == 0:
		return key + "-named"
	case hour == 1, w.clock == Clock12 && hour == 13:
		return key + "-one"
	}
	return key
}

// Interval writes a time of opening: "9am–9pm", "1–5pm", "10am–noon".
func (w *Words) Interval(i hours.Interval) string {
	from := w.Time(i.From)
	if w.clock == Clock12 && shareHalf(i) {
		from = halfDay(i.From)
	}
	return w.T("time-range", "from", from, "to", w.Time(i.To))
}

// shareHalf reports whether one am or pm is enough for both ends of an
// interval, as for 1–5pm: what an author may write too. It is not enough with
// minutes at the beginning, nor for noon and midnight, which have words.
func shareHalf(i hours.Interval) bool {
	return i.From/noon == i.To/noon && i.From%60 == 0 && i.From%noon != 0 && i.To%noon != 0
}

// Intervals writes the times of opening of a day: "10am–noon, 1–5pm".
func (w *Words) Intervals(intervals []hours.Interval) string {
	if len(intervals) == 1 {
		return w.Interval(intervals[0])
	}
	parts := make([]string, len(intervals))
	for i, interval := range intervals {
		parts[i] = w.Interval(interval)
	}
	return strings.Join(parts, w.T("list-comma"))
}

// Zone names a time zone of the tz database: "Central time", and by its city
// where it has no name: "Berlin time". UTC is "UTC".
func (w *Words) Zone(zone *time.Location) string {
	name := zone.String()
	if key := zoneKey(name); key != "" {
		return w.T(key)
	}
	_, city, found := strings.Cut(name, "/")
	if !found {
		return name
	}
	if cut := strings.LastIndexByte(city, '/'); cut >= 0 {
		city = city[cut+1:]
	}
	return w.T("zone-city", "city", strings.ReplaceAll(city, "_", " "))
}

// zoneKey returns the word for a zone that people in the United States have a
// name for.
func zoneKey(name string) string {
	switch name {
	case "America/New_York", "America/Detroit", "America/Indiana/Indianapolis", "America/Kentucky/Louisville",
		"America/Kentucky/Monticello", "America/Indiana/Marengo", "America/Indiana/Petersburg", "America/Indiana/Vevay",
		"America/Indiana/Vincennes", "America/Indiana/Winamac", "America/Toronto", "US/Eastern", "US/Michigan", "US/East-Indiana", "EST5EDT":
		return "zone-eastern"
	case "America/Chicago", "America/Menominee", "America/Indiana/Knox", "America/Indiana/Tell_City", "America/North_Dakota/Center",
		"America/North_Dakota/New_Salem", "America/North_Dakota/Beulah", "America/Winnipeg", "US/Central", "CST6CDT":
		return "zone-central"
	case "America/Denver", "America/Boise", "America/Edmonton", "US/Mountain", "MST7MDT":
		return "zone-mountain"
	case "America/Phoenix", "US/Arizona", "MST":
		return "zone-arizona"
	case "America/Los_Angeles", "America/Vancouver", "US/Pacific", "PST8PDT":
		return "zone-pacific"
	case "America/Anchorage", "America/Juneau", "America/Sitka", "America/Metlakatla", "America/Nome", "America/Yakutat", "US/Alaska":
		return "zone-alaska"
	case "Pacific/Honolulu", "US/Hawaii", "HST":
		return "zone-hawaii"
	case "America/Puerto_Rico", "America/St_Thomas", "America/Halifax":
		return "zone-atlantic"
	}
	return ""
}
