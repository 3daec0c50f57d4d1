// The search itself: takes the index of scripts/publish/search.py and a query, gives hits. No page, no
// network, no storage: it runs in a test as it does in the reader's browser.
//
// How hits are found. The query is cut into words as the index was. For each word the vocabulary is
// read through once, and each of its words that could be meant gets a weight (WEIGHTS): the word
// itself before the same without å ä ö, before another form of it, before a compound that begins or
// ends with it. A word the site doesn't have, or a compound that few sections have (FEW), may be
// spelt as on a keyboard without å ä ö ("betaenketid"), made of two words it has ("skyddsboende") or
// of one ("tolkförmedling"), an entry of the synonyms, or, last, a misspelling, at most one letter off
// (two in a long word, three in a very long one).
//
// Where they are found (FIELD): in the heading, in the page's title, in the text, and in what readers
// write when a section is the answer (docs/_data/searches.yml, keywords). In the text and there the
// index has one form of each stem: forms are told apart in headings only.
//
// How they are ranked. A word counts more the fewer sections have it, less if no heading and no
// search word has it (BODY). What a section gets is the sum over the query's words, times how large
// a part of the query it answers (COVERED): sections with all the words come first, and a section is
// short, so its words stand near each other. (Measured on 420 queries: words of one sentence before
// words further apart give half a per cent more right first hits, for 9 kB more to send. A section's
// length, how often it has a word, and what the rest of its page says made it worse.)
// Lifted are the top of a page (TOP), a heading that says much of the query, small words too
// (PHRASE), and one that says nothing else (WHOLE). Pressed down are pages for another occasion
// (LAST), and a page's second and third section, so that three hits are rarely three from one page.
(function (scope) {
  "use strict";

  const WEIGHTS = {
    exact: 1.2, plain: 0.92, inflected: 0.9, stem: 0.9, plainStem: 0.82, derived: 0.5, head: 0.62, tail: 0.62, synonym: 0.5,
    start: 0.36, inside: 0.3,
  };
  const FIELD = { heading: 2.4, title: 1.1, text: 1, asked: 0.75, part: 0.3 }; // part: of a search word
  const MORE = 0.65; // of what a word gives in yet another place or form, beside its best
  const TOP = 1.3; // a page's own beginning
  const LAST = 0.8; // pages that are for another occasion than looking something up
  const PHRASE = 1; // a heading with all the query's words
  const WHOLE = 0.5; // a heading with nothing but the query's words
  const COVERED = { few: 2, many: 1.5 }; // to which power the part of the query that a section answers
  const FEW = 4; // sections with a whole compound: are there fewer, its parts are looked for, too,
  const PARTS = { both: 0.3, one: 0.12 }; // and count this much
  const LEAST = 0.12; // of the best section's score: what is hardly a hit
  const LIFT = TOP * (1 + PHRASE) * (1 + WHOLE); // all there is for a section to win
  const BODY = 0.7; // a word that no heading and no search word has: "räcker", "träffa"
  const GUESS = 0.5; // a part of a word the site doesn't have (leda|möter), one two letters off
  const NUMBERS = Object.create(null);
  ("två 2 tre 3 fyra 4 fem 5 sju 7 åtta 8 nio 9 tio 10 elva 11 tolv 12 tretton 13 fjorton 14 femton 15 " +
    "sexton 16 sjutton 17 arton 18 nitton 19 tjugo 20 trettio 30 fyrtio 40 femtio 50 sextio 60 sjuttio 70 " +
    "åttio 80 nittio 90").split(" ").forEach((word, at, all) => { NUMBERS[word] = all[at + 1]; });

  // A telephone number read out: "ett ett två" is 112.
  const DIGITS = "noll ett två tre fyra fem sex sju åtta nio".split(" ");
  const DIGIT = "(?:" + DIGITS.join("|") + ")";
  // (No lookbehind: phones a few years old take it for a faulty script.)
  const SPELT = new RegExp("(^|[^\\p{L}])(" + DIGIT + "(?:[ -]" + DIGIT + "){2,})(?!\\p{L})", "giu");
  const spell = (all, before, said) => before + said.toLowerCase().split(/[ -]/).map((word) => DIGITS.indexOf(word)).join("");

  // The same as TOKEN in build_search.py.
  const TOKEN = new RegExp(
    "(\\d+(?: ?[a-d](?= ))?) ?kap(?:itlet|itel|\\.)? ?(\\d+)(?: ?([a-h])(?![\\p{L}\\p{N}]))?" +
    "(?: och (\\d+) ?([a-h])?(?= ?§§))?" +
    "|chapter (\\d+),? section (\\d+)" +
    "|(\\d+:\\d+)(?: ?([a-h])(?![\\p{L}\\p{N}]))?" +
    "|(\\d+(?:[ -]\\d+)*)" +
    "|([\\p{L}\\p{N}]+)", "gu");

  // Words with the place in the text each comes from: [word, start, end].
  function tokens(text) {
    const found = [];
    const clean = text.replace(/[\s\u00a0]/g, " ").toLowerCase();
    for (const m of clean.matchAll(TOKEN)) {
      const start = m.index, end = start + m[0].length;
      const put = (word) => found.push([word, start, end]);
      if (m[11]) put(NUMBERS[m[11]] || m[11]);
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
  // Only the words. Most texts have no number in them, and then there is a short way.
  function plainWords(text) {
    if (/\d/.test(text)) return tokens(text).map((t) => t[0]);
    const found = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) || [];
    for (let i = 0; i < found.length; i++) found[i] = NUMBERS[found[i]] || found[i];
    return found;
  }
  const words = (text) => plainWords(text.normalize("NFC").replace(/\u00ad/g, ""));

  const FOLD = { å: "a", ä: "a", ö: "o", é: "e", è: "e", ü: "u", ø: "o", æ: "a" };
  const fold = (word) =>
    /[åäöéèüøæ]/.test(word) ? word.replace(/[åäöéèüøæ]/g, (letter) => FOLD[letter]) : word;

  // Snowball's Swedish stemmer (snowballstem.org), the version that snowballstemmer 3.1 has.
  const REGION = /^[^aeiouyäåö]*[aeiouyäåö]+[^aeiouyäåö]/;
  const SUFFIX = /(?:heterna|hetens|arnas|ernas|ornas|andes|andet|anden|arens|heten|heter|arna|erna|orna|ande|arne|aste|aren|ades|erns|ade|are|ern|ens|het|ast|ad|en|ar|er|or|as|es|at|et|a|e|s)$/;
  const ET = /[aeiouyäåö][^aeiouyäåö]$/;
  const NOT_ET = /(?:fab|h|pak|rak|stak|kom|iet|cit|dit|alit|ilit|mit|nit|pit|rit|sit|tit|uit|ivit|kvit|xit)$/;
  function et(before) {
    return before.length > 2 && ET.test(before) && !NOT_ET.test(before);
  }
  function stem(word) {
    if (word.length < 3) return word;
    const region = REGION.exec(word);
    if (!region) return word;
    const p1 = Math.max(region[0].length, 3);
    let m = SUFFIX.exec(word.slice(p1));
    if (m) {
      const before = word.slice(0, word.length - m[0].length);
      if (m[0] === "s") {
        if (before.endsWith("et") && et(before.slice(0, -2))) word = before.slice(0, -2);
        else if (/[bcdfghjklmnoprtvy]$/.test(before)) word = before;
      } else if (m[0] !== "et" || et(before)) word = before;
    }
    if (/(?:dd|gd|nn|dt|gt|kt|tt)$/.test(word.slice(p1))) word = word.slice(0, -1);
    m = /(?:lig|els|fullt|öst|ig)$/.exec(word.slice(p1));
    if (m) {
      if (m[0] === "öst") {
        if (/[iklnprtuv]öst$/.test(word)) word = word.slice(0, -1);
      } else word = word.slice(0, -(m[0] === "fullt" ? 1 : m[0].length));
    }
    return word;
  }
  // What a word has in common with its other forms, å ä ö or not.
  const root = (word) => fold(stem(word));
  // ansökan, ansökning, ansöka: what the stemmer leaves apart but a reader doesn't.
  const DERIVED = /(?:ning|ing|and|eri|orn|ar|an|et|en|d|n|t)$/;
  function base(stemmed) {
    // översättning, översätta: the stemmer has already taken a t from the other
    const short = stemmed.replace(DERIVED, "").replace(/([dgkt])[dt]$/, "$1");
    return short.length > 3 ? short : stemmed;
  }

  // One word and an ending, månad and månader: where the stemmer cuts too much off the shorter.
  function inflected(a, b) {
    const [short, long] = a.length < b.length ? [a, b] : [b, a];
    return short.length > 3 && long.startsWith(short) && /^(?:e?n|e?t|[aoe]?r|[aoe]?rnas?|n?a|s)s?$/.test(long.slice(short.length));
  }

  // offer, offren; nummer, numret: the e that goes, and the letter that is no longer doubled.
  function elided(plain) {
    if (!/[^aeiouy]e[lnr]$/.test(plain)) return "";
    return (plain.slice(0, -2) + plain.slice(-1)).replace(/(.)\1(.)$/, "$1$2");
  }

  // Steps to change one word into another: a letter less, more, other, or two that swap. Above
  // ``most``: most + 1.
  function distance(a, b, most) {
    if (Math.abs(a.length - b.length) > most) return most + 1;
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

  // Which letters a word has, as bits; digits count as no letter.
  function mask(word) {
    let set = 0;
    for (let i = 0; i < word.length; i++) {
      const code = word.charCodeAt(i) - 97;
      if (code >= 0 && code < 26) set |= 1 << code;
    }
    return set;
  }
  function bits(set) {
    let count = 0;
    for (; set; set &= set - 1) count++;
    return count;
  }

  // Reads what pack() in build_search.py has written: each call gives the next list of numbers.
  function unpacker(text, size) {
    let at = 0, bits = 0, held = 0;
    function take(length) {
      while (held < length) {
        const code = text.charCodeAt(at++);
        bits = ((bits & 0x1ffffff) << 6) | (code - (code > 91 ? 41 : 40)); // 31 bits: never below zero
        held += 6;
      }
      held -= length;
      return (bits >> held) & ((1 << length) - 1);
    }
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
      const numbers = new Array(length);
      between(numbers, 0, length, 0, size - 1);
      return numbers;
    };
  }

  // The id of a heading: "AC" in the index means its first and third word.
  function longId(heading, short) {
    if (!/^[A-Z]+$/.test(short)) return short.replace("#", "");
    const slug = fold(heading.toLowerCase()).replace(/[^a-z0-9]+/g, "-").split("-");
    return [...short].map((letter) => slug[letter.charCodeAt(0) - 65]).join("-");
  }

  // Make a search out of the index. Returns search(query, most) → {hits, total, instead}.
  function searchEngine(index) {
    // --- Sections ---
    const sections = [];
    const lines = (name) => index[name].split("\n");
    const pages = lines("pages"), headings = lines("headings"), ids = lines("ids");
    for (let p = 0, u = 0; p < pages.length; p += 2) {
      const size = +pages[p + 1];
      const page = { address: pages[p], title: headings[u], last: size < 0 };
      for (let n = 0; n < Math.abs(size); n++, u++) {
        sections.push({
          page: page, heading: headings[u], id: ids[u], top: n === 0, size: 0, first: 0,
        });
      }
    }
    const stop = new Set(index.stop.split(" ").flatMap((word) => [word, fold(word)]));

    const small = new Set([...stop].map(root)); // görs, too

    // --- Vocabulary: each word once, with its stem, and where it stands ---
    const vocabulary = new Map(); // word → what stands below
    const entries = [];
    const stems = new Map(); // the last word of each stem; the others are its `next`
    const NONE = [];
    function entry(word) {
      let e = vocabulary.get(word);
      if (!e) {
        const stemmed = stem(word), plain = fold(word);
        e = {
          word: word, plain: plain, stem: stemmed, plainStem: fold(stemmed),
          block: -1, text: NONE, asked: NONE, heading: NONE, next: stems.get(fold(stemmed)),
        };
        vocabulary.set(word, e);
        entries.push(e);
        stems.set(e.plainStem, e);
      }
      return e;
    }
    const posts = index.posts.split(" ");
    const coded = /[A-Z][^A-Z]*/g;
    const BLOCK = 32; // as in build_search.py
    let word = "";
    for (let m, at = 0; (m = coded.exec(index.words)); at++) {
      word = word.slice(0, m[0].charCodeAt(0) - 65) + m[0].slice(1);
      entry(word).block = Math.floor(at / BLOCK);
    }
    const listed = entries.slice();
    // Where the word stands, read when it is first asked for, with its block: in the text, in what
    // readers write.
    function read(e) {
      if (posts[e.block]) {
        const next = unpacker(posts[e.block], sections.length);
        for (const one of listed.slice(e.block * BLOCK, (e.block + 1) * BLOCK)) {
          one.text = next();
          one.asked = next();
        }
        posts[e.block] = "";
      }
      return e;
    }
    let first = 0;
    sections.forEach((section, number) => {
      if (section.top) first = number;
      section.first = first;
      for (const word of plainWords(section.heading)) {
        const e = entry(word);
        if (e.heading === NONE) e.heading = [];
        if (e.heading[e.heading.length - 1] !== number) e.heading.push(number);
        if (!stop.has(word)) section.size++;
      }
    });
    const last = sections.map((section, n) => {
      let end = n;
      while (end + 1 < sections.length && !sections[end + 1].top) end++;
      return end;
    });

    // --- Synonyms: "reflection period" → betänketid ---
    const synonyms = new Map();
    let longest = 1;
    // (not root alone: it is the same for månad and man)
    const key = (list) => list.map((word) => (/^...?(?:ad|l?ig)/.test(word) && root(word).length < 4 ? fold(word) : root(word))).join(" ");
    // "översättning" is found by "översätta", too
    const keys = (list) => {
      const own = key(list), short = list.length > 1 ? own : base(own);
      return own === short ? [own] : [own, short];
    };
    const content = (text) => words(text).filter((word) => !stop.has(word));
    const pairs = lines("synonyms");
    for (let i = 0; i + 1 < pairs.length; i += 2) {
      const to = content(pairs[i]);
      for (const one of pairs[i + 1].split("|")) {
        const from = plainWords(one);
        if (!from.length || !to.length) continue;
        from.forEach(entry); // a misspelt synonym is one to correct
        longest = Math.max(longest, from.length);
        for (const each of keys(from)) {
          if (!synonyms.has(each)) synonyms.set(each, []);
          synonyms.get(each).push({ from: one, to: pairs[i], words: to });
        }
      }
    }

    // --- One word of a query → the words of the site that may be meant ---
    const isWord = (part) => part.length > 2 && stems.has(part);
    // What is left of a compound: "betänke|tid", "skydds|bedömning". The s, e, a, o, u between the
    // parts belongs to neither.
    const known = (part) =>
      isWord(part) || isWord(part.replace(/[seaou]$/, "")) || isWord(root(part));
    // All words in one string: to find those that have some letters in them is then one search.
    const list = "\n" + entries.map((e) => e.plain).join("\n") + "\n";
    const starts = new Uint32Array(entries.length);
    for (let i = 0, at = 1; i < entries.length; at += entries[i++].plain.length + 1) starts[i] = at;
    function containing(part) {
      const found = [];
      let low = 0;
      for (let at = list.indexOf(part); at >= 0; at = list.indexOf(part, list.indexOf("\n", at))) {
        let high = entries.length - 1;
        while (low < high) {
          const middle = (low + high + 1) >> 1;
          if (starts[middle] <= at) low = middle;
          else high = middle - 1;
        }
        found.push(entries[low]);
      }
      return found;
    }

    const isAbout = (e) => e.heading.length > 0 || read(e).asked.length > 0;
    const remembered = new Map();
    function candidates(query, typing) {
      const memory = query + (typing ? "+" : "");
      if (remembered.has(memory)) return remembered.get(memory);
      const found = [];
      const digits = /^\d/.test(query);
      const plain = fold(query), own = digits ? query : stem(query), ownPlain = fold(own);
      const bare = plain === query;
      const ascii = bare && !vocabulary.has(query); // a word the site has is meant as it is written
      // the stemmer takes too much off månad and manlig: mån, man
      const vague = own.length < 4 && /^(?:ad|and|ig|lig)/.test(query.slice(own.length));
      const core = base(ownPlain);
      const rooted = core.length > 3 && !digits;
      const short = digits ? "" : elided(plain);
      const related = (e) => {
        const other = base(e.plainStem);
        return e.plainStem === core || other === core || other === ownPlain
          || (short && (e.plainStem === short || other === short)) || (core.length > 3 && elided(e.plain) === core);
      };
      // every word that is meant has these letters; of two letters or less, only the word itself
      const letters = digits ? query : (short && short.length <= core.length ? short : core).replace(/([^aeiouy])[lnr]$/, "$1");
      const pool = plain.length < 3 ? [vocabulary.get(query)].filter(Boolean) : containing(letters);
      for (const e of pool) {
        let kind = null;
        if (e.word === query) kind = "exact";
        else if (digits) {
          if (query.length > 2 && e.plain.startsWith(query)) kind = "start";
          else if (query.length > 4 && e.plain.endsWith(query)) kind = "tail";
        } else if (e.stem === own || e.word === own || e.stem === query) kind = "stem"; // villk(or), villkor(en)
        else if (!digits && inflected(ascii ? e.plain : e.word, ascii ? plain : query)) kind = "inflected";
        else if (bare && e.plain === plain) kind = "plain";
        else if (e.plainStem === ownPlain || (ascii && (e.plainStem === plain || e.plain === ownPlain || stem(e.plain) === own))) kind = ascii ? "plainStem" : null;
        else {
          // å ä ö are letters of their own to a reader who writes them
          const w = ascii ? e.plain : e.word, s = ascii ? e.plainStem : e.stem;
          const q = ascii ? plain : query;
          const o = core.length > 4 && !ascii ? base(own) : core.length > 4 ? core : ascii ? ownPlain : own;
          if (rooted && related(e)) kind = "derived";
          else if (letters !== core && letters.length > 3 && /^e[lnr]./.test(e.plain.slice(letters.length)) && e.plain.startsWith(letters)) {
            kind = "head"; // brottsoffren: brottsoffer|jouren
          } else if (o.length > 2 && w.length > q.length + 1 && (w.startsWith(q) || s.startsWith(o))) {
            const rest = fold(w.slice(w.startsWith(q) ? q.length : o.length));
            const bare = rest.replace(/^[seaou]/, "");
            if (known(rest) || known(bare)) kind = "head";
            else if (typing || o.length > 4) kind = "start";
          } else {
            let rest = "";
            if (w.endsWith(q)) rest = fold(w.slice(0, -q.length));
            else if (s.endsWith(o)) rest = fold(s.slice(0, -o.length));
            else if (o.length > 4 && base(s).endsWith(o)) rest = fold(base(s).slice(0, -o.length));
            if (rest.length > 2 && o.length > (o === q ? 2 : 3)) {
              kind = known(rest) || o.length > 4 ? "tail" : "inside";
            } else if (o.length > 5 && s.indexOf(o) > 2) kind = "inside";
          }
        }
        if (vague && /^(?:stem|plainStem|derived)$/.test(kind)) kind = "start";
        if (kind) found.push({ entry: e, kind: kind, weight: WEIGHTS[kind] });
      }
      if (remembered.size > 200) remembered.clear();
      remembered.set(memory, found);
      return found;
    }

    // A misspelling: the nearest word of the site or of the synonyms, the commonest if several are.
    function corrections(query) {
      if (query.length < 4 || /\d/.test(query)) return null;
      const plain = fold(query);
      let most = plain.length > 12 ? 3 : plain.length > 7 ? 2 : 1;
      let best = [];
      const own = mask(plain);
      for (const e of entries) {
        if (Math.abs(e.plain.length - plain.length) > most || e.plain.length < 4 || small.has(e.plainStem)) continue;
        if (e.mask === undefined) e.mask = mask(e.plain);
        if (bits(own ^ e.mask) > 2 * most) continue; // too few letters in common
        const steps = distance(plain, e.plain, most);
        if (steps > most) continue;
        // another first letter, and two letters off or a short word: hardly the same (koppen, öppen)
        if (steps > (plain.length > 6 ? 1 : 0) && e.plain[0] !== plain[0]) continue;
        if (steps < most) {
          best = [];
          most = steps;
        }
        best.push(e);
      }
      const rank = (e) => (e.plain[0] === plain[0] ? 1e6 : 0) + 10 * e.heading.length + read(e).text.length;
      if (!best.length) return null;
      return { word: best.reduce((a, b) => (rank(b) > rank(a) ? b : a)).word, steps: most };
    }

    // --- Scores of one word of the query ---
    // Flat arrays, a place for each section: an index of thousands of pages has many thousand hits
    // for three letters. ``source`` says which of ``sources`` gave a section its score.
    const count = sections.length;
    const score = new Float32Array(count), covered = new Float32Array(count), said = new Float32Array(count);
    const used = [], spare = [];
    function empty(source) {
      const scores = spare.pop() || { best: new Float32Array(count), sum: new Float32Array(count), source: new Uint8Array(count) };
      scores.touched = [];
      scores.sources = [source];
      used.push(scores);
      return scores;
    }
    function tidy() {
      for (const scores of used) {
        for (const n of scores.touched) scores.best[n] = scores.sum[n] = scores.source[n] = 0;
      }
      spare.push(...used.splice(0));
    }
    function add(scores, number, value) {
      const best = scores.best[number];
      if (best === 0) {
        scores.touched.push(number);
        scores.best[number] = scores.sum[number] = value;
      } else if (value > best) {
        scores.sum[number] += value - best * 0.8;
        scores.best[number] = value;
      } else scores.sum[number] += value * MORE;
    }
    function gather(list) {
      const scores = empty({ lists: [list], note: "" });
      for (const candidate of list) {
        const e = read(candidate.entry), w = candidate.weight;
        for (const n of e.text) add(scores, n, w * FIELD.text);
        for (const n of e.asked) add(scores, n, w * (w > 0.7 ? FIELD.asked : FIELD.part));
        for (const n of e.heading) add(scores, n, w * FIELD.heading * 2 / (1 + sections[n].size * 0.33));
        for (const n of e.heading) {
          if (!sections[n].top) continue; // the words of a page's title are its sections' too
          for (let s = n + 1; s <= last[n]; s++) {
            if (w > 0.5 || scores.best[s]) add(scores, s, w * FIELD.title);
          }
        }
      }
      return scores;
    }

    // All of several words, in one section: for compounds and synonyms.
    function together(lists, weight, note) {
      const parts = lists.map(gather);
      const scores = empty({ lists: lists, note: note });
      for (const n of parts[0].touched) {
        let score = Infinity;
        for (const part of parts) score = Math.min(score, part.sum[n]);
        if (score) add(scores, n, score * weight);
      }
      return scores;
    }

    function merge(into, other) {
      const source = into.sources.push(other.sources[0]) - 1;
      for (const n of other.touched) {
        if (into.sum[n] >= other.sum[n]) continue;
        if (!into.sum[n]) into.touched.push(n);
        into.sum[n] = other.sum[n];
        into.best[n] = other.best[n];
        into.source[n] = source;
      }
    }

    // Whether rising numbers hold this one.
    function holds(numbers, number) {
      let low = 0, high = numbers.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (numbers[middle] < number) low = middle + 1;
        else high = middle;
      }
      return numbers[low] === number;
    }

    // Whether a heading, or what readers write, has a word of this stem.
    function topical(stemmed) {
      for (let e = stems.get(stemmed); e; e = e.next) if (isAbout(e)) return true;
      return false;
    }

    // "skyddsboende" → skydd + boende. One part at least must be something that a heading is about:
    // a word that has nothing to do with the site finds nothing.
    function split(query) {
      const plain = fold(query);
      const about = (part) => topical(part) || topical(root(part)) || synonyms.has(key([part]));
      const real = (part) => isWord(part) || isWord(root(part));
      for (let cut = plain.length - 3; cut > 2; cut--) {
        const tail = plain.slice(cut);
        if (!real(tail)) continue;
        const head = plain.slice(0, cut);
        for (const h of [head, head.replace(/[seaou]$/, "")]) {
          if (real(h) && (about(h) || about(tail))) return [query.slice(0, h.length), query.slice(cut)];
        }
      }
      // only one of the parts is known: "tolk|förmedling", "om|placering"
      for (let cut = plain.length - 3; cut > 3; cut--) {
        const head = plain.slice(0, cut);
        for (const h of [head, head.replace(/[seaou]$/, "")]) {
          const same = vocabulary.has(query.slice(0, h.length));
          if (h.length > 6 ? same || (real(h) && about(h)) : same && h.length > 3 && about(h)) return [query.slice(0, h.length)];
        }
      }
      for (let cut = 3; cut < plain.length - 4; cut++) {
        const tail = query.slice(cut);
        if (synonyms.has(key([tail]))) return [tail]; // "thai|massage"
      }
      const prefix = /^(?:om|åter|för|av|upp|ut|in|ned|under|över|sam|med|till|vidare|mellan)(?=.{5})/.exec(query);
      const rest = prefix && query.slice(prefix[0].length);
      return rest && real(fold(rest)) ? [rest] : null;
    }

    const isTopic = (c) => c.weight > 0.5 && isAbout(c.entry);
    // What is one but written apart: "45 22" is 4522 if the site has it, "2024 79" is 2024:79, "oros
    // anmälan" is orosanmälan, a letter wrong or not.
    function joined(list) {
      const found = [];
      const has = (word) => vocabulary.has(word);
      for (const word of list) {
        const before = found[found.length - 1] || "", both = before + word;
        const shorter = Math.min(before.length, word.length);
        let one = null;
        if (/^\d+$/.test(both)) one = shorter && [both, before + ":" + word].find(has);
        else if (shorter > 2 && !/\d/.test(both) && !stop.has(before) && !stop.has(word)) {
          one = [both, before + "s" + word].find(has);
          const near = !one && shorter > 3 && !(has(before) && has(word)) && corrections(both);
          if (near && near.steps < 2) one = near.word;
        }
        const law = /^((?:19|20)\d\d)(\d+)$/.exec(word);
        if (one) found[found.length - 1] = one;
        else found.push(law && has(law[1] + ":" + law[2]) ? law[1] + ":" + law[2] : word);
      }
      return found;
    }

    const good = (word, least) => candidates(word, false).filter((c) => c.weight > least);

    function search(query, most) {
      const typing = /[\p{L}\p{N}]$/u.test(query);
      const raw = joined(words(query.replace(SPELT, spell))).slice(0, 16);
      const counts = raw.some((word) => !stop.has(word)) ? (word) => !stop.has(word) : () => true;

      // What the site may say instead, by place in the query: words that say nothing count here.
      const spans = [];
      const seek = (list) => {
        spans.length = 0;
        for (let length = Math.min(longest, list.length); length > 0; length--) {
          for (let at = 0; at + length <= list.length; at++) {
            if (length === 1 && !counts(list[at])) continue; // "who" is rarely WHO
            // what the site says itself isn't what another form of it may stand for
            const own = length === 1 && good(list[at], 0.8).length;
            const found = keys(list.slice(at, at + length)).slice(0, own ? 1 : 2).flatMap((one) => synonyms.get(one) || []);
            for (const synonym of new Set(found)) spans.push({ from: at, to: at + length, synonym: synonym });
          }
        }
      };
      seek(raw);

      // Words that the site doesn't have: two in one, or misspelt.
      let corrected = false;
      const guessed = new Set();
      const guess = (found) => {
        for (const word of found) guessed.add(word);
        return found;
      };
      const list = raw.flatMap((word, at) => {
        const found = candidates(word, typing && at === raw.length - 1);
        const strong = found.some((c) => c.weight > 0.5 || (c.kind === "start" && word.length > 3));
        if (strong && word.length > 5 && !found.some((c) => /^(?:exact|plain)$/.test(c.kind) || isTopic(c))) {
          const near = corrections(word); // "självtets" has the stem of "självt"
          if (near && near.steps === 1 && topical(root(near.word))) {
            corrected = true;
            return [near.word];
          }
        }
        if (!counts(word) || strong || spans.some((span) => span.from <= at && at < span.to)) return [word];
        // from a keyboard without å ä ö: "betaenketid"
        const respelt = word.replace(/aa/g, "å").replace(/ae/g, "ä").replace(/oe/g, "ö");
        if (respelt !== word && good(respelt, 0.5).length) return [respelt];
        // a short word beside others is rather one that the site lacks: "borta sedan igår"
        const better = (word.length > 5 || raw.length < 2) && corrections(word);
        const parts = word.length > 5 && split(word);
        if (parts && !(better && (better.steps === 1 || parts.length === 1))) return guess(parts);
        if (!better) return [word];
        corrected = true;
        return better.steps > 1 ? guess([better.word]) : [better.word];
      });
      if (list.join() !== raw.join()) seek(list);

      const per = [];
      const asked = [];
      const places = list.map((word, at) => {
        if (!counts(word)) return null;
        const isLast = typing && at === list.length - 1 && word === raw[raw.length - 1];
        asked.push(word);
        const scores = gather(candidates(word, isLast));
        per.push(scores);
        const parts = word.length > 5 && scores.touched.length < FEW && split(word);
        if (parts) merge(scores, together(parts.map((part) => good(part, 0.5)), parts[1] ? PARTS.both : PARTS.one, ""));
        return scores;
      });
      for (const { from, to, synonym } of spans) {
        const scores = together(synonym.words.map((word) => good(word, 0.7)), WEIGHTS.synonym, synonym.from + " → " + synonym.to);
        if (!scores.touched.length) continue;
        const within = places.slice(from, to).filter(Boolean);
        if (within.length) within.forEach((part) => merge(part, scores));
        else per.push(scores); // "vill inte" → nej
      }
      if (!per.length) return { hits: [], total: 0, instead: null };

      // --- Together ---
      let all = 0;
      for (const list of [score, covered, said]) list.fill(0);
      const touched = [];
      for (const [at, scores] of per.entries()) {
        let df = 0;
        for (const n of scores.touched) if (scores.best[n] > 0.5) df++;
        df = df || scores.touched.length;
        const topic = scores.sources.some((source) => source.lists.flat().some(isTopic)) ? 1 : BODY;
        const sure = guessed.has(asked[at]) ? GUESS : 1;
        const weight = sure * topic * (df ? Math.log(1 + (count - df + 0.5) / (df + 0.5)) : Math.log(1 + count) * 0.5);
        all += weight;
        for (const n of scores.touched) {
          if (!covered[n]) touched.push(n);
          score[n] += weight * scores.sum[n];
          covered[n] += weight;
        }
      }
      // How much of the whole query the heading says, "vem" and "ut" too: "Vem får ansöka?"
      const wording = new Map(list.map((word) => [root(word), counts(word) ? 1 : 0.4]));
      let whole = 0;
      for (const weight of wording.values()) whole += weight;
      for (const [stemmed, weight] of wording) {
        for (let e = stems.get(stemmed); e; e = e.next) {
          for (const n of e.heading) said[n] += weight / whole;
        }
      }
      let high = 0;
      const power = per.length > 3 ? COVERED.many : COVERED.few;
      for (const n of touched) {
        const coverage = covered[n] / all;
        score[n] *= Math.pow(coverage, power);
        if (score[n] > high) high = score[n];
      }
      let best = touched[0];
      for (const n of touched) {
        if (score[n] * LIFT < LEAST * LAST * high) continue; // whatever its heading says
        const section = sections[n];
        if (section.top) score[n] *= TOP;
        if (section.page.last) score[n] *= LAST;
        if (wording.size > 1) score[n] *= 1 + PHRASE * said[n];
        if (section.size === asked.length && asked.every((word) => vocabulary.has(word) && holds(vocabulary.get(word).heading, n))) score[n] *= 1 + WHOLE * said[n];
        if (score[n] > score[best] || (score[n] === score[best] && n < best)) best = n;
      }
      const kept = touched.filter((n) => covered[n] > 0.45 * covered[best] && score[n] > LEAST * score[best]);
      const total = kept.length;
      const order = (a, b) => score[b] - score[a] || a - b;
      let ranked = kept;
      for (let least = 0.24; ranked.length > 500 && least < 1; least += 0.12) {
        const fewer = ranked.filter((n) => score[n] > least * score[best]);
        if (fewer.length < 100) break;
        ranked = fewer;
      }
      ranked.sort(order);
      // press down a page's later sections
      const seen = new Map();
      for (const n of ranked) {
        const before = seen.get(sections[n].page) || 0;
        seen.set(sections[n].page, before + 1);
        score[n] *= Math.pow(0.85, before);
      }
      ranked.sort(order);
      const found = {
        total: total,
        instead: corrected ? list.join(" ") : null,
        hits: ranked.slice(0, most || 10).map((n) => {
          const section = sections[n];
          const sources = per.filter((part) => part.sum[n]).map((part) => part.sources[part.source[n]]);
          const meant = sources.flatMap((source) => source.lists.flat()).map((c) => c.entry);
          const stands = (e) => holds(e.text, n) || holds(e.heading, n) || holds(e.heading, section.first);
          return {
            address: section.page.address, id: longId(section.heading, section.id), title: section.page.title,
            heading: section.heading, top: section.top, score: score[n],
            words: meant.filter(stands).map((e) => e.word),
            asked: meant.filter((e) => holds(e.asked, n) && !stands(e)).map((e) => e.word),
            notes: [...new Set(sources.map((source) => source.note).filter(Boolean))],
          };
        }),
      };
      tidy();
      return found;
    }
    return { search: search, sections: sections.length, words: entries.length };
  }

  const out = { searchEngine: searchEngine, tokens: tokens, words: words, stem: stem, root: root, distance: distance };
  if (typeof module === "object" && module.exports) module.exports = out;
  else scope.searchModule = out;
})(typeof self === "undefined" ? globalThis : self);
