package site

import (
	"context"
	"fmt"
	"os"

	"github.com/twinshelf/twinshelf"
	"github.com/twinshelf/twinshelf/internal/content"
	"github.com/twinshelf/twinshelf/internal/diag"
	"github.com/twinshelf/twinshelf/internal/hours"
	"github.com/twinshelf/twinshelf/internal/hub"
	"github.com/twinshelf/twinshelf/internal/lang"
)

// Hours returns the opening hours of a library and English words for them. It
// needs only site.yaml and the library's line of parents to be sound: mistakes
// elsewhere do not count. If they are not, the library is nil and the findings
// say why.
func Hours(ctx context.Context, opts Options, id string) (*hours.Library, *lang.Words, []diag.Finding, error) {
	if err := checkRoot(opts.Root); err != nil {
		return nil, nil, nil, err
	}
	h, findings, err := content.Load(ctx, content.Options{FS: os.DirFS(opts.Root), Now: opts.Now})
	if err != nil {
		return nil, nil, nil, err
	}
	words, _, err := lang.Load(lang.Source{Program: twinshelf.Layouts}, nil)
	if err != nil {
		return nil, nil, nil, err
	}
	library := h.Calendar.Library(id)
	if library == nil {
		return nil, nil, nil, unknownLibrary(h, id)
	}
	needed := map[string]bool{"content/site.yaml": true}
	for l := h.Default().Library(id); l != nil; l = l.Parent {
		needed[l.File] = true
	}
	var broken []diag.Finding
	for _, f := range findings {
		if f.Severity == diag.Error && needed[f.Pos.File] {
			broken = append(broken, f)
		}
	}
	if len(broken) > 0 {
		return nil, nil, broken, nil
	}
	return library, words.For(lang.English()), nil, nil
}

func unknownLibrary(h *hub.Hub, id string) error {
	var ids []string
	for _, l := range h.Calendar.Libraries() {
		ids = append(ids, l.ID())
	}
	hint := diag.DidYouMean(id, ids)
	if hint != "" {
		hint = " (" + hint + ")"
	}
	return fmt.Errorf("there is no library %q%s", id, hint)
}
