// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package theme

import (
	"html/template"
	"time"
)

// The names of the templates, as [Theme.Render] takes them. Beside each stands
// the only view type that it accepts.
const (
	FrontTemplate        = "front"        // Front
	ArticleTemplate      = "article"      // Article
	StreamTemplate       = "stream"       // Stream, a fragment
	ListingTemplate      = "listing"      // Listing
	ArchiveTemplate      = "archive"      // Archive
	SearchTemplate       = "search"       // Search
	SuggestionsTemplate  = "suggestions"  // Suggestions, a fragment
	PlainTemplate        = "plain"        // Plain
	ErrorTemplate        = "error"        // Error
	ThanksTemplate       = "thanks"       // Thanks
	CorrectionsTemplate  = "corrections"  // Corrections
	LedgerTemplate       = "ledger"       // Ledger
	RecordTemplate       = "record"       // Record
	StatementTemplate    = "statement"    // StatementPage
	CounterpointTemplate = "counterpoint" // CounterpointPage
	EmbedTemplate        = "embed"        // Embed, a page without the frame
	HistoryTemplate      = "history"      // History
	VersionTemplate      = "version"      // VersionPage
	CompareTemplate      = "compare"      // Comparison
)

// Page is what every whole page has; each page view embeds it.
type Page struct {
	Magazine Magazine
	Head     Head
}

// Magazine is what all pages of a magazine share. Language, direction, tokens
// and the addresses of static files are not here: the theme knows them.
type Magazine struct {
	Name    string
	Tagline string
	// Mark replaces the name in the masthead when it is set: inline SVG that the
	// owner has given, with a title of its own.
	Mark template.HTML
	// URL is the public base address without a slash at the end.
	URL string
	// Sections is the bar below the masthead; a nested section is a child.
	Sections []Link
	// Navigation holds the other pages: Latest, Archive, About.
	Navigation []Link
	Follow     []Link
	Footer     []Link
	// Corrections is the address of the corrections page, for the footer; empty
	// when one of the links above leads there.
	Corrections string
	// Record is the address of the record, as Corrections is that of those.
	Record string
	// Ledger is the address of the log in which all of it is written.
	Ledger string
	// Newsletter is the one sentence that says what a subscriber gets. Without
	// it no form is shown.
	Newsletter string
	// NewsletterURL takes the form's POST; "/newsletter" when empty.
	NewsletterURL string
	Copyright     string
}

// Link is a word that leads somewhere. A Link without a URL is plain text.
type Link struct {
	Text string
	URL  string
	// Current marks the section or page that is being read.
	Current  bool
	Children []Link
}

// Head is what machines read: browsers, search engines, previews of links.
type Head struct {
	// Title is the page's own; the theme adds the magazine's name.
	Title       string
	Description string
	// Canonical is absolute. It may point to a partner's page.
	Canonical string
	// Robots is empty for pages that may be indexed with large previews.
	Robots string
	// Card is the picture of link previews: 1200 x 630, absolute Src.
	Card       Picture
	Prev, Next string
	Feeds      []Feed
	// JSONLD holds values that encode to schema.org objects, one block each.
	JSONLD    []any
	Alternate []Alternate
	// Published is set for articles only and makes the page an og:type article.
	Published time.Time
	Modified  time.Time
	Authors   []string
	Section   string
	Tags      []string
	// Versions are set for stories and pages, and for what shows their past.
	Versions Versions
	// What "stet verify" asks of a page: which version it shows, as the story's
	// public id and the number (x7/3), or which statement; and the newest head of
	// the ledger when the page was made: its name, size and root.
	Version   string
	Statement string
	Ledger    string
}

// Feed is a feed of what the page lists.
type Feed struct {
	Title string
	Type  string // application/rss+xml, application/atom+xml, application/feed+json
	URL   string
}

// Alternate is the same page in another language.
type Alternate struct {
	Language string // BCP 47, or x-default
	Name     string // in its own language: "Français"
	URL      string
}

// Label is the line above a headline: "Analysis | Europe". Either may lack.
type Label struct {
	Genre   Link
	Section Link
}

// Byline is one person's part in a story.
type Byline struct {
	Name string
	URL  string
	// Contribution is empty or "words" for the author, else "photographs",
	// "illustration", "translation", "editing", "interview" or a word of the magazine's own.
	Contribution string
	Portrait     Picture
}

// Origin says where a partner's story appeared first.
type Origin struct {
	Partner    string
	PartnerURL string
	URL        string // of the story at the partner's
	Authors    []string
}

// Picture is one picture at one place. Sizes is the template's business: it
// alone knows how wide the place is.
type Picture struct {
	Src    string
	Srcset string
	Width  int
	Height int
	Alt    string
	// Caption may hold inline HTML (emphasis, links).
	Caption template.HTML
	Credit  string
}

