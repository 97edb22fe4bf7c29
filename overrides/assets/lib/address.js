/*
 * Addresses: what a query, a fragment or a link names, if it is a page of this site.
 *
 * Anyone can write an address and have a reader follow it, so all of it is read here, with one question: does it name
 * a page below the site's root?  It is compared whole, after the browser has resolved it, and whoever goes on uses the
 * address that was compared: a path that is taken out of it (`//other.example/`) would be read anew, as another host.
 */
export const SITE = new URL("../../", import.meta.url); // this file stands two folders below the site's root

const LONGEST = 2000; // signs
/** What browsers pass over or turn round while they read an address (URL Standard, 4.4): no page of ours is named so. */
const ODD = /[\\\p{Cc}]|^\s|\s$/u;
/** An empty folder, or a slash in disguise: what one server passes over is another's host or another's folder. */
const TWISTED = /\/\/|%2f|%5c/i;

/** The address of a page of this site that a text names, or null. */
export const siteAddress = (text, base = SITE) => {
  if (text.length > LONGEST || ODD.test(text)) return null;
  if (!URL.canParse(text, base)) return null;
  const url = new URL(text, base);
  if (url.origin !== SITE.origin || url.host !== SITE.host || url.username || url.password) return null;
  return url.pathname.startsWith(SITE.pathname) && !TWISTED.test(url.pathname) ? url : null;
};

/** The id that an address's fragment names: as it stands if it is no code of anything (`#%E0%A4%A`). */
export const targetOf = ({ hash }) => {
  const id = hash.slice(1);
  try {
    return decodeURIComponent(id); // oxlint-disable-line no-restricted-globals
  } catch {
    return id;
  }
};

/** What the query of this page asks for by a name, or nothing. */
export const asked = (name) => new URLSearchParams(location.search).get(name) ?? "";

/** This page's address with other values in its query, an empty one taken out; lists and paths in it stay readable. */
export const withQuery = (values, address = location.href) => {
  const url = new URL(address);
  for (const [name, value] of Object.entries(values)) {
    if (value) url.searchParams.set(name, value);
    else url.searchParams.delete(name);
  }
  url.search = url.search.replaceAll("%2C", ",").replaceAll("%2F", "/");
  return url;
};
