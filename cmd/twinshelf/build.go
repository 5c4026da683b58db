package main

import (
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/twinshelf/twinshelf/internal/diag"
	"github.com/twinshelf/twinshelf/internal/site"
)

func buildCommand(m machine) *cobra.Command {
	var (
		opts    site.BuildOptions
		now     nowFlag
		noCache bool
		asJSON  bool
	)
	cmd := &cobra.Command{
		Use:   "build",
		Short: "Make the site",
		Long: `Build makes the whole site from content/, layouts/ and static/ and puts it in place in one step.
With a mistake in the content it writes nothing and ends with status 1: the site stays as it was.`,
		Example: "  twinshelf build\n  twinshelf build --out /srv/hub --base-url https://library.example.org/hub/",
		Args:    exactArgs(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			var err error
			if opts.Now, err = now.resolve(m); err != nil {
				return err
			}
			if opts.Out == "" {
				opts.Out = filepath.Join(opts.Root, "public")
			}
			if !noCache {
				opts.Builds = m.builds()
			}
			defer limitGrowth(m, buildGrowth)()
			progress := newProgress(m, "files")
			opts.Progress, opts.Waiting = progress.show, func() {
				fmt.Fprintln(m.stderr, "twinshelf: another build of this site is running; waiting for it to end")
			}
			begin := m.clock()
			report, err := site.Build(cmd.Context(), opts)
			progress.clear()
			if err := diag.WriteText(m.stderr, report.Findings); err != nil {
				return err
			}
			if err != nil {
				return err
			}
			last := m.stdout
			if asJSON {
				if err := writeChanges(m.stdout, report); err != nil {
					return err
				}
				last = m.stderr
			}
			if report.Failed {
				errors, warnings := diag.Count(report.Findings)
				fmt.Fprintf(m.stderr, "nothing was written: %s, %s\n", count(errors, "error"), count(warnings, "warning"))
				return errFindings
			}
			fmt.Fprintln(last, summary(report, opts.Out, m.clock().Sub(begin), opts.DryRun))
			return nil
		},
	}
	addRoot(cmd, &opts.Root)
	addNow(cmd, &now)
	f := cmd.Flags()
	f.StringVar(&opts.Out, "out", "", "the folder of the finished site (default: public under the root)")
	f.StringVar(&opts.BaseURL, "base-url", "", "the address that the site will have, instead of site.yaml's url")
	f.BoolVar(&opts.Drafts, "drafts", false, "build drafts too")
	f.BoolVar(&opts.Strict, "strict", false, "a warning is a mistake, but for those that time alone brings")
	f.BoolVar(&opts.DryRun, "dry-run", false, "say what a build would say and write nothing")
	f.BoolVar(&noCache, "no-cache", false, "neither read nor write the cache")
	f.BoolVar(&asJSON, "json", false, "print what was added, changed and removed as JSON")
	return cmd
}
