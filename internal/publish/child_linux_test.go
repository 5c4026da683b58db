package publish

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sys/unix"
)

// childEnv makes the test binary a process that publishes: "build OUT SITE"
// once, "loop OUT" until it is killed.
const childEnv = "PUBLISH_TEST_CHILD"

func TestMain(m *testing.M) {
	if work := os.Getenv(childEnv); work != "" {
		os.Exit(child(strings.Fields(work)))
	}
	os.Exit(m.Run())
}

func child(work []string) int {
	var t testing.T // only for its Fatal, which no site here comes to
	if mask := os.Getenv("PUBLISH_TEST_UMASK"); mask != "" {
		syscall.Umask(0o077)
	}
	for i := 0; ; i++ {
		plan := site(&t, manyFiles(i%2))
		switch {
		case work[0] == "build" && work[2] == "B":
			plan = site(&t, siteB)
		case work[0] == "build":
			plan = site(&t, siteA)
		}
		if _, err := Dir(context.Background(), plan, DirOptions{Out: work[1]}); err != nil {
			fmt.Print(err)
			return 2
		}
		if work[0] == "build" {
			return 0
		}
	}
}

// command starts the test binary as a child. It runs as nobody if we are root
// and nobody is wanted, so that permissions count.
func command(t *testing.T, nobody bool, work ...string) *exec.Cmd {
	t.Helper()
	binary, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if nobody && os.Geteuid() == 0 {
		copied := filepath.Join(openTempDir(t), "child")
		if err := copyFile(binary, copied); err != nil {
			t.Skip("the test binary cannot be copied:", err)
		}
		binary = copied
	}
	cmd := exec.Command(binary)
	cmd.Env = append(os.Environ(), childEnv+"="+strings.Join(work, " "))
	if nobody && os.Geteuid() == 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobodyID, Gid: nobodyID}}
	}
	return cmd
}

const nobodyID = 65534

func copyFile(from, to string) error {
	text, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	// A child that another test forks meanwhile would hold the file open for
	// writing, and nobody could run it.
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	return os.WriteFile(to, text, 0o755)
}

// openTempDir is a temporary folder that every user can enter, or the test is
// skipped.
func openTempDir(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, own := range []string{dir, filepath.Dir(dir)} {
		if err := os.Chmod(own, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for up := dir; up != filepath.Dir(up); up = filepath.Dir(up) {
		if info, err := os.Stat(up); err != nil || info.Mode()&0o001 == 0 {
			t.Skip("other users cannot enter", up)
		}
	}
	return dir
}

// manyFiles is a site large enough that a kill hits it at work.
func manyFiles(version int) map[string]string {
	files := map[string]string{}
	for i := range 60 {
		text := strings.Repeat(fmt.Sprintf("page %d version %d\n", i, version), 100+i)
		switch {
		case i%5 == 0:
			files[fmt.Sprintf("only%d/%d/index.html", version, i)] = text
		case i%2 == 0:
			files[fmt.Sprintf("pages/%d/index.html", i)] = fmt.Sprint("the same in both ", i)
		default:
			files[fmt.Sprintf("pages/%d/index.html", i)] = text
		}
	}
	return files
}

func TestKilledBuildLeavesAWholeSite(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name    string
		foreign map[string]string
		late    string // what is there when the bytes are made and the old site is about to go
	}{
		{"alone", nil, ".public.twinshelf-new-*/manifest.json"},
		{"beside others", map[string]string{"CNAME": "x", "pages/mine.txt": "mine"}, "public/.twinshelf-journal"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			out := filepath.Join(dir, "public")
			plans := []*Plan{site(t, manyFiles(0)), site(t, manyFiles(1))}
			publishTo(t, out, plans[0])
			put(t, out, c.foreign)
			wants := []map[string]string{whole(t, plans[0], c.foreign), whole(t, plans[1], c.foreign)}
			random := rand.New(rand.NewPCG(1, 2))
			for i := range 12 {
				late := filepath.Join(dir, filepath.FromSlash(c.late))
				pause := time.Duration(random.IntN(4000)) * time.Microsecond
				if i%4 == 0 { // while the bytes are made
					late, pause = out, 10*pause
				}
				kill(t, command(t, false, "loop", out), late, pause)
				checkWhole(t, out, wants, len(c.foreign) > 0)
				if i%5 != 4 { // else the next child meets what this one left
					publishTo(t, out, plans[i%2])
					checkTree(t, out, wants[i%2])
				}
				if t.Failed() {
					t.Fatal("after kill", i)
				}
			}
		})
	}
}

// kill starts a process and kills it a while after a file is there. What an
// earlier kill left may be that file.
func kill(t *testing.T, cmd *exec.Cmd, file string, pause time.Duration) {
	t.Helper()
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for patience := time.Now().Add(5 * time.Second); time.Now().Before(patience); time.Sleep(200 * time.Microsecond) {
		if found, _ := filepath.Glob(file); len(found) > 0 {
			break
		}
	}
	time.Sleep(pause)
	if err := cmd.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		t.Fatal(err)
	}
	_ = cmd.Wait() // it was killed
	if said.Len() > 0 {
		t.Errorf("the child said: %s", said.String())
	}
}

