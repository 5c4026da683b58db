package content

import "github.com/twinshelf/twinshelf/internal/frontmatter"

// The raw… types are the file format: the fields of each kind of record as
// authors write them. Their field names are the contract's.

type (
	text  = frontmatter.Text
	prose = frontmatter.Prose
)

// rawPage holds the fields of every page.
type rawPage struct {
	Place       frontmatter.Place
	Title       prose            `yaml:"title"`
	Description prose            `yaml:"description"`
	Aliases     []text           `yaml:"aliases"`
	Draft       frontmatter.Bool `yaml:"draft"`
	Publish     frontmatter.Date `yaml:"publish"`
	Expires     frontmatter.Date `yaml:"expires"`
	Updated     frontmatter.Date `yaml:"updated"`
	Reviewed    frontmatter.Date `yaml:"reviewed"`
	Audience    []text           `yaml:"audience,split"`
	Subjects    []text           `yaml:"subjects"`
	Grades      []text           `yaml:"grades,split"`
	Image       text             `yaml:"image"`
	ImageAlt    prose            `yaml:"image_alt"`
	Weight      frontmatter.Int  `yaml:"weight"`
	Standalone  frontmatter.Bool `yaml:"standalone"`
}

type rawContact struct {
	Place    frontmatter.Place
	Name     prose  `yaml:"name"`
	Audience []text `yaml:"audience,split"`
	Email    text   `yaml:"email"`
	Phone    text   `yaml:"phone"`
}

type rawNotice struct {
	Place frontmatter.Place
	Text  prose            `yaml:"text"`
	From  frontmatter.Date `yaml:"from"`
	Until frontmatter.Date `yaml:"until"`
}

// rawRule is an exception of a library or a closure of the site.
type rawRule struct {
	Place    frontmatter.Place
	Date     []text           `yaml:"date"`
	From     text             `yaml:"from"`
	To       text             `yaml:"to"`
	Holiday  text             `yaml:"holiday"`
	Offset   text             `yaml:"offset"`
	Observed frontmatter.Bool `yaml:"observed"`
	Urgent   frontmatter.Bool `yaml:"urgent"`
	Hours    frontmatter.Node `yaml:"hours"`
	Reason   prose            `yaml:"reason"`
}

// rawException is a rule of a library, which may keep it to itself.
type rawException struct {
	rawRule
	OnlyHere frontmatter.Bool `yaml:"only_here"`
}

type rawSubject struct {
	Place    frontmatter.Place
	ID       text            `yaml:"id,scalar"`
	Title    prose           `yaml:"title"`
	Synonyms []prose         `yaml:"synonyms"`
	Titles   frontmatter.Map `yaml:"titles"`
	Aliases  []text          `yaml:"aliases"`
}

type rawMenuItem struct {
	Place frontmatter.Place
	Page  text  `yaml:"page,scalar"`
	Title prose `yaml:"title"`
	URL   text  `yaml:"url"`
}

// rawSite is site.yaml.
type rawSite struct {
	Place          frontmatter.Place
	Title          prose            `yaml:"title"`
	Description    prose            `yaml:"description"`
	URL            text             `yaml:"url"`
	Languages      []text           `yaml:"languages,split"`
	Timezone       text             `yaml:"timezone"`
	Contact        rawContact       `yaml:"contact"`
	EditURL        text             `yaml:"edit_url"`
	Menu           []rawMenuItem    `yaml:"menu"`
	Subjects       []rawSubject     `yaml:"subjects"`
	Synonyms       [][]text         `yaml:"synonyms"`
	Closures       []rawRule        `yaml:"closures"`
	Notices        []rawNotice      `yaml:"notices"`
	Offline        frontmatter.Bool `yaml:"offline"`
	FrameAncestors []text           `yaml:"frame_ancestors"`
}

// rawSiteWords is site.LANG.yaml: what a translation of the settings may hold.
type rawSiteWords struct {
	Place       frontmatter.Place
	Title       prose           `yaml:"title"`
	Description prose           `yaml:"description"`
	Contact     rawContact      `yaml:"contact"`
	Menu        []rawMenuItem   `yaml:"menu"`
	Synonyms    [][]text        `yaml:"synonyms"`
	Notices     []rawNotice     `yaml:"notices"`
	Closures    []rawRule       `yaml:"closures"`
	Phrases     frontmatter.Map `yaml:"phrases"`
}

type rawAddress struct {
	Place      frontmatter.Place
	Text       prose `yaml:"text,scalar"`
	Street     prose `yaml:"street"`
	City       prose `yaml:"city"`
	Region     prose `yaml:"region"`
	PostalCode text  `yaml:"postal_code"`
	Country    text  `yaml:"country"`
}

