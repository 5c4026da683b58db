package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/twinshelf/twinshelf/internal/site"
)

func linksCommand(m machine) *cobra.Command {
	var (
		opts   site.LinksOptions
		now    nowFlag
		asJSON bool
	)
	cmd := &cobra.Command{
		Use:   "links",
		Short: "Report on the addresses outside of the site: which answer, which are dead",
		Long: `Links lists the addresses outside of the site that its pages show, by page and by library, and what is doubtful about them:
http, a session inside, two databases with one address, two proxies or none. With --external it also asks for each of them: one at a time for
each host with a pause between, without cookies, and for the bare target of what stands behind a library's proxy.

An address is ok, redirect (it answers at another address), failing, dead (it failed on three dates without a success between) or
could-not-tell (the server turns programs away: 401, 403, 429). What is learnt is kept in links-seen.json at the root, which belongs into git.
Whatever it finds, the status is 0. An interrupted run keeps what it learnt.`,
		Example: "  twinshelf links\n  twinshelf links --external --timeout 30s\n  twinshelf links --external --json",
		Args:    exactArgs(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			var err error
			if opts.Now, err = now.resolve(m); err != nil {
				return err
			}
			if opts.Timeout <= 0 {
				return usageError{fmt.Sprintf("--timeout %s is no time to wait", opts.Timeout), "write --timeout 20s"}
			}
			progress := newProgress(m, "addresses")
			opts.Progress = progress.show
			report, hidden, err := site.Links(cmd.Context(), opts)
			progress.clear()
			interrupted := errors.Is(err, context.Canceled) && report.Asked
			if err != nil && !interrupted {
				return err
			}
			if hidden > 0 {
				fmt.Fprintf(m.stderr, "the content has %s, so addresses may be missing here (twinshelf check)\n", count(hidden, "error"))
			}
			write := report.WriteText
			if asJSON {
				write = report.WriteJSON
			}
			if err := write(m.stdout); err != nil {
				return err
			}
			if interrupted {
				return errors.New("interrupted before all addresses were asked; links-seen.json keeps what was learnt")
			}
			return nil
		},
	}
	addRoot(cmd, &opts.Root)
	addNow(cmd, &now)
	f := cmd.Flags()
	f.BoolVar(&opts.External, "external", false, "ask for each address, politely")
	f.DurationVar(&opts.Timeout, "timeout", defaultTimeout, "how long to wait for one answer")
	f.BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

// defaultTimeout is how long a slow catalog may take.
const defaultTimeout = 20 * time.Second
