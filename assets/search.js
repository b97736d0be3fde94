// The search page. Words become index words by the rules of mksite/pages/search/words.py, which a
// test compares; the files of the index are described in mksite/pages/search/index.py.

const PAGE = 10, MOST_VALUES = 60, AROUND = 12, EXCERPT = 32;
const HALF_WEIGHT = 4; // a word of this weight counts half of what it can
const OWN_NAME = 30, OWNER = 1.3, ENTITY = 0.6; // an entity whose whole name is asked for; another one
const SHORTEST_BEGUN = 3, MOST_FILES_BEGUN = 6, SHORTEST_MISTYPED = 5, LONG_WORD = 7, LONGEST_SHORT = 6;
const WORD = /[\p{L}\p{N}]+/gu;
const HYPHEN = /[-\u2010\u2011]/g;
// The keys of a Latin keyboard and the Russian letters on them.
const LATIN_KEYS = '`qwertyuiop[]asdfghjkl;\'zxcvbnm,.~{}:"<>';
const RUSSIAN_KEYS = 'ёйцукенгшщзхъфывапролджэячсмитьбюёхъжэбю';
// Letters by which some people write ц, й and ш in Latin, in the order in which they are tried.
const LATIN_HABITS = [[['c', 'ts']], [['j', 'i']], [['c', 'ts'], ['j', 'i']], [['c', 'k']], [['x', 'h']], [['h', 'sh']], [['w', 'sh']]];

/** A text typed in the other keyboard layout; itself where no key of it differs. */
export function otherLayout(text) {
  const [from, to] = /[a-z]/i.test(text) ? [LATIN_KEYS, RUSSIAN_KEYS] : [RUSSIAN_KEYS, LATIN_KEYS];
  return [...text.toLowerCase()].map((letter) => to[from.indexOf(letter)] ?? letter).join('');
}

/** `rules` is what words.as_read() gives. */
export function reader(rules) {
  const stop = new Set(rules.stop), known = new Map();
  const endings = Object.fromEntries(Object.entries(rules.endings).map(([lang, list]) =>
    [lang, { all: new Set(list), longest: Math.max(...list.map((one) => one.length)) }]));

  function fold(word) {
    let plain = '';
    for (const letter of word.normalize('NFC').toLowerCase()) plain += rules.letters[letter] ?? letter;
    plain = plain.normalize('NFKD').replace(/[^a-z0-9]+/g, '').slice(0, 64);
    for (const [from, to] of rules.spellings) plain = plain.replaceAll(from, to);
    return plain;
  }

  function stem(word, lang) {
    const key = `${lang} ${word}`, before = known.get(key);
    if (before !== undefined) return before;
    const { all, longest } = endings[lang];
    let left = fold(word);
    if (/^[a-z]+$/.test(left)) {
      for (let size = longest; size > 0;) {
        if (left.length - size >= rules.shortest && all.has(left.slice(-size))) {
          left = left.slice(0, -size);
          size = longest;
        } else size -= 1;
      }
      left = left.replace(/([a-z])\1+/g, '$1');
      left = left.slice(0, -1) + (rules.finals[left.at(-1)] ?? left.at(-1));
    }
    known.set(key, `${left}q`);
    return `${left}q`;
  }

  const isIndexed = (word) => { const folded = fold(word); return folded !== '' && !stop.has(folded); };
  const isLatin = (word) => word.codePointAt(0) < 0x250;
  const runs = (text) => text.normalize('NFC').match(WORD) ?? [];

  /** All index words under which a word of a text is indexed; none for a stop word. */
  function readings(word) {
    if (!isIndexed(word)) return [];
    return isLatin(word) ? [stem(word, 'en')] : [...new Set([stem(word, 'ru'), stem(word, 'ky')])];
  }

  /** The index words that a word of a query may stand for, the likeliest ways of spelling first: of
   *  Latin letters Cyrillic words too. */
  function spellings(word) {
    if (!isIndexed(word)) return [];
    const first = [...new Set([...readings(word), stem(word, 'ru'), stem(word, 'ky')])];
    if (!isLatin(word) || /\d/.test(word)) return [first];
    const others = LATIN_HABITS.map((habits) => habits.reduce((text, [from, to]) => text.replaceAll(from, to), word.toLowerCase()));
    return [first, ...[...new Set(others)].filter((other) => other !== word.toLowerCase())
      .map((other) => [...new Set([stem(other, 'ru'), stem(other, 'ky')])])];
  }
  const asked = (word) => spellings(word)[0] ?? [];

  return { fold, stem, runs, readings, spellings, asked, isIndexed };
}