type rawLibrary struct {
	rawPage
	Kind     text       `yaml:"kind"`
	Parent   text       `yaml:"parent"`
	Timezone text       `yaml:"timezone"`
	Address  rawAddress `yaml:"address"`
	Geo      struct {
		Place     frontmatter.Place
		Latitude  frontmatter.Float `yaml:"latitude"`
		Longitude frontmatter.Float `yaml:"longitude"`
	} `yaml:"geo"`
	Phone   text `yaml:"phone"`
	Email   text `yaml:"email"`
	URL     text `yaml:"url"`
	Catalog struct {
		Place  frontmatter.Place
		URL    text `yaml:"url,scalar"`
		ISBN   text `yaml:"isbn"`
		Search text `yaml:"search"`
	} `yaml:"catalog"`
	Card struct {
		URL  text  `yaml:"url,scalar"`
		Note prose `yaml:"note"`
	} `yaml:"card"`
	SignIn prose `yaml:"sign_in"`
	Proxy  struct {
		Place  frontmatter.Place
		Prefix text             `yaml:"prefix,scalar"`
		Encode frontmatter.Bool `yaml:"encode"`
	} `yaml:"proxy"`
	Contacts []rawContact `yaml:"contacts"`
	Notices  []rawNotice  `yaml:"notices"`
	Hours    struct {
		Place      frontmatter.Place
		Regular    frontmatter.Node `yaml:"regular"`
		From       text             `yaml:"from"`
		Through    text             `yaml:"through"`
		Seasons    []rawSeason      `yaml:"seasons"`
		Exceptions []rawException   `yaml:"exceptions"`
	} `yaml:"hours"`
}

type rawSeason struct {
	Place frontmatter.Place
	Name  prose            `yaml:"name"`
	From  text             `yaml:"from"`
	To    text             `yaml:"to"`
	Hours frontmatter.Node `yaml:"hours"`
}

type rawDatabase struct {
	rawPage
	AlsoKnownAs []prose     `yaml:"also_known_as"`
	Vendor      prose       `yaml:"vendor"`
	Formats     []text      `yaml:"formats,split"`
	Languages   []text      `yaml:"languages,split"`
	Access      []rawAccess `yaml:"access"`
	Apps        struct {
		IOS     text `yaml:"ios"`
		Android text `yaml:"android"`
	} `yaml:"apps"`
	SimultaneousUsers frontmatter.Int `yaml:"simultaneous_users"`
	Trial             struct {
		Place frontmatter.Place
		From  frontmatter.Date `yaml:"from"`
		Until frontmatter.Date `yaml:"until"`
	} `yaml:"trial"`
	NewUntil      frontmatter.Date `yaml:"new_until"`
	Featured      []text           `yaml:"featured"`
	Notices       []rawNotice      `yaml:"notices"`
	Privacy       text             `yaml:"privacy"`
	Accessibility text             `yaml:"accessibility"`
	Terms         text             `yaml:"terms"`
	Help          text             `yaml:"help"`
}

type rawAccess struct {
	Place    frontmatter.Place
	Library  text             `yaml:"library"`
	Everyone frontmatter.Bool `yaml:"everyone"`
	Label    prose            `yaml:"label"`
	URL      text             `yaml:"url"`
	SignIn   prose            `yaml:"sign_in"`
	Where    []text           `yaml:"where,split"`
	Grades   []text           `yaml:"grades,split"`
	Audience []text           `yaml:"audience,split"`
	Proxy    frontmatter.Bool `yaml:"proxy"`
}

type rawVoting struct {
	Place   frontmatter.Place
	Library text             `yaml:"library"`
	From    frontmatter.Date `yaml:"from"`
	To      frontmatter.Date `yaml:"to"`
	URL     text             `yaml:"url"`
}

// rawAward is an award's index.md; its fields besides the page's hold for all
// its lists.
type rawAward struct {
	rawPage
	rawCampaign
}

type rawCampaign struct {
	Organizer   prose           `yaml:"organizer"`
	URL         text            `yaml:"url"`
	ReadAtLeast frontmatter.Int `yaml:"read_at_least"`
	Voting      []rawVoting     `yaml:"voting"`
}

type rawList struct {
	rawPage
	rawCampaign
	Year text `yaml:"year"`
	Runs struct {
		Place frontmatter.Place
		From  frontmatter.Date `yaml:"from"`
		To    frontmatter.Date `yaml:"to"`
	} `yaml:"runs"`
	BooksFile text      `yaml:"books_file"`
	Books     []rawBook `yaml:"books"`
}

// rawBook is an entry of `books`, or a row of a books_file.
type rawBook struct {
	Place         frontmatter.Place
	ID            text            `yaml:"id"`
	Title         prose           `yaml:"title"`
	Author        []prose         `yaml:"author"`
	Illustrator   []prose         `yaml:"illustrator"`
	ISBN          []text          `yaml:"isbn"`
	ISBNAsPrinted []text          `yaml:"isbn_as_printed"`
	Status        text            `yaml:"status"`
	Grades        []text          `yaml:"grades,split"`
	Pages         frontmatter.Int `yaml:"pages"`
	Year          frontmatter.Int `yaml:"year"`
	Note          prose           `yaml:"note"`
	Cover         text            `yaml:"cover"`
	HeldBy        []text          `yaml:"held_by"`
	Formats       []rawBookFormat `yaml:"formats"`
}

type rawBookFormat struct {
	Kind     text `yaml:"kind,scalar"`
	Database text `yaml:"database"`
}
