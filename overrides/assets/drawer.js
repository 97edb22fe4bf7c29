/*
 * Material's drawer and its panels by keyboard.
 *
 * On narrow screens, or wide ones zoomed in, Material folds its navigation into a drawer that labels open: they have
 * no role and no name, and most cannot be reached without a pointer.  They become buttons here, as long as the
 * drawer is one; Material itself clicks a label at Enter.  What is folded away is taken from the tab order by the
 * style sheet.  It has no words of its own: names come from the page.
 */
import { byId, focused, listen, root } from "./lib/page.js";

/** Make the theme's navigation usable without a pointer; `opener` is the label in the header that opens the drawer. */
export const equip = (opener) => {
  const toggle = byId(opener.htmlFor);
  const drawer = root.querySelector(".md-sidebar--primary");
  if (!toggle || !drawer) return;

  const narrow = matchMedia("(max-width: 76.234375em)"); // Material's own limit
  const panels = [...drawer.querySelectorAll("label[for^='__nav_'], label[for='__toc']")];
  const boxOf = (label) => byId(label.htmlFor);
  const stops = () => [...drawer.querySelectorAll("a[href], [tabindex='0']")].filter(
    (stop) => stop.checkVisibility({ visibilityProperty: true }),
  );

  opener.setAttribute("aria-label", drawer.querySelector("nav").getAttribute("aria-label"));
  for (const label of panels) {
    // A section that is a page too: its name stands in the link beside the label, which names the section's panel.
    const name = label.textContent.trim() || label.previousElementSibling?.textContent.trim();
    if (name && !label.textContent.trim()) label.setAttribute("aria-label", name);
  }

  const tell = () => {
    for (const label of [opener, ...panels]) {
      if (!narrow.matches) {
        for (const name of ["role", "tabindex", "aria-expanded"]) label.removeAttribute(name);
        continue;
      }
      label.setAttribute("role", "button");
      label.tabIndex = 0;
      label.setAttribute("aria-expanded", String(boxOf(label)?.checked ?? false));
    }
  };
  narrow.addEventListener("change", tell);
  tell();

  toggle.addEventListener("change", () => {
    tell();
    if (toggle.checked) stops()[0]?.focus({ preventScroll: true });
  });
  for (const label of panels) {
    boxOf(label)?.addEventListener("change", () => {
      tell();
      if (!toggle.checked || !drawer.contains(focused())) return;
      // The other side of the panel: its title when it opens, what opened it when it closes.
      const other = panels.find((one) => one !== label && one.htmlFor === label.htmlFor && stops().includes(one));
      if (focused() === label) other?.focus({ preventScroll: true });
    });
  }

  const close = () => toggle.checked && toggle.click();
  listen("keydown", (event) => {
    if (event.key === " " && event.target.matches("label[role='button']")) {
      event.preventDefault();
      event.target.click();
    }
    if (event.key === "Escape" && toggle.checked) {
      close();
      opener.focus();
    }
  });
  // Beyond the drawer the page lies under its shade.
  listen("focusin", (event) => {
    if (!drawer.contains(event.target) && event.target !== opener) close();
  });
};
