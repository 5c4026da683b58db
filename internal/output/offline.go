package output

import (
	"bytes"
	"crypto/sha256"
	_ "embed" // for the workers
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/twinshelf/twinshelf/internal/hub"
	"github.com/twinshelf/twinshelf/internal/publish"
)

// worker is the worker of a hub with "offline", below the line that says what
// it keeps; removal is that of any other hub, which takes away what an earlier
// worker kept, and itself.
var (
	//go:embed brought/worker.js
	worker string
	//go:embed brought/removal.js
	removal []byte
)

// serviceWorker plans /sw.js, which always comes out: a browser that has an
// earlier worker asks for it again and again.
func (p *planner) serviceWorker() []publish.Artifact {
	if !p.editions[0].Site.Offline {
		return []publish.Artifact{{Path: "sw.js", Data: removal}}
	}
	return []publish.Artifact{{Path: "sw.js", Render: func(w *bytes.Buffer) error {
		kept, err := json.Marshal(p.keptOffline())
		if err != nil {
			return err
		}
		var homes []string
		for _, e := range p.editions {
			homes = append(homes, e.href("/"))
		}
		list, err := json.Marshal(homes)
		if err != nil {
			return err
		}
		version := sha256.Sum256(kept)
		_, err = fmt.Fprintf(w, "const version = \"%x\", kept = %s, homes = %s;\n%s", version[:5], kept, list, worker)
		return err
	}}}
}

// worksOffline reports whether a page takes part in the hub's work without a
// connection. Small pages for frames stand on other sites, where nothing of a
// hub is to be kept.
func (e *edition) worksOffline(l leaf) bool {
	return e.plan.editions[0].Site.Offline && !strings.HasPrefix(l.path, "/embed/")
}

// keptOffline lists what works without a connection: home, hours, libraries,
// search and lists in every language, and what these pages use.
func (p *planner) keptOffline() []string {
	var kept []string
	for _, e := range p.editions {
		for _, path := range []string{"/", "/search/", searchIndexPath, "/databases/entries.json"} {
			if p.taken[filePath(e.Prefix+path)] {
				kept = append(kept, e.href(path))
			}
		}
		for _, s := range hub.Sections() {
			if s != hub.SearchSection {
				kept = append(kept, e.href(e.Sections[s].Path))
			}
		}
		for _, l := range e.Libraries {
			if l.Listed() {
				kept = append(kept, e.href(l.Path))
			}
		}
		for _, a := range e.Awards {
			for _, l := range a.Current() {
				if a.Listed() && l.Listed() {
					kept = append(kept, e.href(l.Path))
				}
			}
		}
	}
	for _, f := range p.assets.files {
		if ext := path.Ext(f.name); f.hashed != "" && (ext == ".css" || ext == ".js" || ext == ".woff2" || strings.HasPrefix(f.name, "icon.")) {
			kept = append(kept, p.base+f.hashed)
		}
	}
	slices.Sort(kept)
	return slices.Compact(kept)
}
