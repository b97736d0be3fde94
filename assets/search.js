// The search page: Pagefind asked shard by shard, with words read by the rules of mksite/searching.py.

const WORD = /[\p{L}\p{N}]+/gu;
const FACETS = ['kind', 'organization', 'programme', 'year', 'place', 'tag', 'language'];
const PAGE = 10, MOST_VALUES = 60, AROUND = 12, EXCERPT = 32;
const RANKING = { pageLength: 0.1, termFrequency: 0.2 }; // one sentence is no better for being short
const ENTITY = 0.6; // what happened is sought more often than who is named in it
const BEGUN = 0.3, SHORTEST_BEGUN = 3; // a word that is still being typed

/** How words become index words. `rules` is search/rules.json. */
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
    const key = `${lang} ${word}`, found = known.get(key);
    if (found !== undefined) return found;
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
  const words = (text) => (text.normalize('NFC').match(WORD) ?? []).filter(isIndexed);
  const isLatin = (word) => word.codePointAt(0) < 0x250;

  /** The ways to read a query: each a list of index words, in the likeliest language first. */
  function readings(query, isKnown = () => true) {
    const asked = words(query);
    const ways = asked.every(isLatin) ? [['en', 'en'], ['ru', 'ru'], ['ky', 'ky']]
      : [['ru', 'en'], ['ky', 'en'], ['ru', 'ru'], ['ky', 'ky']];
    const found = new Map();
    for (const [cyrillic, latin] of asked.length ? ways : []) {
      if (cyrillic === 'ky' && !isKnown('ky')) continue;
      const read = asked.map((word) => stem(word, isLatin(word) ? latin : cyrillic));
      found.set(read.join(' '), read);
    }
    return [...found.values()];
  }

  /** All index words of one word of a text. */
  const every = (word) => (isLatin(word) ? [stem(word, 'en'), stem(word, 'ru'), stem(word, 'ky')]
    : [stem(word, 'ru'), stem(word, 'ky')]);
  return { fold, stem, words, readings, every };
}

/** The index in all its shards. */
async function open(page) {
  const json = async (url, options) => (await fetch(url, options)).json();
  const [engine, rules, labels, ...starts] = await Promise.all([
    import(page.engine), json(page.rules), json(page.labels),
    ...page.shards.map((folder) => json(`${folder}start.json`, { cache: 'no-cache' })),
  ]);
  const shards = [], tongues = new Set(); // the languages that the texts are in
  for (const [number, { meta, table }] of starts.entries()) {
    if (!meta) continue;
    const shard = new engine.PagefindInstance({ basePath: page.shards[number], ranking: RANKING });
    shard.loadEntry = async () => {
      shard.languages = { und: { hash: meta, wasm: null, page_count: 1 } };
      shard.includeCharacters = [];
    };
    shard.loadWasm = async () => {
      const bytes = await (await fetch(page.wasm)).arrayBuffer();
      shard.wasm = await shard.backend({ module_or_path: shard.decompress(new Uint8Array(bytes)) });
    };
    shards.push({ shard, table: `${page.shards[number]}${table}`, rows: new Map() });
  }
  if (shards.length) await shards[0].shard.init('und', { load_wasm: true });
  await Promise.all(shards.map(async (one, number) => {
    if (number) await one.shard.init('und', { load_wasm: false });
    const packed = new Uint8Array(await (await fetch(one.table)).arrayBuffer());
    const table = JSON.parse(new TextDecoder().decode(one.shard.decompress(packed)));
    for (const tongue of table.ids.language) tongues.add(tongue);
    const names = new Set(new TextDecoder('latin1').decode(one.shard.searchMeta).match(/und_[0-9a-f]+/g));
    for (const [n, name] of [...names].slice(0, table.dates.length).entries()) {
      const facets = Object.fromEntries(Object.entries(table.columns).map(([facet, column]) =>
        [facet, column[n].map((place) => table.ids[facet][place])]));
      one.rows.set(name, { date: table.dates[n], facets });
    }
  }));
  return { shards, labels, tongues, ...reader(rules) };
}

/** What is found: rows with their score, those of all readings together. */
async function find(index, query) {
  const found = new Map();
  const ask = async (term, weight = 1) => Promise.all(index.shards.map(async ({ shard, rows }) => {
    for (const { id, score: own } of (await shard.search(term)).results) {
      const row = rows.get(id), before = found.get(id);
      const score = own * weight * (row.facets.kind[0] === 'release' ? 1 : ENTITY);
      if (!before || before.score < score) found.set(id, { ...row, id, score, shard });
    }
  }));
  const readings = index.readings(query, (lang) => index.tongues.has(lang));
  if (!query.trim()) {
    for (const { shard, rows } of index.shards) {
      for (const [id, row] of rows) found.set(id, { ...row, id, score: 0, shard });
    }
  }
  for (const read of readings) await ask(read.join(' '));
  const asked = new Set(readings.flat()), begun = new Set();
  const typed = index.fold(query.match(/[\p{L}\p{N}]+$/u)?.[0] ?? '');
  const begin = async (read, start) => {
    begun.add(start);
    await ask([...read.slice(0, -1), start].join(' '), BEGUN);
  };
  if (typed.length >= SHORTEST_BEGUN) for (const read of readings) await begin(read, typed);
  if (!found.size) for (const read of readings) await begin(read, read.at(-1).slice(0, -1));
  const isAsked = (word) => index.every(word).find((one) => asked.has(one))?.slice(0, -1)
    ?? [...begun].find((start) => index.every(word).some((one) => one.startsWith(start)));
  return { rows: [...found.values()], isAsked };
}

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

