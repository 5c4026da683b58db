package publish

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// workers is how many goroutines each starts.
func workers() int {
	return runtime.GOMAXPROCS(0)
}

// each calls do for 0 to n-1 from several goroutines, each with its own number
// below workers(), and returns the error of the lowest index among those that
// occurred. After an error or the end of the context nothing new is begun.
func each(ctx context.Context, n int, do func(worker, i int) error) error {
	var (
		next   atomic.Int64
		failed atomic.Bool
		mu     sync.Mutex
		first  error
		at     = n
		group  sync.WaitGroup
	)
	run := func(worker int) {
		for !failed.Load() && ctx.Err() == nil {
			i := int(next.Add(1)) - 1
			if i >= n {
				return
			}
			if err := do(worker, i); err != nil {
				failed.Store(true)
				mu.Lock()
				if i < at {
					first, at = err, i
				}
				mu.Unlock()
			}
		}
	}
	for worker := range min(workers(), n) {
		group.Go(func() { run(worker) })
	}
	group.Wait()
	if first != nil {
		return first
	}
	return ctx.Err()
}
