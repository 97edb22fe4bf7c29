/*
 * Material's drawer and the panels of its navigation by keyboard.
 *
 * On narrow screens, or wide ones zoomed in, Material folds its navigation into a drawer that labels open: they have
 * no role and no name, and most cannot be reached without a pointer.  What each says is put into a button in it, which
 * does the same.  What is folded away is taken from the tab order by the style sheet.  It has no words of its own:
 * names come from the page.
 */
import { button, byId, focused, listen, root } from "./lib/page.js";

/** Make the theme's navigation usable without a pointer; `opener` is the label in the header that opens the drawer. */
export const equip = (opener) => {
  const toggle = byId(opener.htmlFor);
  const drawer = root.querySelector(".md-sidebar--primary");
  if (!toggle || !drawer) return;

  const boxOf = (label) => byId(label.htmlFor);
  const panels = [...drawer.querySelectorAll("label[for^='__nav_'], label[for='__toc']")].filter(boxOf);
  const stops = () => [...drawer.querySelectorAll("a[href], button")].filter((stop) => stop.checkVisibility({ visibilityProperty: true }));

  const buttons = new Map([opener, ...panels].map((label) => {
    // A section that is a page too: its name stands in the link beside the label, which names the section's panel.
    const name = label === opener ? drawer.querySelector("nav").ariaLabel : label.textContent.trim() || label.previousElementSibling?.textContent.trim();
    const element = button("", { class: "drawer-stop", "aria-label": name }, () => boxOf(label).click());
    element.append(...label.childNodes);
    label.append(element);
    label.removeAttribute("tabindex");
    return [label, element];
  }));
  const tell = () => {
    for (const [label, element] of buttons) element.ariaExpanded = String(boxOf(label).checked);
  };
  tell();

  toggle.addEventListener("change", () => {
    tell();
    if (toggle.checked) stops()[0]?.focus({ preventScroll: true });
  });
  for (const label of panels) {
    boxOf(label).addEventListener("change", () => {
      tell();
      if (!toggle.checked || !drawer.contains(focused())) return;
      // The other side of the panel: its title when it opens, what opened it when it closes.
      const other = panels.find((one) => one !== label && one.htmlFor === label.htmlFor && stops().includes(buttons.get(one)));
      if (focused() === buttons.get(label)) buttons.get(other)?.focus({ preventScroll: true });
    });
  }

  const close = () => toggle.checked && toggle.click();
  listen("keydown", (event) => {
    if (event.key !== "Escape" || !toggle.checked) return;
    close();
    buttons.get(opener).focus();
  });
  // Beyond the drawer the page lies under its shade.
  listen("focusin", (event) => {
    if (!drawer.contains(event.target) && event.target !== buttons.get(opener)) close();
  });
};
