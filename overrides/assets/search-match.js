// Finds the words of the index that a word of the query may mean, and how each is like it.
/**
 * @typedef {"same" | "plain" | "derived" | "head" | "tail" | "start" | "inside"} Likeness how a word of the index is like the
 *   query's: an inflected form of it, the same without å ä ö, another word of the same stem, a compound that begins or
 *   ends with it, or only has its letters at the start or inside
 * @typedef {{word: string, at: number, likeness: Likeness}} Candidate a word of the index, and its number there
 * @typedef {{written: string, shown: string, words: string[]}} Synonym what a reader writes, and the site's words for it
 * @typedef {{from: number, to: number, synonym: Synonym}} Span the words of the query that have a synonym
 * @typedef {{word: string, plain: string, stem: string, plainStem: string, plainBase: string, form: string, baseForm: string,
 *   isNumber: boolean, hasNoAccents: boolean, isPlain: boolean, typing: boolean}} Wanted a word of the query; see wantedOf
 */
var searchMatch = (function () {
  "use strict";
  const MANY = 1500; // words with the query's letters: if there are more, only those that begin with the letters count

  /**
   * Functions that match words of a query with an index.
   * @param {Record<string, string>} index
   * @param {Text} text
   * @param {Vocabulary} vocabulary
   */
  function matcherOf(index, text, vocabulary) {
    const swedish = searchSwedish;
    const { fold, distance } = searchWords;
    const { stem, root, derivationStem } = text;
    const { count, wordAt, plainAt, withRoot, posts } = vocabulary;
    const stopWords = new Set(index.stop.split(" ").flatMap((word) => [word, fold(word)]));
    const stopRoots = new Set([...stopWords].map(root)); // "görs" is as small a word as "gör"

    // The synonyms of what readers write, by its keys: "coffee break" → fika.
    /** @type {Map<string, Synonym[]>} */
    const synonyms = new Map();
    /** @type {Map<string, string>} */
    const writtenByRoot = new Map(); // each word that readers write in a synonym
    let longest = 1; // words in a synonym
    const pairs = index.synonyms.split("\n");
    for (let i = 0; i + 1 < pairs.length; i += 2) addSynonyms(pairs[i], pairs[i + 1].split("|"));

    function addSynonyms(/** @type {string} */ shown, /** @type {string[]} */ alternatives) {
      const words = text.words(shown).filter((word) => !stopWords.has(word));
      if (!words.length) return;
      for (const written of alternatives) {
        const writtenWords = text.words(written);
        if (!writtenWords.length) continue;
        writtenWords.forEach((word) => writtenByRoot.set(root(word), word));
        longest = Math.max(longest, writtenWords.length);
        for (const key of keysOf(writtenWords)) {
          const same = synonyms.get(key) || [];
          same.push({ written, shown, words });
          synonyms.set(key, same);
        }
      }
    }
    /** The keys of words in ``synonyms``: their roots; of one word its derivation stem, too, so that "översätta" finds
     * the synonym "översättning". */
    function keysOf(/** @type {string[]} */ words) {
      const roots = words.map(root).join(" "), derived = words.length > 1 ? roots : derivationStem(roots);
      return roots === derived ? [roots] : [roots, derived];
    }
    /**
     * The synonyms of parts of a query, the longest parts first. Stop words count in a part of several words.
     * @param {string[]} words of the query
     * @param {(word: string) => boolean} counts whether a word counts by itself
     */
    function spansOf(words, counts) {
      /** @type {Span[]} */
      const spans = [];
      for (let length = Math.min(longest, words.length); length > 0; length--) {
        for (let from = 0; from + length <= words.length; from++) {
          if (length === 1 && !counts(words[from])) continue; // "who" is rarely WHO
          // a word that the site itself has doesn't mean what a word derived from it stands for
          const isOwn = length === 1 && candidates(words[from], false).some(isSure);
          const keys = keysOf(words.slice(from, from + length)).slice(0, isOwn ? 1 : 2);
          const found = new Set(keys.flatMap((key) => synonyms.get(key) || []));
          for (const synonym of found) spans.push({ from, to: from + length, synonym });
        }
      }
      return spans;
    }

    /** Whether the rest of a compound is a word, or begins one: "skydds" of "skyddsboende". */
    function isCompoundPart(/** @type {string} */ part) {
      if (part.length < 3) return false;
      return vocabulary.hasBeginning(part.replace(swedish.linkLetters, "")) || vocabulary.hasBeginning(root(part));
    }

    /**
     * A word of the query in the forms that it is compared in.
     *
     * ``isPlain``: whether å ä ö don't matter: the reader hasn't written any, and the site has no word as written. In
     * ``form`` and ``baseForm``, the word and its stem to look for in other words, they matter unless ``isPlain``.
     * @param {string} word
     * @param {boolean} typing whether it may be the beginning of a word
     * @returns {Wanted}
     */
    function wantedOf(word, typing) {
      const isNumber = /^\d/.test(word);
      const plain = fold(word), hasNoAccents = plain === word;
      const ownStem = isNumber ? word : stem(word), plainStem = fold(ownStem);
      const isPlain = hasNoAccents && !withRoot(plainStem).some((i) => stem(wordAt(i)) === ownStem);
      const plainBase = isNumber ? plain : derivationStem(plainStem);
      let baseForm = isPlain ? plainStem : ownStem;
      if (plainBase.length > 4) baseForm = isPlain ? plainBase : derivationStem(ownStem);
      return { word, plain, stem: ownStem, plainStem, plainBase, form: isPlain ? plain : word, baseForm, isNumber, hasNoAccents, isPlain, typing };
    }
    /**
     * How a word of the index is like a word of the query; "" if it isn't.
     * @param {Wanted} wanted
     * @param {string} word
     * @param {string} plain the same without å ä ö
     * @returns {Likeness | ""}
     */
    function likenessOf(wanted, word, plain) {
      if (word === wanted.word) return "same";
      if (wanted.isNumber) return numberLikeness(wanted.word, word);
      const wordStem = stem(word), plainStem = fold(wordStem);
      const form = wanted.isPlain ? plain : word, stemForm = wanted.isPlain ? plainStem : wordStem;
      if (wordStem === wanted.stem || text.areInflected(form, wanted.form)) return "same";
      if (wanted.hasNoAccents && plain === wanted.plain) return "plain";
      if (wanted.isPlain && [wanted.plainStem, wanted.plain].includes(plainStem)) return "plain";
      if (wanted.isPlain && (plain === wanted.plainStem || stem(plain) === wanted.stem)) return "plain";
      if (plainStem === wanted.plainStem) return ""; // å ä ö tell them apart: mal, mål
      if (wanted.plainBase.length > 3) {
        const base = derivationStem(plainStem);
        if ([plainStem, base].includes(wanted.plainBase) || base === wanted.plainStem) return "derived";
      }
      return partLikeness(wanted, form, stemForm);
    }
    /** How a number is like the query's: it begins or ends with it, if that is long enough to mean something. */
    function numberLikeness(/** @type {string} */ wanted, /** @type {string} */ number) {
      if (wanted.length > 2 && number.startsWith(wanted)) return "start";
      return wanted.length > 4 && number.endsWith(wanted) ? "tail" : "";
    }
    /**
     * How a longer word contains a word of the query; "" if it doesn't.
     * @param {Wanted} wanted
     * @param {string} word with å ä ö if they matter, and so its stem
     * @param {string} wordStem
     * @returns {Likeness | ""}
     */
    function partLikeness(wanted, word, wordStem) {
      const { form, baseForm, typing } = wanted;
      const isLong = baseForm.length > 4;
      if (baseForm.length > 2 && word.length > form.length + 1 && (word.startsWith(form) || wordStem.startsWith(baseForm))) {
        const rest = fold(word.slice(word.startsWith(form) ? form.length : baseForm.length));
        if (isCompoundPart(rest) || isCompoundPart(rest.replace(/^[seaou]/, ""))) return "head";
        return typing || isLong ? "start" : "";
      }
      let beginning = ""; // the letters before the query's word, which ends the compound
      if (word.endsWith(form)) beginning = word.slice(0, -form.length);
      else if (wordStem.endsWith(baseForm)) beginning = wordStem.slice(0, -baseForm.length);
      else if (isLong && derivationStem(wordStem).endsWith(baseForm)) beginning = derivationStem(wordStem).slice(0, -baseForm.length);
      // a stem that has lost an ending says less than a whole word
      if (beginning.length > 2 && baseForm.length > (baseForm === form ? 2 : 3)) {
        return isCompoundPart(fold(beginning)) || isLong ? "tail" : "inside";
      }
      return baseForm.length > 5 && wordStem.indexOf(baseForm) > 2 ? "inside" : "";
    }
    /** @type {Map<string, Candidate[]>} */
    const remembered = new Map();
    /**
     * The words of the index that are like a word of the query.
     * @param {string} word
     * @param {boolean} typing whether it may be the beginning of a word
     */
    function candidates(word, typing) {
      const key = word + (typing ? "+" : "");
      let found = remembered.get(key);
      if (found) return found;
      found = [];
      const wanted = wantedOf(word, typing);
      for (const i of comparedWith(wanted)) {
        const likeness = likenessOf(wanted, wordAt(i), plainAt(i));
        if (likeness) found.push({ word: wordAt(i), at: i, likeness });
      }
      remembered.set(key, found);
      return found;
    }
    /** The words of the index that may be like a word of the query: those with the letters that all such words have. */
    function comparedWith(/** @type {Wanted} */ wanted) {
      if (wanted.plain.length < 3) return withRoot(wanted.plainStem);
      let letters = wanted.plainBase;
      while (!wanted.plain.startsWith(letters)) letters = letters.slice(0, -1);
      const found = vocabulary.withLetters(letters);
      return found.length > MANY ? found.filter((i) => plainAt(i).startsWith(letters)) : found;
    }
    /** Whether a candidate is the query's word. */
    const isSure = (/** @type {Candidate} */ { likeness }) => likeness === "same" || likeness === "plain";
    /** Whether a candidate is the query's word, or a compound with it. */
    const isStrong = (/** @type {Candidate} */ candidate) => isSure(candidate) || candidate.likeness === "head" || candidate.likeness === "tail";

    /** The letters a–z of a word as bits of a number, so that most words can be compared without their letters. */
    function letterBits(/** @type {string} */ word) {
      let bits = 0;
      for (let i = 0; i < word.length; i++) {
        const letter = word.charCodeAt(i) - 97;
        if (letter >= 0 && letter < 26) bits |= 1 << letter;
      }
      return bits;
    }
    /** The number of bits that are 1. */
    function bitCount(/** @type {number} */ bits) {
      let count = 0;
      for (; bits; bits &= bits - 1) count++;
      return count;
    }
    /** @type {Uint32Array | null} */
    let bitsOfWords = null; // of all words of the index, from the first correction on
    /**
     * The word of the site or of its synonyms that a misspelt word is nearest to, and the steps to it; null if none
     * is near. Of several as near, the one with the same first letter, then the one in most headings and texts.
     * @param {string} word
     */
    function correction(word) {
      if (word.length < 4 || /\d/.test(word)) return null;
      const plain = fold(word), bits = letterBits(plain), written = [...writtenByRoot.values()];
      bitsOfWords = bitsOfWords || Uint32Array.from({ length: count }, (_, i) => letterBits(plainAt(i)));
      let fewest = mostSteps(plain);
      let best = null, highest = -1;
      for (let i = 0; i < count + written.length; i++) {
        const other = i < count ? wordAt(i) : written[i - count];
        if (Math.abs(other.length - plain.length) > fewest || other.length < 4) continue;
        const isAsLong = other.length === plain.length;
        const differentLetters = bitCount(bits ^ (i < count ? bitsOfWords[i] : letterBits(fold(other))));
        if (differentLetters > 2 * fewest) continue;
        // a short word, as long but with another letter, is another word: slant, släkt
        if (isAsLong && differentLetters && plain.length < 8) continue;
        const plainOther = fold(other), steps = distance(plain, plainOther, fewest), sameFirst = plainOther[0] === plain[0];
        if (steps > (isAsLong && differentLetters > 1 ? 1 : fewest)) continue;
        // so is one with another first letter, if it is two steps away or short: koppen, öppen
        if (!sameFirst && steps > (plain.length > 6 ? 1 : 0)) continue;
        if (stopRoots.has(root(other))) continue;
        const { heading, text } = i < count ? posts(i) : { heading: [], text: [] };
        const rank = (sameFirst ? 1e6 : 0) + 10 * heading.length + text.length;
        if (steps < fewest || rank > highest) {
          best = other;
          highest = rank;
        }
        fewest = steps;
      }
      return best && { word: best, steps: fewest };
    }
    /** How many steps away a correction may be: a long word may have more slips. */
    function mostSteps(/** @type {string} */ word) {
      if (word.length > 12) return 3;
      return word.length > 8 ? 2 : 1;
    }

    const hasWord = (/** @type {string} */ word) => withRoot(root(word)).some((i) => wordAt(i) === word) || writtenByRoot.get(root(word)) === word;
    const isKnown = (/** @type {string} */ part) => part.length > 2 && (writtenByRoot.has(part) || withRoot(part).length > 0);
    const isWord = (/** @type {string} */ part) => isKnown(part) || isKnown(root(part));
    const isInHeading = (/** @type {string} */ part) => withRoot(part).some((i) => posts(i).heading.length || posts(i).asked.length);
    const isTopic = (/** @type {string} */ part) => isInHeading(part) || isInHeading(root(part)) || synonyms.has(root(part));
    /**
     * The parts of a compound: "skyddsboende" → skydds, boende; "omplacering" → placering. Null unless both parts are
     * the site's own words, of at least four and five letters, and headings have them: a word that has nothing to do
     * with the site finds nothing (hemtjänst, bygglov).
     * @param {string} word
     * @returns {string[] | null}
     */
    function split(word) {
      const plain = fold(word);
      for (let cut = plain.length - 5; cut > 3; cut--) {
        const tail = plain.slice(cut), whole = plain.slice(0, cut);
        if (!isWord(tail)) continue;
        for (const head of [whole, whole.replace(swedish.linkLetters, "")]) {
          const own = word.slice(0, head.length);
          if (hasWord(own) && isTopic(head) && isTopic(tail)) return [own, word.slice(cut)];
        }
      }
      const prefix = swedish.prefix.exec(word);
      const rest = prefix && word.slice(prefix[0].length);
      return rest && isWord(fold(rest)) ? [rest] : null;
    }
    return { stopWords, candidates, isSure, isStrong, spansOf, correction, split };
  }
  return { matcherOf };
})();
