// Words: how a text and a query become index words. These are the rules of mksite/text/words.py;
// a test compares the two.

const WORD = /[\p{L}\p{N}]+/gu;
const HYPHEN = /[-\u2010\u2011]/g;
const CAPITALS = /^[A-ZА-ЯЁҢӨҮ]{2,8}(?=[a-zа-яёңөү]{0,6}$)/;
const SOFT = /(?<=[\p{L}\p{N}]{3})(?:[аяие]ть(?:ся)?|ьми)$/u;
const ENDS = { ru: 'q', ky: 'w', en: 'y' }, ABBREVIATION = 'x';
const CYRILLIC = ['ru', 'ky'];
const LONGEST_SHORT = 6; // letters of a query's word in capitals that is taken for an abbreviation
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

const isLatin = (word) => word.codePointAt(0) < 0x250;
const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const unique = (list) => [...new Set(list)];

/** What reads words; `rules` is what words.as_read() gives. */
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
    let left = fold(word.toLowerCase().replace(SOFT, ''));
    left = rules.irregular[left] ?? left;
    if (/^[a-z]+$/.test(left)) {
      for (let size = longest; size > 0;) {
        if (left.length - size >= rules.shortest && all.has(left.slice(-size))) {
          left = left.slice(0, -size);
          size = longest;
        } else size -= 1;
      }
      left = left.replace(/([^aeiou\d])\1+/g, '$1');
      for (const [tail, kept] of Object.entries(rules.tails[lang] ?? {})) {
        if (left.endsWith(tail) && left.length > rules.shortest) left = left.slice(0, -tail.length) + kept;
      }
      left = left.slice(0, -1) + (rules.finals[left.at(-1)] ?? left.at(-1));
    }
    known.set(key, left + ENDS[lang]);
    return left + ENDS[lang];
  }

  const isIndexed = (word) => { const folded = fold(word); return folded !== '' && !stop.has(folded); };
  const runs = (text) => text.normalize('NFC').match(WORD) ?? [];

  /** The index words of a word of a text in a language; none for a stop word. */
  function readings(word, lang) {
    if (!isIndexed(word)) return [];
    const langs = isLatin(word) ? ['en'] : CYRILLIC.includes(lang) ? [lang] : CYRILLIC;
    const [short] = word.match(CAPITALS) ?? [''];
    const stems = langs.map((one) => stem(short || word, one));
    return unique(short ? [...stems, fold(short) + ABBREVIATION] : stems);
  }

  /** The abbreviation that a word of a query is; empty if it is none. */
  function abbreviation(word) {
    const isOne = word.length > 1 && word.length <= LONGEST_SHORT && word === word.toUpperCase() && CAPITALS.test(word);
    return isOne ? fold(word) + ABBREVIATION : '';
  }

  /** The index words that a word of a query may stand for, the likeliest ways of spelling first: of
   *  Latin letters Cyrillic words too. */
  function spellings(word) {
    if (!isIndexed(word)) return [];
    const lower = word.toLowerCase(), russianOrKyrgyz = (text) => CYRILLIC.map((lang) => stem(text, lang));
    if (!isLatin(word)) return [russianOrKyrgyz(lower)];
    if (/\d/.test(word)) return [unique([stem(lower, 'en'), ...russianOrKyrgyz(lower)])];
    const others = LATIN_HABITS.map((habits) => habits.reduce((text, [from, to]) => text.replaceAll(from, to), lower));
    return [[stem(lower, 'en'), ...russianOrKyrgyz(lower)],
      ...unique(others).filter((other) => other !== lower).map(russianOrKyrgyz)];
  }

  /** The index words that a word of a phrase may stand for. */
  const asked = (word) => (abbreviation(word) ? [abbreviation(word)] : spellings(word)[0] ?? []);

  return { fold, stem, runs, readings, abbreviation, spellings, asked, isIndexed };
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

const VOWELS = 'аеёиоуыэюяөүaeiouy', LIKE = ['бп', 'вф', 'гк', 'дт', 'жш', 'зс', 'цс', 'чщ', 'шщ', 'нң', 'bp', 'vf', 'gk', 'dt', 'zs', 'cs', 'ck'];

/** Whether a word as it was typed is another one that a hand slipped in: another vowel, a letter like
 *  it, one that is doubled or left out, or two that changed places. «Правда» is no slip for «права». */
export function isSlip(typed, meant) {
  let from = 0, to = 0;
  const least = Math.min(typed.length, meant.length);
  while (from < least && typed[from] === meant[from]) from += 1;
  while (to < least - from && typed.at(-1 - to) === meant.at(-1 - to)) to += 1;
  const one = typed.slice(from, typed.length - to), two = meant.slice(from, meant.length - to);
  if (one.length === 2 && two.length === 2) return one[0] === two[1] && one[1] === two[0];
  if (one.length === 1 && two.length === 1) {
    return (VOWELS.includes(one) && VOWELS.includes(two)) || LIKE.some((pair) => pair.includes(one) && pair.includes(two));
  }
  if (one.length === 0 && two.length === 1) return from > 0 && typed.length > LONGEST_SHORT - 1;
  return one.length === 1 && two.length === 0 && (typed[from - 1] === one || typed[from + 1] === one);
}
