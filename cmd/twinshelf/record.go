package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/twinshelf/twinshelf/internal/diag"
	"github.com/twinshelf/twinshelf/internal/site"
)

func recordCommand(m machine) *cobra.Command {
	var (
		opts site.Options
		now  nowFlag
	)
	cmd := &cobra.Command{
		Use:   "record",
		Short: "Add new addresses to the ledger",
		Long: `Record adds every address that the site has to content/links.lock, the ledger of addresses that last, and puts its lines in order.
It belongs into the publishing recipe, after the build. With a mistake in the content it writes nothing and ends with status 1.`,
		Args: exactArgs(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			var err error
			if opts.Now, err = now.resolve(m); err != nil {
				return err
			}
			result, err := site.Record(cmd.Context(), opts)
			if err := diag.WriteText(m.stderr, result.Findings); err != nil {
				return err
			}
			if err != nil {
				return err
			}
			if result.Failed {
				fmt.Fprintln(m.stderr, "nothing was recorded")
				return errFindings
			}
			fmt.Fprintf(m.stdout, "content/links.lock: %d added, %s in all\n", result.Added, count(result.Total, "address"))
			return nil
		},
	}
	addRoot(cmd, &opts.Root)
	addNow(cmd, &now)
	return cmd
}

func retireCommand(m machine) *cobra.Command {
	var (
		opts       site.Options
		to, reason string
	)
	cmd := &cobra.Command{
		Use:   "retire ADDRESS",
		Short: "Give an address up: it keeps a page that says so",
		Long: `Retire notes in content/retired.yaml that an address was given up. The address keeps a page that says so and where to go instead.
To retire a page retires all that belongs to it. /awards/AWARD/LIST/#book retires a book; quote it, or the shell takes # for a comment.`,
		Example: `  twinshelf retire /databases/bookflix/ --to /databases/sora/ --reason "We cancelled it."`,
		Args:    exactArgs("ADDRESS"),
		RunE: func(cmd *cobra.Command, args []string) error {
			var err error
			if opts.Now, err = (&nowFlag{}).resolve(m); err != nil {
				return err
			}
			address, err := site.Retire(cmd.Context(), opts, args[0], to, reason)
			if wrong := (*site.RetireError)(nil); errors.As(err, &wrong) {
				return usageError{message: wrong.Message}
			}
			if err != nil {
				return err
			}
			fmt.Fprintln(m.stdout, "content/retired.yaml:", address)
			return nil
		},
	}
	addRoot(cmd, &opts.Root)
	cmd.Flags().StringVar(&to, "to", "", "the address where readers should go instead")
	cmd.Flags().StringVar(&reason, "reason", "", "why, in a sentence that readers see")
	return cmd
}