// checkWhole finds files that are neither old nor new, or unless the files are
// replaced one by one, a tree that is neither.
func checkWhole(t *testing.T, out string, wants []map[string]string, oneByOne bool) {
	t.Helper()
	got := tree(t, out)
	if !oneByOne {
		if cmp.Diff(wants[0], got) != "" && cmp.Diff(wants[1], got) != "" {
			t.Errorf("neither the old nor the new tree: %d files", len(got))
		}
		return
	}
	for path, text := range got {
		if strings.HasPrefix(path, ownPrefix) || strings.HasSuffix(path, "/") {
			continue
		}
		if !slices.ContainsFunc(wants, func(want map[string]string) bool { return want[path] == text }) {
			t.Errorf("%s is neither old nor new", path)
		}
	}
	for path := range wants[0] {
		_, both := wants[1][path]
		if _, ok := got[path]; both && !ok {
			t.Errorf("%s is lost", path)
		}
	}
}

func TestModesAreTheSameUnderAnyUmask(t *testing.T) {
	t.Parallel()
	for name, foreign := range map[string]map[string]string{"alone": {}, "beside others": {"CNAME": "x"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			out := filepath.Join(dir, "new", "public")
			put(t, out, foreign)
			if len(foreign) == 0 {
				if err := os.RemoveAll(filepath.Join(dir, "new")); err != nil {
					t.Fatal(err)
				}
			}
			cmd := command(t, false, "build", out, "A")
			cmd.Env = append(cmd.Env, "PUBLISH_TEST_UMASK=077")
			if said, err := cmd.CombinedOutput(); err != nil {
				t.Fatalf("%v: %s", err, said)
			}
			checkTree(t, out, whole(t, site(t, siteA), foreign))
			for path, info := range stat(t, filepath.Join(dir, "new")) {
				if want := map[bool]fs.FileMode{true: 0o755, false: 0o644}[info.IsDir()]; info.Mode().Perm() != want {
					t.Errorf("%s has mode %v", path, info.Mode())
				}
			}
		})
	}
}

func TestPermissions(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name        string
		parent, out fs.FileMode // after the first build
		want        string      // of the error
		swapped     bool
	}{
		{"both can be written", 0o755, 0o755, "", true},
		{"the parent cannot", 0o555, 0o755, "", false},
		{"the folder cannot", 0o755, 0o555, "", true},
		{"neither can", 0o555, 0o555, "permission denied", false},
		{"the parent is shared and the folder somebody else's", 0o1777, 0o777, "", false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if c.parent&0o1000 != 0 && os.Geteuid() != 0 {
				t.Skip("only root can make files of somebody else")
			}
			top := openTempDir(t)
			out := filepath.Join(top, "parent", "public")
			publishTo(t, out, site(t, siteA))
			prepare(t, out, c.parent, c.out)
			before := stat(t, out)
			said, err := command(t, true, "build", out, "B").CombinedOutput()
			for _, dir := range []string{filepath.Dir(out), out} { // for the clean-up
				_ = os.Chmod(dir, 0o755)
			}
			if c.want != "" {
				if err == nil || !strings.Contains(string(said), c.want) {
					t.Errorf("got %v: %s", err, said)
				}
				checkTree(t, out, whole(t, site(t, siteA), nil))
				return
			}
			if err != nil {
				t.Fatalf("%v: %s", err, said)
			}
			checkTree(t, out, whole(t, site(t, siteB), nil))
			if swapped := !os.SameFile(before[""], stat(t, out)[""]); swapped != c.swapped {
				t.Errorf("swapped: %v", swapped)
			}
		})
	}
}

