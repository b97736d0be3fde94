// Results: their order, and a result as it is shown.

const AROUND = 12, EXCERPT = 32; // words before the first hit, and of an excerpt

const FACETS = ['kind', 'organization', 'programme', 'year', 'place', 'tag', 'language'];
const matches = (row, chosen, except) => FACETS.every((facet) => facet === except || !chosen[facet].size
  || (row.facets[facet] ?? []).some((id) => chosen[facet].has(id)));

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
  const last = words[Math.min(words.length, first + EXCERPT) - 1];
  // What is written together stays together: «Нур-Султан», “Council’s”.
  const from = first ? text.lastIndexOf(' ', words[first].index) + 1 : 0;
  const space = text.indexOf(' ', last.index + last[0].length), to = space < 0 ? text.length : space;
  return (from ? '… ' : '') + text.slice(from, to) + (to < text.length ? ' …' : '');
}

/** Which of the terms a word of a text in a language is, if any. */
function marker(index, terms) {
  const known = new Map();
  for (const one of terms) for (const word of one.marks) known.set(word, one.written);
  return (lang) => (word) => index.read.readings(word, lang).map((one) => known.get(one)).find(Boolean);
}
