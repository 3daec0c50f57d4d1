// Text as words and stems, the same way as scripts/site/search/words.py, and the distance between two words.
/** @typedef {ReturnType<typeof searchWords.wordsOf>} Text */
var searchWords = (function () {
  "use strict";
  const swedish = searchSwedish;
  // The first alternative that matches, at each position: a statute section ("5 kap. 15 a §", "5 kap. 15 och 16 §§",
  // "chapter 5, section 15", "5:15 a"), digits ("020-390 000"), or a word. The same in words.py.
  const TOKEN = new RegExp(
    "(?<chapter>\\d+(?: ?[a-d](?= ))?) ?kap(?:itlet|itel|\\.)? ?(?<section>\\d+)(?: ?(?<letter>[a-h])(?![\\p{L}\\p{N}]))?" +
    "(?: och (?<section2>\\d+) ?(?<letter2>[a-h])?(?= ?§§))?" +
    "|chapter (?<chapterEn>\\d+),? section (?<sectionEn>\\d+)" +
    "|(?<colon>\\d+:\\d+)(?: ?(?<colonLetter>[a-h])(?![\\p{L}\\p{N}]))?" +
    "|(?<digits>\\d+(?:[ -]\\d+)*)" +
    "|(?<word>[\\p{L}\\p{N}]+)", "gu");
  const UNIT_LENGTH = 40; // letters after a number word in which its unit is looked for
  /** @type {Record<string, string>} */
  const PLAIN = { å: "a", ä: "a", ö: "o", é: "e", è: "e", ü: "u", ø: "o", æ: "a" };
  /** Text without å ä ö; no longer and no shorter. @param {string} text */
  const fold = (text) => (/[åäöéèüøæ]/.test(text) ? text.replace(/[åäöéèüøæ]/g, (letter) => PLAIN[letter]) : text);

  /**
   * Functions that turn text into words and stems.
   * @param {string} numbers number words and their digits, in turn: "två 2 tre 3"
   */
  function wordsOf(numbers) {
    /** @type {Record<string, string>} */
    const digits = Object.create(null);
    numbers.split(" ").forEach((word, index, all) => { if (index % 2 === 0) digits[word] = all[index + 1]; });

    /**
     * The words of a token: a section as "5:15", a number without spaces, a number word as digits.
     * @param {Record<string, string>} token the groups of TOKEN
     * @param {string} after the text after it
     */
    function wordsOfToken(token, after) {
      if (token.word) {
        const counted = swedish.counted.get(token.word);
        if (counted && swedish.unit.test(after)) return [counted];
        return [digits[token.word] || token.word];
      }
      if (token.digits) {
        const number = token.digits.replace(/[ -]/g, "");
        // up to four digits are separate numbers beside each other: "30 15"
        return number.length > 4 ? [number] : token.digits.split(/[ -]/);
      }
      if (token.colon) return [token.colon + (token.colonLetter || "")];
      if (token.chapterEn) return [token.chapterEn + ":" + token.sectionEn];
      const chapter = token.chapter.replace(" ", "");
      const words = [chapter + ":" + token.section + (token.letter || "")];
      if (token.section2) words.push(chapter + ":" + token.section2 + (token.letter2 || ""));
      return words;
    }
    /**
     * The words of a text, each with where its token starts and ends.
     * @param {string} text
     * @returns {[string, number, number][]}
     */
    function tokens(text) {
      /** @type {[string, number, number][]} */
      const found = [];
      const spaced = text.replace(/[\s\u00a0]/g, " ").toLowerCase();
      for (const match of spaced.matchAll(TOKEN)) {
        const start = match.index, end = start + match[0].length;
        const token = /** @type {Record<string, string>} */ (match.groups);
        for (const word of wordsOfToken(token, spaced.slice(end, end + UNIT_LENGTH))) found.push([word, start, end]);
      }
      return found;
    }
    /** The words of a text, soft hyphens removed. @param {string} text */
    const words = (text) => tokens(text.normalize("NFC").replace(/\u00ad/g, "")).map(([word]) => word);

    /** The stem of a word, which its inflected forms share: as stem_of in words.py. @param {string} word */
    function stem(word) {
      const exception = swedish.notInflected.exec(word);
      if (exception) return exception[1];
      const short = swedish.snowballStem(word);
      // "månad" would be "mån"
      if (short.length < 4 && word.slice(short.length) === swedish.falseEnding) return word;
      return swedish.irregular.get(short) || short;
    }
    /** The stem of a word without å ä ö. @param {string} word */
    const root = (word) => fold(stem(word));
    /** The stem that derived words share: ansökan, ansökning. A stem too short to be cut is its own. @param {string} stem */
    function derivationStem(stem) {
      const short = swedish.derivationStem(stem);
      return short.length > 3 ? short : stem;
    }
    /**
     * Whether one of two words is the other with an inflection: for forms whose stems differ.
     * @param {string} a
     * @param {string} b
     */
    function areInflected(a, b) {
      const [short, long] = a.length < b.length ? [a, b] : [b, a];
      return short.length > 3 && long.startsWith(short) && swedish.inflection.test(long.slice(short.length));
    }
    return { tokens, words, stem, root, derivationStem, areInflected };
  }

  /**
   * The number of steps that change one word into another: a letter added, removed or replaced, or two that
   * change places (Damerau–Levenshtein). Above ``most``: most + 1.
   * @param {string} a
   * @param {string} b
   * @param {number} most
   */
  function distance(a, b, most) {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    // rows of the table: steps from the first i letters of a to the first j letters of b
    /** @type {number[]} */
    let beforeLast = [], last = [], row = [];
    for (let j = 0; j <= b.length; j++) last[j] = j;
    for (let i = 1; i <= a.length; i++) {
      row = [i];
      let least = i;
      for (let j = 1; j <= b.length; j++) {
        const replaced = a[i - 1] === b[j - 1] ? 0 : 1;
        let steps = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + replaced);
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
          steps = Math.min(steps, beforeLast[j - 2] + 1);
        }
        row[j] = steps;
        if (steps < least) least = steps;
      }
      if (least > most) return most + 1;
      beforeLast = last;
      last = row;
    }
    return last[b.length];
  }

  return { wordsOf, fold, distance };
})();
