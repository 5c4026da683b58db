package content

import "testing"

// What is revised: the hub of last time with one record made anew; all else is
// joined from the beginning. That both come to the same is shown by
// TestRevisedHubsMakeTheSameSite in package site.
func TestWhatIsRevised(t *testing.T) {
	const guide = "guides/for-teachers.md | title: For teachers | "
	for name, c := range map[string]struct {
		script string
		want   bool
	}{
		"nothing":              {"", true},
		"a title":              {guide + "title: For all teachers", true},
		"a text":               {guide + "title: For teachers\\nweight: 3", true},
		"a database in a book": {"databases/sora.md | vendor: OverDrive | vendor: Other", false},
		"a draft":              {guide + "title: For teachers\\ndraft: true", false},
		"a subject":            {guide + "title: For teachers\\nsubjects: [Fiction]", false},
		"a mistake":            {guide + "titel: For teachers", false},
		"two at once":          {guide + "title: All\n" + "about/index.md | title: About | title: About us", false},
		"a library":            {"libraries/cardinal-elementary.md | title: Cardinal Elementary | title: Old", false},
		"a new file":           {"guides/new.md |  | ---\\ntitle: New\\n---\\n", false},
		"a file that is gone":  {"guides/for-teachers.md | -", false},
		"the settings":         {"site.yaml | contact: | offline: true\\ncontact:", false},
	} {
		t.Run(name, func(t *testing.T) {
			cache := &Cache{}
			files := changed(t, "", nil)
			before, _ := loadAt(t, files, Options{Now: monday, Cache: cache})
			if c.script != "" {
				edit(t, files, "revise", c.script)
			}
			after, _ := loadAt(t, files, Options{Now: monday, Cache: cache})
			if got := before.Default().Libraries[0] == after.Default().Libraries[0]; got != c.want {
				t.Errorf("revised: %v", got)
			}
		})
	}
}
