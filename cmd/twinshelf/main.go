// Twinshelf makes one website for a school library and a public library from a
// folder of Markdown.
//
// This package is the command line: flags, printing, exit statuses. It is the
// only reader of the clock, the environment and the terminal; all else it
// hands to package site.
//
// Findings go to standard error, but for "check", whose product they are.
// Exit statuses: 0 good, 1 the content has mistakes, 2 wrong usage or trouble
// with the machine.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/twinshelf/twinshelf/internal/diag"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	status := run(ctx, os.Args[1:], machine{
		stdout: os.Stdout, stderr: os.Stderr,
		getenv: os.Getenv, clock: time.Now,
		terminal: isTerminal(os.Stderr),
		cache:    cacheFolder(), program: programFile(),
	})
	stop()
	os.Exit(status)
}

// machine is what the commands know of the world around them.
type machine struct {
	stdout, stderr io.Writer
	getenv         func(string) string
	clock          func() time.Time
	terminal       bool   // standard error is a terminal
	cache          string // the user's folder for what the program may forget; "" for none
	program        string // the file of the program; "" if not known
}

func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// errFindings ends a command whose findings have been printed with status 1.
var errFindings = errors.New("the content has mistakes")

// usageError is an error that the user mends on the command line.
type usageError struct {
	message string
	hint    string
}

func (e usageError) Error() string {
	if e.hint != "" {
		return e.message + " (" + e.hint + ")"
	}
	return e.message
}

// run executes one command line and returns the exit status.
func run(ctx context.Context, args []string, m machine) int {
	root := rootCommand(m)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errFindings):
		return 1
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(m.stderr, "twinshelf: interrupted; nothing was changed")
		return 2
	}
	fmt.Fprintln(m.stderr, "twinshelf:", err)
	return 2
}

func rootCommand(m machine) *cobra.Command {
	root := &cobra.Command{
		Use:           "twinshelf",
		Short:         "One website for a school library and a public library, from a folder of Markdown",
		SilenceErrors: true,
		SilenceUsage:  true,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return nil
			}
			return unknownCommand(cmd, args[0])
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetOut(m.stdout)
	root.SetErr(m.stderr)
	root.SetFlagErrorFunc(flagError)
	root.CompletionOptions.HiddenDefaultCmd = true
	root.AddCommand(
		buildCommand(m),
		checkCommand(m),
		serveCommand(m),
		hoursCommand(m),
		initCommand(m),
		newCommand(m),
		recordCommand(m),
		retireCommand(m),
		linksCommand(m),
		versionCommand(m),
	)
	root.InitDefaultHelpCmd()
	if help, _, err := root.Find([]string{"help"}); err == nil {
		help.Args = func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				if c, _, err := root.Find(args); err != nil || c == root {
					return unknownCommand(root, args[0])
				}
			}
			return nil
		}
	}
	return root
}

func unknownCommand(cmd *cobra.Command, name string) error {
	var names []string
	for _, c := range cmd.Commands() {
		if !c.Hidden {
			names = append(names, c.Name())
		}
	}
	return usageError{fmt.Sprintf("unknown command %q", name), diag.DidYouMean(name, names)}
}
