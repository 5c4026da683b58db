package main

import (
	"fmt"
	"io"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/twinshelf/twinshelf/internal/diag"
	"github.com/twinshelf/twinshelf/internal/site"
)

func checkCommand(m machine) *cobra.Command {
	var (
		opts   site.Options
		now    nowFlag
		strict bool
		format string
	)
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Report every mistake in the content",
		Long: `Check reads the whole hub and prints all findings, one on a line: FILE:LINE:COL: error: what is wrong (what to do) [rule].
It writes nothing. With --format github a code host shows the findings beside the lines.`,
		Args: exactArgs(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			write, err := findingWriter(format)
			if err != nil {
				return err
			}
			if opts.Now, err = now.resolve(m); err != nil {
				return err
			}
			findings, err := site.Check(cmd.Context(), opts)
			if err != nil {
				return err
			}
			if err := write(m.stdout, findings); err != nil {
				return err
			}
			if errors, warnings := diag.Count(findings); errors > 0 || strict && warnings > 0 {
				return errFindings
			}
			return nil
		},
	}
	addRoot(cmd, &opts.Root)
	addNow(cmd, &now)
	cmd.Flags().BoolVar(&strict, "strict", false, "a warning counts as a mistake")
	cmd.Flags().BoolVar(&opts.Untranslated, "untranslated", false, "warn also of each page that is not translated into one of the hub's languages")
	cmd.Flags().StringVar(&format, "format", "text", "text, json or github")
	return cmd
}

// findingWriter returns what prints findings in a format.
func findingWriter(format string) (func(io.Writer, []diag.Finding) error, error) {
	switch format {
	case "text":
		return diag.WriteText, nil
	case "json":
		return diag.WriteJSON, nil
	case "github":
		return diag.WriteGitHub, nil
	}
	return nil, usageError{fmt.Sprintf("unknown format %q", format), diag.DidYouMean(format, []string{"text", "json", "github"})}
}

func versionCommand(m machine) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the program's version",
		Args:  exactArgs(),
		RunE: func(*cobra.Command, []string) error {
			version := "(devel)"
			if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
				version = info.Main.Version
			}
			fmt.Fprintln(m.stdout, "twinshelf", version)
			return nil
		},
	}
}
