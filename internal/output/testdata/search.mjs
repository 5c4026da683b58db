// Run by TestIndexIsWhatMinisearchMakes: compares the index that Go wrote with
// the one that minisearch makes of the same texts.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import Original from './original.mjs';
import Shipped from './shipped.mjs';
import { find, options } from './search-index.mjs';

const json = readFileSync('index.json', 'utf8');
const made = new Original(options);
made.addAll(JSON.parse(readFileSync('docs.json', 'utf8')));
const began = performance.now();
const ours = Shipped.loadJSON(json, options);
console.log(`loaded ${ours.documentCount} records, ${ours.termCount} terms in ${(performance.now() - began).toFixed()} ms`);
assert.equal(ours.documentCount, made.documentCount);
assert.equal(ours.termCount, made.termCount);

const tidy = (results) => results.map(({ id, score }) => [id, score.toFixed(9)]).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
const queries = ['dinosaurs', 'dinosuars', 'arboles', 'ÁRBOLES', "wolf's", 'wolfs', 'ebook', 'e-book', 'readaloud', 'ποιησις', 'ΠΟΙΗΣΙΣ',
  'maker4', 'word12 maps', 'how about poems', 'nothing like it', 'zzz', 'grade', '17'];
for (const query of queries) assert.deepEqual(tidy(find(ours, query)), tidy(find(made, query)), query);
for (const query of ['dinosuars', 'ARBOLES', 'wolfs', 'ebook', 'ποιησις']) assert.ok(find(ours, query).length > 0, query);

// Letter by letter, as a reader types. The fastest of three runs counts, as the
// machine may be busy with other tests.
let slowest = ['', 0];
for (const query of ['dinosuars', 'how about poems', 'word12 maps']) {
  for (let n = 1; n <= query.length; n++) {
    const typed = query.slice(0, n);
    let best = Infinity;
    for (let run = 0; run < 3; run++) {
      const start = performance.now();
      find(ours, typed);
      best = Math.min(best, performance.now() - start);
    }
    if (best > slowest[1]) slowest = [typed, best];
  }
}
console.log(`slowest: ${JSON.stringify(slowest[0])} in ${slowest[1].toFixed(1)} ms`);
assert.ok(slowest[1] < 50, `searching ${slowest[0]} took ${slowest[1]} ms`);