// prepare gives a site to the user that the child runs as, with these modes
// for the parent folder and the folder. In a shared parent the folder itself
// stays ours.
func prepare(t *testing.T, out string, parent, folder fs.FileMode) {
	t.Helper()
	shared := parent&0o1000 != 0
	if os.Geteuid() == 0 {
		err := filepath.WalkDir(filepath.Dir(out), func(path string, _ fs.DirEntry, err error) error {
			if err != nil || shared && (path == out || path == filepath.Dir(out)) {
				return err
			}
			return os.Chown(path, nobodyID, nobodyID)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(unix.Chmod(out, uint32(folder)), unix.Chmod(filepath.Dir(out), uint32(parent))); err != nil {
		t.Fatal(err)
	}
}

// A folder below that cannot be written is noticed before anything is replaced.
func TestReadOnlyFolderInsideIsNoticedFirst(t *testing.T) {
	t.Parallel()
	out := filepath.Join(openTempDir(t), "parent", "public")
	put(t, out, map[string]string{"CNAME": "x"})
	a := site(t, siteA)
	publishTo(t, out, a)
	prepare(t, out, 0o755, 0o755)
	closed := filepath.Join(out, "databases")
	if err := os.Chmod(closed, 0o555); err != nil {
		t.Fatal(err)
	}
	said, err := command(t, true, "build", out, "B").CombinedOutput()
	if err == nil || !strings.Contains(string(said), "databases/hoopla/index.html: permission denied") {
		t.Errorf("got %v: %s", err, said)
	}
	if err := os.Chmod(closed, 0o755); err != nil {
		t.Fatal(err)
	}
	checkTree(t, out, whole(t, a, map[string]string{"CNAME": "x"}))
}

// mount mounts for the time of a test, or skips it.
func mount(t *testing.T, source, at, kind string, flags uintptr, data string) {
	t.Helper()
	if err := os.MkdirAll(at, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := unix.Mount(source, at, kind, flags, data); err != nil {
		t.Skip("mounting is not allowed here:", err)
	}
	t.Cleanup(func() {
		if err := unix.Unmount(at, unix.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
}

func TestFullDiskLeavesTheOldSite(t *testing.T) {
	t.Parallel()
	small := map[string]string{"index.html": "small", "a/index.html": "a"}
	big := map[string]string{"index.html": "bigger", "a/index.html": "a"}
	for i := range 30 {
		big[fmt.Sprintf("b/%d/index.html", i)] = strings.Repeat("x", 8<<10)
	}
	for _, c := range []struct {
		name, below string
		foreign     map[string]string
	}{
		{"swapped", "public", nil},
		{"beside others", "public", map[string]string{"CNAME": "x"}},
		{"a mount point", "", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			disk := filepath.Join(t.TempDir(), "disk")
			mount(t, "none", disk, "tmpfs", 0, "size=128k,mode=755")
			out := filepath.Join(disk, c.below)
			put(t, out, c.foreign)
			plan := site(t, small)
			publishTo(t, out, plan)
			_, err := Dir(t.Context(), site(t, big), DirOptions{Out: out})
			if !errors.Is(err, unix.ENOSPC) || !strings.Contains(err.Error(), "index.html: no space left on device") {
				t.Errorf("got %v", err)
			}
			checkTree(t, out, whole(t, plan, c.foreign))
			plan = site(t, map[string]string{"index.html": "there is room again"})
			publishTo(t, out, plan)
			checkTree(t, out, whole(t, plan, c.foreign))
		})
	}
}

func TestMountPointsAreWrittenFileByFile(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"tmpfs", "bind"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			out := filepath.Join(dir, "public")
			if kind == "bind" {
				put(t, dir, map[string]string{"real/CNAME": ""})
				if err := os.Remove(filepath.Join(dir, "real", "CNAME")); err != nil {
					t.Fatal(err)
				}
				mount(t, filepath.Join(dir, "real"), out, "", unix.MS_BIND, "")
			} else {
				mount(t, "none", out, "tmpfs", 0, "mode=755")
			}
			for _, texts := range []map[string]string{siteA, siteB, siteA} {
				publishTo(t, out, site(t, texts))
				checkTree(t, out, whole(t, site(t, texts), nil))
			}
		})
	}
}

func TestReadOnlyDiskChangesNothing(t *testing.T) {
	t.Parallel()
	disk := filepath.Join(t.TempDir(), "disk")
	mount(t, "none", disk, "tmpfs", 0, "mode=755")
	out := filepath.Join(disk, "public")
	publishTo(t, out, site(t, siteA))
	if err := unix.Mount("none", disk, "tmpfs", unix.MS_REMOUNT|unix.MS_RDONLY, ""); err != nil {
		t.Skip("mounting is not allowed here:", err)
	}
	if _, err := Dir(t.Context(), site(t, siteB), DirOptions{Out: out}); !errors.Is(err, unix.EROFS) {
		t.Errorf("got %v", err)
	}
	checkTree(t, out, whole(t, site(t, siteA), nil))
	result, err := Dir(t.Context(), site(t, siteB), DirOptions{Out: out, DryRun: true})
	if err != nil {
		t.Fatal(err)
	}
	checkChanges(t, result, fromAToB)
}

// In a container, the output may lie in a layer below, which is not to be moved.
func TestLayersOfContainers(t *testing.T) {
	t.Parallel()
	disk := filepath.Join(t.TempDir(), "disk")
	mount(t, "none", disk, "tmpfs", 0, "mode=755") // overlays do not nest on every file system
	lower, upper, work, merged := filepath.Join(disk, "lower"), filepath.Join(disk, "upper"), filepath.Join(disk, "work"), filepath.Join(disk, "merged")
	publishTo(t, filepath.Join(lower, "public"), site(t, siteA))
	for _, dir := range []string{upper, work} {
		if err := os.Mkdir(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	mount(t, "none", merged, "overlay", 0, fmt.Sprintf("lowerdir=%s,upperdir=%s,workdir=%s", lower, upper, work))
	out := filepath.Join(merged, "public")
	for _, texts := range []map[string]string{siteA, siteB, siteA} {
		publishTo(t, out, site(t, texts))
		checkTree(t, out, whole(t, site(t, texts), nil))
	}
}
