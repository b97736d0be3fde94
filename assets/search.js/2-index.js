// The index: its table of documents, and its files of words as they are asked for. The files are
// described in mksite/pages/search/index.py.

const OWN_NAME = 30; // and the number of words in it: the weight of an entity's own name
const MOST_FILES_BEGUN = 6, SHORTEST_NEAR = 5, LONG_WORD = 7, LONGEST_WORD = 10, MOST_BEGUN = 3;

/** The weight of two that says more: of an entity's own names the shorter. */
const heavier = (a, b) => (a > OWN_NAME && b > OWN_NAME ? Math.min(a, b) : Math.max(a, b));

/** The index: its table of documents, and its files of words as they are asked for. */
export async function open(base) {
  const json = async (url, options) => {
    const answer = await fetch(url, options);
    if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
    return answer.json();
  };
  const start = await json(`${base}index/start.json`, { cache: 'no-cache' });
  const read = reader(start.rules), rows = new Map(), loaded = new Map();
  start.documents.forEach((group, at) => group.forEach(([id, date, ...facets], place) => {
    const number = place * start.groups + at, kind = id.slice(0, id.indexOf('/'));
    const named = Object.fromEntries(facets.map((values, n) => [start.facets[n + 1], values]));
    rows.set(number, { number, group: at, id, kind, date, facets: { ...named, kind: [kind] } });
  }));
  const beginnings = start.words.split(' ').filter(Boolean), known = new Set(beginnings);

  function load(path) {
    if (!loaded.has(path)) {
      const answer = json(`${base}${path}?v=${start.version}`);
      answer.catch(() => loaded.delete(path));
      loaded.set(path, answer);
    }
    return loaded.get(path);
  }

  /** What a folder says of an index word: the groups of its documents. */
  async function said(folder, word) {
    for (let size = 1; size <= word.length; size += 1) {
      const beginning = word.slice(0, size);
      if (known.has(beginning)) return (await load(`index/${folder}/${beginning}.json`))[word] ?? [];
    }
    return [];
  }

  /** The documents that have one of some index words, by number: what it weighs there. */
  async function weights(words) {
    const found = new Map();
    for (const groups of await Promise.all(words.map((word) => said('words', word)))) {
      for (const [group, ...pairs] of groups) {
        for (let n = 0, place = 0; n < pairs.length; n += 2) {
          place += pairs[n];
          const number = place * start.groups + group;
          found.set(number, heavier(found.get(number) ?? 0, pairs[n + 1]));
        }
      }
    }
    return found;
  }

  /** Where the documents have one of some index words, by number. */
  async function positions(words) {
    const found = new Map();
    for (const groups of await Promise.all(words.map((word) => said('phrases', word)))) {
      for (const [group, ...pairs] of groups) {
        for (let n = 0; n < pairs.length; n += 2) {
          const number = pairs[n] * start.groups + group;
          const held = found.get(number) ?? new Set();
          pairs[n + 1].reduce((last, step) => { held.add(last + step); return last + step; }, 0);
          found.set(number, held);
        }
      }
    }
    return found;
  }

  /** The index words that begin so; none where they would be in too many files. */
  async function begun(beginning) {
    const files = beginnings.filter((one) => one.startsWith(beginning) || beginning.startsWith(one));
    if (files.length > MOST_FILES_BEGUN) return [];
    const all = await Promise.all(files.map((one) => load(`index/words/${one}.json`)));
    return all.flatMap((words) => Object.keys(words).filter((word) => word.startsWith(beginning)));
  }

  let forms;
  const written = async () => (forms ??= (await load('index/words.json')).split(' '));

  /** Written words of the archive that begin so, the shortest first. */
  async function longer(beginning) {
    const lower = beginning.toLowerCase();
    return (await written()).filter((form) => form.startsWith(lower) && form !== lower)
      .sort((a, b) => a.length - b.length || compare(a, b)).slice(0, MOST_BEGUN);
  }

  /** The written words of the archive that are nearest to one, the likeliest first; `isSure` where
   *  the first is so near that it must be meant. A Cyrillic word is near Cyrillic words only. */
  async function nearest(word) {
    const lower = word.toLowerCase(), stem = read.stem(lower, 'ru');
    let most = lower.length < LONG_WORD ? 1 : 2, best = [];
    const isLong = stem.length >= LONG_WORD; // short stems of other words are near each other
    for (const form of await written()) {
      if (!isLatin(lower) && isLatin(form)) continue;
      const far = Math.min(distance(lower, form, most), isLong ? distance(stem, read.stem(form, 'ru'), most) : most + 1);
      if (far < most) best = [];
      if (far <= most) { most = far; best.push(form); }
    }
    const odds = (form) => (form[0] === lower[0] ? 0 : 1) + (isSlip(lower, form) ? 0 : 0.5) + Math.abs(form.length - lower.length) / 10;
    const words = best.sort((a, b) => odds(a) - odds(b) || compare(a, b));
    const isSure = words.length > 0 && (most === 2 ? lower.length >= LONGEST_WORD : lower.length >= LONG_WORD || isSlip(lower, words[0]) || isSlip(stem, read.stem(words[0], 'ru')));
    return { words, isSure };
  }

  return { rows, read, load, weights, positions, begun, longer, nearest };
}
