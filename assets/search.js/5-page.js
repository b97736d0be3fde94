// The search page: the form, the address, the facets, the keyboard.

const PAGE = 10, MOST_VALUES = 60;

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

  async function search(isTyping = false) {
    const mine = ++run;
    const asking = isAsking();
    if (browse) browse.hidden = asking;
    tools.hidden = !asking;
    if (!asking) { status.textContent = ''; list.replaceChildren(); tell([]); more.hidden = true; return; }
    status.textContent = page.words.searching;
    try {
      const ready = await opened();
      const answer = await find(ready, state.query, isTyping);
      if (mine !== run) return;
      current = { ...answer, index: ready, marks: marker(ready, answer.terms) };
      tell(answer.told);
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
    const sentence = missing.length > 1 ? page.words.missing_several : page.words.missing;
    if (missing.length) lines.add(sentence.replace('{}', missing.map(({ word }) => quoted(word)).join(', ')));
    for (const { kind, word, of } of told) {
      if (kind === 'instead') lines.add(page.words.instead.replace('{}', quoted(word)).replace('{}', quoted(of)));
      if (kind === 'begun') lines.add(page.words.begun.replace('{}', quoted(word)));
      if (kind === 'phrase') lines.add(page.words.phrase.replace('{}', quoted(word)));
    }
    for (const { kind } of told) if (kind === 'apart' || kind === 'partly') lines.add(page.words[kind]);
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
    const { marks, terms, index: ready } = current;
    const langs = Object.keys(page.words.languages).filter((one) => row.facets.language.includes(one));
    const load = (one) => ready.load(`text/${row.group}/${row.id.replace('/', '-')}.${one}.json`);
    const words = (data) => [data.title, ...data.facts, ...data.texts].join(' ');
    const chosen = [...state.chosen.language].find((one) => langs.includes(one));
    let wanted = chosen ?? (row.kind === 'release' || row.kind === 'page' ? (langs.includes(lang) ? lang : langs[0]) : lang);
    let data = await load(wanted), isAsked = marks(wanted), count = hits(words(data), isAsked);
    if (!chosen && count < terms.length) {
      for (const one of langs) {
        const other = one === wanted ? data : await load(one), its = hits(words(other), marks(one));
        if (its > count) [wanted, data, count] = [one, other, its];
        isAsked = marks(wanted);
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
    waiting = setTimeout(() => { state.query = field.value; write(false); search(true); }, 150);
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
