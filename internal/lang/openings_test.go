package lang

import (
	"strings"
	"testing"
	"time"

	"github.com/twinshelf/twinshelf/internal/hours"
)

func clock(t testing.TB, s string) hours.Clock {
	t.Helper()
	var h, m int
	for i, part := range strings.Split(s, ":") {
		n := 0
		for _, r := range part {
			n = n*10 + int(r-'0')
		}
		if i == 0 {
			h = n
		} else {
			m = n
		}
	}
	return hours.Clock(h*60 + m)
}

func open(t testing.TB, intervals ...string) hours.Value {
	t.Helper()
	v := hours.Value{Status: hours.Open}
	for _, s := range intervals {
		from, to, _ := strings.Cut(s, "-")
		v.Intervals = append(v.Intervals, hours.Interval{From: clock(t, from), To: clock(t, to)})
	}
	return v
}

func TestTimes(t *testing.T) {
	t.Parallel()
	en, es := words(t, "en"), words(t, "es")
	for _, test := range []struct{ clock, en, at, es, alas string }{
		{"9:00", "9am", "at 9am", "9:00", "a las 9:00"},
		{"9:30", "9:30am", "at 9:30am", "9:30", "a las 9:30"},
		{"12:00", "noon", "at noon", "12:00", "a las 12:00"},
		{"12:30", "12:30pm", "at 12:30pm", "12:30", "a las 12:30"},
		{"13:05", "1:05pm", "at 1:05pm", "13:05", "a las 13:05"},
		{"0:00", "midnight", "at midnight", "0:00", "a las 0:00"},
		{"24:00", "midnight", "at midnight", "24:00", "a las 24:00"},
		{"0:15", "12:15am", "at 12:15am", "0:15", "a las 0:15"},
		{"25:00", "1am", "at 1am", "1:00", "a la 1:00"},
	} {
		c := clock(t, test.clock)
		for _, pair := range [][2]string{{en.Time(c), test.en}, {en.At(c), test.at}, {es.Time(c), test.es}, {es.At(c), test.alas}} {
			if pair[0] != pair[1] {
				t.Errorf("%s: got %q, want %q", test.clock, pair[0], pair[1])
			}
		}
	}
}

func TestHours(t *testing.T) {
	t.Parallel()
	en, es := words(t, "en"), words(t, "es")
	for _, test := range []struct {
		value  hours.Value
		en, es string
	}{
		{open(t, "9:00-21:00"), "9am–9pm", "9:00–21:00"},
		{open(t, "10:00-12:00", "13:00-17:00"), "10am–noon, 1–5pm", "10:00–12:00, 13:00–17:00"},
		{open(t, "9:00-11:30"), "9–11:30am", "9:00–11:30"},
		{open(t, "12:00-17:00"), "noon–5pm", "12:00–17:00"},
		{open(t, "12:30-17:00"), "12:30pm–5pm", "12:30–17:00"},
		{open(t, "18:00-24:00"), "6pm–midnight", "18:00–24:00"},
		{open(t, "0:00-6:00"), "midnight–6am", "0:00–6:00"},
		{open(t, "19:00-25:00"), "7pm–1am", "19:00–1:00"},
		{open(t, "1:00-25:30"), "1am–1:30am", "1:00–1:30"},
		{hours.Value{Status: hours.Closed}, "closed", "cerrado"},
		{hours.Value{Status: hours.AllDay, Intervals: open(t, "0:00-24:00").Intervals}, "open 24 hours", "abierto las 24 horas"},
		{hours.Value{Status: hours.ByAppointment}, "by appointment", "con cita previa"},
		{hours.Value{}, "hours not known", "horario desconocido"},
	} {
		if got := en.Hours(test.value); got != test.en {
			t.Errorf("%v in English: got %q, want %q", test.value, got, test.en)
		}
		if got := es.Hours(test.value); got != test.es {
			t.Errorf("%v in Spanish: got %q, want %q", test.value, got, test.es)
		}
	}
	unpublished := hours.Day{By: &hours.Source{Kind: hours.Unpublished}}
	if got := en.DayHours(unpublished); got != "not published yet" {
		t.Errorf("beyond the published period: %q", got)
	}
	if got := en.DayHours(hours.Day{Status: hours.Closed, By: &hours.Source{Kind: hours.Regular}}); got != "closed" {
		t.Errorf("a closed day: %q", got)
	}
}

