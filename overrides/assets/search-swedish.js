// The Swedish rules of the search engine: the same as in scripts/site/search/words.py, and those for queries alone.
var searchSwedish = (function () {
  "use strict";
  // Snowball's Swedish stemmer (snowballstem.org), as in snowballstemmer 3.1. It removes an ending in the part
  // of the word that follows the first vowel and the next consonant, and at least three letters.
  const BEGINNING = /^[^aeiouyäåö]*[aeiouyäåö]+[^aeiouyäåö]/;
  const ENDING = /(?:heterna|hetens|arnas|ernas|ornas|andes|andet|anden|arens|heten|heter|arna|erna|orna|ande|arne|aste|aren|ades|erns|ade|are|ern|ens|het|ast|ad|en|ar|er|or|as|es|at|et|a|e|s)$/;
  const BEFORE_ET = /[aeiouyäåö][^aeiouyäåö]$/;
  const NOT_BEFORE_ET = /(?:fab|h|pak|rak|stak|kom|iet|cit|dit|alit|ilit|mit|nit|pit|rit|sit|tit|uit|ivit|kvit|xit)$/;

  /** Whether "et" is an ending after these letters. @param {string} before */
  const isEtEnding = (before) => before.length > 2 && BEFORE_ET.test(before) && !NOT_BEFORE_ET.test(before);

  /** The stem of a word by Snowball. @param {string} word */
  function snowballStem(word) {
    const beginning = word.length < 3 ? null : BEGINNING.exec(word);
    if (!beginning) return word;
    const start = Math.max(beginning[0].length, 3);
    let stem = withoutInflection(word, start);
    if (/(?:dd|gd|nn|dt|gt|kt|tt)$/.test(stem.slice(start))) stem = stem.slice(0, -1);
    const suffix = /(?:lig|els|fullt|öst|ig)$/.exec(stem.slice(start))?.[0];
    if (suffix === "fullt") return stem.slice(0, -1);
    if (suffix === "öst") return /[iklnprtuv]öst$/.test(stem) ? stem.slice(0, -1) : stem;
    return suffix ? stem.slice(0, -suffix.length) : stem;
  }
  /**
   * A word without the ending of its inflected form.
   * @param {string} word
   * @param {number} start where an ending may begin
   */
  function withoutInflection(word, start) {
    const ending = ENDING.exec(word.slice(start))?.[0];
    if (!ending) return word;
    const before = word.slice(0, -ending.length);
    if (ending === "et") return isEtEnding(before) ? before : word;
    if (ending !== "s") return before;
    if (before.endsWith("et") && isEtEnding(before.slice(0, -2))) return before.slice(0, -2);
    return /[bcdfghjklmnoprtvy]$/.test(before) ? before : word;
  }

  // Endings of derived words, which the stemmer leaves: ansökan, ansökning → ansök.
  const DERIVATION = /(?:ning|ing|and|eri|orn|an|et|en|d|n|t)$/;
  return {
    snowballStem,
    // the stem of a derived word; "övers" for översättning and översätta, whose stems differ by a t
    derivationStem: (/** @type {string} */ stem) => stem.replace(DERIVATION, "").replace(/([dgkt])[dt]$/, "$1"),
    falseEnding: "ad", // the stemmer removes it even from "månad"
    notInflected: /^(källar)(?:es?|ens?|nas?)$/, // words that the stemmer mistakes, with the right stem
    irregular: new Map([["såld", "sälj"], ["sålt", "sälj"]]), // stems of irregular verb forms → the verb's stem
    inflection: /^(?:e?n|e?t|[aoe]?r|[aoe]?rnas?|n?a|s)s?$/, // what an inflected form adds to a word
    linkLetters: /[seaou]$/, // at the end of a compound's first part, and no letters of its own: "säsongs-"
    // that leave another word: "omplacering"
    prefix: /^(?:om|åter|för|av|upp|ut|in|ned|under|över|sam|med|till|vidare|mellan)(?=.{5})/,
    asksMeaning: /^(?:betyd|innebär|innebar|definition|mean)/, // a query with such a word asks what another means
    counted: new Map([["sex", "6"]]), // words that are numbers only before a unit → digits
    unit: /^[ -](?:(?:till|eller|och) [\p{L}\p{N}_]+ )?(?:månad|veck|dag|dygn|år|timm|minut|procent|gånger|personer)/u,
    // with å ä ö for what a keyboard without them writes
    withSwedishLetters: (/** @type {string} */ word) => word.replace(/aa/g, "å").replace(/ae/g, "ä").replace(/oe/g, "ö"),
  };
})();
