package output

import "github.com/twinshelf/twinshelf/internal/layout"

// Bindings lists the layouts that are rendered by themselves, each with the
// type that it shows.
func Bindings() []layout.Binding {
	return []layout.Binding{
		layout.Page[Frame]{Name: "head"}.Binding(),
		layout.Page[Frame]{Name: "header"}.Binding(),
		layout.Page[Frame]{Name: "footer"}.Binding(),
		layout.Page[Frame]{Name: "icons"}.Binding(),
		layout.Page[HomeView]{Name: "home"}.Binding(),
		layout.Page[DatabasesView]{Name: "databases"}.Binding(),
		layout.Page[DatabaseCard]{Name: "card-database"}.Binding(),
		layout.Page[FacetGroup]{Name: "facet-group"}.Binding(),
		layout.Page[DatabaseView]{Name: "database"}.Binding(),
		layout.Page[AwardsView]{Name: "awards"}.Binding(),
		layout.Page[AwardView]{Name: "award"}.Binding(),
		layout.Page[AwardListView]{Name: "award-list"}.Binding(),
		layout.Page[HoursView]{Name: "hours"}.Binding(),
		layout.Page[LibrariesView]{Name: "libraries"}.Binding(),
		layout.Page[LibraryView]{Name: "library"}.Binding(),
		layout.Page[GuidesView]{Name: "guides"}.Binding(),
		layout.Page[PageView]{Name: "guide"}.Binding(),
		layout.Page[PageView]{Name: "page"}.Binding(),
		layout.Page[SearchView]{Name: "search"}.Binding(),
		layout.Page[NotFoundView]{Name: "404"}.Binding(),
		layout.Page[RedirectView]{Name: "redirect"}.Binding(),
		layout.Page[RetiredView]{Name: "retired"}.Binding(),
		layout.Page[HandoutView]{Name: "handout"}.Binding(),
		layout.Page[EmbedDatabaseView]{Name: "embed-database"}.Binding(),
		layout.Page[EmbedHoursView]{Name: "embed-hours"}.Binding(),
		layout.Page[EmbedListView]{Name: "embed-award-list"}.Binding(),
		layout.Page[DatabasesBlock]{Name: "block-databases"}.Binding(),
		layout.Page[HoursBlock]{Name: "block-hours"}.Binding(),
		layout.Page[BooksBlock]{Name: "block-books"}.Binding(),
	}
}
