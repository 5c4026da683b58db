package site

import (
	"context"

	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/diag"
	"github.com/twinshelf/twinshelf/internal/markdown"
	"github.com/twinshelf/twinshelf/internal/publish"
)

// BuildOptions say what to build and where to.
type BuildOptions struct {
	Options
	Out    string  // required
	Strict bool    // warnings count as errors, but for those that time alone brings
	DryRun bool    // write nothing
	Builds *Builds // what is remembered of finished builds; nil to make everything anew and remember nothing

	Progress func(done, total int) // called now and then from several goroutines; nil for nobody
	Waiting  func()                // called once if another build holds the output folder; nil for nobody
}

// textsInMemory is how many bytes of texts a build keeps in memory: those of some
// hundred records. The rest waits in a temporary file.
const textsInMemory = 2 << 20

// Report tells what a build did.
type Report struct {
	Findings                []diag.Finding
	Failed                  bool // the findings kept the site from being written
	Added, Changed, Removed []string
	Pages                   int
	Files                   int
	Bytes                   int64
	NextChange              civil.Date // when the site's text next changes by itself; zero if never
	Unrecorded              int        // addresses that the ledger lacks
}

// Build builds a site. With errors among the findings it writes nothing. What
// is remembered of the last build is taken for the result if nothing changed
// since.
func Build(ctx context.Context, opts BuildOptions) (Report, error) {
	if err := publish.CheckOut(opts.Root, opts.Out); err != nil {
		return Report{}, err
	}
	var known *build
	if opts.Builds != nil {
		if b, ok := opts.Builds.of(ctx, opts); ok {
			known = &b
			if report, ok := b.recall(ctx); ok {
				report.Failed = opts.Strict && strictlyFailed(report.Findings)
				return report, nil
			}
		}
	}
	if opts.Shelf == nil {
		opts.Shelf = markdown.NewShelf(textsInMemory)
		defer opts.Shelf.Close()
	}
	s, err := Load(ctx, opts.Options)
	if err != nil {
		return Report{}, err
	}
	report := Report{Findings: s.Findings, Failed: s.Failed() || opts.Strict && strictlyFailed(s.Findings)}
	if report.Failed {
		return report, nil
	}
	result, err := publish.Dir(ctx, s.Plan, publish.DirOptions{Out: opts.Out, DryRun: opts.DryRun, Waiting: opts.Waiting, Progress: opts.Progress})
	if err != nil {
		return report, err
	}
	report.Added, report.Changed, report.Removed = result.Added, result.Changed, result.Removed
	report.Files, report.Bytes = len(result.Files)+1, result.Bytes
	for i := range s.Plan.Artifacts {
		if s.Plan.Artifacts[i].Page != nil {
			report.Pages++
		}
	}
	report.Unrecorded = s.Hub.Ledger.Lacks(s.Promised)
	report.NextChange = nextChange(s.Hub)
	if known != nil && !opts.DryRun {
		known.remember(ctx, s.Hub, report, result.Files)
	}
	return report, nil
}

// strictlyFailed reports whether a warning stands among the findings that time
// alone does not bring.
func strictlyFailed(findings []diag.Finding) bool {
	for _, f := range findings {
		if !f.Timely {
			return true
		}
	}
	return false
}