/** The changes of one letter between two words: added, left out, another, or two that changed places. */
export function distance(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let two = [], one = Array.from({ length: b.length + 1 }, (_, n) => n);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      row[j] = Math.min(one[j] + 1, row[j - 1] + 1, one[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], two[j - 2] + 1);
    }
    if (Math.min(...row) > most) return most + 1;
    [two, one] = [one, row];
  }
  return one[b.length];
}

/** A query in parts: words, words that belong together by a hyphen, and phrases in quotes. */
export function parts(query) {
  const found = [];
  for (const [, phrase, chunk] of query.matchAll(/[«"“„]([^«»"“”„]+)[»"”“]|([^\s«»"“”„]+)/gu)) {
    if (phrase) found.push({ kind: 'phrase', text: phrase });
    else if (/[\p{L}\p{N}]/u.test(chunk)) found.push({ kind: 'word', text: chunk.replace(HYPHEN, '-') });
  }
  return found;
}

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
          found.set(number, Math.max(found.get(number) ?? 0, pairs[n + 1]));
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
  /** The written words of the archive that are nearest to one, with how far they are. */
  async function nearest(word) {
    forms ??= (await load('index/words.json')).split(' ').map((form) => [form, read.stem(form, 'ru')]);
    const written = word.toLowerCase(), stem = read.stem(word, 'ru');
    let most = written.length < LONG_WORD ? 1 : 2, best = [];
    const isLong = stem.length >= LONG_WORD; // short stems of other words are near each other
    for (const [form, its] of forms) {
      const far = Math.min(distance(written, form, most), isLong ? distance(stem, its, most) : most + 1);
      if (far < most) best = [];
      if (far <= most) { most = far; best.push(form); }
    }
    const odds = (form) => (form[0] === written[0] ? 0 : 1) + Math.abs(form.length - written.length) / 10;
    return { far: most, words: best.sort((a, b) => odds(a) - odds(b) || compare(a, b)) };
  }

  return { rows, read, load, weights, positions, begun, nearest };
}

/** A word of a query as the index has it: `docs` by number, `marks` are the index words in them. */
async function term(index, written, spellings = index.read.spellings) {
  const { read } = index, words = read.runs(written), joined = words.join('');
  if (words.length > 1) {
    const marks = [...read.asked(joined), ...words.flatMap(read.readings)];
    const docs = await index.weights(read.asked(joined));
    return { written, marks, docs };
  }
  for (const marks of spellings(joined)) {
    const docs = await index.weights(marks);
    if (docs.size) return { written, marks, docs };
  }
  return { written, marks: [], docs: new Map() };
}

