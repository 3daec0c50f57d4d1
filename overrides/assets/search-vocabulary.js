// Reads the index lazily: the work before the first search doesn't grow with the site.
/**
 * @typedef {ReturnType<typeof searchVocabulary.vocabularyOf>} Vocabulary
 * @typedef {{text: number[], heading: number[], asked: number[]}} Posts the sections that have a word
 */
var searchVocabulary = (function () {
  "use strict";
  /** Decodes a list that delta_encoded() in scripts/site/search/index.py wrote. @returns {number[]} */
  function numbersOf(/** @type {string} */ text) {
    let number = 0;
    return text ? text.split(" ").map((step) => (number += +step)) : [];
  }

  /** Whether a sorted list contains a number. */
  function holds(/** @type {number[]} */ numbers, /** @type {number} */ number) {
    let low = 0, high = numbers.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (numbers[middle] < number) low = middle + 1;
      else high = middle;
    }
    return numbers[low] === number;
  }

  /**
   * @param {Record<string, string>} index
   * @param {Text} text
   */
  function vocabularyOf(index, text) {
    const { fold } = searchWords;
    // All words in one string, and the same without å ä ö: to find those that have some letters in them
    // is then one search.
    const words = index.words ? index.words.split("\n") : [], count = words.length;
    const starts = new Uint32Array(count + 1);
    for (let i = 0, at = 1; i <= count; i++) {
      starts[i] = at;
      at += (words[i] || "").length + 1;
    }
    const list = "\n" + fold(index.words) + "\n";
    const word = (/** @type {number} */ i) => words[i];
    const plain = (/** @type {number} */ i) => list.slice(starts[i], starts[i + 1] - 1);

    const headings = index.headings.split("\n"), ids = index.ids.split("\n");
    const pages = index.pages.split("\n");
    const size = headings.length;
    const lengths = new Uint8Array(size), first = new Uint32Array(size), address = new Uint32Array(size);
    for (let p = 0, n = 0; p < pages.length; p += 2) {
      for (const top = n, end = n + +pages[p + 1]; n < end; n++) {
        first[n] = top;
        address[n] = p;
      }
    }

    const lines = index.posts.split("\n");
    /** @type {Posts[]} */
    const read = [];
    /** The sections with a word, decoded at first use. @returns {Posts} */
    function posts(/** @type {number} */ i) {
      if (!read[i]) {
        const [text, heading, asked] = lines[i].split("/").map(numbersOf);
        read[i] = { text, heading, asked };
      }
      return read[i];
    }

    /** The first word that isn't before this one, å ä ö apart. */
    function place(/** @type {string} */ part) {
      let low = 0, high = count;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (plain(middle) < part) low = middle + 1;
        else high = middle;
      }
      return low;
    }
    /** Whether a word begins so, and soon ends. */
    function begins(/** @type {string} */ part) {
      const at = place(part);
      return at < count && starts[at + 1] - starts[at] - part.length < 6 && plain(at).startsWith(part);
    }
    /** The words with these letters somewhere in them. */
    function containing(/** @type {string} */ part) {
      const found = [];
      let low = 0;
      for (let at = list.indexOf(part); at >= 0; at = list.indexOf(part, starts[low + 1])) {
        let high = count - 1;
        while (low < high) {
          const middle = (low + high + 1) >> 1;
          if (starts[middle] <= at) low = middle;
          else high = middle - 1;
        }
        found.push(low);
        if (low + 1 === count) break;
      }
      return found;
    }
    /** @type {Map<string, number[]>} */
    const known = new Map();
    /** The words of this root: one, or two that only å ä ö tell apart. */
    function rooted(/** @type {string} */ root) {
      let found = known.get(root);
      if (!found) {
        found = [];
        const beginning = root.length > 4 ? root.slice(0, -1) : root; // a stemmer may change the last
        for (let i = place(beginning); i < count && plain(i).startsWith(beginning); i++) {
          if (root.length < 3 && plain(i) !== root) break;
          if (text.root(word(i)) === root) found.push(i);
        }
        if (known.size > 5000) known.clear();
        known.set(root, found);
      }
      return found;
    }

    return {
      size: size, count: count, word: word, plain: plain, posts: posts, containing: containing, begins: begins, rooted: rooted,
      id: (/** @type {number} */ n) => ids[n],
      heading: (/** @type {number} */ n) => headings[n],
      /** How many words a heading has, about; a telephone number is one. */
      length: (/** @type {number} */ n) => lengths[n] || (lengths[n] = headings[n].replace(/\d[\d -]+/g, "0 ").trim().split(" ").length),
      first: (/** @type {number} */ n) => first[n],
      /** Whether more than one section has its heading: "Now". */
      common: (/** @type {number} */ n) => headings.indexOf(headings[n]) !== headings.lastIndexOf(headings[n]),
      end: (/** @type {number} */ n) => first[n] + +pages[address[n] + 1],
      address: (/** @type {number} */ n) => pages[address[n]],
      kind: (/** @type {number} */ n) => index.kinds[n],
      /** How many words its text has: 1 is the average. */
      large: (/** @type {number} */ n) => Math.pow(2, index.sizes.charCodeAt(n) - 109),
    };
  }
  return { vocabularyOf: vocabularyOf, holds: holds };
})();
