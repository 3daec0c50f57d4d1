// Reads the index of scripts/site/search/index.py lazily: the work before the first search hardly grows with the
// site.
/**
 * A word is a number: its place in the sorted list of all words. A section is a number, too, page after page; a
 * page's first section is the page's beginning.
 * @typedef {ReturnType<typeof searchVocabulary.vocabularyOf>} Vocabulary
 * @typedef {{text: number[], heading: number[], asked: number[]}} Posts the sections that have a word: in their
 *   text, in their heading, or in their search words
 */
var searchVocabulary = (function () {
  "use strict";
  /** The numbers of a list that delta_encoded() in index.py wrote. @returns {number[]} */
  function numbersOf(/** @type {string} */ text) {
    let number = 0;
    return text ? text.split(" ").map((step) => (number += +step)) : [];
  }

  /** Whether a sorted list contains a number. */
  function contains(/** @type {number[]} */ numbers, /** @type {number} */ number) {
    let low = 0, high = numbers.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (numbers[middle] < number) low = middle + 1;
      else high = middle;
    }
    return numbers[low] === number;
  }

  /**
   * Functions that look up words and sections in an index.
   * @param {Record<string, string>} index as build_index() in index.py describes it
   * @param {Text} text
   */
  function vocabularyOf(index, text) {
    const { fold } = searchWords;
    const words = index.words ? index.words.split("\n") : [], count = words.length;
    // All words without å ä ö in one string, and where each starts in it: the words with some letters in them are
    // found by one search.
    const joined = "\n" + fold(index.words) + "\n";
    const starts = new Uint32Array(count + 1);
    for (let i = 0, start = 1; i <= count; i++) {
      starts[i] = start;
      start += (words[i] || "").length + 1;
    }
    const wordAt = (/** @type {number} */ i) => words[i];
    /** The word without å ä ö. */
    const plainAt = (/** @type {number} */ i) => joined.slice(starts[i], starts[i + 1] - 1);

    const headings = index.headings.split("\n"), ids = index.ids.split("\n");
    const pages = index.pages.split("\n"); // address, number of sections, address, …
    const size = headings.length;
    const lengths = new Uint8Array(size); // see headingLength
    const pageStarts = new Uint32Array(size), pageIndexes = new Uint32Array(size); // of each section's page
    for (let p = 0, n = 0; p < pages.length; p += 2) {
      for (const start = n, end = n + +pages[p + 1]; n < end; n++) {
        pageStarts[n] = start;
        pageIndexes[n] = p;
      }
    }

    const postLines = index.posts.split("\n");
    /** @type {Posts[]} */
    const decoded = [];
    /** The sections that have a word. @returns {Posts} */
    function posts(/** @type {number} */ i) {
      if (!decoded[i]) {
        const [text, heading, asked] = postLines[i].split("/").map(numbersOf);
        decoded[i] = { text, heading, asked };
      }
      return decoded[i];
    }

    /** The first word that isn't before these letters, in the order without å ä ö. */
    function firstFrom(/** @type {string} */ letters) {
      let low = 0, high = count;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (plainAt(middle) < letters) low = middle + 1;
        else high = middle;
      }
      return low;
    }
    /** Whether a word begins with these letters, and has at most five more. */
    function hasBeginning(/** @type {string} */ letters) {
      const i = firstFrom(letters);
      return i < count && starts[i + 1] - starts[i] - letters.length < 6 && plainAt(i).startsWith(letters);
    }
    /** The words with these letters somewhere in them. */
    function withLetters(/** @type {string} */ letters) {
      const found = [];
      let low = 0;
      for (let position = joined.indexOf(letters); position >= 0; position = joined.indexOf(letters, starts[low + 1])) {
        let high = count - 1;
        while (low < high) {
          const middle = (low + high + 1) >> 1;
          if (starts[middle] <= position) low = middle;
          else high = middle - 1;
        }
        found.push(low);
        if (low + 1 === count) break;
      }
      return found;
    }
    /** @type {Map<string, number[]>} */
    const foundByRoot = new Map();
    /** The words with this root (see searchWords). */
    function withRoot(/** @type {string} */ root) {
      let found = foundByRoot.get(root);
      if (found) return found;
      found = [];
      const beginning = root.length > 4 ? root.slice(0, -1) : root; // the stemmer may have changed the last letter
      for (let i = firstFrom(beginning); i < count && plainAt(i).startsWith(beginning); i++) {
        // two letters begin too many words: then the word itself, alone
        if (root.length < 3 && plainAt(i) !== root) break;
        if (text.root(wordAt(i)) === root) found.push(i);
      }
      foundByRoot.set(root, found);
      return found;
    }

    /** About how many words a section's heading has; a telephone number is one. */
    function headingLength(/** @type {number} */ n) {
      if (!lengths[n]) lengths[n] = headings[n].replace(/\d[\d -]+/g, "0 ").trim().split(" ").length;
      return lengths[n];
    }
    return {
      size, count, wordAt, plainAt, posts, withLetters, hasBeginning, withRoot, headingLength,
      id: (/** @type {number} */ n) => ids[n],
      heading: (/** @type {number} */ n) => headings[n],
      /** Whether another section has the same heading. */
      hasSharedHeading: (/** @type {number} */ n) => headings.indexOf(headings[n]) !== headings.lastIndexOf(headings[n]),
      pageStart: (/** @type {number} */ n) => pageStarts[n],
      /** The section after the last of the section's page. */
      pageEnd: (/** @type {number} */ n) => pageStarts[n] + +pages[pageIndexes[n] + 1],
      address: (/** @type {number} */ n) => pages[pageIndexes[n]],
      /** The page kind as a number, its place in PAGE_KINDS; negative without a kind. */
      kind: (/** @type {number} */ n) => index.kinds.charCodeAt(n) - 97,
      /** How long a section's text is; 1 is the average. See _size_letters() in index.py. */
      textLength: (/** @type {number} */ n) => Math.pow(2, index.sizes.charCodeAt(n) - 109),
    };
  }
  return { vocabularyOf, contains };
})();
