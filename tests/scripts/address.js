import { SITE, siteAddress, targetOf, withQuery } from "../../overrides/assets/lib/address.js";
import { same } from "./check.js";

const relative = (text, base) => siteAddress(text, base)?.href.replace(SITE.href, "") ?? null;

export const tests = {
  "a page of the site is itself, however it is written": () => {
    for (const text of ["a/b/", "./a/b/", `${SITE.pathname}a/b/`, `${SITE.href.replace(/^http:/, "")}a/b/`, `${SITE.href}a/b/`, "a/c/../b/"]) {
      same(relative(text), "a/b/", text);
    }
    same(relative("../x/#y", `${SITE.href}a/b/`), "a/x/#y");
    same(relative("a/b.html?c=d#e%20f"), "a/b.html?c=d#e%20f");
    same(relative("資料/#p1"), "%E8%B3%87%E6%96%99/#p1");
    same(relative(""), "");
  },
  "what lies beside the site's root is no page of it": () => {
    for (const text of ["..", "../", "../other/", "/", "/x/", `${SITE.pathname.slice(0, -1)}`, `${SITE.pathname.slice(0, -1)}-2/`, "a/../../x"]) {
      same(relative(text), null, text);
    }
  },
  "another server's is none": () => {
    const { host } = SITE;
    const hosts = ["//x.example", "http://x.example/", `https://${host}/a/`, `http://${host}.x.example/a/`, `http://x.example/${host}/`];
    const disguised = ["/.//x.example/", ".//x.example/a", "a//b", "\\\\x.example", "/\\x.example", "a\\b", "\t//x.example", "/\n/x.example", " a/", "a/ "];
    const codes = ["a%2fb", "a%2F%2Fb", "a%5cb", `http://u@${host}${SITE.pathname}`, `http://u:p@${host}${SITE.pathname}`];
    const schemes = ["javascript:alert(1)", "data:text/html,x", `blob:${SITE.href}x`, "about:blank", "file:///x", "mailto:a@b.example"];
    for (const text of [...hosts, ...disguised, ...codes, ...schemes]) same(relative(text), null, text);
  },
  "what is no address is none": () => {
    for (const text of ["http://", "http://[", "//", "http://%", `a/${"x".repeat(2000)}`]) same(relative(text), null, text.slice(0, 20));
  },
  "a fragment names an id, and a broken one itself": () => {
    same(targetOf({ hash: "#p%201" }), "p 1");
    same(targetOf({ hash: "#%E0%A4%A" }), "%E0%A4%A");
    same(targetOf({ hash: "" }), "");
    same(targetOf({ hash: "#" }), "");
    same(targetOf({ hash: "#a#b" }), "a#b");
  },
  "a query takes, changes and drops values, and stays readable": () => {
    const at = "http://a.example/x?one=1#here";
    same(withQuery({ two: "a,b/c" }, at).href, "http://a.example/x?one=1&two=a,b/c#here");
    same(withQuery({ one: "" }, at).href, "http://a.example/x#here");
    same(withQuery({ one: "2" }, at).href, "http://a.example/x?one=2#here");
    same(withQuery({}, "http://a.example/x?one=%2C%2F").href, "http://a.example/x?one=,/");
  },
};
