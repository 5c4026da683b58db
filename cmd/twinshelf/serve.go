package main

import (
	"context"
	"fmt"
	"io/fs"

	"github.com/spf13/cobra"

	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/publish"
	"github.com/twinshelf/twinshelf/internal/serve"
	"github.com/twinshelf/twinshelf/internal/site"
)

func serveCommand(m machine) *cobra.Command {
	var (
		opts   serve.Options
		now    nowFlag
		drafts bool
	)
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Show the site in a browser while you write",
		Long: `Serve shows the site at an address of this machine and shows every saved change at once; open pages reload by themselves.
Mistakes in the content appear in the browser and go when they are mended. Nothing is written. Control-C ends it.`,
		Example: "  twinshelf serve\n  twinshelf serve --drafts --addr 127.0.0.1:8000\n  twinshelf serve --poll 2s      (for a folder on a network)",
		Args:    exactArgs(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if opts.Poll < 0 {
				return usageError{fmt.Sprintf("--poll is %s, less than no time", opts.Poll), "write 1s or 500ms"}
			}
			fixed, err := now.resolve(m)
			if err != nil {
				return err
			}
			opts.Now = func() civil.Moment { return fixed }
			if now.text == "" && m.getenv("SOURCE_DATE_EPOCH") == "" {
				opts.Now = func() civil.Moment { return civil.Instant(m.clock()) }
			}
			defer limitGrowth(m, serveGrowth)()
			opts.Load = loadForServe(opts.Root, drafts)
			opts.Ready = func(address string) { fmt.Fprintln(m.stdout, address) }
			opts.Say = func(line string) { fmt.Fprintln(m.stderr, line) }
			return serve.Run(cmd.Context(), opts)
		},
	}
	addRoot(cmd, &opts.Root)
	addNow(cmd, &now)
	f := cmd.Flags()
	f.StringVar(&opts.Addr, "addr", "127.0.0.1:1313", "where to listen, HOST:PORT; without HOST on all interfaces")
	f.BoolVar(&drafts, "drafts", false, "show drafts too")
	f.DurationVar(&opts.Poll, "poll", 0, "look for changes this often instead of being told, for folders on a network")
	return cmd
}

// loadForServe returns the function with which serve loads the hub. What is
// parsed is kept from one load to the next.
func loadForServe(root string, drafts bool) func(context.Context, fs.FS, civil.Moment, func([]publish.Artifact)) (serve.Site, error) {
	var cache site.Cache
	return func(ctx context.Context, fsys fs.FS, now civil.Moment, early func([]publish.Artifact)) (serve.Site, error) {
		s, err := site.Load(ctx, site.Options{Root: root, FS: fsys, Now: now, Drafts: drafts, Cache: &cache, Early: early})
		if err != nil {
			return serve.Site{}, err
		}
		shown := serve.Site{Plan: s.Plan, Findings: s.Findings, Zones: s.Hub.Zones()}
		if u := s.Hub.Default().Site.URL; u != nil {
			shown.Base = u.Path
		}
		return shown, nil
	}
}
