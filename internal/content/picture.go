package content

import (
	"context"
	"image"
	_ "image/gif"  // pictures that a hub may hold
	_ "image/jpeg" // likewise
	_ "image/png"  // likewise
	"path"
	"strings"

	_ "golang.org/x/image/webp" // likewise

	"github.com/twinshelf/twinshelf/internal/hub"
)

// measure finds the size of all pictures. One that cannot be read has none:
// a browser will say so better than we can.
func (j *joiner) measure() {
	var pictures []*hub.File
	for _, name := range sortedKeys(j.hubFiles) {
		switch strings.ToLower(path.Ext(name)) {
		case ".png", ".jpg", ".jpeg", ".gif", ".webp":
			pictures = append(pictures, j.hubFiles[name])
		}
	}
	parallelNow(len(pictures), func(i int) { j.measureOne(pictures[i]) })
}

func (j *joiner) measureOne(f *hub.File) {
	file, err := j.FS.Open(f.Source)
	if err != nil {
		return
	}
	defer file.Close()
	if config, _, err := image.DecodeConfig(file); err == nil {
		f.Width, f.Height = config.Width, config.Height
	}
}

// parallelNow is parallel for work that neither fails nor waits.
func parallelNow(n int, do func(i int)) {
	_ = parallel(context.Background(), n, func(i int) error { do(i); return nil })
}
