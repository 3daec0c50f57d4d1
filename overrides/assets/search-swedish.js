// The Swedish part of the search engine: the same rules as in scripts/site/search/words.py.
/**
 * @typedef {object} Language
 * @property {(word: string) => string} stem the stem that a word shares with its inflected forms
 * @property {RegExp} overcut endings that the stemmer must not remove from a short word: "ad" in "månad"
 * @property {RegExp} kept words that the stemmer shortens too much, with the right stem as group 1
 * @property {(stem: string) => string} base the same for what the stemmer leaves apart
 * @property {RegExp} ending one word and an ending
 * @property {RegExp} link letters between a compound's parts that belong to neither
 * @property {RegExp} prefix beginnings that leave another word
 * @property {RegExp} meaning words of who asks what another word means
 * @property {Map<string, string>} irregular stems of other forms of a verb → its stem
 * @property {Map<string, string>} counted words that are a number only before a unit → its digits
 * @property {RegExp} unit what is counted, after the word
 * @property {(word: string) => string} respelt as it is written with a keyboard that has the letters
 */
var searchSwedish = (function () {
  "use strict";
  // Snowball's Swedish stemmer (snowballstem.org), the version that snowballstemmer 3.1 has.
  const REGION = /^[^aeiouyäåö]*[aeiouyäåö]+[^aeiouyäåö]/;
  const SUFFIX = /(?:heterna|hetens|arnas|ernas|ornas|andes|andet|anden|arens|heten|heter|arna|erna|orna|ande|arne|aste|aren|ades|erns|ade|are|ern|ens|het|ast|ad|en|ar|er|or|as|es|at|et|a|e|s)$/;
  const ET = /[aeiouyäåö][^aeiouyäåö]$/;
  const NOT_ET = /(?:fab|h|pak|rak|stak|kom|iet|cit|dit|alit|ilit|mit|nit|pit|rit|sit|tit|uit|ivit|kvit|xit)$/;
  /** @param {string} before */
  const et = (before) => before.length > 2 && ET.test(before) && !NOT_ET.test(before);
  /** @param {string} word */
  function stem(word) {
    const region = word.length < 3 ? null : REGION.exec(word);
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
  // ansökan, ansökning, ansöka; översättning, översätta, whose t the stemmer has taken from the other
  const DERIVED = /(?:ning|ing|and|eri|orn|an|et|en|d|n|t)$/;
  /** @type {Language} */
  const swedish = {
    stem: stem,
    overcut: /^ad$/,
    kept: /^(källar)(?:es?|ens?|nas?)$/,
    base: (stemmed) => stemmed.replace(DERIVED, "").replace(/([dgkt])[dt]$/, "$1"),
    ending: /^(?:e?n|e?t|[aoe]?r|[aoe]?rnas?|n?a|s)s?$/,
    link: /[seaou]$/,
    prefix: /^(?:om|åter|för|av|upp|ut|in|ned|under|över|sam|med|till|vidare|mellan)(?=.{5})/,
    meaning: /^(?:betyd|innebär|innebar|definition|mean)/,
    irregular: new Map([["såld", "sälj"], ["sålt", "sälj"]]),
    counted: new Map([["sex", "6"]]),
    unit: /^[ -](?:(?:till|eller|och) [\p{L}\p{N}_]+ )?(?:månad|veck|dag|dygn|år|timm|minut|procent|gånger|personer)/u,
    respelt: (word) => word.replace(/aa/g, "å").replace(/ae/g, "ä").replace(/oe/g, "ö"),
  };
  return swedish;
})();
