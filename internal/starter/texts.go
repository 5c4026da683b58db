package starter

const databaseText = `---
title: TITLE
description:              # one or two sentences: what is it, and for whom?
formats: []               # ebook, audiobook, comic, magazine, newspaper, video, music, reference …
grades: []                # prek, k, 1 … 12, adult, or a range: k-5
audience: []              # students, teachers, families, librarians
access: []
#  - library: my-library  # the name of a file in content/libraries, without .md
#    url: https://example.org/
#    sign_in: Library card number and PIN
#    where: anywhere      # or at-school, at-home, in-library
---
What a reader should know before opening it.
`

const libraryText = `---
title: TITLE
kind: public              # public, school, academic, special; with a parent also branch, department
description:              # one sentence about the place
#timezone: America/Chicago
#address: {street: 12 Main Street, city: Springfield, region: IL, postal_code: "62701", country: US}
#phone: "+1 217-555-0100"
#hours:
#  regular:
#    mon-thu: 9am-9pm
#    fri-sat: 10am-1pm, 2pm-6pm
#    sun: closed
#  through: 2027-08-31    # published until; later days show as "not yet published"
#  exceptions:
#    - {holiday: thanksgiving, hours: closed}
---
What a visitor should know.
`

const awardText = `---
title: TITLE
description:              # one sentence: who votes, for which grades?
grades: []                # k-3, 3-5 …
#organizer: Association of School Librarians
#read_at_least: 4
---
How the award works, and how to take part.
`

const awardListText = `---
title: TITLE
books: []
#  - title: The Wild Robot
#    author: Peter Brown
#    isbn: 9780316381994
---
`

const guideText = `---
title: TITLE
description:              # one sentence: what will the reader be able to do?
audience: []              # students, teachers, families, librarians
---
Begin with the first step.
`

// common holds the files that every new hub gets beside its content.
func common() []File {
	return []File{
		{".gitattributes", "* text=auto eol=lf\ncontent/links.lock merge=union\n"},
		{".gitignore", "/public/\n/.public.twinshelf*\n"},
		{".github/workflows/publish.yml", workflow},
		{"README.md", readme},
	}
}

// empty holds the content of the smallest hub: one record of each kind.
func empty() []File {
	return []File{
		{"content/site.yaml", `title: Our Library Hub
description: E-books, reading awards and hours from our school and public library.
url: https://hub.example.org/       # where the site will live
languages: [en]
timezone: America/Chicago
contact: {email: hub@example.org}
menu: [databases, awards, hours, guides]
`},
		{"content/index.md", `---
title: Our Library Hub
description: E-books, reading awards and opening hours from our school and public library.
---
Two libraries, one place to look.
`},
		{"content/libraries/our-library.md", `---
title: Our Public Library
kind: public
description: The public library of our town.
address: 12 Main Street, Springfield, IL 62701
phone: "+1 217-555-0100"
sign_in: Library card number and PIN
---
Everybody who lives here can get a card for free.
`},
		{"content/databases/project-gutenberg.md", `---
title: Project Gutenberg
description: More than seventy thousand free e-books, most of them classics.
formats: ebook
grades: 6-12, adult
audience: [students, families]
languages: en
access:
  - everyone: true
    url: https://www.gutenberg.org/
---
No account and no card needed: choose a book and read it in the browser.
`},
		{"content/awards/our-award/index.md", `---
title: Our Reading Award
description: Read the list, then vote for your favorite.
grades: 3-5
---
Read at least one book of the list.
`},
		{"content/awards/our-award/favorites.md", `---
title: Our Reading Award favorites
books:
  - title: The Wonderful Wizard of Oz
    author: L. Frank Baum
---
`},
		{"content/guides/get-a-card.md", `---
title: Get a library card
description: What to bring, and how long it takes.
audience: families
---
1. Come to [our library](../libraries/our-library.md).
2. Bring something with your name and address on it.
3. Take your card home the same day.
`},
	}
}

const readme = `# Our library hub

This folder is a website made with Twinshelf. Edit the files under content/; then

    twinshelf check     # are there mistakes?
    twinshelf serve     # look at it while you write
    twinshelf build     # make the site in public/
    twinshelf record    # note the new addresses in content/links.lock, so that no link ever breaks

The workflow in .github/workflows/publish.yml does the same on the code host: it checks every change, and builds and
publishes the site after each one and every night, so that dates that pass show by themselves.
`

const workflow = `# Checks every change; builds and publishes the site after each one and every night.
name: publish
on:
  push: {branches: [main]}
  pull_request:
  schedule: [{cron: "15 9 * * *"}]   # after midnight in all of America, so that the day's text is right
  workflow_dispatch:
permissions:
  contents: write
  pages: write
  id-token: write
concurrency: {group: publish-${{ github.ref }}, cancel-in-progress: false}
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-go@v5
        with: {go-version: stable}
      - run: go install github.com/twinshelf/twinshelf/cmd/twinshelf@latest
      - run: twinshelf check --format github
  publish:
    if: github.event_name != 'pull_request'
    needs: check
    runs-on: ubuntu-latest
    environment: {name: github-pages, url: "${{ steps.deploy.outputs.page_url }}"}
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-go@v5
        with: {go-version: stable}
      - run: go install github.com/twinshelf/twinshelf/cmd/twinshelf@latest
      - run: twinshelf build
      - name: Record new addresses, so that none of them is ever lost
        run: |
          twinshelf record
          if ! git diff --quiet -- content/links.lock || [ -n "$(git ls-files -o --exclude-standard content/links.lock)" ]; then
            git config user.name "publishing workflow"
            git config user.email "actions@users.noreply.github.com"
            git add content/links.lock
            git commit -m "Record new addresses"
            git push
          fi
      - uses: actions/upload-pages-artifact@v3
        with: {path: public}
      - id: deploy
        uses: actions/deploy-pages@v4
`