/** The terms of one part of a query, and what must be told of it. */
async function understood(index, text, isLast) {
  const words = index.read.runs(text).filter(index.read.isIndexed);
  const own = words.length ? await term(index, text) : { docs: new Map() };
  if (own.docs.size) return { terms: [own], told: [] };
  const swapped = otherLayout(text);
  if (swapped !== text.toLowerCase() && index.read.runs(swapped).length === 1) {
    const other = await term(index, swapped, (word) => [index.read.readings(word)]);
    if (other.docs.size) return { terms: [other], told: [{ kind: 'instead', word: swapped, of: text }] };
  }
  if (words.length > 1) {
    const each = await Promise.all(words.map((word) => understood(index, word, isLast && word === words.at(-1))));
    return { terms: each.flatMap((one) => one.terms), told: each.flatMap((one) => one.told) };
  }
  if (!words.length) return { terms: [], told: [] };
  const [word] = words, folded = index.read.fold(word);
  if (/\d/.test(word)) return { terms: [], told: [{ kind: 'missing', word }] };
  if (isLast && folded.length >= SHORTEST_BEGUN) {
    const marks = await index.begun(folded);
    if (marks.length) return { terms: [{ written: word, marks, docs: await index.weights(marks) }], told: [{ kind: 'begun', word }] };
  }
  const isShort = word === word.toUpperCase() && word.length <= LONGEST_SHORT;
  const near = word.length >= SHORTEST_MISTYPED && !isShort ? await index.nearest(word) : { words: [] };
  if (near.words.length && (near.far === 1 || word.length >= LONG_WORD)) {
    const other = await term(index, near.words[0]);
    if (other.docs.size) return { terms: [other], told: [{ kind: 'instead', word: near.words[0], of: word }] };
  }
  return { terms: [], told: [{ kind: 'missing', word }, ...near.words.slice(0, 3).map((meant) => ({ kind: 'meant', word: meant }))] };
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

/** What is found: rows with their scores, the terms, and what must be told. */
export async function find(index, query) {
  if (!query.trim()) return { rows: [...index.rows.values()].map((row) => ({ ...row, score: 0 })), terms: [], told: [] };
  const all = parts(query), terms = [], told = [];
  let only = null;
  for (const { kind, text } of all) {
    const isLast = kind === 'word' && text === all.at(-1).text && !/\s$/.test(query);
    const words = kind === 'phrase' ? index.read.runs(text) : [text];
    const each = await Promise.all(words.map((word) => understood(index, word, isLast)));
    for (const one of each) { terms.push(...one.terms); told.push(...one.told); }
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
  let found = [...scores].filter(([, held]) => held.count === terms.length);
  if (!found.length && scores.size) {
    const most = Math.max(...[...scores.values()].map((held) => held.rare));
    found = [...scores].filter(([, held]) => held.rare >= most * 0.6);
    told.push({ kind: 'apart' });
  }
  const rows = found.map(([number, { score, least, most }]) => {
    const row = index.rows.get(number);
    const factor = row.kind === 'release' ? 1 : least > OWN_NAME && most <= OWN_NAME + terms.length ? OWNER : ENTITY;
    return { ...row, score: score * factor };
  });
  return { rows, terms, told };
}

const FACETS = ['kind', 'organization', 'programme', 'year', 'place', 'tag', 'language'];
const matches = (row, chosen, except) => FACETS.every((facet) => facet === except || !chosen[facet].size
  || (row.facets[facet] ?? []).some((id) => chosen[facet].has(id)));

const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const ORDERS = {
  best: (a, b) => b.score - a.score || compare(b.date, a.date) || compare(a.id, b.id),
  date: (a, b) => compare(b.date, a.date) || b.score - a.score || compare(a.id, b.id),
};

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false && value !== '') made.setAttribute(key, value === true ? '' : value);
  }
  made.append(...children);
  return made;
}

/** A text in pieces, the words asked for in <mark>. */
function marked(text, isAsked) {
  const pieces = [];
  let end = 0;
  for (const { 0: word, index } of text.matchAll(WORD)) {
    if (isAsked(word)) {
      pieces.push(text.slice(end, index), element('mark', {}, word));
      end = index + word.length;
    }
  }
  return [...pieces, text.slice(end)];
}

/** How many of the words asked for a text has. */
const hits = (text, isAsked) => new Set([...text.matchAll(WORD)].map(([word]) => isAsked(word)).filter(Boolean)).size;

/** The part of the texts in which the most different words asked for stand, in whole words. */
function excerpt(texts, isAsked) {
  let best = { count: -1 };
  for (const text of texts) {
    const words = [...text.matchAll(WORD)], keys = words.map(([word]) => isAsked(word));
    const places = keys.flatMap((key, place) => (key ? [place] : []));
    for (const place of places.length ? places : [0]) {
      const count = new Set(keys.slice(place, place + EXCERPT - AROUND).filter(Boolean)).size;
      if (count > best.count) best = { count, text, words, first: Math.max(0, place - AROUND) };
    }
  }
  const { text, words = [], first } = best;
  if (!words.length) return '';
  const last = Math.min(words.length, first + EXCERPT) - 1;
  const end = last + 1 < words.length ? words[last].index + words[last][0].length : undefined;
  return (first ? '… ' : '') + text.slice(first ? words[first].index : 0, end) + (end ? ' …' : '');
}

/** Which of the terms a word of a text is, if any. */
function marker(index, terms) {
  const known = new Map();
  for (const one of terms) for (const word of one.marks) known.set(word, one.written);
  return (word) => index.read.readings(word).map((one) => known.get(one)).find(Boolean);
}

