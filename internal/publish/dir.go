package publish

import "context"

// DirOptions say where and how a site is written.
type DirOptions struct {
	Out    string // required: the output folder, relative to the working folder or absolute
	DryRun bool   // find out what would change and write nothing at all

	// Waiting is called once if another build is at work on the folder, before
	// waiting for it; nil says nothing.
	Waiting func()

	// Cached tells what file the artifact with that Path and Key became in an
	// earlier build. If the output still holds these very bytes, the artifact
	// is not made again. Nil makes everything. It is called from several
	// goroutines.
	Cached func(a *Artifact) (File, bool)
}

// Result tells what a build did to the output folder.
// Addresses are those of Address, sorted; the manifest counts as a file.
type Result struct {
	Added     []string
	Changed   []string
	Removed   []string
	Unchanged int    // files that were right already
	Bytes     int64  // of all files
	Files     []File // every file but the manifest, sorted by path
}

// Dir writes the site to a folder.
func Dir(ctx context.Context, plan *Plan, options DirOptions) (Result, error) {
	panic("not built yet")
}
