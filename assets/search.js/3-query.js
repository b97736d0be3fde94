// A query: what its words stand for, which documents have them, and what must be told of it.

const HALF_WEIGHT = 4; // a word of this weight counts half of what it can
const OWNER = 1.3, ENTITY = 0.6; // an entity whose whole name is asked for; another one
const SHORTEST_BEGUN = 3, SHORTEST_SWAPPED = 3, SHORTEST_PART = 3, SHORTEST_SHOUTED = 4, SHORTEST_CUT = 4;
const FEW = 3, MOST_OF_THEM = 0.3, ALL_WORDS = 1000; // so few results want more; those with all words come first

const DATE = /(?<!\p{N})(\d{1,2})[./](\d{1,2})[./](\d{4})(?!\p{N})/gu; // 26.03.2013
const ORDINAL = /(?<![\p{L}\p{N}])(\d+)-\p{L}{1,2}(?!\p{L})/gu; // 9-я

/** A word with its hyphens, ordinals and dates as the index has them. */
const asIndexed = (word) => word.replace(HYPHEN, '-').replace(ORDINAL, '$1')
  .replace(DATE, (_, day, month, year) => `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);

/** A query in parts: words, words that belong together by a hyphen, and phrases in quotes. */
export function parts(query) {
  const found = [];
  for (const [, phrase, chunk] of query.matchAll(/[«"“„]([^«»"“”„]+)[»"”“]|([^\s«»"“”„]+)/gu)) {
    if (phrase) found.push({ kind: 'phrase', text: phrase, written: phrase });
    else if (/[\p{L}\p{N}]/u.test(chunk)) found.push({ kind: 'word', text: asIndexed(chunk), written: chunk });
  }
  return found;
}

/** A word of a query as the index has it: `docs` by number, `marks` are the index words in them. */
async function term(index, word, ways = index.read.spellings(word)) {
  for (const marks of ways) {
    const docs = await index.weights(marks);
    if (docs.size) return { written: word, marks, docs };
  }
  return null;
}

/** Words with hyphens: written as one, or as words that stand side by side. */
async function joined(index, text) {
  const { read } = index, words = read.runs(text), whole = words.join('');
  const asOne = await term(index, whole, [read.asked(whole)]);
  if (asOne) return { ...asOne, written: text, marks: [...asOne.marks, ...words.flatMap((word) => read.asked(word))] };
  const places = await inPhrase(index, text);
  if (!places?.size) return null;
  const marks = words.flatMap((word) => read.asked(word)), docs = await index.weights(marks);
  return { written: text, marks, docs: new Map([...docs].filter(([number]) => places.has(number))) };
}

const found = (one, ...told) => ({ terms: [one], told });
const missing = (word, meant = []) => ({ terms: [], told: [{ kind: 'missing', word }, ...meant.map((one) => ({ kind: 'meant', word: one }))] });

/** The terms of one part of a query, and what must be told of it. `isTyping` is a word that goes on. */
async function understood(index, text, isTyping, isShouting) {
  const words = index.read.runs(text).filter(index.read.isIndexed);
  if (words.length > 1) {
    const whole = await joined(index, text);
    if (whole) return found(whole);
  } else if (words.length) {
    const short = isShouting ? '' : index.read.abbreviation(words[0]);
    const own = await term(index, words[0], short ? [[short]] : undefined);
    if (own) return found(own);
  }
  const swapped = otherLayout(text), [run, ...others] = index.read.runs(swapped);
  if (run === swapped && !others.length && swapped !== text.toLowerCase() && swapped.length >= SHORTEST_SWAPPED) {
    const other = await term(index, swapped, [index.read.readings(swapped), index.read.readings(swapped.toUpperCase())]);
    if (other) return found(other, { kind: 'instead', word: swapped, of: text });
  }
  if (run && run.length < SHORTEST_PART && !index.read.isIndexed(run)) return { terms: [], told: [] }; // «в» typed as d
  if (words.length > 1) return apart(index, text, words);
  return words.length ? near(index, words[0], isTyping, isShouting) : { terms: [], told: [] };
}

/** Words that do not stand together: each for itself. Of words with a hyphen the archive must have
 *  them all. */
async function apart(index, text, words) {
  const each = await Promise.all(words.map((word) => understood(index, word, false, false)));
  const isThere = each.every((one) => one.terms.length) && words.every((word) => word.length >= SHORTEST_PART);
  if (isThere || !text.includes('-')) return { terms: each.flatMap((one) => one.terms), told: each.flatMap((one) => one.told) };
  return missing(text, each.flatMap((one) => one.told).filter(({ kind }) => kind === 'meant').map(({ word }) => word));
}

/** What is nearest to a word that the archive does not have. */
async function near(index, word, isTyping, isShouting) {
  const { read } = index;
  if (/\d/.test(word)) return missing(word);
  if (!isShouting && read.abbreviation(word)) {
    const lower = await term(index, word.toLowerCase());
    if (!lower) return missing(word);
    return word.length >= SHORTEST_SHOUTED ? found(lower) : missing(word, [word.toLowerCase()]);
  }
  const folded = read.fold(word);
  if (isTyping && folded.length >= SHORTEST_BEGUN) {
    const marks = await index.begun(folded);
    if (marks.length) return found({ written: word, marks, docs: await index.weights(marks) }, { kind: 'begun', word });
  }
  const { words, isSure } = word.length >= SHORTEST_NEAR ? await index.nearest(word) : { words: [], isSure: false };
  const other = isSure ? await term(index, words[0]) : null;
  if (other) return found(other, { kind: 'instead', word: words[0], of: word });
  const meant = words.length || folded.length < SHORTEST_CUT ? words : await index.longer(word);
  return missing(word, meant.slice(0, 3));
}

/** The documents in which words stand as in a phrase; stop words keep their places. */
async function inPhrase(index, text) {
  const words = index.read.runs(text), asked = words.map(index.read.asked);
  const places = await Promise.all(asked.map((one) => (one.length ? index.positions(one) : null)));
  const first = places.findIndex(Boolean);
  if (first < 0) return null;
  const found = new Set();
  for (const [number, starts] of places[first]) {
    const fits = (start) => places.every((one, n) => !one || one.get(number)?.has(start + n - first));
    if ([...starts].some(fits)) found.add(number);
  }
  return found;
}

/** What is found: rows with their scores, the best first, the terms, and what must be told. While a query is typed,
 *  its last word may be the beginning of one. */
export async function find(index, query, isTyping = false) {
  if (!query.trim()) return { rows: [...index.rows.values()].map((row) => ({ ...row, score: 0 })), terms: [], told: [] };
  const all = parts(query), terms = [], told = [];
  const letters = query.replace(/[^\p{L}]/gu, ''), isShouting = all.length > 1 && letters === letters.toUpperCase();
  let only = null;
  for (const { kind, text, written } of all) {
    const isLast = isTyping && kind === 'word' && text === all.at(-1).text && !/\s$/.test(query);
    const words = kind === 'phrase' ? index.read.runs(text) : [text];
    const each = await Promise.all(words.map((word) => understood(index, word, isLast, isShouting)));
    for (const one of each) {
      terms.push(...one.terms);
      told.push(...one.told.map((said) => (said.word === text ? { ...said, word: written } : said)));
    }
    if (kind === 'phrase') {
      const docs = await inPhrase(index, text);
      if (docs && !docs.size) told.push({ kind: 'phrase', word: text });
      else if (docs) only = only ? new Set([...only].filter((number) => docs.has(number))) : docs;
    }
  }
  const scores = new Map();
  for (const { docs } of terms) {
    const rare = Math.log(1 + index.rows.size / docs.size);
    for (const [number, weight] of docs) {
      if (only && !only.has(number)) continue;
      const held = scores.get(number) ?? { score: 0, count: 0, least: 99, most: 0, rare: 0 };
      held.score += rare * (weight / (weight + HALF_WEIGHT));
      held.rare += rare;
      held.count += 1;
      held.least = Math.min(held.least, weight);
      held.most = Math.max(held.most, weight);
      scores.set(number, held);
    }
  }
  const chosen = enough(scores, terms, told);
  const rows = [...scores].filter(([number]) => chosen.has(number)).map(([number, held]) => {
    const row = index.rows.get(number), { least, most } = held;
    const factor = row.kind === 'release' ? 1 : least > OWN_NAME && most <= OWN_NAME + terms.length ? OWNER : ENTITY;
    return { ...row, score: held.score * factor + (held.count === terms.length ? ALL_WORDS : 0) };
  });
  return { rows: rows.sort(ORDERS.best), terms, told };
}

/** The documents that are shown: those with all words; and where they are few, those with the most of
 *  them, but with every number. Says so. */
function enough(scores, terms, told) {
  const all = [...scores].filter(([, held]) => held.count === terms.length).map(([number]) => number);
  if (all.length >= FEW || terms.length < 2) return new Set(all);
  const numbers = terms.filter(({ written }) => /\d/.test(written));
  const most = Math.max(0, ...[...scores.values()].map((held) => held.rare));
  const some = [...scores].filter(([number, held]) => held.count < terms.length
    && held.rare >= most * MOST_OF_THEM && numbers.every(({ docs }) => docs.has(number))).map(([number]) => number);
  if (some.length) told.push({ kind: all.length ? 'partly' : 'apart' });
  return new Set([...all, ...some]);
}