function start(root) {
  const page = JSON.parse(root.querySelector('script[type="application/json"]').textContent);
  const form = root.querySelector('form'), field = form.elements.q;
  const status = root.querySelector('[role=status]'), notes = root.querySelector('.told'), list = root.querySelector('.found');
  const more = root.querySelector('.more'), facetBox = root.querySelector('.facets');
  const sorting = root.querySelector('.sorting'), tools = root.querySelector('.narrow');
  const browse = document.getElementById('browse');
  const { lang } = document.documentElement, wide = matchMedia('(min-width: 60rem)');
  let index, labels, state, shown = 0, current = { rows: [] }, run = 0, waiting;

  const opened = () => (index ??= open(page.base));

  function read() {
    const address = new URLSearchParams(location.search);
    const chosen = Object.fromEntries(FACETS.map((facet) => [facet, new Set(address.getAll(facet))]));
    state = { query: address.get('q') ?? '', sort: address.get('sort') === 'date' ? 'date' : 'best', chosen };
    field.value = state.query;
    for (const input of sorting.querySelectorAll('input')) input.checked = input.value === state.sort;
  }

  function write(isStep) {
    const address = new URLSearchParams();
    if (state.query) address.set('q', state.query);
    for (const facet of FACETS) for (const id of state.chosen[facet]) address.append(facet, id);
    if (state.sort === 'date') address.set('sort', 'date');
    const text = address.toString(), url = text ? `?${text}` : location.pathname;
    if (`?${text}` !== location.search) history[isStep ? 'pushState' : 'replaceState'](null, '', url);
  }

  const isAsking = () => state.query.trim() !== '' || FACETS.some((facet) => state.chosen[facet].size);

  async function search() {
    const mine = ++run;
    const asking = isAsking();
    if (browse) browse.hidden = asking;
    tools.hidden = !asking;
    if (!asking) { status.textContent = ''; list.replaceChildren(); tell([]); more.hidden = true; return; }
    status.textContent = page.words.searching;
    try {
      const ready = await opened();
      const found = await find(ready, state.query);
      if (mine !== run) return;
      current = { ...found, index: ready, isAsked: marker(ready, found.terms) };
      tell(found.told);
      await show(mine);
    } catch (error) {
      index = undefined;
      if (mine === run) status.textContent = page.words.failed;
      console.error(error);
    }
  }

  /** Says which words are not in the archive and what was searched for in their place. */
  function tell(told) {
    const quoted = (word) => `«${word}»`;
    const lines = new Set();
    const missing = told.filter(({ kind }) => kind === 'missing');
    if (missing.length) lines.add(page.words.missing.replace('{}', missing.map(({ word }) => quoted(word)).join(', ')));
    for (const { kind, word, of } of told) {
      if (kind === 'instead') lines.add(page.words.instead.replace('{}', quoted(word)).replace('{}', quoted(of)));
      if (kind === 'begun') lines.add(page.words.begun.replace('{}', quoted(word)));
      if (kind === 'phrase') lines.add(page.words.phrase.replace('{}', quoted(word)));
    }
    if (told.some(({ kind }) => kind === 'apart')) lines.add(page.words.apart);
    const made = [...lines].map((line) => element('span', {}, line));
    const meant = told.filter(({ kind }) => kind === 'meant');
    if (meant.length) {
      const [before, after] = page.words.meant.split('{}');
      const links = meant.flatMap(({ word }, n) => [n ? ', ' : '', element('a', { href: `?${new URLSearchParams({ q: word })}` }, word)]);
      made.push(element('span', {}, before, ...links, after));
    }
    notes.replaceChildren(...made);
  }

  async function show(mine) {
    const rows = current.rows.filter((row) => matches(row, state.chosen)).sort(ORDERS[state.sort]);
    current.narrowed = rows;
    const first = await Promise.all(rows.slice(0, 1).map(item));
    if (mine !== run) return;
    list.replaceChildren(...first);
    const [items] = await Promise.all([Promise.all(rows.slice(1, PAGE).map(item)), facets()]);
    if (mine !== run) return;
    list.replaceChildren(...first, ...items);
    shown = first.length + items.length;
    more.hidden = shown >= rows.length;
    status.textContent = rows.length ? page.words.found.replace('{}', rows.length) : page.words.nothing;
  }

  async function item(row) {
    const { isAsked, terms, index: ready } = current;
    const langs = Object.keys(page.words.languages).filter((one) => row.facets.language.includes(one));
    const load = (one) => ready.load(`text/${row.group}/${row.id.replace('/', '-')}.${one}.json`);
    const words = (data) => [data.title, ...data.facts, ...data.texts].join(' ');
    const chosen = [...state.chosen.language].find((one) => langs.includes(one));
    let wanted = chosen ?? (row.kind === 'release' || row.kind === 'page' ? (langs.includes(lang) ? lang : langs[0]) : lang);
    let data = await load(wanted), count = hits(words(data), isAsked);
    if (!chosen && count < terms.length) {
      for (const one of langs) {
        const other = one === wanted ? data : await load(one), its = hits(words(other), isAsked);
        if (its > count) [wanted, data, count] = [one, other, its];
      }
    }
    const other = wanted === lang ? undefined : wanted;
    const facts = element('p', { class: 'facts-line', lang: other },
      ...[...data.facts, page.words.kinds[row.kind]].map((one) => element('span', {}, ...marked(one, isAsked))));
    const links = Object.entries(data.links);
    if (links.length > 1) {
      facts.append(element('span', { class: 'tongues' }, ...links.map(([one, href]) => element('a',
        { href, lang: one, hreflang: one, 'aria-current': one === wanted && 'true' }, page.words.languages[one]))));
    }
    const parts = [element('h2', {}, element('a', { href: data.links[wanted], lang: other }, ...marked(data.title, isAsked))), facts];
    const text = excerpt(data.texts, isAsked);
    if (text) parts.push(element('p', { lang: other }, ...marked(text, isAsked)));
    return element('li', {}, ...parts);
  }

  function label(facet, id) {
    if (facet === 'kind') return page.words.kinds[id] ?? id;
    if (facet === 'language') return page.words.languages[id] ?? id;
    return labels[facet]?.[id] ?? id;
  }

  async function facets() {
    labels ??= await current.index.load(`labels.${lang}.json`);
    const held = document.activeElement?.name ? [document.activeElement.name, document.activeElement.value] : [];
    const open = new Set([...facetBox.querySelectorAll('details[open]')].map((one) => one.dataset.facet));
    const boxes = FACETS.map((facet) => {
      const counts = new Map([...state.chosen[facet]].map((id) => [id, 0]));
      for (const row of current.rows) {
        if (matches(row, state.chosen, facet)) {
          for (const id of row.facets[facet] ?? []) counts.set(id, (counts.get(id) ?? 0) + 1);
        }
      }
      const chosen = (id) => state.chosen[facet].has(id);
      const values = [...counts].map(([id, count]) => ({ id, count, text: label(facet, id) }));
      values.sort(facet === 'year' ? (a, b) => b.id - a.id
        : (a, b) => b.count - a.count || a.text.localeCompare(b.text, lang));
      const kept = values.filter(({ id }, n) => n < MOST_VALUES || chosen(id));
      if (kept.length < 2 && !state.chosen[facet].size) return '';
      return element('details', { 'data-facet': facet, open: open.has(facet) || state.chosen[facet].size > 0 || (!facetBox.childElementCount && wide.matches) },
        element('summary', {}, page.words.facets[facet]),
        element('ul', {}, ...kept.map(({ id, count, text }) => element('li', {}, element('label', {},
          element('input', { type: 'checkbox', name: facet, value: id, checked: chosen(id) }),
          ` ${text} `, element('span', { class: 'count' }, count))))));
    });
    facetBox.replaceChildren(...boxes);
    if (held.length) {
      [...facetBox.querySelectorAll('input')].find((one) => one.name === held[0] && one.value === held[1])?.focus();
    }
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    state.query = field.value.trim();
    write(true);
    search();
  });
  field.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { state.query = field.value; write(false); search(); }, 150);
  });
  facetBox.addEventListener('change', ({ target }) => {
    state.chosen[target.name][target.checked ? 'add' : 'delete'](target.value);
    write(true);
    if (isAsking()) show(++run); else search();
  });
  sorting.addEventListener('change', ({ target }) => { state.sort = target.value; write(true); show(++run); });
  more.addEventListener('click', async () => {
    const next = await Promise.all(current.narrowed.slice(shown, shown + PAGE).map(item));
    list.append(...next);
    shown += next.length;
    more.hidden = shown >= current.narrowed.length;
    next[0]?.querySelector('a').focus();
  });
  root.addEventListener('keydown', (event) => {
    const links = [field, ...list.querySelectorAll('h2 a')], here = links.indexOf(event.target);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape' && here > 0) field.focus();
    else if (step && here >= 0 && links[here + step]) { event.preventDefault(); links[here + step].focus(); }
  });
  addEventListener('popstate', () => { read(); search(); });
  read();
  opened().catch(() => { index = undefined; });
  if (isAsking()) search();
}

if (typeof document !== 'undefined') {
  const root = document.getElementById('search');
  if (root) start(root);
}
