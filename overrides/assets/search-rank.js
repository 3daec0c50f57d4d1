// The search engine: from the index of scripts/site/search/ and a query to ranked hits. It uses no DOM, no
// network and no storage. Why not a library: none that runs from file:// handles Swedish compounds,
// inflections and misspellings; none ranks the right section first as often; this one is half the size.
/**
 * @typedef {{words: Candidate[][], note: string}} Source what gave a section its score: lists of words of the index, and
 *   the synonym they came by
 * @typedef {{sources: Source[], touched: number[], best: Float32Array, sum: Float32Array, source: Uint8Array}} Scores of each
 *   section for one word of the query. ``touched``: the sections with a score. By section: ``best``, the score of the
 *   best place or form; ``sum``, with what the others add; ``source``, which of ``sources`` it came from
 * @typedef {{address: string, id: string, title: string, heading: string}} Place a section below a hit
 * @typedef {{address: string, id: string, title: string, heading: string, top: boolean, common: boolean, kind: number,
 *   words: string[], asked: string[], notes: string[], also: Place[]}} Hit a section. ``top``: whether it is its page's
 *   beginning; ``common``: whether another section has its heading; ``words``: those found in it; ``asked``: those found
 *   in its search words alone; ``notes``: the synonyms it was found by; ``also``: the sections below it
 */