// Card is a story where it is listed. Its picture is cut to 3:2.
type Card struct {
	ID       string
	Label    Label
	Headline string
	Dek      string
	// Language is that of headline and dek, BCP 47, where it is not the
	// magazine's; see "tongue".
	Language  string
	URL       string
	Bylines   []Byline
	Published time.Time
	Updated   time.Time
	Picture   Picture
	Origin    Origin
}

// Front is the front page of the magazine or of a section.
type Front struct {
	Page
	Blocks []Block
}

// BlockKind is the shape of a band of a front.
type BlockKind string

// The shapes. A latest block right after a lead block stands beside it.
const (
	LeadBlock       BlockKind = "lead"       // Cards: the lead and two or three seconds
	LatestBlock     BlockKind = "latest"     // Cards: text only, newest first
	GridBlock       BlockKind = "grid"       // Cards: three across, so 3 or 6
	ListBlock       BlockKind = "list"       // Cards: one large, the others as a list beside it
	StripBlock      BlockKind = "strip"      // Cards: four pictures in a row
	RailBlock       BlockKind = "rail"       // Cards: headlines under a topic, text only
	QuoteBlock      BlockKind = "quote"      // Quote
	SideBySideBlock BlockKind = "sidebyside" // Counterpoint
	NewsletterBlock BlockKind = "newsletter" // the magazine's sign-up
	TextBlock       BlockKind = "text"       // Text
)

// Block is one band of a front. Which fields count depends on its Kind.
type Block struct {
	Kind  BlockKind
	Title string // often a section's name
	URL   string // where the title leads
	Intro string
	Cards []Card
	Quote Quote
	// Counterpoint is of a side-by-side block.
	Counterpoint Counterpoint
	Text         template.HTML
}

// Quote is a statement of the record set on its own.
type Quote struct {
	Text       string // with its quotation marks
	Speaker    string
	SpeakerURL string
	Role       string // at the time
	Occasion   string // "to the Diet's committee on foreign affairs"
	Date       time.Time
	Portrait   Picture
	Story      Link // where it is quoted
}

// Article is a story on its own page, with the stream below it.
type Article struct {
	Page
	ID       string
	Label    Label
	Headline string
	Dek      string
	// Language is that of the story, where it is not the magazine's.
	Language string
	Bylines  []Byline
	// Published and Updated are shown in the theme's time zone.
	Published time.Time
	Updated   time.Time
	Minutes   int
	// Picture keeps its own shape. PictureFit says how wide it stands: "wide"
	// (the default), "column" (as the text) or "full" (the whole page).
	Picture    Picture
	PictureFit string
	Body       template.HTML
	Origin     Origin
	Topics     []Link
	Authors    []AuthorNote
	// Corrections stand above or below the text, by their weight.
	Corrections []Correction
	// Record is what is known of the statements that the story quotes, in the
	// order of the text. The element of each is #said- and its ID.
	Record []Statement
	// History is the address of the versions; set when there is more than one.
	History string
	// Rails are topic rails beside or below the story: title and cards.
	Rails []Block
	// Next holds the stories that the stream will bring, as readers without
	// JavaScript see them.
	Next []Card
}

// AuthorNote says who wrote the story.
type AuthorNote struct {
	Name     string
	URL      string
	Note     template.HTML
	Portrait Picture
}

// Correction is a public note on a story.
type Correction struct {
	ID   string // its element is #correction-ID, and the passage in the text #passage-ID
	Kind string // correction, clarification, update, retraction
	// Top says that the note stands above the text. A retraction always does.
	Top  bool
	Date time.Time
	Note template.HTML
	URL  string // where the note can be linked to
	// Amends leads to the note that this one is about; its text is the date of that.
	Amends Link
	// Changed says that the text reads differently since: Before and After are
	// the words, Lead and Tail what stands around them. Either may be empty.
	Changed             bool
	Before, After       string
	Lead, Tail          string
	Passage             string // leads to the words in the text; empty when they stand there no longer
	Compare             string // leads to the comparison of the versions before and since
	TextRemoved         bool   // the retraction took the text away
	Story, StorySection Link   // in lists; a story that was withdrawn has no URL
}

// Corrections is one page of the corrections of the magazine, or of a section,
// newest first.
type Corrections struct {
	Page
	Title       string
	Section     Link   // of which they are; empty for all
	Sections    []Link // others to look at
	Corrections []Correction
	Paging      Paging
}

// Stream is an answer of /stream: stories to be laid below the one being read.
type Stream struct {
	Magazine Magazine
	Stories  []StreamStory
	// More is the address of the next answer; empty at the end.
	More string
}

// StreamStory is a story of the stream.
type StreamStory struct {
	ID        string
	URL       string
	Label     Label
	Headline  string
	Dek       string
	Language  string // where it is not the magazine's
	Bylines   []Byline
	Published time.Time
	Updated   time.Time
	Minutes   int
	Picture   Picture
	Origin    Origin
	// Opening is always seen; Rest only after "keep reading". A short story has
	// no Rest.
	Opening template.HTML
	Rest    template.HTML
	// Corrections are those of the story, as on its own page.
	Corrections []Correction
	History     string // as of Article
}

