// The search itself: takes the index of scripts/build_search.py and a query, gives hits. No page, no
// network, no storage: it runs in a test as it does in the reader's browser.
//
// How hits are found. The query is cut into words as the index was. For each word the vocabulary is
// read through once, and each of its words that could be meant gets a weight (WEIGHTS): the word
// itself before the same without å ä ö, before another form of it, before a compound that begins or
// ends with it. A word the site doesn't have may be a compound of two it has ("skyddsboende"), an
// entry of the synonyms, or, last, a misspelling, at most one letter off (two in a long word).
//
// How they are ranked. A word counts more the fewer sections have it, and more in a heading than in
// the page's title, more there than in the text. What a section gets is the sum over the query's
// words, times how large a part of the query it answers: sections with all the words come first.
// A heading that is the query, or has its words side by side, is lifted; the second and third
// section of a page are pressed down, so that three hits are rarely three from one page.
(function (root) {
  "use strict";

  const WEIGHTS = {
    exact: 1, plain: 0.92, stem: 0.9, derived: 0.72, head: 0.62, tail: 0.62, split: 0.6, synonym: 0.58,
    start: 0.4, inside: 0.3, typo: 0.6,
  };
  const FIELD = { heading: 2.6, title: 0.9, keywords: 1.3, text: 1 };
  const TOP = 1.3; // a page's own beginning
  const NUMBERS = {};
  ("två 2 tre 3 fyra 4 fem 5 sju 7 åtta 8 nio 9 tio 10 elva 11 tolv 12 tretton 13 fjorton 14 femton 15 " +
    "sexton 16 sjutton 17 arton 18 nitton 19 tjugo 20 trettio 30 fyrtio 40 femtio 50 sextio 60 sjuttio 70 " +
    "åttio 80 nittio 90").split(" ").forEach((word, at, all) => { NUMBERS[word] = all[at + 1]; });

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
  const words = (text) => tokens(text.normalize("NFC").replace(/\u00ad/g, "")).map((t) => t[0]);

  const FOLD = { å: "a", ä: "a", ö: "o", é: "e", è: "e", ü: "u", ø: "o", æ: "a" };
  const fold = (word) => word.replace(/[åäöéèüøæ]/g, (letter) => FOLD[letter]);

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
  // ansökan, ansökning, ansöka: what the stemmer leaves apart but a reader doesn't.
  const DERIVED = /(?:ning|ing|and|eri|orn|ar|an|et|en|d|n|t)$/;
  function base(stemmed) {
    const short = stemmed.replace(DERIVED, "");
    return short.length > 3 ? short : stemmed;
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

  function unpack(text) {
    const numbers = [];
    let before = -1, step = 0;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code > 92) step = step * 34 + code - 93;
      else {
        before += step * 57 + code - 35 + 1;
        numbers.push(before);
        step = 0;
      }
    }
    return numbers;
  }

  // The id of a heading: "3" in the index means its first three words.
  function longId(heading, short) {
    if (!/^\d+$/.test(short)) return short.replace("#", "");
    return fold(heading.toLowerCase()).replace(/[^a-z0-9]+/g, "-").split("-").slice(0, +short).join("-");
  }

  // Make a search out of the index. Returns search(query, most) → {hits, total, instead}.
  function searchEngine(index) {
    // --- Sections ---
    const sections = [];
    const pages = [];
    for (let p = 0, u = 0; p < index.pages.length; p += 3) {
      const page = { address: index.pages[p], keywords: index.pages[p + 1], title: index.units[u] };
      pages.push(page);
      for (let n = 0; n < index.pages[p + 2]; n++, u += 3) {
        sections.push({
          page: page, heading: index.units[u], id: longId(index.units[u], index.units[u + 1]), excerpt: index.units[u + 2],
          top: n === 0, headingWords: null, size: 0,
        });
      }
    }
    const stop = new Set(index.stop.split(" "));

    // --- Vocabulary: each word once, with its stem, and where it stands ---
    const vocabulary = new Map(); // word → {word, plain, stem, plainStem, posts, text, heading, …}
    const entries = [];
    const stems = new Set();
    function entry(word) {
      let e = vocabulary.get(word);
      if (!e) {
        const stemmed = stem(word), plain = fold(word);
        e = {
          word: word, plain: plain, stem: stemmed, plainStem: fold(stemmed),
          posts: "", text: null, shown: [], heading: [], title: [], keywords: [],
        };
        vocabulary.set(word, e);
        entries.push(e);
        stems.add(e.plainStem);
      }
      return e;
    }
    const posts = index.posts.split(" ");
    const coded = /[A-Z][^A-Z]*/g;
    let word = "";
    for (let m, at = 0; (m = coded.exec(index.words)); at++) {
      word = word.slice(0, m[0].charCodeAt(0) - 65) + m[0].slice(1);
      entry(word).posts = posts[at];
    }
    function put(text, field, number) {
      const list = words(text);
      for (const word of list) {
        const numbers = entry(word)[field];
        if (numbers[numbers.length - 1] !== number) numbers.push(number);
      }
      return list;
    }
    sections.forEach((section, number) => {
      section.headingWords = put(section.heading, "heading", number);
      section.size = section.headingWords.filter((word) => !stop.has(word)).length;
      put(section.excerpt, "shown", number);
      if (section.top) {
        put(section.page.keywords, "keywords", number);
        section.headingWords.forEach((word) => vocabulary.get(word).title.push(number));
      }
    });
    // Sections whose text has the word. The excerpt's words aren't in the index: it is there itself.
    function where(e) {
      if (e.text === null) e.text = e.shown.concat(e.posts ? unpack(e.posts) : []);
      return e.text;
    }
    const last = sections.map((section, n) => {
      let end = n;
      while (end + 1 < sections.length && !sections[end + 1].top) end++;
      return end;
    });

    // --- Synonyms: "reflection period" → betänketid ---
    const synonyms = new Map();
    let longest = 1;
    const key = (list) => list.map((word) => fold(stem(word))).join(" ");
    for (let i = 0; i < index.synonyms.length; i += 2) {
      const from = words(index.synonyms[i]).filter((word) => !stop.has(word));
      const to = words(index.synonyms[i + 1]).filter((word) => !stop.has(word));
      if (!from.length || !to.length) continue;
      longest = Math.max(longest, from.length);
      const known = synonyms.get(key(from)) || [];
      known.push({ from: index.synonyms[i], to: index.synonyms[i + 1], words: to });
      synonyms.set(key(from), known);
    }

    // --- One word of a query → the words of the site that may be meant ---
    const isWord = (part) => part.length > 2 && stems.has(part);
    // What is left of a compound: "betänke|tid", "skydds|bedömning". The s, e, a, o, u between the
    // parts belongs to neither.
    const known = (part) =>
      isWord(part) || isWord(part.replace(/[seaou]$/, "")) || isWord(fold(stem(part)));
    const remembered = new Map();
    function candidates(query, typing) {
      const memory = query + (typing ? "+" : "");
      if (remembered.has(memory)) return remembered.get(memory);
      const found = [];
      const digits = /^\d/.test(query);
      const plain = fold(query), own = digits ? query : stem(query), ownPlain = fold(own);
      const ascii = plain === query;
      const root = base(ownPlain);
      const rooted = root.length > 3 && !digits;
      const related = (other) => {
        const short = base(other);
        return other === root || short === root || short === ownPlain;
      };
      for (const e of entries) {
        let kind = null;
        if (e.word === query) kind = "exact";
        else if (digits) {
          if (query.length > 2 && e.plain.startsWith(query)) kind = "start";
          else if (query.length > 4 && e.plain.endsWith(query)) kind = "tail";
        } else if (e.stem === own) kind = "stem";
        else if (e.plainStem === ownPlain) kind = ascii ? "plain" : null;
        else {
          // å ä ö are letters of their own to a reader who writes them
          const w = ascii ? e.plain : e.word, s = ascii ? e.plainStem : e.stem;
          const q = ascii ? plain : query;
          const o = root.length > 4 && !ascii ? base(own) : root.length > 4 ? root : ascii ? ownPlain : own;
          if (rooted && e.plainStem.startsWith(root) && related(e.plainStem)) kind = "derived";
          else if (o.length > 2 && w.length > q.length + 1 && (w.startsWith(q) || s.startsWith(o))) {
            const rest = fold(w.slice(w.startsWith(q) ? q.length : o.length));
            const bare = rest.replace(/^[seaou]/, "");
            if (known(rest) || known(bare)) kind = "head";
            else if (typing || o.length > 3) kind = "start";
          } else if (o.length > 2 && s.length > o.length + 2 && (s.endsWith(o) || w.endsWith(q))) {
            const rest = fold(s.endsWith(o) ? s.slice(0, -o.length) : w.slice(0, -q.length));
            if (o.length > 3 || known(rest)) kind = known(rest) || o.length > 4 ? "tail" : "inside";
            else if (q.length > 2) kind = "inside";
          } else if (o.length > 4 && s.indexOf(o) > 2) kind = "inside";
        }
        if (kind) found.push({ entry: e, kind: kind, weight: WEIGHTS[kind] });
      }
      if (remembered.size > 200) remembered.clear();
      remembered.set(memory, found);
      return found;
    }

    // A misspelling: the words of the site that are nearest, the commonest first.
    function corrections(query) {
      if (query.length < 4 || /\d/.test(query)) return [];
      const plain = fold(query);
      let most = plain.length > 7 ? 2 : 1;
      let best = [];
      for (const e of entries) {
        if (e.plain.length < 4 || /^\d/.test(e.plain)) continue;
        const steps = distance(plain, e.plain, most);
        if (steps > most) continue;
        // two letters off and another first letter: hardly the same word
        if (steps > 1 && e.plain[0] !== plain[0]) continue;
        if (steps < most) {
          best = [];
          most = steps;
        }
        best.push(e);
      }
      const rank = (e) => (e.plain[0] === plain[0] ? 1e6 : 0) + 10 * e.heading.length + where(e).length;
      return best.sort((a, b) => rank(b) - rank(a)).slice(0, 3).map((e) => e.word);
    }

    // --- Scores of one word of the query: section → {score, kind, word} ---
    function gather(list) {
      const scores = new Map();
      const add = (number, value, candidate) => {
        const old = scores.get(number);
        if (!old) scores.set(number, { score: value, best: value, kind: candidate.kind, words: [candidate.entry.word], note: candidate.note });
        else {
          if (value > old.best) {
            old.score += value - old.best * 0.8;
            old.best = value;
            old.kind = candidate.kind;
            old.note = candidate.note;
          } else old.score += value * 0.2;
          if (!old.words.includes(candidate.entry.word)) old.words.push(candidate.entry.word);
        }
      };
      for (const candidate of list) {
        const e = candidate.entry, w = candidate.weight;
        for (const n of where(e)) add(n, w * FIELD.text, candidate);
        for (const n of e.heading) {
          add(n, w * FIELD.heading * 2 / (1 + sections[n].size * 0.33), candidate);
        }
        for (const n of e.keywords) add(n, w * FIELD.keywords, candidate);
        for (const n of e.title) {
          for (let s = n + 1; s <= last[n]; s++) {
            if (scores.has(s) || w > 0.5) add(s, w * FIELD.title, candidate);
          }
        }
      }
      return scores;
    }

    // All of several words, in one section: for compounds and synonyms.
    function together(lists, weight, kind, note) {
      const parts = lists.map(gather);
      const result = new Map();
      for (const [number, one] of parts[0]) {
        let score = one.score, all = one.words.slice();
        const whole = parts.every((part) => {
          const other = part.get(number);
          if (!other) return false;
          score = Math.min(score, other.score);
          all = all.concat(other.words);
          return true;
        });
        if (whole) result.set(number, { score: score * weight, best: score * weight, kind: kind, words: all, note: note });
      }
      return result;
    }

    function merge(into, other) {
      for (const [number, value] of other) {
        const old = into.get(number);
        if (!old || old.score < value.score) into.set(number, value);
      }
    }

    // "skyddsboende" → skydd + boende, both words of the site
    function split(query) {
      const plain = fold(query);
      for (let cut = plain.length - 3; cut > 2; cut--) {
        const head = plain.slice(0, cut), tail = plain.slice(cut);
        if (!isWord(tail) && !isWord(fold(stem(query.slice(cut))))) continue;
        for (const h of [head, head.replace(/[seaou]$/, "")]) {
          if (isWord(h) || isWord(fold(stem(h)))) return [query.slice(0, h.length), query.slice(cut)];
        }
      }
      return null;
    }

    function search(query, most) {
      const typing = /[\p{L}\p{N}]$/u.test(query);
      let asked = words(query);
      const content = asked.filter((word) => !stop.has(word));
      const lastWord = asked[asked.length - 1];
      if (content.length) asked = content;
      const none = { hits: [], total: 0, instead: null };
      if (!asked.length) return none;
      asked = asked.slice(0, 12);

      let corrected = false;
      const shown = asked.slice();
      const per = asked.map((word, at) => {
        const isLast = typing && word === lastWord && at === asked.length - 1;
        let list = candidates(word, isLast);
        const scores = gather(list);
        const strong = list.some((c) => c.weight > 0.5 || (c.kind === "start" && word.length > 3));
        if (!strong && word.length > 5) {
          const parts = split(word);
          if (parts) {
            merge(scores, together(parts.map((part) => candidates(part, false).filter((c) => c.weight > 0.5)), WEIGHTS.split, "split"));
          }
        }
        return { word: word, scores: scores, strong: strong, number: at };
      });
      // synonyms, longest phrase first
      for (let length = Math.min(longest, asked.length); length > 0; length--) {
        for (let at = 0; at + length <= asked.length; at++) {
          const entriesFound = synonyms.get(key(asked.slice(at, at + length)));
          if (!entriesFound) continue;
          for (const synonym of entriesFound) {
            const lists = synonym.words.map((word) => candidates(word, false).filter((c) => c.weight > 0.7));
            const scores = together(lists, WEIGHTS.synonym, "synonym", synonym.from + " → " + synonym.to);
            for (let n = at; n < at + length; n++) {
              merge(per[n].scores, scores);
              if (scores.size) per[n].strong = true;
            }
          }
        }
      }
      for (const part of per) {
        if (part.scores.size && (part.strong || part.word.length < 4)) continue;
        const better = corrections(part.word);
        if (!better.length) continue;
        corrected = true;
        shown[part.number] = better[0];
        for (const word of better) {
          const list = candidates(word, false).filter((c) => c.weight > 0.5)
            .map((c) => ({ entry: c.entry, kind: "typo", weight: c.weight * WEIGHTS.typo }));
          merge(part.scores, gather(list));
        }
      }

      // --- Together ---
      const count = sections.length;
      let all = 0;
      for (const part of per) {
        let df = 0;
        for (const value of part.scores.values()) if (value.best > 0.5) df++;
        df = df || part.scores.size;
        part.weight = df ? Math.log(1 + (count - df + 0.5) / (df + 0.5)) : Math.log(1 + count) * 0.5;
        all += part.weight;
      }
      const totals = new Map();
      for (const part of per) {
        for (const [number, value] of part.scores) {
          let total = totals.get(number);
          if (!total) totals.set(number, (total = { number: number, score: 0, covered: 0, parts: [] }));
          total.score += part.weight * value.score;
          total.covered += part.weight;
          total.parts.push(value);
        }
      }
      const ranked = [];
      for (const total of totals.values()) {
        const section = sections[total.number];
        const coverage = total.covered / all;
        total.score *= coverage * coverage * (section.top ? TOP : 1);
        const headed = asked.filter((word) => section.headingWords.includes(word)).length;
        if (headed === asked.length && headed === section.size) total.score *= 1.5;
        total.coverage = coverage;
        ranked.push(total);
      }
      ranked.sort((a, b) => b.score - a.score || a.number - b.number);
      const best = ranked.length ? ranked[0] : null;
      const kept = ranked.filter((total) => total.coverage > 0.45 * best.coverage && total.score > 0.12 * best.score);
      // press down a page's later sections
      const seen = new Map();
      for (const total of kept) {
        const page = sections[total.number].page;
        const before = seen.get(page) || 0;
        seen.set(page, before + 1);
        total.score *= Math.pow(0.85, before);
      }
      kept.sort((a, b) => b.score - a.score || a.number - b.number);
      return {
        total: kept.length,
        instead: corrected ? shown.join(" ") : null,
        hits: kept.slice(0, most || 10).map((total) => {
          const section = sections[total.number];
          return {
            address: section.page.address, id: section.id, title: section.page.title,
            heading: section.heading, excerpt: section.excerpt, top: section.top,
            words: total.parts.flatMap((part) => part.words),
            notes: [...new Set(total.parts.filter((part) => part.note).map((part) => part.note))],
            score: total.score,
          };
        }),
      };
    }
    return { search: search, sections: sections.length, words: entries.length };
  }

  const out = { searchEngine: searchEngine, tokens: tokens, words: words, stem: stem, fold: fold, distance: distance };
  if (typeof module === "object" && module.exports) module.exports = out;
  else root.searchModule = out;
})(typeof self === "undefined" ? globalThis : self);
