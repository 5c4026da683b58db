// Package publish is what a site is written as: a plan of files, each with the
// place it comes from and the way to make its bytes, and the two sinks that a
// plan goes to, a folder and the memory. It is the only package that writes a
// site, and it knows nothing of libraries: output makes the plan, check reads
// it, site hands it to a sink, serve asks it for one file at a time.
//
// It is not for reading content and not for the sidecar files of a hub (the
// ledger, new records): those belong to whoever made them.
//
//	plan, findings := publish.NewPlan(artifacts)
//	...
//	result, err := publish.Dir(ctx, plan, publish.DirOptions{Out: "public"})
//	fmt.Println(result.Added, result.Changed, result.Removed)
package publish
