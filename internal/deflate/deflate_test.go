package deflate_test

import (
	"bytes"
	"compress/flate"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/twinshelf/twinshelf/internal/deflate"
)

func inflate(t *testing.T, data []byte) string {
	t.Helper()
	r := bytes.NewReader(data)
	text, err := io.ReadAll(flate.NewReader(r))
	if err != nil || r.Len() > 0 {
		t.Fatalf("%v, %d bytes left", err, r.Len())
	}
	return string(text)
}

func TestEveryByte(t *testing.T) {
	t.Parallel()
	var all strings.Builder
	for b := range 256 {
		all.WriteByte(byte(b))
	}
	w := deflate.NewWriter([]byte("before"))
	w.Text(all.String())
	data, ok := bytes.CutPrefix(w.Close(), []byte("before"))
	if got := inflate(t, data); !ok || got != all.String() {
		t.Errorf("got %q", got)
	}
	if got := inflate(t, deflate.NewWriter(nil).Close()); got != "" {
		t.Errorf("nothing becomes %q", got)
	}
}

func TestEveryLengthAndDistance(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 1))
	for range 400 {
		w := deflate.NewWriter(nil)
		var want []byte
		for range 1 + random.IntN(4) {
			for range 1 + random.IntN(3000) {
				b := byte(random.Uint32())
				want = append(want, b)
				w.Byte(b)
			}
			length, distance := 3+random.IntN(900), 1+random.IntN(min(len(want), deflate.Window))
			for range length {
				want = append(want, want[len(want)-distance])
			}
			w.Repeat(length, distance)
		}
		if inflate(t, w.Close()) != string(want) {
			t.Fatal("it is not read back")
		}
	}
	for length := 3; length < 600; length++ {
		w := deflate.NewWriter(nil)
		w.Text("ab")
		w.Repeat(length, 2)
		if got := inflate(t, w.Close()); len(got) != length+2 || strings.Trim(got, "ab") != "" {
			t.Fatalf("a length of %d gives %d", length, len(got)-2)
		}
	}
	far := strings.Repeat("x", deflate.Window-1)
	for distance := range deflate.Window {
		if distance < 2 || distance > 2050 && distance%997 != 0 && distance != deflate.Window-1 {
			continue
		}
		w := deflate.NewWriter(nil)
		w.Text("y" + far[:distance])
		w.Repeat(3, distance+1)
		if got := inflate(t, w.Close()); !strings.HasSuffix(got, "yxx") {
			t.Fatalf("a distance of %d gives %q", distance+1, got[len(got)-3:])
		}
	}
}

func TestPieces(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		w, want := deflate.NewWriter(nil), ""
		for range random.IntN(20) {
			text := strings.Repeat("ab\xff", random.IntN(40))
			piece := deflate.NewPiece(func(w *deflate.Writer) {
				w.Text(text + "cd")
				w.Repeat(5, 2)
			})
			for range 1 + random.IntN(3) {
				w.Piece(piece)
				w.Text("-")
				want += text + "cdcdcdc-"
			}
		}
		if got := inflate(t, w.Close()); got != want {
			t.Fatalf("got %q, want %q", got, want)
		}
	}
}
