package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/diag"
)

// flagError words a mistake in the flags, with the flag that was meant.
func flagError(cmd *cobra.Command, err error) error {
	message := err.Error()
	if name, ok := strings.CutPrefix(message, "unknown flag: --"); ok {
		var names []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, "--"+f.Name) })
		return usageError{
			fmt.Sprintf("unknown flag %q of %s", "--"+name, cmd.CommandPath()),
			diag.DidYouMean("--"+name, names),
		}
	}
	return usageError{message: message, hint: fmt.Sprintf("%s --help shows the flags", cmd.CommandPath())}
}

// exactArgs asks for the arguments that the usage line names.
func exactArgs(names ...string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) < len(names):
			return usageError{"missing " + names[len(args)], "usage: " + cmd.UseLine()}
		case len(args) > len(names):
			return usageError{fmt.Sprintf("unexpected argument %q", args[len(names)]), "usage: " + cmd.UseLine()}
		}
		return nil
	}
}

// nowFlag is the value of --now. Its zero value asks SOURCE_DATE_EPOCH, then
// the clock.
type nowFlag struct {
	text   string
	moment civil.Moment
}

var _ pflag.Value = (*nowFlag)(nil)

func (f *nowFlag) String() string { return f.text }

func (f *nowFlag) Type() string { return "TIME" }

// Set reads a date or an RFC 3339 time.
func (f *nowFlag) Set(text string) error {
	if d, err := civil.Parse(text); err == nil {
		f.text, f.moment = text, civil.Start(d)
		return nil
	}
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return fmt.Errorf("write a date like 2026-11-23 or a time like 2026-11-23T09:00:00-06:00")
	}
	f.text, f.moment = text, civil.Instant(t)
	return nil
}

// resolve returns the moment that the program takes for now.
func (f *nowFlag) resolve(m machine) (civil.Moment, error) {
	if f.text != "" {
		return f.moment, nil
	}
	epoch := m.getenv("SOURCE_DATE_EPOCH") // reproducible-builds.org/specs/source-date-epoch
	if epoch == "" {
		return civil.Instant(m.clock()), nil
	}
	seconds, err := strconv.ParseInt(epoch, 10, 64)
	if err != nil {
		return civil.Moment{}, usageError{fmt.Sprintf("SOURCE_DATE_EPOCH is %q, not a number of seconds", epoch), ""}
	}
	return civil.Instant(time.Unix(seconds, 0).UTC()), nil
}

// dateFlag is a day given on the command line; zero if it is not given.
type dateFlag struct{ date civil.Date }

var _ pflag.Value = (*dateFlag)(nil)

func (f *dateFlag) String() string { return f.date.String() }

func (f *dateFlag) Type() string { return "DATE" }

// Set reads a date.
func (f *dateFlag) Set(text string) error {
	d, err := civil.Parse(text)
	f.date = d
	return err
}

func addRoot(cmd *cobra.Command, root *string) {
	cmd.Flags().StringVar(root, "root", ".", "the folder that holds content/, layouts/ and static/")
}

func addNow(cmd *cobra.Command, now *nowFlag) {
	cmd.Flags().Var(now, "now", "take this for now: a date or an RFC 3339 time (default: SOURCE_DATE_EPOCH, then the clock)")
}
