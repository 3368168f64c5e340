const WORDS = {
  en: {
    comments: "Comments",
    empty: "No comments to show.",
    on: "on",
    zero: "No comments",
    one: "# comment",
    other: "# comments",
  },
  de: {
    comments: "Kommentare",
    empty: "Noch keine Kommentare.",
    on: "zu",
    zero: "Keine Kommentare",
    one: "# Kommentar",
    other: "# Kommentare",
  },
  ar: {
    comments: "التعليقات",
    empty: "لا توجد تعليقات بعد.",
    on: "على",
    zero: "لا تعليقات",
    one: "تعليق واحد",
    two: "تعليقان",
    few: "# تعليقات",
    many: "# تعليقًا",
    other: "# تعليق",
  },
};

/** The language of an element as its page says it, if it is one of ours: "de" for "de-AT". */
export function languageOf(element) {
  const tag = (element.closest("[lang]") ?? document.documentElement).lang;
  const language = tag.slice(0, 2).toLowerCase();
  return /^[a-z]{2}(-|$)/i.test(tag) && Object.hasOwn(WORDS, language) ? language : null;
}

export const wordsFor = (element) => WORDS[languageOf(element) ?? "en"];

/** "3 comments", in the element's language. */
export function counted(element, count) {
  const language = languageOf(element) ?? "en";
  const words = WORDS[language];
  const form = count ? new Intl.PluralRules(language).select(count) : "zero";
  return (words[form] ?? words.other).replace("#", new Intl.NumberFormat(language).format(count));
}