/** The part of a text around the first word asked for. */
function excerpt(text, isAsked) {
  const words = [...text.matchAll(WORD)];
  const first = Math.max(0, words.findIndex(([word]) => isAsked(word)) - AROUND);
  const last = Math.min(words.length, first + EXCERPT) - 1;
  if (last < 0) return '';
  const end = words[last].index + words[last][0].length;
  return (first ? '… ' : '') + text.slice(first ? words[first].index : 0, last + 1 < words.length ? end : undefined)
    + (last + 1 < words.length ? ' …' : '');
}

function start(root) {
  const page = JSON.parse(root.querySelector('script[type="application/json"]').textContent);
  const form = root.querySelector('form'), field = form.elements.q;
  const status = root.querySelector('[role=status]'), list = root.querySelector('.found');
  const more = root.querySelector('.more'), facetBox = root.querySelector('.facets');
  const sorting = root.querySelector('.sorting'), tools = root.querySelector('.narrow');
  const browse = document.getElementById('browse');
  const { lang } = document.documentElement;
  let index, state, shown = 0, current = { rows: [] }, run = 0, waiting;

  const opened = () => (index ??= open(page));

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
    if (!asking) { status.textContent = ''; list.replaceChildren(); more.hidden = true; return; }
    status.textContent = page.words.searching;
    try {
      const ready = await opened();
      const found = await find(ready, state.query);
      if (mine !== run) return;
      current = { ...found, index: ready };
      await show(mine);
    } catch (error) {
      index = undefined;
      if (mine === run) status.textContent = page.words.failed;
      console.error(error);
    }
  }

  async function show(mine) {
    const rows = current.rows.filter((row) => matches(row, state.chosen)).sort(ORDERS[state.sort]);
    current.narrowed = rows;
    facets();
    const items = await Promise.all(rows.slice(0, PAGE).map(item));
    if (mine !== run) return;
    list.replaceChildren(...items);
    shown = items.length;
    more.hidden = shown >= rows.length;
    status.textContent = rows.length ? page.words.found.replace('{}', rows.length) : page.words.nothing;
  }

  async function item(row) {
    const { isAsked } = current;
    const data = await row.shard._loadFragment(row.id);
    const langs = Object.keys(data.texts);
    const counts = Object.fromEntries(langs.map((one) =>
      [one, hits(data.texts[one].slice(1).join(' '), isAsked)]));
    const wanted = [...state.chosen.language].find((one) => one in counts)
      ?? langs.reduce((best, one) => (counts[one] > counts[best] ? one : best), lang in counts ? lang : langs[0]);
    const [href, title, summary, body] = data.texts[wanted];
    const text = [summary, body].find((one) => hits(one, isAsked)) ?? (summary || body);
    const other = wanted === lang ? undefined : wanted;
    const facts = element('p', { class: 'facts-line' },
      ...(data.date[lang] ? [element('span', {}, data.date[lang])] : []),
      element('span', {}, page.words.kinds[data.kind]));
    if (langs.length > 1 || other) {
      facts.append(element('span', { class: 'tongues' }, ...langs.map((one) => element('a',
        { href: data.texts[one][0], lang: one, hreflang: one, 'aria-current': one === wanted && 'true' },
        page.words.languages[one]))));
    }
    const parts = [element('h2', {}, element('a', { href, lang: other }, ...marked(title, isAsked))), facts];
    if (text) parts.push(element('p', { lang: other }, ...marked(excerpt(text, isAsked), isAsked)));
    return element('li', {}, ...parts);
  }

  function label(facet, id) {
    if (facet === 'kind') return page.words.kinds[id] ?? id;
    if (facet === 'language') return page.words.languages[id] ?? id;
    return current.index.labels[facet]?.[id] ?? id;
  }

  function facets() {
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
      return element('details', { 'data-facet': facet, open: open.has(facet) || state.chosen[facet].size > 0 },
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
  field.addEventListener('focus', () => opened().catch(() => { index = undefined; }), { once: true });
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
  if (isAsking()) search();
}

if (typeof document !== 'undefined') {
  const root = document.getElementById('search');
  if (root) start(root);
}
