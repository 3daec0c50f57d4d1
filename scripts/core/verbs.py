"""Guess whether a Swedish sentence has a finite verb, from the forms of its words.

There is no dictionary. A word counts as a verb if it is in COMMON_VERBS, or if it has the ending of
a verb and the site's texts also have its infinitive: "ringer" counts where they have "ringa", but
"regler" doesn't, since they have no "regla". Of 1,450 sentences in steps, eight whole ones were
wrongly reported as fragments.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

# Auxiliaries, strong verbs, and verbs used only in the present or the imperative.
COMMON_VERBS = """
    anmäl anmäler ansök ansöker be begär begärde ber beror beskriv beskriver beslutar betyder
    bifoga bjuder blev bli blir bor brukar bryt bryter bygg bygger byt byter bär börja börjar
    drar drog döljer dör fanns fick finns flyr flytta flyttar fråga frågar fyll fyller få får
    följ följer förblir gav ge ger gick gjorde gräv gräver gå går gällde gäller göm gömmer gör
    ha hade har heter hette hindrar hjälp hjälper håll håller hämta hämtar hände händer höll hör
    jämför kan kom kommer kostade kostar krävde kräver krävs kunde känner ligger lova lovar
    lyder låg låna lås låser låt låter lägg lägger lämna lämnar lär läs läser menar minns må mår
    måste märk märker mäter möt möter nämn nämner packa plantera plocka pröva prövar ring ringer
    räcker räckte räkna räknar rör sa sade satt se ser ses sitt sitter ska ske skedde sker
    skicka skickar skrev skriv skriver skulle skydda skyddar slutar slår släck spara sparar stod
    stå står ställ ställer stäng stänger svara svarar såg säg säger sätt sätter sök söker ta
    tala talar tar tog tro tror tål tänd tänder tänk tänker töm upphör upphörde utgör var vara
    vet vill ville visa visar visste vore väg väger välj väljer vänd vänder vänta väntar växer
    åk åker äger är ät äter öppna öppnar
"""
COMMON = frozenset(COMMON_VERBS.split())
# Words in -a that may begin a sentence and aren't verbs. Any other such word is an imperative.
NOT_VERBS = """
    alla andra annorlunda bara bra båda denna dessa dina egna ena enda era extra fara flera flesta
    gamla inga lika lilla mina många norra nya nästa olika samma sina sista sjunde somliga
    stora sådana södra tidigare tredje varsina vissa våra vilka övriga
"""
NO_IMPERATIVES = frozenset(NOT_VERBS.split())


def has_finite_verb(words: Iterable[str], vocabulary: Collection[str]) -> bool:
    """Whether one of a sentence's words is a verb in the present, the past or the imperative.

    Args:
        words: the words of one sentence, in order.
        vocabulary: every word of the site's texts, in lower case.
    """
    lowered = [word.lower() for word in words]
    if lowered and _is_imperative(lowered[0], vocabulary):
        return True
    return any(_is_finite(word, vocabulary) for word in lowered)


def _is_imperative(word: str, vocabulary: Collection[str]) -> bool:
    """Whether the first word of a sentence, in lower case, may be an imperative: "kratta",
    "klipp"."""
    if word.endswith("a"):
        return word not in NO_IMPERATIVES  # nearly every other first word in -a is an imperative
    if f"{word}en" in vocabulary or f"{word}et" in vocabulary:
        return False  # a noun: "plats" beside "platsen"
    return f"{word}a" in vocabulary or f"{word}er" in vocabulary  # "klipp" beside "klippa"


def _is_finite(word: str, vocabulary: Collection[str]) -> bool:
    """Whether a word in lower case is a verb in the present, the past or the imperative, active or
    in -s. An infinitive that is written as an imperative ("kontrollera") counts, too.

    Words of COMMON and words in -ade count at once, others only if ``vocabulary`` has another form.
    """
    if word in COMMON or word.endswith(("ade", "ades")):  # "väntade"
        return True
    active = word.removesuffix("s")  # "prövas" → "pröva"
    if any(_is_past_or_present(form, vocabulary) for form in {word, active}):
        return True
    if word != active and _has_infinitive(active, vocabulary):
        return True  # "behövs" beside "behöva", "kontrolleras" beside "kontrollera"
    if word.endswith("a"):
        return f"{word}r" in vocabulary  # "kontrollera" beside "kontrollerar"
    return f"{word}a" in vocabulary and f"{word}er" in vocabulary  # "ring" beside "ringa", "ringer"


def _is_past_or_present(form: str, vocabulary: Collection[str]) -> bool:
    """Whether a form without -s has an ending of the past or the present, and ``vocabulary`` has
    the form that it is made of."""
    stem = re.sub(r"[dt]{1,2}e$", "", form)  # "ringde" → "ring", "bodde" → "bo"
    if stem != form and (f"{stem}a" in vocabulary or f"{stem}r" in vocabulary):
        return True  # "ringde" beside "ringa", "bodde" beside "bor"
    if form.endswith("er") and f"{form[:-2]}a" in vocabulary:
        return True  # "ringer" beside "ringa"
    # "kontrollerar" beside "kontrollera", "bor" beside "bo"
    return re.search(r"[aåoyeö]r$", form) is not None and form[:-1] in vocabulary


def _has_infinitive(active: str, vocabulary: Collection[str]) -> bool:
    """Whether ``vocabulary`` has the infinitive of a word that has lost its -s: "behöva" for
    "behöv", "kontrollera" for "kontrollera"."""
    if f"{active}a" in vocabulary:
        return True
    return active.endswith("a") and active in vocabulary
