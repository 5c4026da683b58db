package site

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/twinshelf/twinshelf/internal/content"
	"github.com/twinshelf/twinshelf/internal/diag"
	"github.com/twinshelf/twinshelf/internal/linkcheck"
)

// seenFile is the memory of what outside addresses answered.
const seenFile = "links-seen.json"

// LinksOptions say how to look at the outside addresses of a hub.
type LinksOptions struct {
	Options
	External bool                  // ask for them; else only what is known without asking
	Timeout  time.Duration         // for one request; zero means 20 seconds
	Progress func(done, total int) // called after each address from several goroutines; nil for nobody
}

// Links returns what is known of the outside addresses of a hub, and how many
// errors of the content may hide further ones. With External it asks for them
// and keeps what it learnt in links-seen.json at the root. If ctx ends before
// all are asked, the error says so; what was learnt until then is kept and
// reported.
func Links(ctx context.Context, opts LinksOptions) (report linkcheck.Report, hidden int, err error) {
	if err := checkRoot(opts.Root); err != nil {
		return report, 0, err
	}
	h, findings, err := content.Load(ctx, content.Options{FS: os.DirFS(opts.Root), Now: opts.Now})
	if err != nil {
		return report, 0, err
	}
	hidden, _ = diag.Count(findings)
	name := filepath.Join(opts.Root, seenFile)
	before, err := os.ReadFile(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return report, hidden, err
	}
	seen, err := linkcheck.ParseMemory(before)
	if err != nil {
		return report, hidden, fmt.Errorf("%s cannot be read, so nothing was asked and it stays as it is: %w", seenFile, err)
	}
	links := linkcheck.Collect(h)
	links.Partial = hidden > 0
	if !opts.External {
		return linkcheck.Review(links, seen), hidden, nil
	}
	agent := ""
	if u := h.Default().Site.URL; u != nil {
		agent = fmt.Sprintf("Twinshelf (link check of the library's website %s)", u)
	}
	report, seen, interrupted := linkcheck.Check(ctx, links, seen, linkcheck.Options{
		Today: h.Today, Timeout: opts.Timeout, Agent: agent, Asked: opts.Progress,
	})
	after, err := seen.Format()
	if err == nil && !bytes.Equal(before, after) {
		err = replaceFile(name, after)
	}
	if err != nil {
		return report, hidden, err
	}
	return report, hidden, interrupted
}
