package site

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/twinshelf/twinshelf/internal/civil"
	"github.com/twinshelf/twinshelf/internal/hours"
	"github.com/twinshelf/twinshelf/internal/hub"
	"github.com/twinshelf/twinshelf/internal/publish"
)

// Builds remembers finished builds, so that a build of what did not change is
// over as soon as that is known. It is right by construction: a build is passed
// over only if every byte of content, layouts and static files, the program,
// the options and the day in every zone of the hub are those of the build
// before, and nobody touched a file that it wrote. In all other cases
// everything is made anew: to know whether the data that a page shows are the
// same takes as long as to make the page.
//
// A record is a file of its own for each hub and output folder. One that is
// damaged or from elsewhere is as good as none.
type Builds struct {
	Folder  string // required: a folder of the user's, outside of any hub
	Program string // required: differs for programs that may make other bytes
}

// build is a build that may be in the records.
type build struct {
	file   string // of its record
	inputs publish.Sum
	opts   BuildOptions
}

// record is what is remembered of a build.
type record struct {
	Inputs   string
	Days     map[string]civil.Date // the day of the build in each zone of the hub
	Report   Report
	Snapshot publish.Snapshot
}

// of looks at what a build depends on; false if that cannot be told without
// doubt.
func (b *Builds) of(ctx context.Context, opts BuildOptions) (build, bool) {
	root, err := filepath.Abs(opts.Root)
	if err != nil {
		return build{}, false
	}
	out, err := filepath.Abs(opts.Out)
	if err != nil {
		return build{}, false
	}
	name := sha256.Sum256([]byte(root + "\x00" + out))
	made := build{file: filepath.Join(b.Folder, "builds", hex.EncodeToString(name[:])), opts: opts}
	made.inputs, err = b.inputs(ctx, opts)
	return made, err == nil
}

// inputs sums up what a build depends on, but for the day.
func (b *Builds) inputs(ctx context.Context, opts BuildOptions) (publish.Sum, error) {
	hash := sha256.New()
	fmt.Fprintf(hash, "%q %q %t\n", b.Program, opts.BaseURL, opts.Drafts)
	var files []string
	for _, folder := range []string{"content", "layouts", "static"} {
		err := filepath.WalkDir(filepath.Join(opts.Root, folder), func(path string, e fs.DirEntry, err error) error {
			switch {
			case errors.Is(err, fs.ErrNotExist):
				return nil
			case err != nil:
				return err
			case e.Type().IsRegular():
				files = append(files, path)
			case !e.IsDir():
				return errNotPlain
			}
			return nil
		})
		if err != nil {
			return publish.Sum{}, err
		}
	}
	sums := make([]publish.Sum, len(files))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	buffers := sync.Pool{New: func() any { return new(bytes.Buffer) }}
	for i := range files {
		group.Go(func() error {
			buffer := buffers.Get().(*bytes.Buffer)
			defer buffers.Put(buffer)
			err := readInto(buffer, files[i])
			sums[i] = sha256.Sum256(buffer.Bytes())
			return errors.Join(err, ctx.Err())
		})
	}
	if err := group.Wait(); err != nil {
		return publish.Sum{}, err
	}
	for i, path := range files {
		path, err := filepath.Rel(opts.Root, path)
		if err != nil {
			return publish.Sum{}, err
		}
		fmt.Fprintf(hash, "%q %x\n", filepath.ToSlash(path), sums[i])
	}
	var sum publish.Sum
	hash.Sum(sum[:0])
	return sum, nil
}

// readInto fills a buffer with a file, in place of what it held.
func readInto(buffer *bytes.Buffer, name string) error {
	buffer.Reset()
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	_, err = buffer.ReadFrom(file)
	return err
}

// errNotPlain means that a source folder holds a link or something stranger,
// whose content may change elsewhere.
var errNotPlain = errors.New("not a plain file")

// recall returns the report of the same build if nothing would change.
func (b build) recall(ctx context.Context) (Report, bool) {
	text, err := os.ReadFile(b.file)
	if err != nil {
		return Report{}, false
	}
	sum, text, _ := bytes.Cut(text, []byte("\n"))
	var r record
	if string(sum) != checksum(text) || json.Unmarshal(text, &r) != nil || r.Inputs != b.inputs.String() {
		return Report{}, false
	}
	for zone, day := range r.Days {
		location, err := hours.Zone(zone)
		if err != nil || b.opts.Now.Date(location) != day {
			return Report{}, false
		}
	}
	return r.Report, r.Snapshot.Untouched(ctx, b.opts.Out, b.opts.Waiting)
}

// remember writes down a build that has just been published, unless a file
// changed meanwhile: the record could then be of neither state. That it cannot
// be written costs the next build its time and nothing else.
func (b build) remember(ctx context.Context, h *hub.Hub, report Report, files []publish.File) {
	after, err := b.opts.Builds.inputs(ctx, b.opts)
	if err != nil || after != b.inputs {
		return
	}
	r := record{Inputs: b.inputs.String(), Days: map[string]civil.Date{}, Report: report}
	r.Report.Added, r.Report.Changed, r.Report.Removed = nil, nil, nil
	for _, zone := range h.Zones() {
		r.Days[zone.String()] = h.Now.Date(zone)
	}
	var ok bool
	if r.Snapshot, ok = publish.TakeSnapshot(ctx, b.opts.Out, files); !ok {
		return
	}
	text, err := json.Marshal(r)
	if err != nil {
		return
	}
	if os.MkdirAll(filepath.Dir(b.file), 0o700) == nil {
		_ = replaceFile(b.file, append([]byte(checksum(text)+"\n"), text...))
	}
}

func checksum(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}
