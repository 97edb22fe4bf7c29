/* What a search takes for the same: written by `make update` from macros/text/words.py, which says why. */
export const UNSPACED = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f";
export const INVISIBLE = "\u00ad\u034f\u061c\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff";
export const OTHER_SHAPES = "\u0132\u0133\u013f\u0140\u0149\u017f\u01c4-\u01cc\u01f1-\u01f3\u2160-\u217f\ufb00-\ufb4f\uff0d\uff0f-\uff19\uff21-\uff3a\uff41-\uff5a\uff66-\uffdc";
export const PLAIN = "æae œoe ƀb ȼc đd ðd ɇe ǥg ħh ɨi ıi ɉj łl ŋn øo ᵽp ɍr ßss ŧt þth ʉu ɏy ƶz ÆAE ŒOE ɃB ȻC ĐD ÐD ɆE ǤG ĦH ƗI ɈJ ŁL ŊN ØO ⱣP ɌR ŦT ÞTH ɄU ɎY ƵZ ẞSS";
export const JOINTS = "\\-\u2010\u2011\u2012\u2013\u2014\u2015\u2e3a\u2e3b/";
export const QUOTES = "\"\u201c\u201d\u201e\u201f\u00ab\u00bb\u301d\u301e\u300c\u300d\u300e\u300f";
export const APOSTROPHES = "'\u2018\u2019\u201a\u201b\u2039\u203a\u02bc";