func TestIntervalsInWordsReadBack(t *testing.T) {
	t.Parallel()
	en, es := words(t, "en"), words(t, "es")
	for from := hours.Clock(0); from < 24*60; from += 45 {
		for to := from + 30; to < from+24*60 && to <= 48*60; to += 75 {
			value := hours.Value{Status: hours.Open, Intervals: []hours.Interval{{From: from, To: to}}}
			for _, w := range []*Words{en, es} {
				read, err := hours.Parse(w.Hours(value))
				if err != nil || !read.Equal(value) {
					t.Fatalf("%v is written %q, which reads back as %v (%v)", value, w.Hours(value), read, err)
				}
			}
		}
	}
}

func TestRegularWeek(t *testing.T) {
	t.Parallel()
	closed := hours.Value{Status: hours.Closed}
	long, short := open(t, "9:00-21:00"), open(t, "9:00-18:00")
	for name, test := range map[string]struct {
		week   [7]hours.Value // from Sunday
		en, es string
	}{
		"a usual week":     {[7]hours.Value{closed, long, long, long, long, short, closed}, "Mon–Thu 9am–9pm; Fri 9am–6pm; Sat, Sun closed", "Lun–jue 9:00–21:00; Vie 9:00–18:00; Sáb, dom cerrado"},
		"every day":        {[7]hours.Value{long, long, long, long, long, long, long}, "Every day 9am–9pm", "Todos los días 9:00–21:00"},
		"days that differ": {[7]hours.Value{closed, long, short, long, short, short, short}, "Mon 9am–9pm; Tue 9am–6pm; Wed 9am–9pm; Thu–Sat 9am–6pm; Sun closed", "Lun 9:00–21:00; Mar 9:00–18:00; Mié 9:00–21:00; Jue–sáb 9:00–18:00; Dom cerrado"},
	} {
		for lang, want := range map[string]string{"en": test.en, "es": test.es} {
			var lines []string
			for _, l := range words(t, lang).RegularWeek(test.week) {
				lines = append(lines, l.Days+" "+l.Hours)
			}
			if got := strings.Join(lines, "; "); got != want {
				t.Errorf("%s in %s: got %q, want %q", name, lang, got, want)
			}
		}
	}
}

