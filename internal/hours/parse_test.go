package hours

import (
	"errors"
	"strings"
	"testing"
)

// TestParse has every form of section 1 of hours.md.
func TestParse(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, want string }{
		{"closed", "closed"}, {"CLOSED", "closed"}, {" Closed ", "closed"},
		{"24 hours", "24 hours"}, {"24 Hours", "24 hours"}, {"00:00-24:00", "24 hours"}, {"0:00 - 24:00", "24 hours"}, {"midnight-24:00", "24 hours"},
		{"by appointment", "by appointment"}, {"By  Appointment", "by appointment"},
		{"unknown", "unknown"},
		{"9am-5pm", "09:00-17:00"}, {"9 am - 5 pm", "09:00-17:00"}, {"9:30 am – noon", "09:30-12:00"}, {"9:30am–Noon", "09:30-12:00"},
		{"9 a.m.-5 p.m.", "09:00-17:00"}, {"9a.m. – 5P.M.", "09:00-17:00"}, {"9:00 am - 5:30 PM", "09:00-17:30"},
		{"09:00-17:30", "09:00-17:30"}, {"9:00-17:30", "09:00-17:30"}, {"09:00 – 17:30", "09:00-17:30"}, {"09:05\u00a0am-5pm", "09:05-17:00"},
		{"10am-12pm, 1pm-5pm", "10:00-12:00, 13:00-17:00"}, {"1pm-5pm,10am-noon", "10:00-12:00, 13:00-17:00"},
		{"9am-noon, noon-5pm", "09:00-12:00, 12:00-17:00"},
		{"6pm-midnight", "18:00-24:00"}, {"18:00-24:00", "18:00-24:00"}, {"18:00-00:00", "18:00-24:00"}, {"6pm-12am", "18:00-24:00"}, {"18:00-midnight", "18:00-24:00"},
		{"7pm-1am", "19:00-01:00"}, {"19:00-01:00", "19:00-01:00"}, {"10pm-9am", "22:00-09:00"},
		{"12am-5pm", "00:00-17:00"}, {"midnight-noon", "00:00-12:00"}, {"12pm-12:30pm", "12:00-12:30"},
		{"1-5pm", "13:00-17:00"}, {"9-11am", "09:00-11:00"}, {"12-5pm", "12:00-17:00"}, {"9–11 a.m.", "09:00-11:00"}, {"9-9:30am", "09:00-09:30"}, {"12-5am", "00:00-05:00"},
		{"9am-9pm (children's room until 6pm)", "09:00-21:00 (children's room until 6pm)"}, {"closed (call us)", "closed (call us)"},
		{"24 hours(ID (card) needed)", "24 hours (ID (card) needed)"}, {"by appointment ( call\nus )", "by appointment (call us)"},
		{"closed ()", "closed"},
	} {
		got, err := Parse(c.text)
		if err != nil || got.String() != c.want {
			t.Errorf("Parse(%q) = %q, %v; want %q", c.text, got, err, c.want)
		}
	}
}

// TestParseSaysHowToWriteIt has the mistakes that section 1 names, and slips
// that people make.
func TestParseSaysHowToWriteIt(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, hint string }{
		{"9-5", "write 9am-5pm"},
		{"9-5pm", "write 9am-5pm"},
		{"11-2pm", "write 11am-2pm"},
		{"9-12pm", "write 9am-noon"},
		{"10-12am", "write 10am-noon or 10pm-midnight"},
		{"9:00-5pm", "write 9am-5pm"},
		{"10-17:00", "write 10:00-17:00"},
		{"9am-17:00", "write 9am-5pm"},
		{"09:00-5pm", "write 9am-5pm"},
		{"1:30-5pm", "write 1:30pm-5pm"},
		{"1-5", "write 1pm-5pm"},
		{"9-17", "write 09:00-17:00"},
		{"9-12", "write 9am-noon"},
		{"9am-5", "write 9am-5pm"},
		{"9-noon", "write 9am-noon"},
		{"noon-5", "write noon-5pm"},
		{"10-2am", "write 10pm-2am"},
		{"8-8pm", "write 8am-8pm"},
		{"12-12pm", "write midnight-noon"},
		{"9am-9am", "write two different times"},
		{"00:00-00:00", "write 24 hours"},
		{"12am-midnight", "write 24 hours"},
		{"9am-1pm, noon-5pm", "write times that do not overlap, such as 9am-noon, 1pm-5pm"},
		{"9am-5pm, 9am-5pm", "write times that do not overlap, such as 9am-noon, 1pm-5pm"},
		{"24 hours, 9am-5pm", forms},
		{"9am—5pm", "write 9am-5pm"},
		{"9am to 5pm", "write 9am-5pm"},
		{"9.30am-5pm", "write 9:30am-5pm"},
		{"9a-5p", "write 9am-5pm"},
		{"9 am. - 5 pm.", "write 9am - 5pm"},
		{"0900-1700", "write 09:00-17:00"},
		{"9am-noon; 1pm-5pm", "write 9am-noon, 1pm-5pm"},
		{"9am-noon and 1pm-5pm", "write 9am-noon, 1pm-5pm"},
		{"9am-12 noon", "write 9am-noon"},
		{"9h30-17h", "write 9:30-17:00"},
		{"24h", "write 24 hours"},
		{"24/7", "write 24 hours"},
		{"by-appointment", "write by appointment"},
		{"Closed.", "write closed"},
		{"no", "write closed"},
		{"", forms},
		{"sometimes", forms},
		{"9am", forms},
		{"9am-5pm-7pm", forms},
		{"9am-25pm", "write 1am"},
		{"13pm-5pm", "write 1pm"},
		{"18:00-25:00", "write 01:00: an end before the start is on the next day"},
		{"24:00-06:00", "a day begins at 00:00"},
		{"9:75am-5pm", "minutes go from 00 to 59"},
		{"9am-99:00", "hours go from 00:00 to 24:00"},
		{"9am-5pm,", "leave out the comma, or write an interval on either side"},
		{"9am-5pm (call us", "end the note with )"},
		{"9am-noon (a), 1pm-5pm", "write the hours first and one note in brackets after them"},
		{"(call us)", forms},
		{"9am-5pm)", ""},
	} {
		v, err := Parse(c.text)
		var m *Mistake
		if !errors.As(err, &m) {
			t.Errorf("Parse(%q) = %q, want a mistake", c.text, v)
			continue
		}
		if m.Hint != c.hint {
			t.Errorf("Parse(%q): hint %q, want %q (%s)", c.text, m.Hint, c.hint, m.Message)
		}
	}
}

