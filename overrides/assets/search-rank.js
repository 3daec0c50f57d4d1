// The search engine: from the index of scripts/site/search/ and a query to ranked hits. It uses no DOM, no
// network and no storage. Why not a library: none that runs from file:// handles Swedish compounds,
// inflections and misspellings; none ranks the right section first as often; this one is half the size.
var searchModule = (function () {
  "use strict";
  // Fitted to the queries in docs/_data/audit, set "tune"; nothing here is set by hand. What a change does:
  // python3 scripts/audit_text.py.
  const WEIGHTS = {
    plain: 0.85, derived: 0.67, head: 0.38, tail: 0.8, start: 0.34, inside: 0.6, synonym: 0.8, // how a word is like the query's
    heading: 4.24, title: 1.66, asked: 0.9, part: 0.6, // where it is; part: a keyword that is only like it
    long: 0.44, top: 1.3, // a heading's further words; a page's own beginning
    more: 1.2, // of what a word gives in yet another place or form
    phrase: 2.98, little: 0.4, // a heading with all the query's words, small ones too: what those count
    power: 1.68, size: 0.08, // of the part of the query that a section answers; what a text's length takes
    lacking: 3, // how fast what isn't to act by comes forward where no page to act by has the words
    least: 0.15, // of the best hit's score: below it a hit is left out
    regel: 0.3, förklarar: 0.84, öppen: 0.38, ord: 0.75, beside: 0.38, // what a page is for, to what to do; ord beside other words
    lär: 0.31, personen: 0.56, om: 0.2, lagrum: 0.2,
  };
  const SAME = 1; // the word itself, in the text: what all weights are measured in
  const KINDS = /** @type {const} */ (["regel", "förklarar", "öppen", "ord", "lär", "personen", "om", "lagrum"]); // from the letter d
  const LEAST = 0.12; // of the best section's score: what is hardly a hit
  const FEW = 40; // sections: a long word that fewer have is sought by its parts, too
  const CLOSER = 100; // how many of the best have their headings read
  const OWNING = 5; // kinds before this letter own words: what to do, rules, what explains
  const ALONE = [1, 5, 6, 10]; // kinds whose sections are sought by themselves: to ring, open, ord, lagrum
  const NEAR = 3; // hits: the first that a reader sees

  /**
   * @typedef {{sources: {lists: Candidate[][], note: string}[], touched: number[], best: Float32Array,
   *   sum: Float32Array, source: Uint8Array}} Scores of each section for one word of the query
   * @typedef {{address: string, id: string, title: string, heading: string, top: boolean, common: boolean, kind: number, score: number,
   *   words: string[], asked: string[], notes: string[], also: Place[]}} Hit
   * @typedef {{address: string, id: string, title: string, heading: string}} Place a section below a hit
   */
  /**
   * @param {Record<string, string>} index
   * @param {Language} [language]
   * @param {typeof WEIGHTS} [other] weights to try
   */
  function searchEngine(index, language, other) {
    const tongue = language || searchSwedish;
    const W = other || WEIGHTS;
    const text = searchWords.wordsOf(tongue, index.numbers);
    const vocabulary = searchVocabulary.vocabularyOf(index, text);
    const match = searchMatch.matcherOf(index, tongue, text, vocabulary);
    const { holds } = searchVocabulary, { posts, size } = vocabulary;
    const kindOf = (/** @type {number} */ n) => vocabulary.kind(n).charCodeAt(0) - 97;
    // Who writes more than one word doesn't ask what the word means.
    const weighs = (/** @type {number} */ kind, /** @type {boolean} */ alone) => (KINDS[kind] === "ord" && !alone ? W.beside : W[KINDS[kind]]);
    const worth = (/** @type {number} */ n, /** @type {boolean} */ alone) => (kindOf(n) < 3 ? 1 : weighs(kindOf(n) - 3, alone));

    // Flat arrays, a place for each section: an index of thousands of pages has many thousand hits
    // for three letters. ``source`` says which of ``sources`` gave a section its score.
    const used = /** @type {Scores[]} */ ([]), spare = /** @type {Scores[]} */ ([]);
    function empty(/** @type {Scores["sources"][0]} */ source) {
      const scores = spare.pop()
        || { best: new Float32Array(size), sum: new Float32Array(size), source: new Uint8Array(size), touched: [], sources: [] };
      scores.sources = [source];
      used.push(scores);
      return scores;
    }
    function tidy() {
      for (const scores of used) {
        for (const n of scores.touched) scores.best[n] = scores.sum[n] = scores.source[n] = 0;
        scores.touched = [];
      }
      spare.push(...used.splice(0));
    }
    function add(/** @type {Scores} */ scores, /** @type {number} */ n, /** @type {number} */ value) {
      const best = scores.best[n];
      if (!value) return;
      if (best === 0) {
        scores.touched.push(n);
        scores.best[n] = scores.sum[n] = value;
      } else if (value > best) {
        scores.sum[n] += value - best * (1 - W.more);
        scores.best[n] = value;
      } else scores.sum[n] += value * W.more;
    }
    function gather(/** @type {Candidate[]} */ list) {
      const scores = empty({ lists: [list], note: "" });
      for (const candidate of list) {
        const where = posts(candidate.at), weight = candidate.kind === "same" ? SAME : W[candidate.kind], certain = match.sure(candidate), strong = match.strong(candidate);
        for (const n of where.text) add(scores, n, weight / (1 + W.size * (vocabulary.large(n) - 1)));
        for (const n of where.asked) add(scores, n, weight * (certain ? W.asked : W.part));
        for (const n of where.heading) add(scores, n, weight * W.heading / (1 + (vocabulary.length(n) - 1) * W.long));
        for (const n of where.heading) {
          if (n !== vocabulary.first(n)) continue; // the words of a page's title are its sections' too
          for (let s = n + 1, end = vocabulary.end(n); s < end; s++) {
            if (strong || scores.best[s]) add(scores, s, weight * W.title);
          }
        }
      }
      return scores;
    }
    /** All of several words, in one section: for compounds and synonyms. */
    function together(/** @type {Candidate[][]} */ lists, /** @type {number} */ weight, /** @type {string} */ note) {
      const parts = lists.map(gather);
      const scores = empty({ lists: lists, note: note });
      for (const n of parts[0].touched) {
        const least = Math.min(...parts.map((part) => part.sum[n]));
        if (least) add(scores, n, least * weight);
      }
      return scores;
    }
    function merge(/** @type {Scores} */ into, /** @type {Scores} */ scores) {
      const source = into.sources.push(scores.sources[0]) - 1;
      for (const n of scores.touched) {
        if (into.sum[n] >= scores.sum[n]) continue;
        if (!into.sum[n]) into.touched.push(n);
        into.sum[n] = scores.sum[n];
        into.best[n] = scores.best[n];
        into.source[n] = source;
      }
    }

    /** The query's words, a misspelt one mended and one that is two taken apart. */
    function understood(/** @type {string[]} */ raw, /** @type {(word: string) => boolean} */ counts, /** @type {boolean} */ typing) {
      const spans = match.spansOf(raw, counts);
      let corrected = false;
      const list = raw.flatMap((word, at) => {
        const found = match.candidates(word, typing && at === raw.length - 1);
        const strong = found.some((c) => match.strong(c) || (c.kind === "start" && word.length > 3));
        if (!counts(word) || strong || spans.some((span) => span.from <= at && at < span.to)) return [word];
        const respelt = tongue.respelt(word); // "betaenketid"
        if (respelt !== word && match.candidates(respelt, false).some(match.strong)) return [respelt];
        // a short word beside others is rather one that the site lacks: "borta sedan igår"
        const better = word.length > 5 || raw.length < 2 ? match.correction(word) : null;
        const parts = word.length > 5 ? match.split(word) : null;
        if (!better || (parts && better.steps > 1)) return parts && parts.length < 2 ? parts : [word];
        corrected = true;
        return [better.word];
      });
      return { list: list, corrected: corrected, spans: list.join() === raw.join() ? spans : match.spansOf(list, counts) };
    }

    /**
     * @param {string} query
     * @param {number} [most]
     * @returns {{hits: Hit[], total: number, instead: string | null}}
     */
    function search(query, most) {
      const typing = /[\p{L}\p{N}]$/u.test(query);
      const raw = text.words(query).slice(0, 16);
      const counts = raw.every((word) => match.stop.has(word)) ? () => true : (/** @type {string} */ word) => !match.stop.has(word);
      const { list, corrected, spans } = understood(raw, counts, typing);

      const per = /** @type {Scores[]} */ ([]);
      const places = list.map((word, at) => {
        if (!counts(word)) return null;
        const scores = gather(match.candidates(word, typing && at === list.length - 1 && word === raw[raw.length - 1]));
        // "säsongsarbetare" → who works for a season; but no "för|länga"
        const parts = (word.length > 7 && scores.touched.length < FEW && match.split(word)) || [];
        if (parts.length > 1) merge(scores, together(parts.map((part) => match.candidates(part, false).filter(match.strong)), W.tail, ""));
        per.push(scores);
        return scores;
      });
      for (const { from, to, synonym } of spans) {
        const scores = together(synonym.words.map((word) => match.candidates(word, false).filter(match.sure)), W.synonym, synonym.from + " → " + synonym.to);
        if (!scores.touched.length) continue;
        const within = places.slice(from, to).flatMap((part) => part || []);
        if (within.length) within.forEach((part) => merge(part, scores));
        else per.push(scores); // "vill inte" → nej
      }

      // Together: a word counts more the fewer sections have it.
      const total = empty({ lists: [], note: "" }), covered = empty({ lists: [], note: "" });
      let all = 0;
      for (const scores of per) {
        const many = scores.touched.filter((n) => scores.best[n] > 0.5).length || scores.touched.length;
        const weight = many ? Math.log(1 + (size - many + 0.5) / (many + 0.5)) : Math.log(1 + size) * 0.5;
        all += weight;
        for (const n of scores.touched) {
          if (!covered.sum[n]) covered.touched.push(n);
          total.sum[n] += weight * scores.sum[n];
          covered.sum[n] += weight;
        }
      }
      total.touched = covered.touched;
      // Of the query's weight, the most that one page to act by has.
      const acted = covered.touched.reduce((most, n) => (kindOf(n) < 3 ? Math.max(most, covered.sum[n]) : most), 0);
      for (const n of covered.touched) {
        // What to do comes before the rest only as far as it has the words.
        const behind = Math.pow(Math.min(1, acted / covered.sum[n]), W.lacking);
        total.sum[n] *= Math.pow(covered.sum[n] / all, W.power) * (n === vocabulary.first(n) ? W.top : 1) * Math.pow(worth(n, per.length < 2), behind);
      }
      // Alike: the page whose title says less besides, "The first day" before "The first day: children".
      const says = (/** @type {number} */ n) => vocabulary.length(vocabulary.first(n));
      const order = (/** @type {number} */ a, /** @type {number} */ b) => total.sum[b] - total.sum[a] || says(a) - says(b) || a - b;
      const first = covered.touched.reduce((a, b) => (order(a, b) <= 0 ? a : b), covered.touched[0]);
      const kept = covered.touched.filter((n) => covered.sum[n] > 0.45 * covered.sum[first] && total.sum[n] > LEAST * total.sum[first]);
      const closer = Math.max(CLOSER, most || 0);
      const cut = Float32Array.from(kept, (n) => total.sum[n]).sort()[kept.length - closer] || 0;
      const ranked = kept.filter((n) => total.sum[n] >= cut).sort(order).slice(0, closer);
      // How much of the whole query the heading says, "vem" and "ut" too: "Vem får ansöka?"
      const wording = new Map(list.map((word) => [text.root(word), counts(word) ? 1 : W.little]));
      const whole = [...wording.values()].reduce((sum, weight) => sum + weight, 0);
      if (wording.size > 1) {
        for (const n of ranked) {
          let said = 0;
          for (const one of new Set(text.words(vocabulary.heading(n)).map(text.root))) said += wording.get(one) || 0;
          total.sum[n] *= 1 + W.phrase * said / whole;
        }
        ranked.sort(order);
      }
      const near = ranked.filter((n) => total.sum[n] >= W.least * total.sum[ranked[0]]);
      const groups = grouped(raw.some((word) => tongue.meaning.test(word)) ? near : behindOwners(near, per));
      const found = {
        total: groups.length,
        instead: corrected ? list.join(" ") : null,
        hits: groups.slice(0, most || 10).map(([n, ...others]) => hit(n, others, per, total.sum[n])),
      };
      tidy();
      return found;
    }

    /**
     * The sections, best first, with each entry of the glossary behind the one that owns its word: that
     * has it in its heading, or in its page's title. Who writes one word may ask what it means: then only
     * a heading among the first hits goes before the entry.
     */
    function behindOwners(/** @type {number[]} */ ranked, /** @type {Scores[]} */ per) {
      const isEntry = (/** @type {number} */ n) => KINDS[kindOf(n) - 3] === "ord";
      const entries = ranked.filter(isEntry);
      const named = entries.length ? per.map((scores) => scores.sources.flatMap((source) => source.lists.flat()).filter(match.sure)) : [];
      const says = (/** @type {number} */ n, /** @type {Candidate[]} */ words) => words.some(({ at }) => holds(posts(at).heading, n));
      // A keyword that one page alone has says what the page is about, as its title does.
      const about = (/** @type {number} */ n, /** @type {Candidate[]} */ words) => words.some(({ at }) => {
        const tops = posts(at).asked.filter((one) => one === vocabulary.first(one));
        return tops.length === 1 && tops[0] === n;
      });
      const owns = (/** @type {number} */ n, /** @type {Candidate[]} */ words) => says(n, words) || about(n, words) || (per.length > 1 && says(vocabulary.first(n), words));
      const found = [...ranked];
      for (const entry of entries.reverse()) {
        const own = named.filter((words) => says(entry, words));
        const place = found.indexOf(entry);
        const owner = found.findIndex((n) => kindOf(n) < OWNING && own.some((words) => owns(n, words)));
        if (owner < place) continue;
        if (per.length > 1) {
          found.splice(owner + 1, 0, entry);
          found.splice(place, 1);
        } else if (owner < NEAR) found.splice(place, 0, ...found.splice(owner, 1));
      }
      return found;
    }

    /**
     * The sections, best first, in groups: each is a hit, its best section, and those below it. Those are the same
     * block on other pages, and the other sections of the hit's page.
     */
    function grouped(/** @type {number[]} */ ranked) {
      const groups = /** @type {number[][]} */ ([]);
      const byHeading = /** @type {Map<string, number[]>} */ (new Map()), byPage = /** @type {Map<number, number[]>} */ (new Map());
      for (const n of ranked) {
        const heading = vocabulary.heading(n), top = vocabulary.first(n);
        const group = byHeading.get(heading) || (ALONE.includes(kindOf(n)) ? null : byPage.get(top)) || [];
        if (!group.length) groups.push(group);
        if (!byHeading.has(heading)) byHeading.set(heading, group);
        if (!byPage.has(top)) byPage.set(top, group);
        group.push(n);
      }
      return groups;
    }

    function hit(/** @type {number} */ n, /** @type {number[]} */ others, /** @type {Scores[]} */ per, /** @type {number} */ score) {
      const top = vocabulary.first(n);
      const sources = per.filter((part) => part.sum[n]).map((part) => part.sources[part.source[n]]);
      const meant = sources.flatMap((source) => source.lists.flat());
      const stands = (/** @type {Candidate} */ { at }) => holds(posts(at).text, n) || holds(posts(at).heading, n) || holds(posts(at).heading, top);
      const words = meant.filter(stands);
      return {
        address: vocabulary.address(n), id: vocabulary.id(n), title: vocabulary.heading(top),
        heading: vocabulary.heading(n), top: n === top, common: vocabulary.common(n), kind: kindOf(n), score: score,
        words: words.map((c) => c.word),
        asked: meant.filter((c) => holds(posts(c.at).asked, n) && !words.includes(c)).map((c) => c.word),
        also: others.map((other) => ({ address: vocabulary.address(other), id: vocabulary.id(other), title: vocabulary.heading(vocabulary.first(other)), heading: vocabulary.heading(other) })),
        notes: [...new Set(sources.map((source) => source.note).filter(Boolean))],
      };
    }
    return { search: search, tokens: text.tokens, words: text.words, stem: text.stem, sections: size };
  }
  return { searchEngine: searchEngine, WEIGHTS: WEIGHTS };
})();