// ListingKind is what a listing lists.
type ListingKind string

// The kinds of listings.
const (
	SectionListing ListingKind = "section"
	GenreListing   ListingKind = "genre"
	TopicListing   ListingKind = "topic"
	PersonListing  ListingKind = "person"
	LatestListing  ListingKind = "latest"
)

// Listing is one page of the stories of a section, genre, topic or person, or
// of all, newest first.
type Listing struct {
	Page
	Kind  ListingKind
	Title string
	// Address is the listing's own, as it stands in links to it: a section's
	// cards need not name the section again.
	Address string
	Intro   template.HTML
	// Trail leads from the top section down to the parent of this one.
	Trail       []Link
	Subsections []Link
	// Blocks are the section's own front, on its first page.
	Blocks []Block
	Person Person // of a person's listing
	// Said is what the person has said, or what was said on the topic.
	Said Said
	// SaidOnly is a further page of Said: the stories are not on it.
	SaidOnly bool
	Count    int
	Cards    []Card
	// About holds stories in which the person is quoted or written about.
	About  []Card
	Paging Paging
}

// Person is what a person's page says above the stories.
type Person struct {
	Portrait Picture
	Roles    []Role
	Links    []Link
}

// Role is what a person was and when. From and To are as exact as is known
// ("2006", "March 2023"); an empty To with a From lasts.
type Role struct {
	Title        string
	Organisation string
	From, To     string
}

// Paging leads to the pages beside this one. Number counts from 1.
type Paging struct {
	Newer  string
	Older  string
	Number int
	Pages  int
}

// Archive is all years, one year or one month.
type Archive struct {
	Page
	Year  int        // 0 on the page of all years
	Month time.Month // 0 on the page of a year
	Years []ArchiveYear
	Count int
	Cards []Card // of a month, oldest or newest first
	// Earlier and Later lead to the neighbouring months or years that hold stories.
	Earlier Link
	Later   Link
}

// ArchiveYear is a year and its months.
type ArchiveYear struct {
	Year   int
	URL    string
	Count  int
	Months []ArchiveMonth
}

// ArchiveMonth is a month that may hold stories; without any it has no URL.
type ArchiveMonth struct {
	Month time.Month
	URL   string
	Count int
}

// Search is a question and its answers.
type Search struct {
	Page
	Query    string
	Sections []Option
	People   []Option
	// AskPerson asks for a name: People is empty, since they are too many.
	// Person is what stands in the field.
	AskPerson bool
	Person    string
	Years     []Option
	// Filtered says that a filter is set, so that "clear" is offered.
	Filtered bool
	Count    int
	AtLeast  bool // there were too many to count them all
	Results  []Result
	Paging   Paging
}

// Option is one choice of a filter.
type Option struct {
	Value    string
	Text     string
	Selected bool
}

// Result is a story that was found. Snippet marks the words with <mark>.
type Result struct {
	Card
	Snippet template.HTML
}

// Suggestions is an answer of /search/suggest.
type Suggestions struct {
	Query string
	Items []Suggestion
}

// Suggestion leads to a story, a person, a section or a topic.
type Suggestion struct {
	Kind string // story, person, section, topic
	Text string
	URL  string
}

// Plain is a page of its own: About, Contact.
type Plain struct {
	Page
	Title    string
	Dek      string
	Language string // where it is not the magazine's
	Body     template.HTML
	Updated  time.Time
	History  string // as of Article
}

// Error is what a reader sees instead of a page.
type Error struct {
	Page
	Status int // 404, 410, 500; others get the general text
	// Title and Message replace the general texts.
	Title   string
	Message string
	// Query is what the search field of a 404 begins with.
	Query       string
	Suggestions []Card
}

// Thanks answers the newsletter's form.
type Thanks struct {
	Page
	State string // noted, form (nothing was sent yet), invalid
	Email string
}

// Ledger is the page of the transparency log.
type Ledger struct {
	Page
	Address    string // of the log, absolute
	Key        string // the public key that signs, empty before there is one
	Checkpoint string // the newest signed head, empty before the first
	Signed     int    // how many leaves it stands for
	SignedAt   time.Time
	Size       int    // how many leaves there are
	Leaves     []Leaf // the newest first
	Special    []Leaf // what everybody should know of: restarts, redactions, new keys
	Witnesses  []Witness
}

// Leaf is an entry of the log.
type Leaf struct {
	Index    int64
	Kind     string // version, correction, statement, redaction, key, restart
	At       time.Time
	About    Link // the story or the statement; no address when readers no longer see it
	Number   int
	Hash     string
	Gone     bool // a statement that readers no longer see
	Reason   string
	Vouched  bool   // a key for which the one before vouches
	Proof    string // address of the proof, empty before a head covers the leaf
	Document string // address of what was sealed
}

// Witness is somebody else who watches the log.
type Witness struct {
	Name string
	Key  string
	Size int // of the head signed last, 0 for none
	At   time.Time
}
