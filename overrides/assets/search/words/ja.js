/* How readers ask in Japanese: as en.js, where there is something to say. */
export const wants = { term: /(?:とは(?:何(?:です)?か?)?|の意味)[？?]?$/ };
/** What is left out of a query: what only asks. */
export const asks = /(?:とは(?:何(?:です)?か?)?|の意味|について)[？?]?$/u;
export const day = /(\d{4})年(\d\d?)月(\d\d?)日/g;
