package publish

import (
	"bytes"
	"context"
	"crypto/sha256"
)

// Memory makes the whole site in memory: every file by its path, the manifest
// too. It is for tests and small sites; serve asks the plan's artifacts one by
// one instead.
func Memory(ctx context.Context, plan *Plan) (map[string][]byte, error) {
	files := make([]File, len(plan.Artifacts))
	texts := make([][]byte, len(plan.Artifacts))
	err := each(ctx, len(plan.Artifacts), func(_, i int) error {
		var w bytes.Buffer
		a := &plan.Artifacts[i]
		if err := a.Fill(&w); err != nil {
			return err
		}
		texts[i] = w.Bytes()
		files[i] = File{Path: a.Path, Size: int64(w.Len()), Sum: sha256.Sum256(w.Bytes())}
		return nil
	})
	if err != nil {
		return nil, err
	}
	site := make(map[string][]byte, len(files)+1)
	for i, text := range texts {
		site[files[i].Path] = text
	}
	site[ManifestName] = encodeManifest(files)
	return site, nil
}
