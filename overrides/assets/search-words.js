// Text as words, and how near two words are.
/** @typedef {ReturnType<typeof searchWords.wordsOf>} Text */
var searchWords = (function () {
  "use strict";
  // The same as TOKEN in scripts/site/search/words.py.
  const TOKEN = new RegExp(
    "(\\d+(?: ?[a-d](?= ))?) ?kap(?:itlet|itel|\\.)? ?(\\d+)(?: ?([a-h])(?![\\p{L}\\p{N}]))?" +
    "(?: och (\\d+) ?([a-h])?(?= ?§§))?" +
    "|chapter (\\d+),? section (\\d+)" +
    "|(\\d+:\\d+)(?: ?([a-h])(?![\\p{L}\\p{N}]))?" +
    "|(\\d+(?:[ -]\\d+)*)" +
    "|([\\p{L}\\p{N}]+)", "gu");
  /** @type {Record<string, string>} */
  const FOLD = { å: "a", ä: "a", ö: "o", é: "e", è: "e", ü: "u", ø: "o", æ: "a" };
  /** Without å ä ö. As long as before. @param {string} text */
  const fold = (text) => (/[åäöéèüøæ]/.test(text) ? text.replace(/[åäöéèüøæ]/g, (letter) => FOLD[letter]) : text);

  /**
   * @param {Language} language
   * @param {string} numbers number words and digits, by turns
   */
  function wordsOf(language, numbers) {
    /** @type {Record<string, string>} */
    const digits = Object.create(null);
    numbers.split(" ").forEach((word, at, all) => { if (at % 2 === 0) digits[word] = all[at + 1]; });

    /** The digits of a word that is a number before what comes after it, or "". */
    function counted(/** @type {string} */ word, /** @type {string} */ after) {
      const found = language.counted.get(word);
      return found && language.unit.test(after) ? found : "";
    }

    /**
     * Words with the place in the text each comes from.
     * @param {string} text
     * @returns {[string, number, number][]}
     */
    function tokens(text) {
      /** @type {[string, number, number][]} */
      const found = [];
      const plain = text.replace(/[\s\u00a0]/g, " ").toLowerCase();
      for (const m of plain.matchAll(TOKEN)) {
        const start = m.index, end = start + m[0].length;
        const put = (/** @type {string} */ word) => found.push([word, start, end]);
        if (m[11]) put(counted(m[11], plain.slice(end, end + 40)) || digits[m[11]] || m[11]);
        else if (m[10]) {
          const joined = m[10].replace(/[ -]/g, "");
          if (joined.length > 4) put(joined);
          else m[10].split(/[ -]/).forEach(put);
        } else if (m[8]) put(m[8] + (m[9] || ""));
        else if (m[6]) put(m[6] + ":" + m[7]);
        else {
          const chapter = m[1].replace(" ", "");
          put(chapter + ":" + m[2] + (m[3] || ""));
          if (m[4]) put(chapter + ":" + m[4] + (m[5] || ""));
        }
      }
      return found;
    }
    const words = (/** @type {string} */ text) =>
      tokens(text.normalize("NFC").replace(/\u00ad/g, "")).map((token) => token[0]);

    // As in stem_of of words.py.
    function stem(/** @type {string} */ word) {
      const kept = language.kept.exec(word);
      if (kept) return kept[1];
      const short = language.stem(word);
      return short.length < 4 && language.overcut.test(word.slice(short.length)) ? word : language.irregular.get(short) || short;
    }
    /** What a word has in common with its other forms, å ä ö or not. */
    const root = (/** @type {string} */ word) => fold(stem(word));
    function base(/** @type {string} */ stemmed) {
      const short = language.base(stemmed);
      return short.length > 3 ? short : stemmed;
    }
    /** One word and an ending, where the stemmer leaves them apart. */
    function inflected(/** @type {string} */ a, /** @type {string} */ b) {
      const [short, long] = a.length < b.length ? [a, b] : [b, a];
      return short.length > 3 && long.startsWith(short) && language.ending.test(long.slice(short.length));
    }
    return { tokens: tokens, words: words, stem: stem, root: root, base: base, inflected: inflected };
  }

  /**
   * Steps to change one word into another: a letter less, more, other, or two that swap. Above
   * ``most``: most + 1.
   * @param {string} a
   * @param {string} b
   * @param {number} most
   */
  function distance(a, b, most) {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    /** @type {number[]} */
    let old = [], before = [], row = [];
    for (let j = 0; j <= b.length; j++) before[j] = j;
    for (let i = 1; i <= a.length; i++) {
      row = [i];
      let least = i;
      for (let j = 1; j <= b.length; j++) {
        const same = a[i - 1] === b[j - 1] ? 0 : 1;
        let steps = Math.min(before[j] + 1, row[j - 1] + 1, before[j - 1] + same);
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
          steps = Math.min(steps, old[j - 2] + 1);
        }
        row[j] = steps;
        if (steps < least) least = steps;
      }
      if (least > most) return most + 1;
      old = before;
      before = row;
    }
    return before[b.length];
  }

  return { wordsOf: wordsOf, fold: fold, distance: distance };
})();
