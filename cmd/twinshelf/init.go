package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/twinshelf/twinshelf"
	"github.com/twinshelf/twinshelf/internal/diag"
	"github.com/twinshelf/twinshelf/internal/starter"
)

func initCommand(m machine) *cobra.Command {
	var empty bool
	cmd := &cobra.Command{
		Use:   "init [--empty] DIR",
		Short: "Start a hub in a new folder",
		Long: `Init fills a missing or empty folder with a hub that builds: a copy of the sample hub to change piece by piece,
or with --empty the smallest hub there is, one record of each kind. A publishing workflow comes with it.`,
		Example: "  twinshelf init my-hub\n  twinshelf init --empty my-hub",
		Args:    exactArgs("DIR"),
		RunE: func(_ *cobra.Command, args []string) error {
			files := starter.Empty()
			if !empty {
				var err error
				if files, err = starter.Sample(twinshelf.Sample); err != nil {
					return err
				}
			}
			err := starter.Init(args[0], files)
			if errors.Is(err, starter.ErrNotEmpty) {
				return usageError{err.Error(), "init wants a new folder; \"twinshelf new\" adds to a hub"}
			}
			if err != nil {
				return err
			}
			fmt.Fprintf(m.stdout, "%s holds a hub of %d files. Next: cd %s && twinshelf serve\n", args[0], len(files), args[0])
			return nil
		},
	}
	cmd.Flags().BoolVar(&empty, "empty", false, "the smallest hub, one record of each kind")
	return cmd
}

func newCommand(m machine) *cobra.Command {
	var root string
	cmd := &cobra.Command{
		Use:     "new database|library|award|guide ID",
		Short:   "Add a record: a database, library, award, guide or award list",
		Long:    "New writes the file of a fresh record, with its fields explained, and never overwrites one.\nAn award list is named by its award: new award-list bluestem/2027.",
		Example: "  twinshelf new database sora\n  twinshelf new award-list bluestem/2027",
		Args:    exactArgs("KIND", "ID"),
		RunE: func(_ *cobra.Command, args []string) error {
			kind, id := args[0], args[1]
			if err := checkNew(kind, id); err != nil {
				return err
			}
			if _, err := os.Stat(filepath.Join(root, "content")); err != nil {
				return usageError{fmt.Sprintf("there is no content/ folder in %q", root), "--root names the hub's folder"}
			}
			f := starter.New(kind, id)
			for _, place := range starter.Places(f) {
				if _, err := os.Lstat(filepath.Join(root, filepath.FromSlash(place))); err == nil {
					return usageError{place + " exists already; nothing was changed", ""}
				}
			}
			if err := starter.Write(root, f); err != nil {
				return err
			}
			fmt.Fprintln(m.stdout, f.Path)
			return nil
		},
	}
	addRoot(cmd, &root)
	return cmd
}

// checkNew judges the words after "new".
func checkNew(kind, id string) error {
	if !slices.Contains(starter.Kinds(), kind) {
		return usageError{fmt.Sprintf("unknown kind of record %q", kind), diag.DidYouMean(kind, starter.Kinds())}
	}
	parts := []string{id}
	if kind == "award-list" {
		if parts = strings.Split(id, "/"); len(parts) != 2 {
			return usageError{fmt.Sprintf("%q does not name an award and its list", id), "write AWARD/LIST, for example bluestem/2027"}
		}
	}
	for _, part := range parts {
		if strings.Trim(part, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" || part == "" {
			return usageError{fmt.Sprintf("%q cannot be an ID", part), "lower-case letters, digits and hyphens"}
		}
		if part == "index" || kind == "database" && slices.Contains(starter.ReservedDatabases(), part) {
			return usageError{fmt.Sprintf("%q is a reserved name", part), "choose another"}
		}
	}
	return nil
}
