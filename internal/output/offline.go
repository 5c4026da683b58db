package output

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/twinshelf/twinshelf/internal/hub"
	"github.com/twinshelf/twinshelf/internal/publish"
)

// removal is the worker of a hub without "offline": it takes away what an
// earlier worker kept, and itself.
const removal = `// This hub keeps nothing on your device. If it once did, this removes it.
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name.startsWith("twinshelf-")) await caches.delete(name);
  await self.registration.unregister();
})()));
`

// worker is the worker of a hub with "offline": the network first, and without
// it a fixed set of pages, the same for every reader. What else somebody opens
// is never kept, so that the device holds no record of it.
const worker = `const cacheName = %s;
const kept = %s;
const addresses = new Set(kept.map((k) => new URL(k, self.location).href));
self.addEventListener("install", (event) => event.waitUntil((async () => {
  const cache = await caches.open(cacheName);
  await Promise.allSettled(kept.map((k) => cache.add(k)));
  await self.skipWaiting();
})()));
self.addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) {
    if (name.startsWith("twinshelf-") && name !== cacheName) await caches.delete(name);
  }
  await self.clients.claim();
})()));
self.addEventListener("fetch", (event) => {
  const bare = event.request.url.split(/[?#]/)[0];
  if (event.request.method !== "GET" || !addresses.has(bare)) return;
  event.respondWith((async () => {
    const cache = await caches.open(cacheName);
    try {
      const answer = await fetch(event.request);
      if (answer.ok) await cache.put(bare, answer.clone());
      return answer;
    } catch (error) {
      const copy = await cache.match(bare);
      if (copy) return copy;
      throw error;
    }
  })());
});
`

// serviceWorker plans /sw.js, which always comes out: a browser that has an
// earlier worker asks for it again and again.
func (p *planner) serviceWorker() []publish.Artifact {
	if !p.editions[0].Site.Offline {
		return []publish.Artifact{{Path: "sw.js", Data: []byte(removal)}}
	}
	return []publish.Artifact{{Path: "sw.js", Render: func(w *bytes.Buffer) error {
		kept := p.keptOffline()
		list, err := json.Marshal(kept)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(list)
		_, err = fmt.Fprintf(w, worker, `"twinshelf-`+hex.EncodeToString(sum[:5])+`"`, list)
		return err
	}}}
}

// keptOffline lists what works without a connection: home, hours, libraries,
// search and lists in every language, and what these pages use.
func (p *planner) keptOffline() []string {
	var kept []string
	for _, e := range p.editions {
		for _, path := range []string{"/", "/search/", "/search/index.json"} {
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
