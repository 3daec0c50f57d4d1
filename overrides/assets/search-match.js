// Finds the indexed words that a word of the query may mean, and how each is like it.
/**
 * @typedef {"same" | "plain" | "derived" | "head" | "tail" | "start" | "inside"} Kind how a word of the site is like the query's
 * @typedef {{word: string, at: number, kind: Kind}} Candidate ``at``: in the vocabulary
 * @typedef {{from: string, to: string, words: string[]}} Synonym
 * @typedef {{from: number, to: number, synonym: Synonym}} Span places in the query
 */
var searchMatch = (function () {
  "use strict";
  const MANY = 1500; // candidates with the query's letters: if there are more, only those that begin with the letters count

  /**
   * @param {Record<string, string>} index
   * @param {Language} language
   * @param {Text} text
   * @param {Vocabulary} vocabulary
   */
  function matcherOf(index, language, text, vocabulary) {
    const { fold, distance } = searchWords;
    const { stem, root, base } = text;
    const { count, word: wordAt, rooted, posts } = vocabulary;
    const stop = new Set(index.stop.split(" ").flatMap((word) => [word, fold(word)]));
    const small = new Set([...stop].map(root)); // görs, too

    // "coffee break" → fika
    /** @type {Map<string, Synonym[]>} */
    const synonyms = new Map();
    /** @type {Map<string, string>} */
    const said = new Map(); // what readers write, by its root
    let longest = 1;
    // "översättning" is found by "översätta", too
    function keys(/** @type {string[]} */ list) {
      const own = list.map(root).join(" "), short = list.length > 1 ? own : base(own);
      return own === short ? [own] : [own, short];
    }
    const pairs = index.synonyms.split("\n");
    for (let i = 0; i + 1 < pairs.length; i += 2) {
      const to = text.words(pairs[i]).filter((word) => !stop.has(word));
      for (const one of pairs[i + 1].split("|")) {
        const from = text.words(one);
        if (!from.length || !to.length) continue;
        from.forEach((word) => said.set(root(word), word)); // a misspelt synonym is one to correct
        longest = Math.max(longest, from.length);
        for (const key of keys(from)) {
          if (!synonyms.has(key)) synonyms.set(key, []);
          /** @type {Synonym[]} */ (synonyms.get(key)).push({ from: one, to: pairs[i], words: to });
        }
      }
    }
    /**
     * The synonyms of parts of the query, by position; stop words count here.
     * @param {string[]} list
     * @param {(word: string) => boolean} counts
     */
    function spansOf(list, counts) {
      /** @type {Span[]} */
      const spans = [];
      for (let length = Math.min(longest, list.length); length > 0; length--) {
        for (let at = 0; at + length <= list.length; at++) {
          if (length === 1 && !counts(list[at])) continue; // "who" is rarely WHO
          // what the site says itself isn't what another form of it may stand for
          const own = length === 1 && candidates(list[at], false).some(sure);
          const found = keys(list.slice(at, at + length)).slice(0, own ? 1 : 2).flatMap((key) => synonyms.get(key) || []);
          for (const synonym of new Set(found)) spans.push({ from: at, to: at + length, synonym: synonym });
        }
      }
      return spans;
    }

    const isWord = (/** @type {string} */ part) => part.length > 2 && (said.has(part) || rooted(part).length > 0);
    // The other part of a compound: "betänke|tid", "skydds|bedömning".
    const known = (/** @type {string} */ part) => part.length > 2 && (vocabulary.begins(part.replace(language.link, "")) || vocabulary.begins(root(part)));
    const has = (/** @type {string} */ word) => rooted(root(word)).some((i) => wordAt(i) === word) || said.get(root(word)) === word;

    /** @type {Map<string, Candidate[]>} */
    const remembered = new Map();
    let held = 0;
    /**
     * @param {string} query one word
     * @param {boolean} typing whether it may be the beginning of one
     */
    function candidates(query, typing) {
      const memory = query + (typing ? "+" : "");
      let found = remembered.get(memory);
      if (found) return found;
      found = [];
      const digits = /^\d/.test(query);
      const plain = fold(query), own = digits ? query : stem(query), ownPlain = fold(own);
      const bare = plain === query;
      const ascii = bare && !rooted(ownPlain).some((i) => stem(wordAt(i)) === own); // what the site has is meant as it is written
      const core = digits ? plain : base(ownPlain);
      // å ä ö are letters of their own to a reader who writes them
      const q = ascii ? plain : query, o = core.length > 4 ? (ascii ? core : base(own)) : ascii ? ownPlain : own;
      const kindOf = (/** @type {string} */ word, /** @type {string} */ folded) => {
        if (word === query) return "same";
        if (digits) return query.length > 2 && word.startsWith(query) ? "start" : query.length > 4 && word.endsWith(query) ? "tail" : "";
        const stemmed = stem(word), s = fold(stemmed);
        const w = ascii ? folded : word, t = ascii ? s : stemmed;
        if (stemmed === own || text.inflected(w, q)) return "same";
        if ((bare && folded === plain) || (ascii && (s === ownPlain || s === plain || folded === ownPlain || stem(folded) === own))) return "plain";
        if (s === ownPlain) return "";
        if (core.length > 3 && (s === core || base(s) === core || base(s) === ownPlain)) return "derived";
        if (o.length > 2 && w.length > q.length + 1 && (w.startsWith(q) || t.startsWith(o))) {
          const rest = fold(w.slice(w.startsWith(q) ? q.length : o.length));
          return known(rest) || known(rest.replace(/^[seaou]/, "")) ? "head" : typing || o.length > 4 ? "start" : "";
        }
        const end = w.endsWith(q) ? w.slice(0, -q.length) : t.endsWith(o) ? t.slice(0, -o.length)
          : o.length > 4 && base(t).endsWith(o) ? base(t).slice(0, -o.length) : "";
        if (end.length > 2 && o.length > (o === q ? 2 : 3)) return known(fold(end)) || o.length > 4 ? "tail" : "inside";
        return o.length > 5 && t.indexOf(o) > 2 ? "inside" : "";
      };
      let letters = core; // all that is meant has these
      while (!plain.startsWith(letters)) letters = letters.slice(0, -1);
      let pool = plain.length < 3 ? rooted(ownPlain) : vocabulary.containing(letters);
      if (pool.length > MANY) pool = pool.filter((at) => vocabulary.plain(at).startsWith(letters));
      for (const at of pool) {
        const kind = kindOf(wordAt(at), vocabulary.plain(at));
        if (kind) found.push({ word: wordAt(at), at: at, kind: kind });
      }
      if ((held += found.length) > 50000) [held] = [found.length, remembered.clear()];
      remembered.set(memory, found);
      return found;
    }
    const sure = (/** @type {Candidate} */ c) => c.kind === "same" || c.kind === "plain";
    const strong = (/** @type {Candidate} */ c) => sure(c) || c.kind === "head" || c.kind === "tail";

    // Which letters a word has, as bits; digits count as no letter.
    function mask(/** @type {string} */ word) {
      let set = 0;
      for (let i = 0; i < word.length; i++) {
        const code = word.charCodeAt(i) - 97;
        if (code >= 0 && code < 26) set |= 1 << code;
      }
      return set;
    }
    function bits(/** @type {number} */ set) {
      let count = 0;
      for (; set; set &= set - 1) count++;
      return count;
    }
    /** @type {Uint32Array | null} */
    let masks = null;
    /**
     * A misspelling: the nearest word of the site or of the synonyms, the commonest if several are.
     * @param {string} query
     */
    function correction(query) {
      if (query.length < 4 || /\d/.test(query)) return null;
      const plain = fold(query), own = mask(plain), spare = [...said.values()];
      masks = masks || Uint32Array.from({ length: count }, (_, i) => mask(vocabulary.plain(i)));
      let most = plain.length > 12 ? 3 : plain.length > 8 ? 2 : 1;
      let best = null, high = -1;
      for (let i = 0; i < count + spare.length; i++) {
        const word = i < count ? wordAt(i) : spare[i - count];
        if (Math.abs(word.length - plain.length) > most || word.length < 4) continue;
        const set = i < count ? masks[i] : mask(fold(word));
        // as long, but with a letter that the other lacks: another word (slant, släkt), if it is short
        const lacking = bits(own ^ set), alike = word.length === plain.length;
        if (lacking > 2 * most || (alike && lacking && plain.length < 8)) continue; // too few letters in common
        const other = fold(word), steps = distance(plain, other, most), same = other[0] === plain[0];
        // another first letter, and two letters off or a short word: hardly the same (koppen, öppen)
        if (steps > (alike && lacking > 1 ? 1 : most) || (steps > (plain.length > 6 ? 1 : 0) && !same) || small.has(root(word))) continue;
        const { heading, text } = i < count ? posts(i) : { heading: [], text: [] };
        const rank = (same ? 1e6 : 0) + 10 * heading.length + text.length;
        if (steps < most || rank > high) [best, high] = [word, rank];
        most = steps;
      }
      return best && { word: best, steps: most };
    }

    const topical = (/** @type {string} */ part) => rooted(part).some((i) => posts(i).heading.length || posts(i).asked.length);
    /**
     * "skyddsboende" → skydd + boende, "omplacering" → placering. Both parts are the site's own words, of
     * four letters and five at least, and something that headings are about: a word that has nothing to do
     * with the site finds nothing (hemtjänst, bygglov).
     * @param {string} query
     * @returns {string[] | null}
     */
    function split(query) {
      const plain = fold(query);
      const about = (/** @type {string} */ part) => topical(part) || topical(root(part)) || synonyms.has(root(part));
      const real = (/** @type {string} */ part) => isWord(part) || isWord(root(part));
      const heads = (/** @type {number} */ cut) => [plain.slice(0, cut), plain.slice(0, cut).replace(language.link, "")];
      for (let cut = plain.length - 5; cut > 3; cut--) {
        const tail = plain.slice(cut);
        if (!real(tail)) continue;
        for (const head of heads(cut)) {
          if (has(query.slice(0, head.length)) && about(head) && about(tail)) return [query.slice(0, head.length), query.slice(cut)];
        }
      }
      const prefix = language.prefix.exec(query);
      const rest = prefix && query.slice(prefix[0].length);
      return rest && real(fold(rest)) ? [rest] : null;
    }
    return { stop: stop, candidates: candidates, sure: sure, strong: strong, spansOf: spansOf, correction: correction, split: split };
  }
  return { matcherOf: matcherOf };
})();
