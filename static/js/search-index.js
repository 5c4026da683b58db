// What search compares and how it ranks. The build writes the index by the same
// rules (internal/output/search_index.go); a test in internal/output holds the
// two together.

// Cuts a text into folded runs of letters and digits.
export const terms = (text) => text.toLowerCase().normalize('NFD').replace(/[\p{M}'‘’ʻʼ]/gu, '').replace(/ς/g, 'σ')
  .match(/[\p{L}\p{N}]+/gu) ?? [];

export const options = {
  fields: ['title', 'names', 'topics', 'text'],
  storeFields: ['kind', 'title', 'about', 'lang'],
  tokenize: terms,
  processTerm: (term) => term,
  searchOptions: { boost: { title: 5, names: 3, topics: 2 }, prefix: true, combineWith: 'AND', maxFuzzy: 2 },
};

// From so many results on, nobody needs those with other spellings.
const enough = 6;
const fuzzy = (term) => term.length > 3 && !/\d/.test(term) && 0.25;

// A number of a book becomes the one of 13 digits that the index holds.
function isbn(query) {
  const digits = query.replace(/[\s-]/g, '').toUpperCase();
  if (/^97[89]\d{10}$/.test(digits)) return digits;
  if (!/^\d{9}[\dX]$/.test(digits)) return query;
  const twelve = `978${digits.slice(0, 9)}`;
  const sum = [...twelve].reduce((n, digit, i) => n + digit * (i % 2 ? 3 : 1), 0);
  return twelve + ((10 - (sum % 10)) % 10);
}

// Finds what has all words, then what has words like them, then what has one.
export function find(index, query) {
  const wanted = isbn(query);
  const exact = index.search(wanted);
  if (exact.length >= enough) return exact;
  const known = new Set(exact.map(({ id }) => id));
  const found = [...exact, ...index.search(wanted, { fuzzy }).filter(({ id }) => !known.has(id))];
  return found.length ? found : index.search(wanted, { fuzzy, combineWith: 'OR', prefix: (term) => term.length > 2 });
}
