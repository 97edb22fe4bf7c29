/*
 * How readers ask in English: one file a language, which query.js puts together.  What is asked is told of the texts, so
 * every file counts, whatever language the interface is in.
 */

/** Words that only join others, that make a question of them, or that ask for whatever is there. */
export const small = `
  a an the this that these those of in on at to for from by with about between into out over under and or but as than
  is are was were be been being am do does did has have had having can could might must shall should will would
  it its they them their there here we our i you your he she his her ever also any anything
  actually even exactly just only really so still very yet
  what which who whom whose when where why how many much far get gets got say says said tell tells told mean means meaning
  define defined definition explain stand stands list page mention mentions mentioned latest newest recent find show download wording clause passage earliest oldest time vs versus see
`;

/** What makes a question of a query, and what asks for something of a kind (macros/derived/search.py makes the kinds). */
export const question = /^(?:what|which|who|whom|whose|when|where|why|how|is|are|was|were|do|does|did|has|have|had|can|could|may|must|should|will|would)\s.+\s|\?\s*$/iu;
export const wants = {
  term: /^(?:what(?:['’]s| is| are) |who (?:is|was) |define|definition|explain|meaning)|(?:\b(?:mean|means|meaning|definition|stands? for))\W*$/i,
  number: /\bhow (?:many|much|long|far|big|large|old|often|strong)\b|\bnumber of\b/i,
  day: /\bwhen\b|\b(?:what|which) (?:day|date|year|time)\b/i,
  change: /\b(?:differ\w*|changed|versus|vs|compar\w+)\b/i,
  said: /\b(?:say|says|said|mention\w*|states?|stated|thinks?|argues?|warns?|writes?|expects?|predicts?)\b/i,
  reason: /^(?:why|how)\b/i,
  place: /\bwhere\b/i,
  way: /^(?:how|where) (?:do|can|could|may|should) (?:i|we|you|one)\b|^how to\b|^(?:can|may) (?:i|we)\b|^(?:add|cite|compare|correct|download|edit|export|fix|import|print|report|submit|suggest) (?:an?|another|the|this|that|my|two)\b/i,
  newest: /\b(?:latest|newest|most recent)\b|\blast (?=statement|meeting|time)/i,
  oldest: /\b(?:earliest|oldest)\b|\bfirst (?=statement|text|document|mention|time)/i,
};

/** What is no word of what is asked for; May is a month, too. */
export const asks = /\b(?:about|in|of|on) th(?:e|is) (?:web)?site\b|\bmay (?=(?:i|we|you|one|an?|the|it|they|be)\b)|\b(?:first|last) (?=statement|text|document|mention|time)|(?<=statements?|texts?|documents?) (?:to|that|which) (?:name|mention|use|include)(?:s|d)?\b(?: the (?:words?|phrase|term)\b)?/gi;

export const months = "January February March April May June July August September October November December";

/** A number in letters or figures; one of four is a year. */
export const number = /^(?:\d{1,3}|\d{5,}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|hundreds?|thousands?|millions?|half)$/;

/** Spellings that are one word to a reader: each as a form and what stands for it, both ways. */
export const spellings = [
  [/ence(s?)$/, "ense$1"], [/ense(s?)$/, "ence$1"], [/our/, "or"], [/or/, "our"],
  [/is(e|ed|es|ing|ations?)$/, "iz$1"], [/iz(e|ed|es|ing|ations?)$/, "is$1"], [/ys(e|ed|ing)$/, "yz$1"], [/yz(e|ed|ing)$/, "ys$1"],
  [/gramme(s?)$/, "gram$1"], [/gram(s?)$/, "gramme$1"], [/tre(s?)$/, "ter$1"], [/ter(s?)$/, "tre$1"],
  [/ll(ed|ing|er)$/, "l$1"], [/l(ed|ing|er)$/, "ll$1"],
];
