// The index, read as it is asked for: nothing here grows with the site before somebody searches.
/**
 * @typedef {ReturnType<typeof searchVocabulary.vocabularyOf>} Vocabulary
 * @typedef {{text: number[], heading: number[], asked: number[]}} Posts the sections that have a word
 */
var searchVocabulary = (function () {
  "use strict";
  const BLOCK = 32; // as in scripts/publish/search/packing.py

  /**
   * Reads what pack() in packing.py has written: each call gives the next list of numbers.
   * @param {string} text
   * @param {number} size
   */
  function unpacker(text, size) {
    let at = 0, bits = 0, held = 0;
    function take(/** @type {number} */ length) {
      while (held < length) {
        const code = text.charCodeAt(at++);
        bits = ((bits & 0x1ffffff) << 6) | (code - (code > 91 ? 41 : 40)); // 31 bits: never below zero
        held += 6;
      }
      held -= length;
      return (bits >> held) & ((1 << length) - 1);
    }
    /** @type {(numbers: number[], from: number, to: number, low: number, high: number) => void} */
    function between(numbers, from, to, low, high) {
      if (from >= to) return;
      const middle = from + ((to - from) >> 1), first = low + middle - from;
      const width = high - (to - 1 - middle) - first + 1;
      const length = 31 - Math.clz32(width), short = (2 << length) - width;
      let value = take(length);
      if (value >= short) value = 2 * value + take(1) - short;
      numbers[middle] = value += first;
      between(numbers, from, middle, low, value - 1);
      between(numbers, middle + 1, to, value + 1, high);
    }
    return function list() {
      let zeros = 0;
      while (!take(1)) zeros++;
      const length = (1 << zeros) - 1 + take(zeros); // Elias' gamma code
      /** @type {number[]} */
      const numbers = new Array(length);
      between(numbers, 0, length, 0, size - 1);
      return numbers;
    };
  }

  /** Whether rising numbers hold this one. */
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
    // is then one search. Each begins with a capital: how many letters it shares with the one before.
    const count = (index.words.match(/[A-Z]/g) || []).length;
    const starts = new Uint32Array(count + 1), codes = new Uint16Array(index.words.length + 25 * count + 1);
    let end = 0;
    for (let at = 0, i = -1; at < index.words.length; at++) {
      const code = index.words.charCodeAt(at);
      if (code < 65 || code > 90) codes[end++] = code;
      else {
        codes[end++] = 10;
        starts[++i] = end;
        for (let from = i && starts[i - 1], left = code - 65; left; left--) codes[end++] = codes[from++];
      }
    }
    codes[end++] = 10;
    starts[count] = end;
    const joined = () => {
      let all = "";
      for (let at = 0; at < end; at += 8192) all += String.fromCharCode.apply(null, /** @type {any} */ (codes.subarray(at, Math.min(end, at + 8192))));
      return all;
    };
    const own = joined();
    const folded = Uint16Array.from({ length: 256 }, (_, code) => fold(String.fromCharCode(code)).charCodeAt(0));
    for (let at = 0; at < end; at++) if (codes[at] < 256) codes[at] = folded[codes[at]];
    const list = joined();
    const word = (/** @type {number} */ i) => own.slice(starts[i], starts[i + 1] - 1);
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

    const blocks = index.posts.split(" ");
    /** @type {Posts[][]} */
    const unpacked = [];
    /** Where a word stands, read with its block when it is first asked for. @returns {Posts} */
    function posts(/** @type {number} */ i) {
      const block = Math.floor(i / BLOCK);
      if (!unpacked[block]) {
        const next = unpacker(blocks[block], size);
        unpacked[block] = [];
        for (let n = block * BLOCK; n < Math.min(count, (block + 1) * BLOCK); n++) {
          unpacked[block].push({ text: next(), heading: next(), asked: next() });
        }
      }
      return unpacked[block][i % BLOCK];
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

    /** The id of a heading: "AC" in the index means its first and third word. */
    function id(/** @type {number} */ n) {
      if (!/^[A-Z]+$/.test(ids[n])) return ids[n].replace("#", "");
      const slug = fold(headings[n].toLowerCase()).replace(/[^a-z0-9]+/g, "-").split("-");
      return [...ids[n]].map((letter) => slug[letter.charCodeAt(0) - 65]).join("-");
    }
    return {
      size: size, count: count, word: word, plain: plain, posts: posts, containing: containing, begins: begins, rooted: rooted, id: id,
      heading: (/** @type {number} */ n) => headings[n],
      /** How many words a heading has, about; a telephone number is one. */
      length: (/** @type {number} */ n) => lengths[n] || (lengths[n] = headings[n].replace(/\d[\d -]+/g, "0 ").trim().split(" ").length),
      first: (/** @type {number} */ n) => first[n],
      end: (/** @type {number} */ n) => first[n] + +pages[address[n] + 1],
      address: (/** @type {number} */ n) => pages[address[n]],
      kind: (/** @type {number} */ n) => index.kinds[n],
      /** How many words its text has: 1 is the average. */
      large: (/** @type {number} */ n) => Math.pow(2, index.sizes.charCodeAt(n) - 109),
    };
  }
  return { vocabularyOf: vocabularyOf, holds: holds };
})();