func TestParseDays(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ key, want string }{
		{"mon", "Mo"}, {"Monday", "Mo"}, {"mon-thu", "MoTuWeTh"}, {"fri-mon", "SuMoFrSa"}, {"MON – Wed", "MoTuWe"},
		{"mon, wed-fri", "MoWeThFr"}, {"daily", "SuMoTuWeThFrSa"}, {"Weekdays", "MoTuWeThFr"}, {"weekends", "SuSa"}, {"sun, weekdays", "SuMoTuWeThFr"},
		{"monday-friday", "MoTuWeThFr"}, {"sun-sat", "SuMoTuWeThFrSa"},
	} {
		set, m := parseDays(c.key)
		got := ""
		for d, in := range set {
			if in {
				got += "SuMoTuWeThFrSa"[2*d : 2*d+2]
			}
		}
		if m != nil || got != c.want {
			t.Errorf("%q: got %s, %v; want %s", c.key, got, m, c.want)
		}
	}
	for _, c := range []struct{ key, hint string }{
		{"mondy", `did you mean "monday"?`}, {"Saturday & Sunday", `write "saturday, sunday"`}, {"sat and sun", `write "sat, sun"`}, {"tues", `did you mean "tue"?`}, {"thurs", "write thu"}, {"weekday", `did you mean "weekdays"?`},
		{"mon, mon", "name each day once"}, {"mon-wed, tue", "name each day once"}, {"mon-mon", "write one day, or daily"},
		{"lunes", "write mon, tue, wed, thu, fri, sat or sun, a range like mon-thu, daily, weekdays or weekends"},
		{"mon,", "write a day such as mon"}, {"", "write a day such as mon"},
	} {
		_, m := parseDays(c.key)
		if m == nil || m.Hint != c.hint {
			t.Errorf("%q: got %v, want the hint %q", c.key, m, c.hint)
		}
	}
}

func TestParseDate(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, want string }{
		{"2026-11-25", "2026-11-25"}, {"12-24", "12-24"}, {"02-29", "02-29"}, {"2028-02-29", "2028-02-29"},
		{"2027-02-29", ""}, {"02-30", ""}, {"13-01", ""}, {"00-10", ""}, {"11-31", ""}, {"2026-11-31", ""}, {"soon", ""}, {"", ""},
	} {
		w, m := parseDate(c.text)
		got := w.full.String()
		if w.isYearly() {
			got = w.yearly.String()
		}
		if got != c.want || (m == nil) != (c.want != "") {
			t.Errorf("%q: got %q, %v; want %q", c.text, got, m, c.want)
		}
	}
	for _, c := range []struct{ text, hint string }{
		{"2026-1-5", "write 2026-01-05"}, {"11/25/2026", "write 2026-11-25"}, {"25.11.2026", "write 2026-11-25"}, {"2026/11/25", "write 2026-11-25"},
		{"12/24", "write 12-24"}, {"1-5", "write 01-05"}, {"--12-24", "write 12-24"}, {"5-Mar", ""},
	} {
		if _, m := parseDate(c.text); m == nil || m.Hint != c.hint {
			t.Errorf("%q: got %v, want the hint %q", c.text, m, c.hint)
		}
	}
}

// FuzzParse holds the law that what a value says is what its text form says,
// and that nothing an author writes makes the parser fail otherwise than by a
// mistake with a message.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"9am-5pm", "10am-12pm, 1pm-5pm (note (a))", "7pm-1am", "24 hours", "9-5", "10-12am", "closed ()", "9 a.m. – noon", "00:00-24:00", "18:00-25:00", "9am to 5pm; 6-7", "24/7", "(", "9–"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		v, err := Parse(text)
		if err != nil {
			if err.Error() == "" || strings.Contains(err.Error(), "write write") {
				t.Errorf("Parse(%q): message %q", text, err)
			}
			return
		}
		again, err := Parse(v.String())
		if err != nil || !again.Equal(v) {
			t.Errorf("Parse(%q) = %q, which reads as %q, %v", text, v, again, err)
		}
		var before Clock
		for _, i := range v.Intervals {
			if i.From < before || i.To <= i.From || i.From >= midnight || i.To-i.From > midnight {
				t.Errorf("Parse(%q) = %v", text, v.Intervals)
			}
			before = i.To
		}
	})
}

// FuzzKeys holds that keys and dates never make the parser fail otherwise than
// by a mistake.
func FuzzKeys(f *testing.F) {
	for _, s := range []string{"mon-thu", "fri–mon", "mon, wed-fri", "2026-11-25", "02-29", "11/25/2026", "1-5"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if set, m := parseDays(text); m == nil && set == (days{}) {
			t.Errorf("%q names no day", text)
		}
		if w, m := parseDate(text); m == nil && w.isYearly() == !w.full.IsZero() {
			t.Errorf("%q is %v", text, w)
		}
	})
}
