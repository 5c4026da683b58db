package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/twinshelf/twinshelf/internal/diag"
	"github.com/twinshelf/twinshelf/internal/hours"
	"github.com/twinshelf/twinshelf/internal/lang"
	"github.com/twinshelf/twinshelf/internal/site"
)

// hoursFlags are the flags of "hours".
type hoursFlags struct {
	root     string
	now      nowFlag
	from, to dateFlag
	at       nowFlag
	asJSON   bool
}

func hoursCommand(m machine) *cobra.Command {
	var f hoursFlags
	cmd := &cobra.Command{
		Use:   "hours LIBRARY",
		Short: "Print a library's opening hours, with the rule that decides each day",
		Long: `Hours prints today and the next seven days, or any range of days, as readers will see them, and the line of the file
that decides each day: a way to check a holiday before publishing it. With --at it tells whether the library is open at an instant.`,
		Example: "  twinshelf hours prairie-grove\n  twinshelf hours prairie-grove --from 2026-12-20 --to 2027-01-05\n  twinshelf hours prairie-grove --at 2026-12-24T17:55:00-06:00",
		Args:    exactArgs("LIBRARY"),
		RunE: func(cmd *cobra.Command, args []string) error {
			now, err := f.now.resolve(m)
			if err != nil {
				return err
			}
			l, words, findings, err := site.Hours(cmd.Context(), site.Options{Root: f.root, Now: now}, args[0])
			if err != nil {
				return err
			}
			if l == nil {
				return findingsOf(m, findings)
			}
			if f.at.text != "" {
				return f.printState(m, l, words)
			}
			return f.printDays(m, l, words)
		},
	}
	addRoot(cmd, &f.root)
	addNow(cmd, &f.now)
	cmd.Flags().Var(&f.from, "from", "the first day (default: today)")
	cmd.Flags().Var(&f.to, "to", "the last day (default: seven days after the first)")
	cmd.Flags().Var(&f.at, "at", "tell whether the library is open at this time")
	cmd.Flags().BoolVar(&f.asJSON, "json", false, "print JSON")
	return cmd
}

// findingsOf prints findings and ends the command with them.
func findingsOf(m machine, findings []diag.Finding) error {
	if err := diag.WriteText(m.stderr, findings); err != nil {
		return err
	}
	return errFindings
}

// daysJSON is what "hours --json" prints (contract, hours, section 7).
type daysJSON struct {
	ID       string      `json:"id"`
	Timezone string      `json:"timezone"`
	Days     []hours.Day `json:"days"`
}

func (f *hoursFlags) printDays(m machine, l *hours.Library, words *lang.Words) error {
	from, to := f.from.date, f.to.date
	if from.IsZero() {
		from = l.Today()
	}
	if to.IsZero() {
		to = from.AddDays(7)
	}
	if to.Before(from) {
		return usageError{fmt.Sprintf("--to %s is before --from %s", to, from), ""}
	}
	days := l.Days(from, to)
	if f.asJSON {
		return writeJSON(m, daysJSON{l.ID(), l.Zone().String(), days})
	}
	fmt.Fprintf(m.stdout, "%s, times in %s\n", l.ID(), l.Zone())
	for _, d := range days {
		line := fmt.Sprintf("%s %s  %-24s", d.Date, words.WeekdayShort(d.Date.Weekday()), words.DayHours(d))
		for _, extra := range []string{d.Reason, d.Note, because(d)} {
			if extra != "" {
				line += "  " + extra
			}
		}
		fmt.Fprintln(m.stdout, strings.TrimRight(line, " "))
	}
	return nil
}

// because names the line that decided a day.
func because(d hours.Day) string {
	what := ""
	switch d.By.Kind {
	case hours.NoSource:
		return "[no hours are given]"
	case hours.Unpublished:
		return "[outside the published period]"
	case hours.Regular:
		what = "regular week"
	case hours.Season:
		what = "season"
	case hours.ParentClosed:
		what = "its library is closed"
	case hours.DateRule:
		what = "date"
	case hours.YearlyDateRule:
		what = "date of every year"
	case hours.HolidayRule:
		what = "holiday"
	case hours.RangeRule:
		what = "range"
	case hours.YearlyRangeRule:
		what = "range of every year"
	}
	if d.By.Urgent {
		what = "urgent " + what
	}
	return fmt.Sprintf("[%s, %s:%d]", what, d.By.Pos.File, d.By.Pos.Line)
}

// stateJSON is what "hours --at --json" prints (contract, hours, section 6).
type stateJSON struct {
	ID       string  `json:"id"`
	At       string  `json:"at"`
	Status   string  `json:"status"`
	Until    *string `json:"until"`
	NextOpen *string `json:"next_open"`
	Text     string  `json:"text"`
}

func (f *hoursFlags) printState(m machine, l *hours.Library, words *lang.Words) error {
	at := f.at.moment.In(l.Zone())
	state := l.At(at)
	text := words.Status(at, state)
	if !f.asJSON {
		fmt.Fprintf(m.stdout, "%s at %s: %s\n", l.ID(), at.Format(time.RFC3339), text)
		return nil
	}
	return writeJSON(m, stateJSON{
		ID: l.ID(), At: at.Format(time.RFC3339), Status: state.Status.String(),
		Until: instant(state.Until, l.Zone()), NextOpen: instant(state.NextOpen, l.Zone()), Text: text,
	})
}

// instant formats an instant with the library's offset; nil for none.
func instant(t time.Time, zone *time.Location) *string {
	if t.IsZero() {
		return nil
	}
	s := t.In(zone).Format(time.RFC3339)
	return &s
}

func writeJSON[T any](m machine, value T) error {
	enc := json.NewEncoder(m.stdout)
	enc.SetEscapeHTML(false)
	return enc.Encode(value)
}