// var, here and in the engine's other files: after a failed loading they are loaded again, which const would forbid.
var searchModule = (function () {
  "use strict";
  // Fitted to the queries in docs/_data/audit, set "tune"; nothing here is set by hand. What a change does:
  // python3 scripts/audit_text.py.
  const WEIGHTS = {
    plain: 0.85, derived: 0.67, head: 0.38, tail: 0.8, start: 0.34, inside: 0.6, synonym: 0.8, // how a word is like the query's
    heading: 4.24, title: 1.66, asked: 0.9, part: 0.6, // where it is; part: a search word that is only like it
    long: 0.44, top: 1.3, // a heading's further words; a page's own beginning
    more: 1.2, // of what a word gives in yet another place or form
    phrase: 2.98, little: 0.4, // a heading with all the query's words, stop words too: what those count
    power: 1.68, size: 0.08, // of the part of the query that a section answers; what a text's length takes
    lacking: 3, // how fast pages that aren't to act by come forward where no page to act by has the words
    least: 0.15, // of the best hit's score: below it a hit is left out
    regel: 0.3, förklarar: 0.84, öppen: 0.38, ord: 0.75, beside: 0.38, // a page's kind, beside pages to act by; ord beside other words
    lär: 0.31, personen: 0.56, om: 0.2, lagrum: 0.2,
  };
  const SAME = 1; // the word itself, in the text: what all weights are measured in
  // The numbers of page kinds, as in PAGE_KINDS in scripts/content/field_types.py: three to act by come first.
  const TO_ACT_BY = 3; // kinds below this number
  const KINDS = /** @type {const} */ (["regel", "förklarar", "öppen", "ord", "lär", "personen", "om", "lagrum"]); // the others
  const OWNING = 5; // kinds below this number own words: to act by, rules, what explains
  const ALONE = [1, 5, 6, 10]; // kinds whose sections are sought by themselves: ring, öppen, ord, lagrum
  const LEAST = 0.12; // of the best section's score: below it a section is no hit
  const COVERED = 0.45; // of the weight of the query that the best section answers: below it a section is no hit
  const FEW = 40; // sections: a long word that fewer have is sought by its parts, too
  const REREAD = 100; // sections: so many of the best have their headings compared with the query
  const NEAR = 3; // hits: the first that a reader sees
  const MOST_WORDS = 16; // of a query; further ones are left out

  /**
   * A search engine.
   * @param {Record<string, string>} index as build_index() in scripts/site/search/index.py describes it
   */
  function searchEngine(index) {
    const text = searchWords.wordsOf(index.numbers);
    const vocabulary = searchVocabulary.vocabularyOf(index, text);
    const match = searchMatch.matcherOf(index, text, vocabulary);
    const { contains } = searchVocabulary, { posts, size, pageStart } = vocabulary;

    /** The weight of a section's kind. An entry of the glossary counts less in a query of several words, which hardly
     * asks what a word means. */
    function kindWeight(/** @type {number} */ n, /** @type {boolean} */ isOneWord) {
      const kind = vocabulary.kind(n);
      if (kind < TO_ACT_BY) return 1;
      const name = KINDS[kind - TO_ACT_BY];
      return name === "ord" && !isOneWord ? WEIGHTS.beside : WEIGHTS[name];
    }
    const isEntry = (/** @type {number} */ n) => KINDS[vocabulary.kind(n) - TO_ACT_BY] === "ord";

    // Scores are arrays with a place for each section, used again by the next search: in an index of thousands of
    // pages, three letters have many thousand hits.
    const used = /** @type {Scores[]} */ ([]), unused = /** @type {Scores[]} */ ([]);
    function emptyScores(/** @type {Source} */ source) {
      const scores = unused.pop()
        || { best: new Float32Array(size), sum: new Float32Array(size), source: new Uint8Array(size), touched: [], sources: [] };
      scores.sources = [source];
      used.push(scores);
      return scores;
    }
    /** Empties all scores for the next search. */
    function releaseScores() {
      for (const scores of used) {
        for (const n of scores.touched) scores.best[n] = scores.sum[n] = scores.source[n] = 0;
        scores.touched = [];
      }
      unused.push(...used.splice(0));
    }
    /** Adds to a section's score: the best value counts wholly, each other one by the factor ``more``. */
    function add(/** @type {Scores} */ scores, /** @type {number} */ n, /** @type {number} */ value) {
      const best = scores.best[n];
      if (!value) return;
      if (best === 0) {
        scores.touched.push(n);
        scores.best[n] = scores.sum[n] = value;
      } else if (value > best) {
        scores.sum[n] += value - best * (1 - WEIGHTS.more);
        scores.best[n] = value;
      } else scores.sum[n] += value * WEIGHTS.more;
    }
    /** The scores that candidates for one word of the query give the sections that have them. */
    function scoresOf(/** @type {Candidate[]} */ candidates) {
      const scores = emptyScores({ words: [candidates], note: "" });
      for (const candidate of candidates) {
        const found = posts(candidate.at), weight = candidate.likeness === "same" ? SAME : WEIGHTS[candidate.likeness];
        const isSure = match.isSure(candidate), isStrong = match.isStrong(candidate);
        for (const n of found.text) add(scores, n, weight / (1 + WEIGHTS.size * (vocabulary.textLength(n) - 1)));
        for (const n of found.asked) add(scores, n, weight * (isSure ? WEIGHTS.asked : WEIGHTS.part));
        for (const n of found.heading) add(scores, n, weight * WEIGHTS.heading / (1 + (vocabulary.headingLength(n) - 1) * WEIGHTS.long));
        // the words of a page's title are its sections' too
        for (const top of found.heading.filter((n) => n === pageStart(n))) {
          for (let n = top + 1, end = vocabulary.pageEnd(top); n < end; n++) {
            if (isStrong || scores.best[n]) add(scores, n, weight * WEIGHTS.title);
          }
        }
      }
      return scores;
    }
    /**
     * The scores of the sections that have all of several words: the parts of a compound, the words of a synonym.
     * @param {Candidate[][]} words the candidates for each
     * @param {number} weight
     * @param {string} note the synonym, for the reader
     */
    function scoresOfAll(words, weight, note) {
      const parts = words.map(scoresOf);
      const scores = emptyScores({ words, note });
      for (const n of parts[0].touched) {
        const least = Math.min(...parts.map((part) => part.sum[n]));
        if (least) add(scores, n, least * weight);
      }
      return scores;
    }
    /** Raises the scores in ``into`` to those in ``scores`` that are higher. */
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

    /**
     * A query as the site may have meant it: its words, with misspelt ones corrected; whether any was; its synonyms.
     * @param {string[]} written the query's words
     * @param {(word: string) => boolean} counts whether a word counts by itself
     * @param {boolean} typing whether the last word may be the beginning of one
     */
    function understand(written, counts, typing) {
      const spans = match.spansOf(written, counts);
      let isCorrected = false;
      const words = written.flatMap((word, at) => {
        const isInSpan = spans.some((span) => span.from <= at && at < span.to);
        if (!counts(word) || isInSpan || isFound(word, typing && at === written.length - 1)) return [word];
        const swedish = searchSwedish.withSwedishLetters(word); // "betaenketid"
        if (swedish !== word && match.candidates(swedish, false).some(match.isStrong)) return [swedish];
        // a short word beside others is rather one that the site lacks: "borta sedan igår"
        const better = word.length > 5 || written.length < 2 ? match.correction(word) : null;
        const parts = word.length > 5 ? match.split(word) : null;
        if (better && (!parts || better.steps < 2)) {
          isCorrected = true;
          return [better.word];
        }
        // a compound stays whole: search() seeks its two parts as well
        return parts && parts.length < 2 ? parts : [word];
      });
      return { words, isCorrected, spans: words.join() === written.join() ? spans : match.spansOf(words, counts) };
    }
    /** Whether the site has a word, a compound with it, or one that begins so. */
    function isFound(/** @type {string} */ word, /** @type {boolean} */ typing) {
      return match.candidates(word, typing).some((candidate) => {
        return match.isStrong(candidate) || (candidate.likeness === "start" && word.length > 3);
      });
    }

    /**
     * The hits of a query, best first.
     * @param {string} query
     * @param {number} [most] hits; ``total`` counts them all
     * @returns {{hits: Hit[], total: number, instead: string | null}} ``instead``: the query with its misspelt words corrected
     */
    function search(query, most) {
      const typing = /[\p{L}\p{N}]$/u.test(query);
      const written = text.words(query).slice(0, MOST_WORDS);
      const onlyStopWords = written.every((word) => match.stopWords.has(word));
      const counts = (/** @type {string} */ word) => onlyStopWords || !match.stopWords.has(word);
      const { words, isCorrected, spans } = understand(written, counts, typing);
      const perWord = scoresPerWord(words, counts, spans, (at) => typing && at === words.length - 1 && words[at] === written[written.length - 1]);
      const { total, covered, weight } = totalOf(perWord);
      weighKinds(total, covered, weight, perWord.length < 2);
      const best = bestSections(total, covered, Math.max(REREAD, most || 0));
      weighPhrases(total, best, words, counts);
      const near = best.filter((n) => total.sum[n] >= WEIGHTS.least * total.sum[best[0]]);
      const asksMeaning = written.some((word) => searchSwedish.asksMeaning.test(word));
      const groups = grouped(asksMeaning ? near : entriesBehindOwners(near, perWord));
      const hits = groups.slice(0, most || 10).map(([n, ...others]) => hitOf(n, others, perWord));
      releaseScores();
      return { hits, total: groups.length, instead: isCorrected ? words.join(" ") : null };
    }

    /**
     * The scores for each word of a query that counts, with those of its parts and its synonyms.
     * @param {string[]} words
     * @param {(word: string) => boolean} counts
     * @param {Span[]} spans
     * @param {(at: number) => boolean} isTyping whether the word at a place may be the beginning of one
     */
    function scoresPerWord(words, counts, spans, isTyping) {
      const perWord = /** @type {Scores[]} */ ([]);
      const atPlaces = words.map((word, at) => {
        if (!counts(word)) return null;
        const scores = scoresOf(match.candidates(word, isTyping(at)));
        // "säsongsarbetare" is sought as "säsong" and "arbetare", but "förlänga" not as "för" and "länga"
        const parts = (word.length > 7 && scores.touched.length < FEW && match.split(word)) || [];
        if (parts.length > 1) {
          const candidates = parts.map((part) => match.candidates(part, false).filter(match.isStrong));
          merge(scores, scoresOfAll(candidates, WEIGHTS.tail, ""));
        }
        perWord.push(scores);
        return scores;
      });
      for (const { from, to, synonym } of spans) {
        const candidates = synonym.words.map((word) => match.candidates(word, false).filter(match.isSure));
        const scores = scoresOfAll(candidates, WEIGHTS.synonym, synonym.written + " → " + synonym.shown);
        if (!scores.touched.length) continue;
        const within = atPlaces.slice(from, to).flatMap((scores) => scores || []);
        if (within.length) within.forEach((wordScores) => merge(wordScores, scores));
        else perWord.push(scores); // a synonym of stop words alone: "vill inte" → nej
      }
      return perWord;
    }

    /**
     * The sections' scores for all words, where a word counts more the fewer sections have it; the weight of the
     * words that each section has (``covered``); and the weight of all words.
     */
    function totalOf(/** @type {Scores[]} */ perWord) {
      const total = emptyScores({ words: [], note: "" }), covered = emptyScores({ words: [], note: "" });
      let all = 0;
      for (const scores of perWord) {
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
      return { total, covered, weight: all };
    }
    /** Weighs each section's score by the part of the query that it answers, and by its kind: pages to act by come first,
     * but only as far as they have the words. */
    function weighKinds(/** @type {Scores} */ total, /** @type {Scores} */ covered, /** @type {number} */ all, /** @type {boolean} */ isOneWord) {
      let acted = 0; // the most of the query that one page to act by answers
      for (const n of covered.touched) if (vocabulary.kind(n) < TO_ACT_BY) acted = Math.max(acted, covered.sum[n]);
      for (const n of covered.touched) {
        const share = Math.pow(covered.sum[n] / all, WEIGHTS.power);
        const kindPower = Math.pow(Math.min(1, acted / covered.sum[n]), WEIGHTS.lacking);
        total.sum[n] *= share * (n === pageStart(n) ? WEIGHTS.top : 1) * Math.pow(kindWeight(n, isOneWord), kindPower);
      }
    }
    /** A function that sorts sections: the highest score first; of equal ones the page with the shortest title, "The first
     * day" before "The first day: children". */
    const byScore = (/** @type {Scores} */ total) => (/** @type {number} */ a, /** @type {number} */ b) => {
      const titleLength = (/** @type {number} */ n) => vocabulary.headingLength(pageStart(n));
      return total.sum[b] - total.sum[a] || titleLength(a) - titleLength(b) || a - b;
    };
    /** At most so many sections, best first; those far below the best are left out. */
    function bestSections(/** @type {Scores} */ total, /** @type {Scores} */ covered, /** @type {number} */ most) {
      const order = byScore(total);
      const first = covered.touched.reduce((a, b) => (order(a, b) <= 0 ? a : b), covered.touched[0]);
      const kept = covered.touched.filter((n) => covered.sum[n] > COVERED * covered.sum[first] && total.sum[n] > LEAST * total.sum[first]);
      // sorting numbers is faster than sorting sections: only those from this score up are sorted
      const lowest = Float32Array.from(kept, (n) => total.sum[n]).sort()[kept.length - most] || 0;
      return kept.filter((n) => total.sum[n] >= lowest).sort(order).slice(0, most);
    }
    /** Raises the scores of the sections whose headings have the query's words, stop words too ("Vem får ansöka?"), and
     * sorts ``sections`` again. A query of one word has no phrase. */
    function weighPhrases(/** @type {Scores} */ total, /** @type {number[]} */ sections, /** @type {string[]} */ words, /** @type {(word: string) => boolean} */ counts) {
      const weights = new Map(words.map((word) => [text.root(word), counts(word) ? 1 : WEIGHTS.little]));
      if (weights.size < 2) return;
      const all = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
      for (const n of sections) {
        let found = 0;
        for (const root of new Set(text.words(vocabulary.heading(n)).map(text.root))) found += weights.get(root) || 0;
        total.sum[n] *= 1 + WEIGHTS.phrase * found / all;
      }
      sections.sort(byScore(total));
    }

    /**
     * The sections, best first, with each entry of the glossary behind the section that owns its word: that has it in
     * its heading, or in its page's title. A query of one word may ask what it means: then only an owner among the
     * first hits goes before the entry.
     */
    function entriesBehindOwners(/** @type {number[]} */ sections, /** @type {Scores[]} */ perWord) {
      const entries = sections.filter(isEntry);
      if (!entries.length) return sections;
      const isOneWord = perWord.length < 2;
      // for each word of the query, the words of the index that are the same
      const sureWords = perWord.map((scores) => scores.sources.flatMap((source) => source.words.flat()).filter(match.isSure));
      const named = (/** @type {number} */ n, /** @type {Candidate[]} */ words) => words.some(({ at }) => contains(posts(at).heading, n));
      // a search word that one page alone has says what the page is about, as its title does
      const isAbout = (/** @type {number} */ n, /** @type {Candidate[]} */ words) => words.some(({ at }) => {
        const tops = posts(at).asked.filter((section) => section === pageStart(section));
        return tops.length === 1 && tops[0] === n;
      });
      const owns = (/** @type {number} */ n, /** @type {Candidate[]} */ words) => {
        return named(n, words) || isAbout(n, words) || (!isOneWord && named(pageStart(n), words));
      };
      const sorted = [...sections];
      for (const entry of entries.reverse()) {
        const ownWords = sureWords.filter((words) => named(entry, words));
        const place = sorted.indexOf(entry);
        const owner = sorted.findIndex((n) => vocabulary.kind(n) < OWNING && ownWords.some((words) => owns(n, words)));
        if (owner < place) continue;
        if (!isOneWord) {
          sorted.splice(owner + 1, 0, entry);
          sorted.splice(place, 1);
        } else if (owner < NEAR) sorted.splice(place, 0, ...sorted.splice(owner, 1));
      }
      return sorted;
    }

    /**
     * The sections, best first, in groups. A group is a hit, its best section, and the sections below it: the same block
     * on other pages, and the other sections of the hit's page.
     */
    function grouped(/** @type {number[]} */ sections) {
      const groups = /** @type {number[][]} */ ([]);
      const byHeading = /** @type {Map<string, number[]>} */ (new Map()), byPage = /** @type {Map<number, number[]>} */ (new Map());
      for (const n of sections) {
        const heading = vocabulary.heading(n), page = pageStart(n);
        const ofPage = ALONE.includes(vocabulary.kind(n)) ? null : byPage.get(page);
        const group = byHeading.get(heading) || ofPage || [];
        if (!group.length) groups.push(group);
        if (!byHeading.has(heading)) byHeading.set(heading, group);
        if (!byPage.has(page)) byPage.set(page, group);
        group.push(n);
      }
      return groups;
    }

    /** A section as a hit, with the other sections of its group. @returns {Hit} */
    function hitOf(/** @type {number} */ n, /** @type {number[]} */ others, /** @type {Scores[]} */ perWord) {
      const top = pageStart(n);
      const sources = perWord.filter((scores) => scores.sum[n]).map((scores) => scores.sources[scores.source[n]]);
      const candidates = sources.flatMap((source) => source.words.flat());
      const words = candidates.filter(({ at }) => {
        const { text, heading } = posts(at);
        return contains(text, n) || contains(heading, n) || contains(heading, top);
      });
      const asked = candidates.filter((candidate) => contains(posts(candidate.at).asked, n) && !words.includes(candidate));
      return {
        ...placeOf(n), top: n === top, common: vocabulary.hasSharedHeading(n), kind: vocabulary.kind(n),
        words: words.map(({ word }) => word),
        asked: asked.map(({ word }) => word),
        also: others.map(placeOf),
        notes: [...new Set(sources.map((source) => source.note).filter(Boolean))],
      };
    }
    /** @returns {Place} */
    function placeOf(/** @type {number} */ n) {
      return { address: vocabulary.address(n), id: vocabulary.id(n), title: vocabulary.heading(pageStart(n)), heading: vocabulary.heading(n) };
    }
    return { search, tokens: text.tokens, words: text.words, stem: text.stem };
  }
  return { searchEngine };
})();