func TestStatus(t *testing.T) {
	t.Parallel()
	chicago, err := hours.Zone("America/Chicago")
	if err != nil {
		t.Fatal(err)
	}
	at := func(s string) time.Time {
		if s == "" {
			return time.Time{}
		}
		when, err := time.ParseInLocation("2006-01-02 15:04", s, chicago)
		if err != nil {
			t.Fatal(err)
		}
		return when
	}
	for _, test := range []struct {
		status           hours.Status
		at, until, opens string
		en, es           string
	}{
		{hours.Open, "2026-11-23 10:00", "2026-11-23 21:00", "2026-11-24 09:00", "open until 9pm", "abierto hasta las 21:00"},
		{hours.Open, "2026-11-23 23:00", "2026-11-24 01:00", "", "open until 1am", "abierto hasta la 1:00"},
		{hours.Open, "2026-11-23 10:00", "2027-01-04 09:00", "", "open until Monday, January 4, 2027 at 9am", "abierto hasta el lunes, 4 de enero de 2027 a las 9:00"},
		{hours.Open, "2026-11-23 10:00", "", "", "open", "abierto"},
		{hours.Closed, "2026-11-23 08:00", "2026-11-23 09:00", "2026-11-23 09:00", "closed, opens at 9am", "cerrado, abre a las 9:00"},
		{hours.Closed, "2026-11-28 19:00", "2026-11-30 09:00", "2026-11-30 09:00", "closed, opens Monday at 9am", "cerrado, abre el lunes a las 9:00"},
		{hours.Closed, "2026-11-23 19:00", "2026-11-30 09:00", "2026-11-30 12:00", "closed until Monday, November 30 at noon", "cerrado hasta el lunes, 30 de noviembre a las 12:00"},
		{hours.Closed, "2026-12-24 14:00", "", "2027-01-04 09:00", "closed until Monday, January 4, 2027 at 9am", "cerrado hasta el lunes, 4 de enero de 2027 a las 9:00"},
		{hours.Closed, "2026-12-24 14:00", "", "", "closed", "cerrado"},
		{hours.ByAppointment, "2026-12-24 14:00", "", "", "by appointment", "con cita previa"},
		{hours.Unknown, "2026-12-24 14:00", "", "", "hours not published yet", "horario aún no publicado"},
	} {
		now, state := at(test.at), hours.State{Status: test.status, Until: at(test.until), NextOpen: at(test.opens)}
		if got := words(t, "en").Status(now, state); got != test.en {
			t.Errorf("%s at %s: got %q, want %q", test.status, test.at, got, test.en)
		}
		if got := words(t, "es").Status(now, state); got != test.es {
			t.Errorf("%s at %s: got %q, want %q", test.status, test.at, got, test.es)
		}
	}
}

func TestZones(t *testing.T) {
	t.Parallel()
	for name, want := range map[string][2]string{
		"America/Chicago":                {"Central time", "hora del Centro"},
		"America/New_York":               {"Eastern time", "hora del Este"},
		"America/Phoenix":                {"Arizona time", "hora de Arizona"},
		"America/Argentina/Buenos_Aires": {"Buenos Aires time", "hora de Buenos Aires"},
		"Europe/Berlin":                  {"Berlin time", "hora de Berlin"},
		"UTC":                            {"UTC", "UTC"},
	} {
		zone, err := hours.Zone(name)
		if err != nil {
			t.Fatal(err)
		}
		if got := words(t, "en").Zone(zone); got != want[0] {
			t.Errorf("%s: got %q, want %q", name, got, want[0])
		}
		if got := words(t, "es").Zone(zone); got != want[1] {
			t.Errorf("%s: got %q, want %q", name, got, want[1])
		}
	}
}

func TestHolidays(t *testing.T) {
	t.Parallel()
	en, es := words(t, "en"), words(t, "es")
	for english, spanish := range map[string]string{
		"Thanksgiving Day":            "Día de Acción de Gracias",
		"Martin Luther King Jr. Day":  "Día de Martin Luther King Jr.",
		"Independence Day (observed)": "Día de la Independencia (observado)",
		"Day after Thanksgiving Day":  "Día de Acción de Gracias (día después)",
		"3 days before Easter":        "Domingo de Pascua (3 días antes)",
		"Day before New Year's Day":   "Año Nuevo (día antes)",
		"Indigenous Peoples' Day":     "Día de los Pueblos Indígenas",
	} {
		if got, ok := es.Holiday(english); !ok || got != spanish {
			t.Errorf("%s: got %q, want %q", english, got, spanish)
		}
		if got, ok := en.Holiday(english); !ok || got != english {
			t.Errorf("%s in English is %q", english, got)
		}
	}
	for _, reason := range []string{"Snow day", "", "3 days after the fair", "Day after tomorrow", "Thanksgiving day!", "Day before", "x days after Easter"} {
		if got, ok := es.Holiday(reason); ok && reason != "Thanksgiving day!" {
			t.Errorf("%q is the holiday %q", reason, got)
		}
	}
	for _, key := range holidayKeys() {
		if en.T(key) == key {
			t.Errorf("there is no word %s", key)
		}
	}
}
