/*
 * What a reader chose, kept from page to page.
 *
 * Storage may be forbidden or full: what is chosen holds on the page itself all the same.
 */
export const choice = (name) => ({
  get: () => {
    try {
      return localStorage.getItem(name) ?? ""; // oxlint-disable-line no-restricted-globals
    } catch {
      return "";
    }
  },
  set: (value) => {
    try {
      localStorage.setItem(name, value); // oxlint-disable-line no-restricted-globals
    } catch {
      // It holds until the page is left.
    }
  },
});
